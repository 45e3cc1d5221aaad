"""Mutants of the rule table, and what kills each of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import attrs
import pytest
from attrs import evolve

import recognition_model as rm
from recognition_model import RULES, Act, Attestation, Ban, RuleTable, Stage
from recognition_model.analysis.model_checking import Monitors, first_difference, moves, reachable
from recognition_model.analysis.mutation import (
    Kind,
    Mutant,
    MutantResult,
    killed_by_invariant,
    mutants,
    run_mutants,
)
from recognition_model.analysis.proof import Proof

Story = Callable[..., Any]
MUTANTS = {mutant.id: mutant for mutant in mutants(RULES)}


@pytest.fixture(scope="module")
def shipped(proof: Proof) -> dict[str, MutantResult]:
    return {result.mutant.id: result for result in proof.mutants}


def test_a_mutant_differs_from_the_table_in_one_cell_of_one_rule() -> None:
    for mutant in MUTANTS.values():
        if mutant.table is None:
            assert mutant.refused
            continue
        changed = [(a, b) for a, b in zip(RULES, mutant.table, strict=False) if a != b]
        if mutant.cell == "rule":
            assert list(mutant.table) == [rule for rule in RULES if rule is not mutant.rule]
            continue
        ((before, after),) = changed
        assert before is mutant.rule
        cells = [a.name for a in attrs.fields(rm.Rule) if _cell(before, a) != _cell(after, a)]
        assert cells == [mutant.cell]


def _cell(rule: rm.Rule, cell: attrs.Attribute[object]) -> object:
    return getattr(rule, cell.name)


def test_mutants_cover_every_cell_of_a_rule() -> None:
    """R03: delist, banned or engaged to delisted; ban in force, lifted; official. By hand."""
    changes = [m.id.removeprefix("R03 ") for m in MUTANTS.values() if m.rule.code == "R03"]
    assert sorted(changes) == sorted(
        [
            "before +hostile",
            "before -banned",
            "before -engaged",
            "before +delisted",
            "before +ambassador_accepted",
            "before +de_jure_recognition",
            *(f"after {stage}" for stage in Stage if stage is not Stage.DELISTED),
            "ban_must_be dropped",
            "ban_must_be inverted",
            "ban_must_be +none",
            "ban_must_be -in_force",
            "ban_must_be +lifted",
            "ban_becomes same",
            "ban_becomes none",
            "ban_becomes in_force",
            "needs claimed",
            "rule removed",
        ]
    )


def test_no_two_mutants_are_the_same_table() -> None:
    made = [m.table for m in MUTANTS.values() if m.table is not None]
    assert len(set(made)) == len(made)
    assert RULES not in made


def test_invalid_mutant_is_killed_by_the_table(
    shipped: dict[str, MutantResult],
) -> None:
    overlap = shipped["R06 before +ambassador_accepted"]
    (killer,) = overlap.killers
    assert killer.kind is Kind.TABLE
    assert "both take ambassador_accepted" in killer.message


def test_equivalent_mutant_agrees_in_every_reachable_case(
    shipped: dict[str, MutantResult],
) -> None:
    equivalent = [result.mutant for result in shipped.values() if result.equivalent]
    # By hand: R10 and R12 want a ban in force, which no delisted or higher stage has; and their
    # ban is in force before, so that it may as well become so.
    assert [mutant.id for mutant in equivalent] == [
        "R10 before +delisted",
        "R10 before +ambassador_accepted",
        "R10 before +de_jure_recognition",
        "R10 ban_becomes in_force",
        "R12 before +delisted",
        "R12 before +ambassador_accepted",
        "R12 before +de_jure_recognition",
        "R12 ban_becomes in_force",
    ]
    for mutant in equivalent:
        assert mutant.table is not None
        there = reachable(mutant.table)
        assert there.keys() == reachable(RULES).keys()
        for state in there:
            ours = [move.after for move in moves(RULES, state)]
            assert [move.after for move in moves(mutant.table, state)] == ours
            for act, level in product(Act, Attestation):
                reasons = RULES.reasons(state, act, level)
                assert mutant.table.reasons(state, act, level) == reasons


def test_mutant_with_other_refusal_reason_is_not_equivalent(
    shipped: dict[str, MutantResult], scenario_from: Story, story: Story
) -> None:
    """`banned` means a ban in force, so R04 never fires there; but it says why not."""
    result = shipped["R04 before +banned"]
    assert result.survives
    assert result.question == (
        "a `refuse: accept_ambassador` because of wrong-stage and ban-in-force on official evidence"
        " at banned, ban in force (after ban); the mutant refuses it for ban-in-force"
    )
    asked = """
        - act: ban
          date: 2003
          evidence: [$host]
        - refuse: accept_ambassador
          date: 2004
          because: wrong-stage
          evidence: [$host]
    """
    folder = rm.Folder(scenarios=(scenario_from(story(asked)),))
    found = {f.mutant.id: f for f in run_mutants(RULES, folder, Monitors([]))}
    (killer,) = found["R04 before +banned"].killers
    assert killer.kind is Kind.REFUSAL  # RM654: refused, but for another reason


def test_errors_under_original_table_kill_no_mutant(scenario_from: Story, story: Story) -> None:
    wrong = """
        - act: engage
          date: 2003
          evidence: [$host]
        - status: {stage: hostile}
          date: 2004
          evidence: [$host]
    """
    folder = rm.Folder(scenarios=(scenario_from(story(wrong)),))
    found = {f.mutant.id: f for f in run_mutants(RULES, folder, Monitors([]))}
    assert found["R08 rule removed"].survives
    assert found["R02 rule removed"].killers[0].kind is Kind.ACT


def test_record_detects_by_every_mutant_what_a_replay_by_it_finds(
    scenario_from: Story, story: Story
) -> None:
    """The slow way: replay the record by each mutant, and keep the errors that are new."""
    mixed = """
        - act: engage
          date: 2003
          evidence: [$press]
        - refuse: recognise
          date: 2004
          because: not-attested
          evidence: [$taliban]
        - status: {stage: engaged}
          date: 2004
          evidence: [$host]
        - act: delist
          date: 2005
          evidence: [$host]
        - act: accept_ambassador
          date: 2006
          evidence: [$host]
        - refuse: recognise
          date: 2007
          because: wrong-stage
          evidence: [$taliban]
        - status: {at-least: engaged}
          date: 2008
          evidence: [$host]
    """
    scenario = scenario_from(story(mixed))
    detecting = (Kind.ACT, Kind.STATUS, Kind.REFUSAL)
    codes = {"RM501": Kind.ACT, "RM502": Kind.ACT, "RM651": Kind.STATUS}
    codes |= {"RM653": Kind.REFUSAL, "RM654": Kind.REFUSAL}

    def wrong(table: RuleTable) -> list[tuple[Kind, int, str]]:
        found = [one for one in rm.replay(scenario, rules=table).findings if one.is_error]
        return [
            (codes[one.code], one.place.line, one.message) for one in found if one.code in codes
        ]

    old = {(kind, line) for kind, line, _ in wrong(RULES)}
    assert {kind for kind, _ in old} == {Kind.ACT, Kind.REFUSAL}  # no ban to end; another reason
    noticed = set()
    for result in run_mutants(RULES, rm.Folder(scenarios=(scenario,)), Monitors([])):
        if result.equivalent or result.mutant.table is None:
            continue
        new = [
            (kind, f"RUS.yaml:{line}", message)
            for kind, line, message in wrong(result.mutant.table)
            if (kind, line) not in old
        ]
        assert [(k.kind, k.where, k.message) for k in result.killers] == new, result.mutant
        noticed |= {kind for kind, _, _ in new}
    assert noticed == {*detecting}


def test_collective_claim_kills_a_mutant(shipped: dict[str, MutantResult]) -> None:
    kinds = {killer.kind for killer in shipped["R02 after de_jure_recognition"].killers}
    assert Kind.CLAIM in kinds


@pytest.mark.parametrize(
    ("mutant", "kind", "where"),
    [
        ("R04 ban_must_be dropped", Kind.INVARIANT, "RM601"),
        ("R05 needs claimed", Kind.INVARIANT, "RM603"),
        ("R03 needs claimed", Kind.INVARIANT, "RM604"),
        ("R02 before +de_jure_recognition", Kind.INVARIANT, "RM613"),
        ("R05 rule removed", Kind.ACT, "RUS.yaml"),
        ("R06 rule removed", Kind.ACT, "PAK.yaml"),
        ("R02 before -banned", Kind.ACT, "KAZ.yaml"),
        ("R02 needs claimed", Kind.ACT, "TJK.yaml"),  # the press alone told of talks on the border
        ("R06 ban_must_be dropped", Kind.REFUSAL, "RUS.yaml"),  # Kabulov, 27 May 2024
        ("R04 needs claimed", Kind.REFUSAL, "TUR.yaml"),  # the host did not say so
    ],
)
def test_mutant_is_killed_by_expected_detector(
    mutant: str, kind: Kind, where: str, shipped: dict[str, MutantResult]
) -> None:
    noticed = [(killer.kind, killer.where.split(":")[0]) for killer in shipped[mutant].killers]
    assert (kind, where) in noticed


def test_killed_mutants_are_grouped_by_invariant(shipped: dict[str, MutantResult]) -> None:
    by_code = killed_by_invariant(shipped.values())
    rules_keep = {p.code for p in rm.INVARIANTS if p.monitor and p.kept_by_rules}
    assert by_code.keys() == rules_keep
    assert {f.mutant.id for f in by_code["RM616"]} >= {"R01 before +de_jure_recognition"}


def test_survivor_describes_the_scenario_that_would_kill_it() -> None:
    """With no record and no invariants, every mutant that is not equivalent survives."""
    found = run_mutants(RULES, rm.Folder(), Monitors([]))
    result = {f.mutant.id: f for f in found}
    assert all(f.survives or f.equivalent or f.killers[0].kind is Kind.TABLE for f in found)
    assert result["R05 needs claimed"].question == (
        "a `refuse: recognise` on claimed evidence at ambassador_accepted, no ban documented"
        " (after engage, accept_ambassador); the mutant permits it and leads to"
        " de_jure_recognition, no ban documented"
    )
    assert result["R08 rule removed"].question == (
        "an `act: downgrade` on official evidence at ambassador_accepted, no ban documented"
        " (after engage, accept_ambassador), to engaged, no ban documented; the mutant refuses it"
    )
    assert result["R02 after delisted"].question.endswith("leads to delisted, no ban documented")
    assert result["R10 before +delisted"].question == ""


def test_scenario_described_by_survivor_kills_the_mutant(scenario_from, story) -> None:
    question = """
        - act: engage
          date: 2021
          evidence: [$press]
        - act: accept_ambassador
          date: 2022
          evidence: [$host]
        - refuse: recognise
          date: 2023
          because: not-attested
          evidence: [$taliban]
    """
    asked = rm.Folder(scenarios=(scenario_from(story(question)),))
    found = {f.mutant.id: f for f in run_mutants(RULES, asked, Monitors([]))}
    (killer,) = found["R05 needs claimed"].killers
    assert (killer.kind, killer.where) == (Kind.REFUSAL, "RUS.yaml:13")


def test_mutant_result_prints_as_one_line_and_converts_to_dict(
    shipped: dict[str, MutantResult],
) -> None:
    result = shipped["R03 needs claimed"]
    assert str(result).startswith("R03 needs claimed: killed by invariant RM604")
    plain = result.to_dict()
    assert (plain["rule"], plain["cell"], plain["change"]) == ("R03", "needs", "claimed")
    assert plain["killers"][0]["kind"] == "invariant"
    assert str(shipped["R10 before +delisted"]) == "R10 before +delisted: equivalent"
    assert str(shipped["R08 rule removed"]) == "R08 rule removed: survives"


def test_mutant_with_same_behaviour_is_equivalent() -> None:
    same = RuleTable(tuple(evolve(rule, why="Said otherwise.") for rule in RULES))
    mutant = Mutant(rule=RULES["R01"], cell="why", change="told otherwise", table=same)
    assert MutantResult(mutant=mutant, difference=first_difference(RULES, same)).equivalent


def test_shipped_table_uses_every_attestation_ban_and_act() -> None:
    """What the mutants range over; a word added to the vocabulary must be seen here."""
    assert (len(Stage), len(Ban), len(Act), len(Attestation)) == (6, 3, 9, 4)
