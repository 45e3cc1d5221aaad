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


def test_rules_prints_every_rule_in_order_within_80_columns(run: Run) -> None:
    ran = run("rules")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    codes = [line.split()[0] for line in lines if line[0] != " "]
    assert codes == ["code", *(f"R{number:02}" for number in range(1, 13))]
    assert max(map(len, lines)) <= 80


def test_rules_as_csv_and_markdown_have_a_row_per_rule(run: Run) -> None:
    rows = run("rules", "--format", "csv").out.splitlines()
    assert rows[0] == "code,act,before,after,ban must be,ban becomes,needs"
    assert (
        rows[7]
        == 'R07,withdraw_recognition,de_jure_recognition,engaged,"none, lifted",same,official'
    )
    assert len(rows) == 13
    assert run("rules", "--format", "md").out.count("\n| R") == 12


def test_rules_json_contains_whole_table(run: Run) -> None:
    data = json.loads(run("rules", "--format", "json").out)
    assert data["format"] == "recognition-rules-list/1"
    assert (data["title"], data["off"]) == ("The shipped rule table", [])
    assert data["digest"] == rm.RULES.digest
    assert len(data["rules"]) == 12
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
def test_explain_gives_meaning_and_remedy_of_every_finding(code: str, run: Run) -> None:
    entry = rm.CODES[code]
    ran = run("explain", code)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{code} {entry.name} ({entry.severity})",
        entry.meaning,
        entry.remedy,
    ]


@pytest.mark.parametrize("rule", rm.RULES.rules, ids=str)
def test_explain_gives_conditions_and_reason_of_every_rule(rule: rm.Rule, run: Run) -> None:
    ran = run("explain", rule.code)
    assert (ran.code, ran.err) == (0, "")
    for wanted in (rule.code, rule.act, *rule.before, rule.after, rule.needs, rule.why):
        assert str(wanted) in ran.out
    assert rule.reference in ran.out


@pytest.mark.parametrize("kind", [Stage, Ban, Act, Voice, Attestation, Bearing])
def test_explain_gives_meaning_of_every_word_in_records(kind: Any, run: Run) -> None:
    for member in kind:
        ran = run("explain", member.value)
        assert ran.code == 0
        assert f"{kind.__name__.lower()} {member.value}: {member.meaning}\n" in ran.out


def test_explain_gives_all_meanings_of_a_word(run: Run) -> None:
    kinds = [line.split()[0] for line in run("explain", "none").out.splitlines()]
    levels = ["level"] * 3  # of the scales that ship
    assert kinds == ["ban", "attestation", "claim", "ban-becomes", *levels, "caption"]


@pytest.mark.parametrize("word", ["rm501", "Rm501", "r06", "BANNED", "Recognise"])
def test_explain_ignores_case(word: str, run: Run) -> None:
    ran = run("explain", word)
    assert ran.code == 0
    assert ran.out.casefold().find(word.casefold()) >= 0


@pytest.mark.parametrize(
    ("word", "near"),
    [("recognize", "recognise"), ("RM51", "RM501"), ("ambasador", "ambassador")],
)
def test_explain_unknown_word_suggests_similar_words(word: str, near: str, run: Run) -> None:
    ran = run("explain", word)
    assert (ran.code, ran.out) == (2, "")
    assert f"unknown word '{word}': did you mean " in ran.err
    assert near in ran.err


def test_explain_word_without_similar_one_suggests_nothing(run: Run) -> None:
    ran = run("explain", "xyzzy-42")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown word 'xyzzy-42'\n" in ran.err
    assert "did you mean" not in ran.err


@pytest.mark.parametrize("args", [["scenario"], ["collective"], ["sources"], []])
def test_schema_prints_shipped_schema(args: list[str], run: Run) -> None:
    ran = run("schema", *args)
    shipped = SCHEMAS / f"{args[0] if args else 'scenario'}.json"
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == json.loads(shipped.read_text(encoding="utf-8"))
