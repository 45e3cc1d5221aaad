"""Slips in the layout of a file: indents, dashes, colons, brackets, and their mends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recognition_model.io.free_text import free_text_keys
from recognition_model.io.indent_slips import indent_mends
from recognition_model.io.mends import (
    FIRST_KEYS,
    KEY_LINE,
    KEYS,
    Lines,
    Mend,
    changed,
    goes_on,
    indent_of,
    missing_dash,
)
from recognition_model.io.problem import Spot

_NO_SPACE = re.compile(rf"(?P<before> *(?:- +)*(?P<key>{KEYS}):)(?=\S)")
_NO_COLON = re.compile(rf"(?P<before> *(?:- +)*(?P<key>{KEYS}))(?= +[^\s:])")
_EMPTY = re.compile(
    r" *(?:- +)*(?P<key>[\w-]+)[ \t]*:[ \t]+(?P<empty>\[ *\]|\{ *\}|~|null)(?=\s*(?:\s#|$))"
)
_BLOCK_TEXT = re.compile(
    rf"(?P<before> *(?:- +)*)(?P<key>{KEYS})[ \t]*:[ \t]+(?P<sign>[|>])[-+\d]*\s*(?:\s#.*)?$"
)
_WRONG_MARK = re.compile(
    rf"(?P<before> *)(?P<mark>[*+•·‣](?P<space> *)|-)(?=\{{ *(?:{KEYS}):|(?:{KEYS}):)"
)
_ENTRY = 60  # lines searched for the beginning of an entry
_CLOSING = {"{": "}", "[": "]"}


def mark_mends(lines: Lines, rows: Sequence[int]) -> Iterator[Mend]:
    """With `- ` where items begin with another mark, or with a dash that has no space behind it.

    All such lines are changed at once: who writes one wrong mark writes them all so.
    """
    found = [row for row in sorted(rows) if _WRONG_MARK.match(lines[row])]
    match = _WRONG_MARK.match(lines[found[0]]) if found else None
    if match is None:
        return
    mark, at = match["mark"].rstrip(), Spot(found[0] + 1, match.end("before") + 1)
    if mark == "-":
        message, hint = "a space is missing behind the dash", "put a space behind the dash"
    else:
        message = f"the item begins with {mark}, and YAML knows only the dash as its mark"
        hint = "begin the item with `- `"
    mended = [_WRONG_MARK.sub(r"\g<before>- ", line, count=1) for line in lines]
    last = max(row for row in rows if row < len(lines))
    yield Mend(mended, Spot(last + 1, len(mended[last])), at, message, hint)


def block_text_mends(lines: Lines, rows: Sequence[int]) -> Iterator[Mend]:
    """With the text below `|` or `>` indented further than its key."""
    for row in rows:
        above = row
        while above > max(0, row - _ENTRY) and (goes_on(lines[above]) or not lines[above].strip()):
            above -= 1
        match = _BLOCK_TEXT.match(lines[above])
        if match is None:
            continue
        column = len(match["before"])
        below = above + 1
        while below < len(lines) and (goes_on(lines[below]) or not lines[below].strip()):
            below += 1
        text = [number for number in range(above + 1, below) if lines[number].strip()]
        if not text or indent_of(lines[text[0]]) > column:
            continue
        mended, by = list(lines), column + 2 - min(indent_of(lines[number]) for number in text)
        for number in text:
            mended[number] = " " * max(0, by) + lines[number]
        yield Mend(
            mended,
            Spot(text[-1] + 1, len(mended[text[-1]])),
            Spot(text[0] + 1, indent_of(lines[text[0]]) + 1),
            f"the text below `{match['sign']}` is not indented further than its key",
            f"indent the text below `{match['sign']}` further than `{match['key']}:`",
        )
        return


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
        yield from indent_mends(lines, row)
    for row in rows:
        yield from _continuation(lines, row)


def quote_before_key(lines: Lines, quote: Spot) -> Iterator[Mend]:
    """Without a quote that stands right before a key."""
    row, column = quote.line - 1, quote.column - 1
    before, after = lines[row][:column], lines[row][column + 1 :]
    match = KEY_LINE.match(after)
    if match and match.start("key") == 0 and not before.strip(" -"):
        yield Mend(
            changed(lines, row, before + after),
            Spot(quote.line, quote.column + match.end("key")),
            quote,
            f"a quote that is never closed stands before `{match['key']}:`",
            "delete the quote",
        )


def empty_mends(lines: Lines, at: Spot) -> Iterator[Mend]:
    """Without the `[]` or `{}` of a key that has lines below it."""
    for row in range(min(at.line - 2, len(lines) - 1), -1, -1):
        if not lines[row].strip() or lines[row].lstrip().startswith("#"):
            continue
        if match := _EMPTY.match(lines[row]):
            key, empty = match["key"], match["empty"]
            mended = lines[row][: match.start("empty")].rstrip() + lines[row][match.end("empty") :]
            yield Mend(
                changed(lines, row, mended),
                Spot(row + 1, len(mended)),
                Spot(row + 1, match.start("empty") + 1),
                f"`{key}: {empty}` says that there is nothing, but lines follow that belong to it",
                f"delete `{empty}`",
            )
        return


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
        if match is None or match["dashes"] or match["key"] not in FIRST_KEYS:
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
                *missing_dash(match["key"]),
            )


def _first_keys(lines: Lines, row: int) -> Iterator[int]:
    """The nearest lines above that begin an item without a dash: at this indent, and at any."""
    found = set()
    for above in range(row - 1, max(-1, row - _ENTRY), -1):
        match = KEY_LINE.match(lines[above])
        if match is None or match["dashes"] or match["key"] not in FIRST_KEYS:
            continue
        same = len(match["indent"]) == indent_of(lines[row])
        if same not in found:
            found.add(same)
            yield above


def _is_item_at(line: str, indent: int) -> bool:
    return indent_of(line) == indent and line[indent : indent + 1] == "-"


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
