"""Find the slip behind a syntax error by trying mends: the first that parses further is advised.

A mend changes lines but never their number. Nothing here knows YAML: `Parser` tries a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from recognition_model.io.layout_slips import (
    block_text_mends,
    empty_mends,
    layout_mends,
    mark_mends,
    quote_before_key,
)
from recognition_model.io.mends import Lines, Mend, bracket_of
from recognition_model.io.open_quotes import open_quotes
from recognition_model.io.problem import Problem, Spot
from recognition_model.io.text_slips import key_follows, text_mends

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
    best, furthest = None, problem.reached
    for mend, sure in islice(_mends(lines, problem), tries):
        left = parser("\n".join(mend.lines), max(problem.at.line, mend.end.line) + _BEYOND)
        if left is None:
            return mend
        if sure is None:
            continue
        other = left.reached.line > mend.end.line + 1 and left.reached != problem.reached
        if (other and sure < problem.reached) or _behind(left.reached, mend, problem.reached):
            return mend  # what is wrong now is a second slip
        further = left.reached.line > problem.reached.line
        if further and left.reached > max(furthest, mend.end):
            best, furthest = mend, left.reached
    return best


def _mends(lines: Lines, problem: Problem) -> Iterator[tuple[Mend, Spot | None]]:
    """The mends, each with the place up to which the text is surely right.

    A mend of the layout has none: the whole text must be right with it.
    """
    for spot in open_quotes(lines, problem.at.line):
        for mend in (
            *quote_before_key(lines, spot),
            *text_mends(lines, [spot.line - 1], None),
        ):
            yield mend, spot
    for mend in empty_mends(lines, problem.at):
        yield mend, mend.at
    rows = list(_rows(problem, len(lines)))
    for mend in (*mark_mends(lines, rows), *block_text_mends(lines, rows)):
        yield mend, problem.reached
    bracket = bracket_of(lines, problem)
    for mend in text_mends(lines, rows, bracket):
        yield mend, problem.reached
    for mend in layout_mends(lines, rows, problem.at, bracket):
        yield mend, None


def _behind(left: Spot, mend: Mend, was: Spot) -> bool:
    """Whether a text held what was wrong, and what is wrong now is behind the key after it."""
    if not (left.line == was.line and mend.at <= was <= mend.end < left):
        return False
    return key_follows(mend.lines[mend.end.line - 1], mend.end.column - 1)


def _rows(problem: Problem, count: int) -> Iterator[int]:
    """The lines (from 0) in which the slip may lie, likeliest first, each once."""
    last = problem.at.line
    near = [last, last - 1, last - 2, last - 3]
    if problem.opened and not problem.about.endswith(_BLOCKS):
        first = problem.opened.line
        near = [*range(first, min(first + 8, last)), *near]
    yield from dict.fromkeys(row - 1 for row in near if 1 <= row <= count)
