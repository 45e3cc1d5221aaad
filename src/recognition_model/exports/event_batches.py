"""Dated events in Arrow's record batches through the rule table: changes, spells, last states.

Neutral as to the engine: whatever gives record batches can feed it, and whatever takes them can go
on. pandas, polars, pyarrow and DuckDB hand their tables over as they are, by Arrow's PyCapsule
interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import numpy as np
from attrs import define, evolve, field

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import STATES, Act, Ban, Stage, State, number_of
from recognition_model.engine.batch import Compiled
from recognition_model.engine.sequences import Bytes, Places
from recognition_model.engine.walk import Days, Events, Moves, Stretch, Walk, stretch_of
from recognition_model.engine.walked_spells import ALWAYS, SpellMaker, Spells
from recognition_model.exports.arrow import NeedsPyArrow

COLUMNS = ("id", "day", "act", "attestation")
"""The columns that events must have; others are not looked at."""

_PIECE = 1 << 20
"""Batches are put together until they have so many rows: few large pieces run faster."""


def record_batches(events: Any) -> Iterable[Any]:
    """Return the record batches of a table, a frame, a relation, a reader, or of some batches.

    Anything with Arrow's PyCapsule interface is taken without a copy. Raises `NeedsPyArrow`.
    """
    pa = _pyarrow()
    if isinstance(events, pa.RecordBatch):
        return [events]
    if hasattr(events, "__arrow_c_stream__"):
        reader: Iterable[Any] = pa.RecordBatchReader.from_stream(events)
        return reader
    batches: Iterable[Any] = events
    return batches


def changes(
    events: Any,
    *,
    start: State = STATES[0],
    starts: Mapping[Any, State] | None = None,
    compiled: Compiled | None = None,
) -> Iterator[Any]:
    """Yield the changes of state that events make: their day, the states around them, the rule.

    `events` has the columns `COLUMNS`, as whatever `record_batches` takes: act and attestation as
    words. The batches may be cut by time or by id; the events of an id must come in their order,
    and within some batches put together they need not be sorted. `starts` gives the state of an id
    at the start, `start` that of all others. `row` is the number of the event's row in all batches,
    from 0. The metadata of each batch have the numbers of events that repeated what stood (`held`)
    and that the rules refused (`refused`).

    Raises `ValueError` for missing columns, empty values, unknown words, and events of an id that
    come before those of an earlier batch; `NeedsPyArrow` without pyarrow.
    """
    run = _Run.of(start, starts, compiled)
    rules = [rule.code for rule in run.walk.compiled.table.rules]
    for piece in _pieces(events):
        moves, names, _ = run.take(piece)
        yield _batch(
            {
                "id": names.take(_pyarrow().array(moves.owners)),
                "day": _days(moves.days),
                "stage_before": _words(_STAGES[moves.before], Stage),
                "ban_before": _words(_BANS[moves.before], Ban),
                "stage": _words(_STAGES[moves.after], Stage),
                "ban": _words(_BANS[moves.after], Ban),
                "rule": _listed(moves.rules, rules),
                "row": _pyarrow().array(moves.rows + run.rows),
            },
            {"held": str(moves.held), "refused": str(moves.refused)},
        )
        run.rows += piece.num_rows


def spells(
    events: Any,
    *,
    start: State = STATES[0],
    starts: Mapping[Any, State] | None = None,
    compiled: Compiled | None = None,
) -> Iterator[Any]:
    """Yield the stretches of days in one state, each once it has ended, at last those that go on.

    A day has the state that stands after its last event. `first_day` is empty for the state at the
    start, `last_day` for a state that goes on. Arguments and errors are those of `changes`.
    """
    run = _Run.of(start, starts, compiled)
    maker = SpellMaker(run.walk)
    for piece in _pieces(events):
        moves, _, begun = run.take(piece)
        yield _spell_batch(run, maker.take(begun, moves))
    ended, going = maker.finish()
    yield _spell_batch(run, ended)
    yield _spell_batch(run, going, ended=False)


def last_states(
    events: Any,
    *,
    start: State = STATES[0],
    starts: Mapping[Any, State] | None = None,
    compiled: Compiled | None = None,
) -> Iterator[Any]:
    """Yield one batch with the last state of every id: since which day, and its last event's day.

    `since` is empty where no event changed the state at the start. Arguments and errors are those
    of `changes`.
    """
    run = _Run.of(start, starts, compiled)
    maker = SpellMaker(run.walk)
    for piece in _pieces(events):
        moves, _, begun = run.take(piece)
        maker.take(begun, moves)
    _, going = maker.finish()
    yield _batch(
        {
            "id": run.names,
            "since": _days(going.first, going.first == ALWAYS),
            "last_event": _days(run.walk.until),
            "stage": _words(_STAGES[going.states], Stage),
            "ban": _words(_BANS[going.states], Ban),
        }
    )


def stretch(events: Any, *, compiled: Compiled | None = None) -> Stretch:
    """Run one piece of time from every state: files split by time, in any order or at once.

    `Stretch.joined` puts the pieces together, and `from_start` then gives the last states. A
    `Stretch` can be sent to another process. `events` and the errors are those of `changes`;
    `ValueError` for no events too.
    """
    pieces = [*_pieces(events)]
    if not pieces:
        raise ValueError("a stretch of time needs at least one event")
    found, sorted_events = _events(_pyarrow().concat_tables(pieces))
    names = found.take(_pyarrow().array(sorted_events.ids)).to_pylist()
    return stretch_of(evolve(sorted_events, ids=_objects(names)), compiled)


@define(eq=False)
class _Run:
    """A walk over pieces of Arrow. `rows` counts the rows of the pieces before."""

    walk: Walk
    rows: int = 0
    _seen: int = field(init=False, default=0)
    _names: list[Any] = field(init=False, factory=list)

    @classmethod
    def of(
        cls, start: State, starts: Mapping[Any, State] | None, compiled: Compiled | None
    ) -> _Run:
        return cls(Walk(compiled or Compiled(), start, starts or {}))

    @property
    def names(self) -> Any:
        """The ids in the order of `Walk.ids`, as an array of Arrow."""
        pa = _pyarrow()
        return pa.concat_arrays(self._names) if self._names else pa.array([], pa.string())

    def take(self, piece: Any) -> tuple[Moves, Any, Bytes]:
        """Run a piece.

        Returns its changes, the ids of its events, and the state at the start of each new id.
        """
        pa = _pyarrow()
        found, events = _events(piece)
        names = found.take(pa.array(events.ids))
        events = evolve(events, ids=_objects(names.to_pylist()))
        moves = self.walk.take(events)
        given, fresh = self.walk.starts, self.walk.ids[self._seen :]
        self._seen += len(fresh)
        if fresh:
            self._names.append(pa.array(fresh, names.type))
        start = self.walk.start
        begun = [number_of(given.get(name, start)) for name in fresh] if given else None
        states = np.full(len(fresh), number_of(start), np.uint8)
        return moves, names, states if begun is None else np.array(begun, np.uint8)


_STAGES = np.array([list(Stage).index(state.stage) for state in STATES], np.int8)
_BANS = np.array([list(Ban).index(state.ban) for state in STATES], np.int8)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise NeedsPyArrow from None
    return pa


def _pieces(events: Any) -> Iterator[Any]:
    """Yield tables of the four columns, each of many batches put together."""
    pa = _pyarrow()
    held: list[Any] = []
    rows = 0
    for batch in record_batches(events):
        lacking = [name for name in COLUMNS if name not in batch.schema.names]
        if lacking:
            raise ValueError(f"the events have no column {lacking[0]!r}; needed: {COLUMNS}")
        if batch.num_rows:
            held.append(batch.select(list(COLUMNS)))
            rows += batch.num_rows
        if rows >= _PIECE:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)


def _events(piece: Any) -> tuple[Any, Events]:
    """Return the ids of a piece, sorted, and its events, whose ids are places among these."""
    import pyarrow.compute as pc

    for name in COLUMNS:
        if piece[name].null_count:
            raise ValueError(f"the column {name!r} has an empty value")
    places, found = _encoded(piece["id"])
    order = pc.array_sort_indices(found)
    rank = np.empty(len(found), np.int32)
    rank[order.to_numpy(zero_copy_only=False)] = np.arange(len(found), dtype=np.int32)
    symbols = _numbers(piece["act"], Act, "act") * len(Attestation)
    symbols += _numbers(piece["attestation"], Attestation, "attestation")
    return found.take(order), Events.of(rank[places], _day_numbers(piece["day"]), symbols)


def _encoded(column: Any) -> tuple[Places, Any]:
    """Return the place of each value among the values that there are, and these."""
    pa = _pyarrow()
    if str(column.type) == "string_view":  # polars has these, and not every function takes them
        column = column.cast(pa.large_string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    if str(whole.dictionary.type) == "string_view":
        whole = whole.cast(pa.dictionary(pa.int32(), pa.large_string()))
    if whole.dictionary.null_count:
        raise ValueError("a list of words has an empty value")
    return whole.indices.to_numpy(zero_copy_only=False), whole.dictionary


def _numbers(column: Any, known: type[Enum], what: str) -> Bytes:
    """Return the index of each word among those known."""
    places, found = _encoded(column)
    used = np.bincount(places, minlength=len(found)) > 0  # a dictionary may have more words
    words = [str(word) for word in found.to_pylist()]
    index = {str(member.value): number for number, member in enumerate(known)}
    unknown = sorted(
        word for word, there in zip(words, used, strict=True) if there and word not in index
    )
    if unknown:
        raise ValueError(f"unknown {what} {unknown[0]!r}: must be one of {', '.join(index)}")
    return np.array([index.get(word, 0) for word in words], np.uint8)[places]


def _day_numbers(column: Any) -> Days:
    pa = _pyarrow()
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        raise ValueError(f"the column 'day' must have dates, not {column.type}")
    whole = column.cast(pa.date32()).cast(pa.int32())
    days: Days = whole.to_numpy().astype(np.int64)
    return days


def _spell_batch(run: _Run, made: Spells, *, ended: bool = True) -> Any:
    none = np.zeros(len(made), np.bool_)
    return _batch(
        {
            "id": run.names.take(_pyarrow().array(made.places)),
            "first_day": _days(made.first, made.first == ALWAYS),
            "last_day": _days(made.last, none if ended else ~none),
            "stage": _words(_STAGES[made.states], Stage),
            "ban": _words(_BANS[made.states], Ban),
        }
    )


def _objects(ids: list[Any]) -> Any:
    made = np.empty(len(ids), object)
    made[:] = ids
    return made


def _days(days: Days, unknown: Any = None) -> Any:
    pa = _pyarrow()
    return pa.array(days.astype(np.int32), mask=unknown).cast(pa.date32())


def _words(places: Any, words: type[Enum]) -> Any:
    return _listed(places, [str(word.value) for word in words])


def _listed(places: Any, words: list[str]) -> Any:
    pa = _pyarrow()
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int16)), pa.array(words))


def _batch(columns: Mapping[str, Any], metadata: Mapping[str, str] | None = None) -> Any:
    pa = _pyarrow()
    made = pa.RecordBatch.from_arrays([*columns.values()], names=[*columns])
    return made.replace_schema_metadata(dict(metadata)) if metadata else made
