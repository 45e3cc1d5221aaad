"""Stata and SPSS files, read back with pyreadstat: values, labels, dates, long texts.

`nox -s consumers` runs this. R reads the same files in `check_r.py`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
from round_trip import TABLES, exported, in_an_empty_folder

from recognition_model.analysis.edition import Edition
from recognition_model.exports import Field, Kind, Table
from recognition_model.exports.labelled import Limits, Variable, variables
from recognition_model.exports.spss import SPSS, sav
from recognition_model.exports.stata import STATA, dta

READERS: dict[str, tuple[Limits, Callable[..., Any]]] = {
    "dta": (STATA, pyreadstat.read_dta),
    "sav": (SPSS, pyreadstat.read_sav),
}


def expected(one: Variable, cell: object) -> object:
    """What a reader gives for a cell: an empty text is "", and a flag is its label."""
    if one.is_text:
        return cell or ""
    return ("no", "yes")[cell] if isinstance(cell, bool) else cell


def read_back(one: Variable, value: Any) -> object:
    """A value as it was before it was written, but for `expected`."""
    if value is None or (value == "" and not one.is_text):
        return None
    if one.column.kind is Kind.DAY:
        return value if isinstance(value, date) else date(1582, 10, 14) + timedelta(seconds=value)
    if one.month:
        return f"{1960 + int(value) // 12:04}-{int(value) % 12 + 1:02}"
    if one.is_text or one.codes:
        return value
    return ("no", "yes")[int(value)] if one.column.kind is Kind.FLAG else int(value)


def check(table: Table, path: Path, ending: str) -> None:
    limits, reader = READERS[ending]
    made = variables(table, limits)
    frame, about = reader(str(path), output_format="polars")
    assert frame.columns == [one.name for one in made], path
    assert about.column_labels == [one.label for one in made], path
    labels = {one.name: dict(one.labels) for one in made if one.labels}
    assert about.variable_value_labels == labels, path
    for one in made:
        if one.column.kind is Kind.DAY and frame[one.name].null_count() < frame.height:
            assert frame.schema[one.name] == pl.Date, (path, one.name, frame.schema[one.name])
    words = {one.name: one.labels for one in made if one.codes}
    rows = [
        tuple(
            read_back(one, words[one.name].get(cell, cell) if one.codes else cell)
            for one, cell in zip(made, row, strict=True)
        )
        for row in frame.iter_rows()
    ]
    wanted = [
        tuple(expected(one, cell) for one, cell in zip(made, row, strict=True))
        for row in table.iter_rows()
    ]
    for mine, theirs in zip(wanted, rows, strict=True):
        assert mine == theirs, (path, mine, theirs)


def packages() -> None:
    for form, ending in (("stata", "dta"), ("spss", "sav")):
        with zipfile.ZipFile(exported(form, f"{form}.zip")) as archive:
            archive.extractall(form)
        for name, table in TABLES.items():
            check(table, Path(form, f"{name}.{ending}"), ending)


def hard_cases() -> None:
    """Long texts, other scripts, days at the ends of a calendar, large numbers, no rows."""
    fields = (
        Field(name="key", description="K.", kind=Kind.COUNT, required=True),
        Field(name="long", description="L."),
        Field(name="day", description="D.", kind=Kind.DAY),
        Field(name="large", description="A number.", kind=Kind.COUNT),
        Field(name="if", description="A name that Stata reserves."),
        Field(name="to", description="A name that SPSS reserves."),
        Field(name="a_name_of_more_than_thirty_two_letters", description="N.", kind=Kind.FLAG),
    )
    rows = (
        (1, "ö" * 1022, date(1582, 10, 15), 2**31 - 28, "Кабул", "کابل", True),
        (2, "ö" * 16_383, date(9999, 12, 31), -1, 'a "b"\nc', "=1+1", False),
        (3, None, None, None, None, None, None),
    )
    made_from = Edition(record="0", rules="0", program="0", countries={})
    for some, table_rows in (("some", rows), ("none", ())):
        table = Table(
            name=some, title=some, description=some, fields=fields, key=("key",), rows=table_rows
        )
        for write, ending in ((dta, "dta"), (sav, "sav")):
            path = Path(f"{some}.{ending}")
            path.write_bytes(write(table, made_from))
            check(table, path, ending)
    assert b"strL" in Path("some.dta").read_bytes() or b"GSO" in Path("some.dta").read_bytes()


def main() -> None:
    packages()
    hard_cases()
    print(f"{len(TABLES)} tables as Stata and SPSS files: pyreadstat reads the same with labels")


if __name__ == "__main__":
    in_an_empty_folder(main)
