"""Run many sequences of acts at once, with the rule table compiled to an array.

For coded event streams and simulations, for which one machine per relationship is too slow. The
array is made from the same rule table; all sequences advance together, one lookup per step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.core.base import Renamed
from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import STATES, Act, Reason, State, number_of
from recognition_model.engine.rules import RULES, Rule, RuleTable
from recognition_model.engine.sequences import SYMBOLS, Bytes, Places, Sequences

Starts = State | Sequence[State] | Bytes
"""One state for all sequences, or a state or its number for each."""

REFUSED = 128  # outcomes from here up are refusals, with the reasons in the low bits

_BITS = (len(SYMBOLS) - 1).bit_length()  # a case is (state number << _BITS) + symbol
_BLOCK = 1 << 13  # sequences stepped together; their data fits a core's cache
_PIECE = 2048  # longer sequences are cut, unless there are many as long


@frozen(eq=False)
class Trace:
    """The result of every event: the state after it (`states`) and its outcome (`outcomes`).

    Both are uint8, in the order of the symbols. `Compiled.state` and `Compiled.outcome` decode
    them.
    """

    sequences: Sequences
    states: Bytes
    outcomes: Bytes

    standings = Renamed("states")

    def __iter__(self) -> Iterator[tuple[Bytes, Bytes]]:
        """Yield (states, outcomes) of each sequence."""
        for begin, end in zip(self.sequences.offsets, self.sequences.offsets[1:], strict=False):
            yield self.states[begin:end], self.outcomes[begin:end]


@frozen(eq=False)
class Compiled:
    """A rule table as two uint8 arrays of 18 states by 36 symbols: `next` and `outcomes`.

    `next` holds the number of the next state. `outcomes` holds the index of the rule that fires;
    from `REFUSED` up, it is a refusal with its reasons. `held` says of a refusal that what the act
    would bring about stands already. Raises `ValueError` for a table of more than `REFUSED` rules.
    """

    table: RuleTable = RULES

    def __attrs_post_init__(self) -> None:
        if len(self.table) > REFUSED:
            raise ValueError(f"more than {REFUSED} rules")

    @property
    def next(self) -> Bytes:
        """The number of the next state for each state and symbol."""
        return self._cells[:, : len(SYMBOLS), 0]

    @property
    def outcomes(self) -> Bytes:
        """The outcome for each state and symbol, as `outcome` decodes it."""
        return self._cells[:, : len(SYMBOLS), 1]

    @cached_property
    def held(self) -> NDArray[np.bool_]:
        """Whether an attested act repeats what stands, for each state and symbol.

        In coded events most acts do: a second meeting while dealings go on is no refusal that
        means anything.
        """
        cells = [
            [
                attestation is not Attestation.NONE
                and self.table.taking(state, act, attestation) is None
                and self.table.stands(state, act)
                for act, attestation in SYMBOLS
            ]
            for state in STATES
        ]
        array = np.array(cells)
        array.flags.writeable = False
        return array

    @cached_property
    def _cells(self) -> Bytes:
        """The next state and the outcome for each state and symbol.

        Rows are as long as a power of two, so that a case is found by shifting bits.
        """
        cells = [[self._case(state, *symbol) for symbol in SYMBOLS] for state in STATES]
        array = np.zeros((len(STATES), 1 << _BITS, 2), np.uint8)
        array[:, : len(SYMBOLS)] = cells
        array.flags.writeable = False
        return array

    def _case(self, state: State, act: Act, attestation: Attestation) -> tuple[int, int]:
        rule = self.table.taking(state, act, attestation)
        if rule is not None:
            return number_of(rule.move(state)), self.table.rules.index(rule)
        reasons = self.table.reasons(state, act, attestation)
        return number_of(state), REFUSED + sum(1 << reason.rank for reason in reasons)

    standing = Renamed("state")

    def state(self, number: int) -> State:
        """The state with this number."""
        return STATES[number]

    def outcome(self, code: int) -> Rule | frozenset[Reason]:
        """The rule that fired, or the reasons why none did, as in `Refusal.reasons`.

        Raises `ValueError` for a number that is not an outcome of this table.
        """
        if not (0 <= code < len(self.table) or REFUSED <= code < REFUSED + (1 << len(Reason))):
            raise ValueError(f"{code} is not an outcome of this table")
        if code < REFUSED:
            return self.table.rules[code]
        return frozenset(reason for reason in Reason if code >> reason.rank & 1)

    def last(self, sequences: Sequences, start: Starts) -> Bytes:
        """The number of the last state of each sequence (uint8).

        `start` is one state for all, or one for each: the last states of an earlier part go on.
        Raises `ValueError` for starts of another number than the sequences, or unknown ones.
        """
        pieces = self._pieces(sequences, start)
        return self._run(sequences.symbols, pieces.of(pieces.last))

    def maps(self, sequences: Sequences) -> Bytes:
        """The number of the last state of each sequence for each state that it may start from.

        The array has a row for each sequence and a column for each of `STATES`. With `composed` a
        stretch of time can be run by itself, before it is known in which state it begins.
        """
        count, states = len(sequences), len(STATES)
        begins = np.tile(sequences.offsets[:-1], states)
        lengths = np.tile(sequences.lengths, states)
        starts = np.repeat(np.arange(states, dtype=np.uint8), count)
        every = _Pieces(begins, lengths, starts, np.arange(count * states))
        return self._run(sequences.symbols, every).reshape(states, count).T.copy()

    def trace(self, sequences: Sequences, start: Starts) -> Trace:
        """The result of every step of every sequence, from one state or from one for each."""
        events = np.empty((sequences.symbols.size, 2), np.uint8)
        pairs = events.view(np.uint16).reshape(-1)
        self._run(sequences.symbols, self._pieces(sequences, start), pairs)
        return Trace(sequences, events[:, 0], events[:, 1])

    @cached_property
    def _steps(self) -> Places:
        """For each case, the next state's first case; adding a symbol gives the next case."""
        return self._cells[..., 0].astype(np.intp).ravel() << _BITS

    @cached_property
    def _pairs(self) -> NDArray[np.uint16]:
        """For each case, the next state and the outcome packed into one uint16."""
        return self._cells.view(np.uint16).reshape(-1)

    def _run(
        self, symbols: Bytes, pieces: _Pieces, pairs: NDArray[np.uint16] | None = None
    ) -> Bytes:
        """Step all pieces to their ends, block by block; return their last states."""
        ends = np.empty(len(pieces), np.uint8)
        order = pieces.longest_first()
        for first in range(0, len(pieces), _BLOCK):
            block = order[first : first + _BLOCK]
            at, lengths = pieces.begins[block], pieces.lengths[block]
            case = pieces.starts[block].astype(np.intp) << _BITS
            last = case.copy()
            steps = np.arange(lengths[0])
            going = len(block)
            for active in np.searchsorted(-lengths, -steps).tolist():
                if active < going:  # the others have ended
                    last[active:going] = case[active:]
                    at, case, going = at[:active], case[:active], active
                case += symbols.take(at)
                if pairs is not None:
                    pairs[at] = self._pairs.take(case)
                case = self._steps.take(case)
                at += 1
            last[:going] = case
            ends[block] = last >> _BITS
        return ends

    def _pieces(self, sequences: Sequences, start: Starts) -> _Pieces:
        """The sequences as pieces; long ones are cut unless there are many as long."""
        first = _starts_of(start, len(sequences))
        lengths, begins = sequences.lengths, sequences.offsets[:-1]
        count, longest = len(sequences), int(lengths.max(initial=0))
        enough = int(np.partition(lengths, -_PIECE)[-_PIECE]) if count >= _PIECE else 0
        size = max(_PIECE, enough)
        if longest <= size:
            return _Pieces(begins, lengths, first, np.arange(count))
        cuts = np.maximum(1, -(-lengths // size))
        last = np.cumsum(cuts) - 1
        owner = np.repeat(np.arange(count), cuts)
        place = np.arange(owner.size) - (last - cuts + 1)[owner]
        begins = begins[owner] + place * size
        starts = first[owner]
        whole = np.flatnonzero(place < cuts[owner] - 1)
        ends = self._ends_from(sequences.symbols, begins[whole], size, self._reachable(first))
        for piece, leads in zip(whole.tolist(), ends, strict=True):
            starts[piece + 1] = leads[int(starts[piece])]
        lengths = np.minimum(size, sequences.offsets[1:][owner] - begins)
        return _Pieces(begins, lengths, starts, last)

    def _reachable(self, starts: Bytes) -> list[int]:
        """The numbers of the states reachable from those of `starts`, these included."""
        found: list[int] = np.unique(starts).tolist()
        for state in found:
            found += (s for s in set(self.next[state].tolist()) if s not in found)
        return found

    def _ends_from(
        self, symbols: Bytes, begins: Places, size: int, states: list[int]
    ) -> list[dict[int, int]]:
        """The last state of each piece of length `size`, for each state it may start from.

        Runs from different states soon meet and then continue as one.
        """
        piece = np.tile(np.arange(begins.size), len(states))
        state = np.repeat(np.asarray(states), begins.size)
        lane = np.arange(piece.size)
        done, until = 0, 8
        while done < size:
            at, case = begins[piece] + done, state << _BITS
            for _ in range(done, min(until, size)):
                case = self._steps.take(case + symbols.take(at))
                at += 1
            done, until = min(until, size), until * 2
            met, now = np.unique(piece * len(STATES) + (case >> _BITS), return_inverse=True)
            piece, state = np.divmod(met, len(STATES))
            lane = now.reshape(-1)[lane]
        rows = state[lane].reshape(len(states), begins.size).T.tolist()
        return [dict(zip(states, row, strict=True)) for row in rows]


def composed(first: Bytes, second: Bytes) -> Bytes:
    """Join what `Compiled.maps` returns for two stretches of time, the earlier one first.

    Composition is associative, so stretches can be joined in any grouping, but not in any order.
    Raises `ValueError` for arrays that `maps` cannot have made of the same sequences.
    """
    if first.shape != second.shape or first.shape[1:] != (len(STATES),):
        raise ValueError(f"maps must have one shape, n by {len(STATES)}")
    return np.take_along_axis(second, first.astype(np.intp), axis=1)


def _starts_of(start: Starts, count: int) -> Bytes:
    """The number of the state that each of so many sequences starts from."""
    if isinstance(start, State):
        return np.full(count, number_of(start), np.uint8)
    if isinstance(start, np.ndarray):
        given = start
    else:
        given = np.array([number_of(state) for state in start], np.uint8)
    if given.shape != (count,):
        raise ValueError(f"there must be one start for each of {count} sequences")
    if given.size and (
        given.dtype.kind not in "iu" or given.min() < 0 or given.max() >= len(STATES)
    ):
        raise ValueError(f"a start must be a state, or its number from 0 to {len(STATES) - 1}")
    return given.astype(np.uint8)


@frozen(eq=False)
class _Pieces:
    """Runs of symbols, each with the state it starts from.

    `last` holds the indices of the pieces that end a sequence.
    """

    begins: Places
    lengths: Places
    starts: Bytes
    last: Places

    def __len__(self) -> int:
        return int(self.begins.size)

    def of(self, some: Places) -> _Pieces:
        """Only the pieces with these indices."""
        if some.size == len(self):
            return self
        kept = np.arange(some.size)
        return _Pieces(self.begins[some], self.lengths[some], self.starts[some], kept)

    def longest_first(self) -> Places:
        """The indices of the pieces, sorted from the longest to the shortest."""
        longest = int(self.lengths.max(initial=0))
        short = longest < 1 << 16  # small enough for NumPy's radix sort
        return np.argsort(
            (longest - self.lengths).astype(np.uint16 if short else np.intp), kind="stable"
        )
