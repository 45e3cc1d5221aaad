"""The vocabulary of signals that ships with the package, and that of another version of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from recognition_model.core.diagnostics import VOCABULARIES, RecordError, in_order
from recognition_model.core.signals import Family, SignalMeaning, Vocabulary
from recognition_model.io.files import read_document, read_text
from recognition_model.io.reader import Reader
from recognition_model.io.shipped import record_root

_WORD = r"(?m)^  ([a-z][a-z0-9_]*):(?: *#.*)?$"
_FAMILY = r"(?m)^    family: *([a-z_]+) *(?:#.*)?$"
_ALIASES = r"(?m)^    aliases: *\[([^]#\"']*)\]"


@cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package: every word for a signal and its meaning.

    Families and aliases are at hand at once. The meanings are read when first asked for, which
    takes some milliseconds. Raises `RecordError` then, if the file has errors.
    """
    path = record_root("seeds") / VOCABULARIES[0]
    if not path.exists():
        return Vocabulary()
    return quick_vocabulary(read_text(path)) or vocabulary_at(path.parent)


def vocabulary_at(seeds: Path) -> Vocabulary:
    """Read the vocabulary of a version of the shipped record; empty if it has none.

    Raises `RecordError` with every finding of the file.
    """
    path = seeds / VOCABULARIES[0]
    if not path.exists():
        return Vocabulary()
    reader = Reader({})
    vocabulary = reader.signals(read_document(path), shipped=True)
    errors = [found for found in reader.findings if found.is_error]
    if errors:
        raise RecordError(in_order(errors))
    return vocabulary


def quick_vocabulary(text: str) -> Vocabulary | None:
    """Find words, families and aliases by the layout of the shipped file.

    None for a file of any other layout, which must be read.
    """
    words = re.findall(_WORD, text)
    parts = re.split(_WORD, text)[2::2]
    families = [re.findall(_FAMILY, part) for part in parts]
    aliases = [re.findall(_ALIASES, part) for part in parts]
    known = {family.value: family for family in Family}
    as_expected = (
        words
        and all(len(found) == 1 and found[0] in known for found in families)
        and all(len(a) == part.count("aliases:") for a, part in zip(aliases, parts, strict=True))
    )
    if not as_expected or len({*words}) < len(words):
        return None
    return Vocabulary(
        words=_Meanings(),
        families={word: known[one] for word, (one,) in zip(words, families, strict=True)},
        aliases={
            alias.strip(): word
            for word, lists in zip(words, aliases, strict=True)
            for found in lists
            for alias in found.split(",")
            if alias.strip()
        },
    )


class _Meanings(Mapping[str, SignalMeaning]):
    """The words of the shipped vocabulary, read when first looked at."""

    @cached_property
    def _read(self) -> Mapping[str, SignalMeaning]:
        return vocabulary_at(record_root("seeds")).words

    def __getitem__(self, word: str) -> SignalMeaning:
        return self._read[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)
