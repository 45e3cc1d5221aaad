"""`recognition-model coverage`: what the record covers and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from recognition_model.cli.answer import Answer, csv_of, findings_of
from recognition_model.cli.options import Country, examples, last_day, table_format
from recognition_model.cli.page import Block, Content, Heading, Paragraph, Styled, Table
from recognition_model.cli.progress import waiting
from recognition_model.cli.selection import (
    Selection,
    organisations_option,
    positions,
    reads_record,
    rules_option,
)
from recognition_model.core.countries import name_of
from recognition_model.core.wording import humanize, plural

if TYPE_CHECKING:
    from recognition_model.analysis.coverage import CountryCoverage, Coverage


@click.command(
    "coverage",
    epilog=examples(
        "recognition-model coverage",
        "recognition-model coverage RUS KAZ --format md",
        "recognition-model coverage --checked",
        "recognition-model coverage --due --on 2026-07-01",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@click.option(
    "--checked",
    is_flag=True,
    help="Count what was checked against the sources, by whom, and how the drawn samples came out.",
)
@click.option(
    "--due", is_flag=True, help="List which files should be searched again, the most urgent first."
)
@last_day("--on", "With --due: count days to this one. Default: the record's last day.")
@reads_record
@rules_option
@organisations_option
@table_format
def command(
    countries: tuple[str, ...],
    checked: bool,  # noqa: FBT001 - click calls with names
    due: bool,  # noqa: FBT001 - click calls with names
    on: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Show what the record covers, on what evidence, and what it lacks.

    The text counts changes and sources, and has a line for each country: its changes, the weakest
    one, how many rest on one source, and the longest time without an entry. Markdown is a whole
    page, with refused acts, contradictions and gaps too. Without a country, all countries and the
    claims about many countries at once are covered.

    With --due, a file is due when more days went by since its `reviewed:`, or without it since its
    `documented-until:`, than lie between two entries of it on average; `review-every:` in a file
    overrules that.
    """
    if on is not None and not due:
        raise click.UsageError("--on goes with --due")
    if due and checked:
        raise click.UsageError("one at a time: --due or --checked")
    if due:
        return _due(countries, on, record, fmt)
    from recognition_model.analysis.coverage import coverage

    with waiting("Reading the record"):
        # The lists of checked entries are read with whole folders.
        folder = record.load(() if checked or fmt == "md" else countries)
        replays = [
            one
            for one, _ in positions(
                folder,
                countries,
                organisations=record.organisations,
                shipped=record.shipped,
                rules=record.rules,
            )
        ]
        if not replays:
            return Answer(findings=folder.findings, fell_short=True)
        covered = coverage(replays, () if countries else folder.collectives, folder.checks)
    findings = findings_of(folder, replays)
    if checked:
        from recognition_model.cli.checked_counts import checks_answer

        return checks_answer(covered.checks, fmt, findings)
    if fmt == "json":
        return Answer(data=covered.to_dict(), findings=findings)
    if fmt == "md":
        from recognition_model.report.coverage import coverage_in_markdown

        return Answer(text=coverage_in_markdown(covered).rstrip(), findings=findings)
    if fmt == "csv":
        text = csv_of(_COLUMNS, map(_as_row, covered.countries))
        return Answer(text=text, findings=findings)
    return Answer(page=coverage_page(covered), findings=findings)


def _due(countries: tuple[str, ...], on: date | None, record: Selection, fmt: str) -> Answer:
    from recognition_model.analysis.reviews import last_review, reviews_due
    from recognition_model.cli.due_page import due_answer

    with waiting("Reading the record"):
        folder, replays = record.replayed()  # the last day is that of the whole record
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    on = on or last_review(replays)
    if countries:
        replays = [
            one
            for one, _ in positions(folder, countries, shipped=record.shipped, rules=record.rules)
        ]
    found = reviews_due(replays, on)
    return due_answer(found, fmt, findings_of(folder, replays))


def coverage_page(covered: Coverage) -> Sequence[Block]:
    """Write what was counted, then a line for each country."""
    from recognition_model.report.coverage import counted, whom_it_covers

    return [
        Table(("", ""), tuple((label, str(count)) for label, count in counted(covered))),
        Heading(whom_it_covers(covered)),
        Table(_HEADS, tuple(tuple(_cells(one)) for one in covered.countries)),
        Heading("To read more"),
        Paragraph(
            "The whole page, with refused acts, contradictions and what is not known:"
            " `recognition-model coverage --format md`."
        ),
    ]


_HEADS = ("Country", "Changes", "Weakest change", "One source", "Longest gap", "Data end")


def _cells(one: CountryCoverage) -> Iterator[Content]:
    yield Styled(name_of(one.country), "strong")
    yield str(len(one.links))
    weakest = one.weakest
    if weakest is None:
        yield ""
    else:
        change = weakest.change
        text = f"{humanize(change.act)} {change.date.in_words} ({weakest.grade})"
        yield Styled(text, "bad" if change.best is None or change.best.weak else "")
    yield Styled(str(len(one.single) or ""), "doubt")
    yield plural(one.silence.length.days // 365, "year", "years") if one.silence else ""
    yield str(one.replay.history.documented_until)


_COLUMNS = (
    "country",
    "name",
    "kind",
    "changes",
    "one_source",
    "weakest_act",
    "weakest_date",
    "weakest_grade",
    "signals",
    "contradictions",
    "turned_down",
    "silent_from",
    "silent_to",
    "documented_until",
)


def _as_row(one: CountryCoverage) -> dict[str, Any]:
    weakest, silence = one.weakest, one.silence
    return {
        "country": one.country,
        "name": name_of(one.country),
        "kind": one.replay.kind,
        "changes": len(one.links),
        "one_source": len(one.single),
        "weakest_act": weakest.change.act if weakest else None,
        "weakest_date": weakest.change.date if weakest else None,
        "weakest_grade": weakest.grade if weakest else None,
        "signals": len(one.replay.signals),
        "contradictions": len(one.contradicted),
        "turned_down": len(one.turned_down),
        "silent_from": silence.begins if silence else None,
        "silent_to": silence.ends if silence else None,
        "documented_until": one.replay.history.documented_until,
    }
