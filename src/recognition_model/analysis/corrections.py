"""Corrections: what the numbered releases of the data, and the record since, say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.edition import rules_digest
from recognition_model.analysis.facts import CountryFacts, facts_of
from recognition_model.analysis.turned_facts import Correction, corrections_between
from recognition_model.core.base import Readable
from recognition_model.engine.outcomes import Replay
from recognition_model.io.provenance import digest
from recognition_model.io.releases import Release, ReleaseError, released_facts, releases


@frozen(kw_only=True, repr=False)
class Corrections(Readable):
    """What the releases after one, and the record since the last of them, correct and add.

    `since` is the number of the release from which on they are listed; None: from the first on.
    `releases` are all releases. `items` are in the order of the releases; those of no release yet
    come last. `rules_differ` says that the record was replayed with another rule table than that
    of the last release, which may turn states too.
    """

    since: int | None
    releases: tuple[Release, ...]
    items: tuple[Correction, ...]
    rules_differ: bool = False

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections alone."""
        return tuple(one for one in self.items if one.kind == "correction")

    @property
    def additions(self) -> tuple[Correction, ...]:
        """The additions alone."""
        return tuple(one for one in self.items if one.kind == "addition")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-corrections/1`."""
        return {
            "format": "recognition-corrections/1",
            "since": self.since,
            "releases": [{"number": r.number, "day": r.day.isoformat()} for r in self.releases],
            "rules_differ": self.rules_differ,
            "corrections": [one.to_dict() for one in self.items],
        }

    def __str__(self) -> str:
        of = f"since release {self.since}" if self.since is not None else "of all releases"
        return f"{len(self.corrections)} corrections and {len(self.additions)} additions {of}"


def corrections(
    replays: Iterable[Replay],
    *,
    since: int | None = None,
    releases_in: Path | None = None,
) -> Corrections:
    """List what was corrected in, and added to, the countries of these replays.

    `since` is the number of a release: what later ones corrected, and what the replays correct in
    the last one. `releases_in` is another folder of releases than that of the package. Raises
    `ValueError` for a number of no release, and `ReleaseError` for a file that cannot be used.
    """
    replays = list(replays)
    known = releases(releases_in)
    if since is not None and since not in {one.number for one in known}:
        there = ", ".join(map(str, known)) or "none"
        raise ValueError(f"there is no data release {since}; releases: {there}")
    codes = {replay.country for replay in replays}
    items = [
        evolve(Correction.from_dict(told), release=one.number)
        for one in known
        if since is None or one.number > since
        for told in one.corrections
        if told["country"] in codes or told["fact"] == "country"
    ]
    differ = False
    if known:
        last = known[-1]
        items += unreleased(replays, last, releases_in)
        differ = any(rules_digest(r.rules) != last.rules for r in replays[:1])
    return Corrections(since=since, releases=known, items=tuple(items), rules_differ=differ)


def unreleased(
    replays: Iterable[Replay], release: Release, releases_in: Path | None = None
) -> tuple[Correction, ...]:
    """List what the replays correct in a release and add to it, of countries that both have."""
    new = {
        replay.country: facts_of(replay)
        for replay in replays
        if release.countries.get(replay.country) != digest([replay.scenario])
        or rules_digest(replay.rules) != release.rules
    }
    if not new:
        return ()
    old = facts_in(release.number, releases_in)
    return corrections_between({code: old[code] for code in old if code in new}, new)


def facts_in(number: int, releases_in: Path | None = None) -> dict[str, CountryFacts]:
    """The facts of a release, by country. Raises `ReleaseError`."""
    plain = released_facts(number, releases_in)
    try:
        return {str(code): CountryFacts.from_dict(str(code), one) for code, one in plain.items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ReleaseError(f"{number}.yaml: no usable facts ({error})") from None
