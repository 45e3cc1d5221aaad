"""Recognise files of our formats by their `format:` line, without importing the package."""

from __future__ import annotations

import re
from pathlib import Path

SUFFIXES = (".yaml", ".yml")
FORMAT = rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ ]*[\"']?format[\"']?[ \t]*:[ \t]*[\"']?"
_OURS = re.compile(FORMAT + rb"recog\w*-(?:scen|coll|sour)", re.MULTILINE)
_HEAD = 1 << 16


def is_ours(path: Path) -> bool:
    """Whether a file has one of our formats, by its `format:` line.

    An empty file counts if another file in its folder does, so that a scenario emptied by mistake
    is still checked.
    """
    start = head(path)
    if start is not None and start.strip():
        return _OURS.search(start) is not None
    return any(_OURS.search(head(other) or b"") for other in yaml_beside(path))


def head(path: Path) -> bytes | None:
    """Return the first 64 KiB of a file without NUL bytes; None if it cannot be read.

    Without its NUL bytes, ASCII text in UTF-16 reads like UTF-8.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return None


def yaml_beside(path: Path) -> list[Path]:
    """Return the YAML files in a file's folder, including the file itself."""
    return [other for suffix in SUFFIXES for other in path.parent.glob(f"*{suffix}")]
