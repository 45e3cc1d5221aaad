"""The JSON Schemas of single values: words, dates, names and texts.

A value that must have a certain form has a message, which an editor shows instead of the pattern.
A word has a type and its meaning, as the YAML language server needs to insert and explain it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from recognition_model.core.base import Ranked
from recognition_model.core.dates import When
from recognition_model.core.evidence import CREDIBILITIES, Reliability
from recognition_model.core.glossary import WORDS_OF_FILES
from recognition_model.core.types import DATE_PATTERN, RANGES, SHAPES, CountryCode, Credibility

Schema = dict[str, Any]

_DATE_ERROR = (
    "Not a date: write 2024, 2024-05 or 2024-05-27, with one ~ (approximate) or ? (doubtful) "
    "behind, or 2024-05..2024-07, ..2024-05, 2024-05.. for one day within a range."
)
_DAY_ERROR = "Not a day: write one full day, as 2024-05-27."
_COUNTRY_ERROR = "Not a country: write its ISO 3166-1 alpha-3 code, as NOR."
_GRADE_ERROR = (
    "Not a grade: write a digit from 1 (confirmed) to 6 (cannot be judged). The letter is the "
    "`reliability` of the source."
)


def value_schema(kind: Any, suggested: Mapping[str, str]) -> Schema:
    """Make the schema of a value of some type.

    An editor offers the `suggested` words with their meanings. Other words stay valid: suggestions
    are one of two alternatives, and the other takes every text.
    """
    if kind in SHAPES:
        shape = SHAPES[kind]
        made = _pattern(f"^{shape.pattern}$", f"Not a {shape.name}: {shape.hint}.")
        return made | ({"anyOf": [_words(suggested), {"type": "string"}]} if suggested else {})
    if kind is When:
        return _pattern(DATE_PATTERN, _DATE_ERROR) | {"type": ["string", "integer"]}
    if kind is date:
        return _pattern(r"^\d{4}-\d{2}-\d{2}$", _DAY_ERROR)
    if kind is CountryCode:
        return _pattern("^[A-Z]{3}$", _COUNTRY_ERROR)
    if kind is bool:
        return {"type": "boolean"}
    if kind is Credibility:
        return _words(CREDIBILITIES) | {"type": "integer", "errorMessage": _GRADE_ERROR}
    if kind in RANGES:
        least, most = RANGES[kind]
        return {"type": "integer", "minimum": least} | ({"maximum": most} if most else {})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _words({member.value: _meaning(member) for member in kind})
    if kind is str:
        return {"type": ["string", "number"], "minLength": 1}
    raise TypeError(f"no schema for {kind!r}")


def word_schema(member: Enum) -> Schema:
    """Make the schema of one word and no other."""
    return {"type": "string", "const": member.value, "description": _meaning(member)}


def _pattern(pattern: str, message: str) -> Schema:
    return {"type": "string", "pattern": pattern, "patternErrorMessage": message}


def _words(meanings: Mapping[Any, str]) -> Schema:
    return {
        "type": "string",
        "enum": list(meanings),
        "enumDescriptions": list(meanings.values()),
    }


def _meaning(member: Enum) -> str:
    """What a word means."""
    if isinstance(member, Reliability):
        return f"{member.name.capitalize().replace('_', ' ')}."
    return member.meaning if isinstance(member, Ranked) else WORDS_OF_FILES[member]
