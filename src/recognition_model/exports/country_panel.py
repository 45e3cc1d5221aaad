"""Panel for merging with other data: a row per country and day, month or year.

A row gives the state at the end of its unit's last day, or of the last documented day if the
record ends within the unit, and what that answer rests on; then what lies within the unit. There
are no rows before the record begins or after it ends. Days that were only reviewed have no row,
because no source speaks of them.

A record of more than `MOST_YEARS` years is refused before any row is made: a day panel from the
year 1 to 9999 would have 3.6 million rows a country, and such a date is a slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from attrs import evolve, frozen

from recognition_model.analysis.asked import Record, replays_of
from recognition_model.core.codes import Severity
from recognition_model.core.countries import named
from recognition_model.core.dates import DateReading, date_reading, is_open
from recognition_model.core.diagnostics import Finding, RecordError
from recognition_model.core.history import History
from recognition_model.core.plausible import UNTIL
from recognition_model.core.scales import Scale
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.exports.given import once
from recognition_model.exports.panel_codes import code_cells, code_fields
from recognition_model.exports.panel_counts import (
    Counts,
    Exposure,
    count_fields,
    exposure_fields,
)
from recognition_model.exports.panel_frame import outside, sections
from recognition_model.exports.panel_levels import Levels, level_fields
from recognition_model.exports.panel_states import States, state_fields
from recognition_model.exports.state_codes import Frame, members, turns
from recognition_model.exports.table_rows import Row, Run, Runs
from recognition_model.exports.table_schema import Field, Kind, Table
from recognition_model.exports.units import Unit

MOST_YEARS = 200
"""How long a record may be, by the years of its first and its last day."""
_EXAMPLES = {Unit.DAY: "2021-09-08", Unit.MONTH: "2021-09", Unit.YEAR: "2021"}
_KINDS = {Unit.DAY: Kind.DAY, Unit.MONTH: Kind.TEXT, Unit.YEAR: Kind.COUNT}


def panel(
    record: Record,
    unit: Unit | str = Unit.YEAR,
    dates: DateReading = "all",
    *,
    frame: Frame | str | None = None,
    scale: Scale | None = None,
) -> Table:
    """Build the country-day, country-month or country-year panel of a record.

    `unit` is `day`, `month` or `year`. With a `frame`, `cow` or `gw`, every state of that list has
    a row in each unit from the first of any record to the last; `in_record` is false where a state
    has no record. A `scale` adds columns for its levels. Organisations have no rows. pandas, polars
    and DuckDB take the table as it is; its rows are made when they are read.

    Raises `ValueError` for an unknown word and for a country that occurs twice, and `RecordError`
    (RM408) if a record covers more than `MOST_YEARS` years.
    """
    replays = once(of_countries(replays_of(record)))
    dates = date_reading(dates)
    unit, frame = Unit(unit), Frame(frame) if frame else None
    _refuse_long(replays, dates)
    fields = _fields(unit, dates, scale)
    if frame:
        kept = {"country", unit.value, "day", "within_record", "in_record"}
        fields = tuple(f if f.name in kept else evolve(f, required=False) for f in fields)
    names = [column.name for column in fields]
    counting = ("day", "days_since") if unit is Unit.DAY else ()
    flags = ("within_record", "in_record")
    nothing = tuple(False if n in flags else None for n in names[names.index("stage") :])
    parts = partial(_parts, replays, unit, dates, frame, scale, nothing)
    every = f" Every state of the list {frame.value} has rows." if frame else ""
    every += f" Levels: {scale.in_words}." if scale else ""
    return Table(
        name=f"country_{unit.value}",
        title=f"Country-{unit.value} panel",
        description=f"Where each country stood at the end of each {unit.value}, within its data."
        f"{every}",
        fields=fields,
        key=("country", unit.value),
        # not to `spells`: a row may have none
        links={} if frame else {("country",): ("countries", ("country",))},
        rows=Runs(
            lambda: chain.from_iterable(part.make() for part in parts()),
            lambda: sum(part.length for part in parts()),
            tuple(map(names.index, counting)),
        ),
    )


def _fields(unit: Unit, dates: DateReading, scale: Scale | None) -> tuple[Field, ...]:
    covered = "the day" if unit is Unit.DAY else f"any day of the {unit.value}"
    return (
        *code_fields(unit),
        *_unit_fields(unit),
        *state_fields("the day" if unit is Unit.DAY else "`day`", dates),
        *level_fields(scale, dates),
        Field(
            name="within_record",
            description=f"Whether the record has surely begun and covers all of the {unit.value}.",
            kind=Kind.FLAG,
            required=True,
            example="true",
        ),
        *(exposure_fields(unit.value, dates) if unit is not Unit.DAY else ()),
        *count_fields(unit.value, dates),
        Field(
            name="in_record",
            description=f"Whether the record covers {covered}. False only in a panel made with a"
            " frame, which then says nothing else of the country.",
            kind=Kind.FLAG,
            required=True,
            example="true",
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
        unit="calendar year" if unit is Unit.YEAR else "",
        example=_EXAMPLES[unit],
    )
    if unit is Unit.DAY:
        return (own,)
    day = Field(
        name="day",
        description=f"Day whose end is described: the last of the {unit.value} or record.",
        kind=Kind.DAY,
        required=True,
        example="2021-09-30",
    )
    return own, day


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


@frozen
class _Part:
    """Rows of one country: how to make them, and how many there are."""

    length: int
    make: Callable[[], Iterable[Run]]


def _parts(
    replays: Sequence[Replay],
    unit: Unit,
    dates: DateReading,
    frame: Frame | None,
    scale: Scale | None,
    nothing: Row,
) -> Iterator[_Part]:
    """Yield the rows of a panel country by country; `nothing` are the cells
    from `stage` on of a state without a record."""
    covered = {}
    for replay in replays:
        first, last = _first_day(replay.history, dates), replay.history.documented_until.toordinal()
        if first <= last:
            covered[replay.country] = first, last
    recorded = {replay.country: replay for replay in replays if replay.country in covered}
    if frame and covered:
        begins = min(first for first, _ in covered.values())
        ends = max(last for _, last in covered.values())
        for country in sorted({*members(frame), *recorded}):
            for first, last, inside in sections(unit, begins, ends, covered.get(country)):
                if inside:
                    yield _inside(recorded[country], unit, dates, scale, *covered[country])
                else:
                    runs = [*outside(country, unit, frame, first, last, nothing)]
                    yield _Part(sum(run.length for run in runs), partial(iter, runs))
        return
    for country, replay in recorded.items():
        yield _inside(replay, unit, dates, scale, *covered[country])


def _inside(
    replay: Replay, unit: Unit, dates: DateReading, scale: Scale | None, first: int, last: int
) -> _Part:
    make = _day_runs if unit is Unit.DAY else partial(_unit_rows, unit)
    return _Part(unit.count(first, last), partial(make, replay, dates, scale, first, last))


def _day_runs(
    replay: Replay, dates: DateReading, scale: Scale | None, first: int, last: int
) -> Iterator[Run]:
    """Yield the days of a record in runs on which nothing changes but the time since an entry."""
    country, sure = replay.country, replay.history.bounds[0][1]
    states, counts = States(replay, dates), Counts(replay, dates)
    levels = Levels(replay, scale, dates)
    bounds = {first, sure, *states.bounds, *levels.bounds, *counts.bounds, *turns(country)}
    firsts = sorted(day for day in bounds if first <= day <= last)
    for begin, end in zip(firsts, [*firsts[1:], last + 1], strict=True):
        row = (*code_cells(country, begin, Unit.DAY), date.fromordinal(begin))
        row += (*states.on(begin).cells(begin), *levels.on(begin), begin >= sure)
        row += (*counts.within(begin, begin), True)
        yield Run(row, end - begin)


def _unit_rows(
    unit: Unit, replay: Replay, dates: DateReading, scale: Scale | None, first: int, last: int
) -> Iterator[Run]:
    """Yield a row for each month or year of a record."""
    country, sure = replay.country, replay.history.bounds[0][1]
    states, counts = States(replay, dates), Counts(replay, dates)
    exposure, levels = Exposure(replay, dates, first), Levels(replay, scale, dates)
    day = first
    while day <= last:
        begins = date.fromordinal(day)
        end = unit.last_day(begins).toordinal()
        on = min(end, last)
        row = (*code_cells(country, on, unit), unit.label(begins), date.fromordinal(on))
        row += (*states.on(on).cells(on), *levels.on(on), on >= sure and end <= last)
        row += exposure.within(day, on)
        yield Run((*row, *counts.within(unit.first_day(begins).toordinal(), on), True))
        day = end + 1


def _first_day(history: History, dates: DateReading) -> int:
    """Give the first day with a row: the first that the record may cover in these readings."""
    if dates != "all":
        return history.begin_days(dates)[0]
    return next(day for day in history.bounds[0] if not is_open(day))
