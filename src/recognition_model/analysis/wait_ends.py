"""How one country's wait for a stage ends, in one reading of the dates.

Two ends are kept apart. A wait ends with the stage, with a lapse or with the data; a ban or a
break-off on the way does not end it. The first exit is the first of all ends that compete: it is
what cumulative incidence counts. Days are ordinals, and a middle day is the earlier of two.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import accumulate, takewhile
from types import MappingProxyType
from typing import Literal

from attrs import evolve, frozen

from recognition_model.core.base import Ranked, Readable
from recognition_model.core.changes import Change
from recognition_model.core.dates import When, end_of, is_open, propagate_order
from recognition_model.core.history import History
from recognition_model.core.stages import Act, Stage, State


class Ended(Ranked):
    """How a wait for a stage ended, or first ended. The first word is censoring."""

    RECORD_ENDED = "record_ended", "The data of the country ended before the stage: censored."
    REACHED = "reached", "The country reached the stage, or a higher one."
    LAPSED = "lapsed", "The dealings lapsed before the stage: the Taliban ceased to govern."
    BROKEN_OFF = "broken_off", "The dealings were broken off before the stage."
    BANNED = "banned", "The country banned the movement before the stage."
    DOWNGRADED = "downgraded", "The relations were downgraded before the stage."
    WITHDRAWN = "withdrawn", "The country withdrew its recognition before the stage."


EXITS: Mapping[Act, Ended] = MappingProxyType(
    {
        Act.LAPSE: Ended.LAPSED,
        Act.BREAK_OFF: Ended.BROKEN_OFF,
        Act.BAN: Ended.BANNED,
        Act.DOWNGRADE: Ended.DOWNGRADED,
        Act.WITHDRAW_RECOGNITION: Ended.WITHDRAWN,
    }
)
"""The acts that compete with reaching a stage, and the end that each makes."""

Reading = Literal["earliest", "middle", "latest"]
"""Where in its interval each uncertain date is read."""


@frozen(kw_only=True, repr=False)
class End(Readable):
    """One end of a wait: how, after how many days, and the change behind it.

    The end lies between `left` and `right` days after the origin, both included. `right` is None
    for the end of the data: all that is known is that nothing ended the wait by `left`. `date` has
    the days that the order of the changes and the end of the data allow; `narrowed` is true if its
    date runs past the end of the data and was cut there. `number` is the number of the change, from
    1; None at the end of the data.
    """

    how: Ended
    days: int
    left: int
    right: int | None
    date: When
    number: int | None = None
    narrowed: bool = False

    def __str__(self) -> str:
        return f"{self.how} after {self.days} days"


@frozen
class Begins:
    """The state of each spell, and the first and last day on which it can have begun.

    No day is after the end of the data, `until`: a change dated across it is on one of the days up
    to it. From a change dated wholly after it on, changes are left out.
    """

    states: tuple[State, ...]
    changes: tuple[Change, ...]
    dates: tuple[When, ...]
    bounds: tuple[tuple[int, int], ...]
    until: date
    documented: bool

    @classmethod
    def of(cls, history: History) -> Begins:
        until = history.documented_until
        changes = tuple(takewhile(lambda c: c.date.earliest <= until, history.changes))
        dates = (history.begins, *(change.date for change in changes))
        within = [evolve(when, latest=min(when.latest, until)) for when in dates]
        bounds = zip(*propagate_order(within), strict=True)
        return cls(
            states=(history.start, *(change.after for change in changes)),
            changes=changes,
            dates=dates,
            bounds=tuple((first.toordinal(), last.toordinal()) for first, last in bounds),
            until=until,
            documented=history.documented,
        )

    def read(self, reading: Reading) -> tuple[int, ...]:
        """Give the first days of the spells in one reading; without a first day, read the last."""
        return self._read[reading]

    @cached_property
    def _read(self) -> Mapping[Reading, tuple[int, ...]]:
        closed = [(last if is_open(first) else first, last) for first, last in self.bounds]
        days: dict[Reading, list[int]] = {
            "earliest": [first for first, _ in closed],
            "middle": [(first + last) // 2 for first, last in closed],
            "latest": [last for _, last in closed],
        }
        return {reading: tuple(accumulate(mine, max)) for reading, mine in days.items()}


@frozen(kw_only=True)
class AtRisk:
    """A country at risk: the days of its spells, the one it is `held` in, the day it `enters`.

    Days of the wait are counted from `origin`, which lies between `earliest` and `latest`.
    """

    begins: Begins
    days: tuple[int, ...]
    held: int
    origin: int
    earliest: int
    latest: int
    enters: int


def at_risk_on(begins: Begins, target: Stage, origin: date, reading: Reading) -> AtRisk | str:
    """Put a country at risk from the end of a day, or why it is not.

    A country whose data begin later is at risk from the end of the day on which they begin.
    """
    day, days = origin.toordinal(), begins.read(reading)
    if not begins.documented or begins.until < origin:
        return "not documented on that day"
    enters = max(day, days[0])
    if enters > day and enters == begins.until.toordinal():
        return "data begin later, on the day on which they end"
    held = max(at for at, first in enumerate(days) if first <= enters)
    if begins.states[held].stage >= target:
        return "already at the stage"
    return AtRisk(
        begins=begins,
        days=days,
        held=held,
        origin=day,
        earliest=day,
        latest=day,
        enters=enters,
    )


def at_risk_in(begins: Begins, spell: int, reading: Reading) -> AtRisk:
    """Put a country at risk from the day on which a spell begins; the first spell is 0."""
    days = begins.read(reading)
    first, last = begins.bounds[spell]
    return AtRisk(
        begins=begins,
        days=days,
        held=spell,
        origin=days[spell],
        earliest=first,
        latest=last,
        enters=days[spell],
    )


def end_of_wait(risk: AtRisk, target: Stage) -> End:
    """Find what ended a wait: the stage, a lapse, or the end of the data."""
    return _end(risk, target, {Act.LAPSE: Ended.LAPSED})


def first_exit(risk: AtRisk, target: Stage) -> End:
    """Find the first of all ends that compete."""
    return _end(risk, target, EXITS)


def _end(risk: AtRisk, target: Stage, ending: Mapping[Act, Ended]) -> End:
    begins = risk.begins
    for at in range(risk.held + 1, len(risk.days)):
        change = begins.changes[at - 1]
        there = begins.states[at].stage >= target
        how = Ended.REACHED if there else ending.get(change.act)
        if how is None:
            continue
        first, last = begins.bounds[at]
        return End(
            how=how,
            days=risk.days[at] - risk.origin,
            left=max(first - risk.latest, 0),
            right=last - risk.earliest,
            date=evolve(change.date, earliest=end_of(first), latest=end_of(last)),
            number=at,
            narrowed=change.date.latest > begins.until,
        )
    until = begins.until.toordinal()
    return End(
        how=Ended.RECORD_ENDED,
        days=until - risk.origin,
        left=max(until - risk.latest, 0),
        right=None,
        date=When.of(begins.until),
    )
