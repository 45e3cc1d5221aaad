"""Every table by name. A new table is one entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from attrs import evolve

from recognition_model.core.dates import DateReading
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.claim_tables import claim_evidence, claims
from recognition_model.exports.codebook import codebook
from recognition_model.exports.correction_table import corrections
from recognition_model.exports.country_panel import panel
from recognition_model.exports.drawn_tables import drawn_table
from recognition_model.exports.entry_table import entries
from recognition_model.exports.evidence import evidence, sources
from recognition_model.exports.given import Given
from recognition_model.exports.long_tables import changes, countries, spells
from recognition_model.exports.table_schema import Table
from recognition_model.exports.units import Unit
from recognition_model.exports.vocabulary_tables import rules, signals
from recognition_model.exports.wait_table import waits


def _of_replays(build: Callable[[Sequence[Replay]], Table]) -> Callable[[Given], Table]:
    return lambda given: build(given.replays)


def _panel(unit: Unit, given: Given) -> Table:
    return panel(given.replays, unit, given.dates, frame=given.frame, scale=given.scale)


_BUILDERS: Mapping[str, Callable[[Given], Table]] = {
    "countries": _of_replays(countries),
    "entries": lambda given: entries(given.listed, alone=bool(given.organisations)),
    "changes": _of_replays(changes),
    "spells": _of_replays(spells),
    "waits": lambda given: waits(given.replays, dates=given.dates),
    "evidence": lambda given: evidence(given.listed, alone=bool(given.organisations)),
    "claims": claims,
    "claim_evidence": claim_evidence,
    "sources": lambda given: sources(given.listed, given.collectives),
    "corrections": _of_replays(corrections),
    "rules": _of_replays(rules),
    "signals": lambda given: signals(given.vocabulary),
    **{f"country_{unit.value}": partial(_panel, unit) for unit in Unit},
}
DRAWN = ("spells", "waits", *(f"country_{unit.value}" for unit in Unit))
"""Names of the tables whose rows depend on the dates: with draws, they hold every draw."""


def _codebook(given: Given) -> Table:
    some = evolve(given, draws=1 if given.draws else None)  # the columns of one draw are enough
    return codebook([table_of(name, some) for name in names_for(some) if name in _BUILDERS])


TABLES = (*_BUILDERS, "codebook")
"""Names of all tables: those of the record, the panel by day, month and year, the codebook."""


def table(name: str, replays: Sequence[Replay], dates: DateReading = "all", **more: Any) -> Table:
    """Build one table by name, from the replays and what else `Given` names.

    Raises `KeyError` for an unknown name.
    """
    return table_of(name, Given(replays=replays, dates=dates, **more))


def table_of(name: str, given: Given) -> Table:
    """Build one table by name. Raises `KeyError` for an unknown name."""
    if name == "codebook":
        return _codebook(given)
    build = _BUILDERS[name]
    return drawn_table(build, DRAWN, given) if given.draws and name in DRAWN else build(given)


def names_for(given: Given) -> tuple[str, ...]:
    """Name the tables of a package: all, but of the panels only that of the unit asked for.

    With draws, the panel of days is left out unless it is asked for, because it is large.
    """
    if given.unit is not None:
        out = {f"country_{unit.value}" for unit in Unit if unit is not given.unit}
    else:
        out = set() if given.draws is None else {"country_day"}
    return tuple(name for name in TABLES if name not in out)


def tables(replays: Sequence[Replay], dates: DateReading = "all", **more: Any) -> tuple[Table, ...]:
    """Build the tables of a package, in the order of `TABLES`; `more` is as in `table`."""
    return package_tables(Given(replays=replays, dates=dates, **more))


def package_tables(given: Given) -> tuple[Table, ...]:
    """Build the tables of a package, each once: the codebook describes the others."""
    made = tuple(table_of(name, given) for name in names_for(given) if name in _BUILDERS)
    return (*made, codebook(made))
