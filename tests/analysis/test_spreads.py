"""What uncertain dates leave of a country: shares of readings, counted and listed one by one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.histories import DELISTED, ENGAGED, HOSTILE
from support.pictured import act, record

import recognition_model as rm
from recognition_model.analysis import readings
from recognition_model.analysis.agreement import pairs
from recognition_model.analysis.precedence import draws, first_reached
from recognition_model.analysis.readings import DayDistribution, TooManyReadings
from recognition_model.analysis.robustness import lanes
from recognition_model.analysis.robustness.spreads import (
    NEVER,
    NO_STATE,
    Dated,
    first_day,
    stage_on,
)

DAY = 738_000
STATES = (HOSTILE, ENGAGED, DELISTED)


def ordered(firsts: list[int], widths: list[int]) -> tuple[tuple[int, int], ...]:
    """Intervals that the order of the entries allows: firsts and lasts do not descend."""
    begins = sorted(firsts)
    ends = sorted(first + width for first, width in zip(begins, widths, strict=True))
    return tuple((DAY + first, DAY + last) for first, last in zip(begins, ends, strict=True))


@st.composite
def countries(draw: st.DrawFn) -> Dated:
    size = draw(st.integers(1, 5))
    numbers = st.lists(st.integers(0, 5), min_size=size, max_size=size)
    states = st.lists(st.sampled_from(STATES), min_size=size, max_size=size)
    return Dated(states=tuple(draw(states)), begins=ordered(draw(numbers), draw(numbers)))


def listed(dated: Dated) -> list[tuple[int, ...]]:
    days = product(*(range(first, last + 1) for first, last in dated.begins))
    return [one for one in days if all(a <= b for a, b in pairwise(one))]


@settings(max_examples=examples(200))
@given(countries(), st.integers(-1, 11), st.sampled_from([ENGAGED.stage, DELISTED.stage]))
def test_shares_are_those_of_all_readings_listed(dated: Dated, after: int, stage: rm.Stage) -> None:
    day = DAY + after
    ranks: Counter[int] = Counter()
    firsts: Counter[int] = Counter()
    every = listed(dated)
    for days in every:
        begun = sum(one <= day for one in days)
        ranks[dated.states[begun - 1].stage.rank if begun else NO_STATE] += 1
        there = [False, *(state.stage >= stage for state in dated.states)]
        entered = [days[at] for at in range(len(days)) if there[at + 1] and not there[at]]
        later = [one for one in entered if one >= day]
        at_start = there[1] and later == entered
        firsts[NEVER if at_start or not later else later[0]] += 1
    whole = len(every)
    on = date.fromordinal(day)
    assert dict(stage_on(dated, on)) == {r: Fraction(n, whole) for r, n in ranks.items()}
    assert dict(first_day(dated, stage, on)) == {d: Fraction(n, whole) for d, n in firsts.items()}


def test_stage_after_two_acts_on_three_days_is_the_second_in_half_the_readings() -> None:
    # (1,1) (1,2) (1,3) (2,2) (2,3) (3,3): at the end of the 2nd three have both acts, two have one.
    dated = Dated(
        states=(HOSTILE, ENGAGED, DELISTED),
        begins=((DAY, DAY), (DAY + 1, DAY + 3), (DAY + 1, DAY + 3)),
    )
    assert dict(stage_on(dated, date.fromordinal(DAY + 2))) == {
        DELISTED.stage.rank: Fraction(3, 6),
        ENGAGED.stage.rank: Fraction(2, 6),
        HOSTILE.stage.rank: Fraction(1, 6),
    }


OVERLAPPING = (
    act("engage", "2021-09-01..2021-09-10"),
    act("accept_ambassador", "2021-09-01..2021-09-10"),
)
TOO_MANY = "2 uncertain dates that overlap leave 20 days: too many to count, at most 19 are"


def test_arrival_with_too_many_days_to_count_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_COUNTED", 19)
    found = first_reached(record(*OVERLAPPING), rm.Stage.ENGAGED)
    assert (found.days, found.why) == (None, TOO_MANY)


def test_range_of_an_arrival_needs_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_COUNTED", 19)
    found = first_reached(record(*OVERLAPPING), rm.Stage.ENGAGED, counted=False)
    first = date(2021, 9, 1).toordinal()
    assert found.days == DayDistribution(first, (1,) * 10)


def test_readings_that_are_too_many_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_COUNTED", 19)
    with pytest.raises(TooManyReadings, match=f"^FJI: {TOO_MANY}$"):
        draws(record(*OVERLAPPING, country="FJI").history, 1, 1)


def test_question_with_too_many_days_in_all_universes_names_the_country(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "MOST_DAYS", 20)  # the start has a day too
    fiji = record(*OVERLAPPING, country="FJI").scenario
    with pytest.raises(
        TooManyReadings, match=r"^the uncertain dates of Fiji \(FJI\) leave too many"
    ):
        rm.robustness([fiji], "stage FJI 2021-09-05")


def test_codings_with_too_many_pairs_are_not_matched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST_PAIRS", 3)
    one = [act("engage", "2021-09-01"), act("break_off", "2021-09-01")]
    other = [act("engage", "2021-09-02"), act("break_off", "2021-09-02")]
    a, b = (pairs.coded_entries(record(*steps, country="FJI")) for steps in (one, other))
    with pytest.raises(pairs.TooManyPairs, match=r"^FJI: 2 and 2 entries that differ are too many"):
        pairs.paired(a, b)
