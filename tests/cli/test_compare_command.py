"""`compare`: countries side by side, and one after another if they do not fit."""

import csv
import io
import json

import pytest
from support.fixtures import Put, Run

FIJI = """
    - {act: engage, date: 2018-11, evidence: [$press]}
    - {act: accept_ambassador, date: 2023-12-01, evidence: [$host]}
"""
TUVALU = """
    - {act: ban, date: 2003-02-14, evidence: [$host]}
    - {act: engage, date: 2021-09-02..2021-09-04, evidence: [$host]}
"""


@pytest.fixture
def two(put: Put) -> tuple[str, ...]:
    """The arguments that compare two made-up countries."""
    put(FIJI)
    put(TUVALU, country="TUV")
    return ("compare", "FJI", "TUV", "--scenarios", "record")


def rows_of(out: str) -> dict[str, list[str]]:
    """The cells of a Markdown table by the head of their row."""
    lines = [line.strip("| ").split(" | ") for line in out.splitlines() if line.startswith("| ")]
    return {cells[0]: cells[1:] for cells in lines}


def test_compare_puts_first_days_of_each_stage_and_the_rest_side_by_side(
    run: Run, two: tuple[str, ...]
) -> None:
    ran = run(*two, "--format", "md")
    assert ran.out.startswith("# Fiji and Tuvalu, each on the last day of its own data\n")
    rows = rows_of(ran.out)
    absent = "not documented"
    assert rows["no dealings (hostile)"] == ["1996-09-27: no dealings documented (assumed)"] * 2
    assert rows["banned"] == [absent, "2003-02-14"]
    assert rows["engaged"] == ["2018-11", "2021-09-02 to 2021-09-04"]
    assert rows["ambassador accepted"] == ["2023-12-01", absent]
    assert rows["de jure recognition"] == [absent, absent]
    assert rows["ban"] == ["no ban documented", "ban in force"]
    assert rows["doctrine"] == [absent, absent]
    assert rows["voice and grade"] == ["its own authorities (B3)", "its own authorities (B3)"]
    assert rows["data end"] == ["2026-01-15", "2026-01-15"]
    assert rows["next"][0] == "recognise is open (R05): needs an official voice of the country"
    assert "accept ambassador: the ban must be lifted first (R03)" in rows["next"][1]


def test_compare_puts_changes_on_one_time_line(run: Run, two: tuple[str, ...]) -> None:
    out = run(*two, "--format", "md").out
    line = out[out.index("## Changes on one time line") :]
    assert [row.split(" | ")[0] for row in line.splitlines()[4:]] == [
        "| 2003-02-14",
        "| 2018-11",
        "| 2021-09-02 to 2021-09-04",
        "| 2023-12-01",
    ]
    assert "| 2018-11 | engage (R02): engaged, no ban documented |  |" in line


def test_compare_on_a_day_marks_what_the_dates_leave_open(run: Run, two: tuple[str, ...]) -> None:
    rows = rows_of(run(*two, "--on", "2021-09-03", "--format", "md").out)
    assert rows["engaged"] == ["2018-11", "perhaps 2021-09-02 to 2021-09-04"]
    assert rows["ambassador accepted"] == ["not documented", "not documented"]
    assert rows["voice and grade"][1] == "not documented"  # two states are possible
    assert rows["perhaps 2021-09-02 to 2021-09-04"] == ["", "engage (R02): engaged, ban in force"]


@pytest.mark.parametrize(("width", "blocks"), [(80, False), (30, True)])
def test_compare_that_does_not_fit_the_width_puts_countries_one_after_another(
    width: int, run: Run, two: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, *, blocks: bool
) -> None:
    monkeypatch.setattr("recognition_model.cli.compare.width", lambda: width)
    lines = run(*two).out.splitlines()
    assert ("Tuvalu" in lines) is blocks
    assert any(line.split() == ["Fiji", "Tuvalu"] for line in lines) is not blocks


def test_compare_puts_sentences_below_the_table_if_its_columns_are_narrow(
    run: Run, two: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = run(*two).out.splitlines()
    assert "Doctrine" not in wide
    monkeypatch.setattr("recognition_model.cli.compare.width", lambda: 50)
    narrow = run(*two).out.splitlines()
    assert narrow[narrow.index("Doctrine") + 1] == "Fiji: not documented"
    assert narrow[narrow.index("Next") + 1].startswith("Fiji: recognise is open (R05): needs an")


def test_compare_gives_json_and_a_line_of_csv_for_each_cell(run: Run, two: tuple[str, ...]) -> None:
    data = json.loads(run(*two, "--format", "json").out)
    assert (data["format"], data["on"]) == ("recognition-compare/1", None)
    fiji, tuvalu = data["countries"]
    assert [one["date"] for one in fiji["reached"]["engaged"]] == ["2018-11"]
    assert tuvalu["reached"]["delisted"] == []
    assert [(one["country"], one["rule"]) for one in data["changes"]] == [
        ("TUV", "R01"),
        ("FJI", "R02"),
        ("TUV", "R02"),
        ("FJI", "R04"),
    ]
    rows = list(csv.DictReader(io.StringIO(run(*two, "--format", "csv").out)))
    cells = {(row["country"], row["what"]): row["words"] for row in rows}
    assert cells["TUV", "banned"] == "2003-02-14"
    assert cells["FJI", "ban"] == "no ban documented"
    assert ("FJI", "banned") not in cells


def test_compare_known_by_a_day_says_so_and_leaves_out_what_was_not_public(
    run: Run, two: tuple[str, ...]
) -> None:
    out = run(*two, "--known-by", "2025-12-31", "--format", "md").out
    assert out.splitlines()[0].endswith(", as known by 2025-12-31")
    assert rows_of(out)["engaged"] == ["not documented", "not documented"]


def test_compare_says_how_dealings_ended(run: Run, put: Put) -> None:
    put(FIJI + "    - {act: break_off, date: 2024-02-01, evidence: [$host]}\n")
    put(TUVALU, country="TUV")
    ran = run("compare", "FJI", "TUV", "--scenarios", "record", "--format", "md")
    assert rows_of(ran.out)["no dealings (hostile)"][0] == (
        "1996-09-27: no dealings documented (assumed); again 2024-02-01: no dealings (broken off)"
    )


@pytest.mark.parametrize("word", ["and", "or", "vs"])
def test_word_between_two_countries_is_an_error_that_names_it(run: Run, word: str) -> None:
    ran = run("compare", "Russia", word, "China")
    assert (ran.code, ran.out) == (2, "")
    assert f"leave out `{word}`" in ran.err


@pytest.mark.parametrize("name", ["next", "why", "sources"])
def test_command_for_one_country_says_so_if_two_are_given(run: Run, name: str) -> None:
    ran = run(name, "Norway", "Iran")
    assert (ran.code, ran.out) == (2, "")
    assert f"one country at a time: `{name} Norway`" in ran.err


def test_country_of_sources_is_an_argument_or_an_option(run: Run) -> None:
    assert run("sources", "Norway").out == run("sources", "--country", "NOR").out
    ran = run("sources", "Norway", "--country", "Iran")
    assert ran.code == 2
    assert "one country at a time" in ran.err


def test_compare_needs_two_countries(run: Run, two: tuple[str, ...]) -> None:
    ran = run("compare", "FJI", "FJI", "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert "compare needs two countries or more" in ran.err
