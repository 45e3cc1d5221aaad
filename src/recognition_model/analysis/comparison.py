"""Countries side by side: stages reached, what each answer rests on, changes on one time line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from recognition_model.analysis.recorded import StateActs, acts_data, state_data
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change, Spell
from recognition_model.core.countries import name_of
from recognition_model.core.dates import exact_day, is_open
from recognition_model.core.evidence import Evidence
from recognition_model.core.organisations import RecordKind
from recognition_model.core.position import Position
from recognition_model.core.stages import Stage, State
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.refusals import NextAct, next_acts
from recognition_model.engine.rules import RuleTable


@frozen(kw_only=True, repr=False)
class Arrival(Readable):
    """A time at which a country reached a stage.

    `surely` says whether this lies on or before the day asked about in every reading.
    """

    spell: Spell
    surely: bool

    def to_dict(self) -> dict[str, Any]:
        """Return its date, how it began, and whether it is certain, as plain data."""
        change = self.spell.change
        return {
            "date": self.spell.begins.text,
            "origin": self.spell.origin,
            "act": change.act.value if change else None,
            "rule": change.rule if change else None,
            "surely": self.surely,
        }

    def __str__(self) -> str:
        return f"{self.spell.stage} {self.spell.begins}"


@frozen(kw_only=True, repr=False)
class Compared(Readable):
    """One country of a comparison: its answer for the day, and how it got there.

    `reached` has an item for every stage, empty if it is not documented that the country reached
    it. `upward` are, for each possible state, the acts that would lead to a higher stage.
    """

    replay: Replay
    position: Position
    reached: tuple[tuple[Stage, tuple[Arrival, ...]], ...]
    upward: StateActs

    @property
    def country(self) -> str:
        return self.replay.country

    @property
    def best(self) -> Evidence | None:
        """The best evidence for the change behind the state; None if there is none."""
        alone = self.position.spells[-1] if self.position.dates_agree else None
        return alone.change.best if alone and alone.change else None

    def to_dict(self) -> dict[str, Any]:
        """Return the country's column as plain data."""
        best = self.best
        doctrine = self.replay.scenario.doctrine
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": self.replay.kind.value,
            **self.position.to_dict(),
            "reached": {
                stage.value: [arrival.to_dict() for arrival in arrivals]
                for stage, arrivals in self.reached
            },
            "doctrine": doctrine.to_dict() if doctrine else None,
            "voice": best.voice.value if best else None,
            "grade": best.grade if best else None,
            "acts": acts_data(self.upward),
        }

    def __str__(self) -> str:
        return f"{self.country}: {self.position}"


@frozen(kw_only=True, repr=False)
class Move(Readable):
    """A change of one country, with the days on which it can lie; None for an open side."""

    country: str
    change: Change
    earliest: date | None
    latest: date | None
    surely: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain data."""
        change = self.change
        return {
            "country": self.country,
            "date": change.date.text,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "act": change.act.value,
            "rule": change.rule,
            "before": state_data(change.before),
            "after": state_data(change.after),
            "line": change.place.line,
            "surely": self.surely,
        }

    def __str__(self) -> str:
        return f"{self.country}: {self.change}"


@frozen(kw_only=True, repr=False)
class Comparison(Readable):
    """Countries side by side. `on` is None if each stands on the last day of its own data."""

    on: date | None
    countries: tuple[Compared, ...]
    timeline: tuple[Move, ...]

    @property
    def known_by(self) -> date | None:
        return self.countries[0].replay.known_by

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "format": "recognition-compare/1",
            "on": self.on.isoformat() if self.on else None,
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "countries": [one.to_dict() for one in self.countries],
            "changes": [move.to_dict() for move in self.timeline],
        }

    def __str__(self) -> str:
        return "; ".join(map(str, self.countries))


def compare(
    replays: Iterable[Replay], on: date | str | None = None, *, rules: RuleTable | None = None
) -> Comparison:
    """Put countries side by side on a day, by default each on the last day of its own data.

    `rules` is another table than those of the replays. Raises `ValueError` for fewer than two
    replays, for a country twice, and for replays known by different days; `DateError` if `on` is
    not a single day.
    """
    replays = tuple(replays)
    names = [replay.country for replay in replays]
    if len(replays) < 2 or len(set(names)) < len(names):
        raise ValueError("a comparison needs two countries or more, each once")
    if len({replay.known_by for replay in replays}) > 1:
        raise ValueError("a comparison needs replays known by the same day")
    day = None if on is None else exact_day(on)
    columns = [_compared(replay, day, rules or replay.rules) for replay in replays]
    moves = [move for one in columns for move in _moves(one)]
    return Comparison(
        on=day, countries=tuple(columns), timeline=tuple(sorted(moves, key=_chronological))
    )


def _compared(replay: Replay, on: date | None, rules: RuleTable) -> Compared:
    history = replay.history
    position = history.on(on or history.documented_until)
    arrivals = [
        Arrival(spell=spell, surely=latest <= position.day.toordinal())
        for spell, (earliest, latest) in zip(history.spells, history.bounds, strict=True)
        if earliest <= position.day.toordinal() and history.documented
    ]
    return Compared(
        replay=replay,
        position=position,
        reached=tuple(
            (stage, tuple(one for one in _entered(arrivals) if one.spell.stage is stage))
            for stage in Stage
        ),
        upward=tuple((state, _upward(state, rules, replay.kind)) for state in position.states),
    )


def _entered(arrivals: list[Arrival]) -> Iterable[Arrival]:
    """Leave out a spell that goes on at the stage of the one before."""
    before: Stage | None = None
    for one in arrivals:
        if one.spell.stage is not before:
            yield one
        before = one.spell.stage


def _upward(state: State, rules: RuleTable, kind: RecordKind) -> tuple[NextAct, ...]:
    """Give the acts that lead only upward, and to a stage above this one."""
    return tuple(
        act
        for act in next_acts(state, rules, kind=kind)
        if all(rule.after > max(rule.before) for rule in rules.of(act.act))
        and any(rule.after > state.stage for rule in rules.of(act.act))
    )


def _moves(one: Compared) -> Iterable[Move]:
    history = one.replay.history
    day = one.position.day.toordinal()
    if not history.documented:
        return
    for change, (earliest, latest) in zip(history.changes, history.bounds[1:], strict=True):
        if earliest <= day:
            yield Move(
                country=one.country,
                change=change,
                earliest=_day(earliest),
                latest=_day(latest),
                surely=latest <= day,
            )


def _day(ordinal: int) -> date | None:
    return None if is_open(ordinal) else date.fromordinal(ordinal)


def _chronological(move: Move) -> tuple[date, date]:
    return move.earliest or date.min, move.latest or date.max
