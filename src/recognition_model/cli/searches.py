"""`recognition-model searches`: where somebody looked for what the record lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from recognition_model.cli.answer import Answer, csv_of
from recognition_model.cli.options import Country, examples, table_format
from recognition_model.cli.page import Block, Heading, Inline, Paragraph, Styled
from recognition_model.cli.selection import Selection, reads_record
from recognition_model.core.countries import name_of, named
from recognition_model.core.searches import Search, SearchLog
from recognition_model.core.wording import plural

COLUMNS = (
    *("country", "name", "has_file", "reviewed", "seen", "countries", "where", "searched"),
    *("sources_found", "found", "dropped"),
)


@click.command(
    "searches",
    epilog=examples(
        "recognition-model searches Kyrgyzstan",
        "recognition-model searches --format csv",
    ),
)
@click.argument("countries", nargs=-1, type=Country(every=True))
@reads_record
@table_format
def command(countries: tuple[str, ...], record: Selection, fmt: str) -> Answer:
    """List the searches made for countries, with a file or without, and what came of them.

    Each search gives the day up to which it looked, when and where somebody searched, the words,
    the sources that came of it, and what was read and left out. Without a country, all are listed.
    Markdown is a whole page, with the countries that have a file and those that have none apart.
    """
    folder = record.load()
    log = SearchLog.of_all(folder.searches.values())
    with_file: set[str] = {scenario.country for scenario in folder.all_scenarios}
    wanted = list(dict.fromkeys(countries)) or sorted(log.countries, key=name_of)
    unsearched = [code for code in wanted if not log.of(code)]
    if fmt == "md":
        from recognition_model.report.searches import searches_in_markdown

        text = searches_in_markdown(log, with_file, only=countries).rstrip()
        return Answer(text=text, findings=folder.findings)
    if fmt == "json":
        chosen = set(wanted)
        data = {
            "format": "recognition-searches-list/1",
            "searches": [one.to_dict() for one in log.searches if chosen & {*one.countries}],
            "not_searched": unsearched,
        }
        return Answer(data=data, findings=folder.findings)
    if fmt == "csv":
        rows = (_row(code, one, with_file) for code in wanted for one in log.of(code))
        return Answer(text=csv_of(COLUMNS, rows), findings=folder.findings)
    page = [*searches_page(log, wanted)]
    return Answer(page=page, findings=folder.findings, paged=True)


def searches_page(log: SearchLog, wanted: Sequence[str]) -> Iterator[Block]:
    """Write the searches of each country, those that looked furthest first."""
    for code in wanted:
        yield Heading(named(code))
        searches = log.of(code)
        if not searches:
            yield Paragraph("No search is logged.", indent=2)
        for search in searches:
            yield from _search_in_words(search)
    if not wanted:
        yield Paragraph("No search is logged.")


def _search_in_words(search: Search) -> Iterator[Block]:
    head: list[Inline] = [
        Styled(f"Up to {search.reviewed}", "strong"),
        f", searched on {search.seen}, in {search.where}. ",
        f"Searched for: {search.searched}.",
    ]
    if len(search.countries) > 1:
        head.append(f" One search for {', '.join(search.countries)}.")
    yield Paragraph(tuple(head), indent=2, hang=2)
    names = [source.id for source in search.found]
    found = f"Found {plural(len(names), 'source', 'sources')}: {', '.join(names)}."
    yield Paragraph(found if names else Styled("Found nothing.", "doubt"), indent=4, hang=2)
    if search.dropped:
        yield Paragraph(f"Left out: {search.dropped}", indent=4, hang=2)


def _row(country: str, search: Search, with_file: set[str]) -> dict[str, Any]:
    return {
        **search.to_dict(),
        "country": country,
        "name": name_of(country),
        "has_file": country in with_file,
        "sources_found": len(search.found),
    }
