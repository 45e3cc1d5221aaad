"""Panels of 250 countries as CSV, against pyarrow, and the memory that a package takes.

    python benchmarks/tables.py [--runs 5]

Every country has Russia's file, with another code. Our side makes the rows from the replays and
writes them; pyarrow writes the same rows from an Arrow table already in memory, without quotes,
which no panel needs. Both sides take turns, and the median of the pairwise ratios is printed with
its range. The aim is for the rows of all three panels, as a package holds them. The first line is
one process of its own: `export csv -o record.zip`.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
from attrs import evolve
from iso3166 import countries
from run import compare

import recognition_model as rm
from recognition_model.core.countries import is_country
from recognition_model.exports import Table, Unit, panel

COUNT = 250
UNQUOTED = pa_csv.WriteOptions(quoting_style="none")


def made_up() -> list[rm.Replay]:
    (russia,) = (one for one in rm.load_folder().scenarios if one.country == "RUS")
    return [rm.replay(evolve(russia, country=code)) for code in codes()]


def codes() -> list[str]:
    return [one.alpha3 for one in countries if is_country(one.alpha3)][:COUNT]


def ours(make: Callable[[], Table], path: Path) -> Callable[[], object]:
    def write() -> None:
        with path.open("wb") as stream:
            for piece in make().csv_blocks():
                stream.write(piece)

    return write


def theirs(held: pa.Table, path: Path) -> Callable[[], object]:
    return lambda: pa_csv.write_csv(held, path, UNQUOTED)


def writing(runs: int, folder: Path) -> None:
    replays = made_up()
    sides: list[tuple[Callable[[], object], Callable[[], object]]] = []
    for unit in Unit:

        def make(unit: Unit = unit) -> Table:
            return panel(replays, unit)

        held = pa.table(make())
        plain = pa.schema([(f.name, _plain(f.type)) for f in held.schema])
        held = held.cast(plain)
        one, other = folder / "ours.csv", folder / "theirs.csv"
        name = f"{make().name}, {held.num_rows:,} rows"
        sides.append((ours(make, one), theirs(held, other)))
        compare(name, "for all only", *sides[-1], runs)
        assert_same(one, other)
    mine, their = ([side[at] for side in sides] for at in (0, 1))
    compare("all three panels", "at most 2", _each(mine), _each(their), runs)


def _each(work: list[Callable[[], object]]) -> Callable[[], object]:
    return lambda: [one() for one in work]


def assert_same(one: Path, other: Path) -> None:
    """The lines below the heading are the same, but for how they end."""
    with one.open("rb") as mine, other.open("rb") as their:
        next(mine), next(their)
        pairs = zip(mine, their, strict=True)
        assert all(a.rstrip(b"\r\n") == b.rstrip(b"\n") for a, b in pairs), "other rows"


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def package(folder: Path) -> None:
    text = (Path(__file__).parents[1] / "scenarios/RUS.yaml").read_text("utf-8")
    record = folder / "record"
    record.mkdir()
    for code in codes():
        changed = text.replace("country: RUS", f"country: {code}", 1)
        (record / f"{code}.yaml").write_text(changed, "utf-8")
    output = folder / "record.zip"
    command = [sys.executable, "-m", "recognition_model", "export", "csv"]
    begin = time.perf_counter()
    subprocess.run([*command, "--scenarios", record, "-o", output], check=True, capture_output=True)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = output.stat().st_size / 1e6
    print(f"package of {COUNT} countries: {seconds:.1f} s, {peak:.0f} MB of memory, {size:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as place:
        package(Path(place))
        writing(chosen, Path(place))
