"""Tables as Apache Arrow. Only this module and `event_batches` import pyarrow, an extra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO, Protocol

from recognition_model.exports.formats import NeedsLibrary
from recognition_model.exports.table_rows import Cell, Row, Run, Runs

_BLOCK = 65_536
"""How many rows a batch has at least, but the last."""
_EPOCH = date(1970, 1, 1).toordinal()


class NeedsPyArrow(NeedsLibrary):
    """Raised if Arrow or Parquet is requested but pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__("Arrow and Parquet need pyarrow", "parquet")


class Column(Protocol):
    """What a column of Arrow is made from: a field of a table."""

    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def kind(self) -> Enum: ...
    @property
    def values(self) -> tuple[str, ...]: ...
    @property
    def ordered(self) -> bool: ...


def schema_of(
    columns: Sequence[Column], required: Sequence[str], metadata: Mapping[str, str]
) -> Any:
    """Make the schema of a table; `required` names the columns that are never empty.

    A column of listed words has a dictionary type, ordered if the list is. Raises `NeedsPyArrow`.
    """
    pa = _pyarrow()
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
    fields = []
    for column in columns:
        made = types[column.kind.value]
        if column.values and column.kind.value == "string":
            made = pa.dictionary(pa.int32(), made, ordered=column.ordered)
        said = {"description": column.description}
        nullable = column.name not in required
        fields.append(pa.field(column.name, made, nullable=nullable, metadata=said))
    return pa.schema(fields, metadata=dict(metadata))


def batches(
    schema: Any, words: Sequence[tuple[str, ...]], rows: Sequence[Row] | Runs
) -> Iterator[Any]:
    """Yield the rows as record batches. `words` are the listed words of each column."""
    counting = rows.counting if isinstance(rows, Runs) else ()
    for block in _blocks(rows):
        lengths = [run.length for run in block]
        single = sum(lengths) == len(lengths)
        repeats = None if single else _repeats(lengths)
        arrays = []
        for at, (field, listed) in enumerate(zip(schema, words, strict=True)):
            cells = [run.first[at] for run in block]
            if at in counting:
                arrays.append(_array(field.type, _counted(cells, lengths), listed))
            else:
                made = _array(field.type, cells, listed)
                arrays.append(made if repeats is None else made.take(repeats))
        yield _pyarrow().record_batch(arrays, schema=schema)


def reader(schema: Any, words: Sequence[tuple[str, ...]], rows: Sequence[Row] | Runs) -> Any:
    """Make a reader of record batches, which are made while they are read."""
    return _pyarrow().RecordBatchReader.from_batches(schema, batches(schema, words, rows))


def write_parquet(
    schema: Any, words: Sequence[tuple[str, ...]], rows: Sequence[Row] | Runs, stream: BinaryIO
) -> None:
    """Write a Parquet file, a batch after the other."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(stream, schema) as writer:
        for batch in batches(schema, words, rows):
            writer.write_batch(batch)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise NeedsPyArrow from None
    return pa


def _blocks(rows: Sequence[Row] | Runs) -> Iterator[list[Run]]:
    runs = rows.make() if isinstance(rows, Runs) else map(Run, rows)
    block: list[Run] = []
    size = 0
    for run in runs:
        block.append(run)
        size += run.length
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _repeats(lengths: Sequence[int]) -> Any:
    """Give the number of the run of each row."""
    places = chain.from_iterable([at] * length for at, length in enumerate(lengths))
    return _pyarrow().array(places, _pyarrow().int32())


def _counted(cells: Sequence[Cell], lengths: Sequence[int]) -> list[int | None]:
    """Give the numbers that cells count up to; a day is one, from 1970 on."""
    found: list[int | None] = []
    for cell, length in zip(cells, lengths, strict=True):
        if isinstance(cell, date):
            first = cell.toordinal() - _EPOCH
            found += range(first, first + length)
        elif isinstance(cell, int):
            found += range(cell, cell + length)
        else:
            found += [None] * length
    return found


def _array(kind: Any, cells: Sequence[Cell], listed: Sequence[str]) -> Any:
    pa = _pyarrow()
    if not pa.types.is_dictionary(kind):
        return pa.array(cells, kind)
    place = {word: at for at, word in enumerate(listed)}
    places = [None if cell is None else place[str(cell)] for cell in cells]
    dictionary = pa.array(listed, kind.value_type)
    made = pa.array(places, kind.index_type)
    return pa.DictionaryArray.from_arrays(made, dictionary, ordered=kind.ordered)


def metadata_in(data: bytes) -> dict[str, str]:
    """The metadata of a Parquet file; empty if it is none. Raises `NeedsPyArrow`."""
    pa = _pyarrow()
    import pyarrow.parquet as pq

    try:
        found = pq.read_schema(BytesIO(data)).metadata or {}
    except pa.ArrowInvalid:
        return {}
    return {name.decode(): value.decode("utf-8", "replace") for name, value in found.items()}


def same_rows(one: bytes, other: bytes) -> bool:
    """Whether two Parquet files have the same columns and rows, whatever their metadata say.

    Raises `NeedsPyArrow`.
    """
    _pyarrow()
    import pyarrow.parquet as pq

    first, second = (pq.read_table(BytesIO(data)) for data in (one, other))
    return bool(first.equals(second))
