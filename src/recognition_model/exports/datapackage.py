"""Tables as files: Frictionless data packages in a zip with a descriptor, or a single table.

The archive contains no time stamps or machine names: the same tables give the same bytes with the
same version of zlib.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from recognition_model.analysis.edition import Edition
from recognition_model.core.evidence import Source
from recognition_model.exports.catalogue import TABLES, table_of
from recognition_model.exports.descriptor import as_bytes, descriptor
from recognition_model.exports.evidence import cited
from recognition_model.exports.formats import PACKAGE, Job
from recognition_model.exports.table_schema import Table

_EPOCH = (1980, 1, 1, 0, 0, 0)
Write = Callable[[Table, Edition], bytes]


def package(
    tables: Sequence[Table],
    ending: str,
    write: Write,
    *,
    edition: Edition,
    sources: Sequence[Source],
    description: str,
    ours: bool,
) -> bytes:
    """Build a zip file of `datapackage.json` and one file per table, made by `write`.

    `ours` marks the shipped record, whose licence is then named.
    """
    files = {f"{table.name}.{ending}": write(table, edition) for table in tables}
    described = descriptor(
        tables,
        ending,
        files,
        edition=edition,
        sources=sources,
        description=description,
        ours=ours,
    )
    return _zipped({"datapackage.json": as_bytes(described), **files})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix on every platform
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def write_csv(job: Job) -> bytes:
    """One table as CSV, or all of them in a package."""
    return _write(job, "csv", lambda table, _: table.csv())


def write_parquet(job: Job) -> bytes:
    """One table as Parquet, or all of them in a package; raises `NeedsPyArrow` without pyarrow."""
    from recognition_model.exports.parquet import parquet

    return _write(job, "parquet", parquet)


def _write(job: Job, form: str, write: Write) -> bytes:
    edition = job.edition
    if job.ending != PACKAGE:
        return write(_single(job), edition)
    return package(
        [table_of(name, job.given) for name in TABLES],
        form,
        write,
        edition=edition,
        sources=cited(job.replays),
        description=_description(job),
        ours=job.ours,
    )


def describe_table(job: Job, path: str, data: bytes) -> bytes:
    """The descriptor of a single table in a file: a data package of this one resource.

    Links to other tables are left out.
    """
    described = descriptor(
        [_single(job)],
        job.ending,
        {path: data},
        edition=job.edition,
        sources=cited(job.replays),
        description=_description(job),
        ours=job.ours,
    )
    return as_bytes(described)


def _single(job: Job) -> Table:
    if job.only is None:
        raise ValueError(f"a .{job.ending} file contains one table: name it")
    return table_of(job.only, job.given)


def _description(job: Job) -> str:
    read = "in all readings together" if job.dates == "all" else f"at their {job.dates} day"
    panels = f"The panels read uncertain dates {read}."
    return f"Where countries stand towards the Taliban. {panels}"
