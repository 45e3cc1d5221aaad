"""What holds for every command that writes: all or nothing, on the disk, and no file of others."""

from __future__ import annotations

import os
from errno import ENOSPC
from pathlib import Path

import pytest
from support.every_command import (
    FORMATS_OF_EXPORT,
    WRITING,
    Example,
    content,
    lay_out,
    ready,
)
from support.fixtures import Run, Story

from recognition_model.io import drafts

# A site is a folder: who else's files are in it is asked of `write_folder` and of `site`.
FOLDERS = ("site",)
CHANGING = ("checked", "reviewed", "source")
"""Commands that add to files of the user: to them no file is a stranger's."""


def short(example: Example) -> str:
    return str(example)[:60]


writing = pytest.mark.parametrize("example", WRITING, ids=short)


@pytest.fixture
def here(tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch, example: Example) -> Path:
    """The files of the examples in the current folder."""
    ready(example)
    lay_out(tmp_path, story)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(before: dict[str, bytes]) -> dict[str, bytes]:
    """The files that are new or not as before."""
    return {name: data for name, data in content(Path()).items() if before.get(name) != data}


@pytest.mark.parametrize("example", [*WRITING, *FORMATS_OF_EXPORT], ids=short)
def test_every_file_is_on_the_disk_before_it_has_its_name_and_no_draft_is_left(
    example: Example, here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    fsync = os.fsync

    def noted(opened: int) -> None:
        fsync(opened)
        synced.add(os.fstat(opened).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    before = content(here)
    ran = run(*example.args)
    assert ran.code == 0, ran.err
    made = written(before)
    assert made
    assert {name for name in made if Path(name).stat().st_ino not in synced} == set()
    folders = {Path(name).parent for name in made}
    assert {folder for folder in folders if folder.stat().st_ino not in synced} == set()
    assert not [path for path in here.rglob("*") if path.name.endswith(".draft")]


@writing
def test_full_disk_leaves_every_file_as_it_was_and_is_told_with_a_name(
    example: Example, here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, folders = content(here), sorted(here.rglob("*"))

    def full(_: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run(*example.args)
    assert (ran.code, ran.out) == (2, "")
    last = ran.err.splitlines()[-1]
    assert last.startswith("cannot write ")
    assert last.endswith(": No space left on device")
    assert content(here) == before
    assert sorted(here.rglob("*")) == folders


@writing
def test_file_of_somebody_else_beside_the_output_is_never_replaced(
    example: Example, here: Path, run: Run
) -> None:
    if example.command in (*CHANGING, *FOLDERS):
        pytest.skip("it replaces the file that is named, or a folder")
    before = content(here)
    assert run(*example.args).code == 0
    beside = {Path(name) for name in written(before)} - {example.output}
    for path in here.glob("out/**/*"):
        if path.is_file():
            path.unlink()
    for path in beside:
        path.write_bytes(b"mine")
    ran = run(*example.args)
    assert all(path.read_bytes() == b"mine" for path in beside)
    if beside:
        assert ran.code == 2
        assert "already exist" in ran.err
        assert not [one for one in written(before) if Path(one) not in beside]


@writing
def test_drafts_of_killed_processes_go_with_the_next_writing_of_the_same_files(
    example: Example, here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(here)
    assert run(*example.args).code == 0
    targets = [here / name for name in written(before)]
    if example.command in FOLDERS:
        assert example.output is not None
        targets = [here / example.output]
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "_process", lambda: "4194999.1")  # Linux numbers end at 2 ** 22
        left = [drafts.draft_of(path) for path in targets]
    for name, data in before.items():
        (here / name).write_bytes(data)
    for target in targets:
        if example.command not in FOLDERS and target.relative_to(here).as_posix() not in before:
            target.unlink()
    for draft in left:
        draft.write_bytes(b"half")
    other = here / "out" / "mine.draft"
    other.touch()
    assert run(*example.args).code == 0
    assert not [draft for draft in left if draft.exists()]
    assert other.exists()
