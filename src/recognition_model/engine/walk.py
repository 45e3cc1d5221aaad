"""Dated events of many sequences through the compiled rule table: what changed, on which day.

Files need not be sorted as a whole. `Walk` takes pieces one after the other, each later than the
one before, and goes on from where each sequence stood. Pieces that come in any order are run to
`Stretch`, from every state at once, and joined in their order in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from recognition_model.core.stages import STATES, State, number_of
from recognition_model.engine.batch import REFUSED, Compiled, composed
from recognition_model.engine.sequences import SYMBOLS, Bytes, Places, Sequences

Ids = NDArray[Any]
Days = NDArray[np.int64]


@frozen(eq=False, kw_only=True)
class Events:
    """Dated events, sorted by id and day: `rows` says from which row of the input each came.

    `sequences` has one sequence for each of `ids`. Events of one day stay in the order of their
    rows.
    """

    ids: Ids
    sequences: Sequences
    days: Days
    rows: Places

    @classmethod
    def of(cls, ids: Any, days: Any, symbols: Any) -> Events:
        """Sort events by id and day.

        `days` are whole numbers or NumPy dates, `symbols` numbers of `SYMBOLS`. Raises `ValueError`
        for columns of different lengths, days of another kind, and unknown symbols.
        """
        named, by_symbol = np.asarray(ids), np.asarray(symbols)
        by_day = _whole_days(np.asarray(days))
        if not named.shape == by_day.shape == by_symbol.shape or named.ndim != 1:
            raise ValueError("ids, days and symbols must be columns of one length")
        rows = _in_order(named, by_day)
        ordered = named[rows]
        begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: named.size])
        sequences = Sequences(_as_symbols(by_symbol)[rows], np.append(begins, named.size))
        return cls(ids=ordered[begins], sequences=sequences, days=by_day[rows], rows=rows)

    @property
    def owners(self) -> Places:
        """The index in `ids` of each event."""
        return np.repeat(np.arange(len(self.sequences)), self.sequences.lengths)


@frozen(eq=False, kw_only=True)
class Moves:
    """The changes of state that some events made, by id and then in time.

    `owners` are the places of the ids in those of the events, `places` in `Walk.ids`. `before` and
    `after` are numbers of states, `rules` indices in the rule table, `rows` rows of the input.
    `held` counts events that repeated what stood, `refused` those that the rules refused for
    another reason.
    """

    ids: Ids
    owners: Places
    places: Places
    days: Days
    before: Bytes
    after: Bytes
    rules: Bytes
    rows: Places
    held: int
    refused: int

    def __len__(self) -> int:
        return int(self.days.size)


@define(eq=False)
class Walk:
    """Runs dated events through a rule table, piece by piece in time.

    `start` is the state of a sequence that `starts` does not name. The pieces may be cut by day or
    by id: what counts is that the events of each id come in their order.
    """

    compiled: Compiled = field(factory=Compiled)
    start: State = STATES[0]
    starts: Mapping[Any, State] = field(factory=dict)
    _places: dict[Any, int] = field(init=False, factory=dict)
    _states: Bytes = field(init=False, factory=lambda: np.zeros(0, np.uint8))
    _until: Days = field(init=False, factory=lambda: np.zeros(0, np.int64))

    @property
    def ids(self) -> list[Any]:
        """Every id met so far, in the order in which they came."""
        return list(self._places)

    @property
    def numbers(self) -> Bytes:
        """The number of the last state of each of `ids`."""
        return self._states[: len(self._places)]

    @property
    def until(self) -> Days:
        """The day of the last event of each of `ids`."""
        return self._until[: len(self._places)]

    @property
    def states(self) -> dict[Any, int]:
        """The number of the last state of every id met so far."""
        return dict(zip(self._places, self.numbers.tolist(), strict=True))

    def take(self, events: Events) -> Moves:
        """Run the next piece, and return the changes in it.

        Raises `ValueError` if it has an event before the last one of its id in earlier pieces.
        """
        places = self._places_of(events)
        begun, offsets = self._states[places], events.sequences.offsets
        trace = self.compiled.trace(events.sequences, begun)
        self._states[places] = trace.states[offsets[1:] - 1]
        self._until[places] = events.days[offsets[1:] - 1]
        moved = trace.outcomes < REFUSED
        before = _states_before(trace.states, offsets, begun)
        held = int(self.compiled.held[before, events.sequences.symbols].sum())
        owners = events.owners[moved]
        return Moves(
            ids=events.ids[owners],
            owners=owners,
            places=places[owners],
            days=events.days[moved],
            before=before[moved],
            after=trace.states[moved],
            rules=trace.outcomes[moved],
            rows=events.rows[moved],
            held=held,
            refused=int(trace.states.size - moved.sum()) - held,
        )

    def _places_of(self, events: Events) -> Places:
        """The place of each id of a piece among all; new ones are added once the days are right."""
        names = events.ids.tolist()
        known = self._places
        count = len(known)
        found = [known.get(name, -1) for name in names]
        places = np.array(found, np.intp)
        old = np.flatnonzero(places >= 0)
        firsts = events.days[events.sequences.offsets[:-1]]
        late = old[firsts[old] < self._until[places[old]]]
        if late.size:
            at = int(late[0])
            raise ValueError(
                f"day {firsts[at]} of {names[at]!r} lies before day {self._until[places[at]]},"
                " which was run already: sort the pieces, or run each with `stretch_of` and join"
                " them"
            )
        fresh = np.flatnonzero(places < 0)
        if fresh.size:
            places[fresh] = np.arange(count, count + fresh.size)
            added = [names[at] for at in fresh.tolist()]
            known.update(zip(added, range(count, count + len(added)), strict=True))
            self._grow(len(known))
            given = self.starts
            self._states[count : len(known)] = (
                [number_of(given.get(name, self.start)) for name in added]
                if given
                else number_of(self.start)
            )
        return places

    def _grow(self, size: int) -> None:
        more = size - self._states.size
        if more > 0:
            more = max(more, self._states.size)
            self._states = np.append(self._states, np.zeros(more, np.uint8))
            self._until = np.append(self._until, np.zeros(more, np.int64))


def _states_before(after: Bytes, offsets: Places, begun: Bytes) -> Bytes:
    """The state before each event, from the states after them and at the start of each sequence."""
    before = np.empty_like(after)
    before[1:] = after[:-1]
    before[offsets[:-1]] = begun
    return before


@frozen(eq=False, kw_only=True)
class Stretch:
    """What a stretch of time makes of every state: a row for each id, a column for each state.

    `first` and `last` are its days.
    """

    ids: Ids
    ends: Bytes
    first: int
    last: int

    @classmethod
    def joined(cls, stretches: Iterable[Stretch]) -> Stretch:
        """Join stretches that come in any order.

        Raises `ValueError` for none, and if two overlap.
        """
        in_time = sorted(stretches, key=lambda one: one.first)
        if not in_time:
            raise ValueError("there is no stretch of time to join")
        return reduce(cls.then, in_time)

    def then(self, later: Stretch) -> Stretch:
        """Join a later stretch. Joining is associative: pieces can be joined in any grouping.

        An id that one of them lacks stays as it is there. Raises `ValueError` if the other does not
        lie after this one.
        """
        if later.first <= self.last:
            raise ValueError(
                f"the stretch from day {later.first} does not lie after day {self.last}"
            )
        ids = np.union1d(self.ids, later.ids)
        ends = composed(_spread(self, ids), _spread(later, ids))
        return Stretch(ids=ids, ends=ends, first=self.first, last=later.last)

    def from_start(self, start: State, starts: Mapping[Any, State] | None = None) -> dict[Any, int]:
        """Return the number of the last state of each id, from one start or one for each."""
        given = starts or {}
        names = self.ids.tolist()
        begun = [number_of(given.get(one, start)) for one in names]
        return dict(zip(names, self.ends[np.arange(len(names)), begun].tolist(), strict=True))


def stretch_of(events: Events, compiled: Compiled | None = None) -> Stretch:
    """Run one piece from every state. Raises `ValueError` for a piece without events."""
    if not events.days.size:
        raise ValueError("a stretch of time needs at least one event")
    ends = (compiled or Compiled()).maps(events.sequences)
    first, last = int(events.days.min()), int(events.days.max())
    return Stretch(ids=events.ids, ends=ends, first=first, last=last)


def _spread(stretch: Stretch, ids: Ids) -> Bytes:
    """The rows of a stretch for more ids: one that it lacks keeps its state."""
    whole = np.tile(np.arange(len(STATES), dtype=np.uint8), (ids.size, 1))
    whole[np.searchsorted(ids, stretch.ids)] = stretch.ends
    return whole


def _in_order(ids: NDArray[Any], days: Days) -> Places:
    """The rows by id and then by day, those of one day in their order."""
    same, later = ids[1:] == ids[:-1], days[1:] >= days[:-1]
    if bool(((ids[1:] > ids[:-1]) | same & later).all()):
        return np.arange(ids.size)
    if later.all():
        return _sorted_rows(ids)
    in_time = _sorted_rows(days)
    return in_time[_sorted_rows(ids[in_time])]


def _sorted_rows(numbers: NDArray[Any]) -> Places:
    """The rows in the order of some values, those of equal values in their order.

    Whole numbers are sorted by two bytes at a time, for which NumPy needs one pass each.
    """
    span = 1 << 32
    if numbers.dtype.kind in "iu" and numbers.size:
        least = int(numbers.min())
        span = int(numbers.max()) - least
    if span >= 1 << 32:
        return np.argsort(numbers, kind="stable").astype(np.intp, copy=False)
    above = (numbers if numbers.dtype.kind == "u" else numbers.astype(np.int64)) - least
    rows = np.argsort(above.astype(np.uint16), kind="stable")
    if span >= 1 << 16:
        rows = rows[np.argsort((above >> 16).astype(np.uint16)[rows], kind="stable")]
    return rows.astype(np.intp, copy=False)


def _whole_days(days: NDArray[Any]) -> Days:
    if days.dtype.kind == "M":
        return days.astype("datetime64[D]").astype(np.int64)
    if days.size and days.dtype.kind not in "iu":
        raise ValueError(f"days must be whole numbers or dates, not {days.dtype}")
    return days.astype(np.int64)


def _as_symbols(symbols: NDArray[Any]) -> Bytes:
    whole = not symbols.size or (
        symbols.dtype.kind in "iu" and 0 <= symbols.min() <= symbols.max() < len(SYMBOLS)
    )
    if not whole:
        raise ValueError(f"symbols must be whole numbers from 0 to {len(SYMBOLS) - 1}")
    return symbols.astype(np.uint8)
