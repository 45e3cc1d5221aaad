"""`recognition-model show`: one country's record to read, from its answer to its sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from recognition_model.analysis.dossier import Dossier, dossier
from recognition_model.analysis.why import why
from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.entry_pages import (
    acts_blocks,
    entry_blocks,
    evidence_blocks,
    hindsight_blocks,
    sources_blocks,
    start_blocks,
)
from recognition_model.cli.options import Country, examples, known_by, on_day, table_format
from recognition_model.cli.page import Block, Heading, Paragraph
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.core.basis import Basis
from recognition_model.core.citations import Citations
from recognition_model.core.countries import named
from recognition_model.core.stages import Ban
from recognition_model.core.wording import plural
from recognition_model.report.grounds import rests_on
from recognition_model.report.sentences import answer

COLUMNS = (
    "country",
    "entry",
    "date",
    "dated_by",
    "record_kind",
    "kind",
    "what",
    "outcome",
    "rule",
    "because",
    "note",
    "contradiction",
    "evidence",
    "line",
)


@click.command(
    "show",
    epilog=examples(
        "recognition-model show Kazakhstan",
        "recognition-model show RUS --on 2024-05-28 --format md",
    ),
)
@click.argument("countries", nargs=-1, required=True, type=Country())
@on_day
@known_by
@reads_record
@rules_option
@table_format
def command(
    countries: tuple[str, ...],
    on: date | None,
    known_by: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Show a country's record to read: the answer, every entry, what could follow, the sources.

    With --on, entries after that day are left out and counted. The CSV has a line for each entry.
    """
    folder, replays = record.replayed(countries, known_by)
    told = [dossier(replay, on) for replay in replays]
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-show/1",
            "countries": [one.to_dict() for one in told],
        },
        columns=COLUMNS,
        rows=lambda: [row for one in told for row in rows_of(one)],
        page=lambda: [block for one in told for block in page_of(one, on)],
        findings=findings_of(folder, replays),
        paged=True,
    )


def rows_of(told: Dossier) -> Iterator[dict[str, Any]]:
    """Give a flat row for each entry."""
    for entry in told.entries:
        data = entry.to_dict()
        ids = [item["id"] for item in data["evidence"]]
        about = {"country": told.country, "record_kind": told.replay.kind.value}
        yield {**data, **about, "evidence": ids}


def page_of(told: Dossier, on: date | None) -> Iterator[Block]:
    """Write the record of one country."""
    scenario = told.replay.scenario
    doctrine = scenario.doctrine
    shown = [*scenario.start.evidence, *(e for one in told.entries for e in one.step.evidence)]
    citations = Citations.of([*(doctrine.evidence if doctrine else ()), *shown])
    yield Heading(named(told.country), level=1)
    yield Paragraph("".join(answer(told.replay, on)))
    yield Paragraph(rests_on(why(told.replay, on)))
    if scenario.coder:
        yield Paragraph(f"Coded by {scenario.coder}.")
    yield from hindsight_blocks(told.replay.known_by, scenario.start, told.entries)
    if doctrine:
        yield Heading("Doctrine of recognition")
        yield Paragraph(doctrine.says, 2)
        yield from evidence_blocks(doctrine.evidence, citations)
    yield Heading("Entries, in the order of the file")
    yield from start_blocks(scenario.start, citations)
    for entry in told.entries:
        yield from entry_blocks(entry, citations)
    yield Heading("What it would take to move on")
    yield from acts_blocks(told.acts)
    if not told.acts:
        yield Paragraph("Nothing is documented, so no act can follow.")
    yield Heading("What is not known")
    yield from (Paragraph(sentence, 2) for sentence in _unknown(told))
    yield from sources_blocks(citations)


def _unknown(told: Dossier) -> Iterator[str]:
    """Say where the record ends, and what it does not tell."""
    position, replay = told.position, told.replay
    until, reviewed = position.documented_until, position.reviewed
    if reviewed:
        yield f"The data end on {until}. A search up to {reviewed} found no further change."
    else:
        yield f"The data end on {until}. No later search is recorded."
    if position.basis is Basis.SILENT:
        yield f"{position.basis.meaning}"
    if replay.scenario.start.assumed is not None:
        yield "The start is assumed: no source attests it."
    if all(spell.ban is Ban.NONE for spell in replay.history.spells):
        yield "No ban is documented. That there was none is not documented either."
    if told.later:
        yield f"{plural(told.later, 'later entry is', 'later entries are')} left out."
    if replay.not_yet_public:
        hidden = plural(replay.not_yet_public, "entry was", "entries were")
        yield f"{hidden} not yet public by {replay.known_by}."
