"""What the uncertain dates of one country leave: a number, and the share of readings with it.

A reading puts the start and every change on one day of its interval, none before the one above it.
Shares are counted exactly. A start without a first day is read at its last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import prod

from attrs import evolve, frozen

from recognition_model.analysis.readings import (
    Interval,
    NoConsistentReading,
    backwards,
    each_ways_up_to,
    next_ways,
    possible_days,
    ways_until,
)
from recognition_model.core.base import Readable
from recognition_model.core.dates import When, closed, moved, propagate_order
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

    @property
    def count(self) -> int:
        """How many days all states have together, each its own."""
        return sum(last - first + 1 for first, last in self.begins)

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
        return evolve(when, latest=moved(last, days)) if last else when
    first = closed(when.earliest)
    return evolve(when, earliest=moved(first, -days)) if first else when


def stage_on(dated: Dated, day: date) -> Spread:
    """The rank of the stage at the end of a day."""
    at = day.toordinal()
    by_then = ways_until(dated.begins, at)
    later = ways_until(backwards(dated.begins), -at - 1)
    ways = [before * after for before, after in zip(by_then, reversed(later), strict=True)]
    counts: dict[int, int] = {}
    for rank, count in zip([NO_STATE, *(s.stage.rank for s in dated.states)], ways, strict=True):
        counts[rank] = counts.get(rank, 0) + count
    return _spread(counts, sum(ways))


def first_day(dated: Dated, stage: Stage, since: date) -> Spread:
    """The day on or after `since` on which a stage or a higher one was first entered.

    What was entered at an unknown time before the record begins has no day.
    """
    intervals, begin = dated.begins, since.toordinal()
    by_then = ways_until(intervals, begin - 1)
    before = {at: entered for entered, at in _entered(dated.states, stage)}
    counts: dict[int, int] = {}
    total = 1
    from_on_each = each_ways_up_to(backwards(intervals))
    for at, ways in zip(reversed(range(len(intervals))), from_on_each, strict=True):
        total = sum(ways)
        if not at or at not in before or intervals[at][1] < begin:
            continue
        first, up_to = _entered_since(intervals, by_then, before[at], at, begin)
        from_on = reversed(ways[: len(up_to)])
        for day, both in enumerate(zip(up_to, from_on, strict=True), start=first):
            counts[day] = counts.get(day, 0) + prod(both)
    counts[NEVER] = total - sum(counts.values())
    return _spread(counts, total)


def _entered_since(
    intervals: Sequence[Interval], by_then: Sequence[int], before: int | None, at: int, since: int
) -> tuple[int, list[int]]:
    """Count, for each day from `since` on, the ways to enter a stage on it after all before it.

    The stage was last entered `before`, earlier than `since`. Gives the first day, and the counts.
    """
    begin, ways = since, list[int]()
    for mine in range(0 if before is None else before + 1, at + 1):
        first, last = max(intervals[mine][0], since), intervals[mine][1]
        ways = [one + by_then[mine] for one in next_ways(ways, begin, (first, last))]
        begin = first
    return begin, ways


def _spread(counts: Mapping[int, int], total: int) -> Spread:
    return tuple((one, Fraction(ways, total)) for one, ways in sorted(counts.items()) if ways)


def _entered(states: Sequence[State], stage: Stage) -> list[tuple[int | None, int]]:
    """The places at which a stage is entered, each with the one before it."""
    there = [False, *(state.stage >= stage for state in states)]
    places = [at for at in range(len(states)) if there[at + 1] and not there[at]]
    return list(zip([None, *places], places, strict=False))
