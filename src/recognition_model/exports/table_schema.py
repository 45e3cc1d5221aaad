"""A table: named fields with what they mean and may hold, and rows. Text for a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from types import MappingProxyType

from attrs import field, frozen

from recognition_model.core.base import Readable

Cell = str | int | bool | date | None
Row = tuple[Cell, ...]


class Kind(Enum):
    """What a field holds, by its name in Table Schema."""

    TEXT = "string"
    COUNT = "integer"
    DAY = "date"
    FLAG = "boolean"


@frozen(kw_only=True, repr=False)
class Field(Readable):
    """One column. `values` lists the words it may hold; `required` that it is never empty."""

    name: str
    told: str
    kind: Kind = Kind.TEXT
    required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.kind.value})"


@frozen(kw_only=True, repr=False)
class Table(Readable):
    """Rows under fields. `key` names the fields that tell rows apart.

    `links` has, for fields that point to another table, its name and its fields.
    """

    name: str
    title: str
    told: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(
        factory=lambda: MappingProxyType({})
    )
    rows: tuple[Row, ...] = ()

    def csv(self) -> bytes:
        """RFC 4180, UTF-8. Nothing is an empty cell; a formula gets an apostrophe in front."""
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
    """Several words in one cell, a space between them; None for none."""
    return " ".join(map(str, values)) or None


def text(name: str, told: str, **more: bool | str | tuple[str, ...]) -> Field:
    """A column of words."""
    return Field(name=name, told=told, **more)  # type: ignore[arg-type]


def dated(
    name: str, told: str, *, required: bool = False, kept: str = ""
) -> tuple[Field, Field, Field]:
    """A date in three columns: as written, and the first and last day it can be.

    `kept` says what narrows these days beside the date's own text.
    """
    side = f"can be{kept}; empty where that side is open."
    return (
        Field(name=name, told=f"{told}, as written in the record.", required=required),
        Field(name=f"{name}_earliest", told=f"The first day that `{name}` {side}", kind=Kind.DAY),
        Field(name=f"{name}_latest", told=f"The last day that `{name}` {side}", kind=Kind.DAY),
    )


_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def csv_text(rows: Iterable[Sequence[str | int | float]]) -> str:
    """Rows as CSV (RFC 4180). A text that a spreadsheet would run gets an apostrophe in front."""
    import csv  # here: most commands write no file, and start without it
    from io import StringIO

    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
