"""Organisations in tables: their entries, evidence and sources; the rest only if asked for."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.pictured import OFFICIAL, act, record

import recognition_model as rm
from recognition_model.core.types import SignalWord
from recognition_model.exports import TABLES, export, tables

NEVER = ("waits", "country_day", "country_month", "country_year")
LISTED = ("entries", "evidence")


VISIT = rm.SignalStep(
    signal=SignalWord("visit"), date=rm.When.parse("2022-02-05"), evidence=(OFFICIAL,)
)


@pytest.fixture(scope="module")
def fiji() -> rm.Replay:
    return record(act("engage", "2022-01-05"), VISIT)


@pytest.fixture(scope="module")
def union() -> rm.Replay:
    return record(act("engage", "2022-01-05"), VISIT, country="EUE")


def holding(replays: Sequence[rm.Replay], **more: object) -> dict[str, set[str]]:
    """The codes of the records in each table that has rows of them."""
    found = {}
    for table in tables(replays, **more):
        names = [column.name for column in table.fields]
        if "country" in names and table.name not in ("claims", "codebook"):
            at = names.index("country")
            found[table.name] = {str(row[at]) for row in table.iter_rows()}
    return found


def test_organisation_that_is_only_listed_is_in_entries_and_evidence_alone(
    fiji: rm.Replay, union: rm.Replay
) -> None:
    held = holding([fiji], organisations=[union])
    assert {name for name, codes in held.items() if "EUE" in codes} == set(LISTED)
    assert all("FJI" in codes for name, codes in held.items() if name != "corrections")


def test_organisation_that_is_asked_for_is_in_all_tables_but_panels_and_waits(
    fiji: rm.Replay, union: rm.Replay
) -> None:
    held = holding([fiji, union])
    without = {name for name, codes in held.items() if "EUE" not in codes}
    assert without - {"corrections"} == set(NEVER)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("countries", "kind"),
        ("changes", "kind"),
        ("spells", "kind"),
        ("entries", "record_kind"),
        ("evidence", "record_kind"),
    ],
)
def test_rows_say_the_kind_of_their_record(
    name: str, column: str, fiji: rm.Replay, union: rm.Replay
) -> None:
    (table,) = (one for one in tables([fiji, union]) if one.name == name)
    names = [one.name for one in table.fields]
    kinds = {row[names.index("country")]: row[names.index(column)] for row in table.rows}
    assert kinds == {"FJI": "country", "EUE": "organisation"}


def test_columns_of_the_kind_are_explained_in_the_codebook(fiji: rm.Replay) -> None:
    (codebook,) = (one for one in tables([fiji]) if one.name == "codebook")
    names = [one.name for one in codebook.fields]
    at = [names.index(name) for name in ("in_table", "variable", "value", "meaning")]
    told = {tuple(row[i] for i in at[:3]): str(row[at[3]]) for row in codebook.rows}
    for name, column in [("countries", "kind"), ("entries", "record_kind")]:
        assert "country or of an organisation" in told[name, column, None]
        assert told[name, column, "organisation"].startswith("An organisation that states act")


def test_entries_refer_to_countries_unless_they_have_others(
    fiji: rm.Replay, union: rm.Replay
) -> None:
    def links(**more: object) -> dict[str, set[str]]:
        made = tables([fiji], **more)
        return {one.name: {name for name, _ in one.links.values()} for one in made}

    assert "countries" in links()["entries"]
    assert "countries" in links()["evidence"]
    apart = links(organisations=[union])
    assert "countries" not in apart["entries"] | apart["evidence"]
    assert "sources" in apart["evidence"]


def test_database_with_listed_organisations_has_no_broken_reference(
    fiji: rm.Replay, union: rm.Replay, tmp_path: Path
) -> None:
    path = tmp_path / "record.sqlite"
    path.write_bytes(export("sqlite", [fiji], "sqlite", organisations=[union]))
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = "SELECT DISTINCT country FROM entries ORDER BY 1"
    assert connection.execute(rows).fetchall() == [("EUE",), ("FJI",)]
    assert connection.execute("SELECT country FROM current").fetchall() == [("FJI",)]
    connection.close()


def test_edition_says_that_organisations_are_listed(fiji: rm.Replay, union: rm.Replay) -> None:
    def edition(only: str | None = None, **more: object) -> dict[str, object]:
        if only:
            from recognition_model.exports import describe

            data = export("csv", [fiji], "csv", only=only, **more)
            told = describe("csv", [fiji], "csv", "t.csv", data, only=only, **more)
        else:
            archive = zipfile.ZipFile(io.BytesIO(export("csv", [fiji], "zip", **more)))
            told = archive.read("datapackage.json")
        return json.loads(told)["edition"]

    whole = edition(organisations=[union])
    assert (set(whole["countries"]), whole["options"]["organisations"]) == (
        {"FJI", "EUE"},
        "listed",
    )
    assert edition()["options"] == {}
    panel = edition("spells", organisations=[union])
    assert (set(panel["countries"]), panel["options"]) == ({"FJI"}, {"table": "spells"})
    assert set(edition("entries", organisations=[union])["countries"]) == {"FJI", "EUE"}


def test_event_log_says_the_kind_of_a_trace(fiji: rm.Replay, union: rm.Replay) -> None:
    log = export("xes", [fiji, union], "xes").decode()
    assert log.count('key="record_kind" value="country"') == 1
    assert log.count('key="record_kind" value="organisation"') == 1
    alone = export("xes", [fiji], "xes", organisations=[union]).decode()
    assert "EUE" not in alone


def test_linked_data_calls_an_organisation_one(fiji: rm.Replay, union: rm.Replay) -> None:
    graph = json.loads(export("jsonld", [fiji, union], "jsonld"))["@graph"]
    nodes = {node["@id"]: node for node in graph}
    assert "prov:Organization" in nodes["#country/EUE"]["@type"]
    assert "sameCountry" not in nodes["#country/EUE"]
    assert nodes["#country/FJI"]["sameCountry"].endswith("/FJI")


def test_organisation_has_no_number_of_a_state(union: rm.Replay) -> None:
    (countries,) = (one for one in tables([union]) if one.name == "countries")
    names = [one.name for one in countries.fields]
    (row,) = countries.rows
    assert [row[names.index(name)] for name in ("cow", "gw")] == [None, None]


def test_panel_with_a_frame_has_no_organisation(fiji: rm.Replay, union: rm.Replay) -> None:
    panel = rm.panel([fiji, union], "year", frame="gw")
    rows = list(csv.DictReader(io.StringIO(panel.csv().decode())))
    assert "EUE" not in {row["country"] for row in rows}
    assert "FJI" in {row["country"] for row in rows}
    assert set(TABLES) >= set(NEVER)
