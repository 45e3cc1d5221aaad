"""`recognition-model reviewed`: note that files were searched again, and log the search."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import unified_diff
from pathlib import Path

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.here import files_here
from recognition_model.cli.options import Country, examples, last_day, one_day
from recognition_model.core.countries import named
from recognition_model.core.diagnostics import LOGS, REGISTERS, RecordError
from recognition_model.core.evidence import Source
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario
from recognition_model.core.searches import Search
from recognition_model.core.types import CountryCode
from recognition_model.core.wording import did_you_mean, escape_invisible, near_words
from recognition_model.io.atomic import write_whole
from recognition_model.io.files import read_bytes
from recognition_model.io.loader import load_folder, record_root, version_of
from recognition_model.io.logs import beside
from recognition_model.io.review import NotEditable, with_reviewed, with_search

_WHERE = "public web pages"


@click.command(
    "reviewed",
    epilog=examples(
        "recognition-model reviewed RUS --on 2026-06-30 --searched envoys --dry-run",
        "recognition-model reviewed FJI TUV --on 2026-06-30 --searched aid --dry-run",
    ),
)
@click.argument(
    "countries", metavar="COUNTRY...", nargs=-1, required=True, type=Country(every=True)
)
@last_day("--on", "The day up to which you searched.")
@click.option("--searched", required=True, metavar="TEXT", help="The words that you searched for.")
@click.option(
    "--where",
    default=_WHERE,
    metavar="TEXT",
    help=f"Where you searched, and in which languages. Default: {_WHERE}.",
)
@click.option(
    "--found",
    multiple=True,
    metavar="SOURCE",
    help="A source that came of it, by its name in the register. May be repeated.",
)
@click.option("--dropped", default="", metavar="TEXT", help="What you read and left out, and why.")
@one_day("--seen", "The day on which you searched. Default: the day of --on.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--scenarios",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    help="The folder of the files. Default: the scenario files here, else the shipped record.",
)
def command(
    countries: tuple[str, ...],
    on: date | None,
    searched: str,
    where: str,
    found: tuple[str, ...],
    dropped: str,
    seen: date | None,
    dry_run: bool,  # noqa: FBT001 - click calls with names
    paths: tuple[Path, ...],
) -> Answer:
    """Set `reviewed:` in the files of countries, and add the search to the log of their folder.

    The log is searches.yaml beside the files, in a clone of this project that in seeds/. Nothing
    else in a file changes, and all files are written or none. A country without a file gets its
    line in the log alone. A second run with the same words changes nothing.
    """
    if on is None:
        raise click.UsageError("say up to which day you searched: `--on DAY`")
    if len(paths) > 1:
        raise click.UsageError("one folder at a time: each has its own log")
    place = paths[0] if paths else _folder()
    if not place.is_dir():
        raise click.UsageError(f"{escape_invisible(str(place))} is not a folder of scenario files")
    version = version_of([place])
    seeds = _from_here(version.seeds) if version.has(place) else place
    record = load_folder([place])
    countries = tuple(dict.fromkeys(countries))
    scenarios = _scenarios(record, countries)
    search = Search(
        countries=tuple(map(CountryCode, countries)),
        reviewed=on,
        seen=seen or on,
        where=where.strip(),
        searched=searched.strip(),
        found=_sources(record, found),
        dropped=dropped.strip(),
    )
    _check(scenarios, search)
    texts = _new_texts(scenarios, seeds, record, search)
    absent = [code for code in countries if code not in {one.country for one in scenarios}]
    notes = [f"note: {named(code)} has no file; only the log has the search" for code in absent]
    if not texts:
        return Answer(text="nothing to do: files and log say so already", notes=notes)
    if dry_run:
        return Answer(text=_diff(texts), notes=notes)
    write_whole({file: new for file, (_, new) in texts.items()})
    lines = [f"{escape_invisible(str(file))}: {_what(file, on)}" for file in texts]
    return Answer(text="\n".join(lines), notes=notes)


def _folder() -> Path:
    """The folder of the scenario files here, else that of the shipped record in a clone."""
    here = files_here()
    if here is not None:
        return here.folder
    shipped = record_root("scenarios")
    if (shipped.parent / "__init__.py").is_file():  # inside the package
        raise click.UsageError(
            f"the installed record in {escape_invisible(str(shipped))} cannot be changed: name your"
            " folder with --scenarios, or run this in a clone of the project"
        )
    return _from_here(shipped)


def _from_here(path: Path) -> Path:
    """The path as a reader at the current folder would write it, if it lies near."""
    near = Path(os.path.relpath(path))
    return path if near.parts.count(os.pardir) > 1 else near


def _scenarios(record: Folder, countries: Sequence[str]) -> list[Scenario]:
    """The files of the countries that have one. Raises `RecordError` if one may be unusable."""
    by_code: dict[str, Scenario] = {one.country: one for one in record.all_scenarios}
    needed = {*REGISTERS, *LOGS} | {
        f"{code}{end}" for code in countries for end in (".yaml", ".yml")
    }
    absent = any(code not in by_code for code in countries)
    errors = [
        one
        for one in record.findings
        if one.is_error and (absent or Path(one.place.file).name in needed)
    ]
    if errors:
        raise RecordError(errors)
    return [by_code[code] for code in countries if code in by_code]


def _sources(record: Folder, names: Iterable[str]) -> tuple[Source, ...]:
    for name in names:
        if name not in record.sources:
            near = did_you_mean(near_words(name, record.sources))
            hint = near or "add it to the register first"
            raise click.UsageError(f"the source {name!r} is not in the register: {hint}")
    return tuple(record.sources[name] for name in dict.fromkeys(names))


def _check(scenarios: Iterable[Scenario], search: Search) -> None:
    """Raise `UsageError` with every reason why the day cannot be that of the files."""
    day = search.reviewed
    bad = []
    if day > search.seen:
        bad.append(f"a search of {search.seen} cannot have looked up to {day}")
    for one in scenarios:
        if day < one.documented_until:
            bad.append(f"{named(one.country)} is documented until {one.documented_until}")
        elif one.reviewed is not None and day < one.reviewed:
            bad.append(f"{named(one.country)} was reviewed up to {one.reviewed} already")
    for name, text in (("--searched", search.searched), ("--where", search.where)):
        if not text:
            bad.append(f"{name} is empty")
    if bad:
        raise click.UsageError(f"nothing was written for {day}: {'; '.join(bad)}")


Texts = Mapping[Path, tuple[bytes, bytes]]


def _new_texts(scenarios: Iterable[Scenario], seeds: Path, record: Folder, search: Search) -> Texts:
    """The files that change, each with its bytes before and after."""
    texts: dict[Path, tuple[bytes, bytes]] = {}
    for one in scenarios:
        if one.reviewed != search.reviewed:
            file = Path(one.file)
            texts[file] = _edited(
                file, lambda text, name: with_reviewed(text, search.reviewed, name)
            )
    logged = [old for log in record.searches.values() for old in log.searches]
    if not any(_same(old, search) for old in logged):
        file = beside(seeds, LOGS) or seeds / LOGS[0]
        texts[file] = _edited(file, lambda text, name: with_search(text, search, name))
    return texts


def _edited(file: Path, edit: Callable[[str, str], str]) -> tuple[bytes, bytes]:
    data = read_bytes(file) if os.path.lexists(file) else b""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    text = data.removeprefix(BOM_UTF8).decode()
    try:
        return data, mark + edit(text, str(file)).encode()
    except NotEditable as error:
        shown = escape_invisible(str(file))
        raise click.ClickException(
            f"nothing was written: {shown} cannot be edited: {error}; write it by hand"
        ) from None


def _same(old: Search, new: Search) -> bool:
    """Whether a log has a search already, in whatever order its countries are."""
    same = {**old.to_dict(), "countries": {*old.countries}}
    return same == {**new.to_dict(), "countries": {*new.countries}}


def _what(file: Path, day: date) -> str:
    return "search added" if file.name in LOGS else f"reviewed up to {day}"


def _diff(texts: Texts) -> str:
    """What would change, as a unified diff."""
    lines: list[str] = []
    for file, (old, new) in texts.items():
        before, after = (data.decode("utf-8-sig").splitlines() for data in (old, new))
        name = escape_invisible(file.as_posix())
        lines += unified_diff(before, after, name, name, n=1, lineterm="")
    return "\n".join(map(escape_invisible, lines))
