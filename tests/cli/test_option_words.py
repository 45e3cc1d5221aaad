"""Options that take words, grades and scales: what a shell completes, and what a mistake says."""

from __future__ import annotations

import pytest
from click.shell_completion import BashComplete
from support.fixtures import Run

from recognition_model.cli.app import cli


def offered(args: list[str], begun: str) -> dict[str, str | None]:
    """What a shell completes, each with its meaning."""
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    return {item.value: item.help for item in complete.get_completions(args, begun)}


def test_grade_is_completed_with_its_meaning() -> None:
    assert offered(["sources", "--grade"], "c3") == {
        "C3": "reliability C: fairly reliable; credibility 3: possibly true"
    }


@pytest.mark.parametrize(
    ("begun", "names"),
    [("re", ["relations", "representation"]), ("listing", ["listing"]), ("x", [])],
)
def test_scale_that_ships_is_completed_by_its_beginning(begun: str, names: list[str]) -> None:
    assert [*offered(["status", "--scale"], begun)] == names


@pytest.mark.parametrize("command", ["events", "precedence"])
def test_unknown_family_is_told_as_no_family_of_signals(command: str, run: Run) -> None:
    ran = run(command, "--family", "visti")
    assert (ran.code, ran.out) == (2, "")
    assert "'visti' is no family of signals: did you mean visit" in ran.err


@pytest.mark.parametrize(
    ("level", "hint"),
    [
        ("Ambasador", "did you mean ambassador?"),
        ("zz", "one of none, contact, mission, charge, ambassador"),
    ],
)
def test_unknown_level_of_a_scale_gets_a_hint(level: str, hint: str, run: Run) -> None:
    asked = ("plot", "time-to-stage", "--scale", "representation", "-o", "never.svg")
    ran = run(*asked, "--level", level)
    assert (ran.code, ran.out) == (2, "")
    said = f"the scale representation has no level {level!r}: {hint}"
    assert said in " ".join(ran.err.split())
