"""`recognition-model screen`: look in coded event data for what the record lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import Country, examples, first_day, last_day, to_file
from recognition_model.cli.page import Block, Paragraph, Table
from recognition_model.cli.scanning import ScanJob, scanned
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.cli.side_files import force_option, refuse_existing
from recognition_model.core.countries import UnknownCountry, code_of, name_of
from recognition_model.core.dates import OPEN_END, OPEN_START, DateError, exact_day
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.wording import (
    did_you_mean,
    escape_invisible,
    join_limited,
    near_words,
    percent,
    plural,
)
from recognition_model.io.atomic import write_whole

if TYPE_CHECKING:
    from recognition_model.analysis.lead_verdicts import Judged, Recall
    from recognition_model.analysis.screening import Lead, Screening
    from recognition_model.core.crosswalks import Crosswalk
    from recognition_model.core.dealings import Scan

_ENDINGS = (".csv", ".parquet")
_MOST = 10


@click.command(
    "screen",
    epilog=examples(
        "recognition-model screen 20260118.export.CSV.zip --map cameo -o leads.csv",
        "recognition-model screen events/ --map cameo --verdicts done.csv -o new.csv",
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVENTS..."
)
@click.option(
    "--map",
    "crosswalk",
    required=True,
    metavar="NAME_OR_FILE",
    help="Say what the codes mean: cameo, plover, or a crosswalk file of yours.",
)
@click.option(
    "--layout",
    metavar="NAME",
    help="The layout of the files: gdelt2, gdelt1, gdelt1-history, icews or polecat. Without it,"
    " the header or the number of columns tells.",
)
@to_file("Write the leads into this file: .csv or .parquet.")
@click.option(
    "--verdicts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Leave out the leads that this CSV judges. May be repeated.",
)
@click.option(
    "--sample", type=click.IntRange(1), metavar="N", help="Write only N leads, drawn by --seed."
)
@click.option(
    "--seed", type=click.IntRange(0), metavar="N", help="Draw from this seed. Default: 0."
)
@first_day("--since", "Only events from this day on.")
@last_day("--until", "Only events up to this day.")
@click.option(
    "--country",
    "countries",
    multiple=True,
    type=Country(every=True),
    help="Only this country. May be repeated.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    metavar="N",
    help="Scan the files in N processes at once, with Dask.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Scan the files on a running Dask cluster: tcp://scheduler:8786.",
)
@force_option
@reads_record
@rules_option
def command(
    files: tuple[Path, ...],
    crosswalk: str,
    layout: str | None,
    output: Path,
    verdicts: tuple[Path, ...],
    sample: int | None,
    seed: int | None,
    since: date | None,
    until: date | None,
    countries: tuple[str, ...],
    workers: int | None,
    dask: str | None,
    force: bool,  # noqa: FBT001 - click calls with names
    record: Selection,
) -> Answer:
    """Look in coded event data for dealings that the record lacks.

    EVENTS are files or folders: CSV as GDELT, ICEWS and POLECAT ship it, packed or not, or Parquet.
    The output lists leads: days on which the data have dealings of one kind. A lead is no entry: a
    machine coded it. Look it up, and if a source tells of it, write the entry by hand.

    Needs the extra: pip install 'recognition-model[events]'
    """
    from recognition_model.analysis.lead_verdicts import drawn, recall, unjudged
    from recognition_model.analysis.screening import screen
    from recognition_model.exports.lead_table import leads_table

    if output.suffix.lower() not in _ENDINGS:
        raise click.UsageError(
            f"leads end in .csv or .parquet, not as {escape_invisible(output.name)!r}"
        )
    if seed is not None and sample is None:
        raise click.UsageError("--seed is for --sample")
    if (since or OPEN_START) > (until or OPEN_END):
        raise click.UsageError("--since is later than --until")
    if workers and dask:
        raise click.UsageError("--workers cannot be used with --dask: that cluster has its own")
    judged = [one for path in verdicts for one in _judged(path)]
    _keep_verdicts(output, judged, force=force)
    job = ScanJob(_crosswalk(crosswalk), _layout(layout), since, until)
    codes = job.crosswalk
    folder = record.load()
    scan, broken = scanned(files, job, workers=workers, scheduler=dask)
    dealings = [one for one in scan.dealings if not countries or one.country in countries]
    screening = screen(dealings, codes, folder, countries=countries, rules=record.rules)
    open_leads = unjudged(screening.leads, judged)
    written = drawn(open_leads, sample, seed or 0) if sample else open_leads
    table = leads_table(written)
    write_whole({output: table.csv() if output.suffix.lower() == ".csv" else _parquet(table)})
    blocks = [
        *_page(scan, screening, open_leads, recall(dealings, codes, folder)),
        *_precision(judged),
        Paragraph(
            f"wrote {escape_invisible(str(output))}: {plural(len(written), 'lead', 'leads')}"
        ),
    ]
    return Answer(page=blocks, findings=folder.findings, notes=broken, fell_short=bool(broken))


def _crosswalk(name: str) -> Crosswalk:
    from recognition_model.io.crosswalks import load_crosswalk, shipped_crosswalks

    if name in shipped_crosswalks() or Path(name).is_file():
        try:
            return load_crosswalk(name)
        except RecordError as error:
            found = (f"{one} ({one.hint})" if one.hint else str(one) for one in error.findings)
            raise click.UsageError("\n".join(found)) from None
    else:
        near = did_you_mean(near_words(name, shipped_crosswalks()))
        known = f"{' and '.join(shipped_crosswalks())} ship with the program"
        raise click.UsageError(f"no crosswalk {name!r}: {near or known}") from None


def _layout(name: str | None) -> str | None:
    from recognition_model.core.event_layouts import LAYOUTS

    if name is not None and name not in LAYOUTS:
        near = did_you_mean(near_words(name, LAYOUTS)) or f"known are {', '.join(LAYOUTS)}"
        raise click.UsageError(f"no layout {name!r}: {near}")
    return name


def _judged(path: Path) -> Iterator[Judged]:
    from recognition_model.analysis.lead_verdicts import Judged, LeadVerdict
    from recognition_model.io.lead_verdicts import VerdictsError, verdict_rows

    known = {one.value: one for one in LeadVerdict}
    try:
        for lead, word, where in verdict_rows(path):
            country, _, rest = lead.partition("/")
            day, _, matter = rest.partition("/")
            verdict = known.get(word.replace(" ", "-").replace("_", "-").lower())
            if verdict is None:
                near = did_you_mean(near_words(word, known)) or f"one of {', '.join(known)}"
                raise click.UsageError(f"{where}: unknown verdict {word!r}: {near}")
            yield Judged(
                country=code_of(country), day=exact_day(day), matter=matter, verdict=verdict
            )
    except (UnknownCountry, DateError):
        raise click.UsageError(f"{where}: {lead!r} is no name of a lead") from None
    except VerdictsError as error:
        raise click.UsageError(str(error)) from None


def _keep_verdicts(output: Path, judged: Sequence[Judged], *, force: bool) -> None:
    """Refuse to write over a person's verdicts, and over any file without `--force`."""
    from recognition_model.io.lead_verdicts import is_of_leads

    if output.suffix.lower() == ".csv" and output.is_file() and is_of_leads(output):
        lost = [one for one in _judged(output) if one not in judged]
        if lost:
            name = escape_invisible(str(output))
            raise click.UsageError(
                f"{name} has {plural(len(lost), 'verdict', 'verdicts')} that would be lost: write"
                f" another file, and give this one to --verdicts"
            )
    refuse_existing([output], force=force)


def _parquet(table: object) -> bytes:
    from recognition_model.exports.arrow import NeedsPyArrow
    from recognition_model.exports.lead_table import leads_as_parquet

    try:
        return leads_as_parquet(table)  # type: ignore[arg-type]
    except NeedsPyArrow as error:
        raise click.UsageError(str(error)) from None


def _page(
    scan: Scan, screening: Screening, leads: Sequence[Lead], found: Recall
) -> Iterator[Block]:
    from recognition_model.analysis.screening import Standing

    dyads = sum(one.rows for one in scan.dealings)
    rows = f"{scan.rows:,} rows, {dyads:,} of them between a country and the Taliban"
    yield Paragraph(f"{rows}; {plural(len(leads), 'lead', 'leads')}.")
    if scan.bad:
        yield Paragraph(f"{scan.bad:,} rows could not be used; for example:")
        for bad in scan.examples[:_MOST]:
            yield Paragraph(escape_invisible(str(bad)), indent=2, hang=2)
    if scan.unknown_countries:
        names = [f"{name} ({count:,})" for name, count in scan.unknown_countries.items()]
        yield Paragraph(f"No country by these names or codes: {join_limited(names, _MOST)}.")
    if screening.unmapped:
        codes = [f"{code} ({count:,})" for code, count in screening.unmapped.items()]
        yield Paragraph(
            f"The crosswalk does not say what these mean: {join_limited(codes, _MOST)}."
        )
    yield Paragraph("")
    counts: dict[tuple[str, int], Counter[Standing]] = {}
    for lead in leads:
        counts.setdefault((name_of(lead.country), lead.first.year), Counter())[lead.standing] += 1
    if counts:
        table = tuple(
            (name, str(year), *(str(told[standing] or "") for standing in Standing))
            for (name, year), told in sorted(counts.items())
        )
        yield Table(("Country", "Year", "in the record", "near", "not", "no file"), table)
        yield Paragraph("")
    if found.entries:
        yield Paragraph(
            f"Of {plural(found.entries, 'entry', 'entries')} of the record in these days, the data"
            f" have {found.found} ({percent(found.found, found.entries)}) within three days:"
        )
        families = tuple((word, f"{have} of {of}") for word, (have, of) in found.by_family.items())
        yield Table(("Kind", "in the data"), families)
        yield Paragraph("")


def _precision(judged: Sequence[Judged]) -> Iterator[Block]:
    from recognition_model.analysis.lead_verdicts import Precision

    told = Precision.of(judged)
    if told.interval:
        low, high = (f"{100 * end:.0f}" for end in told.interval)
        yield Paragraph(
            f"Of {plural(told.judged, 'lead', 'leads')} judged so far, {told.right} were right"
            f" ({percent(told.right, told.judged)}; 95 % interval {low} to {high} %)."
        )
