"""Findings about a text that is no valid YAML, or that only looks like it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from recognition_model.core.diagnostics import Finding, Place, finding
from recognition_model.core.wording import name_of_character, plural
from recognition_model.io.page import Page
from recognition_model.io.problem import Problem, Spot
from recognition_model.io.yaml_slips import find_mend
from recognition_model.io.yaml_words import in_words

_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: .*)?")


def syntax_error(
    error: Exception, text: str, page: Page, error_in: Callable[[str, int], Exception | None]
) -> Finding:
    """What is wrong, at the place of the slip itself where trying a mend finds it.

    `error_in` gives what the parser raises for another text, up to a line. `text` has the lines of
    the page, but for odd spaces and dashes.
    """

    def parser(mended: str, last: int) -> Problem | None:
        left = error_in(mended, last)
        return None if left is None else as_problem(left) or Problem(Spot(0, 0), str(left))

    if conflict := merge_conflict(page):  # a rest of one: a line of = alone
        return conflict[0]
    problem = as_problem(error)
    if problem is None:
        words = getattr(error, "problem", None) or str(error)
        return finding("RM110", f"not YAML: {words}", Place(page.file))
    if tab := _tab(problem, page):
        return tab
    lines = Page.of(text, page.file).lines
    mend = find_mend(lines, problem, parser)
    if mend is not None:
        return finding("RM110", mend.message, page.place(*mend.at), mend.hint)
    message, hint, spot = in_words(problem, lines)
    return finding("RM110", message, page.place(*spot), hint)


def _tab(problem: Problem, page: Page) -> Finding | None:
    """Report a tab in the indent of the line, or where the parser stopped."""
    place = page.place(*problem.at)
    indent = place.text[: len(place.text) - len(place.text.lstrip())]
    here = place.text[place.column - 1 : place.column] == "\t"
    if not ("\t" in indent or here) or "end of stream" in problem.words:
        return None
    tab = page.place(place.line, place.text.index("\t") + 1)
    return finding("RM111", "a tab where YAML requires spaces", tab, "indent with spaces")


def as_problem(error: Any) -> Problem | None:
    """What the parser says, if it says where."""
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return None
    return Problem(
        Spot(mark.line + 1, mark.column + 1),
        error.problem or str(error),
        error.context or "",
        Spot(opened.line + 1, opened.column + 1) if opened else None,
    )


def merge_conflict(page: Page) -> list[Finding]:
    """Report the first marker that a merge left in the file."""
    for number, line in enumerate(page.lines, 1):
        if match := _CONFLICT.fullmatch(line):
            place = page.place(number, 1, len(match[1]))
            hint = "keep one side, without the lines <<<<<<<, ======= and >>>>>>>"
            return [finding("RM121", "a merge conflict was left here", place, hint)]
    return []


def odd_start(page: Page, odd: Sequence[int]) -> Finding:
    """Report the lines (from 0) with an odd beginning, at the first of them."""
    line = page.lines[odd[0]]
    at = next(i for i, char in enumerate(line) if not char.isascii())
    name = name_of_character(line[at])
    dash = not line[at].isspace()
    before = line[:at].rstrip()
    if not before:
        message = f"the line begins with {name}"
    else:
        where = "the dash" if before.endswith("-") else f"`{before.lstrip(' -')}`"
        message = f"{name} stands behind {where} in place of a space"
    if len(odd) > 1:
        message += f"; {plural(len(odd) - 1, 'more line has', 'more lines have')} such a character"
    hint = "begin the item with a hyphen: `- `" if dash else "use ordinary spaces"
    return finding("RM123", message, page.place(odd[0] + 1, at + 1), hint)
