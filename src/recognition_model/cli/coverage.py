"""`recognition-model coverage`: what the record covers and what it leaves open."""

from __future__ import annotations

import click

from recognition_model.cli.answer import Answer, findings_of
from recognition_model.cli.options import Country, as_format, examples
from recognition_model.cli.selection import Selection, reads_record


@click.command(
    "coverage",
    epilog=examples(
        "recognition-model coverage",
        "recognition-model coverage RUS KAZ --format json",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@reads_record
@as_format
def command(countries: tuple[str, ...], record: Selection, fmt: str) -> Answer:
    """Show what the record covers, on what evidence, and what it lacks, as Markdown.

    The page lists the stages and grades of each country, the weakest step of each path, changes
    that rest on one source, refused acts, contradictions and gaps. Without a country, it covers
    all countries and the claims about many countries at once.
    """
    from recognition_model.analysis.coverage import coverage

    folder, replays = record.replayed(countries)
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    covered = coverage(replays, () if countries else folder.collectives)
    findings = findings_of(folder, replays)
    if fmt == "json":
        return Answer(data=covered.to_dict(), findings=findings)
    from recognition_model.report.coverage import coverage_in_markdown

    return Answer(text=coverage_in_markdown(covered).rstrip(), findings=findings)
