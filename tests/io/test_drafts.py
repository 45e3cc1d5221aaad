"""Drafts that killed processes left are removed; those of living processes and others' files stay.

A draft that a process is about to write is where its process stops, so that it can be killed.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recognition_model.io import drafts
from recognition_model.io.atomic import write_whole
from recognition_model.io.drafts import discard_unfinished, draft_of, scratch_folder
from recognition_model.io.folders import write_folder

posix_only = pytest.mark.skipif(os.name != "posix", reason="only there is a process known to end")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only there a process has a start")

WRITER = """
import sys
from pathlib import Path
from recognition_model.io.atomic import write_whole

def content(stream):
    stream.write(b"theirs")
    print("begun", flush=True)
    sys.stdin.read()

write_whole({Path(name): content for name in sys.argv[1:]})
"""


class Writer(subprocess.Popen[str]):
    """A process that waits while it writes the first of some files."""

    def __init__(self, folder: Path, *names: str) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        super().__init__([sys.executable, "-c", WRITER, *names], cwd=folder, text=True, **pipes)
        assert self.stdout is not None
        assert self.stdout.readline() == "begun\n"


def killed(folder: Path, *names: str) -> Path:
    """Kill a process that writes into a folder; return the draft that it leaves."""
    with Writer(folder, *names) as writer:
        writer.kill()
    (draft,) = (path for path in folder.iterdir() if path.name.endswith(".draft"))
    return draft


def age(path: Path, hours: float) -> None:
    long_ago = time.time() - hours * 3600
    os.utime(path, (long_ago, long_ago))


@posix_only
def test_draft_of_killed_process_goes_when_its_file_is_written_next(tmp_path: Path) -> None:
    draft = killed(tmp_path, "a")
    assert draft.read_bytes() in (b"", b"theirs")
    assert draft.name.startswith(".recognition-model-")
    write_whole({tmp_path / "b": b"new"})
    assert draft.exists()  # it is none of b
    write_whole({tmp_path / "a": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@posix_only
def test_draft_of_killed_process_goes_while_its_parent_has_not_noticed(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("elsewhere its number cannot be told from that of a living process")
    with Writer(tmp_path, "a") as writer:
        writer.kill()
        os.waitid(os.P_PID, writer.pid, os.WEXITED | os.WNOWAIT)  # dead, and still listed
        write_whole({tmp_path / "a": b"new"})
        assert [path.name for path in tmp_path.iterdir()] == ["a"]


@linux_only
def test_draft_of_living_process_stays_however_old_and_becomes_its_file(tmp_path: Path) -> None:
    with Writer(tmp_path, "a") as writer:
        (draft,) = tmp_path.iterdir()
        age(draft, 1000)
        write_whole({tmp_path / "a": b"ours"})
        assert draft.exists()
        writer.communicate("")
    assert (writer.returncode, (tmp_path / "a").read_bytes()) == (0, b"theirs")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@linux_only
def test_draft_goes_if_a_later_process_has_the_number_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "_process", lambda: f"{os.getpid()}.1")  # at the start of Linux
    draft = draft_of(tmp_path / "a")
    monkeypatch.undo()
    draft.touch()
    write_whole({tmp_path / "a": b"new"})
    assert not draft.exists()


@pytest.mark.parametrize("unknown", ["_place", "_state_and_start"])
def test_draft_of_a_process_that_cannot_be_looked_up_stays_for_a_day(
    unknown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = {"_place": lambda: "0badcafe", "_state_and_start": lambda _: None}[unknown]
    monkeypatch.setattr(drafts, unknown, value)
    draft = draft_of(tmp_path / "a")  # as of another machine, or where Linux does not run
    if unknown == "_place":
        monkeypatch.undo()
    draft.touch()
    age(draft, 23)
    write_whole({tmp_path / "a": b"new"})
    assert draft.exists()
    age(draft, 25)
    write_whole({tmp_path / "a": b"new"})
    assert not draft.exists()


def test_hidden_files_of_others_are_no_drafts(tmp_path: Path) -> None:
    mine = draft_of(tmp_path / "a").name
    names = [".a.x1y2z3", ".recognition-model-notes", ".recognition-model-00000000-1-ab.draft"]
    for name in (*names, f"{mine}.txt", f"my{mine}"):
        (tmp_path / name).touch()
        age(tmp_path / name, 1000)
    write_whole({tmp_path / "a": b"new"})
    assert {path.name for path in tmp_path.iterdir()} == {"a", *names, f"{mine}.txt", f"my{mine}"}


@pytest.mark.parametrize("length", [1, 246, 255])
def test_name_of_a_draft_is_short_however_long_that_of_its_file_is(length: int) -> None:
    draft = draft_of(Path("folder", "é" * (length // 2) + "a" * (length % 2)))
    assert draft.parent == Path("folder")
    assert len(draft.name.encode()) < 100


@posix_only
def test_draft_of_killed_folder_goes_and_that_of_another_folder_stays(tmp_path: Path) -> None:
    code = (
        "import os, signal\nfrom pathlib import Path\n"
        "from recognition_model.io.folders import write_folder\n"
        "def dying():\n    yield 'a.html', b'new'\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_folder(Path('{}'), dying())\n"
    )
    for name in ("site", "other"):
        subprocess.run([sys.executable, "-c", code.format(name)], cwd=tmp_path, check=False)
    assert len(list(tmp_path.iterdir())) == 2
    write_folder(tmp_path / "site", [("a.html", b"new")])
    assert len(list(tmp_path.iterdir())) == 2  # the site, and the draft of the other
    write_folder(tmp_path / "other", [("a.html", b"new")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "site"]


# --- temporary folders ---------------------------------------------------------------------------


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, for this test and its processes."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def test_scratch_folder_is_the_users_alone_and_goes_with_the_block(temporary: Path) -> None:
    with scratch_folder() as folder:
        (folder / "file").write_bytes(b"x")
        assert folder.parent == temporary
        assert os.name != "posix" or stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not list(temporary.iterdir())


def test_scratch_folder_goes_with_a_process_that_ends_at_once(temporary: Path) -> None:
    with scratch_folder() as folder:
        discard_unfinished()
        assert not folder.exists()


@posix_only
def test_scratch_folder_of_killed_process_goes_with_the_next(temporary: Path) -> None:
    code = (
        "import os\nfrom recognition_model.io.drafts import scratch_folder\n"
        "with scratch_folder() as folder:\n    (folder / 'x').touch(); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = temporary.iterdir()
    with scratch_folder() as folder:
        assert list(temporary.iterdir()) == [folder]
    assert left != folder
