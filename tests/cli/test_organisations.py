"""Organisations in commands: listed where files are listed, otherwise only if asked for."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from support.commands import CLEAN, TWO
from support.fixtures import Put, Run, Story

MADE_UP = ("--scenarios", "record")
TALKS = """
    - act: engage
      date: 2023-05-01
      evidence: %s
    - signal: visit
      date: 2023-06-01
      evidence: [$host]
""".replace("%s", TWO)


@pytest.fixture(autouse=True)
def two(put: Put) -> None:
    """A record of Fiji and one of the United Nations."""
    put(CLEAN)
    put(TALKS, country="UNO")


def data_of(run: Run, *args: str, code: int = 0) -> Any:
    ran = run(*args, *MADE_UP, "--format", "json")
    assert (ran.code, ran.err) == (code, "")
    return json.loads(ran.out)


def codes(items: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(one["country"] for one in items))


@pytest.mark.parametrize(
    ("args", "key"),
    [
        (("status",), "countries"),
        (("replay",), "replays"),
        (("coverage",), "countries"),
        (("changes", "--since", "2023"), "happened"),
    ],
    ids=["status", "replay", "coverage", "changes"],
)
def test_answer_holds_organisations_only_with_the_option(
    args: tuple[str, ...], key: str, run: Run
) -> None:
    without = data_of(run, *args)[key]
    assert "UNO" not in codes(without)
    assert {one["kind"] for one in without} <= {"country"}
    kinds = {
        one["country"]: one["kind"] for one in data_of(run, *args, "--with-organisations")[key]
    }
    assert kinds["UNO"] == "organisation"


def test_events_and_sources_hold_organisations(run: Run) -> None:
    found = data_of(run, "events")["events"]
    assert codes(found) == ["FJI", "UNO"]
    assert {one["record_kind"] for one in found} == {"country", "organisation"}
    sources = data_of(run, "sources")["sources"]
    assert {one["country"] for source in sources for one in source["cited_by"]} == {"FJI", "UNO"}


@pytest.mark.parametrize("command", ["status", "why", "next", "show", "replay", "coverage"])
def test_organisation_that_is_named_needs_no_option(command: str, run: Run) -> None:
    ran = run(command, "United Nations", *MADE_UP)
    assert (ran.code, ran.err) == (0, "")
    assert "United Nations" in ran.out
    assert "Fiji" not in ran.out


def test_next_lists_only_the_acts_of_an_organisation(run: Run) -> None:
    acts = data_of(run, "next", "UN")["acts"]
    assert [(one["act"], one["open"]) for one in acts] == [
        ("ban", True),
        ("engage", False),
        ("break_off", True),
        ("lapse", True),
    ]


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("precedence", "UNO"), "it has no rank"),
        (
            ("plot", "share", "FJI", "UNO", "-o", "share.svg"),
            "`plot share` shows countries; try `plot history`",
        ),
        (
            ("plot", "swimmer", "UNO", "-o", "rows.svg"),
            "`plot swimmer` shows countries; try `plot history`",
        ),
        (("report", "FJI", "UNO", "-o", "both.html"), "report on it alone"),
        (
            ("export", "csv", "UNO", "--table", "waits", "-o", "-"),
            "the table waits shows countries",
        ),
        (
            ("export", "csv", "FJI", "UNO", "--unit", "year", "-o", "year.csv"),
            "the table country_year shows countries",
        ),
    ],
    ids=["precedence", "share", "swimmer", "report", "waits", "panel"],
)
def test_answer_about_countries_refuses_an_organisation(
    args: tuple[str, ...], why: str, run: Run
) -> None:
    ran = run(*args, *MADE_UP)
    assert (ran.code, ran.out) == (2, "")
    told = ran.err.splitlines()[-1]
    assert told == f"Error: United Nations (UNO) is an organisation: {why}"
    assert not list(Path().glob("*.svg"))


def test_replay_checks_organisations_and_says_so(run: Run) -> None:
    ran = run("replay", "record")
    assert (ran.code, ran.err) == (0, "")
    assert "United Nations" not in ran.out
    assert ran.out.splitlines()[-1] == (
        "1 organisation checked too: --with-organisations shows them"
    )
    assert ran.out.splitlines()[-2].startswith("1 country, 1 change, 1 refusal (1 expected)")
    both = run("replay", "record", "--with-organisations").out
    assert "United Nations (UNO)" in both
    assert "1 country and 1 organisation, 2 changes" in both


def test_replay_reports_an_error_of_an_organisation_in_its_line(run: Run, put: Put) -> None:
    put("- status: {stage: banned}\n  date: 2023-07-01\n  evidence: [$host]\n", country="UNO")
    ran = run("replay", "record")
    assert ran.code == 1
    assert "record/UNO.yaml:8:5: error RM651" in ran.err
    assert "United Nations (UNO)" in ran.out


def test_replay_shows_an_organisation_whose_file_is_named(run: Run) -> None:
    ran = run("replay", "record/UNO.yaml", "record/FJI.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "United Nations (UNO): engaged" in ran.out
    assert "Fiji (FJI): engaged" in ran.out


def test_warning_about_an_organisation_is_among_the_findings(run: Run, put: Put) -> None:
    put("- act: engage\n  date: 2023-05-01\n  evidence: [$host]\n", country="UNO")
    ran = run("replay", "record", "--format", "json")
    assert [one["country"] for one in json.loads(ran.out)["replays"]] == ["FJI"]
    files = {one["file"] for one in json.loads(ran.out)["findings"]}
    assert files == {"record/UNO.yaml"}  # the change rests on one source


def test_record_of_organisations_alone_is_asked_about_them(
    run: Run, story: Story, tmp_path: Path
) -> None:
    (tmp_path / "record" / "FJI.yaml").unlink()
    assert codes(data_of(run, "status")["countries"]) == ["UNO"]


def test_status_counts_the_basis_of_countries_alone(run: Run) -> None:
    ran = run("status", "--on", "2023-06-02", "--with-organisations", *MADE_UP)
    assert "Of 1 country on 2023-06-02:" in ran.out


def test_events_count_organisations_apart(run: Run) -> None:
    ran = run("events", *MADE_UP)
    assert "5 entries in 1 country and 1 organisation." in ran.out


def test_coverage_counts_organisations_apart(run: Run) -> None:
    ran = run("coverage", "--with-organisations", *MADE_UP)
    counts = [line.split() for line in ran.out.splitlines()[:2]]
    assert counts == [["Countries", "1"], ["Organisations", "1"]]


def test_edit_of_an_organisation_is_told_apart_from_country_days(run: Run, put: Put) -> None:
    Path("before").mkdir()
    for path in Path("record").iterdir():
        (Path("before") / path.name).write_bytes(path.read_bytes())
    put(TALKS.replace("2023-05-01", "2023-05-11"), country="UNO")
    against = (*MADE_UP, "--against", "before")
    data = json.loads(run("changes", *against, "--format", "json").out)
    assert (data["countries"], data["days"]["any"]) == ([], 0)
    (one,) = data["organisations"]
    assert (one["country"], one["days"]["stage"]) == ("UNO", 10)
    text = run("changes", *against).out
    assert text.startswith("No country-day turns against before.")
    assert "United Nations (UNO): 10 days turn" in text


def test_why_and_show_leave_out_acts_that_no_organisation_has(run: Run) -> None:
    for command in ("why", "show"):
        assert "recognise" not in run(command, "UNO", *MADE_UP).out
        assert "recognise" in run(command, "FJI", *MADE_UP).out


def test_history_of_an_organisation_can_be_drawn(run: Run) -> None:
    ran = run("plot", "history", "UNO", "-o", "uno.svg", *MADE_UP)
    assert (ran.code, ran.err) == (0, "")
    assert "United Nations" in Path("uno.svg").read_text(encoding="utf-8")


def test_share_of_all_countries_counts_no_organisation(run: Run, put: Put) -> None:
    named = ["FJI", "TUV", "NRU", "PLW", "WSM", "TON", "VUT", "KIR", "MHL", "FSM"]
    for code in named:
        put(CLEAN, country=code)
    ran = run("plot", "share", "-o", "all.svg", "--table", *MADE_UP)
    assert (ran.code, ran.err) == (0, "")
    run("plot", "share", *named, "-o", "named.svg", "--table", *MADE_UP)
    tables = [Path(f"{name}_table.csv").read_text(encoding="utf-8") for name in ("all", "named")]
    assert tables[0] == tables[1]


def test_exported_entries_hold_organisations_and_other_tables_do_with_the_option(run: Run) -> None:
    def held(name: str, *more: str) -> set[str]:
        out = run("export", "csv", "--table", name, "-o", "-", *more, *MADE_UP).out
        return {line.split(",")[0] for line in out.splitlines()[1:]}

    assert held("entries") == {"FJI", "UNO"}
    assert held("spells") == {"FJI"}
    assert held("spells", "--with-organisations") == {"FJI", "UNO"}
    assert held("country_year", "--with-organisations") == {"FJI"}
    assert held("spells", "UNO") == {"UNO"}
    assert held("entries", "FJI") == {"FJI"}


@pytest.mark.parametrize("more", [(), ("--with-organisations",), ("UNO",)], ids=str)
def test_package_with_organisations_can_be_made_again(more: tuple[str, ...], run: Run) -> None:
    assert run("export", "csv", "--unit", "year", *more, "-o", "tables.zip", *MADE_UP).code == 0
    ran = run("cite", "tables.zip", "--check", *MADE_UP)
    assert (ran.code, "its data would be the same" in ran.out) == (0, True)


def test_needed_voice_is_that_of_the_organisation(run: Run, put: Put) -> None:
    assert "needs an official voice of the organisation" in run("next", "UN", *MADE_UP).out
    assert "needs an official voice of the country" in run("next", "FJI", *MADE_UP).out
    denied = "- refuse: ban\n  date: 2023-04-01\n  because: not-attested\n  evidence: [$press]\n"
    put(denied, country="UNO")
    told = " ".join(run("why", "UN", *MADE_UP).out.split())
    assert "it needs an official voice of the organisation; the best given is press" in told
    assert "if the organisation itself attested them" in told
    assert "of the country" not in told


def test_due_holds_an_organisation_that_is_named(run: Run) -> None:
    due = ("coverage", "UN", "--due", *MADE_UP, "--format")
    (row,) = csv.DictReader(run(*due, "csv").out.splitlines())
    assert (row["country"], row["kind"]) == ("UNO", "organisation")
    (one,) = json.loads(run(*due, "json").out)["reviews"]
    assert (one["country"], one["kind"]) == ("UNO", "organisation")


def test_checks_say_which_records_are_of_organisations(run: Run) -> None:
    checked = ("coverage", "--checked", "--with-organisations", *MADE_UP, "--format", "csv")
    rows = csv.DictReader(run(*checked).out.splitlines())
    assert {row["country"]: row["kind"] for row in rows} == {
        "FJI": "country",
        "UNO": "organisation",
    }


@pytest.mark.parametrize(
    ("args", "heading"),
    [
        ((), "## Countries, stages, evidence"),
        (("--with-organisations",), "## Countries and organisations, stages, evidence"),
        (("UN",), "## Organisations, stages, evidence"),
    ],
    ids=["countries", "both", "organisation"],
)
def test_page_of_coverage_counts_the_basis_of_countries_alone(
    args: tuple[str, ...], heading: str, run: Run
) -> None:
    page = run("coverage", *args, "--format", "md", *MADE_UP).out
    assert heading in page.splitlines()
    assert ("Of 1 country: 1 evidenced" in page) == (args != ("UN",))
    assert "Of 2 countries" not in page


def test_searches_count_organisations_apart(run: Run) -> None:
    words = ("--on", "2026-03-01", "--searched", "Kabul", "--scenarios", "record")
    assert run("reviewed", "Fiji", "UN", "Samoa", *words).code == 0
    page = run("searches", "--format", "md", *MADE_UP).out
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## Countries with a file",
        "## Countries without a file",
        "## Organisations",
    ]
    assert "| Countries searched for | 2 |\n| — with a file | 1 |\n" in page
    assert "| Organisations searched for | 1 |\n" in page
    assert "One search for 2 countries and 1 organisation: FJI, UNO, WSM." in page
    rows = csv.DictReader(run("searches", "UN", "--format", "csv", *MADE_UP).out.splitlines())
    assert [(row["country"], row["has_file"]) for row in rows] == [("UNO", "true")]


@pytest.mark.parametrize("order", ["name", "stage", "since"])
def test_sorted_status_has_organisations_after_the_countries(
    order: str, run: Run, put: Put
) -> None:
    put(CLEAN.replace("2022-02-01..2022-02-03", "2023-07-01"), country="ZWE")
    ran = data_of(run, "status", "--with-organisations", "--sort", order)
    assert codes(ran["countries"]) == ["FJI", "ZWE", "UNO"]


def test_countries_of_the_record_are_listed_without_organisations(run: Run) -> None:
    told = run("status", "Samoa", *MADE_UP).err.splitlines()[-1]
    assert told.endswith("Countries in the record: Fiji (FJI). Organisations: United Nations (UNO)")


def test_comparison_says_which_stages_only_countries_have(run: Run) -> None:
    page = run("compare", "FJI", "UN", "--format", "md", *MADE_UP).out
    for stage in ("delisted", "ambassador accepted", "de jure recognition"):
        assert f"| {stage} | not documented | for countries only |" in page.replace("**", "")
    assert "| banned | not documented | not documented |" in page.replace("**", "")


def test_report_of_an_organisation_has_no_figures_of_all_countries(run: Run) -> None:
    ran = run("report", "UN", "-o", "un.md", *MADE_UP)
    assert ran.out.startswith("wrote un.md: report on 1 organisation\n")
    page = Path("un.md").read_text(encoding="utf-8")
    assert "Figures for all countries" not in page
    assert "left out" not in page
    assert run("report", "UN", "-o", "un.html", *MADE_UP).code == 0
    assert "#pictures" not in Path("un.html").read_text(encoding="utf-8")
    run("report", "FJI", "-o", "fji.md", *MADE_UP)
    assert "## Figures for all countries" in Path("fji.md").read_text(encoding="utf-8")


def test_record_of_organisations_alone_leaves_nothing_to_prove(run: Run) -> None:
    Path("record/FJI.yaml").unlink()
    ran = run("prove", *MADE_UP)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("`prove` replays the records of countries: there is none here\n")
