"""Find and read the log of searches of a folder of scenarios."""

from __future__ import annotations

import os
from pathlib import Path

from recognition_model.core.diagnostics import LOGS, RecordError
from recognition_model.core.searches import SearchLog
from recognition_model.io.discovery import is_special, not_ordinary
from recognition_model.io.files import read_document
from recognition_model.io.reader import Reader


def log_beside(folder: Path) -> Path | None:
    """The log of searches in a folder; None if it has none."""
    return next((folder / name for name in LOGS if os.path.lexists(folder / name)), None)


def searches_beside(folder: Path, reader: Reader) -> SearchLog | None:
    """Read the log of searches in a folder. None if it has none, or one with errors."""
    path = log_beside(folder)
    if path is None:
        return None
    if is_special(path):
        reader.findings.append(not_ordinary(path))
        return None
    try:
        return reader.searches(read_document(path))
    except RecordError as error:
        reader.findings += error.findings
        return None
