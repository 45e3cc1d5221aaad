"""Drafts: the files and folders that are there only while a process writes.

The name of a draft says what it is, for which file, and which process makes it. A process removes
its drafts, also when Ctrl-C ends it. A killed process leaves them; the next process that writes the
same file removes those whose process is known to have ended. A draft is kept while that is not
known, as for another machine, but at most for a day.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from zlib import crc32

_OLD = 24 * 3600  # seconds after which a draft is left over, if its process cannot be looked up

under_way: set[Path] = set()
"""The drafts of this process that are not done yet."""


def discard_unfinished() -> None:
    """Remove the unfinished drafts of this process, which is about to end at once."""
    for path in list(under_way):
        discard(path)


@contextmanager
def unfinished(draft: Path) -> Iterator[None]:
    """Remove a draft, a file or a folder, when the block or the process ends, if it is there."""
    under_way.add(draft)
    try:
        yield
    finally:
        discard(draft)
        under_way.discard(draft)


def discard(path: Path) -> None:
    """Remove a file or a whole folder, if it is there and can be removed."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            from shutil import rmtree

            rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder among the temporary files, for a library that needs files; it is removed.

    Removes those of killed processes first.
    """
    from tempfile import gettempdir

    place = Path(gettempdir(), "scratch")
    sweep(place)
    folder = draft_of(place)
    with unfinished(folder):
        folder.mkdir(mode=0o700)
        yield folder


def draft_of(target: Path) -> Path:
    """Return a new name for a draft of a file or a folder, beside it."""
    name = f"{_prefix(target)}{_place()}-{_process()}-{os.urandom(4).hex()}.draft"
    return target.with_name(name)


def sweep(target: Path) -> None:
    """Remove the drafts that killed processes left for a file or a folder."""
    for draft in left_drafts(target):
        discard(draft)


def left_drafts(target: Path) -> list[Path]:
    """List the drafts that killed processes left for a file or a folder."""
    try:
        beside = [path for path in target.parent.iterdir() if path.name.endswith(".draft")]
    except OSError:  # to write there says why
        return []
    return [path for path in beside if path.name.startswith(_prefix(target)) and _is_left(path)]


def _is_left(draft: Path) -> bool:
    place, process = draft.name.split("-")[3:5]
    ended = _has_ended(process) if place == _place() else None
    if ended is not None:
        return ended
    try:
        return time() - draft.stat().st_mtime > _OLD
    except OSError:  # another process removed it meanwhile
        return False


def _prefix(target: Path) -> str:
    """Return the start of the draft names of one file: short, and the same in every process."""
    return f".recognition-model-{crc32(os.fsencode(target.name)):08x}-"


def _place() -> str:
    """Return where the number of a process means something: this machine, or this container."""
    machine = os.uname().nodename if hasattr(os, "uname") else ""
    numbers = ""
    with suppress(OSError):  # no Linux
        numbers = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - the name alone, no path
    return f"{crc32(f'{machine}/{numbers}'.encode()):08x}"


def _process() -> str:
    """Return this process in a word: its number and, where that is known, when it started."""
    own = os.getpid()
    told = _state_and_start(own)
    return f"{own}.{told[1]}" if told else str(own)


def _has_ended(process: str) -> bool | None:
    """Whether a process of this machine has ended; None if that cannot be known."""
    number, _, start = process.partition(".")
    if os.name != "posix" or not number.isdecimal():
        return None
    with suppress(OSError, OverflowError):  # it runs, perhaps as another user
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
    told = _state_and_start(int(number))
    if not told or not start:
        return None
    state, started = told
    return state in "ZX" or started != start  # dead but listed; or a later one with its number


def _state_and_start(process: int) -> tuple[str, str] | None:
    """Return the state and the start of a process, as Linux gives them; None elsewhere."""
    with suppress(OSError, ValueError, IndexError):
        told = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].decode().split()
        return told[0], told[19]
    return None
