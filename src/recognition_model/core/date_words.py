"""Read one day, month, year or part of one that is written with words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from recognition_model.core.date_numbers import numbers
from recognition_model.core.date_spans import (
    DAY_FIRST,
    MONTHS,
    YEAR_FIRST,
    Span,
    days,
    months,
    point,
    winter_or,
    with_century,
)
from recognition_model.core.wording import near_words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILLERS = {"a", "ad", "ce", "dated", "day", "in", "month", "of", "on", "some", "sometime", "the"}
_FILLERS |= {"time", "year"}
_WRITING = re.compile(r"[a-z\d](?:[a-z\d ,./-]*[a-z\d])?\.?", re.ASCII)
_TIME = re.compile(
    r"(.{6,}?)(?:t|,? (?:at )?)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r" ?(?:am|pm)?(?: ?(?:z|utc|gmt|[+-]\d\d:?(?:\d\d)?))?",
    re.ASCII,
)
_NTH = (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"))
_PARTS = {
    **dict.fromkeys(("early", "beginning", "start"), (0, 3)),
    **dict.fromkeys(("mid", "middle"), (1, 3)),
    **dict.fromkeys(("late", "end"), (2, 3)),
    **{f"{nth} half": (at, 2) for at in (0, 1) for nth in _NTH[at]},
    **{f"{nth} quarter": (at, 4) for at in range(4) for nth in _NTH[at]},
    **{f"h{at + 1}": (at, 2) for at in (0, 1)},
    **{f"q{at + 1}": (at, 4) for at in range(4)},
    "last half": (1, 2),
    "last quarter": (3, 4),
}
"""Words for a part of a year, month or decade: which part (from 0), of how many."""
_PART = re.compile(
    rf"(?:the )?({'|'.join(sorted(_PARTS, key=len, reverse=True))})[- /]?(?:of |in )?(?:the )?(.+)"
)
_PART_BEHIND = re.compile(r"(\d{4})[- /]?([qh][1-4])", re.ASCII)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON = re.compile(
    rf"(?:the )?({'|'.join(_SEASONS)}) (?:of |in )?(\d{{4}})(?:[-/](\d\d|\d{{4}}))?", re.ASCII
)
_SEASON_BEHIND = re.compile(rf"(\d{{4}}),? ({'|'.join(_SEASONS)})()", re.ASCII)


def unit(text: str) -> list[Span]:
    """Read one day, month, year or part of one. Raises `NoSuchDay`.

    The text is in small letters. No reading means that it says nothing clear, several that it can
    mean several things.
    """
    timed = _TIME.fullmatch(text)
    if timed is not None:
        finest = "days are the finest unit: "
        return [span._replace(intro=finest, vague=True) for span in unit(timed[1])]
    for read in (numbers, _season, _part, _many_years, _words):
        spans = read(text)
        if spans:
            return spans
    return []


def names_time(text: str) -> bool:
    """Whether a text has a number, a month or a season."""
    words = re.findall(r"[a-z]+|\d+", text)
    return any(word.isdecimal() or word in _SEASONS or month_of(word) for word in words)


@lru_cache(1000)
def month_of(word: str) -> int:
    """Return the number of a month by its name, the start of it or a name nearly spelt so; or 0."""
    place = _place_of(word, MONTHS)
    if place < 0 and len(word) > 3:
        near = near_words(word, MONTHS, 0.8, most=1)
        place = MONTHS.index(near[0]) if near else -1
    return place + 1


def _place_of(word: str, names: tuple[str, ...]) -> int:
    """Return the place of the name that begins with a word of three or more letters, or -1."""
    found = [n for n, name in enumerate(names) if len(word) >= 3 and name.startswith(word)]
    return found[0] if found else -1


def _words(text: str) -> list[Span]:
    """Read `Thursday 26th of August 2021`, `Aug. 26, 2021`, `26-Aug-2021`, `2021 Aug`."""
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    if _WRITING.fullmatch(text) is None or ".." in text:
        return []
    words = [word for word in re.findall(r"[a-z]+|\d+", text) if word not in _FILLERS]
    weekday = _place_of(words[0], WEEKDAYS) if words else -1
    words = words[weekday >= 0 :]
    kinds = "".join(map(_kind, words))
    if kinds == "y" and weekday < 0:
        return point(int(words[0]))
    if kinds in {"my", "ym"} and weekday < 0:
        year, month = sorted(words)  # digits sort before letters
        return point(int(year), month_of(month))
    orders = {"nmy": (2, 1, 0), "mny": (2, 0, 1), "ymn": (0, 1, 2), "nmn": (2, 1, 0)}
    if kinds not in orders:
        return []
    year, month, day = (words[place] for place in orders[kinds])
    candidates = [(with_century(year), month_of(month), int(day), DAY_FIRST)]
    if kinds == "nmn":
        if len(year) < 2:
            return []
        candidates.append((with_century(day), month_of(month), int(year), YEAR_FIRST))
    return [_on_weekday(span, weekday) for span in days(candidates)]


def _kind(word: str) -> str:
    if word.isdecimal():
        return {1: "n", 2: "n", 4: "y"}.get(len(word), "-")
    return "m" if month_of(word) else "-"


def _on_weekday(span: Span, weekday: int) -> Span:
    """Say so if the day is another day of the week than the one that was written."""
    is_on = date.fromisoformat(span.start).weekday()
    if weekday in {-1, is_on}:
        return span
    return span._replace(when=f"if the day is right: it was a {WEEKDAYS[is_on].capitalize()}")


def _season(text: str) -> list[Span]:
    """Read `spring 2001`, `winter of 2001-02`."""
    match = _SEASON.fullmatch(text)
    if match is not None:
        name, year, until = match.groups()
    else:
        match = _SEASON_BEHIND.fullmatch(text)
        if match is None:
            return []
        year, name, until = match.groups()
    if not until:
        return winter_or(int(year), _SEASONS[name], f"northern {name}")
    later = f"{int(year) + 1:04}"
    winter = name == "winter" and until in {later, later[2:]} and 1 <= int(year) < 9999
    return [months(int(year), 12, 3)] if winter else []


def _many_years(text: str) -> list[Span]:
    """Read `1990s`, `1900s` (a decade or a century) and `20th century`, which is 1901 to 2000."""
    match = re.fullmatch(r"(?:the )?(\d{3})0'?s", text, re.ASCII)
    if match is not None:
        decade = Span(f"{match[1]}0", f"{match[1]}9")
        if not match[1].endswith("0"):
            return [decade]
        century = Span(decade.start, f"{match[1][:2]}99", when="for the century")
        return [decade._replace(when="for the decade"), century] if int(match[1]) else []
    match = re.fullmatch(r"(?:the )?(\d\d?)(?:st|nd|rd|th) century", text, re.ASCII)
    if match is None or not 1 <= int(match[1]) <= 99:
        return []
    last = int(match[1]) * 100
    return [Span(f"{last - 99:04}", f"{last:04}")]


def _part(text: str) -> list[Span]:
    """Read `early August 2021`, `mid-2021`, `late 1990s`, `Q3 2021`, `first half of 2021`."""
    match = _PART.fullmatch(text)
    if match is not None:
        name, whole = match.groups()
    else:
        match = _PART_BEHIND.fullmatch(text)
        if match is None or match[2] not in _PARTS:
            return []
        whole, name = match.groups()
    wholes = [span for span in unit(whole) if not span.when and not span.intro]
    return [part for span in wholes for part in _divided(span, *_PARTS[name])]


def _divided(whole: Span, at: int, parts: int) -> list[Span]:
    """Return a third, half or quarter of a year, a third or half of a month or a decade."""
    vague = parts == 3
    start, end = whole.start, whole.end
    if len(start) == 4 and start == end:
        length = 12 // parts
        return [months(int(start), at * length + 1, length)._replace(vague=vague)]
    if parts == 4 or len(start) == 10:
        return []
    if start == end:
        days_in = monthrange(int(start[:4]), int(start[5:]))[1]
        edges = [0, 10, 20, days_in] if vague else [0, 15, days_in]
        return [Span(f"{start}-{edges[at] + 1:02}", f"{start}-{edges[at + 1]:02}", vague=vague)]
    if (start[3:], end) != ("0", start[:3] + "9"):
        return []
    edges = [0, 4, 7, 10] if vague else [0, 5, 10]
    return [Span(f"{start[:3]}{edges[at]}", f"{start[:3]}{edges[at + 1] - 1}", vague=vague)]
