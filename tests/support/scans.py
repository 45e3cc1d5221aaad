"""Scans of made-up event files, with a crosswalk that is made in the test."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from recognition_model.core.crosswalks import Crosswalk, EventMeaning, TalibanActor
from recognition_model.core.dealings import Scan
from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_columns import ActorColumns, EventColumns
from recognition_model.core.event_layouts import EventLayout
from recognition_model.core.signals import Family
from recognition_model.io.event_files import scanner
from support.coded import COLUMNS

TALIBAN = (
    TalibanActor(code="AFGINSTAL", why="The movement."),
    TalibanActor(group="TAL", why="The group."),
    TalibanActor(name="Taliban", why="The name."),
    TalibanActor(code="AFGGOV", since=date(2021, 8, 15), why="Their government."),
    TalibanActor(code="AFGREB", until=date(2021, 8, 14), why="They were the rebels."),
)
OWN: dict[str, Any] = {
    "day": "day",
    "code": "event",
    "actor": ActorColumns(country="c1", code="a1"),
    "recipient": ActorColumns(country="c2", code="a2"),
}


def crosswalk(**changed: Any) -> Crosswalk:
    """A crosswalk of CAMEO that says who the Taliban are."""
    visits = EventMeaning(codes=("042",), family=Family.VISIT, why="A visit.")
    told: dict[str, Any] = {"title": "Mine", "codes": CodeList.CAMEO, "reference": "A code book"}
    return Crosswalk(**told | {"taliban": TALIBAN, "events": (visits,)} | changed)


def own(**more: Any) -> Crosswalk:
    """The same for files of the columns day, event, c1, a1, c2 and a2."""
    return crosswalk(columns=EventColumns(**OWN | more))


def scan(
    path: Path,
    taken: Crosswalk | None = None,
    since: date | None = None,
    until: date | None = None,
    layout: EventLayout | None = None,
) -> Scan:
    """Scan one file. Without a layout it is found by the columns."""
    with scanner(threads=1) as scan_one:
        return scan_one(path, taken or crosswalk(), layout, since, until)


def of(found: Scan) -> list[tuple[str, str, str, str, bool, int]]:
    """What dealings have in common, and their rows."""
    return [
        (one.country, str(one.day), one.code, one.actor, one.by_taliban, one.rows)
        for one in found.dealings
    ]


def parquet(
    path: Path, *rows: str, names: tuple[str, ...] = COLUMNS, kind: str = "VARCHAR"
) -> Path:
    """Write rows as a Parquet file whose columns are all of one type."""
    import duckdb

    values = ", ".join("('" + "', '".join(one.split("\t")) + "')" for one in rows)
    typed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name in names)
    heads = ", ".join(f'"{name}"' for name in names)
    made = f"SELECT {typed} FROM (VALUES {values}) made({heads})"  # noqa: S608 - made up
    duckdb.sql(f"COPY ({made}) TO '{path}' (FORMAT parquet)")
    return path
