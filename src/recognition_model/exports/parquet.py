"""Tables as Apache Parquet. The only module that imports pyarrow (an optional extra)."""

from __future__ import annotations

import json
from io import BytesIO

from recognition_model.analysis.edition import Edition
from recognition_model.exports.formats import NeedsLibrary
from recognition_model.exports.table_schema import Kind, Table


class NeedsPyArrow(NeedsLibrary):
    """Raised if Parquet is requested but pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__("Parquet needs pyarrow", "parquet")


def parquet(table: Table, edition: Edition) -> bytes:
    """Write a table as a Parquet file, with descriptions as metadata of the fields.

    The metadata of the file give its title, its description, its version and its edition as JSON.
    None becomes null; texts are unchanged. The same table gives the same bytes with the same
    release of pyarrow. Raises `NeedsPyArrow`.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise NeedsPyArrow from None

    types = {
        Kind.TEXT: pa.string(),
        Kind.COUNT: pa.int64(),
        Kind.DAY: pa.date32(),
        Kind.FLAG: pa.bool_(),
    }
    fields = [
        pa.field(
            column.name,
            types[column.kind],
            nullable=not (column.required or column.name in table.key),
            metadata={"description": column.description},
        )
        for column in table.fields
    ]
    columns = list(zip(*table.rows, strict=True)) or [()] * len(fields)
    made = pa.Table.from_arrays(
        [pa.array(values, one.type) for values, one in zip(columns, fields, strict=True)],
        schema=pa.schema(fields, metadata=_metadata(table, edition)),
    )
    stream = BytesIO()
    pq.write_table(made, stream)
    return stream.getvalue()


def _metadata(table: Table, edition: Edition) -> dict[str, str]:
    return {
        "title": table.title,
        "description": table.description,
        "version": edition.version,
        "edition": json.dumps({**edition.to_dict(), "made": {"table": table.name}}),
    }
