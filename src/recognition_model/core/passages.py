"""Find passages of which only the number of letters and the digest are known.

Passages that a text contains are found in time linear in the text, nearly always: windows that
begin and end with a word are hashed first, and a passage found once is searched for as a string.

Passages that it does not contain are not. A SHA-256 says nothing about its text, and no part of it
can be kept from one window to the next. So each number of letters that is wanted costs one SHA-256
for every letter of the text. Only a sum of the letters in the locator itself would save that.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, starmap
from typing import NamedTuple, TypeAlias

from recognition_model.core.types import SHAPES, Digest

_AT_ONCE = 500_000
"""How many windows one job hashes: about half a second."""
_LEAST = 20_000
"""How many letters of the text a job has at least."""


class Key(NamedTuple):
    """What is known about a passage."""

    letters: int
    digest: Digest


Passages: TypeAlias = dict[Key, str]
"""The letters of each passage that was found."""
Job: TypeAlias = tuple[str, int, tuple[Key, ...]]
"""Arguments of `passages_in`."""
Search: TypeAlias = Callable[[Sequence[Job]], Iterable[Passages]]
"""How jobs are done: one after the other, or by several processes."""


def words_of(text: str) -> list[str]:
    """Return the runs of letters and numbers of a text, case-folded."""
    if text.isascii():
        return _words()(text.lower())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _words()(folded)


@cache
def _words() -> Callable[[str], list[str]]:
    import re

    return re.compile(r"[^\W_]+").findall  # \w is a letter, a number or an underscore


def passages_in(letters: str, count: int, keys: Iterable[Key]) -> Passages:
    """Find the passages that begin at one of the first `count` letters."""
    from hashlib import sha256  # faster than `core.hashing`, but slow to load

    found: Passages = {}
    data = letters.encode()
    starts: Sequence[int] = range(len(data) + 1)
    if len(letters) < len(data):
        starts = [at for at, byte in enumerate(data) if byte & 0xC0 != 0x80]
        starts.append(len(data))
    for size, wanted in _by_size(keys).items():
        for begin, end in zip(starts[:count], starts[size:], strict=False):
            digest = sha256(data[begin:end]).digest()[:16]
            if digest in wanted:
                found[wanted.pop(digest)] = data[begin:end].decode()
                if not wanted:
                    break
    return found


def in_turn(jobs: Sequence[Job]) -> Iterator[Passages]:
    """Do the jobs one after the other."""
    return starmap(passages_in, jobs)


def _by_size(keys: Iterable[Key]) -> dict[int, dict[bytes, Key]]:
    sizes: dict[int, dict[bytes, Key]] = {}
    for key in keys:
        sizes.setdefault(key.letters, {})[bytes.fromhex(key.digest[4:])] = key
    return sizes


class TextLetters:
    """The letters and numbers of a text; where its paragraphs and its words begin.

    Paragraphs are the lines that are not blank.
    """

    def __init__(self, text: str) -> None:
        self.paragraphs = array("I")  # one without letters begins where the next one does
        self._words = array("I", [0])  # the last one is the end of the text
        pieces, position = [], 0
        for line in text.splitlines():
            if line.strip():
                self.paragraphs.append(position)
                words = words_of(line)
                for end in accumulate(map(len, words), initial=position):
                    if end > position:
                        self._words.append(end)
                        position = end
                pieces.append("".join(words))
        self.all = "".join(pieces)

    def paragraph_at(self, position: int) -> int:
        """Return the number, from 1, of the paragraph that has the letter at a position."""
        return bisect_right(self.paragraphs, position)

    def span(self, paragraph: int) -> tuple[int, int]:
        """Return where a paragraph begins, and where the next one does."""
        begin, *after = self.paragraphs[paragraph - 1 : paragraph + 1]
        return begin, after[0] if after else len(self.all)

    def places(self, passage: str, begin: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield the positions from `begin` to before `end` where a passage begins."""
        last = len(self.all) if end is None else end + len(passage) - 1
        at = self.all.find(passage, begin, last)
        while at >= 0:
            yield at
            at = self.all.find(passage, at + 1, last)

    def passages(self, wanted: Mapping[Key, Iterable[int]], search: Search = in_turn) -> Passages:
        """Find passages; each key has the paragraphs in which its passage is said to begin.

        Look there first, then from word to word, then from every letter, as `search` does it.
        """
        known: Passages = {}
        missing = [key for key in wanted if SHAPES[Digest].fits(key.digest)]
        for key in missing:
            for paragraph in wanted[key]:
                if key not in known and paragraph <= len(self.paragraphs):
                    known |= self._from_word_to_word([key], *self.span(paragraph))
        known |= self._from_word_to_word([key for key in missing if key not in known])
        jobs = self._jobs([key for key in missing if key not in known])
        for found in search(jobs) if jobs else ():
            known |= found
            if len(known) == len(missing):
                break
        return known

    def _from_word_to_word(
        self, keys: Iterable[Key], begin: int = 0, before: int | None = None
    ) -> Passages:
        """Find passages that begin with a word, from `begin` to `before`, and end with one."""
        from hashlib import sha256

        found: Passages = {}
        for size, wanted in _by_size(keys).items():
            last = len(self.all) - size
            if before is not None:
                last = min(last, before - 1)
            first, end = bisect_left(self._words, begin), bisect_right(self._words, last)
            for start in self._words[first:end]:
                if self._ends[start + size]:
                    passage = self.all[start : start + size]
                    digest = sha256(passage.encode()).digest()[:16]
                    if digest in wanted:
                        found[wanted.pop(digest)] = passage
                        if not wanted:
                            break
        return found

    @cached_property
    def _ends(self) -> bytearray:
        """For each position, whether a word begins or ends there."""
        ends = bytearray(len(self.all) + 1)
        for position in self._words:
            ends[position] = 1
        return ends

    def _jobs(self, keys: Sequence[Key]) -> list[Job]:
        """Cut the text into pieces that overlap by the longest passage."""
        if not keys:
            return []
        sizes = {key.letters for key in keys}
        count = max(_LEAST, _AT_ONCE // len(sizes))
        starts = range(0, len(self.all) - min(sizes) + 1, count)
        return [(self.all[at : at + count + max(sizes) - 1], count, tuple(keys)) for at in starts]
