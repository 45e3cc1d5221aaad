"""`next`: which acts are open, and what the others need."""

import csv
import json

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Ran, Run

# From the rule table, by hand: what takes each act, or which condition fails.
FROM_ENGAGED = {
    "ban": "R01",
    "engage": ["wrong-stage"],
    "delist": ["no-ban-in-force"],
    "accept_ambassador": "R04",
    "recognise": "R06",
    "withdraw_recognition": ["wrong-stage"],
    "downgrade": ["wrong-stage"],
    "break_off": "R09",
    "lapse": "R11",
}


FROM_ENGAGED_UNDER_A_BAN = {
    "ban": ["ban-in-force"],
    "engage": ["wrong-stage"],
    "delist": "R03",
    "accept_ambassador": ["ban-in-force"],
    "recognise": ["wrong-stage", "ban-in-force", "ban-in-force"],
    "withdraw_recognition": ["wrong-stage", "ban-in-force"],
    "downgrade": ["wrong-stage", "ban-in-force"],
    "break_off": "R10",
    "lapse": "R12",
}


@pytest.mark.parametrize(
    ("ban", "acts"), [("none", FROM_ENGAGED), ("in_force", FROM_ENGAGED_UNDER_A_BAN)]
)
def test_next_reports_each_act_as_open_or_closed_with_reason(
    ban: str, acts: dict[str, str | list[str]], run: Run, put: Put
) -> None:
    path = put("- {signal: visit, date: 2022, evidence: [$press]}\n", stage="engaged", ban=ban)
    data = json.loads(run("next", "FJI", "--scenarios", path, "--format", "json").out)
    assert (data["format"], data["country"], data["name"]) == (
        "recognition-next/1",
        "FJI",
        "Fiji",
    )
    assert (data["day"], data["words"], data["dates_agree"]) == (
        "2026-01-15",
        "engaged (assumed)",
        True,
    )
    told = {
        act["act"]: act["rule"] if act["open"] else [unmet["reason"] for unmet in act["unmet"]]
        for act in data["acts"]
    }
    assert told == acts
    assert {(act["stage"], act["ban"]) for act in data["acts"]} == {("engaged", ban)}
    assert all(act["suffices"] for act in data["acts"])


def test_next_text_lists_open_acts_first(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("next", "Fiji", "--scenarios", "record")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Fiji (FJI) on 2026-01-15: engaged (no ban documented)"
    heads = [line for line in lines if line.startswith(("  open ", "  closed "))]
    assert [" ".join(line.partition(":")[0].split()) for line in heads] == [
        *(f"open {act}" for act in ("ban", "accept ambassador", "recognise", "break off")),
        *(f"closed {act}" for act in ("engage", "delist", "withdraw recognition", "downgrade")),
        "open lapse",
    ]
    lapse = next(at for at, line in enumerate(lines) if line.startswith("  open    lapse: "))
    assert lines[lapse - 1] == "only if the Taliban cease to govern:"


def test_next_on_uncertain_day_covers_each_state(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "FJI", "--on", "2022-02-02", "--scenarios", path)
    assert ran.out.count("\nif ") == 2
    assert ran.out.index("if hostile, no ban documented:") < ran.out.index(
        "if engaged, no ban documented:"
    )


def test_next_known_by_starts_from_state_known_then(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "FJI", "--known-by", "2024-01-01", "--scenarios", path)
    assert ran.out.startswith(
        "Fiji (FJI) on 2024-01-01: no dealings documented (assumed) (no ban documented)\n"
    )


def test_next_before_record_lists_no_acts(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "FJI", "--on", "1990-01-01", "--scenarios", path)
    assert ran == Ran(0, "Fiji (FJI) on 1990-01-01: not documented\n", "")


def test_next_as_csv_has_a_row_for_each_act_and_state(run: Run, put: Put) -> None:
    put(CLEAN)
    asked = ("next", "Fiji", "--scenarios", "record", "--format", "csv")
    rows = list(csv.DictReader(run(*asked).out.splitlines()))
    assert len(rows) == 9  # acts
    (delist,) = (row for row in rows if row["act"] == "delist")
    assert (delist["stage"], delist["open"], delist["rule"]) == ("engaged", "false", "")
    assert "R03 ban must be in force" in delist["not_met"].replace("_", " ")
    assert len(run(*asked, "--on", "2022-02-02").out.splitlines()) == 1 + 2 * 9
