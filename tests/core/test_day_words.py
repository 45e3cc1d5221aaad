"""Dates in the words of a title or a label."""

from __future__ import annotations

from datetime import date

import pytest

from recognition_model.core.dates import When
from recognition_model.core.day_words import day_in_words, when_in_words, when_on_label


@pytest.mark.parametrize(
    ("text", "sentence", "label"),
    [
        ("2025-07-03", "on 3 July 2025", "3 Jul 2025"),
        ("2024-05", "in May 2024", "May 2024"),
        ("2007", "in 2007", "2007"),
        ("2022-01~", "about January 2022", "about Jan 2022"),
        ("2025-07-04?", "perhaps on 4 July 2025", "4 Jul 2025?"),
        ("2026-01-12..2026-01-23", "between 12 and 23 January 2026", "12–23 Jan 2026"),
        (
            "2021-08-30..2021-10-12",
            "between 30 August and 12 October 2021",
            "30 Aug – 12 Oct 2021",
        ),
        (
            "2010-11..2011-06-19",
            "between November 2010 and 19 June 2011",
            "Nov 2010 – 19 Jun 2011",
        ),
        ("1998..1999", "between 1998 and 1999", "1998–1999"),
        ("..2025-01-22", "by 22 January 2025", "by 22 Jan 2025"),
        ("2008..", "in or after 2008", "from 2008"),
        ("2008-02-01..", "on or after 1 February 2008", "from 1 Feb 2008"),
    ],
)
def test_a_date_keeps_its_precision_in_words(text: str, sentence: str, label: str) -> None:
    when = When.of(text)
    assert when_in_words(when) == sentence
    assert when_on_label(when) == label


def test_a_day_is_written_with_its_month_in_full_or_in_three_letters() -> None:
    day = date(2021, 8, 15)
    assert day_in_words(day) == "15 August 2021"
    assert day_in_words(day, short=True) == "15 Aug 2021"
