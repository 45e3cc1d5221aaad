"""Recognise a scenario file by its text, without reading it as YAML."""

from __future__ import annotations

import re
from pathlib import Path

_ENDINGS = (".yaml", ".yml")
_MARK = re.compile(rb"^(?:country|timeline):|^format:[ \t]*recognition-scenario/", re.MULTILINE)
_ENOUGH = 1_000_000  # bytes; a `timeline:` is near the beginning


def scenario_files(folder: Path) -> list[Path]:
    """List the files of a folder that look like scenarios, in order of their names.

    Such a file has a YAML ending and a line that begins with `country:`, `timeline:` or the format
    of a scenario. Hidden files, and files that cannot be read, are not listed.
    """
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in inside if path.suffix.lower() in _ENDINGS and _looks_like_one(path)]


def _looks_like_one(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    try:
        if not path.is_file():  # reading a pipe could wait for ever
            return False
        with path.open("rb") as stream:
            return _MARK.search(stream.read(_ENOUGH)) is not None
    except OSError:
        return False
