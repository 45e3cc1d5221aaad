"""Dates in the words of a title or a label: `3 July 2025` and `3 Jul 2025`.

A date keeps its precision. A month is no day in it, and an interval keeps both ends.
"""

from __future__ import annotations

from datetime import date

from recognition_model.core.dates import When

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LETTERS = 3  # of a month in a label
_MARKS = "~?"
_DAY = 3  # year, month, day


def day_in_words(day: date, *, short: bool = False) -> str:
    """Write a day: `3 July 2025`, or `3 Jul 2025` for a label."""
    return _joined(_parts(day.isoformat(), short=short))


def when_in_words(when: When) -> str:
    """Write a date with its preposition, for a sentence.

    `on 3 July 2025`, `in May 2024`, `about January 2022`, `between 12 and 23 January 2026`,
    `by 22 January 2025`, `in or after 2008`.
    """
    first, dots, last = when.text.partition("..")
    if dots and not last:
        return f"{'on' if first.count('-') + 1 == _DAY else 'in'} or after {_spelt(first)}"
    if dots and not first:
        return f"by {_spelt(last)}"
    if dots:
        begin, end = _apart(first, last, short=False)
        return f"between {begin} and {end}"
    if when.approximate:
        return f"about {_spelt(first)}"
    at = f"{'on' if when.exact else 'in'} {_spelt(first)}"
    return f"perhaps {at}" if when.doubtful else at


def when_on_label(when: When) -> str:
    """Write a date in few letters: `3 Jul 2025`, `May 2024`, `12–23 Jan 2026`, `by 22 Jan 2025`.

    An approximate date begins with `about`, a doubtful one ends with a question mark.
    """
    first, dots, last = when.text.partition("..")
    if dots and not last:
        return f"from {_spelt(first, short=True)}"
    if dots and not first:
        return f"by {_spelt(last, short=True)}"
    if dots:
        begin, end = _apart(first, last, short=True)
        return f"{begin}–{end}" if " " not in begin else f"{begin} – {end}"
    text = _spelt(first, short=True)
    if when.approximate:
        return f"about {text}"
    return f"{text}?" if when.doubtful else text


def _apart(first: str, last: str, *, short: bool) -> tuple[str, str]:
    """Write both ends of an interval; what they share stands only at the second."""
    begin, end = _parts(first, short=short), _parts(last, short=short)
    shared = 0
    if len(begin) == len(end):
        while shared < len(begin) - 1 and begin[shared] == end[shared]:
            shared += 1
    return _joined(begin[shared:]), _joined(end)


def _spelt(text: str, *, short: bool = False) -> str:
    return _joined(_parts(text.rstrip(_MARKS), short=short))


def _parts(text: str, *, short: bool) -> list[str]:
    """Return year, month and day of `2024-05-27`, as far as it has them."""
    year, *rest = text.split("-")
    parts = [year]
    if rest:
        month = MONTHS[int(rest[0]) - 1]
        parts.append(month[:_LETTERS] if short else month)
    return [*parts, *(str(int(day)) for day in rest[1:])]


def _joined(parts: list[str]) -> str:
    return " ".join(reversed(parts))
