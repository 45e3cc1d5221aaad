"""Hints for refused dates: each advises dates that parse and mean what was written."""

from __future__ import annotations

import subprocess
import sys
import time
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.edtf_parser import parse_edtf
from support.effort import examples
from support.pictured import YEARBOOK, act, record

from recognition_model.core.date_hints import other_calendar
from recognition_model.core.dates import (
    OPEN_END,
    OPEN_START,
    DateError,
    OpenEnd,
    When,
    day_of,
    exact_day,
)
from recognition_model.core.plausible import implausible_dates

often = settings(max_examples=examples(200))
DAY = timedelta(days=1)
GENERAL = "write 2024, 2024-05 or 2024-05-27, with one ~ or ? behind, or a..b, ..b, a.."

RANGE = "write the range in which the day must lie: a..b, ..b or a.."


def refused(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        When.parse(text)
    return caught.value


# --- one writing, one rewrite ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        # days
        ("26/08/2021", "2021-08-26"),
        ("08/26/2021", "2021-08-26"),
        ("05/05/2021", "2021-05-05"),
        ("26.08.2021", "2021-08-26"),
        ("26. 8. 2021", "2021-08-26"),
        ("26-08-2021", "2021-08-26"),
        ("2021/08/26", "2021-08-26"),
        ("2021.8.26", "2021-08-26"),
        ("2021_08_26", "2021-08-26"),
        ("2021-8-26", "2021-08-26"),
        ("2021 - 08 - 26", "2021-08-26"),
        ("20240527", "2024-05-27"),
        ("18112021", "2021-11-18"),
        ("8/26/21", "2021-08-26"),
        ("8/26/49", "2049-08-26"),
        ("8/26/50", "1950-08-26"),
        ("26 August 2021", "2021-08-26"),
        ("26 AUG. 2021", "2021-08-26"),
        ("August 26, 2021", "2021-08-26"),
        ("Aug 26th 2021", "2021-08-26"),
        ("26th of August 2021", "2021-08-26"),
        ("on the 26th of August, 2021", "2021-08-26"),
        ("Thursday 26 August 2021", "2021-08-26"),
        ("Thu, 26 Aug 2021", "2021-08-26"),
        ("2021 August 26", "2021-08-26"),
        ("26-Aug-2021", "2021-08-26"),
        ("29 February 2024", "2024-02-29"),
        ("26 Agust 2021", "2021-08-26"),
        ("2021-13-5", "2021-05-13"),
        ("2021-13-05", "2021-05-13"),
        ('"2021-08-26"', "2021-08-26"),
        ("26 August 2021.", "2021-08-26"),
        (" 2021-08-26\n", "2021-08-26"),
        ("2024-148", "2024-05-27"),
        ("2024-W22-1", "2024-05-27"),
        ("2020-W53-7", "2021-01-03"),
        ("2021-08-26T10:00", "2021-08-26"),
        ("2021-08-26 10:00", "2021-08-26"),
        ("2021-08-26T10:00:59.5+04:30", "2021-08-26"),
        ("26 August 2021 at 10:00 am", "2021-08-26"),
        ("991231", "1999-12-31"),
        # other languages
        ("15 août 2021", "2021-08-15"),
        ("1er aou\u0302t 2021", "2021-08-01"),  # the accent as a character of its own
        ("le 15 decembre 2021", "2021-12-15"),
        ("15 août - 20 septembre 2021", "2021-08-15..2021-09-20"),
        ("mars 2021", "2021-03"),
        ("15 августа 2021", "2021-08-15"),
        ("3 Мая 2021 г.", "2021-05-03"),
        ("август 2021 года", "2021-08"),
        ("15. März 2021", "2021-03-15"),
        ("den 5. August 2021", "2021-08-05"),
        ("15 de agosto de 2021", "2021-08-15"),
        ("1 de enero del 2022", "2022-01-01"),
        ("tanggal 7 Mei 2021", "2021-05-07"),
        ("17 Agustus 2021", "2021-08-17"),
        ("2021年8月15日", "2021-08-15"),
        ("２０２１ 年 8 月 15 日", "2021-08-15"),
        ("2021年12月", "2021-12"),
        ("2021年", "2021"),
        # months and years
        ("Aug 2021", "2021-08"),
        ("in August 2021", "2021-08"),
        ("sometime in April 2022", "2022-04"),
        ("August of 2021", "2021-08"),
        ("2021 August", "2021-08"),
        ("08/2021", "2021-08"),
        ("2021/08", "2021-08"),
        ("2021.8", "2021-08"),
        ("Sept 2021", "2021-09"),
        ("Febuary 2021", "2021-02"),
        ("2021-05-00", "2021-05"),
        ("2021-00-00", "2021"),
        ("the year 2021", "2021"),
        ("2021 AD", "2021"),
        # marks
        ("c. 2021", "2021~"),
        ("ca. 2021-08", "2021-08~"),
        ("circa August 2021", "2021-08~"),
        ("about 26 August 2021", "2021-08-26~"),
        ("around 2021-08", "2021-08~"),
        ("approx. 2021", "2021~"),
        ("2021 (approx.)", "2021~"),
        ("2021 or so", "2021~"),
        ("2021, maybe", "2021?"),
        ("uncertain: 2021", "2021?"),
        ("~2021-08", "2021-08~"),
        ("?2021", "2021?"),
        ("2021 ?", "2021?"),
        ("2021-8?", "2021-08?"),
        ("2021-08 (?)", "2021-08?"),
        ("possibly August 2021", "2021-08?"),
        ("1984%", "1984~"),
        ("1984?~", "1984~"),
        ("1984~?", "1984~"),
        ("2004?-06-11", "2004-06-11?"),
        ("2004-06-~11", "2004-06-11~"),
        ("2004-06~-11", "2004-06~"),
        ("2004~-06-11", "2004~"),
        # parts
        ("early August 2021", "2021-08-01..2021-08-10"),
        ("mid-August 2021", "2021-08-11..2021-08-20"),
        ("late August 2021", "2021-08-21..2021-08-31"),
        ("the end of February 2024", "2024-02-21..2024-02-29"),
        ("beginning of August 2021", "2021-08-01..2021-08-10"),
        ("the middle of 2021-08", "2021-08-11..2021-08-20"),
        ("first half of August 2021", "2021-08-01..2021-08-15"),
        ("second half of February 2021", "2021-02-16..2021-02-28"),
        ("early 2024", "2024-01..2024-04"),
        ("mid-2021", "2021-05..2021-08"),
        ("late 2021", "2021-09..2021-12"),
        ("2021-Q3", "2021-07..2021-09"),
        ("2021Q3", "2021-07..2021-09"),
        ("Q3 2021", "2021-07..2021-09"),
        ("the third quarter of 2021", "2021-07..2021-09"),
        ("first half of 2021", "2021-01..2021-06"),
        ("2021-H2", "2021-07..2021-12"),
        ("late 1990s", "1997..1999"),
        ("1990s", "1990..1999"),
        ("the 1860's", "1860..1869"),
        ("20th century", "1901..2000"),
        ("spring 2001", "2001-03..2001-05"),
        ("summer of 2001", "2001-06..2001-08"),
        ("2001 autumn", "2001-09..2001-11"),
        ("fall 2001", "2001-09..2001-11"),
        ("winter 2001-02", "2001-12..2002-02"),
        ("winter 2001/2002", "2001-12..2002-02"),
        ("2024-W22", "2024-05-27..2024-06-02"),
        ("week 34 of 2021", "2021-08-23..2021-08-29"),
        ("Week 1, 2021", "2021-01-04..2021-01-10"),
        ("2021, week 34", "2021-08-23..2021-08-29"),
        ("w34 2021", "2021-08-23..2021-08-29"),
        ("1998-99", "1998..1999"),
        ("2021/22", "2021..2022"),
        # seasons of EDTF
        ("2001-21", "2001-03..2001-05"),
        ("2001-22", "2001-06..2001-08"),
        ("2001-23", "2001-09..2001-11"),
        ("2001-25", "2001-03..2001-05"),
        ("2001-29", "2001-09..2001-11"),
        ("2001-31", "2001-03..2001-05"),
        ("2001-32", "2001-06..2001-08"),
        ("2001-34", "2001-04..2001-06"),
        ("2001-38", "2001-05..2001-08"),
        ("1922-40", "1922-01..1922-06"),
        ("1922?-40", "1922-01..1922-06"),
        ("2001-21..2003", "2001-03..2003"),
        # digits left out
        ("199X", "1990..1999"),
        ("199u", "1990..1999"),
        ("199?", "1990..1999"),
        ("19XX", "1900..1999"),
        ("19??", "1900..1999"),
        ("1999-XX", "1999"),
        ("1999-uu", "1999"),
        ("1999-XX-XX", "1999"),
        ("1999-01-XX", "1999-01"),
        ("1999-1X", "1999-10..1999-12"),
        ("1999-02-2X", "1999-02-20..1999-02-28"),
        # ranges
        ("2023-07-01 - 2023-07-14", "2023-07-01..2023-07-14"),
        ("2023-07-01-2023-07-14", "2023-07-01..2023-07-14"),
        ("2021-08-26 to 2021-08-28", "2021-08-26..2021-08-28"),
        ("from 2021-08-26 to 2021-08-28", "2021-08-26..2021-08-28"),
        ("between 2021-08 and 2021-09", "2021-08..2021-09"),
        ("7 Jun-14 Jul 1916", "1916-06-07..1916-07-14"),
        ("7-14 June 2021", "2021-06-07..2021-06-14"),
        ("7 and 8 June 2021", "2021-06-07..2021-06-08"),
        ("7th or 8th of June 2021", "2021-06-07..2021-06-08"),
        ("June 7-14, 2021", "2021-06-07..2021-06-14"),
        ("Aug 26 - Sep 3, 2021", "2021-08-26..2021-09-03"),
        ("28 December - 3 January 2022", "2021-12-28..2022-01-03"),
        ("26-28.08.2021", "2021-08-26..2021-08-28"),
        ("26/08/2021-28/08/2021", "2021-08-26..2021-08-28"),
        ("August-September 2021", "2021-08..2021-09"),
        ("Aug/Sep 2021", "2021-08..2021-09"),
        ("late August to early September 2021", "2021-08-21..2021-09-10"),
        ("2021-2023", "2021..2023"),
        ("2021 or 2022", "2021..2022"),
        ("2022 or 2021", "2021..2022"),
        ("2021-08-26..28", "2021-08-26..2021-08-28"),
        ("2021...2023", "2021..2023"),
        ("c. 1999-2003", "1998..2004"),
        ("2004-06~..2004-08", "2004-05..2004-08"),
        ("2004-06-11?..2004-06-12~", "2004-06-11..2004-06-13"),
        ("~2021..", "2020.."),
        # open sides: strictly before and after
        ("before 2021-09", "..2021-08"),
        ("before 2021-01", "..2020-12"),
        ("before 1 March 2024", "..2024-02-29"),
        ("prior to 2021", "..2020"),
        ("pre-2021", "..2020"),
        ("after 2021-09", "2021-10.."),
        ("after 31 December 2021", "2022-01-01.."),
        ("by 2021-09", "..2021-09"),
        ("until 2021-09", "..2021-09"),
        ("not later than 2021-09", "..2021-09"),
        ("2021-09 or earlier", "..2021-09"),
        ("since 2021-09", "2021-09.."),
        ("from 2021-09 onwards", "2021-09.."),
        ("not before September 2021", "2021-09.."),
        ("2021-", "2021.."),
        ("2021-present", "2021.."),
        ("before mid-2021", "..2021-08"),  # soft edges: it may have been within it
        ("after the beginning of 2021", "2021-01.."),
        ("before c. 2021", "..2021"),
        # sets
        ("[1667..1672]", "1667..1672"),
        ("{1960, 1961-12}", "1960..1961-12"),
        ("[1667, 1668, 1670..1672]", "1667..1672"),
        ("[1962, 1960, 1961]", "1960..1962"),
        ("[..1760-12-03]", "..1760-12-03"),
        ("[..1760, 1750]", "..1760"),
        ("[1667, 1760-12..]", "1667.."),
        ("[1760-12..]", "1760-12.."),
    ],
)
def test_writing_gets_the_one_rewrite_that_means_it(text, rewrite):
    error = refused(text)
    assert error.code in {"RM401", "RM402"}
    assert error.rewrites == (rewrite,)
    assert f"write {rewrite}" in error.hint


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("2021-08-26/2021-08-28", "2021-08-26..2021-08-28"),
        ("2021-08-26/28", "2021-08-26..2021-08-28"),
        ("2001-21/2003", "2001-03..2003"),
        ("2004-06~/2004-08", "2004-05..2004-08"),
        ("2004-06-11?/2004-06-12", "2004-06-11..2004-06-12"),
        ("2004-06~/..", "2004-05.."),
        ("/1960", "..1960"),
        ("../1960", "..1960"),
        ("1985-04-12/", "1985-04-12.."),
        ("1985-04-12/open", "1985-04-12.."),
        ("unknown/2006", "..2006"),
    ],
)
def test_lasting_interval_of_edtf_gets_one_for_a_day_not_known_better(text, rewrite):
    error = refused(text)
    assert (error.code, error.rewrites) == ("RM404", (rewrite,))
    assert str(error) == f"{text} means lasting from one to the other, and an act does not last"
    assert error.hint.startswith(f"for one day not known better, write {rewrite}")


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("2024-05..2024-02", "2024-02..2024-05"),
        ("2024/2023", "2023..2024"),
        ("2023-07-14 - 2023-07-01", "2023-07-01..2023-07-14"),
        ("mid-2023 to 2021", "2021..2023-08"),
    ],
)
def test_reversed_range_is_turned_and_said_to_be_reversed(text, rewrite):
    error = refused(text)
    assert (error.code, error.rewrites) == ("RM403", (rewrite,))
    assert str(error) == f"the interval {text} ends before it begins"
    assert f"write {rewrite}" in error.hint


# --- one writing, two meanings -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "05/06/2021",
            "write 2021-06-05 if the day comes first, 2021-05-06 if the month does",
        ),
        (
            "before 05/06/2021",
            "write ..2021-06-04 if the day comes first, ..2021-05-05 if the month does",
        ),
        (
            "05/06/2021 - 07/06/2021",
            "for one day in that time, write 2021-06-05..2021-06-07 if the day comes first,"
            " 2021-05-06..2021-07-06 if the month does",
        ),
        ("5/6/21", "write 2021-06-05 if the day comes first, 2021-05-06 if the month does"),
        ("26.08.21", "write 2021-08-26 if the day comes first, 2026-08-21 if the year does"),
        (
            "winter 2001",
            "write 2001-12..2002-02 if it begins in that year, 2000-12..2001-02 if it ends in it",
        ),
        (
            "2020-21",
            "write 2020..2021 for the years 2020 to 2021, 2020-03..2020-05 (northern spring)",
        ),
        ("2001/02", "write 2001..2002 for the years 2001 to 2002, 2001-02 for the month"),
        ("1900s", "write 1900..1909 for the decade, 1900..1999 for the century"),
        ("210826", "write 2026-08-21 if the day comes first, 2021-08-26 if the year does"),
        ("200826", "write 2026-08-20 if the day comes first, 2020-08-26 if the year does"),
        ("200102", "write 2001-02 for the month, 2020-01-02 for the day"),
    ],
)
def test_writing_with_two_meanings_gets_both_with_their_conditions(text, hint):
    error = refused(text)
    assert error.hint == hint
    assert len(error.rewrites) == 2


# --- how the advice is put ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2021-08-26 to 2021-08-28", "for one day in that time, write 2021-08-26..2021-08-28"),
        ("2021-08-26 10:00", "days are the finest unit: write 2021-08-26"),
        ("c. 2021", "write 2021~ (one year wider on each side)"),
        ("~2021-08-26", "write 2021-08-26~ (one day wider on each side)"),
        ("1984%", "write 1984~ (one year wider on each side); put the doubt in a note"),
        ("?199X", "write 1990..1999; put the doubt in a note"),
        ("2024~..2025", "~ and ? may follow only a single date: write 2023..2025"),
        ("2001-21", "21 is spring in EDTF: write 2001-03..2001-05 (northern spring)"),
        ("2001-29", "29 is southern spring in EDTF: write 2001-09..2001-11 (southern spring)"),
        ("2001-33", "33 is the 1st quarter of a year in EDTF: write 2001-01..2001-03"),
        ("[2021-05]", "write 2021-05"),
        ("{1960, 1961-12}", "write 1960..1961-12 to cover them all"),
        ("2021-13-05", "write 2021-05-13 if 13 is the day"),
        ("2021-05-00", "write 2021-05 if 00 is for what is not known"),
        (
            "Friday 26 August 2021",
            "write 2021-08-26 if the day is right: it was a Thursday",
        ),
    ],
)
def test_hint_says_in_few_words_what_the_rewrite_takes_for_granted(text, hint):
    assert refused(text).hint == hint


@pytest.mark.parametrize(
    ("text", "odd", "rewrite"),
    [
        ("2021–11–18", "en dashes (U+2013)", "2021-11-18"),
        ("2021–11-18", "an en dash (U+2013)", "2021-11-18"),
        ("2021—11—18", "em dashes (U+2014)", "2021-11-18"),
        ("2021‑11‑18", "non-breaking hyphens (U+2011)", "2021-11-18"),
        ("2021−11−18", "minus signs (U+2212)", "2021-11-18"),
        ("2021…2022", "a horizontal ellipsis (U+2026)", "2021..2022"),
        ("۲۰۲۱-۱۱-۱۸", "Persian digits", "2021-11-18"),
        ("٢٠٢١-١١-١٨", "Arabic digits", "2021-11-18"),
        ("２０２１-１１-１８", "full-width digits", "2021-11-18"),
        ("२०२१-११-१८", "Devanagari digits", "2021-11-18"),
        ("2021-11-18\u200f", "an invisible character (U+200F)", "2021-11-18"),
        ("2021\u00ad-11-18", "an invisible character (U+00AD)", "2021-11-18"),
        ("18\u00a0November 2021", "a no-break space (U+00A0)", "2021-11-18"),
        ("\u06f2\u06f0\u06f2\u06f1–11", "Persian digits, an en dash (U+2013)", "2021-11"),
    ],
)
def test_message_names_the_odd_characters_of_a_date(text, odd, rewrite):
    error = refused(text)
    assert str(error) == f"{text!r} is not a date: it has {odd}"
    assert (error.hint, error.rewrites) == (f"write {rewrite}", (rewrite,))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2021-2-30", "February 2021 has 28 days: check the day"),
        ("30 February 2024", "February 2024 has 29 days: check the day"),
        ("31/04/2021", "April 2021 has 30 days: check the day"),
        ("2021-02-30T10:00", "February 2021 has 28 days: check the day"),
        ("1-31 June 2021", "June 2021 has 30 days: check the day"),
        ("2021-02-30", "check the month and the day"),
        ("2024..2024-06-31", "check the month and the day"),
        ("2024-13", "check the month and the day"),
        ("0000", "the calendar runs from the year 0001 to the year 9999"),
        ("0000..2024", "the calendar runs from the year 0001 to the year 9999"),
    ],
)
def test_day_that_does_not_exist_is_named_and_not_rewritten(text, hint):
    error = refused(text)
    assert (error.code, error.hint, error.rewrites) == ("RM402", hint, ())
    assert str(error) == f"there is no such date as {text}"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", GENERAL),
        ("after the talks", GENERAL),
        ("1990 2021-08 late", GENERAL),
        ("2021-08-", GENERAL),
        ("2023-05 August", GENERAL),
        ("Jan-2023-05", GENERAL),
        ("156X-12", GENERAL),
        ("[..1760, 1770..]", GENERAL),
        ("xxxx", GENERAL),
        ("before 0001", GENERAL),
        ("open", RANGE),
        ("Unknown", RANGE),
        *(
            (text, RANGE)
            for text in ("undated", "date unknown", "n.d.", "nd", "none", "null", "n/a")
        ),
        *(("-", RANGE), ("tbd", RANGE)),
        ("today", "write the day itself as YYYY-MM-DD: no date here is relative to today"),
        ("last week", "write the day itself as YYYY-MM-DD: no date here is relative to today"),
        ("-0999", "the calendar runs from the year 0001 to the year 9999"),
        ("-1990-12", "the calendar runs from the year 0001 to the year 9999"),
        ("2nd century BCE", "the calendar runs from the year 0001 to the year 9999"),
        ("170000002-01-01", "the calendar runs from the year 0001 to the year 9999"),
        ("44 BC", "the calendar runs from the year 0001 to the year 9999"),
        ("12021", "the calendar runs from the year 0001 to the year 9999"),
        ("26 August", "add the year, with four digits: YYYY-MM-DD, YYYY-MM or YYYY"),
        ("1/2/3", "add the year, with four digits: YYYY-MM-DD, YYYY-MM or YYYY"),
        ("01/02/03", "add the year, with four digits: YYYY-MM-DD, YYYY-MM or YYYY"),
        ("26/08", "add the year, with four digits: YYYY-MM-DD, YYYY-MM or YYYY"),
        ("31/02/21", "add the year, with four digits: YYYY-MM-DD, YYYY-MM or YYYY"),
        (
            "[05/06/2021, 2022]",
            "write a day as YYYY-MM-DD, a date known only within a range as a..b",
        ),
        (
            "?2021..May /",
            "~ and ? may follow only a single date: write a wider interval instead",
        ),
        ("2021/x/y", "write a day as YYYY-MM-DD, a date known only within a range as a..b"),
    ],
)
def test_text_without_clear_meaning_gets_no_rewrite_but_says_what_is_needed(text, hint):
    error = refused(text)
    assert (error.code, error.hint, error.rewrites) == ("RM401", hint, ())


# --- the calendars of Afghanistan --------------------------------------------------------------

SOLAR = "looks like a year of the Solar Hijri calendar, which began in March"
LUNAR = "looks like a year of the Islamic lunar calendar"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1400/06/05", f"1400 {SOLAR} 2021"),  # its first day was 2021-03-21
        ("5 Sonbola 1400", f"1400 {SOLAR} 2021"),
        ("۱۴۰۰/۶/۵", f"1400 {SOLAR} 2021"),
        ("1399-1400", f"1399 {SOLAR} 2020"),
        ("1400-02-31", f"1400 {SOLAR} 2021"),  # a day of that calendar, not of ours
        ("1443/01/17", LUNAR),
    ],
)
def test_year_of_another_calendar_is_named_and_its_date_not_taken_over(text, hint):
    error = refused(text)
    assert hint in error.hint
    assert "Gregorian" in error.hint
    assert error.rewrites == ()


@pytest.mark.parametrize(
    ("year", "named"),
    [("1369", ""), ("1370", "Solar"), ("1408", "Solar"), ("1412", ""), ("1414", "lunar"),
     ("1450", "lunar"), ("1451", ""), ("2021", "")],
)  # fmt: skip
def test_other_calendar_is_named_for_the_years_since_the_taliban(year, named):
    assert named in other_calendar([year])
    assert bool(other_calendar([year])) == bool(named)


def test_date_in_the_distant_past_is_asked_for_its_calendar():
    scenario = record(act("engage", "1400-06-05"), begins="1996", until="1997-06-30").scenario
    (found,) = implausible_dates([scenario], {str(YEARBOOK.id): YEARBOOK}, {})
    assert found.code == "RM408"
    assert f"1400 {SOLAR} 2021" in found.hint


# --- a known interval, one of the ways to write it ---------------------------------------------

Bounds = tuple[object, object]
NAMES = [date(2001, month, 1).strftime("%B") for month in range(1, 13)]
# Not the years that could be of another calendar, nor so near an end that an open side has no date.
known_days = st.dates(date(1801, 1, 1), date(2199, 12, 31))


def ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 11 <= number <= 13 else ending}"


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def writings_of_day(day: date) -> list[str]:
    d, m, y, name = day.day, day.month, day.year, NAMES[day.month - 1]
    week = day.isocalendar()
    return [
        f"{d}/{m}/{y}", f"{m:02}/{d:02}/{y}", f"{d:02}.{m:02}.{y}", f"{y}/{m}/{d}", f"{y}.{m}.{d}",
        f"{y}{m:02}{d:02}", f"{d} {name} {y}", f"{name} {d}, {y}", f"{y} {name} {d}",
        f"{ordinal(d)} of {name[:3]}. {y}", f"{day:%A}, {name[:3]} {d} {y}", f"{d}-{name[:3]}-{y}",
        f"{day}T23:59:59Z", f"{week.year}-W{week.week:02}-{week.weekday}", f"{y}-{day:%j}",
        f"{y}–{m:02}–{d:02}", str(day).translate({ord("0") + n: 0x6F0 + n for n in range(10)}),
    ]  # fmt: skip


def writings_of_month(day: date) -> list[str]:
    m, y, name = day.month, day.year, NAMES[day.month - 1]
    return [f"{name} {y}", f"{name[:3]}. {y}", f"{m}/{y}", f"{m:02}.{y}", f"{y} {name}",
            f"{y}-{m:02}-XX", f"in {name.lower()} of {y}", f"{y}-{m:02}-uu"]  # fmt: skip


def unit_of(day: date, size: str) -> tuple[date, date]:
    if size == "day":
        return day, day
    if size == "month":
        return day.replace(day=1), last_of_month(day)
    return date(day.year, 1, 1), date(day.year, 12, 31)


@st.composite
def units(draw) -> tuple[str, date, date]:
    """A day, month or year as people write it, and its first and last day."""
    day = draw(known_days)
    size = draw(st.sampled_from(("day", "month", "year")))
    written = {
        "day": writings_of_day(day),
        "month": writings_of_month(day),
        "year": [f"the year {day.year}", f"{day.year}-XX", f"in {day.year}"],
    }[size]
    return draw(st.sampled_from(written)), *unit_of(day, size)


@st.composite
def parts(draw) -> tuple[str, date, date]:
    """A part of a month, year or decade, and its first and last day."""
    day = draw(known_days)
    year, month = day.year, day.month
    at = draw(st.integers(0, 3))
    decade = year // 10 * 10
    name = draw(st.sampled_from((f"{NAMES[month - 1]} {year}", f"{year}-{month:02}")))
    month_end = monthrange(year, month)[1]
    third = ("early", "mid", "late")[at % 3]
    first_day, last_day = ((1, 10), (11, 20), (21, month_end))[at % 3]
    first_month, last_month = ((1, 4), (5, 8), (9, 12))[at % 3]
    quarter_end = last_of_month(date(year, at * 3 + 3, 1))
    half = at % 2
    halves = (date(year, half * 6 + 1, 1), last_of_month(date(year, half * 6 + 6, 1)))
    return draw(
        st.sampled_from(
            [
                (f"{third} {name}", date(year, month, first_day), date(year, month, last_day)),
                (f"{third}-{name}", date(year, month, first_day), date(year, month, last_day)),
                (
                    f"{third} {year}",
                    date(year, first_month, 1),
                    last_of_month(date(year, last_month, 1)),
                ),
                (f"Q{at + 1} {year}", date(year, at * 3 + 1, 1), quarter_end),
                (f"{year}-Q{at + 1}", date(year, at * 3 + 1, 1), quarter_end),
                (f"{year}-{33 + at}", date(year, at * 3 + 1, 1), quarter_end),
                (f"{('first', 'second')[half]} half of {year}", *halves),
                (f"{year}-H{half + 1}", *halves),
                (f"{year}-{40 + half}", *halves),
                (f"the {decade}s", date(decade, 1, 1), date(decade + 9, 12, 31)),
                (f"about mid {decade}s", date(decade + 3, 1, 1), date(decade + 7, 12, 31)),
                (f"{str(year)[:3]}X", date(decade, 1, 1), date(decade + 9, 12, 31)),
            ]
        )
    )


def bounds_advised(text: str) -> list[Bounds]:
    error = refused(text)
    assert error.code in {"RM401", "RM402", "RM404"}
    return [(when.earliest, when.latest) for when in map(When.parse, error.rewrites)]


@often
@given(units() | parts())
def test_advised_date_has_the_bounds_of_what_was_written(written):
    text, first, last = written
    assume(text != f"{first.year}-{first.year % 100 + 1}")  # as 1935-36: two years, or a season
    assume("00s" not in text)  # as 1900s: a decade, or a century
    advised = bounds_advised(text)
    assert (first, last) in advised
    # Only a day and a month that could each be the other leave two dates.
    assert len(advised) == 1 or (len(advised) == 2 and first == last and first.day <= 12)


@often
@given(
    units(),
    units(),
    st.sampled_from(
        (
            "{} - {}",
            "{} to {}",
            "from {} until {}",
            "between {} and {}",
            "{} or {}",
            "{}..{}",
            "[{}..{}]",
        )
    ),
)
def test_advised_range_runs_from_the_first_to_the_last_day_written(one, other, form):
    (a, first, _), (b, _, last) = one, other
    assume(first <= last)
    assume(
        not {"/", "."} & {*a} or not {"/", "."} & {*b}
    )  # one text has one order of day and month
    assert (first, last) in bounds_advised(form.format(a, b))


@often
@given(units(), st.sampled_from(("before", "after", "by", "since")))
def test_advised_open_date_ends_where_the_writing_says(written, word):
    text, first, last = written
    assume(":" not in text)  # what is before a time may be on that day
    wanted = {
        "before": (OPEN_START, first - DAY),
        "after": (last + DAY, OPEN_END),
        "by": (OPEN_START, last),
        "since": (first, OPEN_END),
    }[word]
    assert wanted in bounds_advised(f"{word} {text}")


@often
@given(units(), st.sampled_from(("c. ", "circa ", "about ", "~", "?", "perhaps ")))
def test_advised_approximate_date_is_wider_by_its_unit_and_a_doubtful_one_is_not(written, word):
    text, first, last = written
    if word in {"?", "perhaps "}:
        wanted = (first, last)
    else:
        size = "day" if first == last else "month" if (last - first).days < 32 else "year"
        wanted = (unit_of(first - DAY, size)[0], unit_of(last + DAY, size)[1])
    assert wanted in bounds_advised(word + text)


@often
@given(known_days, known_days)
def test_shared_month_and_year_are_taken_over_from_the_other_end(day, other):
    name = NAMES[day.month - 1]
    first, last = sorted((day.day, min(other.day, monthrange(day.year, day.month)[1])))
    wanted = [(day.replace(day=first), day.replace(day=last))]
    assert bounds_advised(f"{first}-{last} {name} {day.year}") == wanted
    assert bounds_advised(f"{name} {first}-{last}, {day.year}") == wanted
    assert bounds_advised(f"{first} {name} to {last} {name[:3]} {day.year}") == wanted


# --- EDTF, against another reader of it --------------------------------------------------------


def edtf_day(end: object, unbounded: OpenEnd) -> object:
    return unbounded if isinstance(end, float) else date(*end[:3])  # an infinite number


@st.composite
def edtf_texts(draw) -> str:
    """A text of EDTF that we refuse, and python-edtf reads exactly."""
    day, other = sorted((draw(known_days), draw(known_days)))
    a, b = (str(end)[: draw(st.sampled_from((4, 7, 10)))] for end in (day, other))
    assume(day.year < other.year)
    y = f"{day.year}"
    until = str(other)[: len(a)]  # python-edtf reads `[a..b]` only if both are alike
    code = draw(st.integers(33, 41))
    assume(code != day.year % 100 + 1)
    return draw(
        st.sampled_from(
            [f"{y[:3]}X", f"{y[:2]}XX", f"{y}-XX", f"{y}-{day:%m}-XX", f"{y}-{code}",
             f"[{a}..{until}]", f"[{a},{b}]", f"{{{a},{b}}}", f"[..{b}]", f"[{a}..]",
             f"{a}/{b}", f"../{b}", f"{a}/.."]
        )
    )  # fmt: skip


@often
@given(edtf_texts())
def test_rewrite_of_edtf_has_the_bounds_that_another_reader_gives(text):
    theirs = parse_edtf(text)
    expected = (
        edtf_day(theirs.lower_strict(), OPEN_START),
        edtf_day(theirs.upper_strict(), OPEN_END),
    )
    assert bounds_advised(text) == [expected]


# --- where only a day, or a day, month or year can stand ---------------------------------------


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("31/12/2021", "write 2021-12-31"),
        ("2021-12-1", "write 2021-12-01"),
        ("December 2021", "write one full day: YYYY-MM-DD"),
        ("c. 31 December 2021", "write one full day: YYYY-MM-DD"),
        ("2021-2022", "write one full day: YYYY-MM-DD"),
        ("2022..2021", "write one full day: YYYY-MM-DD"),
        ("2021-12/2022-01", "write one full day: YYYY-MM-DD"),
        ("nonsense", "write one full day: YYYY-MM-DD"),
        ("2021-02-30", "check the month and the day"),
    ],
)
def test_exact_day_advises_only_single_days(text, hint):
    with pytest.raises(DateError) as caught:
        exact_day(text)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("31/12/2021", "write 2021-12-31"),
        ("December 2021", "write 2021-12"),
        (" 2021", "write 2021"),
        ("c. 2021", "write 2025-12-31, 2025-12 or 2025, without ~, ? and .."),
        ("since 2021", "write 2025-12-31, 2025-12 or 2025, without ~, ? and .."),
        ("2021?", "write 2025-12-31, 2025-12 or 2025, without ~, ? and .."),
        ("today", "write 2025-12-31, 2025-12 or 2025, without ~, ? and .."),
        ("2021-13", "check the month and the day"),
    ],
)
def test_day_of_advises_only_days_months_and_years(text, hint):
    with pytest.raises(DateError) as caught:
        day_of(text, "last")
    assert caught.value.hint == hint


# --- every hint, whatever the text -------------------------------------------------------------

PIECES = [
    *(
        "January",
        "Aug",
        "sept.",
        "Thursday",
        "26",
        "3rd",
        "05",
        "2021",
        "21",
        "1999",
        "1400",
        "0000",
    ),
    *(
        "2021-08",
        "2023-05-07",
        "26/08/2021",
        "05/06/2021",
        "۲۰۲۱",
        "-13-05",
        "199X",
        "W22",
        "T10:00",
    ),
    *(
        "-",
        "–",
        "/",
        "..",
        "…",
        ",",
        ".",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "~",
        "?",
        "%",
        "X",
        "\u200f",
    ),
    *("to", "and", "or", "between", "from", "of", "in", "c.", "about", "before", "after", "by"),
    *("since", "until", "not later than", "early", "mid-", "late", "end", "half", "first", "q3"),
    *("winter", "autumn", "century", "present", "open", "unknown", "BC", " "),
]


def refusal_of(text: str) -> DateError | None:
    try:
        When.parse(text)
    except DateError as error:
        return error
    return None


@often
@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
    | st.text(max_size=40)
    | st.from_regex(r"[0-9XuQ?~%./\[\]-]{1,24}", fullmatch=True)
)
def test_every_date_that_a_hint_advises_parses_and_messages_stay_short(text):
    error = refusal_of(text)
    assume(error is not None)
    assert error.code in {"RM401", "RM402", "RM403", "RM404"}
    assert 0 < len(error.hint) < 300
    assert len(str(error)) < 300
    assert len(set(error.rewrites)) == len(error.rewrites)
    for rewrite in error.rewrites:
        assert When.parse(rewrite).text == rewrite
        assert rewrite in error.hint


@pytest.mark.parametrize(
    "text",
    [
        "2021-" * 200_000,
        "2021–" * 200_000,
        "2" * 1_000_000,
        "\n" * 1_000_000 + "2",
        "\u200f" * 1_000_000,
        "\U000e0001" * 1_000,
        "2024.." * 200_000,
        "about " * 13,
        "early of the " * 6,
        "~?" * 40,
        "(" * 40 + ")" * 40,
        " - ".join(["may"] * 13),
        "-".join("abcd" for _ in range(16)),
        "a to b or " * 8,
        "26/08/2021-" * 7,
        "1" * 80,
        "[" + "1," * 38 + "]",
    ],
    ids=range(17),
)
def test_long_text_is_refused_quickly_and_shortly(text):
    begun = time.perf_counter()
    error = refused(text)
    assert time.perf_counter() - begun < 2
    assert len(str(error)) < 300
    assert len(error.hint) < 300


def test_long_text_is_quoted_by_its_first_59_letters_and_gets_the_general_hint():
    for text in ("0123456789" * 20, "1389-" * 40):
        error = refused(text)
        assert str(error) == f"{text[:59] + '…'!r} is not a date"
        assert (error.hint, error.rewrites) == (GENERAL, ())


def test_good_dates_never_load_the_module_of_the_hints():
    program = (
        "import sys; from recognition_model.core.dates import When;"
        " [When.parse(t) for t in ('2024', '2024-05~', '2024-05-27?', '..2024', '2024..2025')];"
        " print(sorted(m for m in sys.modules if '.date_' in m))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    "text",
    [
        *("2026-0000-01", "2026 to 0000", "0000-2026", "0000-01..2026", "0000/2026-01", "0000"),
        *("0000/21 to 2026", "the 0000s to 2026", "early 0000s to 2026", "000X..2026", "0000-05"),
        *("2026 to the 0000s", "0000 or 2026", "spring 0000 to 2026", "c. 0000-21..2026"),
    ],
)
def test_year_0_is_refused_as_any_wrong_date(text: str) -> None:
    with pytest.raises(DateError):
        When.of(text)
