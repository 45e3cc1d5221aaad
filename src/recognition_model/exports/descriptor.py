"""The descriptor of a Frictionless data package (version 2), of many tables or of one.

It has no time stamp of its own: the same tables give the same descriptor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from recognition_model.analysis.edition import Edition, country_of_file
from recognition_model.core.citing import CREATORS, LICENCE
from recognition_model.core.evidence import Source
from recognition_model.exports.table_schema import Field, Kind, Table
from recognition_model.exports.written import Written

_PROFILES = "https://datapackage.org/profiles/2.0"
_LICENCE = {"name": LICENCE.name, "path": LICENCE.url, "title": LICENCE.title}
_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
    "sav": "application/x-spss-sav",
}
GUARD = "In CSV files, text that a spreadsheet would read as a formula has a leading apostrophe."


def descriptor(
    tables: Sequence[Table],
    ending: str,
    files: Mapping[str, Written],
    *,
    edition: Edition,
    sources: Sequence[Source],
    description: str,
    ours: bool,
) -> dict[str, Any]:
    """Describe tables and the files that were written of them, in the same order.

    `ours` marks the shipped record, whose licence and contributors are then named. `created` is
    the day of the data release, or else the newest day in the data.
    """
    known = f" As known by {edition.known_by}." if edition.known_by else ""
    without = f" {edition.without}" if edition.left_out else ""
    guard = f" {GUARD}" if ending == "csv" else ""
    written = f"Written by recognition_model {edition.program}."
    described: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": _name(edition),
        "id": identifier(edition),
        "title": "Relations with the Taliban: stages, acts and evidence",
        "description": f"{description}{known}{without}{guard} {written}",
        "version": edition.version,
        **({"created": f"{edition.day}T00:00:00Z"} if edition.day else {}),
        "keywords": ["recognition of governments", "diplomacy", "Afghanistan"],
    }
    if ours:
        described["contributors"] = [{"title": name, "roles": ["creator"]} for name in CREATORS]
        described["licenses"] = [_LICENCE]
    cited = [_source(source) for source in sources]
    described |= {"sources": cited} if cited else {}
    if edition.left_out:
        described["leftOut"] = [
            {"file": file, "country": country_of_file(file)} for file in edition.left_out
        ]
    described["edition"] = edition.to_dict()
    described["resources"] = [
        _resource(table, path, ending, files[path], tables)
        for table, path in zip(tables, files, strict=True)
    ]
    return described


def as_bytes(described: Mapping[str, Any]) -> bytes:
    """Write a descriptor as the bytes of a JSON file."""
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def identifier(edition: Edition) -> str:
    """A name for the data that no other data have: a UUID made from the version."""
    return uuid5(NAMESPACE_URL, f"urn:x-recognition-model:{edition.version}").urn


def schema(table: Table, others: Sequence[Table] | None = None) -> dict[str, Any]:
    """Describe a table as Table Schema; with links only to the `others`, if they are given."""
    described: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column, table.key) for column in table.fields],
        "primaryKey": list(table.key),
    }
    names = None if others is None else {other.name for other in others}
    links = [
        {"fields": list(mine), "reference": {"resource": name, "fields": list(theirs)}}
        for mine, (name, theirs) in table.links.items()
        if names is None or name in names
    ]
    return described | ({"foreignKeys": links} if links else {})


def _name(edition: Edition) -> str:
    if not edition.own:
        return "recognition-record"
    whole = set(edition.own) == set(edition.countries)
    return "own-recognition-record" if whole else "recognition-record-with-own-files"


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


def _resource(
    table: Table, path: str, ending: str, file: Written, others: Sequence[Table]
) -> dict[str, Any]:
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
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": schema(table, others),
    }


def _source(source: Source) -> dict[str, str]:
    named = {"title": f"{source.publisher}: {source.title} ({source.issued})"}
    return named | ({"path": source.url} if source.url else {})
