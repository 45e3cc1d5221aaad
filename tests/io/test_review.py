"""A review put into files as text: nothing else in them changes."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given

import recognition_model as rm
from recognition_model.core.searches import Search
from recognition_model.core.types import CountryCode
from recognition_model.io.reader import Reader
from recognition_model.io.review import NotEditable, with_reviewed, with_search
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import scenario_text
from recognition_model.testing import scenarios

DAY = date(2026, 6, 24)
SEARCH = Search(
    countries=(CountryCode("FJI"), CountryCode("TUV")),
    reviewed=DAY,
    seen=date(2026, 11, 26),
    where="public web pages",
    searched='"Fiji" and: Kabul #1',
    found=(),
)
ITEM = """\
  - countries: [FJI, TUV]
    reviewed: 2026-06-24
    seen: 2026-11-26
    where: "public web pages"
    searched: "\\"Fiji\\" and: Kabul #1"
    found: []
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: b\nreviewed: 2025-01-01\nc: d\n", "a: b\nreviewed: 2026-06-24\nc: d\n"),
        ("reviewed:   '2025-01-01'  # by me\n", "reviewed:   '2026-06-24'  # by me\n"),
        ("reviewed: 2025-01-01 # not 2024-01-01\n", "reviewed: 2026-06-24 # not 2024-01-01\n"),
        (
            "documented-until: 2025-01-01 # the end 2025-01-01\n# below\nc: d\n",
            "documented-until: 2025-01-01 # the end 2025-01-01\nreviewed: 2026-06-24\n"
            "# below\nc: d\n",
        ),
        (
            "c: d\ndocumented-until: 2025-01-01",
            "c: d\ndocumented-until: 2025-01-01\nreviewed: 2026-06-24",
        ),
        (
            "documented-until: 2025-01-01\r\nc: d\r\n",
            "documented-until: 2025-01-01\r\nreviewed: 2026-06-24\r\nc: d\r\n",
        ),
        ("{a: b, reviewed: 2025-01-01, c: d}\n", "{a: b, reviewed: 2026-06-24, c: d}\n"),
        (
            "  a: b\n  documented-until: 2025-01-01\n",
            "  a: b\n  documented-until: 2025-01-01\n  reviewed: 2026-06-24\n",
        ),
    ],
)
def test_only_the_line_of_the_review_changes(before: str, after: str) -> None:
    assert with_reviewed(before, DAY, "FJI.yaml") == after


@pytest.mark.parametrize(
    "text",
    ["{documented-until: 2025-01-01}\n", "a: b\n", "reviewed: soon\n", "- a\n"],
)
def test_file_without_a_safe_place_is_not_edited(text: str) -> None:
    with pytest.raises(NotEditable):
        with_reviewed(text, DAY, "FJI.yaml")


def test_broken_file_raises_its_findings() -> None:
    with pytest.raises(rm.RecordError) as raised:
        with_reviewed("a: [\n", DAY, "FJI.yaml")
    assert [found.code for found in raised.value.findings] == ["RM110"]


@given(scenarios())
def test_any_written_scenario_reads_back_with_the_day(scenario: rm.Scenario) -> None:
    day = max(DAY, scenario.documented_until)
    text = with_reviewed(scenario_text(scenario), day, "FJI.yaml")
    (line,) = set(text.splitlines()) - set(scenario_text(scenario).splitlines()) or {""}
    assert line in ("", f"reviewed: {day}")
    reader = Reader({item.source.id: item.source for item in scenario.evidence})
    assert reader.scenario(parse(text, "FJI.yaml")) == evolve(scenario, reviewed=day)


HEAD = "# mine\nformat: recognition-searches/1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"format: recognition-searches/1\nsearches:\n{ITEM}"),
        (f"{HEAD}searches: []\n", f"{HEAD}searches:\n{ITEM}"),
        (f"{HEAD}searches: [ ]  # none yet\n", f"{HEAD}searches:  # none yet\n{ITEM}"),
        (f"{HEAD}searches:\n{ITEM}", f"{HEAD}searches:\n{ITEM}{ITEM}"),
        (f"{HEAD}searches:\n{ITEM}# end", f"{HEAD}searches:\n{ITEM}# end\n{ITEM}"),
        (
            f"{HEAD}searches:\n- {{countries: [NRU]}}\n",
            f"{HEAD}searches:\n- {{countries: [NRU]}}\n"
            + ITEM.replace("\n    ", "\n  ").removeprefix("  "),
        ),
    ],
)
def test_search_is_added_at_the_end_of_a_log(before: str, after: str) -> None:
    assert with_search(before, SEARCH, "searches.yaml") == after


def test_log_with_line_ends_of_windows_keeps_them() -> None:
    before = f"{HEAD}searches:\n{ITEM}".replace("\n", "\r\n")
    after = f"{HEAD}searches:\n{ITEM}{ITEM}".replace("\n", "\r\n")
    assert with_search(before, SEARCH, "searches.yaml") == after


@pytest.mark.parametrize(
    "text",
    [
        "format: recognition-sources/1\nsources: {}\n",
        f"{HEAD}searches: [{{countries: [NRU]}}]\n",
        f"searches:\n{ITEM}format: recognition-searches/1\n",
        f"{HEAD}searches: [\n]\n",
    ],
)
def test_log_of_another_layout_is_not_edited(text: str) -> None:
    with pytest.raises(NotEditable):
        with_search(text, SEARCH, "searches.yaml")
