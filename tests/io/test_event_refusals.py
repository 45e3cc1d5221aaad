"""Files of coded events that cannot be used: each message names the file, and what to do."""

from __future__ import annotations

import pickle
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.coded import COLUMNS, row, write
from support.scans import own, parquet, scan

from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.event_layouts import LAYOUTS, EventLayout
from recognition_model.io.event_files import EventFileError, NeedsDuckDB, event_files, scanner

pytest.importorskip("duckdb")
ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".parquet")
TOLD = "event files end in .csv, .tsv, .tab, .txt, .parquet"


def refused(
    path: Path, taken: Crosswalk | None = None, layout: EventLayout | None = None
) -> tuple[str, str]:
    """Why a file cannot be scanned, and the hint; the error must name the file."""
    with pytest.raises(EventFileError) as error:
        scan(path, taken, layout=layout)
    assert str(error.value) == f"{path}: {error.value.why}"
    return error.value.why, error.value.hint


def zipped(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "why", "hint"),
    [
        ("missing.csv", "there is no such file or folder", ""),
        ("empty", "there is no event file in this folder", f"{TOLD}, packed or not"),
        ("a.md", "this is no event file by its ending", f"{TOLD}, or in these with .gz or .zip"),
    ],
)
def test_path_without_event_files_is_refused_with_the_endings_that_they_have(
    tmp_path: Path, name: str, why: str, hint: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.md").touch()
    good = write(tmp_path / "good.csv")
    with pytest.raises(EventFileError) as error:
        event_files([good, tmp_path / name])
    again = pickle.loads(pickle.dumps(error.value))  # noqa: S301 - our own
    for one in (error.value, again):  # it travels to another process
        assert (one.path, one.why, one.hint) == (str(tmp_path / name), why, hint)
        assert str(one) == f"{tmp_path / name}: {why}"


@pytest.mark.parametrize("ending", ENDINGS)
def test_file_of_every_ending_is_an_event_file(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").touch()
    (tmp_path / f"b{ending}.zip").touch()
    found = event_files([tmp_path / f"b{ending}.zip", tmp_path])
    assert [path.name for path in found] == [f"b{ending}.zip", f"a{ending}"]


def test_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    why = "it cannot be read: No such file or directory"
    assert refused(tmp_path / "gone.csv") == (why, "")


def test_file_that_is_packed_in_no_way_that_its_ending_says_is_refused(tmp_path: Path) -> None:
    for name in ("a.csv.gz", "a.zip"):
        (tmp_path / name).write_bytes(b"plain text")
    assert refused(tmp_path / "a.csv.gz") == ("it cannot be read: Not a gzipped file (b'pl')", "")
    why = "the archive is damaged: File is not a zip file"
    assert refused(tmp_path / "a.zip") == (why, "fetch it again")


def test_archive_with_a_password_is_to_be_unpacked_first(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", "a.csv", b"x")
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag says so at the file and in the list of files
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    why, hint = refused(path)
    assert why.startswith("it cannot be unpacked: ")
    assert "password" in why
    assert hint == "unpack it first"


def test_file_that_changes_while_it_is_read_is_to_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recognition_model.io import event_files as module

    path = write(tmp_path / "a.csv", row("2022-05-05", "042"))
    told = module._told

    def meanwhile(*given: Any, **more: Any) -> Any:
        write(path, row("2022-05-05", "042"), row("2022-05-06", "042"))
        return told(*given, **more)

    monkeypatch.setattr(module, "_told", meanwhile)
    assert refused(path) == ("the file changed while it was read", "read it again")


@pytest.mark.parametrize(
    ("error", "why"),
    [(OSError(28, "No space left on device"), "No space left on device"), (OSError("odd"), "odd")],
)
def test_file_that_cannot_be_unpacked_for_want_of_space_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("recognition_model.io.event_files._unpacked", fail)
    path = zipped(tmp_path / "a.zip", "a.csv", b"x")
    assert refused(path) == (f"it cannot be read: {why}", "")


def test_layout_that_is_not_known_is_to_be_named(tmp_path: Path) -> None:
    assert refused(write(tmp_path / "a.csv", "a\tb\tc")) == (
        "its layout is not known: 3 columns",
        "name one with --layout (gdelt2, gdelt1, gdelt1-history, icews, polecat), or give"
        " `columns:` in the crosswalk",
    )


def test_layout_with_other_codes_needs_another_crosswalk(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", row("2022-05-05", "042"))
    assert refused(path, layout=LAYOUTS["polecat"]) == (
        "the layout polecat has codes of plover, the crosswalk of cameo",
        "take a crosswalk for plover: --map plover",
    )


def test_columns_that_a_file_lacks_are_named(tmp_path: Path) -> None:
    lacks = ("it lacks the columns event, a2", "")
    given = ("day", "c1", "a1", "c2")
    assert refused(write(tmp_path / "a.csv", ",".join(given)), own()) == lacks
    packed = parquet(tmp_path / "a.parquet", "\t".join(given), names=given)
    assert refused(packed, own()) == lacks


def test_empty_file_lacks_every_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    assert refused(path, own())[0] == "it lacks the columns day, event, c1, a1, c2, a2"


def test_number_of_columns_that_does_not_fit_is_told_beside_the_number_named(
    tmp_path: Path,
) -> None:
    taken = own(names=("day", "event", "c1", "a1", "c2", "a2"))
    path = write(tmp_path / "own.csv", '2022-05-05,"042, 043"')
    assert refused(path, taken)[0] == "it has 2 columns, and `names:` of the crosswalk 6"


def test_column_of_another_type_is_told_in_one_line(tmp_path: Path) -> None:
    ones = "\t".join("1" for _ in COLUMNS)
    path = parquet(tmp_path / "numbers.parquet", ones, kind="INTEGER")
    why, hint = refused(path)
    assert why.startswith("it cannot be read to its end: Conversion Error: ")
    assert "\n" not in why
    assert "SELECT" not in why
    assert hint == "fetch it again"


def test_damaged_file_of_an_archive_is_told_by_the_name_of_the_archive(tmp_path: Path) -> None:
    why, hint = refused(zipped(tmp_path / "events.zip", "inside.parquet", b"PAR1 no more"))
    assert "'events.zip'" in why
    assert ".parquet" not in why
    assert hint == "fetch it again"


def test_scan_without_duckdb_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(NeedsDuckDB) as error, scanner():
        pass
    says = "screening needs DuckDB: pip install 'recognition-model[events]'"
    assert str(error.value) == says
