"""Frictionless data packages (version 2): tables as files in a zip, with a descriptor.

The archive contains no time stamps or machine names: the same tables give the same bytes with the
same version of zlib.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from recognition_model.core.evidence import Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.catalogue import TABLES, table_of
from recognition_model.exports.evidence import cited
from recognition_model.exports.formats import PACKAGE, Job
from recognition_model.exports.table_schema import Field, Kind, Table
from recognition_model.io.provenance import digest, version

_PROFILES = "https://datapackage.org/profiles/2.0"
_LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/legalcode",
    "title": "Creative Commons Attribution 4.0 International",
}
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
GUARD = "In CSV files, text that a spreadsheet would read as a formula has a leading apostrophe."


def package(
    tables: Sequence[Table],
    ending: str,
    write: Callable[[Table], bytes],
    *,
    replays: Sequence[Replay],
    sources: Sequence[Source],
    description: str,
    ours: bool,
) -> bytes:
    """Build a zip file of `datapackage.json` and one file per table, made by `write`.

    `ours` marks the shipped record, whose licence is then named.
    """
    files = {f"{table.name}.{ending}": write(table) for table in tables}
    resources = [
        _resource(table, path, ending, files[path])
        for table, path in zip(tables, files, strict=True)
    ]
    known = {replay.known_by for replay in replays} - {None}
    description += "".join(f" As known by {day}." for day in sorted(filter(None, known)))
    description += f" {GUARD}" if ending == "csv" else ""
    descriptor: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "recognition-record",
        "title": "Relations with the Taliban: stages, acts and evidence",
        "description": f"{description} Written by recognition_model {version()}.",
        "version": digest(replay.scenario for replay in replays),
        "keywords": ["recognition of governments", "diplomacy", "Afghanistan"],
    }
    if ours:
        descriptor["licenses"] = [_LICENCE]
    cited = [_source(source) for source in sources]
    descriptor |= {"sources": cited} if cited else {}
    descriptor["resources"] = resources
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    return _zipped({"datapackage.json": text.encode(), **files})


def schema(table: Table) -> dict[str, Any]:
    """Describe a table as Table Schema."""
    described: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column, table.key) for column in table.fields],
        "primaryKey": list(table.key),
    }
    if table.links:
        described["foreignKeys"] = [
            {"fields": list(mine), "reference": {"resource": name, "fields": list(theirs)}}
            for mine, (name, theirs) in table.links.items()
        ]
    return described


def _field(column: Field, key: Sequence[str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required or column.name in key:
        constraints["required"] = True
    coded = _categories(column)
    if coded:
        constraints["enum"] = [one["value"] for one in coded]
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.value,
        "description": column.description,
    }
    if column.kind is Kind.FLAG:
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.categories:
        described |= {"categories": coded, "categoriesOrdered": column.categories.ordered}
    return described | ({"constraints": constraints} if constraints else {})


def _categories(column: Field) -> list[dict[str, str | int]]:
    """List the permitted values of a column with their labels, as Table Schema 2 has them."""
    meanings = column.categories.meanings if column.categories else {}
    value = int if column.kind is Kind.COUNT else str
    return [{"value": value(word), "label": label} for word, label in meanings.items()]


def _resource(table: Table, path: str, ending: str, data: bytes) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "path": path,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "format": ending,
        "mediatype": _MEDIA[ending],
        **({"encoding": "utf-8"} if ending == "csv" else {}),
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": schema(table),
    }


def _source(source: Source) -> dict[str, str]:
    named = {"title": f"{source.publisher}: {source.title} ({source.issued})"}
    return named | ({"path": source.url} if source.url else {})


def _zipped(files: dict[str, bytes]) -> bytes:
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
    return _write(job, "csv", Table.csv)


def write_parquet(job: Job) -> bytes:
    """One table as Parquet, or all of them in a package; raises `NeedsPyArrow` without pyarrow."""
    from recognition_model.exports.parquet import parquet

    return _write(job, "parquet", parquet)


def _write(job: Job, form: str, write: Callable[[Table], bytes]) -> bytes:
    if job.ending != PACKAGE:
        if job.only is None:
            raise ValueError(f"a .{job.ending} file contains one table: name it")
        return write(table_of(job.only, job.given))
    read = "in all readings together" if job.dates == "all" else f"at their {job.dates} day"
    panels = f"The panels read uncertain dates {read}."
    return package(
        [table_of(name, job.given) for name in TABLES],
        form,
        write,
        replays=job.replays,
        sources=cited(job.replays),
        description=f"Where countries stand towards the Taliban. {panels}",
        ours=job.ours,
    )
