"""Bootstrap intervals of coefficients: whole countries are drawn, with replacement.

Entries of one country are alike, and so are its days, so they are no independent draws; countries
come nearer to that. The interval is the middle 95 % of the draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from recognition_model.analysis.agreement.coefficients import FORMULAS, Coefficient, Table

LEVEL = 0.95
LEAST_COUNTRIES = 2
MOST_UNDEFINED = 0.05
"""The share of draws in which a coefficient may be undefined; they are left out."""

Numbers = NDArray[np.int64]


@frozen
class _Drawn:
    """The counts of `coefficients.Counts`, an item for each draw."""

    units: Numbers
    same: Numbers
    products: Numbers
    squares: Numbers


class Bootstrap:
    """How often each country is in each of the draws; the same for every coefficient."""

    def __init__(self, countries: Sequence[str], draws: int, seed: int) -> None:
        self.countries = tuple(sorted(countries))
        self.draws = draws
        self.seed = seed

    @cached_property
    def _times(self) -> Numbers:
        """A row for each draw: how often it has each country."""
        rng = np.random.Generator(np.random.PCG64(self.seed))
        count = len(self.countries)
        return rng.multinomial(count, np.full(count, 1 / count), size=self.draws)

    def with_interval(
        self,
        name: str,
        found: Coefficient,
        tables: Mapping[str, Table],
        values: int | None = None,
    ) -> Coefficient:
        """Add its interval to a coefficient of the sum of the countries' tables, or why not."""
        if found.value is None:
            return found
        if len(self.countries) < LEAST_COUNTRIES:
            reason = f"countries are drawn, and both codings have only {len(self.countries)}"
            return evolve(found, no_interval=reason)
        if not self.draws:
            return evolve(found, no_interval="no draws were asked for")
        above, below = FORMULAS[name](self._drawn(tables), values)
        defined = below != 0
        lost = self.draws - int(defined.sum())
        if lost > MOST_UNDEFINED * self.draws:
            reason = f"it is undefined in {lost:,} of {self.draws:,} draws"
            return evolve(found, no_interval=reason)
        shares = above[defined] / below[defined]
        low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
        return evolve(found, low=low, high=high)

    def _drawn(self, tables: Mapping[str, Table]) -> _Drawn:
        values = sorted({value for table in tables.values() for pair in table for value in pair})
        at = {value: place for place, value in enumerate(values)}
        first = np.zeros((len(self.countries), len(values)), np.int64)
        second = np.zeros_like(first)
        same = np.zeros(len(self.countries), np.int64)
        for row, country in enumerate(self.countries):
            for (a, b), units in tables.get(country, {}).items():
                first[row, at[a]] += units
                second[row, at[b]] += units
                same[row] += units * (a == b)
        of_a, of_b = self._times @ first, self._times @ second
        return _Drawn(
            units=of_a.sum(axis=1),
            same=self._times @ same,
            products=(of_a * of_b).sum(axis=1),
            squares=((of_a + of_b) ** 2).sum(axis=1),
        )
