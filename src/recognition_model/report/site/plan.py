"""What a site is made from: the replays, the claims, the sources, and the address it is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from attrs import frozen

from recognition_model.analysis.claims import ClaimCheck, check_about
from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.register import CitedSource, cited_sources
from recognition_model.core.countries import name_of
from recognition_model.core.folder import Folder
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import Scenario
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.report.grounds import anchors_of
from recognition_model.report.site.news import news_of

Neighbour = tuple[str, str]
"""Code and name of the country before or after another."""


@frozen(kw_only=True)
class Site:
    """What all pages of a site share. `replays` are in the order of names, organisations last.

    `address` is the address of its index, which ends in a slash; empty if it is for any place.
    `left_out` names files that could not be used because of errors.
    """

    folder: Folder
    replays: tuple[Replay, ...]
    claims: tuple[ClaimCheck, ...] = ()
    known_by: date | None = None
    address: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def of_code(self) -> Mapping[str, Replay]:
        """Each replay by the code of its country or organisation."""
        return {one.country: one for one in self.replays}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order of the pages."""
        return tuple(self.of_code)

    @property
    def countries(self) -> tuple[Replay, ...]:
        """The replays of countries alone."""
        return tuple(one for one in self.replays if one.kind is not RecordKind.ORGANISATION)

    @property
    def organisations(self) -> tuple[Replay, ...]:
        """The replays of organisations alone."""
        return tuple(one for one in self.replays if one.kind is RecordKind.ORGANISATION)

    @cached_property
    def anchors(self) -> Mapping[str, Mapping[int, str]]:
        """The names of the entries of each country, by their numbers."""
        return {one.country: anchors_of(one) for one in self.replays}

    @cached_property
    def sources(self) -> tuple[CitedSource, ...]:
        """The sources that the pages cite, and those registered, each with what cites it."""
        codes, whole = {*self.codes}, self.whole
        return tuple(
            one
            for one in cited_sources(self.folder, known_by=self.known_by)
            if whole or codes.intersection(one.countries)
        )

    @cached_property
    def edition(self) -> Edition:
        """What the pages of all countries are made from."""
        return edition_of(
            self.replays,
            dates="all",
            collectives=self.folder.collectives,
            left_out=self.left_out,
        )

    @cached_property
    def has_feed(self) -> bool:
        """Whether there is news, which a feed tells."""
        return any(True for one in self.replays for _ in news_of(one))

    @property
    def whole(self) -> bool:
        """Whether it shows every record of the folder."""
        return len(self.replays) == len(self.folder.all_scenarios)

    def neighbours(self, code: str) -> tuple[Neighbour | None, Neighbour | None]:
        """The country before another and the one after it, in the order of the pages."""
        at = self.codes.index(code)
        named = [(one, name_of(one)) for one in self.codes]
        last = at + 1 == len(named)
        return (named[at - 1] if at else None), (None if last else named[at + 1])


def site_of(
    folder: Folder,
    countries: Sequence[str] = (),
    *,
    known_by: date | None = None,
    address: str = "",
    left_out: Iterable[str] = (),
    rules: RuleTable = RULES,
) -> Site:
    """Plan a site about the countries and organisations named; without any, about all.

    Claims about many countries are checked over all countries of the folder. Raises `ValueError`
    if there is nothing to show, for a code that the folder does not have, and for an address that
    is not an http or https address.
    """
    there: dict[str, Scenario] = {one.country: one for one in folder.all_scenarios}
    unknown = [code for code in countries if code not in there]
    if unknown:
        raise ValueError(f"not in the record: {', '.join(unknown)}")
    chosen = [there[code] for code in countries] or list(folder.all_scenarios)
    if not chosen:
        raise ValueError("a site needs at least one country")
    return Site(
        folder=folder,
        replays=tuple(replay(one, known_by=known_by, rules=rules) for one in _in_order(chosen)),
        claims=check_about(folder, countries, known_by=known_by, rules=rules),
        known_by=known_by,
        address=address_of(address),
        left_out=tuple(left_out),
    )


def address_of(text: str) -> str:
    """Return the address of a site with a slash at its end. Raises `ValueError` for no address."""
    if not text:
        return ""
    parts = urlsplit(text)
    usable = parts.scheme in ("http", "https") and parts.netloc and not parts.query
    if (
        not usable
        or parts.fragment
        or not text.isascii()
        or any(c in text for c in "\"'<> \\^`{|}")
    ):
        raise ValueError(f"not the address of a folder on the web: {text!r}")
    return text if text.endswith("/") else f"{text}/"


def _in_order(scenarios: Iterable[Scenario]) -> list[Scenario]:
    unique = {one.country: one for one in scenarios}
    return sorted(unique.values(), key=lambda one: (one.of_organisation, name_of(one.country)))
