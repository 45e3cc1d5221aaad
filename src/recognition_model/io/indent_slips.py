"""Wrong indents: a line, with what is below it, at the column of lines that belong with it.

The dash of an item goes below the dashes of items of its kind: an entry below entries, a piece of
evidence below pieces of evidence. A key goes below keys that can stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognition_model.core.base import keys_of
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import STEP_OF
from recognition_model.io.free_text import keys_together
from recognition_model.io.mends import KEY_LINE, Lines, Mend, changed, indent_of
from recognition_model.io.problem import Spot

_ITEM = re.compile(r" *- +\{? *(?P<key>[\w-]+)[ \t]*:(?=[ \t]|$)")
_ABOVE, _AROUND = 40, 120  # lines searched for keys above a key, and for items around an item


def indent_mends(lines: Lines, row: int) -> Iterator[Mend]:
    """Yield the mends of a line's indent: with the deeper lines below it, or alone."""
    match = KEY_LINE.match(lines[row])
    item = _ITEM.match(lines[row])
    if match is None and item is None:
        return
    indent = indent_of(lines[row])
    what = f"- {item['key']}:" if item else f"{match['key']}:" if match else ""
    below = row + 1
    while below < len(lines) and (not lines[below].strip() or indent_of(lines[below]) > indent):
        below += 1
    columns = _of_items(lines, row, item["key"]) if item else _of_keys(lines, row)
    for column, hint in columns:
        if column == indent:
            continue
        for end in dict.fromkeys((below, row + 1)):
            block = [_shifted(line, column - indent) for line in lines[row:end]]
            yield Mend(
                changed(lines, row, *block),
                Spot(row + 1, len(block[0])),
                Spot(row + 1, indent + 1),
                f"the indent of `{what}` does not fit the lines around it",
                f"indent `{what}` {hint}",
            )


def item_key(line: str) -> str | None:
    """The first key of an item of a list, if a line begins one."""
    match = _ITEM.match(line)
    return match["key"] if match else None


def model_of_item(lines: Lines, row: int, key: str) -> Iterator[tuple[int, int, str]]:
    """The columns of the dashes of items of the same kind, nearest above first, then below.

    Each comes with its row and the first key of the item.
    """
    seen = set()
    above = range(row - 1, max(-1, row - _AROUND), -1)
    below = range(row + 1, min(row + _AROUND, len(lines)))
    for near in (*above, *below):
        match = _ITEM.match(lines[near])
        if match is None or _kind(match["key"]) != _kind(key):
            continue
        column = indent_of(lines[near])
        if column not in seen:
            seen.add(column)
            yield column, near, match["key"]


def _kind(key: str) -> str:
    """The kind of item that begins with a key: entry, evidence, or the key itself."""
    if key in keys_of(Evidence):
        return "evidence"
    if any(key in keys_of(cls) for cls in STEP_OF.values()):
        return "entry"
    return key


def _of_items(lines: Lines, row: int, key: str) -> Iterator[tuple[int, str]]:
    """The columns that the dash of an item may have, each with the words for it."""
    for column, near, first in model_of_item(lines, row, key):
        yield column, f"like `- {first}:` in line {near + 1}"
    for below in range(row + 1, min(row + 4, len(lines))):
        match = KEY_LINE.match(lines[below])
        if match and not match["dashes"]:
            column = len(match["indent"]) - 2
            if column >= 0 and match["key"] in keys_together(key):
                yield column, f"so that its dash is two columns left of `{match['key']}:` below it"
            return


def _of_keys(lines: Lines, row: int) -> Iterator[tuple[int, str]]:
    """The columns of keys near a key, those first that can stand beside it.

    They are those above it, nearest first, then that of the line below.
    """
    here = KEY_LINE.match(lines[row])
    beside = keys_together(here["key"]) if here else frozenset()
    found: list[tuple[bool, int, str]] = []
    near = (*range(row - 1, max(-1, row - _ABOVE), -1), *range(row + 1, min(row + 2, len(lines))))
    for other in near:
        if match := KEY_LINE.match(lines[other]):
            words = f"like `{match['key']}:` in line {other + 1}"
            apart = match["key"] not in beside and match["key"] != "format"  # beside any at the top
            found.append((apart, match.start("key"), words))
    seen = set()
    for _, column, words in sorted(found, key=lambda one: one[0]):
        if column not in seen:
            seen.add(column)
            yield column, words


def _shifted(line: str, by: int) -> str:
    return " " * max(0, indent_of(line) + by) + line.lstrip(" ") if line.strip() else line
