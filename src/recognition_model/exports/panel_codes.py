"""Columns of a panel that identify a country on a day, and their cells."""

from __future__ import annotations

from recognition_model.exports.long_tables import CODE
from recognition_model.exports.state_codes import AFGHANISTAN, Frame, number_on
from recognition_model.exports.table_rows import Row
from recognition_model.exports.table_schema import Field, Kind
from recognition_model.exports.units import Unit

_LISTS = {
    Frame.COW: "Number in the Correlates of War project's State System Membership",
    Frame.GW: "Number in Gleditsch and Ward's list of independent states",
}
_RULES = {
    Frame.COW: "Before October 1990 Germany has the number of West Germany, before May 1990 Yemen"
    " that of North Yemen.",
    Frame.GW: "Before June 2006 Serbia has the number of Yugoslavia.",
}


def code_fields(unit: Unit) -> tuple[Field, ...]:
    """Make the columns for the cells of `code_cells`."""
    day = "the day" if unit is Unit.DAY else "`day`"
    numbers = tuple(
        Field(
            name=frame.value,
            description=f"{says} on {day}. Empty if the list does not have the country then.",
            kind=Kind.COUNT,
            unit="code",
            rule=_RULES[frame],
            example="365",
        )
        for frame, says in _LISTS.items()
    )
    return (CODE, *numbers, *(_dyad_fields() if unit is Unit.YEAR else ()))


def _dyad_fields() -> tuple[Field, ...]:
    described = {
        "ccode1": ("`cow` again, as the first state of a directed dyad.", "365"),
        "ccode2": ("Number of Afghanistan in `cow`, the second state of the dyad.", "700"),
        "gwcode1": ("`gw` again, as the first state of a directed dyad.", "365"),
        "gwcode2": ("Number of Afghanistan in `gw`, the second state of the dyad.", "700"),
        "dyad": ("Number of the directed dyad: `ccode1` times 1000, plus `ccode2`.", "365700"),
    }
    return tuple(
        Field(name=name, description=text, kind=Kind.COUNT, unit="code", example=example)
        for name, (text, example) in described.items()
    )


def code_cells(country: str, day: int, unit: Unit) -> Row:
    """Give the codes of a country on a day (an ordinal); for years, those of its dyad too.

    Afghanistan is in no dyad with itself.
    """
    cow, gw = (number_on(frame, country, day) for frame in Frame)
    if unit is not Unit.YEAR:
        return country, cow, gw
    if country == AFGHANISTAN:
        return country, cow, gw, None, None, None, None, None
    other, other_gw = (number_on(frame, AFGHANISTAN, day) for frame in Frame)
    dyad = None if cow is None or other is None else 1000 * cow + other
    return country, cow, gw, cow, other, gw, other_gw, dyad
