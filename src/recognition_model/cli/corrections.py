"""`recognition-model corrections`: what later releases say otherwise about days that were there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from recognition_model.analysis.corrections import Corrections, corrections
from recognition_model.analysis.turned_facts import Correction
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.options import Country, examples, table_format
from recognition_model.cli.page import Block, Heading, Paragraph, Styled, Table
from recognition_model.cli.selection import (
    Selection,
    organisations_option,
    reads_record,
    rules_option,
)
from recognition_model.core.countries import name_of
from recognition_model.core.wording import plural
from recognition_model.io.releases import ReleaseError

COLUMNS = (
    *("release", "kind", "country", "name", "fact", "old", "new", "first", "last", "days"),
    *("reason", "sources"),
)


@click.command(
    "corrections",
    epilog=examples(
        "recognition-model corrections RUS",
        "recognition-model corrections Kazakhstan --format csv",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@click.option(
    "--since",
    "since_release",
    type=int,
    metavar="RELEASE",
    help="List what was corrected after this data release. Default: since the first.",
)
@reads_record
@organisations_option
@rules_option
@table_format
def command(
    countries: tuple[str, ...], since_release: int | None, record: Selection, fmt: str
) -> Answer:
    """Show what later data releases correct in earlier ones.

    A correction changes or takes back what the record said: the possible states of some days, an
    entry, the start. An addition is an entry about a day of which the record said nothing. What
    lies after the end of the earlier data is neither. Each correction of a release has its reason.
    What the record as read here corrects in the last release comes last: it is in no release yet.
    """
    folder, replays = record.replayed(countries)
    try:
        found = corrections(replays, since=since_release)
    except ReleaseError as error:
        raise click.ClickException(str(error)) from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return in_format(
        fmt,
        data=found.to_dict,
        columns=COLUMNS,
        rows=lambda: (one.to_dict() for one in found.items),
        page=lambda: [*(corrections_table if fmt == "md" else corrections_page)(found)],
        findings=folder.findings,
    )


def corrections_page(found: Corrections) -> Iterator[Block]:
    """Build the page for a terminal: under each release, its corrections and its additions."""
    yield Paragraph(Styled(_headline(found), "strong"))
    for heading, items in _groups(found):
        yield Heading(heading, 3)
        yield from (Paragraph(correction_in_words(one)) for one in items)
    yield from map(Paragraph, _notes(found))


def corrections_table(found: Corrections) -> Iterator[Block]:
    """Build the page for Markdown: a table for each release."""
    yield Paragraph(_headline(found))
    for heading, items in _groups(found):
        yield Heading(heading, 3)
        yield Table(
            ("Country", "Fact", "Days", "Was", "Is", "Reason"),
            tuple(
                (
                    name_of(one.country),
                    one.fact.replace("_", " "),
                    one.days_in_words,
                    one.old or "nothing",
                    one.new or "nothing",
                    one.reason,
                )
                for one in items
            ),
        )
    yield from map(Paragraph, _notes(found))


def correction_in_words(one: Correction) -> tuple[str | Styled, ...]:
    """Say what turned: the country, the fact and its days, what was, what is, and why."""
    fact = one.fact.replace("_", " ")
    days = f" {one.days_in_words}" if one.first else ""
    was = f", was {one.old}" if one.old is not None else ""
    reason = f" Reason: {one.reason}" if one.reason else ""
    now = Styled(one.new, "strong") if one.new is not None else "no longer in the record"
    return (f"{name_of(one.country)}, {fact}{days}: ", now, f"{was}.{reason}")


def _headline(found: Corrections) -> str:
    if not found.releases:
        return "There is no data release yet, so nothing is corrected."
    since = (
        f"since {_release(found, found.since)}" if found.since is not None else "in all releases"
    )
    changed = plural(len(found.corrections), "correction", "corrections")
    return f"{changed} and {plural(len(found.additions), 'addition', 'additions')} {since}."


def _groups(found: Corrections) -> Iterator[tuple[str, Sequence[Correction]]]:
    """The items of each release, then those of none, each under its heading."""
    for number in (*(release.number for release in found.releases), None):
        for kind, word in (("correction", "corrections"), ("addition", "additions")):
            items = [one for one in found.items if (one.release, one.kind) == (number, kind)]
            where = _release(found, number) if number is not None else "in no release yet"
            if items:
                yield f"{word.capitalize()}: {where}", items


def _release(found: Corrections, number: int | None) -> str:
    (one,) = (release for release in found.releases if release.number == number)
    return str(one)


def _notes(found: Corrections) -> Iterator[str]:
    if found.rules_differ:
        yield (
            "The record is replayed with another rule table than that of the last release; a state"
            " may turn for that reason alone."
        )
