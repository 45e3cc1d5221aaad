"""Slips in the layout of a file, and what mends them."""

from __future__ import annotations

import pytest

from recognition_model.io.strict_yaml import parse


@pytest.mark.usefixtures("loader")
def test_dash_is_missing_from_a_whole_entry_before_another() -> None:
    text = """\
timeline:
  act: engage
  date: 2021-11-18
  note: Talks.
  - status: {stage: engaged}
    date: 2022-01-05
"""
    (found,) = parse(text, "FRA.yaml").findings
    assert (found.place.line, found.place.column) == (2, 3)
    assert found.message == "`act:` begins an item of a list, and its dash is missing"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("indent", ["", "    ", "      "])
def test_dash_of_the_only_entry_is_told_to_go_left_of_the_key_below_it(indent: str) -> None:
    text = f"""\
format: recognition-scenario/1
country: FRA
timeline:
{indent}- act: engage
    date: 2021-11-18
    note: Talks.
"""
    (found,) = parse(text, "FRA.yaml").findings
    assert (found.place.line, found.place.column) == (4, len(indent) + 1)
    assert found.message == "the indent of `- act:` does not fit the lines around it"
    assert found.hint == (
        "indent `- act:` so that its dash is two columns left of `date:` below it"
    )
