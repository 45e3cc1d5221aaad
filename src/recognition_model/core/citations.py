"""Numbers for sources, in the order in which a page or picture cites them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.scenario import Scenario


@frozen(repr=False)
class Citations(Readable):
    """Sources numbered from 1 in the order of their first citation.

    `numbers` maps a source's name to its number.
    """

    sources: tuple[Source, ...]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> Citations:
        """Number the sources of some evidence."""
        sources: dict[str, Source] = {item.source.id: item.source for item in evidence}
        numbers = {name: number for number, name in enumerate(sources, start=1)}
        return cls(tuple(sources.values()), MappingProxyType(numbers))

    @classmethod
    def of_scenarios(cls, scenarios: Iterable[Scenario]) -> Citations:
        """Number every source that the scenarios cite, in file order."""
        return cls.of(item for scenario in scenarios for item in scenario.evidence)

    def of_evidence(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the numbers of the sources of some evidence, ascending, each once."""
        return tuple(sorted({self.numbers[item.source.id] for item in evidence}))

    def __str__(self) -> str:
        return f"{len(self.sources)} sources"


def format_ranges(numbers: Sequence[int]) -> str:
    """Format ascending numbers for a reader: `1, 3–5, 8`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        str(run[0]) if len(run) == 1 else f"{run[0]}{'–' if len(run) > 2 else ', '}{run[-1]}"
        for run in runs
    )
