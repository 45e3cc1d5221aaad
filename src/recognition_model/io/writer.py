"""Write records as the text of a file that reads back as the same record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import attrs

from recognition_model.core.base import keys_of
from recognition_model.core.claims import Collective
from recognition_model.core.dates import When
from recognition_model.core.evidence import Source
from recognition_model.core.rule_files import RulesFile
from recognition_model.core.scenario import KIND_OF, Format, Scenario, Step
from recognition_model.core.searches import Search
from recognition_model.core.signals import SignalMeaning

_WORD = re.compile("[A-Za-z][A-Za-z0-9_-]{2,}")
_NO_WORDS = {"true", "false", "null", "yes", "off"}  # not text to other YAML parsers

Plain = str | list["Plain"] | dict[str, "Plain"]


def scenario_text(scenario: Scenario) -> str:
    """The text of a scenario file. Comments and places are not part of a scenario and are lost."""
    return _file(Format.SCENARIO, _record(scenario))


def scenario_parts(scenario: Scenario) -> tuple[dict[str, list[str]], list[list[str]]]:
    """The lines of a scenario file: those of each key of its head, and those of each entry."""
    record: dict[str, Plain] = {"format": Format.SCENARIO.value, **_record(scenario)}
    timeline = record.pop("timeline", [])
    head = {key: [*_lines({key: value}, "")] for key, value in record.items()}
    return head, [[*_lines([entry], "  ")] for entry in timeline if isinstance(entry, dict)]


def source_parts(sources: Iterable[Source]) -> dict[str, list[str]]:
    """The lines of each source in a register, by its name."""
    return {source.id: [*_lines({source.id: _record(source)}, "  ")] for source in sources}


def collective_text(collective: Collective) -> str:
    """The text of a file of collective claims."""
    return _file(Format.COLLECTIVE, _record(collective))


def register_text(sources: Iterable[Source]) -> str:
    """The text of a register of sources."""
    return _file(Format.SOURCES, {"sources": {source.id: _record(source) for source in sources}})


def vocabulary_text(meanings: Iterable[SignalMeaning]) -> str:
    """The text of a vocabulary of signals."""
    return _file(Format.SIGNALS, {"signals": {one.word: _record(one) for one in meanings}})


def rules_file_text(file: RulesFile) -> str:
    """The text of a rules file that has a whole table."""
    rules: dict[str, Plain] = {
        code: {key: _in_one_line(value) for key, value in _record(rule).items()}
        for code, rule in file.rules.items()
    }
    plain: dict[str, Plain] = {"title": _plain(file.title)} if file.title else {}
    plain["rules"] = rules
    if file.invariants.off:
        plain["invariants"] = {"off": _in_one_line(_plain(file.invariants.off))}
    return _file(Format.RULES, plain)


def _in_one_line(value: Plain) -> Plain:
    return _flow(value) if isinstance(value, list) else value


def flow_text(record: Any) -> str:
    """The text of one record as a mapping in braces, on one line."""
    return _flow(_record(record))


def _flow(value: Plain) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    return value


def searches_text(searches: Iterable[Search]) -> str:
    """The text of a log of searches."""
    lines = [line for one in searches for line in search_lines(one, "  ")]
    head = "searches:" if lines else "searches: []"
    return "".join(f"{line}\n" for line in (f"format: {Format.SEARCHES.value}", head, *lines))


def search_lines(search: Search, indent: str) -> Iterator[str]:
    """The lines of a search as an item of a log, with short lists on one line."""
    mark = "- "
    for key, value in _record(search).items():
        written = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else value
        yield f"{indent}{mark}{key}: {written}"
        mark = "  "


def _file(kind: Format, record: dict[str, Plain]) -> str:
    return "".join(f"{line}\n" for line in _lines({"format": kind.value, **record}, ""))


def _record(record: Any) -> dict[str, Plain]:
    """The keys of a record that differ from its defaults, with the kind of an entry first."""
    plain: dict[str, Plain] = {}
    for key, name, default in _keys_in_order(record.__class__):
        value = getattr(record, name)
        if value != default:
            plain[key] = _plain(value)
    return plain


@cache
def _keys_in_order(cls: type[Any]) -> tuple[tuple[str, str, Any], ...]:
    """The keys of a class, each with its attribute and default."""
    keys = keys_of(cls)
    kind = KIND_OF.get(cls) if issubclass(cls, Step) else None
    ordered = sorted(keys, key=lambda key: key != kind)
    return tuple((key, keys[key].name, keys[key].default) for key in ordered)


def _plain(value: Any) -> Plain:
    if type(value) is str:  # the most frequent by far
        return _quoted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Source):
        return value.id
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, When | int):
        return str(value)
    return _record(value) if attrs.has(type(value)) else _quoted(value)


def _quoted(text: str) -> str:
    """A plain word unquoted; other text in double quotes, with invisible characters escaped."""
    if _WORD.fullmatch(text) and text.lower() not in _NO_WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)


def _lines(value: dict[str, Plain] | list[Plain], indent: str) -> Iterator[str]:
    entries = value.items() if isinstance(value, dict) else (("-", entry) for entry in value)
    for key, entry in entries:
        mark = "-" if isinstance(value, list) else f"{key}:"
        if isinstance(entry, str):
            yield f"{indent}{mark} {entry}"
        elif not entry:
            yield f"{indent}{mark} {'[]' if isinstance(entry, list) else '{}'}"
        elif mark == "-":
            first, *rest = _lines(entry, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}{mark}"
            yield from _lines(entry, f"{indent}  ")
