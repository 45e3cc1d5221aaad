"""One scenario under every belief, on arrays: the machine, on scenarios really changed, agrees."""

from __future__ import annotations

from itertools import product, takewhile

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, PRESS, act, record, refused
from support.universes import STRICT, TABLES, TRUSTING, believed

import recognition_model as rm
from recognition_model.core.stages import Reason
from recognition_model.engine.universes import Beliefs, Grade, deeds_of, taken
from recognition_model.io.loader import load_folder
from recognition_model.testing import scenarios

VOICES = ("press", "other_state", "taliban", "host")
GRADES = ("F6", "C3", "B2", "A1")
SHIPPED = load_folder().all_scenarios


def options_of(scenario: rm.Scenario) -> Beliefs:
    sources = {item.source.id for deed in deeds_of(scenario) for item in deed.evidence}
    return Beliefs(
        tables=TABLES,
        voices=[rm.Voice(word) for word in VOICES],
        grades=[Grade.parse(grade) for grade in GRADES],
        tried=(False, True),
        without=(None, *sorted(sources)),
    )


def course(scenario: rm.Scenario, table: rm.RuleTable) -> list[tuple[str, str, rm.State]]:
    changes = rm.replay(scenario, rules=table, invariants=()).changes
    return [(str(change.date), str(change.act), change.after) for change in changes]


def differences(scenario: rm.Scenario, chosen: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The universes among those chosen in which the array and the machine differ."""
    beliefs = options_of(scenario)
    run = taken(scenario, beliefs)
    wrong = []
    for places in chosen:
        rules, voice, grade, tried, source = places
        changed = believed(
            scenario,
            voice=VOICES[voice],
            grade=GRADES[grade],
            tried=bool(tried),
            without=beliefs.without[source],
        )
        found = [
            (
                str(run.deeds[at].date),
                str(getattr(run.deeds[at], "act", "") or run.deeds[at].refuse),
                state,
            )
            for at, state in run.courses[run.which[places]]
        ]
        if found != course(changed, TABLES[rules]):
            wrong.append(places)
    return wrong


@settings(max_examples=examples(60))
@given(st.data())
def test_array_takes_what_machine_takes_in_made_up_scenarios(data: st.DataObject) -> None:
    scenario = data.draw(scenarios())
    axes = [range(size) for size in options_of(scenario).shape]
    every = list(product(*axes))
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=8))
    assert differences(scenario, chosen) == []


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda one: one.country)
def test_array_takes_what_machine_takes_in_shipped_record(scenario: rm.Scenario) -> None:
    axes = [range(size) for size in options_of(scenario).shape]
    every = list(product(*axes))
    assert differences(scenario, every[:: max(1, len(every) // 12)]) == []


SHARED = tuple(evolve(OFFICIAL.source, id=f"shared-{number}") for number in range(3))


@st.composite
def of_shared_sources(draw: st.DrawFn) -> rm.Scenario:
    """A scenario whose acts rest on three sources that they share, some with doubts of others."""

    def extra() -> rm.Evidence:
        doubts = draw(st.integers(0, 5)) == 0
        voices = VOICES[:3] if doubts else VOICES  # the host alone takes an act back
        return evolve(
            OFFICIAL,
            source=draw(st.sampled_from(SHARED)),
            voice=rm.Voice(draw(st.sampled_from(voices))),
            bearing=rm.Bearing.DISPUTES if doubts else rm.Bearing.SUPPORTS,
        )

    scenario = draw(scenarios())
    steps = []
    for line, step in enumerate(scenario.timeline, start=1):
        if isinstance(step, rm.ActStep):
            own = (evolve(one, source=draw(st.sampled_from(SHARED))) for one in step.evidence)
            more = (extra() for _ in range(draw(st.integers(0, 2))))
            step = evolve(step, evidence=(*own, *more), place=rm.Place("FJI.yaml", line))
        steps.append(step)
    return evolve(scenario, timeline=tuple(steps))


@settings(max_examples=examples(60))
@given(of_shared_sources())
def test_leaving_out_a_source_that_disputes_nothing_leaves_a_subset_of_the_acts(
    scenario: rm.Scenario,
) -> None:
    acts = [one for one in scenario.timeline if isinstance(one, rm.ActStep) and not one.deprecated]
    for table, source in product(TABLES, SHARED):
        citing = {one.place: [e for e in one.evidence if e.source == source] for one in acts}
        disputes = any(not item.supports for items in citing.values() for item in items)
        plain = rm.replay(scenario, rules=table, invariants=()).changes
        if disputes or len(plain) < len(acts):
            assert disputes or table == STRICT  # the others take all acts of these scenarios
            continue
        changed = believed(scenario, without=source.id)
        left = rm.replay(changed, rules=table, invariants=()).changes
        before = {change.place: change for change in plain}
        # A subset, act by act; and no act is better attested than with the source.
        for change in left:
            with_it = before[change.place]
            assert (change.act, change.date) == (with_it.act, with_it.date)
            assert change.attestation <= with_it.attestation
        # The histories are the same up to the first act that rested on the source.
        both = takewhile(lambda two: two[0] == two[1], zip(plain, left, strict=False))
        if plain != left:
            assert citing[plain[len([*both])].place]
        run = taken(scenario, Beliefs(tables=(table,), without=(None, source.id)))
        course = run.courses[run.which[0, 0, 0, 0, 1]]
        assert [run.deeds[at].place for at, _ in course] == [change.place for change in left]


def test_leaving_out_a_source_loses_its_acts_and_those_that_need_them() -> None:
    """The property above is not empty: one act falls, and the next finds no stage to begin from."""
    own, other = (evolve(OFFICIAL, source=source) for source in SHARED[:2])
    steps = act("engage", "2022-01-01", own), act("accept_ambassador", "2022-02-01", other)
    scenario = record(*steps, act("engage", "2022-03-01", other)).scenario
    # The third act repeats the first: so it is refused, until the first is left out.
    with_all, without = (
        [change.act.value for change in rm.replay(one, invariants=()).changes]
        for one in (scenario, believed(scenario, without=SHARED[0].id))
    )
    assert with_all == ["engage", "accept_ambassador"]
    assert without == ["engage"]


def test_report_counts_only_where_it_is_tried_and_the_table_believes_it() -> None:
    claimed = evolve(OFFICIAL, voice=rm.Voice.TALIBAN)
    report = evolve(refused("accept_ambassador"), because=Reason.NOT_ATTESTED, evidence=(claimed,))
    scenario = record(act("engage", "2022-01-01"), report).scenario
    run = taken(scenario, Beliefs(tables=(rm.RULES, TRUSTING), tried=(False, True)))
    stages = [
        [run.courses[one][-1][1].stage.value for one in row] for row in run.which[:, 0, 0, :, 0]
    ]
    assert stages == [["engaged", "engaged"], ["engaged", "ambassador_accepted"]]


def test_report_refused_for_another_reason_is_never_tried() -> None:
    report = evolve(refused("recognise"), because=Reason.BAN_IN_FORCE)
    scenario = record(act("engage", "2022-01-01"), report).scenario
    assert [str(deed.label) for deed in deeds_of(scenario)] == ["act engage"]


def test_host_that_disputes_counts_until_its_source_is_left_out() -> None:
    source = evolve(OFFICIAL.source, id="denial")
    denial = evolve(OFFICIAL, source=source, bearing=rm.Bearing.DISPUTES)
    scenario = record(act("engage", "2022-01-01", PRESS, denial)).scenario
    run = taken(scenario, Beliefs(tables=(rm.RULES,), without=(None, "denial", "yearbook")))
    assert [len(run.courses[one]) for one in run.which[0, 0, 0, 0]] == [0, 1, 0]


def test_lapse_counts_whatever_is_believed() -> None:
    steps = act("engage", "2000-01-01"), act("lapse", "2001-12-07", PRESS)
    scenario = record(*steps, begins="1996-09-27", until="2002-01-01").scenario
    only_host = Beliefs(tables=(rm.RULES,), voices=(rm.Voice.HOST,), grades=(Grade.parse("B2"),))
    run = taken(scenario, only_host)
    assert [state.stage.value for _, state in run.courses[0]] == ["engaged", "hostile"]


@pytest.mark.parametrize("text", ["", "B", "G1", "B7", "2B", "B22"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a letter A to F and a digit 1 to 6"):
        Grade.parse(text)


def test_scenario_without_deeds_has_one_empty_course() -> None:
    run = taken(record().scenario, Beliefs(tables=TABLES, tried=(False, True)))
    assert run.courses == ((),)
    assert run.which.shape == (3, 1, 1, 2, 1)
