"""An act that would change nothing says since when, and how to code what happened."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given

import recognition_model as rm
from recognition_model import RULES, Act, Ban, Stage, State, When, next_acts
from recognition_model.core.scenario import SignalStep
from recognition_model.core.stages import STATES
from recognition_model.engine.repeats import coded_as, is_repeat, part_that_is_already
from recognition_model.testing import scenarios

ReplayOf = Callable[..., rm.Replay]

CONTACT = (
    "a further contact is a `signal:` (visit_received, contact_unspecified), which moves nothing"
)
CORRECTED = "; if this is the right date, mark the earlier entry `rank: deprecated`"


def timeline(*acts: str) -> str:
    """Acts as `ban 2003`, each on three lines, the first on line 7."""
    pairs = [act.split() for act in acts]
    return "".join(f"- act: {act}\n  date: {day}\n  evidence: [$host]\n" for act, day in pairs)


@pytest.mark.parametrize(
    ("acts", "head", "since", "hint"),
    [
        (["engage 2021-08-26", "engage 2021-12-19"], {},
         "engaged since 2021-08-26 (line 7)", CONTACT + CORRECTED),
        (["engage 2022", "accept_ambassador 2023", "engage 2024"], {},
         "ambassador_accepted since 2023 (line 10)", CONTACT),
        (["engage 2022"], {"stage": "engaged"},
         "engaged since the start, 2002-01-01 (line 4)", CONTACT),
        (["engage 2022", "accept_ambassador 2023", "accept_ambassador 2024"], {},
         "ambassador_accepted since 2023 (line 10)",
         "a later ambassador is a `signal:` (ambassador_arrived), which moves nothing" + CORRECTED),
        (["engage 2022", "recognise 2023", "recognise 2024"], {},
         "de_jure_recognition since 2023 (line 10)",
         "a further statement is `status: {stage: de_jure_recognition}`" + CORRECTED),
        (["ban 2003", "ban 2004"], {}, "ban in force since 2003 (line 7)",
         "a renewed listing is `status: {ban: in_force}`" + CORRECTED),
        (["ban 2003", "engage 2022", "ban 2023"], {}, "ban in force since 2003 (line 7)",
         "a renewed listing is `status: {ban: in_force}`" + CORRECTED),
        (["ban 2003", "delist 2022", "engage 2023"], {}, "delisted since 2022 (line 10)", CONTACT),
        (["ban 2003", "delist 2022", "delist 2023"], {}, "ban lifted since 2022 (line 10)",
         "a further step off the list is `status: {ban: lifted}`" + CORRECTED),
        (["engage 2021", "break_off 2022", "break_off 2023"], {},
         "no dealings since 2022 (line 10)",
         "a further statement is `status: {below: engaged}`" + CORRECTED),
        (["engage 2022", "accept_ambassador 2023", "downgrade 2024", "downgrade 2025"], {},
         "engaged since 2024 (line 13)",
         "a further statement is `status: {below: ambassador_accepted}`" + CORRECTED),
    ],
)  # fmt: skip
def test_act_that_repeats_what_is_names_the_entry_that_made_it_so(
    acts: list[str], head: dict[str, str], since: str, hint: str, replay_of: ReplayOf
) -> None:
    replay = replay_of(timeline(*acts), **head)
    (found,) = replay.findings
    act, day = acts[-1].split()
    assert (found.code, found.place.line) == ("RM501", 4 + 3 * len(acts))
    assert found.message == f"{act} {day} would change nothing: {since}"
    assert found.hint == hint
    (refusal,) = replay.refusals
    assert refusal.suffices == f"nothing: {since}"
    assert refusal.next_best is None


@pytest.mark.parametrize(
    ("acts", "since"),
    [
        (["break_off 2022"], "no dealings since the start, 1996-09-27 (line 4)"),
        (["engage 2021", "downgrade 2022"], "engaged since 2021 (line 7)"),
        (["engage 2021", "withdraw_recognition 2022"], "engaged since 2021 (line 7)"),
        (["engage 2021", "delist 2022"], "no ban documented since the start, 1996-09-27 (line 4)"),
    ],
)
def test_end_of_what_is_not_there_may_lack_an_entry_before_it(
    acts: list[str], since: str, replay_of: ReplayOf
) -> None:
    (found,) = replay_of(timeline(*acts)).findings
    assert found.code == "RM501"
    assert found.hint.startswith(f"{since}; ")
    assert "nearest legal record: with a documented" in found.hint


def test_words_of_signals_in_messages_are_words_of_the_record() -> None:
    used = {
        step.signal
        for scenario in rm.load_folder().all_scenarios
        for step in scenario.timeline
        if isinstance(step, SignalStep)
    }
    named = {"visit", "contact_denied"}  # in hints of the reader
    for act in Act:
        named |= set(
            re.findall(r"[a-z_]+", coded_as(act).partition("`signal:` (")[2].split(")")[0])
        )
    assert {"contact_unspecified", "ambassador_arrived"} < named
    assert named <= used


REACHABLE = [
    (stage, ban)
    for stage, bans in {
        Stage.HOSTILE: (Ban.NONE, Ban.LIFTED),
        Stage.BANNED: (Ban.IN_FORCE,),
        Stage.ENGAGED: tuple(Ban),
        Stage.DELISTED: (Ban.LIFTED,),
        Stage.AMBASSADOR_ACCEPTED: (Ban.NONE, Ban.LIFTED),
        Stage.DE_JURE_RECOGNITION: (Ban.NONE, Ban.LIFTED),
    }.items()
    for ban in bans
]


@pytest.mark.parametrize(("place", "act"), list(product(REACHABLE, Act)), ids=str)
def test_every_state_and_act_of_the_table_is_a_repeat_or_not(
    place: tuple[Stage, Ban], act: Act
) -> None:
    stage, ban = place
    expected = {
        Act.ENGAGE: stage >= Stage.ENGAGED,
        Act.ACCEPT_AMBASSADOR: stage >= Stage.AMBASSADOR_ACCEPTED,
        Act.RECOGNISE: stage is Stage.DE_JURE_RECOGNITION,
        Act.BAN: ban is Ban.IN_FORCE,
        Act.DELIST: ban is Ban.LIFTED,
    }.get(act, False)
    part = part_that_is_already(act, State(stage, ban), RULES)
    assert (part is not None and is_repeat(act, part, (), RULES)) is expected


def test_next_act_that_would_change_nothing_needs_nothing() -> None:
    acts = {one.act: one for one in next_acts(State(Stage.ENGAGED, Ban.IN_FORCE))}
    assert acts[Act.ENGAGE].suffices == "nothing: engaged already"
    assert acts[Act.BAN].suffices == "nothing: ban in force already"
    assert not acts[Act.ENGAGE].open
    assert acts[Act.DOWNGRADE].suffices == (
        "the stage must be ambassador_accepted first (R04) and the ban must be lifted first (R03)"
    )


def test_act_on_the_word_of_the_taliban_may_stay_a_claim(replay_of: ReplayOf) -> None:
    claimed = "- act: accept_ambassador\n  date: 2023\n  evidence: [$taliban]\n"
    (found,) = replay_of(claimed, stage="engaged").findings
    assert found.hint == (
        "it needs an official voice of the country; the best given is taliban, B3 (yearbook-2026);"
        " if it stays a claim: `refuse: accept_ambassador` with `because: not-attested`, or a"
        " `signal:`"
    )
    refused = claimed.replace("act:", "refuse:").replace(
        "  date", "  because: not-attested\n  date"
    )
    assert replay_of(refused, stage="engaged").ok


@pytest.mark.parametrize(
    ("status", "date", "hint"),
    [
        ("{stage: banned}", "2023",
         "engaged since 2022 (line 10): correct that entry, or this one"),
        ("{ban: none}", "2023",
         "ban in force since 2003 (line 7): correct that entry, or this one"),
        ("{stage: delisted, ban: lifted}", "2023",
         "engaged since 2022 (line 10); or ban in force since 2003 (line 7): correct that entry, or"
         " this one; the status holds from 2025 on (line 16)"),
        ("{at-least: delisted}", "2023",
         "engaged since 2022 (line 10): correct that entry, or this one; the status holds from 2025"
         " on (line 16)"),
    ],
)  # fmt: skip
def test_status_that_fails_names_the_entry_it_contradicts(
    status: str, date: str, hint: str, replay_of: ReplayOf
) -> None:
    entry = f"- status: {status}\n  date: {date}\n  evidence: [$host]\n"
    replay = replay_of(timeline("ban 2003", "engage 2022") + entry + timeline("delist 2025"))
    (found,) = replay.findings
    assert (found.code, found.hint) == ("RM651", hint)


def test_status_before_the_start_says_when_the_record_begins(replay_of: ReplayOf) -> None:
    entry = "- status: {stage: engaged}\n  date: 2021..\n  evidence: [$host]\n"
    (found,) = replay_of(entry, begins="2021", until="2021-12-31", stage="hostile").findings
    assert found.code == "RM651"
    assert found.hint.startswith("no dealings since the start, 2021 (line 4)")


def test_status_before_the_record_says_when_it_begins(replay_of: ReplayOf) -> None:
    entry = "- status: {stage: engaged}\n  date: 2022\n  evidence: [$host]\n"
    scenario = replay_of(entry, begins="2021", stage="engaged").scenario
    (status,) = scenario.timeline
    early = evolve(scenario, timeline=(evolve(status, date=When.parse("1999")),))
    (found,) = rm.replay(early).findings
    assert (found.code, found.hint) == ("RM651", "the record begins on 2021 (line 4)")


SAME_AGAIN = """
- {act: engage, date: 1999-01-22, evidence: [$host]}
- {act: lapse, date: 2001-12-07, evidence: [$press]}
- {act: engage, date: 2021..2022, evidence: [$host]}
- {status: {stage: banned}, date: %s, evidence: [$host]}
"""


@pytest.mark.parametrize(
    ("date", "hint"),
    [
        ("2023-02-02", "engaged since 2021..2022 (line 9): correct that entry, or this one"),
        ("2022-02-02",
         "no dealings since 2001-12-07 (line 8); or engaged since 2021..2022 (line 9): correct that"
         " entry, or this one"),
        # On the day of a change, both states count.
        ("2022-12-31",
         "no dealings since 2001-12-07 (line 8); or engaged since 2021..2022 (line 9): correct that"
         " entry, or this one"),
        ("2023-01-01", "engaged since 2021..2022 (line 9): correct that entry, or this one"),
    ],
)  # fmt: skip
def test_status_that_fails_names_only_entries_possible_on_its_days(
    date: str, hint: str, replay_of: ReplayOf
) -> None:
    (found,) = replay_of(SAME_AGAIN % date).findings
    assert (found.code, found.hint) == ("RM651", hint)


@given(scenarios())
def test_states_of_the_spells_during_a_day_are_those_held_on_it(scenario: rm.Scenario) -> None:
    history = rm.replay(scenario).history
    for change in history.changes:
        during = {spell.state for spell in history.during(change.date)}
        for state in STATES:
            held = history.held(change.date, state.__eq__)
            assert held.possible == (state in during)
