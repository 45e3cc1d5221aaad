"""A status that the history contradicts: what the record shows on its day, and where to mend it."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model import When

ACTS = {"2003": "act: ban", "2022-05": "act: engage", "2025": "act: delist"}


def finding_of(replay_of: ReplayOf, status: str, day: str) -> rm.Finding:
    """The one finding of a status among the acts, each entry on its line, the first on line 7."""
    entries = sorted((ACTS | {day: f"status: {status}"}).items())
    told = "".join(f"- {{{what}, date: {when}, evidence: [$host]}}\n" for when, what in entries)
    (found,) = replay_of(told).findings
    return found


@pytest.mark.parametrize(
    ("day", "line", "shown"),
    [
        ("1997", 7, "hostile, no ban documented"),
        ("2010", 8, "banned, ban in force"),
        ("2022-05-15", 9, "banned, ban in force or engaged, ban in force"),
        ("2024", 9, "engaged, ban in force"),
        ("2026-01-01", 10, "delisted, ban lifted"),
    ],
)
def test_status_that_fails_says_what_the_record_shows_on_its_day(
    day: str, line: int, shown: str, replay_of: ReplayOf
) -> None:
    found = finding_of(replay_of, "{at-least: ambassador_accepted}", day)
    assert (found.code, found.place.line) == ("RM651", line)
    assert found.message == (
        f"the status at least ambassador_accepted on {day} does not hold: the record shows {shown}"
    )


def test_record_shows_nothing_for_a_status_before_it_begins(replay_of: ReplayOf) -> None:
    entry = "- {status: {stage: hostile}, date: 1999, evidence: [$host]}\n"
    scenario = replay_of(entry).scenario
    (step,) = scenario.timeline
    early = evolve(scenario, timeline=(evolve(step, date=When.parse("1995")),))
    (found,) = rm.replay(early).findings
    assert found.message == (
        "the status stage hostile on 1995 does not hold: the record shows nothing"
    )
    assert found.hint == "the record begins on 1996-09-27 (line 4)"


def test_status_that_holds_in_some_readings_names_the_states_and_its_own_line(
    replay_of: ReplayOf,
) -> None:
    found = finding_of(replay_of, "{stage: engaged}", "2022-05-15")
    assert (found.code, found.place.line) == ("RM652", 9)
    assert found.message == (
        "the status stage engaged on 2022-05-15 holds in some readings of the dates:"
        " the record shows banned, ban in force or engaged, ban in force"
    )


def test_state_held_twice_on_the_days_of_a_status_is_shown_once(replay_of: ReplayOf) -> None:
    told = """
        - {act: engage, date: 2022, evidence: [$host]}
        - {act: break_off, date: 2022, evidence: [$host]}
        - {status: {stage: banned}, date: 2022, evidence: [$host]}
    """
    (found,) = replay_of(told).findings
    assert found.message == (
        "the status stage banned on 2022 does not hold:"
        " the record shows hostile, no ban documented or engaged, no ban documented"
    )
    # Each spell was made by an entry of its own.
    assert found.hint == (
        "no dealings since the start, 1996-09-27 (line 4); or engaged since 2022 (line 7);"
        " or no dealings since 2022 (line 8): correct that entry, or this one"
    )


@pytest.mark.parametrize(
    ("status", "day", "entries"),
    [
        ("{stage: delisted, ban: in_force}", "2024", "engaged since 2022-05 (line 8)"),
        ("{stage: engaged, ban: lifted}", "2024", "ban in force since 2003 (line 7)"),
        (
            "{stage: hostile, ban: none}",
            "2024",
            "engaged since 2022-05 (line 8); or ban in force since 2003 (line 7)",
        ),
        ("{ban: in_force}", "1997", "no ban documented since the start, 1996-09-27 (line 4)"),
    ],
)
def test_status_that_fails_names_entries_only_for_the_parts_it_contradicts(
    status: str, day: str, entries: str, replay_of: ReplayOf
) -> None:
    found = finding_of(replay_of, status, day)
    assert found.hint.startswith(f"{entries}: correct that entry, or this one")


@pytest.mark.parametrize(
    ("status", "day", "end"),
    [
        ("{at-least: banned}", "1997", "; the status holds from 2003 on (line 8)"),  # the first
        ("{stage: delisted}", "2010", "; the status holds from 2025 on (line 10)"),
        ("{stage: delisted}", "2022-05-15", "; the status holds from 2025 on (line 10)"),
        ("{stage: banned}", "2024", ": correct that entry, or this one"),  # earlier only
    ],
)
def test_status_that_fails_names_the_first_later_change_that_meets_it(
    status: str, day: str, end: str, replay_of: ReplayOf
) -> None:
    assert finding_of(replay_of, status, day).hint.endswith(end)


def test_status_that_many_entries_contradict_names_three_of_them(replay_of: ReplayOf) -> None:
    acts = ["engage", "break_off"] * 2
    told = "".join(f"- {{act: {act}, date: 2003, evidence: [$host]}}\n" for act in acts)
    told += "- {status: {stage: delisted}, date: 2003, evidence: [$host]}\n"
    (found,) = replay_of(told).findings
    assert found.hint == (
        "no dealings since the start, 1996-09-27 (line 4); or engaged since 2003 (line 7);"
        " or no dealings since 2003 (line 8); or a later entry: correct that entry, or this one"
    )


def test_status_that_one_entry_contradicts_twice_names_it_once(replay_of: ReplayOf) -> None:
    """In May 2022 the ban was in force before the engagement and after it."""
    found = finding_of(replay_of, "{ban: lifted}", "2022-05-15")
    assert found.hint == (
        "ban in force since 2003 (line 7): correct that entry, or this one;"
        " the status holds from 2025 on (line 10)"
    )
