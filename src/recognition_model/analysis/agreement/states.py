"""Two codings of one country, day by day, month by month or year by year.

Only the days that both codings document are compared. A unit whose answer the dates leave open, in
either coding, is left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from recognition_model.analysis.turned_days import days_of_change
from recognition_model.core.history import History
from recognition_model.core.position import Position

TimeUnit = Literal["day", "month", "year"]
FOUND, NOTHING = "act", "none"


@frozen
class UnitTables:
    """How many units have each pair of values, by variable, and how many are left out."""

    tables: dict[str, Counter[tuple[str, str]]]
    left_out: dict[str, int]


def unit_tables(a: History, b: History, unit: TimeUnit) -> UnitTables:
    """Compare stage and ban at the end of each unit, and whether a rule took an act in it."""
    first, last = _documented_by_both(a, b)
    tables: dict[str, Counter[tuple[str, str]]] = {
        "act": Counter(),
        "stage": Counter(),
        "ban": Counter(),
    }
    left_out = dict.fromkeys(tables, 0)
    if first > last:
        return UnitTables(tables=tables, left_out=left_out)
    for begin, end in _stretches(a, b, first, last):
        units = _ends_within(begin, end, unit)
        if not units:
            continue
        day = date.fromordinal(begin)
        one, other = a.on(day), b.on(day)
        for variable in ("stage", "ban"):
            values = _value(one, variable), _value(other, variable)
            if values[0] is None or values[1] is None:
                left_out[variable] += units
            else:
                tables[variable][values[0], values[1]] += units
    _acts(a, b, unit, first, last, tables["act"], left_out)
    return UnitTables(tables=tables, left_out=left_out)


def _documented_by_both(a: History, b: History) -> tuple[int, int]:
    """The first and the last day on which both surely have begun and neither has ended."""
    first = max(history.bounds[0][1] for history in (a, b))
    last = min(history.documented_until for history in (a, b)).toordinal()
    return first, last


def _stretches(a: History, b: History, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Split the days so that within each stretch neither answer turns."""
    days = {day for history in (a, b) for day in days_of_change(history) if first < day <= last}
    firsts = [first, *sorted(days)]
    yield from zip(firsts, [*(day - 1 for day in firsts[1:]), last], strict=True)


def _value(position: Position, variable: str) -> str | None:
    values = {str(getattr(spell, variable)) for spell in position.spells}
    return values.pop() if len(values) == 1 else None


def number_of(day: int, unit: TimeUnit) -> int:
    """Number the units of the calendar; a day has the number of the unit it lies in."""
    if unit == "day":
        return day
    when = date.fromordinal(day)
    return when.year if unit == "year" else when.year * 12 + when.month


def _ends_within(begin: int, end: int, unit: TimeUnit) -> int:
    """Count the units whose last day lies between two days, both included."""
    if end == date.max.toordinal():
        return number_of(end, unit) - number_of(begin, unit) + 1
    return number_of(end + 1, unit) - number_of(begin, unit)


def _acts(
    a: History,
    b: History,
    unit: TimeUnit,
    first: int,
    last: int,
    table: Counter[tuple[str, str]],
    left_out: dict[str, int],
) -> None:
    """Count the units in which each coding has an act that a rule took.

    Only units that end within the days compared count, as for stage and ban.
    """
    until = number_of(first, unit) + _ends_within(first, last, unit)
    units = range(number_of(first, unit), until)
    (sure, perhaps), (other, maybe) = (_units_of_acts(one, unit, units) for one in (a, b))
    open_units = (perhaps - sure) | (maybe - other)
    left_out["act"] = len(open_units)
    both, either = (sure & other) - open_units, (sure | other) - open_units
    table[FOUND, FOUND] = len(both)
    table[FOUND, NOTHING] = len(sure - other - open_units)
    table[NOTHING, FOUND] = len(other - sure - open_units)
    table[NOTHING, NOTHING] = len(units) - len(either) - len(open_units)


def _units_of_acts(history: History, unit: TimeUnit, units: range) -> tuple[set[int], set[int]]:
    """The units in which an act surely lies, and those in which one perhaps does."""
    sure: set[int] = set()
    perhaps: set[int] = set()
    for earliest, latest in history.bounds[1:]:
        begin, end = (number_of(_in_calendar(day), unit) for day in (earliest, latest))
        if begin == end:
            sure |= {begin} if begin in units else set()
        else:
            perhaps |= set(range(max(begin, units.start), min(end + 1, units.stop)))
    return sure, perhaps


def _in_calendar(day: int) -> int:
    return min(max(day, date.min.toordinal()), date.max.toordinal())
