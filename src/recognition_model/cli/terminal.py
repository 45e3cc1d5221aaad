"""Pages on a terminal: colour by meaning, links, tables that fit, a pager, a progress bar.

The only module that uses `rich`, which is imported when something is printed to a terminal.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import Progress
from rich.style import Style as Look
from rich.table import Table as Grid
from rich.text import Text

from recognition_model.cli.page import (
    Block,
    Content,
    Heading,
    Paragraph,
    Styled,
    Table,
    inlines,
    stacked,
    text_of,
)
from recognition_model.cli.plain import GAP, fitted, hang_of
from recognition_model.core.wording import escape_invisible

# Only the sixteen colours that every terminal lets its user choose.
LOOK = {
    "": "",
    "strong": "bold",
    "muted": "dim",
    "struck": "strike dim",
    "doubt": "yellow",
    "good": "green",
    "bad": "red",
}


def styled(page: Iterable[Block], width: int) -> str:
    """Write a page as text with escape sequences for a terminal of a width."""
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )
    blocks = list(page)
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and number:
            console.print()
        for part in _renderables(block, console):
            console.print(part)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines)


def _renderables(block: Block, console: Console) -> Iterator[RenderableType]:
    if isinstance(block, Heading):
        yield _text(block.content, "bold" if block.level > 1 else "bold underline")
    elif isinstance(block, Paragraph):
        yield from _paragraph(block, console)
    elif block.rows:
        yield from _grid(block, console)


def _grid(table: Table, console: Console) -> Iterator[RenderableType]:
    """Lay out a table with columns as wide as in plain text; too wide a one is stacked."""
    heads = any(table.columns)
    cells = [[escape_invisible(text_of(cell)) for cell in row] for row in table.rows]
    widths = fitted([*([table.columns] if heads else []), *cells], console.width)
    if widths is None:
        for block in stacked(table):
            yield from _paragraph(block, console)
        return
    # The gap is part of the cell: older versions of rich count a gap after the last column too.
    grid = Grid(box=None, padding=0, pad_edge=False, show_header=heads, header_style="bold")
    gaps = [*[GAP] * (len(widths) - 1), 0]
    for head, width, gap in zip(table.columns, widths, gaps, strict=True):
        grid.add_column(Padding(Text(head), (0, gap, 0, 0)), overflow="fold", width=width + gap)
    for row in table.rows:
        texts = map(_text, row)
        grid.add_row(*(Padding(t, (0, gap, 0, 0)) for t, gap in zip(texts, gaps, strict=True)))
    yield grid


def _paragraph(block: Paragraph, console: Console) -> Iterator[RenderableType]:
    """Wrap a text with a hanging indent, which `rich` does not have: the first line by itself."""
    whole = _text(block.label)
    hang = hang_of(block, console.width)
    if block.label:
        whole.append(" " * max(1, hang - whole.cell_len))
    whole.append_text(_text(block.content))
    room = max(10, console.width - block.indent)
    lines = list(whole.wrap(console, room)) or [Text()]
    rest = whole[len(lines[0]) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    later = list(rest.wrap(console, max(10, room - hang))) if len(rest) else []
    for number, line in enumerate([lines[0], *later]):
        line.rstrip()
        yield Padding(line, (0, 0, 0, block.indent + (hang if number else 0)))


def _text(content: Content, base: str = "") -> Text:
    text = Text(style=base)
    for piece in inlines(content):
        if isinstance(piece, Styled):
            look = Look.parse(LOOK[piece.style]) + Look(link=piece.link or None)
            text.append(escape_invisible(piece.text), look)
        else:
            text.append(escape_invisible(piece))
    return text


class Bar:
    """A progress bar on standard error; `total` is None for a task of unknown length."""

    def __init__(self, label: str, total: int | None) -> None:
        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(label, total=total)
        self._bar.start()

    def show(self, done: int) -> None:
        """Show how much is done."""
        self._bar.update(self._task, completed=done)

    def stop(self) -> None:
        """Remove the bar."""
        self._bar.stop()
