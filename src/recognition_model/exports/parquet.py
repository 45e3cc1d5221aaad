"""Tables as Apache Parquet."""

from __future__ import annotations

import json
from io import BytesIO

from recognition_model.analysis.edition import Edition
from recognition_model.exports.arrow import NeedsPyArrow as NeedsPyArrow
from recognition_model.exports.table_schema import Table


def parquet(table: Table, edition: Edition) -> bytes:
    """Write a table as a Parquet file, with descriptions as metadata of the fields.

    The metadata of the file give its title, its description, its version and its edition as JSON;
    pandas gives title and version as `attrs`. None becomes null; texts are unchanged; listed words
    are a dictionary, ordered if the list is. The same table gives the same bytes with the same
    release of pyarrow. Raises `NeedsPyArrow`.
    """
    stream = BytesIO()
    table.write_parquet(stream, _metadata(table, edition))
    return stream.getvalue()


def _metadata(table: Table, edition: Edition) -> dict[str, str]:
    return {
        "version": edition.version,
        "edition": json.dumps(edition.to_dict()),
        "PANDAS_ATTRS": json.dumps({"title": table.title, "version": edition.version}),
    }
