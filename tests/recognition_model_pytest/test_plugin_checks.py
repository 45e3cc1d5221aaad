"""What the checks of a file are made of: invariants, claims, registers and rule tables."""

from __future__ import annotations

from pathlib import Path

from support.fixtures import Story
from support.paths import FINDINGS, ROOT
from support.pytest_runs import CLAIMS, RUSSIA, Pytest, outcomes


def test_violated_invariant_fails_its_own_item(run: Pytest, folder: Path) -> None:
    broken = FINDINGS / "RM605-no-evidence-from-before-the-act" / "RUS.yaml"
    (folder / "record" / "RUS.yaml").write_bytes(broken.read_bytes())
    ran = run("record/RUS.yaml")
    assert outcomes(ran) == {"failed": 1, "passed": 1 + 1 + 16}  # replay, one entry, invariants
    assert "FAILED record/RUS.yaml::RUS::RM605 no_evidence_from_before_the_act" in ran.stdout


def test_claim_is_checked_beside_a_scenario_with_a_warning(
    run: Pytest, folder: Path, story: Story
) -> None:
    told = story(RUSSIA, until="2062-01-08")
    (folder / "record" / "RUS.yaml").write_text(told, encoding="utf-8")
    assert "warning RM408 " in run("record/RUS.yaml", "-rP", "-k", "replay").stdout
    false = CLAIMS.replace("stage: de_jure_recognition", "stage: engaged")
    (folder / "record" / "claims.yaml").write_text(false, encoding="utf-8")
    ran = run("record/claims.yaml")
    assert outcomes(ran) == {"failed": 1, "skipped": 1}
    assert "RM661 the claim 'none engaged' does not hold: see Russia" in ran.stdout


def test_register_alone_may_differ_from_the_shipped_one(run: Pytest, folder: Path) -> None:
    shipped = (ROOT / "seeds" / "sources.yaml").read_bytes()
    (folder / "alone").mkdir()
    other = shipped.replace(b"language: ru", b"language: en")
    (folder / "alone" / "sources.yaml").write_bytes(other)
    assert outcomes(run("alone")) == {"passed": 1}


def test_rule_table_of_the_setting_is_looked_for_beside_the_configuration(
    run: Pytest, folder: Path
) -> None:
    (folder / "project").mkdir()
    (folder / "project" / "mine.yaml").write_text(
        "format: recognition-rules/1\ntitle: Mine\nbase: shipped\n", encoding="utf-8"
    )
    (folder / "project" / "pytest.ini").write_text(
        "[pytest]\nrecognition_rules = mine.yaml\n", encoding="utf-8"
    )
    ran = run("record", "-c", "project/pytest.ini")
    assert "scenario files are checked by: Mine (rules " in ran.stdout
