"""What `status` says of a scale: a line or a cell for each country, with the entries behind it."""

from __future__ import annotations

from typing import Any

from recognition_model.core.evidence import Evidence
from recognition_model.core.level_history import (
    LevelPosition,
    best_of,
    label_of,
    levels_of,
)
from recognition_model.core.position import Position
from recognition_model.core.scales import Mover, Scale
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.report.sentences import SPEAKERS

LEVEL_COLUMNS = ("level", "levels", "level_since", "level_entries")
"""The columns that a scale adds to the CSV."""


def level_of(replay: Replay, position: Position, scale: Scale) -> LevelPosition:
    """The position on a scale on the day of a position."""
    return levels_of(replay, scale).on(position.day)


def level_line(level: LevelPosition) -> str:
    """Say on which level a country stands, since when, and on which entries that rests."""
    words = f"{level.scale.title}: {level.in_words()}"
    entries = "; ".join(map(_entry, level.entries)) or "the start of the record"
    return f"{words}; rests on {entries}" if level.spells else words


def scale_in_words(scale: Scale) -> str:
    """Name the scale, and say what it measures."""
    return f"Scale: {scale.in_words}. {scale.about}"


def scale_data(scale: Scale) -> dict[str, Any]:
    """Name the scale as plain data."""
    return {
        "name": scale.name,
        "title": scale.title,
        "digest": scale.digest,
        "levels": list(scale.names),
    }


def level_cells(level: LevelPosition, replay: Replay) -> dict[str, Any]:
    """Give the cells of `LEVEL_COLUMNS`; the entries by their numbers in the file."""
    numbers = dict(zip(map(id, replay.outcomes), replay.numbers, strict=True))
    return {
        "level": level.level.level if level.level else None,
        "levels": [one.level for one in level.levels],
        "level_since": level.since,
        "level_entries": [str(numbers[id(entry)]) for entry in level.entries],
    }


def _entry(entry: Mover) -> str:
    best: Evidence | None = best_of(entry)
    who = f", {SPEAKERS[best.voice]} ({best.grade}, {best.id})" if best else ""
    return f"{humanize(label_of(entry))} {entry.date}{who}"
