"""Which files should be searched again. The intervals are worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import recognition_model as rm

Tell = Callable[..., rm.Replay]


def visits(*days: str) -> str:
    """Signals on these days, each attested once."""
    return "".join(f"- {{signal: visit_made, date: {day}, evidence: [$press]}}\n" for day in days)


def one(replay: rm.Replay, on: str | None = None) -> tuple[int, int, float]:
    (due,) = rm.reviews_due([replay], on)
    return due.days_since, due.review_every, round(due.due, 2)


def test_interval_is_five_years_over_the_entries_in_them(replay_of: Tell) -> None:
    # 1826 days end on 2026-01-15: the first is 2021-01-16. The visit of the day before is too old.
    days = ["2021-01-15", "2021-01-16", *(f"{year}-06-01" for year in range(2021, 2026))]
    replay = replay_of(visits(*days, "2025-07-01", "2025-08-01"))
    assert one(replay, "2026-04-15") == (90, 228, 0.39)  # 1826 / 8 = 228.25
    (due,) = rm.reviews_due([replay])
    assert (due.entries, round(due.entries_per_year, 2)) == (8, 1.6)  # 8 / (1826 / 365.25)


def test_file_shorter_than_five_years_is_taken_as_long_as_it_is(replay_of: Tell) -> None:
    # From 2024-01-17 to 2026-01-15 are 730 days, both included.
    replay = replay_of(visits("2024-05-01", "2025-05-01", "2025-06-01"), begins="2024-01-17")
    assert one(replay)[1] == 243  # 730 / 3
    # From 2025-12-01 are 46 days: a year is the least.
    replay = replay_of(visits("2025-12-05", "2025-12-06"), begins="2025-12-01")
    assert one(replay)[1] == 182  # 365 / 2, the even one of 182 and 183


def test_interval_is_never_below_30_nor_above_365_days(replay_of: Tell) -> None:
    many = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 28, 4)]
    assert one(replay_of(visits(*many), begins="2025-01-01"))[1] == 30
    assert one(replay_of(visits("2025-05-01")))[1] == 365
    assert one(replay_of(visits("2005-05-01")))[1] == 365


def test_entry_that_does_not_count_makes_no_file_urgent(replay_of: Tell) -> None:
    refused = "- {refuse: recognise, date: 2025-05-01, because: not-attested, evidence: [$press]}\n"
    (due,) = rm.reviews_due([replay_of(visits("2025-01-01") + refused)])
    assert due.entries == 1


def test_interval_of_the_file_overrules(replay_of: Tell) -> None:
    replay = replay_of(visits("2025-05-01"), until="2026-01-15\nreview-every: 7")
    assert one(replay, "2026-01-29") == (14, 7, 2.0)
    assert rm.reviews_due([replay])[0].own


def test_days_run_from_the_review_if_there_is_one(replay_of: Tell) -> None:
    replay = replay_of(visits("2025-05-01"), until="2026-01-15\nreviewed: 2026-03-01")
    assert one(replay, "2026-03-31")[0] == 30
    assert one(replay, "2026-02-01")[0] == 0


def test_days_run_to_the_last_day_of_all_files_by_default(replay_of: Tell) -> None:
    still = replay_of(visits("2025-05-01"), country="FJI")
    searched = replay_of(
        visits("2025-05-01"), country="TUV", until="2026-01-15\nreviewed: 2026-04-15"
    )
    found = rm.reviews_due([searched, still])
    assert [(due.country, due.days_since) for due in found] == [("FJI", 90), ("TUV", 0)]
    assert {due.on for due in found} == {date(2026, 4, 15)}
    assert str(found[0]) == "FJI: 90 days since 2026-01-15, due 0.25"


def test_files_equally_due_stand_in_order_of_their_names(replay_of: Tell) -> None:
    made = [replay_of(visits("2025-05-01"), country=code) for code in ("TUV", "FJI", "NRU")]
    assert [due.country for due in rm.reviews_due(made)] == ["FJI", "NRU", "TUV"]


def test_reviews_due_of_no_files_are_none() -> None:
    assert rm.reviews_due([]) == ()


def test_month_as_the_last_day_raises(replay_of: Tell) -> None:
    with pytest.raises(rm.DateError):
        rm.reviews_due([replay_of(visits("2025-05-01"))], "2026-01")


def test_data_are_plain_numbers_with_two_decimals(replay_of: Tell) -> None:
    replay = replay_of(visits("2025-05-01"), country="FJI")
    assert rm.reviews_due([replay], "2026-02-15")[0].to_dict() == {
        "country": "FJI",
        "name": "Fiji",
        "kind": "country",
        "reviewed": None,
        "documented_until": "2026-01-15",
        "days_since_review": 31,
        "entries_per_year": 0.2,
        "review_every": 365,
        "due": 0.08,
    }
