"""`recognition-model plot`: draw a picture into a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from recognition_model.cli.answer import Answer, findings_of
from recognition_model.cli.coding_paths import Coding, path_of
from recognition_model.cli.layout_options import (
    NAMES,
    chosen_layout,
    chosen_title,
    layout_options,
)
from recognition_model.cli.left_out import left_out, left_out_line
from recognition_model.cli.options import (
    Days,
    examples,
    first_day,
    help_with_words,
    known_by,
    last_day,
    read_at,
    stage_option,
    to_file,
)
from recognition_model.cli.progress import waiting
from recognition_model.cli.questions import Subject, answered
from recognition_model.cli.scale_option import chosen_scale, known_level, scale_option
from recognition_model.cli.selection import Selection, countries_alone, reads_record, rules_option
from recognition_model.cli.side_files import force_option, left_over, refuse_existing, side_file
from recognition_model.core.countries import named
from recognition_model.core.dates import OPEN_END, OPEN_START, DateReading
from recognition_model.core.diagnostics import Finding
from recognition_model.core.folder import Folder
from recognition_model.core.wording import escape_invisible
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.atomic import write_whole
from recognition_model.io.loader import load_folder
from recognition_model.plots.kinds import KINDS

SIDE_TABLES = ("table", "waits")
"""The names of the tables that `--table` writes beside one kind of picture or another."""


@click.command(
    "plot",
    help=help_with_words(
        "Draw a picture of the record.",
        {word: kind.summary for word, kind in KINDS.items()},
        "Without a country, draw all countries; a picture of one or a few needs their names."
        " `robustness` takes a question in the place of countries, as the command of that name"
        " does.",
    ),
    epilog=examples(
        "recognition-model plot history RUS -o russia.svg",
        "recognition-model plot share --since 2021-08-15 --table -o share.png",
        "recognition-model plot robustness stage RUS 2024-05-28 -o russia-holds.svg",
    ),
)
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
@click.argument("countries", nargs=-1, type=Subject())
@to_file("Write this file: .svg, .pdf or .png.")
@click.option(
    "--table",
    is_flag=True,
    help="Also write the data as CSV: NAME_table.csv, for time-to-stage NAME_waits.csv too.",
)
@force_option
@first_day("--since", "Draw from this day on.")
@last_day("--until", "Draw up to this day.")
@click.option("--fold", is_flag=True, help="Draw the years before 2021 narrower than later ones.")
@click.option("--even", is_flag=True, hidden=True, help="Draw all years alike, as without it.")
@click.option(
    "--against",
    type=Coding(),
    metavar="PATH",
    help="The other coding of the country: a folder, a file, or the word `shipped`.",
)
@click.option(
    "--within",
    type=click.IntRange(0),
    metavar="DAYS",
    help="Match two entries of two codings with the same word if they are at most this many days"
    " apart. Default: 183.",
)
@stage_option("Measure the time to this stage.")
@click.option(
    "--level",
    help="With --scale, measure the time to this level. Default: the highest.",
)
@first_day("--origin", "Measure the time from this day. Default: 2021-08-15.")
@click.option(
    "--without-assumed",
    is_flag=True,
    help="Leave out countries whose stage on the first day is only assumed.",
)
@last_day("--on", "Draw the map of this day. Default: each country on its last documented day.")
@click.option(
    "--days",
    type=Days(2, 4),
    metavar="A,B",
    help="Draw two to four small maps, of these days: 2001-08-20,2021-08-31,2025.",
)
@click.option(
    "--region", is_flag=True, help="Draw only Afghanistan and the countries around it, larger."
)
@click.option(
    "--choices",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Use the choices that this file lists, as `robustness --choices` does.",
)
@scale_option("Draw the levels of this scale in the place of stages.")
@layout_options
@known_by
@read_at
@reads_record
@rules_option
def command(
    kind: str,
    countries: tuple[str, ...],
    output: Path,
    table: bool,  # noqa: FBT001 - click calls with names
    force: bool,  # noqa: FBT001
    known_by: date | None,
    dates: DateReading,
    scale: str | None,
    record: Selection,
    **asked: Any,
) -> Answer:
    from recognition_model.plots import ENDINGS, PictureError, picture

    if KINDS[kind].asks:
        _every_table(kind, record.rules, dates)
    if KINDS[kind].rules:
        _only_rules(kind, {"--known-by": known_by, "--dates": dates != "all"}, countries, record)
    ending = output.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        endings = f"{', '.join(f'.{known}' for known in ENDINGS[:-1])} or .{ENDINGS[-1]}"
        raise click.UsageError(
            f"a picture ends in {endings}, not as {escape_invisible(output.name)!r}"
        )
    layout, title = chosen_layout(asked, ending), chosen_title(asked["title"])
    options = {
        name: value
        for name, value in asked.items()
        if (value or name == "within") and value is not None and name not in NAMES
    }
    if asked["no_sources"] and not KINDS[kind].lists_sources:
        raise click.UsageError(f"--no-sources cannot be used with `plot {kind}`: it lists none")
    if scale is not None and "stage" in options:
        raise click.UsageError("--stage cannot be used with --scale: --level names a level of it")
    if scale is None and "level" in options:
        raise click.UsageError("--level needs --scale: the scale that has the level")
    if scale is not None and not KINDS[kind].scaled:
        fits = ", ".join(word for word, known in KINDS.items() if known.scaled)
        raise click.UsageError(f"--scale cannot be used with `plot {kind}` (only with: {fits})")
    for name in options:
        if name not in KINDS[kind].options:
            fits = ", ".join(word for word, known in KINDS.items() if name in known.options)
            message = (
                f"--{name.replace('_', '-')} cannot be used with `plot {kind}` (only with: {fits})"
            )
            raise click.UsageError(message)
    if options.get("since", OPEN_START) > options.get("until", OPEN_END):
        raise click.UsageError("--since is later than --until")
    if "on" in options and "days" in options:
        raise click.UsageError("--on cannot be used with --days")
    if "fold" in options and "even" in options:
        raise click.UsageError("--fold cannot be used with --even")
    if not (KINDS[kind].one or KINDS[kind].asks):
        countries_alone(countries, f"`plot {kind}` shows countries; try `plot history`")
    folder = Folder()
    replays: list[Replay] = []
    if KINDS[kind].asks:
        with waiting("Going over the universes"):
            folder, replays, found = answered(
                countries, options.pop("choices", None), record, known_by
            )
        options["found"], countries = found, tuple(one.country for one in replays)
    elif not KINDS[kind].rules:
        folder, replays = record.replayed(countries, known_by)
        if not replays:
            return Answer(findings=folder.findings, fell_short=True)
    wrong = KINDS[kind].wrong_number(len(replays))
    if wrong or (KINDS[kind].chosen and not countries and len(folder.scenarios) > 1):
        shown = KINDS[kind].wrong_number(0)
        raise click.UsageError(f"`plot {kind}` draws {shown}: {KINDS[kind].example}")
    findings = findings_of(folder, replays)
    if "against" in KINDS[kind].options:
        options["against"], more = _other(options.get("against"), kind, replays[0], record)
        findings = [*findings, *more]
    if measure := chosen_scale(scale, folder):
        options["measure"] = measure
        if "level" in options:
            options["level"] = known_level(options["level"], measure)
    missing = left_out(folder, countries, organisations=KINDS[kind].one)
    try:
        with waiting("Drawing"):
            drawn = picture(
                kind,
                replays,
                dates=dates,
                left_out=missing,
                layout=layout,
                title=title,
                rules=record.rules,
                **options,
            )
            files = {output: drawn.data(ending)}
    except PictureError as error:
        raise click.UsageError(str(error)) from None
    if table:
        from recognition_model.exports.csv_lines import csv_text  # with all of `exports`

        beside = {side_file(output, f"{name}.csv"): rows for name, rows in drawn.tables.items()}
        refuse_existing(beside, force=force)
        files |= {path: csv_text(rows).encode() for path, rows in beside.items()}
    write_whole(files)
    tables = [side_file(output, f"{name}.csv") for name in SIDE_TABLES]
    notes = left_over(tables, files, "not written with this picture: {}")
    wrote = [f"wrote {escape_invisible(str(path))}: {drawn.title}" for path in files]
    text = "\n".join([*wrote, *left_out_line(missing)])
    return Answer(text=text, findings=findings, notes=notes)


def _every_table(kind: str, rules: RuleTable, dates: DateReading) -> None:
    """Refuse what a picture of universes goes over already."""
    hint = "it goes over the tables that ship; list others in a file for --choices"
    if rules != RULES:
        raise click.UsageError(f"--rules cannot be used with `plot {kind}`: {hint}")
    if dates != "all":
        hint = "it goes over all readings of the dates"
        raise click.UsageError(f"--dates cannot be used with `plot {kind}`: {hint}")


def _other(
    path: Path | None, kind: str, one: Replay, record: Selection
) -> tuple[Replay, Sequence[Finding]]:
    """Replay the other coding of a country; give the findings in its files too."""
    if path is None:
        raise click.UsageError(
            f"`plot {kind}` needs --against, the other coding: {KINDS[kind].example}"
        )
    folder = load_folder(path)
    scenario = next((s for s in folder.all_scenarios if s.country == one.country), None)
    if scenario is None:
        raise _NoOther(path, one.country, folder)
    other = replay(scenario, known_by=one.known_by, rules=record.rules)
    return other, findings_of(folder, [other])


class _NoOther(click.UsageError):
    """The other coding has no usable file of the country. `findings` may give the reason."""

    def __init__(self, path: Path, country: str, folder: Folder) -> None:
        where = escape_invisible(path_of(path))
        super().__init__(f"--against: {where} has no usable file of {named(country)}")
        self.findings = folder.findings


def _only_rules(
    kind: str, options: Mapping[str, object], countries: Collection[str], record: Selection
) -> None:
    """Refuse whatever chooses a part of the record: the picture shows nothing of it."""
    asked = [name for name, value in options.items() if value]
    asked += ["--scenarios"] if record.instead else []
    asked += ["--with"] if record.beside else []
    if countries:
        raise click.UsageError(f"`plot {kind}` shows the rule table: it takes no country")
    if asked:
        raise click.UsageError(
            f"{asked[0]} cannot be used with `plot {kind}`: it shows nothing of the record"
        )
