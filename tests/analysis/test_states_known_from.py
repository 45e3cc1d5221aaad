"""Since when the public record sufficed to know a state."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from attrs import evolve
from hypothesis import given, settings
from support.effort import examples
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.publicity import attested_from, states_known_from
from recognition_model.core.evidence import Bearing
from recognition_model.exports import Table, export, tables
from recognition_model.exports.table_rows import Cell
from recognition_model.testing import scenarios

LOG = "{http://www.xes-standard.org/}"


def public(day: str, item: rm.Evidence = OFFICIAL) -> rm.Evidence:
    """The item in a source that was public from a day."""
    return evolve(item, source=evolve(item.source, id=f"of-{day}", issued=rm.When.parse(day)))


def test_a_state_is_known_from_the_day_its_evidence_was_public() -> None:
    replay = record(act("engage", "2021-09-01", public("2022-02-01"), public("2022-01-01")))
    assert states_known_from(replay) == (None, date(2022, 1, 1))


def test_an_announcement_makes_no_state_known_before_its_act() -> None:
    replay = record(act("engage", "2021-09-10..2021-09-12", public("2021-09-01")))
    assert states_known_from(replay) == (None, date(2021, 9, 10))


def test_an_act_is_not_known_on_a_day_before_it_on_which_another_became_known() -> None:
    steps = (
        act("engage", "2021-09-01", public("2022-01-01")),
        act("accept_ambassador", "2022-06-01", public("2021-12-01")),
    )
    assert states_known_from(record(*steps)) == (None, date(2022, 1, 1), date(2022, 6, 1))


def test_weak_evidence_does_not_suffice() -> None:
    early, late = public("2022-01-01", PRESS), public("2022-03")
    replay = record(act("ban", "2021-09-01", early, late))
    assert states_known_from(replay) == (None, date(2022, 3, 31))


def test_a_state_that_needs_an_earlier_act_is_known_when_both_are() -> None:
    steps = (
        act("engage", "2021-09-01", public("2024-01-01")),
        act("accept_ambassador", "2022-01-01", public("2022-01-01")),
    )
    assert states_known_from(record(*steps)) == (None, date(2024, 1, 1), date(2024, 1, 1))


def test_a_state_that_its_act_gives_from_any_stage_needs_no_earlier_act() -> None:
    steps = (
        act("engage", "2021-09-01", public("2024-01-01")),
        act("ban", "2022-01-01", public("2022-01-01")),
    )
    assert states_known_from(record(*steps)) == (None, date(2024, 1, 1), date(2022, 1, 1))


def test_a_later_denial_does_not_move_the_day() -> None:
    denial = evolve(public("2022-02-01"), bearing=Bearing.DISPUTES)
    replay = record(act("engage", "2021-09-01", public("2022-01-01", PRESS), denial))
    assert states_known_from(replay) == (None,)  # the whole record has no such change


def test_source_of_open_date_makes_nothing_known() -> None:
    replay = record(act("engage", "2021-09-01", public("2022..")))
    assert states_known_from(replay) == (None, None)


def test_an_evidenced_start_is_known_from_its_first_source() -> None:
    made = record().scenario
    start = evolve(made.start, assumed=None, evidence=(public("2023-01-01"), public("2022-05-01")))
    assert states_known_from(rm.replay(evolve(made, start=start))) == (date(2022, 5, 1),)


def test_a_change_is_attested_before_its_state_is_known_if_an_act_it_needs_is_not() -> None:
    replay = record(
        act("engage", "2021-09-01", public("2024-01-01")),
        act("accept_ambassador", "2022-06-01", public("2022-06-02")),
    )
    assert attested_from(replay, replay.changes[1]) == date(2022, 6, 2)
    assert states_known_from(replay)[2] == date(2024, 1, 1)
    written = {table.name: table for table in tables([replay])}
    (row,) = [row for row in _rows(written["changes"]) if row["change"] == 2]
    assert row["attested_from"] == date(2022, 6, 2)
    months = _rows(written["country_month"])
    assert {row["known_from"] for row in months if row["change"] == 2} == {date(2024, 1, 1)}
    events = list(ET.fromstring(export("xes", [replay], "xes")).iter(f"{LOG}event"))
    told = {str(item.get("key")): item.get("value") for item in events[1]}
    assert told["attested_from"] == "2022-06-02T00:00:00.000+00:00"
    assert "known_from" not in told


def _rows(table: Table) -> list[dict[str, Cell]]:
    names = [column.name for column in table.fields]
    return [dict(zip(names, row, strict=True)) for row in table.iter_rows()]


@settings(max_examples=examples(40))
@given(scenarios())
def test_what_is_known_by_a_day_replays_to_the_state(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    for change, day in zip(replay.changes, states_known_from(replay)[1:], strict=True):
        if day is not None:
            known = rm.replay(scenario, known_by=day)
            assert (change.act, change.after) in [(c.act, c.after) for c in known.changes]
