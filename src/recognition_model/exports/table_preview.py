"""A short HTML preview of a table, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from recognition_model.exports.table_rows import Cell, Row

SHOWN = 10
"""How many rows a preview has."""
MOST_LETTERS = 60


def preview(caption: str, names: Sequence[str], rows: Iterable[Row]) -> str:
    """Show the first rows under a caption. A long text is cut."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    found = list(islice(rows, SHOWN + 1))
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in found[:SHOWN])
    more = f", the first {SHOWN}" if len(found) > SHOWN else ""
    return (
        f'<table style="white-space: nowrap"><caption>{escape(caption)}{more}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<td></td>"
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    cut = text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"
    return f"<td>{escape(cut)}</td>"
