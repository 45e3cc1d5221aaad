"""Data from which the page's script answers for any day, as known by any day.

They list each country's states with the earliest and latest day on which each began, once for
every day on which they became known otherwise, and the entries that count towards the basis of an
answer, each with the days by which it was known. The script works out the basis from the entries:
it differs from day to day, because an entry whose date may still lie ahead counts from the day by
which it is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress
from operator import is_not
from typing import Any

from recognition_model.core.basis import NEAR
from recognition_model.core.changes import Change
from recognition_model.core.citations import Citations
from recognition_model.core.dates import OPEN_END, OpenEnd, When, end_of, is_open, propagate_order
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import Ban, Stage, State, ban_in_words, stage_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RuleTable
from recognition_model.engine.versions import Version, known_versions
from recognition_model.report.grounds import anchors_of
from recognition_model.report.sentences import VOICES, start_basis

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def as_of(replays: Sequence[Replay], citations: Citations) -> dict[str, Any]:
    """Build the data of the script, with days as ordinals (1 is 0001-01-01).

    `spells` are all that a country has in any version, and are named by their places in it. `whole`
    is the history as reported. `versions` are the histories known by a day, each valid from its day
    on; the first is valid from day 1. An open end is day 0, or the day after the last.
    An entry counts from `day` on, or from the day by which it is known if its date may still lie
    ahead then. It is known from `known` to the day before `gone`. `anchors` name the rows of the
    entries by their numbers, and `sources` the sources by theirs.
    """
    countries = {replay.country: _country(replay, citations) for replay in replays}
    return {
        "stages": [stage.value for stage in Stage],
        "bans": [ban_in_words(ban) for ban in Ban],
        "near": NEAR,
        **_range(replays),
        "limit": _limit(replays),
        "countries": countries,
        "sources": _sources(countries.values(), citations),
    }


def as_json(data: object, *, ascii_only: bool = True) -> str:
    """Write JSON for a script, which cannot close the HTML element around it."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=ascii_only).translate(_UNSAFE)


_KEPT: dict[str, tuple[Scenario, date | None, RuleTable, list[tuple[date, Version]]]] = {}
"""The versions of each country as last asked for: a preview asks again while it changes one."""


def _versions_of(replay: Replay) -> list[tuple[date, Version]]:
    kept = _KEPT.get(replay.country)
    asked = (replay.known_by, replay.rules)
    if kept is None or kept[0] is not replay.scenario or kept[1:3] != asked:
        found = known_versions(replay.scenario, *asked)
        kept = _KEPT[replay.country] = (replay.scenario, *asked, found)
    return kept[3]


def _country(replay: Replay, citations: Citations) -> dict[str, Any]:
    history = replay.history
    known, now = _versions_of(replay), Version.of(replay)
    spells = _Spells(citations.numbers)
    whole = spells.of(now)
    versions: list[dict[str, Any]] = []
    for day, version in known:
        there = spells.of(version)
        if not versions or versions[-1]["spells"] != there:
            versions.append({"from": day.toordinal(), "spells": there})
    return {
        "until": history.documented_until.toordinal(),
        "reviewed": history.reviewed.toordinal() if history.reviewed else None,
        "start": start_basis(replay.scenario.start),
        "spells": spells.listed,
        "whole": whole,
        "versions": versions,
        "entries": _entries([*known, (OPEN_END, now)]),
        "anchors": dict(anchors_of(replay)),
    }


def _entries(known: Iterable[tuple[date | OpenEnd, Version]]) -> list[dict[str, Any]]:
    """List the entries that count, in file order: each once, with the days by which it is known."""
    rows: list[tuple[int, dict[str, Any]]] = []
    current: dict[int, dict[str, Any]] = {}  # by the number of the entry in its file
    counting: dict[int, _Counting] = {}
    before: _Entries | None = None
    in_order = _Order()
    for day, version in known:
        now = _Entries(version, in_order)
        for number, counts in now.since(before):
            if counting.get(number) == counts:
                continue
            if counting.pop(number, None) is not None:
                current[number]["gone"] = day.toordinal()
            if counts is not None:
                counting[number] = counts
                current[number] = {**_told(number, *counts), "known": day.toordinal()}
                rows.append((number, current[number]))
        before = now
    return [row for _, row in sorted(rows, key=lambda one: (one[0], one[1]["known"]))]


_Counting = tuple[int, When, bool]
"""The day from which an entry counts, its date, and whether it ends an assumption."""


class _Order:
    """The days that dates can have in their order. Asked for the same dates again, it keeps them.

    Most versions differ in the evidence of one entry, and in no date.
    """

    def __init__(self) -> None:
        self._dates: list[When] = []
        self._days: tuple[list[int], list[int]] = ([], [])

    def __call__(self, dates: list[When]) -> tuple[list[int], list[int]]:
        """The earliest and the latest days, as ordinals."""
        if dates != self._dates:
            earliest, latest = propagate_order(dates)
            self._dates = dates
            self._days = [d.toordinal() for d in earliest], [d.toordinal() for d in latest]
        return self._days


class _Entries:
    """The entries of a version, and the days from which they count."""

    def __init__(self, version: Version, in_order: _Order) -> None:
        self._entries = version.history.entries
        self._numbers = version.numbers  # in the file; the start has the number 0
        self._assumed = version.history.assumed
        self._days = in_order([entry.date for entry in self._entries])[1]

    def since(self, before: _Entries | None) -> Iterator[tuple[int, _Counting | None]]:
        """Yield what may count otherwise than before, by its number; None if it does not count."""
        if before and self._differs_in_entries_alone(before):
            differing = map(is_not, self._entries, before._entries)
            places: Iterable[int] = compress(range(len(self._entries)), differing)
        else:
            gone = set(before._numbers if before else ()).difference(self._numbers)
            yield from ((number, None) for number in gone)
            places = range(len(self._entries))
        for at in places:
            entry = self._entries[at]
            attests = self._assumed and entry.attests_stage
            counts = (self._days[at], entry.date, attests) if entry.counts else None
            yield self._numbers[at], counts

    def _differs_in_entries_alone(self, before: _Entries) -> bool:
        return (
            self._numbers is before._numbers
            and self._days is before._days
            and self._assumed == before._assumed
        )


def _told(number: int, day: int, when: When, attests: bool) -> dict[str, Any]:  # noqa: FBT001
    """Give an entry that counts. `earliest` and `text` are left out if they follow from `day`."""
    first, text = when.earliest.toordinal(), when.text
    return {
        "number": number,
        "day": day,
        **({} if first == day else {"earliest": first}),
        **({} if text == str(end_of(day)) else {"text": text}),
        **({"attests": 1} if attests else {}),
    }


class _Spells:
    """The spells of all versions of a history, each once; each but the first has its `entry`."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.listed: list[dict[str, Any]] = []
        self._numbers = numbers
        self._in_order = _Order()
        self._known: dict[tuple[int, int, int], int] = {}  # places, by days and identity of change
        self._places: dict[tuple[int, int, int], int] = {}  # by days and content
        self._begun: dict[int, tuple[Change, int]] = {}  # by the identity of the change
        self._told: list[dict[str, Any]] = []  # all of spells but their days
        self._contents: dict[tuple[tuple[str, object], ...], int] = {}  # places in `_told`

    def of(self, version: Version) -> list[int]:
        """Say where in the list the spells of a version are; add those that are not there."""
        history, changes = version.history, version.history.changes
        words = stage_in_words(history.start.stage, assumed=history.assumed)
        start = self._number(_begun(history.start, history.begins, words))
        earliest, latest = self._in_order([history.begins, *(change.date for change in changes)])
        keys = [*zip(earliest[1:], latest[1:], map(id, changes), strict=True)]
        known = map(self._known.get, keys)
        return [
            self._place(earliest[0], latest[0], start),
            *(
                self._add(keys[at], version.changed[at], changes[at]) if place is None else place
                for at, place in enumerate(known)
            ),
        ]

    def _add(self, key: tuple[int, int, int], number: int, change: Change) -> int:
        earliest, latest, _ = key
        self._known[key] = place = self._place(earliest, latest, self._content(number, change))
        return place

    def _place(self, earliest: int, latest: int, content: int) -> int:
        place = self._places.setdefault((earliest, latest, content), len(self.listed))
        if place == len(self.listed):
            told = self._told[content]
            self.listed.append({"earliest": earliest, "latest": latest, **told})
        return place

    def _content(self, number: int, change: Change) -> int:
        """The number of what is said of the spell that a change began, but for its days."""
        if id(change) not in self._begun:
            words = stage_in_words(change.after.stage, entered_by=change.act)
            begun = _begun(change.after, change.date, words)
            told = {**begun, "entry": number, **_cause(change, self._numbers)}
            self._begun[id(change)] = change, self._number(told)
        return self._begun[id(change)][1]

    def _number(self, told: dict[str, Any]) -> int:
        number = self._contents.setdefault(tuple(told.items()), len(self._told))
        if number == len(self._told):
            self._told.append(told)
        return number


def _begun(state: State, begins: When, words: str) -> dict[str, Any]:
    """Say what began on a date; `words` are left out if they are the name of the state."""
    return {
        "stage": state.stage.rank,
        "ban": state.ban.rank,
        "begins": begins.text,
        **({} if words == str(state.stage) else {"words": words}),
    }


def _sources(countries: Iterable[Mapping[str, Any]], citations: Citations) -> dict[int, str]:
    """Give the ids of the sources that the spells name by number."""
    spells = (spell for country in countries for spell in country["spells"])
    named = {spell["source"] for spell in spells if "source" in spell}
    return {number: name for name, number in citations.numbers.items() if number in named}


def _cause(change: Change, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Give act, rule, voice, grade and source number."""
    best = change.best
    cause: dict[str, Any] = {"act": change.act.value, "rule": change.rule}
    if best is not None:
        cause |= {
            "voice": VOICES[best.voice],
            "grade": best.grade,
            "source": numbers[best.source.id],
        }
    return cause


def _range(replays: Sequence[Replay]) -> dict[str, int]:
    """Give the range of the slider: from the day before the first date to the record's end."""
    bounds = {day for replay in replays for pair in replay.history.bounds for day in pair}
    until = [replay.history.documented_until.toordinal() for replay in replays]
    last = max(until)
    first = min((day for day in bounds if not is_open(day)), default=last)
    return {"first": max(1, min(first - 1, last)), "last": last}


def _limit(replays: Sequence[Replay]) -> int | None:
    """Give the day by which the report itself was known, if it has one."""
    known_by = replays[0].known_by
    return known_by.toordinal() if known_by else None
