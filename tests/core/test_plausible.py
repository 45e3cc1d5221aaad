"""Implausible dates: which are reported, and what the newest source is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from support.pictured import YEARBOOK, act, record

import recognition_model as rm
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import Place
from recognition_model.core.plausible import implausible_dates, newest_source
from recognition_model.io.scaffold import new_scenario

Said = Callable[..., list[str]]


def source(name: str, issued: str, public: str | None = None, seen: str | None = None) -> rm.Source:
    read = When.parse
    return evolve(
        YEARBOOK,
        id=name,
        issued=read(issued),
        public=read(public) if public else None,
        seen=read(seen) if seen else None,
    )


def register(*sources: rm.Source) -> Mapping[str, rm.Source]:
    return {str(one.id): one for one in sources}


NEWEST = register(source("old", "2026-01-02"), source("new", "2026-06-24"))  # + 366: 2027-06-25


def said(scenario: rm.Scenario, sources: Mapping[str, rm.Source] = NEWEST) -> list[str]:
    """What is said of a file, without the reason."""
    found = implausible_dates([scenario], sources, {})
    return [one.message.partition(" lies ")[0] for one in found]


def told(begins: str = "1996", until: str = "2026-06-30", visit: str = "2022") -> rm.Scenario:
    return record(act("engage", visit), begins=begins, until=until).scenario


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        ("1892-12-31", ["start 1892-12-31"]),
        ("1893-01-01", []),
        ("1892", ["start 1892"]),
        ("1893", []),
        ("1893~", []),  # may mean 1892, but need not
        ("1892-12~", ["start 1892-12"]),
        ("..1892", ["start 1892"]),
        ("..1996", []),  # open, and not the first day of the calendar
        ("0001-01-01", ["start 0001-01-01"]),
        ("0001-01-01..1996", ["start 0001-01-01"]),
        ("1892..1996", ["start 1892"]),
    ],
)
def test_date_before_1893_is_reported(begins: str, expected: list[str]) -> None:
    assert said(told(begins=begins)) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2027-06-25", []),  # 366 days after 2026-06-24
        ("2027-06-26", ["documented-until 2027-06-26"]),
        ("2062-01-08", ["documented-until 2062-01-08"]),
        ("9999-12-31", ["documented-until 9999-12-31"]),
    ],
)
def test_last_day_more_than_366_days_after_newest_source_is_reported(
    until: str, expected: list[str]
) -> None:
    assert said(told(until=until)) == expected


def test_day_of_review_is_judged_as_the_last_day_is() -> None:
    reviewed = evolve(told(), reviewed=date(2062, 7, 1))
    assert said(reviewed) == ["reviewed 2062-07-01"]
    assert said(evolve(reviewed, reviewed=date(2027, 6, 25))) == []


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        ("2027", []),  # begins in time
        ("2026~", []),
        ("2027-06~", []),
        ("2027-07", ["act engage 2027-07"]),
        ("2028?", ["act engage 2028"]),
        ("2026..2062", ["act engage 2062"]),
        ("2062..", ["act engage 2062"]),
        ("2026..", []),
        ("1829..2062", ["act engage 1829", "act engage 2062"]),
    ],
)
def test_each_end_of_a_date_is_judged_by_the_unit_written(visit: str, expected: list[str]) -> None:
    assert said(told(visit=visit)) == expected


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("2062-01-08", "perhaps 2026-01-08 is meant"),
        ("2202-05-01", "perhaps 2022-05-01 is meant"),
        ("0021-08-15", "perhaps 2021-08-15 is meant"),
        ("0098", "perhaps 1998 is meant"),
        ("2030-02-28", "perhaps 2003-02-28 is meant"),
        ("2036-02-29", "check the year against the source"),
        ("1829", "check the year against the source"),  # 1928 is before the Taliban
    ],
)
def test_hint_names_a_plausible_date_only(slip: str, meant: str) -> None:
    (found,) = implausible_dates([told(visit=slip)], NEWEST, {})
    assert found.hint == meant


def test_message_names_date_distance_and_newest_source() -> None:
    (found,) = implausible_dates([told(until="2062-01-08")], NEWEST, {})
    # 36 years with 9 leap days, less 167 days from 8 January to 24 June.
    days = 36 * 365 + 9 - 167
    assert found.message == (
        f"documented-until 2062-01-08 lies {days:,} days after 2026-06-24,"
        " when the newest source was public or seen (new)"
    )
    assert not found.is_error


@pytest.mark.parametrize(
    ("typo", "others", "newest"),
    [
        (source("typo", "2062-06-01"), [], "new"),
        (source("typo", "2022-06-01", "2202-06-01"), [], "new"),
        (source("typo", "2022-06-01", "2202-06-01", "2026-07-01"), [], "typo"),  # seen 2026-07-01
        (source("typo", "2024-06-01", seen="2062-07-01"), [], "new"),
        (source("late", "2028-06-01"), [date(2028, 5, 1)], "late"),  # a file has such a date too
        (source("late", "2027-06-25"), [], "late"),  # 366 days after the next
        (source("typo", "2027-06-26"), [], "new"),
        (source("open", "2026-07.."), [], "open"),
        (source("open", "..2026-05"), [], "new"),
    ],
)
def test_newest_source_is_not_one_that_stands_alone(
    typo: rm.Source, others: list[date], newest: str
) -> None:
    found = newest_source([typo, *NEWEST.values()], others)
    assert found is not None
    assert found.source == newest


def test_only_source_is_the_newest_and_without_sources_only_the_past_is_judged() -> None:
    alone = newest_source([source("alone", "2062")], [])
    assert alone is not None
    assert (alone.source, alone.day) == ("alone", date(2062, 1, 1))
    assert newest_source([], [date(2026, 1, 1)]) is None
    assert said(told(until="9999-12-31", begins="1829"), {}) == ["start 1829"]


def test_two_sources_that_agree_on_a_day_far_ahead_are_believed() -> None:
    ahead = register(*NEWEST.values(), source("a", "2062-06-01"), source("b", "2062-07-01"))
    assert said(told(until="2062-08-01"), ahead) == []


def test_last_days_of_calendar_need_no_day_after_them() -> None:
    last = register(source("a", "9999-12-30"), source("b", "9999-12-31"))
    assert said(told(until="9999-12-31"), last) == []


def test_dates_of_registered_sources_are_judged() -> None:
    sources = register(*NEWEST.values(), source("slip", "1812", "2062-05", "2026-05"))
    places = {name: Place("sources.yaml", line) for line, name in enumerate(sources, 3)}
    found = [
        (one.place.line, one.message.partition(" lies ")[0])
        for one in implausible_dates([], sources, places)
    ]
    assert found == [(5, "issued 1812"), (5, "public 2062-05")]


def test_no_date_of_the_shipped_record_is_implausible() -> None:
    assert [f for f in rm.load_folder().findings if f.code == "RM408"] == []


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("wire-2021-08-27", "issued: 2012-08-27", "the name says 2021-08-27, `issued:` says 2012"),
        ("wire-2021-08-27-2", "issued: 2022-08-27", "`issued:` says 2022-08-27"),
        ("wire-2021-08-27", "issued: 2021-09-03", ""),  # a week later
        ("wire-2021-08-27", "issued: 2021-09-04", "`issued:` says 2021-09-04"),
        ("wire-2021-08-27", "issued: 2021-08", ""),
        ("wire-2021-08-27", "issued: 2021-08-01, public: 2021-08-27", ""),
        ("wire-2021-02-30", "issued: 2012-08-27", ""),  # no day
        ("wire-2021", "issued: 2012-08-27", ""),
        (
            "wire-1",
            "issued: 2021-08-27, seen: 2021-08-26",
            "issued 2021-08-27, but seen 2021-08-26",
        ),
        ("wire-1", "issued: 2021-08-27, seen: 2021-08-27", ""),
        ("wire-1", "issued: 2021-08-27.., seen: 2021-09-27", ""),
    ],
)
def test_source_at_odds_with_its_name_or_with_the_day_on_which_it_was_seen_is_reported(
    name: str, more: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "sources.yaml").write_text(
        f"format: recognition-sources/1\nsources:\n  {name}: {{type: webpage, publisher: Wire,"
        f" title: Envoys meet, language: en, reliability: C, {more}}}\n",
        encoding="utf-8",
    )
    (tmp_path / "FJI.yaml").write_text(new_scenario("FJI"), encoding="utf-8")
    found = [one for one in rm.load_folder(tmp_path).findings if one.code == "RM715"]
    assert len(found) == bool(told)
    assert all(told in one.message and one.place.line == 3 for one in found)
