"""Dated events of many sequences through the compiled rule table: what changed, on which day.

Files need not be sorted as a whole. `Walk` takes pieces one after the other, each later than the
one before, and goes on from where each sequence stood. Pieces that come in any order are run to
`Stretch`, from every state at once, and joined in their order in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from recognition_model.core.stages import STATES, State
from recognition_model.engine.batch import REFUSED, Compiled, composed
from recognition_model.engine.sequences import SYMBOLS, Bytes, Places, Sequences, number_of

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
        in_time = np.argsort(by_day, kind="stable")
        rows = in_time[np.argsort(named[in_time], kind="stable")].astype(np.intp, copy=False)
        kept, begins = np.unique(named[rows], return_index=True)
        offsets = np.append(begins, named.size) if kept.size else np.zeros(1, np.intp)
        sequences = Sequences(_as_symbols(by_symbol)[rows], offsets)
        return cls(ids=kept, sequences=sequences, days=by_day[rows], rows=rows)

    @property
    def owners(self) -> Places:
        """The index in `ids` of each event."""
        return np.repeat(np.arange(len(self.sequences)), self.sequences.lengths)


@frozen(eq=False, kw_only=True)
class Moves:
    """The changes of state that some events made, by id and then in time.

    `before` and `after` are numbers of states, `rules` indices in the rule table, `rows` rows of
    the input. `held` counts events that repeated what stood, `refused` those that the rules refused
    for another reason.
    """

    ids: Ids
    days: Days
    before: Bytes
    after: Bytes
    rules: Bytes
    rows: Places
    held: int
    refused: int

    def __len__(self) -> int:
        return int(self.days.size)


@frozen(eq=False)
class Walk:
    """Runs dated events through a rule table, piece by piece in time.

    `start` is the state of a sequence that `starts` does not name. `states` has the number of the
    last state of every id met so far.
    """

    compiled: Compiled = field(factory=Compiled)
    start: State = STATES[0]
    starts: Mapping[Any, State] = field(factory=dict)
    states: dict[Any, int] = field(init=False, factory=dict)
    _until: list[int] = field(init=False, factory=list)

    def take(self, events: Events) -> Moves:
        """Run the next piece, and return the changes in it.

        Raises `ValueError` if it has an event before the last day of the pieces taken earlier.
        """
        if events.days.size:
            first, last = int(events.days.min()), int(events.days.max())
            if self._until and first < self._until[0]:
                raise ValueError(
                    f"day {first} lies before day {self._until[0]}, which was run already: sort the"
                    " pieces, or run each with `stretch_of` and join them"
                )
            self._until[:] = [last]
        begun = np.array([self._state_of(one) for one in events.ids.tolist()], np.uint8)
        trace = self.compiled.trace(events.sequences, begun)
        owners, offsets = events.owners, events.sequences.offsets
        before = np.empty_like(trace.states)
        if trace.states.size:
            before[1:] = trace.states[:-1]
            firsts = offsets[:-1]
            before[firsts] = begun
            lasts = offsets[1:] - 1
            ends = trace.states[lasts]
        else:
            ends = begun
        self.states.update(zip(events.ids.tolist(), ends.tolist(), strict=True))
        moved = trace.outcomes < REFUSED
        held = int(self.compiled.held[before, events.sequences.symbols].sum())
        return Moves(
            ids=events.ids[owners[moved]],
            days=events.days[moved],
            before=before[moved],
            after=trace.states[moved],
            rules=trace.outcomes[moved],
            rows=events.rows[moved],
            held=held,
            refused=int(trace.states.size - moved.sum()) - held,
        )

    def _state_of(self, one: Any) -> int:
        known = self.states.get(one)
        return known if known is not None else number_of(self.starts.get(one, self.start))


@frozen(eq=False, kw_only=True)
class Stretch:
    """What a stretch of time makes of every state: a row for each id, a column for each state.

    `first` and `last` are its days.
    """

    ids: Ids
    ends: Bytes
    first: int
    last: int

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
