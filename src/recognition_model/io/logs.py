"""Find and read the logs of a folder of scenarios: its searches, and its checked entries."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from recognition_model.core.checks import CheckFile
from recognition_model.core.diagnostics import CHECK_FILES, LOGS, RecordError
from recognition_model.core.searches import SearchLog
from recognition_model.io.check_quick import quick_checks
from recognition_model.io.discovery import is_special, not_ordinary
from recognition_model.io.files import read_document, read_text
from recognition_model.io.reader import Reader
from recognition_model.io.strict_yaml import parse

T = TypeVar("T")


def beside(folder: Path, names: Sequence[str]) -> Path | None:
    """The file in a folder that has the first of these names; None if there is none."""
    return next((folder / name for name in names if os.path.lexists(folder / name)), None)


def searches_beside(folder: Path, reader: Reader) -> SearchLog | None:
    """Read the log of searches in a folder. None if it has none, or one with errors."""

    def read(path: Path) -> SearchLog | None:
        return reader.with_few_findings(Reader.searches, read_document(path))

    return _read(folder, LOGS, reader, read)


def checks_beside(folder: Path, reader: Reader) -> CheckFile | None:
    """Read the list of checked entries in a folder. None if it has none, or one with errors."""

    def read(path: Path) -> CheckFile | None:
        quick, rest = quick_checks(read_text(path), str(path))
        return reader.checks(parse(rest, str(path)), quick)

    return _read(folder, CHECK_FILES, reader, read)


def _read(
    folder: Path, names: Sequence[str], reader: Reader, read: Callable[[Path], T | None]
) -> T | None:
    path = beside(folder, names)
    if path is None:
        return None
    if is_special(path):
        reader.findings.append(not_ordinary(path))
        return None
    try:
        return read(path)
    except RecordError as error:
        reader.findings += error.findings
        return None
