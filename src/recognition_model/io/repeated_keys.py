"""What is said about the keys that a mapping has twice: often an item begins there.

Loaded only when a file has such keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recognition_model.core.base import keys_of
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.evidence import Source
from recognition_model.core.wording import shown
from recognition_model.io.indent_slips import item_key, model_of_item
from recognition_model.io.mends import FIRST_KEYS, missing_dash
from recognition_model.io.nodes import ListNode, MapNode, Text
from recognition_model.io.page import Page

_CODE = "RM114"


def repeated_keys(node: MapNode, again: Sequence[Text], page: Page) -> Iterator[Finding]:
    """Report the keys that a mapping has `again`, at what makes them repeated if that shows.

    What belongs to the next item is removed from the mapping.
    """
    if _is_item(node, page):
        if (start := _start(node, again)) is not None and (len(again) > 1 or start is not again[0]):
            for key in [key for key in node if key.line >= start.line]:
                del node[key]
            message, hint = missing_dash(start)
            yield finding(_CODE, message, page.place(start.line, start.column), hint)
            return
        if len(again) > 1 and (found := _moved_dash(node, again[0], page)):
            yield found
            return
    elif len(again) > 1 and again[0] == next(iter(node)) and again[0] in keys_of(Source):
        key, more = again[0], len(again) - 1
        yield finding(
            _CODE,
            f"duplicate key {shown(key)} (first on line {next(iter(node)).line}), and {more} more",
            page.place(key.line, key.column),
            "if another source begins here, write its name on a line above; or keep each key once",
        )
        return
    first = {str(key): key.line for key in node}
    for key in again:
        hint = "keep one of the two"
        if key in FIRST_KEYS and _is_item(node, page):
            hint += f"; if another item begins here, write `- {key}:`"
        place = page.place(key.line, key.column)
        message = f"duplicate key {shown(key)} (first on line {first[key]})"
        yield finding(_CODE, message, place, hint)


def _is_item(node: MapNode, page: Page) -> bool:
    """Whether a mapping without braces is an item of a list."""
    before = page.lines[node.line - 1][: node.column - 1].rstrip()
    return before.endswith("-") and not before.strip(" -")


def _start(node: MapNode, again: Sequence[Text]) -> Text | None:
    """The key that begins the next item: itself the first repeated key, or the one before it."""
    first, *_ = node
    if again[0] == first or again[0] in FIRST_KEYS:
        return again[0]
    before = [key for key in node if (key.line, key.column) < (again[0].line, again[0].column)]
    return before[-1] if before[-1] in FIRST_KEYS and before[-1] is not first else None


def _moved_dash(node: MapNode, again: Text, page: Page) -> Finding | None:
    """The line above with the dash of these keys, if that is in the column of another list."""
    row = again.line - 2
    key = item_key(page.lines[row])
    if key is None:
        return None
    for column, near, first in model_of_item(page.lines, row, key):
        if column == node.column - 3:
            for value in node.values():
                if isinstance(value, ListNode) and value and value[-1].line == row + 1:
                    value.pop()
            dash = page.lines[row].index("-")
            message = f"the indent of `- {key}:` does not fit the keys below it"
            hint = f"indent `- {key}:` like `- {first}:` in line {near + 1}"
            return finding(_CODE, message, page.place(row + 1, dash + 1), hint)
    return None
