"""The table of corrections: what numbered data releases changed in earlier ones."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.analysis.turned_facts import FACTS, Correction
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.long_tables import CODE, RECORD_KIND
from recognition_model.exports.table_schema import (
    Categories,
    Field,
    Kind,
    Row,
    Table,
    numbered,
    text,
    words,
)
from recognition_model.io.releases import releases

KINDS = Categories(
    name="correction_kind",
    meanings={
        "correction": "What an earlier release said is changed or taken back.",
        "addition": "The earlier release had no such entry.",
    },
)
CORRECTED = Categories(name="corrected_fact", meanings=FACTS)


def corrections(replays: Sequence[Replay]) -> Table:
    """Build the table of what releases corrected and added, of the countries of the replays.

    What is known by a day has only the releases up to that day.
    """
    fields = (
        numbered("release", "Number of the data release that made the correction.", example="2"),
        numbered("item", "Number of the correction within its release, from 1."),
        CODE,
        RECORD_KIND,
        text("kind", "Whether it corrects or adds.", required=True, categories=KINDS),
        text("fact", "What is corrected.", required=True, categories=CORRECTED),
        text("old", "The fact as it was; empty if there was none."),
        text("new", "The fact as it is; empty if there is none any more."),
        Field(name="first", description="The first day of a state that turned.", kind=Kind.DAY),
        Field(name="last", description="The last day of a state that turned.", kind=Kind.DAY),
        Field(
            name="days",
            description="How many days of a state turned.",
            kind=Kind.COUNT,
            minimum=1,
            unit="days",
        ),
        text("reason", "Why it was corrected; an addition has no reason."),
        text("sources", "Names of the sources of the new fact, separated by spaces."),
    )
    known = {replay.country: replay for replay in replays}
    rows: list[Row] = []
    for release in releases():
        for item, told in enumerate(map(Correction.from_dict, release.corrections), start=1):
            replay = known.get(told.country)
            if replay and (replay.known_by is None or release.day <= replay.known_by):
                row: Row = (release.number, item, told.country, replay.kind.value)
                row += (told.kind, told.fact)
                row += (told.old, told.new, told.first, told.last, told.days)
                rows.append((*row, told.reason or None, words(told.sources)))
    return Table(
        name="corrections",
        title="Corrections",
        description="What numbered releases of the record changed in earlier ones: a row for each.",
        fields=fields,
        key=("release", "item"),
        links={("country",): ("countries", ("country",))},
        rows=tuple(rows),
    )
