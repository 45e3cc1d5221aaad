"""`recognition-model coverage`: what the record covers and what it leaves open."""

from __future__ import annotations

from pathlib import Path

import click

from recognition_model.cli.answer import (
    Answer,
    findings_of,
    replayed,
)
from recognition_model.cli.options import (
    Country,
    as_format,
    scenarios_option,
)


@click.command("coverage")
@click.argument("countries", nargs=-1, type=Country())
@scenarios_option
@as_format
def command(countries: tuple[str, ...], paths: tuple[Path, ...], fmt: str) -> Answer:
    """What the record covers, how well, and what it leaves open, as Markdown; default: all.

    Countries by stages and grades, the weakest step of each path, changes on one source, what was
    turned down, contradictions, and what is not known. Claims about many countries at once are
    counted where none is named.
    """
    from recognition_model.analysis.coverage import coverage

    folder, replays = replayed(countries, paths, None)
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    covered = coverage(replays, () if countries else folder.collectives)
    findings = findings_of(folder, replays)
    if fmt == "json":
        return Answer(data=covered.to_dict(), findings=findings)
    from recognition_model.report.coverage import coverage_in_markdown

    return Answer(text=coverage_in_markdown(covered).rstrip(), findings=findings)
