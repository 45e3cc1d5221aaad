"""A YAML parser's words in plain English, for the errors that no mend explains."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recognition_model.io.problem import Problem, Spot

_QUOTE = "put the text in quotes"
_AS_ABOVE = "indent the line like the lines above that belong together with it"

# A pattern for the parser's context and problem; what to say, and the hint. libyaml and PyYAML's
# own parser use different words for the same. {opened} is the letter where the broken part begins.
_AT_OPENING = {
    "quoted scalar.*(end of stream|document)": (
        "a quote is opened here and never closed",
        "close the quote at the end of the text",
    ),
    "flow (mapping|sequence)": (
        "the `{opened}` that begins here is broken: a comma, a quote or its `{closing}` is missing",
        "check the quotes and commas between this place and its `{closing}`",
    ),
    "expected ':'|simple key": (
        "the line is neither `key: value` nor an item of a list (`- `)",
        "write `key: value`; or indent the line further if it goes on with the text above",
    ),
    "any token|alphabetic or numeric|whitespace or line break|tag|alias|anchor": (
        "a value cannot begin with {opened}",
        _QUOTE,
    ),
    "block scalar": (
        "text stands behind the `{opened}` that announces a text on the lines below",
        "put the text on the lines below and indent it; or put it in quotes",
    ),
}
_AT_PROBLEM = {
    "(unknown escape|hexdecimal|hexadecimal|Unicode character)": (
        "a \\ inside double quotes begins an escape, and this is none",
        "put the text in single quotes, or write two \\ for each",
    ),
    "mapping values are not allowed": (
        "a colon stands where no key can end",
        "put a text that contains a colon in quotes; or the indent is wrong",
    ),
    "(mapping keys|sequence entries) are not allowed": (
        "a `{here}` stands where no list or mapping can begin",
        "put a text that begins with it in quotes; begin a list on the line below its key",
    ),
    "block (collection|sequence)": (
        "the line is no item of the list above it",
        "begin an item with `- `; or indent the line like the keys of the item above",
    ),
    "block mapping": ("the line does not fit the keys above it", _AS_ABOVE),
    "document start": (
        "the line does not go on with what stands above it",
        "indent it like the first line of the file; a line that begins with % is no part of a file",
    ),
    "directive|YAML document": (
        "a line that begins with % is a directive, which is not used",
        "remove the line",
    ),
    "node content": ("a value cannot begin with {here}", _QUOTE),
}
_CLOSING = {"{": "}", "[": "]"}


def in_words(problem: Problem, lines: Sequence[str]) -> tuple[str, str, Spot]:
    """What is wrong, what to do, and where."""
    said = f"{problem.about}: {problem.words}"
    told = _first(_AT_PROBLEM, said) if "escape" in said else None
    spot = problem.at
    if told is None and (told := _first(_AT_OPENING, said)):
        spot = problem.opened or problem.at
    if told is None and not _letter(lines, problem.at):
        told = "the text breaks off here: a value, a quote or a bracket is missing", "complete it"
    told = told or _first(_AT_PROBLEM, said) or (problem.words, "")
    opened = _letter(lines, spot)
    letters = {
        "opened": opened,
        "closing": _CLOSING.get(opened, "}"),
        "here": _letter(lines, problem.at),
    }
    message, hint = told
    return message.format(**letters), hint.format(**letters), spot


def _first(words: dict[str, tuple[str, str]], said: str) -> tuple[str, str] | None:
    return next((told for pattern, told in words.items() if re.search(pattern, said)), None)


def _letter(lines: Sequence[str], spot: Spot) -> str:
    line = lines[spot.line - 1] if spot.line <= len(lines) else ""
    return line[spot.column - 1 : spot.column]
