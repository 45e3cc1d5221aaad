"""Check of locators against local copies of the texts.

A match proves that the passage is in that copy. It does not prove that the passage supports the
claim; a reader must judge that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.diagnostics import Finding, Place, RecordError, finding, in_order
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.folder import Folder
from recognition_model.core.locators import Copy, Found, Locator
from recognition_model.io.files import read_bytes, read_text

MAX_TEXT = 32 * 1024 * 1024  # bytes; a book has one or two million


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


def verify(folder: Folder, texts: str | os.PathLike[str]) -> Verification:
    """Look for every located passage of the scenarios in the copies in a folder.

    A copy is recognised by the file name in the register, by the source's name and `.txt`, or by
    the registered size and SHA-256. Raises `RecordError` if the folder cannot be read.
    """
    try:
        files = sorted(path for path in Path(texts).iterdir() if path.is_file())
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise RecordError([finding("RM101", message, Place(str(texts)))]) from None
    findings: list[Finding] = []
    copies: dict[str, Copy | None] = {}
    items = []
    for evidence, place in _located(folder):
        source, locator = evidence.source, evidence.at
        assert locator is not None  # noqa: S101 - _located yields no others
        if source.id not in copies:
            copies[source.id] = _copy(source, files, findings)
        copy = copies[source.id]
        found, paragraphs = (Found.NO_COPY, []) if copy is None else copy.find(locator)
        item = Item(
            source=source,
            locator=locator,
            place=place,
            found=found,
            paragraphs=tuple(paragraphs),
        )
        items.append(item)
        findings += _findings(item)
    if not any(copies.values()):
        message = "contains no copy of a source with a locator"
        if not items:
            message = "cannot be checked: the record has no locator"
        findings.append(finding("RM314", message, Place(str(texts))))
    return Verification(items=tuple(items), findings=in_order(findings))


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


def _copy(source: Source, files: Sequence[Path], findings: list[Finding]) -> Copy | None:
    """Find the copy of a source among the files; None if there is none."""
    path = next((path for path in files if _is_registered(source, path)), None)
    names = ([source.file.name] if source.file else []) + [f"{source.id}.txt"]
    other = next((path for name in names for path in files if path.name == name), None)
    try:
        if path is not None:
            return Copy(read_text(path, MAX_TEXT))
        if other is None:
            return None
        copy = Copy(read_text(other, MAX_TEXT))
    except RecordError as error:
        findings += error.findings
        return None
    if source.file is not None:
        message = f"is not the copy of {source.id} for which its locators were made"
        findings.append(finding("RM315", message, Place(str(other))))
    return copy


def _is_registered(source: Source, path: Path) -> bool:
    """Test whether a file is, byte for byte, the registered copy."""
    file = source.file
    if file is None or path.stat().st_size != file.size or file.size > MAX_TEXT:
        return False
    return sha256(read_bytes(path, MAX_TEXT)).hexdigest() == file.sha256


def _findings(item: Item) -> Iterator[Finding]:
    name = f"{item.source.id} {item.locator.digest}"
    where = ", ".join(map(str, item.paragraphs))
    if item.found is Found.ABSENT:
        yield finding("RM311", f"{name} is not in the copy", item.place)
    elif item.found is Found.AMBIGUOUS:
        yield finding("RM312", f"{name} is in paragraphs {where}", item.place)
    elif item.found is Found.MOVED:
        hint = item.locator.paragraph
        yield finding("RM313", f"{name} is in paragraph {where}, not {hint}", item.place)
