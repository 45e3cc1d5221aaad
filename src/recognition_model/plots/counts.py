"""Counts of countries per stage over time, for the share picture.

A panel counts only countries with a record on its first day, and counts each of them on all its
days. After its record ends, a country counts at its last documented stage, as carried forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.core.basis import Basis, basis_in_words
from recognition_model.core.dates import end_of, nearest_day
from recognition_model.core.history import History
from recognition_model.core.stages import Act, Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import Options
from recognition_model.plots.kinds import PictureError
from recognition_model.plots.spans import Span, day_of, number, stretches
from recognition_model.plots.timeline import Timeline

FEWEST = 5
"""A panel has at least so many countries: percentages of fewer mislead."""
_ADDS = 5  # a second panel adds at least one country for so many in the first

Days = NDArray[np.float64]
Numbers = NDArray[np.int64]


@frozen
class Row:
    """One country: its spells as drawn, and the day on which its start stops being assumed."""

    history: History
    spans: tuple[Span, ...]
    assumed_until: float

    @classmethod
    def of(cls, replay: Replay) -> Row:
        spans = stretches(replay.history)
        until = -np.inf
        for span in replay.history.basis_spans:
            if spans and span.basis is Basis.ASSUMED and span.last is not None:
                until = min(spans[0].ends.at, number(nearest_day(end_of(span.last))) + 1)
        return cls(replay.history, spans, until)

    @property
    def begins(self) -> float:
        return self.spans[0].begins.at

    @property
    def ends(self) -> float:
        """The day after the last documented one."""
        return self.spans[-1].ends.at

    @property
    def drawn(self) -> bool:
        """Whether any day is documented as drawn."""
        return bool(self.spans) and self.begins < self.ends

    def endings(self, first: float, last: float) -> set[Act | None]:
        """The acts that led to the lowest stage before `last`, where it lasts beyond `first`.

        None stands for a start that is not assumed.
        """
        return {
            span.change.act if span.change else None
            for span in self.spans
            if span.stage.rank == 0
            and span.ends.at > max(self.assumed_until, first)
            and span.begins.at < last
        }

    def basis(self, last: float) -> Basis | None:
        """What its stage rests on, on the last day or where its record ends before."""
        return self.history.on(day_of(min(last, self.ends) - 1)).basis

    def pieces(self, last: float) -> Iterable[tuple[float, float, int, bool, bool]]:
        """List its stages up to `last`: first day, day after, rank, carried forward, assumed."""
        rank, assumed = self.spans[0].stage.rank, False
        for span in self.spans:
            edges = {span.begins.at, span.ends.at}
            if span.begins.at < self.assumed_until < span.ends.at:
                edges.add(self.assumed_until)
            for begin, end in pairwise(sorted(edges)):
                rank, assumed = span.stage.rank, begin < self.assumed_until
                yield begin, end, rank, False, assumed
        if self.ends < last:
            yield self.ends, last, rank, True, assumed

    def possible(
        self, days: Days, rungs: int = len(Stage)
    ) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
        """Return the lowest and highest possible rank on each day, and whether it surely began.

        `rungs` is how many stages there are, or levels in their place.
        Days after the record are answered by its last day. Without a possible stage, the lowest
        rank is above all stages and the highest is -1.
        """
        lowest = np.full(len(days), rungs)
        highest = np.full(len(days), -1)
        days = np.minimum(days, self.ends - 1)
        for at, span in enumerate(self.spans):
            after = self.spans[at + 1].begins.latest if at + 1 < len(self.spans) else np.inf
            first = np.searchsorted(days, span.begins.earliest)
            last = np.searchsorted(days, after)
            lowest[first:last] = np.minimum(lowest[first:last], span.stage.rank)
            highest[first:last] = np.maximum(highest[first:last], span.stage.rank)
        return lowest, highest, days >= self.spans[0].begins.latest


@frozen
class Counts:
    """Countries per stage in each of n periods between changes of the count.

    `days` (n) are the first days of the periods, `end` is the day after the last one. `parts`
    (n, 6, 2, 2) counts countries by stage, by whether it is carried forward, and by whether it is
    assumed, with dates at their middles. `least` and `most` (n, 7) are the bounds, over all
    readings of the dates, of the number of countries below each stage.
    """

    days: Days
    end: float
    parts: Numbers
    least: Numbers
    most: Numbers

    @property
    def stages(self) -> Numbers:
        """The countries at each stage in each period (n, 6)."""
        total: Numbers = self.parts.sum(axis=(2, 3))
        return total

    @property
    def carried(self) -> Numbers:
        """Those of them that are carried forward (n, 6)."""
        total: Numbers = self.parts[:, :, 1, :].sum(axis=2)
        return total

    @property
    def assumed(self) -> Numbers:
        """Those of them that rest on an assumed start (n, 6)."""
        total: Numbers = self.parts[:, :, :, 1].sum(axis=2)
        return total


@frozen
class Panel:
    """The counts of the countries with a record on the first day counted, on a time axis."""

    rows: tuple[Row, ...]
    counted: Counts
    axis: Timeline

    @property
    def of(self) -> int:
        """The number of countries."""
        return len(self.rows)

    @property
    def endings(self) -> set[Act | None]:
        """The acts that led countries to the lowest stage; None for a start that is evidenced."""
        first, last = self.first, self.counted.end
        return {act for row in self.rows for act in row.endings(first, last)}

    @property
    def basis(self) -> str:
        """What the last stages shown rest on, in one line."""
        return basis_in_words(row.basis(self.counted.end) for row in self.rows)

    @property
    def first(self) -> float:
        """The first day counted."""
        return float(self.counted.days[0])

    @property
    def last(self) -> float:
        """The last day counted."""
        return self.counted.end - 1


def counts(rows: Sequence[Row], first: float, last: float, rungs: int = len(Stage)) -> Counts:
    """Count countries per stage, or per level of a scale, from `first` to before `last`."""
    pieces = [piece for row in rows for piece in row.pieces(last)]
    moments = {day for row in rows for span in row.spans for day in _bounds(span)}
    moments |= {day for begin, end, *_ in pieces for day in (begin, end)}
    days = np.array(sorted({first, *(day for day in moments if first < day < last)}), dtype=float)
    steps = np.zeros((len(days) + 1, rungs, 2, 2), dtype=int)
    if pieces:
        begins, ends, rank, carried, assumed = (
            np.array(column) for column in zip(*pieces, strict=True)
        )
        where = rank, carried.astype(int), assumed.astype(int)
        np.add.at(steps, (np.searchsorted(days, begins), *where), 1)
        np.add.at(steps, (np.searchsorted(days, ends), *where), -1)
    least = np.zeros((len(days), rungs + 1), dtype=int)
    most = np.zeros((len(days), rungs + 1), dtype=int)
    below = np.arange(rungs + 1)
    for row in rows:
        lowest, highest, sure = row.possible(days, rungs)
        least += (highest[:, None] < below) & sure[:, None]
        most += lowest[:, None] < below
    return Counts(days, last, steps.cumsum(axis=0)[: len(days)], least, most)


def _bounds(span: Span) -> tuple[float, float]:
    return span.begins.earliest, span.begins.latest


def panels(replays: Sequence[Replay], options: Options) -> list[Panel]:
    """Return one panel, or two where many records begin later than the first ones.

    The first panel begins on the first day shown on which five countries have a record. The second
    begins on the day that adds most days of further countries, if it adds one country for every
    five. Raises `PictureError` where fewer than five countries can be counted.
    """
    rows, first, last = _window(replays, options)
    split = _split(rows, first, last)
    begins = number(options.since) if options.since else first
    ends = number(options.until) + 1 if options.until else last
    edges = [(first, begins, last, ends)]
    if split is not None:
        edges = [(first, begins, split, split), (split, split, last, ends)]
    return [_panel(rows, *edge, options) for edge in edges]


def _panel(
    rows: Sequence[Row], first: float, left: float, last: float, right: float, options: Options
) -> Panel:
    """Count from `first` to before `last`, on an axis from `left` to `right`."""
    counted = tuple(row for row in rows if row.begins <= first)
    moves = [span.begins.at for row in counted for span in row.spans[1:]]
    axis = Timeline.over(left, right, moves, even=options.even, sizes=options.sizes)
    return Panel(counted, counts(counted, first, last, len(options.rungs)), axis)


def _split(rows: Sequence[Row], first: float, last: float) -> float | None:
    """Return the first day of the second panel, None for one panel."""
    begun = sum(row.begins <= first for row in rows)
    later = sorted(row.begins for row in rows if first < row.begins < last)
    gained = {day: (at + 1) * (last - day) for at, day in enumerate(later)}
    best = max(gained, key=lambda day: gained[day], default=None)
    added = sum(first < row.begins <= best for row in rows) if best is not None else 0
    return best if added * _ADDS >= begun else None


def _window(replays: Sequence[Replay], options: Options) -> tuple[list[Row], float, float]:
    """Return the countries, the first day counted and the day after the last."""
    rows = [row for replay in replays if (row := Row.of(replay)).drawn]
    if len(rows) < FEWEST:
        raise PictureError(_too_few(len(rows), "with a record"))
    begins = sorted(row.begins for row in rows)
    stop = number(options.until) + 1 if options.until else np.inf
    seen = [row for row in rows if row.begins < stop]
    if not seen:
        raise PictureError(
            f"no record begins by {options.until}: the first begins on {day_of(begins[0])}"
        )
    if len(seen) < FEWEST:
        raise PictureError(_too_few(len(seen), f"with a record by {options.until}"))
    last = min(stop, max(row.ends for row in seen))
    since = number(options.since) if options.since else -np.inf
    if since >= last:
        raise PictureError(
            f"no record reaches {options.since}: the last one ends on {day_of(last - 1)}"
        )
    return seen, max(since, begins[FEWEST - 1]), last


def _too_few(count: int, those: str) -> str:
    there = f"{'is' if count == 1 else 'are'} {count}"
    return (
        f"a share needs at least {FEWEST} countries {those}, and there {there}:"
        " percentages of so few mislead"
    )


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why these replays cannot be drawn; empty if they can."""
    try:
        shown = panels(replays, options)
    except PictureError as error:
        return str(error)
    folded = any(panel.axis.fold is not None for panel in shown)
    return "" if folded else shown[-1].axis.why_no_fold(asked=options.fold)


def uncounted(replays: Sequence[Replay], shown: Sequence[Panel]) -> list[str]:
    """Return the countries whose records begin too late for every panel, or have no day."""
    first = shown[-1].first
    rows = map(Row.of, replays)
    return [row.history.country for row in rows if not (row.drawn and row.begins <= first)]
