"""The disk has a file's bytes before its name leads to them, and then the name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from errno import EINVAL, EIO, ENOSPC
from pathlib import Path

import pytest

from recognition_model.io import folders
from recognition_model.io.atomic import NotWritten, write_new, write_whole
from recognition_model.io.durable import sync_folders
from recognition_model.io.folders import write_folder

posix_only = pytest.mark.skipif(os.name != "posix", reason="no folder can be opened elsewhere")


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was synced, and what got its name, in order, each by the number of its inode."""
    seen: list[tuple[str, int]] = []
    fsync, link, replace, rename = os.fsync, os.link, Path.replace, Path.rename

    def synced(opened: int) -> None:
        fsync(opened)
        seen.append(("sync", os.fstat(opened).st_ino))

    def named(call: Callable[..., object]) -> Callable[..., object]:
        def called(path: Path, target: Path) -> object:
            seen.append(("name", path.stat().st_ino))
            return call(path, target)

        return called

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", named(link))
    monkeypatch.setattr(Path, "replace", named(replace))
    monkeypatch.setattr(Path, "rename", named(rename))
    return seen


def inode(path: Path) -> int:
    return path.stat().st_ino


@posix_only
@pytest.mark.parametrize("write", [write_whole, write_new])
def test_all_files_are_synced_before_the_first_name_and_each_folder_once_after(
    write: Callable[..., None], tmp_path: Path, events: list[tuple[str, int]]
) -> None:
    made = tmp_path / "pictures"
    write({tmp_path / "a": b"1", tmp_path / "b": b"2", made / "c": b"3"}, [made])
    files = [inode(path) for path in (tmp_path / "a", tmp_path / "b", made / "c")]
    assert events[:6] == [*(("sync", file) for file in files), *(("name", file) for file in files)]
    # Of the folder that was made, what it holds, and then its own name.
    assert [one for _, one in events[6:]] == [inode(tmp_path), inode(made), inode(tmp_path)]


@posix_only
@pytest.mark.parametrize("exchanges", [True, False])
def test_a_folder_is_synced_file_by_file_before_it_takes_its_place(
    exchanges: bool,  # noqa: FBT001
    tmp_path: Path,
    events: list[tuple[str, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = tmp_path / "site"
    write_folder(site, [("a.html", b"old")])
    exchange = folders._exchange

    def exchanged(one: Path, other: Path) -> bool:
        events.append(("name", inode(one)))
        return exchanges and exchange(one, other)

    monkeypatch.setattr(folders, "_exchange", exchanged)
    events.clear()
    write_folder(site, [("a.html", b"new"), ("pictures/b.svg", b"new")])
    took = events.index(("name", inode(site)))
    before = {one for what, one in events[:took] if what == "sync"}
    assert before == {inode(path) for path in (site, *site.rglob("*"))}
    assert events[-1] == ("sync", inode(tmp_path))


@pytest.mark.parametrize("write", [write_whole, write_new])
@pytest.mark.parametrize("error", [ENOSPC, EIO])
def test_bytes_that_find_no_room_at_the_sync_leave_no_file(
    write: Callable[..., None], error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotWritten, match=os.strerror(error)) as caught:
        write({tmp_path / "a": b"x"})
    assert caught.value.filename == str(tmp_path / "a")
    assert not list(tmp_path.iterdir())


def test_old_folder_stays_if_the_new_one_finds_no_room_at_the_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    write_folder(tmp_path / "site", [("a.html", b"old")])
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotWritten, match="No space left"):
        write_folder(tmp_path / "site", [("a.html", b"new")])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site" / "a.html").read_bytes() == b"old"


def test_files_are_written_where_the_system_cannot_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(_: int) -> None:
        raise OSError(EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", impossible)
    write_whole({tmp_path / "a": b"x"})
    write_folder(tmp_path / "site", [("a.html", b"y")])
    assert (tmp_path / "a").read_bytes() == b"x"
    assert (tmp_path / "site" / "a.html").read_bytes() == b"y"


def test_folder_that_cannot_be_opened_is_not_synced(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    sync_folders([tmp_path])


def test_other_hard_link_keeps_the_old_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    os.link(tmp_path / "a", tmp_path / "b")
    write_whole({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "b").read_bytes() == b"old"
