"""Invariants: what a violation says, at which change, and the edges where none is."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from recognition_model import INVARIANTS, Act, Ban, Bearing, History, Stage, State, Voice
from recognition_model.core.authority import PeriodOfRule
from recognition_model.engine import invariants
from recognition_model.engine.counterexamples import RECOGNISED_BY_THE_PRESS, a_history
from recognition_model.engine.invariants import outlasting

BY_CODE = {one.code: one for one in INVARIANTS}
WITH_MONITOR = [one for one in INVARIANTS if one.monitor]
NONE, IN_FORCE, LIFTED = Ban.NONE, Ban.IN_FORCE, Ban.LIFTED
BAN = (Act.BAN, Stage.BANNED, IN_FORCE)
ENGAGE = (Act.ENGAGE, Stage.ENGAGED, NONE)
ENGAGE_UNDER_THE_BAN = (Act.ENGAGE, Stage.ENGAGED, IN_FORCE)
DELIST = (Act.DELIST, Stage.DELISTED, LIFTED)
RECOGNISE = (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, LIFTED)


def broken(code: str, told: History) -> list[tuple[int | None, str]]:
    return [(one.at, one.message) for one in BY_CODE[code].violations(told)]


def one_change(before: State, move: tuple[Act, Stage, Ban]) -> History:
    """A history of one change, on 2024-05-01."""
    return a_history(move, start=before)


def test_every_name_that_the_module_offers_is_there() -> None:
    assert {"INVARIANTS", "invariant", "violations_of"} < set(invariants.__all__)
    assert all(hasattr(invariants, name) for name in invariants.__all__)


# --- monitors ----------------------------------------------------------------------------------


@pytest.mark.parametrize("one", WITH_MONITOR, ids=str)
def test_monitor_says_an_empty_text_where_nothing_is_wrong(one) -> None:
    told = a_history(BAN, ENGAGE_UNDER_THE_BAN, DELIST, RECOGNISE)
    memory, wrong = one.monitor.begins(told.start)
    said = [wrong]
    for change in told.changes:
        memory, wrong = one.monitor.after(memory, change)
        said.append(wrong)
    assert said == [""] * 5


def test_monitor_forgets_a_ban_that_was_lifted() -> None:
    monitor = BY_CODE["RM602"].monitor
    told = a_history(BAN, DELIST)
    never, _ = monitor.begins(told.start)
    banned, _ = monitor.after(never, told.changes[0])
    lifted, _ = monitor.after(banned, told.changes[1])
    assert (never, banned, lifted) == ("", "2024-05-01", "")


# --- where an act leads, and what it does to the list ------------------------------------------


@pytest.mark.parametrize("act", [Act.BREAK_OFF, Act.LAPSE])
def test_end_of_dealings_under_a_ban_leads_to_banned(act: Act) -> None:
    before = State(Stage.ENGAGED, IN_FORCE)
    assert broken("RM610", one_change(before, (act, Stage.BANNED, IN_FORCE))) == []
    assert broken("RM610", one_change(before, (act, Stage.HOSTILE, IN_FORCE))) == [
        (0, f"{act} 2024-05-01 leads to hostile, not to banned")
    ]


@pytest.mark.parametrize(
    ("before", "move", "bans"),
    [
        (State(Stage.HOSTILE, NONE), BAN, None),
        (State(Stage.DELISTED, LIFTED), BAN, None),
        (State(Stage.ENGAGED, IN_FORCE), BAN, "ban in force before and ban in force after"),
        (
            State(Stage.HOSTILE, NONE),
            (Act.BAN, Stage.BANNED, NONE),
            "no ban documented before and no ban documented after",
        ),
        (State(Stage.BANNED, IN_FORCE), DELIST, None),
        (State(Stage.ENGAGED, NONE), DELIST, "no ban documented before and ban lifted after"),
        (
            State(Stage.BANNED, IN_FORCE),
            (Act.DELIST, Stage.DELISTED, NONE),
            "ban in force before and no ban documented after",
        ),
        (
            State(Stage.BANNED, IN_FORCE),
            (Act.ENGAGE, Stage.ENGAGED, LIFTED),
            "ban in force before and ban lifted after",
        ),
    ],
)
def test_list_changes_only_by_a_ban_where_none_is_and_a_delisting_where_one_is(
    before: State, move: tuple[Act, Stage, Ban], bans: str | None
) -> None:
    expected = [] if bans is None else [(0, f"{move[0]} 2024-05-01 has {bans}")]
    assert broken("RM611", one_change(before, move)) == expected


def test_step_up_that_leads_nowhere_names_both_stages() -> None:
    again = one_change(State(Stage.ENGAGED, NONE), ENGAGE)
    assert broken("RM613", again) == [(0, "engage 2024-05-01 leads from engaged to engaged")]


# --- who may report an act ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (Act.BAN, "the host"),
        (Act.ENGAGE, "anyone"),
        (Act.DELIST, "anyone"),
        (Act.ACCEPT_AMBASSADOR, "the host"),
        (Act.RECOGNISE, "anyone"),
        (Act.WITHDRAW_RECOGNITION, "the host"),
        (Act.DOWNGRADE, "the host"),
        (Act.BREAK_OFF, "a party or a state"),
        (Act.LAPSE, "anyone"),
    ],
)
def test_act_without_evidence_is_shown_by_nothing_and_names_who_may_report_it(
    act: Act, wanted: str
) -> None:
    told = a_history((act, Stage.ENGAGED, NONE))
    silent = evolve(told, changes=(evolve(told.changes[0], evidence=()),))
    assert broken("RM612", silent) == [
        (0, f"{act} 2024-05-01 is shown by nothing, not by {wanted}")
    ]


def test_recognition_that_the_host_denies_is_shown_by_the_press_alone() -> None:
    told = RECOGNISED_BY_THE_PRESS()
    (item,) = told.changes[-1].evidence
    denied = evolve(item, voice=Voice.HOST, bearing=Bearing.DISPUTES)
    last = evolve(told.changes[-1], evidence=(item, denied))
    (_, said), *_ = broken("RM603", evolve(told, changes=(*told.changes[:-1], last)))
    assert said == "recognition 2024-05-01 is shown by press, not by the host"


# --- the end of the record and of an authority -------------------------------------------------


def test_record_may_begin_on_its_last_day() -> None:
    assert broken("RM608", a_history(begins="2025-01-01", until="2025-01-01")) == []


def test_dealings_that_outlast_an_authority_are_reported_at_the_change_that_began_them() -> None:
    said = "engaged still after 2001-12-07, without a lapse"
    begun = a_history(
        ENGAGE,
        (Act.BREAK_OFF, Stage.HOSTILE, NONE),
        ENGAGE,
        dates=["1997", "1998", "1999"],
        begins="1996-09-27",
    )
    assert broken("RM617", begun) == [(2, said)]
    from_the_start = a_history(start=State(Stage.ENGAGED, NONE), begins="1996-09-27")
    assert broken("RM617", from_the_start) == [(None, said)]


def test_lapse_at_another_time_names_the_days_on_which_an_authority_ended() -> None:
    periods = [
        PeriodOfRule(first=date(1996, 9, 27), closing=date(2001, 11, 13), last=date(2001, 12, 7)),
        PeriodOfRule(first=date(2021, 8, 15), closing=date(2024, 6, 1), last=date(2024, 6, 3)),
    ]
    told = a_history(ENGAGE, (Act.LAPSE, Stage.HOSTILE, NONE))
    assert list(outlasting(told, periods)) == [
        (
            1,
            "lapse 2024-05-02 is not within the days on which an authority ended:"
            " 2001-11-13..2001-12-07, 2024-06-01..2024-06-03",
        )
    ]


def test_authority_that_lost_only_its_capital_has_not_ended() -> None:
    falling = PeriodOfRule(first=date(2021, 8, 15), closing=date(2024, 6, 1))
    assert list(outlasting(a_history(ENGAGE), [falling])) == []
    told = a_history(ENGAGE, (Act.LAPSE, Stage.HOSTILE, NONE), dates=["2024-05-01", "2024-06-02"])
    assert [at for at, _ in outlasting(told, [falling])] == [1]
