"""Text from standard input."""

from __future__ import annotations

import sys

import click


def read_stdin(prompt: str = "") -> str:
    """Read all of standard input, as UTF-8; on a terminal, show a prompt first."""
    if sys.stdin is None:
        return ""
    if prompt and sys.stdin.isatty():
        click.echo(prompt, err=True)
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("standard input is not UTF-8 text") from None
    except OSError as error:
        message = f"standard input cannot be read: {error.strerror or error}"
        raise click.UsageError(message) from None
