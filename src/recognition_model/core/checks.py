"""Checked entries: what somebody looked up in the sources, when, and with which result.

A check is of an entry as it stood. Its digest `en1` is the first 128 bits of a SHA-256. What is
hashed is JSON in UTF-8, with sorted keys and without spaces, of what the entry claims: `country`,
`kind`, `date`, what it `says` (act, status, signal or refused act, with `dated-by`, `rank` and the
reason of a refusal), and `evidence`. Of each item of evidence count `source`, `voice`,
`credibility`, `bearing`, `claim`, the `letters` and the `digest` of its locator, and whether it is
an `announcement` or `recalled`. Keys without a value are left out. Items are sorted by their JSON;
texts are in NFC, with one space between words. Notes, contradictions, the reason of a deprecation,
comments, the layout and the order of a file do not count.
"""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from attrs import frozen

from recognition_model.core.base import Ranked, Readable, doc
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Evidence
from recognition_model.core.hashing import sha256_digits
from recognition_model.core.scenario import ActStep, Rank, RefuseStep, SignalStep, StatusStep, Step
from recognition_model.core.types import (
    Count,
    CountryCode,
    EntryDigest,
    SampleName,
    SourceName,
    WebAddress,
)


class CheckResult(Ranked):
    """What came of checking an entry against its sources."""

    AGREES = "agrees", "The page supports the entry: date, what happened, voice and claims."
    CORRECTED = "corrected", "The check found an error. The entry as it stands now is right."
    PARTLY = "partly", "The page supports the date or what happened, but not every claim."
    NOT_FOUND = "not-found", "The page could not be found again: neither right nor wrong."
    WRONG = "wrong", "The page contradicts the entry, which is not corrected yet."

    @property
    def is_error(self) -> bool:
        """Whether the entry, as it stood when somebody checked it, had an error."""
        return self in (CheckResult.CORRECTED, CheckResult.WRONG)

    @property
    def confirms(self) -> bool:
        """Whether the entry as it stands after the check has the page behind it, or part of it."""
        return self in (CheckResult.AGREES, CheckResult.CORRECTED, CheckResult.PARTLY)


class CheckedBy(Ranked):
    """Who checked an entry."""

    OTHER = "other", "Somebody who did not write the entry."
    CODER = "coder", "Whoever wrote the entry."


NEEDED_BY_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "found": "say in `found:` what was wrong",
        "against": "name the sources that were looked at, or other pages in `pages:`",
    }
)
"""The keys that some results need, each with what to write."""


@frozen(kw_only=True, repr=False)
class Check(Readable):
    """An entry that was checked against its sources, and the result."""

    country: CountryCode = doc("ISO 3166-1 alpha-3 code of the file that has the entry.")
    entry: str = doc("What the entry was: its word and its date.")
    digest: EntryDigest = doc("The digest of the entry as it was checked; `checked` writes it.")
    on: date = doc("The day of the check.")
    by: CheckedBy = doc("Who checked it: somebody other than the coder, or the coder.")
    result: CheckResult = doc("What came of it.")
    against: tuple[SourceName, ...] = doc(
        "Names of the sources whose pages were looked at.", default=()
    )
    pages: tuple[WebAddress, ...] = doc("Addresses of other pages that were looked at.", default=())
    sample: SampleName | None = doc("The drawn sample that has the entry.", default=None)
    was: EntryDigest | None = doc(
        "The digest of the entry before it was corrected, or when it was drawn.", default=None
    )
    found: str | None = doc("What was wrong, or what the page does not say.", default=None)
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    @property
    def drawn(self) -> EntryDigest:
        """The digest of the entry before the check changed it."""
        return self.was or self.digest

    @property
    def lacks(self) -> str:
        """The key that its result needs and that it does not have; empty if none."""
        if self.result.is_error and self.found is None:
            return "found"
        looked_at = self.against or self.pages
        return "" if looked_at or self.result is CheckResult.NOT_FOUND else "against"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: every key of the file, and the line."""
        return {
            "country": self.country,
            "entry": self.entry,
            "digest": self.digest,
            "on": self.on.isoformat(),
            "by": self.by.value,
            "result": self.result.value,
            "against": [*self.against],
            "pages": [*self.pages],
            "sample": self.sample,
            "was": self.was,
            "found": self.found,
            "line": self.place.line,
        }

    def __str__(self) -> str:
        return f"{self.country} {self.entry}: {self.result}"


@frozen(kw_only=True, repr=False)
class Sample(Readable):
    """A sample of entries, drawn by a seed, in which every entry is checked."""

    name: SampleName = doc("Its name.", key=False, default=SampleName(""))
    seed: Count = doc("The seed by which `checked --draw` draws it again.")
    size: Count = doc("How many entries were drawn.")
    population: Count = doc("How many entries it was drawn from.")
    record: str = doc("The record that it was drawn from: a revision or a release.")
    on: date = doc("The day on which it was drawn.")
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: every key of the file, with the name."""
        return {
            "sample": self.name,
            "seed": self.seed,
            "size": self.size,
            "population": self.population,
            "record": self.record,
            "on": self.on.isoformat(),
        }

    def __str__(self) -> str:
        return f"{self.name}: {self.size} of {self.population} entries by seed {self.seed}"


@frozen(kw_only=True, repr=False)
class CheckFile(Readable):
    """A list of checked entries of the scenarios in one folder, and the samples drawn from them."""

    samples: Mapping[str, Sample] = doc("The samples, each under its name.", factory=dict)
    checked: tuple[Check, ...] = doc("The checked entries, in the order of the file.")
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{len(self.checked)} checks, {len(self.samples)} samples"


def entry_name(step: Step) -> str:
    """Name an entry by its word and its date: `accept_ambassador 2025-07-03`."""
    return f"{entry_word(step)} {step.date}"


def entry_word(step: Step) -> str:
    """The act or the signal; of other entries with the kind in front: `refuse recognise`."""
    label = step.label
    return label.partition(" ")[2] if isinstance(step, ActStep | SignalStep) else label


def entry_digest(country: str, step: Step) -> EntryDigest:
    """Return the digest of what an entry claims: `en1-` and 32 hexadecimal digits."""
    digits = sha256_digits(canonical_entry(country, step).encode())
    return EntryDigest(f"en1-{digits[:32]}")


def canonical_entry(country: str, step: Step) -> str:
    """Write what an entry claims as JSON with sorted keys: the text that is digested."""
    items = sorted(map(_evidence, step.evidence), key=_json)
    return _json(
        {
            "country": country,
            "kind": step.kind,
            "date": step.date.text,
            "says": _says(step),
            "evidence": items,
        }
    )


def _says(step: Step) -> dict[str, Any]:
    if isinstance(step, ActStep):
        rank = step.rank.value if step.rank is not Rank.NORMAL else None
        said = {"act": step.act, "dated-by": step.dated_by, "rank": rank}
    elif isinstance(step, StatusStep):
        one = step.status
        said = {"stage": one.stage, "ban": one.ban, "at-least": one.at_least, "below": one.below}
    elif isinstance(step, SignalStep):
        said = {"signal": step.signal}
    elif isinstance(step, RefuseStep):
        said = {"refuse": step.refuse, "because": step.because}
    else:
        raise TypeError(f"not an entry: {step!r}")
    return {key: str(value) for key, value in said.items() if value is not None}


def _evidence(item: Evidence) -> dict[str, Any]:
    found = {
        "source": str(item.source.id),
        "voice": item.voice.value,
        "credibility": int(item.credibility),
        "bearing": item.bearing.value,
        "announcement": item.announcement or None,
        "recalled": item.recalled or None,
        "claim": " ".join(unicodedata.normalize("NFC", item.claim).split()),
        "letters": int(item.at.letters) if item.at else None,
        "digest": str(item.at.digest) if item.at else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _json(value: Any) -> str:
    import json  # most commands digest no entry

    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
