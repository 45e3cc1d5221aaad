"""Read the text of a file, or the nodes of one of our files."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

from recognition_model.core.diagnostics import Place, RecordError, finding
from recognition_model.io.discovery import unreadable
from recognition_model.io.nodes import Document
from recognition_model.io.page import Page
from recognition_model.io.strict_yaml import MAX_BYTES, parse

MAX_TEXT = 32 * 1024 * 1024  # bytes of a source's text; a book has one or two million


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """Read a file's text. Raises `RecordError` if it cannot be read or is not UTF-8."""
    data = read_bytes(path, limit).removeprefix(BOM_UTF8)
    if b"\0" in data:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        hint = "it looks like UTF-16: save it as UTF-8" if wide else "it looks binary"
        raise RecordError([finding("RM102", "not UTF-8 text", Place(str(path)), hint)])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        lines = Page.of(data[: error.start].decode("utf-8", "replace"), str(path)).lines
        place = Place(str(path), len(lines), len(lines[-1]) + 1)
        message = f"not UTF-8 text: the byte 0x{data[error.start]:02x}"
        raise RecordError([finding("RM102", message, place, "save it as UTF-8")]) from None


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file's bytes. Raises `RecordError` if it cannot be read or is over `limit` bytes."""
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise RecordError([unreadable(path, error)]) from None
    if len(data) > limit:
        raise RecordError([finding("RM113", f"more than {limit:,} bytes", place)])
    return data


def read_document(path: Path) -> Document:
    """Read a file of ours. Raises `RecordError` if it cannot be read or is not UTF-8."""
    return parse(read_text(path), str(path))
