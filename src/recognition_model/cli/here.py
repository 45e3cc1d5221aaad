"""The scenario files at the current folder: a user's own, or the record of a clone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recognition_model.core.wording import escape_invisible, join_limited
from recognition_model.io.discovery import ENDINGS, scenario_files
from recognition_model.io.loader import RecordRoot, record_root, version_at

_FOLDER = Path("scenarios")


class Here(NamedTuple):
    """A folder of scenario files at the current folder, and the files to name.

    `whole` says that it is another version of the whole shipped record, with its register.
    """

    folder: Path
    files: tuple[Path, ...] = ()
    whole: bool = False

    @property
    def names(self) -> str:
        """The files in words; those of another folder by its path: `scenarios/ here`."""
        if self.files:
            return f"{join_limited([escape_invisible(str(path)) for path in self.files], 5)} here"
        if self.folder == Path():
            return "this folder"
        above = self.folder.parts[0] == os.pardir
        return f"{self.folder.as_posix()}/{'' if above else ' here'}"

    def not_read(self) -> str:
        """Say that they were not read, and which options would read them."""
        where = self.folder.as_posix()
        were, them = ("were", "them") if len(self.files) > 1 else ("was", "it")
        if self.whole:
            return f"{self.names} {were} not read: add `--scenarios {where}`"
        return (
            f"{self.names} {were} not read: add `--with {where}` to have {them} beside the shipped"
            f" record, or `--scenarios {where}` to have only {them}"
        )


def files_here() -> Here | None:
    """Find scenario files that are not the shipped record.

    They are those of the current folder, if it has some; else those of the clone of this project
    that it is part of; else those of its subfolder `scenarios`.
    """
    here = _whole(Path()) if Path.cwd().name == _FOLDER.name else None
    own = () if here or _shipped().has(Path()) else tuple(scenario_files(Path()))
    if own:
        return Here(Path(), own)
    found = here or next(filter(None, map(_whole, _folders())), None)
    if found is not None:
        return None if _shipped().has(found.folder) else found
    return Here(_FOLDER) if scenario_files(_FOLDER) else None


def differs(here: Here) -> bool:
    """Whether files at the current folder say anything that the shipped record does not."""
    if not here.whole:
        return True
    shipped, other = _shipped(), version_at(here.folder)
    pairs = zip(shipped, other or (), strict=False)
    return any(_contents(one) != _contents(another) for one, another in pairs)


def _shipped() -> RecordRoot:
    return RecordRoot(record_root("scenarios"), record_root("seeds"))


def _folders() -> Iterator[Path]:
    """The folders that may hold the record of a clone: here, and at the top of the work tree."""
    yield _FOLDER
    folder = Path.cwd()
    top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
    if top is not None:
        yield Path(os.path.relpath(top / _FOLDER))


def _whole(folder: Path) -> Here | None:
    """The folder as a version of the whole record, if it is one."""
    there = version_at(folder) is not None and any(folder.glob("[A-Z]*.yaml"))
    return Here(folder, whole=True) if there else None


def _contents(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder by name, as text files: line ends do not count."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix in ENDINGS and path.is_file()]
        return {path.name: path.read_bytes().replace(b"\r\n", b"\n") for path in paths}
    except OSError:  # to read them would say why
        return {}
