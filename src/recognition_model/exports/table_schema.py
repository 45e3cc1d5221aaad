"""Tables for export: fields with descriptions and constraints, and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, BinaryIO

from attrs import field, frozen

from recognition_model.core.base import Readable, Renamed
from recognition_model.exports.arrow import reader, schema_of, write_parquet
from recognition_model.exports.csv_lines import csv_blocks
from recognition_model.exports.table_preview import preview
from recognition_model.exports.table_rows import Cell as Cell
from recognition_model.exports.table_rows import Row as Row
from recognition_model.exports.table_rows import Run, Runs


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

    @property
    def ordered(self) -> bool:
        """Whether the order of the permitted words is a scale."""
        return self.categories is not None and self.categories.ordered

    def __str__(self) -> str:
        return f"{self.name} ({self.kind.value})"


@frozen(kw_only=True, repr=False)
class Table(Readable):
    """Rows under fields. `key` names the fields that identify a row.

    `links` maps fields that refer to another table to its name and fields. pandas, polars, DuckDB
    and pyarrow take a table as it is, if pyarrow is installed.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(
        factory=lambda: MappingProxyType({})
    )
    _rows: tuple[Row, ...] | Runs = field(default=(), alias="rows", eq=tuple)
    told = Renamed("description")

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows at once; `iter_rows` gives one after the other."""
        return tuple(self._rows)

    @property
    def runs(self) -> Runs:
        """The rows as runs, for a table that is made of this one row by row."""
        rows = self._rows
        return rows if isinstance(rows, Runs) else Runs(partial(map, Run, rows), rows.__len__)

    def csv(self) -> bytes:
        """Write CSV (RFC 4180, UTF-8): None becomes an empty cell, a formula gets an apostrophe."""
        return b"".join(self.csv_blocks())

    def csv_blocks(self) -> Iterator[bytes]:
        """Write the same CSV in pieces: the heading, then some thousand rows at a time."""
        return csv_blocks([column.name for column in self.fields], self._rows)

    def write_parquet(self, stream: BinaryIO, metadata: Mapping[str, str]) -> None:
        """Write a Parquet file with these metadata. Raises `arrow.NeedsPyArrow` without pyarrow."""
        write_parquet(self._schema(metadata), self._words, self._rows, stream)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows to another library, in batches that are made while it reads them.

        The protocol is Arrow's PyCapsule interface. Raises `arrow.NeedsPyArrow` without pyarrow.
        """
        made = reader(self._schema({}), self._words, self._rows)
        stream: object = made.__arrow_c_stream__(requested_schema)
        return stream

    def __arrow_c_schema__(self) -> object:
        """Describe the columns to another library. Raises `arrow.NeedsPyArrow` without pyarrow."""
        described: object = self._schema({}).__arrow_c_schema__()
        return described

    def _schema(self, metadata: Mapping[str, str]) -> Any:
        required = [f.name for f in self.fields if f.required or f.name in self.key]
        about = {"title": self.title, "description": self.description}
        return schema_of(self.fields, required, about | dict(metadata))

    @property
    def _words(self) -> list[tuple[str, ...]]:
        return [column.values for column in self.fields]

    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""
        return preview(str(self), [column.name for column in self.fields], self._rows)

    def iter_rows(self) -> Iterator[Row]:
        """Yield the rows one by one. Those of a panel are made while they are read."""
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return f"{self.name}: {len(self)} rows"


def words(values: Iterable[object]) -> str | None:
    """Join words into one cell with spaces; None for no words."""
    return " ".join(map(str, values)) or None


def text(name: str, description: str, **more: bool | str | Categories | None) -> Field:
    """Make a text column."""
    return Field(name=name, description=description, **more)  # type: ignore[arg-type]


def numbered(name: str, description: str, *, minimum: int = 1, example: str = "") -> Field:
    """Make a column of numbers that count things in order."""
    return Field(
        name=name,
        description=description,
        kind=Kind.COUNT,
        unit="number in order",
        minimum=minimum,
        example=example,
    )


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
