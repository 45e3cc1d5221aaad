"""All tables as one SQLite database, for SQL and Datasette. Needs the standard library alone.

    sqlite3 record.sqlite "SELECT * FROM current"
    sqlite3 record.sqlite "SELECT t.* FROM texts t JOIN texts_fts f ON f.rowid = t.id
                           WHERE texts_fts MATCH 'ambassador'"

Days are texts such as `2024-05-27`, flags are 0 or 1. Every table says in its definition what its
columns mean. The same tables give the same bytes with the same release of SQLite.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Any

from recognition_model.core.citing import LICENCE, TITLE
from recognition_model.exports.catalogue import package_tables
from recognition_model.exports.datapackage import zipped
from recognition_model.exports.formats import PACKAGE, DoesNotFit, Job
from recognition_model.exports.scratch import scratch_file
from recognition_model.exports.sqlite_views import SEARCHED, VIEWS
from recognition_model.exports.table_schema import Cell, Field, Kind, Table

_TYPES = {Kind.TEXT: "TEXT", Kind.COUNT: "INTEGER", Kind.DAY: "TEXT", Kind.FLAG: "INTEGER"}
_STRICT_SINCE = (3, 37)
_FOUND_BY = ("country", "entry", "item", "source")
_ABOUT = """
CREATE TABLE record_about (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE record_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  unit TEXT,
  rule TEXT,
  example TEXT,
  PRIMARY KEY (table_name, column_name)
);
CREATE TABLE record_values (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  meaning TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name, value),
  FOREIGN KEY (table_name, column_name) REFERENCES record_columns (table_name, column_name)
);
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  country TEXT,
  entry INTEGER,
  item INTEGER,
  source TEXT,
  text TEXT NOT NULL,
  FOREIGN KEY (table_name, column_name) REFERENCES record_columns (table_name, column_name)
);
CREATE VIRTUAL TABLE texts_fts USING fts5(
  text, content='texts', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
"""


def write(job: Job) -> bytes:
    """A database of all tables; in a `.zip` with `metadata.json` for Datasette."""
    made = package_tables(job.given)
    about = _about(job)
    data = database(made, about)
    if job.ending != PACKAGE:
        return data
    shown = json.dumps(metadata(made, about), indent=2, ensure_ascii=False) + "\n"
    return zipped({"record.sqlite": data, "metadata.json": shown.encode()})


def _about(job: Job) -> dict[str, str]:
    edition = job.edition
    about = {
        "title": TITLE if job.ours else "Own files for recognition_model",
        "version": edition.version,
        "made_from": str(edition),
        "without": edition.without,
        "license": LICENCE.name if job.ours else "",
        "license_url": LICENCE.url if job.ours else "",
        "edition": json.dumps(edition.to_dict(), ensure_ascii=False),
    }
    return {name: value for name, value in about.items() if value}


def database(tables: Sequence[Table], about: dict[str, str]) -> bytes:
    """Write tables into a database and return its bytes.

    `about` is what the table `record_about` says of all of it. Raises `DoesNotFit` if this Python's
    SQLite has no full-text search (FTS5), and `NotWritten` if the disk is full.
    """
    with scratch_file("record.sqlite", _is_full) as path:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            _fill(connection, tables, about)
            connection.execute("COMMIT")
        return path.read_bytes()


def _is_full(error: Exception) -> bool:
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN"))


def _fill(connection: sqlite3.Connection, tables: Sequence[Table], about: dict[str, str]) -> None:
    try:
        for statement in _ABOUT.split(";\n"):
            connection.execute(statement)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        release = f"SQLite {sqlite3.sqlite_version}, which this Python uses"
        raise DoesNotFit(f"{release}, has no full-text search (FTS5)") from None
    _insert(connection, "record_about", 2, about.items())
    for one in tables:
        connection.execute(definition(one))
        _insert(
            connection, one.name, len(one.fields), (map(_plain, row) for row in one.iter_rows())
        )
        _insert(connection, "record_columns", 8, _columns(one))
        _insert(connection, "record_values", 5, _values(one))
    for statement in _indexes(tables):
        connection.execute(statement)
    _insert(connection, "texts", 8, _texts(tables))
    connection.execute("INSERT INTO texts_fts(texts_fts) VALUES ('rebuild')")
    connection.execute("INSERT INTO texts_fts(texts_fts) VALUES ('optimize')")
    there = {one.name for one in tables}
    for view in VIEWS:
        if view.needs <= there:
            connection.execute(view.definition)


def _insert(connection: sqlite3.Connection, name: str, width: int, rows: Any) -> None:
    places = ", ".join("?" * width)
    insert = f"INSERT INTO {quoted(name)} VALUES ({places})"  # noqa: S608 - the name is quoted
    connection.executemany(insert, map(tuple, rows))


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


def definition(table: Table) -> str:
    """Write the `CREATE TABLE` of a table, with keys, permitted words and comments."""
    lines = [(_column(table, column), column.description) for column in table.fields]
    lines.append((f"PRIMARY KEY ({_listed(table.key)})", ""))
    for mine, (name, theirs) in table.links.items():
        target = f"REFERENCES {quoted(name)} ({_listed(theirs)})"
        lines.append((f"FOREIGN KEY ({_listed(mine)}) {target}", ""))
    body = ""
    for number, (text, comment) in enumerate(lines, 1):
        comma = "," if number < len(lines) else ""
        said = f" -- {' '.join(comment.split())}" if comment else ""
        body += f"  {text}{comma}{said}\n"
    strict = "STRICT, " if sqlite3.sqlite_version_info >= _STRICT_SINCE else ""
    says = " ".join(table.description.split())
    return f"CREATE TABLE {quoted(table.name)} ( -- {says}\n{body}) {strict}WITHOUT ROWID"


def _column(table: Table, column: Field) -> str:
    name = quoted(column.name)
    parts = [name, _TYPES[column.kind]]
    if column.required or column.name in table.key:
        parts.append("NOT NULL")
    if column.kind is Kind.FLAG:
        parts.append(f"CHECK ({name} IN (0, 1))")
    elif column.values:
        word = str if column.kind is Kind.COUNT else _literal
        parts.append(f"CHECK ({name} IN ({', '.join(map(word, column.values))}))")
    elif column.minimum is not None:
        parts.append(f"CHECK ({name} >= {column.minimum})")
    return " ".join(parts)


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, date):
        return cell.isoformat()
    return int(cell) if isinstance(cell, bool) else cell


def _columns(table: Table) -> Iterator[tuple[Cell, ...]]:
    for at, one in enumerate(table.fields, 1):
        told = (one.description, one.unit or None, one.rule or None, one.example or None)
        yield (table.name, one.name, at, one.kind.value, *told)


def _values(table: Table) -> Iterator[tuple[Cell, ...]]:
    for one in table.fields:
        words = one.categories or one.parts
        for at, (word, meaning) in enumerate(words.meanings.items() if words else (), 1):
            yield table.name, one.name, at, word, meaning


def _indexes(tables: Sequence[Table]) -> Iterator[str]:
    """Index columns that refer to another table, unless the primary key begins with them."""
    keys = {one.name: one.key for one in tables}
    for one in tables:
        for mine, (name, theirs) in one.links.items():
            if one.key[: len(mine)] != mine:
                index = quoted("_".join([one.name, *mine]))
                yield f"CREATE INDEX {index} ON {quoted(one.name)} ({_listed(mine)})"
            if name in keys and keys[name] != theirs:  # SQLite wants the target to be unique
                index, target = quoted("_".join([name, *theirs])), quoted(name)
                yield f"CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {target} ({_listed(theirs)})"


def _texts(tables: Sequence[Table]) -> Iterator[tuple[Cell, ...]]:
    """List every text that can be searched, with the key of its row."""
    number = 0
    for one in tables:
        names = [column.name for column in one.fields]
        keys = [names.index(name) if name in names else None for name in _FOUND_BY]
        for column in SEARCHED.get(one.name, ()):
            at = names.index(column)
            for row in one.iter_rows():
                if row[at] is not None:
                    number += 1
                    found = (None if key is None else row[key] for key in keys)
                    yield (number, one.name, column, *found, row[at])


def metadata(tables: Sequence[Table], about: dict[str, str]) -> dict[str, Any]:
    """Describe the database `record` as Datasette shows it: `datasette record.sqlite -m FILE`."""
    described = {
        one.name: {
            "description": one.description,
            "columns": {column.name: column.description for column in one.fields},
        }
        for one in tables
    }
    licence: dict[str, Any] = {
        name: about[name] for name in ("license", "license_url") if name in about
    }
    return {
        "title": about["title"],
        "description": f"{about['made_from']}. Version {about['version']}",
        **licence,
        "databases": {"record": {"tables": described}},
    }
