"""What an edit of a record means: what turns between two versions of it, and what does not.

Both versions are replayed with the same rules, by default those of this package.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.analysis.entry_edits import EntryEdit, entry_edits
from recognition_model.analysis.order_turns import Arrival, OrderTurned, order_turns
from recognition_model.analysis.replayed_folder import ReplayedFolder, findings_beyond
from recognition_model.analysis.source_edits import SourceEdits, source_edits
from recognition_model.analysis.turned_days import PARTS, TurnedDays, count_days, turned_days
from recognition_model.core.base import Readable
from recognition_model.core.countries import is_country, is_organisation, name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.folder import Folder
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, RuleTable


@frozen(kw_only=True, repr=False)
class CountryEdits(Readable):
    """What turns in one country: days, first arrivals at a stage, and the entries that differ."""

    country: str
    turned: tuple[TurnedDays, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    entries: tuple[EntryEdit, ...] = ()

    @property
    def days(self) -> dict[str, int]:
        """The days within the data that turn: `any` part, and each part by itself."""
        by_part = {part: count_days(r for r in self.turned if r.part == part) for part in PARTS}
        return {"any": count_days(self.turned), **by_part}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "country": self.country,
            "name": name_of(self.country),
            "days": self.days,
            "turned": [run.to_dict() for run in self.turned],
            "arrivals": [arrival.to_dict() for arrival in self.arrivals],
            "entries": [entry.to_dict() for entry in self.entries],
        }

    def __str__(self) -> str:
        entries = plural(len(self.entries), "entry differs", "entries differ")
        return f"{self.country}: {plural(self.days['any'], 'day turns', 'days turn')}, {entries}"


@frozen(kw_only=True, repr=False)
class ClaimTurned(Readable):
    """A claim about many countries whose verdict turns, or that was added or removed.

    `before` and `after` are what a check says: `in all`, `in some`, `in none`, `not checked`; None
    on the side that does not have the claim.
    """

    claim: str
    before: str | None
    after: str | None
    line: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "claim": self.claim,
            "before": self.before,
            "after": self.after,
            "line": self.line,
        }

    @property
    def sides(self) -> tuple[str | None, str | None]:
        """What was and what is, in words; None on the side that does not have the claim."""
        was, now = (held and f"{self.claim}: {held}" for held in (self.before, self.after))
        return was, now

    def __str__(self) -> str:
        if self.before is None:
            return f"added: {self.claim}: {self.after}"
        if self.after is None:
            return f"removed: {self.claim}: {self.before}"
        return f"{self.claim}: {self.after}, was {self.before}"


@frozen(kw_only=True, repr=False)
class Edits(Readable):
    """What turns between two versions of a record.

    `countries` are those on both sides with an entry that differs or an answer that turns;
    `untouched` are the others. `organisations` are those with the same; they have no part in the
    country-days and in the order. `added` and `removed` have a record on one side only. `unusable`
    are files with errors, of either side; their countries are not compared. A finding counts as the
    same if its code, its file's name and its message are the same, whatever lines and dates it
    names. `errors` are all those of the new version.
    """

    countries: tuple[CountryEdits, ...] = ()
    organisations: tuple[CountryEdits, ...] = ()
    untouched: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    order: tuple[OrderTurned, ...] = ()
    claims: tuple[ClaimTurned, ...] = ()
    sources: SourceEdits = SourceEdits()
    findings_new: tuple[Finding, ...] = ()
    findings_gone: tuple[Finding, ...] = ()
    errors: tuple[Finding, ...] = ()

    @property
    def every(self) -> tuple[CountryEdits, ...]:
        """The countries, then the organisations, with an entry or an answer that differs."""
        return (*self.countries, *self.organisations)

    @property
    def turned(self) -> tuple[CountryEdits, ...]:
        """The countries in which an answer for some day turns."""
        return tuple(country for country in self.countries if country.turned)

    @property
    def unturned(self) -> tuple[CountryEdits, ...]:
        """The countries whose entries differ, though no answer turns."""
        return tuple(country for country in self.countries if not country.turned)

    @property
    def days(self) -> dict[str, int]:
        """The country-days that turn: on `any` part, and by part."""
        total = Counter[str]()
        for country in self.countries:
            total.update(country.days)
        return {key: total[key] for key in ("any", *PARTS)}

    @property
    def nothing(self) -> bool:
        """Whether the two versions are the same in everything that is compared."""
        compared = (self.every, self.added, self.removed, self.order, self.claims)
        return not any((*compared, self.findings_new, self.findings_gone)) and (
            self.sources == SourceEdits()
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return a flat row for each difference; `part` says what differs.

        For a run of days that turns it is `stage`, `ban` or `basis`. The other rows have no days:
        `before` and `after` say in words what was and what is.
        """
        return [
            *(
                {"country": country.country, "name": name_of(country.country), **run.to_dict()}
                for country in self.every
                for run in country.turned
            ),
            *(
                {
                    "country": country,
                    "name": name_of(country) if country else None,
                    "part": part,
                    **dict.fromkeys(("from", "to", "days")),
                    "before": before,
                    "after": after,
                }
                for part, country, before, after in self._in_words()
            ),
        ]

    def _in_words(self) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        """What differs besides days: the part, its country, what was and what is."""
        for one in self.every:
            for arrival in one.arrivals:
                yield "arrival", one.country, *arrival.sides
            for entry in one.entries:
                yield "entry", one.country, *entry.sides
        yield from (("country_added", code, None, name_of(code)) for code in self.added)
        yield from (("country_removed", code, name_of(code), None) for code in self.removed)
        for file in self.unusable:
            yield "not_compared", None, None, file
        for pair in self.order:
            yield "order", None, *pair.sides
        for claim in self.claims:
            yield "claim", None, *claim.sides
        for part, was, now in self.sources.sides:
            yield part, None, was, now
        yield from (("finding_new", None, None, str(found)) for found in self.findings_new)
        yield from (("finding_gone", None, str(found), None) for found in self.findings_gone)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-edits/1`."""
        return {
            "format": "recognition-edits/1",
            "days": self.days,
            "countries": [country.to_dict() for country in self.countries],
            "organisations": [one.to_dict() for one in self.organisations],
            "added": list(self.added),
            "removed": list(self.removed),
            "untouched": list(self.untouched),
            "unusable": list(self.unusable),
            "order": [pair.to_dict() for pair in self.order],
            "claims": [claim.to_dict() for claim in self.claims],
            "sources": self.sources.to_dict(),
            "findings_new": [found.to_dict() for found in self.findings_new],
            "findings_gone": [found.to_dict() for found in self.findings_gone],
        }

    def __str__(self) -> str:
        days = plural(self.days["any"], "country-day turns", "country-days turn")
        where = plural(len(self.turned), "country", "countries")
        new, gone = len(self.findings_new), len(self.findings_gone)
        return f"{days} in {where}; findings: {new} new, {gone} gone"


def edits(old: Folder, new: Folder, *, rules: RuleTable = RULES) -> Edits:
    """Say what turns between two versions of a record, as `load_folder` returns them.

    Days are compared one by one: a day turns if its possible stages, its possible bans or its
    basis differ. Order, claims and findings are those that `precedence` and `replay` give.
    Registers are checked only if both were read completely. `rules` is the table for both.
    """
    if not (old.registered and new.registered):  # else a finding of one register would seem new
        old, new = (evolve(folder, registered={}) for folder in (old, new))
    before, after = ReplayedFolder(old, rules), ReplayedFolder(new, rules)
    was, now = _comparable(before, after), _comparable(after, before)
    arrivals, order = order_turns(*map(_countries, (was, now)))
    of_others, _ = order_turns(*map(_organisations, (was, now)))
    arrivals = (*arrivals, *of_others)
    both = [country for country in now if country in was]
    countries = tuple(
        CountryEdits(
            country=country,
            turned=turned_days(was[country].history, now[country].history),
            arrivals=tuple(arrival for arrival in arrivals if arrival.country == country),
            entries=entry_edits(was[country].scenario, now[country].scenario),
        )
        for country in both
    )
    touched = tuple(c for c in countries if c.turned or c.arrivals or c.entries)
    still = (one.country for one in countries if one not in touched)
    return Edits(
        countries=tuple(one for one in touched if is_country(one.country)),
        organisations=tuple(one for one in touched if is_organisation(one.country)),
        untouched=tuple(filter(is_country, still)),
        added=tuple(country for country in now if before.complete and country not in was),
        removed=tuple(country for country in was if after.complete and country not in now),
        unusable=tuple(dict.fromkeys([*before.unusable, *after.unusable])),
        order=order,
        claims=tuple(_claims(before.claims, after.claims)),
        sources=source_edits(old.sources, new.sources),
        findings_new=findings_beyond(after.findings, before.findings),
        findings_gone=findings_beyond(before.findings, after.findings),
        errors=tuple(found for found in after.findings if found.is_error),
    )


def _countries(replays: Mapping[str, Replay]) -> dict[str, Replay]:
    return {code: replay for code, replay in replays.items() if is_country(code)}


def _organisations(replays: Mapping[str, Replay]) -> dict[str, Replay]:
    return {code: replay for code, replay in replays.items() if is_organisation(code)}


def _comparable(side: ReplayedFolder, other: ReplayedFolder) -> dict[str, Replay]:
    """The replays of the countries without a file with errors, on either side."""
    return {
        country: replay
        for country, replay in side.replays.items()
        if not any(one.has_unusable(country, replay.scenario.file) for one in (side, other))
    }


def _claims(
    before: Mapping[Hashable, ClaimCheck], after: Mapping[Hashable, ClaimCheck]
) -> Iterator[ClaimTurned]:
    for key in {**after, **before}:
        was, now = before.get(key), after.get(key)
        shown = now or was
        if shown is not None and _verdict(was) != _verdict(now):
            yield ClaimTurned(
                claim=str(shown.claim),
                before=_verdict(was),
                after=_verdict(now),
                line=shown.claim.place.line,
            )


def _verdict(check: ClaimCheck | None) -> str | None:
    if check is None:
        return None
    return "not checked" if check.verdict is None else check.verdict.holds.value
