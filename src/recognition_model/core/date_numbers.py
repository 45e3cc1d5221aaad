"""Read one day, month or year that is written in digits, by people or in EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from recognition_model.core.date_spans import (
    BLANK,
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    NoSuchDay,
    Span,
    days,
    month_text,
    months,
    point,
    winter_or,
    with_century,
)

_NUMBERS = re.compile(r"(\d{1,4})(?:([-/._ ])(\d{1,4})(?:\2(\d{1,4}))?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?w(\d\d)(?:-?([1-7]))?", re.ASCII)
_WEEK_IN_WORDS = re.compile(
    r"(?:the )?(?:(?P<year>\d{4}),? )?(?:(?:calendar )?(?:week|wk\.?) ?|w)(?P<week>\d\d?)"
    r"(?(year)|,? ?(?:of |in |/ ?)?(?P<later>\d{4}))",
    re.ASCII,
)
_DAY_OF_YEAR = re.compile(r"(\d{4})-?(\d{3})", re.ASCII)
_BLANK = re.compile(r"(\d+[xu*#?]*)(?:-(\d?[xu*#]+|\?\?|\d\d))?(?:-(\d?[xu*#]+|\?\?))?", re.ASCII)
_NO_REST = {None, "x", "xx"}


def numbers(text: str) -> list[Span]:
    """Read `26/08/2021`, `2021/8/26`, `8/26/21`, `08.2021`, `2021`, and all else in digits."""
    for read in (_separated, _run_together, _day_of_year, _week, _blanks):
        spans = read(text)
        if spans:
            return spans
    return []


def _separated(text: str) -> list[Span]:
    tight = re.sub(r" ?([-/._]) ?", r"\1", text)
    match = _NUMBERS.fullmatch(tight)
    if match is None:
        return []
    a, separator, b, c = match.groups()
    lengths = "".join(
        "4" if len(part) == 4 else "2" if len(part) < 3 else "-" for part in (a, b, c) if part
    )
    if lengths == "4":
        return point(int(a))
    if lengths == "24" and separator != " ":
        return point(int(b), int(a))
    if lengths == "42" and (tight == text or int(b) <= 12) and separator != " ":
        return _year_and_more(a, separator, b)
    if lengths == "422":
        return _year_first(int(a), int(b), int(c))
    if lengths == "224":
        orders = [(int(c), int(b), int(a), DAY_FIRST), (int(c), int(a), int(b), MONTH_FIRST)]
        return days(orders)
    short = lengths == "222" and len(c) == 2 and separator != " "
    return _two_digit_year(a, b, c) if short else []


def _year_first(year: int, month: int, day: int) -> list[Span]:
    if day == 0:
        return point(year, month or None, when=BLANK)
    if month > 12:
        swapped = days([(year, day, month, "")])
        return [span._replace(when=f"if {month} is the day") for span in swapped]
    return days([(year, month, day, "")])


def _two_digit_year(a: str, b: str, c: str) -> list[Span]:
    """Read `8/26/21` and its like; nothing if it is not clear, or one order gives no such day."""
    orders = [
        (with_century(c), int(b), int(a), DAY_FIRST),
        (with_century(c), int(a), int(b), MONTH_FIRST),
        (with_century(a), int(b), int(c) if len(a) == 2 else 0, YEAR_FIRST),
    ]
    if any(1 <= m <= 12 and monthrange(y, m)[1] < d <= 31 for y, m, d, _ in orders):
        return []
    spans = days(orders)
    return spans if len(spans) < 3 else []


def _year_and_more(year: str, separator: str, two: str) -> list[Span]:
    """Read `2021/8`, `2001-21` (a season), `1998-99` and `2020/21` (two years), `2021-00`."""
    number = int(two)
    if two == "00":
        spans = point(int(year), when=BLANK)
    elif number <= 12:
        spans = point(int(year), number)
    else:
        spans = _season_code(int(year), number) if separator == "-" else []
    until = year[:2] + two
    if separator not in "-/" or len(until) < 4 or until <= year or not point(int(year)):
        return spans
    years = Span(year, until, when=f"for the years {year} to {until}")
    if not spans:
        return [years]
    if int(until) == int(year) + 1 and (separator == "/" or number > 12):
        other = "for the month" if number <= 12 else "for the season"
        return [years, *(span._replace(when=span.when or other) for span in spans)]
    return spans


def _season_code(year: int, code: int) -> list[Span]:
    """Read the second number of EDTF's `2001-21`: seasons, and quarters to halves of a year."""
    if 21 <= code <= 32:
        at, where = (code - 21) % 4, ("", "northern ", "southern ")[(code - 21) // 4]
        name = ("spring", "summer", "autumn", "winter")[at]
        first = (9, 12, 3, 6)[at] if code >= 29 else (3, 6, 9, 12)[at]
        spans = winter_or(year, first, f"{where or 'northern '}{name}")
        return [span._replace(intro=f"{code} is {where}{name} in EDTF: ") for span in spans]
    for start, parts, name in ((33, 4, "quarter"), (37, 3, "third"), (40, 2, "half")):
        if start <= code < start + parts and year:
            at, length = code - start, 12 // parts
            intro = f"{code} is the {('1st', '2nd', '3rd', '4th')[at]} {name} of a year in EDTF: "
            return [months(year, at * length + 1, length)._replace(intro=intro)]
    return []


def _run_together(text: str) -> list[Span]:
    """Read `20240527`, `27052024`, `210826` and `202405`, which can be a day too: `200102`."""
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
        if 1 <= month <= 12 and day <= 31:
            return _year_first(year, month, day)
        return _separated(f"{text[:2]}/{text[2:4]}/{text[4:]}") if "18" < text[4:6] < "21" else []
    if re.fullmatch(r"\d{6}", text, re.ASCII) is None:
        return []
    spans = point(int(text[:4]), int(text[4:])) if "18" < text[:2] < "21" else []
    if not spans:
        return _two_digit_year(text[:2], text[2:4], text[4:])
    try:
        day_of = days([(with_century(text[:2]), int(text[2:4]), int(text[4:]), "")])
    except NoSuchDay:
        return spans
    if not day_of:
        return spans
    return [spans[0]._replace(when="for the month"), day_of[0]._replace(when="for the day")]


def _day_of_year(text: str) -> list[Span]:
    """Read `2024-148`, the 148th day of that year."""
    match = _DAY_OF_YEAR.fullmatch(text)
    if match is None or not int(match[1]):
        return []
    year, number = int(match[1]), int(match[2])
    if not 1 <= number <= (date(year, 12, 31) - date(year, 1, 1)).days + 1:
        return []
    day = str(date(year, 1, 1) + timedelta(days=number - 1))
    return [Span(day, day, intro=f"for day {number} of the year, ")]


def _week(text: str) -> list[Span]:
    """Read the weeks of ISO 8601: `2024-W22` from Monday to Sunday, `2024-W22-1`, in words too."""
    words = _WEEK_IN_WORDS.fullmatch(text)
    if words is not None:
        text = f"{words['year'] or words['later']}-w{int(words['week']):02}"
    match = _WEEK.fullmatch(text)
    if match is None:
        return []
    try:
        first = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        last = first if match[3] else first + timedelta(days=6)
    except (ValueError, OverflowError):
        return []
    return [Span(str(first), str(last))]


def _blanks(text: str) -> list[Span]:
    """Read digits left out: `199X`, `1999-XX`, `1999-01-uu`, `19??`, `1999-1X`."""
    match = _BLANK.fullmatch(text)
    if match is None or len(match[1]) != 4 or re.search("[xu*#?]", text) is None:
        return []
    year, month, day = (part and re.sub("[xu*#?]", "x", part) for part in match.groups())
    if "x" in year:
        first, last = int(year.replace("x", "0")), int(year.replace("x", "9"))
        whole = month in _NO_REST and day in _NO_REST
        return [Span(f"{first:04}", f"{last:04}")] if whole and first else []
    if month in _NO_REST:
        return point(int(year)) if day in _NO_REST else []
    if "x" in month:
        return _fitting(year, month, 12) if day is None or day in _NO_REST else []
    if day is None or not month_text(int(year), int(month)):
        return []
    if day in _NO_REST:
        return point(int(year), int(month))
    return _fitting(f"{year}-{month}", day, monthrange(int(year), int(month))[1])


def _fitting(stem: str, blank: str, most: int) -> list[Span]:
    """Read the months or days that fit `1x`, from 1 to `most`."""
    found = [f"{stem}-{n:02}" for n in range(1, most + 1) if f"{n:02}"[0] == blank[0]]
    return [Span(found[0], found[-1])] if found and int(stem[:4]) and len(blank) == 2 else []
