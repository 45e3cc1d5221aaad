"""The command line: arguments in, exit code out. Each command makes one `Answer`."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click
from attrs import frozen

import recognition_model.collective as collective_claims
from recognition_model.arguments import (
    Country,
    Day,
    as_format,
    known_by,
    on_day,
    read_at,
    record_at,
)
from recognition_model.codes import CODES
from recognition_model.countries import name_of, named
from recognition_model.dates import End
from recognition_model.diagnostics import Finding, RecordError, in_order
from recognition_model.evidence import Attestation, Bearing, Voice
from recognition_model.history import Position
from recognition_model.lint import lint
from recognition_model.loading import (
    REGISTERS,
    Folder,
    load_folder,
    read_sources,
    read_text,
    record_root,
)
from recognition_model.locators import Copy, Locator
from recognition_model.outcomes import Replay
from recognition_model.outputs import csv_text, write_new, write_whole
from recognition_model.refusals import next_acts
from recognition_model.replay import replay as run
from recognition_model.report import text
from recognition_model.report.frames import finding_in_words
from recognition_model.rules import RULES, Reason
from recognition_model.scenario import STEP_OF, Scenario
from recognition_model.shapes import told_of
from recognition_model.stages import Act, Ban, Ranked, Stage
from recognition_model.values import did_you_mean, near_words
from recognition_model.wording import many, visible

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
_COMPLETE = "_RECOGNITION_MODEL_COMPLETE"


KINDS = ("history", "swimmer", "share", "network", "time-to-stage")
EXPORTS = ("csv", "parquet", "xes", "csl", "bibtex", "jsonld")
_TIMED = ("history", "swimmer", "share")
_CONCERNS = {"stage": ("time-to-stage",), "origin": ("time-to-stage",), "rules": ("network",)}


@frozen
class Answer:
    """What a command says: text or data for standard output, the rest for standard error."""

    text: str = ""
    data: dict[str, Any] | None = None
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()
    fell_short: bool = False

    @property
    def code(self) -> int:
        """0 clean, 1 findings or short of what was to be shown, 2 something unreadable."""
        if any(found.unreadable for found in self.findings):
            return UNUSABLE
        if self.fell_short:
            return FINDINGS
        return FINDINGS if any(found.is_error for found in self.findings) else CLEAN


class NotInRecord(click.UsageError):
    """A country without a usable record; `findings` may say why there is none."""

    def __init__(self, absent: Iterable[str], folder: Folder) -> None:
        absent = list(absent)
        names = ", ".join(named(code) for code in absent)
        have = ", ".join(named(s.country) for s in folder.scenarios) or "none"
        unused = any(found.is_error for found in folder.findings)
        told = "; files with the findings above were not used" if unused else ""
        own = f" (for files of your own: --scenarios; `new {absent[0]}` begins one)"
        own = "" if folder.scenarios and unused else own
        super().__init__(f"not in the record: {names}{told}{own}. Countries with a record: {have}")
        self.findings = folder.findings


class Word(click.ParamType):  # type: ignore[type-arg]  # as above
    """A code or word that `explain` knows."""

    name = "code"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        wanted = incomplete.lower()
        return [CompletionItem(w) for w in _explainable() if w.lower().startswith(wanted)]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recognition-model", message="%(prog)s %(version)s")
def cli() -> None:
    """Where does a country stand towards the Taliban government, since when, and who says so?

    Exit codes: 0 clean, 1 findings, 2 usage or unreadable input.
    """


@cli.command("replay")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@known_by
@as_format
def replay_command(paths: tuple[Path, ...], known_by: date | None, fmt: str) -> Answer:
    """Replay scenario files, or those of a folder; default: the record that ships."""
    folder = load_folder(paths)
    replays = [run(scenario, known_by=known_by) for scenario in folder.scenarios]
    checks = [
        check
        for collective in folder.collectives
        for check in collective_claims.check(collective, replays, known_by=known_by)
    ]
    other = [*folder.findings, *(found for check in checks for found in check.findings)]
    if known_by is None:  # a second look is taken at the files as they are, not at a past day
        other += lint(folder, replays)
    findings = in_order([*other, *(found for replay in replays for found in replay.findings)])
    if fmt == "json":
        data = {
            "format": "recognition-replay/1",
            "replays": [replay.to_dict() for replay in replays],
            "claims": [check.to_dict() for check in checks],
            "findings": [found.to_dict() for found in other],
        }
        return Answer(data=data, findings=findings)
    parts = [text.replay_in_words(replay) for replay in replays]
    if checks:
        parts.append(text.claims_in_words(checks))
    parts.append(text.summary(replays, findings))
    return Answer(text="\n\n".join(parts), findings=findings)


@cli.command()
@click.argument("countries", nargs=-1, type=Country())
@on_day
@known_by
@read_at
@record_at
@as_format
def status(
    countries: tuple[str, ...],
    on: date | None,
    known_by: date | None,
    dates: End,
    paths: tuple[Path, ...],
    fmt: str,
) -> Answer:
    """Where countries stand, since when, and who says so; default: all."""
    folder = load_folder(paths)
    rows = _positions(folder, countries, on, known_by, dates)
    findings = _found(folder, (replay for replay, _ in rows))
    if fmt == "json":
        data = {
            "format": "recognition-status/1",
            "known_by": known_by.isoformat() if known_by else None,
            "dates": dates,
            "countries": [
                {
                    "country": replay.country,
                    "name": name_of(replay.country),
                    **position.to_dict(),
                    "doctrine": _doctrine(replay),
                }
                for replay, position in rows
            ],
        }
        return Answer(data=data, findings=findings)
    return Answer(text=text.status_in_words(rows, dates), findings=findings)


@cli.command("next")
@click.argument("country", type=Country())
@on_day
@known_by
@record_at
@as_format
def next_command(
    country: str, on: date | None, known_by: date | None, paths: tuple[Path, ...], fmt: str
) -> Answer:
    """What could happen next, what could not, and what it would take."""
    folder = load_folder(paths)
    ((replay, position),) = _positions(folder, (country,), on, known_by)
    findings = [*folder.findings, *replay.findings]
    acts = [(spell, act) for spell in position.spells for act in next_acts(spell.standing)]
    if fmt == "json":
        data = {
            "format": "recognition-next/1",
            "country": country,
            "name": name_of(country),
            **position.to_dict(),
            "doctrine": _doctrine(replay),
            "acts": [
                {
                    "stage": spell.stage.value,
                    "ban": spell.ban.value,
                    **act.to_dict(),
                }
                for spell, act in acts
            ],
        }
        return Answer(data=data, findings=findings)
    return Answer(text=text.next_in_words(replay, position, acts), findings=findings)


@cli.command()
@as_format
def rules(fmt: str) -> Answer:
    """The rule table."""
    if fmt == "json":
        return Answer(
            data={"format": "recognition-rules/1", "rules": [rule.to_dict() for rule in RULES]}
        )
    return Answer(text=text.rules_in_words(RULES))


@cli.command("prove")
@record_at
@as_format
def prove_command(paths: tuple[Path, ...], fmt: str) -> Answer:
    """What holds of the rule table itself.

    Explores everything it can do, proves the promises over all sequences of acts, and asks of
    every mistake in one cell of the table who would notice it. Exit code 1 where anything falls
    short.
    """
    from recognition_model.prove import prove
    from recognition_model.report.proof import proof_in_words

    folder = load_folder(paths)
    if not folder.scenarios:
        return Answer(findings=folder.findings, fell_short=True)
    proof = prove(folder=folder)
    told = {"data": proof.to_dict()} if fmt == "json" else {"text": proof_in_words(proof)}
    return Answer(**told, findings=folder.findings, fell_short=not proof.ok)


@cli.command()
@click.argument("code", type=Word())
@as_format
def explain(code: str, fmt: str) -> Answer:
    """What a rule code (R06), a finding code (RM501) or a word of the record means."""
    known = _explainable()
    wanted = code.upper() if code.upper() in known else code.lower()
    if wanted not in known:
        near = did_you_mean(
            near for word in (wanted, code.upper()) for near in near_words(word, known, most=3)
        )
        hint = f": {near}" if near else ""
        raise click.UsageError(f"nothing is called {code!r}{hint}")
    if fmt == "json":
        data = {"format": "recognition-explain/1", "code": wanted, "text": known[wanted]}
        return Answer(data=data)
    return Answer(text=known[wanted])


@cli.command("schema")
@click.argument(
    "name", type=click.Choice(["scenario", "collective", "sources"]), default="scenario"
)
def schema_command(name: str) -> Answer:
    """The JSON Schema of a kind of file, for an editor."""
    from recognition_model.schema import schema

    return Answer(data=schema(name))


@cli.command("coverage")
@click.argument("countries", nargs=-1, type=Country())
@record_at
@as_format
def coverage_command(countries: tuple[str, ...], paths: tuple[Path, ...], fmt: str) -> Answer:
    """What the record covers, how well, and what it leaves open, as Markdown; default: all.

    Countries by stages and grades, the weakest step to each standing, changes on one source, what
    was turned down, contradictions, and what is not known.
    """
    from recognition_model.coverage import coverage

    folder, replays = _replayed(countries, paths, None)
    covered = coverage(replays, folder.collectives)
    findings = _found(folder, replays)
    if fmt == "json":
        return Answer(data=covered.to_dict(), findings=findings)
    from recognition_model.report.coverage import coverage_in_markdown

    return Answer(text=coverage_in_markdown(covered).rstrip(), findings=findings)


@cli.command("new")
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
    from shlex import quote

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
    told.append(f"next: recognition-model replay {quote(visible(str(path)))}")
    return Answer(text="\n".join(told), notes=notes)


def _file_for(country: str, output: Path) -> Path:
    """The file for a country's new record; `UsageError` where it has one, or another's name."""
    names = [f"{country}{ending}" for ending in (".yaml", ".yml")]
    path = output / names[0] if output.is_dir() else output
    if path.name not in names:
        wanted = f"a record of {named(country)} is named {names[0]}, not {visible(path.name)!r}"
        raise click.UsageError(f"{wanted}; or name a folder that is there")
    for name in names:
        if os.path.lexists(path.with_name(name)):
            raise _there(path.with_name(name))
    return path


def _there(path: Path) -> click.UsageError:
    return click.UsageError(f"{visible(str(path))} is there already, and nothing is written over")


@cli.command("precedence")
@click.argument("countries", nargs=-1, type=Country())
@click.option("--stage", type=click.Choice(list(map(str, Stage))), help="First to which stage.")
@click.option("--signal", help="First to give which signal, instead of a stage.")
@click.option("--since", type=Day(), help="The day from which first times count.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draw so often, do not count.")
@click.option("--seed", type=click.IntRange(0), default=0, help="The seed of the draws.")
@known_by
@record_at
@as_format
def precedence_command(
    countries: tuple[str, ...],
    stage: str | None,
    signal: str | None,
    since: date | None,
    draws: int | None,
    seed: int,
    known_by: date | None,
    paths: tuple[Path, ...],
    fmt: str,
) -> Answer:
    """Which country was first, in how many readings of the uncertain dates; default: all.

    First to come to a stage or beyond it (ambassador_accepted unless given), or to give a signal.
    Shares are exact, unless --draws are asked for or there is too much to count. A country for
    which nothing is documented has no place.
    """
    from recognition_model.report.precedence import precedence_data, precedence_in_words
    from recognition_model.uncertainty import first_reached, first_signal, order

    if stage and signal:
        raise click.UsageError("--stage or --signal, not both")
    folder, replays = _replayed(countries, paths, known_by)
    wanted = Stage[(stage or str(Stage.AMBASSADOR_ACCEPTED)).upper()]
    first = since or date.min
    events = [
        first_signal(replay, signal, first) if signal else first_reached(replay, wanted, first)
        for replay in replays
    ]
    ranked = order(events, draws, seed)
    findings = _found(folder, replays)
    if fmt == "json":
        data = {"format": "recognition-precedence/1", **precedence_data(events, ranked)}
        return Answer(data=data, findings=findings)
    return Answer(text=precedence_in_words(events, ranked), findings=findings)


@cli.command("plot")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("countries", nargs=-1, type=Country())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write: .svg, .pdf or .png.",
)
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
    folder, replays = _replayed(countries, paths, known_by)
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
    findings = _found(folder, replays)
    return Answer(text=told, findings=findings)


@cli.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORTS))
@click.argument("countries", nargs=-1, type=Country())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; its ending chooses between a data package (.zip) and one table.",
)
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
    folder, replays = _replayed(countries, paths, known_by)
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
    findings = _found(folder, replays)
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


@cli.command("report")
@click.argument("countries", nargs=-1, type=Country())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, ending in .html or .md.",
)
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
    folder, replays = _replayed(countries, paths, known_by)
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


@cli.command("verify")
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    required=True,
    help="A folder with copies of the sources' texts.",
)
@record_at
@as_format
def verify_command(texts: Path, paths: tuple[Path, ...], fmt: str) -> Answer:
    """Look for every located passage in copies of the texts you hold.

    A match proves that the passage stands in that copy, not that it supports the claim.
    """
    from recognition_model.report.verification import verification_in_words
    from recognition_model.verifying import verify

    folder = load_folder(paths)
    result = verify(folder, texts)
    findings = [*folder.findings, *result.findings]
    if fmt == "json":
        return Answer(
            data={"format": "recognition-verify/1", **result.to_dict()}, findings=findings
        )
    return Answer(text=verification_in_words(result), findings=findings)


@cli.command()
@click.argument("source")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--sources", "register", type=click.Path(path_type=Path), help="A register of your own."
)
@as_format
def locate(source: str, file: Path | None, register: Path | None, fmt: str) -> Answer:
    """Make a locator for the passage on standard input, a passage of SOURCE.

    With FILE, a copy of the source's text, the passage is looked up there and its paragraph
    given.
    """
    known = read_sources()
    if register is not None:
        known = read_sources(register, known)
    if source not in known:
        near = did_you_mean(near_words(source, known, most=3))
        hint = f": {near}" if near else ""
        own = " (for a register of your own: --sources)" if register is None else ""
        raise click.UsageError(f"the source {source!r} is not in the register{hint}{own}")
    copy = Copy(read_text(file)) if file is not None else None
    passage = _passage()
    try:
        locators = [Locator.of(passage)] if copy is None else copy.locate(passage)
    except ValueError as error:
        raise click.UsageError(f"no passage on standard input: {error}") from None
    if not locators:
        raise click.ClickException(f"the passage does not stand in {visible(str(file))}")
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
    """All of standard input, as UTF-8."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        click.echo("Paste the passage; end with Ctrl-D on a line of its own.", err=True)
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("the passage on standard input is not UTF-8 text") from None
    except OSError as error:
        said = f"standard input cannot be read: {error.strerror or error}"
        raise click.UsageError(said) from None


def _replayed(
    countries: Iterable[str], paths: tuple[Path, ...], known_by: date | None
) -> tuple[Folder, list[Replay]]:
    """The folder at some paths, and the replays of the countries asked for."""
    folder = load_folder(paths)
    return folder, [replay for replay, _ in _positions(folder, countries, None, known_by)]


def _found(folder: Folder, replays: Iterable[Replay]) -> list[Finding]:
    """The findings of a folder and of its replays."""
    return [*folder.findings, *(found for replay in replays for found in replay.findings)]


def _positions(
    folder: Folder,
    countries: Iterable[str],
    on: date | None,
    known_by: date | None,
    dates: End = "all",
) -> list[tuple[Replay, Position]]:
    """Each country's replay and its position on a day, the last documented unless given."""
    by_code: dict[str, Scenario] = {s.country: s for s in folder.scenarios}
    wanted = list(dict.fromkeys(countries)) or list(by_code)
    absent = [code for code in wanted if code not in by_code]
    if absent:
        raise NotInRecord(absent, folder)
    rows = []
    for code in wanted:
        replay = run(by_code[code], known_by=known_by).read(dates)
        rows.append((replay, replay.history.on(on or replay.history.documented_until)))
    return rows


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


def _doctrine(replay: Replay) -> dict[str, Any] | None:
    """What the country holds of recognition as such, as plain data."""
    doctrine = replay.scenario.doctrine
    return doctrine.to_dict() if doctrine else None


def _explainable() -> dict[str, str]:
    """Everything `explain` knows, by code or word."""
    known = {
        code.code: f"{code.code} {code.name} ({code.severity})\n{code.meaning}\n{code.remedy}"
        for code in CODES.values()
    }
    for rule in RULES:
        lines = [
            f"{rule.code} {rule.act}: from {', '.join(map(str, rule.before))} to {rule.after}",
            f"ban must be {', '.join(rule.bans)};"
            f" becomes {rule.ban_becomes or 'the same'}; needs {rule.needs}",
            rule.why,
            f"See: {rule.reference}.",
        ]
        known[rule.code] = "\n".join(lines)
    for step, kind_of_step in STEP_OF.items():
        known[step] = f"entry {step}: {told_of(kind_of_step)}"
    kinds: tuple[type[Ranked], ...] = (Stage, Ban, Act, Voice, Attestation, Bearing, Reason)
    for kind in kinds:
        for member in kind:
            line = f"{kind.__name__.lower()} {member}: {member.meaning}"
            known[str(member)] = "\n".join(filter(None, [known.get(str(member)), line]))
    return known


@cli.result_callback()
@click.pass_context
def _finish(ctx: click.Context, answer: Answer) -> None:
    ctx.exit(_end(answer))


def _end(answer: Answer) -> int:
    """Findings to standard error, the answer to standard output; the exit code."""
    told = "\n".join([*(finding_in_words(found) for found in answer.findings), *answer.notes])
    output = answer.text
    if answer.data is not None:
        import json

        output = json.dumps(answer.data, indent=2)
    _write(told, sys.stderr)
    return answer.code if _write(output, sys.stdout) else UNUSABLE


def _write(told: str, stream: TextIO | None) -> bool:
    """Write lines to a stream; False where it takes no more, and that is not its reader's wish."""
    if not told or stream is None:
        return True
    try:
        click.echo(told, file=stream, color=False if os.environ.get("NO_COLOR") else None)
        stream.flush()
    except BrokenPipeError:  # the reader has seen enough, `| head`: that changes no result
        _close(stream)
    except OSError as error:
        _close(stream)
        if stream is sys.stdout:
            _write(f"cannot write: {error.strerror or error}", sys.stderr)
        return False
    return True


def _close(stream: TextIO) -> None:
    """Point a stream nowhere, so that nothing complains when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line; end with its exit code and no traceback for what a user did."""
    gc.set_threshold(100_000)  # a short run makes no cycles worth looking for
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = _run()
    gc.freeze()  # nor at the end: a last collection would take a tenth of the whole run
    sys.exit(code)


def _run() -> int:
    try:
        return int(cli.main(standalone_mode=False) or CLEAN)
    except RecordError as error:
        return _end(Answer(findings=error.findings))
    except click.ClickException as error:
        _end(Answer(findings=getattr(error, "findings", ())))
        told = io.StringIO()
        error.show(told)
        _write(told.getvalue().rstrip(), sys.stderr)
        return UNUSABLE if isinstance(error, click.UsageError) else FINDINGS
    except (KeyboardInterrupt, click.Abort):
        return 130
    except SystemExit as ended:  # click's own: completion is done, or nobody reads --help
        return int(ended.code or CLEAN) if _COMPLETE in os.environ else CLEAN
    except OSError as error:
        what = f" {visible(str(error.filename))}" if error.filename else ""
        _write(f"cannot write{what}: {error.strerror or error}", sys.stderr)
        return UNUSABLE
