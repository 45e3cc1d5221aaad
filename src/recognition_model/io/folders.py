"""Write a whole folder or nothing, and replace an earlier one in a single step.

The files are written into a draft beside the folder, which then takes its place. A list of the
files, with their digests, marks a folder as written by this program. Only such a folder is ever
replaced, and only while it holds these files and no others: what a user put into it is never lost.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from errno import EAGAIN, ENOTDIR
from hashlib import sha256
from pathlib import Path, PurePosixPath

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.io.atomic import uninterrupted, writing
from recognition_model.io.drafts import discard, draft_of, left_drafts, unfinished
from recognition_model.io.durable import sync_folders, sync_stream

LIST = ".recognition-folder.json"
"""The list of files in a folder that this program wrote."""
FORMAT = "recognition-folder/1"

_HERE = -100  # AT_FDCWD: a path counts from the current folder
_EXCHANGE = 2  # of renameat2 on Linux and of renamex_np on macOS


class NotOurs(Exception):
    """A folder that is not replaced: `others` are its files that this program did not write.

    Without `others` the folder was not written by this program at all.
    """

    def __init__(self, folder: Path, others: tuple[str, ...] = ()) -> None:
        super().__init__(str(folder))
        self.folder = folder
        self.others = others


@frozen(kw_only=True, repr=False)
class Written(Readable):
    """What became of a folder: all `files`, and how many of them are new, changed, the same.

    `gone` counts the files of the folder before that are no longer there.
    """

    files: tuple[str, ...]
    size: int
    new: int
    changed: int
    same: int
    gone: int

    def __str__(self) -> str:
        parts = (f"{self.new} new", f"{self.changed} changed", f"{self.same} the same")
        gone = f", {self.gone} gone" if self.gone else ""
        return f"{len(self.files)} files: {', '.join(parts)}{gone}"


def write_folder(target: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Write the files, given by relative path, as the whole content of a folder.

    The files may be made while they are written: the folder changes in one step, after the last.
    A file with the same bytes as before keeps its time. Raises `NotOurs` for a folder that is
    neither empty nor as this program left it, `ValueError` for a path that leads out of the folder
    or comes twice, and `NotWritten`, an `OSError`, if it cannot be written.
    """
    with writing(target):
        place = Path(os.path.realpath(target))
        _restore(place)
        before = files_of(place)
        draft = draft_of(place)
        with unfinished(draft):
            _make(draft, place)
            sizes, digests = 0, {}
            for name, data in files:
                if name in digests or not _inside(name):
                    raise ValueError(f"not a usable path in a folder: {name!r}")
                digests[name] = sha256(data).hexdigest()
                sizes += len(data)
                _write(
                    draft / name, data, place / name if before.get(name) == digests[name] else None
                )
            _write(draft / LIST, _listed(digests))
            sync_folders([draft, *(path for path in draft.rglob("*") if path.is_dir())])
            _check_unchanged(place, before)  # another process may have written it meanwhile
            with uninterrupted():
                _swap(draft, place, before)
            sync_folders([place.parent])
    same = sum(before.get(name) == digest for name, digest in digests.items())
    new = len(digests.keys() - before.keys())
    return Written(
        files=tuple(digests),
        size=sizes,
        new=new,
        changed=len(digests) - new - same,
        same=same,
        gone=len(before.keys() - digests.keys()),
    )


def files_of(folder: Path) -> Mapping[str, str]:
    """Return the files of a folder that may be replaced, each with its digest.

    Empty for a folder that is empty or not there. Raises `NotOurs` as `write_folder`.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
    there = {path.relative_to(folder).as_posix(): path for path in _all_files(folder)}
    if not there:
        return {}
    listed = _read_list(there.pop(LIST, None))
    if listed is None:
        raise NotOurs(folder)
    others = [
        name
        for name, path in sorted(there.items())
        if not path.is_file()
        or path.is_symlink()
        or listed.get(name) != sha256(path.read_bytes()).hexdigest()
    ]
    if others:
        raise NotOurs(folder, tuple(others))
    return {name: digest for name, digest in listed.items() if name in there}


def _all_files(folder: Path) -> Iterable[Path]:
    """Yield what is in a folder and below it and, of folders, only empty ones and links."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink() and any(path.iterdir()):
            yield from _all_files(path)
        else:
            yield path


def _read_list(path: Path | None) -> dict[str, str] | None:
    if path is None or not path.is_file():
        return None
    try:
        told = json.loads(path.read_bytes())
        if told["format"] != FORMAT:
            return None
        return {str(name): str(digest) for name, digest in told["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _listed(digests: Mapping[str, str]) -> bytes:
    told = {"format": FORMAT, "files": dict(sorted(digests.items()))}
    return (json.dumps(told, indent=1) + "\n").encode()


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return plain and bool(path.parts) and path.as_posix() == name and name != LIST


def _make(draft: Path, place: Path) -> None:
    draft.mkdir()
    if place.exists():
        draft.chmod(place.stat().st_mode & 0o777)


def _write(path: Path, data: bytes, same_as: Path | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        sync_stream(stream)
    if same_as is not None:
        with suppress(OSError):
            times = same_as.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _check_unchanged(folder: Path, before: Mapping[str, str]) -> None:
    """Raise `NotOurs` or an `OSError` unless the files of a folder are those of before."""
    if files_of(folder) != before:
        raise OSError(EAGAIN, "it was changed while it was written")


def _swap(draft: Path, place: Path, before: Mapping[str, str]) -> None:
    """Put the draft in the place of the folder; what was there is removed.

    What was there is checked once more where no user writes: a file saved since the last check
    brings the folder back.
    """
    if not place.exists():
        draft.rename(place)
    elif _exchange(draft, place):
        try:
            _check_moved(draft, place, before)
        except BaseException:
            if not _exchange(draft, place):
                place.rename(new := draft_of(place))
                draft.rename(place)
                discard(new)
            raise
        discard(draft)
    else:
        old = draft_of(place)
        place.rename(old)
        try:
            _check_moved(old, place, before)
            draft.rename(place)
        except BaseException:
            old.rename(place)
            raise
        discard(old)


def _check_moved(moved: Path, place: Path, before: Mapping[str, str]) -> None:
    """Check a folder that was moved aside; an error names the place that it had."""
    try:
        _check_unchanged(moved, before)
    except NotOurs as refused:
        raise NotOurs(place, refused.others) from None


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False if the system or the file system cannot."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        exchange = getattr(library, "renamex_np", None)
        return exchange is not None and exchange(*paths, _EXCHANGE) == 0
    exchange = getattr(library, "renameat2", None)
    return exchange is not None and exchange(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0


def _restore(place: Path) -> None:
    """Remove what killed processes left; put a folder back that one had moved aside."""
    left = left_drafts(place)
    if not place.exists():
        for draft in left:
            with suppress(NotOurs, OSError):
                if files_of(draft):
                    draft.rename(place)
                    break
    for draft in left:
        discard(draft)
