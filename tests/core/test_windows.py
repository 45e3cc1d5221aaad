"""Windows of time: surely in, perhaps in, or not."""

from __future__ import annotations

from datetime import date

import pytest

from recognition_model.core.dates import OPEN_END, OPEN_START, When
from recognition_model.core.windows import Window

FIRST, LAST = date(2025, 7, 1), date(2025, 12, 31)
WHOLE = Window(FIRST, LAST)


@pytest.mark.parametrize(
    ("window", "when", "held"),
    [
        (WHOLE, "2025-07-01", "surely"),
        (WHOLE, "2025-12-31", "surely"),
        (WHOLE, "2025-07-01..2025-12-31", "surely"),
        (WHOLE, "2025-06-30", None),
        (WHOLE, "2026-01-01", None),
        (WHOLE, "2025-06-30..2025-07-01", "perhaps"),
        (WHOLE, "2025-12-31..2026-01-01", "perhaps"),
        (WHOLE, "2025", "perhaps"),
        (WHOLE, "..2025-06-30", None),
        (WHOLE, "2025..", "perhaps"),
        (Window(FIRST), "2025-07-01..", "surely"),
        (Window(FIRST), "..2025-07-01", "perhaps"),
        (Window(until=LAST), "..2025-12-31", "surely"),
        (Window(until=LAST), "2026-01-01..", None),
        (Window(), "..2025", "surely"),
        (Window(), "2025..", "surely"),
    ],
)
def test_date_lies_in_a_window_surely_perhaps_or_not(
    window: Window, when: str, held: str | None
) -> None:
    date_of = When.parse(when)
    assert window.holds(date_of.earliest.toordinal(), date_of.latest.toordinal()) == held


def test_date_that_may_be_any_day_is_perhaps_in_a_window_with_an_end() -> None:
    assert WHOLE.holds(OPEN_START.toordinal(), OPEN_END.toordinal()) == "perhaps"


@pytest.mark.parametrize(
    ("window", "in_words", "text"),
    [
        (WHOLE, "from 2025-07-01 to 2025-12-31", "from 2025-07-01 to 2025-12-31"),
        (Window(FIRST), "since 2025-07-01", "since 2025-07-01"),
        (Window(until=LAST), "until 2025-12-31", "until 2025-12-31"),
        (Window(), "", "all days"),
    ],
)
def test_window_is_named_by_its_ends(window: Window, in_words: str, text: str) -> None:
    assert (window.in_words(), str(window)) == (in_words, text)


def test_window_of_one_day_is_one_and_a_window_that_ends_before_it_begins_is_none() -> None:
    assert Window(FIRST, FIRST).in_words() == "from 2025-07-01 to 2025-07-01"
    with pytest.raises(ValueError, match="ends on 2025-07-01, before it begins on 2025-12-31"):
        Window(LAST, FIRST)
