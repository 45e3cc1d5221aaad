"""Locators: find a passage in a text again without storing the passage.

An `lt1` digest uses letters and numbers only: normalise to NFKD, fold case, normalise to NFKD, keep
Unicode letters and numbers, take the SHA-256 of their UTF-8, keep the first 128 bits. White space,
line breaks, quotation marks, dashes, soft hyphens, the encoding of accents, and case do not change
the digest. A changed word does, unless only a diacritic or a space changed ("now here", "nowhere").
A match proves that the copy contains the passage, not that the passage supports the claim.
"""

from collections.abc import Sequence
from enum import Enum
from functools import cached_property

from attrs import frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.hashing import sha256_digits
from recognition_model.core.passages import Key, Search, TextLetters, in_turn, words_of
from recognition_model.core.types import RANGES, Count, Digest, Letters


@frozen(repr=False)
class Locator(Readable):
    """A passage, identified by the number and the digest of its letters and numbers.

    `paragraph` (from 1) is only a hint.
    """

    letters: Letters = doc("How many letters and numbers the passage has.")
    digest: Digest = doc("lt1 digest of these letters and numbers, made by `locate`.")
    paragraph: Count | None = doc("Paragraph where it begins, from 1: a hint.", default=None)

    @classmethod
    def of(cls, passage: str, paragraph: Count | None = None) -> "Locator":
        """Make the locator of a passage.

        `ValueError` if it has no letter and no number, or more than 10,000.
        """
        letters = letters_of(passage)
        if not letters:
            raise ValueError("the passage holds no letter and no number")
        most = RANGES[Letters][1] or len(letters)
        if len(letters) > most:
            raise ValueError(
                f"the passage holds {len(letters):,} letters and numbers; use at most {most:,}"
            )
        return cls(Letters(len(letters)), digest_of(letters), paragraph)

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
    return "".join(words_of(text))


def digest_of(letters: str) -> Digest:
    """Return `lt1-` and 32 hexadecimal digits for the result of `letters_of`."""
    return Digest(f"lt1-{sha256_digits(letters.encode())[:32]}")


@frozen
class Copy:
    """A copy of one text. Its paragraphs are the lines that are not blank, counted from 1."""

    text: str

    @cached_property
    def _letters(self) -> TextLetters:
        return TextLetters(self.text)

    def find(self, locator: Locator) -> tuple[Found, list[int]]:
        """Search for the passage; return the result and the paragraphs where it begins.

        With a match in the paragraph of the hint, only that paragraph is returned.
        """
        (result,) = self.find_all([locator])
        return result

    def find_all(
        self, locators: Sequence[Locator], search: Search = in_turn
    ) -> list[tuple[Found, list[int]]]:
        """Search for several passages at once, each with the result of `find`.

        `search` looks for what does not run from word to word, which takes long in a long text.
        """
        wanted: dict[Key, list[int]] = {}
        for one in locators:
            hints = wanted.setdefault(Key(one.letters, one.digest), [])
            hints += [one.paragraph] if one.paragraph else []
        passages = self._letters.passages(wanted, search)
        return [self._result(one, passages.get(Key(one.letters, one.digest))) for one in locators]

    def _result(self, locator: Locator, passage: str | None) -> tuple[Found, list[int]]:
        if passage is None:
            return Found.ABSENT, []
        hint = locator.paragraph
        if hint is not None and hint <= len(self._letters.paragraphs):
            span = self._letters.span(hint)
            if next(self._letters.places(passage, *span), None) is not None:
                return Found.MATCH, [hint]
        places = self._paragraphs_with(passage)
        if hint is None and len(places) == 1:
            return Found.MATCH, places
        return (Found.MOVED if len(places) == 1 else Found.AMBIGUOUS), places

    def _paragraphs_with(self, passage: str) -> list[int]:
        """Return the paragraph where each occurrence begins, in text order."""
        return [self._letters.paragraph_at(start) for start in self._letters.places(passage)]

    def locate(self, passage: str) -> list[Locator]:
        """Return a locator for each occurrence of a passage in this copy.

        Raises `ValueError` for a passage that `Locator.of` does not take.
        """
        bare = Locator.of(passage)
        return [
            Locator(bare.letters, bare.digest, Count(place))
            for place in self._paragraphs_with(letters_of(passage))
        ]
