"""The SQLite database: rows, keys, views, search, and what Datasette shows."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.exports import TABLES, Field, Kind, Table, export, tables, version_of
from recognition_model.exports.formats import DoesNotFit
from recognition_model.exports.sqlite import database, definition, metadata
from recognition_model.exports.sqlite_views import SEARCHED, VIEWS

CLAIM = evolve(OFFICIAL, claim="The ambassador's credentials were accepted in Suva.")
MOVED = record(
    act("engage", "2022-03", OFFICIAL, PRESS),
    act("recognise", "2022-04-01", PRESS),
    rm.SignalStep(signal="visit", date=rm.When.parse("2022-05-01"), evidence=(PRESS,)),
    act("accept_ambassador", "2022..2022-06-30", CLAIM),
    until="2023-01-31",
)
CALM = record(country="NOR", until="2022-12-31")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of two made-up records, open."""
    path = tmp_path / "record.sqlite"
    path.write_bytes(export("sqlite", [MOVED, CALM], "sqlite"))
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_every_table_comes_back_with_its_rows(opened: sqlite3.Connection) -> None:
    for table in tables([MOVED, CALM]):
        expected = {
            tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row)
            for row in table.rows
        }
        found = opened.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608 - our own names
        assert [column[0] for column in found.description] == [f.name for f in table.fields]
        assert set(found.fetchall()) == expected


def test_keys_lead_to_rows_that_exist(opened: sqlite3.Connection) -> None:
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    opened.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        opened.execute("UPDATE evidence SET source = 'unknown'")


def test_word_or_flag_or_type_that_is_not_permitted_is_refused(opened: sqlite3.Connection) -> None:
    for wrong in ("stage = 'bannned'", "last_documented = 2", "spell = 'one'", "days_silent = -1"):
        with pytest.raises(sqlite3.IntegrityError):
            opened.execute(f"UPDATE spells SET {wrong}")  # noqa: S608 - our own words


def test_view_of_the_end_gives_the_change_that_made_it(opened: sqlite3.Connection) -> None:
    query = "SELECT country, stage, since, act, rule, documented_until FROM current"
    assert opened.execute(query).fetchall() == [
        (
            "FJI",
            "ambassador_accepted",
            "2022..2022-06-30",
            "accept_ambassador",
            "R04",
            "2023-01-31",
        ),
        ("NOR", "hostile", None, None, None, "2022-12-31"),
    ]


def test_chronology_is_in_the_order_of_days_with_sources(opened: sqlite3.Connection) -> None:
    query = "SELECT country, entry, supported_by, disputed_by FROM chronology"
    assert opened.execute(query).fetchall() == [
        ("FJI", 4, "yearbook", None),  # from 2022-01-01 on
        ("FJI", 1, "yearbook", None),
        ("FJI", 2, "yearbook", None),
        ("FJI", 3, "yearbook", None),
    ]


def test_panel_row_leads_to_the_change_of_its_spell(opened: sqlite3.Connection) -> None:
    query = "SELECT month, stage, change, act FROM country_month_with_change WHERE country = 'FJI'"
    rows = {month: rest for month, *rest in opened.execute(query)}
    assert rows["2022-02"] == ["hostile", None, None]
    assert rows["2022-03"] == [None, None, None]  # engaged, or the ambassador accepted
    assert rows["2022-06"] == ["ambassador_accepted", 2, "accept_ambassador"]


def test_evidence_stands_beside_its_document(opened: sqlite3.Connection) -> None:
    query = "SELECT entry, item, kind, publisher FROM evidence_with_source WHERE voice = 'host'"
    assert set(opened.execute(query)) == {(1, 1, "act", "Yearbook"), (4, 1, "act", "Yearbook")}


def test_search_finds_a_claim_by_a_word_in_it(opened: sqlite3.Connection) -> None:
    query = """SELECT table_name, column_name, country, entry, item FROM texts
        JOIN texts_fts ON texts_fts.rowid = texts.id WHERE texts_fts MATCH 'suva credentials'"""
    assert opened.execute(query).fetchall() == [("evidence", "claim", "FJI", 4, 1)]


def test_search_survives_a_vacuum(opened: sqlite3.Connection) -> None:
    opened.execute("DELETE FROM texts WHERE id = 1")
    opened.commit()
    opened.execute("VACUUM")
    query = "SELECT t.text FROM texts t JOIN texts_fts f ON f.rowid = t.id WHERE texts_fts MATCH ?"
    assert opened.execute(query, ["suva"]).fetchall() == [(CLAIM.claim,)]


def test_columns_and_words_are_explained_in_the_database(opened: sqlite3.Connection) -> None:
    query = "SELECT count(*) FROM record_columns"
    assert opened.execute(query).fetchone() == (sum(len(t.fields) for t in tables([MOVED])),)
    query = """SELECT position, value FROM record_values
        WHERE table_name = 'spells' AND column_name = 'stage' ORDER BY position"""
    assert opened.execute(query).fetchall() == list(enumerate(map(str, rm.Stage), 1))
    (text,) = opened.execute("SELECT sql FROM sqlite_master WHERE name = 'spells'").fetchone()
    assert "-- The change that began it." in text


def test_database_says_what_it_was_made_from(opened: sqlite3.Connection) -> None:
    about = dict(opened.execute("SELECT name, value FROM record_about"))
    assert about["version"] == version_of("sqlite", [MOVED, CALM], "sqlite")
    assert json.loads(about["edition"])["dates"] == "all"
    assert about["made_from"].startswith("recognition_model ")
    assert "license" not in about  # these are a user's records


def test_package_adds_the_metadata_of_datasette() -> None:
    with zipfile.ZipFile(io.BytesIO(export("sqlite", [MOVED, CALM], "zip"))) as package:
        assert package.namelist() == ["record.sqlite", "metadata.json"]
        shown = json.loads(package.read("metadata.json"))
        assert package.read("record.sqlite") == export("sqlite", [MOVED, CALM], "db")
    assert shown["databases"]["record"]["tables"]["spells"]["columns"]["stage"] == "The stage."
    assert set(shown["databases"]["record"]["tables"]) == set(TABLES)


def test_every_view_and_every_searched_column_is_there() -> None:
    empty = tables([])
    columns = {table.name: {field.name for field in table.fields} for table in empty}
    assert all(set(names) <= columns[table] for table, names in SEARCHED.items())
    assert all(view.needs <= set(columns) for view in VIEWS)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database(empty, {"title": "T"}))
        for view in VIEWS:
            query = f'SELECT * FROM "{view.name}"'  # noqa: S608 - our own names
            assert connection.execute(query).fetchall() == []


def test_view_without_its_tables_is_left_out() -> None:
    (countries,) = (table for table in tables([CALM]) if table.name == "countries")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database([countries], {}))
        assert (
            connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
            == []
        )


def test_table_without_a_primary_target_gets_a_unique_index() -> None:
    name, code = Field(name="name", description="N."), Field(name="code", description="C.")
    parent = Table(
        name="parent",
        title="P",
        description="P.",
        fields=(name, code),
        key=("name",),
        rows=(("Fiji", "FJI"),),
    )
    child = evolve(
        parent, name="child", links={("code",): ("parent", ("code",))}, rows=(("Suva", "FJI"),)
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database([parent, child], {}))
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_definition_quotes_names_and_words() -> None:
    column = Field(name='a "b"', description="Two\nlines.", kind=Kind.COUNT, minimum=1)
    table = Table(name="from", title="T", description="D.", fields=(column,), key=('a "b"',))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(definition(table))
        assert connection.execute('SELECT "a ""b""" FROM "from"').fetchall() == []


def test_sqlite_without_full_text_search_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare(sqlite3.Connection):
        def execute(self, statement: str) -> sqlite3.Cursor:
            if "fts5" in statement:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(statement)

    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.connect", lambda *a, **k: connect(*a, factory=Bare, **k))
    with pytest.raises(DoesNotFit, match=r"has no full-text search \(FTS5\)"):
        export("sqlite", [CALM], "sqlite")


def test_metadata_name_version_and_licence() -> None:
    shown = metadata([], {"title": "T", "version": "V", "made_from": "P", "license": "L"})
    assert (shown["title"], shown["license"]) == ("T", "L")
    assert "Version V" in shown["description"]


def test_no_view_has_two_columns_of_one_name(opened: sqlite3.Connection) -> None:
    for view in VIEWS:
        names = [column[0] for column in opened.execute(f"SELECT * FROM {view.name}").description]  # noqa: S608 - our own names
        assert len(set(names)) == len(names), view.name
        assert not any(":" in name for name in names), view.name
