"""The SQLite database, read back with sqlite3 and with Datasette's own command line.

`nox -s consumers` runs this.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from round_trip import REPLAYS, TABLES, exported, in_an_empty_folder

from recognition_model.exports.sqlite_views import VIEWS


def stored(cell: object) -> object:
    """A cell as SQLite stores it."""
    if isinstance(cell, date):
        return cell.isoformat()
    return int(cell) if isinstance(cell, bool) else cell


def with_sqlite3(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, table in TABLES.items():
            order = ", ".join(f'"{column}"' for column in table.key)
            names = [f'"{column.name}"' for column in table.fields]
            query = f'SELECT {", ".join(names)} FROM "{name}" ORDER BY {order}'
            found = {tuple(row) for row in database.execute(query)}
            assert found == {tuple(map(stored, row)) for row in table.iter_rows()}, name
            (count,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            assert count == len(table.rows), name
        for view in VIEWS:
            assert database.execute(f'SELECT * FROM "{view.name}"').fetchall(), view.name
        ends = dict(database.execute("SELECT country, stage FROM current"))
        expected = {r.country: str(r.history.last.stage) for r in REPLAYS if r.history.documented}
        assert ends == expected
        search = """SELECT t.text FROM texts AS t JOIN texts_fts AS f ON f.rowid = t.id
            WHERE texts_fts MATCH 'ambassador' AND t.table_name = 'evidence'"""
        claims = {text for (text,) in database.execute(search)}
        every = {
            str(cell) for row in TABLES["evidence"].rows for cell in row if isinstance(cell, str)
        }
        assert claims <= every
        assert len(claims) > 20
        assert all("ambassador" in claim.lower() for claim in claims)


def datasette(*paths: str) -> list[str]:
    """What Datasette answers for paths of its site."""
    command = [sys.executable, "-m", "datasette", "record.sqlite", "-m", "metadata.json", "--get"]
    return [
        subprocess.run([*command, path], check=True, capture_output=True, text=True).stdout
        for path in paths
    ]


def with_datasette(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        archive.extractall()
    page, rows, found, linked = datasette(
        "/record/spells",
        "/record/current.json?_shape=array&_size=max",
        "/record/texts.json?_search=ambassador&_shape=objects",
        "/record/evidence.json?_shape=array&_size=1&_labels=on",
    )
    assert TABLES["spells"].description in page  # from metadata.json
    assert "The change that began it." in page
    current: list[dict[str, Any]] = json.loads(rows)
    assert len(current) == len(TABLES["countries"].rows)
    assert json.loads(found)["filtered_table_rows_count"] > 20
    assert json.loads(linked)[0]["source"]["value"]  # a link along the foreign key


def main() -> None:
    with_sqlite3(exported("sqlite", "all.sqlite"))
    with_datasette(exported("sqlite", "all.zip"))
    print(f"{len(TABLES)} tables and {len(VIEWS)} views in SQLite: read back the same")


if __name__ == "__main__":
    in_an_empty_folder(main)
