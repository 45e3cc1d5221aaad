"""What the answers of the shipped record rest on: nothing assumed is shown as fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from attrs import evolve

import recognition_model as rm
from recognition_model import Act, ActStep, Stage, Voice
from recognition_model.core.basis import Basis
from recognition_model.core.scenario import RefuseStep

REPLAYS = {one.country: rm.replay(one) for one in rm.load_folder().all_scenarios}
NEVER_ATTESTED = ["BGR", "CZE"]
AFTER_KANDAHAR, ASKED = date(2001, 12, 8), date(2005, 1, 1)


def days_of_record(history: rm.History) -> Iterator[date]:
    first, last = history.begins.earliest, history.documented_until
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@pytest.mark.parametrize("country", REPLAYS)
def test_no_day_of_an_assumed_first_spell_is_certain(country: str) -> None:
    history = REPLAYS[country].history
    first = history.spells[0]
    for day in days_of_record(history):
        position = history.on(day)
        if first not in position.spells:
            break
        assert not (first.assumed and position.certain), day


@pytest.mark.parametrize("country", NEVER_ATTESTED)
def test_country_that_nobody_attests_is_assumed_on_every_day(country: str) -> None:
    history = REPLAYS[country].history
    assert {history.on(day).basis for day in days_of_record(history)} == {Basis.ASSUMED}


def counting_entries(scenario: rm.Scenario) -> Iterator[rm.Step]:
    """Entries that count in a file without a finding: no act is refused, and every status holds."""
    for step in scenario.timeline:
        struck_out = isinstance(step, ActStep) and step.deprecated
        refused = isinstance(step, RefuseStep)
        if not struck_out and (not refused or any(e.voice is Voice.HOST for e in step.evidence)):
            yield step


def unfounded(replay: rm.Replay) -> bool:
    """Whether dealings may hold in 2005 with no entry between the fall of Kandahar and then."""
    dealings = [s for s in replay.history.on(ASKED).spells if s.stage >= Stage.ENGAGED]
    behind = [
        step
        for step in counting_entries(replay.scenario)
        if step.date.earliest >= AFTER_KANDAHAR and step.date.latest <= ASKED
    ]
    return bool(dealings) and not behind


@pytest.mark.parametrize("country", REPLAYS)
def test_no_dealings_of_2005_rest_on_entries_before_the_fall_of_kandahar(country: str) -> None:
    assert not unfounded(REPLAYS[country])


@pytest.mark.parametrize("country", ["AUS", "DEU"])
def test_dealings_would_reach_2005_unfounded_without_the_lapse(country: str) -> None:
    scenario = REPLAYS[country].scenario
    kept = [s for s in scenario.timeline if not (isinstance(s, ActStep) and s.act is Act.LAPSE)]
    assert unfounded(rm.replay(evolve(scenario, timeline=tuple(kept))))
