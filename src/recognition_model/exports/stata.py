"""Tables as Stata files (`.dta`, format 118, for Stata 14 and later), with labels."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from recognition_model.analysis.edition import Edition
from recognition_model.exports.datapackage import write_tables
from recognition_model.exports.formats import Job
from recognition_model.exports.labelled import Limits, cut, letters, variables
from recognition_model.exports.statistics_file import labelled_file, without_time
from recognition_model.exports.table_schema import Table
from recognition_model.exports.written import Written

_RESERVED = (
    "_all _b _coef _cons _n _pi _pred _rc _skip _weight alias byte double float if in int long"
    " strl using with"
)
_STAMP = b"01 Jan 1980 00:00"


def months_since_1960(month: str) -> int:
    """Give Stata's number (`%tm`) of a month such as `2024-05`."""
    first = date.fromisoformat(f"{month}-01")
    return (first.year - 1960) * 12 + first.month - 1


STATA = Limits(
    program="Stata",
    name=32,
    coded_name=28,  # pyreadstat names the list of labels after the variable, with a number behind
    label=80,
    value_label=32_000,
    text=None,  # strL holds two billion bytes
    length=letters,
    first_day=date(100, 1, 1),
    reserved=" ".join([_RESERVED, *(f"str{length}" for length in range(1, 2046))]),
    month=months_since_1960,
)


def write(job: Job, stream: BinaryIO) -> Written | None:
    """Write one table as a Stata file, or all of them in a package."""
    return write_tables(job, stream, "dta", dta)


def dta(table: Table, edition: Edition) -> bytes:
    """Write a table as a Stata file. Texts of more than 2,045 bytes become `strL`.

    The label of the data has no room for the whole version: it names the record alone.
    Months are numbers in the format `%tm`. The same table gives the same bytes with the same
    release of pyreadstat.
    """
    made = variables(table, STATA)

    def file(pyreadstat: ModuleType, frame: Any, path: Path) -> None:
        pyreadstat.write_dta(
            frame,
            path,
            file_label=cut(f"{table.title}, record {edition.record}", STATA.label),
            column_labels=[one.label for one in made],
            version=14,
            variable_value_labels={one.name: dict(one.labels) for one in made if one.labels},
            variable_format={one.name: "%tm" for one in made if one.month},
        )

    data = labelled_file(table, made, STATA, file)
    opening = b"<timestamp>\x11"
    return without_time(data, data.index(opening) + len(opening), _STAMP)
