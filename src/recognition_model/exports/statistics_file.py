"""Labelled tables through pyreadstat. The only module that imports pyreadstat and polars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from recognition_model.exports.formats import DoesNotFit, NeedsLibrary
from recognition_model.exports.labelled import Limits, Variable, misfit, require_fit
from recognition_model.exports.scratch import scratch_file
from recognition_model.exports.table_schema import Cell, Kind, Row, Table

_ROWS = 20_000
"""Rows that are held as Python objects at a time."""
MOST_CELLS = 30_000_000
"""The most cells of a table: a file of as many takes about 500 MB. All days of the
record of 2026 are 15 million."""
_MOST = 2_147_483_620
"""The largest whole number that a `long` of Stata holds; larger ones are written as floats."""


def labelled_file(
    table: Table,
    variables: Sequence[Variable],
    limits: Limits,
    write: Callable[[ModuleType, Any, Path], None],
) -> bytes:
    """Make a data frame of a table and give the bytes of the file that `write` makes of it.

    `write` takes pyreadstat, the frame and the path of the file. Raises `NeedsLibrary` without
    pyreadstat or polars, `DoesNotFit` for what the format cannot hold and for more than
    `MOST_CELLS`, `NotWritten` if the disk is full.
    """
    try:
        import polars as pl
        import pyreadstat
    except ImportError:
        needs = f"{limits.program} files need pyreadstat and polars"
        raise NeedsLibrary(needs, "labelled") from None

    if len(table) * len(variables) > MOST_CELLS:
        size = f"{table.name} has {len(table):,} rows of {len(variables)} variables"
        little = f"{limits.program} files are made of at most {MOST_CELLS:,} values"
        raise DoesNotFit(f"{little}, and {size}: write csv or parquet, or another --table")

    def frame(rows: Sequence[Row]) -> Any:
        columns = zip(*rows, strict=True) if rows else [()] * len(variables)
        made = [
            pl.Series(one.name, values_of(one, column, rows), type_of(one))
            for one, column in zip(variables, columns, strict=True)
        ]
        return pl.DataFrame(made)

    def values_of(one: Variable, column: Sequence[Cell], rows: Sequence[Row]) -> list[Cell]:
        different = set(column)  # few, where days repeat what held the day before
        if any(misfit(cell, limits) for cell in different):
            for row in rows:
                require_fit(table, row, variables, limits)
        value = {cell: one.value(cell) for cell in different}
        return [value[cell] for cell in column]

    def type_of(one: Variable) -> Any:
        if one.is_text:
            return pl.String
        return pl.Date if one.column.kind is Kind.DAY else pl.Int64

    whole = pl.concat([frame(rows) for rows in _in_parts(table)] or [frame(())])
    small = [
        name
        for name, kind in whole.schema.items()
        if kind == pl.Int64 and (whole[name].abs().max() or 0) <= _MOST
    ]
    whole = whole.with_columns(pl.col(small).cast(pl.Int32))
    with scratch_file(
        table.name, lambda error: isinstance(error, pyreadstat.ReadstatError)
    ) as path:
        write(pyreadstat, whole, path)
        return path.read_bytes()


def _in_parts(table: Table) -> Iterator[list[Row]]:
    rows = table.iter_rows()
    while part := list(islice(rows, _ROWS)):
        yield part


def without_time(data: bytes, at: int, stamp: bytes) -> bytes:
    """Replace the time of writing, so that the same table gives the same bytes."""
    return data[:at] + stamp + data[at + len(stamp) :]
