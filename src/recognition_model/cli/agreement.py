"""`recognition-model agreement`: two codings, event by event, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from recognition_model.analysis.agreement.compared import (
    DRAWS,
    Agreement,
    agreement,
)
from recognition_model.analysis.agreement.event_rows import COLUMNS, rows_of
from recognition_model.analysis.agreement.measures import UNITS, Unit
from recognition_model.analysis.agreement.pairs import WITHIN, TooManyPairs
from recognition_model.cli.agreement_page import page_of
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.coding_paths import Coding, path_of
from recognition_model.cli.options import examples, table_format
from recognition_model.cli.selection import table_option
from recognition_model.core.folder import Folder
from recognition_model.core.wording import escape_invisible, join_limited, plural
from recognition_model.engine.rules import RuleTable
from recognition_model.io.loader import load_folder


@click.command(
    "agreement",
    epilog=examples(
        "recognition-model agreement my-record my-record-of-june",
        "recognition-model agreement shipped my-record --unit event --worst 10",
        "recognition-model agreement my-record my-record-of-june --format csv",
        "recognition-model agreement my-record my-record-of-june --rules strict",
        "recognition-model agreement my-record my-record-of-june -o adjudicated",
    ),
)
@click.argument("a", metavar="A", type=Coding())
@click.argument("b", metavar="B", type=Coding())
@click.option(
    "--unit",
    "units",
    type=click.Choice(UNITS),
    multiple=True,
    default=("event", "month"),
    help="Measure agreement over events, or over the state at the end of each day, month or year."
    " May be repeated. Default: event and month.",
)
@click.option(
    "--within",
    type=click.IntRange(0),
    metavar="DAYS",
    default=WITHIN,
    help="Match two entries with the same word if they are at most this many days apart."
    f" Default: {WITHIN}, half a year.",
)
@click.option(
    "--draws",
    type=click.IntRange(0),
    metavar="N",
    default=DRAWS,
    help=f"Draw countries this many times for the intervals. 0: no intervals. Default: {DRAWS}.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    metavar="N",
    default=0,
    help="Draw from this seed. Default: 0.",
)
@click.option(
    "--worst",
    type=click.IntRange(1),
    metavar="N",
    help="List only the events of the N countries with the most differences.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write a draft to adjudicate into a new file (of one country) or into a folder. Where the"
    " two differ, it has both readings.",
)
@table_option
@table_format
def command(
    a: Path,
    b: Path,
    units: tuple[Unit, ...],
    within: int,
    draws: int,
    seed: int,
    worst: int | None,
    output: Path | None,
    rules: RuleTable,
    fmt: str,
) -> Answer:
    """Compare two codings of the same countries, A and B: folders, files, or the word `shipped`.

    Entries are matched event by event. First: did both find the same event? Then, for each
    matched event: do date, kind, voice, grade and rule agree? States last for years, so two codings
    with different dates agree on almost every month; look at the events first.

    A file that cannot be read is named and left out. The CSV has a line for each event.
    """
    folders = load_folder(a), load_folder(b)
    try:
        told = agreement(*folders, units=units, within=within, draws=draws, seed=seed, rules=rules)
    except TooManyPairs as error:
        raise click.UsageError(str(error)) from None
    if not told.countries:
        raise _NothingShared(told, a, b)
    notes = [*_drafts(told, folders, output)] if output else []
    notes += _with_errors(told, (path_of(a), path_of(b)))
    shown = told.countries if worst is None else told.worst(worst)
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-agreement/1",
            "paths": {"a": path_of(a), "b": path_of(b)},
            **told.to_dict(shown),
        },
        columns=COLUMNS,
        rows=lambda: rows_of(pair for country in shown for pair in country.pairs),
        page=lambda: [*page_of(told, shown, (path_of(a), path_of(b)))],
        findings=told.findings,
        notes=notes,
        paged=True,
    )


class _NothingShared(click.UsageError):
    """The two have no country in common that could be read."""

    def __init__(self, told: Agreement, a: Path, b: Path) -> None:
        has = [
            f"{escape_invisible(path_of(path))} has {', '.join(codes) or 'none of its own'}"
            for path, codes in ((a, told.only_a), (b, told.only_b))
        ]
        unusable = [*told.unusable_a, *told.unusable_b]
        hint = f"; not used: {', '.join(unusable)}" if unusable else ""
        super().__init__(f"no country is in both: {'; '.join(has)}{hint}")
        self.findings = told.findings


def _with_errors(told: Agreement, paths: tuple[str, str]) -> Iterator[str]:
    """Say in which coding the rules or the checks of a replay find errors."""
    for path, broken in zip(paths, told.replay_errors, strict=True):
        if broken:
            names = join_limited(broken)
            where = escape_invisible(path)
            yield f"note: `replay` finds errors in {where}: {names}; they were compared as they are"


# --- the draft -----------------------------------------------------------------------------------


def _drafts(told: Agreement, folders: tuple[Folder, Folder], output: Path) -> Iterator[str]:
    """Write the drafts into new files; say which, and what is not in them."""
    from recognition_model.analysis.agreement.draft import conflicts, merged_register, merged_text
    from recognition_model.io.atomic import write_new
    from recognition_model.io.loader import read_sources

    single = output.suffix in (".yaml", ".yml")
    if single and len(told.countries) > 1:
        message = f"-o: {len(told.countries)} countries need a folder, not one file"
        raise click.UsageError(message)
    ours, theirs = folders
    texts = {one.country: merged_text(one) for one in told.countries}
    files = {
        output if single else output / f"{country}.yaml": text for country, text in texts.items()
    }
    register = merged_register(ours.sources, theirs.sources, read_sources())
    if register and not single:
        files[output / "sources.yaml"] = register
    try:
        write_new({path: text.encode() for path, text in files.items()}, [] if single else [output])
    except FileExistsError as error:
        path = escape_invisible(str(error.filename))
        raise click.UsageError(f"-o: {path} already exists; not overwritten") from None
    count = sum(map(conflicts, files.values()))
    decide = plural(count, "place to decide", "places to decide")
    where = escape_invisible(str(output))
    yield f"note: wrote {where}: {plural(len(texts), 'draft', 'drafts')}, {decide}"
    if count:
        yield "note: a draft gives RM121 until it has no marker line <<<<<<< any more"
    if register and single:
        yield "note: sources of A or B that are not in the shipped register are not in the draft"
