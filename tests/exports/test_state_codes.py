"""State numbers of political science data sets."""

from __future__ import annotations

from datetime import date

import pytest

from recognition_model.core.countries import is_country
from recognition_model.exports.state_codes import (
    Frame,
    cow,
    gleditsch_ward,
    members,
    number_on,
    turns,
)

# Country: number in Correlates of War, number in Gleditsch and Ward, as their lists have them.
KNOWN = {
    "USA": (2, 2),
    "CAN": (20, 20),
    "MEX": (70, 70),
    "GBR": (200, 200),
    "CHE": (225, 225),
    "DEU": (255, 260),
    "CZE": (316, 316),
    "MNE": (341, 341),
    "SRB": (345, 340),
    "XKX": (347, 347),
    "RUS": (365, 365),
    "NOR": (385, 385),
    "TZA": (510, 510),
    "SSD": (626, 626),
    "IRN": (630, 630),
    "TUR": (640, 640),
    "SAU": (670, 670),
    "YEM": (679, 678),
    "QAT": (694, 694),
    "ARE": (696, 696),
    "AFG": (700, 700),
    "TKM": (701, 701),
    "UZB": (704, 704),
    "KAZ": (705, 705),
    "CHN": (710, 710),
    "TWN": (713, 713),
    "JPN": (740, 740),
    "IND": (750, 750),
    "PAK": (770, 770),
    "VNM": (816, 816),
    "KIR": (946, 970),
    "TUV": (947, 973),
    "TON": (955, 972),
    "NRU": (970, 971),
    "VAT": (None, None),
    "PSE": (None, None),
    "HKG": (None, None),
}


@pytest.mark.parametrize("country", KNOWN)
def test_state_has_its_numbers(country: str) -> None:
    assert (cow(country), gleditsch_ward(country)) == KNOWN[country]


@pytest.mark.parametrize("frame", Frame)
def test_the_state_system_of_2016_has_195_members_each_with_a_number_of_its_own(
    frame: Frame,
) -> None:
    day = date(2016, 12, 31).toordinal()
    numbers = {code: number_on(frame, code, day) for code in members(frame)}
    present = {code: number for code, number in numbers.items() if number is not None}
    assert len(present) == len(set(present.values())) == 195
    assert all(map(is_country, present))


@pytest.mark.parametrize(
    ("country", "day", "numbers"),
    [
        ("SRB", "2006-06-04", (345, 345)),
        ("SRB", "2006-06-05", (345, 340)),
        ("DEU", "1945-05-07", (255, 255)),
        ("DEU", "1947-01-01", (None, None)),
        ("DEU", "1990-10-02", (260, 260)),
        ("DEU", "1990-10-03", (255, 260)),
        ("DDR", "1990-10-02", (265, 265)),
        ("DDR", "1990-10-03", (None, None)),
        ("YEM", "1990-05-21", (678, 678)),
        ("YEM", "1990-05-22", (679, 678)),
        ("CSK", "1992-12-31", (315, 315)),
        ("CZE", "1992-12-31", (None, None)),
        ("CZE", "1993-01-01", (316, 316)),
        ("RUS", "1950-01-01", (365, 365)),
        ("KAZ", "1991-12-15", (None, None)),
        ("KAZ", "1991-12-16", (None, 705)),
        ("KAZ", "1991-12-26", (705, 705)),
        ("SSD", "2011-07-09", (626, 626)),
        ("AFG", "1996-09-27", (700, 700)),
    ],
)
def test_number_is_that_of_the_day(
    country: str, day: str, numbers: tuple[int | None, int | None]
) -> None:
    on = date.fromisoformat(day)
    assert (cow(country, on), gleditsch_ward(country, on)) == numbers


@pytest.mark.parametrize("frame", Frame)
def test_no_number_belongs_to_two_countries_on_one_day(frame: Frame) -> None:
    periods = [(p, code) for code, some in members(frame).items() for p in some]
    for period, code in periods:
        same = [other for other, _ in periods if other.number == period.number]
        assert [one for one in same if one.covers(period.first)] == [period], code


def test_numbers_change_only_at_turns() -> None:
    for country in ("DEU", "YEM", "SRB", "KAZ", "FRA"):
        days = set(turns(country))
        for frame in Frame:
            first = date(1919, 1, 1).toordinal()
            for day in range(first, date(2021, 1, 1).toordinal()):
                if number_on(frame, country, day) != number_on(frame, country, day + 1):
                    assert day + 1 in days
