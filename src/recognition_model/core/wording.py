"""Small pieces of what a person reads, the same wherever it is printed or drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

# Persian parts letters with it, in titles too; it hides and turns nothing.
_NON_JOINER = "\u200c"


def escape_invisible(text: str) -> str:
    """The text with every control and direction mark shown as its code point."""
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


def plural(count: int, one: str, more: str) -> str:
    """`1 country`, `15 countries`."""
    return f"{count} {one if count == 1 else more}"


def read_in_words(end: str) -> str:
    """How dates were read that are known to an interval: at their `earliest` or `latest` day."""
    return f"Every date known only to an interval is read at its {end} possible day."


def humanize(value: object) -> str:
    """A word of the record as prose has it: `ambassador accepted`."""
    return str(value).replace("_", " ")


def join_limited(names: Sequence[str], most: int = 40) -> str:
    """Names with commas between them; of very many the first, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def near_words(word: str, words: Iterable[str], cutoff: float = 0.6, *, most: int = 2) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, list(words), n=most, cutoff=cutoff)


def did_you_mean(words: Iterable[str]) -> str:
    unique = list(dict.fromkeys(words))
    return f"did you mean {' or '.join(unique)}?" if unique else ""
