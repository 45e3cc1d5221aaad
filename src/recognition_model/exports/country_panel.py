"""The panel that other data are merged on: a row per country and day, month or year.

A row tells the state at the end of its unit's last day, or of the last documented day where the
record ends within the unit. There is none before the record begins and none after it ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum

from recognition_model.core.dates import DateReading
from recognition_model.core.history import OPEN, History
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.long_tables import BANS, CODE, NUMBERS, STAGES, identity
from recognition_model.exports.table_schema import Field, Kind, Row, Table, text, words

_READ = {
    "earliest": "Uncertain dates are read at their earliest day",
    "latest": "Uncertain dates are read at their latest day",
    "all": "Empty where readings of uncertain dates differ",
}
_Answer = tuple[str | None, str | None, str | None, str | None, bool]


class Unit(Enum):
    """What a row stands for beside its country."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    def label(self, day: date) -> str | int | date:
        """The unit that a day lies in: the day itself, `2024-05`, or 2024."""
        if self is Unit.DAY:
            return day
        return day.year if self is Unit.YEAR else day.isoformat()[:7]

    def last_day(self, day: date) -> date:
        """The last day of the unit that a day lies in."""
        if self is Unit.DAY:
            return day
        if self is Unit.YEAR or day.month == 12:
            return date(day.year, 12, 31)
        return date(day.year, day.month + 1, 1) - timedelta(days=1)


def panel(replays: Sequence[Replay], unit: Unit, dates: DateReading = "all") -> Table:
    """The country-day, country-month or country-year panel."""
    kinds = {Unit.DAY: Kind.DAY, Unit.MONTH: Kind.TEXT, Unit.YEAR: Kind.COUNT}
    month = r"\d{4}-\d{2}" if unit is Unit.MONTH else ""
    fields = [
        CODE,
        *NUMBERS,
        Field(
            name=unit.value,
            told=f"The {unit.value}.",
            kind=kinds[unit],
            required=True,
            pattern=month,
        ),
        Field(
            name="on",
            told=f"At the end of this day: the last of the {unit.value}, or of the record.",
            kind=Kind.DAY,
            required=True,
        ),
        text("stage", f"The stage. {_READ[dates]}.", values=STAGES),
        text("ban", f"The ban. {_READ[dates]}.", values=BANS),
        text("stages", "Every stage possible, earliest first, a space between them."),
        text("bans", "Every ban possible, as stages."),
        Field(
            name="certain",
            told="Whether all readings of the dates agree on stage and ban.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="documented",
            told=f"Whether the record surely has begun and speaks for all of the {unit.value}.",
            kind=Kind.FLAG,
            required=True,
        ),
    ]
    if unit is Unit.DAY:
        fields = [column for column in fields if column.name != "on"]
    return Table(
        name=f"country_{unit.value}",
        title=f"Country-{unit.value} panel",
        told=f"Where each country stood at the end of each {unit.value}, within its record.",
        fields=tuple(fields),
        key=("country", unit.value),
        links={("country",): ("countries", ("country",))},
        rows=tuple(row for replay in replays for row in _rows(replay, unit, dates)),
    )


def _rows(replay: Replay, unit: Unit, dates: DateReading) -> Iterator[Row]:
    history, codes = replay.history, identity(replay)
    answer = _answers(history, dates)
    until = history.documented_until.toordinal()
    sure = history.bounds[0][1]
    day = _first_day(history, dates)
    while day <= until:
        first = date.fromordinal(day)
        end = unit.last_day(first).toordinal()
        on = min(end, until)
        known = on >= sure and end <= until
        when: tuple[str | int | date, ...] = (unit.label(first),)
        if unit is not Unit.DAY:
            when += (date.fromordinal(on),)
        yield (*codes, *when, *answer(on), known)
        day = end + 1


def _first_day(history: History, dates: DateReading) -> int:
    """The first day with a row: the first that the record may speak for, in the readings asked."""
    if dates != "all":
        return history.begin_days(dates)[0]
    return next(day for day in history.bounds[0] if day not in OPEN)


def _answers(history: History, dates: DateReading) -> Callable[[int], _Answer]:
    """What to say of a day given as an ordinal. It changes on few days, and is kept between."""
    turns = sorted({day for pair in history.bounds for day in pair} - set(OPEN))
    read = [] if dates == "all" else history.begin_days(dates)
    kept: dict[int, _Answer] = {}

    def answer(day: int) -> _Answer:
        stretch = bisect_right(turns, day)
        if stretch not in kept:
            kept[stretch] = _said(history, day, read)
        return kept[stretch]

    return answer


def _said(history: History, day: int, read: Sequence[int]) -> _Answer:
    position = history.on(date.fromordinal(day))
    stage, ban = position.stage, position.ban
    if read:
        spell = history.spells[bisect_right(read, day) - 1]
        stage, ban = spell.stage, spell.ban
    states = position.states
    return (
        str(stage) if stage else None,
        str(ban) if ban else None,
        words(dict.fromkeys(state.stage for state in states)),
        words(dict.fromkeys(state.ban for state in states)),
        position.certain,
    )
