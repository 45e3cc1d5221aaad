"""The record as long tables: countries, entries, changes, spells, evidence, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recognition_model.core.base import Ranked
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When
from recognition_model.core.evidence import Attestation
from recognition_model.core.history import OPEN, Change
from recognition_model.core.scenario import KIND_OF, ActStep, Step
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.engine.outcomes import Outcome, Replay, StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.exports.state_codes import cow, gleditsch_ward
from recognition_model.exports.table_schema import Cell, Field, Kind, Row, Table, dated, text

STAGES, BANS = tuple(map(str, Stage)), tuple(map(str, Ban))
CODE = Field(name="country", told="ISO 3166-1 alpha-3.", required=True, pattern="[A-Z]{3}")
NUMBERS = (
    Field(
        name="cow",
        told="Number in the Correlates of War project's State System Membership.",
        kind=Kind.COUNT,
    ),
    Field(
        name="gw",
        told="Number in Gleditsch and Ward's list of independent states.",
        kind=Kind.COUNT,
    ),
)
_NUMBER = "counted from 1 in each country"
OUTCOMES = {
    "changed": "the act moved the state",
    "refused": "the rules refused the act",
    "permitted": "the rules took an act that they were expected to refuse",
    "in all": "the status holds in all readings of the dates",
    "in some": "the status holds in some",
    "in none": "the status holds in none",
}
_KEPT = ", the changes being in order"


def identity(replay: Replay) -> tuple[str, int | None, int | None]:
    """A country's codes: alpha-3, Correlates of War, Gleditsch and Ward."""
    return replay.country, cow(replay.country), gleditsch_ward(replay.country)


def countries(replays: Sequence[Replay]) -> Table:
    """A row per country: its codes, and how far its record reaches."""
    fields = (
        CODE,
        text("name", "English name.", required=True),
        *NUMBERS,
        text("title", "Heading of the record.", required=True),
        *dated("begins", "When the record begins", required=True),
        Field(
            name="documented_until",
            told="The last day that the record speaks for. Not today.",
            kind=Kind.DAY,
            required=True,
        ),
        text("stage", "The last documented stage.", values=STAGES),
        text("ban", "The last documented ban.", values=BANS),
        text("start_assumed", "Why the stage at the start is assumed, where no source gives it."),
        text("doctrine", "What the country holds of recognising governments at all."),
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
                replay.scenario.title,
                *day_cells(history.begins),
                history.documented_until,
                str(last.stage) if last else None,
                str(last.ban) if last else None,
                replay.scenario.start.assumed or None,
                replay.scenario.doctrine.says if replay.scenario.doctrine else None,
            )
        )
    return Table(
        name="countries",
        title="Countries",
        told="Whose relations with the Taliban are recorded, and until when.",
        fields=fields,
        key=("country",),
        rows=tuple(rows),
    )


def entries(replays: Sequence[Replay]) -> Table:
    """A row per entry of a timeline, and what the rules made of it."""
    outcomes = "; ".join(f"{word}: {told}" for word, told in OUTCOMES.items())
    fields = (
        CODE,
        Field(name="entry", told=f"Place in the file, {_NUMBER}.", kind=Kind.COUNT, minimum=1),
        text("kind", "Kind of entry.", required=True, values=tuple(KIND_OF.values())),
        text("subject", "The act, status or signal.", required=True),
        *dated("date", "When it happened", required=True),
        text("attestation", "What its evidence amounts to.", values=words_of(Attestation)),
        text("outcome", f"{outcomes}. Empty for the rest.", values=tuple(OUTCOMES)),
        text("because", "Why it was refused, or is deprecated, in words."),
        Field(
            name="deprecated",
            told="Whether it is kept though nobody should believe it; never replayed.",
            kind=Kind.FLAG,
            required=True,
        ),
        text("note", "What happened, in words of the record's authors."),
        text("contradiction", "Where sources contradict each other, or leave a doubt."),
    )
    rows: list[Row] = []
    for replay in replays:
        for number, step, outcome in known_entries(replay):
            row: tuple[Cell, ...] = (replay.country, number, step.kind)
            row += (step.label.removeprefix(f"{step.kind} "), *day_cells(step.date))
            row += (str(step.attestation), *_outcome(outcome))
            row += (isinstance(step, ActStep) and step.deprecated,)
            rows.append((*row, step.note or None, step.contradiction or None))
    return Table(
        name="entries",
        title="Entries",
        told="Every dated entry: acts, statuses, signals, and acts that the rules must refuse.",
        fields=fields,
        key=("country", "entry"),
        links={("country",): ("countries", ("country",))},
        rows=tuple(rows),
    )


def changes(replays: Sequence[Replay]) -> Table:
    """A row per move that a rule permitted."""
    fields = (
        CODE,
        Field(name="change", told=f"In order, {_NUMBER}.", kind=Kind.COUNT, minimum=1),
        Field(name="entry", told="The entry that tells it.", kind=Kind.COUNT, minimum=1),
        *dated("date", "When it happened", required=True, kept=_KEPT),
        text("act", "The kind of deed.", required=True, values=words_of(Act)),
        text("rule", "Code of the rule that permits it.", required=True),
        text("stage_before", "The stage before.", required=True, values=STAGES),
        text("stage_after", "The stage after.", required=True, values=STAGES),
        text("ban_before", "The ban before.", required=True, values=BANS),
        text("ban_after", "The ban after.", required=True, values=BANS),
        text("attestation", "What its evidence amounts to.", values=words_of(Attestation)),
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
        told="Every move from one state to another.",
        fields=fields,
        key=("country", "change"),
        links={("country", "entry"): ("entries", ("country", "entry"))},
        rows=tuple(rows),
    )


def spells(replays: Sequence[Replay]) -> Table:
    """A row per stretch of one state."""
    fields = (
        CODE,
        Field(name="spell", told=f"In order, {_NUMBER}.", kind=Kind.COUNT, minimum=1),
        text("stage", "The stage.", required=True, values=STAGES),
        text("ban", "The ban.", required=True, values=BANS),
        *dated("from", "The day it begins", required=True, kept=_KEPT),
        *dated(
            "to", "The day the next begins; for the last, the day the record ends", required=True
        ),
        Field(
            name="last_documented",
            told="Whether it is the last: the record ends there, the state need not.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(name="change", told="The change that began it.", kind=Kind.COUNT, minimum=1),
    )
    rows: list[Row] = []
    for replay in replays:
        history = replay.history
        until = history.documented_until
        for at, spell in enumerate(history.spells if history.documented else ()):
            end = (until, until) if spell.last else _bounds(replay, at + 1)
            row: tuple[Cell, ...] = (replay.country, at + 1, str(spell.stage), str(spell.ban))
            row += (spell.begins.text, *_bounds(replay, at), spell.ends.text, *end)
            rows.append((*row, spell.last, at or None))
    return Table(
        name="spells",
        title="Spells",
        told="The states of each country in order, each ending where the next begins.",
        fields=fields,
        key=("country", "spell"),
        links={("country",): ("countries", ("country",))},  # the first has no change to point to
        rows=tuple(rows),
    )


def known_entries(replay: Replay) -> Iterator[tuple[int, Step, Outcome]]:
    """The entries known, with their places in the file and what became of them."""
    yield from zip(replay.numbers, replay.scenario.timeline, replay.outcomes, strict=True)


def _outcome(outcome: Outcome) -> tuple[str | None, str | None]:
    if isinstance(outcome, Refusal):
        return "refused", outcome.in_words()
    if isinstance(outcome, StatusCheck):
        return outcome.verdict.holds.value, None
    if isinstance(outcome, UnexpectedlyPermitted):
        return "permitted", None
    if isinstance(outcome, ActStep):
        return None, outcome.because or None
    return ("changed" if isinstance(outcome, Change) else None), None


def day_cells(when: When) -> tuple[str, date | None, date | None]:
    return when.text, _closed(when.earliest.toordinal()), _closed(when.latest.toordinal())


def _bounds(replay: Replay, spell: int) -> tuple[date | None, date | None]:
    earliest, latest = replay.history.bounds[spell]
    return _closed(earliest), _closed(latest)


def _closed(day: int) -> date | None:
    return None if day in OPEN else date.fromordinal(day)


def words_of(kind: type[Ranked]) -> tuple[str, ...]:
    return tuple(map(str, kind))
