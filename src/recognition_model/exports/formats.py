"""Every format by the word that `export` takes. Loads no writer and no library of a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import BinaryIO

from attrs import frozen

from recognition_model.analysis.edition import Edition
from recognition_model.core.dates import DateReading
from recognition_model.core.evidence import Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.given import Given
from recognition_model.exports.written import Written, write_pieces

PACKAGE = "zip"
BINARY = frozenset({PACKAGE, "parquet", "dta", "sav", "xlsx", "sqlite", "db"})
"""Endings of files that are no text."""


class NeedsLibrary(ImportError):
    """Raised if a format needs a library that is not installed; names the extra to install."""

    def __init__(self, needs: str, extra: str) -> None:
        super().__init__(f"{needs}: pip install 'recognition-model[{extra}]'")


class DoesNotFit(ValueError):
    """Raised if a format cannot hold the data; nothing is cut silently."""


@frozen(kw_only=True)
class Job:
    """What to write: what it is made from, the ending of the file, the options of `export`."""

    given: Given
    ending: str
    only: str | None = None
    register: Sequence[Source] | None = None
    ours: bool = False
    excel: bool = False

    @property
    def edition(self) -> Edition:
        """What the tables, or the one table, are made from."""
        return self.given.edition(only=self.only)

    @property
    def replays(self) -> Sequence[Replay]:
        return self.given.replays

    @property
    def dates(self) -> DateReading:
        return self.given.dates


@frozen(kw_only=True)
class FileKind:
    """A format: the endings of its files, what it is for, and the function that writes it.

    `writer` is `module:function` in this package; the function takes a `Job` and gives bytes. With
    `streams` it takes a `Job` and a stream, writes the bytes there in pieces, and says what it
    wrote; None for a package.
    `readings` are the ways it can read uncertain dates, the default first; none where it holds
    no reading of dates. `tabular` formats hold one table, or all of them in a package; `both` if
    files of the same ending hold either. `table` is the table that a format always holds. `extra`
    names the extra that installs what it needs. `tables` is true where it holds tables in one file.
    """

    endings: tuple[str, ...]
    summary: str
    writer: str
    tabular: bool = False
    streams: bool = False
    both: bool = False
    table: str | None = None
    extra: str = ""
    readings: tuple[DateReading, ...] = ()
    tables: bool = False

    @property
    def of_tables(self) -> bool:
        """Whether it holds tables of the record, in one file or in several."""
        return self.tabular or self.tables

    @property
    def dated(self) -> bool:
        """Whether it reads uncertain dates one way or another."""
        return bool(self.readings)

    def data(self, job: Job) -> bytes:
        """The bytes of the file that a job asks for."""
        stream = BytesIO()
        self.write(job, stream)
        return stream.getvalue()

    def write(self, job: Job, stream: BinaryIO) -> Written | None:
        """Write the file that a job asks for, and say what was written; None for a package."""
        module, function = self.writer.split(":")
        writer = getattr(import_module(f"{__package__}.{module}"), function)
        if not self.streams:
            return write_pieces(writer(job), stream)
        written: Written | None = writer(job, stream)
        return written


FORMATS: Mapping[str, FileKind] = MappingProxyType(
    {
        "csv": FileKind(
            endings=(PACKAGE, "csv"),
            summary="long tables and the panel, as a Frictionless data package (.zip) or one table"
            " (.csv)",
            writer="datapackage:write_csv",
            tabular=True,
            streams=True,
            readings=("all", "earliest", "latest"),
        ),
        "parquet": FileKind(
            endings=(PACKAGE, "parquet"),
            summary="the same as Parquet, all (.zip) or one table (.parquet); needs the extra"
            " `parquet`",
            writer="datapackage:write_parquet",
            tabular=True,
            streams=True,
            readings=("all", "earliest", "latest"),
            extra="parquet",
        ),
        "stata": FileKind(
            endings=(PACKAGE, "dta"),
            summary="the same for Stata 14 or later, with variable and value labels, all (.zip) or"
            " one table (.dta); needs the extra `labelled`",
            writer="stata:write",
            tabular=True,
            streams=True,
            readings=("all", "earliest", "latest"),
            extra="labelled",
        ),
        "spss": FileKind(
            endings=(PACKAGE, "sav"),
            summary="the same for SPSS, with variable and value labels, all (.zip) or one table"
            " (.sav); needs the extra `labelled`",
            writer="spss:write",
            tabular=True,
            streams=True,
            readings=("all", "earliest", "latest"),
            extra="labelled",
        ),
        "excel": FileKind(
            endings=("xlsx",),
            summary="the same as an Excel workbook, one sheet per table, the panel of days only if"
            " --table names it; needs the extra `excel`",
            writer="excel:write",
            tabular=True,
            both=True,
            readings=("all", "earliest", "latest"),
            extra="excel",
        ),
        "sqlite": FileKind(
            endings=("sqlite", "db", PACKAGE),
            summary="all tables as one SQLite database with keys, views and full-text search; in a"
            " .zip with the metadata that Datasette shows",
            writer="sqlite:write",
            tables=True,
            readings=("all", "earliest", "latest"),
        ),
        "codebook": FileKind(
            endings=("md", "html", "csv"),
            summary="every variable and value of the tables: meaning, unit, coding rule, example",
            writer="codebook_pages:write",
            tables=True,
            table="codebook",
            readings=("all", "earliest", "latest"),
        ),
        "xes": FileKind(
            endings=("xes",),
            summary="an event log for process mining: a trace per country, an event per entry",
            writer="xes:write",
            readings=("earliest", "latest"),
        ),
        "pnml": FileKind(
            endings=("pnml",),
            summary="the rules as a Petri net, to check event logs against them",
            writer="pnml:write",
        ),
        "csl": FileKind(
            endings=("json",),
            summary="the sources as CSL-JSON, for reference managers",
            writer="bibliography:write_csl",
        ),
        "bibtex": FileKind(
            endings=("bib",),
            summary="the sources as BibTeX, in biblatex's types",
            writer="bibliography:write_bibtex",
        ),
        "jsonld": FileKind(
            endings=("jsonld", "json"),
            summary="provenance as PROV-O in JSON-LD: sources, evidence, replays",
            writer="prov:write",
        ),
    }
)
"""The one place where a format is registered."""
