"""Bibliographies: BibTeX read back by a parser, and items of CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import parse_string

import recognition_model as rm
from recognition_model.core.dates import When
from recognition_model.core.evidence import Reliability, Source, SourceType
from recognition_model.core.types import LanguageTag, SourceName, WebAddress
from recognition_model.exports.bibliography import bibtex, csl, csl_json

SOURCE = Source(
    id=SourceName("example-2024"),
    type=SourceType.ARTICLE_NEWSPAPER,
    publisher="The Example",
    title="An example",
    issued=When.parse("2024-05-27"),
    language=LanguageTag("en"),
    reliability=Reliability.USUALLY_RELIABLE,
)
# The inverse of what BibTeX is given, written apart from it.
UNLATEX = {
    r"\textbackslash{}": "\\",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{rf"\{char}": char for char in "%&#$_"},
}
_COMMAND = re.compile("|".join(map(re.escape, UNLATEX)))


def read_back(text: str) -> str:
    """What LaTeX would print for an escaped text."""
    return _COMMAND.sub(lambda found: UNLATEX[found[0]], text)


def fields(source: Source) -> dict[str, str]:
    """The fields of a source's entry, as pybtex reads them."""
    ((key, entry),) = parse_string(bibtex([source]), "bibtex").entries.items()
    assert key == source.id
    people = {role: " and ".join(map(str, who)) for role, who in entry.persons.items()}
    return {**{name.lower(): value for name, value in entry.fields.items()}, **people}


@pytest.fixture(scope="module")
def shipped() -> list[Source]:
    return list(rm.read_sources().values())


def test_every_shipped_source_is_read_back_by_a_reader_of_bibtex(shipped: list[Source]) -> None:
    entries = parse_string(bibtex(shipped), "bibtex").entries
    assert list(entries) == [source.id for source in shipped]
    for source in shipped:
        told = entries[source.id].fields["title"]
        assert read_back(told.removeprefix("{").removesuffix("}")) == source.title


@example("{a} \\b 50% & #1 $2 x_y ^ ~")
@example("\\textbackslash{}")
@example("Zürich, Кабул, کابل")
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_bibtex_title_survives_round_trip(title: str) -> None:
    told = fields(evolve(SOURCE, title=title))["title"]
    assert read_back(told.removeprefix("{").removesuffix("}")) == title


def test_an_entry_has_its_type_its_dates_and_its_address() -> None:
    source = evolve(
        SOURCE,
        author="The Desk & Co",
        url=WebAddress("https://example.org/a_b?c=%20{d}"),
        archive=WebAddress("https://archive.example/1"),
        seen=When.parse("2024-06-01"),
        note="50% of it",
    )
    assert bibtex([source]) == (
        "@article{example-2024,\n"
        "  author = {{The Desk \\& Co}},\n"
        "  title = {{An example}},\n"
        "  journaltitle = {The Example},\n"
        "  date = {2024-05-27},\n"
        "  urldate = {2024-06-01},\n"
        "  langid = {english},\n"
        "  url = {https://example.org/a_b?c=%20%7Bd%7D},\n"
        "  eprint = {https://archive.example/1},\n"
        "  eprinttype = {archive},\n"
        "  note = {50\\% of it},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        (SourceType.LEGAL_CASE, "@jurisdiction{"),
        (SourceType.TREATY, "@legal{"),
        (SourceType.WEBPAGE, "@online{"),
        (SourceType.REPORT, "@report{"),
        (SourceType.BOOK, "@book{"),
        (SourceType.SPEECH, "@misc{"),
    ],
)
def test_a_type_of_the_register_becomes_the_nearest_of_biblatex(
    kind: SourceType, entry: str
) -> None:
    assert bibtex([evolve(SOURCE, type=kind)]).startswith(entry)


def test_marks_without_a_glyph_are_left_out_of_both_bibliographies() -> None:
    source = evolve(
        SOURCE,
        title="\u200fنام\u200e or Na\u00adme",
        publisher="The Ex\u00adample",
        author="A\u200b. Writer",
        note="Copied\u200e.",
    )
    (item,) = json.loads(csl_json([source]))
    assert (item["title"], item["publisher"]) == ("نام or Name", "The Example")
    assert item["author"] == [{"literal": "A. Writer"}]
    assert "U+" not in bibtex([source]) + csl_json([source])
    assert read_back(fields(source)["title"]) == "{نام or Name}"


def test_control_characters_cannot_add_or_hide_a_field() -> None:
    source = evolve(SOURCE, title="One\n},\n  note = {two\u202e")
    assert fields(source).get("note") is None
    assert read_back(fields(source)["title"]) == "{One }, note = {two<U+202E>}"


@pytest.mark.parametrize(
    ("written", "edtf", "dated"),
    [
        ("2024-05-27", "2024-05-27", {"date-parts": [[2024, 5, 27]]}),
        ("2024-05", "2024-05", {"date-parts": [[2024, 5]]}),
        ("2024", "2024", {"date-parts": [[2024]]}),
        ("2024-05~", "2024-05~", {"date-parts": [[2024, 5]], "circa": True}),
        ("2014?", "2014?", {"date-parts": [[2014]], "circa": True}),
        (
            "2024-05-28..2024-06",
            "2024-05-28/2024-06",
            {"date-parts": [[2024, 5, 28], [2024, 6]], "circa": True},
        ),
        ("2024..", "2024/", {"literal": "2024.."}),
        ("..2024-05", "/2024-05", {"literal": "..2024-05"}),
    ],
)
def test_a_date_keeps_its_precision_in_both(written: str, edtf: str, dated: dict[str, Any]) -> None:
    source = evolve(SOURCE, issued=When.parse(written))
    assert fields(source)["date"] == edtf
    assert csl([source])[0]["issued"] == dated


def test_csl_item_has_all_fields_of_the_register() -> None:
    source = evolve(
        SOURCE,
        author="The Desk",
        url=WebAddress("https://example.org/1"),
        archive=WebAddress("https://archive.example/1"),
        public=When.parse("2024-05-28"),
        seen=When.parse("2024-06-01"),
        note="A note.",
    )
    assert csl([source]) == [
        {
            "id": "example-2024",
            "type": "article-newspaper",
            "title": "An example",
            "publisher": "The Example",
            "container-title": "The Example",
            "author": [{"literal": "The Desk"}],
            "issued": {"date-parts": [[2024, 5, 27]]},
            "available-date": {"date-parts": [[2024, 5, 28]]},
            "accessed": {"date-parts": [[2024, 6, 1]]},
            "language": "en",
            "URL": "https://example.org/1",
            "archive_location": "https://archive.example/1",
            "note": "A note.",
        }
    ]


def test_every_shipped_item_has_the_keys_and_kinds_that_csl_has(shipped: list[Source]) -> None:
    dates = {"issued", "available-date", "accessed"}
    texts = {
        *("id", "type", "title", "publisher", "container-title", "language", "URL"),
        *("archive_location", "note"),
    }
    items = json.loads(csl_json(shipped))
    assert [item["id"] for item in items] == [source.id for source in shipped]
    for item in items:
        assert set(item) <= dates | texts | {"author"}
        assert all(isinstance(item[key], str) for key in texts & set(item))
        for key in dates & set(item):
            parts = item[key].get("date-parts", [])
            assert parts or item[key]["literal"]
            assert all(1 <= len(part) <= 3 for part in parts)
            assert len(parts) <= 2
