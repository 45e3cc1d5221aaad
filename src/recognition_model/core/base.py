"""Base classes of values: words with a meaning and an order, records that print themselves."""

from __future__ import annotations

import warnings
from enum import Enum
from typing import Any, Self

from attrs import Attribute, field, fields


class Ranked(Enum):
    """An enum whose members stand in the order written and explain themselves.

    Compared and sorted, never counted with: there is no distance between two members.
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

    # Written out, and the hash left to identity: both are asked for at every step of a replay.

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
    """A value whose repr is one line that a person can read: its class and its `str`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {' '.join(str(self).split())}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 - IPython's protocol
        """The same line in IPython and in what Hypothesis reports, and not every field of it."""
        printer.text(repr(self))


def doc(text: str, *, key: bool = True, **more: Any) -> Any:
    """An attribute with its explanation, which the JSON Schema carries to an editor.

    `key` is false for what no file says: a place, or a name given by the key above.
    """
    return field(metadata={"doc": text, "key": key}, **more)


def file_key(attribute: Attribute[Any]) -> str:
    """The key that an attribute of a record has in a file."""
    return str(attribute.alias).replace("_", "-")


def keys_of(cls: type[Any]) -> dict[str, Attribute[Any]]:
    """The keys of a mapping in a file, with the attribute behind each."""
    return {file_key(a): a for a in fields(cls) if a.metadata["key"]}


def warn_renamed(old: str, new: str) -> None:
    """Warn that a public name has changed; the old one works for one release more.

    To be called by the function that answers to the old name: the warning is its caller's.
    """
    message = f"{old} is now {new}; the old name goes with the next release"
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class Renamed:
    """An attribute under the name it had in the last release: gives the new one, and warns.

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
    """The first paragraph of a class's docstring, in one line."""
    return " ".join((cls.__doc__ or "").split("\n\n")[0].split())
