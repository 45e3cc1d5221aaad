"""Exports for other programs: tables, event logs, bibliographies, linked data.

    from recognition_model.exports import export, tables

    export("csv", replays, "zip")                 # the bytes of a data package
    {table.name: table for table in tables(replays)}

The same replays give the same bytes. Nothing here writes to disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from recognition_model.core.base import warn_renamed
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.core.evidence import Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.catalogue import TABLES, table, tables
from recognition_model.exports.country_panel import panel
from recognition_model.exports.formats import FORMATS, PACKAGE, FileKind, Job
from recognition_model.exports.given import Given
from recognition_model.exports.table_schema import Field, Kind, Table
from recognition_model.exports.units import Unit
from recognition_model.exports.wait_table import waits
from recognition_model.exports.written import Written


def export(
    form: str,
    replays: Sequence[Replay],
    ending: str,
    *,
    only: str | None = None,
    dates: DateReading | None = None,
    register: Sequence[Source] | None = None,
    ours: bool = False,
    excel: bool = False,
    **more: Any,
) -> bytes:
    """Build the bytes of a file in one of `FORMATS`, for one of its endings.

    `only` names the table of a file that holds one, such as a `.csv`. `excel` begins a `.csv` with
    a byte order mark. `dates` says how to read uncertain
    dates; the default is all readings together for tables, and the earliest day for XES.
    `register` replaces the cited sources in a bibliography. `ours` marks replays of the shipped
    record, whose licence a data package may name. `more` is what else
    `exports.given.Given` names: claims about many countries, the words for signals,
    the files left out because of errors, and `draws` with a `seed` for imputed records.

    Raises `ValueError` for an ending that the format does not have, for a file of one table
    without `only`, and for a country that occurs twice.
    """
    options: dict[str, Any] = {
        "only": only,
        "dates": dates,
        "register": register,
        "ours": ours,
        "excel": excel,
    }
    job = _job(form, replays, ending, **options, **more)
    return FORMATS[form].data(job)


def describe(
    form: str,
    replays: Sequence[Replay],
    ending: str,
    path: str,
    data: bytes | Written,
    **options: Any,
) -> bytes:
    """Build the descriptor of a single table in a file: a data package in JSON, with its version.

    `path` is the name of the file and `data` its bytes, as `export` gave them for the same
    replays, ending and `options`, or what `export_into` returned. Raises what `export` raises.
    """
    from recognition_model.exports.datapackage import describe_table

    file = Written.of(data) if isinstance(data, bytes) else data
    return describe_table(_job(form, replays, ending, **options), path, file)


def export_into(
    stream: BinaryIO, form: str, replays: Sequence[Replay], ending: str, **options: Any
) -> Written | None:
    """Write what `export` builds for the same arguments into a stream, in pieces where it can.

    Returns the size and hash of what was written, or None for a data package. Raises what `export`
    raises.
    """
    return FORMATS[form].write(_job(form, replays, ending, **options), stream)


def version_of(form: str, replays: Sequence[Replay], ending: str, **options: Any) -> str:
    """The version of the tables that `export` writes for the same arguments."""
    return _job(form, replays, ending, **options).edition.version


def _job(
    form: str,
    replays: Sequence[Replay],
    ending: str,
    *,
    only: str | None = None,
    dates: DateReading | None = None,
    register: Sequence[Source] | None = None,
    ours: bool = False,
    excel: bool = False,
    **more: Any,
) -> Job:
    kind = FORMATS[form]
    if ending not in kind.endings:
        raise ValueError(f"{form} has no ending .{ending}")
    if more.get("draws") is not None and not kind.tabular:
        raise ValueError(f"{form} does not hold draws")
    if not kind.of_tables:
        more.pop("organisations", None)  # only tables list their entries
    dates = dates or (kind.readings[0] if kind.readings else "all")
    given = Given(replays=replays, dates=dates, **more)
    return Job(
        given=given,
        ending=ending,
        only=only or kind.table,
        register=register,
        ours=ours,
        excel=excel,
    )


@cache
def _dates() -> Any:
    """The enum that `Dates` was in the last release."""
    return StrEnum("Dates", [(word.upper(), word) for word in DATE_READINGS])


if not TYPE_CHECKING:  # a type checker must see every name that is not there

    def __getattr__(name: str) -> Any:
        if name != "Dates":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        warn_renamed(f"{__name__}.Dates", 'the words "earliest", "latest" and "all"')
        return _dates()


__all__ = [
    "FORMATS",
    "PACKAGE",
    "TABLES",
    "Field",
    "FileKind",
    "Kind",
    "Table",
    "Unit",
    "Written",
    "describe",
    "export",
    "export_into",
    "panel",
    "table",
    "tables",
    "version_of",
    "waits",
]
