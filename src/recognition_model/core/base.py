"""Base classes: ordered words with meanings, and values with a readable repr."""

from __future__ import annotations

import sys
import warnings
from enum import Enum
from typing import Any, Self

from attrs import Attribute, field, fields

WITHOUT_DOCSTRINGS = (
    "Python runs with -OO (or PYTHONOPTIMIZE=2), which removes texts that recognition_model prints;"
    " run it with -O, or without"
)


class Ranked(Enum):
    """An enum ordered by definition, each member with its `meaning`.

    Members can be compared and sorted. `rank` gives their order from 0; the difference between two
    ranks has no meaning.
    """

    _value_: str
    meaning: str
    rank: int

    def __new__(cls, value: str, meaning: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        member.rank = len(cls.__members__)
        return member

    # Spelled out, and hashed by identity, for speed: every step of a replay compares and hashes.

    __hash__ = object.__hash__

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if type(other) is type(self) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if type(other) is type(self) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if type(other) is type(self) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if type(other) is type(self) else NotImplemented

    def __str__(self) -> str:
        return self._value_


class Readable:
    """A value with a one-line repr: its class and its `str`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {' '.join(str(self).split())}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 - IPython's protocol
        """Print the same line in IPython and in Hypothesis reports, instead of every field."""
        printer.text(repr(self))


def doc(text: str, *, key: bool = True, **more: Any) -> Any:
    """Define an attribute with an explanation, which the JSON Schema shows in editors.

    `key` is false for an attribute that is not a key in the file: its place, or a name that the
    file gives as the key above it.
    """
    return field(metadata={"doc": text, "key": key}, **more)


def file_key(attribute: Attribute[Any]) -> str:
    """The key that an attribute of a record has in a file."""
    return str(attribute.alias).replace("_", "-")


def keys_of(cls: type[Any]) -> dict[str, Attribute[Any]]:
    """The keys of a mapping in a file, with the attribute behind each."""
    return {file_key(a): a for a in fields(cls) if a.metadata["key"]}


def warn_renamed(old: str, new: str) -> None:
    """Warn that a public name has changed. The old name works for one more release.

    Call this directly from the code behind the old name, so that the warning points at its caller.
    """
    message = f"{old} is now {new}; the old name goes with the next release"
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class Renamed:
    """An attribute's old name: returns the attribute under its new name, with a warning.

    class Spell:
        state: State
        standing = Renamed("state")
    """

    def __init__(self, new: str) -> None:
        self.new = new

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.old = name

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        if instance is None:
            return self
        warn_renamed(f"{owner.__name__}.{self.old}", f"{owner.__name__}.{self.new}")
        return getattr(instance, self.new)


def summary_of(cls: type[Any]) -> str:
    """Return the first paragraph of a class's docstring on one line."""
    return docstring_of(cls).partition("\n\n")[0]


def docstring_of(named: object) -> str:
    """Return the docstring of a class or a function, each paragraph on one line.

    Raises `NoDocstrings` where Python has removed them all.
    """
    if sys.flags.optimize > 1:
        raise NoDocstrings
    return "\n\n".join(" ".join(part.split()) for part in (named.__doc__ or "").split("\n\n"))


class NoDocstrings(RuntimeError):
    """Raised under `python -OO`: texts of answers and of files would be missing, silently."""

    def __init__(self) -> None:
        super().__init__(WITHOUT_DOCSTRINGS)
