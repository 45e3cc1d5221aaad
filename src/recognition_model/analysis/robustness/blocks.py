"""Universes in blocks of one answer, for a picture: how often each option occurs in every block.

This is a specification curve (Simonsohn, Simmons and Nelson 2020) of a multiverse (Steegen and
others 2016). Few universes are blocks one by one; many are one block for each answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.analysis.robustness.choices import Choice, Choices, Places
from recognition_model.core.base import Readable

MOST_ANSWERS = 6
"""Further answers, the rarest ones, are one block."""
FEW = 48
"""So many combinations of choices are shown one by one."""
_PART = 1 << 17


@frozen(kw_only=True, repr=False)
class Block(Readable):
    """Universes of one answer, side by side.

    `answer` is empty for all further answers. `universes` are parts of one where the dates of a
    combination leave its answer open. `shares` say for every option, by choice and label, in what
    share of these universes it occurs.
    """

    answer: str
    universes: float
    shares: tuple[tuple[tuple[Choice, str], float], ...]

    @cached_property
    def of_options(self) -> Mapping[tuple[Choice, str], float]:
        """The shares by choice and label."""
        return dict(self.shares)

    def __str__(self) -> str:
        return f"{self.answer or 'other answers'}: {self.universes:,.6g}"


@frozen(kw_only=True, eq=False)
class Counting:
    """Combinations by their numbers, the case of each, and the answers of the cases by share."""

    choices: Choices
    numbers: Places
    cases: Places
    shares: Sequence[Mapping[str, Fraction]]
    readings: int

    def blocks(self, answers: Sequence[str]) -> Iterator[Block]:
        """Yield the blocks of some answers in their order, the most frequent of them apart."""
        shown = answers[:MOST_ANSWERS] if len(answers) > MOST_ANSWERS + 1 else answers
        weights = {answer: self._weights(lambda one, a=answer: one.get(a, 0)) for answer in shown}  # type: ignore[misc]
        if len(shown) < len(answers):
            others = {*answers} - {*shown}
            weights[""] = self._weights(lambda one: sum(one.get(other, 0) for other in others))
        few = len(self.numbers) <= FEW
        for answer, of_case in weights.items():
            if few:
                yield from self._one_by_one(answer, of_case)
            elif of_case.any():
                yield self._together(answer, of_case)

    def _weights(
        self, of: Callable[[Mapping[str, Fraction]], Fraction | int]
    ) -> NDArray[np.float64]:
        return np.array([float(of(one)) for one in self.shares])

    def _one_by_one(self, answer: str, of_case: NDArray[np.float64]) -> Iterator[Block]:
        """Yield a block for each combination, those nearest to the first options first."""
        rows = self.choices.combinations(self.numbers)
        nearest = sorted(range(len(rows)), key=lambda at: ((rows[at] != 0).sum(), *rows[at]))
        labels = self.choices.labels
        for at in nearest:
            share = float(of_case[self.cases[at]])
            if share:
                places = zip(labels.items(), rows[at].tolist(), strict=True)
                yield Block(
                    answer=answer,
                    universes=share * (self.readings or 1),
                    shares=tuple(((choice, of[place]), 1.0) for (choice, of), place in places),
                )

    def _together(self, answer: str, of_case: NDArray[np.float64]) -> Block:
        """All universes of an answer as one block."""
        sums = [np.zeros(size) for size in self.choices.shape]
        for first in range(0, self.numbers.size, _PART):
            part = slice(first, first + _PART)
            weights = of_case[self.cases[part]]
            rows = np.unravel_index(self.numbers[part], self.choices.shape)
            for mine, places in zip(sums, rows, strict=True):
                mine += np.bincount(places, weights, minlength=mine.size)
        whole = float(sums[0].sum())
        return Block(
            answer=answer,
            universes=whole * (self.readings or 1),
            shares=tuple(
                ((choice, label), float(count) / whole)
                for (choice, of), mine in zip(self.choices.labels.items(), sums, strict=True)
                for label, count in zip(of, mine, strict=True)
            ),
        )
