"""Quotes that are opened on one line and closed only behind keys further down: slips, probably."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognition_model.io.mends import Lines, begins_item
from recognition_model.io.problem import Spot

_KEY = r"(?:[\w-]+[ \t]*:[ \t]+)?(?P<quote>[\"'])"
_OPENED = re.compile(rf" *(?:- +)*{_KEY}")
_OPENED_IN_BRACES = re.compile(rf"[\[{{,] *{_KEY}")
_CLOSED = {"'": re.compile("'(?!')"), '"': re.compile('"')}
_ESCAPED = {"'": re.compile("''"), '"': re.compile(r"\\.?")}
_MOST = 5


def open_quotes(lines: Lines, last: int) -> list[Spot]:
    """Where quotes are opened that run over lines which begin with a key or a dash.

    They begin on a line up to `last` (from 1). If there are many, the last of them.
    """
    return list(_runaways(lines, last))[-_MOST:]


def _runaways(lines: Lines, last: int) -> Iterator[Spot]:
    row = column = 0
    while row < min(last, len(lines)):
        opened = _opened(lines[row], column)
        if opened is None:
            row, column = row + 1, 0
            continue
        end_row, column = _end(lines, row, opened.end(), opened["quote"])
        if end_row > row and any(map(begins_item, lines[row + 1 : end_row + 1])):
            yield Spot(row + 1, opened.start("quote") + 1)
            column = 0  # as if it ended on its line
            row += 1
        else:
            row = end_row


def _opened(line: str, column: int) -> re.Match[str] | None:
    if not ("'" in line or '"' in line) or line.lstrip(" ").startswith("#"):
        return None
    at_start = _OPENED.match(line) if column == 0 else None
    if at_start is None and ("{" in line or "[" in line):
        return _OPENED_IN_BRACES.search(line, column)
    return at_start


def _end(lines: Lines, row: int, column: int, quote: str) -> tuple[int, int]:
    """The row and column behind the end of a quoted text; behind the last line if it has none."""
    while row < len(lines):
        if quote in lines[row]:
            line = _ESCAPED[quote].sub(lambda match: "_" * len(match[0]), lines[row][column:])
            if closed := _CLOSED[quote].search(line):
                return row, column + closed.end()
        row, column = row + 1, 0
    return row, 0
