"""Counting the ways in which days known only to an interval can follow one another.

A *reading* puts every entry on one day of its interval, none before the one above it. Here they
are counted, never listed: entry by entry, each day has as many as the days up to it had before.
Days are ordinals, intervals `(first, last)` with both included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import gcd

from attrs import field, frozen

from recognition_model.stages import Readable

Interval = tuple[int, int]


def _lowest_terms(weights: Sequence[int]) -> tuple[int, ...]:
    common = gcd(*weights) or 1
    return tuple(weight // common for weight in weights)


@frozen(repr=False)
class Days(Readable):
    """On which day something was, where more than one is possible.

    Of all readings, `weights[i]` in `total` have it on the day `first + i`, an ordinal.
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
        """The weight of all days up to one."""
        return self.cumulative[min(day, self.last) - self.first] if day >= self.first else 0

    def share(self, day: date) -> Fraction:
        """The share of readings that have it on a day."""
        at = day.toordinal()
        return Fraction(self.until(at) - self.until(at - 1), self.total)

    def __str__(self) -> str:
        one = self.first == self.last
        return f"{self.earliest}" if one else f"{self.earliest}..{self.latest}"


def blocks(intervals: Sequence[Interval]) -> Iterator[range]:
    """Runs of entries that bear on one another; between two runs the order is kept anyhow.

    The intervals are those that the order leaves, as `dates.tightened` makes them.
    """
    begin = 0
    for at in range(1, len(intervals) + 1):
        if at == len(intervals) or intervals[at - 1][1] <= intervals[at][0]:
            yield range(begin, at)
            begin = at


def ways_up_to(intervals: Sequence[Interval]) -> list[list[int]]:
    """For each entry and each of its days: the ways to put it there and all before it in order."""
    ways: list[list[int]] = []
    for at, (first, last) in enumerate(intervals):
        if not at:
            ways.append([1] * (last - first + 1))
            continue
        before, until = intervals[at - 1]
        sums = [0, *accumulate(ways[-1])]
        ways.append([sums[max(min(day, until) - before + 1, 0)] for day in range(first, last + 1)])
    return ways


def days_of(intervals: Sequence[Interval], at: int) -> Days:
    """How all readings of some entries spread one of them over its days."""
    block = next(run for run in blocks(intervals) if at in run)
    up_to = ways_up_to(intervals[block.start : at + 1])[-1]
    turned = [(-last, -first) for first, last in reversed(intervals[at : block.stop])]
    from_on = ways_up_to(turned)[-1][::-1]
    return Days(intervals[at][0], [a * b for a, b in zip(up_to, from_on, strict=True)])
