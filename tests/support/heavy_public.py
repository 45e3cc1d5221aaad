"""Records of which a little became public on each of many days: `heavy` writes them by name."""

from __future__ import annotations

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


def _told_late(whats: tuple[str, ...], *, mixed: bool, many: int = 1_000) -> Files:
    """A record of entries of any day, each with a source that is public on another day."""
    ranks = [*range(many)]
    if mixed:
        Random(1).shuffle(ranks)  # noqa: S311 - the same each time
    sources = "".join(
        SOURCE.format(name=f"s{n}", title="t", issued=date(2005, 1, 1) + timedelta(days=rank))
        for n, rank in enumerate(ranks)
    )
    said = "{{source: s{}, voice: host, credibility: 2, claim: x}}"
    return record(
        (
            entry(what, ANY_DAY, said.format(n))
            for n, what in zip(range(many), cycle(whats), strict=False)
        ),
        sources=S + sources,
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
