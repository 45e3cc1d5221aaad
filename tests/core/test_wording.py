"""Small text functions: shares that never say none or all of what is not, counts, hidden marks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from recognition_model.core.wording import in_percent, in_words, percent, without_marks


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (0, 34, "0 %"),
        (1, 34, "3 %"),
        (34, 34, "100 %"),
        (1, 200, "1 %"),  # exactly 0.5: up
        (1, 201, "<1 %"),
        (199, 200, ">99 %"),  # exactly 99.5
        (198, 200, "99 %"),
        (5, 200, "3 %"),  # exactly 2.5: up, where round() gives 2
        (7, 200, "4 %"),
        (1, 10**18, "<1 %"),
        (10**18 - 1, 10**18, ">99 %"),
    ],
)
def test_share_in_per_cent_is_decided_on_counts(count: int, of: int, said: str) -> None:
    assert percent(count, of) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 2), "50 %"),
        (Fraction(2, 3), "66.7 %"),
        (Fraction(1, 1000), "0.1 %"),
        (Fraction(1, 10_000), "under 0.1 %"),
        (Fraction(9_999, 10_000), "over 99.9 %"),
    ],
)
def test_share_is_never_rounded_to_none_or_all(share: Fraction, said: str) -> None:
    assert in_percent(share) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1234, "1,234")]
)
def test_count_up_to_twelve_is_a_word(count: int, said: str) -> None:
    assert in_words(count) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Talks in Kabul", "Talks in Kabul"),
        ("Talks\u200b in\ufeff Kabul", "Talks in Kabul"),
        ("Talks \u202ein Kabul", "Talks <U+202E>in Kabul"),
        ("خانه\u200cها", "خانه\u200cها"),  # the non-joiner is part of Persian spelling
        ("a\u200db", "ab"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_marks_without_a_glyph_are_left_out_and_what_hides_text_is_shown(
    text: str, shown: str
) -> None:
    assert without_marks(text) == shown
