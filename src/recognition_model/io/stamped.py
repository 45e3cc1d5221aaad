"""Read what a file of this package says that it was made from: its stamp or its descriptor.

The stamp is in the file. The descriptor is in a data package, or beside the file of one table.

Only the metadata are read, as text; what it says is checked by the caller.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from struct import unpack
from typing import Any

ENDINGS = ("svg", "png", "pdf", "html", "md", "csv", "dta", "parquet", "zip")
"""The endings of files that say, in themselves or beside them, what they were made from."""
BESIDE = ("csv", "dta")
"""The endings of files of one table that have their descriptor beside them."""
STAMP = "recognition-stamp"
"""The name under which a file holds its stamp."""
_PNG = b"\x89PNG\r\n\x1a\n"


class NoStampError(ValueError):
    """A file that says nothing about what it was made from; the message says why."""


def stamp_in(path: Path) -> dict[str, Any]:
    """Read what a file says that it was made from.

    Returns the stamp of a picture or report, or the descriptor of a data package or, beside a CSV
    file, of a table. Raises `NoStampError`, and `OSError` if the file cannot be read.
    """
    ending = path.suffix.lower().removeprefix(".")
    data = b"" if ending in ("zip", "parquet", *BESIDE) else path.read_bytes()
    found = next((one for one in _texts(ending, path, data) if one), None)
    if found is None:
        raise NoStampError(f"{path.name} does not say what it was made from")
    try:
        told = json.loads(found)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise NoStampError(f"what {path.name} says it was made from cannot be read")
    return told


def _texts(ending: str, path: Path, data: bytes) -> Iterator[str]:
    if ending == "svg":
        yield _between(data, rf'<metadata id="{STAMP}">(.*?)</metadata>')
    elif ending == "html":
        yield _between(data, rf'<meta name="{STAMP}" content="(.*?)">')
    elif ending == "md":
        yield _between(data, rf"<!-- {STAMP} (.*?) -->")
    elif ending == "png":
        yield _of_png(data)
    elif ending == "pdf":
        yield _of_pdf(data)
    elif ending == "zip":
        yield _of_zip(path)
    elif ending in BESIDE:
        yield _beside(path)


def _between(data: bytes, pattern: str) -> str:
    found = re.search(pattern, data.decode("utf-8", "replace"), re.DOTALL)
    return unescape(found[1]) if found else ""


def _of_png(data: bytes) -> str:
    """The text chunk of that name; matplotlib writes it uncompressed in Latin-1."""
    if not data.startswith(_PNG):
        return ""
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = unpack(">I4s", data[at : at + 8])
        chunk = data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"zTXt"):
            name, _, text = chunk.partition(b"\0")
            if name == STAMP.encode():
                return (_inflated(text[1:]) if kind == b"zTXt" else text).decode("latin-1")
        at += length + 12
    return ""


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        raise NoStampError("the stamp of the picture cannot be decompressed") from None


def _of_pdf(data: bytes) -> str:
    """The keywords in the document's information; parentheses and backslashes are escaped there."""
    found = re.search(rb"/Keywords \(" + STAMP.encode() + rb" ((?:\\.|[^\\)])*)\)", data, re.DOTALL)
    return re.sub(r"\\(.)", r"\1", found[1].decode("latin-1")) if found else ""


def _of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read("datapackage.json").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError):
        return ""


def _beside(path: Path) -> str:
    """What lies beside a table: its descriptor, or the picture that it was written with."""
    beside = path.with_name(f"{path.stem}_datapackage.json")
    if beside.is_file():
        return beside.read_bytes().decode("utf-8", "replace")
    picture = path.stem.rpartition("_")[0]
    for ending in ("svg", "png", "pdf"):
        drawn = path.with_name(f"{picture}.{ending}")
        if picture and drawn.is_file():
            found = next(_texts(ending, drawn, drawn.read_bytes()), "")
            if found:
                return found
    raise NoStampError(f"{path.name} says nothing itself, and {beside.name} is not beside it")


def file_in_package(path: Path, name: str) -> bytes:
    """The bytes of a file in a data package. Raises `NoStampError` if it is not there."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (zipfile.BadZipFile, KeyError):
        raise NoStampError(f"{path.name} does not hold {name}, which it describes") from None
