"""R's `psych` on pairs of values: the same Cohen's kappa as ours, and where ours is undefined, too.

The sets of units are worked examples in print, seeded random tables, and the record against a
seeded second coding of it, as `agreement --format csv` writes their events. Krippendorff's alpha is
compared with R's arithmetic, without a package. Without R or `psych` nothing is checked, and the
last line says so.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from math import isclose
from pathlib import Path

from attrs import evolve

import recognition_model as rm
from recognition_model.analysis.agreement.coefficients import Coefficient, coefficient
from recognition_model.analysis.agreement.event_rows import rows_of

Units = list[tuple[str, str]]
SEED = 20261127
RANDOM = 300
CHANGED = 0.3
"""The share of the items of evidence whose voice and credibility are drawn anew."""


def square(*rows: tuple[int, ...]) -> Units:
    """The units of a table: the values of the first coder down, those of the second across."""
    cells = ((i, j, count) for i, row in enumerate(rows) for j, count in enumerate(row))
    return [(str(i), str(j)) for i, j, count in cells for _ in range(count)]


PRINTED = {
    # Cohen 1968, Psychological Bulletin 70: 213-220; also an example of psych.
    "cohen-1968": (square((88, 14, 18), (10, 40, 10), (2, 6, 12)), 0.492),
    # Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment 2.
    "gwet-2002": (square((118, 5), (2, 0)), -0.023),
    # Feinstein and Cicchetti 1990, Journal of Clinical Epidemiology 43: 543-549.
    "feinstein-1990-a": (square((40, 9), (6, 45)), 0.70),
    "feinstein-1990-b": (square((80, 10), (5, 5)), 0.32),
}
"""Worked examples, each with the kappa in print."""


def drawn() -> Iterator[tuple[str, Units]]:
    """Seeded random tables: few or many units and values, from no agreement to all."""
    source = random.Random(SEED)  # noqa: S311 - the same every time
    for at in range(RANDOM):
        values = "abcdefgh"[: source.randint(1, 8)]
        alike = source.choice((0.0, 0.5, 0.9, 1.0))
        units = []
        for _ in range(source.randint(2, 80)):
            first = source.choice(values)
            units.append((first, first if source.random() < alike else source.choice(values)))
        yield f"random-{at}", units


def second_coding(folder: rm.Folder) -> rm.Folder:
    """The same record with some voices and credibilities drawn anew, and some entries left out."""
    source = random.Random(SEED)  # noqa: S311 - the same every time

    def coded_again(item: rm.Evidence) -> rm.Evidence:
        if source.random() >= CHANGED:
            return item
        return evolve(item, voice=source.choice([*rm.Voice]), credibility=source.randint(1, 6))

    def entries(scenario: rm.Scenario) -> Iterator[rm.Step]:
        for step in scenario.timeline:
            if source.random() < 1 - CHANGED / 5:
                yield evolve(step, evidence=tuple(map(coded_again, step.evidence)))

    coded = [evolve(one, timeline=tuple(entries(one))) for one in folder.scenarios]
    return evolve(folder, scenarios=tuple(coded))


def of_the_record() -> Iterator[tuple[str, Units, Coefficient, Coefficient]]:
    """The events of two codings by variable, with the coefficients that `agreement` gives."""
    folder = rm.load_folder()
    found = rm.agreement(folder, second_coding(folder), units=("event",), draws=0)
    rows = [row for row in rows_of(found.pairs) if row["found"] == "both"]
    for variable in ("kind", "what", "voice", "grade", "rule"):
        pairs = [(row[f"{variable}_a"], row[f"{variable}_b"]) for row in rows]
        units = [(str(a), str(b)) for a, b in pairs if a is not None and b is not None]
        measure = found.measure("event", variable)
        yield f"record-{variable}", units, measure.kappa, measure.alpha


def in_r(program: str, sets: dict[str, Units]) -> dict[str, tuple[str, str]]:
    """Kappa and alpha of each set, as R prints them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "units.csv")
        with file.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow(("set", "first", "second"))
            lines.writerows((name, *unit) for name, units in sets.items() for unit in units)
        command = [program, "--vanilla", str(Path(__file__).with_suffix(".R")), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines_of_r = (line.split("\t") for line in done.stdout.splitlines())
    return {name: (kappa, alpha) for name, kappa, alpha in lines_of_r}


def same(mine: Coefficient, theirs: str, what: str) -> None:
    """Compare a coefficient with a number of R; undefined is equal to undefined alone."""
    if mine.value is None or theirs == "undefined":
        both = mine.value is None and theirs == "undefined"
        assert both, f"{what}: {mine} here, {theirs} in R"
        return
    close = isclose(mine.value, float(theirs), rel_tol=1e-12, abs_tol=1e-12)
    assert close, f"{what}: {mine.value!r} here, {theirs} in R"


def check(program: str) -> str:
    """Compare every set; return what was compared."""
    sets = {name: units for name, (units, _) in PRINTED.items()} | dict(drawn())
    mine = {
        name: [coefficient(word, Counter(units)) for word in ("kappa", "alpha")]
        for name, units in sets.items()
    }
    for name, units, kappa, alpha in of_the_record():
        sets[name], mine[name] = units, [kappa, alpha]
    theirs = in_r(program, sets)
    assert theirs.keys() == sets.keys()
    for name, coefficients in mine.items():
        for word, ours, other in zip(("kappa", "alpha"), coefficients, theirs[name], strict=True):
            same(ours, other, f"{word} of {name}")
    for name, (_, printed) in PRINTED.items():
        assert abs(float(theirs[name][0]) - printed) < 0.005, f"{name}: {theirs[name][0]} in R"
    undefined = sum(kappa.value is None for kappa, _ in mine.values())
    units = sum(len(mine_of) for name, mine_of in sets.items() if name.startswith("record"))
    assert undefined
    assert units
    return (
        f"R: kappa of psych is the same for {len(sets)} sets of units, {undefined} of them"
        f" undefined in both; alpha too; {units:,} units are those of two codings of the record"
    )


def main() -> None:
    program = shutil.which("Rscript")
    known = "quit(status = !requireNamespace('psych', quietly = TRUE))"
    if program and not subprocess.run([program, "-e", known], check=False).returncode:
        print(check(program))
    else:
        print("NOT CHECKED: agreement against R, which is not installed with its package psych")


if __name__ == "__main__":
    main()
