"""Text for a terminal: findings with their source lines, aligned columns, wrapped lines."""

from __future__ import annotations

import re
import sys
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from recognition_model.cli.streams import is_terminal
from recognition_model.cli.streams import width as full_width
from recognition_model.core.codes import Severity
from recognition_model.core.diagnostics import Finding, Place
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import Doctrine
from recognition_model.core.wording import escape_invisible, plural

MOST_COLUMNS = 100
MOST_FINDINGS = 50  # of one file
MOST_WARNINGS = 10  # of all files, with the answer to a question
LEAST_MARKED = 40
MOST_READ = 20 * MOST_COLUMNS  # characters of a line on each side of a place
_WIDTHS = {"Mn": 0, "Me": 0, "Cf": 0}  # characters of zero width
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def finding_in_words(found: Finding) -> str:
    """Write a finding: place, severity, code and message; its line with a caret; the hint."""
    severity = click.style(found.severity.value, fg=_COLOURS[found.severity], bold=True)
    place, message = map(escape_invisible, (str(found.place), found.message))
    head = " ".join(filter(None, [f"{place}:", severity, found.code, message]))
    lines = [head, *_frame(found.place)]
    if found.hint:
        lines.append(f"  hint: {escape_invisible(found.hint)}")
    return "\n".join(lines)


def note_in_words(note: str) -> str:
    """Write a note: wrapped on a terminal, on one line elsewhere."""
    if not is_terminal(sys.stderr):
        return note
    return "\n".join(wrapped(note, "  ", "", width=full_width(sys.stderr)))


def first_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Keep the first findings of each file, errors first; a note says how many more it has."""
    counts = Counter(found.place.file for found in findings)
    if all(count <= MOST_FINDINGS for count in counts.values()):
        return list(findings)
    by_weight = sorted(findings, key=lambda found: -found.severity.rank)
    kept: Counter[str] = Counter()
    chosen: set[int] = set()
    for found in by_weight:
        kept[found.place.file] += 1
        if kept[found.place.file] <= MOST_FINDINGS:
            chosen.add(id(found))
    shown = [found for found in findings if id(found) in chosen]
    for file, count in counts.items():
        if count > MOST_FINDINGS:
            more = plural(count - MOST_FINDINGS, "more finding", "more findings")
            text = f"{more} in this file: `recognition-model replay --all` shows all"
            shown.append(Finding("", text, Place(file), severity=Severity.NOTE))
    return shown


def few_warnings(findings: Sequence[Finding]) -> tuple[list[Finding], list[str]]:
    """Keep every error and the first warnings; a note says how many more there are."""
    warnings = [found for found in findings if found.severity is Severity.WARNING]
    hidden = warnings[MOST_WARNINGS:]
    if not hidden:
        return list(findings), []
    files = {found.place.file for found in hidden}
    more = plural(len(hidden), "more warning", "more warnings")
    note = f"{more} in {plural(len(files), 'file', 'files')}: `recognition-model replay` shows them"
    left_out = set(map(id, hidden))
    return [found for found in findings if id(found) not in left_out], [note]


def _frame(place: Place) -> list[str]:
    """Show the line with a caret below it, cropped around the place to MOST_COLUMNS."""
    if not place.text.strip():
        return []
    start = place.column - 1
    end = start + place.width
    before = escape_invisible(place.text[max(0, start - MOST_READ) : start])
    marked = escape_invisible(place.text[start : min(end, start + MOST_READ)])
    after = escape_invisible(place.text[end : end + MOST_READ])
    wanted = min(columns(marked), LEAST_MARKED)
    before = _cropped(before, MOST_COLUMNS - wanted, from_the_left=True)
    marked = _cropped(marked, MOST_COLUMNS - columns(before))
    after = _cropped(after, MOST_COLUMNS - columns(before) - columns(marked))
    gutter = f"{place.line:>5} | "
    pointer = " " * columns(before) + "^" * max(1, columns(marked))
    return [gutter + before + marked + after, " " * (len(gutter) - 2) + "| " + pointer]


def _cropped(text: str, room: int, *, from_the_left: bool = False) -> str:
    """Crop the text with an ellipsis, if it is wider than `room` columns."""
    if columns(text) <= room:
        return text
    kept: list[str] = []
    room -= 1
    for char in reversed(text) if from_the_left else text:
        room -= columns(char)
        if room < 0:
            break
        kept.append(char)
    return "…" + "".join(reversed(kept)) if from_the_left else "".join(kept) + "…"


def columns(text: str) -> int:
    """Return the width of a text in columns of a terminal."""
    if text.isascii():
        return len(text)
    return sum(_WIDTHS.get(unicodedata.category(char), _width(char)) for char in text)


def _width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def doctrine_in_words(doctrine: Doctrine) -> str:
    """Write a country's doctrine of recognition and its evidence."""
    return f"doctrine: {doctrine.says} ({evidence_list(doctrine.evidence)})"


def evidence_list(evidence: Iterable[Evidence]) -> str:
    """List items of evidence: `rg-2025-07-03 (host, A1), tass-2025-07-03 (press, B2)`."""
    return ", ".join(map(str, evidence))


_TOGETHER = r"\([a-z_]+, [A-F][1-6](?:, disputes)?\)"  # no line ends in a grade
_GLUE = "\x1f"  # no text has it after escape_invisible, and textwrap breaks no line there


def wrapped(
    text: str, indent: str, first: str | None = None, *, width: int | None = None
) -> list[str]:
    """Wrap a text to a width, by default that of standard output.

    `first` is the indent of the first line.
    """
    whole = escape_invisible(text)
    if "(" in whole:
        whole = re.sub(_TOGETHER, lambda found: found[0].replace(" ", _GLUE), whole)
    lines = textwrap.wrap(
        whole,
        max(width or full_width(), len(indent) + 1, len(first or "") + 1),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_GLUE, " ") for line in lines]


def aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """Align rows in columns, two spaces apart."""
    if not rows:
        return ""
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
