"""The data of the scripts of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from support.effort import examples
from support.histories import days_of

import recognition_model as rm
from recognition_model.core.citations import Citations
from recognition_model.core.dates import end_of, propagate_order
from recognition_model.report.as_of import as_json, as_of
from recognition_model.testing import scenarios


def test_json_for_a_script_cannot_close_its_element() -> None:
    assert as_json(["</X>", "a & b"]) == '["\\u003c/X\\u003e","a \\u0026 b"]'
    assert as_json("a\u2028b\u2029", ascii_only=False) == '"a\\u2028b\\u2029"'


def test_json_for_a_script_reads_alike_in_every_encoding_unless_asked() -> None:
    assert as_json("Türkiye") == '"T\\u00fcrkiye"'
    assert as_json("Türkiye", ascii_only=False) == '"Türkiye"'


def counting(replay: rm.Replay) -> Iterator[tuple[int, int, str]]:
    """The number, the day and the date of each entry of a replay that counts."""
    entries = replay.history.entries
    kept = [
        number
        for number, step in zip(replay.numbers, replay.scenario.timeline, strict=True)
        if not (isinstance(step, rm.ActStep) and step.deprecated)
    ]
    latest = propagate_order([entry.date for entry in entries])[1]
    for number, entry, day in zip([0, *kept], entries, latest, strict=True):
        if entry.counts:
            yield number, day.toordinal(), entry.date.text


def told(rows: list[dict[str, Any]], day: int) -> list[tuple[int, int, str]]:
    """The same of the entries that the data of a page have for a day."""
    known = [row for row in rows if row["known"] <= day < row.get("gone", day + 1)]
    return [(row["number"], row["day"], row.get("text", str(end_of(row["day"])))) for row in known]


@settings(max_examples=examples(40))
@given(scenarios())
def test_page_knows_on_each_day_what_a_replay_of_that_day_gives(scenario: rm.Scenario) -> None:
    citations = Citations.of_scenarios([scenario])
    country = as_of([rm.replay(scenario)], citations)["countries"][scenario.country]
    for day in days_of(scenario):
        replayed = rm.replay(scenario, known_by=day, invariants=())
        shown = [one for one in country["versions"] if one["from"] <= day.toordinal()][-1]
        spells = [country["spells"][place] for place in shown["spells"]]
        assert [(one["earliest"], one["latest"]) for one in spells] == [*replayed.history.bounds]
        states = [spell.state for spell in replayed.history.spells]
        assert [(one["stage"], one["ban"]) for one in spells] == [
            (state.stage.rank, state.ban.rank) for state in states
        ]
        assert told(country["entries"], day.toordinal()) == [*counting(replayed)]
