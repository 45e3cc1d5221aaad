"""The type of `--days`: some days with commas between them, each later than the one before."""

from __future__ import annotations

from datetime import date

import click
import pytest

from recognition_model.cli.options import Days

TWO_TO_FOUR = Days(2, 4)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2001-08-20,2021-08", (date(2001, 8, 20), date(2021, 8, 31))),
        (
            "2001, 2004-02 , 2021-08-31,2025",
            (date(2001, 12, 31), date(2004, 2, 29), date(2021, 8, 31), date(2025, 12, 31)),
        ),
    ],
)
def test_days_are_the_last_ones_of_months_and_years(text: str, days: tuple[date, ...]) -> None:
    assert TWO_TO_FOUR.convert(text, None, None) == days
    assert TWO_TO_FOUR.convert(days, None, None) == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2001", "2 to 4 days are possible, not 1"),
        ("2001,2002,2003,2004,2005", "2 to 4 days are possible, not 5"),
        ("2021-08-31,2021-08", "each day must be later than the one before"),
        ("2021,soon", "'soon' is not a date"),
    ],
)
def test_days_that_are_too_few_too_many_or_out_of_order_are_refused(text: str, why: str) -> None:
    with pytest.raises(click.BadParameter, match=why):
        TWO_TO_FOUR.convert(text, None, None)
