"""Have the disk keep what was written, so that not even a power cut loses it.

A rename alone may reach the disk before the bytes of the file do: after a power cut the file would
be there and empty. So a file is synced before its rename, and afterwards the folder that holds its
name. POSIX has no call that syncs the files of a folder at once: syncing a folder keeps its names,
not the bytes behind them. So each file is synced, and each folder once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from errno import EDQUOT, EIO, ENOSPC
from pathlib import Path
from typing import BinaryIO

_LOST = {EIO, ENOSPC, EDQUOT}  # some file systems tell only now that the bytes found no room


def sync_stream(stream: BinaryIO) -> None:
    """Wait until the disk has the bytes of an open file; do nothing where that is not possible."""
    stream.flush()
    _sync(stream.fileno())


def sync_folders(folders: Iterable[Path]) -> None:
    """Wait until the disk has the names in some folders; Windows keeps them by itself."""
    for folder in dict.fromkeys(folders):
        try:
            opened = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        except OSError:  # no folder can be opened on Windows, nor one without the right to read it
            continue
        try:
            _sync(opened)
        finally:
            os.close(opened)


def _sync(opened: int) -> None:
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno in _LOST:
            raise
