"""The digest of the scenarios that an output was made from, and the program version."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from recognition_model.core.scenario import Scenario
from recognition_model.io.writer import register_text, scenario_text

DIGEST_LETTERS = 12


def version() -> str:
    """The version of this package, as installed."""
    from importlib.metadata import version as installed

    return installed("recognition-model")


def digest(scenarios: Iterable[Scenario]) -> str:
    """The first 48 bits of SHA-256 over scenarios and the sources they cite, in hexadecimal.

    The input is the data, not the bytes of the files: comments and line breaks do not change the
    digest. Neither does the order of the scenarios.
    """
    ordered = sorted(scenarios, key=lambda s: (s.country, s.file))
    text = "\n".join(map(scenario_text, ordered))
    cited = {item.source.id: item.source for s in ordered for item in s.evidence}
    text += register_text(cited[name] for name in sorted(cited))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LETTERS]
