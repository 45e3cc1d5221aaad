"""Dates: the other readings of one, its words for a reader, and the words of an answer."""

from __future__ import annotations

from datetime import date

import pytest

from recognition_model.core.dates import (
    DATE_READINGS,
    OPEN_END,
    OPEN_START,
    DateError,
    Holds,
    Verdict,
    When,
    date_reading,
    day_of,
    exact_day,
    first_out_of_order,
    propagate_order,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-05-27", "2024-05-27"),
        ("2022-01~", "about 2022-01"),
        ("2022?", "perhaps 2022"),
        ("..2012-06-27", "by 2012-06-27"),
        ("2024..", "2024 or later"),
        ("2024-05..2024-07", "2024-05 to 2024-07"),
    ],
)
def test_date_in_words_has_no_marks(text, words):
    assert When.parse(text).in_words == words


@pytest.mark.parametrize(
    ("text", "units", "earliest", "latest"),
    [
        ("2024-05-27~", 3, date(2024, 5, 24), date(2024, 5, 30)),
        ("2024-05~", 2, date(2024, 3, 1), date(2024, 7, 31)),
        ("2024~", 2, date(2022, 1, 1), date(2026, 12, 31)),
        ("2024~", 0, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024", 2, date(2024, 1, 1), date(2024, 12, 31)),  # no ~: stays
        ("2024?", 2, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_only_an_approximate_date_can_be_widened_and_keeps_its_text(text, units, earliest, latest):
    widened = When.parse(text).widened(units)
    assert (widened.text, widened.earliest, widened.latest) == (text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "reading", "read"),
    [
        ("2024-05", "earliest", "2024-05-01"),
        ("2024-05", "latest", "2024-05-31"),
        ("2024-05", "all", "2024-05"),
        ("..2024", "earliest", "..2024"),  # that side is open
        ("..2024", "latest", "2024-12-31"),
        ("2024..", "latest", "2024.."),
        ("2024..", "earliest", "2024-01-01"),
    ],
)
def test_date_is_read_as_one_of_its_ends(text, reading, read):
    assert When.parse(text).read(reading) == When.parse(read)


def test_word_that_is_no_reading_is_refused_with_the_three_that_are():
    assert [date_reading(word) for word in DATE_READINGS] == ["earliest", "latest", "all"]
    with pytest.raises(ValueError, match="dates must be one of") as caught:
        When.parse("2024").read("mid")
    assert str(caught.value) == "dates must be one of earliest, latest, all, not 'mid'"


def test_answer_in_words_names_the_days_of_its_witness():
    days = (date(2024, 5, 1), date(2024, 6, 1))
    assert str(Verdict(Holds.IN_SOME, days)) == "in some, as on 2024-05-01, 2024-06-01"
    assert str(Verdict(Holds.IN_NONE)) == "in none"


def test_reversed_interval_is_refused_with_the_one_that_is_meant():
    with pytest.raises(DateError) as caught:
        When.parse("2024-05..2023")
    error = caught.value
    assert (error.code, str(error)) == ("RM403", "the interval 2024-05..2023 ends before it begins")
    assert (error.hint, error.rewrites) == ("write 2023..2024-05", ("2023..2024-05",))


@pytest.mark.parametrize("value", [2024, None])
def test_what_is_neither_date_nor_text_is_named(value):
    with pytest.raises(TypeError) as caught:
        When.of(value)
    assert str(caught.value) == f"a date is a date or a text such as '2024-05', not {value}"


@pytest.mark.parametrize("text", ["2024", "2024-05-27~", "2024-05-27..2024-05-27", "..2024"])
def test_date_that_is_no_single_day_is_named_with_what_to_write(text):
    with pytest.raises(DateError) as caught:
        exact_day(text)
    error = caught.value
    assert (error.code, str(error)) == ("RM405", f"{text} is not a single day")
    assert (error.hint, error.rewrites) == ("write YYYY-MM-DD", ())


def test_day_that_cannot_be_keeps_its_message_when_its_hint_is_replaced():
    with pytest.raises(DateError) as plain:
        When.parse("December 2021")
    with pytest.raises(DateError) as caught:
        exact_day("December 2021")
    assert (caught.value.code, str(caught.value)) == (plain.value.code, str(plain.value))
    assert plain.value.hint == "write 2021-12"
    assert caught.value.hint == "write one full day: YYYY-MM-DD"


def test_interval_of_ten_letters_is_no_day_month_or_year():
    for text in ("2024..2025", "2024-05..", "..2024-05"):
        with pytest.raises(DateError, match="is not a single day, month or year"):
            day_of(text, "first")


# --- several dates in order --------------------------------------------------------------------


def test_dates_in_order_narrow_each_other():
    told = [When.parse(text) for text in ("2024-03..2024-09", "2024", "..2024-06-30")]
    earliest, latest = propagate_order(told)
    assert earliest == [date(2024, 3, 1)] * 3
    assert latest == [date(2024, 6, 30)] * 3
    alone = [When.parse("..2024"), When.parse("2025..")]
    assert propagate_order(alone) == (
        [OPEN_START, date(2025, 1, 1)],
        [date(2024, 12, 31), OPEN_END],
    )


def test_date_out_of_order_is_told_with_the_first_date_that_forbids_it():
    told = ["2020", "2024-05", "2023..2025", "2024-05", "2024-04"]
    assert first_out_of_order(map(When.parse, told)) == (1, 4)
    assert first_out_of_order(map(When.parse, ["2024-05", "2024-05", "..2024-05"])) is None
