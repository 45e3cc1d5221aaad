"""The smallest record that shows a finding: for a report of a fault, and for a test."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import frozen

from recognition_model.analysis.anonymous import anonymised
from recognition_model.analysis.delta_debugging import left_out
from recognition_model.analysis.trials import (
    MOST_TRIALS,
    Exhausted,
    Sought,
    Trials,
    needed_sources,
    remembered,
    trials,
)
from recognition_model.core.base import Readable
from recognition_model.core.codes import CODES
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Sources
from recognition_model.core.wording import did_you_mean, join_limited, near_words, plural, shown
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.raw_yaml import (
    Part,
    RawEntry,
    RawGroup,
    RawNode,
    RawText,
    parts_at,
    raw_lines,
    raw_text,
    raw_tree,
)
from recognition_model.io.record_texts import RecordTexts, as_bytes, record_texts


class NotShown(ValueError):
    """A record shows no finding with the code; `codes` counts those of what it does show."""

    def __init__(self, code: str, what: str, codes: Mapping[str, int]) -> None:
        self.codes = codes
        counts = [one if n == 1 else f"{one} ({n})" for one, n in codes.items()]
        shows = f"{what} shows {join_limited(counts, 12) or 'no finding'}"
        if code in CODES:
            super().__init__(f"{shows}, not {code}" if counts else shows)
        else:
            near = near_words(code, codes) or near_words(code, CODES)
            hint = f" ({did_you_mean(near)})" if near else ""
            super().__init__(f"unknown finding code {shown(code)}{hint}; {shows}")


@frozen(kw_only=True, repr=False)
class SmallestRecord(Readable):
    """The smallest record that shows a finding.

    `texts` are its files, each a name and a text; `asked` is the one to replay, and empty for the
    whole folder. `finding` is the one that it keeps, and `findings` are all that it shows.
    `first_of` counts the findings with this code in the record as it was; the first is kept, or one
    with its message but for numbers and dates. `letters_before` counts the letters of the files as
    they were. `trials` says how many records were tried. If `is_smallest`, the finding would be
    lost, or another error come, without any one entry, item of evidence, key or source; otherwise
    the search ended at its bound. `named` lists the texts that could not be made anonymous.
    """

    texts: tuple[tuple[str, str], ...]
    asked: str
    finding: Finding
    findings: tuple[Finding, ...]
    first_of: int
    letters_before: int
    trials: int
    is_smallest: bool
    named: tuple[str, ...] = ()

    @property
    def files(self) -> dict[str, str]:
        """The texts by the names of their files."""
        return dict(self.texts)

    @property
    def letters(self) -> int:
        return sum(map(len, self.files.values()))

    def to_bytes(self) -> dict[str, bytes]:
        """The files as they are written to disk."""
        return {name: as_bytes(text) for name, text in self.files.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "files": self.files,
            "asked": self.asked,
            "finding": self.finding.to_dict(),
            "findings": [one.to_dict() for one in self.findings],
            "first_of": self.first_of,
            "letters_before": self.letters_before,
            "trials": self.trials,
            "is_smallest": self.is_smallest,
            "named": [*self.named],
        }

    def __str__(self) -> str:
        return f"{plural(len(self.files), 'file', 'files')}, {self.finding}"


def smallest(
    path: str | os.PathLike[str],
    code: str,
    *,
    name: str = "",
    rules: RuleTable = RULES,
    sources: Sources | None = None,
    strict: bool = False,
    anonymous: bool = False,
    most: int = MOST_TRIALS,
) -> SmallestRecord:
    """Find the smallest record that shows the first finding with a code in a file or a folder.

    A record is smaller if it lacks entries, evidence, keys, sources or whole files. It must show
    the same finding, whatever numbers the message names, and no error with a code that the files
    did not show. `name` is the name under which a file is to be written, on which a finding may
    depend. With `anonymous`, texts that the finding does not need are replaced by neutral ones;
    dates, grades and words of the model stay. `most` bounds how many records are tried. `rules`,
    `sources` and `strict` are those of `findings_in`. Raises `NotShown` if there is no such
    finding, and `RecordError` if the file cannot be read.
    """
    return smallest_of(
        record_texts(Path(path), name),
        code,
        rules=rules,
        sources=sources,
        strict=strict,
        anonymous=anonymous,
        most=most,
    )


def smallest_of(
    texts: RecordTexts,
    code: str,
    *,
    rules: RuleTable = RULES,
    sources: Sources | None = None,
    strict: bool = False,
    anonymous: bool = False,
    most: int = MOST_TRIALS,
) -> SmallestRecord:
    """Find the smallest record as `smallest` does, of files whose texts are given."""
    with trials(rules, sources, strict=strict, most=most) as tried:
        found = tried.findings(texts.files, texts.asked)
        counts: dict[str, int] = {}
        for one in found:
            counts[one.code] = counts.get(one.code, 0) + 1
        if code not in counts:
            raise NotShown(code, texts.what, counts)
        first = next(one for one in found if one.code == code)
        sought = Sought(first, frozenset({code, *(one.code for one in found if one.is_error)}))
        register = tried.sources
        for some in (needed_sources(register, texts.files), register):  # few are faster
            tried.sources = some
            search = _Search(texts, sought, tried)
            search.run(anonymous=anonymous)
            if some is register or search.holds_with(register):
                break
    return SmallestRecord(
        texts=tuple(search.files.items()),
        asked=search.asked,
        finding=search.finding(),
        findings=search.findings,
        first_of=counts[code],
        letters_before=sum(map(len, texts.files.values())),
        trials=tried.count,
        is_smallest=search.done,
        named=search.named,
    )


class _Search:
    """The search for one smallest record. It always has the best record so far."""

    def __init__(self, texts: RecordTexts, sought: Sought, tried: Trials) -> None:
        self.files: Mapping[str, str] = texts.files
        self.asked = texts.asked
        self.done = False
        self.named: tuple[str, ...] = ()
        self.findings: tuple[Finding, ...] = ()
        self._sought = sought
        self._tried = tried
        self._shows = remembered(self._try)
        self._try(texts.files)

    def run(self, *, anonymous: bool) -> None:
        try:
            root = self._as_trees()
            without = left_out(
                lambda depth, without: parts_at([root], depth, without),
                lambda without: self._shows(_files(root, without)),
            )
            self.done = True
            if anonymous:
                self._make_anonymous(root, without)
        except Exhausted:
            if anonymous:
                self.named = ("everything: the trials were used up",)

    def holds_with(self, register: Sources) -> bool:
        """Whether the best record shows the finding with all sources too."""
        self._tried.sources = register
        with suppress(Exhausted):
            found = self._tried.findings(self.files, self.asked)
            same = self.findings and self.finding() in found
            self.findings = found
            return bool(same) and {one.code for one in found if one.is_error} <= self._sought.errors
        return True

    def finding(self) -> Finding:
        """The finding, as the best record shows it."""
        same = [one for one in self.findings if one.code == self._sought.finding.code]
        line = self._sought.finding.place.line
        exact = [one for one in same if self._sought.is_among((one,))]
        at_line = [one for one in same if one.place.line == line]
        return [*exact, *at_line, *same][0]

    def _try(self, files: Mapping[str, str]) -> bool:
        found = self._tried.findings(files, self.asked)
        if not self._sought.is_among(found):
            return False
        self.files, self.findings = files, found
        return True

    def _as_trees(self) -> RawGroup:
        """Read each file as a tree, if the finding survives that; otherwise take its lines."""
        entries: list[RawEntry] = []
        files = dict(self.files)
        for name in self.files:
            for node in _forms(files[name]):
                text = raw_text(node)
                if text == files[name] or self._shows({**files, name: text}):
                    files[name] = text
                    entries.append(RawEntry(RawText(name, name), node))
                    break
        return RawGroup(False, False, "", tuple(entries))

    def _make_anonymous(self, root: RawGroup, without: frozenset[Part]) -> None:
        sought = Sought(self.finding(), self._sought.errors)
        done = anonymised(root, without, self.asked)
        for instead, asked in done:
            files = _files(root, without, instead)
            file = instead_name(root, sought.finding.place.file, instead)
            found = self._tried.findings(files, asked)
            if sought.is_at(found, file):
                self.files, self.asked, self.findings = files, asked, found
                done.accept()
        self.named = done.named


def instead_name(root: RawGroup, name: str, instead: Mapping[RawText, str]) -> str:
    """The new name of a file."""
    keys = (entry.key for entry in root.entries if entry.key is not None)
    return next((instead[key] for key in keys if key.raw == name and key in instead), name)


def _forms(text: str) -> Iterator[RawNode]:
    for comments in (False, True):
        try:
            yield raw_tree(text, comments=comments)
        except ValueError:
            break
    yield raw_lines(text)


def _files(
    root: RawGroup, without: frozenset[Part], instead: Mapping[RawText, str] | None = None
) -> dict[str, str]:
    """Write the files of a record."""
    return {
        (instead or {}).get(entry.key, entry.key.raw): raw_text(entry.value, without, instead)
        for entry in root.entries
        if entry not in without and entry.key is not None
    }
