"""`recognition-model report`: write an HTML or Markdown report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

import recognition_model.analysis.claims as collective_claims
from recognition_model.cli.answer import Answer, replayed
from recognition_model.cli.options import Country, examples, known_by, scenarios_option, to_file
from recognition_model.core.diagnostics import in_order
from recognition_model.core.folder import Folder
from recognition_model.core.wording import escape_invisible, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.io.atomic import write_whole
from recognition_model.io.loader import load_folder


@click.command(
    "report",
    epilog=examples(
        "recognition-model report RUS -o russia.html",
        "recognition-model report RUS KAZ --known-by 2025-01-01 -o report.md",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@to_file("Write this file: .html or .md.")
@known_by
@scenarios_option
def command(
    countries: tuple[str, ...], output: Path, known_by: date | None, paths: tuple[Path, ...]
) -> Answer:
    """Write an HTML or Markdown report with pictures, evidence and sources.

    An HTML report is one file. A Markdown report has its pictures in a folder beside it, and its
    sources in a .json (CSL) and a .bib file. Without a country, report on all countries.
    """
    if output.suffix.lower() not in (".html", ".md"):
        raise click.UsageError(
            f"a report ends in .html or .md, not as {escape_invisible(output.name)!r}"
        )
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
    wrote = (
        f"wrote {escape_invisible(str(output))} ({plural(len(replays), 'country', 'countries')})"
    )
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
