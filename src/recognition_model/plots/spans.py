"""Spells on a time axis: when each can have begun, where it is drawn, and what it rests on.

Days are matplotlib's date numbers: days since 1970-01-01. A date known only to an interval is drawn
at its middle; a date open on one side is drawn at its known end. An open end is at infinity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby
from math import inf, isinf

from attrs import evolve, frozen

from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change
from recognition_model.core.dates import OPEN_START, OpenEnd, closed, end_of
from recognition_model.core.history import History
from recognition_model.core.position import Position
from recognition_model.core.stages import Act, Ban, Stage, stage_in_words
from recognition_model.core.wording import humanize
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

    @property
    def half_open(self) -> bool:
        """Whether one side is open."""
        return is_open(self.earliest) or is_open(self.latest)

    def drawn(self, beyond: float = 0.0) -> tuple[float, float]:
        """Return both ends as drawn: an open one lies some days `beyond` the known end."""
        first = self.at - beyond if is_open(self.earliest) else self.earliest
        last = self.at + beyond if is_open(self.latest) else self.latest
        return first, last


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
        """Whether it began with a change to a lower stage, other than a lapse."""
        change = self.change
        return change is not None and change.after.stage < change.before.stage and not self.lapsed

    @property
    def lapsed(self) -> bool:
        """Whether it began when the Taliban ceased to govern."""
        return self.change is not None and self.change.act is Act.LAPSE


def stretches(history: History) -> tuple[Span, ...]:
    """Return the spells of a history to draw; none if the data end before it can have begun."""
    if not history.documented:
        return ()
    until = number(history.documented_until) + 1  # the last day is documented to its end
    moments: list[DayRange] = []
    for earliest, latest in history.bounds:
        moment = DayRange.of(end_of(earliest), end_of(latest))
        at = min(moment.at, until)
        # A date with an open side is drawn at its known end, which may be before an earlier middle.
        at = max(at, moments[-1].at) if moments else at
        moments.append(DayRange(moment.earliest, at, moment.latest))
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


@frozen
class Piece:
    """A part of a spell that rests on one basis. It is `sure` where the spell surely holds."""

    span: Span
    basis: Basis
    begins: float
    ends: float
    sure: bool = True

    @property
    def stage(self) -> Stage:
        return self.span.stage

    @property
    def form(self) -> Basis:
        """The basis that it is drawn for.

        A change is drawn at the middle of its interval, but is evidence from the last day of it. In
        between it may have happened: the days are possible, not assumed.
        """
        possible = self.basis is Basis.ASSUMED and self.span.change is not None
        return Basis.EVIDENCED if possible else self.basis

    @property
    def words(self) -> str:
        """The name of its stage for a reader."""
        return _in_words(self.stage, self.span.change, self.basis)


def pieces(replay: Replay, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Cut the spells of a replay on the days on which their basis changes.

    This is the one place where spells and basis meet. The pieces follow each other without a gap,
    up to the last day documented or reviewed; after it nothing is drawn.
    """
    if not spans:
        return ()
    bases = [
        (_from_ordinal(one.first), _from_ordinal(one.last) + 1, one.basis)
        for one in replay.history.basis_spans
        if one.last is not None
    ]
    parts = [part for span in spans for part in _parts(span)]
    parts.append((spans[-1], spans[-1].ends.at, bases[-1][1], True))
    cut: list[Piece] = []
    at = 0
    for span, left, right, sure in parts:
        while at < len(bases) and bases[at][0] < right:
            first, last, basis = bases[at]
            begins, ends = max(left, first), min(right, last)
            if begins < ends:
                cut.append(Piece(span, basis, begins, ends, sure))
            if last > right:
                break
            at += 1
    return tuple(cut)


def within(cut: Iterable[Piece], first: float, stop: float) -> tuple[Piece, ...]:
    """Cut pieces to the days from `first` to before `stop`."""
    inside = (
        evolve(piece, begins=max(piece.begins, first), ends=min(piece.ends, stop)) for piece in cut
    )
    return tuple(piece for piece in inside if piece.begins < piece.ends)


def whole(cut: Iterable[Piece]) -> list[Piece]:
    """Join the pieces of a spell that differ only in whether it surely holds."""
    joined = []
    for _, together in groupby(cut, key=lambda piece: (id(piece.span), piece.form)):
        same = list(together)
        joined.append(evolve(same[0], ends=same[-1].ends, sure=True))
    return joined


def _parts(span: Span) -> list[tuple[Span, float, float, bool]]:
    """Cut a spell where it surely begins and ends: from day, to day, whether it surely holds."""
    begins = min(span.begins.latest, span.ends.at)
    ends = max(span.ends.earliest, span.begins.at)
    if begins > ends:  # on no day does it surely hold
        begins = ends = span.ends.at
    cuts = (
        (span.begins.at, begins, False),
        (begins, ends, True),
        (max(begins, ends), span.ends.at, False),
    )
    return [(span, *cut) for cut in cuts if cut[0] < cut[1]]


NO_DEALINGS = stage_in_words(Stage.HOSTILE, assumed=True)
_ENDED = "no dealings (broken off or lapsed)"


def lowest_in_words(endings: Collection[Act | None]) -> str:
    """Name the lowest stage for a reader, where it is not assumed, by the acts that led to it.

    None stands for a start. Without any it is named for a legend.
    """
    names = {stage_in_words(min(Stage), entered_by=act) for act in endings}
    if len(names) == 1:
        return names.pop()
    if not names:
        return "no dealings"
    return str(min(Stage)) if None in endings else _ENDED


def position_in_words(position: Position) -> str:
    """Name the last possible stage of a day for a reader."""
    spell = position.spells[-1]
    return _in_words(spell.stage, spell.change, position.basis)


def spell_in_words(span: Span, cut: Sequence[Piece]) -> str:
    """Name the stage of a spell by what it rests on when it begins."""
    basis = next((piece.basis for piece in cut if piece.span is span), Basis.EVIDENCED)
    return _in_words(span.stage, span.change, basis)


def _in_words(stage: Stage, change: Change | None, basis: Basis | None) -> str:
    act = change.act if change else None
    assumed = basis is Basis.ASSUMED and act is None
    return humanize(stage_in_words(stage, entered_by=act, assumed=assumed))


def basis_rows(
    replay: Replay, since: date | None = None, until: date | None = None
) -> list[tuple[str, str, Basis]]:
    """Return what a record rests on: first day (empty if open), last day, basis.

    `since` and `until` cut it to some days.
    """
    if not replay.history.documented:
        return []
    low, high = (since or date.min).toordinal(), (until or date.max).toordinal()
    return [
        (
            str(closed(end_of(max(one.first, low) if since else one.first)) or ""),
            date.fromordinal(min(one.last, high)).isoformat(),
            one.basis,
        )
        for one in replay.history.basis_spans
        if one.last is not None and one.last >= low and one.first <= high
    ]


def _from_ordinal(ordinal: int) -> float:
    return ordinal - _EPOCH
