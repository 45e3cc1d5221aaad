"""Imputed records: one day for every date, joint over countries, each country on its own stream."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, act, record

import recognition_model as rm
from recognition_model.analysis.readings import NoConsistentReading
from recognition_model.core.dates import is_open
from recognition_model.testing import scenarios

UNCERTAIN = (
    act("engage", "2022-01"),
    rm.SignalStep(signal="visit", date=rm.When.parse("2022-01..2022-03"), evidence=(OFFICIAL,)),
    act("accept_ambassador", "2022-01..2022-03"),
)


def of(country: str) -> rm.Replay:
    return record(*UNCERTAIN, country=country)


def days(drawn: tuple[rm.Replay, ...]) -> dict[str, list[str]]:
    return {one.country: [change.date.text for change in one.changes] for one in drawn}


def test_imputed_record_has_one_day_for_every_change_in_order() -> None:
    for drawn in rm.imputations([of("FJI")], 50, seed=1):
        first, second = (change.date for change in drawn[0].changes)
        assert first.exact
        assert second.exact
        assert date(2022, 1, 1) <= first.earliest <= second.earliest <= date(2022, 3, 31)


def test_imputed_record_is_answered_without_doubt_on_every_day() -> None:
    for (drawn,) in rm.imputations([of("FJI")], 20, seed=1):
        assert drawn.history.on("2022-02-01").dates_agree
        assert not of("FJI").history.on("2022-02-01").dates_agree


def test_signals_and_statuses_keep_their_dates() -> None:
    (drawn,) = next(rm.imputations([of("FJI")], 1, seed=1))
    assert [signal.date.text for signal in drawn.signals] == ["2022-01..2022-03"]
    assert drawn.scenario == of("FJI").scenario


def test_start_is_drawn_and_its_entry_moves_with_it() -> None:
    replay = record(begins="2021-08-15..2021-08-25")
    drawn = [one.history for (one,) in rm.imputations([replay], 50, seed=1)]
    assert len({history.begins.text for history in drawn}) > 5
    assert all(history.entries[0].date == history.begins for history in drawn)


def test_two_countries_with_the_same_dates_are_independent() -> None:
    # With one stream for both, all days would agree; independent ones agree once in 31 days.
    pairs = [days(drawn) for drawn in rm.imputations([of("FJI"), of("TON")], 2000, seed=1)]
    same = sum(pair["FJI"][0] == pair["TON"][0] for pair in pairs)
    assert 30 <= same <= 120


def test_country_is_drawn_alike_whichever_others_are_in_the_record() -> None:
    alone = [days(drawn)["TON"] for drawn in rm.imputations([of("TON")], 20, seed=3)]
    among = rm.imputations([of("FJI"), of("TON"), of("WSM")], 20, seed=3)
    assert [days(drawn)["TON"] for drawn in among] == alone


def test_other_seed_draws_other_days() -> None:
    one, other = ([days(d) for d in rm.imputations([of("FJI")], 20, seed=s)] for s in (1, 2))
    assert one != other


def test_change_dated_across_the_end_of_the_data_is_drawn_up_to_it() -> None:
    replay = record(act("engage", "2022-01"), until="2022-01-03")
    drawn = {one.changes[0].date.text for (one,) in rm.imputations([replay], 200, seed=1)}
    assert drawn == {"2022-01-01", "2022-01-02", "2022-01-03"}


def test_every_day_of_a_date_is_drawn_about_as_often() -> None:
    replay = record(act("engage", "2022-01-01..2022-01-04"))
    drawn = [one.changes[0].date.text for (one,) in rm.imputations([replay], 4000, seed=1)]
    # Each of four days a thousand times; the standard deviation is 27.
    assert all(860 <= drawn.count(f"2022-01-0{day}") <= 1140 for day in range(1, 5))


def test_date_without_a_first_day_cannot_be_drawn() -> None:
    with pytest.raises(NoConsistentReading, match=r"FJI: start \.\.1998 has no first day"):
        rm.imputations([record(begins="..1998")], 1, seed=1)


def test_country_that_occurs_twice_and_no_draws_are_errors() -> None:
    with pytest.raises(ValueError, match="occurs twice"):
        rm.imputations([of("FJI"), of("FJI")], 1, seed=1)
    with pytest.raises(ValueError, match="at least one draw"):
        rm.imputations([of("FJI")], 0, seed=1)


@settings(max_examples=examples(60))
@given(scenarios(), st.integers(0, 9))
def test_imputed_days_lie_within_the_dates_and_change_no_state(
    scenario: rm.Scenario, seed: int
) -> None:
    replay = rm.replay(scenario)
    try:
        records = list(rm.imputations([replay], 3, seed))
    except NoConsistentReading:
        return
    for (drawn,) in records:
        history = drawn.history
        assert [spell.state for spell in history.spells] == [
            spell.state for spell in replay.history.spells
        ]
        assert len(history.entries) == len(replay.history.entries)
        for (first, last), (low, high) in zip(history.bounds, replay.history.bounds, strict=True):
            assert first == last
            assert low <= first
            assert is_open(high) or first <= high
        assert evolve(drawn, history=replay.history, outcomes=replay.outcomes) == replay
