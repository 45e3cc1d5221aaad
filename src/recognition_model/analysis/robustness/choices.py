"""What can be chosen, and the combinations of choices.

Every choice has some options, of which the first is the shipped one, unless a file lists others. A
choice that cannot change anything for the countries asked about has only that one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from math import prod
from typing import TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.analysis.robustness.spreads import leaves_day_open
from recognition_model.core.base import Readable
from recognition_model.core.evidence import Voice
from recognition_model.core.scenario import RefuseStep, Scenario
from recognition_model.engine.rules import RuleTable
from recognition_model.engine.universes import Beliefs, Grade, deeds_of, in_doubt

Places = NDArray[np.intp]
T = TypeVar("T")
EVERYTHING = Grade("F", 6)
MOST_COMBINATIONS = 5_000_000
DRAWN_COMBINATIONS = 1_000_000


class Choice(Enum):
    """The choices, in the order of the axes."""

    RULES = "rules"
    VOICE = "voice"
    GRADE = "grade"
    REFUSED = "refused"
    WITHOUT = "without"
    FUZZ = "fuzz"
    LAG = "lag"

    def __str__(self) -> str:
        return self.value


MEANINGS: Mapping[Choice, str] = {
    Choice.RULES: "rule table",
    Choice.VOICE: "weakest voice believed",
    Choice.GRADE: "weakest grade believed",
    Choice.REFUSED: "reports refused as not attested",
    Choice.WITHOUT: "source left out",
    Choice.FUZZ: "width of ~",
    Choice.LAG: "days to the day that counts",
}


@frozen(kw_only=True, repr=False)
class Choices(Readable):
    """The options of every choice, and the combinations that are universes.

    `listed` are the places of the options in each combination, the first of which has the first
    option of all; without any, every combination is a universe.
    """

    tables: tuple[RuleTable, ...]
    titles: tuple[str, ...]
    voices: tuple[Voice, ...]
    grades: tuple[Grade, ...]
    refused: tuple[bool, ...]
    without: tuple[str | None, ...]
    fuzz: tuple[int, ...]
    lags: tuple[int, ...]
    listed: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def labels(self) -> dict[Choice, tuple[str, ...]]:
        """The options in words."""
        return {
            Choice.RULES: self.titles,
            Choice.VOICE: tuple(map(str, self.voices)),
            Choice.GRADE: tuple(map(str, self.grades)),
            Choice.REFUSED: tuple("tried" if tried else "kept out" for tried in self.refused),
            Choice.WITHOUT: tuple(name or "nothing" for name in self.without),
            Choice.FUZZ: tuple(map(str, self.fuzz)),
            Choice.LAG: tuple(map(str, self.lags)),
        }

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many options every choice has."""
        return tuple(len(options) for options in self.labels.values())

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return len(self.listed) or prod(self.shape)

    @property
    def numbers(self) -> Places:
        """The numbers of all combinations."""
        if not self.listed:
            return np.arange(self.count)
        columns = np.array(self.listed, np.intp).T
        numbers: Places = np.ravel_multi_index(tuple(columns), self.shape)
        return numbers

    def beliefs(self, scenario: Scenario) -> Beliefs:
        """What may be believed of one scenario: only its own sources are left out."""
        return Beliefs(
            tables=self.tables,
            voices=self.voices,
            grades=self.grades,
            tried=self.refused,
            without=(None, *(self.without[at] for at in self.own_sources(scenario))),
        )

    def own_sources(self, scenario: Scenario) -> list[int]:
        """The places in `without` of the sources that the deeds of a scenario cite."""
        deeds = filter(in_doubt, deeds_of(scenario))
        cited = {item.source.id for deed in deeds for item in deed.evidence}
        return [at for at, name in enumerate(self.without) if name in cited]

    def singles(self) -> Places:
        """The first options, then every combination that differs from them in one choice."""
        if self.listed:
            listed = np.array(self.listed, np.intp)
            alone: Places = listed[(listed != 0).sum(axis=1) <= 1]
            return alone
        sizes = self.shape
        rows = np.zeros((1 + sum(size - 1 for size in sizes), len(sizes)), np.intp)
        row = 1
        for at, size in enumerate(sizes):
            rows[row : row + size - 1, at] = np.arange(1, size)
            row += size - 1
        return rows

    def combinations(self, numbers: Places) -> Places:
        """The places of the options in combinations, which are given by their numbers."""
        return np.stack(np.unravel_index(numbers, self.shape), axis=1)

    def __str__(self) -> str:
        return f"{self.count:,} combinations"


@frozen(kw_only=True)
class Open:
    """What some scenarios leave to choose.

    `reports` says whether any is refused as not attested, `fuzzy` whether any date has a `~`, and
    `lagged` whether `dated-by` leaves a day open. `sources` are those cited by acts, and
    `of_reports` those cited by such reports.
    """

    reports: bool
    fuzzy: bool
    lagged: bool
    sources: frozenset[str]
    of_reports: frozenset[str]

    @classmethod
    def of(cls, scenarios: Iterable[Scenario]) -> Open:
        """Look through the scenarios."""
        asked = list(scenarios)
        deeds = [deed for one in asked for deed in deeds_of(one)]
        dates = [deed.date for deed in deeds] + [one.start.date for one in asked]
        cited: dict[bool, set[str]] = {False: set(), True: set()}
        for deed in filter(in_doubt, deeds):
            cited[isinstance(deed, RefuseStep)].update(item.source.id for item in deed.evidence)
        return cls(
            reports=any(isinstance(deed, RefuseStep) for deed in deeds),
            fuzzy=any(when.approximate for when in dates),
            lagged=any(map(leaves_day_open, deeds)),
            sources=frozenset(cited[False]),
            of_reports=frozenset(cited[True]),
        )

    def cited(self, *, tried: bool) -> frozenset[str]:
        """The sources that bear on an answer, those of reports only where these are tried."""
        return self.sources | self.of_reports if tried else self.sources


def choices_of(
    scenarios: Iterable[Scenario],
    *,
    tables: Sequence[RuleTable],
    voices: Iterable[Voice],
    grades: Iterable[Grade],
    fuzz: Iterable[int],
    lags: Iterable[int],
    tried: bool,
    sources: bool,
    kept: Collection[str],
) -> Choices:
    """The options that can change anything in these scenarios, the shipped ones first.

    Sources in `kept` are never left out.
    """
    found = Open.of(scenarios)
    refused = (False, True) if tried and found.reports else (False,)
    left_out = sorted(found.cited(tried=len(refused) > 1) - {*kept}) if sources else []
    return Choices(
        tables=tuple(tables),
        titles=tuple(titles_of(tables)),
        voices=_with_first(Voice.PRESS, voices),
        grades=_with_first(EVERYTHING, grades),
        refused=refused,
        without=(None, *left_out),
        fuzz=_with_first(1, fuzz) if found.fuzzy else (1,),
        lags=_with_first(0, lags) if found.lagged else (0,),
    )


def _with_first(first: T, options: Iterable[T]) -> tuple[T, ...]:
    """The options once each, with the shipped one first."""
    return tuple(dict.fromkeys([first, *options]))


def titles_of(tables: Sequence[RuleTable]) -> Iterator[str]:
    """A different title for each table: its own, with its digest if that is another's too."""
    titles = [table.title or f"rules {table.digest}" for table in tables]
    for number, (title, table) in enumerate(zip(titles, tables, strict=True), start=1):
        if titles.count(title) == 1:
            yield title
        elif [one.digest for one in tables].count(table.digest) == 1:
            yield table.in_words
        else:
            yield f"{title} ({number})"
