"""The codebook: every variable and value of the tables, with meaning, unit, rule and example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import frozen

from recognition_model.core.dates import DateReading
from recognition_model.exports.column_history import LATEST, is_new
from recognition_model.exports.table_schema import Categories, Cell, Field, Kind, Row, Table, text

SEARCHED = 500
"""How many rows are searched for an example of a column."""
MOST_LETTERS = 80
TYPES = Categories(
    name="type",
    meanings={
        "text": "Any text.",
        "words": "One of a list of words, or several of them, separated by spaces.",
        "number": "A whole number.",
        "day": "A day of the Gregorian calendar: 2024-05-27.",
        "flag": "true or false.",
    },
)
_TYPES = {Kind.TEXT: "text", Kind.COUNT: "number", Kind.DAY: "day", Kind.FLAG: "flag"}


@frozen(kw_only=True)
class Variable:
    """One column of a table, as the codebook describes it."""

    table: Table
    field: Field
    example: str

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def categories(self) -> Categories | None:
        """The list of words that it permits, alone or several in a cell."""
        return self.field.categories or self.field.parts

    @property
    def type(self) -> str:
        """A word of `TYPES`."""
        if self.field.kind is Kind.TEXT and self.categories:
            return "words"
        return _TYPES[self.field.kind]

    @property
    def refers_to(self) -> str:
        """The table and the column whose values it takes; empty if there is none."""
        for mine, (table, theirs) in self.table.links.items():
            if self.name in mine:
                return f"{table}.{theirs[mine.index(self.name)]}"
        return ""

    @property
    def rule(self) -> str:
        """How a coder decides the value: the rule of the column, or that of its list."""
        rules = (self.field.rule, self.categories.rule if self.categories else "")
        return next(filter(None, rules), "")

    @property
    def new(self) -> bool:
        """Whether it came with the latest release."""
        return is_new(self.table.name, self.name)


def variables(tables: Iterable[Table]) -> Iterator[Variable]:
    """Describe every column of every table, in order."""
    for table in tables:
        some = tuple(islice(table.iter_rows(), SEARCHED))
        for at, column in enumerate(table.fields):
            yield Variable(table=table, field=column, example=_example(column, at, some))


def _example(column: Field, at: int, rows: Sequence[Row]) -> str:
    """Give an example: that of the field, or the first value of the data, cut if it is long."""
    found = column.example or next((_shown(row[at]) for row in rows if row[at] is not None), "")
    return found if len(found) <= MOST_LETTERS else f"{found[: MOST_LETTERS - 1].rstrip()}…"


def _shown(cell: Cell) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


_FIELDS = (
    Field(
        name="number",
        description="Number of the row, from 1.",
        kind=Kind.COUNT,
        minimum=1,
        unit="row",
    ),
    text("in_table", "Name of the table.", required=True),
    text("variable", "Name of the column.", required=True),
    text("value", "One value of the column; empty in the row of the column itself."),
    Field(
        name="place",
        description="Place of the value in an ordered list, from 0. Differences between places"
        " have no meaning.",
        kind=Kind.COUNT,
        minimum=0,
        unit="place",
    ),
    text("type", "Type of the column.", categories=TYPES),
    text("unit", "Unit of a number."),
    text("meaning", "What the column or the value means.", required=True),
    text("rule", "How a coder decides the value."),
    text("refers_to", "Table and column whose values it takes."),
    text("example", "An example: the first value in the data. A long text ends with …."),
    text("since", "The release of the data with which a new column came. Empty for older ones."),
)


def codebook(tables: Sequence[Table]) -> Table:
    """Build the codebook as a table: a row for each column of the tables, and for each value."""
    itself = _table(())
    rows: list[Row] = []
    for variable in variables((*tables, itself)):
        since = LATEST if variable.new else None
        row: tuple[Cell, ...] = (variable.table.name, variable.name, None, None, variable.type)
        row += (variable.field.unit or None, variable.field.description, variable.rule or None)
        rows.append((*row, variable.refers_to or None, variable.example or None, since))
        listed = variable.categories
        for at, (word, meaning) in enumerate(listed.meanings.items() if listed else ()):
            place = at if listed and listed.ordered else None
            of_value: tuple[Cell, ...] = (variable.table.name, variable.name, word, place)
            rows.append((*of_value, None, None, meaning, None, None, None, since))
    return _table(tuple((at, *row) for at, row in enumerate(rows, start=1)))


def _table(rows: tuple[Row, ...]) -> Table:
    return Table(
        name="codebook",
        title="Codebook",
        description="Every column of every table, and every value that a list permits.",
        fields=_FIELDS,
        key=("number",),
        rows=rows,
    )


READINGS: dict[DateReading, str] = {
    "all": "Panels leave uncertain dates open: a cell is empty where readings differ.",
    "earliest": "Panels read every uncertain date at its earliest day.",
    "latest": "Panels read every uncertain date at its latest day.",
}
