"""Entries of the lists beside the scenarios as plain data, and the line that names each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recognition_model.core.checks import Check, CheckedBy, CheckResult, Sample
from recognition_model.core.crosswalks import EventMeaning
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import Place
from recognition_model.core.evidence import Attestation
from recognition_model.core.searches import Search
from recognition_model.core.signals import Deed, Example, Family, Plover, SignalMeaning
from recognition_model.core.stages import Act

DAY = date(2026, 1, 15)
CHECK = Check(
    country="RUS",
    entry="engage 2022-02",
    digest="en1-0123",
    on=DAY,
    by=CheckedBy.OTHER,
    result=CheckResult.CORRECTED,
    against=("wire-2022",),
    pages=("https://mid.ru/a",),
    sample="spring",
    was="en1-4567",
    found="The day was wrong.",
    place=Place("checked.yaml", 7, 3),
)
SAMPLE = Sample(name="spring", seed=7, size=3, population=90, record="1.0", on=DAY)
SEARCH = Search(
    countries=("RUS", "BLR"),
    reviewed=DAY,
    seen=date(2026, 1, 20),
    where="a library, in Russian",
    searched="envoy",
    found=(),
    dropped="A copy.",
)
SIGNAL = SignalMeaning(
    word="visit_made",
    family=Family.VISIT,
    meaning="An official comes.",
    deed=Deed.HOST,
    is_not="A call.",
    example=Example(country="RUS", date=When.parse("2022-05")),
    aliases=("visit",),
    cameo=("042",),
    plover=(Plover.CONSULT,),
)
MEANING = EventMeaning(
    codes=("042", "043"),
    family=Family.VISIT,
    act=Act.ENGAGE,
    attestation=Attestation.REPORTED,
    actors=("GOV",),
    why="Officials met.",
)


@pytest.mark.parametrize(
    ("entry", "data"),
    [
        (
            CHECK,
            {
                "country": "RUS",
                "entry": "engage 2022-02",
                "digest": "en1-0123",
                "on": "2026-01-15",
                "by": "other",
                "result": "corrected",
                "against": ["wire-2022"],
                "pages": ["https://mid.ru/a"],
                "sample": "spring",
                "was": "en1-4567",
                "found": "The day was wrong.",
                "line": 7,
            },
        ),
        (
            SAMPLE,
            {
                "sample": "spring",
                "seed": 7,
                "size": 3,
                "population": 90,
                "record": "1.0",
                "on": "2026-01-15",
            },
        ),
        (
            SEARCH,
            {
                "countries": ["RUS", "BLR"],
                "reviewed": "2026-01-15",
                "seen": "2026-01-20",
                "where": "a library, in Russian",
                "searched": "envoy",
                "found": [],
                "dropped": "A copy.",
            },
        ),
        (
            SIGNAL,
            {
                "word": "visit_made",
                "family": "visit",
                "meaning": "An official comes.",
                "deed": "host",
                "is_not": "A call.",
                "example": {"country": "RUS", "date": "2022-05"},
                "aliases": ["visit"],
                "cameo": ["042"],
                "plover": ["CONSULT"],
            },
        ),
        (
            MEANING,
            {
                "codes": ["042", "043"],
                "family": "visit",
                "act": "engage",
                "attestation": "reported",
                "actors": ["GOV"],
                "why": "Officials met.",
            },
        ),
    ],
    ids=["check", "sample", "search", "signal", "event codes"],
)
def test_plain_data_of_an_entry_have_every_key_of_its_file(
    entry: Any, data: dict[str, Any]
) -> None:
    assert entry.to_dict() == data


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (CHECK, "RUS engage 2022-02: corrected"),
        (SAMPLE, "spring: 3 of 90 entries by seed 7"),
        (SEARCH, "RUS, BLR up to 2026-01-15: nothing found"),
        (SIGNAL, "visit_made (visit): An official comes."),
        (MEANING, "042, 043: visit and engage"),
        (EventMeaning(codes=("042",), act=Act.ENGAGE, why="They met."), "042: engage"),
        (EventMeaning(codes=("042",), why="It says nothing."), "042: nothing"),
    ],
    ids=["check", "sample", "search", "signal", "codes", "codes of an act", "codes of nothing"],
)
def test_entry_is_named_in_one_line(entry: object, text: str) -> None:
    assert str(entry) == text
