"""`compare`: countries side by side, on the days that their records support."""

import pytest
from attrs import evolve
from support.fixtures import ReplayOf

import recognition_model as rm

RUSSIA = """
    - {act: ban, date: 2003-02-14, evidence: [$host]}
    - {act: engage, date: 2018-11-09, evidence: [$press]}
    - {act: delist, date: 2025-04-17, evidence: [$host]}
"""
PAKISTAN = """
    - {act: engage, date: 1996-10, evidence: [$press]}
    - {act: recognise, date: 1997-05-25, evidence: [$host]}
    - {act: lapse, date: 2001-12-07, evidence: [$press]}
    - {act: engage, date: 2021-09-02..2021-09-04, evidence: [$host]}
"""


def dates(one: object, stage: rm.Stage) -> list[str]:
    return [arrival.spell.begins.text for arrival in dict(one.reached)[stage]]  # type: ignore[attr-defined]


def test_compare_gives_every_time_a_country_reached_a_stage(replay_of: ReplayOf) -> None:
    told = rm.compare([replay_of(RUSSIA), replay_of(PAKISTAN, country="PAK")])
    russia, pakistan = told.countries
    assert dates(russia, rm.Stage.ENGAGED) == ["2018-11-09"]
    assert dates(pakistan, rm.Stage.ENGAGED) == ["1996-10", "2021-09-02..2021-09-04"]
    # Recognition is not an ambassador: nothing says that Pakistan took one.
    assert dates(pakistan, rm.Stage.AMBASSADOR_ACCEPTED) == []
    assert dates(pakistan, rm.Stage.DE_JURE_RECOGNITION) == ["1997-05-25"]
    assert dates(russia, rm.Stage.HOSTILE) == ["1996-09-27"]


def test_compare_counts_a_change_within_a_stage_as_one_stay(replay_of: ReplayOf) -> None:
    # In this table a country that is engaged stays so when it bans the movement.
    ban = rm.RULES["R01"]
    rules = rm.RuleTable(
        (
            evolve(ban, before=(rm.Stage.HOSTILE,)),
            evolve(ban, code="X01", before=(rm.Stage.ENGAGED,), after=rm.Stage.ENGAGED),
            *(rule for rule in rm.RULES if rule is not ban),
        )
    )
    told = replay_of(
        "- {act: engage, date: 2018-11-09, evidence: [$host]}\n"
        "- {act: ban, date: 2020-01-01, evidence: [$host]}\n"
    )
    engaged = rm.replay(told.scenario, rules=rules)
    compared = rm.compare([engaged, replay_of(PAKISTAN, country="PAK")], rules=rules)
    assert dates(compared.countries[0], rm.Stage.ENGAGED) == ["2018-11-09"]
    assert dates(compared.countries[1], rm.Stage.ENGAGED) == ["1996-10", "2021-09-02..2021-09-04"]


def test_compare_orders_changes_by_their_first_possible_day(replay_of: ReplayOf) -> None:
    late = replay_of("- {act: engage, date: 2021-09-01..2021-12-31, evidence: [$host]}\n")
    early = replay_of("- {act: engage, date: 2021-10-01, evidence: [$host]}\n", country="PAK")
    told = rm.compare([early, late])
    assert [move.country for move in told.timeline] == ["RUS", "PAK"]


def test_compare_on_a_day_leaves_out_what_came_later(replay_of: ReplayOf) -> None:
    told = rm.compare([replay_of(RUSSIA), replay_of(PAKISTAN, country="PAK")], "2021-09-03")
    russia, pakistan = told.countries
    assert (russia.position.stage, pakistan.position.stage) == (rm.Stage.ENGAGED, None)
    assert dates(russia, rm.Stage.DELISTED) == []
    arrived = dict(pakistan.reached)[rm.Stage.ENGAGED]
    assert [arrival.surely for arrival in arrived] == [True, False]
    assert [(move.country, move.change.date.text, move.surely) for move in told.timeline] == [
        ("PAK", "1996-10", True),
        ("PAK", "1997-05-25", True),
        ("PAK", "2001-12-07", True),
        ("RUS", "2003-02-14", True),
        ("RUS", "2018-11-09", True),
        ("PAK", "2021-09-02..2021-09-04", False),
    ]


def test_compare_gives_voice_grade_and_acts_that_lead_upward(replay_of: ReplayOf) -> None:
    told = rm.compare(
        [
            replay_of(RUSSIA),
            replay_of("- {signal: visit, date: 2022, evidence: [$host]}\n", country="FJI"),
        ]
    )
    russia, fiji = (one.to_dict() for one in told.countries)
    assert (russia["voice"], russia["grade"]) == ("host", "B3")
    assert (fiji["voice"], fiji["grade"]) == (None, None)  # an assumed start has no voice
    upward = {act["act"]: act["open"] for act in russia["acts"]}
    assert upward == {"accept_ambassador": True, "recognise": True}
    upward = {act["act"]: act["open"] for act in fiji["acts"]}
    assert upward == {
        "engage": True,
        "delist": False,
        "accept_ambassador": False,
        "recognise": False,
    }
    assert told.to_dict()["format"] == "recognition-compare/1"


def test_compare_needs_two_countries_known_by_the_same_day(replay_of: ReplayOf) -> None:
    russia = replay_of(RUSSIA)
    for replays in ([], [russia], [russia, russia]):
        with pytest.raises(ValueError, match="two countries or more, each once"):
            rm.compare(replays)
    known = replay_of(RUSSIA, known_by="2020-01-01", country="PAK")
    with pytest.raises(ValueError, match="known by the same day"):
        rm.compare([russia, known])
