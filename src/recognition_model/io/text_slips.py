"""Slips inside a free text: what YAML reads as something else, and the same text in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recognition_model.io.free_text import free_text_keys, keys_together
from recognition_model.io.mends import KEYS, Lines, Mend, changed, goes_on, indent_of
from recognition_model.io.problem import Spot

_MOST_LINES = 20
_SHOWN = 72
_KEY = re.compile(rf"(?<![\w-])(?P<key>{KEYS})[ \t]*:(?:[ \t]+|$)")
_NEXT_KEY = re.compile(rf",\s*(?:{KEYS})[ \t]*:[ \t]")
_NO_COMMA = re.compile(rf"(?<=[^\s,:{{\[-])[ \t]+(?P<key>{KEYS})[ \t]*:[ \t]+(?P<word>[^,}}\]]*)")
_ONE_WORD = re.compile(r"[\w.-]+\s*|\{.*")
_CURLY = "“”„‟«»‘’‚‹›"
_QUOTES = "'\""
_STRAY = re.compile(
    r"'(?!\d|t(?:is|was)\b|em\b|til\b)(?P<text>\w[^']*(?:(?<=\w)'(?=\w)[^']*)+)", re.IGNORECASE
)
"""A quote before a text that has apostrophes and no other quote, and begins with no elision."""


def text_mends(lines: Lines, rows: Sequence[int], flow: Spot | None) -> Iterator[Mend]:
    """Yield the mends of free texts in these lines: a comma before a key, quotes around a text."""
    for row in rows:
        yield from _commas(lines, row)
    for row in rows:
        inside = flow is not None and flow.line - 1 < row
        for match in _KEY.finditer(lines[row]):
            before = lines[row][: match.start()].rstrip(" ")
            quoted = lines[row][match.end() : match.end() + 1] in (*_QUOTES,)
            if match["key"] not in free_text_keys() and not quoted:
                continue
            if "{" in before or inside:
                if before[-1:] in ("", "{", ","):
                    yield from _in_flow(lines, row, match)
            elif not before.strip(" -"):
                yield from _in_block(lines, row, match)


def in_quotes(text: str) -> str:
    """A text in the quotes that need the least change: double, single, or single with doubled '."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def quote_hint(text: str) -> str:
    """Advise to put a text in quotes, and show how unless it is long."""
    shown = in_quotes(text)
    if len(text) > _SHOWN:
        shown = f"{shown[:40]} … {shown[-24:]}"
    if text[:1] in {*_CURLY}:
        return f"curly quotes do not quote in YAML; put straight quotes around the text: {shown}"
    doubled = ", each ' in it doubled" if "'" in text and shown[0] == "'" else ""
    which = "double" if shown[0] == '"' else "single"
    return f"put the text in {which} quotes{doubled}: {shown}"


def key_follows(line: str, column: int) -> bool:
    """Whether a comma and a known key stand at a column of a line."""
    return _NEXT_KEY.match(line, column) is not None


def rest_of_value(line: str, start: int, *, flow: bool) -> str:
    """The text from a column to the end of its value: of its line, or of its part of a { }."""
    if not flow:
        return line[start:].strip()
    after = _NEXT_KEY.search(line, start)
    end = after.start() if after else line.rfind("}")
    return (line[start:end] if end > start else line[start:]).strip()


def _commas(lines: Lines, row: int) -> Iterator[Mend]:
    """Inside { }, a comma before a key that has none."""
    line = lines[row]
    if "{" not in line:
        return
    given = [match["key"] for match in _KEY.finditer(line)]
    for match in _NO_COMMA.finditer(line):
        key, at = match["key"], match.start("key")
        earlier = [m["key"] for m in _KEY.finditer(line[: match.start()])]
        if "{" not in line[:at] or not earlier or given.count(key) > 1:
            continue
        free = earlier[-1] in free_text_keys()
        if key not in keys_together(earlier[-1]) or (
            free and not _ONE_WORD.fullmatch(match["word"])
        ):
            continue
        mended = f"{line[: match.start()]}, {line[at:]}"
        yield Mend(
            changed(lines, row, mended),
            Spot(row + 1, at + 2),
            Spot(row + 1, at + 1),
            f"a comma is missing before `{key}:`",
            f"inside {{ }}, put a comma before `{key}:`",
        )


def _in_block(lines: Lines, row: int, match: re.Match[str]) -> Iterator[Mend]:
    """Quotes around a text that runs to the end of its line, or of the lines that continue it."""
    last = row
    while last + 1 < min(len(lines), row + _MOST_LINES):
        below = lines[last + 1]
        if not goes_on(below) or indent_of(below) <= match.start():
            break
        last += 1
    for end in dict.fromkeys((last, row)):
        yield from _quoted(lines, match["key"], row, match.end(), end, len(lines[end].rstrip()))


def _in_flow(lines: Lines, row: int, match: re.Match[str]) -> Iterator[Mend]:
    """Quotes around a text that ends before the next key of an item, or before its `}`."""
    line, start = lines[row], match.end()
    after = _NEXT_KEY.search(line, start - 1)
    last_end = after.start() if after else len(line)
    ends = [last_end] if after else []
    ends += [at for at in range(start, last_end) if line[at] == "}"][:6]
    if not ends and line.rstrip().endswith(",") and _begins_with_key(lines, row + 1):
        ends.append(len(line.rstrip()) - 1)
    for end in ends:
        yield from _quoted(lines, match["key"], row, start, row, end)
    if ends:
        return
    for last in range(row + 1, min(len(lines), row + _MOST_LINES)):
        if not goes_on(lines[last]):
            return
        if (end := lines[last].find("}")) >= 0:
            yield from _quoted(lines, match["key"], row, start, last, end)
            return


def _begins_with_key(lines: Lines, row: int) -> bool:
    return row < len(lines) and _KEY.match(lines[row].lstrip()) is not None


def _quoted(lines: Lines, key: str, row: int, start: int, last: int, end: int) -> Iterator[Mend]:
    """The text from a column of a line to a column of another, in quotes."""
    pieces = [lines[row][start:end]] if row == last else [lines[row][start:]]
    if last > row:
        pieces += [*lines[row + 1 : last], lines[last][:end]]
    text = " ".join(filter(None, (piece.strip() for piece in pieces)))
    if not text:
        return
    message, offset = _what_is_wrong(key, text)
    text, hint = _as_meant(text, free=key in free_text_keys())
    blank = len(pieces[0]) == 0 and last > row  # the text begins on the next line
    mended = [f"{lines[row][:start]}{'' if blank else in_quotes(text)}"]
    mended += [
        " " * (start + 1) + in_quotes(text) if blank and at == 0 else "" for at in range(last - row)
    ]
    mended[-1] += lines[last][end:]
    length = len(mended[-1]) - len(lines[last][end:])
    column = start + 1 + (offset if offset < len(pieces[0]) else 0)
    yield Mend(
        changed(lines, row, *mended),
        Spot(last + 1, length + 1),
        Spot(row + 1, column) if not blank else Spot(row + 2, indent_of(lines[row + 1]) + 1),
        message,
        hint,
    )


def _as_meant(text: str, *, free: bool) -> tuple[str, str]:
    """The text without quotes that were meant to be around it, and the hint."""
    quote, inner = text[0], text[1:-1]
    if quote not in _QUOTES:
        return text, quote_hint(text)
    if quote not in text[1:]:
        if quote == '"' or not free:
            what = "text" if free else "value"
            return text[1:], f"close the quote at the end of the {what}: {_shown(text[1:])}"
        return text, f"close the quote at the end of the text, or {quote_hint(text)}"
    if text[-1] == quote and inner.count(quote) % 2 == 0 and "\\" not in inner:
        return text, quote_hint(text)
    if stray := free and _STRAY.fullmatch(text):
        inner = stray["text"]
    elif text[-1] != quote:
        return text, quote_hint(text)
    if inner:
        return inner, f"the text has {_named(inner, quote)} in it: write {_shown(inner)}"
    return text, quote_hint(text)


def _named(inner: str, quote: str) -> str:
    return f"the quote {quote}" if quote in inner else "a \\"


def _shown(text: str) -> str:
    return quote_hint(text).partition(": ")[2]


def _what_is_wrong(key: str, text: str) -> tuple[str, int]:
    """What YAML takes for something else in a text, and how far into the text that is."""
    what = "text" if key in free_text_keys() else "value"
    first, of = text[0], f"the {what} of `{key}:`"
    if first in _QUOTES:
        if first not in text[1:]:
            return f"{of} opens a quote that is never closed", 0
        if text[-1] == first and "\\" in text:
            return f"{of} has a \\ inside double quotes, which begins an escape in YAML", 0
        return f"{of} begins with a quote, and YAML ends the text at the next one", 0
    if first in "@`%*&!|>[]{},#" or re.match(r"[-?:](?:\s|$)", text):
        return f"{of} begins with {first}, which has a meaning in YAML", 0
    if hash_ := re.search(r"\s#", text):
        return f"{of} contains ` #`, which begins a comment in YAML", hash_.start() + 1
    if colon := re.search(r":(?=\s|$)", text):
        return f"{of} contains a colon before a space, which ends a key in YAML", colon.start()
    if bracket := re.search(r"[\[\]{}]", text):
        return f"{of} contains {bracket[0]}, which has a meaning inside {{ }}", bracket.start()
    return f"{of} is not read as one text by YAML", 0
