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
from attrs import field, frozen

from recognition_model.core.diagnostics import Finding, Place, finding
from recognition_model.core.wording import shortened, shown

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24
MAX_NODES = 200_000

# C0 and C1 controls except tab and line ends, the marks that reorder text (Trojan Source),
# byte-order marks, surrogates and noncharacters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


_BEGIN = "remove it, and `recognition-model new COUNTRY` writes one to begin with"
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # line ends in YAML


@frozen(repr=False)
class Page:
    """A file's name and its lines, from which places are made."""

    file: str
    lines: list[str] = field(repr=False)

    def place(self, line: int, column: int, width: int = 1) -> Place:
        """Make a place with the text of its line, or no text if the line is past the end."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.file, line, column, text, width)


class _Placed:
    """Base of every node: its page, line and column, both counted from 1."""

    __slots__ = ()
    line: int
    column: int
    page: Page

    @property
    def place(self) -> Place:
        """Where the node begins."""
        return self.page.place(self.line, self.column)


class Text(str, _Placed):
    """A scalar with its place."""

    __slots__ = ("column", "line", "page")

    @property
    def place(self) -> Place:
        """Where the scalar is; as wide as its first line."""
        width = len(self.splitlines()[0]) if self else 1
        return self.page.place(self.line, self.column, width)


class Reported(Text):
    """A placeholder for a value that already has a finding."""

    __slots__ = ()


class ListNode(list["Node"], _Placed):
    """A sequence with its place."""

    __slots__ = ("column", "line", "page")


class MapNode(dict[Text, "Node"], _Placed):
    """A mapping with its place; its keys have places too."""

    __slots__ = ("column", "line", "page")


Node = Text | ListNode | MapNode
N = TypeVar("N", Text, ListNode, MapNode)


@frozen
class Document:
    """A parsed file: its nodes, and the findings about its text."""

    file: str
    root: Node | None = None
    findings: tuple[Finding, ...] = ()


def parse(text: str, file: str) -> Document:
    """Parse YAML text. A text with findings may still have a root, to be checked further."""
    page = Page(file, _LINE_END.split(text))
    hidden = list(_hidden(text, page))
    if hidden:
        return Document(file, None, tuple(hidden))
    return _parse(text, page)


def _parse(text: str, page: Page) -> Document:
    walk = _Walk(page)
    try:
        root = walk.document(text)
    except _Limit as limit:
        walk.findings.append(limit.finding)
        root = None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        # The pure Python parser raises ValueError or OverflowError for an impossible escape.
        if _is_parser_depth(error):
            return _too_deep(text, page, error)
        walk.findings.append(_syntax(error, page))
        root = None
    return Document(page.file, root, tuple(walk.findings))


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

    def document(self, text: str) -> Node | None:
        """Parse a text and return its root node, or None if it is empty."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            self._next = loader.get_event
            self._next()  # stream start
            start = self._next()
            if type(start) is yaml.StreamEndEvent:
                self._add("RM112", None, "the file holds nothing", _BEGIN)
                return None
            if start.version or start.tags:
                self._add("RM119", start, "a directive (%YAML or %TAG) is not used")
            root = self._node(self._next(), 1)
            self._next()  # document end
            more = self._next()
            if type(more) is not yaml.StreamEndEvent:
                self._add("RM119", more, "a second document begins here")
            if isinstance(root, Text) and not root:
                self._add("RM112", None, "the file holds nothing", _BEGIN)
                return None
            return root
        finally:
            loader.dispose()

    def _node(self, event: Any, depth: int) -> Node:
        self._left -= 1
        kind = type(event)
        if kind is yaml.ScalarEvent and self._left >= 0:  # the most frequent case, so kept fast
            text = Text(event.value)
            mark = event.start_mark
            text.line = mark.line + 1
            text.column = mark.column + 1
            text.page = self.page
            if not text.isprintable() and _HIDDEN.search(text):
                self._add("RM118", event, "a hidden character, written as an escape", "remove it")
            if event.anchor is not None or event.tag is not None:
                self._add_extras(event)
            return text
        if self._left < 0:
            place = self._place(event.start_mark)
            raise _Limit(
                finding("RM113", f"more than {MAX_NODES:,} values", place, "split the file")
            )
        if depth > MAX_DEPTH:
            raise _Limit(_depth_finding(self._place(event.start_mark)))
        if kind is yaml.AliasEvent:
            self._add(
                "RM115", event, f"the alias *{shortened(event.anchor)}", "write the value out"
            )
            return self._put(Reported(), event)
        self._add_extras(event)
        if kind is yaml.SequenceStartEvent:
            items = self._put(ListNode(), event)
            while type(entry := self._next()) is not yaml.SequenceEndEvent:
                items.append(self._node(entry, depth + 1))
            return items
        keys = self._put(MapNode(), event)
        lines: dict[str, int] = {}
        while type(entry := self._next()) is not yaml.MappingEndEvent:
            key = self._node(entry, depth + 1)
            value = self._node(self._next(), depth + 1)
            if type(key) is Text and key not in keys and key != "<<":
                keys[key] = value
                if lines:
                    lines[key] = key.line
            else:
                if not lines:  # once per mapping, and only if needed
                    lines = {str(known): known.line for known in keys}
                self._odd_key(key, entry, keys, value, lines)
        return keys

    def _odd_key(
        self, key: Node, event: Any, keys: MapNode, value: Node, lines: dict[str, int]
    ) -> None:
        if not isinstance(key, Text):
            self._add("RM203", event, "a key must be a word", "write `key: value`")
        elif key in keys:
            self._add("RM114", event, f"duplicate key {shown(key)} (first on line {lines[key]})")
        elif isinstance(key, Reported) or event.style in ("'", '"'):
            keys[key] = value
            lines[key] = key.line
        else:
            self._add("RM117", event, "a merge key", "write the keys out")

    def _put(self, node: N, event: Any) -> N:
        mark = event.start_mark
        node.line = mark.line + 1
        node.column = mark.column + 1
        node.page = self.page
        return node

    def _add_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._add("RM115", event, f"the anchor &{shortened(event.anchor)}", "remove it")
        if event.tag is not None:
            self._add(
                "RM116", event, f"the tag {shortened(event.tag)}", "remove it: every value is text"
            )

    def _add(self, code: str, event: Any, message: str, hint: str = "") -> None:
        place = self._place(event.start_mark) if event else Place(self.page.file)
        self.findings.append(finding(code, message, place, hint))

    def _place(self, mark: Any) -> Place:
        return self.page.place(mark.line + 1, mark.column + 1)


def _hidden(text: str, page: Page) -> Iterator[Finding]:
    if not _HIDDEN.search(text):
        return
    for number, line in enumerate(page.lines, 1):
        for match in _HIDDEN.finditer(line):
            place = page.place(number, match.start() + 1)
            name = f"U+{ord(match.group()):04X}"
            yield finding("RM118", f"the hidden character {name}", place, "remove it")


def _syntax(error: Exception, page: Page) -> Finding:
    """What the parser says, in a line, at the place where it noticed."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None)
    if mark is None:
        return finding("RM110", problem, Place(page.file))
    place = page.place(mark.line + 1, mark.column + 1)
    indent = place.text[: len(place.text) - len(place.text.lstrip())]
    tab_here = "\t" in indent or place.text[mark.column : mark.column + 1] == "\t"
    if tab_here and "end of stream" not in problem:
        column = place.text.index("\t") + 1
        tab = page.place(mark.line + 1, column)
        return finding("RM111", "a tab where YAML requires spaces", tab, "indent with spaces")
    message = f"{problem}, {context}" if context else problem
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = "quote a text that contains a colon; or the indent above is wrong"
    elif "could not find expected ':'" in problem or "simple key" in problem:
        hint = "a line is neither `key: value` nor a list item; look at the line before"
    if "\xa0" in "".join(page.lines[max(0, mark.line - 1) : mark.line + 1]):
        hint = "a no-break space (U+00A0) is here or on the line before: use a plain space"
    elif "found unexpected end of stream" in problem:
        hint = "a quote is opened and never closed"
    return finding("RM110", f"not YAML: {message}", place, hint)
