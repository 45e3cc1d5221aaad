"""Locators: where in a text a passage stands, without keeping the passage.

An `lt1` digest is made of letters alone: NFKD, case folding, NFKD, Unicode letters and numbers
kept, SHA-256 of their UTF-8, first 128 bits. White space, line breaks, quotation marks, dashes,
soft hyphens, accents' encoding and case do not touch it; a changed word does, unless it changed in
a diacritic or a space alone ("now here", "nowhere"). A match proves that
the passage stands in that copy, not that it supports the claim.
"""

import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cached_property

from attrs import frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.types import Count, Digest


@frozen(repr=False)
class Locator(Readable):
    """`digest` over the `letters` letters of a passage; `paragraph` (from 1) is only a hint."""

    letters: Count = doc("How many letters and numbers the passage has.")
    digest: Digest = doc("lt1 digest of these letters; `locate` makes it.")
    paragraph: Count | None = doc("Paragraph in which it begins, from 1: a hint.", default=None)

    @classmethod
    def of(cls, passage: str, paragraph: Count | None = None) -> "Locator":
        """The locator of a passage; `ValueError` where it holds no letter or number."""
        letters = letters_of(passage)
        if not letters:
            raise ValueError("the passage holds no letter and no number")
        return cls(Count(len(letters)), digest_of(letters), paragraph)

    def to_dict(self) -> dict[str, object]:
        """The mapping that stands behind `at:` in a file."""
        hint: dict[str, object] = {"paragraph": self.paragraph} if self.paragraph else {}
        return {**hint, "letters": self.letters, "digest": self.digest}

    def __str__(self) -> str:
        return "{" + ", ".join(f"{key}: {value}" for key, value in self.to_dict().items()) + "}"


class Found(Enum):
    """What a search for a locator's passage in one copy came to."""

    MATCH = "match"  # where the hint says, or the only place when there is no hint
    MOVED = "moved"  # in one other paragraph
    AMBIGUOUS = "ambiguous"  # in several places, none of them the hinted one
    ABSENT = "absent"
    NO_COPY = "no copy held"


def letters_of(text: str) -> str:
    """The letters and numbers of a text, folded: all that a digest is made of."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def digest_of(letters: str) -> Digest:
    """`lt1-` and 32 hexadecimal digits for letters that `letters_of` gave."""
    from hashlib import sha256  # loads a large library, and replaying needs no digest

    return Digest("lt1-" + sha256(letters.encode()).hexdigest()[:32])


@frozen
class Copy:
    """One text somebody holds. A paragraph is a line that is not blank, counted from 1."""

    text: str

    @cached_property
    def _paragraphs(self) -> list[str]:
        return [letters_of(line) for line in self.text.splitlines() if line.strip()]

    @cached_property
    def _letters(self) -> str:
        return "".join(self._paragraphs)

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [], 0
        for paragraph in self._paragraphs:
            starts.append(position)
            position += len(paragraph)
        return starts

    def _paragraph_at(self, position: int) -> int:
        # An empty paragraph starts where the next one does: the last of those holds the letter.
        return max(i for i, start in enumerate(self._starts, 1) if start <= position)

    def paragraphs_with(self, locator: Locator) -> list[int]:
        """The paragraph in which each occurrence of the passage begins, in text order."""
        everywhere = self._matches(locator, 0, len(self._letters))
        return [self._paragraph_at(start) for start in everywhere]

    def _matches(self, locator: Locator, begin: int, end: int) -> Iterator[int]:
        """Where the passage begins, of all places from `begin` to before `end`."""
        letters, size = self._letters, locator.letters
        for start in range(begin, min(end, len(letters) - size + 1)):
            if digest_of(letters[start : start + size]) == locator.digest:
                yield start

    def find(self, locator: Locator) -> tuple[Found, list[int]]:
        """How the passage was found, and the paragraphs in which it begins: for a match, the one
        hinted at; else every one in the copy."""
        hint = locator.paragraph
        if hint is not None and hint <= len(self._starts):
            begin, end = [*self._starts, len(self._letters)][hint - 1 : hint + 1]
            if next(self._matches(locator, begin, end), None) is not None:
                return Found.MATCH, [hint]
        places = self.paragraphs_with(locator)
        if not places:
            return Found.ABSENT, places
        if hint is None and len(places) == 1:
            return Found.MATCH, places
        return (Found.MOVED if len(places) == 1 else Found.AMBIGUOUS), places

    def locate(self, passage: str) -> list[Locator]:
        """A locator for every occurrence of a passage in this copy, none where it is absent."""
        bare = Locator.of(passage)
        return [
            Locator(bare.letters, bare.digest, Count(place)) for place in self.paragraphs_with(bare)
        ]
