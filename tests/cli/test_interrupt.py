"""Ctrl-C at any moment: exit code 130, no traceback, no half file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

# A test run may itself ignore interrupts, and its children with it. The dot tells that Python has
# started: an interrupt before it is not ours to handle.
CODE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.{handler})
os.write(1, b".")
from recognition_model.cli import main
main()
"""
PLOT = ("plot", "history", "RUS", "-o", "x.svg")
EARLY = 0.1  # seconds until `main` is reached, on a busy machine; else a few milliseconds


def interrupted(
    after: float, folder: Path, *args: str, handler: str = "default_int_handler"
) -> tuple[int, str]:
    """Run a command and interrupt it so many seconds after its start: exit code and messages."""
    with subprocess.Popen(
        [sys.executable, "-c", CODE.format(handler=handler), *args],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == "."
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_interrupt_at_any_time_exits_130_without_partial_file(tmp_path: Path) -> None:
    whole: set[bytes] = set()
    early = 0
    for moment in [step / 30 * 0.4 for step in range(30)]:
        code, err = interrupted(moment, tmp_path, *PLOT)
        written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert set(written) <= {"x.svg"}, moment  # and no draft
        whole.update(written.values())
        (tmp_path / "x.svg").unlink(missing_ok=True)
        if code == -signal.SIGINT and moment < EARLY and "in main" not in err:
            early += 1  # `main` was not reached: Python's own answer
            continue
        assert (code, err) in {(130, ""), (0, "")}, moment
        assert code == 130 or written, moment  # 0: it had ended already
    assert early <= 4
    assert all(data.endswith(b"</svg>\n") for data in whole)


def interrupted_in(patch: str, folder: Path, *args: str) -> tuple[int, bytes, bytes]:
    """Run a command that interrupts itself where a patch says so."""
    begin = "from recognition_model.io import atomic\nfrom pathlib import Path\n"
    code = CODE.format(handler="default_int_handler").replace("main()\n", f"{begin}{patch}main()\n")
    ran = subprocess.run(
        [sys.executable, "-c", code, *args], cwd=folder, capture_output=True, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_interrupt_during_write_removes_temporary_file(tmp_path: Path) -> None:
    patch = (
        "def draft(target, data, made=atomic._beside):\n"
        "    assert made(target, data).exists()\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "atomic._beside = draft\n"
    )
    assert interrupted_in(patch, tmp_path, *PLOT) == (130, b".", b"")
    assert not list(tmp_path.iterdir())


def test_interrupt_between_files_of_a_set_waits_for_second(tmp_path: Path) -> None:
    patch = (
        "def replace(draft, target, renamed=Path.replace):\n"
        "    renamed(draft, target)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "Path.replace = replace\n"
    )
    for name in ("x.svg", "x_table.csv"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    assert interrupted_in(patch, tmp_path, *PLOT, "--table", "--force") == (130, b".", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.svg", "x_table.csv"]
    assert all(path.read_text(encoding="utf-8") != "old" for path in tmp_path.iterdir())


def test_command_started_to_ignore_interrupts_continues(tmp_path: Path) -> None:
    assert interrupted(0.1, tmp_path, *PLOT, handler="SIG_IGN") == (0, "")
    assert (tmp_path / "x.svg").exists()


def test_main_in_thread_installs_no_signal_handler(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from threading import Thread\n"
        "from recognition_model.cli import main\n"
        "sys.argv = ['x', 'rules']\n"
        "thread = Thread(target=main); thread.start(); thread.join()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True
    )
    assert b"R01" in ran.stdout
    assert ran.stderr == b""


def test_importing_cli_loads_no_command_and_no_signal_handler() -> None:
    code = (
        "import signal, sys\n"
        "import recognition_model.cli as line\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "assert not {'click', 'recognition_model.cli.app'} & set(sys.modules)\n"
        "assert line.cli.name == 'cli' and 'click' in sys.modules\n"
    )
    before = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    subprocess.run([sys.executable, "-c", before + code], check=True)


def test_a_caller_that_goes_on_has_its_own_interrupts_back() -> None:
    code = (
        "import signal, sys; from recognition_model.cli import main; sys.argv = ['x', 'rules']\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
