"""Two codings of one country within the days of a picture, their entries matched."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from attrs import frozen

from recognition_model.analysis.agreement.pairs import (
    Coded,
    Pair,
    TooManyPairs,
    coded_entries,
    paired,
)
from recognition_model.analysis.turned_days import turned_days
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.histories import Row, shared_axis
from recognition_model.plots.kinds import PictureError
from recognition_model.plots.page import Options
from recognition_model.plots.spans import DayRange, number
from recognition_model.plots.text import drawable
from recognition_model.plots.timeline import Timeline
from recognition_model.plots.view import moment_of

SAME, DATED, CODED, ONLY_A, ONLY_B = "same", "dated", "coded", "only_a", "only_b"
"""What the picture shows of an event: alike, another date, another variable, in one coding only."""


@frozen
class Shown:
    """An event on the axis. `number` is that in the list below; None if both coded it alike."""

    pair: Pair
    number: int | None

    @property
    def look(self) -> str:
        pair = self.pair
        if pair.found != "both":
            return ONLY_A if pair.found == "a" else ONLY_B
        if pair.same:
            return SAME
        return DATED if "date" in pair.differs else CODED

    @property
    def moments(self) -> tuple[DayRange | None, DayRange | None]:
        """The days of the event in each coding."""
        a, b = (moment_of(one.step.date) if one else None for one in (self.pair.a, self.pair.b))
        return a, b

    @property
    def words(self) -> str:
        """What differs, in a few words: `10 days, voice`; nothing of an event in one coding."""
        if self.pair.found != "both":
            return ""
        return ", ".join(_days(self.pair) if name == "date" else name for name in self.pair.differs)

    @property
    def in_words(self) -> str:
        """The event with both readings of what differs."""
        pair, one = self.pair, self.pair.either
        if pair.found != "both":
            return f"{one.step.date} {_named(one)}: only in {pair.found.upper()}"
        assert pair.a is not None  # noqa: S101 - both have it
        assert pair.b is not None  # noqa: S101
        told = [_reading(name, pair.a, pair.b, _days(pair)) for name in pair.differs]
        when = "" if "date" in pair.differs else f"{one.step.date} "
        return f"{when}{_named(one)}: {'; '.join(told)}"


def _days(pair: Pair) -> str:
    if pair.dates == "apart" and pair.days:
        return plural(abs(pair.days), "day", "days")
    return "dates overlap"


def _named(one: Coded) -> str:
    return drawable(humanize(one.named), one.kind)


def _reading(name: str, a: Coded, b: Coded, days: str) -> str:
    if name == "date":
        return f"{a.step.date} in A, {b.step.date} in B ({days})"
    one, other = (humanize(str(getattr(side, name) or "none")) for side in (a, b))
    return drawable(f"{name} {one} in A, {other} in B", f"{name} differs")


@frozen
class CodingsView:
    """Both codings within the days of `axis`. `runs` are days on which stage or ban differ."""

    rows: tuple[Row, Row]
    axis: Timeline
    events: tuple[Shown, ...]
    runs: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, a: Replay, options: Options) -> CodingsView:
        assert options.against is not None  # noqa: S101 - `why_not` says so before
        both = a, options.against
        rows = (Row.of(both[0], options.until), Row.of(both[1], options.until))
        axis = shared_axis(rows, options)
        try:
            among = paired(coded_entries(a), coded_entries(options.against), options.within)
        except TooManyPairs as error:
            raise PictureError(str(error)) from None
        pairs = sorted((pair for pair in among if _on(axis, pair)), key=_at)
        numbers = count(1)
        events = [Shown(pair, None if pair.same else next(numbers)) for pair in pairs]
        turned = turned_days(*(one.history for one in both))
        starts = [(number(run.first), run.days) for run in turned if run.part != "basis"]
        return cls(
            rows=rows,
            axis=axis,
            events=tuple(events),
            runs=_joined((axis.inside(at), axis.inside(at + days)) for at, days in starts),
        )

    @property
    def days(self) -> int:
        """On how many of the days shown stage or ban differ."""
        return round(sum(end - begin for begin, end in self.runs))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that either coding has on the days shown, the lowest first."""
        axis = self.axis
        spans = (span for row in self.rows for span in row.spans)
        shown = (
            span for span in spans if span.begins.at < axis.last and span.ends.at >= axis.first
        )
        return tuple(sorted({span.stage for span in shown})) or (Stage.HOSTILE,)

    @property
    def differing(self) -> tuple[Shown, ...]:
        """The events that only one coding has, or that the two coded differently."""
        return tuple(event for event in self.events if event.number is not None)


def _days_of(pair: Pair) -> list[DayRange]:
    return [moment_of(one.step.date) for one in (pair.a, pair.b) if one]


def _at(pair: Pair) -> float:
    """Where the line of an event stands: on the day in B, or on that in A."""
    return _days_of(pair)[-1].at


def _on(axis: Timeline, pair: Pair) -> bool:
    return any(axis.first <= moment.at < axis.last for moment in _days_of(pair))


def _joined(runs: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Join runs of days that meet; a run without a day is left out."""
    joined: list[tuple[float, float]] = []
    for begin, end in sorted(run for run in runs if run[0] < run[1]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def coders_of(a: Replay, b: Replay) -> tuple[str, str]:
    """Name both codings: `A`, and who coded it if the file says so and the font has the letters."""
    named = [
        f"{side}: {drawable(coder, side)}" if (coder := one.scenario.coder) else side
        for side, one in (("A", a), ("B", b))
    ]
    return named[0], named[1]
