"""What the shipped record rests on: a sourced entry per file, good evidence per change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import recognition_model as rm
from recognition_model import ActStep, Bearing, Evidence, Scenario, Voice

FOLDER = rm.load_folder()
REPLAYS = [rm.replay(scenario) for scenario in FOLDER.all_scenarios]
SCENARIOS = {scenario.country: scenario for scenario in FOLDER.all_scenarios}
CHANGES = [
    pytest.param(scenario, step, id=f"{scenario.country} {step}")
    for scenario in FOLDER.all_scenarios
    for step in scenario.timeline
    if isinstance(step, ActStep) and not step.deprecated
]


def items_of(scenario: Scenario) -> Iterator[Evidence]:
    """Every item of evidence of a file: of its head and of its entries."""
    yield from scenario.evidence
    for step in scenario.timeline:
        yield from step.evidence


def grounds_a_file(evidence: tuple[Evidence, ...]) -> bool:
    """Whether the host says it, or two publishers independently do."""
    said = [item for item in evidence if item.bearing is Bearing.SUPPORTS]
    independent = {item.source.publisher for item in said if item.voice is not Voice.TALIBAN}
    return any(item.voice is Voice.HOST for item in said) or len(independent) >= 2


@pytest.mark.parametrize("country", SCENARIOS)
def test_file_has_an_entry_of_the_host_or_of_two_publishers(country: str) -> None:
    assert any(grounds_a_file(step.evidence) for step in SCENARIOS[country].timeline)


@pytest.mark.parametrize("country", SCENARIOS)
def test_file_is_not_documented_beyond_its_newest_source(country: str) -> None:
    scenario = SCENARIOS[country]
    newest = max(item.source.public.latest for item in items_of(scenario))
    assert scenario.documented_until <= newest


@pytest.mark.parametrize(("scenario", "step"), CHANGES)
def test_change_has_support_of_grades_a_to_c_and_1_to_3(scenario: Scenario, step: ActStep) -> None:
    assert any(item.bearing is Bearing.SUPPORTS and not item.weak for item in step.evidence)


def test_change_on_one_source_is_warned_of() -> None:
    warned = {
        (str(found.place.file), found.place.line)
        for found in rm.lint(FOLDER, REPLAYS)
        if found.code == "RM701"
    }
    alone = {
        (step.place.file, step.place.line)
        for scenario in FOLDER.all_scenarios
        for step in scenario.timeline
        if isinstance(step, ActStep)
        and not step.deprecated
        and len({item.source.id for item in step.evidence if item.bearing is Bearing.SUPPORTS}) == 1
    }
    assert alone == warned
