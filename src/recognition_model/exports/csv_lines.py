"""CSV (RFC 4180). Text that a spreadsheet would read as a formula gets a leading apostrophe."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from io import StringIO
from itertools import chain, islice, repeat

from recognition_model.exports.table_rows import Cell, Row, Run, Runs

_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
_FLAGS = ("false", "true")
_BLOCK = 4096
"""How many rows are written together."""
_GAP = "\0"
"""Stands for a cell that counts up while the text of its row is made."""


def csv_text(rows: Iterable[Sequence[Cell | float]]) -> str:
    """Write rows as CSV (RFC 4180). None is an empty cell, a flag `true` or `false`.

    Text that looks like a formula gets a leading apostrophe.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows(map(_plain, rows))
    return stream.getvalue()


def csv_blocks(heading: Sequence[str], rows: tuple[Row, ...] | Runs) -> Iterator[bytes]:
    """Write a heading and rows as CSV in UTF-8, a block at a time. None becomes an empty cell."""
    yield csv_text([heading]).encode()
    texts = _texts_of_runs(rows) if isinstance(rows, Runs) else _texts_of_rows(rows)
    for text in texts:
        yield text.encode()


def _texts_of_rows(rows: Iterable[Row]) -> Iterator[str]:
    left = iter(rows)
    while block := list(islice(left, _BLOCK)):
        yield csv_text(block)


def _texts_of_runs(runs: Runs) -> Iterator[str]:
    """Write the text of a run once, but for the cells that count up."""
    lines = chain.from_iterable(_lines(run, runs) for run in runs.make())
    while block := "".join(islice(lines, _BLOCK)):
        yield block


def _lines(run: Run, runs: Runs) -> Iterable[str]:
    if run.length == 1:
        return [csv_text([run.first])]
    row: list[Cell] = list(run.first)
    columns = [_counted(cell, run.length) for at in runs.counting if (cell := row[at]) is not None]
    for at in runs.counting:
        row[at] = _GAP if row[at] is not None else None
    pieces = csv_text([row]).split(_GAP)
    if len(pieces) != len(columns) + 1:  # another cell holds the letter
        return [csv_text([one]) for one in runs.rows_of(run)]
    parts: list[Iterable[str]] = [repeat(pieces[0])]
    for column, piece in zip(columns, pieces[1:], strict=True):
        parts += [column, repeat(piece)]
    return map("".join, zip(*parts, strict=False))  # what is repeated has no end


def _counted(cell: Cell, length: int) -> list[str]:
    """Give the texts of a cell and those that it counts up to."""
    if isinstance(cell, date):
        first = cell.toordinal()
        return list(map(_iso, range(first, first + length)))
    if isinstance(cell, int):
        return list(map(str, range(cell, cell + length)))
    raise TypeError(f"{cell!r} does not count")


@lru_cache(maxsize=1 << 17)
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _plain(row: Sequence[Cell | float]) -> list[object]:
    """Give the cells as the csv module writes them right: it knows None, numbers and days."""
    return [
        _harmless(cell)
        if isinstance(cell, str)
        else _FLAGS[cell]
        if isinstance(cell, bool)
        else cell
        for cell in row
    ]


def _harmless(text: str) -> str:
    if text[:1].isalnum():
        return text
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
