"""Levels in panels of any record: always some level, and the lowest not above the highest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

import recognition_model as rm
from recognition_model.analysis.readings import NoConsistentReading
from recognition_model.exports import table
from recognition_model.testing import scenarios

REPRESENTATION = rm.load_scale("representation")


@given(
    scenario=scenarios(),
    unit=st.sampled_from(["day", "month", "year"]),
    dates=st.sampled_from(["all", "earliest", "latest"]),
)
@settings(max_examples=examples(60))
def test_row_of_a_generated_record_has_a_lowest_and_a_highest_level(
    scenario: rm.Scenario, unit: str, dates: str
) -> None:
    try:
        made = rm.panel([rm.replay(scenario)], unit, dates, scale=REPRESENTATION)  # type: ignore[arg-type]
    except rm.RecordError:
        return  # too long for a panel
    names = [field.name for field in made.fields]
    low, high, level = map(names.index, ("level_low_code", "level_high_code", "level_code"))
    for run in made.runs.make():
        row = run.first
        assert 0 <= row[low] <= row[high] < len(REPRESENTATION.levels)  # type: ignore[operator]
        assert row[level] in (None, row[low])


def test_draws_have_the_levels_that_each_drawn_record_has(shipped: tuple[rm.Replay, ...]) -> None:
    kaz = [replay for replay in shipped if replay.country == "KAZ"]
    try:
        made = table("country_year", kaz, draws=3, seed=1, scale=REPRESENTATION)
    except NoConsistentReading:
        pytest.fail("the shipped record has a reading")
    names = [field.name for field in made.fields]
    at = {name: names.index(name) for name in ("draw", "year", "level")}
    levels = {(row[at["draw"]], row[at["year"]]): row[at["level"]] for row in made.iter_rows()}
    assert {levels[draw, 2025] for draw in (1, 2, 3)} == {"charge"}
    assert {levels[draw, 2023] for draw in (1, 2, 3)} == {"mission"}
