"""Write files whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from errno import EEXIST
from pathlib import Path


def write_whole(files: Mapping[Path, bytes], folders: Iterable[Path] = ()) -> None:
    """Write files so that each is whole or as it was, and none is replaced before all are written.

    A link is written through, as a shell's `>` would. What is no ordinary file (a pipe, a terminal,
    /dev/stdout) is written into as it stands, after the others. `folders` are made where they are
    not there, and taken away again where nothing could be written. Raises `OSError` with the name
    of the file that could not be written.
    """
    made = [folder for folder in folders if not folder.is_dir()]
    try:
        for folder in made:
            folder.mkdir()
        _write(files)
    except OSError:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, each whole: all of them, or none.

    Nothing is ever written over, whoever else writes at the same time. Raises `FileExistsError`
    with the name of a file that is there (a link that leads nowhere is there too), and `OSError`
    with the name of one that could not be written.
    """
    for path in files:
        if path.exists():  # even one that may not be written
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
    drafts: list[Path] = []
    made: list[Path] = []
    try:
        for path, data in files.items():
            drafts.append(_beside(path, path, data))
        for draft, path in zip(drafts, files, strict=True):
            _appear(draft, path)
            made.append(path)
    except BaseException:
        for path in made:
            path.unlink()
        raise
    finally:
        for draft in drafts:
            draft.unlink()


def _appear(draft: Path, path: Path) -> None:
    """Give a draft its name, whole at once and only where nothing has that name.

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


def _write(files: Mapping[Path, bytes]) -> None:
    ready: dict[Path, Path] = {}
    direct: list[Path] = []
    try:
        for path, data in files.items():
            target = Path(os.path.realpath(path))
            if target.is_dir():
                raise IsADirectoryError(21, "it is a directory", str(path))
            if target.exists() and not target.is_file():
                direct.append(path)
                continue
            ready[target] = _beside(target, path, data)
        for target, draft in list(ready.items()):
            draft.replace(target)
            del ready[target]
    finally:
        for draft in ready.values():
            with suppress(OSError):
                draft.unlink()
    for path in direct:
        path.write_bytes(files[path])


def _beside(target: Path, named: Path, data: bytes) -> Path:
    """A draft with the data in the target's folder, with the rights that the target has or gets."""
    import tempfile

    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(named)) from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    except OSError as error:
        draft.unlink()
        raise type(error)(error.errno, error.strerror, str(named)) from None
    return draft


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
