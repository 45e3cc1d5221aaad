"""Find the slip behind a syntax error by trying mends: the first that parses further is advised.

A mend changes lines but never their number. Nothing here knows YAML: `Parser` tries a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from recognition_model.io.layout_slips import layout_mends
from recognition_model.io.mends import Lines, Mend, bracket_of
from recognition_model.io.problem import Problem
from recognition_model.io.text_slips import text_mends

_TRIES = 60
_LETTERS = 3_000_000  # parsed at most for all tries together
_BEYOND = 12  # lines that must parse behind a mend
_BLOCKS = ("block mapping", "block collection", "block sequence")  # their beginning may be far up

Parser = Callable[[str, int], "Problem | None"]
"""Parses a text as far as a line; returns what is wrong there, if anything."""


def find_mend(lines: Lines, problem: Problem, parser: Parser) -> Mend | None:
    """Return the first mend with which the lines around it parse, or None.

    Where they have a second slip, none does. Then it is the mend of a text that parses furthest;
    what is said about the layout would be a guess.
    """
    letters = sum(map(len, lines[: problem.at.line])) + 1
    tries = max(3, min(_TRIES, _LETTERS // letters))
    rows = list(_rows(problem, len(lines)))
    bracket = bracket_of(lines, problem)
    of_texts = text_mends(lines, rows, bracket)
    of_layout = layout_mends(lines, rows, problem.at, bracket)
    mends = chain(((mend, True) for mend in of_texts), ((mend, False) for mend in of_layout))
    best, furthest = None, problem.reached
    for mend, text in islice(mends, tries):
        left = parser("\n".join(mend.lines), max(problem.at.line, mend.end.line) + _BEYOND)
        if left is None:
            return mend
        further = left.reached.line > problem.reached.line
        if text and further and left.reached > max(furthest, mend.end):
            best, furthest = mend, left.reached
    return best


def _rows(problem: Problem, count: int) -> Iterator[int]:
    """The lines (from 0) in which the slip may lie, likeliest first, each once."""
    last = problem.at.line
    near = [last, last - 1, last - 2, last - 3]
    if problem.opened and not problem.about.endswith(_BLOCKS):
        first = problem.opened.line
        near = [*range(first, min(first + 8, last)), *near]
    yield from dict.fromkeys(row - 1 for row in near if 1 <= row <= count)
