"""The record for other programs: tables, event logs, bibliographies, linked data.

    from recognition_model.exports import export, tables

    export("csv", replays, "zip")                 # the bytes of a data package
    {table.name: table for table in tables(replays)}

The same replays give the same bytes. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from recognition_model.core.dates import Dates
from recognition_model.core.evidence import Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.evidence import cited, evidence, sources
from recognition_model.exports.panel import Unit, panel
from recognition_model.exports.table_schema import Field, Kind, Table
from recognition_model.exports.tables import changes, countries, entries, spells

PACKAGE = "zip"
_BUILDERS = (countries, entries, changes, spells, evidence, sources)
TABLES = (
    *(build.__name__ for build in _BUILDERS),
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


def table(name: str, replays: Sequence[Replay], dates: Dates = Dates.ALL) -> Table:
    """One table by its name. Raises `KeyError` for none of ours."""
    builders = {build.__name__: build for build in _BUILDERS}
    if name in builders:
        return builders[name](_once(replays))
    return panel(_once(replays), {f"country_{unit.value}": unit for unit in Unit}[name], dates)


def tables(replays: Sequence[Replay], dates: Dates = Dates.ALL) -> tuple[Table, ...]:
    """Every table, in the order of `TABLES`."""
    return tuple(table(name, replays, dates) for name in TABLES)


def export(
    form: str,
    replays: Sequence[Replay],
    ending: str,
    *,
    only: str | None = None,
    dates: Dates | None = None,
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
        return _tabular(form, replays, ending, only, dates or Dates.ALL, ours=ours)
    if form == "xes":
        from recognition_model.exports.xes import xes

        return xes(_once(replays), dates or Dates.EARLIEST)
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
    dates: Dates,
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
    read = "in all readings together" if dates is Dates.ALL else f"at their {dates.value} day"
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


__all__ = [
    "FORMATS",
    "PACKAGE",
    "TABLES",
    "Dates",
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
