"""The levels of a country on a scale over time: dated, with the entries that each rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.basis import Basis, Entry
from recognition_model.core.changes import Change
from recognition_model.core.dates import (
    OPEN_END,
    When,
    end_of,
    exact_day,
    propagate_order,
)
from recognition_model.core.evidence import Evidence, strongest
from recognition_model.core.history import History
from recognition_model.core.scales import Level, Mover, Scale
from recognition_model.core.scenario import SignalStep


class Replayed(Protocol):
    """A replay, as far as a scale needs it: `engine.outcomes.Replay` is one."""

    @property
    def history(self) -> History: ...

    @property
    def outcomes(self) -> Sequence[Any]: ...


def label_of(entry: Mover) -> str:
    """The kind and the word of an entry: `act delist`, `signal charge_accepted`."""
    return entry.label if isinstance(entry, SignalStep) else f"act {entry.act}"


def best_of(entry: Mover) -> Evidence | None:
    """The evidence for an entry with the strongest voice and the best grade, if any supports it."""
    return strongest(entry.evidence)


def _entry_data(entry: Mover) -> dict[str, Any]:
    return {
        "date": entry.date.text,
        "what": label_of(entry),
        "line": entry.place.line,
        "attestation": str(entry.attestation),
        "evidence": [item.id for item in entry.evidence],
    }


@frozen(kw_only=True, repr=False)
class LevelSpell(Readable):
    """A period on one level. It begins on `begins`; the next one begins on `ends`.

    `cause` is the entry that led to it, None for the start of the record. `confirmed` are later
    entries that say again what enters the level, and acts after which the state alone gives it.
    The last spell ends with the data.
    """

    level: Level
    begins: When
    ends: When
    cause: Mover | None = None
    confirmed: tuple[Mover, ...] = ()
    last: bool = False
    assumed: bool = False

    @property
    def entries(self) -> tuple[Mover, ...]:
        """The entries that it rests on, in order: none if it rests on the start of the record."""
        return (*([self.cause] if self.cause else ()), *self.confirmed)

    def resting_on(self, day: date) -> tuple[Mover, ...]:
        """The entries that it rests on, as far as they can have happened by a day."""
        return tuple(entry for entry in self.entries if entry.date.earliest <= day)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the level, from when to when, and the entries."""
        return {
            "level": self.level.level,
            "from": self.begins.text,
            "to": self.ends.text,
            "assumed": self.assumed,
            "entries": [_entry_data(entry) for entry in self.entries],
        }

    def __str__(self) -> str:
        return f"{self.level}, {self.begins} to {self.ends}"


@frozen(kw_only=True, repr=False)
class LevelPosition(Readable):
    """Where a country stands on a scale at the end of a day.

    `spells` are the possible ones: one if the dates leave no doubt, none before the start. `begun`
    is false if the record may begin later. `basis` is that of the day, as for the stage.
    """

    scale: Scale = field(repr=False)
    day: date
    spells: tuple[LevelSpell, ...]
    begun: bool
    basis: Basis | None
    last_entry: Entry | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The possible levels, earliest first, each once."""
        return tuple({spell.level.level: spell.level for spell in self.spells}.values())

    @property
    def dates_agree(self) -> bool:
        """Whether every reading of the dates gives the same level."""
        return self.begun and len(self.levels) == 1

    @property
    def certain(self) -> bool:
        """Whether the dates leave one level, and evidence is near the day."""
        return self.dates_agree and self.basis is Basis.EVIDENCED

    @property
    def level(self) -> Level | None:
        """The level, or None if several are possible or none is documented."""
        return self.levels[0] if self.dates_agree else None

    @property
    def since(self) -> When | None:
        """Since when, or None if several spells are possible."""
        return self.spells[0].begins if self.begun and len(self.spells) == 1 else None

    @property
    def entries(self) -> tuple[Mover, ...]:
        """The entries that the possible levels rest on."""
        return tuple(entry for spell in self.spells for entry in spell.resting_on(self.day))

    def in_words(self) -> str:
        """Return the levels in words, since when, and the basis if it is not near evidence."""
        if not self.spells:
            return "not documented"
        names = dict.fromkeys(level.in_words for level in self.levels)
        words = " or ".join(names if self.begun else ["not documented", *names])
        words += f" since {self.since.in_words}" if self.since else ""
        notes = {
            Basis.ASSUMED: " (assumed)",
            Basis.SILENT: f" (last heard {self.last_entry.date})"
            if self.last_entry
            else " (silent)",
            Basis.REVIEWED: " (after the data, reviewed)",
            Basis.BEYOND: " (after the data)",
        }
        return words + notes.get(self.basis, "") if self.basis else words

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the possible levels, the basis, and the entries they rest on."""
        return {
            "words": self.in_words(),
            "level": self.level.level if self.level else None,
            "levels": [level.level for level in self.levels],
            "since": self.since.text if self.since else None,
            "basis": self.basis.value if self.basis else None,
            "certain": self.certain,
            "dates_agree": self.dates_agree,
            "entries": [_entry_data(entry) for entry in self.entries],
        }

    def __str__(self) -> str:
        return self.in_words()


@frozen(kw_only=True, repr=False)
class LevelHistory(Readable):
    """The levels of one relationship on a scale, in order, up to the last documented day.

    `bounds` are the earliest and the latest day on which each spell can have begun, as ordinals:
    every reading keeps the order in which the file has the acts and the entries that moved the
    level.
    """

    country: str
    scale: Scale
    spells: tuple[LevelSpell, ...]
    bounds: tuple[tuple[int, int], ...]
    history: History = field(repr=False)

    def on(self, day: date | str) -> LevelPosition:
        """Return the level at the end of a day. Raises `DateError` if it is not a single day."""
        day = exact_day(day)
        wanted = day.toordinal()
        documented = self.history.documented
        first = self.bounds
        possible = tuple(
            spell
            for i, spell in enumerate(self.spells)
            if first[i][0] <= wanted and (spell.last or wanted < first[i + 1][1])
        )
        last_entry, _, _ = self.history.attested.around(wanted)
        return LevelPosition(
            scale=self.scale,
            day=day,
            spells=possible if documented else (),
            begun=documented and first[0][1] <= wanted,
            basis=self.history.attested.on(wanted),
            last_entry=last_entry,
        )

    @property
    def last(self) -> LevelSpell:
        """The last documented spell."""
        return self.spells[-1]

    def first_day(self, levels: Iterable[str]) -> When | None:
        """Return when one of some levels was first entered, as narrowed by the order; or None."""
        wanted = set(levels)
        for spell, (first, last) in zip(self.spells, self.bounds, strict=True):
            if spell.level.level in wanted:
                return When(spell.begins.text, end_of(first), end_of(last))
        return None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the scale by name, title and digest, and the spells."""
        return {
            "country": self.country,
            "scale": self.scale.name,
            "title": self.scale.title,
            "digest": self.scale.digest,
            "documented_until": self.history.documented_until.isoformat(),
            "spells": [spell.to_dict() for spell in self.spells],
        }

    def __str__(self) -> str:
        moves = " > ".join(f"{spell.level} {spell.begins}" for spell in self.spells)
        return f"{self.country}: {moves}; documented until {self.history.documented_until}"


def levels_of(replay: Replayed, scale: Scale) -> LevelHistory:
    """The levels of a replay over time, each with the entries that it rests on.

    For one reading of uncertain dates, give a replay that was read so: `replay.read(dates)`.
    Raises `LookupError` for a state in which no level can be held.
    """
    history = replay.history
    level, state = scale.at_first(history.start), history.start
    kept: list[Level] = [level]
    causes: list[Mover | None] = [None]
    confirmed: list[list[Mover]] = [[]]
    dates, places, acts = [history.begins], [0], [0]  # of acts and of what moved the level
    for entry in replay.outcomes:
        if not isinstance(entry, Change | SignalStep):
            continue
        if isinstance(entry, Change):
            state = entry.after
        after = scale.after(level, entry, state)
        if after is not level:
            places.append(len(dates))
            kept.append(after)
            causes.append(entry)
            confirmed.append([])
            level = after
        elif scale.confirms(level, entry) or _gives(scale, entry, level):
            confirmed[-1].append(entry)
        if isinstance(entry, Change):
            acts.append(len(dates))
        if isinstance(entry, Change) or causes[-1] is entry:
            dates.append(entry.date)
    days = _bounds(dates, acts)
    begins = [*(dates[at] for at in places), When.of(history.documented_until)]
    spells = tuple(
        LevelSpell(
            level=level,
            begins=begins[i],
            ends=begins[i + 1],
            cause=causes[i],
            confirmed=tuple(confirmed[i]),
            last=i == len(kept) - 1,
            assumed=history.assumed and not i,
        )
        for i, level in enumerate(kept)
    )
    bounds = tuple(days[at] for at in places)
    return LevelHistory(
        country=history.country, scale=scale, spells=spells, bounds=bounds, history=history
    )


def _gives(scale: Scale, entry: Mover, level: Level) -> bool:
    """Whether an entry is an act after which the state alone gives a level."""
    return isinstance(entry, Change) and scale.at_first(entry.after) is level


def _bounds(dates: Sequence[When], acts: Sequence[int]) -> list[tuple[int, int]]:
    """The earliest and the latest day of each date, as ordinals, in their order.

    `acts` are the places of the start and the acts. Where no reading keeps the order, because the
    dates were read at one end each, the acts keep theirs and the signals come between them.
    """
    earliest, latest = ([end.toordinal() for end in ends] for ends in propagate_order(dates))
    if all(first <= last for first, last in zip(earliest, latest, strict=True)):
        return [*zip(earliest, latest, strict=True)]
    ends = propagate_order([dates[at] for at in acts])
    firsts, lasts = ([end.toordinal() for end in side] for side in ends)
    found: list[tuple[int, int]] = []
    for at, when in enumerate(dates):
        before = bisect_right(acts, at) - 1
        first, last = firsts[before], lasts[before]
        if acts[before] != at:
            after = before + 1
            ceiling = lasts[after] if after < len(acts) else OPEN_END.toordinal()
            first = min(ceiling, max(first, when.earliest.toordinal()))
            last = max(first, min(ceiling, when.latest.toordinal()))
        floor = found[-1] if found else (first, last)
        found.append((max(first, floor[0]), max(last, floor[1])))
    return found
