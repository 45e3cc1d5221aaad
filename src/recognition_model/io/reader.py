"""Convert nodes to records, each value separately, so one error does not hide the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, get_args

import attrs
from attrs import define, evolve, field
from cattrs import BaseConverter

from recognition_model.core.authority import Authority, AuthorityDay, PeriodOfRule
from recognition_model.core.base import keys_of
from recognition_model.core.checks import Check, CheckFile, Sample
from recognition_model.core.claims import Claim, Collective
from recognition_model.core.countries import UnknownCountry, code_of
from recognition_model.core.dates import When, first_out_of_order
from recognition_model.core.diagnostics import CHECK_FILES, Finding, Place, finding
from recognition_model.core.evidence import Evidence, Source, Sources, TextFile
from recognition_model.core.locators import Locator
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import (
    STEP_OF,
    ActStep,
    Assertion,
    Doctrine,
    Format,
    Scenario,
    SignalStep,
    Start,
    Step,
)
from recognition_model.core.searches import Search, SearchLog
from recognition_model.core.signals import Example, SignalMeaning, Vocabulary
from recognition_model.core.types import (
    NO_DATE,
    RANGES,
    SHAPES,
    Count,
    CountryCode,
    SampleName,
    SignalWord,
    SourceName,
)
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
from recognition_model.io.known_words import no_example, words_taken
from recognition_model.io.nodes import Document, MapNode, Node, Reported, Text
from recognition_model.io.record_kinds import kind_problems
from recognition_model.io.samples import in_samples
from recognition_model.io.validation import CHECKS, empty_evidence, missing_keys, unknown_keys

T = TypeVar("T")
FILE_CLASSES = (
    *(Locator, Doctrine, Start, Assertion, TextFile, Evidence, Claim, PeriodOfRule, AuthorityDay),
    *(SignalMeaning, Example, Check, Sample, Search),
    *STEP_OF.values(),
)
MANY = 100
_READ_BESIDE = {
    Format.SOURCES.value: "a register is read beside the scenarios, as sources.yaml",
    Format.SIGNALS.value: "a vocabulary is read beside the scenarios, as signals.yaml",
    Format.CHECKED.value: "a list of checked entries is read beside them, as checked.yaml",
    Format.SEARCHES.value: "a log of searches is read beside the scenarios, as searches.yaml",
}
_PLACED = tuple(map(Text, ("title", "documented-until", "reviewed", "review-every")))


@define(eq=False, repr=False)
class Reader:
    """Reads documents that cite one register of sources and use one vocabulary of signals.

    `findings` collects the problems, `places` the positions of the sources it has read. `unread`
    says that a register could not be read: then unknown names of sources are not reported.
    """

    register: Sources
    vocabulary: Vocabulary = Vocabulary()
    places: dict[str, Place] = field(factory=dict)
    unusable: set[str] = field(factory=set)
    unread: bool = False
    _errors: int = 0
    findings: list[Finding] = field(factory=list)
    _converter: BaseConverter = field(init=False)
    _source_record: Callable[[Any, Any], Source] = field(init=False)

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
        hooks |= dict.fromkeys(_enums((*FILE_CLASSES, Source, Scenario)), as_word)
        hooks |= {cls: self._record_hook(cls) for cls in FILE_CLASSES}
        for kind, hook in hooks.items():
            converter.register_structure_hook(kind, hook)
        self._source_record = self._record_hook(Source)

    # --- whole files -------------------------------------------------------------------------

    def document(self, document: Document) -> Scenario | Collective | Authority | None:
        """Read a file that is no register, by its `format:`. None if there are errors."""
        root = document.root
        file_format = root.get(Text("format")) if isinstance(root, MapNode) else None
        if file_format == Format.COLLECTIVE.value:
            return self.collective(document)
        if file_format == Format.AUTHORITY.value:
            return self.authority(document)
        return self.scenario(document)

    def scenario(self, document: Document) -> Scenario | None:
        """Read one scenario, each entry separately. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.SCENARIO, keys_of(Scenario))
        if root is None:
            return None
        values: dict[str, Any] = {
            "country": self._value(root, "country", CountryCode),
            "kind": self._value(root, "kind", RecordKind) or RecordKind.COUNTRY,
            "title": self._value(root, "title", str),
            "doctrine": self._value(root, "doctrine", Doctrine),
            "start": self._value(root, "start", Start),
            "documented_until": self._value(root, "documented-until", date),
            "reviewed": self._value(root, "reviewed", date),
            "review_every": self._value(root, "review-every", Count),
            "timeline": tuple(self._list(root, "timeline", Step, self._step)),
        }
        entries = [s for s in (values["start"], *values["timeline"]) if s is not None]
        self._check_order(entries, values["documented_until"])
        self._check_reviewed(root, values["documented_until"], values["reviewed"])
        for bad in kind_problems(root, values["country"], values["kind"]):
            self._add(bad)
        if values["country"] is not None:
            self._check_file_name(values["country"], root)
        if self._errors > before:
            return None
        days = {str(key): root[key].place for key in _PLACED if key in root}
        return Scenario(**values, place=root.place, day_places=days)

    def collective(self, document: Document) -> Collective | None:
        """Read claims about many countries. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.COLLECTIVE, keys_of(Collective))
        if root is None:
            return None
        title = self._value(root, "title", str)
        claims = self._list(root, "claims", Claim)
        if self._errors > before:
            return None
        return Collective(title=title, claims=tuple(claims), place=root.place)

    def authority(self, document: Document) -> Authority | None:
        """Read when the Taliban governed. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.AUTHORITY, keys_of(Authority))
        if root is None:
            return None
        title = self._value(root, "title", str)
        periods = self._list(root, "periods", PeriodOfRule)
        days = self._list(root, "days", AuthorityDay)
        if self._errors > before:
            return None
        return Authority(title=title, periods=tuple(periods), days=tuple(days), place=root.place)

    def searches(self, document: Document) -> SearchLog | None:
        """Read a log of searches. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.SEARCHES, keys_of(SearchLog))
        if root is None:
            return None
        searches = self._list(root, "searches", Search)
        if self._errors > before:
            return None
        return SearchLog(searches=tuple(searches), place=root.place)

    def sources(self, document: Document) -> dict[str, Source]:
        """Return the register with the sources of a register file added. Names must be unique."""
        merged = dict(self.register)
        root = self._open(document, Format.SOURCES, {"sources": None})
        entries = root.get(Text("sources")) if root is not None else None
        if not isinstance(entries, MapNode):
            self.unread = True
            if entries is not None:
                hint = "write the name of each source below it, and the keys of the source below"
                self._add(wrong_kind(entries, "a mapping", hint=hint))
            return merged
        known = [name for name in entries if name in merged]
        if known:
            from recognition_model.io.known_sources import report_known

            same = [name for name in known if self._is_same(name, entries[name])]
            for found in report_known(self.register, known, same):
                self.findings.append(found)
                self._errors += found.is_error
        if any(NO_DATE in name for name in entries):
            from recognition_model.io.known_sources import report_placeholders

            self.findings += report_placeholders(entries)
        for name, node in entries.items():
            if name in self.register:
                continue
            try:
                identity = SourceName(as_shaped(SHAPES[SourceName])(name, None))
                merged[identity] = evolve(self._source_record(node, None), id=identity)
                self.places[identity] = name.place
            except Exception as error:
                self._keep(error, "name", SourceName)
                self.unusable |= {name, self._advice.slug(name)}
        return merged

    def signals(self, document: Document, *, shipped: bool = False) -> Vocabulary:
        """Return the vocabulary with the words of a vocabulary file added.

        Words and aliases must be new. In the `shipped` file every word needs an example.
        """
        root = self._open(document, Format.SIGNALS, {"signals": None})
        entries = root.get(Text("signals")) if root is not None else None
        if not isinstance(entries, MapNode):
            if entries is not None:
                hint = "write each word below it, and the keys of the word below that"
                self._add(wrong_kind(entries, "a mapping", hint=hint))
            return self.vocabulary
        read: dict[Text, SignalMeaning] = {}
        for name, node in entries.items():
            try:
                word = SignalWord(as_shaped(SHAPES[SignalWord])(name, None))
                meaning = self._converter.structure(node, SignalMeaning)
                read[name] = evolve(meaning, word=word, place=name.place)
            except Exception as error:
                self._keep(error, "word", SignalWord)
                continue
            if shipped and meaning.example is None:
                self._add(no_example(node))
        taken = words_taken(read, entries, self.vocabulary)
        self.findings += taken
        self._errors += sum(found.is_error for found in taken)
        known, words = self.vocabulary, {str(name) for name in entries}
        free = (
            evolve(
                one,
                aliases=tuple(
                    alias
                    for alias in one.aliases
                    if alias not in words and known.canonical(alias) is None
                ),
            )
            for one in read.values()
        )
        return known.and_own(Vocabulary.of(free))

    def checks(
        self, document: Document, scenarios: Path, quick: Iterable[Check] = ()
    ) -> CheckFile | None:
        """Read the list of checked entries of a folder's scenarios. None if there are errors.

        `quick` are entries that were read already, and are not in the document.
        """
        before = self._errors
        root = self._open(document, Format.CHECKED, keys_of(CheckFile))
        if root is None:
            return None
        entries = root.get(Text("samples"), MapNode())
        if not isinstance(entries, MapNode):
            self._add(wrong_kind(entries, "a mapping", hint="write each sample below its name"))
            entries = MapNode()
        samples: dict[str, Sample] = {}
        for name, node in entries.items():
            try:
                identity = SampleName(as_shaped(SHAPES[SampleName])(name, None))
                sample = self._converter.structure(node, Sample)
                samples[identity] = evolve(sample, name=identity, place=name.place)
            except Exception as error:
                self._keep(error, "name", SampleName)
        checked = (*quick, *self._list(root, "checked", Check))
        checked = tuple(sorted(checked, key=lambda check: check.place.line))
        if self._errors == before:
            found = list(in_samples(checked, samples))
            self.findings += found
            self._errors += len(found)
        if self._errors > before:
            return None
        beside = Place(str(scenarios / CHECK_FILES[0]))
        return CheckFile(samples=samples, checked=checked, beside=beside, place=root.place)

    def _is_same(self, name: Text, node: Node) -> bool:
        """Whether a source of a file equals the source of the register that has its name."""
        try:
            return bool(
                evolve(self._source_record(node, None), id=SourceName(name)) == self.register[name]
            )
        except (ValueProblem, ExceptionGroup):
            return False

    # --- parts of files ----------------------------------------------------------------------

    def _open(self, document: Document, fmt: Format, keys: Mapping[str, Any]) -> MapNode | None:
        """Return the top mapping of a file after checking its keys and `format:`, or None."""
        self.findings += document.findings
        self._errors += sum(found.is_error for found in document.findings)
        root = document.root
        if root is None:
            return None
        if not isinstance(root, MapNode):
            hint = f"begin the file with `format: {fmt.value}`"
            self._add(wrong_kind(root, "a mapping", "the file must be", hint))
            return None
        file_format = root.get(Text("format"))
        if file_format is not None and file_format != fmt.value:
            hint = f"write format: {fmt.value}"
            if fmt not in (Format.SOURCES, Format.SIGNALS, Format.CHECKED, Format.SEARCHES):
                hint = f"write format: {Format.SCENARIO.value} or {Format.COLLECTIVE.value}"
            hint = _READ_BESIDE.get(str(file_format), hint)
            message = f"the format {shown(str(file_format))} is not known here"
            self._add(ValueProblem("RM206", message, file_format, hint))
            return None
        keys = {"format": None, **keys}
        for bad in (*unknown_keys(root, keys), *missing_keys(root, keys, fmt.value)):
            self._add(bad)
        return root

    def _step(self, node: Node) -> Step | None:
        kinds = [key for key in node if key in STEP_OF] if isinstance(node, MapNode) else []
        if isinstance(node, MapNode) and len(kinds) != 1:
            hint = "make two entries of it" if kinds else self._key_advice.hint_for_entry(node)
            has = " and ".join(kinds) or "none"
            message = f"an entry is one of {', '.join(STEP_OF)}; this has {has}"
            self._add(ValueProblem("RM207", message, node, hint))
            return None
        step = self._read(node, STEP_OF[kinds[0]] if kinds else ActStep, "", tuple[Step, ...])
        return self._in_words_known(step, node) if isinstance(step, SignalStep) else step

    def _in_words_known(self, step: SignalStep, node: Node) -> SignalStep:
        """Give a signal the family of its word, and for an alias the word that it stands for."""
        word = self.vocabulary.canonical(step.signal)
        if word is None:
            return step
        if word != step.signal and isinstance(node, MapNode):
            message = f"the word {step.signal} is now {word}"
            place = node[Text("signal")].place
            self.findings.append(finding("RM717", message, place, f"write `signal: {word}`"))
        family = self.vocabulary.families[word]
        return evolve(step, signal=SignalWord(word), family=family)

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
                if not leaf.hint and not isinstance(leaf.node, Reported):
                    known = self._advice.Known(self.register, self.vocabulary)
                    leaf.hint = self._advice.hint_for(
                        leaf.code, leaf.node, leaf.wanted, cls, key, kind, known
                    )
        return error

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
            if len(self.findings) < MANY:  # searching the register is slow
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

    def _record_hook(self, cls: Any) -> Callable[[Any, Any], Any]:
        """Make a hook from a mapping to a class: checks the keys here, reads values with cattrs."""
        keys = keys_of(cls)
        needed = {key for key, a in keys.items() if a.default is attrs.NOTHING}
        wants_evidence = "evidence" in needed
        has_place = "place" in attrs.fields_dict(cls)
        readers: dict[str, tuple[str, Any, Callable[[Any, Any], Any]]] = {}

        def hook(node: Any, _: Any) -> Any:
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
            record = cls(**values)
            for check in CHECKS.get(cls, ()):
                check(record, node)
            return record

        return hook

    def _check_order(self, entries: list[Start | Step], until: date | None) -> None:
        """Check that entries are in date order; a deprecated one may have any date."""
        dated = [e for e in entries if not (isinstance(e, ActStep) and e.deprecated)]
        dates = [entry.date for entry in dated]
        if first_out_of_order(dates) is None:
            return
        from recognition_model.core.order import misplaced

        for bad in misplaced(dates, until):
            entry, other = dated[bad.at], dated[bad.beside]
            side = "before" if bad.at < bad.beside else "after"
            message = f"{entry.date} stands {side} {other.date} in line {other.place.line}"
            hint = "entries must be in the order they happened: correct its date, or move it"
            self.findings.append(finding("RM406", message, entry.place, hint))
            self._errors += 1

    def _check_reviewed(self, root: MapNode, until: date | None, reviewed: date | None) -> None:
        """Check that `reviewed:` is not before `documented-until:`."""
        if until is not None and reviewed is not None and reviewed < until:
            message = f"reviewed {reviewed} lies before documented-until {until}"
            hint = f"write {until} or a later day, or leave `reviewed:` out"
            self._add(ValueProblem("RM407", message, root[Text("reviewed")], hint))

    def _check_file_name(self, country: str, root: MapNode) -> None:
        path = Path(root.page.file)
        try:
            named = code_of(path.stem)
        except UnknownCountry:
            return  # a file name that is not a country is allowed
        if path.stem.upper() != country:
            hint = f"rename it {country}{path.suffix}"
            if named != country:
                hint += f", or write country: {named}"
            place = root[Text("country")].place
            self.findings.append(finding("RM210", f"the file is named {path.name}", place, hint))


def _enums(records: Iterable[type[Any]]) -> Iterator[type[Enum]]:
    """Yield every enum type among the attributes of these records."""
    for cls in records:
        for attribute in attrs.fields(cls):
            for kind in get_args(attribute.type) or (attribute.type,):
                if isinstance(kind, type) and issubclass(kind, Enum):
                    yield kind
