"""The option and the setting of the pytest plugin."""

from __future__ import annotations

from support.pytest_runs import Pytest


def test_help_tells_the_option_and_the_setting(run: Pytest) -> None:
    text = " ".join(run("--help").stdout.split())
    meaning = "check scenario files by this rule table: strict, trusting, no-lapse, or a rules file"
    assert f" recognition_model: --recognition-rules=NAME_OR_FILE {meaning} " in text
    assert f" recognition_rules (string): {meaning} " in text
