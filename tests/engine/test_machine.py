"""The machine: it agrees with the table, and each guard around `transitions` works.

A test named `test_bare_library_...` shows what the library does without a guard, so the reason for
the guard stays checked. If one of those fails, a newer `transitions` may need fewer guards.
"""

from __future__ import annotations

import logging
import shutil
from itertools import chain, product

import attrs
import pytest
import transitions
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act, Ban, Stage, State
from recognition_model.engine.machine import Machine
from recognition_model.engine.rules import RULES, Rule, RuleTable, RuleTableError
from recognition_model.testing import rule_tables

STATES = [State(stage, ban) for stage, ban in product(Stage, Ban)]
NO_RELATIONS = State(Stage.HOSTILE, Ban.NONE)
MACHINE = Machine()
LIBRARY = MACHINE._library


def takes_one_step(machine: Machine, state: State, act: Act, attestation: Attestation):
    relationship = machine.relationship(state)
    rule = relationship.attempt(act, attestation)
    return rule, relationship.current


# --- the machine and the table are one ---------------------------------------------------------


def test_machine_agrees_with_table_in_every_case():
    for case in product(STATES, Act, Attestation):
        rule = RULES.taking(*case)
        assert takes_one_step(MACHINE, *case) == (rule, rule.move(case[0]) if rule else case[0])


@settings(max_examples=examples(30))
@given(rule_tables())
def test_machine_agrees_with_any_valid_table(table):
    machine = Machine(table)
    for case in product(STATES, Act, Attestation):
        rule = table.taking(*case)
        assert takes_one_step(machine, *case) == (rule, rule.move(case[0]) if rule else case[0])


@settings(max_examples=examples(50))
@given(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Attestation)), max_size=12))
def test_machine_follows_the_table_over_many_acts(walk):
    relationship, state = MACHINE.relationship(NO_RELATIONS), NO_RELATIONS
    for act, attestation in walk:
        rule = RULES.taking(state, act, attestation)
        state = rule.move(state) if rule else state
        assert relationship.attempt(act, attestation) is rule
        assert relationship.current == state
    assert repr(relationship) == f"<Relationship: {state}>"


def test_machine_has_the_table_it_was_made_from():
    table = RuleTable((RULES["R01"],))
    assert Machine(table).table is table
    assert Machine().table is RULES


def test_act_without_rule_moves_nothing():
    machine = Machine(RuleTable((RULES["R01"],)))
    for act in set(Act) - {Act.BAN}:
        assert takes_one_step(machine, NO_RELATIONS, act, Attestation.OFFICIAL) == (
            None,
            NO_RELATIONS,
        )


@pytest.mark.parametrize(
    ("act", "attestation", "said"),
    [
        ("engage", Attestation.OFFICIAL, "the act must be an Act, not 'engage'; write Act.ENGAGE"),
        ("visit", Attestation.OFFICIAL, "the act must be an Act, not 'visit'$"),
        (None, Attestation.OFFICIAL, "the act must be an Act, not None"),
        (
            Act.ENGAGE,
            "official",
            "the attestation must be an Attestation, not 'official'; write Attestation.OFFICIAL",
        ),
    ],
)
def test_attempt_with_a_word_raises_type_error(act, attestation, said):
    relationship = MACHINE.relationship(NO_RELATIONS)
    with pytest.raises(TypeError, match=said):
        relationship.attempt(act, attestation)
    assert relationship.current == NO_RELATIONS


def test_relationship_starts_in_a_state_only():
    with pytest.raises(TypeError, match="a relationship starts in a State, not 'hostile'"):
        MACHINE.relationship("hostile")


# --- fence: nothing walks past the rules -------------------------------------------------------


def test_the_machine_has_one_trigger_per_act_and_no_way_straight_to_a_stage():
    assert set(LIBRARY.events) == {act.value for act in Act}
    assert LIBRARY.auto_transitions is False
    assert set(LIBRARY.states) == {stage.value for stage in Stage}
    relationship = MACHINE.relationship(NO_RELATIONS)
    relationship.attempt(Act.ENGAGE, Attestation.OFFICIAL)
    for holder in (relationship, relationship._model, MACHINE):
        bound = {name for name in dir(holder) if not name.startswith("__")}
        assert not [name for name in bound if name.startswith(("to_", "may_", "is_", "trigger"))]


def test_a_state_cannot_be_assigned():
    relationship = MACHINE.relationship(NO_RELATIONS)
    recognised = State(Stage.DE_JURE_RECOGNITION, Ban.NONE)
    for name, value in {"current": recognised, "state": "banned", "stage": Stage.BANNED}.items():
        with pytest.raises(AttributeError):
            setattr(relationship, name, value)
    assert relationship.current == NO_RELATIONS


def test_bare_library_allows_jumps_and_assignment():
    plain = transitions.Machine(states=["hostile", "banned"], initial="hostile")
    plain.to_banned()
    assert plain.state == "banned"
    plain.state = "hostile"
    assert plain.is_hostile()


# --- fence: a guard answers True or False ------------------------------------------------------


@pytest.mark.parametrize("answer", [1, 0, 2, "yes", None])
def test_guard_not_returning_bool_raises_rule_table_error(monkeypatch, answer):
    monkeypatch.setattr(Rule, "admits", lambda *_: answer)
    relationship = MACHINE.relationship(NO_RELATIONS)
    with pytest.raises(RuleTableError, match="R02: a guard must return True or False"):
        relationship.attempt(Act.ENGAGE, Attestation.OFFICIAL)
    assert relationship.current == NO_RELATIONS


def plain_machine(**options) -> transitions.Machine:
    guard = options.pop("conditions", None)
    plain = transitions.Machine(states=["hostile", "banned"], initial="hostile", **options)
    plain.add_transition("ban", "hostile", "banned", conditions=guard)
    return plain


@pytest.mark.parametrize(("answer", "moves"), [(1, True), (2, False), ("yes", False)])
def test_bare_library_accepts_some_truthy_guards_only(answer, moves):
    assert plain_machine(conditions=lambda: answer).ban() is moves


def test_exception_in_guard_propagates_and_state_stays(monkeypatch):
    relationship = MACHINE.relationship(NO_RELATIONS)
    with monkeypatch.context() as broken:
        broken.setattr(Rule, "admits", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            relationship.attempt(Act.ENGAGE, Attestation.OFFICIAL)
    assert relationship.current == NO_RELATIONS
    assert relationship.attempt(Act.ENGAGE, Attestation.OFFICIAL) is RULES["R02"]


# --- fence: light models that the library never registers --------------------------------------


def test_relationships_are_independent_and_unregistered():
    relationships = [MACHINE.relationship(NO_RELATIONS) for _ in range(20)]
    relationships[7].attempt(Act.ENGAGE, Attestation.REPORTED)
    stages = [relationship.current.stage for relationship in relationships]
    assert stages[7] is Stage.ENGAGED
    assert stages[:7] + stages[8:] == [Stage.HOSTILE] * 19
    assert LIBRARY.models == []  # so that no search through them grows with their number


def test_bare_library_merges_equal_models_and_rejects_slots():
    @attrs.define(slots=False)
    class Country:
        name: str = "RUS"

    first, second = Country(), Country()
    plain_machine(model=[first, second])
    assert hasattr(first, "ban")
    assert not hasattr(second, "ban")

    @attrs.define(slots=True)
    class Slotted:
        name: str = "RUS"

    with pytest.raises(AttributeError, match="trigger"):
        plain_machine(model=Slotted())


# --- fence: callbacks are functions made here, and few -----------------------------------------


def test_every_callback_is_a_function():
    arcs = list(
        chain.from_iterable(chain(*event.transitions.values()) for event in LIBRARY.events.values())
    )
    assert len(arcs) == 4 + 2 + 2 + 2 + 1 + 2 + 1 + 1 + 4 + 1 + 4 + 1  # before, R01 to R12
    for arc in arcs:
        (condition,), (effect,) = arc.conditions, arc.after
        assert callable(condition.func)
        assert condition.target is True
        assert callable(effect)
        assert arc.before == arc.prepare == []
    for state in LIBRARY.states.values():
        assert state.on_enter == state.on_exit == []


def test_bare_library_imports_and_runs_named_callbacks(monkeypatch):
    ran = []
    monkeypatch.setattr(shutil, "rmtree", lambda *_: ran.append("rmtree"))
    plain = transitions.Machine(states=["hostile", "banned"], initial="hostile")
    plain.add_transition("ban", "hostile", "banned", after="shutil.rmtree")
    plain.ban()
    assert ran == ["rmtree"]


def test_machine_has_no_global_callbacks():
    assert LIBRARY.finalize_event == LIBRARY.after_state_change == LIBRARY.on_exception == []
    assert LIBRARY.prepare_event == LIBRARY.before_state_change == LIBRARY.on_final == []


def test_bare_library_swallows_or_delays_failed_checks(caplog):
    def check():
        raise ValueError("an invariant is broken")

    swallowing = plain_machine(finalize_event=check)
    with caplog.at_level(logging.CRITICAL):
        assert swallowing.ban() is True
    late = plain_machine(after_state_change=check)
    with pytest.raises(ValueError, match="invariant"):
        late.ban()
    assert late.state == "banned"


# --- fence: an answer comes at once, and an act out of place is no silence ----------------------


def test_machine_is_unqueued_and_ignores_no_act():
    assert LIBRARY.has_queue is False
    assert not LIBRARY.ignore_invalid_triggers
    assert not any(state.ignore_invalid_triggers for state in LIBRARY.states.values())


def test_bare_library_queue_accepts_refused_act():
    queued = plain_machine(queued=True, conditions=lambda: False)
    assert queued.ban() is True
    assert queued.state == "hostile"
