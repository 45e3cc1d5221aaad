"""Read whole files: scenarios, claims, periods of rule, registers, words, checks and searches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import define, evolve

from recognition_model.core.authority import Authority, AuthorityDay, PeriodOfRule
from recognition_model.core.base import keys_of
from recognition_model.core.checks import Check, CheckFile, Sample
from recognition_model.core.claims import Claim, Collective
from recognition_model.core.countries import UnknownCountry, code_of
from recognition_model.core.dates import first_out_of_order
from recognition_model.core.diagnostics import finding
from recognition_model.core.evidence import Source
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import (
    STEP_OF,
    ActStep,
    Doctrine,
    Format,
    Scenario,
    SignalStep,
    Start,
    Step,
)
from recognition_model.core.searches import Search, SearchLog
from recognition_model.core.signals import SignalMeaning, Vocabulary
from recognition_model.core.types import (
    NO_DATE,
    Count,
    CountryCode,
    SampleName,
    SignalWord,
    SourceName,
)
from recognition_model.core.wording import shown
from recognition_model.io.converters import ValueProblem, wrong_kind
from recognition_model.io.known_words import no_example, words_taken
from recognition_model.io.node_reader import NodeReader
from recognition_model.io.nodes import Document, MapNode, Node, Text
from recognition_model.io.record_kinds import kind_problems
from recognition_model.io.samples import in_samples
from recognition_model.io.validation import missing_keys, unknown_keys

_READ_BESIDE = {
    Format.SOURCES.value: "a register is read beside the scenarios, as sources.yaml",
    Format.SIGNALS.value: "a vocabulary is read beside the scenarios, as signals.yaml",
    Format.CHECKED.value: "a list of checked entries is read beside them, as checked.yaml",
    Format.SEARCHES.value: "a log of searches is read beside the scenarios, as searches.yaml",
    Format.CROSSWALK.value: "a crosswalk is read by `screen --map`",
    Format.RULES.value: "a rules file is read by `--rules`",
    Format.SCALE.value: "a scale is read by the option --scale",
    Format.CHOICES.value: "a choices file is read by `robustness --choices`",
}
_PLACED = tuple(map(Text, ("title", "documented-until", "reviewed", "review-every", "coder")))


@define(eq=False, repr=False)
class Reader(NodeReader):
    """Reads documents; what is wrong with them becomes `findings`."""

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
            "coder": self._value(root, "coder", str),
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
            source = self._named(name, node, Source, SourceName, "id")
            if source is None:
                self.unusable |= {name, self._advice.slug(name)}
                continue
            merged[source.id] = source
            self.places[source.id] = name.place
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
            meaning = self._named(name, node, SignalMeaning, SignalWord, "word")
            if meaning is None:
                continue
            read[name] = meaning
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

    def checks(self, document: Document, quick: Iterable[Check] = ()) -> CheckFile | None:
        """Read a list of checked entries. None if there are errors.

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
            sample = self._named(name, node, Sample, SampleName)
            if sample is not None:
                samples[sample.name] = sample
        checked = (*quick, *self._list(root, "checked", Check))
        checked = tuple(sorted(checked, key=lambda check: check.place.line))
        if self._errors == before:
            found = list(in_samples(checked, samples))
            self.findings += found
            self._errors += len(found)
        if self._errors > before:
            return None
        return CheckFile(samples=samples, checked=checked, place=root.place)

    def _is_same(self, name: Text, node: Node) -> bool:
        """Whether a source of a file equals the source of the register that has its name."""
        try:
            source = self._makers[Source](node, {"id": SourceName(name)})
            return bool(source == self.register[name])
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
            if fmt in (Format.SCENARIO, Format.COLLECTIVE, Format.AUTHORITY):
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
