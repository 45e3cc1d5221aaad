"""Small text functions shared by everything that is printed or drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

# The zero-width non-joiner is part of Persian spelling; it does not hide or reorder text.
_NON_JOINER = "\u200c"

# Marks without a glyph that come along when a title is copied. A joiner behind an emoji, or behind
# a letter of a script that joins its letters, is part of the spelling.
_MARKS = (
    "[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]"
    "|(?<![\u0590-\u1cff\u2190-\u2bff\u3030-\u303d\u3297\u3299\ua800-\uabff\ufb50-\ufe0f"
    "\ufe70-\ufefc\U00010000-\U0001ffff])\u200d"
)
_JOINER = "\u200d"
_CONTROLS = {"\x85": "next line", "\x7f": "delete", "\ufeff": "byte order mark"}


def escape_invisible(text: str) -> str:
    """Replace control characters and direction marks by their code points: `<U+202E>`."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or char == _NON_JOINER or unicodedata.category(char) == "Zs"
        else " "
        if char in "\t\n"
        else f"<U+{ord(char):04X}>"
        for char in text
    )


@cache
def marks_without_glyph() -> re.Pattern[str]:
    """Marks that do not show and often come along when a title is copied."""
    return re.compile(_MARKS)  # not on import: it takes a millisecond


def without_marks(text: str) -> str:
    """Return a text for a page, a picture or a bibliography.

    Marks without a glyph are left out. What could hide or reorder text is shown by its code point.
    """
    if text.isprintable():
        return text
    pieces = marks_without_glyph().sub("", text).split(_JOINER)
    return _JOINER.join(map(escape_invisible, pieces))


def name_of_character(char: str) -> str:
    """Return a character's code point and name: `U+200E (left-to-right mark)`."""
    name = _CONTROLS.get(char) or unicodedata.name(char, "").lower()
    if not name and unicodedata.category(char) == "Cc":
        name = "a control character"
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"


def plural(count: int, one: str, more: str) -> str:
    """Return a count with its noun: `1 country`, `15 countries`."""
    return f"{count} {one if count == 1 else more}"


_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def in_words(count: int) -> str:
    """Write a count up to twelve as a word: `no`, `one`, `twelve`; a larger one in digits."""
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def percent(count: int, of: int) -> str:
    """Return a share in whole per cent, decided on the counts: `3 %`, or `<1 %` and `>99 %`.

    `0 %` means none and `100 %` means all.
    """
    nearest = (200 * count + of) // (2 * of)
    if count and not nearest:
        return "<1 %"
    return ">99 %" if count < of and nearest == 100 else f"{nearest} %"


def read_in_words(end: str) -> str:
    """Say how uncertain dates are read: at their `earliest` or their `latest` day."""
    return f"Every uncertain date is read at its {end} possible day."


def humanize(value: object) -> str:
    """Write a word from a file as prose: `ambassador accepted`."""
    return str(value).replace("_", " ")


def join_limited(names: Sequence[str], most: int = 40) -> str:
    """Join names with commas: at most `most` of them, then `and 3 more`."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


MOST_SHOWN = 60
"""How many letters of a text a message quotes."""


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """Return a text on one line, cut to at most `most` letters with an ellipsis."""
    if len(text) > most:
        text = f"{text[: most - 1].rstrip()}…"
    return " ".join(text.split()) if "\n" in text else text


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """Quote a text from a file in a message: at most `most` letters of it."""
    return repr(shortened(str(text), most))


def near_words(word: str, words: Iterable[str], cutoff: float = 0.6, *, most: int = 2) -> list[str]:
    """Return the words most similar to a word, best first; `cutoff` is 0 (all) to 1 (equal).

    If words differ only in case, in spaces and hyphens or in look-alike letters, only these count.
    """
    from recognition_model.core.likeness import LONGEST, bare  # not needed for every answer

    known = list(words)
    same = [other for other in known if bare(other) == bare(word)] if len(word) <= LONGEST else []
    if same:
        return same[:most]
    from difflib import get_close_matches

    return get_close_matches(word, known, n=most, cutoff=cutoff)


def did_you_mean(words: Iterable[str]) -> str:
    """Return a hint with suggestions; empty without any."""
    unique = list(dict.fromkeys(words))
    return f"did you mean {' or '.join(unique)}?" if unique else ""


def in_percent(share: Fraction) -> str:
    """Write a share as `66.7 %`, and never round it to 0 or 100 %."""
    percent = f"{float(100 * share):.1f}"
    if 0 < share < 1:
        percent = {"0.0": "under 0.1", "100.0": "over 99.9"}.get(percent, percent)
    return f"{percent.removesuffix('.0')} %"
