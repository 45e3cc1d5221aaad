"""Since when the public could know of a change, worked out by hand and held against replays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.analysis.publicity import attested_from
from recognition_model.core.evidence import Evidence


def public(item: Evidence, day: str, **more: object) -> Evidence:
    return evolve(item, source=evolve(YEARBOOK, issued=rm.When.parse(day)), **more)


def day_of(first: str, *evidence: Evidence, when: str = "2022-03-01") -> date | None:
    replay = record(act(first, when, *evidence))
    return attested_from(replay, replay.changes[0])


def test_a_change_is_attested_from_the_day_on_which_enough_evidence_was_public() -> None:
    press, host = public(PRESS, "2022-03-02"), public(OFFICIAL, "2022-05-09")
    assert day_of("engage", press, host) == date(2022, 3, 2)  # the press suffices to engage
    assert day_of("ban", press, host) == date(2022, 5, 9)  # a ban needs the host's own word


def test_a_source_counts_from_the_last_day_on_which_it_may_have_come_out() -> None:
    assert day_of("engage", public(PRESS, "2022-05")) == date(2022, 5, 31)


def test_a_change_announced_beforehand_is_not_known_before_it_can_have_happened() -> None:
    announced = public(OFFICIAL, "2022-02-01", announcement=True)
    assert day_of("engage", announced, when="2022-03-01..2022-03-05") == date(2022, 3, 1)


def test_evidence_that_disputes_a_change_makes_it_no_better_known() -> None:
    against = public(PRESS, "2022-03-01", bearing=rm.Bearing.DISPUTES)
    assert day_of("engage", against, public(PRESS, "2022-04-01")) == date(2022, 4, 1)


def test_a_change_that_rests_on_a_source_of_open_date_is_attested_from_no_day() -> None:
    assert day_of("engage", public(PRESS, "2022-03..")) is None


@pytest.mark.parametrize("scenario", rm.load_folder().scenarios, ids=lambda one: str(one.country))
def test_a_replay_of_what_was_known_has_the_change_on_that_day_and_not_before(
    scenario: rm.Scenario,
) -> None:
    replay = rm.replay(scenario)
    for change in replay.changes:
        day = attested_from(replay, change)
        assert day is not None
        places = [one.place for one in rm.replay(scenario, known_by=day).changes]
        assert change.place in places
        before = rm.replay(scenario, known_by=day - timedelta(1)).changes
        assert change.place not in [one.place for one in before]
