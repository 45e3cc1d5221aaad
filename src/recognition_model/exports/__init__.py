"""The record for other programs: tables, event logs, bibliographies, linked data.

    from recognition_model.exports import export, tables

    export("csv", replays, "zip")                 # the bytes of a data package
    {table.name: table for table in tables(replays)}

The same replays give the same bytes. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import frozen

from recognition_model.core.base import warn_renamed
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.core.evidence import Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.country_panel import Unit, panel
from recognition_model.exports.evidence import cited
from recognition_model.exports.evidence import evidence as _evidence
from recognition_model.exports.evidence import sources as _sources
from recognition_model.exports.long_tables import changes, countries, entries, spells
from recognition_model.exports.table_schema import Field, Kind, Table

PACKAGE = "zip"
_BUILDERS = {
    "countries": countries,
    "entries": entries,
    "changes": changes,
    "spells": spells,
    "evidence": _evidence,
    "sources": _sources,
}
TABLES = (
    *_BUILDERS,
    *(f"country_{unit.value}" for unit in Unit),
)
"""Every table by name: the record, and the panel by day, month and year."""


@frozen
class FileKind:
    """A format: the endings of its files, and what it is for."""

    endings: tuple[str, ...]
    summary: str
    tabular: bool = False
    dated: bool = False


FORMATS: Mapping[str, FileKind] = MappingProxyType(
    {
        "csv": FileKind(
            ("zip", "csv"),
            "long tables and the panel, as a Frictionless data package (.zip) or one table (.csv)",
            tabular=True,
            dated=True,
        ),
        "parquet": FileKind(
            ("zip", "parquet"),
            "the same as Parquet, all (.zip) or one table (.parquet); needs the extra `parquet`",
            tabular=True,
            dated=True,
        ),
        "xes": FileKind(
            ("xes",),
            "an event log for process mining: a trace per country, an event per change",
            dated=True,
        ),
        "csl": FileKind(("json",), "the sources as CSL-JSON, for reference managers"),
        "bibtex": FileKind(("bib",), "the sources as BibTeX, in biblatex's types"),
        "jsonld": FileKind(
            ("jsonld", "json"), "provenance as PROV-O in JSON-LD: sources, evidence, replays"
        ),
    }
)
"""Every format by the word that `export` takes."""


def table(name: str, replays: Sequence[Replay], dates: DateReading = "all") -> Table:
    """One table by its name. Raises `KeyError` for none of ours."""
    if name in _BUILDERS:
        return _BUILDERS[name](_once(replays))
    return panel(_once(replays), {f"country_{unit.value}": unit for unit in Unit}[name], dates)


def tables(replays: Sequence[Replay], dates: DateReading = "all") -> tuple[Table, ...]:
    """Every table, in the order of `TABLES`."""
    return tuple(table(name, replays, dates) for name in TABLES)


def export(
    form: str,
    replays: Sequence[Replay],
    ending: str,
    *,
    only: str | None = None,
    dates: DateReading | None = None,
    register: Sequence[Source] | None = None,
    ours: bool = False,
) -> bytes:
    """The bytes of a file in one of `FORMATS`, of one of its endings.

    `only` names the one table of a `.csv` or `.parquet`. `dates` is how uncertain dates are read:
    all readings together for tables, at their earliest day for XES, unless given. `register` is
    what a bibliography lists instead of the sources cited. `ours` says that these are replays of
    the record that ships, whose licence a data package may name.
    """
    if ending not in FORMATS[form].endings:
        raise ValueError(f"{form} has no ending .{ending}")
    if FORMATS[form].tabular:
        return _tabular(form, replays, ending, only, dates or "all", ours=ours)
    if form == "xes":
        from recognition_model.exports.xes import xes

        return xes(_once(replays), dates or "earliest")
    if form == "jsonld":
        from recognition_model.exports.prov import jsonld

        return jsonld(_once(replays))
    from recognition_model.exports.bibliography import bibtex, csl_json

    listed = cited(replays) if register is None else register
    return (csl_json if form == "csl" else bibtex)(listed).encode()


def _tabular(
    form: str,
    replays: Sequence[Replay],
    ending: str,
    only: str | None,
    dates: DateReading,
    *,
    ours: bool,
) -> bytes:
    from recognition_model.exports.datapackage import package
    from recognition_model.exports.parquet import parquet

    write = parquet if form == "parquet" else Table.csv
    if ending != PACKAGE:
        if only is None:
            raise ValueError(f"a .{ending} file holds one table: name it")
        return write(table(only, replays, dates))
    read = "in all readings together" if dates == "all" else f"at their {dates} day"
    return package(
        tables(replays, dates),
        form,
        write,
        replays=replays,
        sources=cited(replays),
        told=f"Where countries stand towards the Taliban. The panels read uncertain dates {read}.",
        ours=ours,
    )


def _once(replays: Sequence[Replay]) -> Sequence[Replay]:
    if len({replay.country for replay in replays}) < len(replays):
        raise ValueError("a country occurs twice: its rows could not be told apart")
    return replays


def __getattr__(name: str) -> Any:
    if name != "Dates":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from enum import StrEnum

    warn_renamed(f"{__name__}.Dates", 'the words "earliest", "latest" and "all"')
    return StrEnum("Dates", [(word.upper(), word) for word in DATE_READINGS])


__all__ = [
    "FORMATS",
    "PACKAGE",
    "TABLES",
    "Field",
    "FileKind",
    "Kind",
    "Table",
    "Unit",
    "export",
    "panel",
    "table",
    "tables",
]
