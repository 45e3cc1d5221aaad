"""Kaplan–Meier estimate of the time until an event.

Kaplan and Meier (1958); the variance by Greenwood's formula, the band by the log-log transform
(Kalbfleisch and Prentice, 1980), as R's `survival` gives it with `conf.type = "log-log"`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from attrs import field, frozen

Z = 1.959963984540054  # the 97.5 % point of the normal distribution


@frozen
class Wait:
    """One country's wait: its length in days, and whether it ended in the event.

    If it did not, it is censored: by a lapse if `lapsed`, otherwise by the end of the data. A
    country is at risk after the day `entry`; without delayed entry, from day 0 on.
    """

    days: float
    reached: bool
    lapsed: bool = field(default=False)
    entry: float = 0

    @lapsed.validator
    def _one_end(self, _: object, lapsed: bool) -> None:  # noqa: FBT001 - attrs calls it
        if lapsed and self.reached:
            raise ValueError("a wait ends with the event or with a lapse, not with both")

    def at_risk(self, day: float) -> bool:
        """Whether the country was waiting just before a day: `entry < day <= days`."""
        return (self.entry < day or not self.entry) and day <= self.days


@frozen
class Point:
    """Estimate from one day on: the share `waiting` has not reached it, between `low` and `high`.

    `at_risk` countries were waiting just before; `reached`, `censored` and `lapsed` ended on that
    day. `variance` is Greenwood's. The band is None where nothing can be said about it: before the
    first event, and once all have reached it.
    """

    days: float
    at_risk: int
    reached: int
    censored: int
    lapsed: int
    waiting: Fraction
    low: float | None
    high: float | None
    variance: float

    @property
    def survival(self) -> float:
        """The share that still waits, as a number; compare `waiting`, which is exact."""
        return float(self.waiting)


def kaplan_meier(waits: Sequence[Wait]) -> tuple[Point, ...]:
    """Compute a point for every day on which a wait ended; on a day, events come first."""
    reached = Counter(wait.days for wait in waits if wait.reached)
    lapsed = Counter(wait.days for wait in waits if wait.lapsed)
    ended = Counter(wait.days for wait in waits)
    waiting, greenwood = Fraction(1), 0.0
    points = []
    for day in sorted(ended):
        events = reached[day]
        at_risk = sum(wait.at_risk(day) for wait in waits)
        if events:
            waiting *= 1 - Fraction(events, at_risk)
        if 0 < events < at_risk:
            greenwood += events / (at_risk * (at_risk - events))
        low, high = _band(waiting, greenwood)
        points.append(
            Point(
                days=day,
                at_risk=at_risk,
                reached=events,
                censored=ended[day] - events - lapsed[day],
                lapsed=lapsed[day],
                waiting=waiting,
                low=low,
                high=high,
                variance=float(waiting) ** 2 * greenwood,
            )
        )
    return tuple(points)


def _band(waiting: Fraction, greenwood: float) -> tuple[float, float] | tuple[None, None]:
    if waiting in (0, 1):
        return None, None
    share = float(waiting)
    spread = math.exp(Z * math.sqrt(greenwood) / math.log(share))
    return share ** (1 / spread), share**spread


def median(points: Sequence[Point]) -> float | None:
    """Find the first day on which at least half have reached it; None if there is none."""
    return next((point.days for point in points if 2 * point.waiting <= 1), None)


@frozen
class Tally:
    """How many wait at the end of a day, and how the waits of the others ended by then.

    `later` have not come to be at risk by then, because their data begin later.
    """

    waiting: int
    censored: int
    lapsed: int
    reached: int
    later: int = 0


def tally(waits: Sequence[Wait], day: float) -> Tally:
    """Count who is waiting, censored, lapsed and done at the end of a day."""
    over = [wait for wait in waits if wait.days <= day]
    done = sum(wait.reached for wait in over)
    lapsed = sum(wait.lapsed for wait in over)
    later = sum(wait.entry > day for wait in waits)
    waiting = len(waits) - len(over) - later
    return Tally(waiting, len(over) - done - lapsed, lapsed, done, later)
