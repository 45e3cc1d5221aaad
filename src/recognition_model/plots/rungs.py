"""The levels of a scale in the place of stages, for pictures that draw either."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, total_ordering
from itertools import pairwise
from typing import Any, cast

from attrs import evolve, frozen

from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.dates import When, end_of
from recognition_model.core.history import History
from recognition_model.core.level_history import levels_of
from recognition_model.core.scales import Mover, Scale
from recognition_model.core.stages import Act, Ban, Stage, State
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.palette import STAGE_COLOURS, mixed


@total_ordering
@frozen(repr=False)
class Rung(Readable):
    """A level with all that pictures ask of a stage: word, name, rank and order, and its colour."""

    value: str
    label: str
    rank: int
    colour: str

    def __lt__(self, other: Rung) -> bool:
        return self.rank < other.rank

    def __str__(self) -> str:
        return self.label


class _Signal(str):
    """The word of a signal in the place of an act: it has the value of a word, as acts do."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return str(self)


@cache
def rungs_of(scale: Scale | None) -> tuple[Stage, ...]:
    """The levels of a scale, the lowest first, for code that asks for stages; without one these."""
    if scale is None:
        return tuple(Stage)
    many = len(scale.levels)
    rungs = [
        Rung(level.level, level.in_words, rank, _colour(rank / max(many - 1, 1)))
        for rank, level in enumerate(scale.levels)
    ]
    return tuple(cast("Stage", rung) for rung in rungs)


def _colour(part: float) -> str:
    """The colour at a part of the way from the lowest stage's colour to the highest stage's."""
    colours = list(STAGE_COLOURS.values())
    at = min(int(part * (len(colours) - 1)), len(colours) - 2)
    low, high = [*pairwise(colours)][at]
    return mixed(low, high, part * (len(colours) - 1) - at)


def with_levels(replay: Replay, scale: Scale) -> Replay:
    """The replay with the levels of a scale in the place of its stages, and without bans.

    What a day rests on stays as it is. An entry that moved the level is a change; a signal's word
    stands where an act would.
    """
    rungs = {rung.value: rung for rung in rungs_of(scale)}
    levels, history = levels_of(replay, scale), replay.history
    states = [State(rungs[spell.level.level], Ban.NONE) for spell in levels.spells]
    changes = tuple(
        _change(cast("Mover", spell.cause), spell.begins, bounds, before, after)
        for spell, bounds, (before, after) in zip(
            levels.spells[1:], levels.bounds[1:], pairwise(states), strict=True
        )
    )
    drawn = History(
        country=history.country,
        start=states[0],
        begins=history.begins,
        changes=changes,
        documented_until=history.documented_until,
        reviewed=history.reviewed,
        assumed=history.assumed,
        entries=history.entries,
        place=history.place,
    )
    return evolve(replay, history=drawn)


def _change(
    cause: Mover, begins: When, bounds: Sequence[int], before: State, after: State
) -> Change:
    act: Any = cause.act if isinstance(cause, Change) else _Signal(cause.signal)
    first, last = bounds
    return Change(
        date=When(begins.text, end_of(first), end_of(last)),
        act=cast("Act", act),
        rule=cause.rule if isinstance(cause, Change) else "",
        before=before,
        after=after,
        attestation=cause.attestation,
        evidence=cause.evidence,
        note=cause.note,
        contradiction=cause.contradiction,
        place=cause.place,
    )
