"""Tables as SPSS files (`.sav`), with labels and levels of measurement."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import wrap
from types import ModuleType
from typing import Any, BinaryIO

from recognition_model.analysis.edition import Edition
from recognition_model.exports.datapackage import write_tables
from recognition_model.exports.formats import Job
from recognition_model.exports.labelled import Limits, cut, octets, variables
from recognition_model.exports.statistics_file import labelled_file, without_time
from recognition_model.exports.table_schema import Table
from recognition_model.exports.written import Written

SPSS = Limits(
    program="SPSS",
    name=64,
    coded_name=64,
    label=256,
    value_label=120,
    text=32_767,
    length=octets,
    first_day=date(1582, 10, 15),
    reserved="all and by eq ge gt le lt ne not or to with",
)
_FILE_LABEL, _LINE = 64, 80
_CREATED, _STAMP = 92, b"01 Jan 8000:00:00"  # place of date and time in the header, and ours


def write(job: Job, stream: BinaryIO) -> Written | None:
    """Write one table as an SPSS file, or all of them in a package."""
    return write_tables(job, stream, "sav", sav)


def sav(table: Table, edition: Edition) -> bytes:
    """Write a table as an SPSS file; months are texts.

    The notes give the version of the data and describe every variable.

    The same table gives the same bytes with the same release of pyreadstat. Raises `DoesNotFit`
    for a text of more than 32,767 bytes or a day before 1582-10-15.
    """
    made = variables(table, SPSS)
    about = [table.description, f"{edition}.", f"Version {edition.version}", edition.without]
    notes = [*filter(None, about), *(f"{one.name}: {one.column.description}" for one in made)]

    def file(pyreadstat: ModuleType, frame: Any, path: Path) -> None:
        pyreadstat.write_sav(
            frame,
            path,
            file_label=cut(table.title, _FILE_LABEL, octets),
            column_labels=[one.label for one in made],
            row_compress=True,
            note=[line for note in notes for line in wrap(note, _LINE)],
            variable_value_labels={one.name: dict(one.labels) for one in made if one.labels},
            variable_measure={one.name: one.measure for one in made},
        )

    return without_time(labelled_file(table, made, SPSS, file), _CREATED, _STAMP)
