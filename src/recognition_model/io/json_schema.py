"""JSON Schemas for editors, generated from the classes that the reader fills.

An editor inserts the required keys of a mapping in the order of its properties, and shows its title
in a menu. So the kind of an entry stands first, and every mapping has a title in plain words.

An editor may parse a bare number or year in YAML as a number, so the schemas accept both. They help
while typing; only the reader decides whether a file is valid.
"""

from __future__ import annotations

import json
import types
from collections import abc
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import field, frozen

from recognition_model.core.authority import Authority, AuthorityDay, PeriodOfRule
from recognition_model.core.base import keys_of, summary_of
from recognition_model.core.checks import Check, CheckFile, Sample
from recognition_model.core.choice_files import (
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
from recognition_model.core.claims import NEEDED_KEYS, Claim, ClaimKind, Collective
from recognition_model.core.crosswalks import CountryAlias, Crosswalk, EventMeaning, TalibanActor
from recognition_model.core.dates import When
from recognition_model.core.event_columns import ActorColumns, EventColumns
from recognition_model.core.evidence import Evidence, Source, TextFile
from recognition_model.core.folder import Folder
from recognition_model.core.locators import Locator
from recognition_model.core.rule_files import InvariantChoice, RuleChange, RulesFile, WrittenRule
from recognition_model.core.scales import Entering, HeldIn, Leaving, Level, Scale
from recognition_model.core.scenario import (
    KIND_OF,
    STEP_OF,
    ActStep,
    Assertion,
    Doctrine,
    Format,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
    Step,
)
from recognition_model.core.searches import Search, SearchLog
from recognition_model.core.signals import Example, SignalMeaning, Vocabulary
from recognition_model.core.types import RuleCode, SampleName, SignalWord, SourceName
from recognition_model.io.schema_values import Schema, value_schema, word_schema
from recognition_model.io.vocabulary import shipped_vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = (
    "scenario",
    "collective",
    "sources",
    "authority",
    "signals",
    "checked",
    "searches",
    "crosswalk",
    "rules",
    "scale",
    "choices",
)
EMPTY_START = {
    "stage": "hostile",
    "ban": "none",
    "date": "2021-08-15",
    "assumed": "Nothing has been looked up yet. This start is a placeholder.",
}
"""The start of a file in which nothing has been looked up."""

TITLES: Mapping[type[Any], str] = {
    Scenario: "A country's dated record",
    Doctrine: "A policy on recognition",
    ActStep: "An act",
    StatusStep: "A status",
    SignalStep: "A signal",
    RefuseStep: "An act to refuse",
    Assertion: "What the state was",
    Evidence: "A piece of evidence",
    Locator: "A passage of the source",
    Collective: "Claims about many countries at once",
    Source: "A source",
    TextFile: "A copy of the text",
    Authority: "When the Taliban governed",
    PeriodOfRule: "A period of rule",
    AuthorityDay: "A day that begins, closes or ends a period",
    SignalMeaning: "A word for a signal",
    Example: "An entry that has the word",
    CheckFile: "A list of checked entries",
    Check: "A checked entry",
    Sample: "A sample of entries",
    SearchLog: "The searches made for a record",
    Search: "A search",
    Crosswalk: "What the codes of event data mean",
    TalibanActor: "A code or a name of the Taliban",
    CountryAlias: "A code for a country",
    EventMeaning: "What event codes mean",
    EventColumns: "Which column says what",
    ActorColumns: "The columns of one actor",
    RulesFile: "A rule table",
    WrittenRule: "A rule",
    RuleChange: "What changes of a rule",
    InvariantChoice: "Which invariants are checked",
    Scale: "A scale derived from a record",
    Level: "A level",
    HeldIn: "Where a level can be held",
    Entering: "What enters a level",
    Leaving: "What leaves a level",
    ChoicesFile: "The choices that are reasonable",
    ListedChoices: "The options of each choice",
    ListedTable: "A rule table",
    ListedVoice: "A weakest voice",
    ListedGrade: "A weakest grade",
    ListedReports: "A way with refused reports",
    ListedSource: "A source to leave out",
    ListedFuzz: "A width of ~",
    ListedLag: "A number of days",
    ListedUniverse: "A universe",
}
_STARTS = {"assumed": "A start that is assumed", "evidence": "A start with evidence"}
_CLAIMS = {
    ClaimKind.NONE: "A claim that no country had reached a stage",
    ClaimKind.FIRST: "A claim that a country was first",
    ClaimKind.UNATTRIBUTED: "A claim about a group of countries",
}


def json_schema(name: str, folder: Folder | None = None) -> Schema:
    """Make the JSON Schema of a kind of file, by one of `NAMES`.

    It suggests the words for signals that ship with the package. With a folder, it suggests those
    of the folder, and the names of its sources. New ones stay valid.
    """
    making = _Making(suggested=_suggestions(folder))
    made: dict[str, Callable[[], Schema]] = {
        "scenario": lambda: making.file(Format.SCENARIO, Scenario),
        "collective": lambda: making.file(Format.COLLECTIVE, Collective),
        "sources": making.register,
        "authority": lambda: making.file(Format.AUTHORITY, Authority),
        "signals": making.vocabulary,
        "checked": making.checks,
        "searches": lambda: making.file(Format.SEARCHES, SearchLog),
        "crosswalk": lambda: making.file(Format.CROSSWALK, Crosswalk),
        "rules": making.rules,
        "scale": lambda: making.file(Format.SCALE, Scale),
        "choices": making.choices,
    }
    return made[name]()


def schema_text(name: str, folder: Folder | None = None) -> str:
    """The text of a file with a schema. It has ASCII only, whatever the sources are called."""
    return json.dumps(json_schema(name, folder), indent=2) + "\n"


def _suggestions(folder: Folder | None) -> dict[Any, dict[str, str]]:
    """The words that an editor offers for a type, each with its meaning."""
    if folder is None:
        return {SignalWord: _signals(shipped_vocabulary(), {})}
    uses: dict[str, list[str]] = {}
    for scenario in folder.all_scenarios:
        for step in scenario.timeline:
            if isinstance(step, SignalStep):
                uses.setdefault(step.signal, []).append(scenario.country)
    sources = {name: str(folder.sources[name]) for name in sorted(folder.sources)}
    return {SignalWord: _signals(folder.vocabulary, uses), SourceName: sources}


def _signals(vocabulary: Vocabulary, uses: Mapping[str, list[str]]) -> dict[str, str]:
    """The words for signals by family and in the order of their file, then those without meaning.

    `uses` are the countries of the entries that have a word.
    """
    known = sorted(vocabulary.words.values(), key=lambda one: one.family)
    meanings = {
        str(one.word): " ".join(
            filter(None, [f"{one.family}: {one.meaning}", _uses_in_words(uses.get(one.word, []))])
        )
        for one in known
    }
    return meanings | {w: _uses_in_words(uses[w]) for w in sorted(uses) if w not in meanings}


def _uses_in_words(countries: list[str]) -> str:
    """How often a word is used, and where: `Used 3 times: CHN, RUS.`"""
    if not countries:
        return ""
    often = "once" if len(countries) == 1 else f"{len(countries)} times"
    return f"Used {often}: {', '.join(sorted(set(countries)))}."


@frozen
class _Making:
    """Makes one schema. `definitions` collects its records, each once."""

    suggested: Mapping[Any, Mapping[str, str]]
    definitions: dict[str, Schema] = field(factory=dict)

    def file(self, fmt: Format, cls: type[Any]) -> Schema:
        """Make the schema of a file that holds one record."""
        top = self._record(cls, TITLES[cls])
        return self._document(fmt, TITLES[cls], top["properties"], top["required"])

    def register(self) -> Schema:
        """Make the schema of a register of sources, in which the names are keys."""
        sources = {
            "type": "object",
            "description": "The sources, each under the name that evidence cites.",
            "propertyNames": {"title": "name-of-the-source", **value_schema(SourceName, {})},
            "additionalProperties": self._type(Source, as_record=True),
        }
        title = "A register of sources"
        return self._document(Format.SOURCES, title, {"sources": sources}, ["sources"])

    def vocabulary(self) -> Schema:
        """Make the schema of a vocabulary of signals, in which the words are keys.

        It suggests no words: those that ship are not to be defined again.
        """
        signals = {
            "type": "object",
            "description": "The words for signals, each with its meaning below it.",
            "propertyNames": {"title": "word_for_the_signal", **value_schema(SignalWord, {})},
            "additionalProperties": _Making({}, self.definitions)._type(SignalMeaning),
        }
        title = "A vocabulary of signals"
        return self._document(Format.SIGNALS, title, {"signals": signals}, ["signals"])

    def checks(self) -> Schema:
        """Make the schema of a list of checked entries, in which samples are keys."""
        samples = {
            "type": "object",
            "description": keys_of(CheckFile)["samples"].metadata["doc"],
            "propertyNames": {"title": "name-of-the-sample", **value_schema(SampleName, {})},
            "additionalProperties": self._type(Sample),
        }
        checked = self._type(tuple[Check, ...])
        checked["description"] = keys_of(CheckFile)["checked"].metadata["doc"]
        properties = {"samples": samples, "checked": checked}
        return self._document(Format.CHECKED, TITLES[CheckFile], properties, ["checked"])

    def rules(self) -> Schema:
        """Make the schema of a rules file: a whole table, or a base and what differs from it."""
        keys = keys_of(RulesFile)
        made = self.file(Format.RULES, RulesFile)
        for key, cls in {"rules": WrittenRule, "change": RuleChange, "add": WrittenRule}.items():
            made["properties"][key] = {
                "type": "object",
                "description": keys[key].metadata["doc"],
                "propertyNames": {"title": "code-of-the-rule", **value_schema(RuleCode, {})},
                "additionalProperties": self._type(cls),
            }
        made["dependentRequired"] = {key: ["base"] for key in ("change", "add", "remove")}
        made["not"] = {"required": ["base", "rules"]}
        return made

    def choices(self) -> Schema:
        """Make the schema of a choices file: options of choices, or universes one by one."""
        made = self.file(Format.CHOICES, ChoicesFile)
        made["not"] = {"required": ["choices", "universes"]}
        return made

    def _document(
        self, fmt: Format, title: str, properties: Schema, required: Iterable[str]
    ) -> Schema:
        return {
            "$schema": DIALECT,
            "title": title,
            "type": "object",
            "properties": {"format": word_schema(fmt), **properties},
            "required": ["format", *required],
            "additionalProperties": False,
            "$defs": self.definitions,
        }

    def _record(
        self,
        cls: type[Any],
        title: str,
        needed: Iterable[str] = (),
        given: Mapping[str, Schema] = MappingProxyType({}),
    ) -> Schema:
        """Make the schema of a record, which may need more keys; `given` replaces values."""
        keys: Mapping[str, attrs.Attribute[Any]] = keys_of(cls)
        required = {key for key, a in keys.items() if a.default is attrs.NOTHING} | {*needed}
        kind = KIND_OF.get(cls, "claim" if cls is Claim else None)
        properties: dict[str, Schema] = {}
        for key in sorted(keys, key=lambda key: _rank(key, required, kind)):
            value = self._type(keys[key].type)
            properties[key] = value | {"description": keys[key].metadata["doc"]}
            properties[key] = given.get(key, properties[key])
            if key == "evidence" and key in required:
                properties[key]["minItems"] = 1
        return {
            "title": title,
            "type": "object",
            "description": summary_of(cls),
            "properties": properties,
            "required": [key for key in properties if key in required],
            "additionalProperties": False,
        } | ({} if required else {"minProperties": 1})

    def _type(self, kind: Any, *, as_record: bool = False) -> Schema:
        """Make the schema of an attribute's type. Others cite a source by its name."""
        if get_origin(kind) in (Union, types.UnionType):
            (kind,) = (arm for arm in get_args(kind) if arm is not type(None))
            return self._type(kind)
        if get_origin(kind) is tuple:
            return {"type": "array", "items": self._type(get_args(kind)[0])}
        if kind is Step:
            return _one_of(*(self._type(cls) for cls in STEP_OF.values()))
        if kind is Claim:
            return self._claim()
        if kind is Start:
            return self._start()
        if kind is Source and not as_record:
            kind = SourceName
        if get_origin(kind) is abc.Mapping:
            return self._type(get_args(kind)[1])
        if attrs.has(kind) and kind is not When:
            return self._define(kind.__name__, lambda: self._record(kind, TITLES[kind]))
        return value_schema(kind, self.suggested.get(kind, {}))

    def _define(self, name: str, make: Callable[[], Schema]) -> Schema:
        """Add a schema to the definitions if it is not there, and refer to it."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _claim(self) -> Schema:
        """Make the schema of a claim, of one of three kinds that need different keys."""

        def kind_of_claim(kind: ClaimKind, title: str) -> Schema:
            given = {"claim": word_schema(kind)}
            return self._define(
                f"Claim-{kind.value}",
                lambda: self._record(Claim, title, NEEDED_KEYS[kind], given),
            )

        return _one_of(*(kind_of_claim(kind, title) for kind, title in _CLAIMS.items()))

    def _start(self) -> Schema:
        """Make the schema of a start, which is assumed or has evidence.

        A file's skeleton has the first, made of defaults that are not offered themselves.
        """

        def start_by(key: str, title: str) -> Schema:
            return self._define(f"Start-{key}", lambda: self._record(Start, title, [key]))

        defaults = {
            key: {"type": ["string", "number"], "default": value, "doNotSuggest": True}
            for key, value in EMPTY_START.items()
        }
        either = [start_by(key, title) for key, title in _STARTS.items()]
        return {"type": "object", "properties": defaults, "anyOf": either}


def _rank(key: str, required: Iterable[str], kind: str | None) -> int:
    """Order keys as an entry is written: its kind, what it needs, evidence last, then the rest."""
    if key not in required:
        return 3
    return 0 if key == kind else 2 if key == "evidence" else 1


def _one_of(*schemas: Schema) -> Schema:
    """Exactly one of some schemas. With a type, an editor opens its menu in a new item."""
    return {"type": "object", "oneOf": list(schemas)}
