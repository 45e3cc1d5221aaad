"""What can be asked about the universes, and the answers in them.

Each kind of question says which number it needs of every country, and what the numbers of all
countries answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.analysis.robustness.spreads import (
    NEVER,
    NO_STATE,
    Dated,
    Spread,
    first_day,
    stage_on,
)
from recognition_model.core.base import Readable
from recognition_model.core.countries import named
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize

Numbers = NDArray[np.int64]
Answered = tuple[list[str], NDArray[np.intp]]
"""The different answers, and which of them each row of numbers gives."""


class QuestionError(ValueError):
    """A question that cannot be asked. `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@frozen(repr=False)
class Question(Readable, ABC):
    """A question about some countries. Without any, it is about all of the record."""

    countries: tuple[str, ...]

    @property
    def wants_all(self) -> bool:
        """Whether the other countries of the record bear on the answer."""
        return True

    @property
    def on(self) -> date | None:
        """The one day that is asked about, if there is one."""
        return None

    @abstractmethod
    def spread(self, dated: Dated) -> Spread:
        """The number that the question needs of one country, and in what share of readings."""

    @abstractmethod
    def answers(self, numbers: Numbers, countries: Sequence[str]) -> Answered:
        """The answer of every row of numbers, which has a column for each country."""

    def settled(self, low: Numbers, high: Numbers) -> NDArray[np.bool_]:
        """Where the number of a country can be fixed without a change of the answer."""
        return np.equal(low, high)

    @abstractmethod
    def in_words(self, answer: str) -> str:
        """A sentence that gives an answer."""


def _apart(low: Numbers, high: Numbers) -> NDArray[np.bool_]:
    """Where no other country's days overlap with those of a country."""
    alone = low == high
    for at in np.flatnonzero(~alone.all(axis=0)).tolist():
        mine = low[:, [at]] <= high, high[:, [at]] >= low
        alone[:, at] |= (mine[0] & mine[1]).sum(axis=1) == 1
    certain: NDArray[np.bool_] = alone & (high != NEVER) | (low == high)
    return certain


@frozen(repr=False)
class First(Question):
    """Which country first reached a stage or a higher one; of a country, whether it did.

    Several on one day are all first.
    """

    stage: Stage
    since: date

    def spread(self, dated: Dated) -> Spread:
        return first_day(dated, self.stage, self.since)

    def answers(self, numbers: Numbers, countries: Sequence[str]) -> Answered:
        soonest = numbers.min(axis=1, keepdims=True)
        first = (numbers == soonest) & (numbers < NEVER)
        if self.countries:
            mine = first[:, list(countries).index(self.countries[0])]
            return ["no", "yes"], mine.astype(np.intp)
        packed, which = np.unique(np.packbits(first, axis=1), axis=0, return_inverse=True)
        rows = np.unpackbits(packed, axis=1, count=len(countries))
        labels = [
            " and ".join(code for code, is_first in zip(countries, row, strict=True) if is_first)
            for row in rows.tolist()
        ]
        return [label or "none" for label in labels], which.reshape(-1)

    def settled(self, low: Numbers, high: Numbers) -> NDArray[np.bool_]:
        later: NDArray[np.bool_] = low > high.min(axis=1, keepdims=True)
        return later | _apart(low, high)

    def in_words(self, answer: str) -> str:
        at = f"at {humanize(self.stage)} since {self.since}"
        if self.countries:
            verb = "is" if answer == "yes" else "is not"
            return f"{named(self.countries[0])} {verb} the first country {at}"
        if answer == "none":
            return f"No country is {at}"
        first = answer.split(" and ")
        names = " and ".join(map(named, first))
        return f"{names} {'is' if len(first) == 1 else 'are together'} the first {at}"

    def __str__(self) -> str:
        return " ".join(["first", *self.countries, self.stage.value, "since", str(self.since)])


@frozen(repr=False)
class Order(Question):
    """The order in which countries first reached a stage or a higher one."""

    stage: Stage
    since: date

    @property
    def wants_all(self) -> bool:
        return False

    def spread(self, dated: Dated) -> Spread:
        return first_day(dated, self.stage, self.since)

    def answers(self, numbers: Numbers, countries: Sequence[str]) -> Answered:
        size = len(countries) + 1
        codes = np.zeros(len(numbers), np.int64)
        for at in range(len(countries)):
            mine = numbers[:, [at]]
            rank = np.where(mine[:, 0] < NEVER, (numbers < mine).sum(axis=1), size - 1)
            codes = codes * size + rank
        found, which = np.unique(codes, return_inverse=True)
        return [self._label(int(code), countries) for code in found], which.reshape(-1)

    @staticmethod
    def _label(code: int, countries: Sequence[str]) -> str:
        size = len(countries) + 1
        at_rank: dict[int, list[str]] = {}
        for country in reversed(countries):
            code, rank = divmod(code, size)
            at_rank.setdefault(rank, []).insert(0, country)
        never = at_rank.pop(size - 1, [])
        label = ", ".join(" = ".join(at_rank[rank]) for rank in sorted(at_rank))
        return "; ".join(filter(None, [label, f"not reached: {', '.join(never)}" if never else ""]))

    def settled(self, low: Numbers, high: Numbers) -> NDArray[np.bool_]:
        return _apart(low, high)

    def in_words(self, answer: str) -> str:
        return f"The order at {humanize(self.stage)} since {self.since}: {answer}"

    def __str__(self) -> str:
        return " ".join(["order", *self.countries, self.stage.value, "since", str(self.since)])


@frozen(repr=False)
class StageOn(Question):
    """Which stage one country was at, at the end of a day."""

    day: date

    @property
    def wants_all(self) -> bool:
        return False

    @property
    def on(self) -> date:
        return self.day

    def spread(self, dated: Dated) -> Spread:
        return stage_on(dated, self.day)

    def answers(self, numbers: Numbers, countries: Sequence[str]) -> Answered:
        del countries
        found, which = np.unique(numbers[:, 0], return_inverse=True)
        stages = [*Stage]
        labels = ["none" if one == NO_STATE else stages[one].value for one in found.tolist()]
        return labels, which.reshape(-1)

    def in_words(self, answer: str) -> str:
        if answer == "none":
            return f"{named(self.countries[0])} has no state on {self.day}"
        return f"{named(self.countries[0])} on {self.day}: {humanize(answer)}"

    def __str__(self) -> str:
        return f"stage {self.countries[0]} {self.day}"


@frozen(repr=False)
class ShareOn(Question):
    """How many countries were at a stage or a higher one at the end of a day, and of how many.

    A country whose record begins later does not count.
    """

    stage: Stage
    day: date

    @property
    def on(self) -> date:
        return self.day

    def spread(self, dated: Dated) -> Spread:
        shares: dict[int, Fraction] = {}
        for stage, share in stage_on(dated, self.day):
            at_least = NO_STATE if stage == NO_STATE else int(stage >= self.stage.rank)
            shares[at_least] = shares.get(at_least, Fraction(0)) + share
        return tuple(sorted(shares.items()))

    def answers(self, numbers: Numbers, countries: Sequence[str]) -> Answered:
        size = len(countries) + 1
        codes = (numbers == 1).sum(axis=1) * size + (numbers != NO_STATE).sum(axis=1)
        found, which = np.unique(codes, return_inverse=True)
        labels = ["{} of {}".format(*divmod(code, size)) for code in found.tolist()]
        return labels, which.reshape(-1)

    def in_words(self, answer: str) -> str:
        return f"{answer} countries are {humanize(self.stage)} or higher on {self.day}"

    def __str__(self) -> str:
        return f"share {self.stage.value} {self.day}"
