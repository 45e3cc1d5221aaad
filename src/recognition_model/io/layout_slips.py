"""Slips in the layout of a file: indents, dashes, colons, brackets, and their mends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recognition_model.core.scenario import STEP_OF
from recognition_model.io.free_text import free_text_keys
from recognition_model.io.mends import (
    KEY_LINE,
    KEYS,
    Lines,
    Mend,
    changed,
    goes_on,
    indent_of,
)
from recognition_model.io.problem import Spot

_NO_SPACE = re.compile(rf"(?P<before> *(?:- +)*(?P<key>{KEYS}):)(?=\S)")
_NO_COLON = re.compile(rf"(?P<before> *(?:- +)*(?P<key>{KEYS}))(?= +[^\s:])")
_FIRST_KEYS = frozenset(STEP_OF) | {"source", "claim"}
_ABOVE, _ENTRY = 14, 60  # lines searched for an indent, and for the beginning of an entry
_CLOSING = {"{": "}", "[": "]"}


def layout_mends(lines: Lines, rows: Sequence[int], at: Spot, flow: Spot | None) -> Iterator[Mend]:
    """Yield the mends of a file's layout around these lines, likeliest first."""
    if flow is not None:
        yield from _brackets(lines, at, flow)
    for row in rows:
        yield from _colon(lines, row)
        yield from _opening_brace(lines, row)
    for row in rows:
        yield from _dash(lines, row)
    for row in rows:
        yield from _indent(lines, row)
    for row in rows:
        yield from _continuation(lines, row)


def _colon(lines: Lines, row: int) -> Iterator[Mend]:
    """A space after the colon of a key, or the colon itself."""
    line = lines[row]
    if match := _NO_SPACE.match(line):
        message, added = f"a space is missing after `{match['key']}:`", " "
        hint = f"write a space after `{match['key']}:`"
    elif match := _NO_COLON.match(line):
        message, added = f"the colon is missing after `{match['key']}`", ":"
        hint = f"write `{match['key']}:` with a colon"
    else:
        return
    end = match.end("before")
    mended = changed(lines, row, line[:end] + added + line[end:])
    yield Mend(mended, Spot(row + 1, end + 2), Spot(row + 1, match.start("key") + 1), message, hint)


def _dash(lines: Lines, row: int) -> Iterator[Mend]:
    """A dash before the first key of a list's item: in its indent, or the item moved right."""
    for start in dict.fromkeys((row, *_first_keys(lines, row))):
        match = KEY_LINE.match(lines[start])
        if match is None or match["dashes"] or match["key"] not in _FIRST_KEYS:
            continue
        indent = len(match["indent"])
        block = [f"{' ' * indent}- {lines[start][indent:]}"]
        for line in lines[start + 1 :]:
            if line.strip() and (indent_of(line) < indent or _is_item_at(line, indent)):
                break
            block.append(f"  {line}" if line.strip() else line)
        inside = [f"{' ' * (indent - 2)}- {lines[start][indent:]}"] if indent > 1 else []
        for mended in (inside, block, [block[0]]):
            yield Mend(
                changed(lines, start, *mended),
                Spot(start + 1, len(block[0])),
                Spot(start + 1, indent + 1),
                f"`{match['key']}:` begins an item of a list, and its dash is missing",
                f"write `- {match['key']}:`, with its dash below those of the other items",
            )


def _first_keys(lines: Lines, row: int) -> Iterator[int]:
    """The nearest lines above that begin an item without a dash: at this indent, and at any."""
    found = set()
    for above in range(row - 1, max(-1, row - _ENTRY), -1):
        match = KEY_LINE.match(lines[above])
        if match is None or match["dashes"] or match["key"] not in _FIRST_KEYS:
            continue
        same = len(match["indent"]) == indent_of(lines[row])
        if same not in found:
            found.add(same)
            yield above


def _is_item_at(line: str, indent: int) -> bool:
    return indent_of(line) == indent and line[indent : indent + 1] == "-"


def _indent(lines: Lines, row: int) -> Iterator[Mend]:
    """The line, with what is below it, at the indent of a line above."""
    match = KEY_LINE.match(lines[row])
    dash = lines[row].lstrip(" ").startswith("-")
    if not (match or dash):
        return
    indent = indent_of(lines[row])
    what = f"{'- ' if dash else ''}{match['key']}:" if match else "-"
    below = row + 1
    while below < len(lines) and (not lines[below].strip() or indent_of(lines[below]) > indent):
        below += 1
    for column, above, name in _columns(lines, row, dash=dash):
        if column == indent:
            continue
        for end in dict.fromkeys((below, row + 1)):
            block = [_shifted(line, column - indent) for line in lines[row:end]]
            yield Mend(
                changed(lines, row, *block),
                Spot(row + 1, len(block[0])),
                Spot(row + 1, indent + 1),
                f"the indent of `{what}` does not fit the lines around it",
                f"indent `{what}` like `{name}` in line {above + 1}",
            )


def _columns(lines: Lines, row: int, *, dash: bool) -> Iterator[tuple[int, int, str]]:
    """The indents of keys (or of dashes) near a line, each with its line.

    They are those above it, nearest first, then that of the line below.
    """
    seen = set()
    near = (*range(row - 1, max(-1, row - _ABOVE), -1), *range(row + 1, min(row + 2, len(lines))))
    for above in near:
        match = KEY_LINE.match(lines[above])
        if match is None or (dash and not match["dashes"]):
            continue
        column = len(match["indent"]) if dash else match.start("key")
        if column not in seen:
            seen.add(column)
            yield column, above, f"{'- ' if dash else ''}{match['key']}:"


def _shifted(line: str, by: int) -> str:
    return " " * max(0, indent_of(line) + by) + line.lstrip(" ") if line.strip() else line


def _brackets(lines: Lines, at: Spot, flow: Spot) -> Iterator[Mend]:
    """The bracket that closes what is opened: in place of a wrong one, or at the end of a line."""
    opening = lines[flow.line - 1][flow.column - 1 : flow.column]
    closing = _CLOSING.get(opening)
    if closing is None:
        return
    message = f"the `{opening}` is not closed by `{closing}`"
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    here = line[at.column - 1 : at.column]
    if here in ("]", "}"):
        for rest, hint in (
            (line[at.column :], f"write `{closing}` in place of `{here}` in column {at.column}"),
            (line[at.column - 1 :], f"write `{closing}` before `{here}` in column {at.column}"),
        ):
            mended = changed(lines, at.line - 1, line[: at.column - 1] + closing + rest)
            yield Mend(mended, Spot(at.line, at.column + 1), flow, message, hint)
    for row in range(flow.line - 1, min(at.line, flow.line + 8, len(lines))):
        whole = lines[row].rstrip()
        where = "the line" if row == flow.line - 1 else f"line {row + 1}"
        for end in (whole + closing, whole.removesuffix(",") + closing):
            yield Mend(
                changed(lines, row, end),
                Spot(row + 1, len(end)),
                flow,
                message,
                f"write `{closing}` at the end of {where}",
            )


def _opening_brace(lines: Lines, row: int) -> Iterator[Mend]:
    """The `{` of an item that ends in `}`."""
    line = lines[row]
    match = KEY_LINE.match(line)
    if match and line.rstrip().endswith("}") and line.count("}") > line.count("{"):
        start = match.start("key")
        yield Mend(
            changed(lines, row, f"{line[:start]}{{{line[start:]}"),
            Spot(row + 1, start + 2),
            Spot(row + 1, start + 1),
            "the `}` at the end of the line closes nothing",
            f"write `{{` before `{match['key']}:`",
        )


def _continuation(lines: Lines, row: int) -> Iterator[Mend]:
    """A line without a key, indented further than the key whose text it continues."""
    if not goes_on(lines[row]):
        return
    for above in range(row - 1, max(-1, row - 4), -1):
        match = KEY_LINE.match(lines[above])
        if match and match["key"] in free_text_keys():
            column = match.start("key")
            mended = changed(lines, row, " " * (column + 2) + lines[row].strip())
            yield Mend(
                mended,
                Spot(row + 1, len(mended[row])),
                Spot(row + 1, indent_of(lines[row]) + 1),
                "the line is neither `key: value` nor an item of a list (`- `)",
                f"indent it further than `{match['key']}:` if it goes on with that text",
            )
            return
