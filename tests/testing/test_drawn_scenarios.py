"""What scenarios are drawn: every optional part, and only what a kind of record has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import asdict
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from recognition_model import (
    Act,
    ActStep,
    Ban,
    History,
    RefuseStep,
    Scenario,
    Stage,
    State,
    StatusStep,
    replay,
)
from recognition_model.core.countries import is_country
from recognition_model.core.dating import DAYS_OF_ACTS
from recognition_model.core.organisations import RecordKind
from recognition_model.testing import illegal_histories, legal_histories, scenarios

search = settings(max_examples=500, phases=[Phase.generate])
ENGAGED = State(Stage.ENGAGED, Ban.NONE)


def acts_of(scenario: Scenario) -> list[ActStep]:
    return [step for step in scenario.timeline if isinstance(step, ActStep)]


@pytest.mark.parametrize(
    "has",
    [
        pytest.param(lambda step: not step.date.exact, id="a vague date"),
        pytest.param(lambda step: step.dated_by is not None, id="what its day is of"),
        pytest.param(lambda step: step.dated_by is None, id="nothing of its day"),
        pytest.param(lambda step: step.note != "", id="a note"),
        pytest.param(lambda step: step.note == "", id="no note"),
    ],
)
def test_act_is_drawn_with_and_without_each_optional_part(has: Callable[[ActStep], bool]) -> None:
    def fits(scenario: Scenario) -> bool:
        return any(has(step) for step in acts_of(scenario) if not step.deprecated)

    assert fits(find(scenarios(start=ENGAGED, most=2), fits, settings=search))


@pytest.mark.parametrize(
    "has",
    [
        pytest.param(lambda s: s.review_every is not None, id="an interval of reviews"),
        pytest.param(lambda s: s.review_every is None, id="no interval of reviews"),
        pytest.param(lambda s: s.coder is not None, id="a coder"),
        pytest.param(lambda s: s.coder is None, id="no coder"),
        pytest.param(lambda s: any(e.contradiction for e in s.timeline), id="a contradiction"),
        pytest.param(
            lambda s: any(e.deprecated and e.dated_by for e in acts_of(s)),
            id="what the day of a deprecated act is of",
        ),
    ],
)
def test_scenario_is_drawn_with_and_without_each_optional_part(
    has: Callable[[Scenario], bool],
) -> None:
    assert has(find(scenarios(most=0), has, settings=search))


@pytest.mark.parametrize(
    "parts",
    [{"stage"}, {"ban"}, {"at_least", "ban"}, {"below"}],
    ids=lambda parts: str(sorted(parts)),
)
def test_status_of_every_form_is_drawn(parts: set[str]) -> None:
    def fits(scenario: Scenario) -> bool:
        told = [step.status for step in scenario.timeline if isinstance(step, StatusStep)]
        return any(parts == {k for k, v in asdict(one).items() if v is not None} for one in told)

    assert fits(find(scenarios(most=0), fits, settings=search))


@given(scenarios())
def test_day_of_an_act_is_of_something_that_the_act_has(scenario: Scenario) -> None:
    for step in acts_of(scenario):
        assert step.dated_by is None or step.dated_by in DAYS_OF_ACTS[step.act].permitted


@settings(max_examples=150)
@given(scenarios(most=0))
def test_scenario_without_acts_that_count_has_at_most_two_entries(scenario: Scenario) -> None:
    assert len(scenario.timeline) <= 2
    assert all(step.deprecated for step in acts_of(scenario))


def used(scenario: Scenario) -> set[Act]:
    """The acts of a scenario, the refused ones too."""
    refused = {step.refuse for step in scenario.timeline if isinstance(step, RefuseStep)}
    return refused | {step.act for step in acts_of(scenario)}


@given(scenarios(start=ENGAGED, most=1, kind=RecordKind.ORGANISATION))
def test_organisation_has_no_acts_and_no_stages_of_countries(scenario: Scenario) -> None:
    assert not is_country(scenario.country)
    assert used(scenario) <= {Act.BAN, Act.ENGAGE, Act.BREAK_OFF, Act.LAPSE}
    stages = {change.after.stage for change in replay(scenario).changes}
    assert stages <= {Stage.HOSTILE, Stage.BANNED, Stage.ENGAGED}


def test_country_has_acts_that_an_organisation_has_not() -> None:
    def recognises(scenario: Scenario) -> bool:
        return Act.RECOGNISE in used(scenario)

    assert is_country(find(scenarios(most=0), recognises, settings=search).country)


@given(legal_histories(most=2) | illegal_histories(most=2).map(lambda one: one.history))
def test_history_has_at_most_the_changes_asked_for(history: History) -> None:
    assert len(history.changes) <= 2
    assert is_country(history.country)


@given(st.data(), st.integers(0, 3))
def test_scenario_has_at_most_the_acts_asked_for(data: st.DataObject, most: int) -> None:
    scenario = data.draw(scenarios(most=most))
    assert len([step for step in acts_of(scenario) if not step.deprecated]) <= most
