"""Pages as GitHub Markdown, to paste into a note, a pull request or a report."""

from __future__ import annotations

from collections.abc import Iterable

from recognition_model.cli.page import Block, Content, Heading, Paragraph, Styled, inlines, text_of
from recognition_model.core.wording import escape_invisible
from recognition_model.report.markdown import escaped

_MARKS = {"strong": "**", "struck": "~~", "doubt": "*"}


def markdown(page: Iterable[Block]) -> str:
    """Write a page as Markdown. Indented paragraphs become items of a list."""
    parts: list[str] = []
    was_item = False
    for block in page:
        item = isinstance(block, Paragraph) and block.indent > 0
        part = _part(block)
        if not part:
            continue
        parts.append(part if item and was_item else f"\n{part}")
        was_item = item
    return "\n".join(parts).lstrip("\n")


def _part(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_inline(block.content)}"
    if isinstance(block, Paragraph):
        label = f"{_inline(block.label)} " if block.label else ""
        text = f"{label}{_inline(block.content)}".rstrip()
        return f"{' ' * (block.indent - 2)}- {text}" if block.indent and text else text
    if not block.rows:
        return ""
    heads = [escaped(head) for head in block.columns]
    lines = [heads, ["---"] * len(heads), *([_inline(cell) for cell in row] for row in block.rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _inline(content: Content) -> str:
    return "".join(map(_piece, inlines(content)))


def _piece(piece: str | Styled) -> str:
    text = escaped(escape_invisible(text_of(piece)))
    if not isinstance(piece, Styled) or not text.strip():
        return text
    if piece.link:
        text = f"[{text}](<{piece.link.replace('>', '%3E')}>)"
    mark = _MARKS.get(piece.style, "")
    return f"{mark}{text}{mark}"
