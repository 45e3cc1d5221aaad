"""Neutral texts in place of those that name somebody or something, where a finding allows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from attrs import define, field

from recognition_model.core.base import keys_of
from recognition_model.core.checks import Check, Sample
from recognition_model.core.countries import is_known
from recognition_model.core.diagnostics import BESIDE
from recognition_model.core.evidence import Source
from recognition_model.core.searches import Search
from recognition_model.core.signals import Example, SignalMeaning
from recognition_model.core.types import (
    CountryCode,
    Digest,
    EntryDigest,
    LanguageTag,
    SampleName,
    Sha256,
    SignalWord,
    SourceName,
    WebAddress,
)
from recognition_model.core.wording import shown
from recognition_model.io.free_text import all_keys, free_text_keys, records
from recognition_model.io.raw_yaml import Part, RawEntry, RawGroup, RawLines, RawNode, RawText
from recognition_model.io.vocabulary import shipped_vocabulary

NEUTRAL_COUNTRIES = (
    *("BVT", "HMD", "ATA", "SGS", "ATF", "IOT"),
    *("UMI", "SJM", "CCK", "NFK", "PCN", "SHN"),
)
"""Territories with no government that recognises another one."""

_NAMED_KEYS = {"sources": SourceName, "signals": SignalWord, "samples": SampleName}
_DATE = re.compile(r"\d{4}(?:-\d\d){1,2}|yyyy-mm-dd")
_MARK = re.compile(r"[&!]\S*\s+")
_KEY = re.compile(r"([^\w{]*)([\w-]+)(:(?:\s+|$))(.*)", re.DOTALL)
_IN_BRACES = re.compile(r"([\w-]+)(:\s+)([^,{}\[\]]*)")
_LETTER = re.compile(r"[^\W\d_]")
_NO_TEXT = re.compile(r"[\d.~?,:/-]*")


@define(eq=False)
class Piece:
    """A text that names something, with every place that has it and what to write there."""

    label: str
    instead: dict[RawText, str] = field(factory=dict)


@define(eq=False)
class Anonymised:
    """Replacements to try, one after the other: first all at once, then each with those accepted.

    After a replacement whose record still shows the finding, `accept` keeps it.
    """

    pieces: list[Piece]
    root: RawGroup
    asked: str
    _accepted: dict[RawText, str] = field(factory=dict)
    _trying: list[Piece] = field(factory=list)
    _left: list[str] = field(factory=list)

    def __iter__(self) -> Iterator[tuple[Mapping[RawText, str], str]]:
        yield from self._with(self.pieces)
        if self._trying:
            for piece in self.pieces:
                yield from self._with([piece])
                if self._trying:
                    self._left.append(piece.label)

    def _with(self, pieces: list[Piece]) -> Iterator[tuple[Mapping[RawText, str], str]]:
        self._trying = pieces
        instead = {**self._accepted}
        for piece in pieces:
            instead |= piece.instead
        names = {one.key.raw: one.key for one in self.root.entries if one.key is not None}
        yield instead, instead.get(names[self.asked], self.asked) if self.asked else ""

    def accept(self) -> None:
        for piece in self._trying:
            self._accepted |= piece.instead
        self._trying = []

    @property
    def named(self) -> tuple[str, ...]:
        """What could not be replaced."""
        return tuple(self._left)


def anonymised(root: RawGroup, without: frozenset[Part], asked: str) -> Anonymised:
    """List what to replace in the files of a record, of which some parts are left out."""
    collector = _Collector(without)
    files = [(one.key.raw, one.value) for one in root.entries if one.key and one not in without]
    for name, node in sorted(files, key=lambda one: one[0] not in BESIDE):
        collector.file(name, node)
    collector.name_files(root)
    return Anonymised(list(collector.pieces.values()), root, asked)


class _Collector:
    """Collects the pieces of files: equal texts of a kind are one piece."""

    def __init__(self, without: frozenset[Part]) -> None:
        self.without = without
        self.pieces: dict[tuple[object, str], Piece] = {}
        self._own: set[str] = set()
        self._new: dict[tuple[object, str], str] = {}
        self._numbers: dict[object, int] = {}

    def file(self, name: str, node: RawNode) -> None:
        if isinstance(node, RawLines):
            for line in self._kept(node):
                if isinstance(line.value, RawText):
                    self._line(name, line.value)
        elif isinstance(node, RawGroup):
            self._group(node, "", top=True)

    def name_files(self, root: RawGroup) -> None:
        """Rename the files that are named by a country along with it."""
        for entry in root.entries:
            key = entry.key
            if key is not None and entry not in self.without:
                stem, dot, ending = key.raw.partition(".")
                at = (CountryCode, stem.upper())
                if at in self.pieces:
                    self.pieces[at].instead[key] = self._new[at] + dot + ending

    def _kept(self, node: RawGroup | RawLines) -> list[RawEntry]:
        return [entry for entry in node.entries if entry not in self.without]

    def _group(self, node: RawGroup, key: str, *, top: bool = False) -> None:
        entries = self._kept(node)
        siblings = frozenset(entry.key.value for entry in entries if entry.key is not None)
        for entry in entries:
            name = entry.key.value if entry.key is not None else key
            kind = _kind_of(name, siblings) if not node.is_list else None
            if top and name in _NAMED_KEYS and isinstance(entry.value, RawGroup):
                self._names(entry.value, _NAMED_KEYS[name])
            self._value(entry.value, name, kind)
            if entry.comment is not None and entry.comment not in self.without:
                self._add("comment", entry.comment, None)

    def _value(self, value: RawNode, name: str, kind: object) -> None:
        if isinstance(value, RawText):
            if kind is not None:
                self._add(name, value, kind)
        elif isinstance(value, RawGroup):
            items = [one.value for one in self._kept(value)]
            if value.is_list and all(isinstance(item, RawText) for item in items):
                for item in items:
                    self._value(item, name, kind)
            elif value.is_list:
                for item in items:
                    self._value(item, name, None)
            else:
                self._group(value, name)

    def _names(self, group: RawGroup, kind: object) -> None:
        for entry in self._kept(group):
            if entry.key is not None:
                self._own.add(entry.key.value)
                self._add("name", entry.key, kind)

    def _add(self, key: str, node: RawText, kind: object) -> None:
        value = node.value.strip()
        if not value or (kind is str and _NO_TEXT.fullmatch(value)):
            return
        if kind is SignalWord and shipped_vocabulary().canonical(value) is not None:
            return
        group = (kind, key) if kind is str else kind
        at = (group, value.upper() if kind is CountryCode else value)
        if at not in self.pieces:
            number = self._numbers[group] = self._numbers.get(group, 0) + 1
            new = _neutral(kind, key, value, number)
            if new == value:
                return
            ours = kind is SourceName and value not in self._own
            self.pieces[at] = Piece(f"{'shipped source' if ours else key} {shown(value)}")
            self._new[at] = new
        mark = _MARK.match(node.raw)
        self.pieces[at].instead[node] = (mark[0] if mark else "") + self._new[at]

    def _line(self, name: str, line: RawText) -> None:
        """Replace the letters of the texts in a line that is not read as YAML."""
        masked = _masked_line(line.raw)
        if masked != line.raw:
            piece = Piece(f"{name}: {shown(line.raw.strip())}", {line: masked})
            self.pieces[id(line), line.raw] = piece


def _masked_line(line: str) -> str:
    """Replace the letters of a line: those of its texts, or all if it has no key."""
    parts = _KEY.fullmatch(line)
    if parts is not None:
        return "".join(parts.groups()[:3]) + _masked_value(parts[2], parts[4])
    if "{" not in line:
        return _masked(line)
    return _IN_BRACES.sub(lambda one: one[1] + one[2] + _masked_value(one[1], one[3]), line)


def _masked_value(key: str, value: str) -> str:
    if key in free_text_keys() or key not in all_keys():
        return _masked(value)
    return value


def _masked(text: str) -> str:
    return _LETTER.sub("x", text)


def _neutral(kind: object, key: str, value: str, number: int) -> str:
    """The neutral text for one of a kind, numbered."""
    if kind is CountryCode:
        if not is_known(value.upper()) or number > len(NEUTRAL_COUNTRIES):
            return value
        return NEUTRAL_COUNTRIES[number - 1]
    if kind in (SourceName, SampleName):
        date = _DATE.search(value)
        word = "source" if kind is SourceName else "sample"
        return f"{word}-{number}" + (f"-{date[0]}" if date else "")
    if kind is SignalWord:
        return f"signal_{number}"
    if kind is WebAddress:
        return f"https://example.org/{number}"
    if kind is Digest or kind is EntryDigest:
        return f"{value[:4]}{number:032x}"
    if kind is Sha256:
        return f"{number:064x}"
    if kind is LanguageTag:
        return "en"
    return f"{key.replace('-', ' ').capitalize()} {number}"


@cache
def _classes() -> tuple[Any, ...]:
    return (*records(), SignalMeaning, Example, Check, Sample, Search)


_KINDS = (
    *(CountryCode, SourceName, SignalWord, WebAddress, Digest, EntryDigest),
    *(Sha256, LanguageTag, SampleName),
)


def _kind_of(key: str, siblings: frozenset[str]) -> object:
    """What a key holds in a mapping with these keys: a kind of name, `str` for text, or None.

    A text may stand behind a key that no mapping has.
    """
    having = [cls for cls in _classes() if key in keys_of(cls)]
    if not having:
        return None if key in ("format", "sources", "signals", "searches", "samples") else str
    likely = max(having, key=lambda cls: len(keys_of(cls).keys() & siblings))
    kind = keys_of(likely)[key].type
    kinds = get_args(kind) or (kind,)
    if Source in kinds:
        return SourceName
    return next((one for one in (*_KINDS, str) if one in kinds), None)
