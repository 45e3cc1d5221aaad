"""Tables for export: fields with descriptions and constraints, rows, and CSV text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from types import MappingProxyType

from attrs import field, frozen

from recognition_model.core.base import Readable, Renamed

Cell = str | int | bool | date | None
Row = tuple[Cell, ...]


class Kind(Enum):
    """Type of a field, by its name in Table Schema."""

    TEXT = "string"
    COUNT = "integer"
    DAY = "date"
    FLAG = "boolean"


@frozen(kw_only=True, repr=False)
class Categories(Readable):
    """The permitted words of a column, each with its meaning; `ordered` if their order is a scale.

    `name` is the name of the list: several columns may share one. `rule` says how a coder decides
    between the words.
    """

    name: str
    meanings: Mapping[str, str] = field(eq=False)
    ordered: bool = False
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.meanings)}"


@frozen(kw_only=True, repr=False)
class Field(Readable):
    """One column: its type, what it means, and what it permits.

    `categories` are the permitted words; `parts` those of a column with several, separated by
    spaces. A `required` column is never empty. `unit` is the unit of a number, `rule` says how a
    coder decides the value, `example` is one.
    """

    name: str
    description: str
    kind: Kind = Kind.TEXT
    required: bool = False
    categories: Categories | None = None
    parts: Categories | None = None
    pattern: str = ""
    minimum: int | None = None
    unit: str = ""
    rule: str = ""
    example: str = ""
    told = Renamed("description")

    @property
    def values(self) -> tuple[str, ...]:
        """The permitted words, also of a number; none if anything is permitted."""
        return tuple(self.categories.meanings) if self.categories else ()

    def __str__(self) -> str:
        return f"{self.name} ({self.kind.value})"


@frozen(kw_only=True, repr=False)
class Table(Readable):
    """Rows under fields. `key` names the fields that identify a row.

    `links` maps fields that refer to another table to its name and fields.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(
        factory=lambda: MappingProxyType({})
    )
    rows: tuple[Row, ...] = ()
    told = Renamed("description")

    def csv(self) -> bytes:
        """Write CSV (RFC 4180, UTF-8): None becomes an empty cell, a formula gets an apostrophe."""
        heading = tuple(column.name for column in self.fields)
        return csv_text([heading, *map(_plain, self.rows)]).encode()

    def __str__(self) -> str:
        return f"{self.name}: {len(self.rows)} rows"


def _plain(row: Row) -> list[str | int]:
    return [_cell(value) for value in row]


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def words(values: Iterable[object]) -> str | None:
    """Join words into one cell with spaces; None for no words."""
    return " ".join(map(str, values)) or None


def text(name: str, description: str, **more: bool | str | Categories | None) -> Field:
    """Make a text column."""
    return Field(name=name, description=description, **more)  # type: ignore[arg-type]


def dated(
    name: str, description: str, *, required: bool = False, kept: str = ""
) -> tuple[Field, Field, Field]:
    """Make three columns for a date: as written, and the earliest and latest possible day.

    `kept` says what else narrows these days.
    """
    side = f"can be{kept}; empty if that side is open."
    return (
        Field(
            name=name, description=f"{description}, as written in the record.", required=required
        ),
        Field(
            name=f"{name}_earliest",
            description=f"The first day that `{name}` {side}",
            kind=Kind.DAY,
        ),
        Field(
            name=f"{name}_latest", description=f"The last day that `{name}` {side}", kind=Kind.DAY
        ),
    )


_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def csv_text(rows: Iterable[Sequence[str | int | float]]) -> str:
    """Write rows as CSV (RFC 4180). Text that looks like a formula gets a leading apostrophe."""
    import csv  # imported here because most commands write no CSV
    from io import StringIO

    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
