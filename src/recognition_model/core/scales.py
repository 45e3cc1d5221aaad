"""Scales: ordered levels that follow from the stage, the ban, the acts and the signals of a record.

A scale says nothing that the record does not: each of its levels rests on entries of the record.
"""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.changes import Change
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Attestation
from recognition_model.core.hashing import sha256_digits
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Family
from recognition_model.core.stages import Act, Ban, Stage, State
from recognition_model.core.types import LevelName, ScaleName, SignalWord

_DIGITS = 12  # of a digest: 48 bits, as for all digests of the package


def _place() -> Any:
    return doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class HeldIn(Readable):
    """The states in which a level can be held: one of the stages, and one of the bans."""

    stages: tuple[Stage, ...] = doc("Stages. Without this key: every stage.", default=())
    bans: tuple[Ban, ...] = doc("Bans: none, in_force, lifted. Without: every ban.", default=())

    def takes(self, state: State) -> bool:
        """Whether a level can be held in a state."""
        return (not self.stages or state.stage in self.stages) and (
            not self.bans or state.ban in self.bans
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file."""
        return {"stages": [*map(str, self.stages)], "bans": [*map(str, self.bans)]}

    def __str__(self) -> str:
        parts = [f"stage {' or '.join(map(str, self.stages))}"] if self.stages else []
        parts += [f"ban {' or '.join(map(str, self.bans))}"] if self.bans else []
        return ", ".join(parts) or "every state"


EVERY_STATE = HeldIn()


@frozen(kw_only=True, repr=False)
class Entries(Readable):
    """Which entries of a record move a level: signals, families of signals, and acts."""

    signals: tuple[SignalWord, ...] = doc("Words for signals.", default=())
    families: tuple[Family, ...] = doc(
        "Families of signals. A word that the file names anywhere is not meant by its family.",
        default=(),
    )
    acts: tuple[Act, ...] = doc("Acts that a rule took.", default=())
    place: Place = _place()

    @property
    def what(self) -> str:
        """The entries in words: `signal charge_accepted, act downgrade`."""
        named = [
            *(f"signal {one}" for one in self.signals),
            *(f"family {one}" for one in self.families),
            *(f"act {one}" for one in self.acts),
        ]
        return ", ".join(named)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file."""
        return {
            "signals": [*self.signals],
            "families": [*map(str, self.families)],
            "acts": [*map(str, self.acts)],
        }

    def __str__(self) -> str:
        return self.what or "nothing"


@frozen(kw_only=True, repr=False)
class Entering(Entries):
    """Entries that lead to a level, from every lower one unless `only-from` names others."""

    only_from: tuple[LevelName, ...] = doc(
        "The levels from which they lead to it. Without this key: every lower one.", default=()
    )
    needs: Attestation | None = doc(
        "The least that their evidence must amount to: reported, claimed or official.",
        default=None,
    )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file."""
        more = {"only-from": [*self.only_from], "needs": self.needs and str(self.needs)}
        return {**super().to_dict(), **more}


@frozen(kw_only=True, repr=False)
class Leaving(Entries):
    """Entries that end a level, and the level to which they lead."""

    to: LevelName = doc("The level to which they lead.")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file."""
        return {**super().to_dict(), "to": self.to}


@frozen(kw_only=True, repr=False)
class Level(Readable):
    """One level of a scale: what it means, where it can be held, what enters and what leaves it."""

    level: LevelName = doc("Its word in tables.")
    label: str = doc("Its name for a reader. Without this key: the word.", default="")
    meaning: str = doc("What it means, in one or two sentences.")
    held_in: HeldIn = doc(
        "The states in which it can be held. Without this key: every state.", default=EVERY_STATE
    )
    entered_by: tuple[Entering, ...] = doc(
        "The entries that lead to it. Without this key only the state leads to it.", default=()
    )
    left_by: tuple[Leaving, ...] = doc("The entries that end it.", default=())
    place: Place = _place()

    @property
    def in_words(self) -> str:
        """Its name for a reader."""
        return self.label or str(self.level).replace("_", " ")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file."""
        return {
            "level": self.level,
            "label": self.label,
            "meaning": self.meaning,
            "held-in": self.held_in.to_dict(),
            "entered-by": [one.to_dict() for one in self.entered_by],
            "left-by": [one.to_dict() for one in self.left_by],
        }

    def __str__(self) -> str:
        return self.in_words


@frozen(repr=False)
class Move(Readable):
    """One way from a level to another: the part of the file that says so, and where it stands."""

    before: LevelName
    after: LevelName
    by: Entries
    at: tuple[str | int, ...]

    def __str__(self) -> str:
        return f"{self.before} to {self.after} by {self.by}"


Mover = Change | SignalStep
"""What can move a level: an act that a rule took, or a signal."""


@frozen(kw_only=True, repr=False)
class Scale(Readable):
    """A file with an ordered scale that is derived from a record, its lowest level first.

    An entry moves the level if the file says so and the level that it leads to can be held in the
    state after it. A level that cannot be held in a new state becomes the lowest that can: a state
    alone never gives more. A signal that the host or the Taliban deny moves nothing.
    """

    name: ScaleName = doc("A short name, which stands in tables.")
    title: str = doc("A title, for pictures and pages.")
    about: str = doc("What it measures, and what it leaves out.")
    levels: tuple[Level, ...] = doc("The levels, the lowest first.")
    place: Place = _place()
    _named: frozenset[str] = field(
        init=False, repr=False, eq=False, hash=False, metadata={"key": False}
    )

    @_named.default
    def _named_words(self) -> frozenset[str]:
        return frozenset(
            word for level in self.levels for _, by in _parts(level) for word in by.signals
        )

    @property
    def names(self) -> tuple[LevelName, ...]:
        """The words of the levels, the lowest first."""
        return tuple(level.level for level in self.levels)

    def rank(self, name: str) -> int:
        """The number of a level, from 0. Raises `KeyError` for an unknown one."""
        if name not in self.names:
            raise KeyError(name)
        return self.names.index(LevelName(name))

    def named(self, name: str) -> Level:
        """The level of a word. Raises `KeyError` for an unknown one."""
        return self.levels[self.rank(name)]

    def held_in(self, state: State) -> tuple[Level, ...]:
        """The levels that can be held in a state, the lowest first."""
        return tuple(level for level in self.levels if level.held_in.takes(state))

    def at_first(self, state: State) -> Level:
        """The level that a state alone gives. Raises `LookupError` if no level can be held."""
        held = self.held_in(state)
        if not held:
            raise LookupError(f"no level of {self.name} can be held in {state}")
        return held[0]

    def moves(self, before: Level) -> Iterator[Move]:
        """Yield what the file says of a level: every way out of it."""
        rank = self.names.index(before.level)
        for number, other in enumerate(self.levels):
            for at, by in enumerate(other.entered_by):
                lower = number > rank
                if before.level in by.only_from or (lower and not by.only_from):
                    yield Move(before.level, other.level, by, ("levels", number, "entered-by", at))
        for at, leaving in enumerate(before.left_by):
            yield Move(before.level, leaving.to, leaving, ("levels", rank, "left-by", at))

    def means(self, by: Entries, entry: Mover) -> bool:
        """Whether a part of the file names an entry: by its word, its family or its act."""
        if isinstance(entry, Change):
            return entry.act in by.acts
        return entry.signal in by.signals or (
            entry.family in by.families and entry.signal not in self._named
        )

    def fits(self, by: Entries, entry: Mover) -> bool:
        """Whether an entry is meant by a part of the file, and attested as far as it asks."""
        if not self.means(by, entry) or (isinstance(entry, SignalStep) and entry.denied):
            return False
        needs = by.needs if isinstance(by, Entering) else None
        return needs is None or entry.attestation >= needs

    def after(self, before: Level, entry: Mover, state: State) -> Level:
        """The level after an entry, in the state after it."""
        for move in self.moves(before):
            if self.fits(move.by, entry):
                level = self.named(move.after)
                if level.held_in.takes(state):
                    return level
        return before if before.held_in.takes(state) else self.at_first(state)

    def confirms(self, level: Level, entry: Mover) -> bool:
        """Whether an entry says again that a level is held."""
        return any(self.fits(by, entry) for by in level.entered_by)

    @property
    def digest(self) -> str:
        """The first 48 bits of SHA-256 over all that it says, in hexadecimal."""
        text = json.dumps(self.to_dict(), ensure_ascii=False)
        return sha256_digits(text.encode("utf-8", "surrogatepass"))[:_DIGITS]

    @property
    def mark(self) -> str:
        """Its name and its digest, for the version of an output."""
        return f"{self.name}-{self.digest}"

    @property
    def in_words(self) -> str:
        """The scale by title and digest, as outputs name it."""
        return f"{self.title} (scale {self.digest})"

    @property
    def meanings(self) -> Mapping[str, str]:
        """What each level means, the lowest first."""
        return {str(level.level): level.meaning for level in self.levels}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file."""
        return {
            "name": self.name,
            "title": self.title,
            "about": self.about,
            "levels": [level.to_dict() for level in self.levels],
        }

    def __str__(self) -> str:
        return f"{self.title}: {' < '.join(self.names)}"


def _parts(level: Level) -> Iterator[tuple[str, Entries]]:
    """Yield what enters and what leaves a level, with the key that it stands under."""
    yield from (("entered-by", by) for by in level.entered_by)
    yield from (("left-by", by) for by in level.left_by)
