"""Names of entries and sources that last."""

from __future__ import annotations

from attrs import evolve
from support.pictured import record

from recognition_model.core.anchors import entry_anchors, source_anchor
from recognition_model.core.dates import When
from recognition_model.core.scenario import (
    ActStep,
    Assertion,
    RefuseStep,
    Scenario,
    SignalStep,
    StatusStep,
)
from recognition_model.core.stages import Act, Ban, Reason


def _signals(*entries: tuple[str, str]) -> Scenario:
    steps = tuple(SignalStep(date=When.of(day), evidence=(), signal=word) for day, word in entries)
    return evolve(record().scenario, country="FJI", timeline=steps)


def test_an_entry_is_named_by_country_date_and_what_it_says() -> None:
    names = entry_anchors(_signals(("2024-05", "visit_made"), ("..2025-01-22", "statement")))
    assert names[1] == "FJI/2024-05/visit_made"
    assert names[2] == "FJI/..2025-01-22/statement"


def test_entries_of_every_kind_are_named_by_their_word() -> None:
    when = When.parse("2024-05")
    scenario = evolve(
        _signals(),
        timeline=(
            ActStep(act=Act.BREAK_OFF, date=when, evidence=()),
            RefuseStep(refuse=Act.BREAK_OFF, because=Reason.WRONG_STAGE, date=when, evidence=()),
            StatusStep(status=Assertion(ban=Ban.NONE), date=when, evidence=()),
        ),
    )
    assert [*entry_anchors(scenario).values()][1:] == [
        "FJI/2024-05/break_off",
        "FJI/2024-05/refuse-break_off",
        "FJI/2024-05/status",
    ]


def test_the_start_has_the_number_0() -> None:
    scenario = _signals()
    assert entry_anchors(scenario) == {0: f"FJI/{scenario.start.date}/start"}


def test_a_new_entry_changes_no_name_of_another() -> None:
    before = entry_anchors(_signals(("2024-05-01", "visit_made")))
    after = entry_anchors(_signals(("2023-01-01", "statement"), ("2024-05-01", "visit_made")))
    assert before[1] == after[2]


def test_a_second_entry_that_says_the_same_on_the_day_has_a_name_to_itself() -> None:
    names = entry_anchors(_signals(("2024-05-01", "visit_made"), ("2024-05-01", "visit_made")))
    assert names[2] == "FJI/2024-05-01/visit_made-2"


def test_entries_keep_their_number_where_only_some_are_there() -> None:
    names = entry_anchors(_signals(("2024-05-01", "visit_made")), (7,))
    assert set(names) == {0, 7}


def test_a_source_is_named_by_its_id() -> None:
    assert source_anchor("rg-2025-07-03") == "src-rg-2025-07-03"
