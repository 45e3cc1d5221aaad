"""`changes`: two lists, each with before and after, and what they leave open."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support.fixtures import Put, Run

WIRE = "{source: wire-2024, voice: host, credibility: 2, %s claim: An example.}"
FIJI = f"""
    - act: ban
      date: 2003-02-14
      evidence: [{WIRE % "recalled: true,"}]
    - act: engage
      date: 2022-02-01..2022-02-03
      evidence: [{{source: wire-2022, voice: press, credibility: 2, claim: A meeting.}}]
    - act: delist
      date: 2024-06-01
      evidence: [{WIRE % ""}]
"""
# wire-2022 was public on 2022-02-01, wire-2024 on 2024-06-01.


@pytest.fixture
def fiji(put: Put) -> Path:
    """Dealings known at once, under a ban that is told only when it is lifted."""
    return put(FIJI, until="2024-12-31")


def test_both_lists_tell_before_and_after(run: Run, fiji: Path) -> None:
    ran = run("changes", "--since", "2024", "--until", "2024", "--scenarios", fiji)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Happened from 2024-01-01 to 2024-12-31\n"
        "2024-06-01  Fiji: ban lifted or suspended, from engaged, ban in force to\n"
        "            delisted [The Example, 2024-06-01]\n"
        "\n"
        "Became known from 2024-01-01 to 2024-12-31\n"
        "2024-06-01  Fiji: banned 2003-02-14, from no dealings documented (assumed) to\n"
        "            banned [The Example, 2024-06-01]\n"
        "2024-06-01  Fiji: dealings begin 2022-02-01 to 2022-02-03, from banned to\n"
        "            engaged, ban in force (until then known as from no dealings\n"
        "            documented (assumed) to engaged) [The Example, 2022-02-01]\n"
        "2024-06-01  Fiji: ban lifted or suspended 2024-06-01, from engaged, ban in force\n"
        "            to delisted [The Example, 2024-06-01]\n"
    )


def test_nothing_happened_is_one_line_and_silence_is_not_no(run: Run, fiji: Path) -> None:
    out = run("changes", "--since", "2025", "--until", "2025", "--scenarios", fiji).out
    assert out == (
        "Nothing happened from 2025-01-01 to 2025-12-31 in the record.\n"
        "Nothing became known from 2025-01-01 to 2025-12-31 in the record.\n"
        "The data of Fiji end before 2025-01-01, so silence about it does not mean that\n"
        "nothing happened.\n"
    )


@pytest.mark.parametrize(
    ("since", "whose"),
    [
        ("2024-12-31", "1 of 3 countries end before 2025-02-01"),  # on it, Kiribati's data end
        ("2025-02-01", "1 of 3 countries end before 2025-02-01"),
        ("2025-02-02", "all 3 countries end before 2025-02-02"),
        ("2030", "all 3 countries end before 2030-01-01"),
    ],
)
def test_window_behind_all_data_says_that_they_end_before_it(
    since: str, whose: str, run: Run, put: Put
) -> None:
    put("[]", "TUV", until="2025-02-01")
    put("[]", "NRU", until="2025-02-01")
    folder = put("[]", "KIR", until="2024-12-31").parent
    asked = ("changes", "--since", since, "--scenarios", folder)
    assert f"The data of {whose}, so silence about" in " ".join(run(*asked).out.split())
    ended = json.loads(run(*asked, "--format", "json").out)["ended"]
    assert len(ended) == (3 if whose.startswith("all") else 1)


def test_date_that_only_overlaps_is_marked_perhaps(run: Run, fiji: Path) -> None:
    out = run("changes", "--since", "2022-02-02", "--until", "2022-03", "--scenarios", fiji).out
    assert "2022-02-01 to 2022-02-03 (perhaps) Fiji: dealings begin" in out
    assert "(perhaps): the dates leave open whether it falls into these days." in out


def test_markdown_is_two_tables(run: Run, fiji: Path) -> None:
    out = run("changes", "--since", "2024", "--format", "md", "--scenarios", fiji).out
    assert out.startswith("## Happened since 2024-01-01\n\n| Date | Country | Before | After |")
    assert "## Became known since 2024-01-01\n\n| Known by | Country |" in out


def test_csv_tells_the_list_of_each_row(run: Run, fiji: Path) -> None:
    out = run("changes", "--since", "2024", "--format", "csv", "--scenarios", fiji).out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(r["list"], r["act"], r["known_on"], r["gone"]) for r in rows] == [
        ("happened", "delist", "", ""),
        ("became known", "ban", "2024-06-01", "false"),
        ("became known", "engage", "2024-06-01", "false"),
        ("became known", "delist", "2024-06-01", "false"),
    ]


def test_json_is_the_format_of_scripts(run: Run, fiji: Path) -> None:
    out = run("changes", "--since", "2024", "--format", "json", "--scenarios", fiji).out
    data = json.loads(out)
    assert data["format"] == "recognition-changes/1"
    assert [(c["act"], c["before"], c["after"]) for c in data["happened"]] == [
        ("delist", "engaged", "delisted")
    ]
    assert [c["was"] and c["was"]["before"] for c in data["became_known"]] == [
        None,
        "hostile",
        None,
    ]


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "give --since DAY"),
        (["--since", "2025", "--until", "2024"], "before it begins"),
        (["--since", "soon"], "'soon' is not a date"),
    ],
)
def test_window_that_is_none_is_a_usage_error(
    args: list[str], why: str, run: Run, fiji: Path
) -> None:
    ran = run("changes", *args, "--scenarios", fiji)
    assert (ran.code, ran.out) == (2, "")
    assert why in " ".join(ran.err.split())


def test_last_twelve_months_of_the_record_have_a_command(run: Run) -> None:
    out = run("changes", "--since", "2025-06-24", "--until", "2026-06-23").out
    happened, _, known = out.partition("Became known")
    for name in ("Russia", "Tajikistan", "Belgium"):
        assert name in happened
        assert name in known


def test_known_by_leaves_out_what_was_told_later(run: Run, fiji: Path) -> None:
    asked = ("changes", "--since", "2003", "--scenarios", fiji, "--format", "json", "--known-by")
    acts = {
        day: [one["act"] for one in json.loads(run(*asked, day).out)["happened"]]
        for day in ("2022-01", "2024-05", "2024-06")
    }
    assert acts == {
        "2022-01": [],
        "2024-05": ["engage"],
        "2024-06": ["ban", "engage", "delist"],
    }


def test_errors_of_the_record_are_told_as_in_status(run: Run, put: Put) -> None:
    refused = """
        - {act: engage, date: 2022-02-01, evidence: [$press]}
        - {act: engage, date: 2023-02-01, evidence: [$press]}
    """
    path = put(refused)
    asked = ("changes", "--since", "2022", "--scenarios", path)
    for more in ((), ("--known-by", "2025"), ("--known-by", "2022-12")):
        ran, status = run(*asked, *more), run("status", "--scenarios", path, *more)
        assert (ran.code, ran.err) == (status.code, status.err)
    ran = run(*asked)
    assert ran.code == 1
    assert "RM501 engage 2023-02-01 would change nothing" in ran.err
    assert "Fiji: dealings begin" in ran.out
