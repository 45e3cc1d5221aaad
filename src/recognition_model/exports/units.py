"""Units of time of a panel."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum


class Unit(Enum):
    """Unit of time of a row."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    def label(self, day: date) -> str | int | date:
        """Name the unit that contains a day: the day itself, `2024-05`, or 2024."""
        if self is Unit.DAY:
            return day
        return day.year if self is Unit.YEAR else day.isoformat()[:7]

    def first_day(self, day: date) -> date:
        """Give the first day of the unit that contains a day."""
        if self is Unit.DAY:
            return day
        return day.replace(day=1, month=1 if self is Unit.YEAR else day.month)

    def count(self, first: int, last: int) -> int:
        """Count the units that meet the days from `first` to `last`, both ordinals."""
        if self is Unit.DAY:
            return last - first + 1
        begin, end = date.fromordinal(first), date.fromordinal(last)
        years = end.year - begin.year
        return 1 + (years if self is Unit.YEAR else 12 * years + end.month - begin.month)

    def last_day(self, day: date) -> date:
        """Give the last day of the unit that contains a day."""
        if self is Unit.DAY:
            return day
        if self is Unit.YEAR or day.month == 12:
            return date(day.year, 12, 31)
        return date(day.year, day.month + 1, 1) - timedelta(days=1)
