"""`rules`, `explain` and `schema`: the table, the codes and words, and the schemas."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.fixtures import Run

import recognition_model as rm
from recognition_model.core.evidence import Attestation, Bearing, Voice
from recognition_model.core.stages import Act, Ban, Stage

SCHEMAS = Path(rm.__file__).parent / "schemas"


def test_rules_prints_a_line_per_rule_in_order(run: Run) -> None:
    ran = run("rules")
    assert (ran.code, ran.err) == (0, "")
    codes = [line.split()[0] for line in ran.out.splitlines()]
    assert codes == ["code", *(f"R{number:02}" for number in range(1, 11))]


def test_rules_in_json_give_the_table_whole(run: Run) -> None:
    data = json.loads(run("rules", "--format", "json").out)
    assert data["format"] == "recognition-rules/1"
    assert len(data["rules"]) == 10
    third = data["rules"][2]
    assert third.pop("why")
    assert third.pop("reference")
    assert third == {
        "code": "R03",
        "act": "delist",
        "before": ["banned", "engaged"],
        "after": "delisted",
        "ban_must_be": ["in_force"],
        "ban_becomes": "lifted",
        "needs": "official",
    }


@pytest.mark.parametrize("code", rm.CODES)
def test_explain_tells_of_every_finding_what_it_means_and_what_to_do(code: str, run: Run) -> None:
    entry = rm.CODES[code]
    ran = run("explain", code)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{code} {entry.name} ({entry.severity})",
        entry.meaning,
        entry.remedy,
    ]


@pytest.mark.parametrize("rule", rm.RULES.rules, ids=str)
def test_explain_tells_of_every_rule_what_it_wants_and_why(rule: rm.Rule, run: Run) -> None:
    ran = run("explain", rule.code)
    assert (ran.code, ran.err) == (0, "")
    for wanted in (rule.code, rule.act, *rule.before, rule.after, rule.needs, rule.why):
        assert str(wanted) in ran.out
    assert rule.reference in ran.out


@pytest.mark.parametrize("kind", [Stage, Ban, Act, Voice, Attestation, Bearing])
def test_explain_tells_of_every_word_of_a_record_what_it_means(kind: Any, run: Run) -> None:
    for member in kind:
        ran = run("explain", member.value)
        assert ran.code == 0
        assert f"{kind.__name__.lower()} {member.value}: {member.meaning}\n" in ran.out


def test_explain_tells_every_meaning_of_a_word_that_has_several(run: Run) -> None:
    kinds = [line.split()[0] for line in run("explain", "none").out.splitlines()]
    assert kinds == ["ban", "attestation", "claim"]


@pytest.mark.parametrize("word", ["rm501", "Rm501", "r06", "BANNED", "Recognise"])
def test_explain_takes_capitals_and_small_letters_alike(word: str, run: Run) -> None:
    ran = run("explain", word)
    assert ran.code == 0
    assert ran.out.casefold().find(word.casefold()) >= 0


@pytest.mark.parametrize(
    ("word", "near"),
    [("recognize", "recognise"), ("RM51", "RM501"), ("ambasador", "ambassador")],
)
def test_explain_of_what_nothing_is_called_suggests_what_comes_near(
    word: str, near: str, run: Run
) -> None:
    ran = run("explain", word)
    assert (ran.code, ran.out) == (2, "")
    assert f"unknown word '{word}': did you mean " in ran.err
    assert near in ran.err


def test_explain_of_what_nothing_comes_near_says_so_and_suggests_nothing(run: Run) -> None:
    ran = run("explain", "xyzzy-42")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown word 'xyzzy-42'\n" in ran.err
    assert "did you mean" not in ran.err


@pytest.mark.parametrize("args", [["scenario"], ["collective"], ["sources"], []])
def test_schema_prints_the_schema_that_ships(args: list[str], run: Run) -> None:
    ran = run("schema", *args)
    shipped = SCHEMAS / f"{args[0] if args else 'scenario'}.json"
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == json.loads(shipped.read_text(encoding="utf-8"))
