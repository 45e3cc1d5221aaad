"""Entries in the wrong place: the fewest whose removal restores the order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recognition_model import When
from recognition_model.core.order import misplaced
from recognition_model.testing import dates as some_dates


def in_order(dates: Sequence[When]) -> bool:
    """Whether no date lies wholly before an earlier one: the definition, pair by pair."""
    return all(one.earliest <= other.latest for one, other in combinations(dates, 2))


def fewest(dates: Sequence[When]) -> int:
    """How many must go, by trying every subset."""
    sizes = range(len(dates), -1, -1)
    kept = next(n for n in sizes if any(in_order(some) for some in combinations(dates, n)))
    return len(dates) - kept


NEAR = st.sampled_from(
    ["2021", "2021-05", "2021-05-01", "2021-05-02", "2021-04..2021-06", "..2021-05", "2021-05..",
     "2021-06", "2020-12-31", "2022"]
).map(When.parse)  # fmt: skip


def dates_of(*texts: str) -> list[When]:
    return [When.parse(text) for text in texts]


@given(st.lists(NEAR | some_dates(), max_size=7))
@example(dates_of("2024", "2021", "2022", "2020"))
@example(dates_of("2022-05-01", "2022-05-01", "2021", "2022-05-01"))
@example(dates_of("2024-08", "..2021", "2022..", "2020", "2024"))
def test_without_the_fewest_misplaced_entries_the_rest_is_in_order(dates: list[When]) -> None:
    wrong = {bad.at for bad in misplaced(dates)}
    assert in_order([when for at, when in enumerate(dates) if at not in wrong])
    assert len(wrong) == fewest(dates)


@given(st.lists(NEAR | some_dates(), max_size=7))
def test_a_misplaced_entry_contradicts_the_entry_named_beside_it(dates: list[When]) -> None:
    found = misplaced(dates)
    wrong = {bad.at for bad in found}
    for bad in found:
        assert bad.beside not in wrong
        first, second = sorted(bad)
        assert not in_order([dates[first], dates[second]])


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        # A wrong year in the first of six.
        (["2021-08-15", "2024-08-26", "2021-12-19", "2022-01", "2022-05", "2023"], [(1, 2)]),
        (["2024-08-15", "2021-08-26", "2021-12-19"], [(0, 1)]),
        (["2021", "2022", "2012", "2023"], [(2, 1)]),
        # Two are equally possible: the later one.
        (["2021", "2023", "2022"], [(2, 1)]),
        (["2021", "2023", "2022", "2024"], [(2, 1)]),
        # The uncertain dates can be in order.
        (["2021", "2022-05", "2022", "2022-04..2022-06"], []),
        (["2020", "2023", "2024", "2021", "2022", "2022-05"], [(1, 3), (2, 3)]),
    ],
)
def test_the_entry_with_the_wrong_year_is_blamed(
    texts: list[str], wrong: list[tuple[int, int]]
) -> None:
    assert misplaced(dates_of(*texts)) == wrong


def test_of_two_possible_entries_the_one_after_the_last_documented_day_is_blamed() -> None:
    dates = dates_of("2021", "2032", "2023")
    assert misplaced(dates) == [(2, 1)]
    assert misplaced(dates, date(2024, 1, 1)) == [(1, 2)]
