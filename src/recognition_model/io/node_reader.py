"""Convert nodes to the values of a file, each separately, so one error does not hide the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType, ModuleType
from typing import Any, ClassVar, Self, TypeVar, get_args

import attrs
from attrs import define, field
from cattrs import BaseConverter

from recognition_model.core.authority import AuthorityDay, PeriodOfRule
from recognition_model.core.base import keys_of
from recognition_model.core.checks import Check, Sample
from recognition_model.core.claims import Claim
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import (
    MOST_FINDINGS,
    Finding,
    Place,
    finding,
    first_of_file,
)
from recognition_model.core.evidence import Evidence, Source, Sources, TextFile
from recognition_model.core.locators import Locator
from recognition_model.core.scenario import STEP_OF, Assertion, Doctrine, Scenario, Start, Step
from recognition_model.core.searches import Search
from recognition_model.core.signals import Example, SignalMeaning, Vocabulary
from recognition_model.core.types import RANGES, SHAPES, CountryCode
from recognition_model.core.wording import shown
from recognition_model.io.converters import (
    ValueProblem,
    as_choice,
    as_country,
    as_day,
    as_free_text,
    as_items,
    as_number,
    as_shaped,
    as_text,
    as_when,
    as_word,
    is_tuple,
    leaves,
    wrong_kind,
)
from recognition_model.io.nodes import Document, MapNode, Node, Reported, Text
from recognition_model.io.validation import (
    CHECKS,
    Checks,
    empty_evidence,
    missing_keys,
    unknown_keys,
)

T = TypeVar("T")
Making = Callable[[Any, Mapping[str, Any]], Any]
"""A function from a mapping, and values that stand outside it, to a record."""
FILE_CLASSES = (
    *(Locator, Doctrine, Start, Assertion, TextFile, Evidence, Claim, PeriodOfRule, AuthorityDay),
    *(SignalMeaning, Example, Check, Sample, Search),
    *STEP_OF.values(),
)
MANY = 100
"""After so many findings no more searches for a hint."""
_FEWER = "keep those that matter to the answers"
LIMITS: Mapping[type[Any], tuple[int, str, str]] = {
    Step: (1_000, "entries", _FEWER),
    Claim: (1_000, "claims", _FEWER),
}
"""How many records of a class a list has at most. Answers take time as their square."""
MOST_SEARCHED = 20_000
"""How many names of sources are compared with unknown ones."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@define(eq=False, repr=False)
class NodeReader:
    """Converts nodes of files that cite one register of sources and use one vocabulary of signals.

    `findings` collects the problems, `places` the positions of the sources it has read. `unread`
    says that a register could not be read: then unknown names of sources are not reported.
    `classes` are those of the mappings that it can read, `mapping_checks` the checks of each whole,
    `limits` how many of them a list has at most.
    """

    classes: ClassVar[tuple[type[Any], ...]] = FILE_CLASSES
    mapping_checks: ClassVar[Checks] = CHECKS
    limits: ClassVar[Mapping[type[Any], tuple[int, str, str]]] = LIMITS

    register: Sources
    vocabulary: Vocabulary = Vocabulary()
    places: dict[str, Place] = field(factory=dict)
    unusable: set[str] = field(factory=set)
    unread: bool = False
    _errors: int = 0
    _searched: int = 0
    findings: list[Finding] = field(factory=list)
    _converter: BaseConverter = field(init=False)
    _makers: Mapping[type[Any], Making] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._converter = converter = BaseConverter(detailed_validation=True)
        hooks: dict[Any, Callable[[Any, Any], Any]] = {
            str: lambda node, _: as_free_text(node),
            bool: lambda node, _: as_choice(node, {"true": True, "false": False}),
            When: lambda node, _: as_when(node),
            date: lambda node, _: as_day(node),
            CountryCode: lambda node, _: as_country(node),
            Source: lambda node, _: self._source(node),
        }
        converter.register_structure_hook_func(
            is_tuple,
            lambda node, kind: self._tuple(node, kind),
        )
        hooks |= {kind: as_shaped(shape) for kind, shape in SHAPES.items()}
        hooks |= {kind: as_number(*limits) for kind, limits in RANGES.items()}
        hooks |= dict.fromkeys(_enums((*self.classes, Source, Scenario)), as_word)
        self._makers = {cls: self._maker(cls) for cls in (*self.classes, Source)}
        hooks |= {cls: _as_hook(self._makers[cls]) for cls in self.classes}
        for kind, hook in hooks.items():
            converter.register_structure_hook(kind, hook)

    @property
    def _advice(self) -> ModuleType:
        """The module that writes hints; loaded only if there is an error."""
        from recognition_model.io import advice

        return advice

    @property
    def _key_advice(self) -> ModuleType:
        from recognition_model.io import key_advice

        return key_advice

    def _value(self, root: MapNode, key: str, cls: Any) -> Any:
        node = root.get(Text(key))
        return None if node is None else self._read(node, cls, key, cls)

    def _list(
        self,
        root: MapNode,
        key: str,
        cls: type[T],
        read: Callable[[Node], T | None] | None = None,
    ) -> list[T]:
        """Read the entries of a list, each separately; by default as records of `cls`."""
        node = root.get(Text(key))
        if node is None:
            return []
        kind = tuple[cls, ...]  # type: ignore[valid-type]
        try:
            entries = as_items(node)
        except ValueProblem as bad:
            self._keep(bad, key, kind)
            return []
        most, what, hint = self.limits.get(cls, (len(entries), "", ""))
        if len(entries) > most:
            self._add(ValueProblem("RM113", f"more than {most:,} {what}", entries[most], hint))
            return []
        read = read or (lambda entry: self._read(entry, cls, key, kind))
        return [record for entry in entries if (record := read(entry)) is not None]

    def _read(self, node: Node, cls: type[T], key: str, kind: Any) -> T | None:
        """Convert a node to a record or value. None if it has errors, which become findings.

        `key` is the key that has it, or its list, and `kind` the type of that key.
        """
        try:
            return self._converter.structure(node, cls)
        except Exception as error:
            self._keep(error, key, kind)
            return None

    def _named(
        self, name: Text, node: Node, cls: type[T], kind: Any, key: str = "name"
    ) -> T | None:
        """Read a record that stands below its name. None if it has errors, which become findings.

        `kind` is the type of the name, and `key` its attribute in the record.
        """
        try:
            given: dict[str, Any] = {key: as_shaped(SHAPES[kind])(name, None)}
            if cls is not Source:
                given["place"] = name.place
            made: T = self._makers[cls](node, given)
        except Exception as error:
            self._keep(error, "name", kind)
            return None
        return made

    def _keep(self, error: Exception, key: str, kind: Any) -> None:
        """Turn the hooks' exceptions into findings; re-raise anything else, which is a bug."""
        self._advise(error, None, key, kind)
        for leaf in leaves(error):
            if not isinstance(leaf, ValueProblem):
                raise error
            self._add(leaf)

    def _advise(self, error: Exception, cls: Any, key: str, kind: Any) -> Exception:
        """Give a hint to each problem without one that a key of a class has; return the error."""
        for leaf in leaves(error):
            if isinstance(leaf, ValueProblem) and not leaf.advised:
                leaf.advised = True
                few = len(self.findings) < MOST_FINDINGS  # others are counted only
                if few and not leaf.hint and not isinstance(leaf.node, Reported):
                    known = self._advice.Known(self.register, self.vocabulary)
                    leaf.hint = self._advice.hint_for(
                        leaf.code, leaf.node, leaf.wanted, cls, key, kind, known
                    )
        return error

    def with_few_findings(self, read: Callable[[Self, Document], T], document: Document) -> T:
        """Read a file with a method of this class; keep only the first of its findings."""
        before = len(self.findings)
        made = read(self, document)
        self.findings[before:] = first_of_file(self.findings[before:])
        return made

    def _add(self, bad: ValueProblem) -> None:
        self._errors += 1
        if isinstance(bad.node, Reported):
            return  # it already has a finding
        self.findings.append(finding(bad.code, str(bad), bad.node.place, bad.hint))

    def _source(self, node: Node) -> Source:
        name = as_text(node)
        source = self.register.get(name)
        if source is None and (self.unread or name in self.unusable):
            raise ValueProblem("RM301", f"the source {name!r} could not be read", Reported())
        if source is None:
            hint = ""
            self._searched += len(self.register)
            if len(self.findings) < MANY and self._searched <= MOST_SEARCHED:
                hint = self._key_advice.hint_for_source(name, self.places, self.register)
            message = f"the source {shown(name)} is not in the register"
            raise ValueProblem("RM301", message, node, hint)
        return source

    def _tuple(self, node: Node, kind: Any) -> tuple[Any, ...]:
        """Convert a list, each entry separately."""
        (entry_kind, _) = get_args(kind)
        read = self._converter.get_structure_hook(entry_kind)
        entries, bad = [], []
        for entry in as_items(node):
            try:
                entries.append(read(entry, entry_kind))
            except Exception as error:
                bad.append(error)
        if bad:
            raise ExceptionGroup("list", bad)
        return tuple(entries)

    def _maker(self, cls: Any) -> Making:
        """Return what makes a record of a class: checks keys here, reads values with cattrs."""
        keys = keys_of(cls)
        needed = {key for key, a in keys.items() if a.default is attrs.NOTHING}
        wants_evidence = "evidence" in needed
        has_place = "place" in attrs.fields_dict(cls)
        readers: dict[str, tuple[str, Any, Callable[[Any, Any], Any]]] = {}

        def make(node: Any, given: Mapping[str, Any]) -> Any:
            if not readers:  # not before every hook is registered
                for key, a in keys.items():
                    hook_of_kind = self._converter.get_structure_hook(a.type)
                    readers[key] = (str(a.alias), a.type, hook_of_kind)
            if not isinstance(node, MapNode):
                raise wrong_kind(node, "a mapping")
            bad: list[Exception] = [*empty_evidence(node)] if wants_evidence else []
            if not needed <= node.keys() <= keys.keys():
                bad += (*unknown_keys(node, keys), *missing_keys(node, keys))
            values: dict[str, Any] = {}
            for key, child in node.items():
                if key in readers:
                    name, kind, read = readers[key]
                    try:
                        values[name] = read(child, kind)
                    except Exception as error:
                        bad.append(self._advise(error, cls, key, kind))
            if bad:
                raise ExceptionGroup(cls.__name__, bad)
            if has_place:
                values["place"] = node.place
            record = cls(**{**values, **given} if given else values)
            for check in self.mapping_checks.get(cls, ()):
                check(record, node)
            return record

        return make


def _as_hook(make: Making) -> Callable[[Any, Any], Any]:
    return lambda node, _: make(node, _NOTHING)


def _enums(records: Iterable[type[Any]]) -> Iterator[type[Enum]]:
    """Yield every enum type among the attributes of these records."""
    for cls in records:
        for attribute in attrs.fields(cls):
            for kind in get_args(attribute.type) or (attribute.type,):
                if isinstance(kind, type) and issubclass(kind, Enum):
                    yield kind
