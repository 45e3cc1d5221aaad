"""The one sentence on where all countries stand."""

from __future__ import annotations

from datetime import date

from support.pictured import act, record

from recognition_model.analysis.headline import headline, names_in_words
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay


def _accepts(country: str, day: str = "2023-01-01") -> Replay:
    return record(act("engage", "2022-01-01"), act("accept_ambassador", day), country=country)


def _recognises(country: str) -> Replay:
    return record(
        act("engage", "2022-01-01"),
        act("accept_ambassador", "2023-01-01"),
        act("recognise", "2024-01-01"),
        country=country,
    )


def test_few_countries_are_named_with_their_articles() -> None:
    replays = [_recognises("RUS"), _accepts("ARE"), _accepts("CHN"), record(country="FRA")]
    assert headline(replays) == (
        "Russia recognises the Taliban government;"
        " China and the United Arab Emirates have accepted its ambassador"
    )


def test_more_than_three_countries_are_counted() -> None:
    replays = [_recognises(code) for code in ("RUS", "PAK", "SAU", "ARE")]
    assert headline(replays) == "Four states recognise the Taliban government"


def test_without_recognition_those_that_deal_are_counted_among_all() -> None:
    dealing = record(act("engage", "2022-01-01"), country="FRA")
    assert headline([dealing, record(country="DEU")]) == (
        "None of 2 countries is documented to recognise the Taliban government;"
        " France deals officially with the Taliban"
    )


def test_where_no_country_deals_the_sentence_says_only_that() -> None:
    assert headline([record(country="DEU")]) == (
        "Germany is not documented to deal officially with the Taliban"
    )


def test_a_day_stands_first_and_later_changes_do_not_count() -> None:
    assert headline([_recognises("RUS")], date(2023, 6, 1)) == (
        "1 June 2023: Russia is not documented to recognise the Taliban government;"
        " Russia has accepted its ambassador"
    )


def test_the_last_documented_stage_counts_after_the_data_end() -> None:
    assert headline([_recognises("RUS")], date(2030, 1, 1)).startswith("1 January 2030: Russia rec")


def test_a_country_whose_stage_is_in_doubt_counts_at_the_lowest_of_them() -> None:
    doubtful = _accepts("CHN", "2023-01..2023-12")
    assert headline([doubtful], date(2023, 6, 1)) == (
        "1 June 2023: China is not documented to recognise the Taliban government;"
        " China deals officially with the Taliban"
    )


def test_a_stage_that_is_only_assumed_counts_for_none() -> None:
    iceland = record(country="ISL", stage=Stage.AMBASSADOR_ACCEPTED)
    assert headline([iceland]) == "Iceland is not documented to deal officially with the Taliban"
    assert headline([iceland, _accepts("CHN")]) == (
        "None of 2 countries is documented to recognise the Taliban government;"
        " China has accepted its ambassador"
    )


def test_all_of_more_than_three_states_are_not_counted_twice() -> None:
    dealing = [record(act("engage", "2022-01-01"), country=c) for c in ("FRA", "DEU", "NOR", "POL")]
    assert headline(dealing).endswith("; all four states deal officially with the Taliban")
    assert headline([*dealing, record(country="ISL")]).endswith(
        "; four of 5 states deal officially with the Taliban"
    )


def test_names_are_in_order_of_the_alphabet_without_articles() -> None:
    assert names_in_words(["RUS", "ARE", "CHN"]) == "China, Russia and the United Arab Emirates"
    assert names_in_words(["RUS"]) == "Russia"
