"""Rows of a panel for states of the system where they have no record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from recognition_model.exports.panel_codes import code_cells
from recognition_model.exports.state_codes import Frame, number_on, turns
from recognition_model.exports.table_rows import Row, Run
from recognition_model.exports.units import Unit


def sections(
    unit: Unit, begins: int, ends: int, covered: tuple[int, int] | None
) -> Iterator[tuple[int, int, bool]]:
    """Divide the days of a frame: before a record, within it (true), and after it.

    `covered` are the first and the last day of the record. It takes its first and its last unit
    whole. Days are ordinals.
    """
    if covered is None:
        yield begins, ends, False
        return
    first, last = map(date.fromordinal, covered)
    before, after = unit.first_day(first).toordinal() - 1, unit.last_day(last).toordinal() + 1
    if begins <= before:
        yield begins, before, False
    yield *covered, True
    if after <= ends:
        yield after, ends, False


def outside(
    country: str, unit: Unit, frame: Frame, first: int, last: int, nothing: Row
) -> Iterator[Run]:
    """Yield the rows of the units from `first` to `last` in which the country is a member.

    A country is in a unit if it is a member on the day that its row describes. `nothing` are the
    cells behind the unit.
    """
    if unit is Unit.DAY:
        firsts = sorted({first, *(day for day in turns(country) if first < day <= last)})
        for begin, end in zip(firsts, [*firsts[1:], last + 1], strict=True):
            if number_on(frame, country, begin) is not None:
                head = (*code_cells(country, begin, unit), date.fromordinal(begin))
                yield Run((*head, *nothing), end - begin)
        return
    day = first
    while day <= last:
        begins = date.fromordinal(day)
        end = unit.last_day(begins).toordinal()
        on = min(end, last)
        if number_on(frame, country, on) is not None:
            head = (*code_cells(country, on, unit), unit.label(begins), date.fromordinal(on))
            yield Run((*head, *nothing))
        day = end + 1
