"""The texts that are nearly dates, all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recognition_model import DateError, When
from recognition_model.testing.date_strategies import slips_of

DAYS = [
    date(year, month, day)
    for year in (2023, 2024)  # the second is a leap year
    for month in range(1, 13)
    for day in (1, 9, 10, 28)
]


def code_of(text: str) -> str:
    """The code of the mistake in a date; empty for a date."""
    try:
        When.parse(text)
    except DateError as error:
        return error.code
    return ""


@pytest.mark.parametrize("days", [1, 40, 400])
def test_every_near_miss_of_a_day_is_rejected_with_its_code(days: int) -> None:
    accepted = [
        (text, code)
        for day in DAYS
        for code, texts in slips_of(day, day + timedelta(days=days)).items()
        for text in texts
        if code_of(text) != code
    ]
    assert accepted == []


def test_near_misses_of_a_day_are_these() -> None:
    assert slips_of(date(2024, 5, 7), date(2024, 6, 1)) == {
        "RM401": [  # no notation of a date
            "2024-5-7",
            "07.05.2024",
            "2024/05/07",
            "2024-05-07T00:00:00",
            "2024-05-07~?",
            "2024-05-07~..2024-06-01",
            "2024-05-07...2024-06-01",
            "2024-05-07 .. 2024-06-01",
            "2024-05-07-",
            "24-05-07",
            "May 2024",
            "\u0662\u0660\u0662\u0664-\u0660\u0665-\u0660\u0667",  # Arabic-Indic digits
            "..",
            "",
        ],
        "RM402": [  # no day of the calendar
            "2024-13",
            "2024-00",
            "2024-05-00",
            "2024-05-32",
            "2024-02-30",
            "2025-02-29",
            "2024-04-31..2025",
        ],
        "RM403": ["2024-06-01..2024-05-07", "2025..2024"],  # ends before it begins
        "RM404": ["2024-05-07/2024-06-01", "2024/2025"],  # spans of another standard
    }
