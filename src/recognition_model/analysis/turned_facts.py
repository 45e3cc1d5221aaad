"""What turned between the facts of two versions of the record.

A correction changes or takes back what an earlier version said. An addition is an entry about a day
within the earlier data, of which the earlier version said nothing; where it changes the possible
states of a day, that change is a correction. What lies after the end of the earlier data is
neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, Self

from attrs import evolve, frozen

from recognition_model.analysis.facts import NOT_BEGUN, CountryFacts, EntryFact, StateRun
from recognition_model.core.base import Readable
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When

Kind = Literal["correction", "addition"]
FACTS: Mapping[str, str] = {
    "state": "The possible stages and bans of some days.",
    "entry": "An entry of the timeline: what it is, its date, what became of it, who attests it.",
    "start": "The state at the start of the record, its date, and whether it is assumed.",
    "doctrine": "Whether the record has a policy on recognising governments.",
    "documented_until": "The last day that the sources speak of, where it is earlier than before.",
    "country": "A country that was in the record.",
}
"""The facts that corrections are about."""


@frozen(kw_only=True, repr=False)
class Correction(Readable):
    """One fact that turned: as it was, as it is, since which release, why, on which sources.

    `old` is None if there was no such fact, `new` if there is none now. A state has its `first` and
    `last` day. `release` is the number of the release that made it; None: it is in no release yet.
    """

    kind: Kind = "correction"
    country: str
    fact: str
    old: str | None
    new: str | None
    first: date | None = None
    last: date | None = None
    sources: tuple[str, ...] = ()
    release: int | None = None
    reason: str = ""

    @property
    def days(self) -> int | None:
        """How many days a state turned; None for another fact."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this correction, whatever its reason."""
        return (self.kind, self.country, self.fact, self.old, self.new, self.first, self.last)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "release": self.release,
            "kind": self.kind,
            "country": self.country,
            "name": name_of(self.country),
            "fact": self.fact,
            "old": self.old,
            "new": self.new,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "days": self.days,
            "reason": self.reason,
            "sources": list(self.sources),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave, where what is empty may be absent."""
        first, last, release = (data.get(key) for key in ("first", "last", "release"))
        kind: Kind = "addition" if data.get("kind") == "addition" else "correction"
        return cls(
            kind=kind,
            country=str(data["country"]),
            fact=str(data["fact"]),
            old=data.get("old"),
            new=data.get("new"),
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            sources=tuple(map(str, data.get("sources") or ())),
            release=int(release) if release else None,
            reason=str(data.get("reason") or ""),
        )

    @property
    def days_in_words(self) -> str:
        """The days of a state: `2022-01-02 to 2022-03-01`; empty for another fact."""
        if self.first is None:
            return ""
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"

    def __str__(self) -> str:
        days = f" {self.days_in_words}" if self.first else ""
        turned = f"{self.old or 'nothing'}, now {self.new or 'nothing'}"
        return f"{self.country} {self.fact}{days}: {turned}"


def corrections_between(
    old: Mapping[str, CountryFacts], new: Mapping[str, CountryFacts]
) -> tuple[Correction, ...]:
    """List what a later version corrects in an earlier one and adds to it, country by country.

    Both are facts by country. A country that only the later one has is neither.
    """
    found: list[Correction] = []
    for country in sorted(old, key=name_of):
        if country in new:
            found += _of_country(old[country], new[country])
        else:
            found.append(
                Correction(country=country, fact="country", old=str(old[country]), new=None)
            )
    return tuple(found)


def _of_country(old: CountryFacts, new: CountryFacts) -> Iterator[Correction]:
    code = old.country
    if new.documented_until < old.documented_until:
        yield Correction(
            country=code,
            fact="documented_until",
            old=old.documented_until.isoformat(),
            new=new.documented_until.isoformat(),
        )
    entries = [*_entries(old, new)]
    acts = [one for one in entries if " act " in f" {one.old or ''} {one.new or ''}"]
    sources = tuple(dict.fromkeys(name for one in acts for name in one.sources))
    yield from (evolve(one, sources=sources) for one in _states(old, new))
    yield from entries


def _states(old: CountryFacts, new: CountryFacts) -> Iterator[Correction]:
    """The runs of days, within the data of both, whose possible states differ."""
    end = min(old.documented_until, new.documented_until)
    firsts = sorted({run.first for run in (*old.states, *new.states) if run.first <= end})
    if not firsts:
        return
    lasts = [*(day - timedelta(days=1) for day in firsts[1:]), end]
    pending: Correction | None = None
    for first, last in zip(firsts, lasts, strict=True):
        one = _turned(old.country, old.on(first), new.on(first), first, last)
        if pending and one and _continues(pending, one):
            pending = evolve(pending, last=last)
            continue
        if pending:
            yield pending
        pending = one
    if pending:
        yield pending


def _turned(
    country: str, was: StateRun, now: StateRun, first: date, last: date
) -> Correction | None:
    if was.same_as == now.same_as:
        return None
    begun = was.stages != (NOT_BEGUN,)
    return Correction(
        kind="correction" if begun else "addition",
        country=country,
        fact="state",
        old=was.in_words if begun else None,
        new=now.in_words,
        first=first,
        last=last,
    )


def _continues(one: Correction, next_one: Correction) -> bool:
    return (one.old, one.new, one.kind) == (next_one.old, next_one.new, next_one.kind)


def _entries(old: CountryFacts, new: CountryFacts) -> Iterator[Correction]:
    removed, added = _unmatched(old.entries, new.entries)
    for was, now in _paired(removed, added):
        if was is None and now is not None:
            if _is_past(now, old.documented_until):
                yield _entry(old.country, None, now)
        elif was is not None:
            yield _entry(old.country, was, now)


def _entry(country: str, was: EntryFact | None, now: EntryFact | None) -> Correction:
    word = (now or was or EntryFact(what="entry", date="")).what.partition(" ")[0]
    return Correction(
        kind="correction" if was else "addition",
        country=country,
        fact=word if word in ("start", "doctrine") else "entry",
        old=str(was) if was else None,
        new=str(now) if now else None,
        sources=(now or was or EntryFact(what="", date="")).sources,
    )


def _said(entry: EntryFact) -> tuple[str, ...]:
    """What an entry says; another source for the same is no change of a fact."""
    return entry.what, entry.date, entry.became, entry.attestation


def _unmatched(
    old: Sequence[EntryFact], new: Sequence[EntryFact]
) -> tuple[list[EntryFact], list[EntryFact]]:
    """The entries of each side that the other does not have."""
    added = list(new)
    removed = []
    for entry in old:
        same = next((one for one in added if _said(one) == _said(entry)), None)
        if same is None:
            removed.append(entry)
        else:
            added.remove(same)
    return removed, added


def _paired(
    removed: Iterable[EntryFact], added: Iterable[EntryFact]
) -> Iterator[tuple[EntryFact | None, EntryFact | None]]:
    """Pair each entry that is gone with the one that it became, if there is one.

    That one is of the same kind, and has its subject or its date. Of several, the one with the
    most sources of the old entry comes first, then the one with the nearest date.
    """
    left = list(added)
    for was in removed:
        like = [one for one in left if _alike(was, one)]
        now = min(like, key=lambda one: _distance(was, one), default=None)
        if now is not None:
            left.remove(now)
        yield was, now
    yield from ((None, now) for now in left)


def _alike(was: EntryFact, now: EntryFact) -> bool:
    kind = was.what.partition(" ")[0] == now.what.partition(" ")[0]
    if was.what.startswith("start"):
        return kind
    return kind and (was.what == now.what or was.date == now.date)


def _distance(was: EntryFact, now: EntryFact) -> tuple[int, bool, int]:
    days = (abs(_day(was.date) - _day(now.date))) if was.date and now.date else 0
    return -len({*was.sources} & {*now.sources}), was.what != now.what, days


def _day(text: str) -> int:
    return When.parse(text).earliest.toordinal()


def _is_past(entry: EntryFact, end: date) -> bool:
    """Whether an entry may lie on a day up to the end; one without a date does."""
    return not entry.date or _day(entry.date) <= end.toordinal()
