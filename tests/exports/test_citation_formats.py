"""A citation made by hand, as BibTeX, CSL-JSON and plain data."""

from __future__ import annotations

import json
from datetime import date

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS

import recognition_model as rm
from recognition_model.core.citing import CREATORS, LICENCE, TITLE
from recognition_model.exports.citation import Citation, as_csl_json

OURS = Citation(
    key="some-key",
    part="Fiji (FJI), entry 1: act engage 2022",
    medium="",
    creators=CREATORS,
    day=date(2025, 6, 30),
    version="Data release 1",
    note="Data to 2025-06-30",
    licensed=True,
)
OWN = evolve(OURS, creators=(), licensed=False, day=None, version="Own", note="Кабул")


def test_part_of_the_record_in_bibtex_has_author_day_version_and_licence() -> None:
    assert OURS.bibtex == (
        "@dataset{some-key,\n"
        "  author = {{recognition\\_model contributors}},\n"
        f"  title = {{{{Fiji (FJI), entry 1: act engage 2022. In: {TITLE}}}}},\n"
        "  date = {2025-06-30},\n"
        "  year = {2025},\n"
        "  type = {data set},\n"
        "  note = {Data release 1. Data to 2025-06-30},\n"
        "  addendum = {CC-BY-4.0},\n"
        "  license = {https://creativecommons.org/licenses/by/4.0/legalcode},\n"
        "}\n"
    )


def test_own_files_without_a_day_in_bibtex_have_a_key_to_sort_by() -> None:
    assert evolve(OWN, part="").bibtex == (
        "@dataset{some-key,\n"
        "  key = {recognition\\_model},\n"
        "  title = {{Own files for recognition\\_model}},\n"
        "  type = {data set},\n"
        "  note = {Own. Кабул},\n"
        "}\n"
    )


def test_part_of_the_record_in_csl_is_in_the_whole_and_has_its_day() -> None:
    assert OURS.csl == [
        {
            "id": "some-key",
            "type": "dataset",
            "title": "Fiji (FJI), entry 1: act engage 2022",
            "container-title": TITLE,
            "author": [{"literal": "recognition_model contributors"}],
            "issued": {"date-parts": [[2025, 6, 30]]},
            "version": "Data release 1",
            "note": "Data to 2025-06-30. CC-BY-4.0",
        }
    ]


def test_own_files_without_a_day_in_csl_have_only_what_is_known() -> None:
    assert evolve(OWN, part="").csl == [
        {
            "id": "some-key",
            "type": "dataset",
            "title": "Own files for recognition_model",
            "version": "Own",
            "note": "Кабул",
        }
    ]


@pytest.mark.parametrize(
    ("medium", "of_bibtex", "of_csl"),
    [
        ("figure", "misc", "figure"),
        ("report", "misc", "report"),
        ("data table", "dataset", "dataset"),
        ("data set", "dataset", "dataset"),
    ],
)
def test_type_of_a_file_is_one_that_styles_know(medium: str, of_bibtex: str, of_csl: str) -> None:
    made = evolve(OURS, medium=medium)
    assert made.bibtex.startswith(f"@{of_bibtex}{{some-key,\n")
    assert f"  type = {{{medium}}},\n" in made.bibtex
    assert made.csl[0]["type"] == of_csl
    assert f"” [{medium}]. In: " in made.text


def test_citation_as_plain_data_has_every_part() -> None:
    assert OURS.to_dict() == {
        "format": "recognition-citation/1",
        "text": OURS.text,
        "creators": ["recognition_model contributors"],
        "day": "2025-06-30",
        "part": "Fiji (FJI), entry 1: act engage 2022",
        "title": TITLE,
        "version": "Data release 1",
        "note": "Data to 2025-06-30",
        "licence": LICENCE.name,
        "sources": [],
    }
    whole = evolve(OWN, part="").to_dict()
    assert (whole["day"], whole["part"], whole["licence"]) == (None, None, None)


def test_file_of_csl_is_indented_and_has_letters_as_they_are() -> None:
    text = as_csl_json(OWN)
    assert json.loads(text) == OWN.csl
    assert text.startswith('[\n  {\n    "id": "some-key",\n')
    assert text.endswith('"note": "Кабул"\n  }\n]\n')


def test_source_behind_an_entry_is_cited_once_with_paragraphs_and_disputes() -> None:
    at = rm.Locator(paragraph=4, letters=120, digest="lt1:0123456789abcdef")
    items = (
        evolve(OFFICIAL, at=at),
        evolve(PRESS, at=evolve(at, paragraph=2)),
        evolve(PRESS, at=at, bearing=rm.Bearing.DISPUTES),
    )
    made = evolve(OURS, evidence=items)
    said = "Yearbook (1997-01-01). A made-up source. Paragraph #4, #2. Disputes the entry."
    assert made.source_texts == (said,)
    assert made.to_dict()["sources"] == [{"id": "yearbook", "text": said}]
    assert [item["id"] for item in made.csl] == ["some-key", "yearbook"]
    assert "}\n\n@report{yearbook,\n" in made.bibtex
    assert "Disputes" not in evolve(OURS, evidence=items[:2]).source_texts[0]
