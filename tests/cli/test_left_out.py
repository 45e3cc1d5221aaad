"""A file with errors: its country is named wherever it is missing, and no data are written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.fixtures import Put, Run

import recognition_model as rm

ENGAGED = """\
- act: engage
  date: 2022-01-02
  evidence: [$host]
"""
SAID = "Left out because of errors: Tonga (TON) in TON.yaml."


@pytest.fixture
def broken(put: Put) -> Path:
    """A folder with a record of Fiji, and one of Tonga that cannot be used."""
    put(ENGAGED)
    put(ENGAGED, "TON", until="2025-13-04")
    return Path("record")


@pytest.mark.parametrize(
    ("form", "name"), [("csv", "all.zip"), ("xes", "log.xes"), ("csl", "sources.json")]
)
def test_export_writes_nothing_while_a_country_would_be_missing(
    run: Run, broken: Path, form: str, name: str
) -> None:
    ran = run("export", form, "--scenarios", broken, "-o", name)
    assert (ran.code, ran.out) == (1, "")
    assert f"{SAID} Nothing was written (--partial writes the rest)." in ran.err
    assert "RM402" in ran.err
    assert not Path(name).exists()


def test_partial_package_names_the_country_that_is_missing(run: Run, broken: Path) -> None:
    ran = run("export", "csv", "--scenarios", broken, "--partial", "-o", "all.zip")
    assert ran.code == 1
    wrote, left = ran.out.splitlines()
    assert wrote.startswith("wrote all.zip: csv, ")
    assert left == SAID
    with zipfile.ZipFile("all.zip") as package:
        described = json.loads(package.read("datapackage.json"))
    assert described["leftOut"] == [{"file": "TON.yaml", "country": "TON"}]
    assert SAID in described["description"]
    assert described["edition"]["countries"].keys() == {"FJI"}


def test_partial_table_and_event_log_name_the_country_that_is_missing(
    run: Run, broken: Path
) -> None:
    table = ("--table", "spells", "-o", "spells.csv")
    assert run("export", "csv", "--scenarios", broken, "--partial", *table).code == 1
    assert (
        json.loads(Path("spells_datapackage.json").read_bytes())["leftOut"][0]["country"] == "TON"
    )
    assert run("export", "xes", "--scenarios", broken, "--partial", "-o", "log.xes").code == 1
    assert '<string key="left_out" value="TON.yaml" />' in Path("log.xes").read_text("utf-8")


def test_country_that_was_asked_for_is_exported_beside_the_broken_file_of_another(
    run: Run, broken: Path
) -> None:
    ran = run("export", "csv", "FJI", "--scenarios", broken, "-o", "fiji.zip")
    assert ran.out.startswith("wrote fiji.zip")
    assert SAID not in ran.out + ran.err
    assert ran.code == 1  # the error in the folder stands


def test_broken_file_of_no_certain_country_may_be_that_of_any(run: Run, broken: Path) -> None:
    (broken / "TON.yaml").rename(broken / "notes.yaml")
    ran = run("export", "csv", "FJI", "--scenarios", broken, "-o", "fiji.zip")
    assert (ran.code, Path("fiji.zip").exists()) == (1, False)
    assert "Left out because of errors: notes.yaml." in ran.err


def test_own_file_with_errors_is_missing_though_the_shipped_one_is_there(
    run: Run, put: Put
) -> None:
    put(ENGAGED, "RUS", until="2025-13-04")
    ran = run("export", "csv", "RUS", "--with", "record", "-o", "russia.zip")
    assert (ran.code, Path("russia.zip").exists()) == (1, False)
    assert "Left out because of errors: Russia (RUS) in RUS.yaml." in ran.err


def test_countries_of_a_broken_register_are_missing(run: Run, broken: Path) -> None:
    (broken / "sources.yaml").write_text("format: recognition-sources/1\nsources: [\n", "utf-8")
    ran = run("export", "csv", "FJI", "--scenarios", broken, "-o", "fiji.zip")
    assert (ran.code, Path("fiji.zip").exists()) == (2, False)


def test_picture_names_the_country_that_is_missing(run: Run, broken: Path) -> None:
    ran = run("plot", "swimmer", "--scenarios", broken, "-o", "all.svg")
    assert (ran.code, ran.out.splitlines()[-1]) == (1, SAID)
    assert SAID in " ".join(" ".join(ET.parse("all.svg").getroot().itertext()).split())


@pytest.mark.parametrize("name", ["all.html", "all.md"])
def test_report_names_the_country_that_is_missing(run: Run, broken: Path, name: str) -> None:
    ran = run("report", "--scenarios", broken, "-o", name)
    assert (ran.code, ran.out.splitlines()[-1]) == (1, SAID)
    assert SAID in Path(name).read_text("utf-8")


def test_vocabulary_with_errors_stops_an_export_and_gives_no_word_another_meaning(
    run: Run, broken: Path
) -> None:
    (broken / "TON.yaml").unlink()
    (broken / "signals.yaml").write_text(
        "format: recognition-signals/1\nsignals:\n"
        "  tea_party: {family: contact, meaning: Tea., deed: both, is-not: Coffee.,"
        " aliases: [visit_made, contacts_confirmed]}\n",
        encoding="utf-8",
    )
    ran = run("export", "csv", "--scenarios", broken, "-o", "all.zip")
    assert (ran.code, Path("all.zip").exists()) == (1, False)
    assert "Left out because of errors: signals.yaml." in ran.err
    words = rm.load_folder(broken).vocabulary
    assert words.canonical("contacts_confirmed") == "contact_unspecified"
    assert words.canonical("visit_made") == "visit_made"
