"""Each format names the edition of its data: descriptors, Parquet, event logs, linked data."""

from __future__ import annotations

import io
import json
import zipfile
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from attrs import evolve
from support.paths import ROOT
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.edition import Edition
from recognition_model.core.dates import DateReading
from recognition_model.exports import describe, export, version_of

MOVED = record(act("engage", "2022-03", OFFICIAL, PRESS), act("recognise", "2022-04-01", PRESS))
STRICT = rm.RuleTable(evolve(rule, needs=rm.Attestation.OFFICIAL) for rule in rm.RULES)
READINGS: tuple[DateReading, ...] = ("all", "earliest", "latest")


def descriptor(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("datapackage.json"))


def test_packages_of_two_readings_or_rule_tables_have_different_names() -> None:
    replays = [MOVED, rm.replay(MOVED.scenario, rules=STRICT)]
    made = [
        descriptor(export("csv", [replay], "zip", dates=dates))
        for replay, dates in product(replays, READINGS)
    ]
    assert len({one["version"] for one in made}) == len({one["id"] for one in made}) == 6


def test_package_of_the_shipped_record_names_creators_licence_and_a_day_of_its_data() -> None:
    replay = rm.replay(rm.load_folder().scenarios[0])
    described = descriptor(export("csv", [replay], "zip", ours=True))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["preferred-citation"]
    assert described["contributors"] == [
        {"title": author["name"], "roles": ["creator"]} for author in citation["authors"]
    ]
    assert described["licenses"][0]["name"] == citation["license"]
    assert described["created"] == f"{described['edition']['day']}T00:00:00Z"
    assert described["name"] == "recognition-record"
    assert "leftOut" not in described


def test_package_of_own_files_names_neither_our_licence_nor_our_name() -> None:
    described = descriptor(export("csv", [MOVED], "zip"))
    assert {"contributors", "licenses"}.isdisjoint(described)
    assert described["name"] == "own-recognition-record"
    # The record ends on 2025-06-30; its source is of 1997.
    assert described["created"] == "2025-06-30T00:00:00Z"


def test_edition_of_a_package_has_its_version() -> None:
    described = descriptor(export("csv", [MOVED], "zip"))
    edition = Edition.from_dict(described["edition"])
    assert described["version"] == edition.version
    assert (edition.dates, edition.own, edition.record) == (
        "all",
        ("FJI",),
        edition.countries["FJI"],
    )


def test_descriptor_of_one_table_describes_its_columns_and_bytes() -> None:
    data = export("csv", [MOVED], "csv", only="spells")
    described = json.loads(describe("csv", [MOVED], "csv", "my.csv", data, only="spells"))
    (resource,) = described["resources"]
    assert (resource["path"], resource["bytes"]) == ("my.csv", len(data))
    heading = data.decode().splitlines()[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == heading
    assert "foreignKeys" not in resource["schema"]  # the other tables are not there
    assert described["version"] == version_of("csv", [MOVED], "csv", only="spells")


def test_two_tables_and_the_package_have_different_versions() -> None:
    versions = {version_of("csv", [MOVED], "csv", only=name) for name in ("spells", "changes")}
    assert len(versions | {version_of("csv", [MOVED], "zip")}) == 3


def test_parquet_carries_its_edition_in_the_metadata_of_file_and_schema() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    data = export("parquet", [MOVED], "parquet", only="spells", dates="latest")
    file = pq.ParquetFile(io.BytesIO(data))
    for metadata in (file.metadata.metadata, file.schema_arrow.metadata):
        edition = Edition.from_dict(json.loads(metadata[b"edition"]))
        assert metadata[b"version"].decode() == edition.version
        assert (edition.dates, edition.options) == ("latest", {"table": "spells"})


def test_event_log_names_version_rules_and_day_known_by() -> None:
    known = record(act("engage", "2022-03", OFFICIAL), known_by="2024-01-01")
    log = ET.fromstring(export("xes", [known], "xes"))
    told = {item.get("key"): item.get("value") for item in log if item.get("key")}
    assert ".dates.earliest.knownby.2024-01-01." in str(told["version"])
    assert told["known_by"] == "2024-01-01T00:00:00.000+00:00"
    assert f"rules.{told['rules']}." in str(told["version"])


def test_linked_data_name_their_version() -> None:
    (node,) = (
        node
        for node in json.loads(export("jsonld", [MOVED], "jsonld"))["@graph"]
        if node["@id"] == "#edition"
    )
    assert ".dates." not in node["version"]  # it reads no date one way or another
    assert node["version"].startswith("0.0.0-own+record.")


def test_order_in_which_countries_are_given_changes_no_byte() -> None:
    two = [record(country="RUS"), record(country="KAZ")]
    for ending, only in (("zip", None), ("csv", "spells")):
        assert export("csv", two, ending, only=only) == export("csv", two[::-1], ending, only=only)


def test_package_is_dated_by_the_newest_day_that_is_sure() -> None:
    (known,) = [act("engage", "2022-03", OFFICIAL)]
    later = evolve(OFFICIAL, source=evolve(OFFICIAL.source, public=rm.When.parse("2030")))
    made = descriptor(export("csv", [record(evolve(known, evidence=(later,)))], "zip"))
    assert made["created"] == "2030-01-01T00:00:00Z"


@pytest.mark.parametrize("ending", ["md", "html"])
def test_page_of_the_codebook_names_the_version(ending: str) -> None:
    replays = [record(act("engage", "2022-03", OFFICIAL))]
    found = export("codebook", replays, ending).decode()
    assert version_of("csv", replays, "zip") in found
