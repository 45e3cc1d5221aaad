"""Coded dealings: the scans of several files are one scan."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from attrs import evolve

from recognition_model.core.dealings import BadRow, Dealing, Scan

VISIT = Dealing(
    country="RUS",
    day=date(2022, 5, 1),
    code="042",
    actor="GOV",
    by_taliban=False,
    rows=2,
    mentions=10,
    sources=3,
    urls=("https://b.org", "https://d.org"),
)


def test_rows_of_one_dealing_are_added_up() -> None:
    more = evolve(
        VISIT,
        rows=5,
        mentions=20,
        sources=4,
        urls=("https://a.org", "https://b.org", "https://c.org"),
    )
    assert VISIT.and_more(more) == evolve(
        VISIT,
        rows=7,
        mentions=30,
        sources=7,
        urls=("https://a.org", "https://b.org", "https://c.org"),
    )


OTHER = evolve(VISIT, day=date(2022, 4, 30), rows=1)
SCANS = (
    Scan(
        dealings=(VISIT,),
        rows=9,
        bad=1,
        examples=(BadRow(file="b.csv", line=4, why="no day"),),
        unknown_countries={"YUG": 2, "ZAR": 1},
    ),
    Scan(
        dealings=(OTHER, evolve(VISIT, rows=5)),
        rows=20,
        bad=2,
        examples=(
            BadRow(file="b.csv", line=2, why="no code"),
            BadRow(file="a.csv", line=7, why="no day"),
        ),
        unknown_countries={"YUG": 3, "SUN": 1},
    ),
    Scan(rows=1),
)


@pytest.mark.parametrize("scans", [*permutations(SCANS)])
def test_scans_in_any_order_are_joined_to_one(scans: tuple[Scan, ...]) -> None:
    joined = Scan.joined(scans)
    assert [(one.day.isoformat(), one.rows) for one in joined.dealings] == [
        ("2022-04-30", 1),
        ("2022-05-01", 7),
    ]
    assert (joined.rows, joined.bad) == (30, 3)
    assert [*map(str, joined.examples)] == [
        "a.csv:7: no day",
        "b.csv:2: no code",
        "b.csv:4: no day",
    ]
    assert [*joined.unknown_countries.items()] == [("SUN", 1), ("YUG", 5), ("ZAR", 1)]


def test_only_the_first_ten_rows_that_could_not_be_used_are_kept() -> None:
    rows = [BadRow(file="a.csv", line=number, why="no day") for number in range(12, 0, -1)]
    joined = Scan.joined([Scan(examples=tuple(rows), bad=12)])
    assert [one.line for one in joined.examples] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert joined.bad == 12


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (VISIT, "RUS 2022-05-01 042: 2 rows"),
        (SCANS[1], "2 dealings in 20 rows"),
        (BadRow(file="a.zip", line=0, why="no table"), "a.zip: no table"),
    ],
)
def test_dealings_scans_and_bad_rows_are_named(one: object, text: str) -> None:
    assert str(one) == text
