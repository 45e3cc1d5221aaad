"""Near names, and letters that only look Latin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition_model.core.likeness import bare, look_alikes, near_names, plain_letters
from recognition_model.core.wording import near_words, shortened, shown

OWN = ["ex-1", "antara-2021-09-02"]
REGISTER = ["anews-2024-08-21", "tass-2022-01-31", "tass-2025-07-03", *OWN]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("minanews-2021-08-27", []),
        ("tass-2022-01-30", ["tass-2022-01-31"]),  # one letter changed
        ("tas-2022-01-31", ["tass-2022-01-31"]),  # missing
        ("tasss-2022-01-31", ["tass-2022-01-31"]),  # added
        ("tsas-2022-01-31", ["tass-2022-01-31"]),  # swapped
        ("2022-01-31-tass", ["tass-2022-01-31"]),  # in another order
        ("TASS_2022_01_31", ["tass-2022-01-31"]),
        ("tass-2022", ["tass-2022-01-31"]),  # its first words
        ("tass", ["tass-2022-01-31", "tass-2025-07-03"]),
        ("tassnews-2022-01-31", []),
        ("ex-12", ["ex-1"]),
        ("ex-123", []),  # two letters of a short name
        ("еx-1", ["ex-1"]),
        ("x" * 200_000, []),
    ],
)
def test_names_within_two_letters_are_near(name: str, near: list[str]) -> None:
    assert near_names(name, REGISTER) == near


def test_names_of_the_first_group_come_first() -> None:
    assert near_names("anews-2024-08-2", OWN, REGISTER) == ["anews-2024-08-21"]
    assert near_names("wire-2", ["wire-24"], ["wire-2a", "wire-3"]) == ["wire-24", "wire-2a"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_near_names_do_not_depend_on_the_order_of_letters_within_reach(one: str, two: str) -> None:
    one, two = bare(one), bare(two)
    if abs(len(one) - len(two)) > 2 and not two.startswith(f"{one}-"):
        assert near_names(one, [two]) == []
    assert near_names(one, [one]) == [one]


def test_look_alike_letters_are_named() -> None:
    assert look_alikes("ех-1") == (
        "the 'е' in it is CYRILLIC SMALL LETTER IE (U+0435), not 'e';"
        " the 'х' in it is CYRILLIC SMALL LETTER HA (U+0445), not 'x'"
    )
    assert look_alikes("ex–1") == "the '–' in it is EN DASH (U+2013), not '-'"
    assert look_alikes("ex-1") == look_alikes("Zürich") == ""
    assert plain_letters("ｅｘ－１") == "ex-1"
    assert plain_letters("Москва")[0] == "M"


def test_word_that_differs_in_case_or_joints_is_the_only_near_one() -> None:
    assert near_words("Accept Ambassador", ["accept_ambassador", "downgrade"]) == [
        "accept_ambassador"
    ]
    assert near_words("оther_state", ["other_state", "other_stated"]) == ["other_state"]


@given(st.text())
def test_a_text_is_shown_in_at_most_sixty_letters(text: str) -> None:
    assert len(shortened(text)) <= 60
    if "\n" not in text and len(text) <= 60:
        assert shortened(text) == text
        assert shown(text) == repr(text)


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert shown("x" * 200_000) == f"'{'x' * 59}…'"
    assert shown("one\n  two") == "'one two'"
