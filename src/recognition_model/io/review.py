"""Put the day of a review into a scenario file, and a search into a log, as text.

Everything else in the file stays as it is: comments, order, spaces and line ends. Each function
reads its result again and compares it with the file that it was made from.
"""

from __future__ import annotations

import re
from datetime import date

from recognition_model.core.diagnostics import RecordError
from recognition_model.core.scenario import Format
from recognition_model.core.searches import Search
from recognition_model.io.nodes import Document, ListNode, MapNode, Node, Text
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import search_lines, searches_text

_UNTIL, _REVIEWED, _SEARCHES = Text("documented-until"), Text("reviewed"), Text("searches")
_DAY = re.compile(r"([\"']?)\d{4}-\d{2}-\d{2}(?=\1)")
_KEY = re.compile(r"( *)documented-until[ \t]*:")
_DASH = re.compile(r"( *)-[ \t]+$")
_EMPTY = re.compile(r"[ \t]*\[[ \t]*\]")


class NotEditable(Exception):
    """A file whose layout leaves no safe place for what is to be put in; the message says why."""


def with_reviewed(text: str, day: date, file: str) -> str:
    """Return the text of a scenario file with `reviewed:` set to a day.

    The line stands below `documented-until:` if the file has none yet. Raises `NotEditable`, and
    `RecordError` for a text that is not YAML.
    """
    root = _mapping(text, file)
    lines = text.split("\n")
    old = root.get(_REVIEWED)
    if isinstance(old, Text):
        row, at = old.line - 1, old.column - 1
        after = _DAY.sub(rf"\g<1>{day}", lines[row][at:], count=1)
        lines[row] = lines[row][:at] + after
    else:
        key = next((key for key in root if key == _UNTIL), None)
        begins = _KEY.match(lines[key.line - 1]) if key is not None else None
        if key is None or begins is None:
            raise NotEditable("`documented-until:` is not at the start of its line")
        end = "\r" if lines[key.line - 1].endswith("\r") else ""
        if key.line == len(lines):  # the last line, without an end
            lines[-1:] = [lines[-1], f"{begins[1]}reviewed: {day}"]
        else:
            lines.insert(key.line, f"{begins[1]}reviewed: {day}{end}")
    new = "\n".join(lines)
    if _plain(new, file) != {**root, _REVIEWED: day.isoformat()}:
        raise NotEditable(f"no place for `reviewed: {day}` was found")
    return new


def with_search(text: str, search: Search, file: str) -> str:
    """Return the text of a log of searches with a search at its end; an empty text begins one.

    Raises `NotEditable`, and `RecordError` for a text that is not YAML.
    """
    if not text.strip():
        return searches_text([search])
    root = _mapping(text, file)
    searches = root.get(_SEARCHES)
    if root.get(Text("format")) != Format.SEARCHES.value or not isinstance(searches, ListNode):
        raise NotEditable(f"it is not a log: its format is not {Format.SEARCHES.value}")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    indent = "  "
    if searches:
        first = searches[0]
        begins = _DASH.match(lines[first.line - 1][: first.column - 1])
        if begins is None:
            raise NotEditable("its searches do not begin with a dash at the start of a line")
        indent = begins[1]
    else:
        row, at = searches.line - 1, searches.column - 1
        lines[row] = lines[row][:at].rstrip(" ") + _EMPTY.sub("", lines[row][at:], count=1)
    body = "\n".join(lines)
    body += "" if body.endswith("\n") else end
    item = end.join(search_lines(search, indent))
    new = f"{body}{item}{end}"
    added = _plain(end.join(["searches:", *search_lines(search, "")]), file)
    whole = [*searches, *added[_SEARCHES]] if isinstance(added, MapNode) else []
    if _plain(new, file) != {**root, _SEARCHES: whole}:
        raise NotEditable("a search at its end would not be one of its searches")
    return new


def _mapping(text: str, file: str) -> MapNode:
    document = parse(text, file)
    errors = [found for found in document.findings if found.is_error]
    if errors:
        raise RecordError(errors)
    if not isinstance(document.root, MapNode):
        raise NotEditable("it has no keys")
    return document.root


def _plain(text: str, file: str) -> Node | None:
    """What a text holds; None if it has an error."""
    document: Document = parse(text, file)
    return None if any(found.is_error for found in document.findings) else document.root
