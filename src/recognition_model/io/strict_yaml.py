"""Strict YAML: only text, lists and mappings, each with its line and column.

Every scalar stays text, even `no`, `2024-05-01` and `null`. Anchors, aliases, tags, merge keys,
duplicate keys, second documents and invisible characters are findings. Limits apply while parsing,
so a small file cannot expand to a large one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import yaml
from attrs import evolve

from recognition_model.core.diagnostics import Finding, Place, finding
from recognition_model.core.wording import shortened
from recognition_model.io.nodes import Document, ListNode, MapNode, Node, Reported, Text
from recognition_model.io.odd_indents import odd_starts, with_plain_starts
from recognition_model.io.page import Page

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24
MAX_NODES = 200_000

_BEGIN = "`recognition-model new COUNTRY` writes a file to start from"
N = TypeVar("N", Text, ListNode, MapNode)

# What needs a closer look: see `characters`. One search, because every file pays for it.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u200b\u200d-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0001-\U000e007f]"
)
_CUT_OFF = "put the whole text in quotes if the # belongs to it, or the comment on a separate line"
_VALUE_OF = re.compile(r"([\w-]+)[ \t]*:[ \t]+$")
_LONGEST = 400  # lines of a text without quotes
_COMMENT = re.compile(r"[ \t]#")


# The pure Python parser raises ValueError or OverflowError for an impossible escape.
_SYNTAX = (yaml.YAMLError, ValueError, OverflowError, RecursionError)


def parse(text: str, file: str) -> Document:
    """Parse YAML text. A text with findings may still have a root, to be checked further."""
    page = Page.of(text, file)
    characters = []
    if _SUSPECT.search(text):
        from recognition_model.io.characters import invisible_characters

        characters = invisible_characters(page)
    stop = [found for found in characters if found.is_error]
    if not stop and ("<<<<<<<" in text or ">>>>>>>" in text):
        from recognition_model.io.yaml_errors import merge_conflict

        stop = merge_conflict(page)
    if stop:
        return Document(file, None, tuple(stop))
    odd = odd_starts(text, page.lines)
    document = _parse(text, page) if not odd else _parse_oddly_indented(page, odd)
    return _with(document, characters) if characters else document


def _parse(text: str, page: Page) -> Document:
    walk = _Walk(page)
    try:
        root = walk.document(text)
    except _Limit as limit:
        walk.findings.append(limit.finding)
        root = None
    except _SYNTAX as error:
        if _is_parser_depth(error):
            return _too_deep(text, page, error)
        from recognition_model.io.yaml_errors import syntax_error

        walk.findings.append(syntax_error(error, text, page, _error_in))
        root = None
    return Document(page.file, root, tuple(walk.findings))


def _parse_oddly_indented(page: Page, odd: list[int]) -> Document:
    """Parse with odd spaces and dashes at the beginning of lines read as if they were plain.

    Lines inside a text are no part of the layout, so they stay as they are.
    """
    inside = _inside_texts("\n".join(with_plain_starts(page.lines, odd)))
    odd = [row for row in odd if row not in inside]
    plain = with_plain_starts(page.lines, odd)
    document = _parse("\n".join(plain), page)
    if not odd:
        return document
    from recognition_model.io.yaml_errors import odd_start

    return _with(document, [odd_start(page, odd)])


def _with(document: Document, findings: list[Finding]) -> Document:
    return evolve(document, findings=(*findings, *document.findings))


def _is_parser_depth(error: Exception) -> bool:
    """Whether the parser stopped at its own limit of depth, far above ours."""
    return isinstance(error, RecursionError) or "nesting" in str(getattr(error, "problem", ""))


def _too_deep(text: str, page: Page, error: Exception) -> Document:
    """What the text before the parser's limit holds: our own limit is exceeded in it.

    The parser reads ahead for a `:`, so it can reach its limit before it has emitted the events
    that exceed ours.
    """
    mark = getattr(error, "problem_mark", None)
    before = mark.index if mark is not None else len(text) // 2
    if 0 < before < len(text):
        document = _parse(text[:before], page)
        if document.findings and document.findings[-1].code == "RM113":
            return document
    place = page.place(mark.line + 1, mark.column + 1) if mark else Place(page.file)
    return Document(page.file, None, (_depth_finding(place),))


def _depth_finding(place: Place) -> Finding:
    return finding("RM113", f"more than {MAX_DEPTH} levels", place, "nest less deeply")


class _Limit(Exception):
    def __init__(self, found: Finding) -> None:
        super().__init__(found.message)
        self.finding = found


class _Walk:
    """One pass over the parser's events, building nodes and collecting findings."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.findings: list[Finding] = []
        self._left = MAX_NODES
        self._commented: frozenset[int] = frozenset()
        self._ended: dict[int, tuple[Text, int, int]] = {}

    def document(self, text: str) -> Node | None:
        """Parse a text and return its root node, or None if it is empty."""
        if " #" in text or "\t#" in text:
            self._commented = frozenset(_before_comments(self.page.lines))
        loader = _loader(text)
        try:
            self._next = loader.get_event
            self._next()  # stream start
            start = self._next()
            if type(start) is yaml.StreamEndEvent:
                self._add("RM112", None, "the file holds nothing", _BEGIN)
                return None
            if start.version or start.tags:
                hint = "remove the line that begins with %"
                self._add("RM119", start, "a directive (%YAML or %TAG) is not used", hint)
            root = self._node(self._next(), 1)
            self._next()  # document end
            more = self._next()
            if type(more) is not yaml.StreamEndEvent:
                hint = "remove the line `---`, or put the second document into a separate file"
                self._add("RM119", more, "a second document begins here", hint)
            if isinstance(root, Text) and not root:
                self._add("RM112", None, "the file holds nothing", _BEGIN)
                return None
            if self._ended:
                self._report_cut_off(root)
            return root
        finally:
            loader.dispose()

    def _node(self, event: Any, depth: int) -> Node:
        self._left -= 1
        kind = type(event)
        if kind is yaml.ScalarEvent and self._left >= 0:  # the most frequent case, so kept fast
            text = Text(event.value)
            mark = event.start_mark
            row = mark.line
            text.line = row + 1
            text.column = mark.column + 1
            text.page = self.page
            if not text.isprintable() and _SUSPECT.search(text):
                self._check_escapes(text, event)
            if event.anchor is not None or event.tag is not None:
                self._add_extras(event)
            if row in self._commented and not event.style:
                self._note_end(text, event.end_mark)
            return text
        if self._left < 0:
            place = self._place(event.start_mark)
            raise _Limit(
                finding("RM113", f"more than {MAX_NODES:,} values", place, "split the file")
            )
        if depth > MAX_DEPTH:
            raise _Limit(_depth_finding(self._place(event.start_mark)))
        if kind is yaml.AliasEvent:
            hint = self._as_text(event) or "write the value out"
            self._add("RM115", event, f"the alias *{shortened(event.anchor)}", hint)
            return self._put(Reported(), event)
        self._add_extras(event)
        if kind is yaml.SequenceStartEvent:
            items = self._put(ListNode(), event)
            while type(entry := self._next()) is not yaml.SequenceEndEvent:
                items.append(self._node(entry, depth + 1))
            return items
        keys = self._put(MapNode(), event)
        again: list[Text] = []
        while type(entry := self._next()) is not yaml.MappingEndEvent:
            key = self._node(entry, depth + 1)
            value = self._node(self._next(), depth + 1)
            if type(key) is Text and key not in keys and key != "<<":
                keys[key] = value
            elif isinstance(key, Text) and key in keys:
                again.append(key)
            else:
                self._odd_key(key, entry, keys, value)
        if again:
            from recognition_model.io.repeated_keys import repeated_keys

            self.findings += repeated_keys(keys, again, self.page)
        return keys

    def _odd_key(self, key: Node, event: Any, keys: MapNode, value: Node) -> None:
        if not isinstance(key, Text):
            self._add("RM203", event, "a key must be a word", "write `key: value`")
        elif isinstance(key, Reported) or event.style in ("'", '"'):
            keys[key] = value
        else:
            self._add("RM117", event, "a merge key", "write the keys out")

    def _check_escapes(self, text: Text, event: Any) -> None:
        from recognition_model.io.characters import hides

        if hides(text):
            self._add("RM118", event, "a hidden character, written as an escape", "remove it")

    def _note_end(self, text: Text, end: Any) -> None:
        """Keep a plain scalar with a comment behind it on the line where it ends."""
        if text and self.page.lines[end.line][end.column :].lstrip().startswith("#"):
            self._ended[id(text)] = (text, end.line, end.column)

    def _report_cut_off(self, root: Node) -> None:
        """Report the free texts with a comment behind them: the comment may be their end."""
        from recognition_model.io.free_text import holds_free_text

        nodes = [root]
        while nodes:
            node = nodes.pop()
            if isinstance(node, ListNode):
                nodes += node
            elif isinstance(node, MapNode):
                nodes += node.values()
                for key, value in node.items():
                    if id(value) in self._ended and holds_free_text(key, node.keys()):
                        self._add_cut_off(*self._ended[id(value)][1:])

    def _add_cut_off(self, row: int, column: int) -> None:
        line = self.page.lines[row]
        at = line.index("#", column)
        rest = line[at:].rstrip()
        shown = shortened(rest)
        place = self.page.place(row + 1, at + 1, len(rest))
        message = f"the text ends before ` {shown}`, which YAML takes for a comment"
        self.findings.append(finding("RM713", message, place, _CUT_OFF))

    def _put(self, node: N, event: Any) -> N:
        mark = event.start_mark
        node.line = mark.line + 1
        node.column = mark.column + 1
        node.page = self.page
        return node

    def _add_extras(self, event: Any) -> None:
        if event.anchor is not None:
            hint = self._as_text(event) or "remove it"
            self._add("RM115", event, f"the anchor &{shortened(event.anchor)}", hint)
        if event.tag is not None:
            hint = self._as_text(event) or "remove it: every value is text"
            self._add("RM116", event, f"the tag {shortened(event.tag)}", hint)

    def _as_text(self, event: Any) -> str:
        """Advise to quote what is the value of a free text; empty for any other value."""
        from recognition_model.io.free_text import free_text_keys
        from recognition_model.io.text_slips import quote_hint, rest_of_value

        line = self.page.lines[event.start_mark.line]
        key = _VALUE_OF.search(line[: event.start_mark.column])
        if key is None or key[1] not in free_text_keys():
            return ""
        flow = "{" in line[: event.start_mark.column]
        return quote_hint(rest_of_value(line, event.start_mark.column, flow=flow))

    def _add(self, code: str, event: Any, message: str, hint: str = "") -> None:
        place = self._place(event.start_mark) if event else Place(self.page.file)
        self.findings.append(finding(code, message, place, hint))

    def _place(self, mark: Any) -> Place:
        return self.page.place(mark.line + 1, mark.column + 1)


def _inside_texts(text: str) -> frozenset[int]:
    """The lines (from 0) that a text which began on an earlier line covers."""
    inside: set[int] = set()
    loader = _loader(text)
    try:
        kind: Any = None
        while kind is not yaml.StreamEndEvent:
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                inside.update(range(event.start_mark.line + 1, event.end_mark.line + 1))
    except _SYNTAX:
        pass  # what comes before the error is known
    finally:
        loader.dispose()
    return frozenset(inside)


def _before_comments(lines: list[str]) -> Iterator[int]:
    """The lines (from 0) where a text may begin that a comment ends, there or further below."""
    last = -1  # the line above which all that the comments above it reach is known
    for row, line in enumerate(lines):
        if "#" in line and (comment := _COMMENT.search(line)) and line[: comment.start()].strip():
            before = line[: comment.start()]
            for above in range(row, max(last, row - _LONGEST), -1):
                yield above
                if ": " in before or before.rstrip().endswith(":"):
                    break  # a text begins behind a colon and has none inside
                before = lines[above - 1]
            last = row


def events_of(text: str) -> list[Any]:
    """List the events of a YAML parser. Raises `ValueError` if the text is not YAML."""
    loader = _loader(text)
    events: list[Any] = []
    try:
        while not events or type(events[-1]) is not yaml.StreamEndEvent:
            events.append(loader.get_event())
    except _SYNTAX as error:
        raise ValueError(str(error)) from None
    finally:
        loader.dispose()
    return events


def _loader(text: str) -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)


def _error_in(text: str, last: int) -> Exception | None:
    """What the parser raises for a text, of which it need not read beyond a line."""
    loader = _loader(text)
    try:
        event: Any = loader.get_event()
        while type(event) is not yaml.StreamEndEvent and event.start_mark.line <= last:
            event = loader.get_event()
    except _SYNTAX as error:
        return error
    finally:
        loader.dispose()
    return None
