"""Temporary files, for libraries that write into files alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path

from recognition_model.io.atomic import NotWritten, writing
from recognition_model.io.drafts import scratch_folder


@contextmanager
def scratch_file(name: str, is_full: Callable[[Exception], bool]) -> Iterator[Path]:
    """Give the path of a temporary file, which is removed at the end.

    `is_full` tells whether an exception of the library means that the file could not be written, as
    on a full disk. Such an exception becomes a `NotWritten` that names the temporary folder. So
    does a disk that is full at the end: pyreadstat may cut an SPSS file off there, and not say so.
    """
    with scratch_folder() as folder:
        path = folder / name
        try:
            with writing(path):
                yield path
            _use_more_room(path)
        except NotWritten:
            raise
        except OSError as error:
            raise full(error.strerror or str(error), str(folder)) from error
        except Exception as error:
            if not is_full(error):
                raise
            raise full(str(error), str(folder)) from error


def _use_more_room(path: Path) -> None:
    """Append a byte. `OSError` if the disk has no room for it."""
    with path.open("ab") as file:
        file.write(b"\0")
        file.flush()
        os.fsync(file.fileno())


def full(reason: str, folder: str) -> NotWritten:
    """Say that a temporary file could not be written, and where."""
    return NotWritten(EIO, f"{reason}, in the temporary folder {folder}", folder)
