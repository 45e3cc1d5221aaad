"""Columns of a panel that describe the end of a day, and their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from recognition_model.analysis.publicity import states_known_from
from recognition_model.core.basis import Basis
from recognition_model.core.changes import Spell
from recognition_model.core.dates import DateReading, is_open
from recognition_model.core.history import History
from recognition_model.core.stages import Stage, State
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.basis_columns import basis_fields, origin_field, rests_on
from recognition_model.exports.categories import ATTESTATIONS, BANS, STAGES
from recognition_model.exports.table_rows import Cell, Row
from recognition_model.exports.table_schema import Field, Kind, numbered, text, words

READ = {
    "earliest": "Uncertain dates are read at their earliest day",
    "latest": "Uncertain dates are read at their latest day",
    "all": "Empty if readings of uncertain dates differ",
}
CODES = f"Stages from 0 to {len(Stage) - 1}, an order and not a distance"
_RANKED = "Lower stages first; of one stage, the ban in the order none, in_force, lifted."


def state_fields(end: str, dates: DateReading) -> tuple[Field, ...]:
    """Make the columns for the cells of `States.on`; `end` names the day in words."""
    read = READ[dates]
    return (
        text("stage", f"The stage. {read}.", categories=STAGES, example=str(Stage.ENGAGED)),
        code_field("stage_code", f"The stage as a number. {read}."),
        *bound_fields("stage_low", "The lowest stage in any reading of the dates."),
        *bound_fields("stage_high", "The highest stage in any reading of the dates."),
        text("ban", f"The ban. {read}.", categories=BANS, example="lifted"),
        text(
            "states",
            "All possible states, each as stage/ban, separated by spaces.",
            rule=f"{_RANKED} One set has one spelling.",
            example="engaged/none delisted/lifted",
        ),
        text(
            "stages",
            "All possible stages, lowest first, separated by spaces.",
            parts=STAGES,
            example="engaged delisted",
        ),
        text("bans", "All possible bans, in the same form.", parts=BANS, example="none lifted"),
        *basis_fields(end, dates, required=True),
        Field(
            name="certain",
            description="Whether all readings of the dates agree on stage and ban, and the basis is"
            " evidenced.",
            kind=Kind.FLAG,
            required=True,
            example="true",
        ),
        Field(
            name="dates_agree",
            description="Whether all readings of the dates agree on stage and ban.",
            kind=Kind.FLAG,
            required=True,
            example="true",
        ),
        numbered("spell", f"Number of the spell in the table `spells`. {read}.", example="2"),
        numbered(
            "change",
            "Number in the table `changes` of the change in force, which began the spell; empty for"
            f" the start. {read}.",
            example="1",
        ),
        origin_field(f"Whether the spell is an assumed start, or evidenced. {read}."),
        text(
            "attestation",
            "Level of attestation of the change that began the spell; empty for the start."
            f" {read}.",
            categories=ATTESTATIONS,
            example="official",
        ),
        Field(
            name="known_from",
            description="The first day on which the public record sufficed for the state: its acts,"
            f" as far as public by then, lead to it. Empty for an assumed start. {read}.",
            kind=Kind.DAY,
            rule="A source counts from the day on which it was surely public, and no act counts"
            " before it happened. `attested_from` of `changes` asks about the evidence of one act"
            " alone, and can be earlier. A panel of what could be known on a day keeps the rows"
            " with `known_from` up to it. For what else could be believed then, export with"
            " --known-by.",
            example="2021-09-08",
        ),
    )


def code_field(name: str, description: str) -> Field:
    """Make a column for the number of a stage."""
    return Field(
        name=name,
        description=description,
        kind=Kind.COUNT,
        minimum=0,
        unit=CODES,
        rule=", ".join(f"{stage.rank}: {stage}" for stage in Stage),
        example=str(Stage.ENGAGED.rank),
    )


def bound_fields(name: str, description: str) -> tuple[Field, Field]:
    """Make two columns for a stage that is always known: its word and its number."""
    return (
        text(name, description, categories=STAGES, required=True, example=str(Stage.ENGAGED)),
        code_field(f"{name}_code", f"`{name}` as a number."),
    )


def bound_cells(stage: Stage) -> tuple[str, int]:
    """Give the cells of `bound_fields`."""
    return str(stage), stage.rank


@frozen
class At:
    """The cells of a day: those before `days_since`, the day of `last_entry`, and those after."""

    before: Row
    last: int | None
    after: Row

    def cells(self, day: int) -> Row:
        since = None if self.last is None else day - self.last
        return (*self.before, since, *self.after)


class States:
    """Where a country stood at the end of each day. Days are ordinals.

    `bounds` are the first days of stretches on which nothing but `days_since` changes.
    """

    def __init__(self, replay: Replay, dates: DateReading) -> None:
        history = replay.history
        self._history = history
        self._heard = history.read(dates)
        self._read = [] if dates == "all" else history.begin_days(dates)
        self._known = states_known_from(replay)
        bounds = {day for pair in history.bounds for day in pair if not is_open(day)}
        bounds |= {span.first for span in self._heard.basis_spans}
        bounds |= {day for day, _ in self._heard.attested.counted}
        bounds |= set(self._read)
        self.bounds = sorted(bounds)
        self._cache: dict[int, At] = {}

    def on(self, day: int) -> At:
        """Give the cells of a day."""
        stretch = bisect_right(self.bounds, day)
        if stretch not in self._cache:
            self._cache[stretch] = self._at(day)
        return self._cache[stretch]

    def _at(self, day: int) -> At:
        position = self._history.on(date.fromordinal(day))
        states = sorted(position.states, key=_rank)
        stages = sorted({state.stage for state in states})
        bans = sorted({state.ban for state in states})
        possible = [spell for spell in position.spells if position.begun]
        stage, ban = position.stage, position.ban
        if self._read:
            possible = [spell_read_on(self._history, self._read, day)]
            stage, ban = possible[0].stage, possible[0].ban
        there = {*map(id, possible)}
        numbers = [n for n, spell in enumerate(self._history.spells, 1) if id(spell) in there]
        changes = [spell.change for spell in possible]
        basis, last, _ = rests_on(self._heard, position.day)
        before = (
            str(stage) if stage else None,
            stage.rank if stage else None,
            *bound_cells(stages[0]),
            *bound_cells(stages[-1]),
            str(ban) if ban else None,
            words(f"{state.stage}/{state.ban}" for state in states),
            words(stages),
            words(bans),
            basis,
            last,
        )
        after = (
            position.dates_agree and basis == str(Basis.EVIDENCED),
            position.dates_agree,
            _agreed(numbers),
            _agreed([number - 1 or None for number in numbers]),
            _agreed([spell.origin for spell in possible]),
            _agreed([str(change.attestation) if change else None for change in changes]),
            _agreed([self._known[number - 1] for number in numbers]),
        )
        return At(before, last.toordinal() if last else None, after)


def _rank(state: State) -> tuple[int, int]:
    return state.stage.rank, state.ban.rank


def spell_read_on(history: History, read: Sequence[int], day: int) -> Spell:
    """Give the spell of a day in a reading, whose spells begin on the days `read`."""
    return history.spells[bisect_right(read, day) - 1]


def _agreed(cells: Sequence[Cell]) -> Cell:
    """Give the cell on which all readings agree, or None."""
    return cells[0] if len(set(cells)) == 1 else None
