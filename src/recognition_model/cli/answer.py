"""The answer of a command: what it prints, in the format that the user chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from recognition_model.cli.page import Block
from recognition_model.core.diagnostics import Finding
from recognition_model.core.folder import Folder
from recognition_model.engine.outcomes import Replay

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2


@frozen
class Answer:
    """The output of a command: text, a page, data or bytes, and what goes to standard error.

    `raw` bytes are written to standard output as they are, without a line break behind them.
    A `paged` answer goes through a pager on a terminal that it does not fit. With `every_finding`,
    all findings of a file are printed, and not only the first ones. Without
    `every_warning`, few warnings are printed: a question is about something else.
    """

    text: str = ""
    page: Sequence[Block] = ()
    data: dict[str, Any] | None = None
    raw: bytes = b""
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()
    fell_short: bool = False
    paged: bool = False
    every_finding: bool = False
    every_warning: bool = False

    @property
    def code(self) -> int:
        """0: clean or warnings only. 1: errors, or `fell_short`. 2: unreadable input."""
        if any(found.unreadable for found in self.findings):
            return UNUSABLE
        if self.fell_short:
            return FINDINGS
        return FINDINGS if any(found.is_error for found in self.findings) else CLEAN


def findings_of(folder: Folder, replays: Iterable[Replay]) -> list[Finding]:
    """List the findings of a folder and of its replays."""
    return [*folder.findings, *(found for replay in replays for found in replay.findings)]


def in_format(
    fmt: str,
    *,
    data: Callable[[], dict[str, Any]],
    columns: Sequence[str],
    rows: Callable[[], Iterable[Mapping[str, Any]]],
    page: Callable[[], Sequence[Block]],
    findings: Sequence[Finding] = (),
    notes: Sequence[str] = (),
    paged: bool = False,
) -> Answer:
    """Answer as `text`, `json`, `csv` or `md`; only what the format needs is made.

    `rows` are plain mappings, the lines of the CSV; `columns` are the keys that it shows.
    """
    if fmt == "json":
        return Answer(data=data(), findings=findings, notes=notes, paged=paged)
    if fmt == "text":
        return Answer(page=page(), findings=findings, notes=notes, paged=paged)
    if fmt == "md":
        from recognition_model.cli.markdown import markdown

        text = markdown(page())
    else:
        text = csv_of(columns, rows())
    return Answer(text=text, findings=findings, notes=notes, paged=paged)


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write mappings as CSV. A list becomes its items, joined by semicolons."""
    from recognition_model.exports.csv_lines import csv_text

    lines = [columns, *([_cell(row[name]) for name in columns] for row in rows)]
    return csv_text(lines).rstrip("\r\n")


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
