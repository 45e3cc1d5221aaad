"""R's `survival` and lifelines on the exported table of waits: the same estimates as ours.

Compares Kaplan-Meier with its band in three readings of the dates, and the cumulative incidence of
competing ends. Prints Turnbull's estimate, which R makes from the intervals. Whichever of the two
programs is missing is left out, and the last lines say so.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from collections import defaultdict
from fractions import Fraction
from importlib.util import find_spec
from math import isclose
from pathlib import Path

import recognition_model as rm
from recognition_model.exports import export
from recognition_model.plots import picture

READINGS = ("earliest", "latest", "all")
REPLAYS = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
TARGETS = [stage for stage in rm.Stage if stage >= rm.Stage.ENGAGED]
Rows = list[dict[str, str]]


def exported(dates: str) -> bytes:
    return export("csv", REPLAYS, "csv", only="waits", dates=dates)


def rows_of(data: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(data.decode())))


def of(rows: Rows, target: str, clock: str) -> Rows:
    return [row for row in rows if (row["target"], row["clock"]) == (target, clock)]


def same(mine: float | str, theirs: float, what: object) -> None:
    """Compare a number of ours, rounded to six places, with one of theirs; "" is none."""
    none = mine == "" and theirs != theirs  # NaN
    assert none or isclose(float(mine), theirs, abs_tol=6e-7), f"{what}: {mine} here, {theirs}"


def incidences(rows: Rows) -> dict[str, Fraction]:
    """The share that ended in each way by the last day: Aalen and Johansen, in exact fractions."""
    ends: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        ends[int(row["exit_days"])].append(row["exit"])
    waiting, left = Fraction(1), len(rows)
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for day in sorted(ends):
        events = [end for end in ends[day] if end != "record_ended"]
        for end in events:
            shares[end] += waiting * Fraction(1, left)
        waiting *= 1 - Fraction(len(events), left)
        left -= len(ends[day])
    return shares


def with_r(program: str) -> str:
    """Compare every estimate with R's, and return what R says of the intervals."""
    with tempfile.TemporaryDirectory() as folder:
        for dates in READINGS:
            Path(folder, f"{dates}.csv").write_bytes(exported(dates))
        script = str(Path(__file__).with_suffix(".R"))
        command = [program, script, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[list[str]]] = defaultdict(list)
    for line in done.stdout.splitlines():
        kind, *cells = line.rstrip().split("\t")
        found[kind].append(cells)
    points = defaultdict(list)
    for dates, target, *point in found["km"]:
        points[dates, target].append([float(cell) for cell in point])
    for dates in READINGS:
        for stage in TARGETS:
            drawn = picture("time-to-stage", REPLAYS, dates=dates, stage=stage).table[1:]
            theirs = points[dates, str(stage)]
            assert len(drawn) == len(theirs) > 0
            for row, (day, at_risk, events, survival, low, high) in zip(drawn, theirs, strict=True):
                what = (dates, str(stage), day)
                assert row[:3] == (day, at_risk, events), (what, row)
                same(row[4], 1 - survival, what)
                same(row[5], 1 - high, what)
                same(row[6], 1 - low, what)
    for dates, target, end, share in found["cif"]:
        mine = incidences(of(rows_of(exported(dates)), target, "engaged"))
        same(float(mine[end]), float(share), (dates, target, end))
    assert found["cif"]
    told = [f"{len(found['km'])} points and {len(found['cif'])} incidences are the same"]
    told += [_interval(*cells) for cells in found["interval"]]
    return f"R: {'; '.join(told)}"


def _interval(day: str, turnbull: str, middle: str) -> str:
    """Say what R makes of the intervals; compare it where no interval and no censoring is in doubt.

    There the estimate is the share of the countries that waited longer.
    """
    rows = of(rows_of(exported("all")), "engaged", "day")
    ends = [(int(row["left"]), int(row["right"] or 10**6)) for row in rows]
    if not any(left <= int(day) < right for left, right in ends):
        same(sum(left > int(day) for left, _ in ends) / len(ends), float(turnbull), day)
    waiting, read = float(turnbull), float(middle)
    return f"not engaged after {day} days {waiting:.4f} by Turnbull, {read:.4f} with middle days"


def with_lifelines() -> str:
    """Compare the estimate with that of lifelines."""
    from lifelines import KaplanMeierFitter

    count = 0
    for dates in READINGS:
        rows = rows_of(exported(dates))
        for stage in TARGETS:
            mine = of(rows, str(stage), "day")
            fitted = KaplanMeierFitter().fit(
                [int(row["days"]) for row in mine],
                [row["event"] == "1" for row in mine],
                entry=[int(row["at_risk_from"]) for row in mine],
            )
            for row in picture("time-to-stage", REPLAYS, dates=dates, stage=stage).table[1:]:
                same(row[4], 1 - float(fitted.predict(row[0])), (dates, str(stage), row[0]))
                count += 1
    return f"lifelines: {count} points the same"


def main() -> None:
    program = shutil.which("Rscript")
    known = "quit(status = !requireNamespace('survival', quietly = TRUE))"
    if program and not subprocess.run([program, "-e", known], check=False).returncode:
        print(with_r(program))
    else:
        print("NOT CHECKED: waits against R, which is not installed with its package survival")
    if find_spec("lifelines"):
        print(with_lifelines())
    else:
        print("NOT CHECKED: waits against lifelines, which is not installed")


if __name__ == "__main__":
    main()
