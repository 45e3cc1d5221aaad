"""What is said about a text that is not a date: what is odd in it, and what to write instead.

`core.dates` imports this module only when it refuses a date.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from recognition_model.core.date_names import in_english
from recognition_model.core.date_ranges import LASTING, read, read_impossible
from recognition_model.core.date_spans import NoSuchDay, Span
from recognition_model.core.date_words import month_of

_LONGEST = 80
"""Longer texts are not read: no date needs as many letters."""

GENERAL = "write 2024, 2024-05 or 2024-05-27, with one ~ or ? behind, or a..b, ..b, a.."
_RANGE = "write the range in which the day must lie: a..b, ..b or a.."
_CHECK = "check the month and the day"
_CALENDAR = "the calendar runs from the year 0001 to the year 9999"
_ADD_YEAR = "add the year, with four digits: YYYY-MM-DD, YYYY-MM or YYYY"
_UNKNOWN = {
    "open",
    "unknown",
    "undated",
    "date unknown",
    "n.d",
    "nd",
    "none",
    "null",
    "n/a",
    "-",
    "tbd",
}
_BY_THE_CLOCK = re.compile(r"today|yesterday|tomorrow|now|present|(?:last|this|next) [a-z]+|.+ ago")
_SAME = {
    "\u2026": "..", "\u2025": "..", "\u223c": "~", "\uff5e": "~", "\u301c": "~", "\u02dc": "~",
    "\u2248": "~", "\uff1f": "?", "\u2044": "/", "\u2215": "/", "\uff0f": "/", "\uff0e": ".",
    "\u060c": ",", "\uff0c": ",", "\u066b": ".",
}  # fmt: skip
_SCRIPTS = {"EXTENDED ARABIC-INDIC": "Persian", "ARABIC-INDIC": "Arabic", "FULLWIDTH": "full-width"}


class Advice(NamedTuple):
    """Why a text is not a date, and what to write: the parts of a `DateError`."""

    code: str
    message: str
    hint: str
    rewrites: tuple[str, ...] = ()


def advice_on(text: str, *, in_notation: bool = False) -> Advice:
    """Explain why a text is not a date, and say what to write instead.

    `in_notation`: the text has the form of a date, but the calendar has no such date.
    """
    plain, odd = as_ascii(text)
    shown = _shortened(text)
    bare = shown if shown.isprintable() else repr(shown)
    none = f"there is no such date as {bare}"
    code, message = (
        "RM401",
        f"{shown!r} is not a date" + (f": it has {_joined(odd)}" if odd else ""),
    )
    if in_notation:
        code, message = "RM402", none
    plain = in_english(plain)
    readable = len(plain) <= _LONGEST
    calendar = other_calendar(re.findall(r"\b\d{4}\b", plain)) if readable else ""
    if calendar:
        return Advice(code, message, calendar)
    try:
        spans = (read_impossible if in_notation else read)(plain) if readable else []
    except NoSuchDay as error:
        return Advice("RM402", none, _CHECK if in_notation else f"{error}: check the day")
    if not spans:
        return Advice(code, message, _without_reading(plain, in_notation=in_notation))
    if spans[0].turned:
        code, message = "RM403", f"the interval {bare} ends before it begins"
    elif spans[0].intro == LASTING:
        code = "RM404"
        message = f"{bare} means lasting from one to the other, and an act does not last"
    return _rewritten(code, message, spans)


def as_ascii(text: str) -> tuple[str, list[str]]:
    """Return a text in small ASCII letters and digits, and a list of what was odd in it.

    Letters of other scripts stay.
    """
    odd: Counter[str] = Counter()
    letters = []
    for char in text[: 4 * _LONGEST]:
        plain, name = _plain(char)
        letters.append(plain)
        if name:
            odd[name] += 1
    plain = " ".join("".join(letters).lower().split())
    plain = re.sub(r"(?<!\.)[.,;]$", "", plain.strip(" '\"\u201c\u201d\u2018\u2019\xab\xbb")) + (
        "x" * _LONGEST if len(text) > 4 * _LONGEST else ""
    )
    return plain, [_counted(name, count) for name, count in odd.items()]


def other_calendar(years: Collection[str]) -> str:
    """Say which calendar of Afghanistan the years look like; empty if they do not."""
    numbers = [int(year) for year in years]
    if numbers and all(1370 <= number <= 1408 for number in numbers):
        first = min(numbers)
        return (
            f"{first} looks like a year of the Solar Hijri calendar, which began in March"
            f" {first + 621}: write the date of the Gregorian calendar"
        )
    if numbers and all(1414 <= number <= 1450 for number in numbers):
        return (
            f"{min(numbers)} looks like a year of the Islamic lunar calendar: write the date of the"
            " Gregorian calendar"
        )
    return ""


def _plain(char: str) -> tuple[str, str]:
    """Return what a character stands for in ASCII, and its name if it is not that itself."""
    if char.isascii():
        return char, ""
    name = unicodedata.name(char, "unnamed character")
    code = f"(U+{ord(char):04X})"
    if char.isdecimal():
        script = name.rpartition(" DIGIT ")[0]
        return str(unicodedata.decimal(char)), f"{_SCRIPTS.get(script, script.title())} digits"
    if char in _SAME:
        return _SAME[char], f"{name.lower()} {code}"
    kind = unicodedata.category(char)
    if kind == "Pd" or char == "\u2212":
        return "-", f"{name.lower()} {code}"
    if kind == "Zs":
        return " ", f"{name.lower()} {code}"
    if kind == "Cf":
        return "", f"invisible character {code}"
    return char, ""


def _counted(name: str, count: int) -> str:
    if name.endswith(" digits"):
        return name
    if count == 1:
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    noun, _, code = name.rpartition(" ")
    return f"{noun}{'es' if noun.endswith('sh') else '' if noun.endswith('s') else 's'} {code}"


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (" and more" if len(names) > 2 else "")


def _shortened(text: str) -> str:
    """Cut a long text: at most 60 characters of it as they are printed."""
    shown = text
    while len(repr(shown)) > 62:
        shown = shown[: min(len(shown) - 1, 60)]
    return shown if shown == text else shown[:-1] + "…"


def _rewritten(code: str, message: str, spans: Sequence[Span]) -> Advice:
    """Advise a rewrite, or one for each meaning of the text."""
    by_text: dict[str, Span] = {}
    for span in spans:
        by_text.setdefault(span.text, span)
    said = ", ".join(f"{text} {span.when}".strip() for text, span in by_text.items())
    first = spans[0]
    hint = f"{first.intro}write {said}"
    if len(by_text) == 1 and said.endswith("~"):
        unit = {4: "year", 7: "month", 10: "day"}[len(first.start)]
        hint += f" (one {unit} wider on each side)"
    if any(span.mark == "%" or (span.mark == "?" and span.start != span.end) for span in spans):
        hint += "; put the doubt in a note"
    return Advice(code, message, hint, tuple(by_text))


def _without_reading(plain: str, *, in_notation: bool) -> str:
    """Return the hint for a text of which no meaning is clear."""
    if in_notation:
        return _CALENDAR if "0000" in re.split(r"[-.?~]+", plain) else _CHECK
    if len(plain) > _LONGEST:
        return GENERAL
    if plain in _UNKNOWN:
        return _RANGE
    if _BY_THE_CLOCK.fullmatch(plain):
        return "write the day itself as YYYY-MM-DD: no date here is relative to today"
    if re.fullmatch(r"-\d{4,}.*|y-?\d+.*|\d{5}|\d{9,}|\d{5,}-.*|.*\d.*\bb\.?c\.?(e\.?)?", plain):
        return _CALENDAR
    words = re.findall(r"[a-z]+|\d+", plain)
    named = any(month_of(word) for word in words if word.isalpha())
    numbers = re.fullmatch(r"\d\d?[-/.]\d\d?([-/.]\d\d?)?", plain)
    if (named or numbers) and not any(len(word) == 4 and word.isdecimal() for word in words):
        return _ADD_YEAR
    if ".." in plain and plain.strip(".") and re.search("[~?]", plain):
        return "~ and ? may follow only a single date: write a wider interval instead"
    if "/" in plain:
        return "write a day as YYYY-MM-DD, a date known only within a range as a..b"
    return GENERAL
