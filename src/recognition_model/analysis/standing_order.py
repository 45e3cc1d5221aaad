"""The one order of countries by where they stand, for tables, reports and pictures."""

from __future__ import annotations

from datetime import date

from recognition_model.core.changes import Spell
from recognition_model.core.countries import name_of
from recognition_model.core.history import History
from recognition_model.core.position import Position
from recognition_model.engine.outcomes import Replay

Place = tuple[int, int, bool, str, int, str, str]


def reached(history: History, day: date | None = None) -> Spell | None:
    """Return the spell in force on a day, or on the last documented day.

    After the end of its data a country keeps its last documented stage. None where dates leave
    several stages, or where none is documented.
    """
    position = _position(history, day)
    return position.spells[-1] if position.stage else None


def place(replay: Replay, day: date | None = None) -> Place:
    """Return what sorts countries by where they stand on a day, or on their last documented day.

    The highest stage comes first; then the first possible day on which it was reached; then the
    name. What is assumed comes after what is attested at the same stage, sorted by name alone.
    Countries in doubt come after all stages, and countries without a record on the day are last.
    After the end of its data a country keeps its last documented stage.
    """
    history, name = replay.history, name_of(replay.country)
    position = _position(history, day)
    file = replay.scenario.file
    if not position.spells:
        return 2, 0, False, "", 0, name, file
    if position.stage is None:
        return 1, 0, False, "", 0, name, file
    assumed = position.start_assumed
    spell = position.spells[-1]
    words = position.words_of(spell)
    begun = 0 if assumed else history.bounds[history.spells.index(spell)][0]
    return 0, -position.stage.rank, assumed, words, begun, name, file


def _position(history: History, day: date | None) -> Position:
    until = history.documented_until
    return history.on(min(day, until) if day else until)
