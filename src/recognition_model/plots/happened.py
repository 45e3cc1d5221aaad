"""What happened between two days: changes of stage, other claims and signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import frozen

from recognition_model.analysis.deeds import DEEDS
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Family
from recognition_model.core.stages import Act, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Outcome, Replay
from recognition_model.engine.refusals import Refusal
from recognition_model.plots.interface import Options
from recognition_model.plots.spans import DayRange, is_open, number
from recognition_model.plots.view import moment_of


@frozen(kw_only=True)
class Event:
    """An entry of a record between two days: a `change`, a `refused` claim or a `signal`.

    `entry` is its number in the file. `act` and the `stage` that it leads to are None for a signal;
    `family` is the family of a signal, None if no vocabulary has its word.
    """

    country: str
    entry: int
    kind: str
    when: When
    what: str
    note: str
    act: Act | None = None
    stage: Stage | None = None
    family: Family | None = None
    denied: bool = False

    @property
    def moment(self) -> DayRange:
        """Its days on an axis."""
        return moment_of(self.when)

    @property
    def label(self) -> str:
        """Country and event, in few words."""
        deed = self.what.partition(":")[0]
        if self.kind == "refused":
            deed = f"claim not counted ({deed})"
        elif self.denied:
            deed = f"{deed} (denied)"
        return f"{name_of(self.country)}: {deed}"

    def surely_in(self, window: Window) -> bool:
        """Whether all its possible days are in a window."""
        moment = self.moment
        return window.begins <= moment.earliest and moment.latest <= window.ends

    def perhaps_in(self, window: Window) -> bool:
        """Whether it belongs to a window: a signal by the day drawn, an act by any possible day.

        A date that is open on one side counts by its known end.
        """
        moment = self.moment
        if self.kind == "signal" or is_open(moment.earliest) or is_open(moment.latest):
            return window.begins <= moment.at < window.ends + 1
        return moment.latest >= window.begins and moment.earliest <= window.ends


@frozen
class Window:
    """The days of a picture, both included. `chosen` is false for the last year of the record."""

    first: date
    last: date
    chosen: bool

    @classmethod
    def of(cls, replays: Sequence[Replay], options: Options) -> Window:
        """Return the days that the options ask for, or the last twelve months of the record."""
        end = max(replay.history.documented_until for replay in replays)
        last = options.until or end
        first = options.since or _year_before(last)
        return cls(first, last, bool(options.since or options.until))

    @property
    def begins(self) -> int:
        return number(self.first)

    @property
    def ends(self) -> int:
        return number(self.last)


def _year_before(day: date) -> date:
    """Return the first day of the twelve months that end with a day."""
    if day.year == date.min.year:
        return date.min
    leap = (day.month, day.day) == (2, 29)
    return (day - timedelta(leap)).replace(year=day.year - 1) + timedelta(1)


def events(replays: Sequence[Replay], window: Window) -> list[Event]:
    """List what happened, or may have happened, in a window, in the order of the dates drawn."""
    found = [event for replay in replays for event in _of(replay) if event.perhaps_in(window)]
    return sorted(found, key=lambda one: (one.moment.at, one.country, one.entry))


def running(replays: Sequence[Replay], window: Window) -> list[tuple[int, int]]:
    """Return how many records have not ended, from each day of a window on which that changes.

    It begins with the first day; it is empty if no record ends before the last one. A record ends
    with its last documented day, and one that begins later counts from the start.
    """
    ends = [number(replay.history.documented_until) for replay in replays]
    if min(ends) >= window.ends:
        return []
    days = {window.begins} | {end + 1 for end in ends if window.begins <= end < window.ends}
    return [(day, sum(end >= day for end in ends)) for day in sorted(days)]


def _of(replay: Replay) -> Iterator[Event]:
    for entry, outcome in zip(replay.numbers, replay.outcomes, strict=True):
        event = _event(replay.country, entry, outcome)
        if event is not None:
            yield event


_SPELT = {"agrement": "agrément", "charge": "chargé", "kabul": "Kabul"}
"""Words of signals that a reader spells otherwise."""


def _event(country: str, entry: int, outcome: Outcome) -> Event | None:
    """Return an outcome as an event; None for a status, and for an act that is set aside."""
    if isinstance(outcome, Change):
        return Event(
            country=country,
            entry=entry,
            kind="change",
            when=outcome.date,
            what=DEEDS[outcome.act],
            note=outcome.note,
            act=outcome.act,
            stage=outcome.after.stage,
        )
    if isinstance(outcome, Refusal):
        return Event(
            country=country,
            entry=entry,
            kind="refused",
            when=outcome.step.date,
            what=DEEDS[outcome.act],
            note=outcome.step.note,
            act=outcome.act,
        )
    if isinstance(outcome, SignalStep):
        return Event(
            country=country,
            entry=entry,
            kind="signal",
            when=outcome.date,
            what=" ".join(_SPELT.get(word, word) for word in humanize(outcome.signal).split()),
            note=outcome.note,
            family=outcome.family,
            denied=outcome.denied,
        )
    return None
