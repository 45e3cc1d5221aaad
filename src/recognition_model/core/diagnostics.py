"""Findings: what is wrong with a file, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.codes import CODES, Severity
from recognition_model.core.wording import escape_invisible


@frozen(repr=False)
class Place(Readable):
    """A place in a file, with the text of its line.

    Lines and columns count from 1; line 0 means the whole file. `width` characters are underlined.
    """

    file: str
    line: int = 0
    column: int = 0
    text: str = ""
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Place("<record>")
REGISTERS = ("sources.yaml", "sources.yml")
"""The names of a folder's register of sources."""
VOCABULARIES = ("signals.yaml", "signals.yml")
"""The names of a folder's vocabulary of signals."""
CHECK_FILES = ("checked.yaml", "checked.yml")
"""The names of a folder's list of checked entries."""
LOGS = ("searches.yaml", "searches.yml")
"""The names of a folder's log of searches."""
BESIDE = (*REGISTERS, *VOCABULARIES, *CHECK_FILES, *LOGS)
"""The names of files that are read with the scenarios of their folder."""


@frozen(repr=False)
class Finding(Readable):
    """One error, warning or note about a file, with its place and a hint."""

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
        """Whether it reports a file that could not be read at all."""
        known = CODES.get(self.code)  # the code of a user's own invariant need not be registered
        return known is not None and known.unreadable

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"

    def to_dict(self) -> dict[str, object]:
        """Return plain data as in `replay --format json`, with code, message, hint and place."""
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
    """A file has errors and cannot be used. `findings` lists all of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read at all, rather than being readable but invalid."""
        return any(found.unreadable for found in self.findings)


def finding(code: str, message: str, place: Place = NOWHERE, hint: str = "") -> Finding:
    """Make a finding with the severity of its code, its texts without hidden characters."""
    message, hint = escape_invisible(message), escape_invisible(hint)
    return Finding(code, message, place, hint, CODES[code].severity)


MOST_FINDINGS = 500
"""How many findings of one file are kept."""


def first_of_file(findings: Sequence[Finding]) -> list[Finding]:
    """Keep the first findings of one file, errors first, and count the others in a last one.

    The last one has the code and the place of the first finding that is not listed.
    """
    if len(findings) <= MOST_FINDINGS:
        return list(findings)
    by_weight = sorted(range(len(findings)), key=lambda at: -findings[at].severity.rank)
    kept = [findings[at] for at in sorted(by_weight[:MOST_FINDINGS])]
    rest = [findings[at] for at in by_weight[MOST_FINDINGS:]]
    errors = sum(found.is_error for found in rest)
    told = f"{len(rest):,} more {'finding' if len(rest) == 1 else 'findings'}"
    message = f"{told} in this file not listed, {errors:,} of them errors"
    return [*kept, finding(rest[0].code, message, rest[0].place)]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, line and column, without duplicates.

    Errors in a register or a vocabulary come first, because every file of its folder depends on it.
    """

    def key(found: Finding) -> tuple[bool, str, int, int, str]:
        place = found.place
        of_register = place.file.endswith((*REGISTERS, *VOCABULARIES)) or found.code == "RM307"
        later = not (found.is_error and of_register)
        return later, place.file, place.line, place.column, found.code

    return tuple(sorted(dict.fromkeys(findings), key=key))
