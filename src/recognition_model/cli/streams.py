"""The standard streams: how wide standard output is, and whether it has colours."""

from __future__ import annotations

import io
import os
import sys
from errno import EBADF
from typing import Literal, NoReturn, TextIO

PIPED = 80
NARROWEST = 20
ColourChoice = Literal["auto", "always", "never"]
COLOUR_CHOICES: tuple[ColourChoice, ...] = ("auto", "always", "never")

_choice: ColourChoice = "auto"


def choose_colour(choice: ColourChoice) -> None:
    """Set what `--color` says, for the rest of the run."""
    global _choice
    _choice = choice


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal."""
    return stream is not None and not isinstance(stream, Closed) and stream.isatty()


def in_colour(stream: TextIO | None) -> bool:
    """Whether to colour a stream: `--color`, else `NO_COLOR`, else whether it is a terminal."""
    if _choice != "auto":
        return _choice == "always"
    dumb = os.environ.get("TERM") == "dumb"
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and not dumb


def width(stream: TextIO | None = None) -> int:
    """Return the columns of a stream's terminal, or 80 if it has none; default: standard output."""
    if not is_terminal(stream or sys.stdout):
        return PIPED
    from shutil import get_terminal_size

    return max(NARROWEST, get_terminal_size((PIPED, 24)).columns)


class Closed(io.TextIOBase):
    """Standard output that was closed before the start: writing to it is an error."""

    encoding = "utf-8"

    def write(self, text: str, /) -> int:
        raise OSError(EBADF, "standard output is closed")

    @property
    def buffer(self) -> NoReturn:
        raise OSError(EBADF, "standard output is closed")
