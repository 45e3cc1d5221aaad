"""`robustness --keep`: one choice is left as shipped, the others are gone over."""

from __future__ import annotations

import json

import pytest
from support.fixtures import Put, Run

from recognition_model.analysis.robustness.choices import Choice
from recognition_model.cli.robustness import KEPT

# A date with ~, one that is not of the day that counts, and a report that is not attested.
OPEN = """
- {act: engage, date: 2021-09~, evidence: [$host, $press]}
- {act: accept_ambassador, date: 2022-01-01, dated-by: decided, evidence: [$host]}
- {refuse: recognise, date: 2023-05-27, because: not-attested, evidence: [$press]}
"""


def open_choices(run: Run, *options: str) -> set[str]:
    """The choices that have more than one option."""
    asked = ("robustness", "stage FJI 2023-06-01", "--scenarios", "record", *options)
    data = json.loads(run(*asked, "--format", "json").out)
    return {one["choice"] for one in data["choices"] if len(one["options"]) > 1}


def test_every_choice_can_be_kept() -> None:
    assert sorted(KEPT) == sorted(choice.value for choice in Choice)


@pytest.mark.parametrize("kept", [choice.value for choice in Choice])
def test_choice_that_is_kept_has_its_shipped_option_alone(run: Run, put: Put, kept: str) -> None:
    put(OPEN)
    every = {choice.value for choice in Choice}
    assert open_choices(run) == every
    assert open_choices(run, "--keep", kept) == every - {kept}
