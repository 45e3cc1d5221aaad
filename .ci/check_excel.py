"""Excel workbooks, read back with openpyxl. `nox -s consumers` runs this."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape
from round_trip import TABLES, exported, in_an_empty_folder, same

from recognition_model.exports import Field, Kind, Table
from recognition_model.exports.excel import LEFT_OUT, workbook


def plain(cell: object) -> object:
    """A cell as Excel shows it: openpyxl leaves escapes such as `_x005F_` to its user."""
    if isinstance(cell, str):
        return unescape(cell)
    return cell.date() if isinstance(cell, datetime) else cell


def check(table: Table, book: Workbook) -> None:
    sheet = book[table.name]
    assert sheet.freeze_panes == "A2"
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head] == [column.name for column in table.fields]
    same(table, [[plain(cell.value) for cell in row] for row in rows], "openpyxl")
    assert not any(cell.data_type == "f" or cell.hyperlink for row in rows for cell in row)


def hard_cases() -> None:
    """Text that looks like a formula, a number, a date, a link or an escape stays text."""
    texts = (
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "http://example.org",
        "2024-05",
        "0123",
        "_x0041_",
        "Кабул\n",
    )
    fields = (
        Field(name="text", description="T."),
        Field(name="day", description="D.", kind=Kind.DAY),
    )
    days = (date(1900, 1, 1), date(1900, 3, 1), date(9999, 12, 31))
    rows = tuple((text, days[at % 3]) for at, text in enumerate(texts))
    table = Table(name="t", title="T", description="T.", fields=fields, key=("text",), rows=rows)
    check(table, load_workbook(BytesIO(workbook([table], {}))))
    early = Table(
        name="t",
        title="T",
        description="T.",
        fields=fields,
        key=("text",),
        rows=(("a", date(1899, 12, 31)),),
    )
    sheet = load_workbook(BytesIO(workbook([early], {})))["t"]
    assert sheet["B2"].value == "1899-12-31"


def main() -> None:
    book = load_workbook(exported("excel", "record.xlsx"))
    names = [name for name in TABLES if name != LEFT_OUT]
    assert book.sheetnames == ["about", *names, "columns"]
    for name in names:
        check(TABLES[name], book)
    exported("csv", "one.csv", "--table", "sources", "--excel")
    assert Path("one.csv").read_bytes().startswith(b"\xef\xbb\xbfsource,")
    hard_cases()
    print("a workbook of Excel: openpyxl reads the same, text as text and days as days")


if __name__ == "__main__":
    in_an_empty_folder(main)
