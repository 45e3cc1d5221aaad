"""Files of releases: what is written is read back, and a file that is none is told by its name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from recognition_model.io.releases import (
    Release,
    ReleaseError,
    release_text,
    released_facts,
    releases,
)

CORRECTION = {"id": "2-1", "country": "FJI", "why": "The “Gazette” was: misread."}
FACTS = {"FJI": {"title": "Fiji", "changes": [{"act": "engage", "date": "2022-01-01"}]}}
RELEASE = Release(
    number=2,
    day=date(2024, 5, 6),
    record="0123456789ab",
    rules="ba9876543210",
    program="1.2.0",
    countries={"FJI": "00000000000a", "TON": "00000000000b"},
    corrections=(CORRECTION,),
)


def put(folder: Path, text: str, name: str = "2.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_release_that_is_written_is_read_back(tmp_path: Path) -> None:
    put(tmp_path, release_text(RELEASE, RELEASE.corrections, FACTS))
    assert releases(tmp_path) == (RELEASE,)
    assert released_facts(2, tmp_path) == FACTS
    assert str(RELEASE) == "data release 2 of 2024-05-06"


def test_releases_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (10, 9):
        text = release_text(RELEASE, (), {}).replace("number: 2", f"number: {number}")
        put(tmp_path, text, f"{number}.yaml")
    assert [(one.number, one.corrections) for one in releases(tmp_path)] == [(9, ()), (10, ())]


@pytest.mark.parametrize(
    ("countries", "held"),
    [
        ({"FJI": "00000000000a"}, True),
        ({"FJI": "00000000000a", "TON": "00000000000b"}, True),
        ({"FJI": "00000000000c"}, False),
        ({"FJI": "00000000000a", "WSM": "00000000000d"}, False),
        ({}, False),
    ],
)
def test_release_holds_countries_whose_digests_are_all_in_it(
    countries: dict[str, str], *, held: bool
) -> None:
    assert RELEASE.holds(countries) is held


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format: recognition-release/2\n", "2.yaml: format is not recognition-release/1"),
        ("format: recognition-release/1\n", "2.yaml: no usable head of a release ('number')"),
        ("- a\n", "2.yaml: no mapping"),
    ],
)
def test_file_that_is_no_release_is_told_by_its_name(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as raised:
        releases(put(tmp_path, text))
    assert str(raised.value) == told
