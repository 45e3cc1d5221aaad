"""What is said of odd spaces, and of comments behind a text: the whole of it."""

from __future__ import annotations

import pytest
from support.slips import SCENARIO

import recognition_model as rm
from recognition_model.io.strict_yaml import parse


def only(text: str) -> rm.Finding:
    (found,) = parse(text, "FRA.yaml").findings
    return found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  - act", "  -\xa0act", "stands behind the dash in place of a space"),
        ("note: E", "note:\xa0E", "stands behind `note:` in place of a space"),
    ],
)
def test_odd_space_is_told_with_what_it_stands_behind(old: str, new: str, message: str) -> None:
    found = only(SCENARIO.replace(old, new))
    assert (found.code, found.message) == ("RM123", f"U+00A0 (no-break space) {message}")


@pytest.mark.parametrize("before", [" ", "  ", "\t"])
def test_comment_behind_a_text_is_told_without_the_spaces_around_it(before: str) -> None:
    found = only(f"note: Talks{before}#2 \t\n")
    assert found.code == "RM713"
    assert found.message == "the text ends before ` #2`, which YAML takes for a comment"
    assert (found.place.column, found.place.width) == (12 + len(before), 2)
