"""The table of waits: its rows, its bounds, and that the picture is computed from the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from support.pictured import act, record

import recognition_model as rm
from recognition_model.analysis.survival import Wait, kaplan_meier
from recognition_model.analysis.wait_ends import EXITS as ENDING
from recognition_model.core.stages import Act
from recognition_model.exports import Table, table
from recognition_model.exports.wait_table import EXITS, TARGETS
from recognition_model.plots import picture

Rows = list[dict[str, Any]]


def rows_of(made: Table) -> Rows:
    names = [column.name for column in made.fields]
    return [dict(zip(names, row, strict=True)) for row in made.rows]


@pytest.fixture(scope="module")
def shipped() -> list[rm.Replay]:
    return [rm.replay(scenario) for scenario in rm.load_folder().scenarios]


KAZAKH = (
    act("engage", "2021-08-25"),
    act("ban", "2021-09-04..2021-09-08"),
    act("delist", "2021-10-14"),
    act("accept_ambassador", "2021-11"),
)


def test_row_says_when_and_how_a_wait_ended_and_how_things_stood_at_its_origin() -> None:
    (row,) = rows_of(rm.waits([record(*KAZAKH)], stage="ambassador_accepted", origin="2021-09-14"))
    # From 14 September: 14 October is day 30; November is day 48 to day 77.
    assert row == {
        "target": "ambassador_accepted",
        "clock": "day",
        "country": "FJI",
        "spell": 3,
        "origin": "2021-09-14",
        "origin_earliest": date(2021, 9, 14),
        "origin_latest": date(2021, 9, 14),
        "at_risk_from": 0,
        "stage": "banned",
        "ban": "in_force",
        "begun_by": "ban",
        "basis": "evidenced",
        "last_entry": date(2021, 9, 8),
        "days_since": 6,
        "left": 48,
        "right": 77,
        "days": 62,
        "event": 1,
        "ended": "reached",
        "reached": "ambassador_accepted",
        "ended_on": "2021-11",
        "ended_on_earliest": date(2021, 11, 1),
        "ended_on_latest": date(2021, 11, 30),
        "change": 4,
        "exit": "reached",
        "exit_left": 48,
        "exit_right": 77,
        "exit_days": 62,
        "exit_change": 4,
    }


def test_wait_that_the_record_cuts_off_has_no_right_end_no_stage_and_no_change() -> None:
    (row,) = rows_of(rm.waits([record(until="2021-08-31")], stage="engaged", origin="2021-08-15"))
    assert (row["event"], row["ended"], row["exit"]) == (0, "record_ended", "record_ended")
    assert (row["left"], row["days"], row["ended_on"]) == (16, 16, "2021-08-31")
    empty = ("right", "reached", "change", "exit_right", "exit_change")
    assert [row[name] for name in empty] == [None] * 5


def test_table_has_each_stage_above_banned_from_the_takeover_and_from_every_stage_below() -> None:
    rows = rows_of(rm.waits([record(*KAZAKH)]))
    assert [str(stage) for stage in TARGETS] == list(dict.fromkeys(row["target"] for row in rows))
    found = {row["clock"]: row for row in rows if row["target"] == "de_jure_recognition"}
    assert list(found) == ["day", "hostile", "banned", "engaged", "delisted", "ambassador_accepted"]
    assert found["day"]["origin"] == "2021-08-15"
    assert [found[clock]["exit"] for clock in ("hostile", "engaged", "delisted")] == [
        "banned",
        "banned",
        "record_ended",
    ]
    assert {row["clock"] for row in rows if row["target"] == "engaged"} == {
        "day",
        "hostile",
        "banned",
    }


def test_origin_can_be_a_stage_a_day_or_a_date() -> None:
    replays = [record(*KAZAKH)]
    (engaged,) = rows_of(rm.waits(replays, stage="ambassador_accepted", origin="engaged"))
    assert (engaged["origin"], engaged["clock"], engaged["left"]) == ("2021-08-25", "engaged", 68)
    assert rm.waits(replays, stage="ambassador_accepted", origin=rm.Stage.ENGAGED).rows
    day, same = (
        rm.waits(replays, stage=rm.Stage.AMBASSADOR_ACCEPTED, origin=origin).rows
        for origin in ("2021-09-14", date(2021, 9, 14))
    )
    assert day == same


def test_origin_that_is_not_below_the_stage_is_an_error() -> None:
    with pytest.raises(ValueError, match="no country waits for engaged from delisted"):
        rm.waits([record()], stage="engaged", origin="delisted")
    with pytest.raises(ValueError, match="unknown stage 'engagd'; stages are hostile"):
        rm.waits([record()], stage="engagd")


@pytest.mark.parametrize(("dates", "days"), [("earliest", 48), ("latest", 77)])
def test_reading_of_the_dates_leaves_one_day_for_each_end(dates: Any, days: int) -> None:
    made = rm.waits(
        [record(*KAZAKH)], stage="ambassador_accepted", origin="2021-09-14", dates=dates
    )
    (row,) = rows_of(made)
    assert row["left"] == row["days"] == row["right"] == days
    assert row["ended_on_earliest"] == row["ended_on_latest"]


def test_every_act_that_lowers_a_stage_is_an_exit_with_a_word() -> None:
    rising = {Act.ENGAGE, Act.DELIST, Act.ACCEPT_AMBASSADOR, Act.RECOGNISE}
    assert set(ENDING) == set(Act) - rising
    assert [*EXITS.meanings][:2] == ["record_ended", "reached"]  # R takes the first as censoring
    assert {str(end) for end in ENDING.values()} == set(EXITS.meanings) - {
        "record_ended",
        "reached",
    }


@pytest.mark.parametrize("dates", ["all", "earliest", "latest"])
def test_picture_is_the_estimate_from_the_rows_of_the_table(
    shipped: list[rm.Replay], dates: Any
) -> None:
    made = rows_of(table("waits", shipped, dates))
    for stage in TARGETS:
        waits = [
            Wait(
                row["days"],
                reached=bool(row["event"]),
                lapsed=row["ended"] == "lapsed",
                entry=row["at_risk_from"],
            )
            for row in made
            if (row["target"], row["clock"]) == (str(stage), "day")
        ]
        drawn = picture("time-to-stage", shipped, dates=dates, stage=stage).table[1:]
        assert [(point.days, point.at_risk, point.reached) for point in kaplan_meier(waits)] == [
            row[:3] for row in drawn
        ]


def test_bounds_of_every_wait_enclose_its_length(shipped: list[rm.Replay]) -> None:
    for row in rows_of(rm.waits(shipped)):
        for before in ("", "exit_"):
            left, days, right = (row[f"{before}{name}"] for name in ("left", "days", "right"))
            assert left <= days
            assert right is None or days <= right
        assert row["exit_days"] <= row["days"]
        assert (row["right"] is not None) == (row["event"] == 1) == (row["ended"] == "reached")


def test_all_days_of_a_wait_are_whole_numbers(shipped: list[rm.Replay]) -> None:
    days = [row["days"] for row in rows_of(rm.waits(shipped))]
    assert {type(day) for day in days} == {int}


def test_waits_take_a_folder_scenarios_or_replays(shipped: list[rm.Replay]) -> None:
    folder = rm.load_folder()
    expected = rm.waits(shipped, stage="engaged").rows
    assert rm.waits(folder, stage="engaged").rows == expected
    assert rm.waits(folder.scenarios, stage="engaged").rows == expected


def test_waits_refuse_a_country_that_occurs_twice() -> None:
    with pytest.raises(ValueError, match="a country occurs twice"):
        rm.waits([record(*KAZAKH), record(*KAZAKH)])


@pytest.mark.parametrize("build", [rm.panel, rm.waits])
def test_unknown_reading_of_dates_is_refused_with_the_words_there_are(
    build: Callable[..., Table],
) -> None:
    with pytest.raises(ValueError, match="one of earliest, latest, all, not 'middle'"):
        build([record()], dates="middle")


@pytest.mark.parametrize("stage", ["hostile", "banned"])
def test_stage_that_is_no_step_up_is_refused(stage: str) -> None:
    with pytest.raises(ValueError, match=f"no country waits for {stage}: give engaged, delisted"):
        rm.waits([record()], stage=stage)
