"""What an edit does to the order in which countries reached a stage.

The formal steps of a period of rule end with it. So each stage is reached anew in each round: up
to the end of the first period, and after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from recognition_model.analysis.readings import FirstTime, first_reached
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.base import Readable
from recognition_model.core.countries import name_of
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay

Replays = Mapping[str, Replay]
STAGES = tuple(stage for stage in Stage if stage >= Stage.ENGAGED)
_ENDS = [period.last for period in PERIODS_OF_RULE]
ROUNDS = [
    (last + timedelta(days=1) if last else date.min, end or date.max)
    for last, end in zip([None, *_ENDS], [*_ENDS], strict=False)
]
"""The first and the last day of each round, in order."""
_NONE = "not documented"


@frozen(kw_only=True, repr=False)
class Arrival(Readable):
    """A country's first arrival at a stage or beyond, which turns.

    `since` is the first day of the round, None for the first round. `before` and `after` are the
    days on which it can have been, None where no day of the round is documented.
    """

    country: str
    stage: Stage
    since: date | None
    before: str | None
    after: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "stage": self.stage.value,
            "since": self.since.isoformat() if self.since else None,
            "before": self.before,
            "after": self.after,
        }

    @property
    def sides(self) -> tuple[str, str]:
        """What was and what is, in words."""
        was, now = (f"{self._what}: {day or _NONE}" for day in (self.before, self.after))
        return was, now

    @property
    def _what(self) -> str:
        return f"first {humanize(self.stage)}{_since(self.since)}"

    def __str__(self) -> str:
        return f"{self._what}: {self.after or _NONE}, was {self.before or _NONE}"


@frozen(kw_only=True, repr=False)
class OrderTurned(Readable):
    """Two countries whose order of reaching a stage turns.

    `before` and `after` say when `first` reached it: `before`, `after` or `same day`, surely; or
    `open`, if the dates do not decide.
    """

    stage: Stage
    since: date | None
    first: str
    second: str
    before: str
    after: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "stage": self.stage.value,
            "since": self.since.isoformat() if self.since else None,
            "first": self.first,
            "second": self.second,
            "before": self.before,
            "after": self.after,
        }

    @property
    def sides(self) -> tuple[str, str]:
        """What was and what is, in words."""
        was, now = (f"{self._what}: {self._order(word)}" for word in (self.before, self.after))
        return was, now

    @property
    def _what(self) -> str:
        return f"{humanize(self.stage)}{_since(self.since)}"

    def _order(self, word: str) -> str:
        return _ORDER[word].format(name_of(self.first), name_of(self.second))

    def __str__(self) -> str:
        return f"{self._what}: {self._order(self.after)}; it was: {self._order(self.before)}"


_ORDER = {
    "before": "{} before {}",
    "after": "{} after {}",
    "same day": "{} and {} on the same day",
    "open": "the dates leave the order of {} and {} open",
}


def order_turns(old: Replays, new: Replays) -> tuple[tuple[Arrival, ...], tuple[OrderTurned, ...]]:
    """Compare the first arrivals of the countries on both sides, and their order.

    Only pairs with a country whose arrival turns are compared, and only where both countries
    reached the stage on both sides: an arrival that is new or gone is an `Arrival`, no order.
    """
    arrivals: list[Arrival] = []
    pairs: list[OrderTurned] = []
    both = [country for country in new if country in old]
    for number, (since, until) in enumerate(ROUNDS):
        for stage in STAGES:
            times = {
                country: _Times(
                    *(_within(side[country], stage, since, until) for side in (old, new))
                )
                for country in both
            }
            shown = since if number else None
            touched = [country for country, time in times.items() if time.turned]
            arrivals += (
                Arrival(
                    country=country,
                    stage=stage,
                    since=shown,
                    before=_in_words(times[country].before),
                    after=_in_words(times[country].after),
                )
                for country in touched
                if not times[country].beyond
            )
            for one, other in _with(touched, both):
                was = _relation(times[one].before, times[other].before)
                now = _relation(times[one].after, times[other].after)
                twice = times[one].beyond and times[other].beyond
                if was and now and was != now and not twice:
                    pairs.append(
                        OrderTurned(
                            stage=stage,
                            since=shown,
                            first=one,
                            second=other,
                            before=was,
                            after=now,
                        )
                    )
    return tuple(arrivals), tuple(pairs)


@frozen
class _Times:
    """A country's first arrival at a stage or beyond in a round, as it was and as it is."""

    before: FirstTime | None
    after: FirstTime | None

    @property
    def turned(self) -> bool:
        return _days(self.before) != _days(self.after)

    @property
    def beyond(self) -> bool:
        """Whether every arrival is at a higher stage. The list of that stage names it already."""
        return all(time is None or time.beyond for time in (self.before, self.after))


def _within(replay: Replay, stage: Stage, since: date, until: date) -> FirstTime | None:
    """Date a country's first arrival at a stage in a round, if it has a date there."""
    reached = first_reached(replay, stage, since, counted=False)
    return reached if reached.days and reached.days.earliest <= until else None


def _days(time: FirstTime | None) -> tuple[date, date] | None:
    """The first and the last day of an arrival."""
    return (time.days.earliest, time.days.latest) if time and time.days else None


def _in_words(time: FirstTime | None) -> str | None:
    return str(time.days) if time else None


def _with(touched: list[str], countries: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each pair with a touched country once, the touched one first."""
    done: set[str] = set()
    for one in touched:
        done.add(one)
        yield from ((one, other) for other in countries if other not in done)


def _relation(time: FirstTime | None, other: FirstTime | None) -> str | None:
    """Say when the first of two arrivals was; None if one has no date."""
    mine, theirs = _days(time), _days(other)
    if mine is None or theirs is None:
        return None
    if mine[1] < theirs[0]:
        return "before"
    if mine[0] > theirs[1]:
        return "after"
    return "same day" if mine[0] == mine[1] == theirs[0] == theirs[1] else "open"


def _since(day: date | None) -> str:
    """Say which round is meant: the one after the end of a period of rule."""
    return f" since Taliban rule ended on {day - timedelta(days=1)}" if day else ""
