"""`recognition-model why`: the chain of entries behind one answer, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import click

from recognition_model.analysis.recorded import RecordedEntry, evidence_data
from recognition_model.analysis.why import Otherwise, Why, why
from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.entry_pages import (
    acts_blocks,
    entry_blocks,
    hindsight_blocks,
    sources_blocks,
    start_blocks,
)
from recognition_model.cli.options import (
    examples,
    known_by,
    on_day,
    one_country,
    read_at,
    table_format,
)
from recognition_model.cli.page import Block, Heading, Paragraph, Styled
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.core.basis import Entry
from recognition_model.core.citations import Citations, format_ranges
from recognition_model.core.dates import DateReading
from recognition_model.core.wording import humanize, plural, read_in_words
from recognition_model.report.entries import deed_of
from recognition_model.report.grounds import otherwise_in_words, place, two_lines

COLUMNS = (
    "country",
    "day",
    "role",
    "date",
    "dated_by",
    "what",
    "outcome",
    "rule",
    "because",
    "otherwise",
    "evidence",
    "line",
)


@click.command(
    "why",
    epilog=examples(
        "recognition-model why RUS --on 2024-05-28",
        "recognition-model why ARE --on 2023-10-27 --format json",
    ),
)
@one_country()
@on_day
@known_by
@read_at
@reads_record
@rules_option
@table_format
def command(
    country: str,
    on: date | None,
    known_by: date | None,
    dates: DateReading,
    record: Selection,
    fmt: str,
) -> Answer:
    """Show why a country stands where it does on a day: the entries that made the answer.

    The first two paragraphs can be pasted. The chain follows: each entry that counted with its
    rule, file, line, source and voice; what was set aside, with every unmet condition; and what
    would have turned the answer, found by replaying the record without each entry.
    """
    folder, (replay,) = record.replayed((country,), known_by)
    told = why(replay, on, dates=dates)
    return in_format(
        fmt,
        data=lambda: {**told.to_dict(), "lines": list(two_lines(told))},
        columns=COLUMNS,
        rows=lambda: rows_of(told),
        page=lambda: [*page_of(told)],
        findings=findings_of(folder, [replay]),
        paged=True,
    )


def rows_of(told: Why) -> Iterator[dict[str, Any]]:
    """Give a flat row for the start and each entry told of, with its role in the answer."""
    start = told.start
    both = {"country": told.country, "day": told.day}
    if told.position.spells:
        ids = [evidence_data(item)["id"] for item in start.evidence]
        yield {
            **dict.fromkeys(COLUMNS),
            **both,
            "role": "start",
            "date": start.date.text,
            "what": str(start.state),
            "because": start.assumed,
            "evidence": ids,
            "line": start.place.line,
        }
    others = {one.entry.number: one for one in told.otherwise}
    for role, entries in _roles(told):
        for entry in entries:
            data = entry.to_dict()
            other = others.get(entry.number)
            yield {
                **data,
                **both,
                "role": role,
                "otherwise": _answer_then(other, told) if other else None,
                "evidence": [item["id"] for item in data["evidence"]],
            }


def _roles(told: Why) -> tuple[tuple[str, Iterable[RecordedEntry]], ...]:
    return (
        ("link", [link.entry for link in told.links]),
        ("heard", told.heard),
        ("set_aside", told.set_aside),
        ("undated", told.undated),
    )


def page_of(told: Why) -> Iterator[Block]:
    """Write the two lines, the chain, what the day rests on, what was set aside, what turns it."""
    links = [link.entry for link in told.links]
    entries = [*links, *told.set_aside]
    shown = [e for entry in entries for e in entry.step.evidence]
    citations = Citations.of([*told.start.evidence, *shown])
    yield from (Paragraph(line) for line in two_lines(told))
    if told.dates != "all":
        yield Paragraph(read_in_words(told.dates))
    start = told.start if told.position.spells else None
    yield from hindsight_blocks(told.replay.known_by, start, entries)
    if told.position.spells:
        yield Heading("The chain")
        yield from start_blocks(told.start, citations)
        for link in told.links:
            yield from entry_blocks(link.entry, citations)
            if not link.surely:
                yield Paragraph(Styled("it may lie after this day", "doubt"), 2)
    if told.position.basis:
        yield Heading("What this day rests on")
        yield from _basis(told)
    if told.set_aside:
        yield Heading("Set aside")
        for entry in told.set_aside:
            yield from entry_blocks(entry, citations)
    if told.acts:
        yield Heading("What would have turned it")
        yield from _turns(told)
        host = told.replay.kind.value
        yield Heading(f"Acts open and closed on that day, if the {host} itself attested them")
        yield from acts_blocks(told.acts)
    yield from _rest(told)
    yield from sources_blocks(citations)


def _basis(told: Why) -> Iterator[Block]:
    position = told.position
    if position.basis:
        yield Paragraph(f"{position.basis}: {position.basis.meaning}", 2)
    if position.last_entry:
        yield Paragraph(f"last heard: {_entry(position.last_entry)}", 2)
    if position.next_entry:
        yield Paragraph(f"next heard: {_entry(position.next_entry)}", 2)
    others = [e.line for e in told.heard if e.in_basis is not position.last_entry]
    if others:
        count = plural(len(others), "more entry counts", "more entries count")
        yield Paragraph(f"{count} up to this day: {_lines(others)}", 2)
    if told.undated:
        lines = _lines([entry.line for entry in told.undated])
        count = plural(len(told.undated), "entry may lie", "entries may lie")
        yield Paragraph(f"{count} after this day, by the dates: {lines}", 2)


def _entry(entry: Entry) -> str:
    return f"{entry.date.in_words}, {humanize(entry.what)} ({place(entry.place)})"


def _lines(numbers: list[int]) -> str:
    return f"{'line' if len(numbers) == 1 else 'lines'} {format_ranges(sorted(numbers))}"


def _turns(told: Why) -> Iterator[Block]:
    """Say what the answer would be if an entry were different; name those that turn nothing."""
    same = []
    for one in told.otherwise:
        line = f"line {one.entry.line}"
        if not one.turns and not one.refused:
            same += [one.entry.line] if one.how == "left out" else []
            continue
        which = f"{line} ({deed_of(one.entry.outcome)}, {one.entry.step.date.in_words})"
        what = f"without {which}" if one.how == "left out" else f"on an official voice for {which}"
        yield Paragraph(f"{what}: {_answer_then(one, told)}", 2, 2)
    if same:
        yield Paragraph(f"without {_lines(same)}, one at a time: the same answer", 2, 2)
    if told.untried:
        entries = plural(told.untried, "other entry was", "other entries were")
        yield Paragraph(f"{entries} not tried: the record is too long", 2, 2)


def _answer_then(one: Otherwise, told: Why) -> str:
    """Say the answer if an entry were different, and which other acts the rules would refuse."""
    words = otherwise_in_words(one, told)
    refused = [f"{deed_of(e.outcome)} in line {e.line}" for e in one.refused]
    return f"{words}; the rules would refuse {', '.join(refused)}" if refused else words


def _rest(told: Why) -> Iterator[Block]:
    """Count the entries that do not bear on the day."""
    if told.later:
        later = plural(told.later, "later entry does", "later entries do")
        yield Paragraph(f"{later} not bear on this day.")
    if told.replay.not_yet_public:
        hidden = plural(told.replay.not_yet_public, "entry was", "entries were")
        yield Paragraph(f"{hidden} not yet public by {told.replay.known_by}.")
