"""The door through which pytest finds the plugin of this package: the entry point `pytest11`."""

from __future__ import annotations

import re
from pathlib import Path

SUFFIXES = (".yaml", ".yml")
FORMAT = rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ ]*[\"']?format[\"']?[ \t]*:[ \t]*[\"']?"
_OURS = re.compile(FORMAT + rb"recog\w*-(?:scen|coll|sour)", re.MULTILINE)
_HEAD = 1 << 16


def is_ours(path: Path) -> bool:
    """Whether a file's `format:` line says so; of a file that says nothing, whether one beside
    it does: a record that was emptied by mistake is no reason to pass it over."""
    start = head(path)
    if start is not None and start.strip():
        return _OURS.search(start) is not None
    return any(_OURS.search(head(other) or b"") for other in yaml_beside(path))


def head(path: Path) -> bytes | None:
    """The beginning of a file, read through UTF-16 as well; None where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return None


def yaml_beside(path: Path) -> list[Path]:
    """The YAML files of a file's folder, itself among them."""
    return [other for suffix in SUFFIXES for other in path.parent.glob(f"*{suffix}")]
