"""Windows of time: which dates lie surely, or only perhaps, between two days."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.dates import OPEN_END, OPEN_START

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
        if self.since and self.until:
            return f"from {self.since} to {self.until}"
        if self.since:
            return f"since {self.since}"
        return f"until {self.until}" if self.until else ""

    def __str__(self) -> str:
        return self.in_words() or "all days"
