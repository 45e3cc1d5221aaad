"""Data from which the page's script answers for any day, as known by any day.

The data contain no rules. They list each country's states with the earliest and latest day on
which each began, once for every day on which more became known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from recognition_model.core.citations import Citations
from recognition_model.core.dates import OpenEnd, closed, is_open
from recognition_model.core.history import History, Spell
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import Ban, Stage, ban_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.report.sentences import VOICES, start_basis

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def as_of(replays: Sequence[Replay], citations: Citations) -> dict[str, Any]:
    """Build the data of the script, with days as ordinals (1 is 0001-01-01).

    `whole` is the history as reported. `versions` are the histories known by a day, each valid
    from its day on; the first is valid from day 1. An open end is day 0, or the day after the last.
    """
    return {
        "stages": [stage.value for stage in Stage],
        "bans": [ban_in_words(ban) for ban in Ban],
        **_range(replays),
        "limit": _limit(replays),
        "countries": {replay.country: _country(replay, citations) for replay in replays},
    }


def as_json(data: dict[str, Any]) -> str:
    """Write JSON that cannot close the HTML element around it."""
    return json.dumps(data, separators=(",", ":")).translate(_UNSAFE)


def known_versions(scenario: Scenario, until: date | None = None) -> list[tuple[date, History]]:
    """List every history that was ever known, with the first day on which it was, up to `until`.

    Consecutive histories with the same changes count as one.
    """
    ends: set[date | OpenEnd] = {date.min}
    for step in scenario.timeline:
        ends |= {step.date.earliest, *(item.source.public.latest for item in step.evidence)}
    days = {day for end in ends if (day := closed(end))}
    versions: list[tuple[date, History]] = []
    for day in sorted(days):
        if until is None or day <= until:
            history = run(scenario, known_by=day).history
            if not versions or versions[-1][1].changes != history.changes:
                versions.append((day, history))
    return versions


def _country(replay: Replay, citations: Citations) -> dict[str, Any]:
    numbers = citations.numbers
    return {
        "until": replay.history.documented_until.toordinal(),
        "start": start_basis(replay.scenario.start),
        "whole": _spells(replay.history, numbers),
        "versions": [
            {"from": day.toordinal(), "spells": _spells(history, numbers)}
            for day, history in known_versions(replay.scenario, replay.known_by)
        ],
    }


def _spells(history: History, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "earliest": earliest,
            "latest": latest,
            "stage": spell.stage.rank,
            "ban": spell.ban.rank,
            "begins": spell.begins.text,
            **_cause(spell, numbers),
        }
        for spell, (earliest, latest) in zip(history.spells, history.bounds, strict=True)
    ]


def _cause(spell: Spell, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Give act, voice, grade and source number; nothing for the start, which no act began."""
    if spell.change is None:
        return {}
    best = spell.change.best
    cause: dict[str, Any] = {"act": spell.change.act.value}
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
