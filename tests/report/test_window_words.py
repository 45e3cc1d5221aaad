"""The title of a brief: one sentence on what changed in some days."""

from __future__ import annotations

from datetime import date

import pytest
from support.pictured import PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.analysis.turns import changes
from recognition_model.report.window_words import days_in_words, finding_of

TALIBAN = rm.Evidence(source=YEARBOOK, voice=rm.Voice.TALIBAN, credibility=3, claim="Made up.")


def titled(*records: rm.Replay, since: str = "2024-01-01", until: str = "2024-12-31") -> str:
    """The title of a brief on these records, by default for 2024."""
    return finding_of(changes(records, since, until), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2025-01-01", "2025-12-31", "in 2025"),
        ("2024-02-01", "2024-02-29", "in February 2024"),
        ("2024-02-01", "2024-02-28", "between 1 and 28 February 2024"),
        ("2025-07-03", "2025-07-03", "on 3 July 2025"),
        ("2025-07-01", "2025-09-30", "between 1 July and 30 September 2025"),
        ("2024-01-01", "2025-12-31", "between 1 January 2024 and 31 December 2025"),
    ],
)
def test_a_whole_year_or_month_is_called_by_its_name(since: str, until: str, words: str) -> None:
    assert days_in_words(date.fromisoformat(since), date.fromisoformat(until)) == words


def test_one_change_is_told_with_its_day() -> None:
    assert titled(record(act("engage", "2024-03-05"))) == (
        "Fiji began official dealings with the Taliban on 5 March 2024"
    )


def test_the_weightiest_act_comes_first_and_the_others_after_it() -> None:
    recognised = record(act("engage", "2022-05-01"), act("recognise", "2024-06-01"), country="CHL")
    engaged = [record(act("engage", "2024-02-01"), country=code) for code in ("NZL", "FJI")]
    assert titled(*engaged, recognised) == (
        "Chile recognised the Taliban government on 1 June 2024; Fiji and New Zealand began"
        " official dealings"
    )


def test_several_countries_with_one_act_share_the_days_of_the_window() -> None:
    codes = ("NZL", "FJI", "TON", "WSM")
    engaged = [record(act("engage", "2024-02-01"), country=code) for code in codes]
    assert titled(*engaged) == "Four states began official dealings with the Taliban in 2024"
    assert (
        titled(*engaged[:2])
        == "Fiji and New Zealand began official dealings with the Taliban in 2024"
    )


def test_of_each_country_only_the_last_change_counts() -> None:
    taken_back = record(
        act("engage", "2022-05-01"),
        act("recognise", "2024-06-01"),
        act("withdraw_recognition", "2024-09-01"),
    )
    assert (
        titled(taken_back)
        == "Fiji withdrew recognition of the Taliban government on 1 September 2024"
    )


def test_what_the_press_alone_reports_is_called_reported() -> None:
    assert titled(record(act("engage", "2024-03-05", PRESS))) == (
        "Fiji is reported to have begun official dealings with the Taliban on 5 March 2024"
    )


def test_what_the_other_side_says_is_called_said() -> None:
    dealt = record(act("engage", "2022-03-05"), act("break_off", "2024-03-05", TALIBAN))
    assert titled(dealt) == (
        "Fiji is said to have broken off relations with the Taliban on 5 March 2024"
    )


def test_an_uncertain_date_keeps_both_ends() -> None:
    assert titled(record(act("engage", "2023-12-20..2024-01-10"))) == (
        "Fiji began official dealings with the Taliban between 20 December 2023 and 10 January 2024"
    )


def test_a_change_that_surely_lies_in_the_days_comes_before_one_that_may() -> None:
    perhaps = record(act("engage", "2023-12-20..2024-01-10"))
    surely = record(act("engage", "2024-05-01"), country="CHL")
    assert titled(perhaps, surely) == "Chile began official dealings with the Taliban on 1 May 2024"


def test_many_kinds_of_change_are_counted_at_the_end() -> None:
    def dealing(country: str, *steps: rm.ActStep) -> rm.Replay:
        return record(act("engage", "2022-05-01"), *steps, country=country)

    accepted = act("accept_ambassador", "2023-05-01")
    assert titled(
        dealing("CHL", act("recognise", "2024-06-01")),
        dealing("PER", act("accept_ambassador", "2024-06-01")),
        dealing("BOL", accepted, act("downgrade", "2024-06-01")),
        dealing("ECU", act("break_off", "2024-06-01")),
        record(act("engage", "2024-02-01"), country="FJI"),
    ) == (
        "Chile recognised the Taliban government on 1 June 2024; Peru accepted an ambassador;"
        " Bolivia ceased to accept an ambassador; 2 more countries changed"
    )


def test_nothing_is_a_finding_too() -> None:
    two = [record(country="FJI"), record(country="CHL")]
    assert titled(*two) == "No change of stage or ban is documented in 2024"
    assert titled(two[0]) == "Fiji: no change of stage or ban is documented in 2024"


def test_a_change_that_only_became_known_is_told_as_that() -> None:
    late = record(act("engage", "1996-10-01"), begins="1996-09-27")  # public on 1997-01-01
    other = record(country="CHL")
    assert titled(late, other, since="1997-01-01", until="1997-12-31") == (
        "No change of stage or ban is documented in 1997; it became known that Fiji began"
        " official dealings with the Taliban on 1 October 1996"
    )
