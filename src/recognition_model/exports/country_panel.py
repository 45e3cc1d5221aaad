"""Panel for merging with other data: a row per country and day, month or year.

A row gives the state at the end of its unit's last day, or of the last documented day if the
record ends within the unit, and what that answer rests on; then what lies within the unit. There
are no rows before the record begins or after it ends. Days that were only reviewed have no row,
because no source speaks of them.

A record of more than `MOST_YEARS` years is refused before any row is made: a day panel from the
year 1 to 9999 would have 3.6 million rows a country, and such a date is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from recognition_model.core.codes import Severity
from recognition_model.core.countries import named
from recognition_model.core.dates import DateReading, is_open
from recognition_model.core.diagnostics import Finding, RecordError
from recognition_model.core.history import History
from recognition_model.core.plausible import UNTIL
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.long_tables import CODE, NUMBERS, identity
from recognition_model.exports.panel_counts import (
    Counts,
    Exposure,
    count_fields,
    exposure_fields,
)
from recognition_model.exports.panel_states import States, state_fields
from recognition_model.exports.table_rows import Run, Runs
from recognition_model.exports.table_schema import Field, Kind, Table
from recognition_model.exports.units import Unit

MOST_YEARS = 200
"""How long a record may be, by the years of its first and its last day."""
_EXAMPLES = {Unit.DAY: "2021-09-08", Unit.MONTH: "2021-09", Unit.YEAR: "2021"}
_KINDS = {Unit.DAY: Kind.DAY, Unit.MONTH: Kind.TEXT, Unit.YEAR: Kind.COUNT}


def panel(replays: Sequence[Replay], unit: Unit, dates: DateReading = "all") -> Table:
    """Build the country-day, country-month or country-year panel.

    Its rows are made when they are read. Raises `RecordError` (RM408) if a record covers more than
    `MOST_YEARS` years.
    """
    _refuse_long(replays, dates)
    fields = (
        CODE,
        *NUMBERS,
        *_unit_fields(unit),
        *state_fields("the day" if unit is Unit.DAY else "`on`", dates),
        Field(
            name="within_record",
            description=f"Whether the record has surely begun and covers all of the {unit.value}.",
            kind=Kind.FLAG,
            required=True,
            example="true",
        ),
        *(exposure_fields(unit.value, dates) if unit is not Unit.DAY else ()),
        *count_fields(unit.value, dates),
    )
    names = [column.name for column in fields]
    counting = ("day", "days_since") if unit is Unit.DAY else ()
    return Table(
        name=f"country_{unit.value}",
        title=f"Country-{unit.value} panel",
        description=f"Where each country stood at the end of each {unit.value}, within its data.",
        fields=fields,
        key=("country", unit.value),
        links={("country",): ("countries", ("country",))},  # not to `spells`: a row may have none
        rows=Runs(
            partial(_runs, replays, unit, dates),
            partial(_length, replays, unit, dates),
            tuple(map(names.index, counting)),
        ),
    )


def _unit_fields(unit: Unit) -> tuple[Field, ...]:
    """Make the columns for the unit, and for the day that its row describes."""
    own = Field(
        name=unit.value,
        description=f"The {unit.value}.",
        kind=_KINDS[unit],
        required=True,
        pattern=r"\d{4}-\d{2}" if unit is Unit.MONTH else "",
        example=_EXAMPLES[unit],
    )
    if unit is Unit.DAY:
        return (own,)
    on = Field(
        name="on",
        description=f"Day whose end is described: the last of the {unit.value} or record.",
        kind=Kind.DAY,
        required=True,
        example="2021-09-30",
    )
    return own, on


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


def _runs(replays: Sequence[Replay], unit: Unit, dates: DateReading) -> Iterator[Run]:
    make = _day_runs if unit is Unit.DAY else partial(_unit_rows, unit)
    for replay, first, last in _covered(replays, dates):
        yield from make(replay, dates, first, last)


def _length(replays: Sequence[Replay], unit: Unit, dates: DateReading) -> int:
    return sum(unit.count(first, last) for _, first, last in _covered(replays, dates))


def _covered(replays: Sequence[Replay], dates: DateReading) -> Iterator[tuple[Replay, int, int]]:
    """Yield each replay with the first and the last day that has a row, if any has."""
    for replay in replays:
        first, last = _first_day(replay.history, dates), replay.history.documented_until.toordinal()
        if first <= last:
            yield replay, first, last


def _day_runs(replay: Replay, dates: DateReading, first: int, last: int) -> Iterator[Run]:
    """Yield the days of a record in runs on which nothing changes but the time since an entry."""
    codes, sure = identity(replay), replay.history.bounds[0][1]
    states, counts = States(replay, dates), Counts(replay, dates)
    bounds = {first, sure, *states.bounds, *counts.bounds}
    firsts = sorted(day for day in bounds if first <= day <= last)
    for begin, end in zip(firsts, [*firsts[1:], last + 1], strict=True):
        state = states.on(begin).cells(begin)
        row = (*codes, date.fromordinal(begin), *state, begin >= sure, *counts.within(begin, begin))
        yield Run(row, end - begin)


def _unit_rows(
    unit: Unit, replay: Replay, dates: DateReading, first: int, last: int
) -> Iterator[Run]:
    """Yield a row for each month or year of a record."""
    codes, sure = identity(replay), replay.history.bounds[0][1]
    states, counts = States(replay, dates), Counts(replay, dates)
    exposure = Exposure(replay, dates, first)
    day = first
    while day <= last:
        begins = date.fromordinal(day)
        end = unit.last_day(begins).toordinal()
        on = min(end, last)
        row = (*codes, unit.label(begins), date.fromordinal(on), *states.on(on).cells(on))
        row += (on >= sure and end <= last, *exposure.within(day, on))
        yield Run(row + counts.within(unit.first_day(begins).toordinal(), on))
        day = end + 1


def _first_day(history: History, dates: DateReading) -> int:
    """Give the first day with a row: the first that the record may cover in these readings."""
    if dates != "all":
        return history.begin_days(dates)[0]
    return next(day for day in history.bounds[0] if not is_open(day))
