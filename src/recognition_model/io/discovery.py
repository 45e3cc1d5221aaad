"""Decide which files of a folder are records, and say which are left out.

A file that is named by the user is always read. Of a folder are read the YAML files that are named
like a country, or that have a key of a record. Nothing is left out without a note, except hidden
files, editors' backups, files that do not look like records, and what is read with the records:
registers, vocabularies and logs of searches.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from recognition_model.core.countries import UnknownCountry, code_of, is_known
from recognition_model.core.diagnostics import BESIDE, REGISTERS, Finding, Place, finding
from recognition_model.core.wording import did_you_mean, escape_invisible, near_words

ENDINGS = (".yaml", ".yml")
_TEXTS = (
    "",
    ".bak",
    ".json",
    ".markdown",
    ".md",
    ".old",
    ".orig",
    ".text",
    ".txt",
    ".yaml",
    ".yml",
)
_HEAD = 1 << 16
# Searched by `_found`, which compiles them at first use: most commands read no folder.
_FORMAT = (
    rb"^[ \t]*[{]?[\"']?format[\"']?[ \t]*:[ \t]*[\"']?"
    rb"recog\w*-(?:scen|coll|sour|auth|sign|chec|sear)"
)
_OTHER_FORMAT = rb"^[ \t]*[\"']?format[\"']?[ \t]*:[ \t]*[\"']?recog\w*-(?!scen)"
_REGISTER = rb"^(?:\xef\xbb\xbf)?[\"']?format[\"']?[ \t]*:[ \t]*[\"']?recog\w*-sour"
_SOURCE = "sourc"  # what the name of a misnamed register has
_OF_REGISTERS = (*ENDINGS, "", ".txt")
_FIRST_KEY = rb"^(?:\xef\xbb\xbf)?([ ]*)[\"']?[\w-]+[\"']?[ \t]*:"
_KEY = rb"[\"']?(?:country|timeline|claims|documented-until)[\"']?[ \t]*:"


def records_of(paths: Iterable[Path], findings: list[Finding]) -> list[Path]:
    """The files that the paths mean, in order, each once; adds what is found to `findings`.

    A register, a vocabulary or a log given with scenarios of its folder (`replay *.yaml`) is
    skipped: they load it anyway, or it has nothing to do with them alone.
    """
    found: list[Path] = []
    paths = list(paths)
    recorded = {path.parent for path in paths if path.name not in BESIDE}
    for path in paths:
        if path.name in BESIDE and path.parent in recorded and not path.is_dir():
            continue
        try:
            inside = sorted(path.iterdir())
        except NotADirectoryError:
            found.append(path)
            continue
        except OSError as error:
            findings.append(unreadable(path, error))
            continue
        records = [p for p in inside if is_record(p)]
        if not records:
            findings.append(finding("RM103", "the folder holds no scenario", Place(str(path))))
        findings += _left_out(p for p in inside if p not in records)
        odd = [p for p in records if is_special(p)]
        findings += map(not_ordinary, odd)
        found += (p for p in records if p not in odd)
    return list({os.path.realpath(path): path for path in reversed(found)}.values())[::-1]


def is_record(path: Path) -> bool:
    """Whether a file of a folder is read as a scenario, or as a file of claims.

    It is if it has an ending of YAML and the name of a country or a key of a record, and is neither
    read beside the records nor hidden. What cannot be looked into counts: reading it says why.
    """
    if path.suffix.lower() not in ENDINGS or path.name in BESIDE or path.name[0] == ".":
        return False
    return is_known(path.stem.upper()) or _may_be_record(path)


def scenario_files(folder: Path) -> list[Path]:
    """List the files of a folder that look like scenarios, in order of their names.

    These are its records, but for files of claims and of the times when the Taliban governed. A
    folder that cannot be read has none.
    """
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    records = (path for path in inside if is_record(path) and not is_special(path))
    return [path for path in records if not _found(_OTHER_FORMAT, _head(path) or b"")]


def misnamed_register(folder: Path) -> Path | None:
    """Find the register of a folder that has none under its right name, such as Sources.yaml."""
    if any(os.path.lexists(folder / name) for name in REGISTERS):
        return None
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return None
    named = (p for p in inside if p.suffix.lower() in _OF_REGISTERS and _SOURCE in p.name.lower())
    return next((path for path in named if _found(_REGISTER, _head(path) or b"")), None)


def is_special(path: Path) -> bool:
    """Whether a path is a pipe, a socket or a device. Reading one could wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # reading tells why
        return False
    return not (S_ISREG(mode) or S_ISDIR(mode))


def not_ordinary(path: Path) -> Finding:
    """Report a pipe, a socket or a device in a folder."""
    message = "cannot be read: it is not an ordinary file"
    return finding("RM101", message, Place(str(path)), "a pipe is read if you give it by name")


def unreadable(path: Path, error: OSError) -> Finding:
    """Report a path that could not be read, with the likeliest reason."""
    hint = ""
    with suppress(OSError):  # the folder is not there either, or not ours to read
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            target = escape_invisible(str(path.readlink()))
            hint = f"it is a link that leads nowhere: to {target}"
        elif isinstance(error, FileNotFoundError):
            near = near_words(path.name, (p.name for p in path.parent.iterdir()))
            hint = did_you_mean(str(path.with_name(name)) for name in near)
            hint = hint or _near_country(path)
        elif isinstance(error, IsADirectoryError) and path.suffix.lower() in ENDINGS:
            hint = "it is a folder that is named like a file: rename it"
    message = f"cannot be read: {error.strerror or error}"
    return finding("RM101", message, Place(str(path)), hint)


def _near_country(path: Path) -> str:
    """Return the country whose name is like a path that does not exist, as a hint."""
    try:
        code_of(str(path))
    except UnknownCountry as unknown:
        return unknown.hint if unknown.hint.startswith("did you mean") else ""
    return ""


def _left_out(paths: Iterable[Path]) -> Iterator[Finding]:
    """Note the files beside the records that look like one, or have an ending of YAML."""
    for path in paths:
        if path.name[0] == "." or path.name in BESIDE or path.is_dir() or is_special(path):
            continue
        place = Place(str(path))
        if path.suffix.lower() in ENDINGS:
            message = "not read: it has no `format:` of a record, no `country:` and no `timeline:`"
            hint = "if it is a record, begin it with its `format:` line"
            yield finding("RM122", message, place, hint)
        elif _looks_like_record(path) and path != misnamed_register(path.parent):
            name = f"{path.name.split('.')[0]}.yaml"
            read = os.path.lexists(path.with_name(name))
            hint = f"{name} beside it is read" if read else f"if it is a record, name it {name}"
            yield finding("RM122", "not read: its name does not end in .yaml", place, hint)


def _looks_like_record(path: Path) -> bool:
    """Whether a file with another ending has the name of a country, or a key of a record."""
    if path.suffix.lower() not in _TEXTS:
        return False
    return is_known(path.name.split(".")[0]) or _has_key(_head(path) or b"")


def _found(pattern: bytes, text: bytes) -> re.Match[bytes] | None:
    return re.search(pattern, text, re.MULTILINE)


def _may_be_record(path: Path) -> bool:
    """Whether a YAML file has a key of a record, or cannot be looked into."""
    head = _head(path)
    return head is None or _has_key(head)


def _has_key(head: bytes) -> bool:
    """Whether a `format:` line of ours is there, or a key of a record at the level of the first."""
    if _found(_FORMAT, head):
        return True
    first = _found(_FIRST_KEY, head)
    return first is not None and bool(_found(rb"^(?:\xef\xbb\xbf)?" + first[1] + _KEY, head))


def _head(path: Path) -> bytes | None:
    """The beginning of a file, UTF-16 too; None if it is not an ordinary file or not readable."""
    try:
        if not path.is_file():  # to open a pipe would wait for ever
            return None
        with path.open("rb") as stream:
            return stream.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return None
