"""`schema`: printed or written, with the words of a record."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import BashComplete
from support.commands import SEED
from support.fixtures import Put, Ran, Run

import recognition_model as rm
from recognition_model.cli.app import cli
from recognition_model.io.json_schema import NAMES, json_schema, schema_text

VISIT = (
    "- {signal: arrival_by_sea, date: 2024, evidence: [{source: yearbook-2026, voice: press, "
    "credibility: 3, claim: A ship came.}]}\n"
)


def offered(schema: dict[str, Any], record: str, key: str) -> list[str]:
    """The words that an editor offers for a key."""
    words: list[str] = schema["$defs"][record]["properties"][key]["anyOf"][0]["enum"]
    return words


@pytest.mark.parametrize("name", NAMES)
def test_schema_prints_the_library_s_schema(name: str, run: Run) -> None:
    ran = run("schema", name)
    assert (ran.code, json.loads(ran.out), ran.err) == (0, json_schema(name), "")


def test_schema_without_a_name_is_that_of_a_scenario(run: Run) -> None:
    assert run("schema") == run("schema", "scenario", "-o", "-")


@pytest.mark.parametrize("before", [None, "old"])
def test_schema_writes_a_file_as_other_commands_do(
    before: str | None, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if before is not None:
        Path("s.json").write_text(before, encoding="utf-8")
    ran = run("schema", "sources", "-o", "s.json")
    assert ran == Ran(0, "wrote s.json: the schema of a sources file\n", "")
    assert Path("s.json").read_bytes() == schema_text("sources").encode("ascii")
    assert [path.name for path in tmp_path.iterdir()] == ["s.json"]


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("FJI.yaml", "a JSON Schema ends in .json, not as 'FJI.yaml'"),
        ("nowhere/s.json", "cannot write nowhere/s.json: No such file or directory"),
    ],
)
def test_schema_to_a_wrong_place_exits_2_without_a_file(
    output: str, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("schema", "-o", output)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_schema_with_a_record_offers_own_and_shipped_words(run: Run, put: Put) -> None:
    put(VISIT)
    ran = run("schema", "--with", "record")
    made = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert {"arrival_by_sea", "charge_accepted"} < {*offered(made, "SignalStep", "signal")}
    shipped = rm.load_folder().sources
    assert {*offered(made, "Evidence", "source")} == {*shipped, "yearbook-2026"}


def test_schema_says_how_many_sources_it_offers(run: Run, put: Put) -> None:
    put(VISIT)
    ran = run("schema", "--with", "record", "-o", "s.json")
    many = len(rm.load_folder().sources) + 1
    said = f"wrote s.json: the schema of a scenario file, with {many} sources\n"
    assert ran == Ran(0, said, "")
    assert SEED in offered(json.loads(Path("s.json").read_text("ascii")), "Evidence", "source")


def test_schema_with_a_broken_record_is_written_with_what_can_be_read(run: Run, put: Put) -> None:
    put(VISIT)
    put("- {act: engaged, date: 2024, evidence: [$press]}\n", country="TUV")
    ran = run("schema", "--with", "record", "-o", "s.json")
    assert ran.code == 1
    assert "record/TUV.yaml:7:11: error RM204" in ran.err
    made = json.loads(Path("s.json").read_text("ascii"))
    assert "arrival_by_sea" in offered(made, "SignalStep", "signal")


def test_schema_with_a_record_has_its_findings_on_stderr_only(run: Run, put: Put) -> None:
    put("- {act: engaged, date: 2024, evidence: [$press]}\n")
    ran = run("schema", "--with", "record")
    assert "RM204" in ran.err
    assert json.loads(ran.out)["title"] == "A country's dated record"


def test_schema_with_another_record_offers_its_words_after_those_that_ship(
    run: Run, put: Put
) -> None:
    put(VISIT)
    made = json.loads(run("schema", "--scenarios", "record").out)
    shipped = rm.shipped_vocabulary()
    by_family = [word for family in rm.Family for word in shipped.in_family(family)]
    assert offered(made, "SignalStep", "signal") == [*by_family, "arrival_by_sea"]


def test_schema_offers_each_word_for_a_signal_with_family_and_meaning(run: Run) -> None:
    made = json.loads(run("schema").out)["$defs"]["SignalStep"]["properties"]["signal"]["anyOf"][0]
    texts = dict(zip(made["enum"], made["enumDescriptions"], strict=True))
    meaning = rm.shipped_vocabulary().words["visit_made"].meaning
    assert texts["visit_made"] == f"visit: {meaning}"
    assert made["enum"][-1] == "doctrine"


def test_schema_without_a_record_says_nothing_of_files_here(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(VISIT).parent)
    assert run("schema").err == ""


def test_completion_of_schema_offers_kinds_of_file_and_files() -> None:
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    kinds = complete.get_completions(["schema"], "")
    assert [item.value for item in kinds] == list(NAMES)
    for option in ("--with", "--scenarios", "-o"):
        (files,) = complete.get_completions(["schema", option], "")
        assert files.type == "file"  # the shell completes file names itself
