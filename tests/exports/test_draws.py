"""Tables of imputed records: a column `draw`, every draw a whole data set."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from support.pictured import act, record

import recognition_model as rm
from recognition_model.exports import TABLES, Table, export, table, tables
from recognition_model.exports.catalogue import DRAWN

REPLAYS = [
    record(act("engage", "2022-01"), act("accept_ambassador", "2022"), country=code)
    for code in ("FJI", "TON")
]


def drawn(name: str, count: int, **more: Any) -> list[dict[str, Any]]:
    made = table(name, REPLAYS, draws=count, **more)
    names = [column.name for column in made.fields]
    return [dict(zip(names, row, strict=True)) for row in made.rows]


def without_draw(rows: list[dict[str, Any]], number: int) -> list[tuple[Any, ...]]:
    return [tuple(row.values())[1:] for row in rows if row["draw"] == number]


@pytest.mark.parametrize("name", DRAWN)
def test_each_draw_is_the_table_of_one_imputed_record(name: str) -> None:
    rows = drawn(name, 3, seed=7)
    assert [*dict.fromkeys(row["draw"] for row in rows)] == [1, 2, 3]
    for number, one in enumerate(rm.imputations(REPLAYS, 3, seed=7), start=1):
        assert without_draw(rows, number) == list(table(name, one).rows)


def test_tables_of_one_draw_agree_on_the_days() -> None:
    spells = {
        (row["draw"], row["country"], row["spell"]): row for row in drawn("spells", 5, seed=1)
    }
    for wait in drawn("waits", 5, seed=1):
        if (wait["target"], wait["clock"]) == ("ambassador_accepted", "engaged"):
            spell = spells[wait["draw"], wait["country"], wait["spell"]]
            following = spells[wait["draw"], wait["country"], wait["spell"] + 1]
            begins = [
                value
                for one in (spell, following)
                for name, value in one.items()
                if name in ("from_earliest", "begins_earliest")
            ]
            assert (begins[1] - begins[0]).days == wait["days"] == wait["left"] == wait["right"]


def test_draw_of_a_country_is_the_same_whichever_others_are_exported() -> None:
    alone = table("waits", REPLAYS[1:], draws=3, seed=1).rows
    assert [row for row in drawn("waits", 3, seed=1) if row["country"] == "TON"] == [
        dict(zip(drawn("waits", 1)[0], row, strict=True)) for row in alone
    ]


def test_stages_of_a_drawn_panel_are_never_empty() -> None:
    undrawn = table("country_month", REPLAYS)
    at = [column.name for column in undrawn.fields].index("stage")
    assert any(row[at] is None for row in undrawn.rows)
    assert all(row["stage"] for row in drawn("country_month", 2))


def test_package_of_draws_has_keys_by_draw_and_no_panel_of_days() -> None:
    data = export("csv", REPLAYS, "zip", draws=2, seed=5)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        waits = list(csv.DictReader(io.StringIO(archive.read("waits.csv").decode())))
        codebook = archive.read("codebook.csv").decode()
    names = [resource["name"] for resource in described["resources"]]
    assert names == [name for name in TABLES if name != "country_day"]
    assert "2 imputed records, drawn with the seed 5" in described["description"]
    assert "The panel of days is not in this package." in described["description"]
    keys = {one["name"]: one["schema"]["primaryKey"] for one in described["resources"]}
    assert keys["waits"] == ["draw", "target", "clock", "country", "spell"]
    assert keys["changes"] == ["country", "change"]
    (links,) = [
        one["schema"]["foreignKeys"] for one in described["resources"] if one["name"] == "waits"
    ]
    assert [(link["fields"], link["reference"]["fields"]) for link in links] == [
        (["country"], ["country"]),
        (["draw", "country", "spell"], ["draw", "country", "spell"]),
    ]
    assert {row["draw"] for row in waits} == {"1", "2"}
    assert "waits,draw" in codebook


def test_panel_of_days_is_drawn_when_it_is_asked_for() -> None:
    data = export("csv", REPLAYS, "csv", only="country_day", draws=2, seed=5)
    assert data.startswith(b"draw,country,")


def test_versions_of_other_draws_and_seeds_differ() -> None:
    def version(**more: Any) -> str:
        data = export("csv", REPLAYS, "zip", **more)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return str(json.loads(archive.read("datapackage.json"))["version"])

    versions = [version(), *(version(draws=d, seed=s) for d, s in ((2, 0), (2, 1), (3, 0)))]
    assert len(set(versions)) == 4


def test_draws_need_all_readings_and_at_least_one() -> None:
    with pytest.raises(ValueError, match="draws are taken from all readings"):
        table("waits", REPLAYS, "earliest", draws=2)
    with pytest.raises(ValueError, match="at least one draw is needed, not 0"):
        table("waits", REPLAYS, draws=0)


@pytest.mark.parametrize(("form", "ending"), [("sqlite", "sqlite"), ("xes", "xes")])
def test_format_that_holds_one_record_refuses_draws(form: str, ending: str) -> None:
    with pytest.raises(ValueError, match=f"{form} does not hold draws"):
        export(form, REPLAYS, ending, draws=2)


def test_tables_that_do_not_depend_on_dates_are_not_drawn() -> None:
    made: dict[str, Table] = {one.name: one for one in tables(REPLAYS, draws=2)}
    assert [name for name, one in made.items() if one.key[0] == "draw"] == [
        name for name in DRAWN if name != "country_day"
    ]
