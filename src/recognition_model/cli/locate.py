"""`recognition-model locate`: make a locator from a passage."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples
from recognition_model.cli.standard_input import read_stdin
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.evidence import Sources
from recognition_model.core.locators import Copy, Locator, letters_of
from recognition_model.core.wording import did_you_mean, escape_invisible, near_words
from recognition_model.io.files import MAX_TEXT, read_text
from recognition_model.io.loader import read_sources

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _sources_to_complete(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Sources that a shell offers: those of the user's register first, then the shipped ones."""
    from click.shell_completion import CompletionItem

    shipped = read_sources()
    own: Sources = {}
    with suppress(RecordError):  # the command itself tells what is wrong with it
        if register := ctx.params.get("register"):
            own = read_sources(register)
    return [
        CompletionItem(name, help=str(sources[name]))
        for sources in (own, shipped)
        for name in sorted(sources)
        if name.startswith(incomplete) and (sources is own or name not in own)
    ]


def _shown(path: Path | None) -> str:
    return escape_invisible(str(path))


@click.command(
    "locate",
    epilog=examples(
        "recognition-model locate tass-2022-01-31 --passage passage.txt",
        "recognition-model locate tass-2022-01-31 copy.txt < passage.txt",
    ),
)
@click.argument("source", shell_complete=_sources_to_complete)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    "register",
    type=click.Path(path_type=Path),
    help="Look up SOURCE in this register too.",
)
@click.option(
    "--passage",
    type=click.Path(path_type=Path),
    default=Path("-"),
    help="Read the passage from this file, in UTF-8. Default: standard input.",
)
@as_format
def command(
    source: str, file: Path | None, register: Path | None, passage: Path, fmt: str
) -> Answer:
    """Make a locator for a passage of SOURCE, read from standard input or a file.

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
    copy = Copy(read_text(file, MAX_TEXT)) if file is not None else None
    text = _passage(passage)
    try:
        locators = [Locator.of(text)] if copy is None else copy.locate(text)
    except ValueError as error:
        where = "on standard input" if str(passage) == "-" else f"in {_shown(passage)}"
        what = "no locator for the passage" if letters_of(text) else "no passage"
        raise click.UsageError(f"{what} {where}: {error}") from None
    if not locators:
        raise click.ClickException(f"{_shown(file)} does not contain the passage")
    if fmt == "json":
        return Answer(
            data={
                "format": "recognition-locator/1",
                "source": source,
                "locators": [locator.to_dict() for locator in locators],
            }
        )
    return Answer(text="\n".join(f"at: {locator}" for locator in locators))


def _passage(path: Path) -> str:
    """Read the passage from a file or standard input, as UTF-8."""
    if str(path) != "-":
        return read_text(path)
    end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
    return read_stdin(f"Paste the passage; end with {end} on a line of its own.")
