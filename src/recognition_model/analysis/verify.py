"""Check of locators against local copies of the texts.

A match proves that the passage is in that copy. It does not prove that the passage supports the
claim; a reader must judge that.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.diagnostics import Finding, Place, RecordError, finding, in_order
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.folder import Folder
from recognition_model.core.locators import Copy, Found, Locator
from recognition_model.core.passages import Job, Passages, in_turn, passages_in
from recognition_model.core.wording import join_limited
from recognition_model.io.files import MAX_TEXT, read_bytes, read_text


@frozen(kw_only=True, repr=False)
class Item(Readable):
    """One locator of the record, whether its passage was found, and in which paragraphs."""

    source: Source
    locator: Locator
    place: Place
    found: Found
    paragraphs: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.source.id} {self.locator}: {self.found.value}"


@frozen(kw_only=True, repr=False)
class Verification(Readable):
    """Result of checking locators against a folder of texts."""

    items: tuple[Item, ...]
    findings: tuple[Finding, ...] = field(repr=False)

    def to_dict(self) -> dict[str, object]:
        """Convert to plain data, one entry per locator."""
        return {
            "items": [
                {
                    "source": item.source.id,
                    "file": item.place.file,
                    "line": item.place.line,
                    **item.locator.to_dict(),
                    "found": item.found.value,
                    "paragraphs": list(item.paragraphs),
                }
                for item in self.items
            ],
            "findings": [found.to_dict() for found in self.findings],
        }

    def count(self, found: Found) -> int:
        return sum(item.found is found for item in self.items)

    def __str__(self) -> str:
        return ", ".join(f"{self.count(found)} {found.value}" for found in Found)


Watch: TypeAlias = Callable[[Iterable[Passages], int], Iterable[Passages]]
"""Passes on what is found in each piece of a text, of which there are so many."""


def verify(
    folder: Folder,
    texts: str | os.PathLike[str],
    *,
    workers: int = 1,
    watch: Watch | None = None,
) -> Verification:
    """Look for every located passage of the scenarios in the copies in a folder.

    A copy is recognised by the file name in the register, by the source's name and `.txt`, or by
    the registered size and SHA-256. Raises `RecordError` if the folder cannot be read.

    A passage that the copy contains is found in time linear in the copy, all of a source together,
    unless it begins or ends inside a word. A passage that it does not contain costs a SHA-256 for
    each letter of the copy, about a second for two million letters; `workers` processes share
    this work. `watch` sees how far the work on a copy is.
    """
    files = _files(Path(texts))
    findings: list[Finding] = []
    located = list(_located(folder))
    results: dict[int, tuple[Found, list[int]]] = {}
    any_copy = False
    for numbers in _by_source(located):
        source = located[numbers[0]][0].source
        copy = _copy(source, files, findings)
        if copy is None:
            results |= dict.fromkeys(numbers, (Found.NO_COPY, []))
            continue
        any_copy = True
        locators = [_locator_of(located[number][0]) for number in numbers]
        found = copy.find_all(locators, partial(_search, workers=workers, watch=watch))
        results |= zip(numbers, found, strict=True)
    items = []
    for number, (evidence, place) in enumerate(located):
        found_there, paragraphs = results[number]
        item = Item(
            source=evidence.source,
            locator=_locator_of(evidence),
            place=place,
            found=found_there,
            paragraphs=tuple(paragraphs),
        )
        items.append(item)
        findings += _findings(item)
    if not any_copy:
        message = "contains no copy of a source with a locator"
        if not items:
            message = "cannot be checked: the record has no locator"
        findings.append(finding("RM314", message, Place(str(texts))))
    return Verification(items=tuple(items), findings=in_order(findings))


def _search(jobs: Sequence[Job], workers: int, watch: Watch | None) -> Iterable[Passages]:
    """Do the jobs in several processes if there are many."""
    if workers > 1 and len(jobs) >= _MANY:
        from recognition_model.io.processes import in_processes

        found = in_processes(passages_in, jobs, workers)
    else:
        found = in_turn(jobs)
    return watch(found, len(jobs)) if watch else found


_MANY = 4
"""With fewer jobs another process would take longer to begin than they take."""


def _locator_of(evidence: Evidence) -> Locator:
    assert evidence.at is not None  # noqa: S101 - `_located` yields no others
    return evidence.at


def _by_source(located: Sequence[tuple[Evidence, Place]]) -> Iterable[list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, (evidence, _) in enumerate(located):
        numbers.setdefault(evidence.source.id, []).append(number)
    return numbers.values()


@frozen
class _Files:
    """The files of a folder, by name and by size."""

    by_name: Mapping[str, Path]
    by_size: Mapping[int, Sequence[Path]]


def _files(folder: Path) -> _Files:
    by_name: dict[str, Path] = {}
    by_size: dict[int, list[Path]] = {}
    try:
        for path in sorted(folder.iterdir()):
            if path.is_file():
                by_name[path.name] = path
                by_size.setdefault(path.stat().st_size, []).append(path)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise RecordError([finding("RM101", message, Place(str(folder)))]) from None
    return _Files(by_name, by_size)


def _located(folder: Folder) -> Iterator[tuple[Evidence, Place]]:
    for scenario in folder.all_scenarios:
        start, doctrine = scenario.start, scenario.doctrine
        if doctrine is not None:
            yield from ((e, doctrine.place) for e in doctrine.evidence if e.at is not None)
        yield from ((e, start.place) for e in start.evidence if e.at is not None)
        for step in scenario.timeline:
            yield from ((e, step.place) for e in step.evidence if e.at is not None)
    for collective in folder.collectives:
        for claim in collective.claims:
            yield from ((e, claim.place) for e in claim.evidence if e.at is not None)


def _copy(source: Source, files: _Files, findings: list[Finding]) -> Copy | None:
    """Find the copy of a source among the files; None if there is none."""
    file = source.file
    names = ([file.name] if file else []) + [f"{source.id}.txt"]
    other = next((files.by_name[name] for name in names if name in files.by_name), None)
    try:
        if file is not None and file.size <= MAX_TEXT:
            for path in files.by_size.get(file.size, ()):
                if sha256(read_bytes(path, MAX_TEXT)).hexdigest() == file.sha256:
                    return Copy(read_text(path, MAX_TEXT))
        if other is None:
            return None
        copy = Copy(read_text(other, MAX_TEXT))
    except RecordError as error:
        findings += error.findings
        return None
    if file is not None:
        message = f"is not the copy of {source.id} for which its locators were made"
        findings.append(finding("RM315", message, Place(str(other))))
    return copy


def _findings(item: Item) -> Iterator[Finding]:
    name = f"{item.source.id} {item.locator.digest}"
    where = join_limited(list(map(str, item.paragraphs)))
    if item.found is Found.ABSENT:
        yield finding("RM311", f"{name} is not in the copy", item.place)
    elif item.found is Found.AMBIGUOUS:
        yield finding("RM312", f"{name} is in paragraphs {where}", item.place)
    elif item.found is Found.MOVED:
        hint = item.locator.paragraph
        yield finding("RM313", f"{name} is in paragraph {where}, not {hint}", item.place)
