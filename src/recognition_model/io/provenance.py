"""The digests of scenarios and of claims that an output was made from, and the program version."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from weakref import ref

from recognition_model.core.claims import Collective
from recognition_model.core.evidence import Source
from recognition_model.core.scenario import Scenario, SignalStep
from recognition_model.io.writer import collective_text, register_text, scenario_text

DIGEST_LETTERS = 12


@cache
def version() -> str:
    """The version of this package, as installed."""
    from importlib.metadata import version as installed

    return installed("recognition-model")


def digest_of(text: str) -> str:
    """The first 48 bits of the SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LETTERS]


def digest(scenarios: Iterable[Scenario]) -> str:
    """The first 48 bits of SHA-256 over scenarios and the sources they cite, in hexadecimal.

    The input is the data, not the bytes of the files: comments and line breaks do not change the
    digest. Neither does the order of the scenarios. It is made from those of single scenarios.
    """
    ordered = sorted(scenarios, key=lambda s: (s.country, s.file))
    return joined_digest([(one.country, scenario_digest(one)) for one in ordered])


def scenario_digest(scenario: Scenario) -> str:
    """The digest of one scenario, the sources that it cites and the families of its signals.

    It is kept for as long as the scenario: each picture of a report asks for it again.
    """
    key = id(scenario)
    kept = _DIGESTS.get(key)
    if kept is None or kept[0]() is not scenario:
        gone = ref(scenario, lambda _: _DIGESTS.pop(key, None))
        kept = _DIGESTS[key] = gone, _digest(scenario)
    return kept[1]


_DIGESTS: dict[int, tuple[ref[Scenario], str]] = {}
"""By the identity of the scenario. To compare two by value takes as long as a digest."""


def _digest(scenario: Scenario) -> str:
    families = {
        f"{step.signal} {step.family}\n"
        for step in scenario.timeline
        if isinstance(step, SignalStep)
    }
    cited = {item.source.id: item.source for item in scenario.evidence}
    register = register_text(cited[name] for name in sorted(cited))
    return digest_of(scenario_text(scenario) + register + "".join(sorted(families)))


def joined_digest(digests: Iterable[tuple[str, str]]) -> str:
    """One digest from several, each with its name, in this order."""
    return digest_of("".join(f"{name} {one}\n" for name, one in digests))


def claims_digest(collectives: Iterable[Collective]) -> str:
    """The digest of claims about many countries and the sources that they cite."""
    text = ""
    cited: dict[str, Source] = {}
    for collective in collectives:
        text += collective_text(collective)
        cited |= {e.source.id: e.source for claim in collective.claims for e in claim.evidence}
    return digest_of(text + register_text(cited[name] for name in sorted(cited)))
