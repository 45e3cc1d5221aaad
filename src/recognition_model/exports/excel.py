"""Tables as an Excel workbook. The only module that imports XlsxWriter (an optional extra).

Text is text: nothing becomes a formula, a link or a number. Days are days of Excel; a day before
1900, which Excel does not have, is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from tempfile import gettempdir
from typing import Any

from recognition_model.core.citing import LICENCE, TITLE
from recognition_model.exports.catalogue import package_tables, table_of
from recognition_model.exports.formats import DoesNotFit, Job, NeedsLibrary
from recognition_model.exports.labelled import cell_in_words
from recognition_model.exports.scratch import full
from recognition_model.exports.table_schema import Cell, Field, Kind, Table

LEFT_OUT = "country_day"
"""Table that only a workbook of its own holds: its rows are too many to look at in Excel."""
_MOST_ROWS, _MOST_LETTERS = 1_048_576, 32_767
_FIRST_YEAR = 1900
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - Excel's times have no zone
_WIDTHS = {Kind.TEXT: 24, Kind.COUNT: 10, Kind.DAY: 12, Kind.FLAG: 9}
_ABOUT = (
    Field(name="name", description="What is said."),
    Field(name="value", description="The value."),
)
_COLUMNS = (
    Field(name="table", description="The sheet."),
    Field(name="column", description="The column."),
    Field(name="type", description="Its type."),
    Field(name="description", description="What it means."),
    Field(name="values", description="The permitted words."),
)


def write(job: Job) -> bytes:
    """A workbook of all tables but `LEFT_OUT`, or of the one that `only` names."""
    made = (table_of(job.only, job.given),) if job.only else package_tables(job.given)
    if job.only is None and job.given.unit is None:
        made = tuple(table for table in made if table.name != LEFT_OUT)
    edition = job.edition
    about = {
        "version": edition.version,
        "made from": str(edition),
        "without": edition.without,
        "license": f"{LICENCE.name}, {LICENCE.url}" if job.ours else "",
        "left out": "" if job.only or job.given.unit else f"{LEFT_OUT}: see `--table {LEFT_OUT}`",
    }
    return workbook(made, {name: value for name, value in about.items() if value})


def workbook(tables: Sequence[Table], about: dict[str, str]) -> bytes:
    """Write a workbook: a sheet `about`, one sheet per table, and a sheet `columns`.

    The same tables give the same bytes with the same release of XlsxWriter and of zlib. Raises
    `NeedsLibrary` without XlsxWriter, `DoesNotFit` for what a sheet cannot hold, and `NotWritten`
    if the disk is full: XlsxWriter keeps sheets in temporary files.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise NeedsLibrary("Excel workbooks need XlsxWriter", "excel") from None
    for one in tables:
        _require_fit(one)
    stream = BytesIO()
    try:
        _fill(xlsxwriter.Workbook(stream, {"constant_memory": True}), tables, about)
    except xlsxwriter.exceptions.FileCreateError as error:
        cause = error.args[0]
        raise full(getattr(cause, "strerror", None) or str(error), gettempdir()) from error
    return stream.getvalue()


def _fill(workbook: Any, tables: Sequence[Table], about: dict[str, str]) -> None:
    with workbook as book:
        book.set_properties({"title": TITLE, "created": _CREATED})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        says = [*about.items(), *((f"sheet {one.name}", one.description) for one in tables)]
        _sheet(book, styles, "about", _ABOUT, says)
        for one in tables:
            _sheet(book, styles, one.name, one.fields, one.rows)
        _sheet(book, styles, "columns", _COLUMNS, [row for one in tables for row in _columns(one)])


def _sheet(
    book: Any, styles: dict[str, Any], name: str, fields: Sequence[Field], rows: Any
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(fields):
        sheet.set_column(at, at, _WIDTHS[column.kind])
        sheet.write_string(0, at, column.name, styles["head"])
    last = 0
    for last, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            _write(sheet, last, at, cell, styles["day"])
    sheet.autofilter(0, 0, last, len(fields) - 1)


def _write(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, cell, day)
    else:
        sheet.write_string(row, column, str(cell))


def _columns(table: Table) -> list[tuple[Cell, ...]]:
    return [
        (table.name, one.name, one.kind.value, one.description, ", ".join(one.values) or None)
        for one in table.fields
    ]


def _require_fit(table: Table) -> None:
    """Raise `DoesNotFit` if a sheet cannot hold a table: XlsxWriter would leave cells out."""
    if len(table) >= _MOST_ROWS:
        few = f"a sheet of Excel holds {_MOST_ROWS:,} rows, {table.name} has {len(table):,}"
        raise DoesNotFit(f"{few}: name fewer countries, or write csv or parquet")
    for row in table.iter_rows():
        for column, cell in zip(table.fields, row, strict=True):
            if isinstance(cell, str) and len(cell) > _MOST_LETTERS:
                most = f"a cell of Excel holds {_MOST_LETTERS:,} letters"
                raise DoesNotFit(f"{most}: see {cell_in_words(table, row, column)}")
