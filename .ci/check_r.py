"""CSV, Stata and SPSS files, read back with R: base, readr and haven.

`nox -s consumers` runs this. R is no Python package: `.ci/run` installs Debian's `r-base-core`,
`r-cran-haven` and `r-cran-readr`. What is missing is named, and not tried.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

from round_trip import TABLES, exported, guarded, in_an_empty_folder, same

from recognition_model.exports import Kind, Table
from recognition_model.exports.labelled import Limits, Variable, variables
from recognition_model.exports.spss import SPSS
from recognition_model.exports.stata import STATA

CLASSES = {Kind.TEXT: "character", Kind.COUNT: "integer", Kind.DAY: "Date", Kind.FLAG: "logical"}
LONG = "country_day"  # the other panels have the same columns
# Every reader writes what it read as CSV in one form: ISO days, flags as no or yes, nothing as "".
COMMON = """
write_plain <- function(d, path) {
  d[] <- lapply(d, function(x) {
    if (inherits(x, "haven_labelled")) x <- haven::as_factor(x, levels = "labels")
    if (inherits(x, "Date")) x <- format(x, "%Y-%m-%d")
    if (is.logical(x)) x <- c("no", "yes")[x + 1]
    x <- as.character(x)
    ifelse(is.na(x), "", x)
  })
  write.csv(d, path, row.names = FALSE, fileEncoding = "UTF-8")
}
write_labels <- function(d, path) {
  labels <- vapply(d, function(x) paste(attr(x, "label"), collapse = ""), "")
  names <- vapply(d, function(x) paste(names(attr(x, "labels")), collapse = "|"), "")
  numbers <- vapply(d, function(x) paste(attr(x, "labels"), collapse = "|"), "")
  classes <- vapply(d, function(x) class(x)[1], "")
  out <- data.frame(names(d), labels, names, numbers, classes)
  write.csv(out, path, row.names = FALSE, fileEncoding = "UTF-8")
}
"""


def run(script: str) -> None:
    Path("script.R").write_text(COMMON + script, encoding="utf-8")
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "TZ": "UTC"}
    done = subprocess.run(
        ["Rscript", "--vanilla", "script.R"], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr


def has(package: str) -> bool:
    """Whether R has a package."""
    test = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return not subprocess.run(["Rscript", "--vanilla", "-e", test], capture_output=True).returncode


def written(path: str) -> list[tuple[str, ...]]:
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)]


def text_of(cell: object) -> str:
    """The one form of a cell, as `write_plain` writes it."""
    if isinstance(cell, bool):
        return ("no", "yes")[cell]
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace("\r\n", "\n")


def tables() -> dict[str, Table]:
    return {name: table for name, table in TABLES.items() if name != LONG}


def with_base() -> None:
    """`read.csv` with `colClasses` and `na.strings`, as the how-to says."""
    script = ""
    for name, table in tables().items():
        classes = ", ".join(f"`{one.name}` = '{CLASSES[one.kind]}'" for one in table.fields)
        script += f"""
d <- read.csv('csv/{name}.csv', na.strings = '', colClasses = c({classes}), encoding = 'UTF-8',
              check.names = FALSE)
stopifnot(identical(unname(vapply(d, function(x) class(x)[1], '')),
                    c({", ".join(f"'{CLASSES[one.kind]}'" for one in table.fields)})))
write_plain(d, 'base_{name}.csv')
"""
    run(script)
    for name, table in tables().items():
        same(table, written(f"base_{name}.csv")[1:], "R, base", lambda c: text_of(guarded(c)))


def with_readr() -> None:
    """`read_csv` finds days, flags and numbers by itself."""
    script = ""
    for name in tables():
        script += f"""
d <- as.data.frame(readr::read_csv('csv/{name}.csv', na = '', guess_max = Inf, trim_ws = FALSE,
                                   show_col_types = FALSE, progress = FALSE))
stopifnot(nrow(readr::problems(d)) == 0)
write.csv(vapply(d, function(x) class(x)[1], ''), 'classes_{name}.csv')
"""
    run(script)
    guesses = {Kind.COUNT: "numeric", Kind.DAY: "Date", Kind.FLAG: "logical"}
    for name, table in tables().items():
        found = dict(written(f"classes_{name}.csv")[1:])
        for column, cells in zip(table.fields, zip(*table.rows, strict=True), strict=False):
            if column.kind is not Kind.TEXT and any(cell is not None for cell in cells):
                assert found[column.name] == guesses[column.kind], (name, column.name, found)


def with_haven(ending: str, form: str, limits: Limits) -> None:
    with zipfile.ZipFile(exported(form, f"{form}.zip")) as archive:
        archive.extractall(form)
    script = "".join(
        f"""
d <- as.data.frame(haven::read_{ending}('{form}/{name}.{ending}'))
write_labels(d, '{form}_labels_{name}.csv')
write_plain(d, '{form}_{name}.csv')
"""
        for name in tables()
    )
    run(script)
    for name, table in tables().items():
        made = variables(table, limits)
        labels = {row[0]: row[1:] for row in written(f"{form}_labels_{name}.csv")[1:]}
        for one in made:
            label, names, numbers, kind = labels[one.name]
            assert label == one.label, (name, one.name, label)
            assert names == "|".join(one.labels.values()), (name, one.name, names)
            assert numbers == "|".join(map(str, one.labels)), (name, one.name, numbers)
            if one.column.kind is Kind.DAY:
                assert kind == "Date", (name, one.name, kind)
        rows = written(f"{form}_{name}.csv")[1:]
        assert len(rows) == len(table.rows), (form, name)
        for mine, theirs in zip(table.rows, rows, strict=True):
            wanted = tuple(in_r(one, cell) for one, cell in zip(made, mine, strict=True))
            assert wanted == theirs, (form, name, wanted, theirs)


def in_r(one: Variable, cell: object) -> str:
    """What R shows of a cell: the label of a number, the number of a month."""
    if one.month:
        return str(one.value(cell))  # type: ignore[arg-type]
    if isinstance(cell, int) and not isinstance(cell, bool) and one.labels:
        return one.labels[cell]
    return text_of(cell)


def main() -> None:
    if not shutil.which("Rscript"):
        print("NOT CHECKED: R is missing (Debian: r-base-core, r-cran-haven, r-cran-readr)")
        return
    with zipfile.ZipFile(exported("csv", "csv.zip")) as archive:
        archive.extractall("csv")
    with_base()
    done = ["base"]
    if has("readr"):
        with_readr()
        done.append("readr")
    if has("haven"):
        with_haven("dta", "stata", STATA)
        with_haven("sav", "spss", SPSS)
        done.append("haven")
    for package in {"readr", "haven"} - {*done}:
        print(f"NOT CHECKED: R has no package {package} (Debian: r-cran-{package})")
    print(f"{len(tables())} tables: R reads the same with {', '.join(done)}")


if __name__ == "__main__":
    in_an_empty_folder(main)
