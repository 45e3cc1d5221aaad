"""What the dates of several countries leave of an answer, together.

Countries are independent. Where few combinations of their days bear on the answer, all of them are
counted; otherwise readings are drawn, the same ones in every universe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import lcm, prod

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from recognition_model.analysis.robustness.choices import Places
from recognition_model.analysis.robustness.questions import Numbers, Question
from recognition_model.analysis.robustness.spreads import Spread

Shares = dict[str, Fraction]
"""Answers, each with the share of readings that give it."""

MOST_COUNTED = 4_000_000
_LARGEST = 1 << 62
_ROWS = 1 << 16
LEAST_SHARED = 256


@frozen(kw_only=True, eq=False)
class Cases:
    """Different cases: each says which spread every country has.

    `spreads` are those that each country can have, `rows` the cases, with a column for each
    country.
    """

    question: Question
    countries: tuple[str, ...]
    spreads: tuple[tuple[Spread, ...], ...]
    rows: Places

    def __len__(self) -> int:
        return len(self.rows)


@frozen(kw_only=True, eq=False)
class Answers:
    """The answers of every case. `readings` is how many were drawn; 0 if all were counted."""

    shares: tuple[Shares, ...]
    readings: int


def answers_of(
    cases: Cases, draws: int, seed: int, *, workers: int = 1, scheduler: str | None = None
) -> Answers:
    """Answer every case. What the dates leave open is shared among `workers`, or on a cluster.

    Raises `NeedsDask` and `ClusterError` as `io.cluster` does.
    """
    shares: list[Shares] = [{}] * len(cases)
    others: list[int] = []
    parts: list[tuple[Numbers, NDArray[np.bool_]]] = []
    for first in range(0, len(cases), _ROWS):
        block = evolve(cases, rows=cases.rows[first : first + _ROWS])
        low, high = _ends(block)
        open_ = ~cases.question.settled(low, high)
        certain = ~open_.any(axis=1)
        labels, which = cases.question.answers(low[certain], cases.countries)
        sure = [{label: Fraction(1)} for label in labels]
        places = np.flatnonzero(certain) + first
        for case, label in zip(places.tolist(), which.tolist(), strict=True):
            shares[case] = sure[label]
        others += (np.flatnonzero(~certain) + first).tolist()
        parts.append((low[~certain], open_[~certain]))
    if not others:
        return Answers(shares=tuple(shares), readings=1)
    left = evolve(cases, rows=cases.rows[others])
    low, open_ = (np.concatenate(some) for some in zip(*parts, strict=True))
    readings = 0 if _few(left, open_) else draws
    parts_left = list(_parts(left, low, open_, readings, seed, workers))
    for at, mine in _shared(parts_left, workers, scheduler):
        shares[others[at]] = mine
    return Answers(shares=tuple(shares), readings=readings)


@frozen(kw_only=True, eq=False)
class Part:
    """Some cases whose dates leave them open, from the `first` of all. It travels to workers."""

    first: int
    cases: Cases
    low: Numbers
    open_: NDArray[np.bool_]
    readings: int
    seed: int

    def answered(self) -> list[tuple[int, Shares]]:
        """The answers of each, by its number among all."""
        found = _answered(self.cases, self.low, self.open_, self.readings, self.seed)
        return list(enumerate(found, start=self.first))


def _parts(
    cases: Cases,
    low: Numbers,
    open_: NDArray[np.bool_],
    readings: int,
    seed: int,
    workers: int,
) -> Iterator[Part]:
    size = max(LEAST_SHARED, -(-len(cases) // workers))
    for first in range(0, len(cases), size):
        part = slice(first, first + size)
        yield Part(
            first=first,
            cases=evolve(cases, rows=cases.rows[part]),
            low=low[part],
            open_=open_[part],
            readings=readings,
            seed=seed,
        )


def _shared(
    parts: Sequence[Part], workers: int, scheduler: str | None
) -> Iterator[tuple[int, Shares]]:
    """Answer the parts here, in several processes or on a cluster, in any order."""
    if scheduler is not None:
        from recognition_model.io.cluster import cluster, mapped

        with cluster(scheduler=scheduler) as client:
            for _, answered in mapped(client, Part.answered, parts):
                if isinstance(answered, Exception):
                    raise answered
                yield from answered
    elif workers > 1 and len(parts) > 1:
        from recognition_model.io.processes import in_processes

        jobs = [(part,) for part in parts]
        for answered in in_processes(Part.answered, jobs, min(workers, len(parts))):
            yield from answered
    else:
        for part in parts:
            yield from part.answered()


def _answered(
    cases: Cases, low: Numbers, open_: NDArray[np.bool_], readings: int, seed: int
) -> Iterator[Shares]:
    """The answers of each case: drawn, or counted without a number of readings."""
    if readings:
        return _drawn(cases, low, open_, readings, seed)
    return _counted(cases, low, open_)


def _ends(cases: Cases) -> tuple[Numbers, Numbers]:
    """The lowest and the highest number of every country in every case."""
    low, high = (np.empty(cases.rows.shape, np.int64) for _ in range(2))
    for at, spreads in enumerate(cases.spreads):
        mine = cases.rows[:, at]
        low[:, at] = np.array([spread[0][0] for spread in spreads])[mine]
        high[:, at] = np.array([spread[-1][0] for spread in spreads])[mine]
    return low, high


def _spreads(cases: Cases, case: int, columns: Sequence[int]) -> list[Spread]:
    return [cases.spreads[at][cases.rows[case, at]] for at in columns]


def _columns(open_: NDArray[np.bool_], case: int) -> list[int]:
    columns: list[int] = np.flatnonzero(open_[case]).tolist()
    return columns


def _few(cases: Cases, open_: NDArray[np.bool_]) -> bool:
    """Whether all combinations of days can be counted quickly."""
    work = 0
    for case in range(len(cases)):
        spreads = _spreads(cases, case, _columns(open_, case))
        work += prod(map(len, spreads)) * len(cases.countries)
        if work > MOST_COUNTED or prod(map(_denominator, spreads)) > _LARGEST:
            return False
    return True


def _denominator(spread: Spread) -> int:
    return lcm(*(share.denominator for _, share in spread))


def _counted(cases: Cases, low: Numbers, open_: NDArray[np.bool_]) -> Iterator[Shares]:
    """Go through all combinations of the days that are open."""
    for case in range(len(cases)):
        columns = _columns(open_, case)
        spreads = _spreads(cases, case, columns)
        numbers = np.repeat(low[[case]], prod(map(len, spreads)), axis=0)
        numbers[:, columns] = list(product(*([value for value, _ in one] for one in spreads)))
        weights = np.ones(1, np.int64)
        for one in spreads:
            total = _denominator(one)
            mine = np.array([int(share * total) for _, share in one], np.int64)
            weights = np.outer(weights, mine).reshape(-1)
        labels, which = cases.question.answers(numbers, cases.countries)
        sums = np.zeros(len(labels), np.int64)
        np.add.at(sums, which, weights)
        whole = int(weights.sum())
        counts = zip(labels, sums.tolist(), strict=True)
        yield {label: Fraction(count, whole) for label, count in counts if count}


def _drawn(
    cases: Cases, low: Numbers, open_: NDArray[np.bool_], draws: int, seed: int
) -> Iterator[Shares]:
    """Draw readings: the stream of a country is the same in every case."""
    streams = [_stream(country, draws, seed) for country in cases.countries]
    at_once = max(1, _ROWS // draws)
    for first in range(0, len(cases), at_once):
        block = range(first, min(first + at_once, len(cases)))
        numbers = np.repeat(low[block.start : block.stop], draws, axis=0)
        for place, case in enumerate(block):
            rows = slice(place * draws, (place + 1) * draws)
            for at in _columns(open_, case):
                spread = cases.spreads[at][cases.rows[case, at]]
                numbers[rows, at] = _picked(spread, streams[at])
        labels, which = cases.question.answers(numbers, cases.countries)
        for mine in which.reshape(len(block), draws):
            found, counts = np.unique(mine, return_counts=True)
            pairs = zip(found.tolist(), counts.tolist(), strict=True)
            yield {labels[label]: Fraction(count, draws) for label, count in pairs}


def _stream(country: str, draws: int, seed: int) -> NDArray[np.float64]:
    """Numbers from 0 to 1 of a country for a seed, independent of every other country's."""
    stream = np.random.SeedSequence(seed, spawn_key=tuple(country.encode()))
    return np.random.Generator(np.random.PCG64(stream)).random(draws)


def _picked(spread: Spread, stream: NDArray[np.float64]) -> Numbers:
    sums = np.cumsum([float(share) for _, share in spread])[:-1]
    values = np.array([value for value, _ in spread], np.int64)
    picked: Numbers = values[np.searchsorted(sums, stream, side="right")]
    return picked
