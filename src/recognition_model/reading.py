"""From nodes to records: every value by itself, so that one mistake does not hide the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import attrs
from attrs import define, evolve, field
from cattrs import BaseConverter

from recognition_model.countries import UnknownCountry, code_of, is_country, name_of
from recognition_model.dates import DateError, When, exact_day, first_out_of_order
from recognition_model.diagnostics import Finding, finding
from recognition_model.evidence import Evidence, Source, TextFile
from recognition_model.locators import Locator
from recognition_model.nodes import Document, Items, Keys, Node, Text, Told
from recognition_model.scenario import (
    STEP_OF,
    ActStep,
    Assertion,
    Claim,
    ClaimKind,
    Collective,
    Format,
    Scenario,
    Start,
    Step,
)
from recognition_model.shapes import RANGES, SHAPES, CountryCode, Shape, SourceName

T = TypeVar("T")
Sources = Mapping[str, Source]


class _Bad(Exception):
    """What is wrong with one node. cattrs carries it up in a group and reads on beside it."""

    def __init__(self, code: str, message: str, node: Node, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.node, self.hint = code, node, hint


@define(eq=False, repr=False)
class Reader:
    """Reads documents against one register of sources. `findings` gathers what is wrong."""

    register: Sources
    findings: list[Finding] = field(factory=list)
    _document: Document = field(default=Document("", []))
    _converter: BaseConverter = field(init=False)
    _source_record: Callable[[Any, Any], Source] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._converter = converter = BaseConverter(detailed_validation=True)
        hooks: dict[Any, Callable[[Any, Any], Any]] = {
            str: lambda node, _: _text(node),
            bool: lambda node, _: _choice(node, {"true": True, "false": False}),
            When: lambda node, _: _when(node),
            date: lambda node, _: _day(node),
            CountryCode: lambda node, _: _country(node),
            Source: lambda node, _: self._source(node),
        }
        converter.register_structure_hook_func(
            _is_tuple,
            lambda node, kind: self._tuple(node, kind),
        )
        hooks |= {kind: _shaped(shape) for kind, shape in SHAPES.items()}
        hooks |= {kind: _numbered(*limits) for kind, limits in RANGES.items()}
        for cls in (Locator, Start, Assertion, TextFile, Evidence, Claim, *STEP_OF.values()):
            hooks[cls] = self._record_hook(cls)
        for kind, hook in hooks.items():
            converter.register_structure_hook(kind, hook)
        converter.register_structure_hook_func(
            lambda kind: isinstance(kind, type) and issubclass(kind, Enum), _word
        )
        self._source_record = self._record_hook(Source)

    # --- whole files -------------------------------------------------------------------------

    def record(self, document: Document) -> Scenario | Collective | None:
        """A scenario or a collective file, by its `format:`; None where findings forbid it."""
        root = document.root
        said = root.get(Text("format")) if isinstance(root, Keys) else None
        if said == Format.COLLECTIVE.value:
            return self.collective(document)
        return self.scenario(document)

    def scenario(self, document: Document) -> Scenario | None:
        """One country's record; entries are read each by itself."""
        before = len(self.findings)
        root = self._open(document, Format.SCENARIO, keys_of(Scenario))
        if root is None:
            return None
        values: dict[str, Any] = {
            "country": self._value(root, "country", CountryCode),
            "title": self._value(root, "title", str),
            "start": self._value(root, "start", Start),
            "documented_until": self._value(root, "documented-until", date),
            "timeline": tuple(self._list(root, "timeline", self._step)),
        }
        self._check_order([s for s in (values["start"], *values["timeline"]) if s is not None])
        if values["country"] is not None:
            self._check_file_name(values["country"], root)
        if any(found.is_error for found in self.findings[before:]):
            return None
        return Scenario(**values, place=document.place(root))

    def collective(self, document: Document) -> Collective | None:
        """Claims about many countries."""
        before = len(self.findings)
        root = self._open(document, Format.COLLECTIVE, keys_of(Collective))
        if root is None:
            return None
        title = self._value(root, "title", str)
        claims = self._list(root, "claims", lambda node: self._read(node, Claim))
        if title is None or any(found.is_error for found in self.findings[before:]):
            return None
        return Collective(title=title, claims=tuple(claims), place=document.place(root))

    def sources(self, document: Document) -> dict[str, Source]:
        """The register, and what a register file adds to it. A name is taken once only."""
        merged = dict(self.register)
        root = self._open(document, Format.SOURCES, {"sources": None})
        entries = root.get(Text("sources")) if root is not None else None
        if entries is None:
            return merged
        if not isinstance(entries, Keys):
            self._add(_wrong_kind(entries, "a mapping"))
            return merged
        for name, node in entries.items():
            if name in merged:
                self._add(_Bad("RM304", f"the register has {str(name)!r} already", name))
                continue
            try:
                identity = SourceName(_shaped(SHAPES[SourceName])(name, None))
                merged[identity] = evolve(self._source_record(node, None), id=identity)
            except Exception as error:
                self._keep(error)
        return merged

    # --- parts of files ----------------------------------------------------------------------

    def _open(self, document: Document, fmt: Format, keys: Mapping[str, Any]) -> Keys | None:
        """The top of a file: a mapping of the keys given, its `format:` the one wanted."""
        self._document = document
        self.findings += document.findings
        root = document.root
        if root is None:
            return None
        if not isinstance(root, Keys):
            self._add(_wrong_kind(root, "a mapping", "the file must be"))
            return None
        said = root.get(Text("format"))
        if said is not None and said != fmt.value:
            hint = f"write format: {fmt.value}"
            self._add(_Bad("RM206", f"the format {str(said)!r} is not known here", said, hint))
            return None
        keys = {"format": None, **keys}
        for bad in (*_stray(root, keys), *_missing(root, keys)):
            self._add(bad)
        return root

    def _step(self, node: Node) -> Step | None:
        kinds = [key for key in node if key in STEP_OF] if isinstance(node, Keys) else []
        if isinstance(node, Keys) and len(kinds) != 1:
            near = [near for key in node for near in _near(key, STEP_OF)]
            hint = "make two entries of it" if kinds else _did_you_mean(near)
            has = " and ".join(kinds) or "none"
            message = f"an entry is one of {', '.join(STEP_OF)}; this has {has}"
            self._add(_Bad("RM207", message, node, hint))
            return None
        return self._read(node, STEP_OF[kinds[0]] if kinds else ActStep)

    def _value(self, root: Keys, key: str, cls: Any) -> Any:
        node = root.get(Text(key))
        return None if node is None else self._read(node, cls)

    def _list(self, root: Keys, key: str, read: Callable[[Node], T | None]) -> list[T]:
        node = root.get(Text(key))
        if node is None:
            return []
        try:
            entries = _items(node)
        except _Bad as bad:
            self._add(bad)
            return []
        return [record for entry in entries if (record := read(entry)) is not None]

    def _read(self, node: Node, cls: type[T]) -> T | None:
        """A record or value from a node; None where findings were kept instead."""
        try:
            return self._converter.structure(node, cls)
        except Exception as error:
            self._keep(error)
            return None

    def _keep(self, error: Exception) -> None:
        """Turn what the hooks raised into findings; anything else is a mistake of ours."""
        for leaf in _leaves(error):
            if not isinstance(leaf, _Bad):
                raise error
            self._add(leaf)

    def _add(self, bad: _Bad) -> None:
        if isinstance(bad.node, Told):
            return  # a finding has spoken of it
        place = self._document.place(bad.node)
        self.findings.append(finding(bad.code, str(bad), place, bad.hint))

    def _source(self, node: Node) -> Source:
        name = _text(node)
        source = self.register.get(name)
        if source is None:
            near = _did_you_mean(_near(name, self.register))
            hint = near or "add it to a sources.yaml beside this file"
            raise _Bad("RM301", f"the source {name!r} is not in the register", node, hint)
        return source

    def _tuple(self, node: Node, kind: Any) -> tuple[Any, ...]:
        """A list, each entry by itself."""
        (entry_kind, _) = get_args(kind)
        read = self._converter.get_structure_hook(entry_kind)
        entries, bad = [], []
        for entry in _items(node):
            try:
                entries.append(read(entry, entry_kind))
            except Exception as error:
                bad.append(error)
        if bad:
            raise ExceptionGroup("list", bad)
        return tuple(entries)

    def _record_hook(self, cls: Any) -> Callable[[Any, Any], Any]:
        """A mapping into a class: its keys are checked here, its values read by cattrs."""
        keys = keys_of(cls)
        needed = {key for key, a in keys.items() if a.default is attrs.NOTHING}
        has_place = "place" in attrs.fields_dict(cls)
        readers: dict[str, tuple[str, Any, Callable[[Any, Any], Any]]] = {}

        def hook(node: Any, _: Any) -> Any:
            if not readers:  # not before every hook is registered
                for key, a in keys.items():
                    hook_of_kind = self._converter.get_structure_hook(a.type)
                    readers[key] = (str(a.alias), a.type, hook_of_kind)
            if not isinstance(node, Keys):
                raise _wrong_kind(node, "a mapping")
            bad: list[Exception] = []
            if not needed <= node.keys() <= keys.keys():
                bad += (*_stray(node, keys), *_missing(node, keys))
            values: dict[str, Any] = {}
            for key, child in node.items():
                if key in readers:
                    name, kind, read = readers[key]
                    try:
                        values[name] = read(child, kind)
                    except Exception as error:
                        bad.append(error)
            if bad:
                raise ExceptionGroup(cls.__name__, bad)
            if has_place:
                values["place"] = self._document.place(node)
            record = cls(**values)
            for check in CHECKS.get(cls, ()):
                check(record, node)
            return record

        return hook

    def _check_order(self, entries: list[Start | Step]) -> None:
        """Every entry must be possible where it stands; a deprecated one may hold any date."""
        dated = [e for e in entries if not (isinstance(e, ActStep) and e.deprecated)]
        clash = first_out_of_order([entry.date for entry in dated])
        if clash is not None:
            before, after = (dated[i] for i in clash)
            message = f"{after.date} cannot come after {before.date} in line {before.place.line}"
            hint = "entries stand in the order they happened: move this one, or correct its date"
            self.findings.append(finding("RM406", message, after.place, hint))

    def _check_file_name(self, country: str, root: Keys) -> None:
        path = Path(self._document.file)
        if path.stem.upper() != country and is_country(path.stem.upper()):
            hint = f"rename it {country}{path.suffix}, or write country: {path.stem.upper()}"
            node = root[Text("country")]
            self._add(_Bad("RM210", f"the file is named {path.name}", node, hint))


def file_key(attribute: attrs.Attribute[Any]) -> str:
    """The key that an attribute of a record has in a file."""
    return str(attribute.alias).replace("_", "-")


def keys_of(cls: type[Any]) -> dict[str, attrs.Attribute[Any]]:
    """The keys of a mapping in a file, with the attribute behind each."""
    return {file_key(a): a for a in attrs.fields(cls) if a.metadata["key"]}


# --- checks of a whole mapping ---------------------------------------------------------------


def _stray(node: Keys, keys: Mapping[str, Any]) -> Iterator[_Bad]:
    for key in node:
        if key in keys:
            continue
        hint = _did_you_mean(_near(key, keys))
        if not hint and " " in key:
            hint = "a text with a comma in it, inside { }, wants quotes"
        hint = hint or f"the keys here are {', '.join(sorted(keys))}"
        yield _Bad("RM201", f"the key {str(key)!r} means nothing here", key, hint)


def _missing(node: Keys, keys: Mapping[str, Any]) -> Iterator[_Bad]:
    meant = {near for stray in node.keys() - keys.keys() for near in _near(stray, keys)}
    for key in keys:
        if key in node or key in meant:
            continue
        if keys[key] is not None and keys[key].default is not attrs.NOTHING:
            continue
        if key == "evidence":
            yield _no_evidence(node)
        else:
            yield _Bad("RM202", f"the key {key!r} is missing", node, f"add `{key}:`")


def _no_evidence(node: Node) -> _Bad:
    hint = "add `evidence:` with source, voice, credibility and claim"
    return _Bad("RM302", "the entry has no evidence", node, hint)


def _has_evidence(entry: Step | Claim, node: Keys) -> None:
    if not entry.evidence:
        raise _no_evidence(node[Text("evidence")])


def _start_is_grounded(start: Start, node: Keys) -> None:
    if not start.evidence and start.assumed is None:
        hint = "add `evidence:`, or say in `assumed:` why this start is assumed"
        raise _Bad("RM302", "the start has neither evidence nor `assumed:`", node, hint)


def _says_something(assertion: Assertion, node: Keys) -> None:
    if not assertion.possible:
        said = str(assertion) or "nothing"
        hint = "use stage, ban, at-least or below, so that some standing satisfies them"
        raise _Bad("RM212", f"the status asserts {said}: no standing can be meant", node, hint)


def _deprecation_is_explained(step: ActStep, node: Keys) -> None:
    if step.deprecated and not step.because:
        hint = "add `because:` with the reason"
        raise _Bad("RM202", "a deprecated act needs the key 'because'", node, hint)
    if step.because and not step.deprecated:
        hint = "add `rank: deprecated`, or remove it"
        raise _Bad("RM212", "`because:` says why an act is deprecated; this is not", node, hint)


def _claim_is_whole(claim: Claim, node: Keys) -> None:
    needed = {
        ClaimKind.NONE: ("stage",),
        ClaimKind.FIRST: ("stage", "country"),
        ClaimKind.UNATTRIBUTED: ("group",),
    }[claim.claim]
    for key in needed:
        if getattr(claim, key) is None:
            raise _Bad("RM202", f"a {claim.claim.value!r} claim needs the key {key!r}", node)


CHECKS: dict[type[Any], tuple[Callable[[Any, Keys], None], ...]] = {
    **dict.fromkeys(STEP_OF.values(), (_has_evidence,)),
    ActStep: (_has_evidence, _deprecation_is_explained),
    Claim: (_has_evidence, _claim_is_whole),
    Assertion: (_says_something,),
    Start: (_start_is_grounded,),
}


# --- single values ---------------------------------------------------------------------------


def _wrong_kind(node: Node, wanted: str, what: str = "") -> _Bad:
    if isinstance(node, Text) and not node and wanted == "a list":
        return _Bad("RM208", "a value is missing here", node, "write [] for an empty list")
    found = {Text: "a text", Items: "a list", Keys: "a mapping"}.get(type(node), "a text")
    said = f"{what} {wanted}" if what else f"{wanted} is wanted here"
    return _Bad("RM203", f"{said}, not {found}", node)


def _text(node: Node) -> str:
    if not isinstance(node, Text):
        raise _wrong_kind(node, "a text")
    text = node.strip()
    if not text:
        raise _Bad("RM208", "a value is missing here", node)
    return text


def _items(node: Node) -> Items:
    if not isinstance(node, Items):
        raise _wrong_kind(node, "a list")
    return node


def _when(node: Node, read: Callable[[str], T] = When.parse) -> T:  # type: ignore[assignment]
    text = _text(node)
    try:
        return read(text)
    except DateError as error:
        raise _Bad(error.code, str(error), node, error.hint) from None


def _day(node: Node) -> date:
    return _when(node, exact_day)


def _country(node: Node) -> CountryCode:
    text = _text(node)
    if is_country(text):
        return CountryCode(text)
    try:
        code = code_of(text)
        hint = f"write {code} ({name_of(code)})"
    except UnknownCountry as unknown:
        hint = unknown.hint
    raise _Bad("RM205", f"{text!r} is no alpha-3 code of a country", node, hint)


def _shaped(shape: Shape) -> Callable[[Any, Any], Any]:
    def hook(node: Node, _: Any) -> str:
        text = _text(node)
        if not shape.fits(text):
            raise _Bad(shape.code, f"{text!r} is no {shape.name}", node, shape.hint)
        return text

    return hook


def _numbered(least: int, most: int | None) -> Callable[[Any, Any], Any]:
    span = f"from {least} to {most}" if most else f"of {least} or more"

    def hook(node: Node, _: Any) -> int:
        text = _text(node)
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= (most or int(text)):
            raise _Bad("RM209", f"{text!r} is no whole number {span}", node)
        return int(text)

    return hook


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _choice(node: Node, choices: Mapping[str, T]) -> T:
    text = _text(node)
    if text not in choices:
        hint = _did_you_mean(_near(text, choices)) or f"one of {', '.join(choices)}"
        raise _Bad("RM204", f"{text!r} is not known here", node, hint)
    return choices[text]


def _word(node: Any, kind: Any) -> Any:
    return _choice(node, kind._value2member_map_)


def _near(word: str, words: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, list(words), n=2, cutoff=0.6)


def _did_you_mean(words: Iterable[str]) -> str:
    unique = list(dict.fromkeys(words))
    return f"did you mean {' or '.join(unique)}?" if unique else ""


def _leaves(error: Exception) -> Iterator[Exception]:
    """What lies at the bottom of nested groups."""
    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error
