"""`coverage`: what the record covers."""

import csv
import json
import re
from pathlib import Path

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run


def test_coverage_prints_counts_and_a_line_for_each_country(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("coverage", "--scenarios", "record")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "Changes of stage 1" in lines
    assert "— published on the web, with no archived copy 0" in lines
    # From the start of 1996-09-27 to 2022-02-01 are 25 whole years.
    fiji = next(line for line in lines if line.startswith("Fiji"))
    assert re.fullmatch("Fiji 1 engage 2022-02-01.* 25 years 2026-01-15", fiji)


def test_coverage_as_csv_has_a_row_for_each_country(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("coverage", "Fiji", "--scenarios", "record", "--format", "csv")
    (row,) = csv.DictReader(ran.out.splitlines())
    assert (row["country"], row["changes"], row["weakest_grade"]) == ("FJI", "1", "B3")
    assert (row["silent_from"], row["silent_to"]) == ("1996-09-27", "2022-02-01")


def test_coverage_prints_markdown_page_or_same_data_as_json(run: Run, put: Put) -> None:
    put(CLEAN)
    page = run("coverage", "--scenarios", "record", "--format", "md")
    assert (page.code, page.err) == (0, "")
    assert page.out.startswith("# What the record covers and what it leaves open\n")
    ran = run("coverage", "Fiji", "--scenarios", "record", "--format", "json")
    data = json.loads(ran.out)
    assert (data["format"], data["sources"], data["grades"]) == (
        "recognition-coverage/1",
        2,
        {"B3": 5},
    )
    (fiji,) = data["countries"]
    link = {
        "date": "2022-02-01..2022-02-03",
        "act": "engage",
        "after": "engaged",
        "attestation": "reported",
        "voice": "press",
        "grade": "B3",
        "sources": ["yearbook-2026", "almanac-2026"],
    }
    assert fiji == {
        "country": "FJI",
        "name": "Fiji",
        "kind": "country",
        "start": {"stage": "hostile", "date": "1996-09-27", "assumed": True},
        "documented_until": "2026-01-15",
        "links": [link],
        "weakest": link,
        "signals": 1,
        "contradictions": 0,
        "turned_down": 1,
        "longest_silence": ["1996-09-27", "2022-02-01"],
    }


def test_coverage_of_missing_country_lists_available_ones(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("coverage", "Tuvalu", "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert "not in the record: Tuvalu (TUV) " in ran.err
    assert ran.err.endswith("Countries in the record: Fiji (FJI)\n")


def test_due_lists_the_most_urgent_file_first(run: Run, put: Put) -> None:
    put(CLEAN)
    put(CLEAN, country="TUV", until="2026-01-15\nreviewed: 2026-04-01\nreview-every: 28")
    ran = run("coverage", "--due", "--on", "2026-04-15", "--scenarios", "record")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    rows = [line.split() for line in ran.out.splitlines() if line[:4] in ("Fiji", "Tuva")]
    # Fiji's act, status and signal in five years: 1826 / 3 is over 365; 90 / 365 is 0.25.
    assert rows == [
        ["Tuvalu", "2026-04-01", "2026-01-15", "14", "0.6", "28*", "0.50"],
        ["Fiji", "2026-01-15", "90", "0.6", "365", "0.25"],
    ]
    assert "0 files are due on 2026-04-15." in ran.out


def test_due_counts_days_to_the_last_day_of_the_whole_record(run: Run, put: Put) -> None:
    put(CLEAN)
    put(CLEAN, country="TUV", until="2026-01-15\nreviewed: 2026-04-15")
    options = ("--scenarios", "record", "--format")
    (row,) = csv.DictReader(run("coverage", "Fiji", "--due", *options, "csv").out.splitlines())
    assert (row["country"], row["days_since_review"], row["review_every"]) == ("FJI", "90", "365")
    data = json.loads(run("coverage", "Fiji", "--due", *options, "json").out)
    assert (data["format"], data["on"]) == ("recognition-due/1", "2026-04-15")
    assert [one["country"] for one in data["reviews"]] == ["FJI"]
    assert "| Country | Reviewed |" in run("coverage", "--due", *options, "md").out


def test_due_knows_no_country_without_a_file(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("coverage", "Samoa", "--due", "--scenarios", "record")
    assert (ran.code, "not in the record: Samoa (WSM)" in ran.err) == (2, True)
    assert "one at a time" in run("coverage", "--due", "--checked").err
    assert "--on goes with --due" in run("coverage", "--on", "2026-01-01").err


@pytest.mark.parametrize("option", ["--due", "--checked"])
def test_folder_without_a_scenario_has_nothing_due_or_checked(
    option: str, run: Run, tmp_path: Path
) -> None:
    ran = run("coverage", option, "--scenarios", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "RM103" in ran.err
