"""What holds for every command in a process of its own: odd environments, Ctrl-C, `python -OO`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.every_command import (
    EVERY,
    WRITING,
    Example,
    content,
    lay_out,
    one_each,
    ready,
)
from support.fixtures import Run, Story

posix_only = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

HOSTILE = {
    "PATH": os.environ.get("PATH", ""),  # no HOME
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "latin-1",
    "PYTHONHASHSEED": "77",
    "PYTHONOPTIMIZE": "1",
    "TZ": "Pacific/Kiritimati",
    "COLUMNS": "20",
    "LINES": "3",
    "TERM": "dumb",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
DATED = ("source",)
"""Commands that write the day of the user's own clock, which depends on the time zone."""
INTERRUPTED_AT_IMPORT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from recognition_model.cli import main

def look(event, args):
    global moment
    if moment and event == "open" and {part!r} in str(args[0]):
        moment = False
        signal.raise_signal(signal.SIGINT)

moment = True
sys.addaudithook(look)
main()
"""

INTERRUPTED_AT_SYNC = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from recognition_model.cli import main

def interrupting(_):
    signal.raise_signal(signal.SIGINT)

os.fsync = interrupting  # a draft is there, and all its bytes
main()
"""


@pytest.fixture
def here(tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch, example: Example) -> Path:
    """The files of the examples in the current folder."""
    ready(example)
    lay_out(tmp_path, story)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def alone(
    *python: str, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run Python in a process of its own."""
    data = stdin.encode()
    whole = [sys.executable, *python]
    return subprocess.run(whole, input=data, capture_output=True, check=False, timeout=120, env=env)


each = pytest.mark.parametrize("example", one_each(EVERY), ids=lambda example: example.command)


@each
def test_answer_and_files_are_the_same_in_a_hostile_environment(
    example: Example, here: Path, run: Run
) -> None:
    before = content(here)
    ran = run(*example.args, stdin=example.stdin)
    made = content(here)
    for name in made.keys() - before.keys():
        (here / name).unlink()
    shutil.rmtree("out")  # with its folders
    Path("out").mkdir()
    for name, data in before.items():
        (here / name).write_bytes(data)
    zone = {"TZ": os.environ.get("TZ", "")} if example.command in DATED else {}
    env = HOSTILE | zone
    again = alone("-m", "recognition_model", *example.args, stdin=example.stdin, env=env)
    assert (again.returncode, again.stdout.decode()) == (ran.code, ran.out)
    assert again.stderr.decode() == ran.err
    assert content(here) == made


@posix_only
@each
def test_interrupt_while_a_command_is_imported_exits_130_and_writes_nothing(
    example: Example, here: Path
) -> None:
    before = content(here)
    code = INTERRUPTED_AT_IMPORT.format(part=f"/{example.command}.")
    ended = alone("-c", code, *example.args, stdin=example.stdin)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
    assert content(here) == before


@posix_only
@pytest.mark.parametrize("example", one_each(WRITING), ids=lambda example: example.command)
def test_interrupt_while_a_draft_is_written_exits_130_and_leaves_none(
    example: Example, here: Path
) -> None:
    before = content(here)
    ended = alone("-c", INTERRUPTED_AT_SYNC, *example.args)
    assert (ended.returncode, ended.stdout, ended.stderr.strip()) == (130, b"", b"")
    assert content(here) == before
    assert not [path for path in here.rglob("*") if path.name.endswith(".draft")]


@pytest.mark.parametrize("how", ["-OO", "PYTHONOPTIMIZE"])
@pytest.mark.parametrize("args", [("explain", "act"), ("--help",), ("report", "-o", "out.html")])
def test_python_without_docstrings_is_refused_before_anything_runs(
    how: str, args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options, env = (["-OO"], os.environ) if how == "-OO" else ([], os.environ | {how: "2"})
    ended = alone(*options, "-m", "recognition_model", *args, env=dict(env))
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode() == (
        "Python runs with -OO (or PYTHONOPTIMIZE=2), which removes texts that recognition_model"
        " prints; run it with -O, or without\n"
    )
    assert not list(tmp_path.iterdir())


def test_library_without_docstrings_raises_rather_than_leave_texts_out() -> None:
    asked = "import recognition_model as rm; print(repr(rm.INVARIANTS[0].why))"
    ended = alone("-OO", "-c", asked)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"NoDocstrings: Python runs with -OO" in ended.stderr
    assert len(alone("-O", "-c", asked).stdout) > 20
