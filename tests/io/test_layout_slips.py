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
