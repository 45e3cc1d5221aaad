"""`why`: the chain behind one answer, and what would have turned it."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.fixtures import ReplayOf, ScenarioFrom, Story

import recognition_model as rm
from recognition_model.testing import days, scenarios

# The entries begin in lines 7, 8, ... of the file.
RECORD = """
    - {act: ban, date: 2003-02-14, evidence: [$host]}
    - {act: engage, date: 2018-11-09, evidence: [$press]}
    - {signal: visit, date: 2021-03, evidence: [$host]}
    - {act: recognise, date: 2022, rank: deprecated, because: Made up., evidence: [$press]}
    - {refuse: recognise, date: 2024-05-27, because: ban-in-force, evidence: [$host]}
    - {act: accept_ambassador, date: 2024-06-01, evidence: [$taliban]}
    - {act: delist, date: 2025-04-17, evidence: [$host]}
"""


def numbers(entries: tuple[rm.RecordedEntry, ...]) -> list[int]:
    return [entry.number for entry in entries]


def test_why_lists_changes_heard_entries_and_what_was_set_aside(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD), "2024-05-28")
    assert [(link.entry.line, link.change.rule, link.surely) for link in told.links] == [
        (7, "R01", True),
        (8, "R02", True),
    ]
    assert numbers(told.heard) == [3]
    assert numbers(told.set_aside) == [4, 5]
    assert (told.undated, told.later) == ((), 2)  # 6 and 7 lie after the day
    assert str(told.position) == "engaged"


def test_why_counts_an_entry_of_the_day_itself_as_heard(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD), "2021-03-31")  # the visit was on one day of that month
    assert (numbers(told.heard), told.undated) == ([3], ())
    eve = rm.why(replay_of(RECORD), "2021-03-30")
    assert (eve.heard, numbers(eve.undated)) == ((), [3])


def test_why_names_every_unmet_condition_of_a_refused_act(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD), "2024-07-01").to_dict()
    (refused,) = [one for one in told["set_aside"] if one["entry"] == 6]
    assert (refused["line"], refused["outcome"], refused["expected"]) == (12, "refused", False)
    assert [(unmet["rule"], unmet["reason"], unmet["found"]) for unmet in refused["unmet"]] == [
        ("R04", "ban-in-force", "in_force"),
        ("R04", "not-attested", "claimed"),
    ]
    # The ban would still be in the way of an official voice.
    assert [one["how"] for one in told["otherwise"]] == ["left out"] * 3


CLAIMED = """
    - {act: engage, date: 2018-12-17, evidence: [$host]}
    - {%s: accept_ambassador, date: 2023-10-27, %s evidence: [$taliban%s]}
    - {act: downgrade, date: 2024-02-01, evidence: [$taliban]}
"""
REFUSE = ("refuse", "because: not-attested,")


@pytest.mark.parametrize("entry", [REFUSE, ("act", "")])
def test_why_tells_where_an_official_voice_would_have_led(
    entry: tuple[str, str], replay_of: ReplayOf
) -> None:
    replay = replay_of(CLAIMED % (*entry, ""))
    told = rm.why(replay, "2023-10-27").otherwise
    (spoken,) = [one for one in told if one.how == "official"]
    assert (spoken.entry.number, spoken.turns) == (2, True)
    assert spoken.position.state == rm.State(rm.Stage.AMBASSADOR_ACCEPTED, rm.Ban.NONE)
    eve = rm.why(replay, "2023-10-26").otherwise
    assert [one for one in eve if one.how == "official"] == []


def test_why_tells_of_no_official_voice_that_the_country_denies(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(CLAIMED % (*REFUSE, ", $denial")), "2023-10-27")
    # The denial was the last word heard: the answer is told without it, and without the engagement.
    assert [(one.how, one.entry.number) for one in told.otherwise] == [
        ("left out", 1),
        ("left out", 2),
    ]
    assert [entry.number for entry in told.set_aside] == [2]


def test_why_tells_the_answer_without_each_entry(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD), "2024-05-28")
    # The last entry heard is the refusal in line 11. The one before is the visit of March 2021,
    # more than 730 days before; and without the ban the rules would not refuse.
    assert [
        (one.entry.line, one.turns, str(one.position.state), str(one.position.basis))
        for one in told.otherwise
    ] == [
        (7, True, "engaged, no ban documented", "silent"),
        (8, True, "banned, ban in force", "evidenced"),
        (11, True, "engaged, ban in force", "silent"),
    ]


def test_why_tells_later_acts_refused_without_an_entry(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD), "2025-05-01")
    # Without the ban there is nothing to lift; it can be lifted without an engagement before.
    assert [
        (one.entry.line, one.turns, str(one.position.state), numbers(one.refused))
        for one in told.otherwise
    ] == [
        (7, True, "engaged, no ban documented", [7]),
        (8, False, "delisted, ban lifted", []),
        (13, True, "engaged, ban in force", []),
    ]


def test_why_gives_each_state_that_dates_leave_possible(replay_of: ReplayOf) -> None:
    timeline = """
        - {act: engage, date: 2022-02-01..2022-02-03, evidence: [$host]}
        - {signal: visit, date: 2022-02, evidence: [$host]}
    """
    told = rm.why(replay_of(timeline), "2022-02-02")
    assert [(link.entry.number, link.surely) for link in told.links] == [(1, False)]
    assert numbers(told.undated) == [2]
    assert [state.stage for state, _ in told.acts] == [rm.Stage.HOSTILE, rm.Stage.ENGAGED]
    early = rm.why(replay_of(timeline), "2022-02-02", dates="earliest")
    assert [link.surely for link in early.links] == [True]
    assert [state.stage for state, _ in early.acts] == [rm.Stage.ENGAGED]


def test_why_counts_entries_not_yet_public(scenario_from: ScenarioFrom, story: Story) -> None:
    scenario = scenario_from(story(RECORD))  # all of its sources were public in 2026 only
    told = rm.why(scenario, "2024-05-28", known_by="2025-01-01")
    assert (told.replay.not_yet_public, told.links, told.later) == (7, (), 0)
    assert str(told.position) == "no dealings documented (assumed)"
    assert told.to_dict()["known_by"] == "2025-01-01"


def test_why_without_other_answers_has_the_same_chain(replay_of: ReplayOf) -> None:
    replay = replay_of(CLAIMED % (*REFUSE, ""))
    full, chain = rm.why(replay, "2023-10-27"), rm.why(replay, "2023-10-27", otherwise=False)
    assert len(full.otherwise) == 2  # without the engagement; with an official voice
    assert evolve(full, otherwise=(), untried=2) == chain


def test_why_before_the_record_has_no_chain(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD), "1990-01-01")
    assert (told.links, told.heard, told.set_aside, told.otherwise, told.acts) == ((),) * 5
    assert (told.later, str(told.position)) == (7, "not documented")


def test_why_without_a_day_asks_about_the_last_documented_one(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(RECORD))
    assert (told.day, str(told.position)) == (date(2026, 1, 15), "delisted")


def test_why_refuses_anything_but_a_scenario_or_replay(replay_of: ReplayOf) -> None:
    with pytest.raises(TypeError, match="why takes a Replay or a Scenario, not 'RUS'"):
        rm.why("RUS")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="known_by is for a scenario"):
        rm.why(replay_of(RECORD), known_by="2025-01-01")


def with_entries(scenario: rm.Scenario, kept: list[int], known_by: date | None = None) -> rm.Replay:
    steps = tuple(scenario.timeline[number - 1] for number in kept)
    return rm.replay(evolve(scenario, timeline=steps), known_by=known_by)


@given(scenarios(), st.data())
def test_chain_alone_gives_the_same_answer(scenario: rm.Scenario, data: st.DataObject) -> None:
    replay = rm.replay(scenario)
    day = data.draw(st.one_of(days(), near(replay)))
    told = rm.why(replay, day)
    assert told.position == replay.history.on(day)
    alone = with_entries(scenario, [link.entry.number for link in told.links]).history.on(day)
    assert (alone.states, alone.begun) == (told.position.states, told.position.begun)


@given(scenarios(), st.data())
def test_record_without_an_entry_gives_the_answer_told(
    scenario: rm.Scenario, data: st.DataObject
) -> None:
    known_by = data.draw(st.none() | days())
    replay = rm.replay(scenario, known_by=known_by)
    day = data.draw(st.one_of(days(), near(replay)))
    told = rm.why(scenario, day, known_by=known_by)
    everything = [*range(1, len(scenario.timeline) + 1)]
    now = gist(replay, day)
    pairs = zip(replay.numbers, replay.outcomes, strict=True)
    before = {number for number, outcome in pairs if isinstance(outcome, rm.Refusal)}
    for one in told.otherwise:
        if one.how == "official":
            continue
        other = with_entries(scenario, [n for n in everything if n != one.entry.number], known_by)
        assert one.position == other.history.on(day)
        shifted = evolve(other, numbers=[n + (n >= one.entry.number) for n in other.numbers])
        assert one.turns == (gist(shifted, day) != now)
        assert numbers(one.refused) == [
            entry.number
            for entry in rm.dossier(shifted, day).entries
            if isinstance(entry.outcome, rm.Refusal) and entry.number not in before
        ]


def gist(replay: rm.Replay, day: date) -> tuple[object, ...]:
    """The answer for a day, and at the end of the data, with what began each spell."""
    position = replay.history.on(day)
    pairs = zip(replay.numbers, replay.outcomes, strict=True)
    makers = [(0, ""), *((n, o.rule) for n, o in pairs if isinstance(o, rm.Change))]
    spells = [
        (spell.state, spell.begins.text, maker)
        for spell, maker in zip(replay.history.spells, makers, strict=True)
        if any(spell is possible for possible in position.spells)
    ]
    last = position.last_entry.date.text if position.last_entry else None
    until = replay.history.documented_until
    at_end = str(replay.history.on(until)) if day > until else None
    return str(position), position.begun, spells, position.basis, last, at_end


LAPSED = """
    - {act: engage, date: 1999-01-22, evidence: [$host]}
    - {act: lapse, date: 2001-12-07, evidence: [$press]}
    - {act: engage, date: 2021-10-07, evidence: [$host]}
    - {signal: visit, date: 2021-11-24, evidence: [$host]}
"""


def test_why_tells_that_a_stage_would_have_begun_earlier(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(LAPSED), "2022-01-01")
    # Without the first engagement there is nothing to lapse. Without the lapse the first one goes
    # on, and the second would change nothing.
    assert [
        (one.entry.line, one.turns, str(one.position.spells[-1].begins), numbers(one.refused))
        for one in told.otherwise
    ] == [
        (7, False, "2021-10-07", [2]),
        (8, True, "1999-01-22", [3]),
        (9, True, "2001-12-07", []),
        (10, True, "2021-10-07", []),  # last heard on 2021-10-07
    ]
    data = told.to_dict()["otherwise"][1]
    assert data["standings"] == [
        {"stage": "engaged", "ban": "none", "since": "1999-01-22", "rule": "R02", "line": 7}
    ]
    assert data["last_entry"]["date"] == "2021-11-24"


def test_why_tells_that_another_rule_would_have_led_to_the_stage(replay_of: ReplayOf) -> None:
    timeline = """
        - {act: engage, date: 2018-11-09, evidence: [$host]}
        - {act: accept_ambassador, date: 2025-07-01, evidence: [$host]}
        - {act: recognise, date: 2025-07-03, evidence: [$host]}
    """
    told = rm.why(replay_of(timeline), "2025-08-01").otherwise
    (accepted,) = [one for one in told if one.entry.number == 2]
    (spell,) = accepted.position.spells
    assert (accepted.turns, spell.change and spell.change.rule) == (True, "R06")


@given(scenarios(), st.data())
def test_every_entry_is_told_of_once_or_counted_as_later(
    scenario: rm.Scenario, data: st.DataObject
) -> None:
    told = rm.why(scenario, data.draw(days()))
    named = [link.entry.number for link in told.links]
    named += [e.number for e in (*told.heard, *told.set_aside, *told.undated)]
    assert len(named) == len(set(named)) == len(scenario.timeline) - told.later


def near(replay: rm.Replay) -> st.SearchStrategy[date]:
    """Draw the days on and around which the state can change."""
    ordinals = {day for pair in replay.history.bounds for day in pair}
    around = [o + step for o in ordinals for step in (-1, 0, 1)]
    inside = [o for o in around if 1 <= o <= date.max.toordinal()] or [1]
    return st.sampled_from(sorted(inside)).map(date.fromordinal)
