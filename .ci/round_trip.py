"""What the checks of exports share: the record's tables, files of the command line, comparison."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import recognition_model as rm
from recognition_model.exports import Table, tables

FOLDER = rm.load_folder()
REPLAYS = [rm.replay(scenario) for scenario in FOLDER.scenarios]
GIVEN = {
    "organisations": [rm.replay(scenario) for scenario in FOLDER.organisations],
    "collectives": FOLDER.collectives,
    "vocabulary": FOLDER.vocabulary,
}
TABLES = {table.name: table for table in tables(REPLAYS, "all", **GIVEN)}
Rows = Sequence[Sequence[object]]


def exported(form: str, name: str, *more: str) -> Path:
    """A file, written by the command line and written again with the same bytes."""
    path = Path(name)
    command = [sys.executable, "-m", "recognition_model", "export", form, "-o", name, *more]
    for again in (False, True):
        before = path.read_bytes() if again else b""
        subprocess.run(command, check=True, capture_output=True)
        assert not again or path.read_bytes() == before, f"{name}: other bytes the second time"
    return path


def same(
    table: Table,
    found: Iterable[Sequence[object]],
    reader: str,
    expected: Callable[[object], object] = lambda cell: cell,
) -> None:
    """The rows are those of the table, each cell as `expected` makes it."""
    rows = list(found)
    assert len(rows) == len(table.rows), (reader, table.name, len(rows), len(table.rows))
    for mine, theirs in zip(table.iter_rows(), rows, strict=True):
        wanted = tuple(map(expected, mine))
        assert wanted == tuple(theirs), (reader, table.name, wanted, tuple(theirs))


def guarded(cell: object) -> object:
    """A cell of CSV: text that looks like a formula has an apostrophe in front."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠")):
        return f"'{cell}"
    return cell


def in_an_empty_folder(check: Callable[[], None]) -> None:
    """Run a check in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        check()
        os.chdir("/")
