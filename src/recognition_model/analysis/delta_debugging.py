"""Delta debugging: find a smallest part of a set that still shows something.

The algorithm is ddmin of Andreas Zeller and Ralf Hildebrandt, "Simplifying and Isolating
Failure-Inducing Input", IEEE Transactions on Software Engineering 28(2), 2002, section 3. For a
tree it goes level by level, as in Ghassan Misherghi and Zhendong Su, "HDD: Hierarchical Delta
Debugging", ICSE 2006, and starts again until nothing more can be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def ddmin(items: Sequence[T], shows: Callable[[Sequence[T]], bool]) -> list[T]:
    """Return items that still show it, none of which can be left out alone.

    `shows` says whether some of the items, in their order, show it; all of them must. If it is
    monotonic, no smaller set shows it either.
    """
    kept = list(items)
    if kept and shows([]):
        return []
    pieces = 2
    while len(kept) > 1:
        pieces = min(pieces, len(kept))
        chunks = _split(kept, pieces)
        chunk = next((one for one in chunks if pieces > 2 and shows(one)), None)
        if chunk is not None:
            kept, pieces = chunk, 2
            continue
        for at in range(len(chunks)):
            rest = [item for chunk in (*chunks[:at], *chunks[at + 1 :]) for item in chunk]
            if shows(rest):
                kept, pieces = rest, max(pieces - 1, 2)
                break
        else:
            if pieces == len(kept):
                break
            pieces *= 2
    return kept


def _split(items: Sequence[T], pieces: int) -> list[list[T]]:
    """Split items into pieces whose lengths differ by one at most."""
    ends = [len(items) * piece // pieces for piece in range(pieces + 1)]
    return [list(items[a:b]) for a, b in pairwise(ends)]


def left_out(
    parts_at: Callable[[int, frozenset[T]], Sequence[T]],
    shows: Callable[[frozenset[T]], bool],
) -> frozenset[T]:
    """Find which parts of a tree to leave out, so that no other part can be left out alone.

    `parts_at` lists the parts at a depth, from 0, inside those that are not left out. `shows` says
    whether the tree without some parts still shows it; it must without none.
    """
    without: frozenset[T] = frozenset()
    while True:
        before = without
        depth = 0
        while parts := parts_at(depth, without):
            without = _less(parts, without, shows)
            depth += 1
        if without == before:
            return without


def _less(
    parts: Sequence[T], without: frozenset[T], shows: Callable[[frozenset[T]], bool]
) -> frozenset[T]:
    """Leave out parts of one depth too."""
    kept = ddmin(parts, lambda some: shows(without | (set(parts) - set(some))))
    return without | (set(parts) - set(kept))
