"""Windows of time: which dates lie surely, or only perhaps, between two days."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.dates import OPEN_END, OPEN_START, When

InWindow = Literal["surely", "perhaps"]


@frozen(repr=False)
class Window(Readable):
    """The days from `since` to `until`, both included; None leaves a side open.

    Raises `ValueError` if it ends before it begins.
    """

    since: date | None = None
    until: date | None = field(default=None)

    @until.validator
    def _ends_after_it_begins(self, _: object, until: date | None) -> None:
        if self.since is not None and until is not None and until < self.since:
            raise ValueError(f"the window ends on {until}, before it begins on {self.since}")

    def holds(self, earliest: int, latest: int) -> InWindow | None:
        """Say whether a day between two days lies in the window; None if it cannot.

        Days are ordinals, also those of open ends.
        """
        first = (self.since or OPEN_START).toordinal()
        last = (self.until or OPEN_END).toordinal()
        if first <= earliest and latest <= last:
            return "surely"
        return "perhaps" if earliest <= last and first <= latest else None

    def in_words(self) -> str:
        """Return the window for a reader: `from 2025-07-01 to 2025-12-31`; empty if open."""
        since = f"from {self.since}" if self.since else ""
        until = f"{'to' if since else 'until'} {self.until}" if self.until else ""
        return " ".join(filter(None, [since, until]))

    def __str__(self) -> str:
        return self.in_words() or "all days"


def when_in_words(when: When) -> str:
    """Return a date for a reader: an open side and a doubt in words, an interval as written.

    For example `by 2012-06-27`, `2021-08-15 or later`, `about 2022-03`, `2022-03 (doubtful)`.
    """
    first, dots, last = when.text.partition("..")
    if dots and not first:
        return f"by {last}"
    if dots and not last:
        return f"{first} or later"
    if when.approximate:
        return f"about {when.text[:-1]}"
    return f"{when.text[:-1]} (doubtful)" if when.doubtful else when.text
