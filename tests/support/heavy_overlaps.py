"""Records whose uncertain dates overlap as much as they can: `heavy` writes them by name."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

from recognition_model.core.countries import CODES as ALL  # type: ignore[attr-defined]
from support.heavy import HEAD, REGISTER, Files, S, case, entry, record

TO_AND_FRO = ("act: engage", "act: break_off")
WITH_SIGNALS = (
    "act: engage",
    "signal: visit_made",
    "act: accept_ambassador",
    "signal: visit_made",
    "act: break_off",
)
WINDOW = "2021-08-15..2024-12-31"


@case
def acts_of_one_window() -> Files:
    return record(entry(act, WINDOW) for act in cycle(TO_AND_FRO))


@case
def acts_and_signals_of_one_window() -> Files:
    return record(entry(what, "2001-08-15..2024-12-31") for what in cycle(WITH_SIGNALS))


@case
def countries_that_overlap() -> Files:
    codes = ["FJI", "TUV", *sorted({*ALL} - {"FJI", "TUV", "AFG"})[:32]]
    lines = "".join(entry(act, "2001-08-15..2024-12-31") for act in islice(cycle(TO_AND_FRO), 520))
    return {"rec/sources.yaml": REGISTER + S} | {
        f"rec/{code}.yaml": HEAD.format(country=code, start="1996-09-27", until="2024-12-31")
        + lines
        for code in codes
    }


def write_again(folder: Path) -> None:
    """Write another coding of every record of a case: each window begins a day later."""
    (folder / "again").mkdir()
    for path in (folder / "rec").glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("08-15..", "08-16..")
        (folder / "again" / path.name).write_text(text, encoding="utf-8")
