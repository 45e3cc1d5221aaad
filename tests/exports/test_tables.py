"""Exports: tables, data packages, event logs, bibliographies and linked data, read back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, settings
from pybtex.database import parse_string
from support.effort import examples
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading
from recognition_model.exports import FORMATS, TABLES, Kind, Table, export, table, tables
from recognition_model.testing import scenarios

MOVED = record(
    act("engage", "2022-03", OFFICIAL, PRESS),
    act("recognise", "2022-04-01", PRESS),
    rm.SignalStep(signal="visit", date=rm.When.parse("2022-05-01"), evidence=(PRESS,)),
    act("accept_ambassador", "2022..2022-06-30"),
    until="2023-01-31",
)
LOG = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module")
def shipped() -> list[rm.Replay]:
    every = sorted(rm.load_folder().all_scenarios, key=lambda scenario: name_of(scenario.country))
    return [rm.replay(scenario) for scenario in every]


def records(of: Table) -> list[dict[str, object]]:
    names = [field.name for field in of.fields]
    return [dict(zip(names, row, strict=True)) for row in of.rows]


def files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_change_has_the_days_that_the_order_of_changes_leaves_it() -> None:
    told = ("change", "entry", "date", "date_earliest", "date_latest", "act", "rule")
    assert [tuple(row[name] for name in told) for row in records(table("changes", [MOVED]))] == [
        (1, 1, "2022-03", date(2022, 3, 1), date(2022, 3, 31), "engage", "R02"),
        (2, 4, "2022..2022-06-30", date(2022, 3, 1), date(2022, 6, 30), "accept_ambassador", "R04"),
    ]


def test_spells_follow_one_another_to_the_end_of_the_record() -> None:
    told = ("spell", "stage", "begins", "ends", "ends_latest", "last_documented", "change")
    assert [tuple(row[name] for name in told) for row in records(table("spells", [MOVED]))] == [
        (1, "hostile", "2021-08-15", "2022-03", date(2022, 3, 31), False, None),
        (2, "engaged", "2022-03", "2022..2022-06-30", date(2022, 6, 30), False, 1),
        (3, "ambassador_accepted", "2022..2022-06-30", "2023-01-31", date(2023, 1, 31), True, 2),
    ]


def test_entries_table_gives_outcomes() -> None:
    rows = records(table("entries", [MOVED]))
    told = ("entry", "kind", "subject", "claimed", "act", "signal", "outcome")
    assert [tuple(row[name] for name in told) for row in rows] == [
        (1, "act", "engage", None, "engage", None, "changed"),
        (2, "refused", None, "recognise", None, None, "refused"),
        (3, "signal", "visit", None, None, "visit", None),
        (4, "act", "accept_ambassador", None, "accept_ambassador", None, "changed"),
    ]
    assert "R06" in str(rows[1]["because"])


def test_evidence_has_row_per_item_and_sources_row_per_source() -> None:
    rows = records(table("evidence", [MOVED]))
    assert [(row["entry"], row["item"], row["voice"]) for row in rows] == [
        (1, 1, "host"),
        (1, 2, "press"),
        (2, 1, "press"),
        (3, 1, "press"),
        (4, 1, "host"),
    ]
    assert [row["source"] for row in records(table("sources", [MOVED]))] == ["yearbook"]


def test_export_omits_entries_not_yet_public() -> None:
    late = evolve(OFFICIAL, source=evolve(YEARBOOK, id="late", issued=rm.When.parse("2023-01-01")))
    replay = record(
        act("engage", "2022-03"), act("accept_ambassador", "2022-05", late), known_by="2022-12-31"
    )
    assert [row["source"] for row in records(table("evidence", [replay]))] == ["yearbook"]
    assert [row["entry"] for row in records(table("entries", [replay]))] == [1]
    assert (
        "As known by 2022-12-31."
        in json.loads(files(export("csv", [replay], "zip"))["datapackage.json"])["description"]
    )


def test_duplicate_country_is_rejected() -> None:
    with pytest.raises(ValueError, match="a country occurs twice"):
        tables([MOVED, MOVED])


def test_a_formula_of_a_source_gets_an_apostrophe_and_is_one_cell() -> None:
    proof = evolve(OFFICIAL, claim='=HYPERLINK("http://a", "b")\r\nand more')
    text = table("evidence", [record(act("engage", "2022-03", proof))]).csv().decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["claim"] == '\'=HYPERLINK("http://a", "b")\r\nand more'


@settings(max_examples=examples(25))
@given(scenarios())
def test_tables_of_any_record_satisfy_their_schemas(
    scenario: rm.Scenario,
) -> None:
    replays = [rm.replay(scenario)]
    made = {name: table(name, replays) for name in TABLES if name != "country_day"}
    for one in made.values():
        rows = records(one)
        for field in one.fields:
            values = [row[field.name] for row in rows]
            given_values = [value for value in values if value is not None]
            assert not (field.required and None in values)
            assert "" not in values
            assert not field.values or set(map(str, given_values)) <= set(field.values)
            types = {Kind.TEXT: str, Kind.COUNT: int, Kind.DAY: date, Kind.FLAG: bool}
            assert all(type(value) is types[field.kind] for value in given_values)
        keys = [tuple(row[name] for name in one.key) for row in rows]
        assert len(set(keys)) == len(keys)
        assert all(None not in key for key in keys)
        for mine, (name, theirs) in one.links.items():
            there = {tuple(row[field] for field in theirs) for row in records(made[name])}
            assert {tuple(row[field] for field in mine) for row in rows} <= there
        read = list(csv.reader(io.StringIO(one.csv().decode(), newline="")))
        assert len(read) == len(rows) + 1
        for cells, row in zip(read[1:], one.rows, strict=True):
            for cell, value in zip(cells, row, strict=True):
                plain = value.isoformat() if isinstance(value, date) else value
                plain = str(plain).lower() if isinstance(plain, bool) else plain
                told = "" if plain is None else str(plain)
                assert cell in (told, f"'{told}")


def test_a_data_package_describes_every_file_in_it(shipped: list[rm.Replay]) -> None:
    inside = files(export("csv", shipped, "zip", ours=True))
    described = json.loads(inside.pop("datapackage.json"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    page = inside.pop("codebook.md").decode()
    assert page.startswith("# Codebook")
    assert "codebook.md describes" in described["description"]
    assert {resource["path"] for resource in described["resources"]} == set(inside)
    assert [resource["name"] for resource in described["resources"]] == list(TABLES)
    for resource in described["resources"]:
        data = inside[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
        heading = next(csv.reader(io.StringIO(data.decode(), newline="")))
        assert [field["name"] for field in resource["schema"]["fields"]] == heading
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_user_record_gets_no_shipped_licence() -> None:
    described = json.loads(files(export("csv", [MOVED], "zip"))["datapackage.json"])
    assert "licenses" not in described
    assert described["sources"] == [{"title": "Yearbook: A made-up source (1997-01-01)"}]


def test_every_source_of_the_package_is_cited_and_named(shipped: list[rm.Replay]) -> None:
    inside = files(export("csv", shipped, "zip"))
    listed = json.loads(inside["datapackage.json"])["sources"]
    rows = list(csv.DictReader(io.StringIO(inside["sources.csv"].decode(), newline="")))
    assert len(listed) == len(rows) > 50


@pytest.mark.parametrize("form", sorted(word for word, kind in FORMATS.items() if not kind.extra))
def test_the_same_record_gives_the_same_bytes(form: str) -> None:
    ending = FORMATS[form].endings[0]
    assert export(form, [MOVED], ending) == export(form, [evolve(MOVED)], ending)


def told_of(event: ET.Element) -> dict[str, str]:
    return {str(item.get("key")): str(item.get("value")) for item in event}


def test_an_event_log_has_a_trace_per_country_and_an_event_per_entry(
    shipped: list[rm.Replay],
) -> None:
    log = ET.fromstring(export("xes", shipped, "xes"))
    for trace, replay in zip(log.iter(f"{LOG}trace"), shipped, strict=True):
        assert told_of(trace)["concept:name"] == replay.country
        events = [told_of(event) for event in trace.iter(f"{LOG}event")]
        numbers = sorted(int(event["entry"]) for event in events)
        assert numbers == list(range(1, len(replay.scenario.timeline) + 1))
        changed = [event["concept:name"] for event in events if event["kind"] == "act"]
        assert changed == [str(change.act) for change in replay.changes]


def test_event_of_an_entry_that_was_not_used_has_a_name_of_its_own() -> None:
    log = ET.fromstring(export("xes", [MOVED], "xes"))
    told = ("concept:name", "kind", "used", "time:timestamp")
    found = [tuple(told_of(event).get(key) for key in told) for event in log.iter(f"{LOG}event")]
    assert found == [
        ("engage", "act", "true", "2022-03-01T00:00:00.000+00:00"),
        ("accept_ambassador", "act", "true", "2022-03-01T00:00:00.000+00:00"),
        ("refused: recognise", "refused", "false", "2022-04-01T00:00:00.000+00:00"),
        ("signal: visit", "signal", "true", "2022-05-01T00:00:00.000+00:00"),
    ]


@pytest.mark.parametrize(
    ("dates", "days"),
    [("earliest", ["2022-03-01", "2022-03-01"]), ("latest", ["2022-03-31", "2022-06-30"])],
)
def test_event_is_dated_at_requested_end_and_keeps_both(
    dates: DateReading, days: list[str]
) -> None:
    log = ET.fromstring(export("xes", [MOVED], "xes", dates=dates))
    events = [event for event in log.iter(f"{LOG}event") if told_of(event)["kind"] == "act"]

    def value(event: ET.Element, key: str) -> str:
        return next(str(item.get("value")) for item in event if item.get("key") == key)

    assert [value(event, "time:timestamp")[:10] for event in events] == days
    assert value(events[1], "date") == "2022..2022-06-30"
    assert value(events[1], "date_latest") == "2022-06-30T00:00:00.000+00:00"


@settings(max_examples=examples(25))
@given(scenarios())
def test_event_times_never_decrease(scenario: rm.Scenario) -> None:
    log = ET.fromstring(export("xes", [rm.replay(scenario)], "xes"))
    times = [str(item.get("value")) for item in log.iterfind(f".//{LOG}event/{LOG}date[1]")]
    assert times == sorted(times)


LINKS = ("cites", "disputedBy", "member", "permittedBy", "place", "plan")


@settings(max_examples=examples(25))
@given(scenarios())
def test_provenance_describes_every_name_it_uses(
    scenario: rm.Scenario,
) -> None:
    replay = rm.replay(scenario)
    document = json.loads(export("jsonld", [replay], "jsonld"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert len(nodes) == len(document["@graph"])
    for node in nodes.values():
        for key in ("used", "derivedFrom", "source", "generatedBy", "partOf", *LINKS):
            named = node.get(key, [])
            assert set([named] if isinstance(named, str) else named) <= set(nodes)
        assert set(node) - {"@id", "@type"} <= set(document["@context"])
    changed = [node for node in nodes.values() if "act" in node]
    assert [node["act"] for node in changed] == [str(change.act) for change in replay.changes]
    for node, change in zip(changed, replay.changes, strict=True):
        supporting = [item.supports for item in change.evidence].count(True)
        assert len(node["derivedFrom"]) == supporting
        assert len(node.get("disputedBy", ())) == len(change.evidence) - supporting


def test_a_bibliography_lists_the_sources_cited_or_the_register(shipped: list[rm.Replay]) -> None:
    register = list(rm.read_sources().values())
    for listed, wanted in ((None, {"yearbook"}), (register, {source.id for source in register})):
        text = export("bibtex", [MOVED], "bib", register=listed).decode()
        assert set(parse_string(text, "bibtex").entries) == wanted
        items = json.loads(export("csl", [MOVED], "json", register=listed))
        assert {item["id"] for item in items} == wanted


def test_a_format_takes_only_its_own_endings_and_one_table_needs_a_name() -> None:
    with pytest.raises(ValueError, match=r"xes has no ending \.csv"):
        export("xes", [MOVED], "csv")
    with pytest.raises(ValueError, match=r"a \.csv file contains one table: name it"):
        export("csv", [MOVED], "csv")
    assert export("csv", [MOVED], "csv", only="spells") == table("spells", [MOVED]).csv()


def test_tables_have_distinct_names() -> None:
    assert len(set(TABLES)) == len(TABLES)
