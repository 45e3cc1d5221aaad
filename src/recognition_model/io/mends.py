"""A mend: lines changed so that they may be valid YAML, with what to say about the change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from recognition_model.core.scenario import STEP_OF
from recognition_model.io.free_text import all_keys
from recognition_model.io.problem import Problem, Spot

Lines = Sequence[str]


@frozen
class Mend:
    """Changed lines, where the change ends in them, where the slip is, and what to say."""

    lines: Lines
    end: Spot
    at: Spot
    message: str
    hint: str


_FAR = 12  # lines searched for an open bracket
KEYS = "|".join(sorted(map(re.escape, all_keys()), key=len, reverse=True))
FIRST_KEYS = frozenset(STEP_OF) | {"source", "claim"}
"""The keys that begin the items of a file's lists."""
KEY_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[\w-]+)[ \t]*:(?=[ \t]|$)")
_NEW_ITEM = re.compile(rf" *(?:-(?: |$)|#|(?:{KEYS})[ \t]*:(?:[ \t]|$))")


def changed(lines: Lines, row: int, *new: str) -> list[str]:
    """The lines with some of them, from `row` on, replaced by as many new ones."""
    return [*lines[:row], *new, *lines[row + len(new) :]]


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def missing_dash(key: str) -> tuple[str, str]:
    """What is said of the first key of an item that has no dash, and the hint."""
    return (
        f"`{key}:` begins an item of a list, and its dash is missing",
        f"write `- {key}:`, with its dash below those of the other items",
    )


def begins_item(line: str) -> bool:
    """Whether a line begins an item of a list, or with a known key, or is a comment."""
    return _NEW_ITEM.match(line) is not None


def goes_on(line: str) -> bool:
    """Whether a line can continue the text of the line before: it begins no item and no key."""
    return bool(line.strip()) and not begins_item(line)


def bracket_of(lines: Lines, problem: Problem) -> Spot | None:
    """Where the `{` or `[` begins that is broken, as the parser says or as the lines show."""
    if "flow" not in problem.about:
        return None
    if problem.opened and problem.about.endswith(("flow mapping", "flow sequence")):
        return problem.opened
    closed = 0
    for row in range(min(problem.at.line, len(lines)) - 1, max(-1, problem.at.line - _FAR), -1):
        line = lines[row]
        if row == problem.at.line - 1:
            line = line[: problem.at.column - 1]
        for column in range(len(line) - 1, -1, -1):
            closed += line[column] in "]}"
            if line[column] in "[{":
                if not closed:
                    return Spot(row + 1, column + 1)
                closed -= 1
    return None
