"""A reading of a text that is not a date in our notation: a span, and how it is written in it.

Only the hints of refused dates need this module and those beside it, which read such texts.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
BLANK = "if 00 is for what is not known"
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = (
    "if the day comes first",
    "if the month does",
    "if the year does",
)


class NoSuchDay(Exception):
    """The text names a day that its month does not have. Says how many days it has."""

    def __init__(self, year: int, month: int) -> None:
        days = monthrange(year, month)[1]
        super().__init__(f"{MONTHS[month - 1].capitalize()} {year:04} has {days} days")


class Span(NamedTuple):
    """A reading: from one day, month or year to another; an empty text is an open side.

    `mark` is `~`, `?`, or `%` for both. `when` says under which condition the text means this,
    `intro` what to say before the advice. A `vague` span, such as late 2021, has soft edges. A
    `turned` one was written with its end first.
    """

    start: str
    end: str
    mark: str = ""
    when: str = ""
    intro: str = ""
    vague: bool = False
    turned: bool = False

    @property
    def text(self) -> str:
        """The reading in the notation of the files."""
        if self.start == self.end:
            return self.start + self.mark.replace("%", "~")
        start, end = self.edges()
        return f"{start}..{end}"

    def edges(self) -> tuple[str, str]:
        """The first and the last unit, each one unit further out if the reading is approximate."""
        if self.mark not in {"~", "%"}:
            return self.start, self.end
        return (
            self.start and (shift(self.start, -1) or self.start),
            self.end and (shift(self.end, 1) or self.end),
        )


def shift(point: str, by: int) -> str:
    """Return the day, month or year that comes `by` units later; empty beyond the calendar."""
    if len(point) == 10:
        number = date.fromisoformat(point).toordinal() + by
        return str(date.fromordinal(number)) if 1 <= number <= date.max.toordinal() else ""
    if len(point) == 7:
        index = int(point[:4]) * 12 + int(point[5:]) - 1 + by
        return month_text(index // 12, index % 12 + 1)
    return f"{int(point) + by:04}" if 1 <= int(point) + by <= 9999 else ""


def first_day(point: str) -> date:
    """Return the first day of a year, month or day."""
    return date.fromisoformat(point + "-01-01"[len(point) - 4 :])


def last_day(point: str) -> date:
    """Return the last day of a year, month or day."""
    point += "-12" if len(point) == 4 else ""
    if len(point) == 10:
        return date.fromisoformat(point)
    year, month = int(point[:4]), int(point[5:])
    return date(year, month, monthrange(year, month)[1])


def month_text(year: int, month: int) -> str:
    """Write a month; empty for one that the calendar does not have."""
    return f"{year:04}-{month:02}" if 1 <= year <= 9999 and 1 <= month <= 12 else ""


def point(year: int, month: int | None = None, when: str = "") -> list[Span]:
    """Read a year or a month; nothing if the calendar does not have it."""
    text = month_text(year, 1)[:4] if month is None else month_text(year, month)
    return [Span(text, text, when=when)] if text else []


def months(year: int, first: int, count: int) -> Span:
    """Make a span of months; `first` may lie beyond the year, as 13 for the next January."""
    start = month_text(year, 1)
    return Span(shift(start, first - 1), shift(start, first + count - 2))


def days(candidates: Iterable[tuple[int, int, int, str]]) -> list[Span]:
    """Read candidates (year, month, day, condition), as far as there are such days.

    A condition is kept only if several are left. Raises `NoSuchDay` if none is left because a month
    is too short.
    """
    asked = [one for one in candidates if month_text(*one[:2])]
    found: dict[str, str] = {}
    for year, month, day, when in asked:
        if 1 <= day <= monthrange(year, month)[1]:
            found.setdefault(f"{month_text(year, month)}-{day:02}", when)
    if not found:
        for year, month, day, _ in asked:
            if 1 <= day <= 31:
                raise NoSuchDay(year, month)
    return [Span(text, text, when=when if len(found) > 1 else "") for text, when in found.items()]


def with_century(year: str) -> int:
    """Give a year of two digits its century: 50 to 99 are of the 20th."""
    return int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= 50 else 2000)


def winter_or(year: int, first: int, name: str) -> list[Span]:
    """Read a season by its first month. A winter of one year may begin or end in it."""
    if not 1 < year < 9999:
        return []
    if first < 12:
        return [months(year, first, 3)._replace(when=f"({name})")]
    return [
        months(year, 12, 3)._replace(when="if it begins in that year"),
        months(year - 1, 12, 3)._replace(when="if it ends in it"),
    ]
