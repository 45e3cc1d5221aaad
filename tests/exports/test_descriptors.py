"""The descriptor of a data package, and the archive that it lies in."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, act, record

import recognition_model as rm
from recognition_model.analysis.edition import edition_of
from recognition_model.exports import Field, Kind, Table, Written, describe, export, table
from recognition_model.exports.arrow import metadata_in
from recognition_model.exports.catalogue import table_of
from recognition_model.exports.descriptor import descriptor, schema
from recognition_model.exports.given import Given
from recognition_model.exports.table_schema import Categories

MADE = record(act("engage", "2022-03-01"))
GRADES = Categories(name="grade", meanings={"1": "good", "2": "bad"}, ordered=True)
WORDS = Categories(name="word", meanings={"a": "The first."})


def described(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found: dict[str, Any] = json.loads(archive.read("datapackage.json"))
    return found


def one_table(form: str, ending: str) -> dict[str, Any]:
    """The descriptor of a file of spells, whatever is in it."""
    found: dict[str, Any] = json.loads(
        describe(form, [MADE], ending, f"s.{ending}", b"", only="spells")
    )
    return found


def test_anyone_may_read_the_files_of_an_archive_and_only_its_owner_write_them() -> None:
    with zipfile.ZipFile(io.BytesIO(export("csv", [MADE], "zip"))) as archive:
        assert {oct(entry.external_attr >> 16) for entry in archive.infolist()} == {"0o644"}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("form", ["csv", "parquet", "stata", "spss"])
def test_only_the_descriptor_of_csv_warns_of_apostrophes(form: str) -> None:
    ending = {"csv": "csv", "parquet": "parquet", "stata": "dta", "spss": "sav"}[form]
    said = one_table(form, ending)["description"]
    assert ("leading apostrophe" in said) is (form == "csv")
    assert "None" not in said
    assert "  " not in said


def test_descriptor_names_the_files_left_out_and_their_countries() -> None:
    left_out = ["record/KAZ.yaml", "record/notes.yaml"]
    found = described(export("csv", [MADE], "zip", left_out=left_out))
    assert found["leftOut"] == [
        {"file": "record/KAZ.yaml", "country": "KAZ"},
        {"file": "record/notes.yaml", "country": None},
    ]


def test_licence_has_the_three_properties_of_the_standard() -> None:
    (licence,) = described(export("csv", [MADE], "zip", ours=True))["licenses"]
    assert licence == {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/legalcode",
        "title": "Creative Commons Attribution 4.0 International",
    }


def test_letters_of_every_script_stand_in_the_descriptor_as_they_are() -> None:
    proof = evolve(OFFICIAL, source=evolve(OFFICIAL.source, title="Кабул کابل"))
    replay = record(act("engage", "2022-03-01", proof))
    data = describe("csv", [replay], "csv", "s.csv", b"", only="spells").decode()
    assert "Кабул کابل" in data
    assert data.endswith("}\n")


def test_note_of_a_source_is_in_the_table_of_sources() -> None:
    noted = evolve(OFFICIAL, source=evolve(OFFICIAL.source, note="Only a copy."))
    for proof, note in ((noted, "Only a copy."), (OFFICIAL, None)):
        made = table("sources", [record(act("engage", "2022-03-01", proof))])
        at = [field.name for field in made.fields].index("note")
        assert [row[at] for row in made.rows] == [note]


def test_dates_are_read_in_all_ways_unless_one_is_asked_for() -> None:
    doubtful = record(act("engage", "2022-12..2023-01"), until="2023-12-31")
    asked = table("country_year", [doubtful], "all")
    assert table_of("country_year", Given(replays=[doubtful])) == asked
    assert asked != table("country_year", [doubtful], "latest")


SMALL = Table(
    name="small",
    title="Small",
    description="A small table.",
    fields=(
        Field(name="code", description="A code.", pattern="[A-Z]{3}"),
        Field(name="grade", description="A grade.", kind=Kind.COUNT, categories=GRADES),
        Field(name="word", description="A word.", required=True, categories=WORDS),
        Field(name="days", description="Some days.", kind=Kind.COUNT, minimum=0, unit="days"),
        Field(name="sure", description="Whether it is sure.", kind=Kind.FLAG),
        Field(name="note", description="A note."),
    ),
    key=("code",),
    links={("note",): ("notes", ("note",))},
)
FIELDS = [
    {
        "name": "code",
        "type": "string",
        "description": "A code.",
        "constraints": {"required": True, "pattern": "[A-Z]{3}"},
    },
    {
        "name": "grade",
        "type": "integer",
        "description": "A grade.",
        "categories": [{"value": 1, "label": "good"}, {"value": 2, "label": "bad"}],
        "categoriesOrdered": True,
        "constraints": {"enum": [1, 2]},
    },
    {
        "name": "word",
        "type": "string",
        "description": "A word.",
        "categories": [{"value": "a", "label": "The first."}],
        "categoriesOrdered": False,
        "constraints": {"required": True, "enum": ["a"]},
    },
    {
        "name": "days",
        "type": "integer",
        "description": "Some days.",
        "constraints": {"minimum": 0},
    },
    {
        "name": "sure",
        "type": "boolean",
        "description": "Whether it is sure.",
        "trueValues": ["true"],
        "falseValues": ["false"],
    },
    {"name": "note", "type": "string", "description": "A note."},
]


def test_schema_has_the_type_the_words_and_the_limits_of_each_column() -> None:
    assert schema(SMALL) == {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": FIELDS,
        "primaryKey": ["code"],
        "foreignKeys": [
            {"fields": ["note"], "reference": {"resource": "notes", "fields": ["note"]}}
        ],
    }
    assert "foreignKeys" not in schema(SMALL, [SMALL])


@pytest.mark.parametrize(
    ("ending", "media"),
    [
        ("csv", "text/csv"),
        ("parquet", "application/vnd.apache.parquet"),
        ("dta", "application/x-stata-dta"),
        ("sav", "application/x-spss-sav"),
    ],
)
def test_resource_says_what_its_file_is(ending: str, media: str) -> None:
    (resource,) = descriptor(
        [SMALL],
        ending,
        {f"small.{ending}": Written(size=3, sha256="abc")},
        edition=edition_of([MADE]),
        sources=(),
        description="Made up.",
        ours=False,
    )["resources"]
    del resource["schema"]
    assert resource == {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": "small",
        "path": f"small.{ending}",
        "type": "table",
        "title": "Small",
        "description": "A small table.",
        "format": ending,
        "mediatype": media,
        **({"encoding": "utf-8"} if ending == "csv" else {}),
        "bytes": 3,
        "hash": "sha256:abc",
    }


@pytest.mark.parametrize("known_by", [None, "2022-06-30"])
def test_package_says_what_it_is_and_by_when_it_was_known(known_by: str | None) -> None:
    replay = rm.replay(MADE.scenario, known_by=known_by)
    found = descriptor(
        [SMALL],
        "parquet",
        {"small.parquet": Written.of(b"")},
        edition=edition_of([replay]),
        sources=(),
        description="Made up.",
        ours=False,
    )
    program = found["edition"]["program"]
    known = f" As known by {known_by}." if known_by else ""
    said = f"Made up.{known} Written by recognition_model {program}."
    assert found["description"] == said
    assert found["title"] == "Relations with the Taliban: stages, acts and evidence"
    assert found["keywords"] == ["recognition of governments", "diplomacy", "Afghanistan"]
    assert "sources" not in found


# --- read back by the libraries of other programs -------------------------------------------------


@pytest.mark.parametrize(("form", "ending"), [("stata", "dta"), ("spss", "sav")])
def test_file_of_a_statistics_program_has_the_rows_of_the_table(
    form: str, ending: str, tmp_path: Any
) -> None:
    pyreadstat = pytest.importorskip("pyreadstat", reason="the extra `labelled`")
    pytest.importorskip("polars", reason="the extra `labelled`")
    path = tmp_path / f"s.{ending}"
    path.write_bytes(export(form, [MADE], ending, only="spells"))
    read = getattr(pyreadstat, f"read_{ending}")
    found, _ = read(path, output_format="dict")
    assert [*found["country"]] == ["FJI", "FJI"]
    assert [*found["begins"]] == ["2021-08-15", "2022-03-01"]


def test_file_of_parquet_has_the_rows_of_the_table_and_says_its_edition() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    data = export("parquet", [MADE], "parquet", only="spells")
    made = table("spells", [MADE])
    names = [field.name for field in made.fields]
    rows = [dict(zip(names, row, strict=True)) for row in made.rows]
    assert pq.read_table(io.BytesIO(data)).to_pylist() == rows
    assert json.loads(metadata_in(data)["edition"])["own"] == ["FJI"]


def test_what_is_no_parquet_has_no_metadata() -> None:
    pytest.importorskip("pyarrow")
    assert metadata_in(b"PAR1, but no more") == {}
