"""Levels over time: the entries they rest on, uncertain dates, and the shipped record by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.io.scale_files import shipped_scales
from recognition_model.testing import scenarios

REPRESENTATION = rm.load_scale("representation")
TO_A_CHARGE = """
    - {act: engage, date: 2022-02, evidence: [$host]}
    - {signal: embassy_run_by_kabul, date: 2023-01-10, evidence: [$press]}
    - {signal: charge_accepted, date: 2023-05-01..2023-05-20, evidence: [$host]}
"""


def levels(replay: rm.Replay, scale: rm.Scale = REPRESENTATION) -> list[tuple[str, str]]:
    """The levels in order, each with the date on which it begins."""
    return [(one.level.level, one.begins.text) for one in rm.levels_of(replay, scale).spells]


def shipped(country: str) -> rm.Replay:
    (scenario,) = (s for s in rm.load_folder().scenarios if s.country == country)
    return rm.replay(scenario)


# Worked out by hand from the acts and signals of the scenario files.
BY_HAND = {
    "RUS": [
        ("none", "1996-09-27"),
        ("contact", "2018-11-09"),
        ("mission", "2022-02..2022-03-31"),
        ("charge", "2022-04-06"),
        ("ambassador", "2025-07-03"),
    ],
    "CHN": [
        ("none", "1996-09-27"),
        ("contact", "2000-11..2000-12"),
        ("none", "2001-09-11..2001-10-23"),
        ("contact", "2015-07-07..2017-02-05"),
        ("charge", "2022-04-04..2022-06-22"),
        ("ambassador", "2023-12-01"),
    ],
    "ARE": [
        ("contact", "1996-09-27"),
        ("none", "2001-09-22"),
        ("contact", "2018-12-17..2018-12-19"),
        ("mission", "2023-03-12..2023-03-14"),
        ("charge", "2023-10-23..2023-10-27"),
        ("ambassador", "2024-08-21"),
    ],
    "IND": [
        ("none", "1996-09-27"),
        ("contact", "1999-12-27"),
        ("none", "2001-12-07"),
        ("contact", "2021-08-31"),
        ("mission", "2024-11-11"),
    ],
}


@pytest.mark.parametrize("country", BY_HAND)
def test_representation_of_a_shipped_country_is_as_worked_out_by_hand(country: str) -> None:
    assert levels(shipped(country)) == BY_HAND[country]


def test_listing_of_russia_is_as_worked_out_by_hand() -> None:
    assert levels(shipped("RUS"), rm.load_scale("listing")) == [
        ("none", "1996-09-27"),
        ("banned", "2003-02-14"),
        ("easing", "2024-04"),
        ("lifted", "2025-04-17"),
    ]


def test_relations_of_norway_end_with_a_first_secretary() -> None:
    assert levels(shipped("NOR"), rm.load_scale("relations")) == [
        ("none", "1996-09-27"),
        ("contact", "2007"),
        ("diplomatic", "2025-01-31"),
    ]


def test_a_refused_office_leaves_the_consulate_that_germany_has() -> None:
    history = rm.levels_of(shipped("DEU"), REPRESENTATION)
    assert history.on("2025-06-30").level is REPRESENTATION.named("mission")


def test_a_level_names_the_entries_that_it_rests_on() -> None:
    position = rm.levels_of(shipped("RUS"), REPRESENTATION).on("2026-05-28")
    assert [(one["what"], one["date"]) for one in position.to_dict()["entries"]] == [
        ("act accept_ambassador", "2025-07-03"),
        ("signal credentials_originals", "2026-01-15"),
    ]
    assert position.basis is rm.Basis.EVIDENCED


def test_entries_after_the_day_are_not_named() -> None:
    position = rm.levels_of(shipped("RUS"), REPRESENTATION).on("2025-12-31")
    assert [entry.date.text for entry in position.entries] == ["2025-07-03"]


def test_level_of_an_assumed_start_is_assumed(replay_of: ReplayOf) -> None:
    position = rm.levels_of(replay_of(TO_A_CHARGE), REPRESENTATION).on("2000-01-01")
    assert position.in_words() == "none since 1996-09-27 (assumed)"
    assert not position.certain
    assert position.entries == ()


def test_level_long_not_heard_of_says_so(replay_of: ReplayOf) -> None:
    position = rm.levels_of(replay_of(TO_A_CHARGE), REPRESENTATION).on("2025-12-31")
    assert position.basis is rm.Basis.SILENT
    assert position.in_words() == (
        "chargé d'affaires since 2023-05-01 to 2023-05-20 (last heard 2023-05-01..2023-05-20)"
    )


def test_uncertain_date_leaves_both_levels(replay_of: ReplayOf) -> None:
    history = rm.levels_of(replay_of(TO_A_CHARGE), REPRESENTATION)
    position = history.on("2023-05-10")
    assert [level.level for level in position.levels] == ["mission", "charge"]
    assert position.level is None
    assert history.on("2023-05-20").level is REPRESENTATION.named("charge")


def test_order_of_the_file_narrows_when_a_level_begins(replay_of: ReplayOf) -> None:
    replay = replay_of(
        """
        - {act: engage, date: 2021-09..2021-11, evidence: [$host]}
        - {signal: diplomat_accepted, date: 2021-10-15, evidence: [$host]}
        """
    )
    history = rm.levels_of(replay, REPRESENTATION)
    assert history.on("2021-10-15").level is REPRESENTATION.named("mission")
    assert [level.level for level in history.on("2021-10-14").levels] == ["none", "contact"]


@pytest.mark.parametrize("end", ["break_off", "ban"])
def test_the_end_of_dealings_ends_every_rank(end: str, replay_of: ReplayOf) -> None:
    replay = replay_of(TO_A_CHARGE + f"    - {{act: {end}, date: 2024-01-01, evidence: [$host]}}")
    assert levels(replay)[-1] == ("none", "2024-01-01")


def test_the_fall_of_the_emirate_ends_every_rank(replay_of: ReplayOf) -> None:
    replay = replay_of(
        """
        - {act: engage, date: 1997-01-01, evidence: [$host]}
        - {signal: charge_accepted, date: 1998-01-01, evidence: [$host]}
        - {act: lapse, date: 2001-12-07, evidence: [$press]}
        - {act: engage, date: 2022-01-01, evidence: [$host]}
        """
    )
    assert [level for level, _ in levels(replay)] == [
        "none",
        "contact",
        "charge",
        "none",
        "contact",
    ]


def test_a_chargé_sent_away_leaves_a_mission(replay_of: ReplayOf) -> None:
    replay = replay_of(
        TO_A_CHARGE + "    - {signal: representation_limited, date: 2024-01-01, evidence: [$host]}"
    )
    assert levels(replay)[-1] == ("mission", "2024-01-01")


def test_a_downgrade_leaves_no_more_than_contact(replay_of: ReplayOf) -> None:
    replay = replay_of(
        TO_A_CHARGE
        + "    - {act: accept_ambassador, date: 2023-08-01, evidence: [$host]}\n"
        + "    - {act: downgrade, date: 2024-01-01, evidence: [$host]}"
    )
    assert levels(replay)[-2:] == [("ambassador", "2023-08-01"), ("contact", "2024-01-01")]


def test_a_lower_rank_moves_no_higher_one(replay_of: ReplayOf) -> None:
    replay = replay_of(
        TO_A_CHARGE + "    - {signal: embassy_run_by_kabul, date: 2024-01-01, evidence: [$host]}"
    )
    assert levels(replay)[-1][0] == "charge"


def test_denied_signal_moves_nothing(replay_of: ReplayOf) -> None:
    replay = replay_of(
        """
        - {act: engage, date: 2022-02-01, evidence: [$host]}
        - {signal: charge_accepted, date: 2023-05-01, evidence: [$press, $denial]}
        """
    )
    assert levels(replay)[-1][0] == "contact"


def test_refused_act_moves_nothing(replay_of: ReplayOf) -> None:
    replay = replay_of(
        """
        - {act: engage, date: 2022-02-01, evidence: [$host]}
        - refuse: accept_ambassador
          date: 2023-05-01
          because: not-attested
          evidence: [$press]
        """
    )
    assert levels(replay)[-1][0] == "contact"


def test_levels_known_by_a_day_rest_on_what_was_public(shipped: tuple[rm.Replay, ...]) -> None:
    (russia,) = (one.scenario for one in shipped if one.country == "RUS")
    then = rm.levels_of(rm.replay(russia, known_by="2024-05-28"), REPRESENTATION)
    assert then.last.level is REPRESENTATION.named("charge")


@pytest.mark.parametrize("dates", ["earliest", "latest"])
def test_reading_of_dates_leaves_one_level(dates: str, replay_of: ReplayOf) -> None:
    replay = replay_of(TO_A_CHARGE).read(dates)  # type: ignore[arg-type]
    charge = rm.levels_of(replay, REPRESENTATION).on("2023-05-10")
    assert charge.level is REPRESENTATION.named("charge" if dates == "earliest" else "mission")


@pytest.mark.parametrize("name", shipped_scales())
def test_level_of_a_shipped_country_can_be_held_in_a_state_of_the_day(
    name: str, shipped: tuple[rm.Replay, ...]
) -> None:
    scale = rm.load_scale(name)
    for replay in shipped:
        history = rm.levels_of(replay, scale)
        ends = {day for pair in (*history.bounds, *replay.history.bounds) for day in pair}
        for day in sorted(end for end in ends if 700_000 < end < 750_000):
            on = date.fromordinal(day)
            for at in (on - timedelta(1), on):
                states, at_level = replay.history.on(at).states, history.on(at)
                held = {level.level for state in states for level in scale.held_in(state)}
                assert {level.level for level in at_level.levels} <= held, (replay.country, at)
                assert bool(states) == bool(at_level.spells)


@given(scenario=scenarios(), dates=st.sampled_from(["all", "earliest", "latest"]))
@settings(max_examples=examples(60))
@pytest.mark.parametrize("name", shipped_scales())
def test_generated_scenario_has_a_level_that_its_last_state_allows(
    name: str, scenario: rm.Scenario, dates: str
) -> None:
    scale = rm.load_scale(name)
    replay = rm.replay(scenario).read(dates)  # type: ignore[arg-type]
    history = rm.levels_of(replay, scale)
    assert history.last.level.held_in.takes(replay.history.last.state)
    assert all(first <= last for first, last in history.bounds)
    for side in zip(*history.bounds, strict=True):
        assert list(side) == sorted(side)
