"""Screen coded dealings for what the record lacks: leads to look at, never entries.

A lead is a run of days on which event data have dealings of one kind between a country and the
Taliban. A machine coded them, so a lead says where a person may look. It becomes an entry only if a
person finds a source, and nothing here writes into a file of the record.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import log2
from typing import Any

from attrs import frozen

from recognition_model.analysis.events import Event, events
from recognition_model.core.base import Ranked, Readable
from recognition_model.core.crosswalks import Crosswalk, EventMeaning
from recognition_model.core.dates import closed
from recognition_model.core.dealings import MOST_URLS, Dealing
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario
from recognition_model.core.signals import Family
from recognition_model.core.stages import STATES, Act, State
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable

GAP = 2
"""Days without a dealing that a lead may have inside."""
LONGEST = 7
"""A lead has at most so many days: it says where to look."""
NEAR = 7
"""Within so many days an entry of the record is near."""
FAR = 30


class Standing(Ranked):
    """Where the record has something by a lead."""

    IN_RECORD = "in-record", "An entry of the record lies on a day of the lead."
    NEAR = "near", "The nearest entry lies at most seven days from the lead."
    NOT = "not", "No entry lies within seven days of the lead."
    NO_RECORD = "no-record", "The country has no file in the record."


class RuleVerdict(Ranked):
    """What the rules would make of a lead's act, if it were an entry on the same evidence."""

    TAKEN = "taken", "A rule would take it: the stage would move."
    HELD = "held", "It repeats what stands already."
    REFUSED = "refused", "The rules would refuse it."
    IN_DOUBT = "in-doubt", "The record leaves open in which state the country was."
    NONE = "none", "It is no act: the codes mean a signal, which moves nothing."


@frozen(kw_only=True, repr=False)
class Lead(Readable):
    """A run of days with coded dealings of one kind, and what the record has near it.

    `matter` is the act that the codes would be, or else their family. `nearest` is the entry of the
    record nearest to it, `distance` the days between them: 0 if they share a day, None without an
    entry. `score` says how much there is to look at: see `score_of`.
    """

    country: str
    matter: str
    first: date
    last: date
    rows: int
    mentions: int
    sources: int
    codes: tuple[str, ...]
    urls: tuple[str, ...]
    family: Family | None
    act: Act | None
    nearest: Event | None
    distance: int | None
    standing: Standing
    rules: RuleVerdict
    rules_say: str
    score: float

    @property
    def id(self) -> str:
        """Its name, by which a verdict names it: `RUS/2025-07-03/recognise`."""
        return f"{self.country}/{self.first}/{self.matter}"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        nearest = self.nearest
        return {
            "lead": self.id,
            "country": self.country,
            "first_day": self.first.isoformat(),
            "last_day": self.last.isoformat(),
            "rows": self.rows,
            "mentions": self.mentions,
            "sources": self.sources,
            "codes": [*self.codes],
            "urls": [*self.urls],
            "family": self.family.value if self.family else None,
            "act": self.act.value if self.act else None,
            "nearest_date": nearest.date.text if nearest else None,
            "nearest_entry": nearest.what if nearest else None,
            "distance_days": self.distance,
            "standing": self.standing.value,
            "rules": self.rules.value,
            "rules_say": self.rules_say,
            "score": self.score,
        }

    def __str__(self) -> str:
        return f"{self.id}: {self.rows} rows, {self.standing}"


@frozen(kw_only=True, repr=False)
class Screening(Readable):
    """The leads of some dealings, sorted by score; and the codes that the crosswalk lacks.

    `unmapped` counts the rows by code.
    """

    leads: tuple[Lead, ...]
    unmapped: Mapping[str, int]

    def __str__(self) -> str:
        return f"{len(self.leads)} leads"


def screen(
    dealings: Iterable[Dealing],
    crosswalk: Crosswalk,
    folder: Folder,
    *,
    countries: Iterable[str] = (),
    rules: RuleTable = RULES,
) -> Screening:
    """Make leads of coded dealings, and compare each with the record of a folder.

    `countries` limits it to some. The result depends on the dealings alone, not on their order.
    """
    wanted = frozenset(countries)
    unmapped: dict[str, int] = {}
    runs: dict[tuple[str, str], list[tuple[Dealing, EventMeaning]]] = defaultdict(list)
    for dealing in dealings:
        if wanted and dealing.country not in wanted:
            continue
        meaning = crosswalk.meaning(dealing.code, dealing.actor)
        if meaning is None:
            unmapped[dealing.code] = unmapped.get(dealing.code, 0) + dealing.rows
        else:
            runs[dealing.country, _matter(meaning)].append((dealing, meaning))
    records: dict[str, Scenario] = {one.country: one for one in folder.all_scenarios}
    chronology = _chronology(folder)
    made: list[Lead] = []
    replays: dict[str, Replay] = {}
    for (country, matter), found in sorted(runs.items()):
        if country in records and country not in replays:
            replays[country] = replay(records[country], rules=rules)
        for run in _runs(found):
            told = replays.get(country)
            made.append(_lead(country, matter, run, chronology.get(country), told, rules))
    made.sort(key=lambda lead: (-lead.score, lead.country, lead.first, lead.matter))
    return Screening(leads=tuple(made), unmapped=dict(sorted(unmapped.items())))


def _matter(meaning: EventMeaning) -> str:
    """What a lead is about: dealings of officials are one matter, whatever their code."""
    if meaning.act is not None and meaning.act is not Act.ENGAGE:
        return str(meaning.act.value)
    return str(meaning.family or meaning.act)


def _runs(
    found: list[tuple[Dealing, EventMeaning]],
) -> Iterator[list[tuple[Dealing, EventMeaning]]]:
    """Cut the dealings of one matter at gaps of more than `GAP` days, and after `LONGEST`."""
    found.sort(key=lambda one: one[0].key)
    run: list[tuple[Dealing, EventMeaning]] = []
    for one in found:
        if run and (
            (one[0].day - run[-1][0].day).days > GAP + 1
            or (one[0].day - run[0][0].day).days >= LONGEST
        ):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _lead(
    country: str,
    matter: str,
    run: Sequence[tuple[Dealing, EventMeaning]],
    chronology: _Chronology | None,
    told: Replay | None,
    rules: RuleTable,
) -> Lead:
    dealings = [dealing for dealing, _ in run]
    first, last = dealings[0].day, dealings[-1].day
    acting = next((meaning for _, meaning in run if meaning.act is not None), None)
    meaning = acting or run[0][1]
    nearest, distance = chronology.nearest(first, last) if chronology else (None, None)
    standing = Standing.NOT
    if told is None:
        standing = Standing.NO_RECORD
    elif distance == 0:
        standing = Standing.IN_RECORD
    elif distance is not None and distance <= NEAR:
        standing = Standing.NEAR
    verdict, say = _verdict(meaning, told, first, rules)
    rows = sum(dealing.rows for dealing in dealings)
    sources = sum(dealing.sources for dealing in dealings)
    return Lead(
        country=country,
        matter=matter,
        first=first,
        last=last,
        rows=rows,
        mentions=sum(dealing.mentions for dealing in dealings),
        sources=sources,
        codes=tuple(sorted({dealing.code for dealing in dealings})),
        urls=tuple(sorted({url for dealing in dealings for url in dealing.urls})[:MOST_URLS]),
        family=meaning.family,
        act=meaning.act,
        nearest=nearest,
        distance=distance,
        standing=standing,
        rules=verdict,
        rules_say=say,
        score=score_of(max(rows, sources), distance, verdict),
    )


def score_of(heard: int, distance: int | None, verdict: RuleVerdict) -> float:
    """How much there is to look at: a number that sorts leads, and nothing more.

    The logarithm to base two of one more than the rows or the sources, whichever are more; a fifth
    of that with an entry within seven days, half with one within thirty, nothing with one on a day
    of the lead; twice as much where a rule would take the act. It is no probability.
    """
    weight = 1.0
    if distance is not None and distance <= FAR:
        weight = 0.0 if distance == 0 else 0.2 if distance <= NEAR else 0.5
    return round(log2(1 + heard) * weight * (2 if verdict is RuleVerdict.TAKEN else 1), 3)


def _verdict(
    meaning: EventMeaning, told: Replay | None, day: date, rules: RuleTable
) -> tuple[RuleVerdict, str]:
    """What the rules would make of the act on the first day of a lead."""
    act, attestation = meaning.act, meaning.attestation
    if act is None or attestation is None:
        return RuleVerdict.NONE, ""
    states = _states_on(told, day)
    if len(states) != 1:
        return RuleVerdict.IN_DOUBT, " or ".join(humanize(state.stage) for state in states)
    (state,) = states
    rule = rules.taking(state, act, attestation)
    if rule is not None:
        return RuleVerdict.TAKEN, f"{rule.code}: {humanize(state.stage)} to {humanize(rule.after)}"
    if rules.stands(state, act):
        return RuleVerdict.HELD, humanize(state.stage)
    reasons = sorted(rules.reasons(state, act, attestation))
    return RuleVerdict.REFUSED, ", ".join(reason.value for reason in reasons)


def _states_on(told: Replay | None, day: date) -> tuple[State, ...]:
    """The states that the record has before a day; no dealings where it has none."""
    if told is None or not told.history.documented:
        return (STATES[0],)
    history = told.history
    before = min(day - timedelta(days=1), history.documented_until)
    spells = history.on(before).spells
    if not spells:
        return (history.start,) if history.begins.latest > before else (STATES[0],)
    return tuple(dict.fromkeys(spell.state for spell in spells))


@frozen
class _Chronology:
    """The entries of one country, to find the nearest to some days."""

    entries: tuple[Event, ...]
    firsts: tuple[date, ...]

    @classmethod
    def of(cls, entries: Iterable[Event]) -> _Chronology:
        known = sorted(entries, key=lambda one: (_first(one), _last(one), one.place.line))
        return cls(tuple(known), tuple(map(_first, known)))

    def nearest(self, first: date, last: date) -> tuple[Event | None, int | None]:
        """The entry nearest to a stretch of days, and the days between; the earlier one of two."""
        best: tuple[int, int] | None = None
        for number in self._order(first):
            entry = self.entries[number]
            gap = max((_first(entry) - last).days, (first - _last(entry)).days, 0)
            if best is None or (gap, number) < best:
                best = gap, number
        return (self.entries[best[1]], best[0]) if best else (None, None)

    def _order(self, first: date) -> Iterable[int]:
        at = bisect_left(self.firsts, first)
        return [*range(at, len(self.entries)), *range(at)]


def _first(entry: Event) -> date:
    return closed(entry.earliest) or closed(entry.latest) or date.min


def _last(entry: Event) -> date:
    return closed(entry.latest) or closed(entry.earliest) or date.max


def _chronology(folder: Folder) -> dict[str, _Chronology]:
    by_country: dict[str, list[Event]] = defaultdict(list)
    for entry in events(folder):
        if entry.counted:
            by_country[entry.country].append(entry)
    return {country: _Chronology.of(found) for country, found in by_country.items()}
