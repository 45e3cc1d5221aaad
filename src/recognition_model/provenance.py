"""Where a picture or a page comes from: version, digest of the input, numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

from attrs import frozen

from recognition_model.evidence import Evidence, Source
from recognition_model.outcomes import Replay
from recognition_model.scenario import Scenario
from recognition_model.stages import Readable
from recognition_model.writing import register_text, scenario_text

DIGEST_LETTERS = 12


def version() -> str:
    """The version of this package, as installed."""
    from importlib.metadata import version as installed

    return installed("recognition-model")


def digest(scenarios: Iterable[Scenario]) -> str:
    """The first 48 bits of SHA-256 over scenarios and the sources they cite, in hexadecimal.

    Taken of what they say and not of the bytes of their files: a comment or a line break more
    changes nothing. The order in which they are given changes nothing either.
    """
    ordered = sorted(scenarios, key=lambda s: (s.country, s.file))
    text = "\n".join(map(scenario_text, ordered))
    cited = {item.source.id: item.source for s in ordered for item in s.evidence}
    text += register_text(cited[name] for name in sorted(cited))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LETTERS]


@frozen(repr=False)
class Citations(Readable):
    """Sources numbered from 1 in the order in which they are first cited."""

    sources: tuple[Source, ...]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> Citations:
        """Number the sources of evidence, each once."""
        sources: dict[str, Source] = {item.source.id: item.source for item in evidence}
        numbers = {name: number for number, name in enumerate(sources, start=1)}
        return cls(tuple(sources.values()), MappingProxyType(numbers))

    @classmethod
    def of_replays(cls, replays: Iterable[Replay]) -> Citations:
        """Number every source that the replayed scenarios cite, in the order of their files."""
        return cls.of(item for replay in replays for item in replay.scenario.evidence)

    def of_evidence(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """The numbers of the sources of some evidence, ascending, each once."""
        return tuple(sorted({self.numbers[item.source.id] for item in evidence}))

    def __str__(self) -> str:
        return f"{len(self.sources)} sources"


def in_runs(numbers: Sequence[int]) -> str:
    """Ascending numbers as a reader is given them: `1, 3–5, 8`."""
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
