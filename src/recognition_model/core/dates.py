"""Uncertain dates: one day, known to lie in an interval of days.

The notation is a small part of EDTF (ISO 8601-2), with these meanings:

=================  =============================================================
`2024-05-27`       that day
`2024-05`          some day of that month
`2024`             some day of that year
`2024-05~`         approximate: one unit (here a month) wider on each side
`2024-05?`         doubtful: the same interval, marked as doubtful
`2024-05..2024-07` some day in these months; `..2024` and `2024..` leave one side open
=================  =============================================================

`a/b` means *lasting from a to b* in EDTF. An act does not last, so it is refused.

The calendar runs from 0001-01-01 to 9999-12-31. An approximate date that would reach beyond it ends
with the calendar's first or last day: `0001~` is 0001-01-01 to 0002-12-31. Such an end is a day
like any other; only `..b` and `a..` are open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import ClassVar, Final, Literal, NoReturn, get_args

from attrs import frozen

from recognition_model.core.base import Ranked, Readable

_POINT = r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?"
_DATE = re.compile(rf"(?:{_POINT})?(?:([~?])|(\.\.)(?:{_POINT})?)?", re.ASCII)
_DAY = timedelta(days=1)

DateReading = Literal["earliest", "latest", "all"]
"""How to read uncertain dates: at one end of their intervals, or in all possible ways."""
DATE_READINGS: tuple[DateReading, ...] = get_args(DateReading)


def date_reading(word: str) -> DateReading:
    """Return one of the `DATE_READINGS`. Raises `ValueError` for any other word."""
    for reading in DATE_READINGS:
        if reading == word:
            return reading
    raise ValueError(f"dates must be one of {', '.join(DATE_READINGS)}, not {word!r}")


class DateError(ValueError):
    """A text that is not a date. `code` is its finding code, `hint` says what to write instead.

    `rewrites` are the dates that the hint advises: none if no meaning of the text is clear, several
    if it can mean several things.
    """

    def __init__(self, code: str, message: str, hint: str, rewrites: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.rewrites = rewrites


class OpenEnd(Enum):
    """An end of a date that is not known. `START` is before every day, `END` after every day.

    Can be compared and sorted with days. `toordinal` is one less than that of the calendar's first
    day, or one more than that of its last day.
    """

    START = "open start"
    END = "open end"

    def toordinal(self) -> int:
        return 0 if self is OpenEnd.START else date.max.toordinal() + 1

    def __lt__(self, other: date | OpenEnd) -> bool:
        return self.toordinal() < other.toordinal() if _is_end(other) else NotImplemented

    def __le__(self, other: date | OpenEnd) -> bool:
        return self.toordinal() <= other.toordinal() if _is_end(other) else NotImplemented

    def __gt__(self, other: date | OpenEnd) -> bool:
        return self.toordinal() > other.toordinal() if _is_end(other) else NotImplemented

    def __ge__(self, other: date | OpenEnd) -> bool:
        return self.toordinal() >= other.toordinal() if _is_end(other) else NotImplemented

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"OPEN_{self.name}"


OPEN_START: Final = OpenEnd.START
OPEN_END: Final = OpenEnd.END


def _is_end(value: object) -> bool:
    return isinstance(value, (date, OpenEnd))


def is_open(ordinal: int) -> bool:
    """Whether an ordinal is that of an open end, and not of a day."""
    return ordinal in (OPEN_START.toordinal(), OPEN_END.toordinal())


def end_of(ordinal: int) -> date | OpenEnd:
    """Convert an ordinal back to its day or open end."""
    if ordinal == OPEN_START.toordinal():
        return OPEN_START
    return OPEN_END if ordinal == OPEN_END.toordinal() else date.fromordinal(ordinal)


def closed(end: date | OpenEnd) -> date | None:
    """Return the day, or None for an open end."""
    return None if isinstance(end, OpenEnd) else end


def nearest_day(end: date | OpenEnd) -> date:
    """Return the day; for an open end, the first or the last day of the calendar."""
    if isinstance(end, OpenEnd):
        return date.min if end is OPEN_START else date.max
    return end


class Holds(Ranked):
    """Whether a statement is true in no, some or all readings of the dates."""

    IN_NONE = "in none", "True in no reading of the dates."
    IN_SOME = "in some", "True in some readings of the dates, false in others."
    IN_ALL = "in all", "True in every reading of the dates."


@frozen(repr=False)
class Verdict(Readable):
    """A three-valued answer. `witness` is one reading in which it is true: a day for each date.

    None if no reading within the calendar makes it true.
    """

    holds: Holds
    witness: tuple[date, ...] | None = None

    @property
    def possible(self) -> bool:
        return self.holds is not Holds.IN_NONE

    @property
    def certain(self) -> bool:
        return self.holds is Holds.IN_ALL

    def __bool__(self) -> NoReturn:
        raise TypeError("the answer has three values: ask for .possible or .certain")

    def __str__(self) -> str:
        days = ", ".join(map(str, self.witness or ()))
        return f"{self.holds}, as on {days}" if days else str(self.holds)


@frozen(repr=False)
class When(Readable):
    """A day known to lie between `earliest` and `latest`, both included.

    `text` is the date as written; `OPEN_START` and `OPEN_END` mark an open side.
    """

    text: str
    earliest: date | OpenEnd
    latest: date | OpenEnd

    OPEN: ClassVar[tuple[OpenEnd, OpenEnd]] = (OPEN_START, OPEN_END)

    @classmethod
    def parse(cls, text: str) -> When:
        """Parse the notation described in this module. Raises `DateError` for anything else."""
        match = _DATE.fullmatch(text)
        if match is None or not text:
            raise _refusal(text)
        year, month, day, mark, dots, *ends = match.groups()
        until: list[str | None] = ends
        if dots is None:
            if year is None:
                raise _refusal(text)
            return cls(text, *_bounds(text, year, month, day, wider=int(mark == "~")))
        if year is None and until[0] is None:
            raise _refusal(text)
        earliest = _bounds(text, year, month, day)[0] if year else OPEN_START
        latest = _bounds(text, until[0], until[1], until[2])[1] if until[0] else OPEN_END
        if earliest > latest:
            first, last = text.split("..")
            rewrite = f"{last}..{first}"
            raise DateError(
                "RM403",
                f"the interval {text} ends before it begins",
                f"write {rewrite}",
                (rewrite,),
            )
        return cls(text, earliest, latest)

    @classmethod
    def of(cls, value: When | date | str) -> When:
        """Convert a `When`, a `datetime.date` or a text in the notation.

        Raises `TypeError` for a `datetime`, which would hide a time of day.
        """
        if isinstance(value, When):
            return value
        if isinstance(value, datetime) or not isinstance(value, (date, str)):
            raise TypeError(f"a date is a date or a text such as '2024-05', not {value!r}")
        return cls.parse(value) if isinstance(value, str) else cls(value.isoformat(), value, value)

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    @property
    def approximate(self) -> bool:
        return self.text.endswith("~")

    @property
    def doubtful(self) -> bool:
        return self.text.endswith("?")

    def widened(self, units: int) -> When:
        """Return the date with another width of `~`: so many units of its own precision.

        A date without the mark stays as it is. The notation itself means one unit.
        """
        if not self.approximate:
            return self
        year, *rest = self.text.removesuffix("~").split("-")
        month, day = [*rest, None, None][:2]
        return When(self.text, *_bounds(self.text, year, month, day, wider=units))

    @property
    def in_words(self) -> str:
        """Return the date for a reader: `2025-04`, `about 2022-01`, `by 2012-06-27`."""
        first, dots, last = self.text.partition("..")
        if not dots:
            mark = {"~": "about ", "?": "perhaps "}.get(first[-1], "")
            return f"{mark}{first.rstrip('~?')}"
        if not first:
            return f"by {last}"
        return f"{first} to {last}" if last else f"{first} or later"

    def read(self, dates: DateReading) -> When:
        """Return only the earliest or only the latest day.

        Returns the date unchanged for `all`, and if that side is open.
        """
        reading = date_reading(dates)
        day = closed(self.latest if reading == "latest" else self.earliest)
        return self if reading == "all" or day is None else When.of(day)

    def __str__(self) -> str:
        return self.text

    def before(self, other: When) -> Verdict:
        """Is this day before the other, if the two are independent? Witness: (this, other)."""
        if self.latest < other.earliest:
            return Verdict(Holds.IN_ALL, _in_turn(self.latest, other.earliest))
        if self.earliest < other.latest:
            return Verdict(Holds.IN_SOME, _in_turn(self.earliest, other.latest))
        return Verdict(Holds.IN_NONE)

    def within(self, earliest: date, latest: date) -> Verdict:
        """Is the day between `earliest` and `latest`, both included? Witness: (that day,)."""
        day = max(earliest, nearest_day(self.earliest))
        if earliest <= self.earliest and self.latest <= latest:
            return Verdict(Holds.IN_ALL, (day,))
        if day <= min(latest, nearest_day(self.latest)):
            return Verdict(Holds.IN_SOME, (day,))
        return Verdict(Holds.IN_NONE)


def _in_turn(one: date | OpenEnd, other: date | OpenEnd) -> tuple[date, date] | None:
    """Return two days of the calendar, one before the other; None if it has no such days."""
    days = nearest_day(one), nearest_day(other)
    return days if days[0] < days[1] else None


def exact_day(value: date | str) -> date:
    """Convert a `date` or its text to one day. Raises `DateError` (RM405) for a longer interval."""
    try:
        when = When.of(value)
    except DateError as error:
        raise _fitting(error, {10}, "write one full day: YYYY-MM-DD") from None
    day = nearest_day(when.earliest)
    if when.text != day.isoformat():
        raise DateError("RM405", f"{when.text} is not a single day", "write YYYY-MM-DD")
    return day


def day_of(value: date | str, end: Literal["first", "last"]) -> date:
    """Return the first or the last day of a year, a month or a day: `2025`, `2025-12`.

    Raises `DateError` for anything else; RM405 for a date with `~`, `?` or `..`.
    """
    hint = "write 2025-12-31, 2025-12 or 2025, without ~, ? and .."
    try:
        when = When.of(value)
    except DateError as error:
        raise _fitting(error, {4, 7, 10}, hint) from None
    if not _certain(when.text, {4, 7, 10}):
        raise DateError("RM405", f"{when.text} is not a single day, month or year", hint)
    return nearest_day(when.earliest if end == "first" else when.latest)


def _certain(text: str, lengths: set[int]) -> bool:
    """Whether a date is a day, month or year of one of these lengths. A mark makes it longer."""
    return len(text) in lengths and ".." not in text


def _fitting(error: DateError, lengths: set[int], hint: str) -> DateError:
    """Return the error, with another hint if its own advises a date that cannot stand here."""
    useful = error.rewrites or error.code == "RM402"
    if useful and all(_certain(text, lengths) for text in error.rewrites):
        return error
    return DateError(error.code, str(error), hint)


Ends = list[date | OpenEnd]


def propagate_order(dates: Sequence[When]) -> tuple[Ends, Ends]:
    """Return the earliest and the latest days that the dates can have in this order.

    If an earliest day is after its latest, no reading keeps the order.
    """
    earliest: Ends = []
    latest: Ends = []
    floor: date | OpenEnd = OPEN_START
    ceiling: date | OpenEnd = OPEN_END
    for when in dates:
        floor = max(floor, when.earliest)
        earliest.append(floor)
    for when in reversed(dates):
        ceiling = min(ceiling, when.latest)
        latest.append(ceiling)
    return earliest, latest[::-1]


def first_out_of_order(dates: Iterable[When]) -> tuple[int, int] | None:
    """Find the first date that cannot come after an earlier one.

    Returns the indices (earlier date, this date), or None if some reading keeps the order.
    """
    floor: date | OpenEnd = OPEN_START
    holder = 0
    for index, when in enumerate(dates):
        if when.latest < floor:
            return holder, index
        if when.earliest > floor:
            floor, holder = when.earliest, index
    return None


def _bounds(
    text: str, year: str, month: str | None, day: str | None, *, wider: int = 0
) -> tuple[date, date]:
    """Return the first and last day of a year, month or day.

    `wider` is how many units more on each side, as far as the calendar goes. Raises `DateError`
    (RM402) if the day does not exist.
    """
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _refusal(text, in_notation=True) from None
    if day is not None:
        step = wider * _DAY
        return moved(first, -step), moved(first, step)
    index = first.year * 12 + first.month - 1
    if month is not None:
        return _first_of(index - wider), _last_of(index + wider)
    return _first_of(index - 12 * wider), _last_of(index + 12 * wider + 11)


def _first_of(month_index: int) -> date:
    return date(month_index // 12, month_index % 12 + 1, 1) if month_index >= 12 else date.min


def _last_of(month_index: int) -> date:
    return _first_of(month_index + 1) - _DAY if month_index + 1 < 120_000 else date.max


def moved(day: date, step: timedelta) -> date:
    """Move a day, at most to the first or the last day of the calendar."""
    try:
        return day + step
    except OverflowError:
        return date.min if step < timedelta() else date.max


def _refusal(text: str, *, in_notation: bool = False) -> DateError:
    """Return the error that best explains why a text is not a date."""
    from recognition_model.core.date_hints import advice_on  # only refused dates need it

    return DateError(*advice_on(text, in_notation=in_notation))
