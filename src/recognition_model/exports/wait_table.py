"""Waits for a stage as a table for survival analysis.

A row is one wait of one country: from when it was at risk, between which days it ended, how, and
how things stood at the origin. Pictures of the time to a stage are computed from the same waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from recognition_model.analysis.asked import Record, replays_of
from recognition_model.analysis.wait_ends import Begins, Ended
from recognition_model.analysis.waits import CountryWait, wait_from_day, waits_from_stage
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.changes import Spell
from recognition_model.core.dates import DateReading, date_reading, exact_day
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.exports.basis_columns import basis_fields, rests_on
from recognition_model.exports.categories import ACTS, BANS, STAGES, ranked
from recognition_model.exports.given import once
from recognition_model.exports.long_tables import CODE, day_cells
from recognition_model.exports.table_schema import (
    Categories,
    Cell,
    Field,
    Kind,
    Row,
    Table,
    dated,
    numbered,
    text,
)

TAKEOVER = PERIODS_OF_RULE[-1].first
"""The day from which waits are counted by default: the Taliban take Kabul again."""

TARGETS = tuple(stage for stage in Stage if stage > Stage.BANNED)
"""The stages waited for. `hostile` and `banned` are no steps up: they end a wait."""

EXITS = ranked("exit", Ended)
CLOCKS = Categories(
    name="clock",
    meanings={
        "day": "The same day for every country: 2021-08-15, or another one asked for.",
        **{
            str(stage): f"The day on which the country became `{stage}`: a wait for each time."
            for stage in Stage
        },
    },
)
_DAYS = "days since the origin"
_KEPT = ", given the order of the changes and the end of the data"


def _days(name: str, description: str, *, required: bool = False, example: str = "") -> Field:
    return Field(
        name=name,
        description=description,
        kind=Kind.COUNT,
        minimum=0,
        required=required,
        unit=_DAYS,
        example=example,
    )


FIELDS = (
    text(
        "target",
        "The stage waited for. A higher one counts as reached too.",
        required=True,
        categories=STAGES,
    ),
    text("clock", "What starts the count of days.", required=True, categories=CLOCKS),
    CODE,
    numbered("spell", "The spell in the table `spells` in which the country came to be at risk."),
    *dated("origin", "The day from which days are counted", required=True, kept=_KEPT),
    _days(
        "at_risk_from",
        "The country is at risk after this day. More than 0 if its data begin after the origin"
        " (delayed entry).",
        required=True,
        example="0",
    ),
    text("stage", "The stage when it came to be at risk.", required=True, categories=STAGES),
    text("ban", "The ban when it came to be at risk.", required=True, categories=BANS),
    text(
        "begun_by",
        "The act that began that spell. Empty if it is the start of the record: the true beginning"
        " may be earlier.",
        categories=ACTS,
    ),
    *basis_fields("the day on which it came to be at risk", required=True),
    _days(
        "left",
        "The wait did not end before this day. For a wait that did not reach the stage, the last"
        " day on which it surely lasted.",
        required=True,
        example="15",
    ),
    _days(
        "right",
        "The stage was reached by this day at the latest. Empty if it was not reached; so"
        ' `Surv(left, right, type = "interval2")` in R takes both columns.',
        example="58",
    ),
    _days(
        "days",
        "The length of the wait, with each date read at its middle day (the earlier of two), or at"
        " the day that the export reads.",
        required=True,
        example="36",
    ),
    Field(
        name="event",
        description="1 if the stage was reached after `days`, 0 if the wait is censored there.",
        kind=Kind.COUNT,
        unit="0 or 1",
        required=True,
        minimum=0,
        example="1",
    ),
    text(
        "ended",
        "Why the wait ended. A ban or a break-off on the way does not end it: see `exit`.",
        required=True,
        categories=ranked("ended", (Ended.RECORD_ENDED, Ended.REACHED, Ended.LAPSED)),
    ),
    text("reached", "The stage reached: the target or a higher one.", categories=STAGES),
    *dated("ended_on", "The day on which the wait ended", required=True, kept=_KEPT),
    numbered("change", "The change that ended it, in `changes`. Empty if the record ended."),
    text(
        "exit",
        "The first of all competing ends. As a factor with `record_ended` first,"
        " `Surv(exit_days, exit)` in R gives cumulative incidences.",
        required=True,
        categories=EXITS,
    ),
    _days("exit_left", "The first end was not before this day.", required=True, example="15"),
    _days("exit_right", "The first end was by this day at the latest; empty if the record ended."),
    _days("exit_days", "The day of the first end, read as `days` is.", required=True),
    numbered("exit_change", "The change that is the first end. Empty if the record ended."),
)


def waits(
    record: Record,
    *,
    stage: Stage | str | None = None,
    origin: date | str | Stage | None = None,
    dates: DateReading = "all",
) -> Table:
    """Build the table of a record's waits for a stage, or for every stage above `banned`.

    `origin` is the day from which all waits are counted, or a stage: then they are counted from the
    day on which a country came to be at it. Without one, the table has 2021-08-15 and every stage
    below. Organisations have no rows. With `dates` set to `earliest` or `latest`, uncertain dates
    are read at that day.

        rm.waits(record, stage="ambassador_accepted")                       # since 2021-08-15
        rm.waits(record, stage="ambassador_accepted", origin="engaged")     # since engagement

    Raises `ValueError` for an unknown word, for the stages `hostile` and `banned`, for an origin
    that is not below the stage, and for a country that occurs twice.
    """
    targets = TARGETS if stage is None else (_stage(stage),)
    if targets[0] not in TARGETS:
        wanted = ", ".join(map(str, TARGETS))
        raise ValueError(f"no country waits for {targets[0]}: give {wanted}")
    clocks = _clocks(origin)
    if stage is not None and all(isinstance(clock, Stage) for clock in clocks):
        clock = clocks[0]
        if isinstance(clock, Stage) and clock >= targets[0]:
            raise ValueError(f"no country waits for {targets[0]} from {clock}: it is not below")
    reading = date_reading(dates)
    read = [replay.read(reading) for replay in once(of_countries(replays_of(record)))]
    return waits_table(read, _waits(read, targets, clocks))


def _stage(word: Stage | str) -> Stage:
    found = next((stage for stage in Stage if str(stage) == str(word)), None)
    if found is None:
        raise ValueError(f"unknown stage {word!r}; stages are {', '.join(map(str, Stage))}")
    return found


def _clocks(origin: date | str | Stage | None) -> tuple[date | Stage, ...]:
    if origin is None:
        return (TAKEOVER, *Stage)
    if isinstance(origin, Stage) or (isinstance(origin, str) and not origin[:1].isdigit()):
        return (_stage(origin),)
    return (exact_day(origin),)


def _waits(
    replays: Sequence[Replay], targets: Sequence[Stage], clocks: Sequence[date | Stage]
) -> Iterator[CountryWait]:
    begins = [Begins.of(replay.history) for replay in replays]
    for target in targets:
        for clock in clocks:
            for replay, begun in zip(replays, begins, strict=True):
                if not isinstance(clock, Stage):
                    one = wait_from_day(replay, begun, target, clock)
                    yield from () if isinstance(one, str) else (one,)
                elif clock < target:
                    yield from waits_from_stage(replay, begun, target, clock)


def waits_table(replays: Iterable[Replay], found: Iterable[CountryWait]) -> Table:
    """Build the table from waits that were measured in these replays."""
    histories = {replay.country: replay.history for replay in replays}
    rows: list[Row] = []
    for one in found:
        history = histories[one.country]
        row: tuple[Cell, ...] = (str(one.target), str(one.clock or "day"), one.country, one.spell)
        row += (one.origin.text, one.origin_earliest, one.origin_latest, one.at_risk_from)
        row += (str(one.state.stage), str(one.state.ban), _began(history.spells[one.spell - 1]))
        row += (*rests_on(history, one.asked_on), one.left, one.right, one.end.days)
        row += (int(one.ended is Ended.REACHED), str(one.ended))
        row += (str(one.change.after.stage) if one.change and one.right is not None else None,)
        row += (*day_cells(one.end.date), one.end.number)
        row += (str(one.exit.how), one.exit.left, one.exit.right, one.exit.days, one.exit.number)
        rows.append(row)
    return Table(
        name="waits",
        title="Waits",
        description="How long each country waited for a stage, and how the wait ended: for survival"
        " analysis with interval censoring, delayed entry and competing ends.",
        fields=FIELDS,
        key=("target", "clock", "country", "spell"),
        links={
            ("country",): ("countries", ("country",)),
            ("country", "spell"): ("spells", ("country", "spell")),
        },
        rows=tuple(rows),
    )


def _began(spell: Spell) -> str | None:
    return str(spell.change.act) if spell.change else None
