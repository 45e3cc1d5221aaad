"""Files are written completely or not at all; tables contain no formula."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import signal
import stat
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition_model.exports.csv_lines import csv_text
from recognition_model.io import atomic as outputs
from recognition_model.io.atomic import NotWritten, uninterrupted, write_new, write_whole
from recognition_model.io.drafts import discard_unfinished

cells = st.one_of(st.text(), st.integers(), st.sampled_from(["=1+1", "+1", "-1", "@a", "\t=1"]))


def test_all_files_are_written(tmp_path: Path) -> None:
    write_whole({tmp_path / "a": b"one", tmp_path / "b": b"two"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"one",
        "b": b"two",
    }


def test_failed_write_replaces_no_file_and_leaves_no_draft(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(NotWritten, match="No such file") as caught:
        write_whole({tmp_path / "a": b"new", tmp_path / "missing" / "b": b"new"})
    assert caught.value.filename == str(tmp_path / "missing" / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_failed_write_removes_the_folder_it_made(tmp_path: Path) -> None:
    made = tmp_path / "pictures"
    (tmp_path / "a").mkdir()
    with pytest.raises(NotWritten):
        write_whole({made / "b": b"", tmp_path / "a": b""}, [made])
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    write_whole({made / "b": b"kept"}, [made, tmp_path / "a"])
    assert (made / "b").read_bytes() == b"kept"


def test_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(NotWritten, match="it is a directory"):
        write_whole({tmp_path / "a": b""})


def test_write_follows_link_and_keeps_permissions(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_whole({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_written_file_gets_permissions_from_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole({tmp_path / "a": b""})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_special_file_is_written_directly(tmp_path: Path) -> None:
    write_whole({Path(os.devnull): b"gone", tmp_path / "a": b"kept"})
    assert (tmp_path / "a").read_bytes() == b"kept"
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_behind_a_link_that_takes_no_more_is_told_by_the_link_s_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").symlink_to("/dev/full")
    with pytest.raises(NotWritten, match="No space left") as caught:
        write_whole({tmp_path / "a": b"x"})
    assert caught.value.filename == str(tmp_path / "a")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder in use cannot be removed")
def test_a_file_in_a_folder_that_was_deleted_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for write in (write_whole, write_new):
        with pytest.raises(NotWritten, match="No such file") as caught:
            write({Path("x.svg"): b"x"})
        assert caught.value.filename == "x.svg"


@pytest.mark.parametrize("write", [write_whole, write_new])
def test_a_name_may_be_as_long_as_the_file_system_takes(
    write: Callable[[Mapping[Path, bytes]], None], tmp_path: Path
) -> None:
    path = tmp_path / ("a" * 251 + ".svg")
    write({path: b"new"})
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("write", [write_whole, write_new])
def test_a_process_that_ends_in_the_middle_can_discard_what_is_unfinished(
    write: Callable[[Mapping[Path, bytes]], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = []

    def end(draft: Path, _: Path) -> None:
        seen.append(draft.exists())
        discard_unfinished()
        seen.append(draft.exists())
        raise SystemExit

    monkeypatch.setattr(Path, "replace", end)
    monkeypatch.setattr(outputs, "_appear", end)
    with contextlib.suppress(SystemExit):
        write({tmp_path / "a": b"new"})
    assert seen == [True, False]
    assert not list(tmp_path.iterdir())


# --- files that are not there yet --------------------------------------------------------------


def no_links(*_: object) -> None:
    """Raise the error of a file system without links."""
    raise PermissionError(1, "Operation not permitted")


@pytest.fixture(params=["links", "no links"])
def linking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test with hard links and again without."""
    if request.param == "no links":
        monkeypatch.setattr(os, "link", no_links)


@pytest.mark.usefixtures("linking")
def test_new_files_get_permissions_from_umask(tmp_path: Path) -> None:
    write_new({tmp_path / "a": b"one", tmp_path / "b": b"two"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"one",
        "b": b"two",
    }
    before = os.umask(0)
    os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~before


@pytest.mark.usefixtures("linking")
def test_no_new_file_is_written_if_one_exists(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(FileExistsError) as caught:
        write_new({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert caught.value.filename == str(tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == b"old"


@pytest.mark.usefixtures("linking")
def test_file_created_meanwhile_stays_and_none_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    appear = outputs._appear

    def late(draft: Path, path: Path) -> None:
        if path.name == "b":
            path.write_bytes(b"theirs")
        appear(draft, path)

    monkeypatch.setattr(outputs, "_appear", late)
    with pytest.raises(FileExistsError) as caught:
        write_new({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert caught.value.filename == str(tmp_path / "b")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b": b"theirs"}


@pytest.mark.usefixtures("linking")
def test_one_of_many_concurrent_writers_succeeds(tmp_path: Path) -> None:
    together = Barrier(8)

    def write(number: int) -> bool:
        together.wait()
        try:
            write_new({tmp_path / "a": b"%d" % number * 10_000})
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        wrote = list(pool.map(write, range(8)))
    assert wrote.count(True) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"%d" % wrote.index(True) * 10_000


@pytest.mark.usefixtures("linking")
def test_broken_link_counts_as_existing(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        write_new({tmp_path / "a": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_unwritable_file_is_reported_as_existing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FileExistsError):
        write_new({tmp_path / "a": b"new"})


def test_error_names_the_new_file_if_its_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="No such file") as caught:
        write_new({tmp_path / "a": b"new", tmp_path / "missing" / "b": b"new"})
    assert caught.value.filename == str(tmp_path / "missing" / "b")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://a")', "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(csv_text([(text,)]), newline=""))
    assert cell == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert csv_text([("share", -0.5, 3)]) == "share,-0.5,3\r\n"


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=5))
def test_table_reads_back_except_for_apostrophes(rows: list[list[str | int]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    plain = [[cell if isinstance(cell, str) else str(cell) for cell in row] for row in rows]
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in plain
    ]


def test_folder_whose_name_is_a_file_is_reported_as_not_written(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_bytes(b"mine")
    with pytest.raises(NotWritten, match="Not a directory"):
        write_whole({tmp_path / "pictures" / "a": b""}, [tmp_path / "pictures"])
    assert (tmp_path / "pictures").read_bytes() == b"mine"


def test_two_names_of_one_file_are_refused_and_leave_no_draft(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(NotWritten, match="it is the same file as"):
        write_whole({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_new_files_may_need_a_folder(tmp_path: Path) -> None:
    write_new({tmp_path / "in" / "a": b"one"}, [tmp_path / "in"])
    write_new({tmp_path / "in" / "b": b"two"}, [tmp_path / "in"])
    assert {path.name for path in (tmp_path / "in").iterdir()} == {"a", "b"}


def test_folder_of_new_files_goes_with_them(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_new({tmp_path / "in" / "a": b"new", tmp_path / "b": b"new"}, [tmp_path / "in"])
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt: it does not in what a shell starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_interrupt_waits_for_the_end_of_what_may_not_be_interrupted(interruptible: None) -> None:
    done = []

    def interrupted() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["all"]
    with pytest.raises(KeyboardInterrupt):  # and after it at once, as before
        signal.raise_signal(signal.SIGINT)
