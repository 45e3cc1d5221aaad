"""Try records in a folder of their own: which findings `replay` would report about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve, frozen

from recognition_model.analysis.replayed_folder import findings_in
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Sources
from recognition_model.core.plausible import newest_source
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.atomic import writing
from recognition_model.io.drafts import scratch_folder
from recognition_model.io.loader import read_sources
from recognition_model.io.record_texts import as_bytes

MOST_TRIALS = 5_000
MOST_LETTERS = 200_000_000
"""A search ends after so many trials, or after so many letters of all records tried."""

_NUMBER = re.compile(r"\d[\d,]*")


class Exhausted(Exception):
    """A search has used all its trials."""


@frozen
class Sought:
    """A finding to keep. `errors` are the codes of the errors that a record may have."""

    finding: Finding
    errors: frozenset[str]

    def is_among(self, findings: tuple[Finding, ...]) -> bool:
        """Whether a record shows the same finding, whatever numbers it names, and no new error."""
        return self._no_new_error(findings) and _key(self.finding) in map(_key, findings)

    def is_at(self, findings: tuple[Finding, ...], file: str) -> bool:
        """Whether a record shows it in the same line of a file, whatever its words."""
        line = self.finding.place.line
        places = ((one.code, one.place.file, one.place.line) for one in findings)
        return self._no_new_error(findings) and (self.finding.code, file, line) in places

    def _no_new_error(self, findings: tuple[Finding, ...]) -> bool:
        return all(one.code in self.errors for one in findings if one.is_error)


def _key(found: Finding) -> tuple[str, str, str]:
    return found.code, found.place.file, _NUMBER.sub("", found.message)


class Trials:
    """A folder that holds one record after the other; counts what it was asked."""

    def __init__(
        self,
        folder: Path,
        sources: Sources,
        rules: RuleTable,
        *,
        strict: bool,
        most: int = MOST_TRIALS,
    ) -> None:
        self.count = 0
        self.sources = sources
        self._folder = folder
        self._rules = rules
        self._strict = strict
        self._most = most
        self._letters = MOST_LETTERS
        self._there: dict[str, str] = {}

    def findings(self, files: Mapping[str, str], asked: str) -> tuple[Finding, ...]:
        """Replay a record: the file `asked` with those beside it, or all files if it is empty.

        Raises `Exhausted` when the trials are used up, and `NotWritten` if the disk is full.
        """
        self._letters -= sum(map(len, files.values()))
        if self.count >= self._most or (self.count and self._letters < 0):
            raise Exhausted
        self.count += 1
        for name in self._there.keys() - files.keys():
            (self._folder / name).unlink()
        for name, text in files.items():
            path = self._folder / name
            if self._there.get(name) != text:
                with writing(path):
                    path.write_bytes(as_bytes(text))
        self._there = dict(files)
        what = self._folder / asked if asked else self._folder
        found = findings_in(what, self._rules, sources=self.sources, strict=self._strict)
        return tuple(map(self._without_folder, found))

    def _without_folder(self, found: Finding) -> Finding:
        here = f"{self._folder}/"
        place = evolve(found.place, file=found.place.file.replace(here, "", 1))
        message, hint = (text.replace(here, "") for text in (found.message, found.hint))
        return evolve(found, place=place, message=message, hint=hint)


@contextmanager
def trials(
    rules: RuleTable = RULES,
    sources: Sources | None = None,
    *,
    strict: bool = False,
    most: int = MOST_TRIALS,
) -> Iterator[Trials]:
    """Make a folder for trials, and remove it at the end, also if the process is interrupted."""
    with scratch_folder() as folder:
        register = read_sources() if sources is None else sources
        yield Trials(folder, register, rules, strict=strict, most=most)


def needed_sources(sources: Sources, files: Mapping[str, str]) -> Sources:
    """Return the sources that the files name, and the two newest: most findings need no other."""
    text = "\n".join(files.values())
    few = {name: source for name, source in sources.items() if name in text}
    for _ in range(2):
        others = [source for source in sources.values() if source.id not in few]
        newest = newest_source(others, ())
        few |= {newest.source: sources[newest.source]} if newest else {}
    return few


def remembered(shows: Callable[[Mapping[str, str]], bool]) -> Callable[[Mapping[str, str]], bool]:
    """Return a test of records that tries none twice."""
    known: dict[int, bool] = {}

    def test(files: Mapping[str, str]) -> bool:
        key = hash(tuple(files.items()))
        if key not in known:
            known[key] = shows(files)
        return known[key]

    return test
