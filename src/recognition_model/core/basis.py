"""The basis of an answer: how near the evidence is to the day asked about.

Worked out here and nowhere else. The first that applies:

1. after `documented-until`: `reviewed` up to `reviewed:`, then `beyond`;
2. `assumed` while the start is assumed, and no act that a rule took and no status that names a
   stage lies on or before the day;
3. `evidenced` if the last entry that counts is at most `NEAR` days old;
4. `silent`.

An entry counts from its latest possible day, as narrowed by the order of the file and by
`documented-until`; never before its earliest. Days are ordinals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from recognition_model.core.base import Ranked, Readable
from recognition_model.core.dates import When, end_of, propagate_order
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.wording import plural

NEAR = 730
"""Evidence is near a day if it is at most this many days old: two years."""


class Basis(Ranked):
    """What the answer for a day rests on."""

    EVIDENCED = "evidenced", "An entry that counts lies at most 730 days back."
    SILENT = "silent", "The last entry that counts lies more than 730 days back, or there is none."
    ASSUMED = "assumed", "The start is assumed, and nothing has attested a stage since."
    REVIEWED = (
        "reviewed",
        "The sources stop before this day. A coder searched further and found no change.",
    )
    BEYOND = "beyond", "The sources stop before this day, and no later search is recorded."


@frozen(kw_only=True, repr=False)
class Entry(Readable):
    """A dated entry of a scenario, as far as the basis of a day needs it.

    `counts` is false for an entry that attests nothing: refused, failed. `attests_stage` is true
    for an act that a rule took and for a status that names a stage: these end an assumption.
    """

    date: When
    what: str
    counts: bool = True
    attests_stage: bool = False
    place: Place = field(default=NOWHERE, eq=False)

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain data: its date, what it is, and its line in the file."""
        return {"date": self.date.text, "what": self.what, "line": self.place.line}

    def __str__(self) -> str:
        return f"{self.what} {self.date}"


@frozen(repr=False)
class BasisSpan(Readable):
    """A run of days with one basis, `first` and `last` included; `last` is None if it never ends.

    Days are ordinals.
    """

    first: int
    last: int | None
    basis: Basis

    def days_within(self, first: int, last: int) -> int:
        """Count its days from `first` to `last`, both included."""
        end = last if self.last is None else min(last, self.last)
        return max(0, end - max(first, self.first) + 1)

    def __str__(self) -> str:
        last = "on" if self.last is None else f"to {end_of(self.last)}"
        return f"{self.basis} from {end_of(self.first)} {last}"


@frozen(kw_only=True)
class Attested:
    """When a scenario was heard of: its entries in file order, the start first if it counts.

    `begins` is the earliest day of the start. `assumed` says whether the start is assumed.
    """

    begins: int
    assumed: bool
    entries: tuple[Entry, ...]
    documented_until: date
    reviewed: date | None

    @cached_property
    def counted(self) -> tuple[tuple[int, Entry], ...]:
        """The entries that count, each with the day it counts from, earliest day first."""
        until = self.documented_until.toordinal()
        found = [(min(until, day), entry) for day, entry in self._uncut]
        return tuple(sorted(found, key=itemgetter(0)))

    @cached_property
    def _uncut(self) -> list[tuple[int, Entry]]:
        """The entries that count, in file order, each with its latest day, even after the end."""
        latest = propagate_order([entry.date for entry in self.entries])[1]
        return [
            (max(day, entry.date.earliest).toordinal(), entry)
            for entry, day in zip(self.entries, latest, strict=True)
            if entry.counts and entry.date.earliest <= self.documented_until
        ]

    @cached_property
    def _told_from(self) -> int | None:
        return min((day for day, entry in self._uncut if entry.attests_stage), default=None)

    def start_assumed(self, day: int) -> bool:
        """Whether the start is assumed and no entry has surely attested a stage by a day.

        An act that may still lie ahead of the day says nothing about the start.
        """
        return self.assumed and (self._told_from is None or day < self._told_from)

    @cached_property
    def _days(self) -> list[int]:
        return [day for day, _ in self.counted]

    def around(self, day: int) -> tuple[Entry | None, Entry | None, int | None]:
        """The last entry that counts on or before a day, the next one, and days since the last."""
        at = bisect_right(self._days, day)
        after = self.counted[at][1] if at < len(self.counted) else None
        if not at:
            return None, after, None
        return self.counted[at - 1][1], after, day - self._days[at - 1]

    @cached_property
    def spans(self) -> tuple[BasisSpan, ...]:
        """The basis of every day from the earliest start on, in order, without a gap."""
        until = self.documented_until.toordinal()
        runs: list[tuple[int, Basis]] = []  # first days
        if self.begins <= until:
            runs = [(self.begins, Basis.ASSUMED if self.assumed else Basis.SILENT)]
        assumed = self.assumed
        for at, (day, entry) in enumerate(self.counted):
            assumed = assumed and not entry.attests_stage
            if assumed:
                continue
            runs.append((max(day, self.begins), Basis.EVIDENCED))
            quiet = day + NEAR + 1
            following = self._days[at + 1] if at + 1 < len(self._days) else until + 1
            if quiet < following:
                runs.append((max(quiet, self.begins), Basis.SILENT))
        after = max(until + 1, self.begins)
        if self.reviewed is not None and self.reviewed.toordinal() >= after:
            runs.append((after, Basis.REVIEWED))
            after = self.reviewed.toordinal() + 1
        runs.append((after, Basis.BEYOND))
        return _joined(runs)

    def on(self, day: int) -> Basis | None:
        """The basis of a day; None before the earliest day of the start."""
        if day < self.begins:
            return None
        return self.spans[bisect_right(self._firsts, day) - 1].basis

    @cached_property
    def _firsts(self) -> list[int]:
        return [span.first for span in self.spans]


def _joined(runs: Sequence[tuple[int, Basis]]) -> tuple[BasisSpan, ...]:
    """Make spans from first days; the later of two runs that begin together wins."""
    kept: list[tuple[int, Basis]] = []
    for first, basis in runs:
        while kept and kept[-1][0] >= first:
            kept.pop()
        if not kept or kept[-1][1] is not basis:
            kept.append((first, basis))
    ends = [first - 1 for first, _ in kept[1:]]
    return tuple(
        BasisSpan(first, last, basis)
        for (first, basis), last in zip(kept, [*ends, None], strict=True)
    )


IN_WORDS = {
    Basis.EVIDENCED: "evidenced within two years",
    Basis.SILENT: "silent for longer",
    Basis.ASSUMED: "assumed",
}
"""The bases that a day within the data can have, with the words in which they are counted."""
WITHIN = tuple(IN_WORDS)

ON_ITS_LAST_DAY = {
    Basis.EVIDENCED: "The last day of the data rests on an entry within two years.",
    Basis.SILENT: "The last day of the data rests on an entry more than two years old.",
    Basis.ASSUMED: "The last day of the data rests on an assumption.",
}


def basis_in_words(bases: Iterable[Basis | None], when: str = "") -> str:
    """Say in one line how many countries rest on near evidence, on old evidence, on assumptions.

    `bases` are those of the countries shown; None, a country whose data begin later, is not
    counted. Empty if none is left. `when` says on which day, or days.
    """
    counts = Counter(basis for basis in bases if basis is not None)
    if not counts:
        return ""
    ended = counts[Basis.REVIEWED] + counts[Basis.BEYOND]
    parts = [
        *(f"{counts[basis]} {words}" for basis, words in IN_WORDS.items()),
        *([f"{ended} after the end of the data"] if ended else []),
    ]
    countries = plural(sum(counts.values()), "country", "countries")
    return f"Of {countries}{when}: {', '.join(parts)}."
