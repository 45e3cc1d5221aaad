"""Print which answers of the record differ between two releases, as Markdown for CHANGELOG.md.

    python tools/changed_answers.py OLD/bin/recognition-model NEW/bin/recognition-model

Each release answers from its own record: the country-year panel, the shares on a few days and the
times to each stage. Only tables that both releases write are compared, by the names of columns.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

STAGES = ("engaged", "delisted", "ambassador_accepted", "de_jure_recognition")
DAYS = ("2000-12-31", "2005-12-31", "2015-12-31", "2021-12-31")
Row = dict[str, str]


def main() -> None:
    old, new = sys.argv[1:]
    with TemporaryDirectory() as folder:
        before, after = (answers(tool, Path(folder) / str(n)) for n, tool in enumerate((old, new)))
    for lines in (years(before, after), shares(before, after), times(before, after)):
        print("\n".join(lines), end="\n\n")


def answers(tool: str, folder: Path) -> dict[str, list[Row]]:
    """Every table of one release, by name."""
    folder.mkdir()

    def run(*words: str) -> None:
        done = subprocess.run([tool, *words], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    run("export", "csv", "--table", "country_year", "-o", "years.csv")
    for stage in STAGES:
        run("plot", "time-to-stage", "--stage", stage, "--table", "-o", f"{stage}.svg")
    return {path.stem.removesuffix("_table"): read(path) for path in sorted(folder.glob("*.csv"))}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def panel(tables: dict[str, list[Row]]) -> dict[tuple[str, int], Row]:
    return {(row["country"], int(row["year"])): row for row in tables["years"]}


def years(before: dict[str, list[Row]], after: dict[str, list[Row]]) -> Iterator[str]:
    """For each country, the years with another stage, and how many are no longer certain."""
    old, new = panel(before), panel(after)
    yield "| Country | Years with another stage | Certain years, before | now |"
    yield "|---|---|---|---|"
    for country in sorted({country for country, _ in old.keys() | new.keys()}):
        turned = [
            (year, f"{stages(old.get((country, year)))} to {stages(new.get((country, year)))}")
            for year in range(1990, 2100)
            if stages(old.get((country, year))) != stages(new.get((country, year)))
        ]
        sure = [
            sum(row["certain"] == "true" for (code, _), row in rows.items() if code == country)
            for rows in (old, new)
        ]
        if turned or sure[0] != sure[1]:
            yield f"| {country} | {'; '.join(spans(turned)) or 'none'} | {sure[0]} | {sure[1]} |"


def stages(row: Row | None) -> str:
    return " or ".join(row["stages"].split()) if row else "no row"


def spans(turned: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Join years in a row with the same change: `2001 to 2009 engaged to hostile`."""
    numbered = enumerate(turned)
    for (_, what), run in groupby(numbered, key=lambda at: (at[1][0] - at[0], at[1][1])):
        found = [year for _, (year, _) in run]
        when = str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}"
        yield f"{when} {what}"


def shares(before: dict[str, list[Row]], after: dict[str, list[Row]]) -> Iterator[str]:
    """Countries at each stage on the last day of a few years, those in the panel counted."""
    yield "| Day | Stage | Before | Now |"
    yield "|---|---|---|---|"
    for day in DAYS:
        counts = []
        for tables in (before, after):
            rows = [row for row in tables["years"] if row["on"] == day]
            counts.append([row["stages"] for row in rows])
        for stage in ("hostile", "banned", *STAGES):
            one, other = (f"{told.count(stage)} of {len(told)}" for told in counts)
            if one != other:
                yield f"| {day} | {stage} | {one} | {other} |"


def times(before: dict[str, list[Row]], after: dict[str, list[Row]]) -> Iterator[str]:
    """The last estimate of the share that reached each stage since 15 August 2021."""
    yield "| Stage | Share that reached it, before | now | Half by day, before | now |"
    yield "|---|---|---|---|---|"
    for stage in STAGES:
        rows = [tables[stage] for tables in (before, after)]
        ends = [f"{100 * float(table[-1]['share']):.2f} %" for table in rows]
        halves = [
            next(
                (f"{float(row['days']):g}" for row in table if float(row["share"]) >= 0.5), "never"
            )
            for table in rows
        ]
        yield f"| {stage} | {ends[0]} | {ends[1]} | {halves[0]} | {halves[1]} |"


if __name__ == "__main__":
    main()
