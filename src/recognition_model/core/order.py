"""Which of several dated entries stand in the wrong place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recognition_model.core.dates import OPEN_START, OpenEnd, When, first_out_of_order

_Day = date | OpenEnd


class Misplaced(NamedTuple):
    """An entry in the wrong place, and the nearest entry that it contradicts, by their indices."""

    at: int
    beside: int


def misplaced(dates: Sequence[When], until: date | None = None) -> list[Misplaced]:
    """Find the fewest entries without which some reading of the dates keeps the order.

    Of several such sets, prefer entries dated after `until`, then later ones.
    """
    if first_out_of_order(dates) is None:
        return []
    kept = _longest_in_order(dates, until)
    wrong = [index for index in range(len(dates)) if index not in kept]
    return [Misplaced(index, _contradicted(index, kept, dates)) for index in wrong]


def _longest_in_order(dates: Sequence[When], until: date | None) -> set[int]:
    """The indices of a longest subsequence that some reading keeps in order.

    A subsequence is possible if each date can lie on or after the latest of the earliest days
    before it, its floor. So the best that can be kept of the rest depends on the floor alone:
    `best[index][floor]` is computed backwards, in time proportional to the square of the number.
    """
    floors: list[_Day] = [OPEN_START, *sorted({when.earliest for when in dates})]
    place = {floor: at for at, floor in enumerate(floors)}
    best = [[(0, 0)] * len(floors)]
    for when in reversed(dates):
        later, here = best[-1], []
        for at, floor in enumerate(floors):
            worth = later[at]
            if floor <= when.latest:
                worth = max(worth, _with(later[max(at, place[when.earliest])], when, until))
            here.append(worth)
        best.append(here)
    best.reverse()
    kept, at = set(), 0
    for index, when in enumerate(dates):
        then = max(at, place[when.earliest])
        if floors[at] <= when.latest and best[index][at] == _with(
            best[index + 1][then], when, until
        ):
            kept.add(index)
            at = then
    return kept


def _with(worth: tuple[int, int], when: When, until: date | None) -> tuple[int, int]:
    """The worth of a subsequence with one more date: how many, and how many not after `until`."""
    after = until is not None and when.earliest > until
    return worth[0] + 1, worth[1] + (not after)


def _contradicted(index: int, kept: set[int], dates: Sequence[When]) -> int:
    """The nearest entry kept that cannot be in order with this one; a later one at a tie."""
    when = dates[index]
    against = [
        other
        for other in kept
        if (other > index and when.earliest > dates[other].latest)
        or (other < index and dates[other].earliest > when.latest)
    ]
    return min(against, key=lambda other: (abs(other - index), -other))
