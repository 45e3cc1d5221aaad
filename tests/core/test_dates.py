"""Dates: the notation, its bounds, and three-valued answers, against oracles written apart."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from support.edtf_parser import parse_edtf
from support.effort import examples

from recognition_model.core.dates import (
    OPEN_END,
    OPEN_START,
    DateError,
    Holds,
    OpenEnd,
    Verdict,
    When,
    closed,
    day_of,
    end_of,
    exact_day,
    first_out_of_order,
    is_open,
    nearest_day,
    propagate_order,
)
from recognition_model.core.types import DATE_PATTERN

often = settings(max_examples=examples(200))
DAY = timedelta(days=1)

# --- notations, with bounds found by walking the calendar --------------------------------------

days = st.dates(date(2, 1, 1), date(9998, 12, 31))
precisions = st.sampled_from(("year", "month", "day"))


def notation(day: date, precision: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def first_of(day: date, precision: str) -> date:
    if precision == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == "month" else day


def last_of(day: date, precision: str) -> date:
    if precision == "year":
        return day.replace(month=12, day=31)
    return first_of(day.replace(day=1) + 32 * DAY, "month") - DAY if precision == "month" else day


def reading(text: str) -> tuple[date | OpenEnd, date | OpenEnd]:
    when = When.parse(text)
    assert str(when) == text
    assert When.parse(str(when)) == when
    return when.earliest, when.latest


@often
@given(days, precisions, st.sampled_from(("", "?")))
def test_date_covers_its_unit_and_question_mark_does_not_widen_it(day, precision, mark):
    text = notation(day, precision) + mark
    assert reading(text) == (first_of(day, precision), last_of(day, precision))
    assert When.parse(text).doubtful == (mark == "?")
    assert not When.parse(text).approximate


@often
@given(days, precisions)
@example(date(2024, 1, 31), "month")
@example(date(2024, 12, 31), "month")
@example(date(2024, 3, 1), "day")
def test_tilde_widens_a_date_by_one_unit_on_each_side(day, precision):
    before = first_of(first_of(day, precision) - DAY, precision)
    after = last_of(last_of(day, precision) + DAY, precision)
    assert reading(notation(day, precision) + "~") == (before, after)


@often
@given(days, precisions, days, precisions)
def test_interval_runs_from_first_day_to_last_day_of_its_ends(a, left, b, right):
    assume(first_of(a, left) <= last_of(b, right))
    start, end = notation(a, left), notation(b, right)
    assert reading(f"{start}..{end}") == (first_of(a, left), last_of(b, right))
    assert reading(f"..{end}") == (OPEN_START, last_of(b, right))
    assert reading(f"{start}..") == (first_of(a, left), OPEN_END)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-01~", date(2023, 12, 1), date(2024, 2, 29)),
        ("2023-12~", date(2023, 11, 1), date(2024, 1, 31)),
        ("2024-02-29~", date(2024, 2, 28), date(2024, 3, 1)),
        ("2024~", date(2023, 1, 1), date(2025, 12, 31)),
        ("0001-01-01~", date(1, 1, 1), date(1, 1, 2)),
        ("0001~", date(1, 1, 1), date(2, 12, 31)),
        ("0001-02~", date(1, 1, 1), date(1, 3, 31)),
        ("9999-11", date(9999, 11, 1), date(9999, 11, 30)),
        ("9999-12~", date(9999, 11, 1), date(9999, 12, 31)),
        ("9999-12-31~", date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_bounds_cross_years_and_stop_at_calendar_limits(text, earliest, latest):
    assert reading(text) == (earliest, latest)


# --- open ends ---------------------------------------------------------------------------------

all_days = st.dates() | st.sampled_from([date.min, date.max])  # 0001-01-01 to 9999-12-31


@often
@given(st.lists(all_days | st.sampled_from(OpenEnd)))
def test_open_ends_sort_before_and_after_every_day(ends):
    known = sorted(end for end in ends if isinstance(end, date))
    opens = [[end for end in ends if end is one] for one in (OPEN_START, OPEN_END)]
    assert sorted(ends) == [*opens[0], *known, *opens[1]]
    assert sorted(ends, reverse=True) == [*opens[1], *known[::-1], *opens[0]]


@often
@given(all_days)
def test_open_end_is_no_day_and_differs_from_every_day(day):
    assert OPEN_START < day < OPEN_END
    assert OPEN_END > day > OPEN_START
    assert OPEN_START <= day <= OPEN_END
    assert OPEN_END >= day >= OPEN_START
    assert not any([day <= OPEN_START, day < OPEN_START, day >= OPEN_END, day > OPEN_END])
    assert day not in {OPEN_START, OPEN_END}
    assert OPEN_START <= OPEN_START < OPEN_END >= OPEN_END
    assert not any([OPEN_START < OPEN_START, OPEN_END > OPEN_END])


@pytest.mark.parametrize("value", [0, "2024", None, 2024.5])
def test_open_end_is_not_compared_with_what_is_no_day(value):
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(OPEN_START, compare)(value) is NotImplemented
    with pytest.raises(TypeError, match="not supported between"):
        assert value < OPEN_END


@often
@given(all_days | st.sampled_from(OpenEnd))
def test_end_of_ordinal_gives_back_day_or_open_end(end):
    assert end_of(end.toordinal()) == end
    assert is_open(end.toordinal()) == isinstance(end, OpenEnd)
    assert closed(end) == (None if isinstance(end, OpenEnd) else end)


def test_open_ends_stand_one_day_outside_the_calendar():
    assert (OPEN_START.toordinal(), OPEN_END.toordinal()) == (0, 3_652_060)
    assert (nearest_day(OPEN_START), nearest_day(OPEN_END)) == (date(1, 1, 1), date(9999, 12, 31))
    assert nearest_day(date(2024, 5, 27)) == date(2024, 5, 27)


@pytest.mark.parametrize("end", OpenEnd)
def test_open_end_is_one_object_when_copied_or_pickled(end):
    pickled = pickle.loads(pickle.dumps(end))  # noqa: S301 - made in this line
    assert copy.copy(end) is copy.deepcopy(end) is pickled is end
    assert {end: 1}[pickled] == 1


def test_open_end_is_written_in_words():
    assert (str(OPEN_START), str(OPEN_END)) == ("open start", "open end")
    assert (repr(OPEN_START), repr(OPEN_END)) == ("OPEN_START", "OPEN_END")


def test_first_and_last_day_of_calendar_are_days_and_no_open_ends():
    assert When.parse("0001-01-01").exact
    assert When.parse("0001-01-01..2024") != When.parse("..2024")
    assert reading("0001-01-01..9999-12-31") == (date.min, date.max)
    assert str(When.parse("0001-01-01..2024").read("earliest")) == "0001-01-01"
    assert str(When.parse("2024..9999").read("latest")) == "9999-12-31"
    assert str(When.parse("..2024").read("earliest")) == "..2024"
    assert str(When.parse("2024..").read("latest")) == "2024.."


@pytest.mark.parametrize(
    ("this", "other", "holds", "witness"),
    [
        ("..2024", "2023-05-01", Holds.IN_SOME, (date.min, date(2023, 5, 1))),
        ("2024-05-01", "2023..", Holds.IN_SOME, (date(2024, 5, 1), date.max)),
        ("2023-05-01", "2024..", Holds.IN_ALL, (date(2023, 5, 1), date(2024, 1, 1))),
        ("2024..", "..2024", Holds.IN_SOME, (date(2024, 1, 1), date(2024, 12, 31))),
        ("..2024", "0001-01-01", Holds.IN_SOME, None),  # perhaps before the calendar begins
        ("9999-12-31", "2024..", Holds.IN_SOME, None),
        ("0001-01-01", "..2024", Holds.IN_SOME, (date.min, date(2024, 12, 31))),
        ("0001-01-01", "0001-01-02", Holds.IN_ALL, (date.min, date(1, 1, 2))),
        ("..2024", "2025..", Holds.IN_ALL, (date(2024, 12, 31), date(2025, 1, 1))),
    ],
)
def test_before_counts_open_ends_beyond_the_calendar_and_gives_days_within_it(
    this, other, holds, witness
):
    verdict = When.parse(this).before(When.parse(other))
    assert (verdict.holds, verdict.witness) == (holds, witness)


@pytest.mark.parametrize(
    ("when", "holds", "witness"),
    [
        ("..2024", Holds.IN_SOME, date(2020, 1, 1)),
        ("2019..", Holds.IN_SOME, date(2020, 1, 1)),
        ("2020-03-01..", Holds.IN_SOME, date(2020, 3, 1)),
        ("2020-03-01", Holds.IN_ALL, date(2020, 3, 1)),
        ("..2019", Holds.IN_NONE, None),
        ("2021..", Holds.IN_NONE, None),
    ],
)
def test_within_a_year_is_never_certain_of_an_open_date(when, holds, witness):
    verdict = When.parse(when).within(date(2020, 1, 1), date(2020, 12, 31))
    assert (verdict.holds, verdict.witness) == (holds, witness and (witness,))


@settings(max_examples=examples(50))
@given(days, precisions, st.sampled_from(("", "?")))
def test_single_date_bounds_agree_with_edtf_package(day, precision, mark):
    text = notation(day, precision) + mark
    theirs = parse_edtf(text)
    bounds = (date(*theirs.lower_strict()[:3]), date(*theirs.upper_strict()[:3]))
    assert reading(text) == bounds


# --- texts that are no dates -------------------------------------------------------------------


def refusal_of(text: str) -> DateError | None:
    try:
        When.parse(text)
    except DateError as error:
        return error
    return None


def dates_in(hint: str) -> list[str]:
    return [word.strip(",") for word in hint.split() if re.search(r"\d", word)]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("", "RM401", "write 2024,"),
        ("..", "RM401", "a..b"),
        ("?", "RM401", "write 2024,"),
        ("spring thaw", "RM401", "write 2024,"),
        (" 2024", "RM401", "write 2024"),
        ("2024\n", "RM401", "write 2024"),
        ("٢٠٢٤", "RM401", "write 2024"),
        ("2024~?", "RM401", "write 2024~"),
        ("2024-5-3", "RM401", "write 2024-05-03"),
        ("2024-5?", "RM401", "write 2024-05?"),
        ("2024-05-27T10:00", "RM401", "write 2024-05-27"),
        ("2024~..2025", "RM401", "follow only a single date"),
        ("2023-02-29", "RM402", "check the month and the day"),
        ("2024-13", "RM402", "check the month and the day"),
        ("2024-00-01", "RM402", "check the month and the day"),
        ("0000", "RM402", "from the year 0001 to the year 9999"),
        ("2024..2024-06-31", "RM402", "check the month and the day"),
        ("2024-05..2024-02", "RM403", "write 2024-02..2024-05"),
        ("2024-04/2024-06", "RM404", "write 2024-04..2024-06"),
        ("2024/..", "RM404", "write 2024.."),
        ("../2025", "RM404", "write ..2025"),
    ],
)
def test_invalid_date_is_refused_with_code_and_hint(text, code, hint):
    error = refusal_of(text)
    assert error is not None
    assert error.code == code
    assert hint in error.hint
    assert all(refusal_of(offered) is None for offered in dates_in(error.hint))


@pytest.mark.parametrize("text", ["2024/05/27", "27/05/2024", "2024/5"])
def test_hint_for_a_date_with_slashes_is_itself_valid(text):
    error = refusal_of(text)
    assert error is not None
    assert "write" in error.hint
    assert all(refusal_of(offered) is None for offered in dates_in(error.hint))


@often
@given(days, precisions, days, precisions)
def test_hint_for_a_reversed_interval_is_itself_valid(a, left, b, right):
    assume(first_of(a, left) > last_of(b, right))
    error = refusal_of(f"{notation(a, left)}..{notation(b, right)}")
    assert error is not None
    assert error.code == "RM403"
    assert reading(error.hint.removeprefix("write ")) == (first_of(b, right), last_of(a, left))


@often
@given(st.text("0123456789-.~?/T ", max_size=24) | st.text(max_size=8))
def test_parse_returns_ordered_bounds_or_raises_date_error_for_any_text(text):
    error = refusal_of(text)
    if error is None:
        earliest, latest = reading(text)
        assert earliest <= latest
        assert re.search(DATE_PATTERN, text), "the schema must take what the parser takes"
    else:
        assert error.code in {"RM401", "RM402", "RM403", "RM404"}
        assert error.hint


@often
@given(st.from_regex(re.compile(DATE_PATTERN[1:-1], re.ASCII), fullmatch=True))
def test_schema_pattern_admits_only_dates_impossible_days_and_reversed_intervals(text):
    error = refusal_of(text)
    assert error is None or error.code in {"RM402", "RM403"}


def test_when_of_takes_dates_and_texts_but_refuses_datetimes():
    assert When.of(date(2024, 5, 27)) == When.parse("2024-05-27") == When.of("2024-05-27")
    assert When.of(When.parse("2024~")) == When.parse("2024~")
    for value in (datetime(2024, 5, 27, tzinfo=UTC), 2024, None):
        with pytest.raises(TypeError, match="a date is a date"):
            When.of(value)


def test_exact_day_refuses_less_exact_dates():
    assert exact_day("2024-05-27") == exact_day(date(2024, 5, 27)) == date(2024, 5, 27)
    for text in ("2024-05", "2024-05-27?", "2024-05-27~", "2024-05-27..2024-05-28", "2024.."):
        with pytest.raises(DateError) as caught:
            exact_day(text)
        assert (caught.value.code, caught.value.hint) == ("RM405", "write YYYY-MM-DD")
    assert When.parse("2024-05-27").exact
    assert not When.parse("2024-05-27~").exact


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_day_of_gives_first_or_last_day_of_year_month_or_day(text, first, last):
    assert (day_of(text, "first"), day_of(text, "last")) == (first, last)


@pytest.mark.parametrize("text", ["2024~", "2024-05?", "2024..", "..2024", "2024-05..2024-06"])
def test_day_of_refuses_uncertain_dates_and_names_what_to_write(text):
    with pytest.raises(DateError) as caught:
        day_of(text, "last")
    assert caught.value.code == "RM405"
    assert str(caught.value) == f"{text} is not a single day, month or year"
    assert caught.value.hint == "write 2025-12-31, 2025-12 or 2025, without ~, ? and .."


@pytest.mark.parametrize("text", ["", "today", "2024-13", "31/12/2024", "2024-5"])
def test_day_of_refuses_what_is_no_date(text):
    with pytest.raises(DateError):
        day_of(text, "first")


# --- three-valued answers, against every reading -----------------------------------------------

BASE = date(2024, 2, 26)  # the small intervals run over the end of a February
few = st.integers(0, 6)


@st.composite
def small_intervals(draw) -> When:
    first, last = sorted((draw(few), draw(few)))
    return When.parse(f"{BASE + first * DAY}..{BASE + last * DAY}")


def days_of(when: When) -> list[date]:
    return [when.earliest + n * DAY for n in range((when.latest - when.earliest).days + 1)]


def holds(truths: list[bool]) -> Holds:
    return Holds.IN_ALL if all(truths) else Holds.IN_SOME if any(truths) else Holds.IN_NONE


@often
@given(small_intervals(), small_intervals())
def test_before_agrees_with_all_pairs_of_days_and_gives_a_true_witness(this, other):
    verdict = this.before(other)
    pairs = list(product(days_of(this), days_of(other)))
    assert verdict.holds is holds([a < b for a, b in pairs])
    if verdict.possible:
        assert verdict.witness in pairs
        assert verdict.witness[0] < verdict.witness[1]


@often
@given(small_intervals(), few, few)
def test_within_agrees_with_all_days_and_gives_a_true_witness(when, first, last):
    low, high = BASE + first * DAY, BASE + last * DAY  # low after high: an empty stretch
    verdict = when.within(low, high)
    assert verdict.holds is holds([low <= day <= high for day in days_of(when)])
    if verdict.possible:
        (day,) = verdict.witness
        assert day in days_of(when)
        assert low <= day <= high


def test_verdict_has_no_truth_value():
    for verdict in (Verdict(Holds.IN_ALL), Verdict(Holds.IN_SOME), Verdict(Holds.IN_NONE)):
        with pytest.raises(TypeError, match="three values"):
            bool(verdict)
    assert [(Verdict(h).possible, Verdict(h).certain) for h in Holds] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def readings(dates: list[When]) -> list[tuple[date, ...]]:
    return [r for r in product(*map(days_of, dates)) if all(a <= b for a, b in pairwise(r))]


@often
@given(st.lists(small_intervals(), max_size=4))
def test_propagate_order_keeps_exactly_the_days_of_ordered_readings(dates):
    earliest, latest = propagate_order(dates)
    possible = readings(dates)
    if possible:
        assert earliest == [min(column) for column in zip(*possible, strict=True)]
        assert latest == [max(column) for column in zip(*possible, strict=True)]
    else:
        assert any(a > b for a, b in zip(earliest, latest, strict=True))


@often
@given(st.lists(small_intervals(), max_size=4))
def test_first_out_of_order_is_the_first_date_without_ordered_reading(dates):
    impossible = [n for n in range(len(dates)) if not readings(dates[: n + 1])]
    found = first_out_of_order(iter(dates))
    if not impossible:
        assert found is None
    else:
        earlier, offender = found
        assert offender == impossible[0]
        assert earlier < offender
        assert not readings([dates[earlier], dates[offender]])
