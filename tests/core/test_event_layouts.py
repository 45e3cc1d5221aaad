"""The layouts of coded event data, against the positions in their code books."""

from __future__ import annotations

import pytest
from attrs import fields

from recognition_model.core.event_codes import CAMEO, CODES, MODES, PLOVER, CodeList, wider
from recognition_model.core.event_layouts import (
    LAYOUTS,
    EventLayout,
    Side,
    layout_by_count,
    layout_by_header,
)
from recognition_model.core.signals import Plover
from recognition_model.core.types import SHAPES, EventCode

SIDE = fields(Side)

# Positions from 1, as the code books of GDELT 1.0 and 2.0 count them.
GDELT_1 = {
    1: "GLOBALEVENTID",
    2: "SQLDATE",
    6: "Actor1Code",
    8: "Actor1CountryCode",
    9: "Actor1KnownGroupCode",
    13: "Actor1Type1Code",
    16: "Actor2Code",
    18: "Actor2CountryCode",
    27: "EventCode",
    32: "NumMentions",
    33: "NumSources",
    57: "DATEADDED",
    58: "SOURCEURL",
}
GDELT_2 = GDELT_1 | {
    40: "Actor1Geo_ADM2Code",
    48: "Actor2Geo_ADM2Code",
    56: "ActionGeo_ADM2Code",
    57: "ActionGeo_Lat",
    58: "ActionGeo_Long",
    60: "DATEADDED",
    61: "SOURCEURL",
}


@pytest.mark.parametrize(
    ("name", "count", "positions"),
    [("gdelt2", 61, GDELT_2), ("gdelt1", 58, GDELT_1)],
)
def test_columns_stand_where_the_code_book_has_them(
    name: str, count: int, positions: dict[int, str]
) -> None:
    columns = LAYOUTS[name].columns
    assert len(columns) == count
    assert {at: columns[at - 1] for at in positions} == positions


def test_files_before_april_2013_have_no_address() -> None:
    layout = LAYOUTS["gdelt1-history"]
    assert (len(layout.columns), layout.columns[-1], layout.url) == (57, "DATEADDED", "")


def test_layout_without_header_is_known_by_its_number_of_columns() -> None:
    found = {count: layout_by_count(count) for count in (57, 58, 61, 20)}
    assert {count: one and one.name for count, one in found.items()} == {
        57: "gdelt1-history",
        58: "gdelt1",
        61: "gdelt2",
        20: None,
    }


def test_layout_with_header_is_known_by_the_columns_it_needs() -> None:
    polecat = layout_by_header((*LAYOUTS["polecat"].columns, "Headline"))
    assert polecat is LAYOUTS["polecat"]
    assert layout_by_header(LAYOUTS["icews"].columns) is LAYOUTS["icews"]
    assert layout_by_header(("Event Date", "CAMEO Code")) is None


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_column_that_a_layout_names_is_one_of_its_columns(layout: EventLayout) -> None:
    sides = [getattr(side, key.name) for side in (layout.first, layout.second) for key in SIDE]
    others = (layout.mode, layout.mentions, layout.sources, layout.url)
    named = {name for name in (*sides, *others) if name != ""}
    assert all((layout.day, layout.code, layout.first.country, layout.second.country))
    assert {*named, layout.day, layout.code} == set(layout.used) <= set(layout.columns)


def test_columns_in_use_stand_in_the_order_of_the_file() -> None:
    assert LAYOUTS["icews"].used == (
        *("Event Date", "Source Name", "Source Sectors", "Source Country", "CAMEO Code"),
        *("Target Name", "Target Sectors", "Target Country"),
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gdelt2", (CodeList.CAMEO, False)),
        ("gdelt1", (CodeList.CAMEO, False)),
        ("gdelt1-history", (CodeList.CAMEO, False)),
        ("icews", (CodeList.CAMEO, True)),
        ("polecat", (CodeList.PLOVER, True)),
    ],
)
def test_layout_has_the_codes_and_the_header_line_of_its_data(
    name: str, said: tuple[CodeList, bool]
) -> None:
    assert (LAYOUTS[name].codes, LAYOUTS[name].header) == said


def test_sectors_of_icews_are_words_that_mean_the_types_of_actors_of_cameo() -> None:
    types = LAYOUTS["icews"].types
    assert {word for word in types if not word.istitle()} == {"NGO"}
    cameo = "BUS COP CVL EDU GOV HLH JUD LEG MED MIL NGO OPP REB REL"  # of its actor codebook
    assert {*types.values()} == {*cameo.split()}
    assert types["Social"] == types["Civilian"] == "CVL"


def test_lists_of_codes_have_the_published_sizes() -> None:
    # CAMEO as GDELT lists it: 20 roots and 260 codes below; PLOVER: 16 types and their modes.
    assert (len(CAMEO), sum(len(code) == 2 for code in CAMEO)) == (280, 20)
    assert len(PLOVER) == 16 + sum(map(len, MODES.values()))
    assert set(MODES) == set(Plover)
    assert set(CODES) == set(CodeList)


def test_every_code_has_a_code_above_it_but_the_roots() -> None:
    for codes, known in CODES.items():
        for code in known:
            above = wider(code, codes)
            assert above is None or above in known or wider(above, codes) in known


def test_every_code_can_be_written_in_a_crosswalk() -> None:
    assert [code for code in CAMEO | PLOVER if not SHAPES[EventCode].fits(code)] == []
