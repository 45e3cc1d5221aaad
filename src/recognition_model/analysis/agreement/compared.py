"""The agreement of two codings: events matched one by one, and how far the two agree on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.agreement.coefficients import FORMULAS
from recognition_model.analysis.agreement.intervals import Bootstrap
from recognition_model.analysis.agreement.measures import (
    UNITS,
    Measure,
    Unit,
    found_by_both,
    of_matches,
    of_units,
)
from recognition_model.analysis.agreement.pairs import WITHIN, Pair, coded_entries, paired
from recognition_model.analysis.agreement.states import unit_tables
from recognition_model.analysis.entry_edits import EntryEdit, entry_edits
from recognition_model.analysis.replayed_folder import ReplayedFolder
from recognition_model.analysis.turned_days import count_days, turned_days
from recognition_model.core.base import Readable
from recognition_model.core.countries import is_country, name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, RuleTable

DRAWS = 1000


@frozen(kw_only=True, repr=False)
class CountryAgreement(Readable):
    """Two codings of one country.

    `head` lists what differs in the heads and starts of the files. `days` counts the days on which
    the stage or the ban of the two differ.
    """

    a: Scenario
    b: Scenario
    pairs: tuple[Pair, ...]
    head: tuple[EntryEdit, ...]
    days: int

    @property
    def country(self) -> str:
        return self.a.country

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The events that only one coding has, or that the two coded differently."""
        return tuple(pair for pair in self.pairs if not pair.same)

    def count(self, found: str) -> int:
        """Count the events that `both` have, or only `a` or `b`."""
        return sum(pair.found == found for pair in self.pairs)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        return {
            "country": self.country,
            "name": name_of(self.country),
            "both": self.count("both"),
            "only_a": self.count("a"),
            "only_b": self.count("b"),
            "differing": len(self.differing),
            "days": self.days,
            "head": [edit.to_dict() for edit in self.head],
        }

    def __str__(self) -> str:
        count = len(self.differing)
        return f"{self.country}: {plural(count, 'event differs', 'events differ')}"


@frozen(kw_only=True, repr=False)
class Agreement(Readable):
    """How far two codings of the same countries agree.

    `measures` has the events first: `found`, then each variable of the events that both have.
    `only_a` and `only_b` are countries that one coding alone has; nothing is concluded from them.
    `unusable_a` and `unusable_b` are files that could not be used, and countries with two files.
    `replay_errors` are the countries of each side whose replay has errors; they are compared.
    """

    countries: tuple[CountryAgreement, ...]
    measures: tuple[Measure, ...]
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    unusable_a: tuple[str, ...] = ()
    unusable_b: tuple[str, ...] = ()
    replay_errors: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    within: int = WITHIN
    draws: int = DRAWS
    seed: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The events of all countries."""
        return tuple(pair for country in self.countries for pair in country.pairs)

    @property
    def coders(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who coded the files of each side, as far as the files say."""
        a, b = (
            (
                tuple(sorted({s.coder for s in some if s.coder}))
                for some in zip(*((one.a, one.b) for one in self.countries), strict=True)
            )
            if self.countries
            else ((), ())
        )
        return a, b

    def measure(self, unit: Unit, variable: str) -> Measure:
        """Return one measure. Raises `KeyError` if it was not asked for."""
        for one in self.measures:
            if (one.unit, one.variable) == (unit, variable):
                return one
        raise KeyError(f"{variable} by {unit}")

    def worst(self, most: int) -> tuple[CountryAgreement, ...]:
        """The countries with the most events that differ, then with the most days."""
        ordered = sorted(self.countries, key=lambda c: (-len(c.differing), -c.days, c.country))
        return tuple(one for one in ordered if one.differing or one.days)[:most]

    @property
    def dates(self) -> dict[str, int | float | None]:
        """How the dates of the events that both have lie to each other, and how far apart."""
        both = [pair for pair in self.pairs if pair.found == "both"]
        counts = Counter(pair.dates for pair in both)
        apart = [abs(pair.days or 0) for pair in both if pair.dates == "apart"]
        return {
            "same": counts["same"],
            "overlap": counts["overlap"],
            "apart": counts["apart"],
            "median_days": median(apart) if apart else None,
            "most_days": max(apart, default=None),
        }

    def to_dict(self, countries: Sequence[CountryAgreement] | None = None) -> dict[str, Any]:
        """Return plain data in the format `recognition-agreement/1`.

        With some `countries`, as `worst` gives them, the events are those of these alone.
        """
        a, b = self.coders
        listed = self.countries if countries is None else countries
        pairs = [pair for country in listed for pair in country.pairs]
        return {
            "format": "recognition-agreement/1",
            "coders": {"a": list(a), "b": list(b)},
            "within": self.within,
            "draws": self.draws,
            "seed": self.seed,
            **{name: self._values(name) for name in FORMULAS},
            "measures": [one.to_dict() for one in self.measures],
            "dates": self.dates,
            "countries": [one.to_dict() for one in self.countries],
            "countries_only_a": list(self.only_a),
            "countries_only_b": list(self.only_b),
            "unusable_a": list(self.unusable_a),
            "unusable_b": list(self.unusable_b),
            "replay_errors": dict(zip("ab", map(list, self.replay_errors), strict=True)),
            "matched": [pair.to_dict() for pair in pairs if pair.found == "both"],
            "only_a": [pair.a.to_dict() for pair in pairs if pair.a and not pair.b],
            "only_b": [pair.b.to_dict() for pair in pairs if pair.b and not pair.a],
        }

    def _values(self, name: str) -> dict[str, dict[str, float | None]]:
        """The values of one coefficient by unit and variable; None where it is undefined."""
        values: dict[str, dict[str, float | None]] = {}
        for one in self.measures:
            values.setdefault(one.unit, {})[one.variable] = getattr(one, name).value
        return values

    def __str__(self) -> str:
        found = Counter(pair.found for pair in self.pairs)
        countries = plural(len(self.countries), "country", "countries")
        return (
            f"{countries}: {found['both']} in both, {found['a']} only in A, {found['b']} only in B"
        )


def agreement(
    a: Folder,
    b: Folder,
    *,
    units: Iterable[Unit] = ("event", "month"),
    within: int = WITHIN,
    draws: int = DRAWS,
    seed: int = 0,
    rules: RuleTable = RULES,
) -> Agreement:
    """Compare two codings, as `load_folder` returns them, of the countries that both have.

    Entries are matched one by one; see `analysis.agreement.pairs`. Two with the same word are
    matched up to `within` days apart. `units` are those of the measures: events, and the states of
    days, months or years. `draws` countries, drawn by `seed`, give the intervals; 0 gives none. A
    coding compared with itself agrees in everything, and changing the order of the two changes
    only their names. Claims about many countries are not compared. Raises `ValueError` for an
    unknown unit, or a number below 0, and `TooManyPairs` as `paired` does.
    """
    wanted = [*dict.fromkeys(units)]
    if unknown := [unit for unit in wanted if unit not in UNITS]:
        raise ValueError(f"units are {', '.join(UNITS)}, not {unknown[0]!r}")
    if within < 0 or draws < 0:
        raise ValueError("`within` and `draws` are 0 or more")
    one, other = ReplayedFolder(a, rules), ReplayedFolder(b, rules)
    ours, theirs = _usable(one), _usable(other)
    both = sorted(set(ours) & set(theirs), key=lambda code: (not is_country(code), name_of(code)))
    countries = tuple(_country(ours[code], theirs[code], within) for code in both)
    return Agreement(
        countries=countries,
        measures=tuple(
            _measures(countries, ours, theirs, wanted, rules, Bootstrap(both, draws, seed))
        ),
        only_a=_alone(ours, theirs, other),
        only_b=_alone(theirs, ours, one),
        unusable_a=_unusable(one),
        unusable_b=_unusable(other),
        replay_errors=(_broken(ours, both), _broken(theirs, both)),
        within=within,
        draws=draws,
        seed=seed,
        findings=(*a.findings, *b.findings),
    )


def _usable(folder: ReplayedFolder) -> dict[str, Replay]:
    """The replays of the countries with one file; which of two is meant cannot be known."""
    twice = _twice(folder.folder)
    return {code: replay for code, replay in folder.replays.items() if code not in twice}


def _twice(folder: Folder) -> set[str]:
    files = Counter(one.country for one in folder.all_scenarios)
    return {country for country, count in files.items() if count > 1}


def _broken(replays: dict[str, Replay], both: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in both if not replays[code].ok)


def _unusable(folder: ReplayedFolder) -> tuple[str, ...]:
    return (*folder.unusable, *sorted(_twice(folder.folder)))


def _alone(
    mine: dict[str, Replay], others: dict[str, Replay], other: ReplayedFolder
) -> tuple[str, ...]:
    """The countries that the other coding does not have; a file with errors is no absence."""
    return tuple(
        sorted(
            code
            for code, replay in mine.items()
            if code not in others
            and code not in other.replays
            and not other.has_unusable(code, replay.scenario.file)
        )
    )


def _country(a: Replay, b: Replay, within: int) -> CountryAgreement:
    heads = [evolve(one.scenario, timeline=(), coder=None) for one in (a, b)]
    turned = [run for run in turned_days(a.history, b.history) if run.part != "basis"]
    return CountryAgreement(
        a=a.scenario,
        b=b.scenario,
        pairs=paired(coded_entries(a), coded_entries(b), within),
        head=entry_edits(*heads),
        days=count_days(turned),
    )


def _measures(
    countries: Sequence[CountryAgreement],
    ours: dict[str, Replay],
    theirs: dict[str, Replay],
    units: Sequence[Unit],
    rules: RuleTable,
    bootstrap: Bootstrap,
) -> Iterable[Measure]:
    pairs = {one.country: one.pairs for one in countries}
    for unit in units:
        if unit == "event":
            yield found_by_both(pairs, bootstrap)
            yield from of_matches(pairs, rules, bootstrap)
        else:
            tables = {
                code: unit_tables(ours[code].history, theirs[code].history, unit)
                for code in pairs
                if is_country(code)
            }
            yield from of_units(unit, tables, bootstrap)
