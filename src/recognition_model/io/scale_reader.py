"""Read scales: what `io.reader` does for the files of a record, for ordered levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define

from recognition_model.core.base import keys_of
from recognition_model.core.evidence import Attestation
from recognition_model.core.scale_faults import faults_of
from recognition_model.core.scales import Entering, Entries, HeldIn, Leaving, Level, Scale
from recognition_model.core.scenario import Format
from recognition_model.core.types import ScaleName
from recognition_model.io.converters import ValueProblem
from recognition_model.io.node_reader import FILE_CLASSES, LIMITS
from recognition_model.io.nodes import Document, ListNode, MapNode, Node, Text
from recognition_model.io.reader import Reader
from recognition_model.io.validation import CHECKS, Checks


def _names_entries(by: Entries, node: MapNode) -> None:
    if not (by.signals or by.families or by.acts):
        message = "it names no entry: it has neither `signals` nor `families` nor `acts`"
        raise ValueProblem("RM212", message, node, "add one of them, or remove the entry")
    if isinstance(by, Entering) and by.needs is Attestation.NONE:
        message = "`needs: none` asks for nothing"
        hint = "write reported, claimed or official, or leave the key out"
        raise ValueProblem("RM212", message, node[Text("needs")], hint)


def _names_states(held: HeldIn, node: MapNode) -> None:
    if not (held.stages or held.bans):
        message = "it names no state: it has neither `stages` nor `bans`"
        raise ValueProblem("RM212", message, node, "add one of them, or remove `held-in:`")


@define(eq=False, repr=False)
class ScaleReader(Reader):
    """Reads scales; what is wrong with them becomes `findings`."""

    classes: ClassVar[tuple[type[Any], ...]] = (*FILE_CLASSES, HeldIn, Entering, Leaving, Level)
    mapping_checks: ClassVar[Checks] = {
        **CHECKS,
        HeldIn: (_names_states,),
        Entering: (_names_entries,),
        Leaving: (_names_entries,),
    }

    limits: ClassVar[Mapping[type[Any], tuple[int, str, str]]] = {
        **LIMITS,
        Level: (50, "levels", "keep those that differ in what is done"),
    }

    def scale(self, document: Document) -> Scale | None:
        """Read a scale. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.SCALE, keys_of(Scale))
        if root is None:
            return None
        values: dict[str, Any] = {
            "name": self._value(root, "name", ScaleName),
            "title": self._value(root, "title", str),
            "about": self._value(root, "about", str),
            "levels": tuple(self._list(root, "levels", Level)),
        }
        if self._errors > before:
            return None
        scale = Scale(**values, place=root.place)
        for fault in faults_of(scale, self.vocabulary):
            self._add(ValueProblem(fault.code, fault.message, _at(root, fault.at), fault.hint))
        return scale if self._errors == before else None


def _at(root: MapNode, path: tuple[str | int, ...]) -> Node:
    """The node at a place in the file, or the deepest one on the way to it."""
    node: Node = root
    for part in path:
        found: Node | None = None
        if isinstance(node, MapNode) and isinstance(part, str):
            found = node.get(Text(part))
        elif isinstance(node, ListNode) and isinstance(part, int):
            found = node[part]
        if found is None:
            break
        node = found
    return node
