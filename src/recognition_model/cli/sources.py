"""`recognition-model sources`: the register to search, with what cites each source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from recognition_model.analysis.register import (
    CitedSource,
    Publisher,
    by_publisher,
    cited_sources,
    known_grade,
)
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.options import (
    Country,
    examples,
    last_day,
    one_country,
    table_format,
)
from recognition_model.cli.page import Block, Content, Inline, Paragraph, Styled, Table
from recognition_model.cli.selection import NoScenario, Selection, reads_record
from recognition_model.cli.words import Grade
from recognition_model.core.countries import name_of
from recognition_model.core.evidence import CREDIBILITIES, Reliability
from recognition_model.core.wording import join_limited, plural

COLUMNS = (
    *("id", "publisher", "title", "type", "author", "issued", "public", "language"),
    *("reliability", "url", "archive", "grades", "citations", "countries"),
)
GROUP_COLUMNS = ("publisher", "count", "citations", "countries")
_GRADES = [f"{one.value}{digit}" for one in Reliability for digit in ("", *CREDIBILITIES)]
_NONE = "No source matches."
_WITHOUT_COUNTRY = {
    "claim": "claims about many countries",
    "authority": "the periods of rule",
}


@click.command(
    "sources",
    epilog=examples(
        'recognition-model sources --publisher "amu tv" --grade B',
        "recognition-model sources --country Russia --group-by publisher",
    ),
)
@one_country(name="named", required=False)
@click.option(
    "--publisher",
    default="",
    metavar="TEXT",
    help="Only sources whose publisher's name has this in it; case and accents do not count.",
)
@click.option("--country", type=Country(), help="Only sources that this country's file cites.")
@click.option("--uncited", is_flag=True, help="Only sources that nothing cites.")
@click.option(
    "--grade",
    type=Grade(known_grade, _GRADES),
    help="Only sources with this letter, such as B; or cited with this grade, such as B2.",
)
@click.option(
    "--group-by",
    type=click.Choice(["publisher"]),
    help="Count sources, citations and countries of each publisher.",
)
@last_day("--known-by", "Only sources that were surely public by this day.")
@reads_record
@table_format
def command(
    named: str | None,
    publisher: str,
    country: str | None,
    uncited: bool,  # noqa: FBT001 - click calls with names
    grade: str | None,
    group_by: str | None,
    known_by: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """List sources by publisher and date, each with what cites it.

    A country is the same as --country.
    With --scenarios or --with, these are the sources of the registers there and all others that
    the files cite.
    """
    if named and country not in (None, named):
        raise click.UsageError(f"one country at a time: `sources {name_of(named)}`")
    country = named or country
    folder = record.load()
    if country is not None and country not in {s.country for s in folder.all_scenarios}:
        raise NoScenario([country], folder)
    try:
        found = cited_sources(
            folder,
            publisher=publisher,
            country=country,
            grade=grade,
            uncited=uncited,
            known_by=known_by,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    key = "publishers" if group_by else "sources"
    listed = by_publisher(found) if group_by else found

    def page() -> list[Block]:
        return publishers_page(by_publisher(found)) if group_by else sources_page(found)

    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-sources-list/1",
            key: [one.to_dict() for one in listed],
        },
        columns=GROUP_COLUMNS if group_by else COLUMNS,
        rows=lambda: (
            [one.to_dict() for one in by_publisher(found)] if group_by else map(_row, found)
        ),
        page=page,
        findings=folder.findings,
        paged=True,
    )


def sources_page(found: Sequence[CitedSource]) -> list[Block]:
    """Build the page of sources: each with publisher, date, title, grades and citations."""
    if not found:
        return [Paragraph(_NONE)]
    blocks: list[Block] = [Paragraph(_told(one), hang=4) for one in found]
    publishers = plural(len({one.source.publisher for one in found}), "publisher", "publishers")
    cited = [citation for one in found for citation in one.cited_by]
    citations = plural(len(cited), "citation", "citations")
    aside = sum(bool(citation.set_aside) for citation in cited)
    unused = f", {aside} of them for entries that the replay does not use" if aside else ""
    sources = plural(len(found), "source", "sources")
    return [*blocks, Paragraph(""), Paragraph(f"{sources} of {publishers}, {citations}{unused}.")]


def publishers_page(groups: Sequence[Publisher]) -> list[Block]:
    """Build the table of publishers, most sources first."""
    if not groups:
        return [Paragraph(_NONE)]
    rows = tuple(
        (
            one.name,
            str(len(one.sources)),
            str(one.citations),
            join_limited([name_of(code) for code in one.countries], 8),
        )
        for one in groups
    )
    count = plural(len(groups), "publisher", "publishers")
    sources = plural(sum(len(one.sources) for one in groups), "source", "sources")
    table = Table(("Publisher", "Sources", "Citations", "Cited for"), rows)
    return [table, Paragraph(""), Paragraph(f"{count}, {sources}.")]


def _told(one: CitedSource) -> Content:
    source = one.source
    parts: list[Inline] = [
        Styled(source.id, "strong"),
        f": {source.publisher}, {source.issued.in_words}, ",
        Styled(source.title, link=source.url or ""),
        f" ({', '.join(one.grades)}). ",
    ]
    where = "; ".join(_places(one))
    parts.append(f"Cited by {where}." if where else Styled("Cited by nothing.", "doubt"))
    return tuple(parts)


def _places(one: CitedSource) -> Iterator[str]:
    """Name every entry that cites a source, by country: `Russia (act 2025-07-03)`.

    What the replay does not use is marked: `act 2022 [struck out]`. A rejected report is named as
    a `refuse` entry anyhow.
    """
    entries: dict[str, list[str]] = {}
    for citation in one.cited_by:
        day = citation.date.in_words if citation.date else ""
        if citation.country:
            aside = "" if citation.set_aside == "rejected" else citation.set_aside
            mark = f"[{aside}]" if aside else ""
            where = name_of(citation.country)
            entry = " ".join(filter(None, [citation.kind, day, mark]))
        else:
            where, entry = _WITHOUT_COUNTRY[citation.kind], day
        entries.setdefault(where, []).append(entry)
    for where, cited in entries.items():
        yield f"{where} ({', '.join(dict.fromkeys(cited))})"


def _row(one: CitedSource) -> dict[str, Any]:
    return {
        **one.to_dict(),
        "grades": one.grades,
        "citations": len(one.cited_by),
        "countries": one.countries,
    }
