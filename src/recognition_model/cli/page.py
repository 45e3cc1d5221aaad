"""What a command prints, before it is known where: headings, paragraphs and tables.

`plain`, `terminal` and `markdown` turn these blocks into text. A style says what a piece of text
means, not how it looks. The classes are plain ones: every command imports them at its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

Style = Literal["", "strong", "muted", "struck", "doubt", "good", "bad"]


class Styled:
    """A piece of text with a meaning, a link, or both."""

    __slots__ = ("link", "style", "text")

    def __init__(self, text: str, style: Style = "", link: str = "") -> None:
        self.text = text
        self.style = style
        self.link = link

    def __str__(self) -> str:
        return self.text


Inline = str | Styled
Content = Inline | tuple[Inline, ...]


class Heading:
    """A line above what follows. Level 1 is the largest."""

    __slots__ = ("content", "level")

    def __init__(self, content: Content, level: int = 2) -> None:
        self.content = content
        self.level = level


class Paragraph:
    """Text that is wrapped. `indent` columns are before each line, `hang` more before later ones.

    `label` is before the text of the first line; the text begins `hang` columns after `indent`, or
    after the label if that is wider.
    """

    __slots__ = ("content", "hang", "indent", "label")

    def __init__(
        self, content: Content, indent: int = 0, hang: int = 0, label: Content = ""
    ) -> None:
        self.content = content
        self.indent = indent
        self.hang = hang
        self.label = label


class Table:
    """Rows under headings. Cells are wrapped so that a row fits the width.

    Without headings the table has none in a terminal; Markdown needs an empty line there.
    """

    __slots__ = ("columns", "rows")

    def __init__(self, columns: tuple[str, ...], rows: tuple[tuple[Content, ...], ...]) -> None:
        self.columns = columns
        self.rows = rows


Block = Heading | Paragraph | Table


def stacked(table: Table) -> Iterator[Paragraph]:
    """Turn each row into lines, for a width too narrow for the table: `Stage: engaged`."""
    for row in table.rows:
        for number, (head, cell) in enumerate(zip(table.columns, row, strict=True)):
            if number == 0:
                yield Paragraph(cell)
            elif text_of(cell):
                label = f"{head}: " if head else ""
                yield Paragraph((label, *inlines(cell)), indent=2, hang=2)


def inlines(content: Content) -> tuple[Inline, ...]:
    """Return the pieces of a content."""
    return content if isinstance(content, tuple) else (content,)


def text_of(content: Content) -> str:
    """Return a content as text without styles."""
    return "".join(map(str, inlines(content)))


def joined(contents: Iterable[Content], between: str = ", ") -> tuple[Inline, ...]:
    """Join contents into one, with a text between them."""
    pieces: list[Inline] = []
    for content in contents:
        if pieces:
            pieces.append(between)
        pieces += inlines(content)
    return tuple(pieces)
