"""`--rules` and `--against`: every command that replays takes another rule table, and says so."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support.fixtures import Put, Run

import recognition_model as rm
from recognition_model.cli.app import SUMMARIES, load_command

FIJI = """
    - {act: engage, date: 2018-11-05, evidence: [$host]}
    - {refuse: accept_ambassador, date: 2022-03-01, because: not-attested, evidence: [$taliban]}
"""
MINE = """\
format: recognition-rules/1
title: The Taliban's word
base: shipped
change: {R04: {needs: claimed}}
invariants: {off: [RM612]}
"""
REPLAYING = {
    *("status", "show", "events", "changes", "compare", "why", "precedence", "next", "replay"),
    *(
        "coverage",
        "prove",
        "plot",
        "report",
        "site",
        "export",
        "screen",
        "cite",
        "rules",
        "robustness",
        "agreement",
        "corrections",
    ),
}


@pytest.fixture
def mine(put: Put) -> tuple[str, ...]:
    """The options for a made-up record and a rules file in the current folder."""
    put(FIJI)
    Path("mine.yaml").write_text(MINE, encoding="utf-8")
    return ("--scenarios", "record", "--rules", "mine.yaml")


def test_every_command_that_replays_takes_a_rule_table() -> None:
    have = {
        name
        for name in SUMMARIES
        if any("--rules" in option.opts for option in load_command(name).params)
    }
    assert have == REPLAYING


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("show", "FJI"),
        ("events",),
        ("changes", "--since", "2018"),
        ("why", "FJI"),
        ("next", "FJI"),
        ("coverage",),
        ("corrections",),
        ("export", "csv", "--table", "entries", "-o", "events.csv"),
        ("cite",),
    ],
    ids=lambda command: command[0],
)
def test_command_says_which_other_table_answered(
    command: tuple[str, ...], run: Run, mine: tuple[str, ...]
) -> None:
    ran = run(*command, *mine)
    digest = rm.load_rules("mine.yaml").digest
    note = f"note: answered by the rules of The Taliban's word (rules {digest}); RM612 not checked"
    assert note in ran.err.splitlines()
    assert "mine.yaml" not in ran.out


@pytest.mark.parametrize("command", [("status",), ("replay",), ("events",), ("why", "FJI")])
def test_json_names_the_other_table(
    command: tuple[str, ...], run: Run, mine: tuple[str, ...]
) -> None:
    data = json.loads(run(*command, *mine, "--format", "json").out)
    digest = rm.load_rules("mine.yaml").digest
    named = {"title": "The Taliban's word", "digest": digest, "off": ["RM612"]}
    assert data["answered_by"] == named


def test_shipped_table_by_its_name_needs_no_note(run: Run, put: Put) -> None:
    put(FIJI)
    ran = run("status", "--scenarios", "record", "--rules", "shipped")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == run("status", "--scenarios", "record").out


def test_refusal_that_the_table_permits_is_a_finding_of_the_record(
    run: Run, mine: tuple[str, ...]
) -> None:
    ran = run("replay", *mine)
    assert ran.code == 1
    assert "RM653 accept_ambassador 2022-03-01 should be refused" in ran.err
    assert "R04 permits it" in ran.err
    assert "Traceback" not in ran.err


def test_table_that_forbids_what_the_record_shows_gives_findings(run: Run, put: Put) -> None:
    put("    - {act: engage, date: 2018-11-05, evidence: [$press]}\n")
    ran = run("replay", "--scenarios", "record", "--rules", "strict")
    assert ran.code == 1
    assert "RM501 engage 2018-11-05 is refused: R02 attestation must be official" in ran.err


def test_invariant_that_is_off_is_not_checked(run: Run, put: Put) -> None:
    put("    - {act: accept_ambassador, date: 2022-03-01, evidence: [$taliban]}\n", stage="engaged")
    Path("on.yaml").write_text(MINE.replace("off: [RM612]", "off: []"), encoding="utf-8")
    Path("off.yaml").write_text(MINE, encoding="utf-8")
    assert "RM612" in run("replay", "--scenarios", "record", "--rules", "on.yaml").err
    off = run("replay", "--scenarios", "record", "--rules", "off.yaml")
    assert off.code == 0
    assert [line for line in off.err.splitlines() if "RM612" in line] == [off.err.splitlines()[-1]]


def test_wrong_rules_file_shows_its_mistakes_with_their_lines(run: Run, put: Put) -> None:
    put(FIJI)
    Path("wrong.yaml").write_text(MINE.replace("R04", "R40"), encoding="utf-8")
    ran = run("status", "--scenarios", "record", "--rules", "wrong.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert "wrong.yaml:4:10: error RM231 the base has no rule 'R40'" in ran.err
    assert "did you mean R04 or R10?" in ran.err


def test_unknown_table_gets_the_nearest_name(run: Run) -> None:
    ran = run("status", "--rules", "stric")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean strict?" in ran.err


def test_next_asks_the_other_table(run: Run, mine: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("next", "FJI", *mine, "--format", "csv").out)))
    (accepting,) = [row for row in rows if row["act"] == "accept_ambassador"]
    assert (accepting["open"], accepting["rule"]) == ("true", "R04")
    assert accepting["suffices"] == "needs the word of either side or of another state"


def test_export_has_title_and_digest_of_the_table_in_its_version(
    run: Run, mine: tuple[str, ...]
) -> None:
    assert run("export", "csv", "--table", "rules", "-o", "rules.csv", *mine).code in (0, 1)
    edition = json.loads(Path("rules_datapackage.json").read_text(encoding="utf-8"))["edition"]
    assert edition["rules"] == rm.load_rules("mine.yaml").digest
    assert edition["rules_title"] == "The Taliban's word"
    assert f"rules.{edition['rules']}.table.The-Taliban-s-word-" in edition["version"]
    rows = list(csv.DictReader(io.StringIO(Path("rules.csv").read_text(encoding="utf-8"))))
    assert {row["rule"]: row["needs"] for row in rows}["R04"] == "claimed"


def test_picture_names_the_table_in_its_caption(run: Run, mine: tuple[str, ...]) -> None:
    run("plot", "history", "FJI", "-o", "fiji.svg", *mine)
    assert "(The Taliban's word)" in " ".join(Path("fiji.svg").read_text("utf-8").split())


def test_picture_of_rules_shows_the_other_table(run: Run, mine: tuple[str, ...]) -> None:
    del mine
    out = run("plot", "rules", "-o", "rules.svg", "--rules", "no-lapse").out
    assert "Ten rules permit a move between six stages; seven need" in out


def test_report_names_the_table(run: Run, mine: tuple[str, ...]) -> None:
    run("report", "FJI", "-o", "fiji.md", *mine)
    assert "(The Taliban's word)" in Path("fiji.md").read_text(encoding="utf-8")


def test_edit_is_judged_by_the_other_table(run: Run, put: Put) -> None:
    path = put("    - {act: engage, date: 2018-11-05, evidence: [$press]}\n")
    Path("older").mkdir()
    old = path.read_text(encoding="utf-8").replace("2018-11-05", "2018-11-15")
    Path("older", path.name).write_text(old, encoding="utf-8")
    Path("older", "sources.yaml").write_bytes(Path("record", "sources.yaml").read_bytes())
    edit = ("changes", "--scenarios", "record", "--against", "older")
    assert "(stage 10, ban 0, " in run(*edit).out
    # No rule of the strict table takes the word of the press, before or after the edit.
    assert run(*edit, "--rules", "strict").out.startswith("No day turns against older")


def test_proof_does_not_prove_what_is_off(run: Run, put: Put) -> None:
    put(FIJI)
    ran = run("prove", "--scenarios", "record", "--rules", "trusting", "--format", "json")
    codes = {one["code"] for one in json.loads(ran.out)["always"]}
    assert codes == {one.code for one in rm.INVARIANTS} - {"RM603", "RM604", "RM612"}


# --- rules --------------------------------------------------------------------------------------


def test_rules_in_yaml_read_back_equal(run: Run, mine: tuple[str, ...]) -> None:
    for name in ("shipped", "strict", "mine.yaml"):
        ran = run("rules", "--format", "yaml", "--rules", name)
        Path("again.yaml").write_text(ran.out, encoding="utf-8")
        assert rm.load_rules("again.yaml") == rm.load_rules(name)
    del mine


def test_rules_shows_the_other_table_and_says_so(run: Run) -> None:
    ran = run("rules", "--rules", "no-lapse", "--format", "csv")
    assert "lapse" not in ran.out
    assert "note: answered by the rules of Without the lapse" in ran.err


# --- against ------------------------------------------------------------------------------------


def test_status_against_shows_countries_days_and_rules(run: Run, mine: tuple[str, ...]) -> None:
    ran = run("status", *mine, "--against", "shipped", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["country"] == "FJI"
    assert (row["part"], row["from"], row["to"]) == ("stage", "2022-03-01", "")
    assert (row["before"], row["after"], row["rules"]) == ("engaged", "ambassador_accepted", "R04")
    assert ran.code == 0


def test_status_against_on_a_day_before_shows_no_country(run: Run, mine: tuple[str, ...]) -> None:
    ran = run("status", *mine, "--against", "shipped", "--on", "2022-02-28")
    assert ran.out.startswith("No answer differs on 2022-02-28 with The Taliban's word")


def test_status_against_names_the_entry_and_its_line(run: Run, mine: tuple[str, ...]) -> None:
    out = " ".join(run("status", *mine, "--against", "shipped").out.split())
    assert "Fiji (FJI): differs from 2022-03-01, on 1417 days" in out
    assert "which the file expects to be refused, is permitted by R04" in out
    assert "R04 attestation must be official (is claimed)" in out


def test_status_against_ends_with_the_countries_in_which_nothing_turns(
    run: Run, mine: tuple[str, ...], put: Put
) -> None:
    asked = ("status", *mine, "--against", "shipped")
    assert "Nothing turns" not in run(*asked).out
    known = run(*asked, "--known-by", "2026-12-31").out.splitlines()
    assert known[-1] == "As known by 2026-12-31."
    put("- {act: engage, date: 2022-05-11, evidence: [$host]}\n", country="TUV")
    assert run(*asked).out.splitlines()[-1] == "Nothing turns in 1 country."
    told = run(*asked, "--known-by", "2025-12-31").out.splitlines()
    assert told[-1] == "Nothing turns in 2 countries. As known by 2025-12-31."


def test_events_against_lists_the_entries_of_the_days_asked_about(
    run: Run, mine: tuple[str, ...]
) -> None:
    ran = run("events", *mine, "--against", "shipped", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert (row["date"], row["kind"], row["act"]) == ("2022-03-01", "refuse", "accept_ambassador")
    assert (row["how"], row["rule"]) == ("permitted", "R04")
    later = run("events", *mine, "--against", "shipped", "--since", "2023")
    assert later.out.startswith("0 entries turn since 2023-01-01 with The Taliban's word")


def test_replay_against_gives_both_tables_in_json(run: Run, mine: tuple[str, ...]) -> None:
    data = json.loads(run("replay", *mine, "--against", "shipped", "--format", "json").out)
    assert data["format"] == "recognition-rule-differences/1"
    assert data["rules"]["title"] == "The Taliban's word"
    assert data["rules"]["off"] == ["RM612"]
    assert data["against"]["digest"] == rm.RULES.digest
    assert [one["country"] for one in data["countries"]] == ["FJI"]


@pytest.mark.parametrize("command", ["status", "events", "replay"])
def test_against_needs_another_table(command: str, run: Run, put: Put) -> None:
    put(FIJI)
    ran = run(command, "--scenarios", "record", "--against", "shipped")
    assert ran.code == 2
    assert "--against needs another table: choose one with --rules" in ran.err


@pytest.mark.parametrize(
    "more",
    [("status", "--weak"), ("events", "--match", "x"), ("replay", "--format", "sarif")],
    ids=lambda more: more[0],
)
def test_against_refuses_options_that_it_does_not_answer(
    more: tuple[str, ...], run: Run, mine: tuple[str, ...]
) -> None:
    ran = run(*more, *mine, "--against", "shipped")
    assert ran.code == 2
    assert "--against" in ran.err
