"""CSL-JSON and BibTeX say the same of a source, and classic styles of BibTeX can set it."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from pybtex.style.formatting.plain import Style as Plain
from pybtex.style.template import optional
from support.bibliographies import SOURCE, entry, read_back, whole

import recognition_model as rm
from recognition_model.core.dates import When
from recognition_model.core.evidence import Source, SourceType
from recognition_model.exports.bibliography import bibtex, csl
from recognition_model.testing import dates

PUBLISHED_IN = {"journal", "booktitle", "howpublished", "publisher", "institution", "organization"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


TEXTS = st.one_of(
    st.sampled_from(
        [
            "Foreign Affairs, Defence and Trade",
            "Doe and Roe",
            "A, B, and others",
            "{x} 5% & #_$~^\\",
        ]
    ),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
)
SOURCES = st.builds(
    lambda **given: evolve(SOURCE, **given),
    title=TEXTS,
    publisher=TEXTS,
    author=st.none() | TEXTS,
    type=st.sampled_from(SourceType),
    issued=dates(),
    public=dates(),
    seen=st.none() | dates(),
    note=st.none() | TEXTS,
)


def of_bibtex(found: Entry) -> dict[str, Any]:
    """Title, author, publisher, note and dates of an entry."""
    texts = {name: read_back(value) for name, value in found.fields.items()}
    (published,) = PUBLISHED_IN & set(found.fields)
    braced = published in {"booktitle", "publisher", "institution", "organization"}
    authors = [whole(str(person)) for person in found.persons.get("author", ())]
    return {
        "title": whole(found.fields["title"]),
        "author": authors,
        "publisher": whole(found.fields[published]) if braced else texts[published],
        "note": texts.get("note"),
        "issued": edtf(found.fields["date"]) if "date" in found.fields else texts["year"],
        "seen": edtf(found.fields["urldate"]) if "urldate" in found.fields else None,
    }


def edtf(text: str) -> tuple[list[int], bool]:
    """The numbers of a date, and whether it is marked as uncertain."""
    numbers = text.rstrip("~?")
    return [int(part) for part in numbers.split("-")], numbers != text


def of_csl(item: dict[str, Any]) -> dict[str, Any]:
    """The same of an item of CSL-JSON."""
    names = {item[name] for name in ("publisher", "container-title") if name in item}
    (published,) = names
    seen = item.get("accessed")
    return {
        "title": item["title"],
        "author": [author["literal"] for author in item.get("author", ())],
        "publisher": published,
        "note": item.get("note"),
        "issued": csl_date(item["issued"]),
        "seen": csl_date(seen) if seen and "literal" not in seen else None,
    }


def csl_date(when: dict[str, Any]) -> tuple[list[int], bool] | str:
    if "literal" in when:
        return str(when["literal"])
    (parts,) = when["date-parts"]
    return parts, when.get("circa", False)


@given(SOURCES)
def test_both_bibliographies_say_the_same_of_any_source(source: Source) -> None:
    (item,) = csl([source])
    assert of_bibtex(entry(source)) == of_csl(item)


@given(dates())
def test_the_date_given_covers_every_day_on_which_the_source_may_be_of(when: When) -> None:
    found = entry(evolve(SOURCE, issued=when)).fields
    if "date" not in found:
        assert when.text in found["note"] or all(
            end in found["note"] for end in when.text.split("..")
        )
        return
    unit = When.parse(found["date"].rstrip("~?"))
    if found["date"] == unit.text:
        assert (unit.earliest, unit.latest) == (when.earliest, when.latest)
    elif ".." in when.text:
        assert unit.earliest <= when.earliest
        assert when.latest <= unit.latest
    else:
        assert found["date"] == when.text


@given(dates())
def test_year_and_month_of_classic_styles_are_those_of_the_date(when: When) -> None:
    found = entry(evolve(SOURCE, issued=when)).fields
    if "date" in found:
        parts, _ = edtf(found["date"])
        assert int(found["year"]) == parts[0]
        assert found.get("month") == (MONTHS[parts[1] - 1] if len(parts) > 1 else None)


def test_each_month_has_its_english_name_for_classic_styles() -> None:
    written = [
        entry(evolve(SOURCE, issued=When.parse(f"2024-{number:02}"))).fields["month"]
        for number in range(1, 13)
    ]
    assert tuple(written) == MONTHS


class ClassicPlain(Plain):
    """pybtex's plain style with two habits of `plain.bst`: an unsigned article is set without
    its author, and a type that the style does not know is set as `misc`."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002
        return optional[super().format_names(role, as_sentence)]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("get_") and name.endswith("_template"):
            return self.get_misc_template
        raise AttributeError(name)


def test_plain_style_sets_every_shipped_source_with_title_and_year() -> None:
    sources = list(rm.read_sources().values())
    data = parse_string(bibtex(sources), "bibtex")
    made = {
        item.key: item.text.render_as("text") for item in ClassicPlain().format_bibliography(data)
    }
    assert set(made) == {source.id for source in sources}
    for key, text in made.items():
        assert data.entries[key].fields["year"] in text, text


def test_plain_style_names_the_newspaper_of_an_unsigned_article_and_its_date() -> None:
    data = parse_string(bibtex([evolve(SOURCE, title="Talks")]), "bibtex")
    (made,) = ClassicPlain().format_bibliography(data)
    assert made.text.render_as("text") == "Talks. The Example, May 2024."


@pytest.mark.parametrize("kind", [SourceType.ARTICLE_NEWSPAPER, SourceType.BOOK, SourceType.POST])
def test_plain_style_of_pybtex_sets_a_signed_source_unchanged(kind: SourceType) -> None:
    data = parse_string(bibtex([evolve(SOURCE, type=kind, author="Doe and Roe")]), "bibtex")
    (made,) = Plain().format_bibliography(data)
    assert made.text.render_as("text").startswith("Doe and Roe. An example.")
