"""`recognition-model report`: write an HTML or Markdown report."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from datetime import date
from functools import partial
from glob import escape
from pathlib import Path
from typing import Any

import click

from recognition_model.analysis.claims import ClaimCheck, check_about
from recognition_model.cli.answer import Answer
from recognition_model.cli.left_out import left_out, left_out_line
from recognition_model.cli.options import (
    Country,
    examples,
    first_day,
    known_by,
    last_day,
    to_file,
)
from recognition_model.cli.progress import watched
from recognition_model.cli.selection import (
    Selection,
    countries_alone,
    positions,
    reads_record,
    rules_option,
)
from recognition_model.cli.side_files import force_option, left_over, refuse_existing
from recognition_model.core.countries import counted
from recognition_model.core.diagnostics import in_order
from recognition_model.core.folder import Folder
from recognition_model.core.wording import escape_invisible
from recognition_model.engine.outcomes import Replay
from recognition_model.io.atomic import write_whole

_SIDE_FILES = {".svg": "picture", ".json": "sources as CSL-JSON", ".bib": "sources as BibTeX"}


@click.command(
    "report",
    epilog=examples(
        "recognition-model report RUS -o russia.html",
        "recognition-model report RUS KAZ --known-by 2025-01-01 -o report.md",
        "recognition-model report --since 2025-07 --until 2025-12 -o brief.html",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@to_file("Write this file: .html or .md.")
@first_day("--since", "Write a brief instead: what changed from this day on.")
@last_day("--until", "End the brief on this day. Default, and at most: the last day of the data.")
@force_option
@known_by
@reads_record
@rules_option
def command(
    countries: tuple[str, ...],
    output: Path,
    since: date | None,
    until: date | None,
    force: bool,  # noqa: FBT001 - click calls with names
    known_by: date | None,
    record: Selection,
) -> Answer:
    """Write an HTML or Markdown report with pictures, evidence and sources.

    An HTML report is one file. A Markdown report has its pictures in a folder NAME_pictures beside
    it, and its sources in NAME_sources.json (CSL) and NAME_sources.bib. Without a country, report
    on all countries.

    With --since it is a brief of two to four printed pages: what happened and became known in these
    days, and where all countries stood on the last of them.
    """
    if output.suffix.lower() not in (".html", ".md"):
        raise click.UsageError(
            f"a report ends in .html or .md, not as {escape_invisible(output.name)!r}"
        )
    if until and not since:
        raise click.UsageError("--until needs --since, the first day of a brief")
    # Claims about many countries are checked over all countries of the folder.
    if len(countries) > 1:
        countries_alone(countries, "report on it alone")
    folder = record.load()
    replays = [
        replay for replay, _ in positions(folder, countries, None, known_by, rules=record.rules)
    ]
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    missing = left_out(folder, countries)
    markdown = output.suffix.lower() == ".md"
    if markdown:
        from recognition_model.report.markdown import pictures_of, sources_of

        refuse_existing(sources_of(output).values(), force=force)  # before the pictures are drawn
    claims = () if since else check_about(folder, countries, known_by=known_by, rules=record.rules)
    what = f"report on {counted(replay.country for replay in replays)}"
    if since is None:
        files = _report(replays, output, folder=folder, claims=claims, left_out=missing)
    else:
        files, days = _brief(
            replays,
            output,
            folder=folder,
            countries=countries,
            days=(since, until),
            left_out=missing,
        )
        what = f"brief on {counted(replay.country for replay in replays)} {days}"
    notes: list[str] = []
    if markdown:
        refuse_existing([path for path in files if path != output], force=force)
        notes = _left_over(output, pictures_of(output), files)
    write_whole(files, {path.parent for path in files} - {output.parent})
    mine = [found for replay in replays for found in replay.findings]
    claimed = [found for check in claims for found in check.findings]
    wrote = "\n".join(
        f"wrote {escape_invisible(str(path))}:"
        f" {what if path == output else _SIDE_FILES[path.suffix]}"
        for path in sorted(files, key=lambda path: path != output)
    )
    found = in_order([*folder.findings, *mine, *claimed])
    wrote = "\n".join([wrote, *left_out_line(missing)])
    return Answer(text=wrote, findings=found, notes=notes)


def _report(
    replays: Sequence[Replay],
    output: Path,
    *,
    folder: Folder,
    claims: Sequence[ClaimCheck],
    left_out: tuple[str, ...],
) -> dict[Path, bytes]:
    options: dict[str, Any] = {
        "left_out": left_out,
        "claims": claims,
        "findings": folder.findings,
        "watch": partial(watched, label="Drawing"),
        "workers": os.cpu_count() or 1,
    }
    if output.suffix.lower() == ".html":
        from recognition_model.report.html import html_report

        return {output: html_report(replays, **options).encode()}
    from recognition_model.report.markdown import markdown_report

    return markdown_report(replays, output, **options)


def _brief(
    replays: Sequence[Replay],
    output: Path,
    *,
    folder: Folder,
    countries: Sequence[str],
    days: tuple[date, date | None],
    left_out: tuple[str, ...],
) -> tuple[dict[Path, bytes], str]:
    """Make the files of a brief on these countries, and say on which days it is."""
    from recognition_model.report.brief import brief_of
    from recognition_model.report.brief_files import html_brief, markdown_brief
    from recognition_model.report.brief_window import window_of

    html = output.suffix.lower() == ".html"
    asked = {replay.country for replay in replays}
    scenarios = [one for one in folder.all_scenarios if one.country in asked]
    try:
        window = window_of(scenarios, *days, replays[0].known_by, rules=replays[0].rules)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    brief = brief_of(
        window, countries=countries, findings=folder.findings, left_out=left_out, inline=html
    )
    files = {output: html_brief(brief).encode()} if html else markdown_brief(brief, output)
    ends = ", when the data end" if window.ends_with_data else ""
    return files, f"from {brief.since} to {brief.until}{ends}"


def _left_over(output: Path, folder: Path, files: Container[Path]) -> list[str]:
    """Make a note of pictures from an earlier run that this report does not use."""
    try:
        beside = sorted(folder.iterdir())
    except OSError:  # it does not exist yet; if unreadable, writing into it reports the error
        return []
    ours = (path for path in beside if path.match(f"{escape(output.stem)}-*.svg"))
    return left_over(ours, files, "this report does not use {}")
