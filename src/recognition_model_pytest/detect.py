"""Recognise files of our formats by their `format:` line, without importing the package."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SUFFIXES = (".yaml", ".yml")
FORMAT = rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ ]*[\"']?format[\"']?[ \t]*:[ \t]*[\"']?"
_OURS = re.compile(FORMAT + rb"recog\w*-(?:scen|coll|sour)", re.MULTILINE)
_FIRST_KEY = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?([ ]*)[\"']?[\w-]+[\"']?[ \t]*:", re.MULTILINE
)
_OUR_KEY = rb"[\"']?(?:country|timeline|claims)[\"']?[ \t]*:"
_COUNTRY_CODE = re.compile(r"[A-Z]{3}")
_HEAD = 1 << 16


def rules_asked(config: pytest.Config) -> str:
    """The name or file of the rule table that the user asks for; empty for the shipped one."""
    return str(config.getoption("--recognition-rules") or config.getini("recognition_rules"))


def is_ours(path: Path, *, named: bool = False) -> bool:
    """Whether a file is a scenario, a claims file or a register; `named`: the user named it.

    The `format:` line decides. A file with a damaged line and an empty file must not be skipped. So
    a file without the line is ours if it has a key of a scenario, is named like one, or is empty,
    and if a file beside it has the line. If the user named the file, the key is enough.
    """
    start = head(path)
    if start is not None and _OURS.search(start):
        return True
    keyed = start is not None and _has_key(start)
    if keyed and named:
        return True
    called = _COUNTRY_CODE.fullmatch(path.stem) is not None
    if start is None or not start.strip() or keyed or called:
        return any(_OURS.search(head(other) or b"") for other in yaml_beside(path))
    return False


def _has_key(start: bytes) -> bool:
    """Whether a key of a scenario or claims file stands at the level of the first key."""
    first = _FIRST_KEY.search(start)
    if first is None:
        return False
    return re.search(rb"^(?:\xef\xbb\xbf)?" + first[1] + _OUR_KEY, start, re.MULTILINE) is not None


def head(path: Path) -> bytes | None:
    """The beginning of a file, UTF-16 too; None if it is not an ordinary file or not readable."""
    try:
        if not path.is_file():  # to open a pipe would wait for ever
            return None
        with path.open("rb") as stream:
            return stream.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return None


def yaml_beside(path: Path) -> list[Path]:
    """Return the YAML files in a file's folder, including the file itself."""
    return [other for other in path.parent.iterdir() if other.suffix.lower() in SUFFIXES]
