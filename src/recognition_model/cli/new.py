"""`recognition-model new`: begin a scenario file for a country."""

from __future__ import annotations

import os
from pathlib import Path

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import Country, examples
from recognition_model.core.countries import named
from recognition_model.core.wording import escape_invisible
from recognition_model.io.atomic import write_new, writing
from recognition_model.io.loader import REGISTERS, record_root


@click.command(
    "new",
    epilog=examples(
        "recognition-model new TUV",
        "recognition-model new Fiji -o -",
    ),
)
@click.argument("country", type=Country(every=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Write this file, or into this folder; - is standard output. Default: here.",
)
def command(country: str, output: Path) -> Answer:
    """Write a commented scenario file for a country. It replays without changes.

    The file is named after the country's alpha-3 code. A sources.yaml is written beside it if
    there is none. Existing files are not overwritten.
    """
    from recognition_model.io.scaffold import new_register, new_scenario

    shipped = record_root("scenarios") / f"{country}.yaml"
    notes = []
    if shipped.is_file():
        has = f"note: the shipped record has {named(country)}"
        notes.append(f"{has}; to start from it, copy {escape_invisible(str(shipped))}")
    if str(output) == "-":
        notes.append(
            f"note: save it as {country}.yaml, and put its sources into a sources.yaml beside it;"
            f" `recognition-model new {country}` writes both"
        )
        return Answer(text=new_scenario(country).rstrip("\n"), notes=notes)
    with writing(output):
        path = _file_for(country, output)
    files = {path: new_scenario(country).encode()}
    lines = [
        f"wrote {escape_invisible(str(path))}: {named(country)}, a scenario that claims nothing yet"
    ]
    with writing(path):
        among_shipped = path.parent.resolve() == shipped.parent.resolve()
    if among_shipped:
        register = record_root("seeds") / REGISTERS[0]
        lines.append(f"put its sources into {escape_invisible(str(register))}")
    elif not any(os.path.lexists(path.with_name(name)) for name in REGISTERS):
        register = path.with_name(REGISTERS[0])
        files[register] = new_register().encode()
        lines.append(f"wrote {escape_invisible(str(register))}: a register for its sources")
    try:
        write_new(files)
    except FileExistsError as error:  # created since the check above
        raise _exists(Path(error.filename)) from None
    lines.append(f"next: recognition-model replay {_as_argument(path)}")
    return Answer(text="\n".join(lines), notes=notes)


def _as_argument(path: Path) -> str:
    """Quote the path for a shell, so that no command reads it as an option."""
    from shlex import quote

    text = escape_invisible(str(path))
    return quote(f"./{text}" if text.startswith("-") else text)


def _file_for(country: str, output: Path) -> Path:
    """Return the path of a country's new file; `UsageError` if it exists or has a wrong name."""
    names = [f"{country}{ending}" for ending in (".yaml", ".yml")]
    path = output / names[0] if output.is_dir() else output
    if path.name not in names:
        if not path.suffix:
            raise click.UsageError(
                f"there is no folder {escape_invisible(str(path))}; make it first"
            )
        given = escape_invisible(path.name)
        wanted = f"a scenario of {named(country)} is named {names[0]}, not {given!r}"
        raise click.UsageError(f"{wanted}; or name a folder")
    for name in names:
        if os.path.lexists(path.with_name(name)):
            raise _exists(path.with_name(name))
    return path


def _exists(path: Path) -> click.UsageError:
    return click.UsageError(f"{escape_invisible(str(path))} already exists; not overwritten")
