"""A workbook of Excel, read back from its parts in XML."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from errno import ENOSPC
from tempfile import gettempdir
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from support.pictured import act, record

from recognition_model.core.citing import TITLE
from recognition_model.exports import Field, Kind, Table, export
from recognition_model.exports.excel import workbook
from recognition_model.exports.formats import DoesNotFit
from recognition_model.exports.table_rows import Run, Runs
from recognition_model.io.atomic import NotWritten

xlsxwriter = pytest.importorskip("xlsxwriter", reason="the extra `excel`")

SPACES = {
    "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
MADE = record(act("engage", "2022-03-01"), until="2022-12-31")
FIELDS = (
    Field(name="text", description="T."),
    Field(name="number", description="N.", kind=Kind.COUNT),
    Field(name="day", description="D.", kind=Kind.DAY),
    Field(name="flag", description="F.", kind=Kind.FLAG),
)
ROWS = (
    ("=1+1", 7, date(2022, 3, 1), True),
    ("b", 0, date(1899, 12, 31), False),
    (None, None, None, None),
    ("d", -3, date(1900, 3, 1), None),
)


def made(*rows: tuple[Any, ...]) -> Table:
    return Table(
        name="made", title="Made", description="M.", fields=FIELDS, key=("text",), rows=rows
    )


class Book:
    """The parts of a workbook."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {n: archive.read(n) for n in archive.namelist() if n.endswith("xml")}
        told = self.part("xl/workbook.xml").iterfind(".//x:sheet", SPACES)
        self.sheets = {str(one.get("name")): n for n, one in enumerate(told, start=1)}

    def part(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])

    def sheet(self, name: str) -> ET.Element:
        return self.part(f"xl/worksheets/sheet{self.sheets[name]}.xml")

    def cells(self, name: str) -> dict[str, Any]:
        """The values of a sheet by their place; a day is a number, as in the file."""
        found: dict[str, Any] = {}
        for cell in self.sheet(name).iterfind(".//x:c", SPACES):
            text = cell.findtext("x:is/x:t", None, SPACES)
            value = cell.findtext("x:v", None, SPACES)
            if cell.get("t") == "b":
                found[str(cell.get("r"))] = value == "1"
            elif value is not None:
                found[str(cell.get("r"))] = float(value)
            else:
                found[str(cell.get("r"))] = text
        return found


def excel_day(day: date) -> float:
    """The number of a day from 1 March 1900 on: Excel counts 29 February 1900."""
    return (day - date(1899, 12, 30)) / timedelta(days=1)


def test_cells_stand_in_their_row_and_column_as_text_number_day_or_flag() -> None:
    found = Book(workbook([made(*ROWS)], {})).cells("made")
    places = [f"{letter}{row}" for row in range(1, 6) for letter in "ABCD"]
    march, later = excel_day(date(2022, 3, 1)), excel_day(date(1900, 3, 1))
    wanted = [
        *("text", "number", "day", "flag"),
        *("=1+1", 7, march, True),
        *("b", 0, "1899-12-31", False),
        *(None, None, None, None),
        *("d", -3, later, None),
    ]
    assert [found.get(place) for place in places] == wanted
    assert set(found) <= set(places)


def test_head_stays_in_sight_and_all_rows_can_be_filtered() -> None:
    sheet = Book(workbook([made(*ROWS)], {})).sheet("made")
    pane = sheet.find(".//x:pane", SPACES)
    assert pane is not None
    assert (pane.get("topLeftCell"), pane.get("ySplit"), pane.get("state")) == ("A2", "1", "frozen")
    chosen = sheet.find("x:autoFilter", SPACES)
    assert chosen is not None
    assert chosen.get("ref") == "A1:D5"


def test_days_are_shown_as_in_iso_8601_and_fit_into_their_columns() -> None:
    book = Book(workbook([made(*ROWS)], {}))
    day = book.sheet("made").find(".//x:c[@r='C2']", SPACES)
    assert day is not None
    styles = book.part("xl/styles.xml")
    style = styles.findall("x:cellXfs/x:xf", SPACES)[int(str(day.get("s")))]
    form = styles.find(f"x:numFmts/x:numFmt[@numFmtId='{style.get('numFmtId')}']", SPACES)
    assert form is not None
    assert form.get("formatCode") == "yyyy-mm-dd"
    widths = [float(str(c.get("width"))) for c in book.sheet("made").iterfind(".//x:col", SPACES)]
    # A day has ten signs. A text gets more room than a day, and a day more than a flag.
    assert widths[0] > widths[2] > len("2022-03-01")
    assert widths[2] > widths[3]


def test_workbook_has_the_title_of_the_record_and_no_time_of_its_own() -> None:
    told = Book(workbook([made()], {})).part("docProps/core.xml")
    assert told.findtext("dc:title", None, SPACES) == TITLE
    assert told.findtext("dcterms:created", None, SPACES) == "1980-01-01T00:00:00Z"


def test_workbook_describes_itself_its_sheets_and_their_columns() -> None:
    book = Book(workbook([made(*ROWS)], {"version": "1"}))
    assert [*book.sheets] == ["about", "made", "columns"]
    assert list(book.cells("about").values()) == [
        *("name", "value"),
        *("version", "1"),
        *("sheet made", "M."),
    ]
    assert list(book.cells("columns").values()) == [
        *("table", "column", "type", "description", "values"),
        *("made", "text", "string", "T."),
        *("made", "number", "integer", "N."),
        *("made", "day", "date", "D."),
        *("made", "flag", "boolean", "F."),
    ]


def test_workbook_of_a_record_has_a_sheet_for_each_table_but_the_panel_of_days() -> None:
    sheets = [*Book(export("excel", [MADE], "xlsx")).sheets]
    assert "country_month" in sheets
    assert "country_day" not in sheets
    one = [*Book(export("excel", [MADE], "xlsx", only="country_day")).sheets]
    assert one == ["about", "country_day", "columns"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, {"left out": "country_day: see `--table country_day`"}),
        ({"only": "spells"}, {}),
        ({"unit": "year"}, {}),
        ({"ours": True, "only": "spells"}, {"license": "CC-BY-4.0, https://creativecommons.org/"}),
    ],
)
def test_sheet_about_says_what_the_workbook_is_made_from_and_lacks(
    options: dict[str, Any], said: dict[str, str]
) -> None:
    cells = list(Book(export("excel", [MADE], "xlsx", **options)).cells("about").values())
    told = dict(zip(cells[2::2], cells[3::2], strict=True))
    about = {name: value for name, value in told.items() if not name.startswith("sheet ")}
    assert set(about) == {"version", "made from", *said}
    assert about["version"].startswith("0.0.0-own+record.")
    assert about["made from"].startswith("recognition_model ")
    assert all(about[name].startswith(text) for name, text in said.items())


@pytest.mark.parametrize(("rows", "fits"), [(1_048_575, True), (1_048_576, False)])
def test_sheet_of_excel_holds_1048576_rows_with_its_head(*, rows: int, fits: bool) -> None:
    many = Table(
        name="made",
        title="Made",
        description="M.",
        fields=FIELDS[:1],
        key=("text",),
        rows=Runs(lambda: iter([Run(("a",))]), lambda: rows),
    )
    if fits:
        assert workbook([many], {})
        return
    with pytest.raises(DoesNotFit, match=r"holds 1,048,576 rows, made has 1,048,576: name fewer"):
        workbook([many], {})


@pytest.mark.parametrize(("letters", "fits"), [(32_767, True), (32_768, False)])
def test_cell_of_excel_holds_32767_letters(*, letters: int, fits: bool) -> None:
    long = made(("a" * letters, None, None, None))
    if fits:
        assert len(Book(workbook([long], {})).cells("made")["A2"]) == letters
        return
    with pytest.raises(DoesNotFit, match="a cell of Excel holds 32,767 letters: see text of"):
        workbook([long], {})


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (OSError(ENOSPC, "No space left on device"), "No space left on device"),
        ("a folder is gone", "a folder is gone"),
    ],
)
def test_workbook_that_cannot_be_written_says_why_and_names_the_temporary_folder(
    cause: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = xlsxwriter.Workbook.close

    def refuse(book: object) -> None:
        close(book)  # so that no temporary file stays open
        raise xlsxwriter.exceptions.FileCreateError(cause)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", refuse)
    with pytest.raises(NotWritten) as caught:
        workbook([made(*ROWS)], {})
    assert said in str(caught.value)
    assert gettempdir() in str(caught.value.filename)
