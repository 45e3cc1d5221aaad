"""Write files completely or not at all.

A file is first written as a draft beside its place and then renamed. The name of a draft says what
it is, for which file and by which process. A killed process leaves its drafts; the next process
that writes the same file removes them.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EEXIST, EINVAL, ENOTDIR
from pathlib import Path
from time import time
from typing import BinaryIO
from zlib import crc32

_OLD = 3600  # seconds after which no process can still be at work on a draft

_unfinished: set[Path] = set()

Content = bytes | Callable[[BinaryIO], object]
"""The bytes of a file, or what writes them into a stream: then they need not be held at once."""


class NotWritten(OSError):
    """A file that could not be written; `filename` is the one that the user named."""


def discard_unfinished() -> None:
    """Remove the unfinished drafts of this process, which is about to end at once."""
    for path in list(_unfinished):
        discard(path)


@contextmanager
def unfinished(draft: Path) -> Iterator[None]:
    """Remove a draft, a file or a folder, when the block or the process ends, if it is there."""
    _unfinished.add(draft)
    try:
        yield
    finally:
        discard(draft)
        _unfinished.discard(draft)


def discard(path: Path) -> None:
    """Remove a file or a whole folder, if it is there and can be removed."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            from shutil import rmtree

            rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn every `OSError` into a `NotWritten` that names the file."""
    try:
        yield
    except FileExistsError:  # `write_new` means it so, and has named the file
        raise
    except OSError as error:
        raise NotWritten(error.errno, error.strerror or str(error), str(path)) from error


def write_whole(files: Mapping[Path, Content], folders: Iterable[Path] = ()) -> None:
    """Write files atomically, one after the other, and replace none before all are written.

    A symbolic link is followed, as a shell's `>` does. A file that is not a regular file (a pipe, a
    terminal, /dev/stdout) is written to directly, after the others. Missing `folders` are created,
    and removed again if the write fails. Raises `NotWritten`, an `OSError`, with the name of the
    file that could not be written.
    """
    with _made(folders):
        _write(files)


@contextmanager
def _made(folders: Iterable[Path]) -> Iterator[None]:
    """Create missing folders, and remove them again if the block fails."""
    made = []
    try:
        for folder in folders:
            with writing(folder):
                if not folder.is_dir():
                    _make_folder(folder)
                    made.append(folder)
        yield
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir()
    except FileExistsError:
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder)) from None


def write_new(files: Mapping[Path, bytes], folders: Iterable[Path] = ()) -> None:
    """Write new files atomically: all of them or none.

    No file is ever overwritten, even if another process writes at the same time. Missing `folders`
    are created, and removed again if the write fails. Raises `FileExistsError` with the name of a
    file that exists (a broken link exists too), and `NotWritten` with the name of one that could
    not be written.
    """
    with _made(folders):
        _write_new(files)


def _write_new(files: Mapping[Path, bytes]) -> None:
    for path in files:
        with writing(path):
            if path.exists():  # even one that may not be written
                raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
    drafts: list[Path] = []
    made: list[Path] = []
    try:
        for path, data in files.items():
            with writing(path):
                drafts.append(_beside(path, data))
        for draft, path in zip(drafts, files, strict=True):
            with writing(path):
                _appear(draft, path)
            made.append(path)
            _unfinished.add(path)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    finally:
        _unfinished.difference_update(made)
        for draft in drafts:
            with suppress(OSError):
                draft.unlink()
            _unfinished.discard(draft)


def _appear(draft: Path, path: Path) -> None:
    """Rename a draft atomically, and only if its new name is free.

    A file system without links takes the name first and the data after it.
    """
    try:
        os.link(draft, path)
    except OSError:  # the name is taken, or there are no links: `x` tells which
        with path.open("xb") as stream:
            try:
                stream.write(draft.read_bytes())
                stream.flush()
            except BaseException:
                path.unlink()
                raise


def _write(files: Mapping[Path, Content]) -> None:
    ready: dict[Path, tuple[Path, Path]] = {}
    direct: list[Path] = []
    try:
        for path, data in files.items():
            with writing(path):
                target = Path(os.path.realpath(path))
                if target.is_dir():
                    raise IsADirectoryError(21, "it is a directory", str(path))
                if target.exists() and not target.is_file():
                    direct.append(path)
                    continue
                if target in ready:
                    raise OSError(EINVAL, f"it is the same file as {ready[target][0]}")
                ready[target] = path, _beside(target, data)
        with uninterrupted():  # a set of files is not left half old and half new
            for target, (path, draft) in list(ready.items()):
                with writing(path):
                    draft.replace(target)
                del ready[target]
                _unfinished.discard(draft)
    finally:
        for _, draft in ready.values():
            with suppress(OSError):
                draft.unlink()
            _unfinished.discard(draft)
    for path in direct:
        with writing(path), path.open("wb") as stream:
            _fill(stream, files[path])


def _fill(stream: BinaryIO, content: Content) -> None:
    if isinstance(content, bytes):
        stream.write(content)
    else:
        content(stream)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Make Ctrl-C wait until the block is done. Outside the main thread it waits anyway.

    A handler and no mask: a mask of this thread would leave the signal to NumPy's threads.
    """
    handler = signal.getsignal(signal.SIGINT)
    if handler is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[object] = []
    signal.signal(signal.SIGINT, lambda *_: came.append(None))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _beside(target: Path, data: Content) -> Path:
    """Write the data to a draft beside the target, with the permissions of the target."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied")
    _sweep(target)
    draft = draft_of(target)
    _unfinished.add(draft)
    try:
        with draft.open("xb") as stream:
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o777)
            _fill(stream, data)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        _unfinished.discard(draft)
        raise
    return draft


def draft_of(target: Path) -> Path:
    """Return a new name for a draft of a file or a folder, beside it."""
    return target.with_name(f"{_prefix(target)}{os.getpid()}-{os.urandom(4).hex()}.draft")


def _prefix(target: Path) -> str:
    """Return the start of the draft names of one file: short, and the same in every process."""
    machine = os.uname().nodename if hasattr(os, "uname") else ""
    return f".recognition-model-{crc32(os.fsencode(f'{target.name}/{machine}')):08x}-"


def _sweep(target: Path) -> None:
    """Remove the drafts that killed processes left for a file."""
    for draft in left_drafts(target):
        discard(draft)


def left_drafts(target: Path) -> list[Path]:
    """List the drafts that killed processes left for a file or a folder."""
    prefix, left = _prefix(target), []
    with suppress(OSError):
        for path in target.parent.iterdir():
            if path.name.startswith(prefix) and path.name.endswith(".draft"):
                process = path.name.removeprefix(prefix).partition("-")[0]
                if time() - path.stat().st_mtime > _OLD or not _is_alive(process):
                    left.append(path)
    return left


def _is_alive(process: str) -> bool:
    """Whether a process seems to run on this machine."""
    if os.name != "posix" or not process.isdecimal():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is another user's
        return True
    return True
