"""Coefficients of agreement between two coders who give each unit one of several values.

Each compares the observed agreement p_o with one expected by chance, p_e: (p_o - p_e) / (1 - p_e).

- Cohen's kappa: p_e from each coder's own shares of the values (Cohen 1960, Educational and
  Psychological Measurement 20: 37-46).
- Krippendorff's alpha for nominal values: p_e from the shares in both codings together, without
  replacement (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).
- Gwet's AC1: p_e from how evenly both codings together use the q values that there are (Gwet 2008,
  British Journal of Mathematical and Statistical Psychology 61: 29-48).

All are computed from whole numbers, with one division at the end, so the order of the coders
changes no digit. Where a formula gives 0/0 the coefficient is undefined, and a reason says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable

Table = Mapping[tuple[str, str], int]
"""How many units have each pair of values: that of the first coder and that of the second."""

NO_UNITS = "there is nothing to compare"
ONE_VALUE = "0/0: both codings have one value everywhere, so nothing can differ by chance"
OPEN_LIST = "the values have no fixed list, which AC1 needs"


@frozen(kw_only=True, repr=False)
class Coefficient(Readable):
    """A number with its interval, or the reasons why there is none.

    `undefined` is why `value` is None, `no_interval` why `low` and `high` are.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    undefined: str = ""
    no_interval: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; None and the reason for what is undefined."""
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "undefined": self.undefined or None,
            "no_interval": self.no_interval or None,
        }

    def __str__(self) -> str:
        if self.value is None:
            return f"undefined ({self.undefined})"
        if self.low is None or self.high is None:
            return f"{self.value:.3f}"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@frozen
class Counts:
    """What the coefficients need to know of a table, as whole numbers.

    `same` are the units with equal values, `products` the sum over the values of the products of
    both coders' units, `squares` that of the squares of both together.
    """

    units: int
    same: int
    products: int
    squares: int

    @classmethod
    def of(cls, table: Table) -> Counts:
        first: dict[str, int] = {}
        second: dict[str, int] = {}
        for (a, b), units in table.items():
            first[a] = first.get(a, 0) + units
            second[b] = second.get(b, 0) + units
        return cls(
            units=sum(table.values()),
            same=sum(units for (a, b), units in table.items() if a == b),
            products=sum(units * second.get(value, 0) for value, units in first.items()),
            squares=sum((first.get(v, 0) + second.get(v, 0)) ** 2 for v in {*first, *second}),
        )


Parts = tuple[Any, Any]
"""The numerator and the denominator of a coefficient: whole numbers, or arrays of them."""


def observed_parts(counts: Any, _: int | None = None) -> Parts:
    """The share of units with equal values."""
    return counts.same, counts.units


def kappa_parts(counts: Any, _: int | None = None) -> Parts:
    """Cohen's kappa, times the square of the units above and below."""
    units = counts.units
    return units * counts.same - counts.products, units * units - counts.products


def alpha_parts(counts: Any, _: int | None = None) -> Parts:
    """Krippendorff's alpha: 1 less the observed over the expected disagreement."""
    values = 2 * counts.units
    expected = values * values - counts.squares  # pairs of unequal values, in either order
    observed = 2 * (counts.units - counts.same)
    return expected - observed * (values - 1), expected


def ac1_parts(counts: Any, values: int | None) -> Parts:
    """Gwet's AC1 for a scale of so many values."""
    assert values is not None  # noqa: S101 - asked by the callers
    units = counts.units
    scale = 4 * units * units * (values - 1)
    expected = 4 * units * units - counts.squares
    return 4 * units * counts.same * (values - 1) - expected, scale - expected


FORMULAS: Mapping[str, Callable[[Any, int | None], Parts]] = {
    "observed": observed_parts,
    "kappa": kappa_parts,
    "alpha": alpha_parts,
    "ac1": ac1_parts,
}
"""The coefficients by name. Each also takes arrays of counts, one item for each draw."""


def undefined(name: str, counts: Counts, values: int | None) -> str:
    """Say why a coefficient is undefined for these counts; empty if it is defined."""
    if not counts.units:
        return NO_UNITS
    if name == "ac1" and (values is None or values < 2):
        return OPEN_LIST if values is None else ONE_VALUE
    return "" if FORMULAS[name](counts, values)[1] else ONE_VALUE


def coefficient(name: str, table: Table, values: int | None = None) -> Coefficient:
    """Compute `observed`, `kappa`, `alpha` or `ac1` of a table, without an interval.

    `values` is how many values the scale has, used or not; only AC1 needs it.
    """
    counts = Counts.of(table)
    if reason := undefined(name, counts, values):
        return Coefficient(undefined=reason, no_interval=reason)
    above, below = FORMULAS[name](counts, values)
    return Coefficient(value=above / below)
