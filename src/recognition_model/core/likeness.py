"""Which names are near a misspelt one, and which letters only look Latin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST = 100
"""No name of a file is longer. A longer text has nothing near it."""

_CYRILLIC = "асеорхуіјѕһԁԛԝАВСЕНІЈКМОРЅТХУ"
_LATIN_OF_CYRILLIC = "aceopxyijshdqwABCEHIJKMOPSTXY"
_GREEK = "οναιρτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LATIN_OF_GREEK = "ovaiptuABEZHIKMNOPTYX"
_HYPHENS = "‐‑‒–—―−﹣－"
_LOOK_ALIKES = str.maketrans(
    _CYRILLIC + _GREEK + _HYPHENS, _LATIN_OF_CYRILLIC + _LATIN_OF_GREEK + "-" * len(_HYPHENS)
)


def near_names(name: str, *groups: Iterable[str], most: int = 2) -> list[str]:
    """Return the names of each group that are nearest to a misspelt name, group by group.

    Near is a name with one letter changed, missing, added or swapped with the next (two in a name
    of eight letters or more), a name of the same letters in another order, and a longer name that
    begins with all the words of this one.
    """
    if len(name) > LONGEST:
        return []
    plain = bare(name)
    reach = 2 if len(plain) >= 8 else 1
    found: list[str] = []
    for group in groups:
        near: dict[str, int] = {}
        for other in group:
            steps = _distance(plain, other.casefold(), reach)
            if steps is None and sorted(plain) == sorted(other):
                steps = reach + 1
            if steps is None and other.startswith(f"{plain}-"):
                steps = reach + 2
            if steps is not None:
                near[other] = steps
        found += [other for other, steps in near.items() if steps == min(near.values())]
    return list(dict.fromkeys(found))[:most]


def _distance(one: str, other: str, most: int) -> int | None:
    """Count the letters changed, missing, added or swapped; None if they are more than `most`."""
    if abs(len(one) - len(other)) > most or len({*one} ^ {*other}) > 2 * most:
        return None
    far = [most + 1] * (len(other) + 1)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, far[:]
        row[0] = i
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            match = other[j - 1]
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and match == one[i - 2]:
                steps = min(steps, older[j - 2] + 1)
            row[j] = steps
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def plain_letters(word: str) -> str:
    """Return a word with Cyrillic, Greek and full-width letters that look Latin made Latin."""
    if word.isascii():
        return word
    wide = "".join(unicodedata.normalize("NFKC", c) if c > "\uff00" else c for c in word)
    return wide.translate(_LOOK_ALIKES)


def look_alikes(word: str) -> str:
    """Name the letters of a word that only look Latin; empty without any."""
    if word.isascii():
        return ""
    odd = {char: plain_letters(char) for char in word if plain_letters(char) != char}
    told = [
        f"the {char!r} in it is {unicodedata.name(char, 'no letter')} (U+{ord(char):04X}),"
        f" not {plain!r}"
        for char, plain in odd.items()
    ]
    return "; ".join(told[:3])


def bare(word: str) -> str:
    """A word as it is compared: small Latin letters, with a hyphen for a space or a line."""
    return "-".join(plain_letters(word).casefold().replace("_", "-").split())


def without_accents(text: str) -> str:
    """A text with plain letters for those with an accent: `charge` for `chargé`."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))
