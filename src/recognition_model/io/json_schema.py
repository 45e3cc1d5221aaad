"""JSON Schemas for editors, generated from the classes that the reader fills.

An editor may parse a bare number or year in YAML as a number, so the schemas accept both. They help
while typing; only the reader decides whether a file is valid.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin

import attrs

from recognition_model.core.authority import Authority
from recognition_model.core.base import keys_of, summary_of
from recognition_model.core.claims import Collective
from recognition_model.core.dates import When
from recognition_model.core.evidence import Source
from recognition_model.core.scenario import STEP_OF, Format, Scenario, Step
from recognition_model.core.types import DATE_PATTERN, RANGES, SHAPES, CountryCode, SourceName

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = ("scenario", "collective", "sources", "authority")


def json_schema(name: str) -> dict[str, Any]:
    """Make the JSON Schema of a kind of file, by one of `NAMES`."""
    made = {
        "scenario": _scenario,
        "collective": _collective,
        "sources": _sources,
        "authority": _authority,
    }
    return made[name]()


def _scenario() -> dict[str, Any]:
    return _file(Format.SCENARIO, "A country's dated record", Scenario)


def _collective() -> dict[str, Any]:
    return _file(Format.COLLECTIVE, "Claims about many countries at once", Collective)


def _authority() -> dict[str, Any]:
    return _file(Format.AUTHORITY, "When the Taliban governed", Authority)


def _sources() -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    entry = _type(Source, definitions, as_source=True)
    return {
        "$schema": DIALECT,
        "title": "A register of sources",
        "type": "object",
        "properties": {
            "format": {"const": Format.SOURCES.value},
            "sources": {
                "type": "object",
                "propertyNames": {"pattern": f"^{SHAPES[SourceName].pattern}$"},
                "additionalProperties": entry,
            },
        },
        "required": ["format", "sources"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _file(fmt: Format, title: str, cls: type[Any]) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    top = _record(cls, definitions)
    properties = {"format": {"const": fmt.value}, **top["properties"]}
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "properties": properties,
        "required": ["format", *top["required"]],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _record(cls: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    keys: Mapping[str, attrs.Attribute[Any]] = keys_of(cls)
    properties = {}
    for key, attribute in keys.items():
        properties[key] = {
            **_type(attribute.type, definitions),
            "description": attribute.metadata["doc"],
        }
        if key == "evidence" and attribute.default is attrs.NOTHING:
            properties[key]["minItems"] = 1
    return {
        "type": "object",
        "description": summary_of(cls),
        "properties": properties,
        "required": [key for key, a in keys.items() if a.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _type(kind: Any, definitions: dict[str, Any], *, as_source: bool = False) -> dict[str, Any]:
    """Make the schema of an attribute's type; a record is added once to `definitions`."""
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = (arm for arm in get_args(kind) if arm is not type(None))
        return _type(kind, definitions)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _type(get_args(kind)[0], definitions)}
    if kind is Step:
        return {"oneOf": [_type(cls, definitions) for cls in STEP_OF.values()]}
    if kind is Source and not as_source:
        return _scalar(SourceName)
    if attrs.has(kind) and kind is not When:
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _record(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return _scalar(kind)


def _scalar(kind: Any) -> dict[str, Any]:
    if kind is When:
        return {"type": ["string", "integer"], "pattern": DATE_PATTERN}
    if kind is date:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if kind is bool:
        return {"type": "boolean"}
    if kind is CountryCode:
        return {"type": "string", "pattern": "^[A-Z]{3}$"}
    if kind in SHAPES:
        return {"type": "string", "pattern": f"^{SHAPES[kind].pattern}$"}
    if kind in RANGES:
        least, most = RANGES[kind]
        return {"type": "integer", "minimum": least} | ({"maximum": most} if most else {})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _words(kind)
    if kind is str:
        return {"type": ["string", "number"], "minLength": 1}
    raise TypeError(f"no schema for {kind!r}")


def _words(kind: type[Enum]) -> dict[str, Any]:
    """Make the schema of an enum; each word has its meaning if the class gives one."""
    if all(hasattr(member, "meaning") for member in kind):
        members = [(m.value, getattr(m, "meaning", "")) for m in kind]
        return {"oneOf": [{"const": value, "description": text} for value, text in members]}
    return {"enum": [member.value for member in kind]}
