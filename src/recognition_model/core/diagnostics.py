"""Findings: what is wrong, where, and what would mend it. Values, collected and sorted."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.codes import CODES, Severity


@frozen(repr=False)
class Place(Readable):
    """A place in a file: line and column from 1 (0: the file as a whole), and that line's text."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Place("<record>")


@frozen(repr=False)
class Finding(Readable):
    """One thing to know about a record, with its place and a hint."""

    code: str
    message: str
    place: Place = NOWHERE
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def unreadable(self) -> bool:
        """Whether it says that a file could not be read at all."""
        return CODES[self.code].unreadable

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"

    def to_dict(self) -> dict[str, object]:
        """As in `replay --format json`: code, severity, message, hint, file, line, column."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
        }


class RecordError(Exception):
    """A file that cannot be used as it stands: `findings` says why, all of it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read at all, as against read and found wrong."""
        return any(found.unreadable for found in self.findings)


def finding(code: str, message: str, place: Place = NOWHERE, hint: str = "") -> Finding:
    """A finding with the severity its code carries."""
    return Finding(code, message, place, hint, CODES[code].severity)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file, line and column, each once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.place.file, f.place.line, f.place.column, f.code)))
