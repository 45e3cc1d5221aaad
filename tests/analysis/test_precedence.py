"""Shares of readings: counted by days, checked by listing every reading, and by drawing them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from math import sqrt

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.histories import ENGAGED, UNDER_A_BAN, a_history
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.analysis import precedence as uncertainty
from recognition_model.analysis.precedence import (
    FirstTime,
    NoConsistentReading,
    asked_signals,
    draws,
    first_reached,
    first_signal,
    order,
    pair_shares,
)
from recognition_model.analysis.readings import DayDistribution, Interval, blocks, days_of
from recognition_model.core.dates import OPEN_END, propagate_order
from recognition_model.testing import scenarios

AMBASSADOR = rm.Stage.AMBASSADOR_ACCEPTED
SOME = 20_000


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def on(country: str, when: str) -> FirstTime:
    """An event on any day of an interval, each as good as the others."""
    known = rm.When.parse(when)
    first, last = known.earliest.toordinal(), known.latest.toordinal()
    return FirstTime(
        country=country, what="event", days=DayDistribution(first, (1,) * (last - first + 1))
    )


def accepted(when: str, country: str = "FJI", *, engaged: str = "2021-09-01") -> rm.Replay:
    steps = act("engage", engaged), act("accept_ambassador", when)
    return record(*steps, country=country)


def signal(word: str, when: str) -> rm.SignalStep:
    return rm.SignalStep(signal=word, date=rm.When.parse(when), evidence=(OFFICIAL,))


# --- the oracle: every reading, listed -----------------------------------------------------------


@st.composite
def in_order(draw: st.DrawFn) -> list[Interval]:
    """Up to five intervals of a few days that can be kept in order, as the order leaves them."""
    dates = []
    for at in sorted(draw(st.lists(st.integers(0, 6), min_size=1, max_size=5))):
        low, high = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        ends = (date.fromordinal(9 + at - low), date.fromordinal(9 + at + high))
        dates.append(rm.When("made up", *ends))
    bounds = zip(*propagate_order(dates), strict=True)
    return [(first.toordinal(), last.toordinal()) for first, last in bounds]


def readings(intervals: list[Interval]) -> list[tuple[int, ...]]:
    days = [range(first, last + 1) for first, last in intervals]
    return [r for r in product(*days) if all(a <= b for a, b in pairwise(r))]


@settings(max_examples=examples(150))
@given(in_order())
def test_day_distribution_matches_enumerated_readings(intervals) -> None:
    listed = readings(intervals)
    for at in range(len(intervals)):
        found = Counter(reading[at] for reading in listed)
        days = days_of(intervals, at)
        assert (days.first, days.last) == (min(found), max(found))
        for one, count in found.items():
            assert days.share(date.fromordinal(one)) == Fraction(count, len(listed))


@given(in_order())
def test_blocks_split_independent_entries(intervals) -> None:
    runs = list(blocks(intervals))
    assert [at for run in runs for at in run] == list(range(len(intervals)))
    counted = 1
    for run in runs:
        counted *= len(readings(intervals[run.start : run.stop]))
    assert counted == len(readings(intervals))


# --- days ----------------------------------------------------------------------------------------


def test_two_changes_within_the_same_two_days_have_three_readings() -> None:
    # 1 and 1, 1 and 2, 2 and 2: the later one is on the second day in two of three.
    replay = accepted("2022-03-01..2022-03-02", engaged="2022-03-01..2022-03-02")
    days = first_reached(replay, AMBASSADOR).days
    assert days is not None
    assert (days.earliest, days.latest) == (date(2022, 3, 1), date(2022, 3, 2))
    assert days.share(date(2022, 3, 1)) == Fraction(1, 3)
    assert days.share(date(2022, 3, 2)) == Fraction(2, 3)
    assert days.share(date(2022, 3, 3)) == 0


def test_later_change_narrows_the_earlier_one() -> None:
    replay = accepted("2022-03-01..2022-03-02", engaged="2022-03-01..2022-03-02")
    days = first_reached(replay, rm.Stage.ENGAGED).days
    assert days is not None
    assert days.share(date(2022, 3, 1)) == Fraction(2, 3)


def test_event_on_the_since_day_counts() -> None:
    replay = record(act("engage", "2022-01-01"), signal("visit", "2022-01-01"))
    that_day = date(2022, 1, 1)
    assert str(first_reached(replay, rm.Stage.ENGAGED, that_day).days) == "2022-01-01"
    assert str(first_signal(replay, "visit", that_day).days) == "2022-01-01"


def test_higher_stage_counts_as_reaching_a_lower_one() -> None:
    replay = record(act("engage", "2021-09-01"), act("recognise", "2022-01-01"))
    event = first_reached(replay, AMBASSADOR)
    assert (event.reached, event.beyond) == (rm.Stage.DE_JURE_RECOGNITION, True)
    assert str(event) == "FJI de_jure_recognition (beyond ambassador_accepted): 2022-01-01"


def test_first_time_names_the_stage_first_entered_and_no_later_one() -> None:
    # Two steps on one day run in the order of the file.
    replay = record(*(act(w, "2022-01-01") for w in ("engage", "accept_ambassador", "recognise")))
    event = first_reached(replay, AMBASSADOR)
    assert (event.reached, event.beyond) == (AMBASSADOR, False)
    assert str(event) == "FJI ambassador_accepted: 2022-01-01"
    assert first_reached(record(), AMBASSADOR).reached is None


def test_arrival_before_the_since_day_names_the_stage_reached_then() -> None:
    replay = record(act("engage", "2021-09-01"), act("recognise", "2022-01-01"))
    event = first_reached(replay, AMBASSADOR, date(2022, 1, 2))
    assert (event.reached, event.days) == (rm.Stage.DE_JURE_RECOGNITION, None)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (first_reached(record(), AMBASSADOR), "not documented"),
        (first_reached(record(begins="2025-07-01"), rm.Stage.HOSTILE), "not documented"),
        (
            first_reached(record(stage=rm.Stage.ENGAGED), rm.Stage.ENGAGED),
            "already at the stage when the record begins, 2021-08-15",
        ),
        (
            first_reached(accepted("2022-01-01"), AMBASSADOR, date(2022, 1, 2)),
            "only documented before 2022-01-02 (2022-01-01)",
        ),
        (
            first_reached(record(act("engage", "..2022"), begins="..2021"), rm.Stage.ENGAGED),
            "dated ..2022: no first day is known",
        ),
        (
            first_reached(accepted("2026-01.."), AMBASSADOR),
            "no day for 2026-01.. fits the order of the entries and the end of the record",
        ),
        (first_signal(record(), "visit"), "not documented"),
        (
            first_signal(record(signal("visit", "2022")), "visit", date(2023, 1, 1)),
            "only documented before 2023-01-01 (2022)",
        ),
    ],
)
def test_event_without_days_gives_the_reason(event: FirstTime, why: str) -> None:
    assert (event.days, event.why) == (None, why)


def test_a_date_without_a_last_day_ends_with_the_record() -> None:
    days = first_reached(accepted("2025-06-29.."), AMBASSADOR).days
    assert str(days) == "2025-06-29..2025-06-30"


def test_a_start_without_a_first_day_leaves_the_others_alone() -> None:
    days = first_reached(record(act("engage", "2022-01"), begins="..2023"), rm.Stage.ENGAGED).days
    assert days == DayDistribution(day("2022-01-01"), (1,) * 31)


def test_a_signal_is_dated_in_its_place_among_the_changes() -> None:
    replay = record(
        act("engage", "2022-01-02"), signal("visit", "2022-01"), act("ban", "2022-01-05")
    )
    assert str(first_signal(replay, "visit").days) == "2022-01-02..2022-01-05"


@given(scenarios(), st.sampled_from(rm.Stage))
@settings(max_examples=examples(40))
def test_days_of_a_stage_agree_with_history_bounds(scenario: rm.Scenario, stage: rm.Stage) -> None:
    replay = rm.replay(scenario)
    event = first_reached(replay, stage)
    first = replay.history.first_day(lambda state: state.stage >= stage)
    assert bool(event.days) != bool(event.why)
    if event.days is not None:
        assert first is not None
        assert event.days.earliest == first.earliest
        # If the last change has no last day, it ends with the data, and so do those before it.
        open_end = replay.history.bounds[-1][1] == OPEN_END.toordinal()
        until = replay.history.documented_until
        assert event.days.latest == (min(first.latest, until) if open_end else first.latest)
    for step in replay.signals:
        told = first_signal(replay, step.signal)
        assert bool(told.days) != bool(told.why)
    for end in ("earliest", "latest"):
        assert len(replay.read(end).outcomes) == len(replay.outcomes)


# --- which was first -----------------------------------------------------------------------------


def test_pair_shares_of_nine_readings_are_six_two_one() -> None:
    # 1, 2 or 3 against 2, 3 or 4: before in 3 + 2 + 1, the same at 2 and at 3, after as 3 and 2.
    one, other = on("UZB", "2024-01-01..2024-01-03"), on("ARE", "2024-01-02..2024-01-04")
    shares = pair_shares(one, other)
    assert (shares.before, shares.same, shares.after) == (
        Fraction(6, 9),
        Fraction(2, 9),
        Fraction(1, 9),
    )
    assert str(shares) == "before 2/3, same day 2/9, after 1/9"
    ranked = order([one, other])
    assert ranked.draws is None
    assert ranked.share("UZB", 1) == Fraction(8, 9)  # the first of them, or on its day
    assert ranked.share("UZB", 2) == Fraction(1, 9)
    assert ranked.share("ARE", 2) == Fraction(6, 9)


def test_second_ambassador_depends_on_original_or_copy() -> None:
    # Made up: the one hands over copies late and originals soon, the other the reverse.
    china, emirates, uzbekistan = (
        record(
            act("engage", "2021-09-01"),
            act("accept_ambassador", copies),
            signal("credentials_originals", originals),
            country=country,
        )
        for country, copies, originals in (
            ("CHN", "2023-12-01", "2024-01-30"),
            ("ARE", "2024-08-21", "2025-01"),
            ("UZB", "2024-10-09", "2025-01-01"),
        )
    )
    replays = [china, emirates, uzbekistan]
    copies = order([first_reached(replay, AMBASSADOR) for replay in replays])
    originals = order([first_signal(replay, "credentials_originals") for replay in replays])
    assert copies.share("ARE", 2) == 1
    assert originals.share("UZB", 2) == 1
    assert originals.share("ARE", 2) == Fraction(1, 31)  # on New Year's Day both were


few_days = st.tuples(st.integers(1, 6), st.lists(st.integers(1, 3), min_size=1, max_size=4))


@settings(max_examples=examples(100))
@given(st.lists(few_days, min_size=1, max_size=4))
def test_exact_ranks_match_enumerated_combinations(told) -> None:
    events = [
        FirstTime(country=str(at), what="event", days=DayDistribution(first, weights))
        for at, (first, weights) in enumerate(told)
    ]
    counts = [Counter() for _ in events]
    for combined in product(*(enumerate(weights, start=first) for first, weights in told)):
        weight = int(np.prod([weight for _, weight in combined]))
        for at, (mine, _) in enumerate(combined):
            counts[at][sum(other < mine for other, _ in combined)] += weight
    total = counts[0].total()
    ranked = order(events)
    for row, count in zip(ranked.shares, counts, strict=True):
        assert row == tuple(Fraction(count[rank], total) for rank in range(len(events)))
    for one, other in pairwise(events):
        shares = pair_shares(one, other)
        assert shares.before + shares.same + shares.after == 1
        assert shares.before == pair_shares(other, one).after


def test_two_events_of_one_country_are_rejected() -> None:
    one = on("UZB", "2024")
    with pytest.raises(ValueError, match="one country are not independent: UZB"):
        pair_shares(one, one)
    with pytest.raises(ValueError, match="not independent"):
        order([one, one])


def test_undocumented_event_is_left_out_of_order() -> None:
    none = first_reached(record(), AMBASSADOR)
    assert order([on("UZB", "2024"), none]).events == (on("UZB", "2024"),)
    with pytest.raises(ValueError, match="FJI ambassador_accepted: not documented"):
        pair_shares(on("UZB", "2024"), none)


# --- draws ---------------------------------------------------------------------------------------


def off_by(share: float, expected: Fraction, count: int) -> bool:
    """Farther from the truth than five standard errors of `count` draws: once in two million."""
    return abs(share - expected) > 5 * sqrt(expected * (1 - expected) / count) + 1e-12


def test_drawn_ranks_agree_with_those_counted_within_five_standard_errors() -> None:
    events = [on("UZB", "2024-01"), on("ARE", "2024-01-15~"), on("CHN", "2023-12-20..2024-01-10")]
    counted, drawn = order(events), order(events, draws=SOME, seed=1)
    assert (counted.draws, drawn.draws, drawn.seed) == (None, SOME, 1)
    for exact, sampled in zip(counted.shares, drawn.shares, strict=True):
        assert sum(exact) == sum(sampled) == 1
        assert not any(off_by(s, e, SOME) for e, s in zip(exact, sampled, strict=True))


def test_an_order_too_large_to_count_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uncertainty, "MOST_COUNTED", 3)
    assert order([on("UZB", "2024-01"), on("ARE", "2024-01")]).draws == uncertainty.DRAWS
    assert order([on("UZB", "2024-01"), on("ARE", "2024-02")]).draws is None  # nothing to count


def columns(history: rm.History) -> list[DayDistribution]:
    intervals = list(history.bounds)
    return [days_of(intervals, at) for at in range(len(intervals))]


CROWDED = a_history(
    "2022-01-01..2022-01-04", ("2022-01-02..2022-01-05", ENGAGED), ("2022-01-03~", UNDER_A_BAN)
)
MANY = a_history("2022", *[("2022", after) for after in (ENGAGED, UNDER_A_BAN) * 6])


@pytest.mark.parametrize(("history", "count"), [(CROWDED, SOME), (MANY, 4000)])
def test_draws_are_readings_and_each_day_comes_as_often_as_counted(
    history: rm.History, count: int
) -> None:
    # MANY has more readings than 64 bits hold: 13 entries in a year of 365 days.
    rows = draws(history, count, seed=3)
    assert (rows[:, :-1] <= rows[:, 1:]).all()
    for column, days in zip(rows.T, columns(history), strict=True):
        assert column.min() >= days.first
        assert column.max() <= days.last
        cuts = [days.first + len(days.weights) * part // 4 for part in range(4)]
        for cut in cuts:
            exact = Fraction(days.until(cut), days.total)
            assert not off_by(float((column <= cut).mean()), exact, count)


@pytest.mark.parametrize("bound", [1, 3, 5, 256, 2**70 + 1])
def test_random_number_is_below_bound_and_reaches_every_value(bound: int) -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    drawn = [uncertainty._below(rng, bound) for _ in range(3000)]
    assert 0 <= min(drawn) <= max(drawn) < bound
    assert bound > 256 or set(drawn) == set(range(bound))


def test_every_reading_is_drawn_as_often_as_any_other() -> None:
    listed = readings(list(CROWDED.bounds))
    drawn = Counter(map(tuple, draws(CROWDED, SOME, seed=5).tolist()))
    assert set(drawn) == set(listed)
    share = Fraction(1, len(listed))
    assert not any(off_by(count / SOME, share, SOME) for count in drawn.values())


ITALY, SWEDEN = (
    record(act("engage", "2021-10-07..2021-10-12"), country=code) for code in ("ITA", "SWE")
)


def test_countries_drawn_with_one_seed_are_independent() -> None:
    # Six days each: on the same day in 6 of 36 pairs.
    italy, sweden = (draws(one.history, SOME, seed=1)[:, 1] for one in (ITALY, SWEDEN))
    assert not off_by(float((italy == sweden).mean()), Fraction(1, 6), SOME)


def test_joint_draws_are_the_rows_of_each_country() -> None:
    rows = rm.joint_draws([ITALY, SWEDEN], SOME, seed=1)
    assert list(rows) == ["ITA", "SWE"]
    for replay in (ITALY, SWEDEN):
        alone = rm.draws(replay.history, SOME, seed=1)
        assert rows[replay.country].tobytes() == alone.tobytes()
    shares = pair_shares(*(first_reached(one, rm.Stage.ENGAGED) for one in (ITALY, SWEDEN)))
    before = float((rows["ITA"][:, 1] < rows["SWE"][:, 1]).mean())
    assert not off_by(before, shares.before, SOME)


def test_joint_draws_refuse_two_replays_of_one_country() -> None:
    with pytest.raises(ValueError, match="one country are not independent: ITA"):
        rm.joint_draws([ITALY, ITALY], 10, seed=1)


def test_drawn_order_does_not_depend_on_the_order_of_the_countries() -> None:
    events = [on("UZB", "2024-01"), on("ARE", "2024-01"), on("CHN", "2024-01")]
    told, turned = (order(some, draws=1000, seed=1) for some in (events, events[::-1]))
    assert told.shares == turned.shares[::-1]


def test_the_same_seed_draws_the_same_and_another_seed_something_else() -> None:
    once, again = draws(CROWDED, 100, seed=7), draws(CROWDED, 100, seed=7)
    assert once.dtype == np.int64
    assert once.tobytes() == again.tobytes()
    assert once.tobytes() != draws(CROWDED, 100, seed=8).tobytes()


def test_draws_reject_dates_without_first_day_or_reading() -> None:
    with pytest.raises(
        NoConsistentReading, match=r"RUS: start \.\.1996 has no first day to draw from"
    ):
        draws(a_history("..1996", ("2022", ENGAGED)), 10, seed=0)
    with pytest.raises(NoConsistentReading, match="no day for 2023 fits"):
        draws(a_history("2023", ("2022", ENGAGED)), 10, seed=0)
    with pytest.raises(ValueError, match="at least one draw"):
        draws(CROWDED, 0, seed=0)


def test_precedence_takes_a_stage_and_a_day_as_text() -> None:
    replays = [
        record(act("engage", day), country=c) for c, day in (("FJI", "2022"), ("GBR", "2023"))
    ]
    order = rm.precedence(replays, stage="engaged", since="2021-08-15")
    assert order.share("FJI", 1) == 1


def test_precedence_of_a_signal_that_no_replay_knows_is_rejected() -> None:
    replays = [record(signal("charge_accepted", "2022-01-01")), record(country="TUV")]
    with pytest.raises(ValueError, match=r"'charge_acepted'; did you mean charge_accepted\?"):
        rm.precedence(replays, signal="charge_acepted")
    with pytest.raises(ValueError, match="'visit'; it has: charge_accepted"):
        rm.precedence(replays, signal="visit")
    with pytest.raises(ValueError, match="'visit'; it has: none"):
        rm.precedence([], signal="visit")
    assert rm.precedence(replays, signal="charge_accepted").share("FJI", 1) == 1


def test_signal_not_yet_public_gives_an_empty_order() -> None:
    late = record(signal("visit", "1998-01-01"), known_by="1996-12-31", begins="1996-09-27")
    assert late.not_yet_public == 1
    assert rm.precedence([late], signal="visit").events == ()


def test_a_last_change_without_a_last_day_ends_earlier_ones_with_the_data() -> None:
    replay = record(
        act("engage", "1999-08-09.."),
        act("break_off", "2001"),
        act("engage", "2001-08.."),
        begins="1996-09-27",
        until="2001-09-24",
    )
    event = first_reached(replay, rm.Stage.ENGAGED)
    assert event.days is not None
    assert (str(event.days.earliest), str(event.days.latest)) == ("1999-08-09", "2001-09-24")


# --- signals: words, old words, families, denials -------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("visit_made", ("visit_made",)),
        ("visit", ("visit_made", "visit_received", "visit", "visit_planned")),  # the family
        ("contacts_confirmed", ("contact_unspecified",)),
        ("humanitarian", ("humanitarian_aid",)),  # a family
        ("visit_made, returns_sought,visit_made", ("visit_made", "returns_sought")),
        ("bonfire", ("bonfire",)),
    ],
)
def test_signal_asked_for_is_a_word_an_old_word_or_a_family(
    asked: str, words: tuple[str, ...]
) -> None:
    found = asked_signals(asked, None, rm.shipped_vocabulary())
    assert found is not None
    assert found.words == words


def test_family_asked_for_has_all_its_words() -> None:
    known = rm.shipped_vocabulary()
    found = asked_signals(None, "Predecessor mission", known)
    assert found is not None
    assert found.what == "predecessor_mission"
    assert found.words == known.in_family(rm.Family.PREDECESSOR_MISSION)
    with pytest.raises(ValueError, match="is no family of signals"):
        asked_signals(None, "visits", known)
    with pytest.raises(ValueError, match="not both"):
        asked_signals("visit", "visit", known)


def test_denied_signal_is_no_first_time() -> None:
    disputes = evolve(OFFICIAL, bearing=rm.Bearing.DISPUTES)
    denied = rm.SignalStep(
        signal="visit_made", date=rm.When.parse("2022"), evidence=(PRESS, disputes)
    )
    assert denied.denied
    alone, later = record(denied), record(denied, signal("visit_received", "2023-02-01"))
    assert str(first_signal(alone, "visit_made").why) == "denied (2022)"
    both = first_signal(later, ("visit_made", "visit_received"), what="visit")
    assert (both.what, str(both.days)) == ("visit", "2023-02-01")


def test_precedence_of_a_family_takes_the_first_of_any_of_its_words() -> None:
    fiji = record(signal("visit_received", "2022-03-01"), country="FJI")
    tuvalu = record(signal("visit_made", "2022-02-01"), country="TUV")
    ranked = rm.precedence([fiji, tuvalu], family="visit")
    assert (ranked.share("TUV", 1), ranked.share("FJI", 1)) == (1, 0)
    with pytest.raises(ValueError, match="no entry of the record has the signal 'force'"):
        rm.precedence([fiji, tuvalu], family=rm.Family.FORCE)
