"""The rows of a swimmer: the path of each country within the days shown, in groups by stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from math import inf

from attrs import evolve, frozen

from recognition_model.analysis.standing_order import place, reached
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When
from recognition_model.core.day_words import when_on_label
from recognition_model.core.position import Position
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.page import Options
from recognition_model.plots.spans import (
    Piece,
    Span,
    day_of,
    number,
    pieces,
    position_in_words,
    stretches,
    within,
)
from recognition_model.plots.timeline import Timeline

_FOLDED = 4  # so many countries with an assumed start and nothing else are listed by name


@frozen
class Row:
    """One country's row. `spans` and `pieces` are those of the days shown.

    `end` is the last day shown, or the last documented one if that is earlier. `outside` is the
    label of a country without a record on the days shown.
    """

    replay: Replay
    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    end: Position
    outside: str

    @classmethod
    def of(cls, replay: Replay, options: Options) -> Row:
        first = number(options.since) if options.since else -inf
        stop = number(options.until) + 1 if options.until else inf
        history = replay.history
        spans = stretches(history)
        shown = tuple(
            span for span in spans if span.ends.latest > first and span.begins.earliest < stop
        )
        until = history.documented_until
        end = history.on(min(options.until, until) if options.until else until)
        cut = within(pieces(replay, spans), first, stop)
        windowed = options.since is not None or options.until is not None
        outside = "no record on the days shown" if windowed else "no record by the day known"
        return cls(replay, shown, cut, end, outside)

    @property
    def country(self) -> str:
        return self.replay.country

    @property
    def name(self) -> str:
        return name_of(self.country)

    @property
    def documented(self) -> bool:
        """Whether any day shown is documented or searched, or may be."""
        return bool(self.pieces or self.spans)

    @property
    def stage(self) -> Stage | None:
        """The stage at the end; None if in doubt or without a record on the days shown."""
        return self.end.stage if self.documented else None

    @property
    def assumed(self) -> bool:
        """Whether nothing attests the stage at the end."""
        return self.stage is not None and self.end.start_assumed

    @cached_property
    def label(self) -> str:
        """The name of its group."""
        if not self.documented:
            return self.outside
        return position_in_words(self.end) if self.stage else "in doubt"

    def since(self, *, short: bool = False) -> str:
        """When its stage was reached, for a label; empty if nothing says so.

        A short one names only the months of an interval that is longer than one.
        """
        spell = reached(self.replay.history, self.end.day) if self.stage else None
        if spell is None or self.assumed or (spell.change is None and spell.assumed):
            return ""
        when = _in_months(spell.begins) if short else spell.begins
        if spell.change is None:  # the record begins with this stage
            return f"by {when_on_label(when).removeprefix('by ')}"
        return when_on_label(when)

    @property
    def only_assumed(self) -> bool:
        """Whether its whole path within the days shown is an assumed start without dealings."""
        return self.assumed and self.stage is not None and self.stage.rank == 0

    @property
    def begins(self) -> float:
        return self.pieces[0].begins if self.pieces else self.spans[0].begins.at

    @property
    def ends(self) -> float:
        """The day after the last one documented or searched."""
        return self.pieces[-1].ends if self.pieces else self.spans[-1].ends.at

    @property
    def data_end(self) -> float | None:
        """Where its data end, as drawn; None if that is not within the days shown."""
        end = number(self.replay.history.documented_until) + 1
        return end if self.documented and self.begins <= end <= self.ends else None


def _in_months(when: When) -> When:
    """Return an interval over several months without its days; other dates are left unchanged."""
    first, last = when.earliest, when.latest
    ends = [str(day)[:7] for day in (first, last) if isinstance(day, date)]
    whole = ".." in when.text and len(ends) == 2 and ends[0] != ends[1]
    return When.parse("..".join(ends)) if whole and not when.text.strip("0123456789-.") else when


@frozen
class Group:
    """Countries with the same stage at the end.

    `size` is their number on all pages, and `of` that of all countries with a record. `begun` says
    that it goes on from the page before.
    """

    rows: tuple[Row, ...]
    size: int
    of: int
    begun: bool = False

    @property
    def label(self) -> str:
        return self.rows[0].label

    @property
    def documented(self) -> bool:
        """Whether its countries have a record on the days shown."""
        return self.rows[0].documented

    @property
    def count(self) -> str:
        """How many of all they are; empty where there is only one country."""
        if not self.documented:
            return str(self.size)
        return f"{self.size} of {self.of}" if self.of > 1 else ""

    @property
    def text(self) -> str:
        return f"{self.label}, {self.count}" if self.count else self.label

    def among(self, kept: Collection[int]) -> Group:
        """Return the part of it with some replays, by their ids."""
        rows = tuple(row for row in self.rows if id(row.replay) in kept)
        begun = bool(rows) and rows[0] is not self.rows[0]
        return evolve(self, rows=rows, begun=begun or self.begun)


@frozen
class Paths:
    """All rows of a picture: those drawn, in groups from the top, and those listed by name."""

    drawn: tuple[Group, ...]
    listed: tuple[Group, ...]

    @classmethod
    def of(cls, replays: Iterable[Replay], options: Options) -> Paths:
        rows = rows_of(replays, options)
        of = sum(row.documented for row in rows)
        drawn: list[Group] = []
        listed: list[Group] = []
        for _, together in groupby(rows, key=lambda row: row.label):
            some = tuple(together)
            group = Group(some, len(some), of)
            apart = not group.documented or (
                all(row.only_assumed for row in group.rows)
                and len(group.rows) >= _FOLDED
                and len(group.rows) < of
            )
            (listed if apart else drawn).append(group)
        return cls(tuple(drawn), tuple(listed))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are drawn, from the top."""
        return tuple(row for group in self.drawn for row in group.rows)

    @cached_property
    def documented(self) -> tuple[Row, ...]:
        """All rows with a record on the days shown, from the top."""
        every = [row for group in (*self.drawn, *self.listed) for row in group.rows]
        return tuple(row for row in every if row.documented)

    @property
    def every(self) -> tuple[Row, ...]:
        """All rows in order."""
        return tuple(row for group in (*self.drawn, *self.listed) for row in group.rows)

    def shorter(self) -> Iterator[Paths]:
        """Yield the paths with ever more of the lowest groups listed by name; one stays drawn."""
        for kept in range(len(self.drawn) - 1, 0, -1):
            yield Paths(self.drawn[:kept], (*self.drawn[kept:], *self.listed))

    def among(self, replays: Sequence[Replay]) -> Paths:
        """Return the paths of some of the replays, grouped and counted as among all."""
        kept = {id(replay) for replay in replays}

        def cut(groups: Iterable[Group]) -> tuple[Group, ...]:
            return tuple(group for one in groups if (group := one.among(kept)).rows)

        return Paths(cut(self.drawn), cut(self.listed))


def rows_of(replays: Iterable[Replay], options: Options) -> list[Row]:
    """Return the rows from the top, in the order of `standing_order` on the last day shown.

    Countries without a record on the days shown are the last, by name.
    """
    rows = [Row.of(replay, options) for replay in replays]
    with_record = [row for row in rows if row.documented]
    return [
        *sorted(with_record, key=lambda row: place(row.replay, options.until)),
        *sorted((row for row in rows if not row.documented), key=lambda row: row.name),
    ]


def why_empty(paths: Paths, options: Options) -> str:
    """Say why no country has a day to show; empty if one has."""
    if paths.rows:
        return ""
    histories = [row.replay.history for row in paths.every]
    known = [history for history in histories if history.documented]
    if not known:
        return "nothing is documented yet of the countries shown"
    spans = [stretches(history) for history in known]
    first, last = min(one[0].begins.at for one in spans), max(one[-1].ends.at for one in spans)
    if options.until and number(options.until) < first:
        return f"no record begins by {options.until}: the first begins on {day_of(first)}"
    if options.since and number(options.since) >= last:
        return f"no record reaches {options.since}: the last one ends on {day_of(last - 1)}"
    return "no record has any of the days shown"


def time_axis(paths: Paths, options: Options) -> Timeline:
    """Return the time axis of all rows, with a little room after the last day of the data."""
    rows = paths.documented
    first, last = min(row.begins for row in rows), max(row.ends for row in rows)
    moves = [span.begins.at for row in rows for span in row.spans if span.change]
    first = number(options.since) if options.since else first
    last = number(options.until) + 1 if options.until else last + (last - first) * 0.01
    return Timeline.over(first, last, moves, even=options.even, sizes=options.sizes)
