"""Exhaustive search of a rule table: reachable states, shortest paths, counterexamples."""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

import recognition_model as rm
from recognition_model import RULES, Act, Attestation, Ban, Rule, RuleTable, Stage, State
from recognition_model.analysis.model_checking import (
    NO_RELATIONS,
    Monitors,
    dead,
    explore,
    first_difference,
    moves,
    reachable,
    voice_sets,
)
from recognition_model.engine.counterexamples import a_history
from recognition_model.engine.monitors import Invariant, Monitor
from recognition_model.testing import rule_tables

SYMBOLS = list(product(Act, Attestation))


def walked(table: RuleTable, acts: list[tuple[Act, Attestation]]) -> State:
    state = NO_RELATIONS
    for act, attestation in acts:
        rule = table.taking(state, act, attestation)
        state = rule.move(state) if rule else state
    return state


def test_eleven_states_are_reachable_by_these_shortest_paths() -> None:
    ways = {str(s): [move.act.value for move in way] for s, way in reachable(RULES).items()}
    assert ways == {
        "hostile, no ban documented": [],
        "banned, ban in force": ["ban"],
        "engaged, no ban documented": ["engage"],
        "engaged, ban in force": ["ban", "engage"],
        "delisted, ban lifted": ["ban", "delist"],
        "ambassador_accepted, no ban documented": ["engage", "accept_ambassador"],
        "de_jure_recognition, no ban documented": ["engage", "recognise"],
        "ambassador_accepted, ban lifted": ["ban", "delist", "accept_ambassador"],
        "de_jure_recognition, ban lifted": ["ban", "delist", "recognise"],
        "hostile, ban lifted": ["ban", "delist", "break_off"],
        "engaged, ban lifted": ["ban", "delist", "accept_ambassador", "downgrade"],
    }


def test_paths_lead_to_their_states_and_are_shortest() -> None:
    ways = reachable(RULES)
    for state, way in ways.items():
        assert walked(RULES, [(move.act, move.attestation) for move in way]) == state
    short: set[State] = set()
    for length in range(3):
        ends = {walked(RULES, list(acts)) for acts in product(SYMBOLS, repeat=length)}
        short |= ends
        assert short == {state for state, way in ways.items() if len(way) <= length}


@settings(max_examples=examples(40))
@given(rule_tables())
def test_reachable_equals_fixpoint_of_steps(table: RuleTable) -> None:
    there = {NO_RELATIONS}
    for _ in range(18):  # there are no more states than that
        there |= {walked_on for s in there for walked_on in (m.after for m in moves(table, s))}
    assert set(reachable(table)) == there
    firing = {m.rule for s in there for m in moves(table, s) if m.rule}
    assert set(dead(table)) == set(table) - firing


@settings(max_examples=examples(40))
@given(rule_tables(), rule_tables())
def test_first_difference_is_shortest_and_none_means_equivalent(
    one: RuleTable, other: RuleTable
) -> None:
    """Pairs of states, stepped together, are the oracle."""
    found = first_difference(one, other)
    together = {(NO_RELATIONS, NO_RELATIONS)}
    parting = None
    for length in range(19):
        steps = [(a, b) for s, t in together for a, b in zip(moves(one, s), moves(other, t))]  # noqa: B905
        if any(a.after != b.after or bool(a.rule) != bool(b.rule) for a, b in steps):
            parting = length
            break
        together |= {(a.after, b.after) for a, b in steps}
    if found is None or not found.moves:
        assert parting is None
        told = {
            len(way): one.reasons(s, act, level) == other.reasons(s, act, level)
            for s, way in reversed(reachable(one).items())
            for act, level in SYMBOLS
            if one.reasons(s, act, level) != other.reasons(s, act, level)
        }
        assert (None if found is None else len(found.way)) == min(told, default=None)
    else:
        assert parting == len(found.way)
        acts = [(move.act, move.attestation) for move in found.way]
        assert walked(one, acts) == walked(other, acts) == found.one.before == found.other.before
        assert (found.one.after, bool(found.one.rule)) != (
            found.other.after,
            bool(found.other.rule),
        )


def test_rule_order_makes_no_difference() -> None:
    assert first_difference(RULES, RuleTable(tuple(reversed(RULES.rules)))) is None


# --- dead rules -----------------------------------------------------------------------------------


def a_rule(code: str, **parts: object) -> Rule:
    return evolve(RULES["R02"], code=code, **parts)


def test_no_rule_of_the_table_is_dead() -> None:
    assert dead(RULES) == ()


def test_rule_for_unreachable_state_is_dead() -> None:
    lifted = a_rule("T1", act=Act.DOWNGRADE, before=(Stage.DELISTED,))
    table = RuleTable((RULES["R02"], lifted))
    assert dead(table) == (lifted,)


# --- voices -------------------------------------------------------------------------------------


def test_every_set_of_voices_for_and_against_is_tried() -> None:
    """Four voices, each for or against: 2**8 sets. Counted by hand from what they amount to."""
    counts = {level.value: len(sets) for level, sets in voice_sets().items()}
    assert counts == {
        "official": 64,  # the host for, not against; six others as they will
        "claimed": 48,  # no host; Taliban or another state for (3 of 4); four others as they will
        "reported": 8,  # the press for, no voice above it; three against as they will
        "none": 256 - 64 - 48 - 8,
    }


# --- invariants over all sequences ----------------------------------------------------------------


def counting(limit: int) -> Invariant:
    """An invariant that there are never more than so many bans."""

    def after(bans: int, change: rm.Change) -> tuple[int, str]:
        bans = min(bans + (change.act is Act.BAN), limit + 1)
        return bans, f"{bans} bans" if bans > limit else ""

    monitor = Monitor(begins=lambda _: (0, ""), after=after)
    return Invariant(
        code="XX01",
        name="few_bans",
        why="Made up.",
        check=monitor.check,
        monitor=monitor,
        broken_by=lambda: a_history((Act.BAN, Stage.BANNED, Ban.IN_FORCE)),
    )


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_violation_after_several_cycles_is_found_by_shortest_path(limit: int) -> None:
    """A ban can follow a ban once it is lifted: two acts for each but the last."""
    invariant = counting(limit)
    found = explore(RULES, [invariant]).refuted["XX01"]
    assert [change.act.value for change in found.changes] == ["ban", "delist"] * limit + ["ban"]
    assert found.message == f"{limit + 1} bans"
    (violation,) = invariant.violations(found.history())
    assert violation.at == len(found.changes) - 1


def test_counterexample_names_the_voices_of_each_act() -> None:
    invariant = counting(0)
    assert str(explore(RULES, [invariant]).refuted["XX01"]) == "ban (host): 1 bans"


def test_monitor_with_unbounded_memory_raises_error() -> None:
    def after(count: int, _: rm.Change) -> tuple[int, str]:
        return count + 1, ""

    monitor = Monitor(begins=lambda _: (0, ""), after=after)
    endless = evolve(counting(0), code="XX02", name="endless", monitor=monitor)
    with pytest.raises(ValueError, match=r"monitor of XX02 endless has too many states"):
        explore(RULES, [counting(3), endless])


def test_the_shipped_invariants_hold_over_all_sequences() -> None:
    explored = explore(RULES, rm.INVARIANTS)
    assert explored.refuted == {}
    assert explored.states == 11


def test_invariant_about_start_is_refuted_without_acts() -> None:
    under_a_ban = State(Stage.AMBASSADOR_ACCEPTED, Ban.IN_FORCE)
    found = explore(RULES, rm.INVARIANTS, under_a_ban).refuted["RM601"]
    assert found.changes == ()
    assert str(found).startswith("start ambassador_accepted, ban in force: ")


@settings(max_examples=examples(30))
@given(rule_tables(), st.data())
def test_counterexample_breaks_invariant_and_is_shortest(
    table: RuleTable, data: st.DataObject
) -> None:
    invariant = data.draw(st.sampled_from([p for p in rm.INVARIANTS if p.monitor]))
    found = explore(table, Monitors([invariant])).refuted.get(invariant.code)
    if found is not None:
        history = found.history()
        assert invariant.violations(history)[-1].at == len(history.changes) - 1
        for change in history.changes:
            taking = table.taking(change.before, change.act, change.attestation)
            assert taking is not None
            assert taking.code == change.rule
    least = len(found.changes) if found else 3
    for acts in (
        some for length in range(min(least, 3)) for some in product(SYMBOLS, repeat=length)
    ):
        assert not invariant.violations(told(table, acts)), acts


def told(table: RuleTable, acts: tuple[tuple[Act, Attestation], ...]) -> rm.History:
    """A history of the acts that a table takes, each on the fewest voices that will do."""
    state, changes = NO_RELATIONS, []
    for act, attestation in acts:
        rule = table.taking(state, act, attestation)
        if rule is None:
            continue
        changes.append(
            rm.Change(
                date=rm.When.parse("2024-05-01"),
                act=act,
                rule=rule.code,
                before=state,
                after=rule.move(state),
                attestation=attestation,
                evidence=voice_sets()[attestation][0],
            )
        )
        state = rule.move(state)
    empty = a_history()
    return evolve(empty, changes=tuple(changes))
