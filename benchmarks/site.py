"""How long a site of 200 countries takes, and how much of it the pages alone.

    python benchmarks/site.py [--countries 200]

The countries are those of the record, again under other codes. `site` runs as its command does,
with a process for each core. README.md has the target and the results.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from attrs import evolve

import recognition_model as rm
from recognition_model.core.countries import CODES
from recognition_model.io.folders import write_folder
from recognition_model.report.site.build import site_files
from recognition_model.report.site.plan import Site, site_of

MOST_SECONDS = 60


def large(count: int) -> Site:
    """A site of so many countries: the record's own, then the same again under other codes."""
    folder = rm.load_folder()
    taken = {one.country for one in folder.scenarios}
    free = [code for code in CODES if code not in taken]
    more = zip(free, cycle(folder.scenarios), strict=False)
    missing = max(0, count - len(taken))
    copies = islice((evolve(one, country=code) for code, one in more), missing)
    scenarios = (*folder.scenarios, *copies)[:count]
    return site_of(evolve(folder, scenarios=scenarios, organisations=()))


def _worked() -> float:
    """The seconds that this process and those it started have worked."""
    here = os.times()
    return here.user + here.system + here.children_user + here.children_system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countries", type=int, default=200)
    count = parser.parse_args().countries
    with tempfile.TemporaryDirectory() as place:
        for figures in ("none", "svg"):
            begin, worked = time.perf_counter(), _worked()
            written = write_folder(Path(place, figures), site_files(large(count), figures=figures))
            seconds = time.perf_counter() - begin
            worked = _worked() - worked
            aim = f"   aim at most {MOST_SECONDS} s" if count == 200 else ""
            print(
                f"{count} countries, figures {figures}: {seconds:6.1f} s on {os.cpu_count()} cores"
                f" ({worked:.1f} s of one), {len(written.files):,} files,"
                f" {written.size / 1e6:.0f} MB{aim}"
            )


if __name__ == "__main__":
    main()
