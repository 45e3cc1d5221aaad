"""`seeds/authority.yaml`: when the Taliban governed, read as strictly as a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from support.fixtures import Write

import recognition_model as rm
from recognition_model.core.authority import PERIODS_OF_RULE, Authority, PeriodOfRule

GOOD = """\
format: recognition-authority/1
title: When they governed
periods:
  - {first: 1996-09-27, closing: 2001-11-13, last: 2001-12-07}
  - {first: 2021-08-15}
days:
  - date: 1996-09-27
    note: They take the capital.
    evidence:
      - {source: yearbook-2026, voice: press, credibility: 1, claim: An example.}
"""


def shipped() -> Authority:
    (authority,) = rm.load_folder().authorities
    return authority


def test_shipped_periods_are_those_of_the_constant() -> None:
    assert shipped().periods == PERIODS_OF_RULE


def test_every_day_of_a_period_has_evidence_of_two_sources() -> None:
    days = {day.date: day for day in shipped().days}
    named = {d for p in PERIODS_OF_RULE for d in (p.first, p.closing, p.last) if d is not None}
    assert named == {
        date(1996, 9, 27),
        date(2001, 11, 13),
        date(2001, 12, 7),
        date(2021, 8, 15),
    }
    assert named <= days.keys()
    assert date(2001, 12, 5) in days  # Bonn
    for day in days.values():
        assert len({item.source.id for item in day.evidence if item.supports}) >= 2, day


def test_authority_file_is_read(write: Write, register: Mapping[str, rm.Source]) -> None:
    folder = rm.load_folder(write(GOOD, "authority.yaml"), register)
    (authority,) = folder.authorities
    assert (folder.findings, folder.scenarios) == ((), ())
    assert str(authority) == "'When they governed', 2 periods"
    assert [str(period) for period in authority.periods] == [
        "1996-09-27 to 2001-12-07",
        "2021-08-15 to now",
    ]
    assert [item.source.id for item in authority.evidence] == ["yearbook-2026"]
    assert str(authority.days[0]) == "1996-09-27: They take the capital."


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("closing: 2001-11-13, ", "", "RM202"),
        ("last: 2001-12-07", "last: 2001-11-12", "RM403"),
        ("closing:", "closed:", "RM201"),
        ("first: 2021-08-15", "first: 2021-08", "RM405"),
        ("note: They take the capital.", "note: []", "RM203"),
        ("source: yearbook-2026", "source: nowhere", "RM301"),
    ],
)
def test_mistake_in_an_authority_file_is_a_finding(
    right: str, wrong: str, code: str, write: Write, register: Mapping[str, rm.Source]
) -> None:
    assert right in GOOD
    path: Path = write(GOOD.replace(right, wrong), "authority.yaml")
    folder = rm.load_folder(path, register)
    assert [found.code for found in folder.findings] == [code]
    assert folder.authorities == ()


def test_period_without_end_is_written_as_lasting_to_now() -> None:
    assert str(PeriodOfRule(first=date(2021, 8, 15))) == "2021-08-15 to now"
