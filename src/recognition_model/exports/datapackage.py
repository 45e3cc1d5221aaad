"""Tables as files: Frictionless data packages in a zip with a descriptor, or a single table.

The archive contains no time stamps or machine names: the same tables give the same bytes with the
same version of zlib.
"""

from __future__ import annotations

import zipfile
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from recognition_model.analysis.edition import Edition
from recognition_model.core.evidence import Source
from recognition_model.exports.catalogue import package_tables, table_of
from recognition_model.exports.codebook_pages import markdown, sections
from recognition_model.exports.descriptor import as_bytes, descriptor
from recognition_model.exports.evidence import cited
from recognition_model.exports.formats import PACKAGE, Job
from recognition_model.exports.table_schema import Table
from recognition_model.exports.written import Written, write_pieces

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_ROWS = 1_000_000
"""Rows of a table from which its file may not fit into an archive without the zip64 extension."""
Write = Callable[[Table, Edition], bytes | Iterable[bytes]]
"""Makes the bytes of a table's file, at once or in pieces."""


def package(
    stream: BinaryIO,
    tables: Sequence[Table],
    ending: str,
    write: Write,
    *,
    edition: Edition,
    sources: Sequence[Source],
    description: str,
    ours: bool,
    pages: Mapping[str, bytes],
) -> None:
    """Write a zip file of one file per table, made by `write`, and `datapackage.json`.

    `pages` are further files, by name. `ours` marks the shipped record, whose licence is then
    named.
    """
    files: dict[str, Written] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            name = f"{table.name}.{ending}"
            files[name] = _add(archive, name, write(table, edition), large=len(table) > _MOST_ROWS)
        described = descriptor(
            tables,
            ending,
            files,
            edition=edition,
            sources=sources,
            description=description,
            ours=ours,
        )
        for name, data in pages.items():
            _add(archive, name, data)
        _add(archive, "datapackage.json", as_bytes(described))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip, without times of writing."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            _add(archive, name, data)
    return stream.getvalue()


def _add(
    archive: zipfile.ZipFile, name: str, data: bytes | Iterable[bytes], *, large: bool = False
) -> Written:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix on every platform
    entry.external_attr = 0o644 << 16
    with archive.open(entry, "w", force_zip64=large) as member:
        return write_pieces(data, member)


def write_csv(job: Job, stream: BinaryIO) -> Written | None:
    """Write one table as CSV, or all of them in a package."""
    mark = (BOM_UTF8,) if job.excel else ()
    return write_tables(job, stream, "csv", lambda table, _: chain(mark, table.csv_blocks()))


def write_parquet(job: Job, stream: BinaryIO) -> Written | None:
    """Write one table as Parquet, or all of them in a package.

    Raises `NeedsPyArrow` without pyarrow.
    """
    from recognition_model.exports.parquet import parquet

    return write_tables(job, stream, "parquet", parquet)


def write_tables(job: Job, stream: BinaryIO, form: str, write: Write) -> Written | None:
    """Write one table as `write` makes it, or all of them in a package.

    Of one table, say what was written: the descriptor beside its file needs that.
    """
    edition = job.edition
    if job.ending != PACKAGE:
        return write_pieces(write(_single(job), edition), stream)
    tables = package_tables(job.given)
    package(
        stream,
        tables,
        form,
        write,
        edition=edition,
        sources=cited(job.given.listed, job.given.collectives),
        description=_description(job),
        ours=job.ours,
        pages={"codebook.md": markdown(sections(job.given, tables, edition)).encode()},
    )
    return None


def describe_table(job: Job, path: str, file: Written) -> bytes:
    """The descriptor of a single table in a file: a data package of this one resource.

    Links to other tables are left out.
    """
    described = descriptor(
        [_single(job)],
        job.ending,
        {path: file},
        edition=job.edition,
        sources=cited(job.given.listed, job.given.collectives),
        description=_description(job),
        ours=job.ours,
    )
    return as_bytes(described)


def _single(job: Job) -> Table:
    if job.only is None:
        raise ValueError(f"a .{job.ending} file contains one table: name it")
    return table_of(job.only, job.given)


def _description(job: Job) -> str:
    page = " codebook.md describes every column and value." if job.ending == PACKAGE else ""
    if job.given.draws is not None:
        drawn = (
            f"Spells, waits and panels are {job.given.draws} imputed records, drawn with the seed"
            f" {job.given.seed}: rows with the same `draw` belong together. The panel of days is"
            " not in this package."
        )
        return f"Where countries stand towards the Taliban. {drawn}{page}"
    read = "in all readings together" if job.dates == "all" else f"at their {job.dates} day"
    panels = f"The panels read uncertain dates {read}."
    return f"Where countries stand towards the Taliban. {panels}{page}"
