"""Load files: scenarios, claims, periods of rule, registers, vocabularies, logs of searches.

No other module reads files. Loading never replays. All problems with the files are returned
together, as findings.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from recognition_model.core.authority import Authority
from recognition_model.core.checks import CheckFile
from recognition_model.core.claims import Collective
from recognition_model.core.countries import name_of, named
from recognition_model.core.diagnostics import (
    LOGS,
    REGISTERS,
    VOCABULARIES,
    Finding,
    Place,
    RecordError,
    finding,
    in_order,
)
from recognition_model.core.evidence import Sources
from recognition_model.core.folder import Folder
from recognition_model.core.plausible import implausible_dates, sources_at_odds
from recognition_model.core.scenario import Scenario
from recognition_model.core.searches import SearchLog
from recognition_model.core.signals import Vocabulary
from recognition_model.core.wording import shown
from recognition_model.io.discovery import (
    is_special,
    misnamed_register,
    not_ordinary,
    records_of,
)
from recognition_model.io.files import read_document
from recognition_model.io.logs import checks_beside, searches_beside
from recognition_model.io.nodes import Document
from recognition_model.io.reader import Reader
from recognition_model.io.shipped import record_root as record_root
from recognition_model.io.strict_yaml import parse
from recognition_model.io.vocabulary import shipped_vocabulary, vocabulary_at

T = TypeVar("T")
AUTHORITY = "authority.yaml"


class RecordRoot(NamedTuple):
    """The two folders of the shipped record, or of another version of it."""

    scenarios: Path
    seeds: Path

    def has(self, folder: Path) -> bool:
        """Whether a folder is that of the scenarios, by whatever path."""
        return os.path.realpath(folder) == os.path.realpath(self.scenarios)


def version_at(folder: Path) -> RecordRoot | None:
    """Another version of the shipped record, as in a clone: a folder with `seeds` beside it."""
    seeds = Path(os.path.realpath(folder)).parent / "seeds"
    return RecordRoot(folder, seeds) if (seeds / REGISTERS[0]).is_file() else None


def version_of(paths: Paths) -> RecordRoot:
    """The version of the shipped record that the paths belong to: that of a clone, if it is one.

    A clone's are its folder `scenarios` and files in it. Any other paths are files of a user, who
    has the record that ships with the package.
    """
    folders = {path if path.is_dir() else path.parent for path in as_paths(paths)}
    if len(folders) == 1:
        (folder,) = folders
        if Path(os.path.realpath(folder)).name == "scenarios":
            version = version_at(folder)
            if version is not None:
                return version
    return RecordRoot(record_root("scenarios"), record_root("seeds"))


def read_sources(
    path: str | os.PathLike[str] | None = None, known: Sources | None = None
) -> Sources:
    """Load a register from its file or folder and add it to `known`; default: the shipped register.

    Raises `RecordError` with every finding of the file.
    """
    return MappingProxyType(_register(Path(path or record_root("seeds")), known or {}).register)


def load(path: str | os.PathLike[str], sources: Sources | None = None) -> Scenario:
    """Load one scenario from its file.

    `sources` is the register; default: the shipped one. A `sources.yaml` in the same folder adds
    to it. Raises `RecordError` with every finding of the file.
    """
    folder = load_folder([path], sources)
    _raise(folder.findings)
    found = folder.all_scenarios
    if len(found) != 1:
        message = f"holds {len(found)} scenarios, not one"
        raise RecordError([finding("RM206", message, Place(os.fspath(path)))])
    return found[0]


Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def load_folder(
    paths: Paths = (),
    sources: Sources | None = None,
    *,
    beside: Paths = (),
    texts: Mapping[str, str] = MappingProxyType({}),
    root: RecordRoot | None = None,
) -> Folder:
    """Load every scenario and collective file at a path or paths; default: the shipped record.

    Scenarios of organisations stand apart from those of countries: see `Folder`.

    A folder means its YAML files that hold a record; they must be regular files. Notes among the
    findings name the files that are left out. A path that is given by name may be a pipe. The files
    `beside` are loaded in addition: where both have a country, that of `beside` counts, and a note
    (RM213) says so. The folder `scenarios` of a clone is read with the register in `seeds` beside
    it. A log of searches is read with its whole folder. `texts` are contents of files that are
    nowhere written, by the names to show; a register in the current folder counts for them. `root`
    is another version of the shipped record, to load and to take the register and the vocabulary
    from. Raises nothing for a bad file: `findings` says what could not be used.
    """
    root = root or version_of(paths)
    shipped = Reader(sources) if sources is not None else _register(root.seeds)
    own_root = root.seeds != record_root("seeds")
    shipped.vocabulary = vocabulary_at(root.seeds) if own_root else shipped_vocabulary()
    added = as_paths(beside)
    asked = [*(as_paths(paths) or ([] if texts else [root.scenarios])), *added]
    findings: list[Finding] = []
    records: list[Scenario | Collective | Authority] = []
    unused: list[str] = []
    readers: dict[Path, Reader] = {}
    misnamed: set[Path | Document] = set()
    documents: list[Path | Document] = [
        *records_of(asked, findings),
        *(parse(text, name) for name, text in texts.items()),
    ]
    unused += [found.place.file for found in findings if found.unreadable]
    for source in documents:
        folder = source.parent if isinstance(source, Path) else Path()
        if folder not in readers:
            readers[folder] = _reader(folder, shipped, findings)
            if (path := misnamed_register(folder)) is not None:
                misnamed.add(path)
                message = f"not read: a register has the name {REGISTERS[0]}"
                hint = f"name it {REGISTERS[0]}"
                findings.append(finding("RM307", message, Place(str(path)), hint))
                readers[folder].unread = True
        if isinstance(source, Path) and source in misnamed:
            continue
        try:
            document = read_document(source) if isinstance(source, Path) else source
            record = readers[folder].with_few_findings(Reader.document, document)
        except RecordError as error:
            findings += error.findings
            record = None
        if record is None:
            unused.append(str(source) if isinstance(source, Path) else source.file)
        else:
            records.append(record)
    if added:
        records = _with_beside(records, records_of(added, []), findings)
    governed = root.seeds / AUTHORITY
    if any(map(root.has, asked)) and governed.exists():
        authority = shipped.document(read_document(governed))
        records += [authority] if authority is not None else []
        findings += shipped.findings
    searches: dict[str, SearchLog | None] = {}
    checks: dict[str, CheckFile | None] = {}
    register = dict(shipped.register)
    registered: dict[str, Place] = {}
    vocabulary = shipped.vocabulary
    for folder, reader in readers.items():
        if folder in asked:
            has_logs = root.seeds if root.has(folder) else folder
            searches[str(folder)] = searches_beside(has_logs, reader)
            checks[str(folder)] = checks_beside(has_logs, reader)
        findings += reader.findings
        unused += [
            one.place.file
            for one in reader.findings
            if one.is_error and Path(one.place.file).name in (*VOCABULARIES, *LOGS)
        ]
        findings += _other_documents(register, reader)
        findings += _other_words(vocabulary, reader)
        register |= reader.register
        vocabulary = vocabulary.and_own(reader.vocabulary)
        if folder in asked:
            registered |= reader.places
            registered |= shipped.places if root.has(folder) else {}
    scenarios = [record for record in records if isinstance(record, Scenario)]
    findings += _twice(scenarios)
    places = {name: place for r in (shipped, *readers.values()) for name, place in r.places.items()}
    findings += implausible_dates(records, register, places)
    findings += sources_at_odds(register, places)
    scenarios.sort(key=lambda one: (name_of(one.country), one.file))
    return Folder(
        scenarios=tuple(one for one in scenarios if not one.of_organisation),
        organisations=tuple(one for one in scenarios if one.of_organisation),
        collectives=tuple(record for record in records if isinstance(record, Collective)),
        authorities=tuple(record for record in records if isinstance(record, Authority)),
        sources=MappingProxyType(register),
        registered=MappingProxyType({} if _any_error(findings) else registered),
        searches=_present(searches),
        vocabulary=vocabulary,
        checks=_present(checks),
        findings=in_order(findings),
        unused=tuple(dict.fromkeys(unused)),
    )


def as_paths(paths: Paths) -> list[Path]:
    """List one path or several."""
    return [Path(p) for p in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def _with_beside(
    records: Iterable[Scenario | Collective | Authority],
    files: Iterable[Path],
    findings: list[Finding],
) -> list[Scenario | Collective | Authority]:
    """Leave out the scenarios that the files added beside them have too, by their codes."""
    names = {str(path) for path in files}
    records = list(records)
    own = {r.country: r for r in records if isinstance(r, Scenario) and r.file in names}
    kept: list[Scenario | Collective | Authority] = []
    for record in records:
        mine = own.get(record.country) if isinstance(record, Scenario) else None
        if mine is None or (isinstance(record, Scenario) and record.file in names):
            kept.append(record)
        else:
            message = f"this file of {named(mine.country)} is used instead of {record.place.file}"
            findings.append(finding("RM213", message, mine.place))
    return kept


def shipped_authority() -> Authority:
    """Read the shipped file that tells when the Taliban governed."""
    seeds = record_root("seeds")
    reader = _register(seeds)
    record = reader.document(read_document(seeds / AUTHORITY))
    _raise(reader.findings)
    assert isinstance(record, Authority)  # noqa: S101 - a test reads it
    return record


def authority_sources(authorities: Iterable[Authority] = ()) -> frozenset[str]:
    """Name the sources that attest when the Taliban governed, by default those that ship."""
    own = frozenset(item.source.id for one in authorities for item in one.evidence)
    return own or _shipped_authority_sources()


@cache
def _shipped_authority_sources() -> frozenset[str]:
    return frozenset(item.source.id for item in shipped_authority().evidence)


def _register(path: Path, known: Sources = MappingProxyType({})) -> Reader:
    """Make a reader with the register of a file or folder. Raises `RecordError`."""
    reader = Reader(known)
    reader.register = reader.sources(read_document(path / REGISTERS[0] if path.is_dir() else path))
    _raise(reader.findings)
    return reader


def _other_documents(register: Sources, reader: Reader) -> Iterable[Finding]:
    """Report source names that another folder's register uses for a different document."""
    for name, place in reader.places.items():
        if name in register and register[name] != reader.register[name]:
            message = f"another folder has another document as {shown(name)}"
            yield finding("RM304", message, place, "choose another name for one of the two")


def _other_words(vocabulary: Vocabulary, reader: Reader) -> Iterable[Finding]:
    """Report words for signals to which another folder's vocabulary gives another meaning."""
    if reader.vocabulary is vocabulary:
        return
    for word, one in reader.vocabulary.words.items():
        if word in vocabulary.families and vocabulary.words[word] != one:
            message = f"another folder gives the word {shown(word)} another meaning"
            yield finding("RM214", message, one.place, "choose another word for one of the two")


def _reader(folder: Path, shipped: Reader, findings: list[Finding]) -> Reader:
    """Make a reader with the shipped register and vocabulary, and those that the folder adds.

    A source or a register that could not be read is reported once, not again in each file that
    cites it.
    """
    reader = Reader(shipped.register, shipped.vocabulary)
    for path in (folder / name for name in (*REGISTERS, *VOCABULARIES)):
        if is_special(path):
            findings.append(not_ordinary(path))
            reader.unread |= path.name in REGISTERS
        elif os.path.lexists(path):
            try:
                document = read_document(path)
            except RecordError as error:
                findings += error.findings
                reader.unread |= path.name in REGISTERS
                continue
            if path.name in VOCABULARIES:
                reader.vocabulary = reader.with_few_findings(Reader.signals, document)
            else:
                reader.register = reader.with_few_findings(Reader.sources, document)
    return reader


def _present(read: Mapping[str, T | None]) -> Mapping[str, T]:
    return MappingProxyType({folder: one for folder, one in read.items() if one is not None})


def _twice(scenarios: Iterable[Scenario]) -> Iterable[Finding]:
    """Report all files of one code but one: the one that is named by it, else the first."""
    first: dict[str, Scenario] = {}
    for scenario in sorted(scenarios, key=lambda s: Path(s.file).stem.upper() != s.country):
        code = scenario.country
        other = first.setdefault(code, scenario)
        if other is not scenario:
            message = f"{code} has a file already: {other.file}"
            hint = "keep one of them in the folder: move the other out of it"
            if Path(scenario.file).stem.upper() != code == Path(other.file).stem.upper():
                hint = "if this is a copy, move it out of the folder; if not, correct `country:`"
            yield finding("RM211", message, scenario.place, hint)


def _any_error(findings: Iterable[Finding]) -> bool:
    return any(found.is_error for found in findings)


def _raise(findings: Iterable[Finding]) -> None:
    errors = [found for found in findings if found.is_error]
    if errors:
        raise RecordError(in_order(errors))
