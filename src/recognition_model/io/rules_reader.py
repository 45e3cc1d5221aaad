"""Read rules files: what `io.reader` does for the files of a record, for a rule table.

It stands apart because most commands use the shipped table, which is no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, TypeVar

from attrs import define, evolve

from recognition_model.core.base import keys_of
from recognition_model.core.likeness import near_names
from recognition_model.core.rule_files import (
    BanAfter,
    BaseTable,
    InvariantChoice,
    RuleChange,
    RulesFile,
    WrittenRule,
)
from recognition_model.core.scenario import Format
from recognition_model.core.stages import Ban
from recognition_model.core.types import SHAPES, RuleCode
from recognition_model.core.wording import did_you_mean, shown
from recognition_model.engine.invariants import INVARIANTS
from recognition_model.engine.rule_faults import Fault, FaultKind, faults_of, idle_rules
from recognition_model.engine.rules import RULES, Rule, RuleTable
from recognition_model.io.converters import ValueProblem, wrong_kind
from recognition_model.io.node_reader import FILE_CLASSES
from recognition_model.io.nodes import Document, ListNode, MapNode, Node, Text
from recognition_model.io.reader import Reader
from recognition_model.io.validation import CHECKS, Checks

T = TypeVar("T")
_CHANGES = ("change", "add", "remove")
MAX_RULES = 200
_LISTS = {"before": "before", "ban-must-be": "ban_must_be"}
_HINTS = {
    FaultKind.CODE_TWICE: "give one of them another code",
    FaultKind.OVERLAP: "let one of them take other stages, or ask for another ban",
    FaultKind.NEVER_FIRES: "correct `before:` or `ban-must-be:`, or leave the rule out",
    FaultKind.CHANGES_NOTHING: "leave that stage out of `before:`, or correct `after:`",
}


def _names_no_word_twice(rule: WrittenRule | RuleChange, node: MapNode) -> None:
    for key, name in _LISTS.items():
        words = getattr(rule, name) or ()
        twice = [word for word in words if words.count(word) > 1]
        if twice:
            message = f"`{key}:` names {twice[0]} twice"
            raise ValueProblem("RM212", message, node[Text(key)], "remove one of the two")


def _changes_something(change: RuleChange, node: MapNode) -> None:
    if not node:
        message = f"nothing is changed of {change.code}"
        raise ValueProblem("RM212", message, node, "name a key of the rule, as `needs: claimed`")


class _Parts(NamedTuple):
    """The mappings of a file: its nodes by the key above them, empty where there are none."""

    rules: MapNode
    change: MapNode
    add: MapNode


@define(eq=False, repr=False)
class RulesReader(Reader):
    """Reads rules files; what is wrong with them becomes `findings`."""

    classes: ClassVar[tuple[type[Any], ...]] = (
        *FILE_CLASSES,
        *(WrittenRule, RuleChange, InvariantChoice, RulesFile),
    )
    mapping_checks: ClassVar[Checks] = {
        **CHECKS,
        WrittenRule: (_names_no_word_twice,),
        RuleChange: (_changes_something, _names_no_word_twice),
    }

    def rules(self, document: Document) -> RuleTable | None:
        """Read a rule table. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.RULES, keys_of(RulesFile))
        if root is None:
            return None
        title = self._value(root, "title", str) or ""
        base = self._value(root, "base", BaseTable)
        self._check_shape(root)
        parts = _Parts(*(self._mapping(root, key) for key in _Parts._fields))
        whole = self._below(parts.rules, WrittenRule)
        changed = self._below(parts.change, RuleChange)
        added = self._below(parts.add, WrittenRule)
        removed = self._removed(root, base, parts)
        if base is not None:
            self._check_codes(parts, removed)
        off = self._off(root)
        start = RULES.rules if base is not None else ()
        rules = [
            _changed(rule, changed[rule.code]) if rule.code in changed else rule
            for rule in start
            if rule.code not in removed  # nor what could not be read: it is not checked
            and (rule.code in changed or Text(rule.code) not in parts.change)
        ]
        rules += [_rule(one) for one in (*whole.values(), *added.values())]
        if base is not None:
            rules = list({rule.code: rule for rule in reversed(rules)}.values())[::-1]
        self._report_faults(rules, root, parts)
        if self._errors > before:
            return None
        return RuleTable(rules, title=title, off=off)

    def _mapping(self, root: MapNode, key: str) -> MapNode:
        """The mapping at a key, whose keys are codes of rules; empty if there is none."""
        node = root.get(Text(key))
        if node is None or isinstance(node, MapNode):
            return node or MapNode()
        self._add(wrong_kind(node, "a mapping", hint="write each rule below its code"))
        return MapNode()

    def _below(self, nodes: MapNode, cls: type[T]) -> dict[str, T]:
        """Read the records that stand below codes of rules; those with errors are left out."""
        read: dict[str, T] = {}
        if len(nodes) > MAX_RULES:
            name = [*nodes][MAX_RULES]
            message = f"more than {MAX_RULES} rules"
            self._add(ValueProblem("RM113", message, name, "keep those that differ"))
            return read
        for name, node in nodes.items():
            if not isinstance(node, MapNode):
                hint = f"write the keys of the rule below its code, as `{name}: {{needs: claimed}}`"
                self._add(wrong_kind(node, "a mapping", hint=hint))
                continue
            record = self._named(name, node, cls, RuleCode, "code")
            if record is not None:
                read[str(name)] = record
        return read

    def _check_shape(self, root: MapNode) -> None:
        """Check that the file has a whole table, or a base and what differs from it."""
        whole, based = Text("rules") in root, Text("base") in root
        changes = [key for key in _CHANGES if Text(key) in root]
        if whole and (based or changes):
            other = "base" if based else changes[0]
            message = f"the file has both `rules:` and `{other}:`"
            hint = "write every rule in `rules:`; or `base: shipped` and only what differs from it"
            self._add(ValueProblem("RM230", message, _key(root, other), hint))
        elif changes and not based:
            message = f"`{changes[0]}:` says nothing without a base"
            self._add(ValueProblem("RM230", message, _key(root, changes[0]), "add `base: shipped`"))
        elif not whole and not based:
            message = "the file has neither `rules:` nor `base:`"
            hint = "add `base: shipped` with `change:`, `add:` or `remove:`; or write all `rules:`"
            self._add(ValueProblem("RM230", message, root, hint))
        elif whole and root[Text("rules")] == {}:
            hint = "`rules --format yaml` prints the shipped table as a file"
            self._add(ValueProblem("RM212", "the table has no rule", _key(root, "rules"), hint))

    def _removed(self, root: MapNode, base: BaseTable | None, parts: _Parts) -> set[str]:
        """Read which rules of the base a file removes."""
        removed: set[str] = set()

        def read(node: Node) -> RuleCode | None:
            code: RuleCode | None = self._read(node, RuleCode, "remove", tuple[RuleCode, ...])
            if code is None or base is None:
                return None
            if code in removed:
                hint = "remove one of the two"
                self._add(ValueProblem("RM232", f"{code} is removed twice", node, hint))
            elif Text(code) in parts.change:
                message = f"{code} is both changed and removed"
                self._add(ValueProblem("RM232", message, node, "leave one of the two out"))
            elif code not in _CODES:
                self._add(_unknown_rule(code, node))
            else:
                removed.add(code)
            return code

        self._list(root, "remove", RuleCode, read)
        return removed

    def _check_codes(self, parts: _Parts, removed: set[str]) -> None:
        """Check that changed rules are in the base, and that added ones are not."""
        for name in parts.change:
            if name not in _CODES and SHAPES[RuleCode].fits(name):
                self._add(_unknown_rule(name, name))
        for name in parts.add:
            if name in _CODES and name not in removed:
                message = f"the base has a rule {name} already"
                hint = f"write it below `change:`, or take another code, as {_free_code(parts)}"
                self._add(ValueProblem("RM232", message, name, hint))

    def _off(self, root: MapNode) -> tuple[str, ...]:
        """Read which invariants are not checked. Each must exist."""
        choice = self._value(root, "invariants", InvariantChoice)
        if choice is None:
            return ()
        known = {invariant.code: invariant for invariant in INVARIANTS}
        node = root[Text("invariants")]
        listed = node.get(Text("off")) if isinstance(node, MapNode) else None
        seen: set[str] = set()
        for item in listed if isinstance(listed, ListNode) else ():
            code = str(item).strip()
            if code in seen:
                self._add(ValueProblem("RM212", f"{code} is off twice", item, "remove one"))
            elif code not in known:
                hint = did_you_mean(near_names(code, known)) or f"one of {', '.join(known)}"
                self._add(ValueProblem("RM233", f"{shown(code)} is no invariant", item, hint))
            seen.add(code)
        return tuple(choice.off)

    def _report_faults(self, rules: Sequence[Rule], root: MapNode, parts: _Parts) -> None:
        """Report what makes the rules no table, and rules that do nothing, each at its place."""
        places: dict[str, Node] = {str(name): name for part in parts for name in part}
        faults: list[Fault] = [*faults_of(rules), *idle_rules(rules)]
        for fault in faults:
            codes = [rule.code for rule in (fault.rule, fault.other) if rule is not None]
            place = next((places[code] for code in codes if code in places), root)
            hint = _HINTS[fault.kind]
            self._add(ValueProblem(fault.kind.value, fault.message, place, hint))


_CODES = tuple(rule.code for rule in RULES)


def _unknown_rule(code: str, node: Node) -> ValueProblem:
    hint = did_you_mean(near_names(code, _CODES)) or f"one of {', '.join(_CODES)}"
    return ValueProblem("RM231", f"the base has no rule {shown(code)}", node, hint)


def _free_code(parts: _Parts) -> str:
    taken = {*_CODES, *map(str, parts.add)}
    return next(code for n in range(1, 1000) if (code := f"R{n:02d}") not in taken)


def _key(root: MapNode, key: str) -> Node:
    """The key of a mapping, with its place."""
    return next(name for name in root if name == key)


def _changed(rule: Rule, change: RuleChange) -> Rule:
    """A rule with what a file changes of it."""
    return evolve(rule, **_values(change))


def _rule(written: WrittenRule) -> Rule:
    values: dict[str, Any] = {"ban_becomes": None, **_values(written)}
    return Rule(code=str(written.code), **values)


def _values(given: WrittenRule | RuleChange) -> Mapping[str, Any]:
    """The cells of a rule that a file gives, as `Rule` takes them."""
    cells: dict[str, Any] = {}
    for attribute in keys_of(type(given)).values():
        value = getattr(given, attribute.name)
        if value is None:
            continue
        if isinstance(value, BanAfter):
            value = None if value is BanAfter.SAME else Ban[value.name]
        cells[attribute.name] = value
    return cells
