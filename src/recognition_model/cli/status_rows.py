"""The rows of `status`: a country, its position, and what was asked of it besides."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from recognition_model.core.countries import name_of
from recognition_model.core.position import Position
from recognition_model.engine.outcomes import Replay

if TYPE_CHECKING:
    from recognition_model.analysis.arrivals import Arrival
    from recognition_model.core.level_history import LevelPosition


class Row(NamedTuple):
    """A country's replay and its position; `reached` is what `--by` asks for.

    `level` is its position on a scale.
    """

    replay: Replay
    position: Position
    reached: Arrival | None = None
    level: LevelPosition | None = None


def levels() -> ModuleType:
    """The module that writes levels; loaded only with a scale."""
    from recognition_model.cli import levels

    return levels


def weak_because(row: Row) -> tuple[str, ...]:
    """Say why the evidence of a row is weak; empty if it is not."""
    from recognition_model.analysis.weakness import weaknesses  # not needed for every answer

    spells = [row.reached.spell] if row.reached else row.position.spells
    start = row.replay.scenario.start
    return tuple(dict.fromkeys(why for spell in spells for why in weaknesses(spell, start)))


def _begins(row: Row) -> Any:
    spells = row.position.spells
    spell = row.reached.spell if row.reached else spells[-1] if spells else None
    day = spell.begins.earliest if spell else row.position.day
    return day.toordinal(), row.replay.country


ORDERS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: name_of(row.replay.country),
    "stage": lambda row: (
        -max((spell.stage.rank for spell in row.position.spells), default=-1),
        _begins(row),
    ),
    "since": _begins,
}
