"""A cluster gives what one process gives, and loses nothing when a worker dies."""

from __future__ import annotations

import os
import pickle
import signal
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.coded import FORTY, write

from recognition_model.cli.scanning import ScanJob, scanned
from recognition_model.core.dealings import Scan
from recognition_model.io.crosswalks import load_crosswalk
from recognition_model.io.event_files import EventFileError

pytest.importorskip("duckdb")
pytest.importorskip("distributed")

from distributed import LocalCluster

from recognition_model.io.cluster import ClusterError, cluster, mapped


def files(folder: Path, count: int = 8) -> list[Path]:
    """Files that hold parts of the forty rows, and one of them damaged."""
    found = [
        write(folder / f"{part}.csv", *(one for one in FORTY[part::count] if one.count("\t") == 60))
        for part in range(count)
    ]
    broken = folder / "broken.parquet"
    broken.write_bytes(b"PAR1 no more")
    return [*found, broken]


def job() -> ScanJob:
    return ScanJob(load_crosswalk("cameo"))


def slowly(work: ScanJob, path: Path) -> Scan:
    """Scan a file, and leave the name of the process that does it; slow enough to be killed."""
    (path.parent / f"{path.stem}.pid").write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(0.3)
    return work.scan_alone(path)


@pytest.mark.nightly
def test_two_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    alone, told = scanned(files(tmp_path), job())
    together, also_told = scanned(files(tmp_path), job(), workers=2)
    assert together == alone
    assert also_told == told
    assert len(told) == 1


@pytest.mark.nightly
def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    paths = files(tmp_path)[:-1]
    alone, _ = scanned(paths, job())
    found: list[Scan] = []
    killed = 0
    with cluster(workers=2) as client:
        for _, result in mapped(client, partial(slowly, job()), paths):
            assert isinstance(result, Scan), result
            found.append(result)
            if not killed:
                started = sorted(tmp_path.glob("*.pid"), key=lambda path: path.stat().st_mtime_ns)
                killed = int(started[-1].read_text(encoding="utf-8"))
                os.kill(killed, signal.SIGKILL)
    assert killed
    assert Scan.joined(found) == alone


@pytest.mark.nightly
def test_a_scheduler_of_somebody_gives_what_one_process_gives(tmp_path: Path) -> None:
    alone, told = scanned(files(tmp_path), job())
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as theirs:
        together, also_told = scanned(files(tmp_path), job(), scheduler=theirs.scheduler_address)
        again, _ = scanned(files(tmp_path), job(), scheduler=theirs.scheduler_address)
    assert together == again == alone
    assert also_told == told


@pytest.mark.nightly
def test_workers_with_other_versions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(*_: object, **__: object) -> None:
        raise ValueError("Mismatched versions found\n\ndistributed ...")

    monkeypatch.setattr("distributed.Client.get_versions", differ)
    with (
        pytest.raises(ClusterError, match="the workers have other versions than this program: Mis"),
        cluster(workers=1),
    ):
        pass


@pytest.mark.nightly
def test_a_scheduler_without_workers_is_refused() -> None:
    with (
        LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as theirs,
        pytest.raises(ClusterError, match="has no workers"),
        cluster(scheduler=theirs.scheduler_address),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recognition_model.io.cluster._PATIENCE", 1)
    with (
        pytest.raises(ClusterError, match=r"no cluster on tcp://127\.0\.0\.1:1: "),
        cluster(scheduler="tcp://127.0.0.1:1"),
    ):
        pass


def test_what_travels_to_a_worker_comes_back_the_same(tmp_path: Path) -> None:
    def travelled(value: Any) -> Any:
        return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own

    error = EventFileError(tmp_path, "why", "hint")
    again = travelled(error)
    assert (again.path, again.why, again.hint) == (error.path, "why", "hint")
    work = job()
    assert travelled(work) == work
    scan = work.scan_alone(files(tmp_path)[0])
    assert travelled(scan) == scan
