"""Write files completely or not at all.

A file is first written as a draft beside its place, synced to the disk and then renamed, so that
its name leads to the old bytes or to the new ones, even after a power cut. A rename gives the name
a new file: another hard link to the old one keeps the old bytes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EEXIST, EINVAL, ENOTDIR
from pathlib import Path
from typing import BinaryIO

from recognition_model.io.drafts import draft_of, sweep, under_way
from recognition_model.io.durable import sync_folders, sync_stream

Content = bytes | Callable[[BinaryIO], object]
"""The bytes of a file, or what writes them into a stream: then they need not be held at once."""


class NotWritten(OSError):
    """A file that could not be written; `filename` is the one that the user named."""


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
        for folder in made:
            with writing(folder):
                sync_folders([folder.parent])
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
            under_way.add(path)
        for folder, path in {path.parent: path for path in files}.items():
            with writing(path):
                sync_folders([folder])
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    finally:
        under_way.difference_update(made)
        for draft in drafts:
            with suppress(OSError):
                draft.unlink()
            under_way.discard(draft)


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
                sync_stream(stream)
            except BaseException:
                path.unlink()
                raise


def _write(files: Mapping[Path, Content]) -> None:
    ready: dict[Path, tuple[Path, Path]] = {}
    direct: list[Path] = []
    renamed: dict[Path, Path] = {}
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
                under_way.discard(draft)
                renamed[target.parent] = path
    finally:
        for _, draft in ready.values():
            with suppress(OSError):
                draft.unlink()
            under_way.discard(draft)
    for folder, path in renamed.items():
        with writing(path):
            sync_folders([folder])
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
    sweep(target)
    draft = draft_of(target)
    under_way.add(draft)
    try:
        with draft.open("xb") as stream:
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o777)
            _fill(stream, data)
            sync_stream(stream)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        under_way.discard(draft)
        raise
    return draft
