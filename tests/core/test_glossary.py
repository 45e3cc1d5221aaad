"""The glossary: every word has a meaning, and is found however it is written."""

from __future__ import annotations

import pytest

from recognition_model.core.basis import Basis
from recognition_model.core.choice_files import Reports
from recognition_model.core.claims import ClaimKind
from recognition_model.core.evidence import SourceType
from recognition_model.core.glossary import (
    DIPLOMACY,
    MODEL,
    TERMS,
    WORDS_OF_FILES,
    core_meanings,
    fold,
    grade_meaning,
    joined,
)
from recognition_model.core.locators import Found
from recognition_model.core.rule_files import BanAfter, BaseTable
from recognition_model.core.scenario import Format, Rank


@pytest.mark.parametrize(
    "word", ["de_facto", "De Facto", "de-facto", " de  facto ", "--de-facto", "DÉ_FACTO"]
)
def test_a_word_is_folded_alike_however_it_is_written(word: str) -> None:
    assert fold(word) == "de facto"


def test_folding_drops_apostrophes_and_keeps_other_letters_apart() -> None:
    assert fold("chargé d’affaires") == fold("charge d'affaires") == "charge daffaires"
    assert fold("ban") != fold("bans")


@pytest.mark.parametrize(
    ("grade", "text"),
    [
        ("B2", "reliability B: usually reliable; credibility 2: probably true"),
        ("a1", "reliability A: completely reliable; credibility 1: confirmed"),
        ("F6", "reliability F: cannot be judged; credibility 6: cannot be judged"),
    ],
)
def test_a_grade_is_explained_by_its_letter_and_its_digit(grade: str, text: str) -> None:
    meaning = grade_meaning(grade)
    assert meaning is not None
    assert (meaning.word, meaning.text) == (grade.upper(), text)


@pytest.mark.parametrize("word", ["", "B", "2", "G1", "A0", "A7", "B22", "BB", "A²"])
def test_a_word_that_is_no_grade_has_no_grade_meaning(word: str) -> None:
    assert grade_meaning(word) is None


def test_every_member_of_an_enum_without_meanings_has_one_in_the_glossary() -> None:
    members = {*ClaimKind, *Found, *Rank, *SourceType, *Format, *BaseTable, *BanAfter, *Reports}
    assert set(WORDS_OF_FILES) == members


def test_every_meaning_is_text_of_one_line_that_ends_a_sentence() -> None:
    for meaning in core_meanings():
        assert meaning.text == " ".join(meaning.text.split())
        assert meaning.text.endswith("."), meaning
        assert meaning.word in meaning.label


def test_no_two_meanings_of_a_label_are_given() -> None:
    labels = [meaning.label for meaning in core_meanings()]
    assert sorted(set(labels)) == sorted(labels)


def test_meanings_with_one_text_are_joined_and_others_are_not() -> None:
    found = [("start", "date", "When."), ("act", "date", "When."), ("claim", "date", "Which day.")]
    labels = [meaning.label for meaning in joined(found, "key", "Keys")]
    assert labels == ["key date of start, act", "key date of claim"]


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("agrément", "art. 4"),
        ("credentials", "art. 13"),
        ("persona non grata", "art. 9"),
        ("diplomatic relations", "art. 2"),
        ("severance", "art. 45"),
        ("chargé d'affaires", "art. 14"),
    ],
)
def test_a_term_of_the_vienna_convention_names_its_article(word: str, article: str) -> None:
    assert f"{article})" in DIPLOMACY[word]


@pytest.mark.parametrize(
    ("word", "basis"),
    [
        ("certain", Basis.EVIDENCED),  # an entry near the day does not suffice in an assumed start
        ("days_evidenced", Basis.EVIDENCED),
        ("days_silent", Basis.SILENT),
        ("days_assumed", Basis.ASSUMED),
    ],
)
def test_a_word_about_the_basis_is_explained_by_its_name(word: str, basis: Basis) -> None:
    assert f"`{basis}`" in MODEL[word]


def test_words_of_prose_are_in_small_letters() -> None:
    words = [one.word for one in core_meanings() if one.group in TERMS]
    assert [word for word in words if word != word.lower()] == []


def test_terms_of_diplomacy_stand_in_the_order_of_the_alphabet() -> None:
    words = [fold(one.word) for one in core_meanings() if one.group == TERMS[0]]
    assert (words[0], words) == ("accreditation", sorted(words))
