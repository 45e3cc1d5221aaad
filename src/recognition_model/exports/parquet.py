"""Tables as Apache Parquet."""

from __future__ import annotations

import json
from io import BytesIO

from recognition_model.analysis.edition import Edition
from recognition_model.exports.arrow import NeedsPyArrow as NeedsPyArrow
from recognition_model.exports.table_schema import Table


def parquet(table: Table, edition: Edition) -> bytes:
    """Write a table as a Parquet file, with descriptions as metadata of the fields.

    The metadata of the file give its title, its description, its version and its edition as JSON.
    None becomes null; texts are unchanged; listed words are a dictionary, ordered if the list is.
    The same table gives the same bytes with the same release of pyarrow. Raises `NeedsPyArrow`.
    """
    stream = BytesIO()
    table.write_parquet(stream, {"version": edition.version, "edition": _edition(table, edition)})
    return stream.getvalue()


def _edition(table: Table, edition: Edition) -> str:
    return json.dumps({**edition.to_dict(), "made": {"table": table.name}})
