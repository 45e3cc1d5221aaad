"""The nearest legal record: fewest acts inserted or left out, each on a possible day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

import recognition_model as rm
from recognition_model import RULES, Act, ActStep, Ban, Stage, State, Voice, When
from recognition_model.core.dates import OPEN_END
from recognition_model.core.scenario import Assertion, RefuseStep, Step
from recognition_model.core.stages import Reason
from recognition_model.engine.alignment import Alignment, Insert, LeaveOut, align
from recognition_model.engine.counterexamples import a_history

ReplayOf = Callable[..., rm.Replay]

PROOF = a_history((Act.ENGAGE, Stage.ENGAGED, Ban.NONE)).changes[0].evidence[0]

FORGOTTEN_DELISTING = """
    - act: ban
      date: 2003-02-14
      evidence: [$host]
    - act: engage
      date: 2022-04
      evidence: [$host]
    {between}
    - act: recognise
      date: 2025-07
      evidence: [$host]
"""


def next_best(replay: rm.Replay) -> Alignment:
    (refusal,) = [refusal for refusal in replay.refusals if not refusal.expected]
    assert refusal.next_best is not None
    return refusal.next_best


def test_hint_names_missing_act_and_its_possible_dates(replay_of: ReplayOf) -> None:
    replay = replay_of(FORGOTTEN_DELISTING.format(between=""))
    best = next_best(replay)
    told = "nearest legal record: with a documented delist (R03) between 2022-04 and 2025-07"
    assert str(best) == told
    (found,) = replay.findings
    assert found.hint == f"the ban must be lifted first (R03); {told}"
    (edit,) = best.edits
    assert edit.to_dict() == {
        "insert": "delist",
        "rule": "R03",
        "earliest": "2022-04-01",
        "latest": "2025-07-31",
    }
    refusals = replay.to_dict()["refusals"]
    assert refusals[0]["next_best"] == {"cost": 1, "edits": [edit.to_dict()]}


BETWEEN = {
    "a status": "- status: {ban: in_force}",
    "an expected refusal": "- refuse: recognise\n      because: ban-in-force",
}


@pytest.mark.parametrize("what", BETWEEN)
def test_entries_in_between_narrow_the_possible_dates(what: str, replay_of: ReplayOf) -> None:
    entry = f"{BETWEEN[what]}\n      date: 2024-05-27\n      evidence: [$host]"
    replay = replay_of(FORGOTTEN_DELISTING.format(between=entry))
    assert "delist (R03) between 2024-05-27 and 2025-07" in str(next_best(replay))


def test_signals_and_deprecated_acts_do_not_narrow_the_dates(replay_of: ReplayOf) -> None:
    entry = (
        "- signal: visit\n      date: 2024-05-27\n      evidence: [$host]\n"
        "    - act: ban\n      rank: deprecated\n      because: A false report.\n"
        "      date: 2024-06-01\n      evidence: [$host]"
    )
    replay = replay_of(FORGOTTEN_DELISTING.format(between=entry))
    assert "delist (R03) between 2022-04 and 2025-07" in str(next_best(replay))


def test_interval_is_shown_by_its_outer_days(replay_of: ReplayOf) -> None:
    timeline = FORGOTTEN_DELISTING.format(between="").replace("2022-04", "2022-04..2022-05")
    best = next_best(replay_of(timeline))
    assert "between 2022-04-01 and 2025-07" in str(best)


def test_interval_on_the_far_side_is_shown_by_its_last_day(replay_of: ReplayOf) -> None:
    timeline = FORGOTTEN_DELISTING.format(between="")
    best = next_best(replay_of(timeline.replace("date: 2025-07\n", "date: 2025-06..2025-07\n")))
    assert "between 2022-04 and 2025-07-31" in str(best)


def test_first_of_several_dates_that_bound_a_range_is_named(replay_of: ReplayOf) -> None:
    """Both dates before begin on 1 April, both dates after end on 31 July."""
    told = """
        - act: ban
          date: 2003-02-14
          evidence: [$host]
        - status: {stage: banned}
          date: 2022-04-01..2022-06
          evidence: [$host]
        - act: engage
          date: 2022-04
          evidence: [$host]
        - act: recognise
          date: 2025-07
          evidence: [$host]
        - status: {stage: de_jure_recognition}
          date: 2025-07-31
          evidence: [$host]
    """
    told = str(next_best(replay_of(told)))
    assert told.endswith("a documented delist (R03) between 2022-04-01 and 2025-07")


def test_replay_without_the_nearest_record_refuses_the_same(replay_of: ReplayOf) -> None:
    full = replay_of(FORGOTTEN_DELISTING.format(between=""))
    quick = rm.replay(full.scenario, nearest=False)
    assert quick.outcomes == full.outcomes  # `next_best` is no part of a comparison
    assert [refusal.next_best for refusal in quick.refusals] == [None]
    (found,) = quick.findings
    assert evolve(found, hint=full.findings[0].hint) == full.findings[0]
    assert found.hint == "the ban must be lifted first (R03)"


def test_single_possible_day_is_named(replay_of: ReplayOf) -> None:
    timeline = FORGOTTEN_DELISTING.format(between="").replace("2022-04", "2025-07-03")
    best = next_best(replay_of(timeline.replace("date: 2025-07\n", "date: 2025-07-03\n")))
    assert str(best).endswith("with a documented delist (R03) on 2025-07-03")


def test_hint_is_omitted_if_it_only_drops_the_refused_act(
    replay_of: ReplayOf,
) -> None:
    replay = replay_of("- act: engage\n  date: 2021\n  evidence: [$host]\n"
                       "- act: recognise\n  date: 2024\n  evidence: [$press]\n")  # fmt: skip
    (edit,) = next_best(replay).edits
    assert isinstance(edit, LeaveOut)
    assert edit.to_dict() == {"leave_out": "recognise", "date": "2024", "line": 10}
    assert str(edit) == "without the recognise 2024 (line 10)"
    (found,) = replay.findings
    assert "nearest" not in found.hint


def test_misplaced_act_is_left_out_rather_than_two_inserted(replay_of: ReplayOf) -> None:
    """Delisting needs a ban, and a ban would need lifting again before the ambassador."""
    replay = replay_of("""
        - act: engage
          date: 2021
          evidence: [$host]
        - act: delist
          date: 2022
          evidence: [$host]
        - status: {ban: none}
          date: 2023
          evidence: [$host]
        - act: accept_ambassador
          date: 2024
          evidence: [$host]
    """)
    assert str(next_best(replay)) == "nearest legal record: without the delist 2022 (line 10)"


def test_alignment_prefers_the_wider_range_of_days_at_equal_cost(replay_of: ReplayOf) -> None:
    """Leaving out has no range of days; an engagement may fall from the start to the ambassador."""
    replay = replay_of("- act: accept_ambassador\n  date: 2024-05-27\n  evidence: [$host]\n")
    best = next_best(replay)
    told = "with a documented engage (R02) between 1996-09-27 and 2024-05-27"
    assert str(best) == f"nearest legal record: {told}"
    (edit,) = best.edits
    assert isinstance(edit, Insert)
    assert edit.room == (date(2024, 5, 27) - date(1996, 9, 27)).days + 1


def test_one_alignment_repairs_two_refusals(replay_of: ReplayOf) -> None:
    timeline = """
        - act: accept_ambassador
          date: 2022
          evidence: [$host]
        - act: recognise
          date: 2023
          evidence: [$host]
    """
    replay = replay_of(timeline)
    first, second = replay.refusals
    assert first.next_best == second.next_best
    assert first.next_best is not None
    assert first.next_best.cost == 1
    assert [found.hint.partition("; nearest")[1] for found in replay.findings] == ["; nearest"] * 2


def test_long_list_of_edits_is_shortened_in_text_but_complete_in_data() -> None:
    steps = [step(Act.DELIST, number) for number in range(5)]
    best = aligned(steps)
    assert best.cost == 5
    assert str(best).endswith("and 2 more edits")
    assert len(best.to_dict()["edits"]) == 5


def test_adjoining_ranges_are_merged(replay_of: ReplayOf) -> None:
    """A ban may come before the engagement or after it, and is missing for the delisting."""
    replay = replay_of("""
        - act: engage
          date: 2021-07-08
          evidence: [$host]
        - act: delist
          date: 2025-04-17
          evidence: [$host]
    """, begins="2020-01-01")  # fmt: skip
    told = "with a documented ban (R01) between 2020-01-01 and 2025-04-17"
    assert str(next_best(replay)) == f"nearest legal record: {told}"


def test_open_side_of_a_range_stays_open(replay_of: ReplayOf) -> None:
    timeline = "- act: accept_ambassador\n  date: {}\n  evidence: [$host]\n"
    since = next_best(replay_of(timeline.format("2024.."), begins="..1996"))
    assert str(since).endswith("with a documented engage (R02) by 2026-01-15")
    (edit,) = since.edits
    assert edit.to_dict()["earliest"] is None
    assert isinstance(edit, Insert)
    assert edit.room == 1


def test_range_without_an_end_begins_with_the_entry_before(replay_of: ReplayOf) -> None:
    replay = replay_of(FORGOTTEN_DELISTING.format(between=""))
    (edit,) = next_best(replay).edits
    assert isinstance(edit, Insert)
    assert str(evolve(edit, latest=OPEN_END)) == "with a documented delist (R03) from 2022-04 on"


def aligned_again(replay: rm.Replay) -> Alignment:
    """The alignment of a replay's entries, also where the replay offers none."""
    scenario = replay.scenario
    until = replay.history.documented_until
    return align(RULES, scenario.start, scenario.timeline, until)


def test_act_that_would_change_nothing_has_no_alignment(replay_of: ReplayOf) -> None:
    replay = replay_of("- act: engage\n  date: 2024\n  evidence: [$host]\n", stage="engaged")
    (refusal,) = replay.refusals
    assert refusal.next_best is None


def test_alignment_known_by_a_day_inserts_no_later_act(replay_of: ReplayOf) -> None:
    timeline = """
        - act: engage
          date: 2021
          evidence: [$host]
        - act: accept_ambassador
          date: 2023..
          evidence: [$host]
        - act: accept_ambassador
          date: 2023..
          evidence: [$host]
    """
    cut = replay_of(timeline, known_by="2026-12-31", until="2030-01-01")
    (edit,) = aligned_again(cut).edits
    assert isinstance(edit, Insert)
    assert edit.latest <= date(2026, 12, 31)


def test_status_on_a_day_with_acts_does_not_constrain_the_alignment(
    replay_of: ReplayOf,
) -> None:
    """Any state of that day meets it, here `engaged`, so it narrows no range."""
    replay = replay_of("""
        - act: engage
          date: 2024-05-27
          evidence: [$host]
        - act: accept_ambassador
          date: 2024-05-27
          evidence: [$host]
        - status: {stage: engaged}
          date: 2024-05-27
          evidence: [$host]
        - act: accept_ambassador
          date: 2024-06-27
          evidence: [$host]
    """)
    told = "with a documented downgrade (R08) between 2024-05-27 and 2024-06-27"
    assert str(aligned_again(replay)) == f"nearest legal record: {told}"


def test_expected_refusal_has_no_alignment(replay_of: ReplayOf) -> None:
    replay = replay_of(
        "- refuse: recognise\n  date: 2022\n  because: wrong-stage\n  evidence: [$host]\n"
    )
    (refusal,) = replay.refusals
    assert refusal.next_best is None
    assert replay.to_dict()["refusals"][0]["next_best"] is None


def test_thousands_of_refused_acts_can_be_aligned() -> None:
    steps = [step(Act.WITHDRAW_RECOGNITION, number) for number in range(3000)]
    assert aligned(steps).cost == 3000


# --- against every way there is -----------------------------------------------------------------

BEGINS = date(2000, 1, 1)


def step(act: Act, number: int, voice: Voice = Voice.HOST) -> ActStep:
    day = When.of(BEGINS + timedelta(days=100 * (number + 1)))
    return ActStep(act=act, date=day, evidence=(evolve(PROOF, voice=voice),))


def start(state: State) -> rm.Start:
    return rm.Start(stage=state.stage, ban=state.ban, date=When.of(BEGINS))


def aligned(steps: list[Step], state: State = State(Stage.HOSTILE, Ban.NONE)) -> Alignment:  # noqa: B008
    return align(RULES, start(state), steps, BEGINS + timedelta(days=400_000))


def least_cost(steps: list[Step], state: State) -> int:
    """Breadth first over states after each act, one edit at a time."""
    acts = [one for one in steps if isinstance(one, ActStep)]
    reached = {(0, state)}
    cost = 0
    while True:
        more = set(reached)
        while more:  # keeping acts is free
            kept = set()
            for at, here in more:
                if at < len(acts):
                    rule = RULES.taking(here, acts[at].act, acts[at].attestation)
                    kept |= {(at + 1, rule.move(here))} if rule else set()
            more = kept - reached
            reached |= kept
        if any(at == len(acts) for at, _ in reached):
            return cost
        cost += 1
        for at, here in set(reached):
            reached.add((at + 1, here))
            reached |= {
                (at, rule.move(here))
                for rule in RULES
                if not rule.unmet(here, rm.Attestation.OFFICIAL) and rule.act is not Act.LAPSE
            }


STATES = [State(stage, ban) for stage, ban in product(Stage, Ban)]
STEPS = st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Voice)), max_size=7)


@settings(max_examples=examples(200))
@given(STEPS, st.sampled_from(STATES))
def test_alignment_has_least_cost(told: list[tuple[Act, Voice]], state: State) -> None:
    steps: list[Step] = [step(act, number, voice) for number, (act, voice) in enumerate(told)]
    assert aligned(steps, state).cost == least_cost(steps, state)


def mended(steps: list[Step], edits: Alignment) -> list[ActStep]:
    """The acts with the edits made, each insertion on its last possible day."""
    left_out = [edit.step for edit in edits.edits if isinstance(edit, LeaveOut)]
    acts = [
        one for one in steps if isinstance(one, ActStep) and not any(one is x for x in left_out)
    ]
    inserted = [
        ActStep(act=edit.act, date=When.of(edit.latest), evidence=(PROOF,))
        for edit in edits.edits
        if isinstance(edit, Insert)
    ]
    for new in inserted:
        at = next((i for i, old in enumerate(acts) if old.date.earliest >= new.date.earliest), None)
        acts.insert(len(acts) if at is None else at, new)
    return acts


@settings(max_examples=examples(200))
@given(STEPS, st.sampled_from(STATES))
def test_record_is_legal_after_applying_the_edits(
    told: list[tuple[Act, Voice]], state: State
) -> None:
    """Insertions in one gap have an order of their own, which dates alone do not show."""
    steps: list[Step] = [step(act, number, voice) for number, (act, voice) in enumerate(told)]
    best = aligned(steps, state)
    insertions = [edit for edit in best.edits if isinstance(edit, Insert)]
    if any(a.latest >= b.earliest and a.latest >= b.latest for a, b in pairwise(insertions)):
        return  # in one gap: covered by the cost above
    scenario = rm.Scenario(
        country="AFG",
        title="Made up",
        start=start(state),
        documented_until=date(3000, 1, 1),
        timeline=tuple(mended(steps, best)),
    )
    assert rm.replay(scenario).refusals == ()


@settings(max_examples=examples(100))
@given(STEPS, st.sampled_from(STATES))
def test_cost_is_zero_exactly_if_nothing_is_refused(
    told: list[tuple[Act, Voice]], state: State
) -> None:
    steps = [step(act, number, voice) for number, (act, voice) in enumerate(told)]
    scenario = rm.Scenario(
        country="AFG",
        title="Made up",
        start=start(state),
        documented_until=date(3000, 1, 1),
        timeline=tuple(steps),
    )
    refused = rm.replay(scenario).refusals
    assert (aligned([*steps], state).cost == 0) is (refused == ())


@given(STEPS, st.sampled_from(STATES))
def test_no_lapse_is_suggested(told: list[tuple[Act, Voice]], state: State) -> None:
    """It is no party's act, and falls on the day on which the authority ended."""
    steps: list[Step] = [step(act, number, voice) for number, (act, voice) in enumerate(told)]
    inserted = [edit.act for edit in aligned(steps, state).edits if isinstance(edit, Insert)]
    assert Act.LAPSE not in inserted


def day(number: int) -> date:
    return step(Act.ENGAGE, number).date.earliest


@pytest.mark.parametrize(
    ("said", "act", "earliest"),
    [
        # Either a ban or a break must come between two engagements; the table has the ban first.
        (None, Act.BAN, day(0)),
        # A ban would have to come after the status; a break may come before it, with more room.
        (Assertion(ban=Ban.NONE), Act.BREAK_OFF, day(0)),
        # Either must come after it, and the table has the ban first.
        (Assertion(stage=Stage.ENGAGED), Act.BAN, day(1)),
    ],
    ids=["nothing said", "no ban", "engaged"],
)
def test_alignment_agrees_with_most_statuses_then_has_most_days(
    said: Assertion | None, act: Act, earliest: date
) -> None:
    status = [] if said is None else [
        rm.StatusStep(status=said, date=When.of(day(1)), evidence=(PROOF,))
    ]  # fmt: skip
    (edit,) = aligned([step(Act.ENGAGE, 0), *status, step(Act.ENGAGE, 2)]).edits
    assert isinstance(edit, Insert)
    assert (edit.act, edit.earliest, edit.latest) == (act, earliest, day(2))


def test_alignment_contradicts_fewest_expected_refusals() -> None:
    """After a break-off or a ban, an engagement is permitted: so that act comes after the day."""
    never = RefuseStep(
        refuse=Act.ENGAGE, because=Reason.WRONG_STAGE, date=When.of(day(1)), evidence=(PROOF,)
    )
    (edit,) = aligned([step(Act.ENGAGE, 0), never, step(Act.ENGAGE, 2)]).edits
    assert isinstance(edit, Insert)
    assert (edit.earliest, edit.latest) == (day(1), day(2))
