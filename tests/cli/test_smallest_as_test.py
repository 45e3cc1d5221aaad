"""`replay FILE --smallest CODE --as-test`: the pytest file that holds the record."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import REFUSED
from support.fixtures import Put, Run
from support.pytest_runs import plain

import recognition_model as rm
from recognition_model.cli.record_test_file import record_test


@pytest.fixture
def own(put: Put) -> Path:
    """A record whose sources are in a register beside it."""
    return put(REFUSED)


def checked(command: list[str], folder: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=plain(os.environ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_test_file_passes_as_it_is_written(run: Run, own: Path) -> None:
    ran = run("replay", own, "--smallest", "RM501", "--as-test", "-o", "test_refused.py")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "wrote test_refused.py")
    shown = checked(["pytest", "-q", "-p", "no:cacheprovider", "test_refused.py"], Path())
    assert "1 passed" in shown


def test_test_file_fails_once_the_finding_is_gone(run: Run, own: Path) -> None:
    text = run("replay", own, "--smallest", "RM501", "--as-test").out
    Path("test_gone.py").write_text(text.replace("voice: press", "voice: host"), encoding="utf-8")
    with pytest.raises(AssertionError, match="1 failed"):
        checked(["pytest", "-q", "-p", "no:cacheprovider", "test_gone.py"], Path())


ODD = """\
format: recognition-scenario/1
country: RUS
title: 'A "quoted" \\ title\u200e, and one that goes on until it is longer than a line'
start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}
documented-until: 2026-01-15
timeline: []
"""


def test_test_file_keeps_every_character_of_the_record(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "RUS.yaml"
    path.write_text(ODD, encoding="utf-8")
    text = run("replay", path, "--smallest", "RM120", "--as-test").out
    names: dict[str, object] = {}
    exec(compile(text, "test_odd.py", "exec"), names)  # noqa: S102 - it is what is tested
    assert names["FILES"] == {"RUS.yaml": ODD}
    assert max(map(len, text.splitlines())) <= 88
    assert text.isascii()


NEEDS_OFFICIAL = """\
format: recognition-rules/1
title: Mine
base: shipped
change:
  R02: {needs: official}
"""


def test_test_file_holds_the_rules_that_it_needs(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    rules = Path("mine.yaml")
    rules.write_text(NEEDS_OFFICIAL, encoding="utf-8")
    for name, used in (("strict", "strict"), ("mine", str(rules))):
        ran = run(
            *("replay", path, "--smallest", "RM501", "--rules", used, "--as-test"),
            *("-o", f"test_{name}.py"),
        )
        assert ran.code == 0, ran.err
    rules.unlink()
    shown = checked(["pytest", "-q", "-p", "no:cacheprovider", "."], Path())
    assert "2 passed" in shown


def smallest(record: str, finding: rm.Finding) -> rm.SmallestRecord:
    """A made-up answer of the search."""
    return rm.SmallestRecord(
        texts=(("RUS.yaml", record),),
        asked="RUS.yaml",
        finding=finding,
        findings=(finding,),
        first_of=1,
        letters_before=len(record),
        trials=1,
        is_smallest=True,
    )


def test_test_file_with_own_rules_keeps_a_brace_on_a_line_of_its_own(tmp_path: Path) -> None:
    record, rules = "start: {\n}\n", tmp_path / "mine.yaml"
    rules.write_text(NEEDS_OFFICIAL, encoding="utf-8")
    found = smallest(record, rm.Finding("RM202", "", rm.Place("RUS.yaml")))
    names: dict[str, object] = {}
    text = record_test(found, str(rules), strict=False)
    exec(compile(text, "test_own.py", "exec"), names)  # noqa: S102 - it is what is tested
    assert (names["FILES"], names["RULES"]) == ({"RUS.yaml": record}, NEEDS_OFFICIAL)


def test_test_file_keeps_spaces_at_the_end_of_a_line_and_has_none_itself() -> None:
    record = "title: a  \n \nstart: {} "
    finding = rm.Finding("RM202", "", rm.Place("RUS.yaml"))
    text = record_test(smallest(record, finding), None, strict=False)
    names: dict[str, object] = {}
    exec(compile(text, "test_spaces.py", "exec"), names)  # noqa: S102 - it is what is tested
    assert names["FILES"] == {"RUS.yaml": record}
    assert [line for line in text.splitlines() if line.endswith(" ")] == []


def test_test_file_tells_the_name_of_a_code_that_has_one() -> None:
    for code, head in (
        ("RM202", "The smallest record that shows RM202 (missing-key)."),
        ("MY001", "The smallest record that shows MY001."),
    ):
        finding = rm.Finding(code, "", rm.Place("RUS.yaml"), severity=rm.Severity.ERROR)
        text = record_test(smallest("start: {}\n", finding), None, strict=False)
        assert text.splitlines()[0] == f'"""{head}"""'


def test_test_file_is_clean_for_ruff_and_mypy(run: Run, own: Path) -> None:
    pytest.importorskip("mypy")
    pytest.importorskip("ruff")
    run("replay", own, "--smallest", "RM501", "--as-test", "-o", "test_small.py")
    checked(
        ["ruff", "check", "--isolated", "--select", "E,F,W,I,UP,RUF,B", "test_small.py"], Path()
    )
    checked(["ruff", "format", "--isolated", "--check", "test_small.py"], Path())
    checked(["mypy", "--strict", "test_small.py"], Path())
