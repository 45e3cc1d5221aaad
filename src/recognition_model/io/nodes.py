"""The nodes of a parsed file: texts, lists and mappings, each with its line and column."""

from __future__ import annotations

from attrs import frozen

from recognition_model.core.diagnostics import Finding, Place
from recognition_model.io.page import Page


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


@frozen
class Document:
    """A parsed file: its nodes, and the findings about its text."""

    file: str
    root: Node | None = None
    findings: tuple[Finding, ...] = ()
