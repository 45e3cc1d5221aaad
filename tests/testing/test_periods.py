"""Periods of rule, and what they ask of the days of acts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import Phase, find, given, settings

from recognition_model import Stage
from recognition_model.core.authority import PeriodOfRule
from recognition_model.testing import periods_of_rule
from recognition_model.testing.period_strategies import is_closing, next_to_end, runs_until

search = settings(max_examples=2000, phases=[Phase.generate])

EARLY = PeriodOfRule(first=date(1996, 9, 27), closing=date(2001, 11, 13), last=date(2001, 12, 7))
LATE = PeriodOfRule(first=date(2003, 1, 1), closing=date(2005, 5, 1), last=date(2005, 5, 3))
RUNNING = PeriodOfRule(first=date(2021, 8, 15))
PERIODS = (EARLY, LATE, RUNNING)


@pytest.mark.parametrize(
    ("day", "closing"),
    [
        (date(1990, 1, 1), (EARLY.closing, EARLY.last)),
        (date(2001, 12, 7), (EARLY.closing, EARLY.last)),
        (date(2001, 12, 8), (LATE.closing, LATE.last)),
        (date(2005, 5, 3), (LATE.closing, LATE.last)),
        (date(2005, 5, 4), None),
    ],
    ids=str,
)
def test_next_period_to_end_is_the_first_that_has_not_ended(
    day: date, closing: tuple[date, date] | None
) -> None:
    assert next_to_end(PERIODS, day) == closing
    assert next_to_end(PERIODS[::-1], day) == closing


def test_dealings_must_end_with_the_period_and_other_stages_may_last() -> None:
    day = date(2001, 12, 7)
    assert {stage: runs_until(PERIODS, day, stage) for stage in Stage} == {
        Stage.HOSTILE: None,
        Stage.BANNED: None,
        Stage.ENGAGED: day,
        Stage.DELISTED: day,
        Stage.AMBASSADOR_ACCEPTED: day,
        Stage.DE_JURE_RECOGNITION: day,
    }
    assert runs_until((RUNNING,), day, Stage.ENGAGED) is None


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (date(2001, 11, 12), False),
        (date(2001, 11, 13), True),
        (date(2001, 12, 7), True),
        (date(2001, 12, 8), False),
        (date(2022, 1, 1), False),
    ],
    ids=str,
)
def test_closing_days_are_those_from_the_fall_to_the_end(day: date, *, closes: bool) -> None:
    assert is_closing(PERIODS, day) is closes


@settings(max_examples=300)
@given(periods_of_rule(most=2))
def test_no_two_periods_share_a_day(periods: tuple[PeriodOfRule, ...]) -> None:
    assert 1 <= len(periods) <= 2
    if len(periods) == 2:
        assert periods[0].last is not None
        assert periods[0].last < periods[1].first


def test_period_may_begin_on_the_day_after_another() -> None:
    def adjoin(periods: tuple[PeriodOfRule, ...]) -> bool:
        last, first = periods[0].last, periods[-1].first
        return last is not None and first - last == timedelta(days=1)

    assert adjoin(find(periods_of_rule(most=2), adjoin, settings=search))


def test_period_of_a_single_day_is_drawn() -> None:
    def short(periods: tuple[PeriodOfRule, ...]) -> bool:
        return periods[0].first == periods[0].closing == periods[0].last

    assert short(find(periods_of_rule(), short, settings=search))
