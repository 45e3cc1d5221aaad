"""A replay as plain data, as HTML and with its dates moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import pytest

import recognition_model as rm
from recognition_model.core.dates import Holds

ReplayOf = Callable[..., rm.Replay]
TALKS = """
    - act: engage
      date: 2003-02-05
      note: The first talks.
      evidence: [$host]
"""
OPEN = """
    - status: {below: engaged}
      date: 2003
      evidence: [$press]
    - act: engage
      date: 2002-06..2004-05
      evidence: [$host]
"""
TWICE = """
    - refuse: engage
      date: 2003-01-01
      because: not-attested
      evidence: [$host]
    - refuse: ban
      date: 2003-01-02
      because: not-attested
      evidence: [$host]
"""


def test_spells_and_changes_are_plain_data(replay_of: ReplayOf) -> None:
    replay = replay_of(TALKS, begins="2002-01-01", until="2003-12-31")
    data = replay.to_dict()
    begun = {"ban": "none", "days_silent": 0}
    assert data["spells"] == [
        begun
        | {"stage": "hostile", "from": "2002-01-01", "to": "2003-02-05", "origin": "assumed"}
        | {"days_evidenced": 0, "days_assumed": 400},
        begun
        | {"stage": "engaged", "from": "2003-02-05", "to": "2003-12-31", "origin": "evidenced"}
        | {"days_evidenced": 330, "days_assumed": 0},
    ]
    assert data["changes"] == [
        {
            "date": "2003-02-05",
            "dated_by": None,
            "act": "engage",
            "rule": "R02",
            "before": "hostile",
            "after": "engaged",
            "attestation": "official",
            "line": replay.changes[0].place.line,
            "evidence": ["yearbook-2026"],
            "note": "The first talks.",
            "contradiction": "",
        }
    ]


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2002, 7, 1), Holds.IN_NONE), (date(2004, 1, 1), Holds.IN_ALL)],
)
def test_dated_replay_asks_again_whether_a_status_holds(
    day: date, holds: Holds, replay_of: ReplayOf
) -> None:
    replay = replay_of(OPEN, begins="2002-01-01")
    assert [check.verdict.holds for check in replay.statuses] == [Holds.IN_SOME]
    dated = replay.dated([date(2002, 1, 1).toordinal(), day.toordinal()])
    assert [check.verdict.holds for check in dated.statuses] == [holds]
    assert [check.step.date.text for check in dated.statuses] == ["2003"]
    assert [change.date.text for change in dated.changes] == [day.isoformat()]


def test_refusal_that_a_rule_permits_says_by_which(replay_of: ReplayOf) -> None:
    replay = replay_of(TWICE, begins="2002-01-01")
    assert [str(one).rpartition(": ")[2] for one in replay.permitted] == [
        "R02 permits it",
        "R01 permits it",
    ]


def test_html_of_a_replay_lists_each_finding_once(replay_of: ReplayOf) -> None:
    replay = replay_of(TWICE, begins="2002-01-01")
    first, second = map(str, replay.findings)
    shown = replay._repr_html_()
    listed = f"<ul><li>{escape(first)}</li><li>{escape(second)}</li></ul>"
    assert shown == replay.history._repr_html_() + listed
    assert "<ul>" not in replay_of(TALKS)._repr_html_()
