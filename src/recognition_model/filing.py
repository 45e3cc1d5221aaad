"""The commands that write files. Each makes one `Answer`; what is written, is written whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

import recognition_model.collective as collective_claims
from recognition_model.answers import Answer, findings_of, replayed
from recognition_model.arguments import Country, Day, known_by, read_at, record_at, to_file
from recognition_model.countries import named
from recognition_model.dates import End
from recognition_model.diagnostics import in_order
from recognition_model.loading import REGISTERS, Folder, load_folder, record_root
from recognition_model.outcomes import Replay
from recognition_model.outputs import csv_text, write_new, write_whole
from recognition_model.replay import replay as run
from recognition_model.stages import Stage
from recognition_model.values import did_you_mean, near_words
from recognition_model.wording import many, visible

KINDS = ("history", "swimmer", "share", "network", "time-to-stage")
EXPORTS = ("csv", "parquet", "xes", "csl", "bibtex", "jsonld")
_TIMED = ("history", "swimmer", "share")
_CONCERNS = {"stage": ("time-to-stage",), "origin": ("time-to-stage",), "rules": ("network",)}


@click.command("new")
@click.argument("country", type=Country(every=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The file to write, a folder for it, or - for standard output; default: here.",
)
def new_command(country: str, output: Path) -> Answer:
    """Begin the record of a country: a commented file that replays as it is.

    The file is named by the country's alpha-3 code. A sources.yaml is written beside it where none
    is. Nothing is written over.
    """
    from recognition_model.starting import starter, starter_sources

    shipped = record_root("scenarios") / f"{country}.yaml"
    notes = []
    if shipped.is_file():
        has = f"note: the record that ships has {named(country)}"
        notes.append(f"{has}; to go on from there, copy {visible(str(shipped))}")
    if str(output) == "-":
        notes.append(
            f"note: save it as {country}.yaml; its sources go into a sources.yaml beside it, which"
            f" `recognition-model new {country}` would write too"
        )
        return Answer(text=starter(country).rstrip("\n"), notes=notes)
    path = _file_for(country, output)
    files = {path: starter(country).encode()}
    told = [f"wrote {visible(str(path))}: {named(country)}, a record that claims nothing yet"]
    if path.parent.resolve() == shipped.parent.resolve():
        register = record_root("seeds") / REGISTERS[0]
        told.append(f"its sources go into {visible(str(register))}")
    elif not any(os.path.lexists(path.with_name(name)) for name in REGISTERS):
        register = path.with_name(REGISTERS[0])
        files[register] = starter_sources().encode()
        told.append(f"wrote {visible(str(register))}: a register for its sources")
    try:
        write_new(files)
    except FileExistsError as error:  # it has come there since
        raise _there(Path(error.filename)) from None
    told.append(f"next: recognition-model replay {_as_argument(path)}")
    return Answer(text="\n".join(told), notes=notes)


def _as_argument(path: Path) -> str:
    """The path as a shell takes it, and no command for an option."""
    from shlex import quote

    told = visible(str(path))
    return quote(f"./{told}" if told.startswith("-") else told)


def _file_for(country: str, output: Path) -> Path:
    """The file for a country's new record; `UsageError` where it has one, or another's name."""
    names = [f"{country}{ending}" for ending in (".yaml", ".yml")]
    path = output / names[0] if output.is_dir() else output
    if path.name not in names:
        if not path.suffix:
            raise click.UsageError(f"there is no folder {visible(str(path))}; make it first")
        wanted = f"a record of {named(country)} is named {names[0]}, not {visible(path.name)!r}"
        raise click.UsageError(f"{wanted}; or name a folder")
    for name in names:
        if os.path.lexists(path.with_name(name)):
            raise _there(path.with_name(name))
    return path


def _there(path: Path) -> click.UsageError:
    return click.UsageError(f"{visible(str(path))} is there already, and nothing is written over")


@click.command("plot")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("countries", nargs=-1, type=Country())
@to_file("The file to write: .svg, .pdf or .png.")
@click.option("--table", is_flag=True, help="Write the same as CSV beside it.")
@click.option("--since", type=Day(), help="The first day to draw.")
@click.option("--until", type=Day(), help="The last day to draw.")
@click.option("--even", is_flag=True, help="Draw all years equally wide.")
@click.option("--stage", type=click.Choice(list(map(str, Stage))), help="Time to which stage.")
@click.option("--origin", type=Day(), help="Time from which day; default: 2021-08-15.")
@click.option("--rules", is_flag=True, help="Network of the rule table instead of the record.")
@known_by
@read_at
@record_at
def plot_command(
    kind: str,
    countries: tuple[str, ...],
    output: Path,
    table: bool,  # noqa: FBT001 - click calls with names
    known_by: date | None,
    dates: End,
    paths: tuple[Path, ...],
    **asked: Any,
) -> Answer:
    """Draw a picture of the record into a file.

    history: one country. swimmer: all of them, a row each. share: how many stood at each stage.
    network: moves between stages, or the rule table. time-to-stage: how soon a stage was reached.
    """
    from recognition_model.plots import ENDINGS, PLOTS, picture

    ending = output.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        endings = f"{', '.join(f'.{known}' for known in ENDINGS[:-1])} or .{ENDINGS[-1]}"
        raise click.UsageError(f"a picture ends in {endings}, not as {visible(output.name)!r}")
    options = {name: value for name, value in asked.items() if value}
    for name in options:
        if kind not in _CONCERNS.get(name, _TIMED):
            raise click.UsageError(f"--{name} does not concern {kind}")
    if dates != "all" and "rules" in options:
        raise click.UsageError("--dates does not concern --rules")
    if options.get("since", date.min) > options.get("until", date.max):
        raise click.UsageError("--since is later than --until")
    if "stage" in options:
        options["stage"] = Stage[options["stage"].upper()]
    folder, replays = replayed(countries, paths, known_by)
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    if PLOTS[kind].one and len(replays) != 1:
        raise click.UsageError("history draws one country: plot history RUS -o russia.svg")
    drawn = picture(kind, replays, dates=dates, **options)
    files = {output: drawn.data(ending)}
    if table:
        files[output.with_suffix(".csv")] = csv_text(drawn.table).encode()
    write_whole(files)
    told = "\n".join(f"wrote {visible(str(path))}: {drawn.title}" for path in files)
    findings = findings_of(folder, replays)
    return Answer(text=told, findings=findings)


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORTS))
@click.argument("countries", nargs=-1, type=Country())
@to_file("The file to write; its ending chooses between a data package (.zip) and one table.")
@click.option("--table", help="The one table to write into a .csv or .parquet.")
@click.option(
    "--dates",
    type=click.Choice(["earliest", "latest", "all"]),
    help="How panels and XES read uncertain dates; default: all, for XES earliest.",
)
@known_by
@record_at
def export_command(
    form: str,
    countries: tuple[str, ...],
    output: Path,
    table: str | None,
    dates: str | None,
    known_by: date | None,
    paths: tuple[Path, ...],
) -> Answer:
    """Write the record for other programs into a file; default: all countries.

    csv: long tables and the country-day, -month and -year panels, as a Frictionless data package
    (.zip), or one of them (--table NAME -o FILE.csv). parquet: the same as Parquet. xes: an event
    log for process mining. csl, bibtex: the sources (.json, .bib); without COUNTRY the whole
    register. jsonld: provenance as PROV-O.
    """
    from recognition_model import exports
    from recognition_model.exports.parquet import NeedsPyArrow

    ending = _export_ending(form, output, table, dates)
    folder, replays = replayed(countries, paths, known_by)
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    register = None
    if not countries:
        everything = (folder.sources[name] for name in sorted(folder.sources))
        register = [s for s in everything if known_by is None or s.public.latest <= known_by]
    try:
        data = exports.export(
            form,
            replays,
            ending,
            only=table,
            dates=exports.Dates(dates) if dates else None,
            register=register,
            ours=not paths,
        )
    except NeedsPyArrow as missing:
        raise click.UsageError(str(missing)) from None
    write_whole({output: data})
    findings = findings_of(folder, replays)
    told = f"wrote {visible(str(output))}: {table or form}, {len(data):,} bytes"
    return Answer(text=told, findings=findings)


def _export_ending(form: str, output: Path, table: str | None, dates: str | None) -> str:
    """The ending that chooses what is written; `UsageError` where the options do not fit."""
    from recognition_model.exports import FORMATS, PACKAGE, TABLES

    kind = FORMATS[form]
    ending = output.suffix.lower().removeprefix(".")
    if ending not in kind.endings:
        endings = " or ".join(f".{known}" for known in kind.endings)
        raise click.UsageError(f"{form} ends in {endings}, not as {visible(output.name)!r}")
    if table is not None and not kind.tabular:
        raise click.UsageError(f"--table does not concern {form}")
    if table is not None and table not in TABLES:
        near = did_you_mean(near_words(table, TABLES)) or f"there are {', '.join(TABLES)}"
        raise click.UsageError(f"no table is called {table!r}: {near}")
    if kind.tabular and (table is None) != (ending == PACKAGE):
        many_tables = f"a .{PACKAGE} holds all tables, a .{form} the one that --table names"
        raise click.UsageError(f"{many_tables}: {', '.join(TABLES)}")
    if dates is not None and not kind.dated:
        raise click.UsageError(f"--dates does not concern {form}")
    if form == "xes" and dates == "all":
        raise click.UsageError("an event has one time: --dates earliest or latest")
    return ending


@click.command("report")
@click.argument("countries", nargs=-1, type=Country())
@to_file("The file to write, ending in .html or .md.")
@known_by
@record_at
def report_command(
    countries: tuple[str, ...], output: Path, known_by: date | None, paths: tuple[Path, ...]
) -> Answer:
    """One file that tells all of countries, with pictures and sources; default: all countries.

    A page (.html) stands alone and opens from disk. Markdown (.md) gets its pictures in a folder
    beside it, and its sources as .json (CSL) and .bib.
    """
    if output.suffix.lower() not in (".html", ".md"):
        raise click.UsageError(f"a report ends in .html or .md, not as {visible(output.name)!r}")
    # Claims about many countries are checked over all of them.
    folder, replays = replayed(countries, paths, known_by, load_folder(paths))
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    told: dict[str, Any] = {
        "claims": _claims_about(countries, folder, known_by),
        "findings": folder.findings,
        "watch": _with_progress,
    }
    if output.suffix.lower() == ".html":
        from recognition_model.report.html import html_report

        files = {output: html_report(replays, **told).encode()}
    else:
        from recognition_model.report.markdown import markdown_report

        files = markdown_report(replays, output, **told)
    write_whole(files, {path.parent for path in files} - {output.parent})
    mine = [found for replay in replays for found in replay.findings]
    claimed = [found for check in told["claims"] for found in check.findings]
    wrote = f"wrote {visible(str(output))} ({many(len(replays), 'country', 'countries')})"
    return Answer(text=wrote, findings=in_order([*folder.findings, *mine, *claimed]))


def _claims_about(
    countries: Sequence[str], folder: Folder, known_by: date | None
) -> list[collective_claims.ClaimCheck]:
    """The claims checked over the whole folder: all, or those that name one of the countries."""
    replays = [run(scenario, known_by=known_by) for scenario in folder.scenarios]
    return [
        check
        for collective in folder.collectives
        for check in collective_claims.check(collective, replays, known_by=known_by)
        if not countries or {check.claim.country, *check.claim.among} & set(countries)
    ]


def _with_progress(replays: Sequence[Replay]) -> Iterator[Replay]:
    """The replays one by one, with a bar on standard error where somebody is watching it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from replays
        return
    with click.progressbar(replays, label="Drawing", file=sys.stderr) as bar:
        yield from bar
