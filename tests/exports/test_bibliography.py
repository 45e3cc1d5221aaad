"""Bibliographies: BibTeX read back by a parser, and items of CSL-JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import parse_string
from support.bibliographies import SOURCE, entry, fields, read_back, whole

import recognition_model as rm
from recognition_model.core.dates import When
from recognition_model.core.evidence import Source, SourceType
from recognition_model.core.types import LanguageTag, WebAddress
from recognition_model.exports.bibliography import bibtex, csl, csl_json


@pytest.fixture(scope="module")
def shipped() -> list[Source]:
    return list(rm.read_sources().values())


def test_every_shipped_source_is_read_back_by_a_reader_of_bibtex(shipped: list[Source]) -> None:
    entries = parse_string(bibtex(shipped), "bibtex").entries
    assert list(entries) == [source.id for source in shipped]
    for source in shipped:
        assert whole(entries[source.id].fields["title"]) == source.title


@example("{a} \\b 50% & #1 $2 x_y ^ ~")
@example("}a{ and {b")
@example("\\textbackslash{}")
@example("Zürich, Кабул, کابل")
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_bibtex_title_survives_round_trip(title: str) -> None:
    assert whole(fields(evolve(SOURCE, title=title))["title"]) == title


def test_characters_that_tex_would_join_are_kept_apart() -> None:
    title = "5 -- 6 --- 7: 'a'' ``b'' <<c>> ?`d, \"e\""
    written = fields(evolve(SOURCE, title=title))["title"]
    assert written == ("{5 -{}- 6 -{}-{}- 7: 'a'{}' `{}`b'{}' <{}<c>{}> ?{}`d, \"{}e\"{}}")


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
        "  journal = {The Example},\n"
        "  entrysubtype = {newspaper},\n"
        "  date = {2024-05-27},\n"
        "  year = {2024},\n"
        "  month = {May},\n"
        "  urldate = {2024-06-01},\n"
        "  langid = {english},\n"
        "  url = {https://example.org/a_b?c=%20%7Bd%7D},\n"
        "  eprint = {https://archive.example/1},\n"
        "  eprinttype = {archive},\n"
        "  note = {50\\% of it},\n"
        "}\n"
    )


def test_only_an_entry_without_author_has_a_key_to_sort_and_label_it() -> None:
    assert fields(SOURCE)["key"] == "The Example 2024"
    assert "key" not in fields(evolve(SOURCE, author="The Desk"))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (SourceType.BOOK, "publisher"),
        (SourceType.REPORT, "institution"),
        (SourceType.WEBPAGE, "organization"),
        (SourceType.ENTRY_ENCYCLOPEDIA, "booktitle"),
    ],
)
def test_a_publisher_with_and_in_its_name_stays_one_name_with_its_capitals(
    kind: SourceType, field: str
) -> None:
    name = "Foreign Affairs, Defence and Trade"
    assert whole(fields(evolve(SOURCE, type=kind, publisher=name))[field]) == name


@pytest.mark.parametrize("name", ["Julian West and Christina Lamb", "Doe, Roe and Sons, Ltd"])
def test_an_author_is_one_name(name: str) -> None:
    (person,) = entry(evolve(SOURCE, author=name)).persons["author"]
    assert whole(str(person)) == name


def test_no_two_source_types_become_the_same_entry_type_and_subtype() -> None:
    def written(kind: SourceType) -> tuple[str, str]:
        found = entry(evolve(SOURCE, type=kind))
        return found.type, found.fields.get("entrysubtype", "")

    assert len({written(kind) for kind in SourceType}) == len(SourceType)
    assert written(SourceType.ARTICLE_NEWSPAPER) == ("article", "newspaper")
    assert written(SourceType.ARTICLE_MAGAZINE) == ("article", "magazine")
    assert written(SourceType.ARTICLE_JOURNAL) == ("article", "")


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


# Of the types and fields in the manual of biblatex, those that fit the sources of a record.
BIBLATEX_TYPES = {
    *("article", "book", "inreference", "jurisdiction", "legal", "legislation", "misc", "online"),
    "report",
}
BIBLATEX_FIELDS = {
    *("author", "booktitle", "date", "entrysubtype", "eprint", "eprinttype", "howpublished"),
    *("institution", "journal", "key", "langid", "month", "note", "organization", "publisher"),
    *("sortyear", "title", "type", "url", "urldate", "year"),
}


@pytest.mark.parametrize("kind", SourceType)
def test_every_type_of_source_has_a_type_and_fields_that_biblatex_knows(kind: SourceType) -> None:
    found = entry(evolve(SOURCE, type=kind))
    assert found.type in BIBLATEX_TYPES
    assert set(found.fields) <= BIBLATEX_FIELDS


def test_language_has_the_name_that_babel_gives_it_or_none() -> None:
    # As the manual of babel writes them.
    babel = {
        *("arabic", "czech", "dutch", "english", "filipino", "french", "german", "hungarian"),
        *("italian", "japanese", "kazakh", "kyrgyz", "norwegian", "pashto", "persian", "polish"),
        *("portuguese", "russian", "serbian", "slovak", "spanish", "tajik", "telugu", "turkish"),
        *("ukrainian", "urdu", "uzbek"),
    }
    letters = "abcdefghijklmnopqrstuvwxyz"
    codes = [LanguageTag(f"{one}{other}") for one in letters for other in letters]
    named = {code: fields(evolve(SOURCE, language=code)).get("langid") for code in codes}
    assert set(named.values()) - {None} == babel
    some = [named[code] for code in map(LanguageTag, ("de", "fa", "fr", "tl"))]
    assert some == ["german", "persian", "french", "filipino"]


def test_marks_without_a_glyph_are_left_out_of_both_bibliographies() -> None:
    source = evolve(
        SOURCE,
        title="\u200fنام\u200e or Na\u00adme",
        publisher="The Ex\u00adample",
        author="A\u200b. Writer",
        note="Copied\u200e.",
    )
    (item,) = json.loads(csl_json([source]))
    assert (item["title"], item["container-title"]) == ("نام or Name", "The Example")
    assert item["author"] == [{"literal": "A. Writer"}]
    assert "U+" not in bibtex([source]) + csl_json([source])
    assert read_back(fields(source)["title"]) == "{نام or Name}"


def test_control_characters_cannot_add_or_hide_a_field() -> None:
    source = evolve(SOURCE, title="One\n},\n  note = {two\u202e")
    assert fields(source).get("note") is None
    assert read_back(fields(source)["title"]) == "{One }, note = {two<U+202E>}"


@pytest.mark.parametrize(
    ("written", "date", "year", "month", "dated"),
    [
        ("2024-05-27", "2024-05-27", "2024", "May", {"date-parts": [[2024, 5, 27]]}),
        ("2024-12", "2024-12", "2024", "December", {"date-parts": [[2024, 12]]}),
        ("2024", "2024", "2024", None, {"date-parts": [[2024]]}),
        ("2024-05~", "2024-05~", "2024", "May", {"date-parts": [[2024, 5]], "circa": True}),
        ("2014?", "2014?", "2014", None, {"date-parts": [[2014]], "circa": True}),
        (
            "2024-05-28..2024-05-29",
            "2024-05~",
            "2024",
            "May",
            {"date-parts": [[2024, 5]], "circa": True},
        ),
        ("2024-05-28..2024-06", "2024~", "2024", None, {"date-parts": [[2024]], "circa": True}),
        ("2024-05-01..2024-05-31", "2024-05", "2024", "May", {"date-parts": [[2024, 5]]}),
        (
            "1998-09..1999-07",
            None,
            "between 1998-09 and 1999-07",
            None,
            {"literal": "between 1998-09 and 1999-07"},
        ),
        ("2024..", None, "2024 or later", None, {"literal": "2024 or later"}),
        ("..2024-05", None, "by 2024-05", None, {"literal": "by 2024-05"}),
    ],
)
def test_a_date_known_within_a_range_never_reads_as_lasting(
    written: str, date: str | None, year: str, month: str | None, dated: dict[str, Any]
) -> None:
    source = evolve(SOURCE, issued=When.parse(written))
    found = fields(source)
    assert (found.get("date"), found["year"], found.get("month")) == (date, year, month)
    assert csl([source])[0]["issued"] == dated


@pytest.mark.parametrize(
    ("written", "note", "sortyear"),
    [
        ("2024-05-27", None, None),
        ("2024-05", None, None),
        ("2024-05~", "Date: about 2024-05.", None),
        ("2014?", "Date: perhaps 2014.", None),
        ("2024-05-28..2024-06", "Date: between 2024-05-28 and 2024-06.", None),
        ("1998-09..1999-07", "Date: between 1998-09 and 1999-07.", "1998"),
        ("2024..", "Date: 2024 or later.", "2024"),
        ("..2024-05", "Date: by 2024-05.", "2024"),
    ],
)
def test_a_note_gives_the_bounds_that_a_date_cannot_say(
    written: str, note: str | None, sortyear: str | None
) -> None:
    source = evolve(SOURCE, issued=When.parse(written))
    found = fields(source)
    assert (found.get("note"), found.get("sortyear")) == (note, sortyear)
    assert csl([source])[0].get("note") == note


def test_a_note_of_the_register_comes_first_and_ends_with_a_full_stop() -> None:
    source = evolve(
        SOURCE,
        note="A copy",
        public=When.parse("2024-06..2024-07"),
        seen=When.parse("2024-08~"),
    )
    note = "A copy. First public: between 2024-06 and 2024-07. Last read: about 2024-08."
    assert csl([source])[0]["note"] == fields(source)["note"] == note
    assert fields(source)["urldate"] == "2024-08~"


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
            "container-title": "The Example",
            "author": [{"literal": "The Desk"}],
            "issued": {"date-parts": [[2024, 5, 27]]},
            "available-date": {"date-parts": [[2024, 5, 28]]},
            "accessed": {"date-parts": [[2024, 6, 1]]},
            "language": "en",
            "URL": "https://example.org/1",
            "archive": "archive.example",
            "archive_location": "https://archive.example/1",
            "note": "A note. First public: 2024-05-28.",
        }
    ]


@pytest.mark.parametrize("kind", SourceType)
def test_csl_names_the_publisher_once(kind: SourceType) -> None:
    (item,) = csl([evolve(SOURCE, type=kind)])
    assert list(item.values()).count("The Example") == 1
    contained = kind.value.startswith(("article", "entry")) or kind is SourceType.POST_WEBLOG
    assert ("container-title" in item) is contained


def test_every_shipped_item_has_the_keys_and_kinds_that_csl_has(shipped: list[Source]) -> None:
    dates = {"issued", "available-date", "accessed"}
    texts = {
        *("id", "type", "title", "publisher", "container-title", "language", "URL"),
        *("archive", "archive_location", "note"),
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
            assert len(parts) <= 1
