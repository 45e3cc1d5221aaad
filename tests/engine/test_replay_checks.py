"""What a replay checks and carries over, and what the hint of a refused act says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import evolve

import recognition_model as rm
from recognition_model import RULES, RuleTable
from recognition_model.core.dating import DatedBy

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


def test_finding_of_a_violation_has_the_remedy_of_its_invariant(replay_of: ReplayOf) -> None:
    (found,) = replay_of(SEEN_TOO_EARLY).findings
    assert found.hint == "Correct a date, or mark the evidence with `announcement: true`."


def test_one_entry_after_the_end_is_named_with_the_day_that_would_cover_it(
    replay_of: ReplayOf,
) -> None:
    (found,) = replay_of("- {signal: visit, date: 2026-02, evidence: [$host]}\n").findings
    assert found.message == "signal visit 2026-02 lies after documented-until 2026-01-15"
    assert found.hint == (
        "write `documented-until: 2026-02-01` or a later day, or correct this date"
    )


# --- what is carried over ----------------------------------------------------------------------


def test_history_keeps_what_the_head_of_the_file_says(replay_of: ReplayOf) -> None:
    scenario = evolve(replay_of("[]").scenario, reviewed=date(2026, 6, 30))
    history = rm.replay(scenario).history
    assert (history.reviewed, history.assumed) == (date(2026, 6, 30), True)
    assert (history.place.line, history.place.file) == (4, scenario.place.file)
    known = evolve(scenario, start=evolve(scenario.start, assumed=None))
    assert rm.replay(known).history.assumed is False


def test_change_keeps_which_day_of_the_act_its_date_is(replay_of: ReplayOf) -> None:
    told = "- {act: engage, date: 2022-03-31, dated-by: reported, evidence: [$press]}\n"
    (change,) = replay_of(told).changes
    assert change.dated_by is DatedBy.REPORTED


def test_replay_names_the_table_that_it_used(replay_of: ReplayOf) -> None:
    mine = RuleTable(RULES, title="Mine")
    assert rm.replay(replay_of("[]").scenario, rules=mine).rules is mine


# --- the hint of a refused act -----------------------------------------------------------------

HEARD = "- {act: accept_ambassador, date: 2024, evidence: [$press]}\n"
UNHEARD = (
    "it needs an official voice of the country; the best given is press, B3 (yearbook-2026);"
    " if it stays a claim: `refuse: accept_ambassador` with `because: not-attested`, or a `signal:`"
)


def test_hint_is_silent_on_the_nearest_record_if_it_only_drops_the_act(replay_of: ReplayOf) -> None:
    replay = replay_of(HEARD, stage="engaged")
    assert replay.findings[0].hint == UNHEARD
    assert str(replay.refusals[0].next_best) == (
        "nearest legal record: without the accept_ambassador 2024 (line 7)"
    )


def test_hint_names_the_nearest_record_if_it_drops_another_act_too(replay_of: ReplayOf) -> None:
    told = HEARD + "- {act: recognise, date: 2025, evidence: [$press]}\n"
    first, _ = replay_of(told, stage="engaged").findings
    assert first.hint == (
        f"{UNHEARD}; nearest legal record: without the accept_ambassador 2024 (line 7),"
        " and without the recognise 2025 (line 8)"
    )


def test_hint_of_an_official_act_does_not_advise_to_call_it_a_claim(replay_of: ReplayOf) -> None:
    told = "- {act: accept_ambassador, date: 2024, evidence: [$host]}\n"
    (found,) = replay_of(told, stage="engaged", ban="in_force").findings
    assert found.hint == (
        "the ban must be lifted first (R03);"
        " nearest legal record: with a documented delist (R03) between 2002-01-01 and 2024"
    )
