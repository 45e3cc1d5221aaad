"""Commands tell which day of an act its date is, if it is not the day that counts."""

from __future__ import annotations

import json

import pytest
from support.fixtures import Put, Run

BY_JUDGEMENT = """\
  - act: ban
    date: 2003-02-14
    dated-by: decided
    evidence: [$host]
"""


@pytest.mark.parametrize("command", ["show", "events", "why"])
def test_commands_tell_which_day_a_date_is(command: str, run: Run, put: Put) -> None:
    folder = put(BY_JUDGEMENT, country="RUS")
    on = ["--on", "2003-03-01"] if command == "why" else []
    asked = [command, "RUS", *on, "--scenarios", folder]
    found = json.loads(run(*asked, "--format", "json").out)
    entries = {
        "show": lambda: found["countries"][0]["entries"],
        "events": lambda: found["events"],
        "why": lambda: found["links"],
    }[command]()
    assert [entry["dated_by"] for entry in entries] == ["decided"]
    assert ",decided," in run(*asked, "--format", "csv").out
    if command != "events":
        assert "the day of the decision" in " ".join(run(*asked).out.split())
