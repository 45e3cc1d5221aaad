"""Panel for merging with other data: a row per country and day, month or year.

A row gives the state at the end of its unit's last day, or of the last documented day if the
record ends within the unit, and what that answer rests on. There are no rows before the record
begins or after it ends. Days that were only reviewed have no row, because no source speaks of them.

A record of more than `MOST_YEARS` years is refused before any row is made: a day panel from the
year 1 to 9999 would have 3.6 million rows a country, and such a date is a slip.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum

from recognition_model.core.basis import Basis
from recognition_model.core.codes import Severity
from recognition_model.core.countries import named
from recognition_model.core.dates import DateReading, is_open
from recognition_model.core.diagnostics import Finding, RecordError
from recognition_model.core.history import History
from recognition_model.core.plausible import UNTIL
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.basis_columns import basis_fields, origin_field, rests_on
from recognition_model.exports.categories import ATTESTATIONS, BANS, STAGES
from recognition_model.exports.long_tables import CODE, NUMBERS, identity
from recognition_model.exports.table_schema import Cell, Field, Kind, Row, Table, text, words

_READ = {
    "earliest": "Uncertain dates are read at their earliest day",
    "latest": "Uncertain dates are read at their latest day",
    "all": "Empty if readings of uncertain dates differ",
}
MOST_YEARS = 200
"""How long a record may be, by the years of its first and its last day."""
_Answer = tuple[tuple[Cell, ...], int | None, tuple[Cell, ...]]
"""Cells that stay the same for some days; the day of `last_entry`, as an ordinal; further cells."""


class Unit(Enum):
    """Unit of time of a row."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    def label(self, day: date) -> str | int | date:
        """Name the unit that contains a day: the day itself, `2024-05`, or 2024."""
        if self is Unit.DAY:
            return day
        return day.year if self is Unit.YEAR else day.isoformat()[:7]

    def last_day(self, day: date) -> date:
        """Give the last day of the unit that contains a day."""
        if self is Unit.DAY:
            return day
        if self is Unit.YEAR or day.month == 12:
            return date(day.year, 12, 31)
        return date(day.year, day.month + 1, 1) - timedelta(days=1)


def panel(replays: Sequence[Replay], unit: Unit, dates: DateReading = "all") -> Table:
    """Build the country-day, country-month or country-year panel.

    Raises `RecordError` (RM408) if a record covers more than `MOST_YEARS` years.
    """
    _refuse_long(replays, dates)
    kinds = {Unit.DAY: Kind.DAY, Unit.MONTH: Kind.TEXT, Unit.YEAR: Kind.COUNT}
    month = r"\d{4}-\d{2}" if unit is Unit.MONTH else ""
    end = "the day" if unit is Unit.DAY else "`on`"
    fields = [
        CODE,
        *NUMBERS,
        Field(
            name=unit.value,
            description=f"The {unit.value}.",
            kind=kinds[unit],
            required=True,
            pattern=month,
        ),
        Field(
            name="on",
            description=f"Day whose end is described: the last of the {unit.value} or record.",
            kind=Kind.DAY,
            required=True,
        ),
        text("stage", f"The stage. {_READ[dates]}.", categories=STAGES),
        text("ban", f"The ban. {_READ[dates]}.", categories=BANS),
        text("stages", "All possible stages, earliest first, separated by spaces."),
        text("bans", "All possible bans, in the same form."),
        *basis_fields(end, dates, required=True),
        Field(
            name="certain",
            description="Whether all readings of the dates agree on stage and ban, and the basis is"
            " evidenced.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="dates_agree",
            description="Whether all readings of the dates agree on stage and ban.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="spell",
            description=f"Number of the spell in the table `spells`. {_READ[dates]}.",
            kind=Kind.COUNT,
            minimum=1,
        ),
        origin_field(f"Whether the spell is an assumed start, or evidenced. {_READ[dates]}."),
        text(
            "attestation",
            "Level of attestation of the change that began the spell; empty for the start."
            f" {_READ[dates]}.",
            categories=ATTESTATIONS,
        ),
        Field(
            name="within_record",
            description=f"Whether the record has surely begun and covers all of the {unit.value}.",
            kind=Kind.FLAG,
            required=True,
        ),
    ]
    if unit is Unit.DAY:
        fields = [column for column in fields if column.name != "on"]
    return Table(
        name=f"country_{unit.value}",
        title=f"Country-{unit.value} panel",
        description=f"Where each country stood at the end of each {unit.value}, within its data.",
        fields=tuple(fields),
        key=("country", unit.value),
        links={("country",): ("countries", ("country",))},  # not to `spells`: a row may have none
        rows=tuple(row for replay in replays for row in _rows(replay, unit, dates)),
    )


def _refuse_long(replays: Sequence[Replay], dates: DateReading) -> None:
    """Raise an error that names each record too long for a panel."""
    found = []
    for replay in replays:
        history = replay.history
        first = date.fromordinal(_first_day(history, dates))
        years = history.documented_until.year - first.year
        if years > MOST_YEARS:
            message = (
                f"{named(replay.country)} is documented from {first} to"
                f" {history.documented_until}: a panel covers at most {MOST_YEARS} years"
            )
            start = replay.scenario.start.place.line
            hint = f"correct `documented-until:`, or the start in line {start}"
            place = replay.scenario.day_places.get(UNTIL, replay.scenario.place)
            found.append(Finding("RM408", message, place, hint, Severity.ERROR))
    if found:
        raise RecordError(found)


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
        before, last, after = answer(on)
        yield (*codes, *when, *before, None if last is None else on - last, *after, known)
        day = end + 1


def _first_day(history: History, dates: DateReading) -> int:
    """Give the first day with a row: the first that the record may cover in these readings."""
    if dates != "all":
        return history.begin_days(dates)[0]
    return next(day for day in history.bounds[0] if not is_open(day))


def _answers(history: History, dates: DateReading) -> Callable[[int], _Answer]:
    """Make a cached function from a day (ordinal) to its cells, which change on few days."""
    read = [] if dates == "all" else history.begin_days(dates)
    heard = history.read(dates)
    states = {day for pair in history.bounds for day in pair if not is_open(day)}
    basis = {span.first for span in heard.basis_spans} | {day for day, _ in heard.attested.counted}
    boundaries = sorted(states | basis)
    cache: dict[int, _Answer] = {}

    def answer(day: int) -> _Answer:
        interval = bisect_right(boundaries, day)
        if interval not in cache:
            cache[interval] = _cells(history, heard, day, read)
        return cache[interval]

    return answer


def _cells(history: History, heard: History, day: int, read: Sequence[int]) -> _Answer:
    """Give the cells for a day. `heard` is the history in the reading whose basis is wanted."""
    position = history.on(date.fromordinal(day))
    states = position.states
    possible = [spell for spell in position.spells if position.begun]
    stage, ban = position.stage, position.ban
    if read:
        possible = [history.spells[bisect_right(read, day) - 1]]
        stage, ban = possible[0].stage, possible[0].ban
    numbers = [n for n, spell in enumerate(history.spells, 1) if any(spell is p for p in possible)]
    changes = [spell.change for spell in possible]
    basis, last, _ = rests_on(heard, position.day)
    before = (
        str(stage) if stage else None,
        str(ban) if ban else None,
        words(dict.fromkeys(state.stage for state in states)),
        words(dict.fromkeys(state.ban for state in states)),
        basis,
        last,
    )
    after = (
        position.dates_agree and basis == str(Basis.EVIDENCED),
        position.dates_agree,
        _agreed(numbers),
        _agreed([spell.origin for spell in possible]),
        _agreed([str(change.attestation) if change else None for change in changes]),
    )
    return before, (last.toordinal() if last else None), after


def _agreed(cells: Sequence[Cell]) -> Cell:
    """Give the cell on which all readings agree, or None."""
    return cells[0] if len(set(cells)) == 1 else None
