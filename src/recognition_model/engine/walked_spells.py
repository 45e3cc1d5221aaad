"""Spells of many sequences while a `Walk` goes on: which state stood from which day to which."""

from __future__ import annotations

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from recognition_model.engine.sequences import Bytes, Places
from recognition_model.engine.walk import Days, Moves, Walk

ALWAYS = np.iinfo(np.int64).min
"""The first day of the spell that a sequence starts with: it began at an unknown time."""


@frozen(eq=False, kw_only=True)
class Spells:
    """Stretches of days in one state, by id and then in time.

    `places` are the places of the ids in `Walk.ids`, `first` and `last` days, `states` numbers of
    states. `first` is `ALWAYS` for the state at the start. `last` is the day before the next spell;
    for spells that go on it means nothing.
    """

    places: Places
    first: Days
    last: Days
    states: Bytes

    def __len__(self) -> int:
        return int(self.places.size)


@define(eq=False)
class SpellMaker:
    """Turns the changes that a walk returns into spells, piece by piece.

    A day has one state: the one that stands after its last event. So the last change of each id
    waits until the next, which may be of the same day.
    """

    walk: Walk
    _first: Days = field(init=False, factory=lambda: np.zeros(0, np.int64))
    _state: Bytes = field(init=False, factory=lambda: np.zeros(0, np.uint8))
    _waiting_day: Days = field(init=False, factory=lambda: np.zeros(0, np.int64))
    _waiting: Bytes = field(init=False, factory=lambda: np.zeros(0, np.uint8))

    def take(self, begun: Bytes, moves: Moves) -> Spells:
        """Take the changes of the next piece, and return the spells that they end.

        `begun` has the state at the start of each id that was new in the piece.
        """
        none = np.full(begun.size, ALWAYS)
        self._first = np.append(self._first, none)
        self._state = np.append(self._state, begun)
        self._waiting_day = np.append(self._waiting_day, none)
        self._waiting = np.append(self._waiting, begun)
        places, days, states = moves.places, moves.days, moves.after
        last_of_day = np.append((places[1:] != places[:-1]) | (days[1:] != days[:-1]), True)
        last_of_day = last_of_day[: places.size]
        places, days, states = places[last_of_day], days[last_of_day], states[last_of_day]
        firsts = np.flatnonzero(_begins(places))
        waited = self._waiting_day[places[firsts]]
        before = firsts[(waited != ALWAYS) & (waited < days[firsts])]
        owners = places[before]
        places = np.insert(places, before, owners)
        days = np.insert(days, before, self._waiting_day[owners])
        states = np.insert(states, before, self._waiting[owners])
        lasts = np.append(_begins(places)[1:], True)[: places.size]
        self._waiting_day[places[lasts]] = days[lasts]
        self._waiting[places[lasts]] = states[lasts]
        return self._ended(places[~lasts], days[~lasts], states[~lasts])

    def finish(self) -> tuple[Spells, Spells]:
        """Return the spells that the waiting changes end, and those that go on, one for each id."""
        waiting = np.flatnonzero(self._waiting_day != ALWAYS)
        ended = self._ended(waiting, self._waiting_day[waiting], self._waiting[waiting])
        every = np.arange(self._state.size)
        going = Spells(places=every, first=self._first, last=self.walk.until, states=self._state)
        return ended, going

    def _ended(self, places: Places, days: Days, states: Bytes) -> Spells:
        before = np.empty_like(states)
        before[1:] = states[:-1]
        firsts = _begins(places)
        before[firsts] = self._state[places[firsts]]
        real = states != before  # what changed and changed back within a day is no change
        places, days, states, before = places[real], days[real], states[real], before[real]
        first = np.empty_like(days)
        first[1:] = days[:-1]
        firsts = _begins(places)
        first[firsts] = self._first[places[firsts]]
        lasts = np.append(places[1:] != places[:-1], True)[: places.size]
        self._first[places[lasts]] = days[lasts]
        self._state[places[lasts]] = states[lasts]
        return Spells(places=places, first=first, last=days - 1, states=before)


def _begins(places: Places) -> NDArray[np.bool_]:
    """Whether a row is the first of its id; the rows of an id lie together."""
    begins: NDArray[np.bool_] = np.append(True, places[1:] != places[:-1])[: places.size]
    return begins
