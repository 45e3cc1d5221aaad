"""`recognition-model new`: begin scenario files for countries."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import Country, examples
from recognition_model.core.countries import named
from recognition_model.core.diagnostics import REGISTERS
from recognition_model.core.wording import escape_invisible
from recognition_model.io.atomic import write_new, writing
from recognition_model.io.loader import load_folder, record_root

_SCHEMAS = "schemas"  # the folder beside the files, named like the one in the package


@click.command(
    "new",
    epilog=examples(
        "recognition-model new TUV",
        "recognition-model new Fiji Tonga --bare -o my-record",
        "recognition-model new Fiji -o -",
    ),
)
@click.argument(
    "countries", metavar="COUNTRY...", nargs=-1, required=True, type=Country(every=True)
)
@click.option("--bare", is_flag=True, help="Write short files, without the guide and its example.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Write this file, or into this folder; - is standard output. Default: here.",
)
def command(countries: tuple[str, ...], bare: bool, output: Path) -> Answer:  # noqa: FBT001
    """Write a scenario file for each country. It replays without changes.

    A file is named after the country's alpha-3 code. Beside it are written, if they are not there,
    a sources.yaml and the folder schemas with what an editor needs to complete keys and words.
    A guide in each file explains all that it may contain. Existing files are not overwritten, and
    all files are written or none.
    """
    from recognition_model.io.scaffold import new_scenario

    countries = tuple(dict.fromkeys(countries))
    notes = [*filter(None, map(_shipped_one, countries))]
    if str(output) == "-":
        if len(countries) > 1:
            raise click.UsageError("standard output takes one country; name a folder for several")
        (country,) = countries
        notes.append(
            f"note: save it as {country}.yaml, and put its sources into a sources.yaml beside it;"
            f" `recognition-model new {country}` writes them"
        )
        return Answer(text=new_scenario(country, bare=bare).rstrip("\n"), notes=notes)
    paths = _files_for(countries, output)
    with writing(output):
        among_shipped = _is_shipped(paths[0].parent)
    files, folders, lines = _beside(paths[0].parent, bare=bare, among_shipped=among_shipped)
    schema = _schema_from(paths[0].parent, among_shipped=among_shipped)
    scenarios = {
        path: new_scenario(country, bare=bare, schema=schema).encode()
        for country, path in zip(countries, paths, strict=True)
    }
    wrote = [
        f"wrote {_shown(path)}: {named(country)}, a scenario that claims nothing yet"
        for country, path in zip(countries, paths, strict=True)
    ]
    try:
        write_new(scenarios | files, folders)
    except FileExistsError as error:  # created since the check above
        raise _exists(Path(error.filename)) from None
    again = f"next: recognition-model replay {' '.join(map(as_argument, paths))}"
    return Answer(text="\n".join([*wrote, *lines, again]), notes=notes)


def _shipped_one(country: str) -> str:
    """A note on the file that the shipped record has of a country, if it has one."""
    shipped = record_root("scenarios") / f"{country}.yaml"
    if not shipped.is_file():
        return ""
    has = f"note: the shipped record has {named(country)}"
    return f"{has}; to start from it, copy {_shown(shipped)}"


def _is_shipped(folder: Path) -> bool:
    return os.path.realpath(folder) == os.path.realpath(record_root("scenarios"))


def _schema_from(folder: Path, *, among_shipped: bool) -> str:
    """The path from a folder to the schema of its scenarios, as an editor reads it."""
    if not among_shipped:
        return f"{_SCHEMAS}/scenario.json"
    schemas = os.path.relpath(record_root(_SCHEMAS).resolve(), os.path.realpath(folder))
    return f"{Path(schemas).as_posix()}/scenario.json"


def _beside(
    folder: Path, *, bare: bool, among_shipped: bool
) -> tuple[dict[Path, bytes], list[Path], list[str]]:
    """What a folder lacks: files, the folders that they need, and lines that name them."""
    from recognition_model.io.json_schema import schema_text
    from recognition_model.io.scaffold import new_register

    if among_shipped:
        register = record_root("seeds") / REGISTERS[0]
        return {}, [], [f"put its sources into {_shown(register)}"]
    files: dict[Path, bytes] = {}
    lines = []
    kinds = ["scenario"]
    if not any(os.path.lexists(folder / name) for name in REGISTERS):
        register = folder / REGISTERS[0]
        files[register] = new_register(bare=bare, schema=f"{_SCHEMAS}/sources.json").encode()
        lines.append(f"wrote {_shown(register)}: a register for its sources")
        kinds.append("sources")
    schemas = {kind: folder / _SCHEMAS / f"{kind}.json" for kind in kinds}
    absent = {kind: path for kind, path in schemas.items() if not os.path.lexists(path)}
    if absent:
        record = load_folder()
        files |= {path: schema_text(kind, record).encode() for kind, path in absent.items()}
        names = " and ".join(_shown(path) for path in absent.values())
        lines.append(f"wrote {names}: for your editor")
    return files, [folder / _SCHEMAS] if absent else [], lines


def _files_for(countries: Sequence[str], output: Path) -> list[Path]:
    """Return the paths of new files; `UsageError` if one exists or has a wrong name."""
    with writing(output):
        if len(countries) > 1 and not output.is_dir():
            raise click.UsageError(
                f"{_shown(output)} is no folder; several countries need one that exists"
            )
        return [_file_for(country, output) for country in countries]


def _file_for(country: str, output: Path) -> Path:
    """Return the path of a country's new file; `UsageError` if it exists or has a wrong name."""
    names = [f"{country}{ending}" for ending in (".yaml", ".yml")]
    path = output / names[0] if output.is_dir() else output
    if path.name not in names:
        if not path.suffix:
            raise click.UsageError(f"there is no folder {_shown(path)}; make it first")
        given = escape_invisible(path.name)
        wanted = f"a scenario of {named(country)} is named {names[0]}, not {given!r}"
        raise click.UsageError(f"{wanted}; or name a folder")
    with writing(path):
        os.stat(os.path.join(path.parent, os.curdir))  # noqa: PTH116, PTH118 - pathlib drops the dot
    for name in names:
        if os.path.lexists(path.with_name(name)):
            raise _exists(path.with_name(name))
    return path


def _exists(path: Path) -> click.UsageError:
    return click.UsageError(f"{_shown(path)} already exists; not overwritten")


def _shown(path: Path) -> str:
    return escape_invisible(str(path))


def as_argument(path: Path) -> str:
    """Quote the path for a shell, so that no command reads it as an option."""
    from shlex import quote

    text = _shown(path)
    return quote(f"./{text}" if text.startswith("-") else text)
