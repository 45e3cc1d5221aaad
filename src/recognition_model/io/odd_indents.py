"""Lines that begin with spaces or dashes which look plain and are not.

The beginning is the indent, the dash of an item, and a space behind the colon of the first key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u2212"
_ODD = re.compile(f"[{_SPACES}{_DASHES}]")
_BEGINNING = f"- {_SPACES}{_DASHES}"
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-"))


def odd_starts(text: str, lines: Sequence[str]) -> list[int]:
    """The lines (from 0) whose beginning is not of plain spaces and hyphens."""
    if text.isascii() or not any(_may_begin(text, m.start()) for m in _ODD.finditer(text)):
        return []
    return [row for row, line in enumerate(lines) if not _start(line).isascii()]


def with_plain_starts(lines: Sequence[str], rows: Iterable[int]) -> list[str]:
    """The lines, some of them with plain spaces and hyphens at their beginning instead.

    Each line keeps its length, so that every place stays.
    """
    plain = list(lines)
    for row in rows:
        start = _start(plain[row])
        plain[row] = start.translate(_PLAIN) + plain[row][len(start) :]
    return plain


def _may_begin(text: str, at: int) -> bool:
    """Whether a place may be in the beginning of its line: a quick look."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = text[line:at].strip(_BEGINNING)
    return not before or before[-1] == ":"


@cache
def _pattern() -> re.Pattern[str]:
    dashes = f"(?:[-{_DASHES}][ {_SPACES}]+)*"
    return re.compile(rf"[ {_SPACES}]*{dashes}(?:[a-z-]+:[{_SPACES}][ {_SPACES}]*)?(?=\S)")


def _start(line: str) -> str:
    match = _pattern().match(line)
    return match[0] if match else ""
