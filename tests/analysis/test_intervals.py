"""Wilson's interval against published values."""

import pytest

from recognition_model.analysis.intervals import wilson


# R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score, no correction).
@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_interval_is_that_of_newcombe(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_intervals_of_a_share_and_of_its_rest_mirror_each_other() -> None:
    low, high = wilson(3, 60)
    assert wilson(57, 60) == pytest.approx((1 - high, 1 - low))
    assert wilson(20, 20)[1] == 1.0


@pytest.mark.parametrize(("count", "of"), [(0, 0), (3, 2), (-1, 2)])
def test_count_outside_the_total_raises(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(count, of)
