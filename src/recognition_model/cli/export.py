"""`recognition-model export`: write the record in the formats of other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import click
from attrs import evolve

from recognition_model.cli.answer import Answer, findings_of
from recognition_model.cli.draw_options import draw_options, drawn
from recognition_model.cli.left_out import left_out, left_out_line, partial_option
from recognition_model.cli.options import (
    Country,
    SuggestedText,
    examples,
    help_with_words,
    known_by,
    to_file,
)
from recognition_model.cli.panel_options import panel_options, panel_table, panels
from recognition_model.cli.progress import waiting
from recognition_model.cli.scale_option import chosen_scale, scale_option
from recognition_model.cli.selection import (
    Selection,
    countries_alone,
    organisations_option,
    positions,
    reads_record,
    rules_option,
)
from recognition_model.cli.side_files import (
    describes,
    force_option,
    is_stream,
    refuse_existing,
    side_file,
)
from recognition_model.cli.streams import is_terminal
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.core.evidence import Source
from recognition_model.core.folder import Folder
from recognition_model.core.wording import did_you_mean, escape_invisible, near_words
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.formats import BINARY, FORMATS, PACKAGE, DoesNotFit, NeedsLibrary
from recognition_model.exports.units import Unit
from recognition_model.exports.written import Written
from recognition_model.io.atomic import Content, write_whole

_OF_COUNTRIES = ("waits", *(f"country_{unit.value}" for unit in Unit))
"""The tables that hold no organisation."""

STDOUT = "-"
DESCRIBED = ("csv", "dta")
"""Endings of files that cannot hold the version of the data: a descriptor beside them does."""


def _tables(_: click.Context) -> Iterable[str]:
    from recognition_model.exports.catalogue import TABLES

    return TABLES


@click.command(
    "export",
    help=help_with_words(
        "Write the record in a format of other programs.",
        {word: kind.summary for word, kind in FORMATS.items()},
        "Without a country, write all countries, and for csl and bibtex the whole register."
        " The tables entries, evidence and sources hold organisations too; the others do with"
        " --with-organisations, except panels and waits."
        " Beside a .csv or .dta file, NAME_datapackage.json says what its columns mean and which"
        " version of the data it holds.",
    ),
    epilog=examples(
        "recognition-model export csv RUS KAZ -o tables.zip",
        "recognition-model export csv --unit year -o years.csv",
        "recognition-model export csv --table changes -o - | head -3",
        "recognition-model export csv --draws 20 --seed 1 -o imputed.zip",
    ),
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("countries", nargs=-1, type=Country())
@to_file(
    "Write this file. Its ending chooses a data package (.zip) or one table; `-` writes to standard"
    " output."
)
@click.option(
    "--table",
    type=SuggestedText(_tables),
    help="Write this table alone, into a .csv, .parquet, .dta, .sav or .xlsx file.",
)
@click.option(
    "--excel",
    is_flag=True,
    help="Begin a .csv file with a byte order mark, so that Excel reads all letters right.",
)
@click.option(
    "--dates",
    type=click.Choice(DATE_READINGS),
    help="How panels and XES read uncertain dates. Default: all; for XES earliest.",
)
@panel_options
@scale_option("Add columns to panels for the levels of a scale, and its levels to the codebook.")
@draw_options
@partial_option
@force_option
@known_by
@reads_record
@rules_option
@organisations_option
def command(
    form: str,
    countries: tuple[str, ...],
    output: Path,
    table: str | None,
    excel: bool,  # noqa: FBT001 - click gives it by name
    dates: DateReading | None,
    unit: str | None,
    frame: str | None,
    scale: str | None,
    draws: int | None,
    seed: int | None,
    partial: bool,  # noqa: FBT001 - click calls with names
    force: bool,  # noqa: FBT001
    known_by: date | None,
    record: Selection,
) -> Answer:
    from recognition_model import exports
    from recognition_model.analysis.edition import edition_of
    from recognition_model.analysis.readings import NoConsistentReading

    table = panel_table(form, output, table, unit)
    if table in _OF_COUNTRIES:
        countries_alone(countries, f"the table {table} shows countries")
    ending = _export_ending(form, output, table, dates)
    draw = drawn(form, table, dates, draws, seed)
    if excel and ending != "csv":
        raise click.UsageError("--excel goes with one table as .csv: see also `export excel`")
    piped = str(output) == STDOUT
    if piped and ending in BINARY and is_terminal(sys.stdout):
        raise click.UsageError(f"a .{ending} file is no text: write it to a file or into a pipe")
    folder, replays = record.replayed(countries, known_by)
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    missing = left_out(folder, countries)
    if missing and not partial:
        hint = "Nothing was written (--partial writes the rest)."
        why = [f"{line} {hint}" for line in left_out_line(missing)]
        return Answer(findings=findings_of(folder, replays), notes=why, fell_short=True)
    options: dict[str, Any] = {
        "only": table,
        "dates": dates,
        "register": None if countries else _register(folder, known_by),
        "ours": not record.beside and not edition_of(replays).own,
        "collectives": folder.collectives,
        "vocabulary": folder.vocabulary,
        "left_out": missing,
        "organisations": () if countries else _listed(folder, replays, known_by),
        "excel": excel,
        **draw,
        **panels(form, table, unit, frame, scale),
        "scale": chosen_scale(scale, folder),
    }
    writing = _Writing(form, replays, ending, output, options)
    files = {} if piped else writing.files(force=force)
    answer = Answer(findings=findings_of(folder, replays))
    try:
        with waiting("Writing"):
            if piped:
                data = exports.export(form, replays, ending, **options)
                return evolve(answer, raw=data, notes=[*writing.notes, *left_out_line(missing)])
            write_whole(files)
    except (NeedsLibrary, DoesNotFit) as reason:
        raise click.UsageError(str(reason)) from None
    except NoConsistentReading as undrawn:
        raise click.UsageError(f"{undrawn}; leave the country out, or write no draws") from None
    text = "\n".join([*map(writing.line, files), *left_out_line(missing)])
    return evolve(answer, text=text, notes=writing.notes)


def _listed(folder: Folder, replays: Sequence[Replay], known_by: date | None) -> list[Replay]:
    """Replay the organisations whose entries tables list beside those of the countries."""
    shown = {replay.country for replay in replays}
    codes = [one.country for one in folder.organisations if one.country not in shown]
    found = positions(folder, codes, None, known_by) if codes else []
    return [replay for replay, _ in found]


def _register(folder: Folder, known_by: date | None) -> list[Source]:
    """List the sources of the whole register that were surely public by a day."""
    everything = (folder.sources[name] for name in sorted(folder.sources))
    return [s for s in everything if known_by is None or s.public.latest <= known_by]


class _Writing:
    """The files of one export, and what to say of them."""

    def __init__(
        self,
        form: str,
        replays: Sequence[Replay],
        ending: str,
        output: Path,
        options: Mapping[str, Any],
    ) -> None:
        self.form, self.replays, self.ending = form, replays, ending
        self.output, self.options = output, options
        self.written: Written | None = None
        self.size = ""

    @property
    def notes(self) -> list[str]:
        """The version of a table that goes where no descriptor can stand beside it."""
        from recognition_model.exports import version_of

        if self.ending not in DESCRIBED or not is_stream(self.output):
            return []
        return [f"note: version {version_of(self.form, self.replays, self.ending, **self.options)}"]

    def files(self, *, force: bool) -> dict[Path, Content]:
        """What to write: the output, and its descriptor beside it if it cannot hold one."""
        files: dict[Path, Content] = {self.output: self._data}
        if self.ending in DESCRIBED and not is_stream(self.output):
            beside = side_file(self.output, "datapackage.json")
            refuse_existing([beside] if not describes(beside, self.output) else [], force=force)
            files[beside] = self._descriptor
        return files

    def line(self, path: Path) -> str:
        """What standard output says of a file."""
        if path == self.output:
            what = f"{self.options['only'] or self.form}{self.size}"
        else:
            what = f"describes {escape_invisible(self.output.name)}, with its version"
        return f"wrote {escape_invisible(str(path))}: {what}"

    def _data(self, stream: BinaryIO) -> None:
        from recognition_model.exports import export_into

        self.written = export_into(stream, self.form, self.replays, self.ending, **self.options)
        if self.written is not None:
            self.size = f", {self.written.size:,} bytes"
        elif stream.seekable():
            self.size = f", {stream.tell():,} bytes"

    def _descriptor(self, stream: BinaryIO) -> None:
        from recognition_model.exports import describe

        if self.written is None:
            raise TypeError("a descriptor needs the table that was written")
        name = self.output.name
        described = describe(
            self.form, self.replays, self.ending, name, self.written, **self.options
        )
        stream.write(described)


def _export_ending(form: str, output: Path, table: str | None, dates: str | None) -> str:
    """Return the ending of the file to write; `UsageError` if the options do not fit together."""
    from recognition_model.exports.catalogue import TABLES

    kind = FORMATS[form]
    if str(output) == STDOUT:
        ending = kind.endings[-1 if table and kind.tabular else 0]
    else:
        ending = output.suffix.lower().removeprefix(".")
    if ending not in kind.endings:
        endings = " or ".join(f".{known}" for known in kind.endings)
        raise click.UsageError(
            f"{form} ends in {endings}, not as {escape_invisible(output.name)!r}"
        )
    if table is not None and not kind.tabular:
        raise click.UsageError(f"--table cannot be used with `export {form}`")
    if table is not None and table not in TABLES:
        near = did_you_mean(near_words(table, TABLES)) or f"there are {', '.join(TABLES)}"
        raise click.UsageError(f"no table is called {table!r}: {near}")
    if kind.tabular and not kind.both and (table is None) != (ending == PACKAGE):
        one_table = f"a .{kind.endings[-1]} the one that --table names"
        many_tables = f"a .{PACKAGE} holds all tables, {one_table}"
        raise click.UsageError(f"{many_tables}: {', '.join(TABLES)}")
    if dates is not None and not kind.dated:
        raise click.UsageError(f"--dates cannot be used with `export {form}`")
    if dates is not None and dates not in kind.readings:
        fits = " or ".join(kind.readings)
        raise click.UsageError(f"`export {form}` reads each date at one day: --dates {fits}")
    return ending
