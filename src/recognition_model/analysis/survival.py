"""Kaplan–Meier estimate of the time until an event.

Kaplan and Meier (1958); the variance by Greenwood's formula, the band by the log-log transform
(Kalbfleisch and Prentice, 1980), as R's `survival` gives it with `conf.type = "log-log"`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

Z = 1.959963984540054  # the 97.5 % point of the normal distribution


@frozen
class Wait:
    """One country's wait: its length in days, and whether it ended in the event or was censored."""

    days: float
    reached: bool


@frozen
class Point:
    """Estimate from one day on: the share `survival` still waits, between `low` and `high`.

    `at_risk` countries were waiting just before; `reached` and `censored` ended on that day.
    """

    days: float
    at_risk: int
    reached: int
    censored: int
    survival: float
    low: float
    high: float


def kaplan_meier(waits: Sequence[Wait]) -> tuple[Point, ...]:
    """Compute a point for every day on which a wait ended; on a day, events come first.

    The band is 1 to 1 before the first event, and 0 to 0 once all have reached it.
    """
    reached = Counter(wait.days for wait in waits if wait.reached)
    censored = Counter(wait.days for wait in waits if not wait.reached)
    at_risk = len(waits)
    survival, greenwood = 1.0, 0.0
    points = []
    for day in sorted({wait.days for wait in waits}):
        events = reached[day]
        if events:
            survival *= 1 - events / at_risk
            if events < at_risk:
                greenwood += events / (at_risk * (at_risk - events))
        low, high = _band(survival, greenwood)
        points.append(
            Point(day, at_risk, events, censored[day], survival, low, high),
        )
        at_risk -= events + censored[day]
    return tuple(points)


def _band(survival: float, greenwood: float) -> tuple[float, float]:
    if survival in (0.0, 1.0):
        return survival, survival
    spread = math.exp(Z * math.sqrt(greenwood) / math.log(survival))
    return survival ** (1 / spread), survival**spread


def median(points: Sequence[Point]) -> float | None:
    """Find the first day on which at least half have reached it; None if there is none."""
    return next((point.days for point in points if point.survival <= 0.5), None)


def tally(waits: Sequence[Wait], day: float) -> tuple[int, int, int]:
    """Count who is waiting, censored and done at the end of a day; the counts add up to all."""
    done = sum(wait.reached and wait.days <= day for wait in waits)
    lost = sum(not wait.reached and wait.days <= day for wait in waits)
    return len(waits) - done - lost, lost, done
