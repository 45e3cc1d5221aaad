"""Questions about histories whose answers are worked out by hand, and how a notebook shows one."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from support.histories import DELISTED, ENGAGED, HOSTILE, UNDER_A_BAN, a_history
from support.pictured import PRESS, act, record

from recognition_model.core.dates import Holds, When
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.history import History
from recognition_model.core.scenario import SignalStep
from recognition_model.core.stages import Stage


def ordinals(*days: str) -> list[int]:
    return [date.fromisoformat(day).toordinal() for day in days]


# --- one day for every date --------------------------------------------------------------------


def test_spells_begin_on_the_earliest_or_the_latest_days_that_their_order_allows() -> None:
    history = a_history("2024-02-10", ("2024", ENGAGED), ("2024-03-05..2024-03-20", DELISTED))
    assert history.begin_days("earliest") == ordinals("2024-02-10", "2024-02-10", "2024-03-05")
    assert history.begin_days("latest") == ordinals("2024-02-10", "2024-03-20", "2024-03-20")


def test_spell_with_an_open_date_begins_on_its_known_end() -> None:
    history = a_history("..1996", ("2022", ENGAGED), ("2024-05..", DELISTED))
    assert history.begin_days("earliest") == ordinals("1996-12-31", "2022-01-01", "2024-05-01")
    assert history.begin_days("latest") == ordinals("1996-12-31", "2022-12-31", "2024-05-01")


def test_spell_begins_no_earlier_than_the_known_end_of_an_open_date_before_it() -> None:
    history = a_history("..2024", ("2022..2025", ENGAGED))
    assert history.begin_days("earliest") == ordinals("2024-12-31", "2024-12-31")


def test_days_on_which_spells_begin_need_one_reading() -> None:
    with pytest.raises(ValueError, match="one reading is the earliest or the latest"):
        a_history("2024").begin_days("all")


def test_history_on_given_days_moves_its_start_and_changes_and_no_other_entry() -> None:
    visit = SignalStep(signal="visit", date=When.parse("2022-05"), evidence=(PRESS,))
    steps = (act("engage", "2022-03"), visit, act("accept_ambassador", "2024"))
    moved = record(*steps, begins="2021").history.dated(
        ordinals("2021-08-20", "2022-03-15", "2024-12-31")
    )
    assert [str(spell.begins) for spell in moved.spells] == [
        "2021-08-20",
        "2022-03-15",
        "2024-12-31",
    ]
    assert [(entry.what, str(entry.date)) for entry in moved.entries] == [
        ("start hostile", "2021-08-20"),
        ("act engage", "2022-03-15"),
        ("signal visit", "2022-05"),
        ("act accept_ambassador", "2024-12-31"),
    ]


# --- held at some time -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        # Engaged from some day of March 2022 to some day of May 2024, both days included.
        ("2000-01-01", "2022-02-28", Holds.IN_NONE),
        ("2000-01-01", "2022-03-01", Holds.IN_SOME),
        ("2000-01-01", "2022-03-30", Holds.IN_SOME),
        ("2000-01-01", "2022-03-31", Holds.IN_ALL),
        ("2000-01-01", "2022-03-31..2023", Holds.IN_ALL),
        ("2000-01-01", "2022-01-01..2022-03-01", Holds.IN_SOME),
        ("2024-05-01", "2025", Holds.IN_ALL),
        ("2024-05-02", "2025", Holds.IN_SOME),
        ("2024-05-31", "2025", Holds.IN_SOME),
        ("2024-06-01", "2025", Holds.IN_NONE),
    ],
)
def test_stage_between_two_months_was_held_at_some_time_of_a_span(
    since: str, until: str, holds: Holds
) -> None:
    history = a_history("2000", ("2022-03", ENGAGED), ("2024-05", HOSTILE))
    span = date.fromisoformat(since), When.parse(until)
    assert history.ever(ENGAGED.__eq__, *span) is holds


def test_stage_of_the_last_spell_is_held_without_an_end() -> None:
    history = a_history("2000", ("2022-03", ENGAGED))
    assert history.ever(ENGAGED.__eq__, date.max, When.parse("2022-04..")) is Holds.IN_ALL


def test_stage_of_two_spells_is_held_without_a_break_between_them() -> None:
    history = a_history("2000", ("2022-03", ENGAGED), ("2023", UNDER_A_BAN), ("2024", HOSTILE))
    for day in ("2022-12-31", "2023-06-01", "2024-01-01"):
        since, until = date.fromisoformat(day), When.parse(day)
        assert (
            history.ever(lambda state: state.stage is Stage.ENGAGED, since, until) is Holds.IN_ALL
        )


def test_state_may_be_over_before_the_last_day_of_the_calendar() -> None:
    history = a_history("2000", ("2022..", ENGAGED))
    assert history.held(When.parse("9999-12-31"), HOSTILE.__eq__).holds is Holds.IN_SOME


@pytest.mark.parametrize(
    ("when", "stages"),
    [
        ("1999-12-31", []),
        ("2000-01-01", ["hostile"]),
        ("2022-02-28", ["hostile"]),
        ("2022-03-01", ["hostile", "engaged"]),
        ("2022-03-31", ["hostile", "engaged"]),
        ("2022-04-01", ["engaged"]),
        ("2022..2025", ["hostile", "engaged", "delisted"]),
        ("2025-04-17", ["engaged", "delisted"]),
    ],
)
def test_spells_possible_during_a_date_include_those_that_end_or_begin_on_it(
    when: str, stages: list[str]
) -> None:
    history = a_history("2000-01-01", ("2022-03", ENGAGED), ("2025-04-17", DELISTED))
    assert [str(spell.stage) for spell in history.during(When.parse(when))] == stages
    places = history.places_during(When.parse(when))
    assert [str(history.spells[place].stage) for place in places] == stages


def test_states_during_a_date_are_each_told_once_in_their_order() -> None:
    acts = [("2022..2024", ENGAGED), ("2022..2024", HOSTILE), ("2022..2024", ENGAGED)]
    history = a_history("2000-01-01", *acts)
    assert len(history.during(When.parse("2023"))) == 4
    assert history.states_during(When.parse("2023")) == (HOSTILE, ENGAGED)
    assert history.states_during(When.parse("1999")) == ()


# --- what an answer rests on -------------------------------------------------------------------


def test_start_is_assumed_until_an_act_has_surely_attested_a_stage() -> None:
    history = record(act("engage", "2022-03"), begins="2021-08-15").history
    days = ("2021-08-15", "2022-03-30", "2022-03-31")
    assert [history.on(day).start_assumed for day in days] == [True, True, False]


def test_answer_after_the_data_says_up_to_which_day_a_search_went() -> None:
    history = evolve(a_history("2000", until="2001-01-01"), reviewed=date(2002, 1, 1))
    assert history.on("2001-06-01").searched_until == date(2002, 1, 1)


def test_days_after_the_end_of_the_data_are_days_of_no_spell() -> None:
    # The change is read at its latest day, 29 February: beyond the data.
    first, second = a_history(
        "2020-01-01", ("2020-01..2020-02", ENGAGED), until="2020-01-20"
    ).spells
    assert (first.days_evidenced, first.days_silent) == (20, 0)
    assert (second.days_evidenced, second.days_silent) == (0, 0)


def test_history_without_changes_is_its_start() -> None:
    bare = History(
        country="RUS", start=HOSTILE, begins=When.parse("2000"), documented_until=date(2026, 1, 15)
    )
    assert str(bare) == "RUS: hostile 2000; documented until 2026-01-15"
    assert bare.place is NOWHERE


def test_place_of_a_history_does_not_count_when_histories_are_compared() -> None:
    history = a_history("2000")
    assert history == evolve(history, place=Place("RUS.yaml", 1))


def test_history_in_a_notebook_is_a_table_with_a_row_for_each_spell() -> None:
    assert a_history("2000", ("2022-03~", UNDER_A_BAN))._repr_html_() == (
        '<table style="white-space: nowrap">'
        "<caption>Russia, documented until 2026-01-15</caption><thead><tr>"
        '<th scope="col">from</th><th scope="col">to</th><th scope="col">stage</th>'
        '<th scope="col">ban</th><th scope="col">act</th><th scope="col">rule</th>'
        '<th scope="col">evidence</th></tr></thead><tbody>'
        "<tr><td>2000</td><td>2022-03~</td><td>hostile</td><td>no ban documented</td>"
        "<td></td><td></td><td></td></tr>"
        "<tr><td>2022-03~</td><td>2026-01-15 (end of the record)</td><td>engaged</td>"
        "<td>ban in force</td><td>engage</td><td>R00</td><td></td></tr></tbody></table>"
    )
