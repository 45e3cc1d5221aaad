"""Frames of statistics programs. They need pyreadstat and polars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("pyreadstat", reason="the extra `labelled`")
pytest.importorskip("polars", reason="the extra `labelled`")
from recognition_model.exports import statistics_file
from recognition_model.exports.formats import DoesNotFit
from recognition_model.exports.labelled import variables
from recognition_model.exports.spss import SPSS
from recognition_model.exports.statistics_file import labelled_file
from recognition_model.exports.table_schema import Categories, Field, Kind, Row, Table

FIELDS = (
    Field(name="place", description="P."),
    Field(name="at", description="A.", kind=Kind.DAY),
    Field(name="sure", description="S.", kind=Kind.FLAG),
    Field(name="count", description="C.", kind=Kind.COUNT),
    Field(
        name="level",
        description="L.",
        categories=Categories(name="level", meanings={"low": "L", "high": "H"}, ordered=True),
    ),
)


def made(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """The values that a file of these rows is made of."""
    table = Table(
        name="made", title="Made", description="A table.", fields=FIELDS, key=("place",), rows=rows
    )
    seen: list[tuple[Any, ...]] = []

    def write(_: ModuleType, frame: Any, path: Path) -> None:
        seen.extend(frame.rows())
        path.write_bytes(b"")

    labelled_file(table, variables(table, SPSS), SPSS, write)
    return seen


def test_cells_become_days_numbers_and_texts_and_empty_ones_stay_missing() -> None:
    rows: list[Row] = [
        ("Fiji", date(2026, 1, 2), True, 1, "high"),
        ("Fiji", date(2026, 1, 2), False, 0, "low"),
        (None, None, None, None, None),
    ]
    assert made(rows) == [
        ("Fiji", date(2026, 1, 2), 1, 1, 1),
        ("Fiji", date(2026, 1, 2), 0, 0, 0),
        ("", None, None, None, None),
    ]


def test_cell_that_does_not_fit_is_named_where_it_first_stands() -> None:
    rows: list[Row] = [
        ("Fiji", date(2026, 1, 2), True, 1, "high"),
        ("Oman", date(1500, 1, 2), True, 1, "high"),
        ("Iran", date(1500, 1, 2), True, 1, "high"),
    ]
    with pytest.raises(DoesNotFit, match="no days before 1582-10-15: see at of Oman in made"):
        made(rows)


def test_table_of_more_values_than_memory_is_for_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statistics_file, "MOST_CELLS", 10)
    rows: list[Row] = [("Fiji", None, None, None, None), ("Oman", None, None, None, None)]
    assert len(made(rows)) == 2
    words = (
        "SPSS files are made of at most 10 values, and made has 3 rows of 5 variables:"
        " write csv or parquet, or another --table"
    )
    with pytest.raises(DoesNotFit) as told:
        made([*rows, ("Iran", None, None, None, None)])
    assert str(told.value) == words
