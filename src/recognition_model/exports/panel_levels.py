"""Columns of a panel for the levels of a scale, and their cells."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from recognition_model.core.dates import DateReading, is_open
from recognition_model.core.level_history import levels_of
from recognition_model.core.scales import Scale
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.panel_states import READ
from recognition_model.exports.table_rows import Row
from recognition_model.exports.table_schema import Categories, Field, Kind, text, words

_RULE = "Derived from the stage, the ban, the acts and the signals by the file of the scale."


def level_categories(scale: Scale) -> Categories:
    """The levels of a scale as the permitted words of columns, in their order."""
    return Categories(
        name=f"level of {scale.name}",
        meanings=scale.meanings,
        ordered=True,
        rule=f"{scale.in_words}. {scale.about} {_RULE}",
    )


def level_fields(scale: Scale | None, dates: DateReading) -> tuple[Field, ...]:
    """Make the columns for the cells of `Levels.on`; none without a scale."""
    if scale is None:
        return ()
    read, listed, some = READ[dates], level_categories(scale), scale.names[-1]
    return (
        text("level", f"The level of the scale. {read}.", categories=listed, example=some),
        _code("level_code", f"The level as a number. {read}.", scale),
        text(
            "level_low",
            "The lowest level in any reading of the dates.",
            categories=listed,
            required=True,
            example=some,
        ),
        _code("level_low_code", "`level_low` as a number.", scale),
        text(
            "level_high",
            "The highest level in any reading of the dates.",
            categories=listed,
            required=True,
            example=some,
        ),
        _code("level_high_code", "`level_high` as a number.", scale),
        text(
            "levels",
            "All possible levels, lowest first, separated by spaces.",
            parts=listed,
            example=" ".join(scale.names[-2:]),
        ),
        text(
            "level_since",
            "When the level began, as written in the record. Empty if it may have begun twice.",
            example="2024-08-21",
        ),
        text(
            "level_entries",
            "Numbers in the table `entries` of the entries on which the possible levels rest,"
            " separated by spaces. Empty if they rest on the start of the record.",
            rule="The entry that led to a level, and later ones that say the same. What the answer"
            " of the day rests on is in `basis`, for the level as for the stage.",
            example="12 30",
        ),
    )


def _code(name: str, description: str, scale: Scale) -> Field:
    return Field(
        name=name,
        description=description,
        kind=Kind.COUNT,
        minimum=0,
        unit=f"Levels from 0 to {len(scale.levels) - 1}, an order and not a distance",
        rule=", ".join(f"{number}: {level}" for number, level in enumerate(scale.names)),
        example=str(len(scale.levels) - 1),
    )


class Levels:
    """Where a country stood on a scale at the end of each day. Days are ordinals.

    `bounds` are the first days of stretches on which nothing changes. Without a scale there is
    nothing to give.
    """

    def __init__(self, replay: Replay, scale: Scale | None, dates: DateReading) -> None:
        self.scale = scale
        self.bounds: list[int] = []
        self._cache: dict[int, Row] = {}
        if scale is None:
            return
        read = replay.read(dates)
        self._history = levels_of(read, scale)
        self._numbers = {id(o): n for o, n in zip(read.outcomes, read.numbers, strict=True)}
        rested = (entry for spell in self._history.spells for entry in spell.entries)
        days = {day for pair in self._history.bounds for day in pair}
        days |= {entry.date.earliest.toordinal() for entry in rested}
        self.bounds = sorted(day for day in days if not is_open(day))

    def on(self, day: int) -> Row:
        """Give the cells of a day."""
        if self.scale is None:
            return ()
        stretch = bisect_right(self.bounds, day)
        if stretch not in self._cache:
            self._cache[stretch] = self._at(date.fromordinal(day), self.scale)
        return self._cache[stretch]

    def _at(self, day: date, scale: Scale) -> Row:
        position = self._history.on(day)
        names = sorted((level.level for level in position.levels), key=scale.rank)
        low, high = names[0], names[-1]
        level = position.level.level if position.level else None
        numbers = sorted(self._numbers[id(entry)] for entry in position.entries)
        return (
            level,
            scale.rank(level) if level else None,
            low,
            scale.rank(low),
            high,
            scale.rank(high),
            words(names),
            position.since.text if position.since else None,
            words(numbers),
        )
