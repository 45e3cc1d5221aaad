"""`prove`: its result for the shipped table, and every kind of shortcoming."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

import recognition_model as rm
from recognition_model import RULES, Act, Ban, RuleTable, Stage
from recognition_model.analysis.known_gaps import GAPS
from recognition_model.analysis.proof import Proof, prove
from recognition_model.cli.app import cli
from recognition_model.cli.prove import proof_in_words
from recognition_model.engine.monitors import Invariant


@pytest.fixture(scope="module")
def russia() -> rm.Folder:
    """A small record, so that a proof takes less time."""
    return rm.Folder(scenarios=tuple(s for s in rm.load_folder().scenarios if s.country == "RUS"))


def fake(code: str, *, vacuous: bool = True) -> Invariant:
    """An invariant that nothing breaks, or that the first engagement does."""

    def wrong(change: rm.Change) -> str:
        return "" if vacuous or change.act is not Act.ENGAGE else "engaged"

    monitor = rm.engine.invariants.Monitor(
        begins=lambda _: (None, ""), after=lambda _, change: (None, wrong(change))
    )
    return evolve(rm.INVARIANTS[0], code=code, name="made_up", monitor=monitor, check=monitor.check)


def test_shipped_table_has_no_shortcomings(proof: Proof) -> None:
    assert proof.shortcomings == ()
    assert proof.ok
    assert len(proof.ways) == 11
    assert proof.cases == 11 * 9 * 4


def test_every_invariant_is_proven_or_about_dates(proof: Proof) -> None:
    unproven = {p.invariant.code for p in proof.invariants if not p.proven}
    assert unproven == {"RM605", "RM606", "RM608", "RM617"}
    assert [p.invariant.code for p in proof.invariants if p.vacuous] == []


def test_firings_count_changes_in_the_record(proof: Proof) -> None:
    assert [(country, change.date.text) for country, change in proof.firings["R05"]] == [
        ("RUS", "2025-07-03")
    ]
    assert [country for country, _ in proof.firings["R06"]] == ["PAK", "SAU", "ARE"]
    assert proof.firings["R07"] == ()


def test_every_gap_names_a_mutant_that_survives_and_says_why(proof: Proof) -> None:
    assert {result.mutant.id for result in proof.open_gaps} == GAPS.keys()
    assert proof.stale_gaps == ()
    for reason in GAPS.values():
        assert reason[0].isupper()
        assert reason.endswith(".")


def test_unlisted_survivors_are_shortcomings(proof: Proof) -> None:
    proof = evolve(proof, gaps={})
    told = " ".join(proof.shortcomings)
    assert len(proof.survivors) == len(GAPS)
    for gap in GAPS:
        assert f"mutant survived: {gap}. A scenario that would catch it: " in told
    assert "R07 withdraw_recognition fires in no scenario" in proof.shortcomings


def test_stale_gap_is_a_shortcoming(proof: Proof) -> None:
    proof = evolve(proof, gaps={**GAPS, "R05 rule removed": "Made up.", "R99": "Made up."})
    assert proof.shortcomings == (
        "stale entry in known gaps: R05 rule removed is killed or unknown; remove it",
        "stale entry in known gaps: R99 is killed or unknown; remove it",
    )


@pytest.fixture(scope="module")
def with_fakes(russia: rm.Folder) -> Proof:
    """A proof with one invariant that the table breaks, and one that nothing breaks."""
    fakes = [fake("XX01", vacuous=False), fake("XX02")]
    return prove(folder=russia, invariants=[*rm.INVARIANTS, *fakes])


def test_an_invariant_that_is_broken_comes_with_its_counterexample(with_fakes: Proof) -> None:
    assert "XX01 made_up is broken: engage (press): engaged" in with_fakes.shortcomings
    assert "broken  XX01 made up" in proof_in_words(with_fakes)


def test_vacuous_invariant_is_a_shortcoming(with_fakes: Proof) -> None:
    told = [one for one in with_fakes.shortcomings if "no mutant of the table" in one]
    assert told == ["XX02 made_up: no mutant of the table breaks it"]


def test_dead_rule_and_unreachable_stage_are_shortcomings(russia: rm.Folder) -> None:
    no_recognition = RuleTable(tuple(r for r in RULES if r.act is not Act.RECOGNISE))
    told = prove(no_recognition, russia).shortcomings
    assert "no sequence of acts reaches the stage de_jure_recognition" in told
    assert "no scenario reaches the stage de_jure_recognition" in told
    assert "R07 withdraw_recognition can never fire" in told
    assert any(one.startswith("the record has an error: ") for one in told)


def test_record_starting_in_unreachable_state_is_a_shortcoming(
    scenario_from: Callable[..., rm.Scenario], story: Callable[..., str]
) -> None:
    stray = scenario_from(
        story("- signal: visit\n  date: 2022\n  evidence: [$press]\n", ban="in_force")
    )
    told = prove(folder=rm.Folder(scenarios=(stray,))).shortcomings
    assert "the record of RUS starts from an unreachable state" in told


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("rules", {"rules": RuleTable(())}),
        ("scenarios", {"folder": rm.Folder()}),
        ("invariants", {"invariants": ()}),
    ],
)
def test_prove_rejects_empty_rules_record_or_invariants(what: str, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"there are no {what}: nothing would be proven"):
        prove(**given)


# --- the command --------------------------------------------------------------------------------


def test_prove_prints_results_and_summary(proof: Proof) -> None:
    printed = proof_in_words(proof)
    assert "Reachable: 11 of 18 states; 396 cases tried" in printed
    assert "  holds  RM601 no ambassador and no recognition under a ban" in printed
    assert "  dates  RM605" in printed
    assert "R07 withdraw_recognition  fires 0" in printed
    for result in proof.mutants:
        assert f"  {result.mutant} " in printed
    for reason in GAPS.values():
        assert reason.split(",")[0] in " ".join(printed.split())
    assert "Shortcomings" not in printed
    last = printed.splitlines()[-1]
    assert last.startswith("11 states, 13 invariants proven, 248 mutants: ")
    assert last.endswith(f"{len(GAPS)} known gaps, 0 other survivors, 0 shortcomings")


def test_summary_counts_add_up(proof: Proof) -> None:
    noticed = sum(bool(result.killers) for result in proof.mutants)
    equivalent = sum(result.equivalent for result in proof.mutants)
    assert noticed + equivalent + len(GAPS) == len(proof.mutants) == 248


def test_proof_to_dict_agrees_with_text(proof: Proof, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recognition_model.analysis.proof.prove", lambda **_: proof)
    answer = CliRunner().invoke(cli, ["prove", "--format", "json"], standalone_mode=False)
    assert answer.exit_code == 0
    data = json.loads(answer.output)
    assert data == proof.to_dict()
    assert data["format"] == "recognition-proof/1"
    assert len(data["reachable"]) == 11
    assert data["reachable"][3]["acts"] == [
        {"act": "ban", "attestation": "official"},
        {"act": "engage", "attestation": "reported"},
    ]
    by_code = {invariant["code"]: invariant for invariant in data["always"]}
    assert by_code["RM605"]["proven"] is None
    assert by_code["RM603"]["proven"] is True
    assert by_code["RM607"]["kept_by_rules"] is False
    assert len(data["mutants"]) == 248
    assert data["shortcomings"] == []


def test_prove_exits_1_with_shortcomings(proof: Proof, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the callback that ends every command; `.ci/run` runs the command as users do."""
    runner = CliRunner()
    monkeypatch.setattr("recognition_model.analysis.proof.prove", lambda **_: proof)
    assert runner.invoke(cli, ["prove"], standalone_mode=False).exit_code == 0
    monkeypatch.setattr(
        "recognition_model.analysis.proof.prove", lambda **_: evolve(proof, gaps={})
    )
    ran = runner.invoke(cli, ["prove"])
    assert ran.exit_code == 1
    assert "Shortcomings" in ran.output
    assert (
        "mutant survived: R08 rule removed. A scenario that would catch it: an `act: downgrade`"
        in " ".join(ran.output.split())
    )


def test_proof_and_invariant_results_print_as_one_line(proof: Proof) -> None:
    assert str(proof).startswith("11 states, 13 invariants proven, ")
    assert str(proof.invariants[0]).endswith("recognition_under_a_ban: proven")
    assert Ban.NONE in {state.ban for state in proof.ways}
    assert Stage.DELISTED in proof.reached


def test_prove_reports_unreadable_record_and_exits_1_or_2(
    tmp_path: Path, story: Callable[..., str]
) -> None:
    """Not proven over what is left of it as if that were all."""
    (tmp_path / "FJI.yaml").write_text("format: recognition-scenario/1\nbogus: 1\n")
    ran = CliRunner().invoke(cli, ["prove", "--scenarios", str(tmp_path)])
    assert ran.exit_code == 1
    assert "RM201" in ran.output
    ran = CliRunner().invoke(cli, ["prove", "--scenarios", str(tmp_path / "nowhere")])
    assert ran.exit_code == 2
    folder = rm.load_folder(tmp_path)
    beside = evolve(folder, scenarios=rm.load_folder().scenarios[:1])
    assert any("RM201" in told for told in prove(folder=beside).shortcomings)


# --- another table ------------------------------------------------------------------------------


def test_invariant_that_the_table_switches_off_is_not_proven(russia: rm.Folder) -> None:
    found = prove(evolve(RULES, off=("RM601", "RM617")), russia)
    codes = [one.invariant.code for one in found.invariants]
    assert codes == [one.code for one in rm.INVARIANTS if one.code not in ("RM601", "RM617")]
    assert not any(k.where == "RM601" for result in found.mutants for k in result.killers)


def test_known_gap_that_another_table_does_not_have_is_not_stale(russia: rm.Folder) -> None:
    table = rm.load_rules("no-lapse")
    found = prove(table, russia)
    assert found.stale_gaps == ()
    assert not any(gap.startswith(("R11", "R12")) for gap in found.gaps)


def test_invariant_that_the_table_breaks_detects_no_mutant(russia: rm.Folder) -> None:
    # R04 on the Taliban's word breaks RM612, which would "detect" every change of any cell.
    rules = [evolve(r, needs=rm.Attestation.CLAIMED) if r.code == "R04" else r for r in RULES]
    found = prove(RuleTable(rules), russia)
    broken = {one.invariant.code for one in found.invariants if one.refuted is not None}
    assert broken == {"RM612"}
    assert not any(k.where == "RM612" for result in found.mutants for k in result.killers)
    assert any("RM612" in said and "is broken" in said for said in found.shortcomings)
