"""Imputed records: joint readings of all uncertain dates, one after the other.

Multiple imputation (Rubin 1987) treats an uncertain date as a missing value. Each imputed record
has one day for every start and change, drawn by `precedence.draws`: all orderly readings of a
country count the same, and countries are independent. That is an assumption about the dates. It
says nothing of other doubts, such as acts without a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from recognition_model.analysis.precedence import Ordinals, draws
from recognition_model.core.dates import When
from recognition_model.core.history import History
from recognition_model.engine.outcomes import Replay


def imputations(replays: Iterable[Replay], count: int, seed: int) -> Iterator[tuple[Replay, ...]]:
    """Draw `count` imputed records, one at a time: the replays with one day for each date.

    Signals, statuses and refusals keep their own dates. A change that may lie after the end of the
    data is drawn on a day up to it, as in the table of waits. The random stream is keyed by country
    and seed: a country has the same days whichever others are drawn.

        for record in rm.imputations(replays, 20, seed=1):
            rm.waits(record, stage="engaged")

    Raises `NoConsistentReading` for a date without a first day, and `ValueError` for a country that
    occurs twice or a count below 1.
    """
    replays = list(replays)
    if len({replay.country for replay in replays}) < len(replays):
        raise ValueError("a country occurs twice: its draws would not be independent")
    drawn = [draws(_within(replay.history), count, seed) for replay in replays]
    return _records(replays, drawn, count)


def _within(history: History) -> History:
    """Cut dates at the end of the data, if they can lie before it."""
    changes = (evolve(change, date=_until(change.date, history)) for change in history.changes)
    return evolve(
        history, begins=_until(history.begins, history), changes=tuple(changes), entries=()
    )


def _until(when: When, history: History) -> When:
    end = history.documented_until
    return evolve(when, latest=min(when.latest, end)) if when.earliest <= end else when


def _records(
    replays: Sequence[Replay], drawn: Sequence[Ordinals], count: int
) -> Iterator[tuple[Replay, ...]]:
    """Date the replays by each row. A country whose days stay the same is not made anew."""
    last: list[list[int]] = [[] for _ in replays]
    made = list(replays)
    for number in range(count):
        for at, (replay, rows) in enumerate(zip(replays, drawn, strict=True)):
            days = rows[number].tolist()
            if days != last[at]:
                last[at], made[at] = days, replay.dated(days)
        yield tuple(made)
