"""What people said of leads: a lead once judged does not come back, and precision is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from attrs import field, frozen

from recognition_model.analysis.events import Event, events
from recognition_model.analysis.intervals import wilson
from recognition_model.analysis.screening import Lead, Standing
from recognition_model.core.base import Ranked, Readable
from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.dates import closed
from recognition_model.core.dealings import Dealing
from recognition_model.core.folder import Folder
from recognition_model.core.signals import Family

SLACK = 3
"""A coded dealing finds an entry of the record if it lies within so many days."""


class LeadVerdict(Ranked):
    """What a person who looked says of a lead."""

    ENTRY_MADE = "entry-made", "It was right, and an entry was made of it."
    DUPLICATE = "duplicate", "It was right, and the record has it on another day."
    NO_DEALINGS = "no-dealings", "No dealings took place, or none of this kind."
    WRONG_ACTOR = "wrong-actor", "It was not this country, or not the Taliban."

    @property
    def right(self) -> bool:
        """Whether such dealings took place."""
        return self in (LeadVerdict.ENTRY_MADE, LeadVerdict.DUPLICATE)


@frozen(kw_only=True, repr=False)
class Judged(Readable):
    """A verdict on a lead: its country, its day, its matter."""

    country: str
    day: date
    matter: str
    verdict: LeadVerdict

    def is_about(self, lead: Lead) -> bool:
        """Whether it judged this lead. More data may have made the lead longer since then."""
        same = self.country == lead.country and self.matter == lead.matter
        return same and lead.first <= self.day <= lead.last

    def __str__(self) -> str:
        return f"{self.country}/{self.day}/{self.matter}: {self.verdict}"


def unjudged(leads: Iterable[Lead], judged: Sequence[Judged]) -> tuple[Lead, ...]:
    """Return the leads that nobody has judged yet."""
    by_matter: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        by_matter[one.country, one.matter].append(one)
    return tuple(
        lead
        for lead in leads
        if not any(one.is_about(lead) for one in by_matter[lead.country, lead.matter])
    )


def drawn(leads: Iterable[Lead], size: int, seed: int) -> tuple[Lead, ...]:
    """Draw leads to judge from those that the record does not have.

    The leads are put in the order of the SHA-256 of `SEED LEAD` in UTF-8; the first ones are the
    sample. A larger sample by the same seed begins with the smaller one.
    """

    def place(lead: Lead) -> str:
        return sha256(f"{seed} {lead.id}".encode()).hexdigest()

    open_ones = [lead for lead in leads if lead.standing is not Standing.IN_RECORD]
    return tuple(sorted(open_ones, key=place)[:size])


@frozen(kw_only=True, repr=False)
class Precision(Readable):
    """How many of the leads that were judged were right, with the 95 % interval by Wilson."""

    right: int
    judged: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval of the share; None where nothing was judged."""
        return wilson(self.right, self.judged) if self.judged else None

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Precision:
        """Count verdicts."""
        return cls(right=sum(one.verdict.right for one in judged), judged=len(judged))

    def __str__(self) -> str:
        return f"{self.right} of {self.judged}"


@frozen(kw_only=True, repr=False)
class Recall(Readable):
    """How many entries of the record the event data have, by family: found, of how many.

    Only entries whose days lie within those of the event data count.
    """

    by_family: Mapping[str, tuple[int, int]] = field(factory=dict)

    @property
    def found(self) -> int:
        """The entries that the data have."""
        return sum(found for found, _ in self.by_family.values())

    @property
    def entries(self) -> int:
        """The entries that they could have."""
        return sum(entries for _, entries in self.by_family.values())

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            family: {"found": found, "entries": entries}
            for family, (found, entries) in self.by_family.items()
        }

    def __str__(self) -> str:
        return f"{self.found} of {self.entries}"


def recall(dealings: Sequence[Dealing], crosswalk: Crosswalk, folder: Folder) -> Recall:
    """Look for each signal and act of the record in coded dealings of its country.

    An entry is found if a dealing of the same family, or of the same act, lies on one of its days
    or within `SLACK` days.
    """
    if not dealings:
        return Recall()
    first = min(dealing.day for dealing in dealings)
    last = max(dealing.day for dealing in dealings)
    coded: dict[tuple[str, str], set[int]] = defaultdict(set)
    for dealing in dealings:
        meaning = crosswalk.meaning(dealing.code, dealing.actor)
        for said in (meaning.family, meaning.act) if meaning else ():
            if said is not None:
                coded[dealing.country, said.value].add(dealing.day.toordinal())
    counts: dict[str, list[int]] = {}
    for entry in events(folder):
        what = _kind_of(entry)
        days = _days_of(entry, first, last)
        if what and days:
            told = counts.setdefault(what, [0, 0])
            told[0] += not coded[entry.country, what].isdisjoint(days)
            told[1] += 1
    order = [*(family.value for family in Family), *sorted(counts)]
    kept = dict.fromkeys(word for word in order if word in counts)
    return Recall(by_family={word: (counts[word][0], counts[word][1]) for word in kept})


def _kind_of(entry: Event) -> str:
    if not entry.counted:
        return ""
    return entry.family.value if entry.family else entry.word if entry.kind == "act" else ""


def _days_of(entry: Event, first: date, last: date) -> range:
    """The days on which an entry would be found; none if it can lie outside the event data."""
    begins, ends = closed(entry.earliest), closed(entry.latest)
    if begins is None or ends is None or begins < first or ends > last:
        return range(0)
    return range(begins.toordinal() - SLACK, ends.toordinal() + SLACK + 1)
