"""Quotes that are opened and closed only behind keys further down."""

from __future__ import annotations

import pytest

from recognition_model.io.open_quotes import open_quotes
from recognition_model.io.problem import Spot


@pytest.mark.parametrize(
    ("lines", "spots"),
    [
        (["title: 'France", "country: FRA"], [(1, 8)]),
        (["note: 'Talks {one", "date: 2021"], [(1, 7)]),
        (["- {claim: 'Talks}", "- act: engage"], [(1, 11)]),
        (["a: 'b", "date: 2021", 'c: "d', "date: 2022"], [(1, 4), (3, 4)]),
    ],
)
def test_quote_that_runs_over_a_key_is_found_where_it_opens(
    lines: list[str], spots: list[tuple[int, int]]
) -> None:
    assert open_quotes(lines, len(lines)) == [Spot(*spot) for spot in spots]


@pytest.mark.parametrize(
    "lines",
    [
        ["note: 'Talks'", "date: 2021"],
        ["note: 'Talks", "  held'", "date: 2021", "title: 'x'"],  # closed on the next line
        ["note: 'Talks", "'", "date: 'x'"],  # in its first column
        ["note: 'It''s", "  held'", "date: 2021"],
        ["note: a, 'b", "date: 2021"],  # inside a plain text
        ["# 'Talks", "date: 2021"],
    ],
)
def test_quote_that_is_closed_before_the_next_key_is_not_found(lines: list[str]) -> None:
    assert open_quotes(lines, len(lines)) == []


def test_quotes_below_the_line_asked_for_are_not_found() -> None:
    lines = ["a: 'b", "date: 2021", "note: 'c", "date: 2022"]
    assert open_quotes(lines, 2) == [Spot(1, 4)]
