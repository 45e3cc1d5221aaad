"""`recognition-model locate`: make a locator from a passage."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples
from recognition_model.core.locators import Copy, Locator
from recognition_model.core.wording import did_you_mean, escape_invisible, near_words
from recognition_model.io.loader import read_sources, read_text


@click.command(
    "locate",
    epilog=examples(
        "recognition-model locate tass-2022-01-31 < passage.txt",
        "recognition-model locate tass-2022-01-31 copy.txt < passage.txt",
    ),
)
@click.argument("source")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    "register",
    type=click.Path(path_type=Path),
    help="Look up SOURCE in this register too.",
)
@as_format
def command(source: str, file: Path | None, register: Path | None, fmt: str) -> Answer:
    """Make a locator for a passage of SOURCE, read from standard input.

    With FILE, a copy of the source's text, look up the passage there and give its paragraph.
    """
    known = read_sources()
    if register is not None:
        known = read_sources(register, known)
    if source not in known:
        near = did_you_mean(near_words(source, known, most=3))
        hint = f": {near}" if near else ""
        own = " (for your own register: --sources)" if register is None else ""
        raise click.UsageError(f"the source {source!r} is not in the register{hint}{own}")
    copy = Copy(read_text(file)) if file is not None else None
    passage = _passage()
    try:
        locators = [Locator.of(passage)] if copy is None else copy.locate(passage)
    except ValueError as error:
        raise click.UsageError(f"no passage on standard input: {error}") from None
    if not locators:
        raise click.ClickException(f"{escape_invisible(str(file))} does not contain the passage")
    if fmt == "json":
        return Answer(
            data={
                "format": "recognition-locator/1",
                "source": source,
                "locators": [locator.to_dict() for locator in locators],
            }
        )
    return Answer(text="\n".join(f"at: {locator}" for locator in locators))


def _passage() -> str:
    """Read all of standard input, as UTF-8."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        click.echo("Paste the passage; end with Ctrl-D on a line of its own.", err=True)
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("the passage on standard input is not UTF-8 text") from None
    except OSError as error:
        message = f"standard input cannot be read: {error.strerror or error}"
        raise click.UsageError(message) from None
