"""A finding as a person reads it: the place, the line it stands in, and a hint."""

from __future__ import annotations

import unicodedata

import click

from recognition_model.codes import Severity
from recognition_model.diagnostics import Finding, Place

MOST_COLUMNS = 100
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def finding_in_words(found: Finding) -> str:
    """Place, severity, code and message; the offending line with a caret; the hint."""
    severity = click.style(found.severity.value, fg=_COLOURS[found.severity], bold=True)
    head = f"{visible(str(found.place))}: {severity} {found.code} {visible(found.message)}"
    lines = [head, *_frame(found.place)]
    if found.hint:
        lines.append(f"  hint: {visible(found.hint)}")
    return "\n".join(lines)


def _frame(place: Place) -> list[str]:
    if not place.text.strip():
        return []
    start = place.column - 1
    width = max(1, min(place.width, len(place.text) - start))
    cut = max(0, start + min(width, 40) - MOST_COLUMNS)
    before = ("…" if cut else "") + visible(place.text[cut:start])
    marked = visible(place.text[start : start + width])
    after = visible(place.text[start + width :])
    line = before + marked + after
    room = MOST_COLUMNS + 1
    if len(line) > room:
        line = line[:room] + "…"
    gutter = f"{place.line:>5} | "
    carets = min(columns(marked), max(1, room - columns(before)))
    pointer = " " * (len(gutter) - 2) + "| " + " " * columns(before) + "^" * max(1, carets)
    return [gutter + line, pointer]


def visible(text: str) -> str:
    """The text with every control and direction mark shown as its code point."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or unicodedata.category(char) == "Zs"
        else " "
        if char in "\t\n"
        else f"<U+{ord(char):04X}>"
        for char in text
    )


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
