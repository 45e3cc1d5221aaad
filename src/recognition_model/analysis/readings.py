"""Counts of the readings of uncertain dates.

A *reading* puts every entry on one day of its interval, none before the entry above it. Readings
are counted entry by entry, not listed: a day's count is the sum of the previous entry's counts up
to that day. Days are ordinals; an interval is `(first, last)`, both included.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, takewhile
from math import gcd

from attrs import evolve, field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.dates import OPEN_END, OPEN_START, When, propagate_order
from recognition_model.core.scenario import SignalStep
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay

Interval = tuple[int, int]
MOST_COUNTED = 500_000
"""Days of all entries that depend on one another, each entry with its own, that are counted.

The counts take time as their number, and as the length of each: it grows with the entries.
"""


def _lowest_terms(weights: Sequence[int]) -> tuple[int, ...]:
    common = gcd(*weights) or 1
    return tuple(weight // common for weight in weights)


@frozen(repr=False)
class DayDistribution(Readable):
    """Distribution of an event over its possible days.

    In `weights[i]` of `total` readings the event is on day `first + i` (an ordinal).
    """

    first: int
    weights: tuple[int, ...] = field(converter=_lowest_terms)

    @cached_property
    def cumulative(self) -> tuple[int, ...]:
        return tuple(accumulate(self.weights))

    @property
    def total(self) -> int:
        return self.cumulative[-1]

    @property
    def last(self) -> int:
        return self.first + len(self.weights) - 1

    @property
    def earliest(self) -> date:
        return date.fromordinal(self.first)

    @property
    def latest(self) -> date:
        return date.fromordinal(self.last)

    def until(self, day: int) -> int:
        """Sum the weights of all days up to one."""
        return self.cumulative[min(day, self.last) - self.first] if day >= self.first else 0

    def share(self, day: date) -> Fraction:
        """Give the share of readings with the event on a day."""
        at = day.toordinal()
        return Fraction(self.until(at) - self.until(at - 1), self.total)

    def __str__(self) -> str:
        one = self.first == self.last
        return f"{self.earliest}" if one else f"{self.earliest}..{self.latest}"


def blocks(intervals: Sequence[Interval]) -> Iterator[range]:
    """Split entries into runs that depend on one another; runs are always in order.

    The intervals must be narrowed by the order already, as by `dates.propagate_order`.
    """
    begin = 0
    for at in range(1, len(intervals) + 1):
        if at == len(intervals) or intervals[at - 1][1] <= intervals[at][0]:
            yield range(begin, at)
            begin = at


def ways_up_to(intervals: Sequence[Interval]) -> list[list[int]]:
    """Count, per entry and day, the ways to put it on that day with all before it in order."""
    return [*each_ways_up_to(intervals)]


def each_ways_up_to(intervals: Iterable[Interval]) -> Iterator[list[int]]:
    """Yield what `ways_up_to` lists, one by one: the counts can be very large numbers."""
    ways: list[int] = []
    before = None
    for first, last in intervals:
        alone = [1] * (last - first + 1)
        ways = alone if before is None else next_ways(ways, before, (first, last))
        before = first
        yield ways


def next_ways(ways: Sequence[int], before: int, interval: Interval) -> list[int]:
    """Count, per day of an interval, the ways of the entry above it up to that day.

    That entry has so many `ways` on each day from the day `before` on.
    """
    first, last = interval
    return _clamped([0, *accumulate(ways)], first - before + 1, last - before + 2)


def backwards(intervals: Sequence[Interval]) -> list[Interval]:
    """Turn the order of time: the last entry comes first, and each day has its opposite number."""
    return [(-last, -first) for first, last in reversed(intervals)]


def ways_until(intervals: Sequence[Interval], day: int) -> list[int]:
    """Count the ways to put the first 0, 1, 2 ... entries in order, all of them up to a day."""
    within = takewhile(lambda interval: interval[0] <= day, intervals)
    ways = each_ways_up_to((first, min(last, day)) for first, last in within)
    counts = [1, *map(sum, ways)]
    return counts + [0] * (len(intervals) + 1 - len(counts))


def _clamped(sums: list[int], start: int, stop: int) -> list[int]:
    """The items at some indices, where the first and the last item go on for ever."""
    head = [sums[0]] * (min(stop, 0) - start)
    return head + sums[max(start, 0) : max(stop, 0)] + sums[-1:] * (stop - max(start, len(sums)))


def days_of(intervals: Sequence[Interval], at: int) -> DayDistribution:
    """Count the readings with entry `at` on each of its days. Raises `TooManyReadings`."""
    block = next(run for run in blocks(intervals) if at in run)
    check_countable(intervals[block.start : block.stop])
    (up_to,) = deque(each_ways_up_to(intervals[block.start : at + 1]), 1)
    (from_on,) = deque(each_ways_up_to(backwards(intervals[at : block.stop])), 1)
    return DayDistribution(
        intervals[at][0], [a * b for a, b in zip(up_to, reversed(from_on), strict=True)]
    )


class NoConsistentReading(ValueError):
    """Raised if no possible day is left for an entry; the message names it."""


class TooManyReadings(NoConsistentReading):
    """Raised if entries leave one another too many days for a count of the readings."""


def check_countable(intervals: Iterable[Interval]) -> None:
    """Raise `TooManyReadings` if some entries together have more than `MOST_COUNTED` days."""
    sizes = [last - first + 1 for first, last in intervals]
    if len(sizes) > 1 and sum(sizes) > MOST_COUNTED:
        raise TooManyReadings(
            f"{len(sizes):,} uncertain dates that overlap leave {sum(sizes):,} days: too many to"
            f" count, at most {MOST_COUNTED:,} are"
        )


@frozen(kw_only=True, repr=False)
class FirstTime(Readable):
    """First time that a country did something, and the `days` on which this can have been.

    `what` is the stage or signal asked for. `reached` is the stage that the country entered then:
    the one asked for or a higher one; None for a signal. `days` is None if the event is not
    documented or cannot be dated; `why` then gives the reason.
    """

    country: str
    what: str
    reached: Stage | None = None
    days: DayDistribution | None = None
    why: str = ""

    @property
    def beyond(self) -> bool:
        """Whether the stage entered is higher than the one asked for."""
        return self.reached is not None and str(self.reached) != self.what

    def __str__(self) -> str:
        what = f"{self.reached} (beyond {self.what})" if self.beyond else self.what
        return f"{self.country} {what}: {self.days or self.why}"


def first_reached(
    replay: Replay, stage: Stage, since: date = date.min, *, counted: bool = True
) -> FirstTime:
    """Date a country's first arrival at a stage or beyond, on or after `since`.

    If the readings are not to be `counted`, all days on which it can have been weigh the same.
    """
    history, what = replay.history, str(stage)
    held, why = False, "not documented"
    reached: Stage | None = None
    bounds = history.bounds if history.documented else ()
    for at, (spell, (_, latest)) in enumerate(zip(history.spells, bounds, strict=False)):
        entered = spell.stage >= stage and not held
        held = spell.stage >= stage
        if not entered:
            continue
        if latest < since.toordinal():
            why, reached = _before_since(spell.begins, since), spell.stage
            continue
        if not at:
            why = f"already at the stage when the record begins, {spell.begins}"
            return FirstTime(country=replay.country, what=what, reached=spell.stage, why=why)
        dates = [history.begins, *(change.date for change in history.changes)]
        event = _event(replay, what, dates, at, counted=counted)
        return evolve(event, reached=spell.stage)
    return FirstTime(country=replay.country, what=what, reached=reached, why=why)


def first_signal(
    replay: Replay, asked: str | Collection[str], since: date = date.min, *, what: str = ""
) -> FirstTime:
    """Date the first signal of a word on or after `since`, in its place among the changes.

    Several words may be `asked` for; `what` names them together. A signal that the host or the
    Taliban deny does not count.
    """
    words = {asked} if isinstance(asked, str) else {*asked}
    what = what or ",".join(sorted(words))
    dates, why = [replay.history.begins], "not documented"
    for at, outcome in enumerate(replay.outcomes):
        if isinstance(outcome, Change):
            dates.append(outcome.date)
        elif isinstance(outcome, SignalStep) and outcome.signal in words:
            if outcome.denied:
                why = f"denied ({outcome.date})" if why == "not documented" else why
                continue
            if outcome.date.latest < since:
                why = _before_since(outcome.date, since)
                continue
            later = [o.date for o in replay.outcomes[at:] if isinstance(o, Change)]
            return _event(replay, what, [*dates, outcome.date, *later], len(dates))
    return FirstTime(country=replay.country, what=what, why=why)


def _before_since(when: When, since: date) -> str:
    return f"only documented before {since} ({when})"


def _event(
    replay: Replay, what: str, dates: Sequence[When], at: int, *, counted: bool = True
) -> FirstTime:
    try:
        intervals, unknown = possible_days(dates, replay.history.documented_until)
        if at < unknown:
            why = f"dated {dates[at]}: no first day is known"
            return FirstTime(country=replay.country, what=what, why=why)
        at -= unknown
        if not counted:
            intervals, at = intervals[at : at + 1], 0
        days = days_of(intervals, at)
    except NoConsistentReading as error:
        return FirstTime(country=replay.country, what=what, why=str(error))
    return FirstTime(country=replay.country, what=what, days=days)


def possible_days(dates: Sequence[When], until: date) -> tuple[list[Interval], int]:
    """Narrow dates to the days that their order allows; count leading dates with no first day.

    These leading dates are left out, because they hardly constrain the others. A date without a
    last day ends with the record, on the day `until`. Raises `NoConsistentReading` if the order
    cannot be kept.
    """
    ends = zip(dates, propagate_order(dates)[1], strict=True)
    closed = [evolve(d, latest=until) if last is OPEN_END else d for d, last in ends]
    earliest, latest = propagate_order(closed)
    for when, first, last in zip(dates, earliest, latest, strict=True):
        if first > last:
            raise NoConsistentReading(
                f"no day for {when} fits the order of the entries and the end of the record"
            )
    unknown = sum(day is OPEN_START for day in earliest)
    days = zip(earliest[unknown:], latest[unknown:], strict=True)
    return [(first.toordinal(), last.toordinal()) for first, last in days], unknown
