"""Findings for a pull request: commands for GitHub's workflows, and SARIF 2.1.0."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from recognition_model.cli.answer import Answer
from recognition_model.core.codes import CODES, Severity
from recognition_model.core.diagnostics import Finding, Place
from recognition_model.core.wording import escape_invisible

_SARIF = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def in_machine_format(fmt: str, findings: Sequence[Finding]) -> Answer:
    """Answer with the findings alone, as `github` or `sarif`."""
    if fmt == "sarif":
        return Answer(data=sarif(findings), findings=findings)
    return Answer(text=github(findings), findings=findings)


def github(findings: Iterable[Finding]) -> str:
    """Write findings as workflow commands, which GitHub shows at their lines.

    GitHub shows only the first ten errors, warnings and notices of a step: errors come first.
    """
    ranked = sorted(findings, key=lambda found: -found.severity.rank)
    return "\n".join(map(_command, ranked))


def _command(found: Finding) -> str:
    place = found.place
    file = path_from_here(place)
    properties = {
        "file": file,
        "line": str(place.line) if file and place.line else "",
        "col": str(place.column) if file and place.line else "",
        "title": found.code,
    }
    written = ",".join(
        f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in properties.items() if value
    )
    message = _escaped(_message(found), _IN_MESSAGE)
    return f"::{_COMMANDS[found.severity]} {written}::{message}"


def sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings as a SARIF 2.1.0 log, with the meaning and remedy of each code that occurs.

    Paths are relative to the current folder; columns count characters.
    """
    from recognition_model.io.provenance import version

    codes = sorted({found.code for found in findings})
    return {
        "$schema": _SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "recognition-model",
                        "version": version(),
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, codes.index(found.code)) for found in findings],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    known = CODES.get(code)  # the code of a user's own invariant need not be registered
    if known is None:
        return {"id": code}
    return {
        "id": code,
        "name": known.name,
        "shortDescription": {"text": known.meaning},
        "help": {"text": known.remedy},
        "defaultConfiguration": {"level": known.severity.value},
    }


def _result(found: Finding, rule: int) -> dict[str, Any]:
    from urllib.parse import quote

    file = path_from_here(found.place)
    uri = Path(file).as_uri() if Path(file).is_absolute() else quote(file)
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if found.place.line:
        location["region"] = _region(found.place)
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity.value,
        "message": {"text": _message(found)},
        "locations": [{"physicalLocation": location}] if file else [],
    }


def _region(place: Place) -> dict[str, int]:
    region = {"startLine": place.line}
    if place.column:
        region |= {"startColumn": place.column, "endColumn": place.column + max(1, place.width)}
    return region


def _message(found: Finding) -> str:
    """The message and, on a line below, the hint."""
    return "\n".join(escape_invisible(text) for text in (found.message, found.hint) if text)


def path_from_here(place: Place) -> str:
    """The path of a file from the current folder, with slashes; empty if it is no file."""
    if place.file.startswith("<"):
        return ""
    path, here = Path(place.file).absolute(), Path.cwd()
    real = Path(os.path.realpath(path))  # `Path.resolve` fails for a link to itself
    for file, folder in ((path, here), (real, here.resolve())):
        if file.is_relative_to(folder):
            return file.relative_to(folder).as_posix()
    return path.as_posix()


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
