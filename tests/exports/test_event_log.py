"""The event log, read back: every attribute with its type and its value."""

from __future__ import annotations

from importlib import metadata
from xml.etree import ElementTree as ET

from attrs import evolve
from support.pictured import PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.exports.xes import xes

TITLED = rm.RuleTable(
    (evolve(rule, needs=rm.Attestation.OFFICIAL) for rule in rm.RULES), title="Official alone"
)
FIJI = record(
    act("engage", "2022-03-01"),
    rm.SignalStep(signal="visit_made", date=rm.When.parse("2022-05"), evidence=(PRESS,)),
    act("recognise", "2024-01-01", PRESS),
    until="2025-06-30",
)


def told(element: ET.Element) -> dict[str, tuple[str, str]]:
    """The attributes of a log, a trace or an event: type and value by key."""
    spaced = ((one.tag.rpartition("}")[2], one.attrib) for one in element)
    return {one["key"]: (kind, one["value"]) for kind, one in spaced if "key" in one}


def made_from(replay: rm.Replay) -> Edition:
    """The edition of a log of our own files, of which one was left out."""
    return edition_of([replay], dates="earliest", left_out=["TON.yaml"])


def read(replay: rm.Replay) -> ET.Element:
    return ET.fromstring(xes([replay], "earliest", made_from(replay)))


def of_kind(element: ET.Element, kind: str) -> list[dict[str, tuple[str, str]]]:
    return [told(one) for one in element if one.tag.rpartition("}")[2] == kind]


def test_log_says_what_it_was_made_from() -> None:
    replay = rm.replay(FIJI.scenario, rules=TITLED)
    edition = made_from(replay)
    assert told(read(replay)) == {
        "concept:name": ("string", "Relations with the Taliban"),
        "dates": ("string", "read at their earliest day"),
        "writer": ("string", f"recognition_model {metadata.version('recognition_model')}"),
        "version": ("string", edition.version),
        "record": ("string", edition.record),
        "rules": ("string", edition.rules),
        "rules_title": ("string", "Official alone"),
        "own_files": ("string", "FJI"),
        "left_out": ("string", "TON.yaml"),
    }


def test_log_of_shipped_files_alone_names_no_file() -> None:
    edition = edition_of([FIJI])
    log = ET.fromstring(xes([FIJI], "earliest", evolve(edition, own=())))
    assert {"own_files", "left_out", "rules_title"}.isdisjoint(told(log))


def test_trace_says_where_the_country_began_and_how_far_it_is_documented() -> None:
    (trace,) = of_kind(read(FIJI), "trace")
    for key, value in {
        "concept:name": ("string", "FJI"),
        "country": ("string", "Fiji"),
        "record_kind": ("string", "country"),
        "cow": ("int", "950"),
        "stage_at_start": ("string", "hostile"),
        "ban_at_start": ("string", "none"),
        "start_assumed": ("boolean", "true"),
        "start_assumed_because": ("string", "Made up."),
        "documented_until": ("date", "2025-06-30T00:00:00.000+00:00"),
    }.items():
        assert trace[key] == value


def test_events_say_what_was_used_and_between_which_days_it_lies() -> None:
    (trace,) = (one for one in read(FIJI) if one.tag.endswith("}trace"))
    engage, visit, refused = of_kind(trace, "event")
    assert (engage["concept:name"], engage["used"], engage["entry"]) == (
        *(("string", "engage"), ("boolean", "true"), ("int", "1")),
    )
    assert (engage["stage_before"], engage["stage_after"], engage["rule"]) == (
        *(("string", "hostile"), ("string", "engaged"), ("string", "R02")),
    )
    assert (visit["date"], visit["date_earliest"], visit["date_latest"]) == (
        ("string", "2022-05"),
        ("date", "2022-05-01T00:00:00.000+00:00"),
        ("date", "2022-05-31T00:00:00.000+00:00"),
    )
    assert (refused["used"], refused["outcome"]) == (("boolean", "false"), ("string", "refused"))
