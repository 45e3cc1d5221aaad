"""Every table by name. A new table is one entry here."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.core.dates import DateReading
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.country_panel import Unit, panel
from recognition_model.exports.evidence import evidence, sources
from recognition_model.exports.long_tables import changes, countries, entries, spells
from recognition_model.exports.table_schema import Table

_RECORD = (countries, entries, changes, spells, evidence, sources)
_BUILDERS = {build.__name__: build for build in _RECORD}
_PANELS = {f"country_{unit.value}": unit for unit in Unit}
TABLES = (*_BUILDERS, *_PANELS)
"""Names of all tables: those of the record, and the panel by day, month and year."""


def table(name: str, replays: Sequence[Replay], dates: DateReading = "all") -> Table:
    """Build one table by name. Raises `KeyError` for an unknown name."""
    if name in _BUILDERS:
        return _BUILDERS[name](once(replays))
    return panel(once(replays), _PANELS[name], dates)


def tables(replays: Sequence[Replay], dates: DateReading = "all") -> tuple[Table, ...]:
    """Build every table, in the order of `TABLES`."""
    return tuple(table(name, replays, dates) for name in TABLES)


def once(replays: Sequence[Replay]) -> Sequence[Replay]:
    """Return the replays; raise `ValueError` if a country occurs twice."""
    if len({replay.country for replay in replays}) < len(replays):
        raise ValueError("a country occurs twice: its rows would be ambiguous")
    return replays
