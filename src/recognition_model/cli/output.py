"""Write an answer to standard output or standard error, in colours, plain, or through a pager."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

import click

from recognition_model.cli.page import Block
from recognition_model.cli.streams import Closed, in_colour, is_terminal, width


def page_as_text(page: Sequence[Block]) -> str:
    """Write a page for standard output: in colours, or plain."""
    if in_colour(sys.stdout):
        from recognition_model.cli.terminal import styled

        return styled(page, width())
    from recognition_model.cli.plain import plain

    return plain(page, width())


def write(text: str, stream: TextIO | None, *, paged: bool = False) -> bool:
    """Write a text to a stream; False on an error, unless the reader has closed a pipe.

    A `paged` text that is longer than the terminal goes through a pager.
    """
    if not text or stream is None:
        return True

    def put() -> None:
        if paged and _too_long(text, stream):
            os.environ.setdefault("LESS", "-FRX")
            click.echo_via_pager(f"{text}\n", color=in_colour(stream))
            return
        click.echo(text, file=stream, color=in_colour(stream))
        stream.flush()

    return _written(put, stream)


def write_bytes(data: bytes) -> bool:
    """Write bytes to standard output as they are; False on an error, as `write` says."""
    stream = sys.stdout

    def put() -> None:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()

    return _written(put, stream)


def _written(put: Callable[[], None], stream: TextIO) -> bool:
    """Write by calling `put`; False on an error, unless the reader has closed a pipe."""
    try:
        put()
    except BrokenPipeError:  # the reader stopped, as `| head` does: no error
        _close(stream)
    except OSError as error:
        _close(stream)
        if stream is sys.stdout:
            write(f"cannot write: {error.strerror or error}", sys.stderr)
        return False
    return True


def _too_long(text: str, stream: TextIO) -> bool:
    from shutil import get_terminal_size

    return is_terminal(stream) and text.count("\n") + 2 > get_terminal_size().lines


def _close(stream: TextIO) -> None:
    """Redirect a stream to the null device, so that the interpreter exits without an error."""
    if not isinstance(stream, Closed):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
