"""The first time that a country did something: on which days that can have been.

Days come from the readings of its record: each entry on one day of its interval, in the order of
the file, and every reading as good as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from recognition_model.counting import Days, Interval, days_of
from recognition_model.dates import When, tightened
from recognition_model.history import Change, History
from recognition_model.outcomes import Replay
from recognition_model.scenario import SignalStep
from recognition_model.stages import Readable, Stage


class NoReading(ValueError):
    """No day is left for an entry; the message names it."""


@frozen(kw_only=True, repr=False)
class Event(Readable):
    """The first time that a country did something: the `days` on which it can have been.

    `days` is None where none is documented, or none can be told; `why` says so then.
    """

    country: str
    what: str
    days: Days | None = None
    why: str = ""

    def __str__(self) -> str:
        return f"{self.country} {self.what}: {self.days or self.why}"


def first_reached(replay: Replay, stage: Stage, since: date = date.min) -> Event:
    """When a country first came to a stage or beyond it, on or after `since`."""
    history, what = replay.history, str(stage)
    held, why = False, "not documented"
    bounds = history.bounds if history.documented else ()
    for at, (spell, (_, latest)) in enumerate(zip(history.spells, bounds, strict=False)):
        entered = spell.stage >= stage and not held
        held = spell.stage >= stage
        if not entered:
            continue
        if latest < since.toordinal():
            why = _earlier(spell.begins, since)
            continue
        if not at:
            why = f"at the stage already where the record begins, {spell.begins}"
            return Event(country=replay.country, what=what, why=why)
        dates = [history.begins, *(change.date for change in history.changes)]
        return _event(replay, what, dates, at)
    return Event(country=replay.country, what=what, why=why)


def first_signal(replay: Replay, word: str, since: date = date.min) -> Event:
    """When a signal was first given, on or after `since`: in its place among the changes."""
    dates, why = [replay.history.begins], "not documented"
    for at, outcome in enumerate(replay.outcomes):
        if isinstance(outcome, Change):
            dates.append(outcome.date)
        elif isinstance(outcome, SignalStep) and outcome.signal == word:
            if outcome.date.latest < since:
                why = _earlier(outcome.date, since)
                continue
            later = [o.date for o in replay.outcomes[at:] if isinstance(o, Change)]
            return _event(replay, word, [*dates, outcome.date, *later], len(dates))
    return Event(country=replay.country, what=word, why=why)


def _earlier(when: When, since: date) -> str:
    return f"before {since} ({when}), and not documented after it"


def _event(replay: Replay, what: str, dates: Sequence[When], at: int) -> Event:
    try:
        intervals, unknown = possible_days(dates, replay.history)
    except NoReading as error:
        return Event(country=replay.country, what=what, why=str(error))
    if at < unknown:
        why = f"dated {dates[at]}: no first day is known"
        return Event(country=replay.country, what=what, why=why)
    days = days_of(intervals, at - unknown)
    return Event(country=replay.country, what=what, days=days)


def possible_days(dates: Sequence[When], history: History) -> tuple[list[Interval], int]:
    """The days that the order leaves each date, and how many dates in front have no first day.

    Those are left out: the further back they may lie, the less they bear on the others. A date
    without a last day ends with the record. Raises `NoReading` where the order cannot be kept.
    """
    ends = zip(dates, tightened(dates)[1], strict=True)
    until = history.documented_until
    closed = [evolve(d, latest=until) if last == date.max else d for d, last in ends]
    earliest, latest = tightened(closed)
    for when, first, last in zip(dates, earliest, latest, strict=True):
        if first > last:
            raise NoReading(f"no day in order and within the record is left for {when}")
    unknown = sum(day == date.min for day in earliest)
    days = zip(earliest[unknown:], latest[unknown:], strict=True)
    return [(first.toordinal(), last.toordinal()) for first, last in days], unknown
