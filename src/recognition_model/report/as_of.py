"""Data from which the page's script answers for any day, as known by any day.

They list each country's states with the earliest and latest day on which each began, once for
every day on which they became known otherwise, and the entries that count towards the basis of an
answer, each with the days by which it was known. The script works out the basis from the entries:
it differs from day to day, because an entry whose date may still lie ahead counts from the day by
which it is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from recognition_model.analysis.recorded import known_entries
from recognition_model.core.basis import NEAR
from recognition_model.core.changes import Change, Spell
from recognition_model.core.citations import Citations
from recognition_model.core.dates import OPEN_END, OpenEnd, closed, is_open, propagate_order
from recognition_model.core.scenario import ActStep, Scenario
from recognition_model.core.stages import Ban, Stage, ban_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.engine.rules import RULES, RuleTable
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


def known_versions(
    scenario: Scenario, until: date | None = None, rules: RuleTable = RULES
) -> list[tuple[date, Replay]]:
    """List every replay that was ever known, with the first day on which it was, up to `until`.

    Consecutive replays with the same changes and the same entries count as one. They are without
    findings of invariants.
    """
    ends: set[date | OpenEnd] = {date.min}
    ends |= {item.source.public.latest for item in scenario.start.evidence}
    for step in scenario.timeline:
        ends |= {step.date.earliest, *(item.source.public.latest for item in step.evidence)}
    days = {day for end in ends if (day := closed(end))}
    versions: list[tuple[date, Replay]] = []
    for day in sorted(days):
        if until is None or day <= until:
            # What the invariants find is not used.
            replay = run(scenario, known_by=day, rules=rules, invariants=())
            if not versions or _told(versions[-1][1]) != _told(replay):
                versions.append((day, replay))
    return versions


_KEPT: dict[str, tuple[Scenario, date | None, RuleTable, list[tuple[date, Replay]]]] = {}
"""The versions of each country as last asked for: a preview asks again while it changes one."""


def _versions_of(replay: Replay) -> list[tuple[date, Replay]]:
    kept = _KEPT.get(replay.country)
    asked = (replay.known_by, replay.rules)
    if kept is None or kept[0] is not replay.scenario or kept[1:3] != asked:
        found = known_versions(replay.scenario, *asked)
        kept = _KEPT[replay.country] = (replay.scenario, *asked, found)
    return kept[3]


def _told(replay: Replay) -> tuple[object, ...]:
    return replay.history.changes, replay.history.entries


def _country(replay: Replay, citations: Citations) -> dict[str, Any]:
    history, numbers = replay.history, citations.numbers
    known = _versions_of(replay)
    spells: list[dict[str, Any]] = []

    def listed(replay: Replay) -> list[int]:
        """Say where in the list the spells of a replay are; add those that are not there."""
        told = _spells(replay, numbers)
        spells.extend(spell for spell in told if spell not in spells)
        return [spells.index(spell) for spell in told]

    whole = listed(replay)
    versions: list[dict[str, Any]] = []
    for day, version in known:
        now = listed(version)
        if not versions or versions[-1]["spells"] != now:
            versions.append({"from": day.toordinal(), "spells": now})
    return {
        "until": history.documented_until.toordinal(),
        "reviewed": history.reviewed.toordinal() if history.reviewed else None,
        "start": start_basis(replay.scenario.start),
        "spells": spells,
        "whole": whole,
        "versions": versions,
        "entries": _entries([*known, (OPEN_END, replay)]),
        "anchors": dict(anchors_of(replay)),
    }


def _entries(known: Iterable[tuple[date | OpenEnd, Replay]]) -> list[dict[str, Any]]:
    """List the entries that count, in file order: each once, with the days by which it is known."""
    rows: list[tuple[int, dict[str, Any]]] = []
    current: dict[int, dict[str, Any]] = {}  # by the number of the entry in its file
    before: dict[int, dict[str, Any]] = {}
    for day, replay in known:
        counting = _counting(replay)
        for number in before.keys() | counting.keys():
            if before.get(number) == counting.get(number):
                continue
            if number in before:
                current[number]["gone"] = day.toordinal()
            if number in counting:
                current[number] = {**counting[number], "known": day.toordinal()}
                rows.append((number, current[number]))
        before = counting
    return [row for _, row in sorted(rows, key=lambda one: (one[0], one[1]["known"]))]


def _counting(replay: Replay) -> dict[int, dict[str, Any]]:
    """Give the entries that count by their numbers in the file; the start has the number 0.

    `earliest` and `text` are left out if they follow from `day`.
    """
    history = replay.history
    latest = propagate_order([entry.date for entry in history.entries])[1]
    replayed = zip(replay.numbers, replay.outcomes, strict=True)
    numbers = [0, *(n for n, outcome in replayed if not isinstance(outcome, ActStep))]
    counting: dict[int, dict[str, Any]] = {}
    for number, entry, day in zip(numbers, history.entries, latest, strict=True):
        if entry.counts:
            first, text = entry.date.earliest, entry.date.text
            counting[number] = {
                "number": number,
                "day": day.toordinal(),
                **({} if first == day else {"earliest": first.toordinal()}),
                **({} if text == str(day) else {"text": text}),
                **({"attests": 1} if history.assumed and entry.attests_stage else {}),
            }
    return counting


def _spells(replay: Replay, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """List the spells, each but the first with the number of the `entry` that began it."""
    history = replay.history
    moves = [{"entry": n} for n, _, o in known_entries(replay) if isinstance(o, Change)]
    return [
        {
            "earliest": earliest,
            "latest": latest,
            "stage": spell.stage.rank,
            "ban": spell.ban.rank,
            "begins": spell.begins.text,
            **({} if spell.in_words == str(spell.stage) else {"words": spell.in_words}),
            **entry,
            **_cause(spell, numbers),
        }
        for spell, entry, (earliest, latest) in zip(
            history.spells, [{}, *moves], history.bounds, strict=True
        )
    ]


def _sources(countries: Iterable[Mapping[str, Any]], citations: Citations) -> dict[int, str]:
    """Give the ids of the sources that the spells name by number."""
    spells = (spell for country in countries for spell in country["spells"])
    named = {spell["source"] for spell in spells if "source" in spell}
    return {number: name for name, number in citations.numbers.items() if number in named}


def _cause(spell: Spell, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Give act, rule, voice, grade and source number; nothing for the start, which no act began."""
    if spell.change is None:
        return {}
    best = spell.change.best
    cause: dict[str, Any] = {"act": spell.change.act.value, "rule": spell.change.rule}
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
