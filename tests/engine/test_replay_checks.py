"""What a replay checks: the whole record, the record as known by a day, and what a table leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import evolve

import recognition_model as rm
from recognition_model import RULES, RuleTable

ReplayOf = Callable[..., rm.Replay]

# The wire is of 2022: it cannot have seen what happened in 2023.
SEEN_TOO_EARLY = """
- act: engage
  date: 2023-03-03
  evidence: [{source: wire-2022, voice: host, credibility: 3, claim: Talks.}]
"""


def violated(replay: rm.Replay) -> list[str]:
    return [one.invariant.code for one in replay.violations]


def test_whole_record_is_checked_even_if_it_documents_no_day(replay_of: ReplayOf) -> None:
    scenario = replay_of("[]", begins="2022").scenario
    reversed_ = evolve(scenario, documented_until=date(2021, 12, 31))
    replay = rm.replay(reversed_)
    assert not replay.history.documented
    assert violated(replay) == ["RM608"]


def test_record_known_by_a_day_is_checked_once_that_day_is_documented(replay_of: ReplayOf) -> None:
    assert violated(replay_of(SEEN_TOO_EARLY, known_by="2024-01-01")) == ["RM605"]


def test_record_known_by_a_day_before_it_begins_is_not_checked(replay_of: ReplayOf) -> None:
    early = replay_of(SEEN_TOO_EARLY, known_by="1996-09-26")
    assert not early.history.documented
    assert violated(early) == []


def test_invariant_that_the_table_switches_off_is_not_checked(replay_of: ReplayOf) -> None:
    scenario = replay_of(SEEN_TOO_EARLY).scenario
    assert violated(rm.replay(scenario)) == ["RM605"]
    without = RuleTable(RULES, off=["RM605"])
    assert violated(rm.replay(scenario, rules=without)) == []
    other = RuleTable(RULES, off=["RM617"])
    assert violated(rm.replay(scenario, rules=other)) == ["RM605"]
