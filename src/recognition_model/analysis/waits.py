"""Waits of countries for a stage: from when at risk, on what basis, and how each wait ended.

A country is at risk from the end of the origin day, if it is documented below the stage then. It
stays at risk up to and including the last day of its record, and is censored on that day. Days are
counted from the origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from itertools import accumulate
from typing import Literal

from attrs import evolve, frozen

from recognition_model.analysis.survival import Wait
from recognition_model.core.base import Readable
from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change
from recognition_model.core.dates import is_open, propagate_order
from recognition_model.core.history import History
from recognition_model.core.stages import Act, Stage
from recognition_model.engine.outcomes import Replay


class Ended(Enum):
    """How a wait ended: with the stage, with the end of the data, or with a lapse."""

    REACHED = "reached"
    CENSORED = "censored"
    LAPSED = "lapsed"


Reading = Literal["earliest", "middle", "latest"]
"""Where in its interval each uncertain date is read."""


@frozen(kw_only=True, repr=False)
class CountryWait(Readable):
    """One country's wait, with uncertain dates read at their middles.

    The wait ended between the days `left` and `right` after the origin, both included; `right` is
    None if it is censored or lapsed, because the stage was not reached by then. `basis` is what the
    answer for the origin rests on. `change` ended the wait; it is None at the end of the data.
    `narrowed` is true if its date runs past the end of the data and was cut there.
    """

    country: str
    origin: date
    basis: Basis | None
    wait: Wait
    left: int
    right: int | None
    change: Change | None
    narrowed: bool
    documented_until: date

    @property
    def ended(self) -> Ended:
        if self.wait.reached:
            return Ended.REACHED
        return Ended.LAPSED if self.wait.lapsed else Ended.CENSORED

    def __str__(self) -> str:
        return f"{self.country}: {self.ended.value} after {self.wait.days:g} days ({self.basis})"


@frozen(kw_only=True)
class Cohort:
    """The waits of the countries that were below the stage on the origin.

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
        basis = replay.history.on(origin).basis
        begins = _Begins.of(replay.history)
        found = _wait(begins, stage, origin, "middle")
        left_out = without_assumed and basis is Basis.ASSUMED
        if isinstance(found, str) or left_out:
            why = found if isinstance(found, str) else "the stage on that day is assumed"
            outside.append((replay.country, why))
        else:
            waits.append(_of_country(replay.country, begins, origin, basis, *found))
        if not left_out:
            early += _one(_wait(begins, stage, origin, "earliest"))
            late += _one(_wait(begins, stage, origin, "latest"))
    return Cohort(waits=tuple(waits), early=tuple(early), late=tuple(late), outside=tuple(outside))


def _one(found: tuple[Wait, int | None] | str) -> list[Wait]:
    return [] if isinstance(found, str) else [found[0]]


@frozen
class _Begins:
    """The stage of each spell, and the first and last day on which it can have begun.

    No day is after the end of the data, `until`: a change dated across it is on one of the days up
    to it. A change dated wholly after it is left out.
    """

    stages: tuple[Stage, ...]
    changes: tuple[Change, ...]
    bounds: tuple[tuple[int, int], ...]
    until: date
    documented: bool

    @classmethod
    def of(cls, history: History) -> _Begins:
        until = history.documented_until
        changes = tuple(c for c in history.changes if c.date.earliest <= until)
        dates = [history.begins, *(change.date for change in changes)]
        within = [evolve(when, latest=min(when.latest, until)) for when in dates]
        bounds = zip(*propagate_order(within), strict=True)
        return cls(
            stages=(history.start.stage, *(change.after.stage for change in changes)),
            changes=changes,
            bounds=tuple((first.toordinal(), last.toordinal()) for first, last in bounds),
            until=until,
            documented=history.documented,
        )

    def read(self, reading: Reading) -> list[float]:
        """List the first days of the spells in one reading; without a first day, read the last."""
        days = []
        for first, last in self.bounds:
            early = last if is_open(first) else first
            days.append({"earliest": early, "middle": (early + last) / 2, "latest": last}[reading])
        return list(accumulate(days, max))


def _wait(
    begins: _Begins, stage: Stage, origin: date, reading: Reading
) -> tuple[Wait, int | None] | str:
    """Return a wait and the spell that ended it in one reading, or why there is no wait."""
    day = origin.toordinal()
    days = begins.read(reading)
    if not begins.documented or begins.until < origin:
        return "not documented on that day"
    if days[0] > day:
        return "data begin later"
    held = max(at for at, first in enumerate(days) if first <= day)
    if begins.stages[held] >= stage:
        return "already at the stage"
    for at in range(held + 1, len(days)):
        if begins.changes[at - 1].act is Act.LAPSE:
            return Wait(_whole(days[at] - day), reached=False, lapsed=True), at
        if begins.stages[at] >= stage:
            return Wait(_whole(days[at] - day), reached=True), at
    return Wait(begins.until.toordinal() - day, reached=False), None


def _of_country(
    country: str, begins: _Begins, origin: date, basis: Basis | None, wait: Wait, at: int | None
) -> CountryWait:
    day, until = origin.toordinal(), begins.until.toordinal()
    first, last = (until, until) if at is None else begins.bounds[at]
    change = None if at is None else begins.changes[at - 1]
    return CountryWait(
        country=country,
        origin=origin,
        basis=basis,
        wait=wait,
        left=max(first - day, 0),
        right=last - day if wait.reached else None,
        change=change,
        narrowed=change is not None and change.date.latest > begins.until,
        documented_until=begins.until,
    )


def _whole(days: float) -> float:
    """Return whole days as an integer, so that tables write 838 and not 838.0."""
    return int(days) if days == int(days) else days
