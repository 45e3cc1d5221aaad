"""How fast coded events are screened and run, each against something that does as much.

    python benchmarks/events.py screen [--rows 10000000] [--ending parquet] [--runs 3] [--workers]
    python benchmarks/events.py kernel [--events 10000000] [--runs 3]

`screen` makes rows in GDELT's layout with known dealings, checks the answer, and compares the whole
command with DuckDB's own scan, filter and sort of the same rows; it measures the peak memory, and
with `--workers` two local workers against one. `kernel` runs dated events through
`exports.event_batches` and compares it with `transitions`, and with polars and numba where they are
installed. README.md has the results.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from batch import machine_rate
from made_events import dealings, write

from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.dealings import Scan
from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import STATES, Act
from recognition_model.engine.batch import SYMBOLS, Compiled
from recognition_model.engine.walk import Events
from recognition_model.io.crosswalks import load_crosswalk
from recognition_model.io.event_files import scanner

OURS = "Actor1Code IN ('AFGINSTAL', 'AFGGOV') OR Actor2Code IN ('AFGINSTAL', 'AFGGOV')"
BATCH = 1 << 16


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median(work: Callable[[], object], runs: int) -> float:
    return statistics.median(timed(work) for _ in range(runs))


def command(folder: Path, *options: str) -> int:
    """Run `screen` as a process; return its peak memory in bytes."""
    words = [sys.executable, "-m", "recognition_model", "screen", str(folder), "--map", "cameo"]
    words += ["-o", str(folder.parent / "leads.csv"), "--force", *options]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0
    return usage.ru_maxrss * 1024


def by_duckdb(folder: Path, ending: str) -> int:
    """DuckDB's own scan, filter and sort of the rows, on two threads."""
    import duckdb

    source = f"read_parquet('{folder}/*.parquet')"
    if ending == "csv":
        from made_events import GDELT

        typed = ", ".join(f"'{name}': 'VARCHAR'" for name in GDELT.columns)
        source = (
            f"read_csv('{folder}/*.csv', delim='\t', header=false, quote='', escape='',"
            f" auto_detect=false, columns={{{typed}}})"
        )
    asked = (
        "SELECT SQLDATE, EventCode, Actor1Code, Actor2Code, NumMentions, NumSources, SOURCEURL"
        f" FROM {source} WHERE {OURS} ORDER BY SQLDATE, EventCode, Actor1Code, Actor2Code"
    )
    with duckdb.connect(config={"threads": 2}) as database:
        return len(database.execute(asked).fetchall())


def scanned(files: list[Path], crosswalk: Crosswalk) -> Scan:
    """Our scan of the files, without the rest of the command."""
    with scanner(threads=2) as scan:
        return Scan.joined(scan(path, crosswalk) for path in files)


def screen(rows: int, ending: str, runs: int, *, workers: bool) -> None:
    crosswalk = load_crosswalk("cameo")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "events")
        files = write(folder, rows, ending)
        size = sum(path.stat().st_size for path in files)
        print(f"{rows:,} rows as {ending}: {size / 1e9:.2f} GB in {len(files)} files")
        found = scanned(files, crosswalk)
        assert {one.key: one.rows for one in found.dealings} == dealings(rows)
        assert by_duckdb(folder, ending) == -(-rows // 1000)
        theirs = median(lambda: by_duckdb(folder, ending), runs)
        mine = median(lambda: scanned(files, crosswalk), runs)
        memory = command(folder)
        whole = median(lambda: command(folder), runs)
        print(f"DuckDB alone {theirs:.2f} s; scan {mine:.2f} s: {mine / theirs:.2f} times")
        print(f"whole command {whole:.2f} s ({whole / theirs:.2f}); peak {memory / 1e6:,.0f} MB")
        if workers:
            one, two = (
                median(lambda n=n: command(folder, "--workers", n), runs) for n in ("1", "2")
            )
            print(f"one worker {one:.2f} s, two {two:.2f} s: {one / two:.2f} times as fast")


def kernel(events: int, runs: int) -> None:
    import pyarrow as pa

    from recognition_model.exports.event_batches import changes, last_states, spells

    rng = np.random.default_rng(2025)
    symbols = rng.integers(0, len(SYMBOLS), events, dtype=np.uint8)
    ids = rng.integers(0, max(1, events // 100), events, dtype=np.int32)
    days = np.sort(rng.integers(18_000, 20_000, events, dtype=np.int32))
    table = _table(pa, ids, days, symbols)
    by_id = table.take(np.lexsort((days, ids)))
    machine = machine_rate(symbols[: min(events, 2_000_000)], 1)
    print(f"{events:,} events of {events // 100:,} ids; transitions {machine:.3g} events/s")
    for order, given in (("by day", table), ("by id", by_id)):
        for what, call in (("last states", last_states), ("spells", spells), ("changes", changes)):

            def work(call: Callable[[Any], Iterator[Any]] = call, given: Any = given) -> int:
                return sum(batch.num_rows for batch in call(given.to_batches(BATCH)))

            rate = events / median(work, runs)
            print(f"{order:<8}{what:<13}{rate:>10.3g} events/s{rate / machine:>8,.0f} times")
    _against_polars(ids[: events // 10], symbols[: events // 10])
    _against_numba(Events.of(ids, days, symbols), runs)


def _table(pa: Any, ids: Any, days: Any, symbols: Any) -> Any:
    acts, attestations = divmod(symbols, len(Attestation))
    return pa.table(
        {
            "id": pa.array(ids),
            "day": pa.array(days, pa.int32()).cast(pa.date32()),
            "act": pa.DictionaryArray.from_arrays(
                pa.array(acts.astype(np.int8)), pa.array([one.value for one in Act])
            ),
            "attestation": pa.DictionaryArray.from_arrays(
                pa.array(attestations.astype(np.int8)), pa.array([one.value for one in Attestation])
            ),
        }
    )


def _against_polars(ids: Any, symbols: Any) -> None:
    """Last states by joins: the events of all ids that have the same number, one join a number."""
    try:
        import polars as pl
    except ImportError:
        print("polars is not installed")
        return
    compiled = Compiled()
    states = np.repeat(np.arange(len(STATES), dtype=np.uint8), len(SYMBOLS))
    steps = pl.DataFrame(
        {
            "state": states,
            "symbol": np.tile(np.arange(len(SYMBOLS), dtype=np.uint8), len(STATES)),
            "next": compiled.next.ravel(),
        }
    )

    def by_joins() -> Any:
        rows = pl.DataFrame({"id": ids, "symbol": symbols}).with_columns(
            pl.int_range(pl.len()).over("id").alias("number")
        )
        standing = rows.select("id").unique().with_columns(pl.lit(0, pl.UInt8).alias("state"))
        for _, part in rows.sort("number").group_by("number", maintain_order=True):
            moved = part.join(standing, on="id").join(steps, on=["state", "symbol"])
            standing = standing.update(moved.select("id", pl.col("next").alias("state")), on="id")
        return standing

    took = timed(by_joins)
    print(f"polars by joins, {ids.size:,} events: {ids.size / took:.3g} events/s")
    kept = Events.of(ids, np.zeros(ids.size, np.int64), symbols)
    ends = compiled.last(kept.sequences, STATES[0])
    theirs = by_joins().sort("id")
    assert (theirs["id"].to_numpy() == kept.ids).all()
    assert (theirs["state"].to_numpy() == ends).all()


def _against_numba(events: Events, runs: int) -> None:
    """The same sorted arrays in a loop that numba compiles."""
    try:
        import numba
    except ImportError:
        print("numba is not installed")
        return
    compiled = Compiled()
    table, sequences = np.ascontiguousarray(compiled.next), events.sequences

    @numba.njit
    def last(symbols: Any, offsets: Any, table: Any) -> Any:
        ends = np.empty(offsets.size - 1, np.uint8)
        for at in range(offsets.size - 1):
            state = 0
            for place in range(offsets[at], offsets[at + 1]):
                state = table[state, symbols[place]]
            ends[at] = state
        return ends

    arrays = (sequences.symbols, sequences.offsets, table)
    assert (last(*arrays) == compiled.last(sequences, STATES[0])).all()
    theirs = median(lambda: last(*arrays), runs)
    mine = median(lambda: compiled.last(sequences, STATES[0]), runs)
    count = sequences.symbols.size
    print(f"arrays: {count / mine:.3g} events/s, numba {count / theirs:.3g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("screen", "kernel"))
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--ending", choices=("csv", "parquet"), default="parquet")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", action="store_true")
    chosen = parser.parse_args()
    if chosen.what == "screen":
        screen(chosen.rows, chosen.ending, chosen.runs, workers=chosen.workers)
    else:
        kernel(chosen.events, chosen.runs)
