"""Order of events under uncertain dates, as shares of readings.

A reading puts each entry of a scenario on one day of its interval, in file order. All readings of a
record count the same, and records are independent. This is an assumption: a share says how much
room the dates leave, not how likely something was.

Shares are exact if they can be counted quickly, and otherwise estimated from random `draws`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.analysis.asked import AskedSignals, asked_signals, check_signals
from recognition_model.analysis.readings import (
    DayDistribution,
    FirstTime,
    NoConsistentReading,
    TooManyReadings,
    blocks,
    check_countable,
    first_reached,
    first_signal,
    possible_days,
    ways_up_to,
)
from recognition_model.core.base import Readable
from recognition_model.core.dates import exact_day
from recognition_model.core.history import History
from recognition_model.core.signals import Family, Vocabulary
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.io.vocabulary import shipped_vocabulary

__all__ = [
    "DRAWS",
    "AskedSignals",
    "DayDistribution",
    "FirstTime",
    "NoConsistentReading",
    "Order",
    "Shares",
    "asked_signals",
    "check_signals",
    "draws",
    "first_reached",
    "first_signal",
    "first_times",
    "joint_draws",
    "order",
    "pair_shares",
    "precedence",
]

Ordinals = NDArray[np.int64]
DRAWS = 100_000
MOST_COUNTED = 2_000_000  # multiplications for an exact order: about half a second
_LARGEST = 2**63 - 1


@frozen(kw_only=True, repr=False)
class Shares(Readable):
    """Shares of readings in which one event is before another, on the same day, and after it."""

    before: Fraction
    same: Fraction
    after: Fraction

    def __str__(self) -> str:
        return f"before {self.before}, same day {self.same}, after {self.after}"


@frozen(kw_only=True, repr=False)
class Order(Readable):
    """Order of events: `shares[i][r]` is the share of readings with r events before event i.

    Events on the same day share the better rank. `draws` is None if the shares are exact.
    """

    events: tuple[FirstTime, ...]
    shares: tuple[tuple[Fraction, ...], ...]
    draws: int | None = None
    seed: int | None = None

    @cached_property
    def _rows(self) -> dict[str, tuple[Fraction, ...]]:
        rows = zip(self.events, self.shares, strict=True)
        return {event.country: row for event, row in rows}

    def share(self, country: str, rank: int) -> Fraction:
        """Give the share of readings in which a country has a rank; 1 is first."""
        return self._rows[country][rank - 1]

    def __str__(self) -> str:
        return f"{len(self.events)} events, {f'{self.draws} draws' if self.draws else 'exact'}"


def precedence(
    replays: Iterable[Replay],
    *,
    stage: Stage | str = Stage.AMBASSADOR_ACCEPTED,
    signal: str | None = None,
    family: Family | str | None = None,
    since: date | str = date.min,
    draws: int | None = None,
    seed: int = 0,
    vocabulary: Vocabulary | None = None,
) -> Order:
    """Rank countries by when they reached a stage, or gave a signal, on or after `since`.

    `signal` is as in `asked_signals`. A `family` means a signal of any of its words, also of what
    was only planned. A signal that the host or the Taliban deny does not count. `vocabulary` is the
    shipped one by default.

    Countries without a documented event are left out; `first_times` lists all of them. Replays of
    organisations have no rank. `draws`
    and `seed` are as in `order`. Raises `ValueError` for a signal that no replay knows.
    """
    replays = list(replays)
    asked = asked_signals(signal, family, vocabulary or shipped_vocabulary())
    # A replay known by a day may have left out the entries that know the word.
    if asked is not None and not any(replay.not_yet_public for replay in replays):
        check_signals(asked, (replay.scenario for replay in replays))
    times = first_times(
        replays,
        stage=stage if isinstance(stage, Stage) else Stage[stage.upper()],
        signals=asked,
        since=exact_day(since),
    )
    return order(times, draws, seed)


def first_times(
    replays: Iterable[Replay], *, stage: Stage, signals: AskedSignals | None, since: date
) -> tuple[FirstTime, ...]:
    """Date each country's first arrival at a stage or, if signals are named, the first of them.

    Replays of organisations are left out.
    """
    return tuple(
        first_reached(replay, stage, since)
        if signals is None
        else first_signal(replay, signals.words, since, what=signals.what)
        for replay in of_countries(replays)
    )


def pair_shares(one: FirstTime, other: FirstTime) -> Shares:
    """Compute exactly in what share of readings one country's event came before another's."""
    a, b = (_days(event) for event in (one, other))
    if one.country == other.country:
        raise ValueError(f"two events of one country are not independent: {one.country}")
    days = list(enumerate(a.weights, start=a.first))
    before = sum(weight * (b.total - b.until(day)) for day, weight in days)
    after = sum(weight * b.until(day - 1) for day, weight in days)
    total = a.total * b.total
    return Shares(
        before=Fraction(before, total),
        same=Fraction(total - before - after, total),
        after=Fraction(after, total),
    )


def order(events: Sequence[FirstTime], draws: int | None = None, seed: int = 0) -> Order:
    """Rank the events of several countries.

    Events without days are left out. Shares are exact unless `draws` is given or counting would
    take more than `MOST_COUNTED` multiplications; then they are estimated from `draws` (or
    `DRAWS`) readings drawn with `seed`. Raises `ValueError` for two events of one country.
    """
    dated = tuple(event for event in events if event.days is not None)
    countries = [event.country for event in dated]
    if len(set(countries)) < len(countries):
        raise ValueError("two events of one country are not independent")
    days = [_days(event) for event in dated]
    if draws is None and _work(days) <= MOST_COUNTED:
        return Order(events=dated, shares=tuple(_ranks(days, at) for at in range(len(days))))
    draws = DRAWS if draws is None else draws
    drawn = [_drawn_days(event, draws, seed) for event in dated]
    return Order(events=dated, shares=_drawn_ranks(drawn), draws=draws, seed=seed)


def _days(event: FirstTime) -> DayDistribution:
    if event.days is None:
        raise ValueError(str(event))
    return event.days


def _open(days: Sequence[DayDistribution], at: int) -> tuple[int, list[DayDistribution]]:
    """Count the events surely before one, and list those that may or may not be."""
    mine, others = days[at], [*days[:at], *days[at + 1 :]]
    surely = sum(other.last < mine.first for other in others)
    return surely, [o for o in others if o.last >= mine.first and o.first < mine.last]


def _work(days: Sequence[DayDistribution]) -> int:
    """Estimate the number of multiplications for an exact order."""
    return sum(len(d.weights) * len(_open(days, at)[1]) ** 2 for at, d in enumerate(days))


def _ranks(days: Sequence[DayDistribution], at: int) -> tuple[Fraction, ...]:
    """Compute the exact share of each rank of one event, from how many precede each of its days."""
    surely, others = _open(days, at)
    counts = [0] * len(days)
    for day, weight in enumerate(days[at].weights, start=days[at].first):
        ways = [weight]
        for other in others:
            before = other.until(day - 1)
            more = [0, *(way * before for way in ways)]
            ways = [way * (other.total - before) for way in ways] + [0]
            ways = [a + b for a, b in zip(ways, more, strict=True)]
        for rank, way in enumerate(ways, start=surely):
            counts[rank] += way
    total = sum(counts)
    return tuple(Fraction(count, total) for count in counts)


def _drawn_days(event: FirstTime, draws: int, seed: int) -> Ordinals:
    days = _days(event)
    rng = _generator(event.country, draws, seed)
    return _pick(rng, days.cumulative, np.full(draws, len(days.weights) - 1)) + days.first


def _drawn_ranks(drawn: Sequence[Ordinals]) -> tuple[tuple[Fraction, ...], ...]:
    ranks = [sum(((other < mine).astype(np.int64) for other in drawn), 0) for mine in drawn]
    counts = [np.bincount(rank, minlength=len(drawn)).tolist() for rank in ranks]
    return tuple(tuple(Fraction(count, sum(row)) for count in row) for row in counts)


def draws(history: History, count: int, seed: int) -> Ordinals:
    """Draw `count` readings of a history uniformly: one row each, days as ordinals.

    The columns are the start and the changes, as in `History.bounds`. A date without a last day
    ends with the record. Raises `NoConsistentReading`, which names the entry, for a date without
    a first day and if the order cannot be kept, and `TooManyReadings` if the dates leave too many.
    The same country and seed give the same rows under the same version of NumPy; other countries
    are drawn independently with the same seed.
    """
    rng = _generator(history.country, count, seed)
    dates = [history.begins, *(change.date for change in history.changes)]
    intervals, unknown = possible_days(dates, history.documented_until)
    if unknown:
        what = history.changes[unknown - 2].act if unknown > 1 else "start"
        when = dates[unknown - 1]
        raise NoConsistentReading(f"{history.country}: {what} {when} has no first day to draw from")
    rows = np.empty((count, len(dates)), np.int64)
    for block in blocks(intervals):
        mine = intervals[block.start : block.stop]
        try:
            check_countable(mine)
        except TooManyReadings as error:
            raise TooManyReadings(f"{history.country}: {error}") from None
        latest = np.full(count, mine[-1][1])
        # Draw from last to first, each day weighted by the number of ways to place those before.
        for at, ways in zip(reversed(block), reversed(ways_up_to(mine)), strict=True):
            first, last = intervals[at]
            limit = np.minimum(latest, last) - first
            rows[:, at] = latest = _pick(rng, list(accumulate(ways)), limit) + first
    return rows


def joint_draws(replays: Iterable[Replay], count: int, seed: int) -> dict[str, Ordinals]:
    """Draw `count` joint readings of several countries: the rows of `draws` for each country.

    Row i of every country together is one reading of all, with the countries independent. A country
    has the same rows whichever others are drawn. Raises `NoConsistentReading` as `draws` does, and
    `ValueError` for two replays of one country.
    """
    rows: dict[str, Ordinals] = {}
    for replay in replays:
        if replay.country in rows:
            raise ValueError(f"two replays of one country are not independent: {replay.country}")
        rows[replay.country] = draws(replay.history, count, seed)
    return rows


def _generator(country: str, count: int, seed: int) -> np.random.Generator:
    """Return the random stream of a country for a seed, independent of every other country's."""
    if count < 1:
        raise ValueError(f"at least one draw is needed, not {count}")
    stream = np.random.SeedSequence(seed, spawn_key=tuple(country.encode()))
    return np.random.Generator(np.random.PCG64(stream))


def _pick(rng: np.random.Generator, cumulative: Sequence[int], limit: Ordinals) -> Ordinals:
    """Draw for each limit an index up to it, in proportion to its weight; exact at any size."""
    if cumulative[-1] <= _LARGEST:
        sums = np.array(cumulative, np.int64)
        picked: Ordinals = np.searchsorted(sums, rng.integers(0, sums[limit]), side="right")
        return picked
    places = [bisect_right(cumulative, _below(rng, cumulative[at])) for at in limit.tolist()]
    return np.array(places, np.int64)


def _below(rng: np.random.Generator, bound: int) -> int:
    """Draw a whole number below a bound of any size, uniformly."""
    bits = bound.bit_length()
    while True:
        number = int.from_bytes(rng.bytes(-(-bits // 8)), "little") >> -bits % 8
        if number < bound:
            return number
