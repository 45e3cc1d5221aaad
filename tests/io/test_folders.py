"""A folder is written whole or not at all, and only a folder of ours is replaced."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recognition_model.io import folders
from recognition_model.io.atomic import NotWritten
from recognition_model.io.folders import LIST, NotOurs, files_of, write_folder


def read(folder: Path) -> dict[str, bytes]:
    """The files of a folder but for the list of them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def pages(**texts: str) -> list[tuple[str, bytes]]:
    return [(f"{name}.html", text.encode()) for name, text in texts.items()]


def test_new_folder_has_the_files_in_their_places(tmp_path: Path) -> None:
    written = write_folder(tmp_path / "site", [("a.html", b"one"), ("figures/b.svg", b"two")])
    assert read(tmp_path / "site") == {"a.html": b"one", "figures/b.svg": b"two"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (written.new, written.changed, written.same, written.gone, written.size) == (
        *(2, 0, 0, 0, 6),
    )


def test_empty_folder_is_filled_and_keeps_its_permissions(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir(mode=0o750)
    site.chmod(0o750)
    write_folder(site, pages(a="one"))
    assert read(site) == {"a.html": b"one"}
    assert site.stat().st_mode & 0o777 == 0o750


def test_folder_of_ours_is_replaced_and_its_old_files_go(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, [*pages(a="one", b="two"), ("old/c.html", b"three")])
    written = write_folder(site, pages(a="one", b="new", d="four"))
    assert read(site) == {"a.html": b"one", "b.html": b"new", "d.html": b"four"}
    assert (written.new, written.changed, written.same, written.gone) == (1, 1, 1, 1)
    assert str(written) == "3 files: 1 new, 1 changed, 1 the same, 1 gone"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert not (site / "old").exists()


def test_file_with_the_same_bytes_keeps_its_time(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="one", b="two"))
    for path in (site / "a.html", site / "b.html"):
        os.utime(path, (10**9, 10**9))
    write_folder(site, pages(a="one", b="new"))
    assert (site / "a.html").stat().st_mtime == 10**9
    assert (site / "b.html").stat().st_mtime > 10**9


@pytest.mark.parametrize("name", ["mine.txt", "figures/mine.svg", ".git/config"])
def test_folder_with_a_file_of_the_user_is_refused_by_name(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="one"))
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("mine", encoding="utf-8")
    with pytest.raises(NotOurs) as refused:
        write_folder(site, pages(a="two"))
    assert refused.value.others == (name,)
    assert read(site) == {"a.html": b"one", name: b"mine"}


def test_folder_with_a_file_that_the_user_changed_is_refused_by_name(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="one", b="two"))
    (site / "b.html").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOurs) as refused:
        write_folder(site, pages(a="two"))
    assert refused.value.others == ("b.html",)
    assert read(site) == {"a.html": b"one", "b.html": b"mine"}


def test_folder_from_which_the_user_removed_a_file_is_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="one", b="two"))
    (site / "b.html").unlink()
    written = write_folder(site, pages(a="one", b="two"))
    assert read(site) == {"a.html": b"one", "b.html": b"two"}
    assert (written.new, written.same) == (1, 1)


@pytest.mark.parametrize(
    "listed",
    [None, "", "[]", "{}", '{"format": "recognition-folder/2", "files": {}}', '{"format": 1}'],
    ids=["none", "empty", "no object", "no format", "other format", "no text"],
)
def test_folder_without_our_list_is_refused(tmp_path: Path, listed: str | None) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.tex").write_text("mine", encoding="utf-8")
    if listed is not None:
        (site / LIST).write_text(listed, encoding="utf-8")
    with pytest.raises(NotOurs) as refused:
        write_folder(site, pages(a="one"))
    assert refused.value.others == ()
    assert read(site) == {"thesis.tex": b"mine"}


def test_link_in_a_folder_of_ours_is_not_followed(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine", encoding="utf-8")
    write_folder(site, pages(a="one"))
    (site / "link").symlink_to(elsewhere)
    with pytest.raises(NotOurs) as refused:
        files_of(site)
    assert refused.value.others == ("link",)
    assert read(elsewhere) == {"mine": b"mine"}


def test_link_to_a_folder_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "public")
    write_folder(tmp_path / "site", pages(a="one"))
    assert (tmp_path / "site").is_symlink()
    assert read(tmp_path / "public") == {"a.html": b"one"}


def test_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(NotWritten, match="Not a directory"):
        write_folder(tmp_path / "site", pages(a="one"))
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "", ".", "a//b", "a\\b", LIST])
def test_path_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a usable path"):
        write_folder(tmp_path / "site", [(name, b"")])
    assert not list(tmp_path.iterdir())


def test_path_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.html"):
        write_folder(tmp_path / "site", [*pages(a="one"), *pages(a="two")])
    assert not list(tmp_path.iterdir())


def test_error_while_files_are_made_leaves_the_folder_and_no_draft(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"new"
        raise RuntimeError("no more")

    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    with pytest.raises(RuntimeError, match="no more"):
        write_folder(site, failing())
    assert read(site) == {"a.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_file_put_into_the_folder_meanwhile_is_not_lost(tmp_path: Path) -> None:
    def slow() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"new"
        (site / "mine.txt").write_text("mine", encoding="utf-8")

    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    with pytest.raises(NotOurs):
        write_folder(site, slow())
    assert read(site) == {"a.html": b"old", "mine.txt": b"mine"}


def test_folder_written_by_another_process_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def slow() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"mine"
        write_folder(site, pages(a="theirs"))

    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    with pytest.raises(NotWritten, match="it was changed while"):
        write_folder(site, slow())
    assert read(site) == {"a.html": b"theirs"}


KILLED = """
import os, signal
from pathlib import Path
from recognition_model.io import folders

def files():
    yield "a.html", b"new"
    if {when!r} == "made":
        os.kill(os.getpid(), signal.SIGKILL)

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if {when!r} == "before":
    folders._swap = killed
if {when!r} == "between":
    folders._exchange = lambda *_: False
    renamed = Path.rename
    def rename(path, to):
        renamed(path, to)
        if path == Path({site!r}):
            killed()
    Path.rename = rename
folders.write_folder(Path({site!r}), files())
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("when", ["made", "before", "between"])
def test_killed_process_leaves_the_old_folder_to_the_next(tmp_path: Path, when: str) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    code = KILLED.format(when=when, site=str(site))
    ran = subprocess.run([sys.executable, "-c", code], check=False)
    assert ran.returncode == -signal.SIGKILL
    if when == "between":  # where the system cannot exchange two folders in one step
        assert not site.exists()
    else:
        assert read(site) == {"a.html": b"old"}
    drafts = [path.name for path in tmp_path.iterdir() if path.name != "site"]
    assert drafts
    assert all(one.startswith(".recognition-model-") for one in drafts)
    assert all(one.endswith(".draft") for one in drafts)
    with contextlib.suppress(RuntimeError):
        write_folder(site, failing_at_once())
    assert read(site)["a.html"] in (b"old", b"new")  # never nothing
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def failing_at_once() -> Iterator[tuple[str, bytes]]:
    raise RuntimeError
    yield "", b""


def test_folder_is_replaced_where_the_system_cannot_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    write_folder(site, pages(a="new"))
    assert read(site) == {"a.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_old_folder_comes_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if target == site and (path / "b.html").exists():
            raise OSError(28, "No space left on device")
        return rename(path, target)

    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(NotWritten, match="No space left"):
        write_folder(site, pages(a="new", b="new"))
    assert read(site) == {"a.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["a.html", "mine.txt"])
@pytest.mark.parametrize("system", ["exchanges", "renames"])
def test_file_saved_just_before_the_swap_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, system: str
) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    exchange = folders._exchange

    def save() -> None:
        (site / name).write_text("mine", encoding="utf-8")

    def exchanged(one: Path, other: Path) -> bool:
        save()
        return system == "exchanges" and exchange(one, other)

    monkeypatch.setattr(folders, "_exchange", exchanged)
    with pytest.raises(NotOurs) as refused:
        write_folder(site, pages(a="new", b="new"))
    assert (refused.value.folder, refused.value.others) == (site, (name,))
    assert read(site) == {"a.html": b"old"} | {name: b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_folder_that_another_process_replaced_just_before_the_swap_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write_folder(site, pages(a="old"))
    exchange = folders._exchange
    first = True

    def exchanged(one: Path, other: Path) -> bool:
        nonlocal first
        if first:
            first = False
            write_folder(site, pages(a="another"))
        return exchange(one, other)

    monkeypatch.setattr(folders, "_exchange", exchanged)
    with pytest.raises(NotWritten, match="changed while it was written"):
        write_folder(site, pages(a="new"))
    assert read(site) == {"a.html": b"another"}


def test_path_that_is_a_file_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "afile").write_text("mine", encoding="utf-8")
    with pytest.raises(NotADirectoryError) as error:
        files_of(tmp_path / "afile")
    assert error.value.filename == str(tmp_path / "afile")
