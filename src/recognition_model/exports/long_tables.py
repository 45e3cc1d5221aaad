"""Long tables of the record: countries, changes and spells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recognition_model.analysis.publicity import attested_from
from recognition_model.analysis.recorded import known_entries
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When, closed, end_of
from recognition_model.core.dating import DAYS_OF_ACTS
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.basis_columns import (
    basis_fields,
    days_fields,
    days_of,
    origin_field,
    rests_on,
)
from recognition_model.exports.categories import (
    ACTS,
    ATTESTATIONS,
    BANS,
    DAYS_OF_ACT,
    RECORD_KINDS,
    STAGES,
)
from recognition_model.exports.state_codes import cow, gleditsch_ward
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

CODE = Field(
    name="country",
    description="ISO 3166-1 alpha-3; of an organisation the code of ICAO 9303.",
    required=True,
    pattern="[A-Z]{3}",
)
_KIND = "Whether the record is of a country or of an organisation. Count countries alone."
KIND = text("kind", _KIND, required=True, categories=RECORD_KINDS)
RECORD_KIND = text("record_kind", _KIND, required=True, categories=RECORD_KINDS)
"""The same where a table has another `kind`."""
NUMBERS = (
    Field(
        name="cow",
        description="Number in the Correlates of War project's State System Membership, at the end"
        " of the record. Empty if the country is no member then.",
        kind=Kind.COUNT,
        unit="code",
    ),
    Field(
        name="gw",
        description="Number in Gleditsch and Ward's list of independent states, at the end of the"
        " record. Empty if the country is not listed then.",
        kind=Kind.COUNT,
        unit="code",
    ),
)
DATED_BY = text(
    "dated_by",
    "Of an act: which day of it the date is. Empty if the record does not say: then it is the day"
    " that counts.",
    categories=DAYS_OF_ACT,
    rule=" ".join(f"{act}, {day}" for act, day in DAYS_OF_ACTS.items()),
    example="decided",
)
_NUMBER = "counted from 1 in each country"
_KEPT = ", given the order of the changes"


def identity(replay: Replay) -> tuple[str, int | None, int | None]:
    """Give a country's codes: alpha-3, and its two numbers at the end of the record."""
    until = replay.history.documented_until
    return replay.country, cow(replay.country, until), gleditsch_ward(replay.country, until)


def countries(replays: Sequence[Replay]) -> Table:
    """Build the table of countries, with codes and the period of each scenario."""
    fields = (
        CODE,
        text("name", "English name.", required=True),
        KIND,
        *NUMBERS,
        text("title", "Title of the record.", required=True),
        *dated("begins", "When the record begins", required=True),
        Field(
            name="documented_until",
            description="The last day that the record covers. Not today's date.",
            kind=Kind.DAY,
            required=True,
        ),
        Field(
            name="reviewed",
            description="The day up to which a coder searched and found no further change. No other"
            " table covers the days after `documented_until`.",
            kind=Kind.DAY,
        ),
        text("stage", "The last documented stage.", categories=STAGES),
        text("ban", "The last documented ban.", categories=BANS),
        *basis_fields("`documented_until`"),
        text("start_assumed", "Why the stage at the start is assumed, if no source gives it."),
        Field(
            name="start_evidenced",
            description="Whether the start has evidence and is not assumed. It counts then as an"
            " entry.",
            kind=Kind.FLAG,
            required=True,
        ),
        text("doctrine", "The country's doctrine on recognising governments."),
    )
    rows = []
    for replay in replays:
        history = replay.history
        last = history.last if history.documented else None
        rows.append(
            (
                replay.country,
                name_of(replay.country),
                replay.kind.value,
                *identity(replay)[1:],
                replay.title or name_of(replay.country),
                *day_cells(history.begins),
                history.documented_until,
                history.reviewed,
                str(last.stage) if last else None,
                str(last.ban) if last else None,
                *rests_on(history, history.documented_until),
                replay.scenario.start.assumed or None,
                history.entries[0].counts,
                replay.scenario.doctrine.says if replay.scenario.doctrine else None,
            )
        )
    return Table(
        name="countries",
        title="Countries",
        description="Countries whose relations with the Taliban are recorded, and until when;"
        " organisations too, if they were asked for.",
        fields=fields,
        key=("country",),
        rows=tuple(rows),
    )


def changes(replays: Sequence[Replay]) -> Table:
    """Build the table of changes, one row per act that a rule permitted."""
    fields = (
        CODE,
        KIND,
        numbered("change", f"In order, {_NUMBER}."),
        numbered("entry", "The entry that records it."),
        *dated("date", "When it happened", required=True, kept=_KEPT),
        DATED_BY,
        text("act", "The kind of act.", required=True, categories=ACTS),
        text("rule", "Code of the rule that permits it.", required=True),
        text("stage_before", "The stage before.", required=True, categories=STAGES),
        text("stage_after", "The stage after.", required=True, categories=STAGES),
        text("ban_before", "The ban before.", required=True, categories=BANS),
        text("ban_after", "The ban after.", required=True, categories=BANS),
        text("attestation", "Level of attestation of its evidence.", categories=ATTESTATIONS),
        Field(
            name="attested_from",
            description="The first day on which public evidence of this act sufficed for the"
            " change. Empty if its sources have no sure day.",
            kind=Kind.DAY,
            rule="A source counts from the last day on which it may have come out, and no source"
            " before the change can have happened. Earlier changes may have become known later:"
            " `known_from` of a panel is the day on which the whole record sufficed for the state.",
        ),
    )
    rows: list[Row] = []
    for replay in replays:
        moves = [(number, o) for number, _, o in known_entries(replay) if isinstance(o, Change)]
        for at, (number, change) in enumerate(moves, start=1):
            row: tuple[Cell, ...] = (replay.country, replay.kind.value, at, number)
            row += (change.date.text,)
            row += (*_bounds(replay, at), str(change.dated_by) if change.dated_by else None)
            row += (str(change.act), change.rule)
            row += (str(change.before.stage), str(change.after.stage))
            row += (str(change.before.ban), str(change.after.ban), str(change.attestation))
            rows.append((*row, attested_from(replay, change)))
    return Table(
        name="changes",
        title="Changes",
        description="All changes from one state to another.",
        fields=fields,
        key=("country", "change"),
        links={
            ("country", "entry"): ("entries", ("country", "entry")),
            ("rule",): ("rules", ("rule",)),
        },
        rows=tuple(rows),
    )


def spells(replays: Sequence[Replay]) -> Table:
    """Build the table of spells, one row per uninterrupted state."""
    fields = (
        CODE,
        KIND,
        numbered("spell", f"In order, {_NUMBER}."),
        text("stage", "The stage.", required=True, categories=STAGES),
        text("ban", "The ban.", required=True, categories=BANS),
        *dated("begins", "Day on which it begins", required=True, kept=_KEPT),
        *dated(
            "ends",
            "Day on which the next begins; for the last, the day on which the record ends",
            required=True,
        ),
        Field(
            name="last_documented",
            description="Whether it is the last. The record ends there; the state may continue.",
            kind=Kind.FLAG,
            required=True,
        ),
        numbered("change", "The change that began it."),
        origin_field("Whether it is an assumed start, or evidenced.", required=True),
        text(
            "attestation",
            "Level of attestation of the change that began it; empty for the start.",
            categories=ATTESTATIONS,
        ),
        *days_fields(),
    )
    rows: list[Row] = []
    for replay in replays:
        history = replay.history
        until = history.documented_until
        for at, spell in enumerate(history.spells if history.documented else ()):
            end = (until, until) if spell.last else _bounds(replay, at + 1)
            row: tuple[Cell, ...] = (replay.country, replay.kind.value, at + 1)
            row += (str(spell.stage), str(spell.ban))
            row += (spell.begins.text, *_bounds(replay, at), spell.ends.text, *end)
            row += (spell.last, at or None, spell.origin)
            row += (str(spell.change.attestation) if spell.change else None,)
            rows.append((*row, *days_of(spell)))
    return Table(
        name="spells",
        title="Spells",
        description="The states of each country in order; each ends when the next begins.",
        fields=fields,
        key=("country", "spell"),
        links={
            ("country",): ("countries", ("country",))
        },  # not to `changes`: the first spell has none
        rows=tuple(rows),
    )


def day_cells(when: When) -> tuple[str, date | None, date | None]:
    return when.text, closed(when.earliest), closed(when.latest)


def _bounds(replay: Replay, spell: int) -> tuple[date | None, date | None]:
    earliest, latest = replay.history.bounds[spell]
    return closed(end_of(earliest)), closed(end_of(latest))
