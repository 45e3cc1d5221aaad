"""Every table by name. A new table is one entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from recognition_model.core.dates import DateReading
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.codebook import codebook
from recognition_model.exports.country_panel import panel
from recognition_model.exports.evidence import evidence, sources
from recognition_model.exports.given import Given
from recognition_model.exports.long_tables import changes, countries, entries, spells
from recognition_model.exports.table_schema import Table
from recognition_model.exports.units import Unit
from recognition_model.exports.vocabulary_tables import rules, signals
from recognition_model.exports.wait_table import waits


def _of_replays(build: Callable[[Sequence[Replay]], Table]) -> Callable[[Given], Table]:
    return lambda given: build(given.replays)


def _panel(unit: Unit, given: Given) -> Table:
    return panel(given.replays, unit, given.dates)


_BUILDERS: Mapping[str, Callable[[Given], Table]] = {
    "countries": _of_replays(countries),
    "entries": _of_replays(entries),
    "changes": _of_replays(changes),
    "spells": _of_replays(spells),
    "waits": lambda given: waits(given.replays, dates=given.dates),
    "evidence": _of_replays(evidence),
    "sources": _of_replays(sources),
    "rules": _of_replays(rules),
    "signals": lambda given: signals(given.vocabulary),
    **{f"country_{unit.value}": partial(_panel, unit) for unit in Unit},
}


def _codebook(given: Given) -> Table:
    return codebook([build(given) for build in _BUILDERS.values()])


TABLES = (*_BUILDERS, "codebook")
"""Names of all tables: those of the record, the panel by day, month and year, the codebook."""


def table(name: str, replays: Sequence[Replay], dates: DateReading = "all", **more: Any) -> Table:
    """Build one table by name, from the replays and what else `Given` names.

    Raises `KeyError` for an unknown name.
    """
    return table_of(name, Given(replays=replays, dates=dates, **more))


def table_of(name: str, given: Given) -> Table:
    """Build one table by name. Raises `KeyError` for an unknown name."""
    return _codebook(given) if name == "codebook" else _BUILDERS[name](given)


def tables(replays: Sequence[Replay], dates: DateReading = "all", **more: Any) -> tuple[Table, ...]:
    """Build every table, in the order of `TABLES`. `more` is what else `Given` names."""
    given = Given(replays=replays, dates=dates, **more)
    return tuple(table_of(name, given) for name in TABLES)
