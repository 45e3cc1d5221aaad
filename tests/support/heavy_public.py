"""Records of which a little became public on each of many days: `heavy` writes them by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import cycle
from random import Random

from support.heavy import SOURCE, Files, S, case, entry, record
from support.heavy_overlaps import TO_AND_FRO

ANY_DAY = "1997-01-01..2024-12-31"
WITH_STATUSES = (
    "act: engage",
    "status: {stage: banned}",
    "act: break_off",
    "status: {stage: hostile}",
)


def _told_late(whats: tuple[str, ...], *, mixed: bool, many: int = 1_000, each: int = 1) -> Files:
    """Entries of any day with so many items of evidence each, all public on other days."""
    ranks = [*range(many * each)]
    if mixed:
        Random(1).shuffle(ranks)  # noqa: S311 - the same each time
    return record(
        (
            entry(what, ANY_DAY, _items(range(first, first + each)))
            for first, what in zip(range(0, many * each, each), cycle(whats), strict=False)
        ),
        sources=S + _public(ranks),
    )


def _items(numbers: Iterable[int]) -> str:
    return ", ".join(_SAID.format(number) for number in numbers)


_SAID = "{{source: s{}, voice: host, credibility: 2, claim: x}}"


def _public(ranks: Iterable[int]) -> str:
    """Sources by the order of their days."""
    return "".join(
        SOURCE.format(name=f"s{n}", title="t", issued=date(2005, 1, 1) + timedelta(days=rank))
        for n, rank in enumerate(ranks)
    )


@case
def acts_made_public_in_turn() -> Files:
    return _told_late(TO_AND_FRO, mixed=False)


@case
def acts_made_public_in_any_order() -> Files:
    return _told_late(TO_AND_FRO, mixed=True)


@case
def refused_acts_made_public_in_turn() -> Files:
    return _told_late(("act: recognise",), mixed=False)


@case
def statuses_made_public_in_any_order() -> Files:
    return _told_late(WITH_STATUSES, mixed=True)


@case
def evidence_made_public_in_any_order() -> Files:
    """An act with 5,000 items of evidence, each public on another day."""
    return _told_late(("act: engage",), mixed=True, many=1, each=5_000)


@case
def acts_of_which_each_is_told_six_times() -> Files:
    return _told_late(TO_AND_FRO, mixed=True, each=6)
