"""State numbers of political science data sets."""

from __future__ import annotations

import pytest

from recognition_model.core.countries import is_country
from recognition_model.exports import state_codes as state_numbers
from recognition_model.exports.state_codes import cow, gleditsch_ward

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


def test_the_state_system_of_2016_has_195_members_each_with_a_number_of_its_own() -> None:
    for numbers in (state_numbers._CORRELATES_OF_WAR, state_numbers._GLEDITSCH_WARD):
        assert len(numbers) == len(set(numbers.values())) == 195
        assert all(map(is_country, numbers))
