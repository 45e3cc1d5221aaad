"""Waits of countries for a stage: from when at risk, on what basis, and how each wait ended.

Days are counted from an origin: the same day for all countries, or the day on which a country
entered a stage. A country is at risk from the end of the origin day, if it is documented below the
stage then; where its data begin later, from the end of their first day (delayed entry, left
truncation). It stays at risk up to and including the last day of its record, and is censored on
that day. `wait_ends` finds the ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from recognition_model.analysis.survival import Wait
from recognition_model.analysis.wait_ends import (
    AtRisk,
    Begins,
    End,
    Ended,
    Reading,
    at_risk_in,
    at_risk_on,
    end_of_wait,
    first_exit,
)
from recognition_model.core.base import Readable
from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change
from recognition_model.core.dates import When, is_open
from recognition_model.core.stages import Stage, State
from recognition_model.engine.outcomes import Replay


@frozen(kw_only=True, repr=False)
class CountryWait(Readable):
    """One country's wait for the stage `target`, with uncertain dates read at their middles.

    Days are counted from `origin`, between `origin_earliest` and `origin_latest`; `clock` is the
    stage whose beginning it is, None for a day that was asked for. The country is at risk from
    `at_risk_from` days after it. It was then in `state`, in the spell numbered `spell` from 1;
    `basis` is what the answer for `asked_on` rests on. `end` ended the wait, `exit` is the first of
    all competing ends. `change` ended the wait; it is None at the end of the data.
    """

    country: str
    target: Stage
    clock: Stage | None
    origin: When
    origin_earliest: date
    origin_latest: date
    at_risk_from: int
    spell: int
    state: State
    asked_on: date
    basis: Basis | None
    end: End
    exit: End
    change: Change | None
    documented_until: date

    @property
    def wait(self) -> Wait:
        """The wait alone, as the estimate takes it."""
        return _wait(self.end, self.at_risk_from)

    @property
    def ended(self) -> Ended:
        return self.end.how

    @property
    def left(self) -> int:
        """How many days after the origin the wait can have ended, at least."""
        return self.end.left

    @property
    def right(self) -> int | None:
        """How many days after the origin the stage was reached, at most; None if it was not."""
        return self.end.right if self.ended is Ended.REACHED else None

    @property
    def narrowed(self) -> bool:
        """Whether the date that ended it runs past the end of the data, and was cut there."""
        return self.end.narrowed

    def __str__(self) -> str:
        return f"{self.country}: {self.ended} after {self.end.days} days ({self.basis})"


@frozen(kw_only=True)
class Cohort:
    """The waits of the countries that were below the stage when they came to be at risk.

    `early` and `late` are the waits with all dates at their earliest and latest days. `outside` are
    (country, reason) pairs of those left out.
    """

    waits: tuple[CountryWait, ...]
    early: tuple[Wait, ...]
    late: tuple[Wait, ...]
    outside: tuple[tuple[str, str], ...]

    @property
    def drawn(self) -> tuple[Wait, ...]:
        """The waits alone, with uncertain dates at their middles."""
        return tuple(one.wait for one in self.waits)


def cohort(
    replays: Iterable[Replay], stage: Stage, origin: date, *, without_assumed: bool = False
) -> Cohort:
    """Measure each country's wait from the origin until it first reached a stage or a higher one.

    With `without_assumed`, countries whose stage on the origin is only assumed are left out.
    """
    waits: list[CountryWait] = []
    outside: list[tuple[str, str]] = []
    early: list[Wait] = []
    late: list[Wait] = []
    for replay in replays:
        begins = Begins.of(replay.history)
        found = wait_from_day(replay, begins, stage, origin)
        assumed = not isinstance(found, str) and found.basis is Basis.ASSUMED
        if without_assumed and assumed:
            found = "the stage on that day is assumed"
        if isinstance(found, str):
            outside.append((replay.country, found))
        else:
            waits.append(found)
        if not (without_assumed and assumed):
            early += _one(begins, stage, origin, "earliest")
            late += _one(begins, stage, origin, "latest")
    return Cohort(waits=tuple(waits), early=tuple(early), late=tuple(late), outside=tuple(outside))


def wait_from_day(replay: Replay, begins: Begins, target: Stage, origin: date) -> CountryWait | str:
    """Measure a country's wait from a day, or say why it is not at risk."""
    risk = at_risk_on(begins, target, origin, "middle")
    if isinstance(risk, str):
        return risk
    late = risk.enters > risk.origin
    asked_on = date.fromordinal(begins.bounds[0][1]) if late else origin
    return _of_country(replay, risk, target, None, When.of(origin), asked_on)


def waits_from_stage(
    replay: Replay, begins: Begins, target: Stage, clock: Stage
) -> Iterator[CountryWait]:
    """Measure a wait from the beginning of each spell of a stage.

    A spell without a first possible day is left out: how long it lasted is not known.
    """
    for at, state in enumerate(begins.states if begins.documented else ()):
        first, last = begins.bounds[at]
        if state.stage is clock and not is_open(first):
            risk = at_risk_in(begins, at, "middle")
            asked_on = date.fromordinal(last)
            yield _of_country(replay, risk, target, clock, begins.dates[at], asked_on)


def _of_country(
    replay: Replay, risk: AtRisk, target: Stage, clock: Stage | None, origin: When, asked_on: date
) -> CountryWait:
    end = end_of_wait(risk, target)
    return CountryWait(
        country=replay.country,
        target=target,
        clock=clock,
        origin=origin,
        origin_earliest=date.fromordinal(risk.earliest),
        origin_latest=date.fromordinal(risk.latest),
        at_risk_from=risk.enters - risk.origin,
        spell=risk.held + 1,
        state=risk.begins.states[risk.held],
        asked_on=asked_on,
        basis=replay.history.on(asked_on).basis,
        end=end,
        exit=first_exit(risk, target),
        change=None if end.number is None else risk.begins.changes[end.number - 1],
        documented_until=risk.begins.until,
    )


def _one(begins: Begins, target: Stage, origin: date, reading: Reading) -> list[Wait]:
    risk = at_risk_on(begins, target, origin, reading)
    if isinstance(risk, str):
        return []
    return [_wait(end_of_wait(risk, target), risk.enters - risk.origin)]


def _wait(end: End, entry: int) -> Wait:
    return Wait(
        end.days,
        reached=end.how is Ended.REACHED,
        lapsed=end.how is Ended.LAPSED,
        entry=entry,
    )
