"""Views of findings, with the name of the file alone: its folder is not part of the record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from attrs import evolve

from recognition_model.core.diagnostics import Finding
from recognition_model.core.wording import escape_invisible
from recognition_model.report.view import FindingView


def findings_of(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    """Build the views of findings, in their order."""
    return tuple(
        FindingView(
            code=found.code,
            severity=found.severity.value,
            place=escape_invisible(str(evolve(found.place, file=bare_name(found.place.file)))),
            message=escape_invisible(found.message),
            hint=escape_invisible(found.hint),
        )
        for found in findings
    )


def bare_name(path: str) -> str:
    """Give the name of a file without its folder."""
    return PurePath(path).name
