"""YAML text as a tree whose parts can be left out or replaced, each written as in its file.

`nodes` has what a file says. Here is how it says it: quotes, braces, tags, and a key that is there
twice. So a file with an error of form keeps its error when other parts are left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from recognition_model.io.strict_yaml import MAX_DEPTH, events_of

_DEEPEST = 4 * MAX_DEPTH


@frozen(eq=False)
class RawText:
    """A scalar as it is written; its value is what it says."""

    raw: str
    value: str


@frozen(eq=False)
class RawEntry:
    """A key with its value, an item of a list, or a comment behind a text. The key may be None."""

    key: RawText | None
    value: RawNode
    comment: RawText | None = None


@frozen(eq=False)
class RawGroup:
    """A list or a mapping; `flow` if it stands in brackets, `mark` is its tag or anchor."""

    is_list: bool
    flow: bool
    mark: str
    entries: tuple[RawEntry, ...]


@frozen(eq=False)
class RawLines:
    """A text that is not read as YAML: its lines are its parts."""

    entries: tuple[RawEntry, ...]


RawNode = RawText | RawGroup | RawLines
Part = RawEntry | RawText
"""What can be left out: an entry, or the comment of one."""


def raw_lines(text: str) -> RawLines:
    """Take a text as its lines."""
    lines = text.split("\n")
    return RawLines(tuple(RawEntry(None, RawText(line, line)) for line in lines))


def raw_tree(text: str, *, comments: bool = False) -> RawNode:
    """Read a text as a tree; `comments` keeps those that stand behind a text on its line.

    Raises `ValueError` for a text that cannot be written again from its tree: one that is not YAML,
    is empty, has several documents, or is nested too deeply.
    """
    text = text.replace("\r\n", "\n")
    events = iter(events_of(text))
    next(events)
    start = next(events)
    if type(start).__name__ != "DocumentStartEvent" or start.version or start.tags:
        raise ValueError("no document, or one with directives")
    root = _node(next(events), events, text, comments, _DEEPEST)
    next(events)
    if type(next(events)).__name__ != "StreamEndEvent":
        raise ValueError("several documents")
    return root


def _node(event: Any, events: Iterator[Any], text: str, comments: bool, deeper: int) -> RawNode:  # noqa: FBT001
    kind = type(event).__name__
    written = text[event.start_mark.index : event.end_mark.index]
    if kind == "AliasEvent":
        return RawText(written, "")
    if kind == "ScalarEvent":
        return RawText(_on_one_line(event, written), event.value)
    if not deeper:
        raise ValueError("too deep")
    entries = []
    is_list = kind == "SequenceStartEvent"
    while not type(entry := next(events)).__name__.endswith("EndEvent"):
        key = None
        if not is_list:
            key, entry = _key(entry, events, text), next(events)
        value = _node(entry, events, text, comments, deeper - 1)
        comment = None
        if comments and isinstance(value, RawText) and not event.flow_style:
            behind = text[entry.end_mark.index :].partition("\n")[0]
            comment = RawText(behind, behind) if behind.lstrip().startswith("#") else None
        entries.append(RawEntry(key, value, comment))
    mark = " ".join(
        ([f"&{event.anchor}"] if event.anchor else []) + ([_tag(written)] if event.tag else [])
    )
    return RawGroup(is_list, bool(event.flow_style), mark, tuple(entries))


def _key(event: Any, events: Iterator[Any], text: str) -> RawText:
    """Take a key as it is written, even one that is a list or a mapping in brackets."""
    node = _node(event, events, text, False, _DEEPEST)
    if isinstance(node, RawText):
        return node
    written = raw_text(node).rstrip("\n")
    if "\n" in written:
        raise ValueError("a key of several lines")
    return RawText(written, "")


def _tag(written: str) -> str:
    return next(word for word in written.split() if word.startswith("!"))


def _on_one_line(event: Any, written: str) -> str:
    """Write a scalar on one line: as it is, or in double quotes."""
    if event.style in ("|", ">"):
        return json.dumps(event.value, ensure_ascii=False)
    if "\n" not in written:
        return written
    if event.style or event.value != " ".join(written.split()):
        return json.dumps(event.value, ensure_ascii=False)
    return str(event.value)


def parts_at(roots: Iterable[RawNode], depth: int, without: Collection[Part]) -> list[Part]:
    """List the parts of trees at a depth, from 0, inside those that are not left out.

    A comment is a part at the depth below its entry.
    """
    level: list[RawEntry] = [RawEntry(None, root) for root in roots]
    parts: list[Part] = []
    for _ in range(depth + 1):
        comments = [entry.comment for entry in level if entry.comment is not None]
        inside = [
            e for one in level if not isinstance(one.value, RawText) for e in one.value.entries
        ]
        level = [entry for entry in inside if entry not in without]
        parts = [*level, *(comment for comment in comments if comment not in without)]
    return parts


def raw_text(
    root: RawNode,
    without: Collection[Part] = (),
    instead: Mapping[RawText, str] | None = None,
) -> str:
    """Write a tree as a text, without some of its parts and with some texts replaced."""
    writer = _Writer(without, instead or {})
    if isinstance(root, RawLines):
        return "\n".join(writer.text(entry.value) for entry in writer.kept(root))
    return "".join(f"{line}\n" for line in writer.document(root))


class _Writer:
    def __init__(self, without: Collection[Part], instead: Mapping[RawText, str]) -> None:
        self.without = without
        self.instead = instead

    def kept(self, node: RawGroup | RawLines) -> list[RawEntry]:
        return [entry for entry in node.entries if entry not in self.without]

    def text(self, node: RawNode) -> str:
        assert isinstance(node, RawText)  # noqa: S101 - for the type checker
        return self.instead.get(node, node.raw)

    def document(self, root: RawNode) -> Iterator[str]:
        if isinstance(root, RawGroup) and self._is_block(root):
            yield from [root.mark] if root.mark else []
            yield from self._block(root, "")
        else:
            yield self._inline(root)

    def _is_block(self, node: RawNode) -> bool:
        return isinstance(node, RawGroup) and not node.flow and bool(self.kept(node))

    def _inline(self, node: RawNode) -> str:
        """Write a text, or a list or a mapping in brackets."""
        if not isinstance(node, RawGroup):
            return self.text(node)
        entries = (f"{self._key(entry)}{self._inline(entry.value)}" for entry in self.kept(node))
        inside = ", ".join(entries)
        mark = f"{node.mark} " if node.mark else ""
        return mark + (f"[{inside}]" if node.is_list else f"{{{inside}}}")

    def _key(self, entry: RawEntry) -> str:
        return f"{self.text(entry.key)}: " if entry.key is not None else ""

    def _block(self, node: RawGroup, indent: str) -> Iterator[str]:
        for entry in self.kept(node):
            head = f"{indent}{self._key(entry).rstrip() or '-'}"
            value = entry.value
            if not (isinstance(value, RawGroup) and self._is_block(value)):
                shown = entry.comment is not None and entry.comment not in self.without
                behind = self.text(entry.comment) if shown and entry.comment else ""
                yield f"{head} {self._inline(value)}".rstrip() + behind
                continue
            lines = self._block(value, f"{indent}  ")
            if value.mark or not node.is_list:
                yield f"{head} {value.mark}".rstrip()
            else:
                yield f"{head} {next(lines).lstrip()}"
            yield from lines
