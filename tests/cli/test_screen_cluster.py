"""`screen` on a cluster names files as the user does; the workers know them by whole paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.coded import FORTY, write

pytest.importorskip("duckdb")

from recognition_model.cli.scanning import ScanJob, scanned
from recognition_model.io.crosswalks import load_crosswalk


@contextmanager
def no_cluster(**_: object) -> Iterator[None]:
    yield None


def one_by_one(
    _: None, scan: Callable[[Path], Any], paths: Iterable[Path]
) -> Iterator[tuple[Path, Any]]:
    """Do the work of the workers here."""
    for path in paths:
        try:
            yield path, scan(path)
        except Exception as error:
            yield path, error


def test_bad_rows_and_damaged_files_of_a_cluster_have_the_names_that_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("recognition_model.io.cluster.cluster", no_cluster)
    monkeypatch.setattr("recognition_model.io.cluster.mapped", one_by_one)
    write(Path("events.csv"), *FORTY)
    Path("broken.parquet").write_bytes(b"PAR1 no more")
    files = [Path("events.csv"), Path("broken.parquet")]
    job = ScanJob(load_crosswalk("cameo"))
    scan, told = scanned(files, job, workers=2)
    assert {one.file for one in scan.examples} == {"events.csv"}
    assert [line.partition(": it ")[0] for line in told] == ["error: broken.parquet"]
    assert str(tmp_path) not in told[0]
    assert (scan, told) == scanned(files, job)
