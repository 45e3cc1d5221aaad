"""What the parts of a record must say together."""

from __future__ import annotations

import pytest
from support.fixtures import FindingsOf, Story


@pytest.mark.parametrize(
    ("act", "day", "message", "hint"),
    [
        (
            "engage",
            "in-force",
            "dated-by: in-force does not go with act engage",
            "write done or decided or announced or reported; without the key it is done",
        ),
        (
            "ban",
            "done",
            "dated-by: done does not go with act ban",
            "write in-force or decided or announced or reported; without the key it is in-force",
        ),
    ],
)
def test_day_that_an_act_does_not_have_is_told_with_those_it_has(
    act: str, day: str, message: str, hint: str, findings_of: FindingsOf, story: Story
) -> None:
    entry = f"- act: {act}\n  date: 2022-02-01\n  dated-by: {day}\n  evidence: [$host]\n"
    (found,) = findings_of(story(entry))
    assert (found.code, found.place.line, found.place.column) == ("RM410", 9, 15)
    assert (found.message, found.hint) == (message, hint)
