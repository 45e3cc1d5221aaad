"""Locators: find a passage in a text again without storing the passage.

An `lt1` digest uses letters and numbers only: normalise to NFKD, fold case, normalise to NFKD, keep
Unicode letters and numbers, take the SHA-256 of their UTF-8, keep the first 128 bits. White space,
line breaks, quotation marks, dashes, soft hyphens, the encoding of accents, and case do not change
the digest. A changed word does, unless only a diacritic or a space changed ("now here", "nowhere").
A match proves that the copy contains the passage, not that the passage supports the claim.
"""

import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cached_property

from attrs import frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.hashing import sha256_digits
from recognition_model.core.types import Count, Digest


@frozen(repr=False)
class Locator(Readable):
    """A passage, identified by the number and the digest of its letters and numbers.

    `paragraph` (from 1) is only a hint.
    """

    letters: Count = doc("How many letters and numbers the passage has.")
    digest: Digest = doc("lt1 digest of these letters and numbers, made by `locate`.")
    paragraph: Count | None = doc("Paragraph where it begins, from 1: a hint.", default=None)

    @classmethod
    def of(cls, passage: str, paragraph: Count | None = None) -> "Locator":
        """Make the locator of a passage. `ValueError` if it has no letter and no number."""
        letters = letters_of(passage)
        if not letters:
            raise ValueError("the passage holds no letter and no number")
        return cls(Count(len(letters)), digest_of(letters), paragraph)

    def to_dict(self) -> dict[str, object]:
        """Return the mapping that follows `at:` in a file."""
        hint: dict[str, object] = {"paragraph": self.paragraph} if self.paragraph else {}
        return {**hint, "letters": self.letters, "digest": self.digest}

    def __str__(self) -> str:
        return "{" + ", ".join(f"{key}: {value}" for key, value in self.to_dict().items()) + "}"


class Found(Enum):
    """The result of searching one copy for the passage of a locator."""

    MATCH = "match"  # in the paragraph of the hint, or without a hint in one place only
    MOVED = "moved"  # in one place only, in another paragraph
    AMBIGUOUS = "ambiguous"  # in several places, none in the paragraph of the hint
    ABSENT = "absent"
    NO_COPY = "no copy held"


def letters_of(text: str) -> str:
    """Return the case-folded letters and numbers of a text, the input of a digest."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def digest_of(letters: str) -> Digest:
    """Return `lt1-` and 32 hexadecimal digits for the result of `letters_of`."""
    return Digest(f"lt1-{sha256_digits(letters.encode())[:32]}")


@frozen
class Copy:
    """A copy of one text. Its paragraphs are the lines that are not blank, counted from 1."""

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
        # Paragraphs without letters start where the next one does: the last one has the letter.
        return max(i for i, start in enumerate(self._starts, 1) if start <= position)

    def paragraphs_with(self, locator: Locator) -> list[int]:
        """Return the paragraph where each occurrence of the passage begins, in text order."""
        everywhere = self._matches(locator, 0, len(self._letters))
        return [self._paragraph_at(start) for start in everywhere]

    def _matches(self, locator: Locator, begin: int, end: int) -> Iterator[int]:
        """Yield the positions from `begin` to before `end` where the passage begins."""
        letters, size = self._letters, locator.letters
        for start in range(begin, min(end, len(letters) - size + 1)):
            if digest_of(letters[start : start + size]) == locator.digest:
                yield start

    def find(self, locator: Locator) -> tuple[Found, list[int]]:
        """Search for the passage; return the result and the paragraphs where it begins.

        With a match in the paragraph of the hint, only that paragraph is returned.
        """
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
        """Return a locator for each occurrence of a passage in this copy.

        Raises `ValueError` if the passage has no letter and no number.
        """
        bare = Locator.of(passage)
        return [
            Locator(bare.letters, bare.digest, Count(place)) for place in self.paragraphs_with(bare)
        ]
