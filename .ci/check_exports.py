"""Round trips of every export through the programs that people read it with.

`nox -s consumers` runs this in an environment of its own, with the dependency group `consumers`:
these programs are heavy, and PM4Py is under the AGPL. Nothing here is part of the package.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import frictionless
import pandas as pd
import pm4py
import polars as pl
import pyarrow.parquet as pq
import rdflib
from round_trip import REPLAYS, TABLES, exported, guarded, in_an_empty_folder, same

from recognition_model.core.stages import Act
from recognition_model.exports import Kind

DUCKDB = {
    Kind.COUNT: "BIGINT",
    Kind.FLAG: "BOOLEAN",
    Kind.TEXT: "VARCHAR",
    Kind.DAY: "DATE",
}
Rows = list[tuple[object, ...]]
PANDAS = {Kind.COUNT: "Int64", Kind.FLAG: "boolean", Kind.TEXT: "string"}
POLARS = {Kind.COUNT: pl.Int64, Kind.FLAG: pl.Boolean, Kind.TEXT: pl.String, Kind.DAY: pl.Date}


def with_frictionless(package: Path) -> None:
    report = frictionless.validate(str(package))
    assert report.valid, report.flatten(["type", "message"])[:5]
    with zipfile.ZipFile(package) as archive:
        archive.extractall("package")
    for resource in frictionless.Package("package/datapackage.json").resources:
        table = TABLES[resource.name]
        names = [column.name for column in table.fields]
        same(
            table,
            [tuple(row[n] for n in names) for row in resource.read_rows()],
            "frictionless",
            guarded,
        )
    spoilt = Path("package/spells.csv")
    spoilt.write_text(spoilt.read_text("utf-8").replace(",banned,", ",bannned,"), "utf-8")
    kinds = {
        kind for (kind,) in frictionless.validate("package/datapackage.json").flatten(["type"])
    }
    assert {"constraint-error", "hash-count"} <= kinds, kinds


def with_pandas(read: dict[str, bytes]) -> None:
    for name, table in TABLES.items():
        types = {f.name: PANDAS[f.kind] for f in table.fields if f.kind is not Kind.DAY}
        days = [f.name for f in table.fields if f.kind is Kind.DAY]
        frame = pd.read_csv(io.BytesIO(read[f"{name}.csv"]), dtype=types, parse_dates=days)
        same(table, _from_pandas(frame), "pandas, CSV", guarded)


def _from_pandas(frame: pd.DataFrame) -> Rows:
    def plain(value: object) -> object:
        if value is None or pd.isna(value):
            return None
        if isinstance(value, pd.Timestamp):
            return value.date()
        return value.item() if hasattr(value, "item") else value

    return [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)]


def with_polars(read: dict[str, bytes]) -> None:
    for name, table in TABLES.items():
        types = {field.name: POLARS[field.kind] for field in table.fields}
        frame = pl.read_csv(read[f"{name}.csv"], schema=types)
        same(table, frame.rows(), "polars, CSV", guarded)
        guessed = pl.read_csv(read[f"{name}.csv"], try_parse_dates=True, infer_schema_length=None)
        assert guessed.height == len(table.rows), (name, guessed.height)


def with_parquet(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    resources = json.loads(read["datapackage.json"])["resources"]
    assert [resource["name"] for resource in resources] == list(TABLES)
    for name, table in TABLES.items():
        data = read[f"{name}.parquet"]
        same(table, pl.read_parquet(io.BytesIO(data)).rows(), "polars, Parquet")
        columns = pq.read_table(io.BytesIO(data)).to_pydict().values()
        same(table, zip(*columns, strict=True), "pyarrow, Parquet")
        frame = pd.read_parquet(io.BytesIO(data), dtype_backend="numpy_nullable")
        same(table, _from_pandas(frame), "pandas, Parquet")


def with_duckdb(read: dict[str, bytes]) -> None:
    """DuckDB finds the types by itself, and joins a panel to the changes by their keys."""
    database = duckdb.connect()
    for name, table in TABLES.items():
        Path(f"{name}.csv").write_bytes(read[f"{name}.csv"])
        guess = f"SELECT * FROM read_csv('{name}.csv', sample_size = -1)"
        guessed = {row[0]: row[1] for row in database.execute(f"DESCRIBE {guess}").fetchall()}
        for column, cells in zip(table.fields, zip(*table.rows, strict=True), strict=False):
            if column.kind is not Kind.TEXT and any(cell is not None for cell in cells):
                assert guessed[column.name] == DUCKDB[column.kind], (name, column.name, guessed)
        types = {column.name: DUCKDB[column.kind] for column in table.fields}
        source = f"read_csv('{name}.csv', header = true, columns = {types})"
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM {source}")
        same(table, database.execute(f"SELECT * FROM {name}").fetchall(), "DuckDB, CSV", guarded)
    joined = database.execute(
        """SELECT p.country, p.year, h.act FROM country_year AS p
        JOIN spells AS s USING (country, spell)
        JOIN changes AS h ON h.country = s.country AND h.change = s.change
        WHERE p.year = 2023 ORDER BY p.country"""
    ).fetchall()
    expected = []
    for replay in sorted(REPLAYS, key=lambda one: one.country):
        changes = {spell.change for spell in replay.history.on(date(2023, 12, 31)).spells}
        if (
            len(changes) == 1
            and None not in changes
            and date(2023, 1, 1) <= replay.history.documented_until
        ):
            expected.append((replay.country, 2023, str(changes.pop().act)))
    assert joined == expected, (joined, expected)
    assert len(joined) > 10


def a_merge(read: dict[str, bytes]) -> None:
    """A yearbook keyed by Correlates of War numbers and years finds one row of the panel each."""
    panel = pd.read_csv(io.BytesIO(read["country_year.csv"]))
    yearbook = pd.DataFrame({"cow": [365, 255, 770], "year": [2024, 2024, 1997], "x": [1, 2, 3]})
    merged = yearbook.merge(panel, on=["cow", "year"], how="left", validate="one_to_one")
    assert list(merged["country"]) == ["RUS", "DEU", "PAK"]
    assert list(merged["stage"]) == ["engaged", "engaged", "de_jure_recognition"]
    assert set(merged["basis"]) == {"evidenced"}
    both = panel["dates_agree"] & (panel["basis"] == "evidenced")
    assert list(panel["certain"]) == list(both)
    spells = pd.read_csv(io.BytesIO(read["spells.csv"]))
    traced = panel.merge(spells, on=["country", "spell"], validate="many_to_one")
    assert len(traced) == panel["spell"].notna().sum()
    for column in ("stage", "origin", "attestation"):
        assert traced[f"{column}_x"].equals(traced[f"{column}_y"]), column


def with_pm4py() -> None:
    for dates in ("earliest", "latest"):
        entries = pm4py.read_xes(str(exported("xes", f"{dates}.xes", "--dates", dates)))
        assert len(entries) == sum(len(replay.scenario.timeline) for replay in REPLAYS)
        log = pm4py.filter_event_attribute_values(entries, "kind", ["act"], level="event")
        names = {str(act) for act in Act}
        assert log.equals(entries[entries["concept:name"].isin(names)])
        found = {
            country: list(zip(trace["concept:name"], trace["rule"], strict=True))
            for country, trace in log.groupby("case:concept:name", sort=False)
        }
        expected = {
            replay.country: [(str(change.act), change.rule) for change in replay.changes]
            for replay in REPLAYS
            if replay.changes
        }
        assert found == expected
        at = 0 if dates == "earliest" else 1
        days = [
            date.fromordinal(bounds[at])
            for replay in REPLAYS
            for bounds in replay.history.bounds[1:]
        ]
        assert [stamp.date() for stamp in log["time:timestamp"]] == days
        marked = dict(zip(log["case:concept:name"], log["case:start_assumed"], strict=True))
        assert marked == {r.country: r.history.assumed for r in REPLAYS if r.changes}
        counts = [
            (spell.days_evidenced, spell.days_silent, spell.days_assumed)
            for replay in REPLAYS
            for spell in replay.history.read(dates).spells[1:]
        ]
        keys = ("days_evidenced", "days_silent", "days_assumed")
        assert list(zip(*(log[key] for key in keys), strict=True)) == counts
        variants = pm4py.get_variants(log)
        assert sum(variants.values()) == len(expected)
        against_the_rules(log)


def against_the_rules(log: pd.DataFrame) -> None:
    """The net of the rules fits every trace of acts, and no trace in an order they refuse."""
    net = pm4py.read_pnml(str(exported("pnml", "rules.pnml")))
    assert pm4py.check_is_workflow_net(net[0])
    assert pm4py.fitness_token_based_replay(log, *net)["percentage_of_fitting_traces"] == 100
    refused = [["ban", "engage", "recognise"], ["engage", "delist"], ["engage", "recognise", "ban"]]
    days = pd.date_range("2022-01-01", tz="UTC", periods=3)
    rows = [
        (str(case), act, day)
        for case, acts in enumerate(refused)
        for act, day in zip(acts, days, strict=False)
    ]
    heads = ["case:concept:name", "concept:name", "time:timestamp"]
    wrong = pd.DataFrame(rows, columns=heads)
    fit = pm4py.fitness_token_based_replay(wrong, *net)
    assert fit["percentage_of_fitting_traces"] == 0, fit


def with_rdflib() -> None:
    graph = rdflib.Graph().parse(exported("jsonld", "record.jsonld"), format="json-ld")
    prefix = "PREFIX prov: <http://www.w3.org/ns/prov#> "
    traced = graph.query(
        f"""{prefix} SELECT DISTINCT ?change WHERE {{
            ?change prov:wasGeneratedBy ?run; prov:wasDerivedFrom ?item.
            ?run a prov:Activity; prov:used ?item.
            ?item prov:hadPrimarySource ?source.
            ?source a prov:PrimarySource }}"""
    )
    assert len(traced) == sum(len(replay.changes) for replay in REPLAYS)
    days = graph.query(
        """PREFIX rm: <urn:x-recognition-model:> SELECT ?country ?basis ?heard WHERE {
            ?history rm:startAssumed true; rm:country ?country; rm:basis ?basis;
                rm:lastEntry ?heard; rm:documentedUntil ?until. FILTER (?heard <= ?until) }"""
    )
    ends = {r.country: r.history.on(r.history.documented_until) for r in REPLAYS}
    assert {str(country): str(basis) for country, basis, _ in days} == {
        replay.country: str(ends[replay.country].basis)
        for replay in REPLAYS
        if replay.history.assumed and ends[replay.country].last_entry
    }
    loose = graph.query(
        f"""{prefix} SELECT ?source WHERE {{
            ?item prov:hadPrimarySource ?source. FILTER NOT EXISTS {{ ?source a ?any }} }}"""
    )
    assert not len(loose)


def main() -> None:
    package = exported("csv", "record.zip")
    with zipfile.ZipFile(package) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    with_frictionless(package)
    with_pandas(read)
    with_polars(read)
    with_duckdb(read)
    a_merge(read)
    with_parquet(exported("parquet", "parquet.zip"))
    with_pm4py()
    with_rdflib()
    rows = sum(len(table.rows) for table in TABLES.values())
    print(f"{rows:,} rows of {len(TABLES)} tables, {len(REPLAYS)} traces: read back the same")


if __name__ == "__main__":
    in_an_empty_folder(main)
