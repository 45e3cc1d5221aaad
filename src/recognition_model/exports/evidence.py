"""Tables of evidence (one row per item) and of sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recognition_model.analysis.recorded import known_entries
from recognition_model.core.claims import Collective
from recognition_model.core.evidence import Evidence, Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.categories import (
    BEARINGS,
    CREDIBILITY,
    EVIDENCE_KINDS,
    RELIABILITIES,
    SOURCE_TYPES,
    VOICES,
)
from recognition_model.exports.entry_table import kind_of
from recognition_model.exports.long_tables import CODE, RECORD_KIND, day_cells
from recognition_model.exports.table_schema import (
    Cell,
    Field,
    Kind,
    Row,
    Table,
    dated,
    numbered,
    text,
)


def evidence_known(replay: Replay) -> Iterator[tuple[int, int, Evidence]]:
    """Yield every item that counted, with its entry (0 for the head) and its number there."""
    doctrine = replay.scenario.doctrine
    head = (*replay.scenario.start.evidence, *(doctrine.evidence if doctrine else ()))
    found = [(0, head), *((n, step.evidence) for n, step, _ in known_entries(replay))]
    for entry, items in found:
        for number, item in enumerate(items, start=1):
            yield entry, number, item


def cited(replays: Sequence[Replay], collectives: Sequence[Collective] = ()) -> tuple[Source, ...]:
    """List the sources of all evidence that counted, each once, sorted by name."""
    found = {item.source.id: item.source for r in replays for _, _, item in evidence_known(r)}
    known_by = max((day for replay in replays if (day := replay.known_by)), default=None)
    for collective in collectives:
        for claim in collective.claims:
            told = claim if known_by is None else claim.known_by(known_by)
            found.update((item.source.id, item.source) for item in (told.evidence if told else ()))
    return tuple(found[name] for name in sorted(found))


def item_fields(owner: str) -> tuple[Field, ...]:
    """Make the columns of an item of evidence of an entry or a claim, the `owner`."""
    return (
        numbered("item", f"Number within the {owner}, from 1."),
        text("source", "Name of the source in the register.", required=True),
        numbered("paragraph", "Paragraph of the passage in the source (a hint)."),
        Field(
            name="letters",
            description="Number of letters in the passage.",
            kind=Kind.COUNT,
            unit="letters",
            minimum=1,
        ),
        text("digest", "lt1 digest of the passage, for checking it in a copy of the text."),
        text("voice", "Who asserts it.", required=True, categories=VOICES),
        Field(
            name="credibility",
            description="Admiralty grade of the content.",
            kind=Kind.COUNT,
            required=True,
            categories=CREDIBILITY,
        ),
        text(
            "bearing",
            f"Whether it supports or disputes the {owner}.",
            required=True,
            categories=BEARINGS,
        ),
        Field(
            name="announcement",
            description="Whether it announces the act beforehand.",
            kind=Kind.FLAG,
            required=True,
        ),
        text("claim", "What it says, in the words of the record's authors.", required=True),
    )


def item_cells(item: Evidence) -> tuple[Cell, ...]:
    """Give the cells of an item under `item_fields`, but for its number."""
    at = item.at
    row: tuple[Cell, ...] = (item.source.id,)
    row += (at.paragraph, at.letters, at.digest) if at else (None, None, None)
    row += (str(item.voice), item.credibility, str(item.bearing))
    return (*row, item.announcement, item.claim)


def evidence(replays: Sequence[Replay], *, alone: bool = False) -> Table:
    """Build the table of evidence, one row per item; `alone` is as in `entries`."""
    fields = (
        CODE,
        RECORD_KIND,
        numbered(
            "entry",
            "The entry it belongs to; 0 for the start of the record and its doctrine.",
            minimum=0,
        ),
        text(
            "kind",
            "Kind of the entry; of entry 0, whether the item is on the start or the doctrine.",
            required=True,
            categories=EVIDENCE_KINDS,
        ),
        *item_fields("entry"),
    )
    rows: list[Row] = []
    for replay in replays:
        kinds = {number: kind_of(step, o) for number, step, o in known_entries(replay)}
        on_start = len(replay.scenario.start.evidence)
        for entry, number, item in evidence_known(replay):
            kind = kinds.get(entry) or ("start" if number <= on_start else "doctrine")
            row: tuple[Cell, ...] = (replay.country, replay.kind.value, entry, kind, number)
            rows.append((*row, *item_cells(item)))
    return Table(
        name="evidence",
        title="Evidence",
        description="Evidence for each entry: who says so, and where. Also for entries that the"
        " replay did not use: `kind` tells them apart.",
        fields=fields,
        key=("country", "entry", "item"),
        links={
            **({} if alone else {("country",): ("countries", ("country",))}),
            ("source",): ("sources", ("source",)),
        },
        rows=tuple(rows),
    )


def sources(replays: Sequence[Replay], collectives: Sequence[Collective] = ()) -> Table:
    """Build the table of sources, one row per cited source."""
    fields = (
        text("source", "Name in the register.", required=True),
        text(
            "type",
            "Type, in the terms of the Citation Style Language.",
            required=True,
            categories=SOURCE_TYPES,
        ),
        text("publisher", "Publisher.", required=True),
        text("author", "Author."),
        text("title", "Title; in [square brackets] if the copy read had none."),
        *dated("issued", "Date printed on the source", required=True),
        *dated("public", "When the public could first read it", required=True),
        text("language", "Language of the text (BCP 47).", required=True),
        text(
            "reliability",
            "Admiralty grade, from A (completely reliable) to E (unreliable); F: cannot be judged.",
            required=True,
            categories=RELIABILITIES,
        ),
        text("url", "URL of publication."),
        text("archive", "URL of an archived copy."),
        *dated("seen", "When it was last read"),
        text("note", "What a reader should know about it."),
    )
    rows: list[Row] = []
    for source in cited(replays, collectives):
        row: tuple[Cell, ...] = (source.id, source.type.value, source.publisher)
        row += (source.author or None, source.title or None)
        row += (*day_cells(source.issued), *day_cells(source.public))
        row += (source.language, source.reliability.value, source.url, source.archive)
        row += day_cells(source.seen) if source.seen else (None, None, None)
        rows.append((*row, source.note or None))
    return Table(
        name="sources",
        title="Sources",
        description="The documents cited as evidence.",
        fields=fields,
        key=("source",),
        rows=tuple(rows),
    )
