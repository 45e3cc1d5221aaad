"""The texts of a record: a scenario file with the files read beside it, or a whole folder."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from recognition_model.core.diagnostics import BESIDE, Place, RecordError, finding
from recognition_model.io.discovery import ENDINGS, is_special, misnamed_register, unreadable
from recognition_model.io.files import read_bytes

_MOST_BYTES = 32 * 1024 * 1024
_NAMED_LIKE_RECORDS = (*ENDINGS, ".bak", ".txt", ".old", ".orig")


@frozen
class RecordTexts:
    """Texts of files by their names; `asked` is the one to replay, or empty for all of them.

    `what` names the file or the folder in messages. Bytes that are not UTF-8 are surrogates.
    """

    files: Mapping[str, str]
    asked: str
    what: str


def record_texts(path: Path, name: str = "", text: str | None = None) -> RecordTexts:
    """Read a scenario file and what is read beside it, or the files of a folder.

    `name` is another name for the file, and `text` its text, if it is nowhere written. Raises
    `RecordError` if it cannot be read.
    """
    if text is None and path.is_dir():
        return RecordTexts(_texts(_inside(path)), "", str(path))
    name = name or path.name
    text = _text(path) if text is None else text
    beside = {one.name: one for one in _beside(path)}
    return RecordTexts({name: text, **_texts(beside)}, name, str(path))


def _inside(folder: Path) -> dict[str, Path]:
    """The files of a folder that could be records, or be taken for one."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise RecordError([unreadable(folder, error)]) from None
    chosen = [
        p
        for p in inside
        if p.name[0] != "." and p.suffix.lower() in _NAMED_LIKE_RECORDS and _is_ordinary(p)
    ]
    if not chosen:
        raise RecordError([finding("RM103", "the folder holds no scenario", Place(str(folder)))])
    return {p.name: p for p in chosen}


def _beside(path: Path) -> list[Path]:
    """The files that are read with a scenario file of their folder."""
    there = [path.with_name(name) for name in BESIDE]
    misnamed = misnamed_register(path.parent)
    there += [misnamed] if misnamed is not None else []
    return [p for p in there if p.name != path.name and os.path.lexists(p) and _is_ordinary(p)]


def _is_ordinary(path: Path) -> bool:
    return path.is_file() and not is_special(path)


def _texts(paths: Mapping[str, Path]) -> dict[str, str]:
    return {name: _text(path) for name, path in paths.items()}


def _text(path: Path) -> str:
    data = read_bytes(path, _MOST_BYTES).removeprefix(BOM_UTF8)
    return as_text(data)


def as_text(data: bytes) -> str:
    """Read bytes as UTF-8; those that are not become surrogates, which `as_bytes` writes back."""
    return data.decode("utf-8", "surrogateescape")


def as_bytes(text: str) -> bytes:
    """Write a text as UTF-8, with the bytes that `as_text` could not read."""
    return text.encode("utf-8", "surrogateescape")
