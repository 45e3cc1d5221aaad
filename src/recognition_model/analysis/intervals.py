"""Confidence intervals of a share."""

from __future__ import annotations

from math import sqrt

_Z = 1.959963984540054  # the 97.5 % point of the standard normal distribution


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score method, without correction for continuity.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), pp. 209-212; method 3
    of R. G. Newcombe, Statistics in Medicine 17 (1998), pp. 857-872. It does not correct for a
    finite population, so a sample without replacement gets a slightly too wide interval. Raises
    `ValueError` if there is nothing to count.
    """
    if not 0 <= count <= of or not of:
        raise ValueError(f"no share: {count} of {of}")
    share, spread = count / of, _Z * _Z / of
    centre = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
    return (low if count else 0.0), (high if count < of else 1.0)
