"""Free texts that YAML reads as something else: the whole of what is said, and where."""

from __future__ import annotations

import pytest
from support.slips import SCENARIO

import recognition_model as rm
from recognition_model.io.strict_yaml import parse
from recognition_model.io.text_slips import quote_hint

NOTE, CLAIM = "note: Envoys hold talks.", "claim: Envoys meet."


def only(text: str) -> rm.Finding:
    (found,) = parse(text, "FRA.yaml").findings
    return found


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b", 'put the text in double quotes: "a: b"'),
        ("it's: b", 'put the text in double quotes: "it\'s: b"'),
        ('say "a"', "put the text in single quotes: 'say \"a\"'"),
        ('it\'s "a"', "put the text in single quotes, each ' in it doubled: 'it''s \"a\"'"),
        ("a\\b", "put the text in single quotes: 'a\\b'"),
    ],
)
def test_hint_names_the_quotes_and_says_which_are_doubled(text: str, hint: str) -> None:
    assert quote_hint(text) == hint


def test_alias_that_ends_an_item_is_shown_in_quotes_without_its_brace() -> None:
    found = only("- {source: a, claim: *talks}\n")
    assert (found.code, found.place.column) == ("RM115", 22)
    assert found.hint == 'put the text in double quotes: "*talks"'


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("rest", ["are\n          held.", "are held."])
def test_text_inside_braces_that_goes_on_below_is_mended_as_one(rest: str) -> None:
    text = SCENARIO.replace(f"{CLAIM}}}", f"claim: Kabul: talks\n          {rest}}}")
    assert text != SCENARIO
    found = only(text)
    assert (found.code, found.place.line, found.place.column) == ("RM110", 11, 90)
    assert found.hint == 'put the text in double quotes: "Kabul: talks are held."'


@pytest.mark.usefixtures("loader")
def test_text_that_begins_below_its_key_is_told_where_it_begins() -> None:
    found = only(SCENARIO.replace(NOTE, "note:\n      @mofa posted"))
    assert (found.place.line, found.place.column) == (10, 7)
    assert found.message == "the text of `note:` begins with @, which has a meaning in YAML"
    assert found.hint == 'put the text in double quotes: "@mofa posted"'
