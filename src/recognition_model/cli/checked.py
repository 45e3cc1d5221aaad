"""`recognition-model checked`: write down what a check against the sources gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from recognition_model.analysis.sampling import (
    NumberedEntry,
    digest_of_entries,
    draw_sample,
    population,
)
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.options import examples, one_country, one_day, table_format
from recognition_model.cli.page import Block, Paragraph, Style, Styled, Table
from recognition_model.cli.selection import Selection, reads_record
from recognition_model.cli.standard_input import read_stdin
from recognition_model.cli.verdicts import BY, RESULTS, judged
from recognition_model.core.checks import Check, CheckResult, Sample, entry_name
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import CHECK_FILES
from recognition_model.core.folder import Folder
from recognition_model.core.types import SHAPES, Count, SampleName
from recognition_model.core.wording import escape_invisible, plural
from recognition_model.io.atomic import write_whole
from recognition_model.io.check_lines import NotAddedError, with_lines
from recognition_model.io.check_sheet import Row, SheetError, sheet_rows
from recognition_model.io.files import read_text
from recognition_model.io.loader import record_root, version_at
from recognition_model.io.logs import beside
from recognition_model.io.revision import RevisionError, commit_of, load_revision

CHECK_COLUMNS = (
    *("country", "entry", "digest", "on", "by", "result", "against", "pages", "sample", "was"),
    "found",
)
DRAWN_COLUMNS = (
    *("country", "entry", "date", "word", "digest", "sources", "file", "line"),
    *("result", "against", "found"),
)


@click.command(
    "checked",
    epilog=examples(
        "recognition-model checked --draw 20 --seed 7 --format csv",
        "recognition-model checked --draw 5 --seed 2026",
    ),
)
@one_country(required=False)
@click.option("--entry", type=click.IntRange(1), help="The number of the entry in its file.")
@click.option("--date", "dated", metavar="DATE", help="The date of the entry, as its file has it.")
@click.option(
    "--word", help="With --date: an act or signal, or kind and word, as `refuse recognise`."
)
@click.option("--result", type=click.Choice(list(RESULTS)), help="What came of the check.")
@one_day("--on", "The day of the check; with --draw, of the draw.")
@click.option(
    "--by", type=click.Choice(list(BY)), default="coder", show_default=True, help="Who checked it."
)
@click.option(
    "--against",
    multiple=True,
    metavar="SOURCE",
    help="A source that was looked at, or the address of another page. May be repeated.",
)
@click.option("--found", help="What was wrong, or what the page does not say.")
@click.option("--sample", help="The drawn sample that has the entry; with --draw, its new name.")
@click.option(
    "--from",
    "sheet",
    type=click.Path(path_type=Path),
    help="Read many verdicts from this file, CSV or YAML; - is standard input. The other options"
    " stand for cells that are empty.",
)
@click.option("--draw", type=click.IntRange(1), help="Draw this many entries at random, to check.")
@click.option("--seed", type=click.IntRange(1), help="The seed of the draw.")
@click.option("--at", "revision", help="Draw from the record at this git revision.")
@reads_record
@table_format
def command(
    country: str | None,
    entry: int | None,
    dated: str | None,
    word: str | None,
    result: str | None,
    on: date | None,
    by: str,
    against: tuple[str, ...],
    found: str | None,
    sample: str | None,
    sheet: Path | None,
    draw: int | None,
    seed: int | None,
    revision: str | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Add a checked entry to checked.yaml: what was looked up, when, by whom, with which result.

    The line keeps a digest of what the entry claims, so a later change of the entry is noticed.
    Lines for the shipped record are in seeds/checked.yaml of a clone, those for a folder of your
    own in its checked.yaml. All lines are added or none. --draw prints entries drawn at random, as
    a sheet to fill in and to read with --from; with --sample, the draw is written down too.
    """
    if draw is not None:
        if country or sheet or entry or dated or result:
            raise click.UsageError("--draw draws from the whole record, and takes no verdict")
        return _drawn(record, fmt, draw, seed, revision, sample, on)
    if seed is not None or revision is not None:
        raise click.UsageError("--seed and --at go with --draw")
    given = {
        "country": country or "",
        "entry": str(entry or ""),
        "date": dated or "",
        "word": word or "",
        "result": result or "",
        "on": str(on or ""),
        "by": by,
        "against": ";".join(against),
        "found": found or "",
        "sample": sample or "",
    }
    if sheet is None:
        if country is None or result is None or on is None:
            raise click.UsageError("give a country, an entry, --result and --on; or --from FILE")
        rows = [Row(given, "")]
    else:
        text = read_stdin() if str(sheet) == "-" else read_text(sheet)
        try:
            read = sheet_rows(text, "standard input" if str(sheet) == "-" else str(sheet))
        except SheetError as error:
            raise click.UsageError(str(error)) from None
        rows = [Row({**given, **row}, row.where) for row in read]
    return _written(record, fmt, [row for row in rows if "result" in row], len(rows))


def _written(record: Selection, fmt: str, rows: Sequence[Row], asked: int) -> Answer:
    """Add the rows to the lists of the folders that have their entries."""
    if not rows:
        raise click.UsageError("no row has a result")
    folder = record.load()
    checks = judged(folder, rows)
    by_file: dict[Path, list[Check]] = {}
    for one, check in checks:
        by_file.setdefault(_list_for(Path(one.step.place.file).parent), []).append(check)
    _write({path: (found, ()) for path, found in by_file.items()})
    lines = [
        f"added {plural(len(found), 'line', 'lines')} to {escape_invisible(str(path))}"
        for path, found in by_file.items()
    ]
    if asked > len(rows):
        lines.append(f"{plural(asked - len(rows), 'row has', 'rows have')} no result yet")
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-checks-added/1",
            "checks": [_as_data(check) for _, check in checks],
        },
        columns=CHECK_COLUMNS,
        rows=lambda: [check.to_dict() for _, check in checks],
        page=lambda: [*_entries(checks, folder), *map(Paragraph, lines)],
        notes=[*_changed_since(checks)],
    )


def _changed_since(checks: Iterable[tuple[NumberedEntry, Check]]) -> Iterator[str]:
    """Say which entries were changed between the draw and the check, but for corrected ones."""
    for one, check in checks:
        if check.was and check.result is not CheckResult.CORRECTED:
            named = f"{name_of(one.country)} {one.number} {check.entry}"
            yield f"note: {named} was changed after it was drawn: the line is for what it says now"


def _as_data(check: Check) -> dict[str, Any]:
    return {key: value for key, value in check.to_dict().items() if key != "line"}


def _write(added: dict[Path, tuple[Sequence[Check], Sequence[Sample]]]) -> None:
    texts: dict[Path, bytes] = {}
    for path, (checks, samples) in added.items():
        before = read_text(path) if path.exists() else ""
        try:
            texts[path] = with_lines(before, checks, samples, str(path)).encode()
        except NotAddedError as error:
            raise click.UsageError(str(error)) from None
    write_whole(dict(texts))


def _list_for(scenarios: Path) -> Path:
    """The list of checked entries of a folder of scenarios.

    Raises `UsageError` for the record inside an installed package: a change there is lost.
    """
    version = version_at(scenarios) if scenarios.name == "scenarios" else None
    folder = version.seeds if version else scenarios
    package = record_root("schemas").parent
    if package in folder.resolve().parents:
        hint = "make a clone of the project, or read your own files with --scenarios"
        raise click.UsageError(f"the installed record cannot be changed: {hint}")
    return beside(folder, CHECK_FILES) or folder / CHECK_FILES[0]


def _entries(checks: Iterable[tuple[NumberedEntry, Check]], folder: Folder) -> Iterable[Block]:
    """A line for each entry; below it the sources looked at, and all that it cites."""
    for one, check in checks:
        style: Style = (
            "bad" if check.result.is_error else "good" if check.result.confirms else "doubt"
        )
        named = f"{name_of(one.country)} {one.number} {entry_name(one.step)}: "
        yield Paragraph((named, Styled(check.result.value, style)), hang=2)
        for name in dict.fromkeys([*check.against, *(i.source.id for i in one.step.evidence)]):
            source = folder.sources[name]
            yield Paragraph(f"{name}: {source} {source.url or ''}".rstrip(), indent=2, hang=2)
        for page in check.pages:
            yield Paragraph(page, indent=2, hang=2)


def _drawn(
    record: Selection,
    fmt: str,
    size: int,
    seed: int | None,
    revision: str | None,
    name: str | None,
    on: date | None,
) -> Answer:
    """Draw a sample; write it down if it has a name."""
    if seed is None:
        raise click.UsageError("--draw needs --seed, so that others can draw the same again")
    if name is not None and on is None:
        raise click.UsageError("--sample needs --on, the day of the draw")
    if name is not None and not SHAPES[SampleName].fits(name):
        raise click.UsageError(f"--sample is not a name for a sample: {SHAPES[SampleName].hint}")
    if name is not None and any(name in file.samples for file in record.load().checks.values()):
        raise click.UsageError(f"there is a sample {name} already: choose another name")
    try:
        if revision is None:
            folder = record.load()
            entries = population(folder.all_scenarios)
            described = f"the record with the entries {digest_of_entries(entries)}"
        else:
            folder = load_revision(revision, record.instead, beside=record.beside)
            first = next(iter((*record.beside, *record.instead)), "")
            entries = population(folder.all_scenarios)
            described = f"the record at commit {commit_of(revision, first)[:12]}"
        drawn = draw_sample(entries, size, seed)
    except (RevisionError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    notes = []
    if name is not None and on is not None:
        made = Sample(
            name=SampleName(name),
            seed=Count(seed),
            size=Count(size),
            population=Count(len(entries)),
            record=described,
            on=on,
        )
        path = _list_for((*record.instead, record_root("scenarios"))[0])
        _write({path: ((), (made,))})
        notes.append(f"note: wrote the sample {name} to {escape_invisible(str(path))}")
    said = f"{size} of {len(entries)} entries of {described}, by the seed {seed}"
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-sample/1",
            "seed": seed,
            "size": size,
            "population": len(entries),
            "record": described,
            "entries": [one.to_dict() for one in drawn],
        },
        columns=DRAWN_COLUMNS,
        rows=lambda: [{**dict.fromkeys(DRAWN_COLUMNS, ""), **one.to_dict()} for one in drawn],
        page=lambda: [
            Table(("Country", "Entry", "Date", "Word"), tuple(map(_as_row, drawn))),
            Paragraph(""),
            Paragraph(f"{said}. As a sheet to fill in: --format csv."),
        ],
        findings=[found for found in folder.findings if found.is_error],
        notes=notes,
    )


def _as_row(one: NumberedEntry) -> tuple[str, ...]:
    data = one.to_dict()
    return name_of(one.country), str(one.number), data["date"], data["word"]
