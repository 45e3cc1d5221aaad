"""Proof of scales: over every state and every word, and over the shipped record."""

from __future__ import annotations

import pytest
from attrs import evolve

import recognition_model as rm
from recognition_model.core.scales import Entering, HeldIn
from recognition_model.io.scale_files import shipped_scales


@pytest.fixture(scope="module")
def everything() -> list[rm.Replay]:
    return [rm.replay(scenario) for scenario in rm.load_folder().all_scenarios]


@pytest.mark.parametrize("name", shipped_scales())
def test_shipped_scale_is_total_and_unambiguous_over_the_record(
    name: str, everything: list[rm.Replay]
) -> None:
    proof = rm.prove_scale(rm.load_scale(name), everything)
    assert proof.ok
    assert (proof.faults, proof.ambiguous, proof.unheld) == ((), (), ())
    moving = [len([*one.signals, *one.changes]) for one in everything]
    assert proof.entries == sum(moving)


@pytest.mark.parametrize("name", shipped_scales())
def test_every_level_of_a_shipped_scale_is_reached_in_the_record(
    name: str, everything: list[rm.Replay]
) -> None:
    reached = rm.prove_scale(rm.load_scale(name), everything).reached
    assert all(reached.values())


def test_entries_that_the_state_kept_from_counting_are_named(everything: list[rm.Replay]) -> None:
    proof = rm.prove_scale(rm.load_scale("representation"), everything)
    kept = [(one.country, one.what, one.level) for one in proof.kept_out]
    # A consulate on the Taliban's word while outlawed, an embassy before the first dealings.
    assert kept == [
        ("MYS", "signal embassy_run_by_kabul", "mission"),
        ("TJK", "signal consular_work_under_kabul", "mission"),
    ]


def test_proof_counts_a_case_for_each_level_word_and_state() -> None:
    scale = rm.load_scale("listing")
    words = len(rm.shipped_vocabulary().families)
    acts = {
        (rule.act, rule.move(rm.State(stage, ban)))
        for rule in rm.RULES
        for stage in rule.before
        for ban in rule.ban_must_be
    }
    assert rm.prove_scale(scale).cases == 4 * (18 * words + len(acts))


def test_state_without_a_level_is_found() -> None:
    scale = rm.load_scale("listing")
    none = evolve(scale.levels[0], held_in=HeldIn(bans=(rm.Ban.LIFTED,)))
    proof = rm.prove_scale(evolve(scale, levels=(none, *scale.levels[1:])))
    assert "RM254" in {fault.code for fault in proof.faults}
    assert not proof.ok


def test_entry_of_two_levels_is_found() -> None:
    scale = rm.load_scale("representation")
    charge = Entering(signals=("charge_accepted",))  # type: ignore[arg-type]
    mission = evolve(scale.named("mission"), entered_by=(charge,))
    levels = tuple(mission if one.level == "mission" else one for one in scale.levels)
    proof = rm.prove_scale(evolve(scale, levels=levels))
    assert {fault.code for fault in proof.faults} == {"RM255"}
