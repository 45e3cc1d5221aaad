"""The page of `changes --against`: its headings and the heads of its tables."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.pictured import act, record

import recognition_model as rm
from recognition_model.analysis.edits import ClaimTurned, Edits
from recognition_model.cli.edits import edits_in_markdown, edits_page
from recognition_model.cli.plain import plain

CLAIMS = tuple(
    ClaimTurned(claim=f"claim {number}", before="in all", after="in none") for number in (1, 2)
)


def edited() -> Edits:
    """Fiji, whose dealings begin ten days later."""
    sides = (record(act("engage", day), country="FJI") for day in ("2022-05-01", "2022-05-11"))
    old, new = (rm.Folder(scenarios=(side.scenario,)) for side in sides)
    return rm.edits(old, new)


@pytest.mark.parametrize(
    ("count", "heading"),
    [
        (1, "1 claim about many countries turns"),
        (2, "2 claims about many countries turn"),
    ],
)
def test_claims_that_turn_are_counted_in_their_heading(count: int, heading: str) -> None:
    page = edits_page(evolve(Edits(), claims=CLAIMS[:count]), "before")
    lines = plain(page, 80).splitlines()
    assert lines[lines.index(heading) + 1] == "  claim 1: in none, was in all"


def test_comment_has_a_column_for_the_days_of_each_part() -> None:
    table = edits_in_markdown(edited(), "before").split("\n\n")[1].splitlines()
    assert table[0] == "| country | days | stage | ban | basis | differ |"
    # Ten days of the stage; and ten on which the record falls silent later, two years after.
    assert table[2] == "| **Fiji (FJI)** | 20 | 10 | 0 | 20 | 1 entry |"
