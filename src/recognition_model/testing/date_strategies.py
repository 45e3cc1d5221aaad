"""Strategies for days, dates in every notation, and texts that are nearly dates."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen
from hypothesis import strategies as st

from recognition_model.core.dates import OpenEnd, When, nearest_day

FIRST, LAST = date(1994, 1, 1), date(2026, 12, 31)
Window = tuple[date | OpenEnd, date | OpenEnd]
"""Two days, both included, or open ends."""


def days(first: date = FIRST, last: date | None = None) -> st.SearchStrategy[date]:
    """Draw single days, by default up to the end of 2026."""
    return st.dates(first, max(first, LAST) if last is None else last)


def later(day: date, by: int) -> date:
    """Return the day `by` days later, or the calendar's last day if that is sooner."""
    return day + min(timedelta(days=by), date.max - day)


@st.composite
def dates(draw: st.DrawFn, on: date | None = None, within: Window = When.OPEN) -> When:
    """Draw dates in every notation.

    With `on`, only dates that can mean that day; with `within`, only dates that lie wholly between
    two days, both included.
    """
    first, last = within
    usual = days(nearest_day(max(first, FIRST)), nearest_day(min(last, LAST)))
    day = draw(usual) if on is None else on
    month, year = f"{day.year:04}-{day.month:02}", f"{day.year:04}"
    number = day.toordinal()
    earlier = date.fromordinal(draw(st.integers(max(1, number - 400), number)))
    most = date.max.toordinal()
    later = date.fromordinal(draw(st.integers(number, min(most, number + 400))))
    plain = draw(st.sampled_from([f"{day}", month, year]))
    written = [
        plain,
        f"{plain}~",
        f"{plain}?",
        f"{earlier}..{later}",
        f"{str(earlier)[:7]}..{str(later)[:4]}",
        f"..{later}",
        f"{earlier}..",
    ]
    if within != When.OPEN:
        read = [When.parse(text) for text in (f"{day}", *written)]
        return draw(st.sampled_from([w for w in read if first <= w.earliest and w.latest <= last]))
    return When.parse(draw(st.sampled_from(written)))


def edges(when: When) -> tuple[tuple[date, bool], ...]:
    """List the days at the edges of a date, and whether each is within it."""
    day = timedelta(days=1)
    first, last = nearest_day(when.earliest), nearest_day(when.latest)
    around = [(first, True), (last, True)]
    if first > date.min:
        around.append((first - day, False))
    if last < date.max:
        around.append((last + day, False))
    return tuple(around)


@frozen
class NearMiss:
    """A text that is nearly a date, and the code of the finding that must reject it."""

    text: str
    code: str


@st.composite
def near_miss_dates(draw: st.DrawFn) -> NearMiss:
    """Draw texts one slip away from a date. None of them may be accepted as a date."""
    day = draw(days())
    slips = slips_of(day, draw(st.dates(day + timedelta(days=1), LAST + timedelta(days=1))))
    code = draw(st.sampled_from(sorted(slips)))
    return NearMiss(draw(st.sampled_from(slips[code])), code)


def slips_of(day: date, later: date) -> dict[str, list[str]]:
    """List texts one slip away from a day, or from a span up to a later one, by their codes."""
    year, month = day.year, day.month
    not_leap = year + (1 if year % 4 == 0 else 0)
    return {
        "RM401": [
            f"{year}-{month}-{day.day}" if month < 10 or day.day < 10 else f"{year}{month}",
            f"{day:%d.%m.%Y}",
            f"{day:%Y/%m/%d}",
            f"{day}T00:00:00",
            f"{day}~?",
            f"{day}~..{later}",
            f"{day}...{later}",
            f"{day} .. {later}",
            f"{day}-",
            f"{day:%y-%m-%d}",
            f"{day:%B %Y}",
            str(day).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
            "..",
            "",
        ],
        "RM402": [
            f"{year}-13",
            f"{year}-00",
            f"{year}-{month:02}-00",
            f"{year}-{month:02}-32",
            f"{year}-02-30",
            f"{not_leap}-02-29",
            f"{year}-04-31..{year + 1}",
        ],
        "RM403": [f"{later}..{day}", f"{year + 1}..{year}"],
        "RM404": [f"{day}/{later}", f"{year}/{year + 1}"],
    }
