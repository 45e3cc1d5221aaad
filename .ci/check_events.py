"""`screen` on a million made-up rows: the known answer, the same bytes on two workers.

`nox -s events` runs this: with the installed package, in one process and on a local cluster.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from made_events import dealings, write

from recognition_model.core.dealings import Scan
from recognition_model.io.crosswalks import load_crosswalk
from recognition_model.io.event_files import scanner

ROWS = 1_000_000


def screened(folder: Path, name: str, *options: str) -> bytes:
    """The leads that the command finds in a folder."""
    path = folder.parent / name
    command = [sys.executable, "-m", "recognition_model", "screen", str(folder), "--map", "cameo"]
    begin = time.perf_counter()
    done = subprocess.run([*command, "-o", str(path), *options], check=True, capture_output=True)
    print(f"screen {' '.join(options)}: {time.perf_counter() - begin:.1f} s")
    assert f"{ROWS:,} rows, {ROWS // 1000:,} of them" in " ".join(done.stdout.decode().split())
    return path.read_bytes()


def check_scan(files: list[Path]) -> None:
    """Check that a scan finds what was put in, row by row."""
    crosswalk = load_crosswalk("cameo")
    with scanner() as scan_one:
        scan = Scan.joined(scan_one(path, crosswalk) for path in files)
    assert {one.key: one.rows for one in scan.dealings} == dealings(ROWS)
    assert (scan.rows, scan.bad) == (ROWS, 0)


def check_leads(data: bytes) -> None:
    """Check that every lead is of days on which something was put in, and all rows are in one."""
    days = {(country, day) for country, day, _, _, _ in dealings(ROWS)}
    leads = [*csv.DictReader(data.decode().splitlines())]
    assert sum(int(lead["rows"]) for lead in leads) == ROWS // 1000
    for lead in leads:
        assert (lead["country"], date.fromisoformat(lead["first_day"])) in days, lead
        assert (lead["country"], date.fromisoformat(lead["last_day"])) in days, lead


with tempfile.TemporaryDirectory() as name:
    for ending in ("csv", "parquet"):
        folder = Path(name, ending)
        check_scan(write(folder, ROWS, ending))
        alone = screened(folder, f"{ending}-1.csv")
        check_leads(alone)
        assert screened(folder, f"{ending}-2.csv", "--workers", "2") == alone, ending
        print(f"{ending}: {len(alone):,} bytes, the same in one process and on two workers")
