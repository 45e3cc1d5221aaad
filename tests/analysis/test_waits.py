"""Waits for a stage: who is at risk, until when, on what basis, and how the wait ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import act, record

import recognition_model as rm
from recognition_model.analysis.survival import kaplan_meier
from recognition_model.analysis.wait_ends import Begins, Ended
from recognition_model.analysis.waits import Cohort, CountryWait, cohort, waits_from_stage
from recognition_model.core.basis import Basis
from recognition_model.testing import scenarios

AMBASSADOR = rm.Stage.AMBASSADOR_ACCEPTED
TAKEOVER = date(2021, 8, 15)


def waiting(*replays: rm.Replay, **options: bool) -> Cohort:
    return cohort(replays, AMBASSADOR, TAKEOVER, **options)


def wait_of(replay: rm.Replay) -> CountryWait:
    (one,) = waiting(replay).waits
    return one


# Days of engagement and of an ambassador, and the end of the record. Belgium's record ends on the
# day before two ambassadors, Switzerland's on the same day.
PATHS = {
    "AUT": (["2021-09-20", "2022-01-10"], "2025-06-30"),
    "BEL": (["2021-10-01"], "2022-01-09"),
    "CHE": (["2021-10-01"], "2022-01-10"),
    "DNK": (["2021-10-05", "2022-01-10"], "2025-06-30"),
    "ESP": ([], "2022-06-30"),
    "FIN": (["2022-02-01", "2023-03-01"], "2025-06-30"),
    "GRC": ([], "2023-03-01"),
    "HUN": (["2022-05-01"], "2023-02-28"),
    "ITA": (["2021-12-24", "2024-02-29"], "2024-03-31"),
    "JPN": (["2022-01-01"], "2024-02-28"),
    "KEN": ([], "2024-02-29"),
    "LUX": ([], "2025-01-01"),
}
# R 4.2.2 with survival 3.5-3, from `spells.csv` of `export("csv", ...)` of these twelve:
#
#   library(survival)
#   spells <- read.csv("spells.csv")
#   origin <- as.Date("2021-08-15")
#   high <- c("ambassador_accepted", "de_jure_recognition")
#   waits <- sapply(split(spells, spells$country), function(one) {
#     there <- one[one$stage %in% high, ]
#     if (nrow(there)) c(as.Date(there$from[1]) - origin, 1)
#     else c(as.Date(one$to[nrow(one)]) - origin, 0)
#   })
#   fit <- survfit(Surv(waits[1, ], waits[2, ]) ~ 1, conf.type = "log-log")
#   with(fit, cbind(time, n.risk, n.event, n.censor, 1 - surv, 1 - upper, 1 - lower))
SURVFIT = [
    (147, 12, 0, 1, 0.000000, None, None),
    (148, 11, 2, 1, 0.181818, 0.048838, 0.552571),
    (319, 8, 0, 1, 0.181818, 0.048838, 0.552571),
    (562, 7, 0, 1, 0.181818, 0.048838, 0.552571),
    (563, 6, 1, 1, 0.318182, 0.110599, 0.713921),
    (927, 4, 0, 1, 0.318182, 0.110599, 0.713921),
    (928, 3, 1, 1, 0.545455, 0.217743, 0.920460),
    (1235, 1, 0, 1, 0.545455, 0.217743, 0.920460),
]


def test_the_estimate_from_a_record_is_the_one_of_r_from_its_exported_spells() -> None:
    replays = [
        record(
            *(act(*one) for one in zip(("engage", "accept_ambassador"), days, strict=False)),
            country=country,
            until=until,
        )
        for country, (days, until) in PATHS.items()
    ]
    points = kaplan_meier(waiting(*replays).drawn)
    counts = [(p.days, p.at_risk, p.reached, p.censored) for p in points]
    assert counts == [row[:4] for row in SURVFIT]
    for point, (*_, share, low, high) in zip(points, SURVFIT, strict=True):
        assert float(1 - point.waiting) == pytest.approx(share, abs=1e-6)
        for mine, theirs in ((point.high, low), (point.low, high)):
            assert mine is theirs is None or 1 - mine == pytest.approx(theirs, abs=1e-6)


def test_country_is_at_risk_up_to_last_day_of_its_record() -> None:
    (one,) = waiting(record(until="2021-08-31")).waits
    assert (one.wait.days, one.ended) == (16, Ended.RECORD_ENDED)
    assert wait_of(record(until="2021-08-15")).wait.days == 0
    assert waiting(record(until="2021-08-14", begins="2021-01-01")).outside == (
        ("FJI", "not documented on that day"),
    )


def test_country_whose_record_ended_the_day_before_an_event_is_not_at_risk() -> None:
    came = record(act("engage", "2022-01-01"), act("accept_ambassador", "2022-03-02"))
    ended = record(until="2022-03-01", country="TON")
    last = kaplan_meier(waiting(came, ended).drawn)[-1]
    assert (last.days, last.at_risk, last.survival) == (199, 1, 0)


def test_country_whose_record_ends_on_the_day_of_an_event_is_at_risk() -> None:
    came = record(act("engage", "2022-01-01"), act("accept_ambassador", "2022-03-02"))
    ended = record(until="2022-03-02", country="TON")
    (only,) = kaplan_meier(waiting(came, ended).drawn)
    assert (only.days, only.at_risk, only.survival) == (199, 2, 0.5)


def test_act_dated_across_the_end_of_the_record_counts_up_to_that_end() -> None:
    # From 1 March to 31 March, in a record that ends on 11 March: 1 to 11 March, read on the 6th.
    one = wait_of(
        record(act("engage", "2022-01-01"), act("accept_ambassador", "2022-03"), until="2022-03-11")
    )
    assert one.ended is Ended.REACHED
    assert (one.left, one.wait.days, one.right, one.narrowed) == (198, 203, 208, True)


def test_act_dated_on_from_a_day_counts_up_to_the_end_of_the_record() -> None:
    one = wait_of(
        record(
            act("engage", "2022-01-01"),
            act("accept_ambassador", "2022-03-01.."),
            until="2022-03-11",
        )
    )
    assert (one.left, one.wait.days, one.right, one.narrowed) == (198, 203, 208, True)


def test_act_after_the_end_of_the_record_does_not_count() -> None:
    one = wait_of(
        record(
            act("engage", "2022-01-01"), act("accept_ambassador", "2022-03-12"), until="2022-03-11"
        )
    )
    assert (one.ended, one.wait.days, one.left, one.right) == (Ended.RECORD_ENDED, 208, 208, None)


def test_interval_gives_first_and_last_day_of_the_wait() -> None:
    one = wait_of(record(act("engage", "2022-01-01"), act("accept_ambassador", "2022-08")))
    assert (one.left, one.wait.days, one.right, one.narrowed) == (351, 366, 381, False)


def test_order_of_the_entries_narrows_the_days_of_a_wait() -> None:
    one = wait_of(record(act("engage", "2022-08-11"), act("accept_ambassador", "2022-08")))
    assert (one.left, one.wait.days, one.right) == (361, 371, 381)


def test_exact_day_is_both_ends_of_a_wait() -> None:
    one = wait_of(record(act("engage", "2022-01-01"), act("accept_ambassador", "2022-08-01")))
    assert (one.left, one.wait.days, one.right) == (351, 351, 351)


def test_time_reviewed_after_the_sources_end_is_no_time_at_risk() -> None:
    replay = record(until="2021-08-31")
    reviewed = evolve(replay.scenario, reviewed=date(2022, 8, 31))
    assert wait_of(rm.replay(reviewed)).wait.days == 16


def test_lapse_ends_a_wait_without_the_stage() -> None:
    origin = date(1998, 1, 1)
    replay = record(
        act("engage", "1999-01-01"),
        act("lapse", "2001-12-07"),
        act("engage", "2021-09-01"),
        act("accept_ambassador", "2022-01-01"),
        begins="1996-09-27",
    )
    (one,) = cohort([replay], AMBASSADOR, origin).waits
    # 1998, 1999, 2000 and 2001: 365 + 365 + 366 days to New Year 2001, then 340 to 7 December.
    assert (one.ended, one.wait.days, one.left, one.right) == (Ended.LAPSED, 1436, 1436, None)
    (point,) = kaplan_meier([one.wait])
    assert (point.censored, point.lapsed, point.survival) == (0, 1, 1)


def test_lapse_before_the_origin_ends_no_wait() -> None:
    replay = record(act("engage", "1999-01-01"), act("lapse", "2001-12-07"), begins="1996-09-27")
    assert wait_of(replay).ended is Ended.RECORD_ENDED


def test_lapse_after_the_stage_was_reached_changes_nothing() -> None:
    replay = record(
        act("engage", "1999-01-01"),
        act("accept_ambassador", "1999-01-11"),
        act("lapse", "2001-12-07"),
        begins="1996-09-27",
    )
    (one,) = cohort([replay], AMBASSADOR, date(1999, 1, 1)).waits
    assert (one.ended, one.wait.days) == (Ended.REACHED, 10)


# --- delayed entry ----------------------------------------------------------------------------


def test_country_whose_data_begin_later_is_at_risk_from_their_first_day() -> None:
    came = record(
        act("engage", "2022-01-16"), act("accept_ambassador", "2022-01-31"), begins="2022-01-01"
    )
    one = wait_of(came)
    assert (one.at_risk_from, one.wait.days, one.spell) == (139, 169, 1)
    assert not one.wait.at_risk(139)
    assert one.wait.at_risk(140)


def test_country_whose_data_begin_at_the_stage_later_is_left_out() -> None:
    there = record(stage=AMBASSADOR, begins="2022-01-01")
    assert waiting(there).outside == (("FJI", "already at the stage"),)


def test_country_whose_data_begin_and_end_on_one_later_day_is_left_out() -> None:
    brief = record(begins="2022-01-01", until="2022-01-01")
    assert waiting(brief).outside == (("FJI", "data begin later, on the day on which they end"),)


# --- competing ends ---------------------------------------------------------------------------


def test_ban_on_the_way_is_the_first_exit_and_does_not_end_the_wait() -> None:
    one = wait_of(
        record(
            act("engage", "2021-08-25"),
            act("ban", "2021-09-04..2021-09-08"),
            act("delist", "2021-10-14"),
            act("accept_ambassador", "2021-11-23"),
        )
    )
    assert (one.ended, one.left, one.right) == (Ended.REACHED, 100, 100)
    exits = one.exit
    assert (exits.how, exits.left, exits.days, exits.right) == (Ended.BANNED, 20, 22, 24)
    assert exits.number == 2


def test_break_off_is_an_exit_and_a_stage_reached_before_it_is_not() -> None:
    broken = record(act("engage", "2021-08-25"), act("break_off", "2021-09-04"))
    assert (wait_of(broken).exit.how, wait_of(broken).exit.days) == (Ended.BROKEN_OFF, 20)
    assert wait_of(broken).ended is Ended.RECORD_ENDED
    first = record(
        act("engage", "2021-08-25"),
        act("accept_ambassador", "2021-08-30"),
        act("break_off", "2021-09-04"),
    )
    assert wait_of(first).exit.how is Ended.REACHED


# --- from the beginning of a spell --------------------------------------------------------------


def from_engaged(replay: rm.Replay) -> list[CountryWait]:
    begins = Begins.of(replay.history)
    return list(waits_from_stage(replay, begins, AMBASSADOR, rm.Stage.ENGAGED))


def test_wait_from_a_stage_spans_the_uncertain_days_of_both_ends() -> None:
    # From 1 to 11 September until 1 to 31 August: between 11 September and 1 August 324 days, from
    # 1 September to 31 August 364; in the middle from 6 September to 16 August 344.
    (one,) = from_engaged(
        record(act("engage", "2021-09-01..2021-09-11"), act("accept_ambassador", "2022-08"))
    )
    assert (one.left, one.end.days, one.right) == (324, 344, 364)
    assert (one.origin_earliest, one.origin_latest) == (date(2021, 9, 1), date(2021, 9, 11))


def test_every_time_a_country_is_at_a_stage_begins_a_wait() -> None:
    found = from_engaged(
        record(
            act("engage", "1999-01-01"),
            act("lapse", "2001-12-07"),
            act("engage", "2021-09-01"),
            begins="1996-09-27",
            until="2021-09-11",
        )
    )
    ends = [(one.spell, one.ended, one.end.days) for one in found]
    # 1 January 1999 to 7 December 2001: 365 + 366 + 340 days.
    assert ends == [(2, Ended.LAPSED, 1071), (4, Ended.RECORD_ENDED, 10)]


def test_spell_without_a_first_day_begins_no_wait() -> None:
    assert from_engaged(record(stage=rm.Stage.ENGAGED, begins="..1998")) == []


# --- on what basis ---------------------------------------------------------------------------


ASSUMED = record(act("engage", "2022-01-01"), begins="1996-09-27", country="FJI")
SILENT = record(act("engage", "1999-01-01"), begins="1996-09-27", country="TON")
HEARD = record(act("engage", "2020-01-01"), begins="1996-09-27", country="WSM")


def test_wait_names_the_basis_of_the_answer_on_its_first_day() -> None:
    told = waiting(ASSUMED, SILENT, HEARD).waits
    assert {one.country: one.basis for one in told} == {
        "FJI": Basis.ASSUMED,
        "TON": Basis.SILENT,
        "WSM": Basis.EVIDENCED,
    }


def test_assumed_stages_are_left_out_on_request_and_silent_ones_stay() -> None:
    told = waiting(ASSUMED, SILENT, HEARD, without_assumed=True)
    assert [one.country for one in told.waits] == ["TON", "WSM"]
    assert told.outside == (("FJI", "the stage on that day is assumed"),)
    assert len(told.early) == len(told.late) == 2


def test_country_at_the_stage_already_is_left_out_for_that_reason() -> None:
    there = record(stage=AMBASSADOR)
    told = waiting(there, without_assumed=True)
    assert told.outside == (("FJI", "already at the stage"),)


# --- against the exported table of spells ----------------------------------------------------


def recomputed(
    spells: list[dict[str, Any]], stage: rm.Stage, origin: date
) -> list[tuple[int, str]]:
    """The wait as the rows of a table of spells with exact dates give it, if there is one.

    A country whose data begin after the origin is at risk from the end of their first day.
    """
    high = [str(one) for one in rm.Stage if one >= stage]
    until = spells[-1]["to_latest"]
    enters = max(origin, spells[0]["from_latest"])
    before = [spell for spell in spells if spell["from_latest"] <= enters]
    if until < origin or origin < enters == until or before[-1]["stage"] in high:
        return []
    for spell in spells[len(before) :]:
        if spell["act"] == "lapse":
            return [((spell["from_latest"] - origin).days, "lapsed")]
        if spell["stage"] in high:
            return [((spell["from_latest"] - origin).days, "reached")]
    return [((until - origin).days, "record_ended")]


@settings(max_examples=examples(100))
@given(
    scenarios(), st.sampled_from(rm.Stage), st.dates(date(1995, 1, 1), date(2006, 1, 1)), st.data()
)
def test_wait_is_the_one_that_the_rows_of_the_spells_give(
    scenario: rm.Scenario, stage: rm.Stage, origin: date, data: st.DataObject
) -> None:
    replay = rm.replay(scenario).read("earliest")
    spells = replay.history.rows()
    assume(all(spell["from_earliest"] == spell["from_latest"] for spell in spells))
    assume(spells[-1]["from_latest"] <= spells[-1]["to_latest"])
    days = [spell["from_latest"] for spell in spells]
    for day in (origin, data.draw(st.sampled_from(days)), spells[-1]["to_latest"]):
        told = cohort([replay], stage, day).waits
        found = [(one.wait.days, one.ended.value) for one in told]
        assert found == recomputed(spells, stage, day)
