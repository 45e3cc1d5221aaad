"""Long tables of the record: countries, entries, changes and spells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recognition_model.analysis.recorded import counted_from, known_entries, outcome_of
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When, closed, end_of
from recognition_model.core.scenario import ActStep, Assertion, StatusStep
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
    KINDS,
    OUTCOMES,
    STAGES,
)
from recognition_model.exports.state_codes import cow, gleditsch_ward
from recognition_model.exports.table_schema import Cell, Field, Kind, Row, Table, dated, text

CODE = Field(name="country", description="ISO 3166-1 alpha-3.", required=True, pattern="[A-Z]{3}")
NUMBERS = (
    Field(
        name="cow",
        description="Number in the Correlates of War project's State System Membership.",
        kind=Kind.COUNT,
    ),
    Field(
        name="gw",
        description="Number in Gleditsch and Ward's list of independent states.",
        kind=Kind.COUNT,
    ),
)
_NUMBER = "counted from 1 in each country"
_KEPT = ", given the order of the changes"


def identity(replay: Replay) -> tuple[str, int | None, int | None]:
    """Give a country's codes: alpha-3, Correlates of War, Gleditsch and Ward."""
    return replay.country, cow(replay.country), gleditsch_ward(replay.country)


def countries(replays: Sequence[Replay]) -> Table:
    """Build the table of countries, with codes and the period of each scenario."""
    fields = (
        CODE,
        text("name", "English name.", required=True),
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
        description="Countries whose relations with the Taliban are recorded, and until when.",
        fields=fields,
        key=("country",),
        rows=tuple(rows),
    )


def entries(replays: Sequence[Replay]) -> Table:
    """Build the table of timeline entries, with the outcome of each."""
    fields = (
        CODE,
        Field(
            name="entry", description=f"Number in the file, {_NUMBER}.", kind=Kind.COUNT, minimum=1
        ),
        text("kind", "Kind of entry.", required=True, categories=KINDS),
        text("subject", "The act, status or signal.", required=True),
        *dated("date", "When it happened", required=True),
        text("attestation", "Level of attestation of its evidence.", categories=ATTESTATIONS),
        text(
            "outcome",
            "What the replay made of an act or a status. Empty for other entries.",
            categories=OUTCOMES,
        ),
        text("because", "Why it was refused or is deprecated, in words."),
        Field(
            name="deprecated",
            description="Whether it is kept although it should not be believed; never replayed.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="counts",
            description="Whether it counts towards the basis of a day: an act that changed the"
            " state, a status that holds in some reading, a signal, or a refusal that the file"
            " expects and an authority of the country supports; not if it lies after the end of"
            " the record.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="counts_from",
            description="The day from which it counts: its latest possible day, given the order of"
            " the file and the end of the record.",
            kind=Kind.DAY,
        ),
        text("status_stage", "Of a status: the stage it names.", categories=STAGES),
        text("status_ban", "Of a status: the ban it names.", categories=BANS),
        text("status_at_least", "Of a status: the lowest stage it allows.", categories=STAGES),
        text("status_below", "Of a status: the stage below which it was.", categories=STAGES),
        text("note", "What happened, in the words of the record's authors."),
        text("contradiction", "How sources contradict each other or leave a doubt."),
    )
    rows: list[Row] = []
    for replay in replays:
        days = counted_from(replay)
        for number, step, outcome in known_entries(replay):
            day = days.get(number)
            row: tuple[Cell, ...] = (replay.country, number, step.kind)
            row += (step.label.removeprefix(f"{step.kind} "), *day_cells(step.date))
            row += (str(step.attestation), *outcome_of(outcome))
            row += (isinstance(step, ActStep) and step.deprecated, day is not None, day)
            row += _status(step.status if isinstance(step, StatusStep) else Assertion())
            rows.append((*row, step.note or None, step.contradiction or None))
    return Table(
        name="entries",
        title="Entries",
        description="All dated entries: acts, statuses, signals, and acts to be refused.",
        fields=fields,
        key=("country", "entry"),
        links={("country",): ("countries", ("country",))},
        rows=tuple(rows),
    )


def changes(replays: Sequence[Replay]) -> Table:
    """Build the table of changes, one row per act that a rule permitted."""
    fields = (
        CODE,
        Field(name="change", description=f"In order, {_NUMBER}.", kind=Kind.COUNT, minimum=1),
        Field(name="entry", description="The entry that records it.", kind=Kind.COUNT, minimum=1),
        *dated("date", "When it happened", required=True, kept=_KEPT),
        text("act", "The kind of act.", required=True, categories=ACTS),
        text("rule", "Code of the rule that permits it.", required=True),
        text("stage_before", "The stage before.", required=True, categories=STAGES),
        text("stage_after", "The stage after.", required=True, categories=STAGES),
        text("ban_before", "The ban before.", required=True, categories=BANS),
        text("ban_after", "The ban after.", required=True, categories=BANS),
        text("attestation", "Level of attestation of its evidence.", categories=ATTESTATIONS),
    )
    rows: list[Row] = []
    for replay in replays:
        moves = [(number, o) for number, _, o in known_entries(replay) if isinstance(o, Change)]
        for at, (number, change) in enumerate(moves, start=1):
            row: tuple[Cell, ...] = (replay.country, at, number, change.date.text)
            row += (*_bounds(replay, at), str(change.act), change.rule)
            row += (str(change.before.stage), str(change.after.stage))
            row += (str(change.before.ban), str(change.after.ban), str(change.attestation))
            rows.append(row)
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
        Field(name="spell", description=f"In order, {_NUMBER}.", kind=Kind.COUNT, minimum=1),
        text("stage", "The stage.", required=True, categories=STAGES),
        text("ban", "The ban.", required=True, categories=BANS),
        *dated("from", "Day on which it begins", required=True, kept=_KEPT),
        *dated(
            "to",
            "Day on which the next begins; for the last, the day on which the record ends",
            required=True,
        ),
        Field(
            name="last_documented",
            description="Whether it is the last. The record ends there; the state may continue.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(name="change", description="The change that began it.", kind=Kind.COUNT, minimum=1),
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
            row: tuple[Cell, ...] = (replay.country, at + 1, str(spell.stage), str(spell.ban))
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


def _status(status: Assertion) -> tuple[str | None, ...]:
    parts = (status.stage, status.ban, status.at_least, status.below)
    return tuple(str(part) if part else None for part in parts)


def day_cells(when: When) -> tuple[str, date | None, date | None]:
    return when.text, closed(when.earliest), closed(when.latest)


def _bounds(replay: Replay, spell: int) -> tuple[date | None, date | None]:
    earliest, latest = replay.history.bounds[spell]
    return closed(end_of(earliest)), closed(end_of(latest))
