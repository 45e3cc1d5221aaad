"""Coded dealings: what event data say of a country and the Taliban on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from attrs import field, frozen

from recognition_model.core.base import Readable

MOST_URLS = 3
MOST_SHOWN = 10


@frozen(kw_only=True, repr=False, order=True)
class Dealing(Readable):
    """All rows of event data with one country, day, code, type of actor and direction.

    `by_taliban` says that the Taliban are the first actor. `urls` are at most three, the first in
    the order of the alphabet.
    """

    country: str
    day: date
    code: str
    actor: str
    by_taliban: bool
    rows: int
    mentions: int
    sources: int
    urls: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, date, str, str, bool]:
        """What rows of one dealing have in common."""
        return self.country, self.day, self.code, self.actor, self.by_taliban

    def and_more(self, other: Dealing) -> Dealing:
        """Add the rows of another file with the same key."""
        return Dealing(
            country=self.country,
            day=self.day,
            code=self.code,
            actor=self.actor,
            by_taliban=self.by_taliban,
            rows=self.rows + other.rows,
            mentions=self.mentions + other.mentions,
            sources=self.sources + other.sources,
            urls=tuple(sorted({*self.urls, *other.urls})[:MOST_URLS]),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.day} {self.code}: {self.rows} rows"


@frozen(kw_only=True, repr=False)
class BadRow(Readable):
    """A row of a file that could not be used, and why; the line is 0 where it is not known."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}" if self.line else f"{self.file}: {self.why}"


Counts = tuple[tuple[str, int], ...]


def _pairs(counts: Mapping[str, int] | Counts) -> Counts:
    return tuple(dict(counts).items())  # pairs travel to another process


@frozen(kw_only=True, repr=False)
class Scan(Readable):
    """What a scan of event files found: dealings, and what it could not use.

    `rows` counts all rows read, `bad` those that could not be used, of which some are in
    `examples`. `unknown_countries` counts the rows of dealings whose country is no country here, by
    code or name.
    """

    dealings: tuple[Dealing, ...] = ()
    rows: int = 0
    bad: int = 0
    examples: tuple[BadRow, ...] = ()
    _unknown: Counts = field(default=(), converter=_pairs, alias="unknown_countries")

    @property
    def unknown_countries(self) -> Mapping[str, int]:
        """Rows by the code or name that is no country here."""
        return MappingProxyType(dict(self._unknown))

    @classmethod
    def joined(cls, scans: Iterable[Scan]) -> Scan:
        """Join the scans of several files. The order in which they come makes no difference."""
        found: dict[tuple[str, date, str, str, bool], Dealing] = {}
        rows = bad = 0
        examples: list[BadRow] = []
        unknown: dict[str, int] = {}
        for scan in scans:
            rows, bad = rows + scan.rows, bad + scan.bad
            examples += scan.examples
            for dealing in scan.dealings:
                known = found.get(dealing.key)
                found[dealing.key] = known.and_more(dealing) if known else dealing
            for name, count in scan.unknown_countries.items():
                unknown[name] = unknown.get(name, 0) + count
        examples.sort(key=lambda one: (one.file, one.line))
        return cls(
            dealings=tuple(found[key] for key in sorted(found)),
            rows=rows,
            bad=bad,
            examples=tuple(examples[:MOST_SHOWN]),
            unknown_countries=dict(sorted(unknown.items())),
        )

    def __str__(self) -> str:
        return f"{len(self.dealings)} dealings in {self.rows} rows"
