"""Spells as stretches on a time axis: where each can have begun, and where it is drawn to begin.

Days are matplotlib's date numbers, days since 1970-01-01. A date known to an interval is drawn at
its middle; one that is open on a side, at the end that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve, frozen

from recognition_model.core.dates import When
from recognition_model.core.history import Change, History
from recognition_model.core.stages import Ban, Stage
from recognition_model.engine.outcomes import Replay

_EPOCH = date(1970, 1, 1).toordinal()
_OPEN = {day.toordinal() - _EPOCH for day in When.OPEN}


def number(day: date) -> int:
    """A day as matplotlib counts it: days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of(number: float) -> date:
    """The day of a date number; of one between two days, the first. The calendar has ends."""
    ordinal = int(number // 1) + _EPOCH
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def is_open(number: float) -> bool:
    """Whether a date number stands for a side that is not known."""
    return number in _OPEN


@frozen
class DayRange:
    """An instant between `earliest` and `latest`, drawn `at` a day between them."""

    earliest: float
    at: float
    latest: float

    @classmethod
    def of(cls, earliest: date, latest: date) -> DayRange:
        first, last = number(earliest), number(latest)
        if first in _OPEN or last in _OPEN:
            known = last if first in _OPEN else first
            return cls(first, known, last)
        return cls(first, (first + last) / 2, last)

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest

    def not_after(self, last: float) -> DayRange:
        """The same instant, drawn on `last` where it would be drawn later."""
        return evolve(self, at=min(self.at, last))


@frozen
class Span:
    """One spell as it is drawn. The last ends where the record does, whatever came after.

    `begins.latest` may lie after the end of the record: then it may not have begun by then.
    """

    stage: Stage
    ban: Ban
    begins: DayRange
    ends: DayRange
    change: Change | None
    last: bool

    @property
    def back(self) -> bool:
        """Whether it began with a step to a lower stage."""
        return self.change is not None and self.change.after.stage < self.change.before.stage


def stretches(history: History) -> tuple[Span, ...]:
    """The spells of a history; none where the record stops before it can have begun."""
    if not history.documented:
        return ()
    until = number(history.documented_until) + 1  # it speaks for the whole of its last day
    moments: list[DayRange] = []
    for earliest, latest in history.bounds:
        bounds = date.fromordinal(earliest), date.fromordinal(latest)
        moment = DayRange.of(*bounds).not_after(until)
        # An open end stands at its known side, which may lie before the middle of one before it.
        at = max(moment.at, moments[-1].at) if moments else moment.at
        moments.append(evolve(moment, at=at))
    moments.append(DayRange(until, until, until))
    return tuple(
        Span(spell.stage, spell.ban, moments[i], moments[i + 1], spell.change, spell.last)
        for i, spell in enumerate(history.spells)
    )


def surely(spans: Sequence[Span]) -> bool:
    """Whether the last stretch had begun by the end of the record in every reading of the dates."""
    return bool(spans) and spans[-1].begins.latest < spans[-1].ends.at


def uncertain(replays: Iterable[Replay]) -> bool:
    """Whether anything drawn of some replays begins on a day not known."""
    return any(not span.begins.exact for replay in replays for span in stretches(replay.history))


def reach(rows: Sequence[Sequence[Span]]) -> tuple[float, float]:
    """The first and last day that stretches are drawn on; the days of 2021 where there is none."""
    first = [row[0].begins.at for row in rows if row]
    last = [row[-1].ends.at for row in rows if row]
    if not first:
        return number(date(2021, 1, 1)), number(date(2022, 1, 1))
    return min(first), max(last)
