"""Which record a command reads: the shipped one, one's own instead of it, or beside it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.commands import BANNED, CLEAN, NOT_ATTESTED
from support.fixtures import Put, Run

import recognition_model as rm
from recognition_model.cli.app import cli

HERE = (
    "note: FJI.yaml here was not read: add `--with .` to have it beside the shipped record, or "
    "`--scenarios .` to have only it\n"
)


@pytest.fixture
def here(put: Put, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a scenario of Fiji."""
    folder = put(CLEAN).parent
    monkeypatch.chdir(folder)
    return folder


def countries(ran_out: str) -> list[str]:
    return [country["country"] for country in json.loads(ran_out)["countries"]]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "args", [["status", "RUS"], ["next", "RUS"], ["precedence"], ["coverage", "RUS"]], ids=" ".join
)
def test_command_says_that_files_here_were_not_read(args: list[str], run: Run) -> None:
    assert run(*args).err == HERE


@pytest.mark.usefixtures("here")
def test_country_that_only_a_file_here_has_is_an_error_that_names_the_file(run: Run) -> None:
    ran = run("status", "Fiji")
    assert (ran.code, ran.out) == (2, "")
    error = ran.err.splitlines()[-1]
    assert error.startswith(
        "Error: not in the record: Fiji (FJI). FJI.yaml here was not read: add `--with .` to have"
    )


@pytest.mark.usefixtures("here")
def test_files_of_other_kinds_here_are_not_named(run: Run) -> None:
    Path("compose.yaml").write_text("services: {}\n", encoding="utf-8")
    assert run("status", "RUS").err == HERE


@pytest.mark.parametrize("option", ["--with", "--scenarios"])
@pytest.mark.usefixtures("here")
def test_nothing_is_said_if_an_option_chooses(option: str, run: Run) -> None:
    assert run("status", option, ".").err == ""


@pytest.mark.usefixtures("here")
def test_with_puts_own_country_beside_the_shipped_ones(run: Run) -> None:
    shipped = countries(run("status", "--format", "json").out)
    beside = countries(run("status", "--with", ".", "--format", "json").out)
    assert sorted(beside) == sorted([*shipped, "FJI"])
    assert countries(run("status", "FJI", "RUS", "--with", ".", "--format", "json").out) == [
        "FJI",
        "RUS",
    ]


def test_own_country_replaces_the_shipped_one_and_a_note_says_so(put: Put, run: Run) -> None:
    mine = put(CLEAN, country="RUS")
    ran = run("status", "RUS", "--with", mine.parent, "--format", "json")
    (country,) = json.loads(ran.out)["countries"]
    assert country["standings"][0]["stage"] == "engaged"  # the shipped record: recognised
    assert ran.code == 0
    first = ran.err.splitlines()[0]
    assert first.startswith("record/RUS.yaml:1:1: note RM213 this file of Russia (RUS) is used")


def test_folders_beside_each_other_form_one_record(put: Put, tmp_path: Path) -> None:
    mine = put(CLEAN).parent
    other = tmp_path / "other"
    other.mkdir()
    (other / "TUV.yaml").write_text(
        (mine / "FJI.yaml").read_text(encoding="utf-8").replace("FJI", "TUV"), encoding="utf-8"
    )
    (other / "sources.yaml").write_bytes((mine / "sources.yaml").read_bytes())
    folder = rm.load_folder(mine, beside=[other])
    assert [s.country for s in folder.scenarios] == ["FJI", "TUV"]
    assert not [found for found in folder.findings if found.is_error]


def test_error_in_a_file_beside_is_found_and_exits_1(put: Put, run: Run) -> None:
    path = put("- {act: nosuch, date: 2022, evidence: [$press]}\n")
    ran = run("status", "RUS", "--with", path)
    assert (ran.code, "RM204" in ran.err, "Russia (RUS)" in ran.out) == (1, True, True)


# --- replay --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_replay_without_path_means_here(run: Run) -> None:
    ran = run("replay")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Country     Last stage  Changes  Findings\n"
        "Fiji (FJI)  engaged     1\n"
        "1 country, 1 change, 1 refusal (1 expected), 0 findings\n"
    )


@pytest.mark.usefixtures("here")
def test_replay_lists_a_file_that_could_not_be_used(run: Run) -> None:
    Path("TUV.yaml").write_text("country: TUV\ntimeline: maybe\n", encoding="utf-8")
    ran = run("replay")
    assert ran.code == 1
    (line,) = (line for line in ran.out.splitlines() if line.startswith("TUV.yaml"))
    assert line.split()[1:3] == ["not", "used"]
    assert line.split()[3] == str(ran.err.count("TUV.yaml:"))


@pytest.mark.usefixtures("here")
def test_replay_of_shipped_country_works_here_too(run: Run) -> None:
    ran = run("replay", "Russia")
    assert ran.out.startswith("Russia (RUS): ")
    assert ran.out.splitlines()[-1].startswith("1 country, ")


def test_replay_names_one_country_entry_by_entry(run: Run) -> None:
    ran = run("replay", "KAZ")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Kazakhstan (KAZ): ")
    assert "R03 delist" in ran.out


def test_replay_of_the_shipped_record_is_a_line_a_country_and_a_sum(run: Run) -> None:
    lines = run("replay").out.splitlines()
    assert len(lines) == len(rm.load_folder().scenarios) + 3
    assert lines[-1] == "2 organisations checked too: --with-organisations shows them"
    assert max(map(len, lines)) <= 80


def test_replay_full_prints_every_entry(run: Run, put: Put) -> None:
    path = put(CLEAN)
    assert run("replay", path.parent, "--full").out == run("replay", path).out
    assert "signal" not in run("replay", path.parent).out


def test_replay_reads_standard_input_with_the_register_here(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(NOT_ATTESTED, **BANNED)
    text = path.read_text(encoding="utf-8")
    monkeypatch.chdir(path.parent)
    ran = run("replay", "-", stdin=text)
    assert ran.code == 1
    assert ran.err.startswith("<standard input>:7:5: error RM501 ")


def test_replay_of_misspelt_country_names_the_country(run: Run) -> None:
    ran = run("replay", "Rusia")
    assert ran.code == 2
    assert ran.err == (
        "Rusia: error RM101 cannot be read: No such file or directory\n"
        "  hint: did you mean RUS (Russia)?\n"
    )


def test_missing_archive_is_a_warning_only_with_strict(run: Run) -> None:
    assert "RM702" not in run("replay").err
    assert run("replay", "--strict").err.count("RM702") == 1


def test_file_with_many_findings_prints_fifty_unless_all_are_asked_for(run: Run, put: Put) -> None:
    path = put("- {signal: visit, date: 2022-02-30, evidence: [$press]}\n" * 57)
    ran = run("replay", path)
    assert ran.err.count("error RM402") == 50
    assert ran.err.endswith(
        "record/FJI.yaml: note 7 more findings in this file: `recognition-model replay --all`"
        " shows all\n"
    )
    assert run("replay", path, "--all").err.count("error RM402") == 57
    assert len(json.loads(run("replay", path, "--format", "json").out)["findings"]) == 57
    assert run("replay", path, "--format", "github").out.count("::error ") == 50
    assert run("replay", path, "--format", "github", "--all").out.count("::error ") == 57


def test_question_about_one_country_reads_its_shipped_file_and_no_other(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[str, ...]] = []

    def noted(paths: Sequence[Path], **options: Any) -> rm.Folder:
        read.append(tuple(path.name for path in paths))
        return rm.load_folder(paths, **options)

    monkeypatch.setattr("recognition_model.cli.selection.load_folder", noted)
    for words in ("status RUS", "why KAZ", "compare RUS KAZ", "status"):
        assert run(*words.split()).code == 0
    assert read == [("RUS.yaml",), ("KAZ.yaml",), ("RUS.yaml", "KAZ.yaml"), ()]


def test_answer_to_a_question_prints_ten_warnings_and_says_how_many_more_there_are(
    run: Run, put: Put
) -> None:
    entry = "- {signal: venue, date: 2022-02-0%d, evidence: [$press]}\n"  # an old word: RM717
    path = put("".join(entry % day for day in range(1, 9)))
    put("".join(entry % day for day in range(1, 5)), country="TON")
    folder = str(path.parent)
    asked = run("status", "FJI", "--scenarios", folder)
    assert asked.err.count("warning RM717") == 10
    assert asked.err.endswith("2 more warnings in 1 file: `recognition-model replay` shows them\n")
    assert run("replay", folder).err.count("warning RM717") == 12
    put("".join(entry % day for day in range(1, 8)), country="TON")
    put(entry % 1, country="TUV")
    asked = run("status", "FJI", "--scenarios", folder)
    assert "6 more warnings in 2 files: " in asked.err


# --- days, colours, completion -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"), [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-05-28",) * 2]
)
def test_on_a_year_or_month_means_its_last_day(written: str, day: str, run: Run) -> None:
    ran = run("status", "RUS", "--on", written, "--format", "json")
    assert json.loads(ran.out)["countries"][0]["day"] == day


def test_since_a_year_means_its_first_day(run: Run) -> None:
    asked = ("precedence", "--stage", "engaged", "--format", "json", "--since")
    assert run(*asked, "2021").out == run(*asked, "2021-01-01").out


def test_color_always_colours_a_pipe_and_no_color_wins_otherwise(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[" not in run("status", "RUS").out
    assert "\x1b[1mRussia" in run("status", "RUS", "--color", "always").out
    assert "\x1b[1mRussia" in run("--color", "always", "status", "RUS").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("status", "RUS").out


def offered(words: str, incomplete: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COMP_WORDS", f"{words} {incomplete}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    ran = CliRunner().invoke(
        cli, prog_name="recog", env={"_RECOG_COMPLETE": "bash_complete"}, args=[]
    )
    return [line.partition(",")[2] for line in ran.stdout.splitlines()]


@pytest.mark.usefixtures("here")
def test_completion_offers_the_countries_that_the_options_would_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert offered("recog status --scenarios .", "", monkeypatch) == ["FJI"]
    both = offered("recog status --with .", "", monkeypatch)
    assert {"FJI", "RUS"} <= set(both)
    assert "FJI" not in offered("recog status", "", monkeypatch)


def test_completion_offers_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered("recog status --stage", "d", monkeypatch) == ["delisted", "de_jure_recognition"]


def test_completion_offers_signals_and_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    signals = offered("recog precedence --signal", "visit_", monkeypatch)
    assert {"visit_made", "visit_received"} <= set(signals)
    assert offered("recog export csv --table", "country_y", monkeypatch) == ["country_year"]


@pytest.mark.usefixtures("here")
def test_completion_of_signals_reads_the_chosen_record(monkeypatch: pytest.MonkeyPatch) -> None:
    families = {str(family) for family in rm.Family}
    asked = "recog precedence --scenarios . --signal"
    assert set(offered(asked, "", monkeypatch)) == {"visit", *families}
