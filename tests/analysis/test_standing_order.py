"""The order of countries by where they stand, and what is said of data that end too soon."""

from __future__ import annotations

from datetime import date

import pytest
from support.pictured import act, record

from recognition_model.analysis.silence import ends_sooner
from recognition_model.analysis.standing_order import place, reached

FIJI = record(act("engage", "2022-03-01"), act("accept_ambassador", "2024-01-01..2024-01-31"))
TONGA = record(act("engage", "2021-12-01"), country="TON")
CHILE = record(country="CHL")
DAY = date(2023, 1, 1)


def test_spell_reached_is_the_one_of_the_day_or_of_the_last_documented_day() -> None:
    on = [reached(FIJI.history, one) for one in (DAY, date(2024, 2, 1), date(2030, 1, 1), None)]
    assert [one.stage.value for one in on if one] == [
        *("engaged", "ambassador_accepted", "ambassador_accepted", "ambassador_accepted"),
    ]


def test_no_spell_is_reached_where_the_dates_leave_two_stages() -> None:
    assert reached(FIJI.history, date(2024, 1, 15)) is None


@pytest.mark.parametrize(
    ("day", "order"),
    [
        (DAY, ["TON", "FJI", "CHL"]),  # both are engaged, Tonga since an earlier day
        (date(2024, 1, 15), ["TON", "CHL", "FJI"]),  # Fiji is in doubt
        (None, ["FJI", "TON", "CHL"]),
    ],
)
def test_highest_stage_comes_first_then_the_earliest_and_doubt_last(
    day: date | None, order: list[str]
) -> None:
    ordered = sorted((CHILE, FIJI, TONGA), key=lambda one: place(one, day))
    assert [one.country for one in ordered] == order


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([("FJI", "2024-01-01"), ("TON", "2025-01-01")], "1 of 2 countries"),
        ([("FJI", "2024-01-01"), ("TON", "2024-01-01"), ("CHL", "2025-01-01")], "2 of 3 countries"),
    ],
)
def test_sentence_on_data_that_end_too_soon_counts_and_names_them(
    ends: list[tuple[str, str]], said: str
) -> None:
    days = [(code, date.fromisoformat(day)) for code, day in ends]
    (sentence,) = ends_sooner(days, date(2025, 1, 1))
    of = "it" if said.startswith("1") else "them"
    assert sentence.startswith(
        f"The data of {said} end before 2025-01-01, so silence about {of} does not mean that"
        " nothing happened: "
    )
    assert sentence.endswith("Fiji." if of == "it" else "Fiji, Tonga.")


def test_nothing_is_said_where_no_data_end_too_soon() -> None:
    assert ends_sooner([("FJI", date(2025, 1, 1))], date(2025, 1, 1)) == []
