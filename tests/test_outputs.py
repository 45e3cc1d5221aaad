"""Files are written whole or not at all; tables hold no formula."""

from __future__ import annotations

import csv
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition_model.outputs import csv_text, write_whole

cells = st.one_of(st.text(), st.integers(), st.sampled_from(["=1+1", "+1", "-1", "@a", "\t=1"]))


def test_all_files_are_written(tmp_path: Path) -> None:
    write_whole({tmp_path / "a": b"one", tmp_path / "b": b"two"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"one",
        "b": b"two",
    }


def test_when_one_cannot_be_written_none_is_replaced_and_nothing_is_left_behind(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileNotFoundError) as caught:
        write_whole({tmp_path / "a": b"new", tmp_path / "missing" / "b": b"new"})
    assert caught.value.filename == str(tmp_path / "missing" / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_made_for_files_that_could_not_be_written_is_taken_away(tmp_path: Path) -> None:
    made = tmp_path / "pictures"
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole({made / "b": b"", tmp_path / "a": b""}, [made])
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    write_whole({made / "b": b"kept"}, [made, tmp_path / "a"])
    assert (made / "b").read_bytes() == b"kept"


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError, match="it is a directory"):
        write_whole({tmp_path / "a": b""})


def test_a_link_is_written_through_and_rights_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_whole({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_a_new_file_gets_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole({tmp_path / "a": b""})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_what_is_no_ordinary_file_is_written_into(tmp_path: Path) -> None:
    write_whole({Path(os.devnull): b"gone", tmp_path / "a": b"kept"})
    assert (tmp_path / "a").read_bytes() == b"kept"
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://a")', "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"]
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(csv_text([(text,)]), newline=""))
    assert cell == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert csv_text([("share", -0.5, 3)]) == "share,-0.5,3\r\n"


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=5))
def test_a_table_reads_back_but_for_the_apostrophes(rows: list[list[str | int]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    plain = [[cell if isinstance(cell, str) else str(cell) for cell in row] for row in rows]
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in plain
    ]
