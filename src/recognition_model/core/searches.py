"""The log of searches: where somebody looked for what a record lacks, and what came of it."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Source
from recognition_model.core.types import CountryCode


@frozen(kw_only=True, repr=False)
class Search(Readable):
    """A search for what a record lacks: which countries, where, which words, and what it found."""

    countries: tuple[CountryCode, ...] = doc(
        "The countries searched for, with a file or without: alpha-3 codes."
    )
    reviewed: date = doc(
        "The day up to which the search looked. The `reviewed:` of a file is the same day."
    )
    seen: date = doc("The day on which somebody searched.")
    where: str = doc("Where they searched, and in which languages.")
    searched: str = doc("The words that they searched for.")
    found: tuple[Source, ...] = doc("The sources that came of it, by name; [] where none did.")
    dropped: str = doc("What they read and left out, and why.", default="")
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    def covers(self, country: str, day: date) -> bool:
        """Whether it looked for a country up to exactly this day."""
        return country in self.countries and self.reviewed == day

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the names of the sources."""
        return {
            "countries": [*self.countries],
            "reviewed": self.reviewed.isoformat(),
            "seen": self.seen.isoformat(),
            "where": self.where,
            "searched": self.searched,
            "found": [source.id for source in self.found],
            "dropped": self.dropped,
        }

    def __str__(self) -> str:
        found = f"{len(self.found)} found" if self.found else "nothing found"
        return f"{', '.join(self.countries)} up to {self.reviewed}: {found}"


@frozen(kw_only=True, repr=False)
class SearchLog(Readable):
    """A file with the searches made for the countries of a record, and for others."""

    searches: tuple[Search, ...] = doc("The searches, each with what came of it.")
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    @classmethod
    def of_all(cls, logs: Iterable["SearchLog"]) -> "SearchLog":
        """The searches of several logs as one."""
        return cls(searches=tuple(search for log in logs for search in log.searches))

    def of(self, country: str) -> tuple[Search, ...]:
        """The searches for a country: those that looked furthest first, then the latest made."""
        own = [one for one in self.searches if country in one.countries]
        return tuple(sorted(own, key=lambda one: (one.reviewed, one.seen), reverse=True))

    def found_for(self, country: str) -> tuple[int, bool]:
        """How many sources the searches for a country found, and whether all are its own.

        The log does not say for which of several countries a shared search found a source: then the
        number is the most that it can be.
        """
        own = {
            source.id: len(search.countries) == 1
            for search in sorted(self.of(country), key=lambda one: -len(one.countries))
            for source in search.found
        }
        return len(own), all(own.values())

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country searched for, by its code."""
        return tuple(sorted({code for one in self.searches for code in one.countries}))

    def __str__(self) -> str:
        return f"{len(self.searches)} searches for {len(self.countries)} countries"
