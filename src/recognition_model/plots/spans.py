"""Spells on a time axis: when each can have begun, and where its beginning is drawn.

Days are matplotlib's date numbers: days since 1970-01-01. A date known only to an interval is drawn
at its middle; a date open on one side is drawn at its known end. An open end is at infinity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import inf, isinf

from attrs import evolve, frozen

from recognition_model.core.dates import OPEN_START, OpenEnd, end_of
from recognition_model.core.history import Change, History
from recognition_model.core.stages import Ban, Stage
from recognition_model.engine.outcomes import Replay

_EPOCH = date(1970, 1, 1).toordinal()


def number(day: date) -> int:
    """Convert a day to matplotlib's date number: days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of(number: float) -> date:
    """Convert a date number to its day, within the limits of the calendar."""
    ordinal = int(number // 1) + _EPOCH
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def is_open(number: float) -> bool:
    """Whether a date number marks an open side of a date."""
    return isinf(number)


def _end_number(end: date | OpenEnd) -> float:
    if isinstance(end, OpenEnd):
        return -inf if end is OPEN_START else inf
    return number(end)


@frozen
class DayRange:
    """A day between `earliest` and `latest`, drawn at `at`. All are date numbers."""

    earliest: float
    at: float
    latest: float

    @classmethod
    def of(cls, earliest: date | OpenEnd, latest: date | OpenEnd) -> DayRange:
        first, last = _end_number(earliest), _end_number(latest)
        if is_open(first) or is_open(last):
            known = last if is_open(first) else first
            return cls(first, known, last)
        return cls(first, (first + last) / 2, last)

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest

    def not_after(self, last: float) -> DayRange:
        """Return the same range, drawn no later than on `last`."""
        return evolve(self, at=min(self.at, last))


@frozen
class Span:
    """One spell as drawn. The last one ends with the last documented day.

    If `begins.latest` is after that day, the spell may not have begun by then.
    """

    stage: Stage
    ban: Ban
    begins: DayRange
    ends: DayRange
    change: Change | None
    last: bool

    @property
    def back(self) -> bool:
        """Whether it began with a change to a lower stage."""
        return self.change is not None and self.change.after.stage < self.change.before.stage


def stretches(history: History) -> tuple[Span, ...]:
    """Return the spells of a history to draw; none if the data end before it can have begun."""
    if not history.documented:
        return ()
    until = number(history.documented_until) + 1  # the last day is documented to its end
    moments: list[DayRange] = []
    for earliest, latest in history.bounds:
        moment = DayRange.of(end_of(earliest), end_of(latest)).not_after(until)
        # A date with an open side is drawn at its known end, which may be before an earlier middle.
        at = max(moment.at, moments[-1].at) if moments else moment.at
        moments.append(evolve(moment, at=at))
    moments.append(DayRange(until, until, until))
    return tuple(
        Span(spell.stage, spell.ban, moments[i], moments[i + 1], spell.change, spell.last)
        for i, spell in enumerate(history.spells)
    )


def surely(spans: Sequence[Span]) -> bool:
    """Whether the last spell begins within the documented days in all readings of the dates."""
    return bool(spans) and spans[-1].begins.latest < spans[-1].ends.at


def uncertain(replays: Iterable[Replay]) -> bool:
    """Whether any spell drawn has an uncertain first day."""
    return any(not span.begins.exact for replay in replays for span in stretches(replay.history))


def reach(rows: Sequence[Sequence[Span]]) -> tuple[float, float]:
    """Return the first and last day of the spells drawn; the year 2021 if there are none."""
    first = [row[0].begins.at for row in rows if row]
    last = [row[-1].ends.at for row in rows if row]
    if not first:
        return number(date(2021, 1, 1)), number(date(2022, 1, 1))
    return min(first), max(last)
