"""Pages as plain text, wrapped to a width: for a pipe, a file, and a terminal without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from recognition_model.cli.page import Block, Heading, Paragraph, Table, stacked, text_of
from recognition_model.cli.render import columns, wrapped
from recognition_model.core.wording import escape_invisible

GAP = 2
NARROWEST = 8


def plain(page: Iterable[Block], width: int) -> str:
    """Write a page as text of at most `width` columns; a longer word is not broken."""
    lines: list[str] = []
    for block in page:
        if isinstance(block, Heading):
            lines += ["", *wrapped(text_of(block.content), "", width=width)]
        elif isinstance(block, Paragraph):
            lines += _paragraph(block, width)
        else:
            lines += _table(block, width)
    return "\n".join(lines[1:] if lines and not lines[0] else lines)


def _paragraph(block: Paragraph, width: int) -> list[str]:
    """Wrap a paragraph; without text it is an empty line."""
    first = " " * block.indent + escape_invisible(text_of(block.label))
    hang = hang_of(block, width)
    later = " " * (block.indent + hang)
    if block.label:
        if columns(first) >= width:
            whole = f"{text_of(block.label)} {text_of(block.content)}"
            return wrapped(whole, later, " " * block.indent, width=width)
        first += " " * max(1, len(later) - columns(first))
        word = text_of(block.content).partition(" ")[0]
        if columns(first) + columns(escape_invisible(word)) > width >= len(later) + columns(word):
            return [first.rstrip(), *wrapped(text_of(block.content), later, width=width)]
    return wrapped(text_of(block.content), later, first, width=width) or [first.rstrip()]


def hang_of(block: Paragraph, width: int) -> int:
    """Return how far later lines hang: on a narrow screen a quarter of its width at most."""
    return min(block.hang, width // 4)


def _table(table: Table, width: int) -> Iterator[str]:
    rows = [tuple(escape_invisible(text_of(cell)) for cell in row) for row in table.rows]
    heads = [table.columns] if any(table.columns) else []
    if not rows:
        return
    widths = fitted([*heads, *rows], width)
    if widths is None:
        yield from _stacked(table, width)
        return
    for row in [*heads, *rows]:
        cells = [
            wrapped(cell, "", width=room) or [""] for cell, room in zip(row, widths, strict=True)
        ]
        for pieces in zip_longest(*cells, fillvalue=""):
            yield "".join(
                piece + " " * (room - columns(piece) + GAP)
                for piece, room in zip(pieces, widths, strict=True)
            ).rstrip()


def _stacked(table: Table, width: int) -> Iterator[str]:
    """Write each row as a paragraph with a line for each cell."""
    for block in stacked(table):
        yield from _paragraph(block, width)


def fitted(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Return widths of columns that fit into a width together, the widest ones narrowed first.

    No column becomes narrower than its longest word, or than NARROWEST. None if there is no room.
    """
    natural = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    least = [
        min(most, max(NARROWEST, *(columns(word) for cell in column for word in cell.split(" "))))
        for most, column in zip(natural, zip(*rows, strict=True), strict=True)
    ]
    widths = natural[:]
    too_many = sum(widths) + GAP * (len(widths) - 1) - width
    while too_many > 0:
        loose = [i for i, room in enumerate(widths) if room > least[i]]
        if not loose:
            return None
        widest = max(loose, key=lambda i: widths[i])
        others = [widths[i] for i in loose if widths[i] < widths[widest]]
        step = min(too_many, widths[widest] - max([least[widest], *others]))
        step = max(1, step)
        widths[widest] -= step
        too_many -= step
    return widths
