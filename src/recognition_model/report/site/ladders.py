"""Histories as step lines on one axis, to set beside each other: small, without letters.

A step is thick where an entry lies within two years, thin where the record is silent, dashed where
the start is assumed. The drawing may be stretched: its width is time, its height the six stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from attrs import frozen

from recognition_model.core.basis import Basis
from recognition_model.core.countries import name_of
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.spans import Piece, Span, day_of, number, pieces, stretches

WIDTH, HEIGHT = 1000, 120
_EVERY = 5  # years between two lines of the axis
_STEP = HEIGHT // len(Stage)
_LEAST = 4  # a shorter step could not be seen


@frozen(kw_only=True)
class Axis:
    """The years shown, which all histories share: `years` are the lines, evenly spaced."""

    first: date
    last: date
    years: tuple[int, ...]

    def at(self, day: float) -> float:
        """The place of a day, from 0 at the left end to `WIDTH` at the right one."""
        left, right = number(self.first), number(self.last)
        return round(min(max((day - left) / (right - left), 0), 1) * WIDTH, 1)

    @property
    def lines(self) -> tuple[float, ...]:
        """The places of the years."""
        return tuple(self.at(number(date(year, 1, 1))) for year in self.years)


@frozen(kw_only=True)
class Step:
    """A horizontal piece of a step line: from, to, height, the stage and the basis, in words."""

    left: float
    right: float
    height: int
    stage: Stage
    basis: str
    words: str


@frozen(kw_only=True)
class Riser:
    """A vertical piece of a step line: a change. `sure` is false for an uncertain date."""

    at: float
    top: int
    bottom: int
    sure: bool


@frozen(kw_only=True)
class Ladder:
    """One history as a step line. Its data go from `begin` to `end`; `words` says the steps."""

    code: str
    name: str
    steps: tuple[Step, ...]
    risers: tuple[Riser, ...]
    begin: float
    end: float
    until: str
    words: str


def axis_of(replays: Iterable[Replay]) -> Axis:
    """Return an axis in whole steps of five years over the histories of some replays."""
    spans = [stretches(one.history) for one in replays]
    ends = [
        day_of(edge) for some in spans if some for edge in (some[0].begins.at, some[-1].ends.at)
    ]
    first = min(ends, default=date(2021, 1, 1)).year // _EVERY * _EVERY
    last = (max(ends, default=date(2021, 1, 1)).year // _EVERY + 1) * _EVERY
    years = tuple(range(first, last + 1, _EVERY))
    return Axis(first=date(first, 1, 1), last=date(last, 1, 1), years=years)


def ladder_of(replay: Replay, axis: Axis) -> Ladder:
    """Draw the history of a replay on an axis."""
    spans = stretches(replay.history)
    cut = [piece for piece in pieces(replay, spans) if piece.basis in _SHOWN]
    return Ladder(
        code=replay.country,
        name=name_of(replay.country),
        steps=tuple(_steps(cut, axis)),
        risers=tuple(_riser(one, other, axis) for one, other in pairwise(spans)),
        begin=axis.at(spans[0].begins.at) if spans else 0,
        end=axis.at(spans[-1].ends.at) if spans else 0,
        until=str(replay.history.documented_until),
        words=_in_words(cut),
    )


_SHOWN = {Basis.EVIDENCED, Basis.SILENT, Basis.ASSUMED}


def _height(stage: Stage) -> int:
    return HEIGHT - _STEP * stage.rank - _STEP // 2


def _steps(cut: Sequence[Piece], axis: Axis) -> Iterable[Step]:
    joined: list[tuple[Piece, float]] = []
    for piece in cut:
        if joined and _alike(joined[-1][0], piece):
            joined[-1] = joined[-1][0], piece.ends
        else:
            joined.append((piece, piece.ends))
    for piece, ends in joined:
        yield Step(
            left=axis.at(piece.begins),
            right=max(axis.at(ends), axis.at(piece.begins) + _LEAST),
            height=_height(piece.stage),
            stage=piece.stage,
            basis=piece.form.value,
            words=f"{piece.words}, {_days(piece.begins, ends)}",
        )


def _alike(one: Piece, other: Piece) -> bool:
    return one.span is other.span and one.form is other.form


def _riser(before: Span, after: Span, axis: Axis) -> Riser:
    heights = _height(before.stage), _height(after.stage)
    return Riser(
        at=axis.at(after.begins.at),
        top=min(heights),
        bottom=max(heights),
        sure=after.begins.exact,
    )


def _days(begins: float, ends: float) -> str:
    return f"{day_of(begins)} to {day_of(ends) - timedelta(days=1)}"


def _in_words(cut: Sequence[Piece]) -> str:
    """Say the stages in order, each once: `no dealings from 1996-09-27; engaged from ...`."""
    parts: list[tuple[Span, str]] = []
    for piece in cut:
        if not parts or parts[-1][0] is not piece.span:
            parts.append((piece.span, f"{piece.words} from {day_of(piece.begins)}"))
    return "; ".join(words for _, words in parts) or "nothing documented"
