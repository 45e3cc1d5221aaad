"""Draw a sample of entries that anybody can draw again, in any language.

Every entry of a timeline has a digest (`core.checks`). Entries are put in the order of the SHA-256
of `SEED DIGEST` in ASCII, with one space between the two, as hexadecimal digits; the first ones
are the sample. Entries with one digest count once. A larger sample by the same seed begins with
the smaller one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.checks import entry_digest, entry_name, entry_word
from recognition_model.core.evidence import supporting_sources
from recognition_model.core.scenario import Scenario, Step


@frozen(kw_only=True, repr=False)
class NumberedEntry(Readable):
    """An entry with its country, its number in the file, from 1, and its digest."""

    country: str
    number: int
    step: Step
    digest: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what names the entry, its sources and its line."""
        return {
            "country": self.country,
            "entry": self.number,
            "date": self.step.date.text,
            "word": entry_word(self.step),
            "digest": self.digest,
            "sources": list(supporting_sources(self.step.evidence)),
            "file": self.step.place.file,
            "line": self.step.place.line,
        }

    def __str__(self) -> str:
        return f"{self.country} {self.number} {entry_name(self.step)}"


def numbered_entries(scenario: Scenario) -> tuple[NumberedEntry, ...]:
    """List the entries of a scenario, in file order."""
    return tuple(
        NumberedEntry(
            country=scenario.country,
            number=number,
            step=step,
            digest=entry_digest(scenario.country, step),
        )
        for number, step in enumerate(scenario.timeline, start=1)
    )


def population(scenarios: Iterable[Scenario]) -> tuple[NumberedEntry, ...]:
    """List the entries of scenarios; of those with one digest, the first."""
    found: dict[str, NumberedEntry] = {}
    for scenario in scenarios:
        for entry in numbered_entries(scenario):
            found.setdefault(entry.digest, entry)
    return tuple(found.values())


def digest_of_entries(entries: Iterable[NumberedEntry]) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of the sorted digests, one a line."""
    lines = "".join(f"{digest}\n" for digest in sorted(one.digest for one in entries))
    return sha256(lines.encode()).hexdigest()[:12]


def draw_sample(
    entries: Sequence[NumberedEntry], size: int, seed: int
) -> tuple[NumberedEntry, ...]:
    """Draw entries by a seed. Raises `ValueError` if there are fewer."""
    if not 0 < size <= len(entries):
        raise ValueError(f"a sample of {size} cannot be drawn from {len(entries)} entries")
    ordered = sorted(entries, key=lambda one: sha256(f"{seed} {one.digest}".encode()).hexdigest())
    return tuple(ordered[:size])
