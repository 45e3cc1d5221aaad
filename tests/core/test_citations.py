"""Numbers of sources as a reader sees them."""

from __future__ import annotations

import pytest

from recognition_model.core.citations import format_ranges


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        ([7], "7"),
        ([1, 2], "1, 2"),
        ([1, 2, 3], "1–3"),
        ([1, 3, 4, 5, 8], "1, 3–5, 8"),
        ([2, 3, 4, 6, 7, 9, 10, 11, 12], "2–4, 6, 7, 9–12"),
    ],
)
def test_three_or_more_numbers_in_turn_are_written_as_a_range(
    numbers: list[int], text: str
) -> None:
    assert format_ranges(numbers) == text
