"""`recognition-model site`: write a folder of pages to publish."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from recognition_model.cli.answer import Answer
from recognition_model.cli.interrupts import interruptible
from recognition_model.cli.left_out import left_out, left_out_line
from recognition_model.cli.options import Country, examples, known_by
from recognition_model.cli.progress import watched
from recognition_model.cli.selection import Selection, positions, reads_record, rules_option
from recognition_model.core.countries import counted
from recognition_model.core.diagnostics import in_order
from recognition_model.core.wording import escape_invisible, join_limited
from recognition_model.io.atomic import writing
from recognition_model.io.folders import NotOurs, files_of, write_folder
from recognition_model.report.site.figure_choices import CHOICES, Figures

PORTS = (0, 65535)


@click.command(
    "site",
    epilog=examples(
        "recognition-model site -o pages",
        "recognition-model site RUS CHN --figures all -o pages",
        "recognition-model site --scenarios my-record --preview",
        "recognition-model site --url https://example.org/taliban/ -o pages",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write this folder. It is replaced only if this command wrote it.",
)
@click.option(
    "--preview",
    is_flag=True,
    help="Write nothing: serve the pages on this machine, anew whenever a file changes.",
)
@click.option(
    "--port",
    type=click.IntRange(*PORTS),
    metavar="NUMBER",
    help="The port of a preview. Default: any that is free.",
)
@click.option(
    "--url",
    default="",
    metavar="ADDRESS",
    help="The address at which the folder will stand. It adds a sitemap and full addresses.",
)
@click.option(
    "--figures",
    type=click.Choice(CHOICES),
    default="svg",
    help="Write the figures as files: none, in SVG, or in SVG, PNG and PDF, which takes longer.",
)
@known_by
@reads_record
@rules_option
def command(
    countries: tuple[str, ...],
    output: Path | None,
    preview: bool,  # noqa: FBT001 - click calls with names
    port: int | None,
    url: str,
    figures: Figures,
    known_by: date | None,
    record: Selection,
) -> Answer:
    """Write a folder of pages to publish, on the web or to open from disk.

    It has a page for each country, the map and the table of all, every source, the words for
    signals, the codebook, a feed of new entries, figures and data. The folder is replaced in one
    step, and unchanged pages keep their bytes. A folder that holds other files, such as .git or
    CNAME, is refused: copy the pages there. No page needs a server or a network. Without a country,
    write about all countries and organisations.

    With --preview it writes no folder, but serves the pages on this machine alone, for whoever
    writes scenario files. A page reloads when its file is saved and shows the findings. Ctrl-C ends
    the preview.
    """
    if preview:
        _refuse_beside_preview(output, url)
        from recognition_model.cli.preview import serve_preview

        serve_preview(record, countries, known_by, port or 0)
        return Answer()
    if port is not None:
        raise click.UsageError("--port needs --preview")
    if output is None:
        raise click.UsageError("give -o DIR, the folder to write, or --preview")
    _refuse_current(output)
    from recognition_model.report.site.build import site_files
    from recognition_model.report.site.plan import address_of, site_of

    try:
        address_of(url)
        with writing(output):
            files_of(output)  # refuse before the pages are made
    except NotOurs as refused:
        raise click.UsageError(_refusal(refused, output)) from None
    except ValueError as error:
        raise click.UsageError(f"--url: {error}") from None
    folder = record.load()
    told = positions(
        folder,
        countries,
        None,
        known_by,
        organisations=True,
        shipped=record.shipped,
        rules=record.rules,
    )
    if not told:
        return Answer(findings=folder.findings, fell_short=True)
    missing = left_out(folder, countries)
    site = site_of(
        folder, countries, known_by=known_by, address=url, left_out=missing, rules=record.rules
    )
    try:
        with interruptible():
            written = write_folder(output, site_files(site, figures=figures, watch=_watch))
    except NotOurs as refused:
        raise click.UsageError(_refusal(refused, output)) from None
    found = [finding for replay in site.replays for finding in replay.findings]
    claimed = [finding for check in site.claims for finding in check.findings]
    about = counted(replay.country for replay in site.replays)
    lines = [
        f"wrote {escape_invisible(str(output))}: site on {about}",
        str(written),
        f"open {escape_invisible(str(output / 'index.html'))}",
        *([] if url else ["no sitemap: it needs full addresses (--url)"]),
        *left_out_line(missing),
    ]
    return Answer(text="\n".join(lines), findings=in_order([*folder.findings, *found, *claimed]))


def _refuse_beside_preview(output: Path | None, url: str) -> None:
    given = click.get_current_context().get_parameter_source("figures")
    for name, is_given in (
        ("-o", output is not None),
        ("--url", bool(url)),
        ("--figures", given is not ParameterSource.DEFAULT),
    ):
        if is_given:
            raise click.UsageError(f"{name} cannot be used with --preview, which writes no folder")


def _refuse_current(output: Path) -> None:
    """Refuse the current folder and those above it: a shell would stay in the one removed."""
    target = Path(os.path.realpath(output))
    here = Path(os.path.realpath("."))
    if target == here or target in here.parents:
        where = "is the current folder" if target == here else "holds the current folder"
        name = escape_invisible(str(output))
        raise click.UsageError(
            f"{name} cannot be replaced: it {where}; name a folder in it, such as"
            f" {escape_invisible(str(output / 'pages'))}"
        )


def _watch(
    todo: Sequence[object], made: Iterable[Mapping[str, bytes]]
) -> Iterable[Mapping[str, bytes]]:
    return watched(made, "Writing pages", len(todo))


def _refusal(refused: NotOurs, output: Path) -> str:
    name = escape_invisible(str(output))
    if not refused.others:
        why = "it is not empty, and `site` did not write it"
        return f"{name} is left as it is: {why}; choose another folder"
    files = join_limited([escape_invisible(one) for one in refused.others], 8)
    why = f"`site` did not write these files, or they were changed since: {files}"
    return f"{name} is left as it is: {why}; move them away, or choose another folder"
