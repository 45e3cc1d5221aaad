"""Small text functions: a share in per cent never says none or all of what is not."""

from __future__ import annotations

import pytest

from recognition_model.core.wording import percent


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
