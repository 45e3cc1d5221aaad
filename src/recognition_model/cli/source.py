"""`recognition-model source add`: begin an entry of a register of sources."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from datetime import date, datetime
from pathlib import Path

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import examples
from recognition_model.core.diagnostics import REGISTERS, RecordError
from recognition_model.core.web_addresses import AddressError
from recognition_model.core.wording import escape_invisible
from recognition_model.io.atomic import write_new, write_whole
from recognition_model.io.discovery import is_special, not_ordinary
from recognition_model.io.files import read_bytes, read_text
from recognition_model.io.known_sources import is_placeholder
from recognition_model.io.source_draft import (
    LEFT_OPEN,
    KnownSource,
    NotAppendable,
    SourceDraft,
    add_source,
    addresses_in,
    new_register_with,
    new_source,
)


@click.command(
    "source",
    epilog=examples(
        "recognition-model source add https://example.org/2025/07/03/talks -o -",
        "recognition-model source add https://example.org/talks -o my-record",
    ),
)
@click.argument("do", type=click.Choice(["add"]), metavar="add")
@click.argument("url")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Add it to this register, or to sources.yaml in this folder; - is standard output.",
)
def command(do: str, url: str, output: Path) -> Answer:  # noqa: ARG001 - the one thing to do
    """Begin the entry of a source from its web address.

    The name, the publisher and the type follow sources of the register from the same host, else
    the host's name; `seen` is today. Title, date, language and reliability are left for you to fill
    in: until then, reading the register names them. Nothing is looked up on the network. An address
    that a register has already is not added: the answer names its source. From an address of
    web.archive.org, `url` is the page, and `archive` the address of the copy.
    """
    path = None if str(output) == "-" else _register(output)
    text = read_text(path) if path and os.path.lexists(path) else ""
    shown = escape_invisible(str(path))
    try:
        draft = new_source(
            url, today(), own=addresses_in(text, str(path)) if text.strip() else None
        )
    except AddressError as error:
        raise click.UsageError(escape_invisible(str(error))) from None
    except KnownSource as known:
        return Answer(notes=[f"{known}"], fell_short=True)
    notes = _notes(draft, path)
    if path is None:
        return Answer(text=draft.text().rstrip("\n"), notes=notes)
    if not text.strip():
        write = write_whole if path.exists() else write_new
        write({path: new_register_with(draft).encode()})
        return Answer(text=f"wrote {shown}, with {draft.id}", notes=notes)
    try:
        added = add_source(text, draft, str(path))
    except NotAppendable as error:
        hint = "with `-o -` the entry is printed, to be put in by hand"
        raise click.ClickException(f"nothing was added to {shown}: {error}; {hint}") from None
    mark = BOM_UTF8 if read_bytes(path).startswith(BOM_UTF8) else b""
    write_whole({path: mark + added.encode()})
    return Answer(text=f"added {draft.id} to {shown}", notes=notes)


def today() -> date:
    """Return today's date: the day on which the source was seen."""
    return datetime.now().astimezone().date()


def _register(output: Path) -> Path:
    """Return the register to write: in a folder, the one that it has, or sources.yaml."""
    if not output.is_dir():
        return output
    has = [output / name for name in REGISTERS if os.path.lexists(output / name)]
    path = has[0] if has else output / REGISTERS[0]
    if is_special(path):
        raise RecordError([not_ordinary(path)])
    return path


def _notes(draft: SourceDraft, path: Path | None) -> list[str]:
    notes = []
    if draft.dropped:
        dropped = escape_invisible(", ".join(draft.dropped))
        notes.append(f"note: left out of the address what only tracks readers: {dropped}")
    notes.append(f"note: fill in {', '.join(LEFT_OPEN[:-1])} and {LEFT_OPEN[-1]}")
    if is_placeholder(draft.id):
        notes.append(f"note: put the date into the name {draft.id}, before you cite it")
    if path is not None and path.name not in REGISTERS:
        notes.append(
            f"note: records cite only sources of a file named {REGISTERS[0]} in their folder"
        )
    return notes
