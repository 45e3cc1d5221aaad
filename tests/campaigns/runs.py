"""Whole commands run in forked processes, and the files that they leave. Needs POSIX."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from recognition_model.cli import main as command_line

OURS = "a file of the user"
FIXED = {"SOURCE_DATE_EPOCH": "1700000000"}
"""So that a command writes the same bytes each time."""


def digests(folder: Path) -> dict[str, str]:
    """The files of a folder, each with its SHA-256."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def warm(folder: Path, commands: Sequence[Sequence[str]]) -> None:
    """Run commands here, so that the processes forked later need not import and draw first."""
    back, streams, argv = Path.cwd(), (sys.stdout, sys.stderr), sys.argv
    os.chdir(folder)
    with Path(os.devnull).open("w") as nothing:
        sys.stdout = sys.stderr = nothing
        for words in commands:
            _end_of(words)
    os.chdir(back)
    (sys.stdout, sys.stderr), sys.argv = streams, argv
    gc.freeze()


def fork_command(
    words: Sequence[str],
    folder: Path,
    streams: tuple[Path, Path, Path],
    limits: Callable[[], None] = lambda: None,
) -> int:
    """Fork a process that runs a command in a folder; return its number.

    `streams` are the files for standard input, output and errors, `limits` what it does first.
    """
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        for number, path in enumerate(streams):
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND if number else os.O_RDONLY
            os.dup2(os.open(path, flags), number)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), _written(1), _written(2)
        os.chdir(folder)
        os.environ |= FIXED
        limits()
        code = _end_of(words)
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os._exit(code)


def _written(number: int) -> TextIO:
    return os.fdopen(number, "w")


def _end_of(words: Sequence[str]) -> int:
    """Run a command in this process; return its code."""
    sys.argv = ["recognition-model", *words]
    try:
        command_line()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0
