"""The proof of the shipped table, made once for all test files, and two codings compared."""

from collections.abc import Callable

import pytest
from support.codings import FIRST, SECOND
from support.fixtures import ScenarioFrom, Story

import recognition_model as rm
from recognition_model.analysis.proof import Proof, prove


@pytest.fixture(scope="session")
def proof() -> Proof:
    """The shipped table, proven over the shipped record, with the result of every mutant."""
    return prove()


@pytest.fixture
def compared(story: Story, scenario_from: ScenarioFrom) -> Callable[..., rm.Agreement]:
    """Compare two timelines of one country."""

    def told(a: str = FIRST, b: str = SECOND, **options: object) -> rm.Agreement:
        one, other = (rm.Folder(scenarios=(scenario_from(story(timeline)),)) for timeline in (a, b))
        return rm.agreement(one, other, **options)  # type: ignore[arg-type]

    return told
