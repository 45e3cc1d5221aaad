"""Read choices files: what `io.reader` does for the files of a record, for reasonable choices."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from math import prod
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from attrs import define, field

from recognition_model.core.base import keys_of
from recognition_model.core.choice_files import (
    CHOICES,
    EACH,
    NOTHING,
    ChoicesFile,
    ListedChoices,
    ListedFuzz,
    ListedGrade,
    ListedLag,
    ListedReports,
    ListedSource,
    ListedTable,
    ListedUniverse,
    ListedVoice,
)
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.likeness import near_names
from recognition_model.core.scenario import Format
from recognition_model.core.types import SHAPES, SourceName
from recognition_model.core.wording import did_you_mean, near_words, shown
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.converters import ValueProblem
from recognition_model.io.node_reader import FILE_CLASSES
from recognition_model.io.nodes import Document, ListNode, MapNode, Node, Text
from recognition_model.io.reader import Reader
from recognition_model.io.rules_files import load_rules, shipped_rules

Value = RuleTable | str
"""What an option stands for: two of one value are the same option."""


class _Written(NamedTuple):
    """An option as it is written: its choice, its text, and whether it is that of a universe."""

    choice: str
    node: Text
    of_universe: bool


@define(eq=False, repr=False)
class ChoicesReader(Reader):
    """Reads choices files; what is wrong with them becomes `findings`.

    `kept` are the sources that are never left out. Rules files are looked up in `folder`, and read
    into `tables` under the names that the file gives them.
    """

    classes: ClassVar[tuple[type[Any], ...]] = (
        *FILE_CLASSES,
        *(ListedTable, ListedVoice, ListedGrade, ListedReports, ListedSource),
        *(ListedFuzz, ListedLag, ListedChoices, ListedUniverse),
    )

    kept: frozenset[str] = field(kw_only=True, default=frozenset())
    folder: Path = field(kw_only=True, factory=Path)
    tables: dict[str, RuleTable] = field(kw_only=True, factory=dict)

    def choices(self, document: Document) -> ChoicesFile | None:
        """Read a choices file. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.CHOICES, keys_of(ChoicesFile))
        if root is None:
            return None
        values: dict[str, Any] = {
            "title": self._value(root, "title", str),
            "choices": self._value(root, "choices", ListedChoices),
            "universes": tuple(self._list(root, "universes", ListedUniverse)),
        }
        readable = self._errors == before
        self._check_shape(root)
        for written in (*_options(root), *_of_universes(root)):
            self._check_option(written)
        self._check_options_once(root)
        self._check_universes_once(root)
        if self._errors > before:
            return None
        if readable:
            self._check_several(root)
        return ChoicesFile(**values, place=root.place) if self._errors == before else None

    def _check_shape(self, root: MapNode) -> None:
        """Check that the file lists options, or universes."""
        has = [key for key in ("choices", "universes") if Text(key) in root]
        if len(has) == 2:
            message = "the file has both `choices:` and `universes:`"
            hint = "combinations of options are universes already: keep one of the two"
            self._add(ValueProblem("RM270", message, _key(root, "universes"), hint))
        elif not has:
            message = "the file has neither `choices:` nor `universes:`"
            hint = "add `choices:` with options of voice, grade and so on; or `universes:`"
            self._add(ValueProblem("RM270", message, root, hint))
        for key, node in _lists(root):
            if not node:
                hint = "list an option with its reason, or remove the key"
                self._add(ValueProblem("RM212", f"`{key}:` lists nothing", node, hint))

    def _check_option(self, written: _Written) -> None:
        """Check that a table or a source that an option names exists."""
        if written.choice == "rules":
            self._load(written.node)
        elif written.choice == "without" and SHAPES[SourceName].fits(written.node.strip()):
            self._check_source(written)

    def _load(self, node: Text) -> None:
        """Read the table that an option names, once."""
        name = node.strip()
        path = self.folder / name
        if not name or name in self.tables:
            return
        if name not in shipped_rules() and not os.path.lexists(path):
            hint = did_you_mean(near_words(name, shipped_rules()))
            hint = hint or f"write one of {', '.join(shipped_rules())}, or the path of a rules file"
            self._add(ValueProblem("RM272", f"no rule table {shown(name)}", node, hint))
            return
        try:
            self.tables[name] = load_rules(name if name in shipped_rules() else path)
        except RecordError as error:
            self._errors += len(error.findings)
            self.findings += error.findings

    def _check_source(self, written: _Written) -> None:
        name, node = written.node.strip(), written.node
        if name == EACH and written.of_universe:
            message = "a universe leaves out one source, not each"
            hint = "name the source; `each` is an option of `without:` in `choices:`"
            self._add(ValueProblem("RM273", message, node, hint))
        elif name in self.kept:
            message = f"{name} attests when the Taliban governed and is never left out"
            self._add(ValueProblem("RM274", message, node, "remove this line"))
        elif name not in (NOTHING, EACH, *self.register):
            near = near_names(name, (NOTHING, EACH), self.register)
            hint = did_you_mean(near[:2]) or "`sources` lists the names; or write nothing, or each"
            message = f"the source {shown(name)} is not in the register"
            self._add(ValueProblem("RM273", message, node, hint))

    def _check_options_once(self, root: MapNode) -> None:
        """Check that no choice lists an option twice."""
        seen: set[tuple[str, Value]] = set()
        for written in _options(root):
            value = self._value_of(written)
            if value is None:
                continue
            if (written.choice, value) in seen:
                message = f"`{written.choice}:` lists {shown(written.node.strip())} twice"
                if isinstance(value, RuleTable) and value != RULES:
                    message = f"`rules:` lists the table of {shown(written.node.strip())} twice"
                self._add(ValueProblem("RM271", message, written.node, "remove one of the two"))
            seen.add((written.choice, value))

    def _check_universes_once(self, root: MapNode) -> None:
        """Check that no two universes have one name or the same options."""
        names: set[str] = set()
        found: dict[tuple[Value | None, ...], str] = {}
        for node in _universes(root):
            name = node.get(Text("name"))
            if isinstance(name, Text) and name.strip():
                if name.strip() in names:
                    message = f"two universes are called {shown(name.strip())}"
                    self._add(ValueProblem("RM271", message, name, "give one another name"))
                names.add(name.strip())
            texts = {key: node[Text(key)] for key in CHOICES if Text(key) in node}
            written = {k: _Written(k, v, True) for k, v in texts.items() if isinstance(v, Text)}
            values = {key: self._value_of(one) for key, one in written.items()}
            if len(values) < len(texts) or None in values.values():
                continue  # what cannot be read has its own finding
            options = tuple(values.get(key, _AS_SHIPPED[key]) for key in CHOICES)
            if options in found:
                message = f"this universe has the options of {shown(found[options])}"
                self._add(ValueProblem("RM271", message, node, "remove one of the two"))
            found.setdefault(options, str(name).strip())

    def _check_several(self, root: MapNode) -> None:
        """Check that the file leaves more than one universe."""
        several = [len(node) for _, node in _lists(root)]
        each = any(one.node.strip() == EACH for one in _options(root))
        if prod(several) < 2 and not each:
            hint = "list a second option of some choice, or a second universe"
            self._add(ValueProblem("RM275", "the file leaves a single universe", root, hint))

    def _value_of(self, written: _Written) -> Value | None:
        """What an option stands for; None if that cannot be said."""
        text = written.node.strip()
        if written.choice == "rules":
            return self.tables.get(text)
        return text.lstrip("0") or "0" if text.isdigit() else text or None


_AS_SHIPPED: dict[str, Value] = {
    "rules": RULES,
    "voice": "press",
    "grade": "F6",
    "refused": "kept-out",
    "without": NOTHING,
    "fuzz": "1",
    "lag": "0",
}


def _lists(root: MapNode) -> Iterator[tuple[str, ListNode]]:
    """Yield the lists of options, and that of universes, by their keys."""
    choices = root.get(Text("choices"))
    for key in CHOICES if isinstance(choices, MapNode) else ():
        node = choices.get(Text(key))  # type: ignore[union-attr]  # it is a mapping, or none
        if isinstance(node, ListNode):
            yield key, node
    universes = root.get(Text("universes"))
    if isinstance(universes, ListNode):
        yield "universes", universes


def _options(root: MapNode) -> Iterator[_Written]:
    for choice, node in _lists(root):
        for entry in node if choice != "universes" else ():
            option = entry.get(Text("option")) if isinstance(entry, MapNode) else None
            if isinstance(option, Text):
                yield _Written(choice, option, of_universe=False)


def _universes(root: MapNode) -> Sequence[MapNode]:
    node = root.get(Text("universes"))
    return [one for one in node if isinstance(one, MapNode)] if isinstance(node, ListNode) else []


def _of_universes(root: MapNode) -> Iterator[_Written]:
    for node in _universes(root):
        for choice in CHOICES:
            option = node.get(Text(choice))
            if isinstance(option, Text):
                yield _Written(choice, option, of_universe=True)


def _key(root: MapNode, key: str) -> Node:
    """The key of a mapping, with its place."""
    return next(name for name in root if name == key)
