"""What the uncertain dates of one country leave: a number, and the share of readings with it.

A reading puts the start and every change on one day of its interval, none before the one above it.
Shares are counted exactly. A start without a first day is read at its last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import prod

from attrs import evolve, frozen

from recognition_model.analysis.readings import (
    Interval,
    NoConsistentReading,
    blocks,
    days_of,
    possible_days,
    ways_up_to,
)
from recognition_model.core.base import Readable
from recognition_model.core.dates import OPEN_END, When, closed, propagate_order
from recognition_model.core.dating import DAYS_OF_ACTS
from recognition_model.core.scenario import ActStep, Scenario
from recognition_model.core.stages import Stage, State
from recognition_model.engine.universes import Deed

Spread = tuple[tuple[int, Fraction], ...]
"""Numbers in order, each with the share of readings that have it."""
NEVER = 1 << 40
"""In place of a day: not reached, or reached already when the record begins."""
NO_STATE = -1


@frozen(kw_only=True, repr=False)
class Dated(Readable):
    """The states of a country in order, and the days on which each can have begun.

    Without any, the record ends before its start.
    """

    states: tuple[State, ...]
    begins: tuple[Interval, ...]

    def __str__(self) -> str:
        return f"{len(self.states)} states"


def dated(
    scenario: Scenario,
    changes: Sequence[tuple[Deed, State]],
    *,
    fuzz: int = 1,
    lag: int = 0,
) -> Dated:
    """Date the states that changes make. `fuzz` is the width of `~`, in units.

    With a `lag` in days, the day that counts for an act may be so much later or earlier than
    another day that stands for it. Raises `NoConsistentReading` if the order cannot be kept.
    """
    start, until = scenario.start, scenario.documented_until
    begins = start.date.widened(fuzz)
    if begins.earliest > until:
        return Dated(states=(), begins=())
    dates = [begins, *(lagged(deed, fuzz, lag) for deed, _ in changes)]
    try:
        intervals, unknown = possible_days(dates, until)
    except NoConsistentReading as error:
        raise NoConsistentReading(f"{scenario.country}: {error}") from None
    if unknown:
        floor = intervals[0][0] if intervals else until.toordinal()
        known = [closed(day) for day in propagate_order(dates)[1][:unknown]]
        ends = [min(day.toordinal(), floor) if day else floor for day in known]
        intervals = [*((day, day) for day in ends), *intervals]
    states = (start.state, *(state for _, state in changes))
    return Dated(states=states, begins=tuple(intervals))


def leaves_day_open(deed: Deed) -> bool:
    """Whether the date of an act is another day than the one that counts for it."""
    if not isinstance(deed, ActStep) or deed.dated_by is None:
        return False
    return deed.dated_by is not DAYS_OF_ACTS[deed.act].counts


def lagged(deed: Deed, fuzz: int, lag: int) -> When:
    """The date of a deed with another width of `~`, and on the day that counts.

    An act is decided, announced, in force, done and reported, usually in this order. So the day
    that counts is up to `lag` days after one that stands before it in the order, and up to as many
    before one that stands after it.
    """
    when = deed.date.widened(fuzz)
    if not lag or not isinstance(deed, ActStep) or not leaves_day_open(deed):
        return when
    counts, given = DAYS_OF_ACTS[deed.act].counts, deed.dated_by
    days = timedelta(days=lag)
    if given is not None and given < counts:
        last = closed(when.latest)
        return evolve(when, latest=_moved(last, days)) if last else when
    first = closed(when.earliest)
    return evolve(when, earliest=_moved(first, -days)) if first else when


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min


def stage_on(dated: Dated, day: date) -> Spread:
    """The rank of the stage at the end of a day."""
    at = day.toordinal()
    begun = [Fraction(1), *(_begun(dated.begins, k, at) for k in range(len(dated.begins)))]
    ranks = [NO_STATE, *(state.stage.rank for state in dated.states)]
    shares: dict[int, Fraction] = {}
    for rank, since, until in zip(ranks, begun, [*begun[1:], Fraction(0)], strict=True):
        if since > until:
            shares[rank] = shares.get(rank, Fraction(0)) + since - until
    return tuple(sorted(shares.items()))


def first_day(dated: Dated, stage: Stage, since: date) -> Spread:
    """The day on or after `since` on which a stage or a higher one was first entered.

    What was entered at an unknown time before the record begins has no day.
    """
    intervals, from_on = dated.begins, since.toordinal()
    shares: dict[int, Fraction] = {}
    for before, at in _entered(dated.states, stage):
        if intervals[at][1] < from_on:
            continue
        bounds = list(intervals)
        bounds[at] = (max(intervals[at][0], from_on), intervals[at][1])
        if before is not None:
            bounds[before] = (intervals[before][0], min(intervals[before][1], from_on - 1))
        narrowed = _in_order(bounds)
        if narrowed is None:
            continue
        whole = Fraction(_readings(narrowed), _readings(intervals))
        if not at:
            shares[NEVER] = whole
            continue
        days = days_of(narrowed, at)
        for day, weight in enumerate(days.weights, start=days.first):
            share = whole * Fraction(weight, days.total)
            shares[day] = shares.get(day, Fraction(0)) + share
    left = 1 - sum(shares.values())
    if left:
        shares[NEVER] = shares.get(NEVER, Fraction(0)) + left
    return tuple((day, share) for day, share in sorted(shares.items()) if share)


def _entered(states: Sequence[State], stage: Stage) -> list[tuple[int | None, int]]:
    """The places at which a stage is entered, each with the one before it."""
    there = [False, *(state.stage >= stage for state in states)]
    places = [at for at in range(len(states)) if there[at + 1] and not there[at]]
    return list(zip([None, *places], places, strict=False))


def _begun(intervals: Sequence[Interval], at: int, day: int) -> Fraction:
    """The share of readings in which a state has begun by a day."""
    first, last = intervals[at]
    if day >= last:
        return Fraction(1)
    if day < first:
        return Fraction(0)
    days = days_of(intervals, at)
    return Fraction(days.until(day), days.total)


def _readings(intervals: Sequence[Interval]) -> int:
    """Count the readings of intervals that are narrowed by their order."""
    if all(first == last for first, last in intervals):
        return 1
    runs = (intervals[run.start : run.stop] for run in blocks(intervals))
    return prod(sum(ways_up_to(run, last_only=True)[-1]) for run in runs)


def _in_order(intervals: Sequence[Interval]) -> list[Interval] | None:
    """Narrow intervals by their order; None if nothing is left of one."""
    floor, firsts = 0, []
    for first, _ in intervals:
        floor = max(floor, first)
        firsts.append(floor)
    ceiling, lasts = OPEN_END.toordinal(), []
    for _, last in reversed(intervals):
        ceiling = min(ceiling, last)
        lasts.append(ceiling)
    narrowed = list(zip(firsts, lasts[::-1], strict=True))
    return None if any(first > last for first, last in narrowed) else narrowed
