"""Which day of an act its date is: the word in a file, in every answer, and in the record."""

from __future__ import annotations

from support.fixtures import ReplayOf
from support.pictured import act, record

import recognition_model as rm
from recognition_model.core.dating import DAYS_OF_ACTS, DatedBy, dating_in_words
from recognition_model.core.stages import Act

COUNTS = {
    "ban": "in-force",
    "engage": "done",
    "delist": "in-force",
    "accept_ambassador": "done",
    "recognise": "announced",
    "withdraw_recognition": "announced",
    "downgrade": "done",
    "break_off": "done",
    "lapse": "done",
}
BY_JUDGEMENT = """\
  - act: ban
    date: 2003-02-14
    dated-by: decided
    evidence: [$host]
"""
# From the notes and sources of each file. The Emirates' day of 1997 has no source.
RECORDED = {
    ("CAN", "ban", "2013-05-09"): "in-force",
    ("KAZ", "ban", "2005-03-15"): "decided",
    ("KAZ", "delist", "2023-12-29..2024-01"): "in-force",
    ("KGZ", "ban", "2006-09-15"): "decided",
    ("KGZ", "delist", "2024-09-02..2024-09-06"): "announced",
    ("NZL", "ban", "2007-11-20"): "in-force",
    ("PAK", "recognise", "1997-05-25..1997-05-26"): "announced",
    ("RUS", "ban", "2003-02-14"): "decided",
    ("RUS", "delist", "2025-04-17"): "in-force",
    ("RUS", "recognise", "2025-07-03"): "announced",
    ("SAU", "recognise", "1997-05-26"): "reported",
    ("TJK", "ban", "2006-03-30"): "decided",
    ("ARE", "recognise", "1997-05-26..1997-05-31"): "done",
    ("USA", "ban", "2002-07-02"): "in-force",
}


def test_each_act_has_one_day_that_counts() -> None:
    assert {str(one): str(day.counts) for one, day in DAYS_OF_ACTS.items()} == COUNTS
    for day in DAYS_OF_ACTS.values():
        assert len(set(day.permitted)) == len(day.permitted)
        assert day.rule.endswith(".")


def test_nothing_is_said_of_a_date_that_is_the_day_that_counts() -> None:
    assert dating_in_words(Act.BAN, None) == dating_in_words(Act.BAN, DatedBy.IN_FORCE) == ""
    told = dating_in_words(Act.BAN, DatedBy.DECIDED)
    assert told == "the date is the day of the decision, not the day from which it was in force"


def test_change_has_the_word_of_its_entry(replay_of: ReplayOf) -> None:
    replay = replay_of(BY_JUDGEMENT)
    assert replay.changes[0].dated_by is DatedBy.DECIDED
    assert replay.to_dict()["changes"][0]["dated_by"] == "decided"
    assert record(act("engage", "2022-03")).to_dict()["changes"][0]["dated_by"] is None


def test_every_ban_delisting_and_recognition_of_the_record_says_which_day_its_date_is() -> None:
    found = {
        (scenario.country, str(step.act), step.date.text): step.dated_by and str(step.dated_by)
        for scenario in rm.load_folder().all_scenarios
        for step in scenario.timeline
        if isinstance(step, rm.ActStep) and not step.deprecated
        if step.act in (Act.BAN, Act.DELIST, Act.RECOGNISE)
    }
    assert found == RECORDED
