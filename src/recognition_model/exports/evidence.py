"""What the record rests on, as long tables: evidence, a row per item, and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recognition_model.core.evidence import (
    Bearing,
    Evidence,
    Reliability,
    Source,
    SourceType,
    Voice,
)
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.long_tables import CODE, day_cells, known_entries, words_of
from recognition_model.exports.table_schema import Cell, Field, Kind, Row, Table, dated, text

_GRADES = "1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 unknown"


def evidence_known(replay: Replay) -> Iterator[tuple[int, int, Evidence]]:
    """Every item that counted, with its entry (0 for the head) and its place there, from 1."""
    doctrine = replay.scenario.doctrine
    head = (*replay.scenario.start.evidence, *(doctrine.evidence if doctrine else ()))
    found = [(0, head), *((n, step.evidence) for n, step, _ in known_entries(replay))]
    for entry, items in found:
        for number, item in enumerate(items, start=1):
            yield entry, number, item


def cited(replays: Sequence[Replay]) -> tuple[Source, ...]:
    """The sources of all evidence that counted, by name, each once."""
    found = {item.source.id: item.source for r in replays for _, _, item in evidence_known(r)}
    return tuple(found[name] for name in sorted(found))


def evidence(replays: Sequence[Replay]) -> Table:
    """A row per item of evidence."""
    fields = (
        CODE,
        Field(
            name="entry",
            told="The entry that it speaks to; 0 for the start of the record, then the doctrine.",
            kind=Kind.COUNT,
            minimum=0,
        ),
        Field(name="item", told="Place in the entry, from 1.", kind=Kind.COUNT, minimum=1),
        text("source", "Name of the source in the register.", required=True),
        Field(name="paragraph", told="Where in the source: a hint.", kind=Kind.COUNT, minimum=1),
        Field(name="letters", told="Letters of the passage.", kind=Kind.COUNT, minimum=1),
        text("digest", "lt1 digest of the passage, to check it in a copy of the text."),
        text("voice", "Who asserts it.", required=True, values=words_of(Voice)),
        Field(
            name="credibility",
            told=f"Admiralty grade of the content: {_GRADES}.",
            kind=Kind.COUNT,
            required=True,
            minimum=1,
        ),
        text("bearing", "Which way it points.", required=True, values=words_of(Bearing)),
        Field(
            name="announcement",
            told="Whether it tells of the act beforehand.",
            kind=Kind.FLAG,
            required=True,
        ),
        text("claim", "What it says, in words of the record's authors.", required=True),
    )
    rows: list[Row] = []
    for replay in replays:
        for entry, number, item in evidence_known(replay):
            at = item.at
            row: tuple[Cell, ...] = (replay.country, entry, number, item.source.id)
            row += (at.paragraph, at.letters, at.digest) if at else (None, None, None)
            row += (str(item.voice), item.credibility, str(item.bearing))
            rows.append((*row, item.announcement, item.claim))
    return Table(
        name="evidence",
        title="Evidence",
        told="What each entry rests on: who says so, and where.",
        fields=fields,
        key=("country", "entry", "item"),
        links={
            ("country",): ("countries", ("country",)),
            ("source",): ("sources", ("source",)),
        },
        rows=tuple(rows),
    )


def sources(replays: Sequence[Replay]) -> Table:
    """A row per source cited."""
    fields = (
        text("source", "Its name in the register.", required=True),
        text(
            "type",
            "Kind, in the words of the Citation Style Language.",
            required=True,
            values=tuple(kind.value for kind in SourceType),
        ),
        text("publisher", "Who published it.", required=True),
        text("author", "Who wrote it."),
        text("title", "Its title; in [square brackets] where the copy read showed none."),
        *dated("issued", "The date that stands on it", required=True),
        *dated("public", "When an outsider could first read it", required=True),
        text("language", "Language of the text (BCP 47).", required=True),
        text(
            "reliability",
            "Admiralty grade, from A (completely reliable) to E (unreliable); F: cannot be judged.",
            required=True,
            values=tuple(grade.value for grade in Reliability),
        ),
        text("url", "Where it was published."),
        text("archive", "Where a copy is kept."),
        *dated("seen", "When it was last read"),
        text("note", "What a reader should know of it."),
    )
    rows: list[Row] = []
    for source in cited(replays):
        row: tuple[Cell, ...] = (source.id, source.type.value, source.publisher)
        row += (source.author or None, source.title or None)
        row += (*day_cells(source.issued), *day_cells(source.public))
        row += (source.language, source.reliability.value, source.url, source.archive)
        row += day_cells(source.seen) if source.seen else (None, None, None)
        rows.append((*row, source.note or None))
    return Table(
        name="sources",
        title="Sources",
        told="The documents that the evidence points to.",
        fields=fields,
        key=("source",),
        rows=tuple(rows),
    )
