"""The codebook: every column and every value of the tables, as a table and as a page."""

import csv
import io
import re
from collections import Counter, defaultdict
from html.parser import HTMLParser

import pytest
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.core.dates import DateReading
from recognition_model.exports import TABLES, Kind, Table, export, table
from recognition_model.exports.codebook import codebook
from recognition_model.exports.column_history import BECAME, BEFORE, LATEST

LONG = "country_day"  # 250,000 rows, with the columns of the other panels

FREE = {
    "claimed",
    "states",
    "among",
    "group_named",
    "checked_over",
    "documented",
    "against",
    "sources",
    "old",
    "new",
    "reason",
    "in_table",
    "signal",
    "name",
    "title",
    "start_assumed",
    "doctrine",
    "because",
    "note",
    "contradiction",
    "claim",
    "publisher",
    "author",
    "url",
    "archive",
    "digest",
    "why",
    "reference",
    "meaning",
    "is_not",
    "example",
    "unit",
    "rule",
    "description",
    "language",
    "source",
    "subject",
    "aliases",
    "cameo",
    "example_date",
    "refers_to",
    "variable",
    "value",
    "since",
}
"""Columns of free text, of names, and of codes kept elsewhere."""


@pytest.fixture(scope="module")
def shipped() -> list[rm.Replay]:
    return [rm.replay(scenario) for scenario in rm.load_folder().all_scenarios]


@pytest.fixture(scope="module")
def made(shipped: list[rm.Replay]) -> dict[str, Table]:
    """Every table of the shipped record but the longest."""
    vocabulary = rm.load_folder().vocabulary
    return {name: table(name, shipped, vocabulary=vocabulary) for name in TABLES if name != LONG}


@pytest.fixture(scope="module")
def rows(made: dict[str, Table]) -> list[dict[str, object]]:
    book = made["codebook"]
    names = [column.name for column in book.fields]
    return [dict(zip(names, row, strict=True)) for row in book.rows]


def test_codebook_has_every_column_of_every_table_once(
    made: dict[str, Table], rows: list[dict[str, object]]
) -> None:
    found = Counter((row["in_table"], row["variable"]) for row in rows if row["value"] is None)
    wanted = {(name, column.name) for name, one in made.items() for column in one.fields}
    assert {key for key in found if key[0] != LONG} == wanted
    assert set(found.values()) == {1}


def test_codebook_has_every_value_that_a_list_column_holds(
    made: dict[str, Table], rows: list[dict[str, object]]
) -> None:
    known = defaultdict(set)
    for row in rows:
        if row["value"] is not None:
            known[row["in_table"], row["variable"]].add(row["value"])
    for name, one in made.items():
        for at, column in enumerate(one.fields):
            cells = {str(row[at]) for row in one.rows if row[at] is not None}
            if column.parts:
                cells = {word for cell in cells for word in cell.split()}
            if column.categories or column.parts:
                assert cells <= known[name, column.name], (name, column.name)


def test_every_row_of_the_codebook_says_what_it_means(rows: list[dict[str, object]]) -> None:
    assert all(str(row["meaning"]).strip() for row in rows)
    assert all(str(row["meaning"]).endswith(".") for row in rows if row["value"] is None)


def test_text_is_free_or_has_a_list_a_pattern_or_a_table(made: dict[str, Table]) -> None:
    dates = {f"{column.name}" for one in made.values() for column in one.fields}
    for name, one in made.items():
        linked = {column for columns in one.links for column in columns}
        for column in one.fields:
            free = column.name in FREE or f"{column.name}_earliest" in dates
            told = column.categories or column.parts or column.pattern
            own = column.name in one.key
            assert column.kind is not Kind.TEXT or any((told, column.name in linked, free, own)), (
                name,
                column.name,
            )


def test_every_number_has_a_unit(made: dict[str, Table]) -> None:
    lacking = [
        f"{name}.{column.name}"
        for name, one in made.items()
        for column in one.fields
        if column.kind is Kind.COUNT and not (column.unit or column.categories)
    ]
    assert lacking == []


def test_ordered_lists_number_their_values_from_zero(rows: list[dict[str, object]]) -> None:
    stages = [
        (row["value"], row["place"])
        for row in rows
        if (row["in_table"], row["variable"]) == ("spells", "stage") and row["value"]
    ]
    assert stages == [
        ("hostile", 0),
        ("banned", 1),
        ("engaged", 2),
        ("delisted", 3),
        ("ambassador_accepted", 4),
        ("de_jure_recognition", 5),
    ]
    bans = [row for row in rows if row["variable"] == "ban" and row["value"]]
    assert {row["place"] for row in bans} == {None}


def test_examples_are_values_of_the_column(
    made: dict[str, Table], rows: list[dict[str, object]]
) -> None:
    book = {(row["in_table"], row["variable"]): row["example"] for row in rows if not row["value"]}
    spells = made["spells"]
    stage = [column.name for column in spells.fields].index("stage")
    assert book["spells", "stage"] == spells.rows[0][stage]


def test_columns_of_the_release_before_are_there_or_have_an_end(made: dict[str, Table]) -> None:
    now = {name: {column.name for column in one.fields} for name, one in made.items()}
    now[LONG] = {column.name for column in table(LONG, []).fields}
    gone = {(name, column) for name in BEFORE for column in {*BEFORE[name]} - now.get(name, set())}
    assert gone == set(BECAME)


def test_new_columns_name_the_release_with_which_they_came(rows: list[dict[str, object]]) -> None:
    since = {(row["in_table"], row["variable"]): row["since"] for row in rows}
    assert since["countries", "kind"] == LATEST
    assert since["changes", "act"] is None


def test_codebook_of_one_table_has_a_row_for_each_column_with_unit_meaning_and_release() -> None:
    of = table("changes", [])
    whole = table("codebook", [])
    names = [column.name for column in whole.fields]
    made = [dict(zip(names, row, strict=True)) for row in codebook([of]).rows]
    columns = [row for row in made if row["in_table"] == "changes" and row["value"] is None]
    assert [row["variable"] for row in columns] == [column.name for column in of.fields]
    for row, column in zip(columns, of.fields, strict=True):
        assert (row["unit"] or "", row["meaning"]) == (column.unit, column.description)
        assert row["since"] == (None if column.name in BEFORE["changes"] else LATEST)
    assert {row["since"] for row in columns} == {None, LATEST}


# --- the page ------------------------------------------------------------------------------------


def test_every_table_of_the_markdown_page_has_cells_for_its_columns(
    replay_of: ReplayOf,
) -> None:
    replay = replay_of("- {act: engage, date: 2022-01, note: 'a | b', evidence: [$host]}\n")
    text = export("codebook", [replay], "md").decode()
    width = 0
    for line in text.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line))
        if not line.startswith("|"):
            width = 0
        elif width:
            assert cells == width, line
        else:
            width = cells
    assert "a \\| b" in text


class Page(HTMLParser):
    """Collects ids, links to them, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"]] if found.get("href") else []
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_links_of_the_html_page_lead_to_its_parts(replay_of: ReplayOf) -> None:
    replay = replay_of("- {act: engage, date: 2022-01, note: <b>, evidence: [$host]}\n")
    page = Page()
    text = export("codebook", [replay], "html").decode()
    page.feed(text)
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert "&lt;b&gt;" in text


def test_the_csv_ending_holds_the_table(shipped: list[rm.Replay], made: dict[str, Table]) -> None:
    some = shipped[:2]
    found = list(csv.reader(io.StringIO(export("codebook", some, "csv").decode(), newline="")))
    assert found[0] == [column.name for column in made["codebook"].fields]
    assert len(found) == 1 + len(table("codebook", some).rows)


@pytest.mark.parametrize(
    ("dates", "words"), [("all", "a cell is empty where readings differ"), ("latest", "latest day")]
)
def test_page_says_how_the_panels_read_dates(
    dates: DateReading, words: str, replay_of: ReplayOf
) -> None:
    replay = replay_of("- {act: engage, date: 2022-01, evidence: [$host]}\n")
    assert words in export("codebook", [replay], "md", dates=dates).decode()
