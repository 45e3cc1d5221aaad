"""Which files of a record should be searched again: how long ago, and how often a country moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.countries import name_of
from recognition_model.core.dates import exact_day
from recognition_model.core.organisations import kind_of
from recognition_model.engine.outcomes import Replay

WINDOW = timedelta(days=1826)
"""How far back entries are counted from the end of the data: five years."""
YEAR = 365.25
SHORTEST, LONGEST = 30, 365
"""The fewest and the most days between two reviews, where a file does not say otherwise."""


@frozen(kw_only=True, repr=False)
class ReviewDue(Readable):
    """When a country's file should be searched again.

    `since` is the day from which days are counted: `reviewed`, else `documented_until`. `entries`
    are those that count in the last five years of the file, of which it has `years`. `own` says
    that the file gives its own interval.
    """

    country: str
    reviewed: date | None
    documented_until: date
    on: date
    entries: int
    years: float
    review_every: int
    own: bool = False

    @property
    def since(self) -> date:
        return self.reviewed or self.documented_until

    @property
    def days_since(self) -> int:
        return max(0, (self.on - self.since).days)

    @property
    def entries_per_year(self) -> float:
        return self.entries / self.years

    @property
    def due(self) -> float:
        """Days since the last review as a multiple of the interval: 1 or more is due."""
        return self.days_since / self.review_every

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; numbers with two decimals."""
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": kind_of(self.country).value,
            "reviewed": self.reviewed.isoformat() if self.reviewed else None,
            "documented_until": self.documented_until.isoformat(),
            "days_since_review": self.days_since,
            "entries_per_year": round(self.entries_per_year, 2),
            "review_every": self.review_every,
            "due": round(self.due, 2),
        }

    def __str__(self) -> str:
        return f"{self.country}: {self.days_since} days since {self.since}, due {self.due:.2f}"


def reviews_due(replays: Iterable[Replay], on: date | str | None = None) -> tuple[ReviewDue, ...]:
    """List when each file should be searched again, the most urgent first.

    The interval is the mean time between entries that count, in the last five years of the file
    or in its whole time if that is shorter (one year at least), and never below 30 nor above 365
    days. `review-every:` overrules it. Days are counted from `reviewed:`, without it from
    `documented-until:`, to the day `on`; by default to the last day that any of the files
    documents or reviewed. No clock is read.
    """
    replays = tuple(replays)
    day = exact_day(on) if on is not None else last_review(replays)
    found = [_due(replay, day) for replay in replays]
    return tuple(sorted(found, key=lambda one: (-one.due, name_of(one.country))))


def last_review(replays: Iterable[Replay]) -> date:
    """The last day that any of the files documents or reviewed."""
    days = (one.history.reviewed or one.history.documented_until for one in replays)
    return max(days, default=date.min)


def _due(replay: Replay, on: date) -> ReviewDue:
    history = replay.history
    last = history.documented_until.toordinal()
    first = max(last - WINDOW.days + 1, history.attested.begins)
    days = max(last - first + 1, round(YEAR))
    entries = sum(first <= day <= last for day, _ in history.attested.counted)
    own = replay.scenario.review_every
    expected = round(days / entries) if entries else LONGEST
    return ReviewDue(
        country=replay.country,
        reviewed=history.reviewed,
        documented_until=history.documented_until,
        on=on,
        entries=entries,
        years=days / YEAR,
        review_every=own or min(max(expected, SHORTEST), LONGEST),
        own=own is not None,
    )
