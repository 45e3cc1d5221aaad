"""Days that turn between two histories: exact spans, held against every single day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import act, record

import recognition_model as rm
from recognition_model.analysis.turned_days import (
    PARTS,
    TurnedDays,
    count_days,
    last_day,
    turned_days,
)
from recognition_model.testing import scenarios

DAY = timedelta(days=1)
FIRST = date(2021, 8, 16)


def values_on(history: rm.History, day: date) -> dict[str, set[object]]:
    """What `History.on` says of a day, part by part; None where nothing may be documented."""
    position = history.on(day)
    unknown = set() if position.begun and position.spells else {None}
    return {
        "stage": {spell.stage.value for spell in position.spells} | unknown,
        "ban": {spell.ban.value for spell in position.spells} | unknown,
        "basis": {position.basis.value if position.basis else None},
    }


def days_between(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def held_against_every_day(old: rm.History, new: rm.History, first: date, last: date) -> None:
    """Ask both histories about each day from `first` to `last`, and look for it in the spans."""
    turned = turned_days(old, new)
    end = last_day(old, new)
    different: dict[str, set[date]] = {part: set() for part in PARTS}
    for day in days_between(first, last):
        before, after = values_on(old, day), values_on(new, day)
        for part in PARTS:
            spans = [
                run
                for run in turned
                if run.part == part and run.first <= day and (run.last is None or day <= run.last)
            ]
            if before[part] == after[part]:
                assert spans == []
                continue
            (span,) = spans
            assert (set(span.before.values), set(span.after.values)) == (before[part], after[part])
            if day <= end:
                different[part].add(day)
    if end <= last and all(first <= run.first for run in turned):
        for part in PARTS:
            counted = sum(run.days for run in turned if run.part == part)
            assert counted == len(different[part])
        assert count_days(turned) == len(set().union(*different.values()))


@settings(max_examples=examples(30))
@given(st.data())
def test_spans_hold_exactly_the_days_that_differ(data: st.DataObject) -> None:
    made = [data.draw(scenarios(begins=FIRST, most=3)) for _ in range(2)]
    old, new = (rm.replay(scenario).history for scenario in made)
    last = max(last_day(old, new), date(2022, 6, 1)) + 40 * DAY
    held_against_every_day(old, new, FIRST - 3 * DAY, last)


@pytest.mark.parametrize("country", ["UZB", "RUS", "PAK", "IRN"])
def test_spans_hold_exactly_the_days_of_the_shipped_record_that_differ(country: str) -> None:
    (scenario,) = (s for s in rm.load_folder().scenarios if s.country == country)
    old, new = rm.replay(scenario, known_by="2024-09-30").history, rm.replay(scenario).history
    assert turned_days(old, new)
    held_against_every_day(old, new, date(1996, 9, 20), last_day(old, new) + 30 * DAY)


def test_spans_hold_exactly_the_days_of_records_without_a_first_day_or_with_none_at_all() -> None:
    none = record(begins="2022-01-01", until="2021-12-31").history  # it ends before it begins
    opened = record(act("engage", "..2021-10-01"), begins="2021-09-01").history
    usual = record(act("engage", "2021-09-15..2021-11-01"), begins="2021-08-15").history
    since_ever = record(begins="..2021-09-01").history
    for old, new in ((none, usual), (usual, none), (opened, usual), (since_ever, usual)):
        assert turned_days(old, new)
        held_against_every_day(old, new, date(2021, 8, 1), date(2025, 8, 1))


def test_history_turns_nothing_against_itself() -> None:
    for scenario in rm.load_folder().all_scenarios:
        history = rm.replay(scenario).history
        assert turned_days(history, history) == ()


def told(run: TurnedDays) -> tuple[str, str, str, int, str, str]:
    first, last = run.first.isoformat(), run.last.isoformat() if run.last else "on"
    return run.part, first, last, run.days, run.before.words, run.after.words


def test_act_moved_ten_days_turns_ten_days() -> None:
    old = record(act("engage", "2022-05-11")).history
    new = record(act("engage", "2022-05-01")).history
    ten = ("2022-05-01", "2022-05-10", 10)
    after = ("2024-05-01", "2024-05-10", 10)  # 730 days later, silence begins earlier too
    hostile = "no dealings documented (assumed)"
    found = turned_days(old, new)
    assert [told(run) for run in found] == [
        ("stage", *ten, hostile, "engaged"),
        ("basis", *ten, "assumed", "evidenced"),
        ("basis", *after, "evidenced", "silent"),
    ]
    assert count_days(found) == 20  # the first ten days turn twice, and count once
    assert str(found[0]) == f"stage 2022-05-01 to 2022-05-10: {hostile}, now engaged"


def test_narrower_date_settles_the_days_that_were_open() -> None:
    old = record(act("engage", "2022-05-01..2022-05-04")).history
    new = record(act("engage", "2022-05-02")).history
    stages = [run for run in turned_days(old, new) if run.part == "stage"]
    hostile = "no dealings documented (assumed)"
    either = f"{hostile} or engaged"
    assert [told(run) for run in stages] == [
        ("stage", "2022-05-01", "2022-05-01", 1, either, hostile),
        ("stage", "2022-05-02", "2022-05-03", 2, either, "engaged"),
    ]
    assert stages[0].before.values == ("hostile", "engaged")


def test_day_on_which_nothing_is_open_any_more_ends_a_run() -> None:
    """The basis turns on no day here: it is evidenced all along."""
    engaged = act("engage", "2022-01-01")
    old = record(engaged, act("accept_ambassador", "2022-05-01..2022-05-04")).history
    new = record(engaged, act("accept_ambassador", "2022-05-02..2022-05-03")).history
    stages = [run for run in turned_days(old, new) if run.part == "stage"]
    either = "engaged or ambassador_accepted"
    assert [told(run) for run in stages] == [
        ("stage", "2022-05-01", "2022-05-01", 1, either, "engaged"),
        ("stage", "2022-05-03", "2022-05-03", 1, either, "ambassador_accepted"),
    ]


def test_days_after_the_data_turn_and_are_not_counted() -> None:
    engaged = act("engage", "2024-01-01")
    old = record(engaged, act("accept_ambassador", "2025-06-29..2025-07-05")).history
    new = record(engaged, act("accept_ambassador", "2025-06-29..2025-07-03")).history
    (run,) = (run for run in turned_days(old, new) if run.part == "stage")
    either = "engaged or ambassador_accepted"
    # the data end on 2025-06-30
    assert told(run) == ("stage", "2025-07-03", "2025-07-04", 0, either, "ambassador_accepted")
    assert count_days([run]) == 0


def test_days_up_to_the_end_of_the_calendar_are_counted() -> None:
    engaged = act("engage", "9998-01-01")
    old = record(engaged, until="9999-12-31").history
    new = record(engaged, act("accept_ambassador", "9999-12-30"), until="9999-12-31").history
    stages = [told(run)[:4] for run in turned_days(old, new) if run.part == "stage"]
    assert stages == [("stage", "9999-12-30", "on", 2)]


def test_runs_apart_from_each_other_stay_apart() -> None:
    engaged = act("engage", "2022-01-01")
    breaks = [
        act("break_off", "2022-03-01"),
        act("engage", "2022-03-05"),
        act("break_off", "2022-04-01"),
        act("engage", "2022-04-05"),
    ]
    old, new = record(engaged).history, record(engaged, *breaks).history
    stages = [told(run)[1:4] for run in turned_days(old, new) if run.part == "stage"]
    assert stages == [("2022-03-01", "2022-03-04", 4), ("2022-04-01", "2022-04-04", 4)]


def test_stage_that_ended_otherwise_is_the_same_stage() -> None:
    engaged = act("engage", "1997-01-01")
    old = record(engaged, act("break_off", "2001-12-07"), begins="1996-09-27").history
    new = record(engaged, act("lapse", "2001-12-07"), begins="1996-09-27").history
    assert turned_days(old, new) == ()


def test_later_end_of_the_data_turns_the_basis_alone() -> None:
    old = record(act("engage", "2024-01-01"), until="2025-06-30").history
    new = record(act("engage", "2024-01-01"), until="2025-07-10").history
    assert [told(run) for run in turned_days(old, new)] == [
        ("basis", "2025-07-01", "2025-07-10", 10, "beyond", "evidenced")
    ]


def test_search_that_found_nothing_turns_the_basis_alone() -> None:
    old = record(act("engage", "2024-01-01"), until="2025-06-30").history
    new = record(act("engage", "2024-01-01"), until="2025-06-30", reviewed="2025-07-02").history
    assert [told(run) for run in turned_days(old, new)] == [
        ("basis", "2025-07-01", "2025-07-02", 2, "beyond", "reviewed")
    ]


def test_act_added_at_the_end_turns_every_later_day_and_counts_those_within_the_data() -> None:
    old = record(act("engage", "2024-01-01"), until="2025-06-30").history
    new = record(
        act("engage", "2024-01-01"), act("accept_ambassador", "2025-06-29"), until="2025-06-30"
    ).history
    (run,) = turned_days(old, new)
    assert told(run) == ("stage", "2025-06-29", "on", 2, "engaged", "ambassador_accepted")
    assert str(run) == "stage 2025-06-29 on: engaged, now ambassador_accepted"
    assert run.to_dict() == {
        "part": "stage",
        "from": "2025-06-29",
        "to": None,
        "days": 2,
        "before": ["engaged"],
        "after": ["ambassador_accepted"],
    }


def test_ban_turns_apart_from_the_stage() -> None:
    old = record(act("ban", "2022-01-01"), act("engage", "2022-02-01")).history
    new = record(act("engage", "2022-02-01")).history
    bans = [told(run)[:6] for run in turned_days(old, new) if run.part == "ban"]
    assert bans == [("ban", "2022-01-01", "on", 1277, "ban in force", "no ban documented")]
    # 2022-01-01 to 2025-06-30, the end of the data: 365 + 365 + 366 + 181 days


def test_days_before_an_earlier_start_turn_from_not_documented() -> None:
    old = record(begins="2021-08-17").history
    new = record(begins="2021-08-15").history
    assert [told(run) for run in turned_days(old, new)] == [
        ("stage", "2021-08-15", "2021-08-16", 2, "not documented", told_assumed()),
        ("ban", "2021-08-15", "2021-08-16", 2, "not documented", "no ban documented"),
        ("basis", "2021-08-15", "2021-08-16", 2, "not documented", "assumed"),
    ]


def told_assumed() -> str:
    return "no dealings documented (assumed)"
