"""`events`: the chronology as text, Markdown, CSV and JSON, and what its options take."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from support.fixtures import Put, Run

from recognition_model.cli.app import cli

FIJI = """
    - act: engage
      date: 2022-02-01..2022-02-03
      note: Envoys meet in Nadi.
      evidence:
        - {source: wire-2022, voice: press, credibility: 2, claim: A meeting.}
        - {source: yearbook-2026, voice: press, credibility: 2, recalled: true, claim: Talks.}
    - act: accept_ambassador
      date: 2022-09
      rank: deprecated
      because: The ministry denied it.
      note: An envoy comes.
      evidence: [$press]
    - signal: visit
      date: 2024-05
      contradiction: One report has another day.
      evidence:
        - $host
        - {source: gazette-2024-05, voice: host, credibility: 1, bearing: disputes, claim: No.}
    - refuse: recognise
      date: 2024-05-27
      because: not-attested
      evidence: [$press]
"""
TUVALU = "- {signal: visit, date: ..2024-03, evidence: [$other]}"


@pytest.fixture
def two(put: Put) -> Path:
    """Fiji with every way to be marked, and Tuvalu with a date that is open on one side."""
    put(FIJI)
    return put(TUVALU, "TUV").parent


def test_chronology_has_date_country_what_note_and_best_source(run: Run, two: Path) -> None:
    ran = run("events", "--scenarios", two)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "by 2024-03  Tuvalu: visit [The Example Yearbook, 2026-01-01]\n"
        "2022-02-01 to 2022-02-03 Fiji: dealings begin (engaged). Envoys meet in Nadi.\n"
        "            [The Example Yearbook, 2026-01-01 and 1 more]\n"
        "2024-05     Fiji: visit (disputed, in doubt) [The Example Yearbook, 2026-01-01]\n"
        "\n"
        "3 entries in 2 countries.\n"
    )


def test_window_marks_overlaps_and_tells_whose_data_end_sooner(run: Run, two: Path) -> None:
    out = run("events", "--since", "2022-02-02", "--until", "2026", "--scenarios", two).out
    assert out.startswith("by 2024-03 (overlaps) Tuvalu: visit")
    assert "2022-02-01 to 2022-02-03 (overlaps) Fiji" in out
    assert " ".join(out.split()).endswith(
        "3 entries in 2 countries from 2022-02-02 to 2026-12-31; 2 of them may lie outside"
        " (overlaps). The data of both countries end before 2026-12-31, so silence about them does"
        " not mean that nothing happened."
    )


def test_entries_that_the_replay_does_not_use_are_marked_and_not_counted(
    run: Run, two: Path
) -> None:
    out = run("events", "Fiji", "--all", "--scenarios", two).out
    assert (
        "2022-09     Fiji: struck out: ambassador accepted. An envoy comes. Struck out\n"
        "            because: The ministry denied it. [The Example Yearbook, 2026-01-01]\n"
    ) in out
    assert "2024-05-27  Fiji: rejected: recognised de jure (not attested) [The" in out
    assert out.endswith("2 entries in 1 country; 2 shown that the replay does not use.\n")


def test_kind_refuse_shows_rejected_reports(run: Run, two: Path) -> None:
    out = run("events", "--kind", "refuse,signal", "--scenarios", two).out
    assert "rejected: recognised de jure" in out
    assert "struck out" not in out
    assert "dealings" not in out
    again = run("events", "--kind", "refuse", "--kind", "signal", "--scenarios", two).out
    assert again == out


def test_nothing_found_is_one_line(run: Run, two: Path) -> None:
    ran = run("events", "--match", "nosuch", "--since", "2020", "--scenarios", two)
    assert (ran.code, ran.out) == (0, "No entry matches since 2020-01-01.\n")


def test_nothing_found_behind_the_data_says_that_they_end_sooner(run: Run, two: Path) -> None:
    out = run("events", "--since", "2030", "--scenarios", two).out
    assert out == (
        "No entry matches since 2030-01-01.\n"
        "The data of both countries end before 2030-01-01, so silence about them does not\n"
        "mean that nothing happened.\n"
    )
    one = run("events", "Fiji", "--since", "2030", "--scenarios", two).out
    assert "The data of Fiji end before 2030-01-01, so silence about it" in one


def test_markdown_is_a_table_with_links_and_marks(run: Run, two: Path) -> None:
    lines = run("events", "--all", "--format", "md", "--scenarios", two).out.splitlines()
    assert lines[0] == "| Date | Country | What happened | Source |"
    assert "~~struck out: ambassador accepted~~" in lines[4]
    assert "**visit** *(disputed, in doubt)*" in lines[5]


def test_csv_has_a_row_an_entry_with_sources_and_place(run: Run, two: Path) -> None:
    out = run("events", "Fiji", "--format", "csv", "--scenarios", two).out
    engage, visit = csv.DictReader(io.StringIO(out))
    assert (engage["date"], engage["earliest"], engage["latest"]) == (
        "2022-02-01..2022-02-03",
        "2022-02-01",
        "2022-02-03",
    )
    assert engage["sources"] == "yearbook-2026; wire-2022"
    assert (engage["publisher"], engage["grade"]) == ("The Example Yearbook", "B2")
    assert (engage["line"], engage["counted"]) == ("7", "true")
    assert (visit["disputed"], visit["contradiction"]) == ("true", "One report has another day.")


def test_json_is_the_format_of_scripts(run: Run, two: Path) -> None:
    asked = ("--since", "2024-05", "--format", "json")
    data = json.loads(run("events", *asked, "--scenarios", two).out)
    assert data["format"] == "recognition-events/1"
    assert (data["since"], data["until"], data["known_by"]) == ("2024-05-01", None, None)
    assert {"date", "country", "kind", "what", "note", "sources", "line", "in_window"} <= set(
        data["events"][0]
    )
    assert [(e["country"], e["in_window"]) for e in data["events"]] == [("FJI", "surely")]


def test_known_by_leaves_out_what_was_not_yet_public(run: Run, two: Path) -> None:
    out = run("events", "--known-by", "2022-02", "--scenarios", two).out
    assert out == (
        "2022-02-01 to 2022-02-03 Fiji: dealings begin (engaged) [The Example,\n"
        "            2022-02-01]\n"
        "\n"
        "1 entry in 1 country.\n"
        "As known by 2022-02-28; 4 entries were not yet public.\n"
    )
    asked = ("events", "--scenarios", two)
    one = run(*asked, "Tuvalu", "--known-by", "2022-02").out
    assert one == "No entry matches.\nAs known by 2022-02-28; 1 entry was not yet public.\n"
    assert run(*asked, "--known-by", "2026-06").out.endswith(
        "3 entries in 2 countries.\nAs known by 2026-06-30.\n"
    )
    data = json.loads(run(*asked, "--known-by", "2022-02", "--format", "json").out)
    assert (data["known_by"], data["not_yet_public"]) == ("2022-02-28", 4)
    assert "As known" not in run(*asked).out


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--kind", "sinal"], "'sinal' is no kind of entry: did you mean signal?"),
        (["--kind", "act,zzz"], "'zzz' is no kind of entry: one of act, status, signal, refuse"),
        (["--family", "visits"], "'visits' is no family of signals: did you mean visit?"),
        (["--kind", ","], "no kind of entry is given: one of act, status, signal, refuse"),
        (["--voice", "hots"], "'hots' is no voice: did you mean host?"),
        (["--min-grade", "B"], "'B' is no least grade: write a letter A to E and a digit 1 to 5"),
        (["--min-grade", "F6"], "F and 6 mean that it cannot be judged"),
        (["--match", "'"], "nothing to look for"),
        (["--since", "2025", "--until", "2024"], "ends on 2024-12-31, before it begins"),
        (["--since", "2025", "--until", "2024", "--against", "strict"], "before it begins"),
        (["--since", "yesterday"], "'yesterday' is not a date"),
        (["Kiribati"], "not in the record: Kiribati (KIR)"),
    ],
)
def test_wrong_word_is_a_usage_error_with_a_hint(
    args: list[str], why: str, run: Run, two: Path
) -> None:
    ran = run("events", *args, "--scenarios", two)
    assert (ran.code, ran.out) == (2, "")
    assert why in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("args", "begun", "offered"),
    [
        (["--kind"], "s", ["status", "signal"]),
        (["--kind"], "act,s", ["act,status", "act,signal"]),
        (["--kind"], "signal,s", ["signal,status"]),
        (["--family"], "visit,f", ["visit,force"]),
        (["--voice"], "", ["host", "taliban", "other_state", "press"]),
        (["--min-grade"], "b", ["B1", "B2", "B3", "B4", "B5"]),
    ],
)
def test_shell_completes_kinds_families_voices_and_grades(
    args: list[str], begun: str, offered: list[str]
) -> None:
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    items = complete.get_completions(["events", *args], begun)
    assert [item.value for item in items] == offered
    assert all(item.help for item in items)


def test_briefing_of_the_second_half_of_2025_has_a_command(run: Run) -> None:
    out = run("events", "--since", "2025-07", "--until", "2025-12", "--kind", "act,signal").out
    assert "Russia: recognised de jure" in out
    assert re.search(
        r"\d+ entries in \d+ countries and \d+ organisations from 2025-07-01 to 2025-12-31; ", out
    )
