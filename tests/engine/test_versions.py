"""What a scenario said on every day on which more of it became public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from support.effort import examples
from support.histories import days_of

import recognition_model as rm
from recognition_model.engine.versions import Version, known_versions
from recognition_model.testing import scenarios

ReplayOf = Callable[..., rm.Replay]


def said(version: Version) -> tuple[object, ...]:
    return version.history, version.numbers, version.changed


def replayed(scenario: rm.Scenario, day: date) -> tuple[object, ...]:
    return said(Version.of(rm.replay(scenario, known_by=day, invariants=())))


@settings(max_examples=examples(60))
@given(scenarios())
def test_version_is_what_a_replay_known_by_its_day_gives(scenario: rm.Scenario) -> None:
    for day, version in known_versions(scenario):
        assert said(version) == replayed(scenario, day)


@settings(max_examples=examples(60))
@given(scenarios())
def test_version_stays_for_as_long_as_a_replay_gives_it(scenario: rm.Scenario) -> None:
    versions = known_versions(scenario)
    for day in days_of(scenario):
        _, version = [one for one in versions if one[0] <= day][-1]
        changes, entries = version.history.changes, version.history.entries
        again = rm.replay(scenario, known_by=day, invariants=()).history
        assert (changes, entries) == (again.changes, again.entries)


@settings(max_examples=examples(60))
@given(scenarios())
def test_versions_until_a_day_are_those_of_all_until_then(scenario: rm.Scenario) -> None:
    versions = [(day, said(one)) for day, one in known_versions(scenario)]
    for last, _ in versions:
        until = [(day, said(one)) for day, one in known_versions(scenario, last)]
        assert until == [one for one in versions if one[0] <= last]


OTHERWISE_LATER = """
- {act: engage, date: 2022-01-10, evidence: [{source: wire-2024, voice: host, credibility: 2,
   claim: An example.}]}
- {status: {at-least: engaged}, date: 2022-01-10..2022-02-20, evidence: [{source: wire-2022,
   voice: press, credibility: 2, claim: An example.}]}
- {refuse: recognise, date: 2022-03-10, because: wrong-stage, evidence: [{source: wire-2022,
   voice: host, credibility: 2, claim: An example.}]}
- {act: engage, rank: deprecated, because: A false report., date: 2022-04-10, evidence: [{source:
   wire-2022, voice: host, credibility: 2, claim: An example.}]}
- {signal: visit, date: 2022-05-10, evidence: [{source: wire-2022, voice: press, credibility: 2,
   claim: An example.}]}
- {act: break_off, date: 2022-06-10, evidence: [{source: wire-2022, voice: host, credibility: 2,
   claim: An example.}]}
"""  # wire-2022 is public on 2022-02-01, wire-2024 on 2024-06-01


def test_act_told_late_turns_what_later_entries_did(replay_of: ReplayOf) -> None:
    scenario = replay_of(OTHERWISE_LATER).scenario
    told = [
        (day, version.numbers, version.changed, [entry.counts for entry in version.history.entries])
        for day, version in known_versions(scenario)
    ]
    assert told == [
        (date.min, (0,), (), [False]),
        (date(2022, 2, 1), (0, 2), (), [False, False]),
        (date(2022, 3, 10), (0, 2, 3), (), [False, False, True]),
        (date(2022, 5, 10), (0, 2, 3, 5), (), [False, False, True, True]),
        (date(2022, 6, 10), (0, 2, 3, 5, 6), (), [False, False, True, True, False]),
        (date(2024, 6, 1), (0, 1, 2, 3, 5, 6), (1, 6), [False, True, True, False, True, True]),
    ]  # the rules refuse recognition by hostile countries only


def test_status_is_not_made_true_by_what_happened_after_it(replay_of: ReplayOf) -> None:
    timeline = """
    - {status: {at-least: engaged}, date: 2022-01-10, evidence: [{source: wire-2022, voice: press,
       credibility: 2, claim: An example.}]}
    - {act: engage, date: 2022-06-10, evidence: [{source: wire-2022, voice: host, credibility: 2,
       claim: An example.}]}
    """
    told = known_versions(replay_of(timeline).scenario)
    assert [[entry.counts for entry in version.history.entries] for _, version in told] == [
        [False],
        [False, False],
        [False, False, True],
    ]


def test_version_has_the_entries_and_changes_of_a_replay_of_its_day(replay_of: ReplayOf) -> None:
    scenario = replay_of(OTHERWISE_LATER).scenario
    for day, version in known_versions(scenario):
        assert said(version) == replayed(scenario, day)
