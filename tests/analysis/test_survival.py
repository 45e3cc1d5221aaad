"""The Kaplan–Meier estimate against a textbook's example, exact fractions and another library."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition_model.analysis.survival import Wait, kaplan_meier, median, tally

# Freireich et al., Blood 21 (1963): weeks of remission under 6-MP, the example of most textbooks.
REACHED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
# By hand: 18/21, of which 16/17 go on, of which 14/15, 11/12, 10/11, 6/7 and 5/6.
TEXTBOOK = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
AT_RISK = {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
# SciPy 1.17, ecdf(CensoredData(...)).sf.confidence_interval(method="log-log"): all weeks agree.
BANDS = {6: (0.620, 0.952), 23: (0.188, 0.680)}

WAITS = [Wait(days, reached=True) for days in REACHED]
WAITS += [Wait(days, reached=False) for days in CENSORED]
ends = st.sampled_from([(True, False), (False, False), (False, True)])
waits = st.lists(st.builds(lambda d, end: Wait(d, *end), st.integers(0, 12), ends), max_size=30)


def test_the_estimate_is_the_textbooks() -> None:
    points = {point.days: point for point in kaplan_meier(WAITS) if point.reached}
    assert {days: round(point.survival, 3) for days, point in points.items()} == TEXTBOOK
    assert {days: point.at_risk for days, point in points.items()} == AT_RISK


@pytest.mark.parametrize(("days", "band"), BANDS.items())
def test_the_band_is_the_one_of_the_log_log_transform(days: int, band: tuple[float, float]) -> None:
    (point,) = [point for point in kaplan_meier(WAITS) if point.days == days]
    assert (round(point.low, 3), round(point.high, 3)) == band


def test_median_of_textbook_data_is_week_23() -> None:
    assert median(kaplan_meier(WAITS)) == 23


def test_censoring_on_an_event_day_counts_as_at_risk() -> None:
    (point,) = kaplan_meier([Wait(5, reached=True), Wait(5, reached=False)])
    assert (point.at_risk, point.survival) == (2, 0.5)


@pytest.mark.parametrize("size", range(2, 61, 2))
def test_median_of_an_even_number_of_events_is_the_day_of_the_lower_half(size: int) -> None:
    assert median(kaplan_meier([Wait(d, True) for d in range(1, size + 1)])) == size // 2


def test_lapse_leaves_the_count_like_other_censoring_but_is_counted_apart() -> None:
    first, last = kaplan_meier([Wait(3, False, lapsed=True), Wait(3, False), Wait(5, True)])
    assert (first.at_risk, first.reached, first.censored, first.lapsed) == (3, 0, 1, 1)
    assert (last.at_risk, last.reached, last.censored, last.lapsed) == (1, 1, 0, 0)


def test_wait_cannot_end_with_both_event_and_lapse() -> None:
    with pytest.raises(ValueError, match="not with both"):
        Wait(3, reached=True, lapsed=True)


# R 4.2.2 with survival 3.5-3:
#
#   entry <- c(0, 0, 0, 10, 10, 25, 40); days <- c(5, 12, 30, 20, 30, 50, 45)
#   fit <- survfit(Surv(entry, days, c(1, 1, 0, 1, 1, 0, 1)) ~ 1, conf.type = "log-log")
#   with(fit, cbind(time, n.risk, n.event, n.censor, surv, lower, upper, (surv * std.err)^2))
DELAYED = [
    (5, 3, 1, 0, 0.666667, 0.054073, 0.945206, 0.07407407),
    (12, 4, 1, 0, 0.500000, 0.057847, 0.844861, 0.06250000),
    (20, 3, 1, 0, 0.333333, 0.030957, 0.706587, 0.04629630),
    (30, 3, 1, 1, 0.222222, 0.017092, 0.573528, 0.02880658),
    (45, 2, 1, 0, 0.111111, 0.003848, 0.419675, 0.01337449),
    (50, 1, 0, 1, 0.111111, 0.003848, 0.419675, 0.01337449),
]


def test_estimate_with_delayed_entry_is_the_one_of_r() -> None:
    entry, days = (0, 0, 0, 10, 10, 25, 40), (5, 12, 30, 20, 30, 50, 45)
    events = (True, True, False, True, True, False, True)
    waits = [Wait(d, reached=e, entry=late) for late, d, e in zip(entry, days, events, strict=True)]
    for point, row in zip(kaplan_meier(waits), DELAYED, strict=True):
        assert (point.days, point.at_risk, point.reached, point.censored) == row[:4]
        found = (point.survival, point.low, point.high, point.variance)
        assert found == pytest.approx(row[4:], abs=1e-6)


def test_country_that_enters_on_the_day_of_an_event_is_not_at_risk_of_it() -> None:
    point, _ = kaplan_meier([Wait(5, reached=True), Wait(9, reached=False, entry=5)])
    assert (point.at_risk, point.survival) == (1, 0)


def test_tally_counts_those_whose_data_have_not_begun_apart() -> None:
    counted = tally([Wait(5, reached=True), Wait(9, reached=False, entry=6)], 5)
    assert (counted.waiting, counted.later, counted.reached) == (0, 1, 1)


def test_no_waits_give_no_points_and_no_median() -> None:
    assert kaplan_meier([]) == ()
    assert median(()) is None


def test_there_is_no_band_before_the_first_event_and_after_the_last_country() -> None:
    # R gives NA on both days: survfit(Surv(c(1, 2), c(0, 1)) ~ 1, conf.type = "log-log").
    lost, done = kaplan_meier([Wait(1, reached=False), Wait(2, reached=True)])
    assert (lost.low, lost.survival, lost.high) == (None, 1, None)
    assert (done.low, done.survival, done.high) == (None, 0, None)


@given(waits)
def test_the_estimate_is_the_product_of_exact_fractions(drawn: list[Wait]) -> None:
    for point in kaplan_meier(drawn):
        exact = Fraction(1)
        for day in range(int(point.days) + 1):
            at_risk = sum(wait.days >= day for wait in drawn)
            events = sum(wait.days == day and wait.reached for wait in drawn)
            if events:
                exact *= Fraction(at_risk - events, at_risk)
        assert point.waiting == exact


@given(waits)
def test_survival_falls_within_its_band_and_never_rises(drawn: list[Wait]) -> None:
    points = kaplan_meier(drawn)
    for point in points:
        assert (point.low is None) == (point.high is None) == (point.waiting in (0, 1))
        if point.low is not None and point.high is not None:
            assert 0 <= point.low <= point.survival + 1e-12
            assert point.survival <= point.high + 1e-12
    assert all(after.survival <= before.survival for before, after in pairwise(points))


@given(waits)
def test_without_censoring_survival_is_share_still_waiting(drawn: list[Wait]) -> None:
    all_reach = [Wait(wait.days, reached=True) for wait in drawn]
    for point in kaplan_meier(all_reach):
        still = sum(wait.days > point.days for wait in all_reach)
        assert point.waiting == Fraction(still, len(all_reach))


@given(waits, st.integers(0, 15))
def test_tally_adds_up_to_all_waits_on_every_day(drawn: list[Wait], day: int) -> None:
    told = tally(drawn, day)
    assert told.waiting + told.censored + told.lapsed + told.reached == len(drawn)
    assert told.waiting == sum(wait.days > day for wait in drawn)
    assert told.lapsed == sum(wait.lapsed for wait in drawn if wait.days <= day)
