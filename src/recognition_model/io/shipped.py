"""Where the shipped record is, and which words for signals its files use."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

_SIGNAL = r"(?m)^ +- signal: *([a-z][a-z0-9_]*)"


def record_root(name: str) -> Path:
    """The folder `scenarios` or `seeds` that ships with the package.

    In a wheel it is inside the package. An editable install runs from a clone, in which the folder
    is beside `src/`.
    """
    # importlib.resources would work too, but adds 4 ms to a start-up of 100 ms.
    package = Path(next(iter(import_module("recognition_model").__path__)))
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name


def not_shipped(files: Iterable[str]) -> Iterator[str]:
    """Yield the files that are not in the folder of the shipped record, by whatever path."""
    root = os.path.realpath(record_root("scenarios"))
    shipped: dict[str, bool] = {}
    for file in files:
        folder = str(Path(file).parent) if file else ""
        if folder not in shipped:
            shipped[folder] = bool(folder) and os.path.realpath(folder) == root
        if not shipped[folder]:
            yield file


@cache
def shipped_signals() -> Mapping[str, str]:
    """The words for signals in the shipped record, each with the name of the first file using it.

    The files are searched, not parsed: this takes a few milliseconds.
    """
    words: dict[str, str] = {}
    for path in sorted(record_root("scenarios").glob("*.yaml")):
        for word in re.findall(_SIGNAL, path.read_text(encoding="utf-8")):
            words.setdefault(word, path.name)
    return words


def misspelt_signal(word: str) -> list[str]:
    """The words of the shipped record of which a word is a misspelling; none if it has the word."""
    words = shipped_signals()
    if word in words:
        return []
    spelt = {known.replace("_", "-"): known for known in words}
    from recognition_model.core.likeness import near_names

    near = near_names(word, spelt)
    return [spelt[name] for name in near if len(name) <= len(word) + 2]
