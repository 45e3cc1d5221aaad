"""A map shows for each country its stage on a day, and what that rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import dist
from typing import Any

import pytest
from iso3166 import countries_by_alpha3
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Patch, PathPatch
from support.drawn import legend_texts
from support.pictured import CODES, act, crowd, readable, record

import recognition_model as rm
from recognition_model.plots import LAYOUTS, PictureError, picture, shapes, world_map
from recognition_model.plots.layout import Links, layout_for
from recognition_model.plots.map_look import BEGINS_LATER, NO_RECORD, outline_of
from recognition_model.plots.outlines import apart, inner_box, outline
from recognition_model.plots.page import style
from recognition_model.plots.palette import INK, STAGE_COLOURS, luminance, paler
from recognition_model.plots.shapes import NO_POSITION

DAY = date(2025, 3, 15)
FOUR = tuple(map(date.fromisoformat, ("2021-09-01", "2022-06-01", "2023-06-01", "2025-03-15")))


def engaged(country: str, on: str = "2025-01-01", **head: str) -> rm.Replay:
    return record(act("engage", on), country=country, **head)


def recognising(country: str, on: str = "2025-01-01") -> rm.Replay:
    return record(act("engage", on), act("recognise", on), country=country)


def accepting(country: str, on: str = "2025-01-01") -> rm.Replay:
    return record(act("engage", on), act("accept_ambassador", on), country=country)


def every_form() -> list[rm.Replay]:
    """One country for each form, by its code, on the day of the tests."""
    return [
        engaged("RUS"),  # dated within two years
        record(country="USA"),  # assumed at the start
        engaged("CAN", "2021-09-01"),  # nothing dated for more than two years
        engaged("CHN", until="2025-02-01", reviewed="2025-06-01"),  # ends before, searched
        engaged("IND", until="2025-02-01"),  # ends before
        engaged("IRN", "2022-01-01", until="2022-06-01"),  # ended long before, soon after an entry
        record(country="BRA", until="2025-02-01"),  # ends before, assumed
        engaged("AUS", "2021-09-01", until="2025-02-01"),  # ends before, silent by then
        record(country="EGY", until="2025-02-01", reviewed="2025-06-01"),  # searched, assumed
        engaged("KAZ", "2025-03"),  # on some day of the month
        record(country="FRA", begins="2025-04-01"),  # begins later
    ]


FORMS = {
    "AUS": "hatched, pale",
    "BRA": "hatched, pale",
    "CAN": "pale",
    "CHN": "lined",
    "EGY": "lined, pale",
    "FRA": "grey",
    "IND": "hatched",
    "IRN": "hatched",
    "KAZ": "striped",
    "RUS": "solid",
    "USA": "pale",
}


def rows(replays: Sequence[rm.Replay], **options: Any) -> list[dict[str, object]]:
    heading, *lines = picture("map", replays, **options).table
    return [dict(zip(heading, line, strict=True)) for line in lines]


def axes(replays: Sequence[rm.Replay], **options: Any) -> Axes:
    (figure,) = picture("map", replays, **options).figures()
    return figure.axes[0]


def drawn(ax: Axes) -> dict[str, Patch]:
    return {str(one.get_gid()): one for one in ax.patches if one.get_gid()}


def names(ax: Axes) -> list[str]:
    named = (text for text in ax.texts if str(text.get_gid()).startswith("name-"))
    return sorted(text.get_text() for text in named)


# --- what is drawn ---------------------------------------------------------------------------


def test_title_of_the_region_is_about_the_countries_that_it_draws() -> None:
    # Only Russia of these lies in the region; Nicaragua recognises, but is not drawn.
    replays = [engaged("RUS"), recognising("NIC"), engaged("USA"), engaged("CAN"), engaged("AUS")]
    said = picture("map", replays, region=True, on=DAY).title
    assert said == (
        "15 March 2025: Russia is not documented to recognise the Taliban government;"
        " Russia deals officially with the Taliban"
    )


def test_each_basis_has_a_form() -> None:
    assert {row["country"]: row["drawn_as"] for row in rows(every_form(), on=DAY)} == FORMS


def test_table_says_stage_basis_and_end_of_the_data_for_each_country() -> None:
    told = {row["country"]: row for row in rows(every_form(), on=DAY)}
    assert told["IND"] == {
        "country": "IND",
        "name": "India",
        "day": "2025-03-15",
        "stage": "engaged",
        "words": "engaged (last documented 2025-02-01)",
        "basis": "beyond",
        "documented_until": "2025-02-01",
        "drawn_as": "hatched",
    }
    assert told["KAZ"]["stage"] == "hostile or engaged"
    assert (told["FRA"]["stage"], told["FRA"]["basis"]) == ("", "")


def test_colour_is_that_of_the_stage_and_paler_where_assumed_or_silent() -> None:
    found = drawn(axes(every_form(), on=DAY))
    faces = {gid: to_hex(patch.get_facecolor()) for gid, patch in found.items()}
    hostile, is_engaged = STAGE_COLOURS[rm.Stage.HOSTILE], STAGE_COLOURS[rm.Stage.ENGAGED]
    assert faces["map-RUS"] == faces["map-IND"] == faces["map-CHN"] == is_engaged
    assert faces["map-CAN"] == faces["map-AUS"] == paler(is_engaged, 0.45)
    assert faces["map-USA"] == faces["map-BRA"] == paler(hostile, 0.45)
    assert faces["map-AFG"] == INK
    assert faces["map-FRA"] == BEGINS_LATER
    assert faces["map-KAZ"] == hostile
    assert to_hex(found["map-KAZ"].get_edgecolor()) == is_engaged


def test_hatch_tells_that_a_record_stops_before_the_day() -> None:
    found = drawn(axes(every_form(), on=DAY))
    hatches = {gid[4:]: (patch.get_hatch() or "")[:1] for gid, patch in found.items()}
    assert {code for code, sign in hatches.items() if sign == "/"} == {"AUS", "BRA", "IND", "IRN"}
    assert {code for code, sign in hatches.items() if sign == "-"} == {"CHN", "EGY"}
    assert {code for code, sign in hatches.items() if sign == "\\"} == {"KAZ"}


def test_country_that_may_not_have_begun_is_in_doubt_on_grey() -> None:
    (row,) = rows([record(country="RUS", begins="2025-03")], on=DAY)
    assert row["drawn_as"] == "striped"
    found = drawn(axes([record(country="RUS", begins="2025-03")], on=DAY))
    assert to_hex(found["map-RUS"].get_facecolor()) == NO_RECORD


def test_country_without_a_record_is_light_grey_and_never_a_stage() -> None:
    ax = axes([engaged("RUS")], on=DAY)
    (ground,) = (one for one in ax.collections if one.get_gid() == "no-record")
    assert to_hex(ground.get_facecolor()[0]) == NO_RECORD
    assert len(ground.get_paths()) == len(shapes.world().paths) - 2  # Russia, Afghanistan
    assert drawn(ax).keys() == {"map-RUS", "map-AFG"}
    assert "no record shown" in legend_texts(ax)


def test_greys_and_outlines_are_told_apart_without_colour() -> None:
    def contrast(one: str, other: str) -> float:
        dark, light = sorted((luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)

    assert contrast(NO_RECORD, BEGINS_LATER) > 1.6
    assert contrast(BEGINS_LATER, INK) > 7
    for colour in STAGE_COLOURS.values():
        assert contrast(outline_of(colour), NO_RECORD) >= 3
    found = drawn(axes([recognising("RUS"), accepting("CHN")], on=DAY))
    for gid in ("map-RUS", "map-CHN"):
        assert contrast(to_hex(found[gid].get_edgecolor()), NO_RECORD) > 10
        assert found[gid].get_linewidth() > 0.7


def test_state_that_recognised_long_before_has_the_colour_of_its_stage_and_a_dark_outline() -> None:
    found = drawn(axes([recognising("RUS", "2021-09-01"), engaged("IRN")], on=DAY))["map-RUS"]
    stage, face = STAGE_COLOURS[rm.Stage.DE_JURE_RECOGNITION], to_hex(found.get_facecolor())
    parts = [(int(face[at : at + 2], 16), int(stage[at : at + 2], 16)) for at in (1, 3, 5)]
    assert face != stage
    assert all(shown - pure < 255 - shown for shown, pure in parts if pure < 128)  # not half white
    assert to_hex(found.get_edgecolor()) == INK
    assert found.get_linewidth() > 0.7


def test_place_too_small_to_see_is_a_dot_with_an_outline() -> None:
    found = drawn(axes([engaged("BHR"), engaged("LUX"), engaged("BGR")], on=DAY))
    assert found.keys() == {"map-BHR", "map-LUX", "map-dot-LUX", "map-BGR", "map-AFG"}
    assert isinstance(found["map-BHR"], Circle)
    assert isinstance(found["map-LUX"], PathPatch)
    assert to_hex(found["map-dot-LUX"].get_edgecolor()) == INK


def test_dots_of_neighbours_do_not_cover_each_other() -> None:
    codes = ("BEL", "LUX", "NLD", "CHE", "LIE", "DNK")
    dots = [
        one
        for one in drawn(axes(list(map(engaged, codes)), on=DAY)).values()
        if isinstance(one, Circle)
    ]
    assert len(dots) == 6
    for one, other in combinations(dots, 2):
        assert dist(one.center, other.center) > (one.radius + other.radius) * 0.95


def test_dots_on_one_spot_part_and_others_stay() -> None:
    moved = apart({"AAA": (10.0, 10.0), "BBB": (10.0, 10.0), "CCC": (90.0, 90.0)}, 4.0)
    assert dist(moved["AAA"], moved["BBB"]) == pytest.approx(4, abs=0.1)
    assert moved["CCC"] == (90.0, 90.0)


def test_every_country_can_be_drawn() -> None:
    replays = [engaged(code) for code in CODES if code != "ATA"]
    found = drawn(axes(replays, on=DAY))
    assert {gid[-3:] for gid in found} == countries_by_alpha3.keys() - {"ATA"}
    with pytest.raises(PictureError, match="Antarctica"):
        picture("map", [engaged("ATA")], on=DAY)


def test_outline_closes_each_ring() -> None:
    shape = outline("M0,0L4,0L4,4ZM6,6L8,6L8,9.5Z")
    assert [len(ring) for ring in shape.to_polygons()] == [4, 4]
    assert shape.contains_point((3, 1))
    assert shape.contains_point((7.9, 8))
    assert not shape.contains_point((5, 5))


def test_name_fits_only_where_the_whole_of_it_lies_within_the_shape() -> None:
    corner = outline("M0,0L10,0L10,2L2,2L2,10L0,10Z")  # two arms, two wide
    assert inner_box(corner, 6, 1) is not None
    assert inner_box(corner, 6, 4) is None
    assert inner_box(corner, 11, 1) is None
    spot = inner_box(corner, 1.5, 1.5)  # the middle of the shape lies outside of it
    assert spot is not None
    ends = [(spot[0] + x, spot[1] + y) for x in (-0.75, 0.75) for y in (-0.75, 0.75)]
    assert all(corner.contains_point(end) for end in ends)


# --- the legend ------------------------------------------------------------------------------


def number(entry: str) -> int:
    found = re.search(r"(\d+)$", entry)
    assert found
    return int(found[1])


def test_numbers_of_the_legend_add_up_to_the_records() -> None:
    entries = legend_texts(axes(every_form(), on=DAY))
    assert entries == [
        "engaged 6",
        "no dealings documented (assumed) 3",
        "dates leave it open 1",
        "record begins later 1",
        "entry within two years 1",
        "assumed or silent 2",
        "record ends before, searched 2",
        "record ends before 4",
        "no record shown",
        "Afghanistan",
    ]
    assert sum(map(number, entries[:4])) == 11
    assert sum(map(number, entries[4:8])) == 6 + 3


def test_legend_names_only_stages_and_forms_that_occur() -> None:
    entries = legend_texts(axes([engaged("RUS")], on=DAY))
    assert entries == ["engaged 1", "entry within two years 1", "no record shown", "Afghanistan"]


def test_legend_of_several_days_has_a_number_for_each() -> None:
    replays = [engaged("RUS", "2022-01-01"), recognising("CHN", "2023-01-01")]
    entries = legend_texts(axes(replays, days=FOUR))
    assert "de jure recognition 0 · 0 · 1 · 1" in entries
    assert "engaged 0 · 1 · 1 · 1" in entries
    assert "no dealings documented (assumed) 2 · 1 · 0 · 0" in entries


def test_legend_can_be_left_out() -> None:
    figure = Figure()
    with style():
        ax = world_map.draw([engaged("RUS")], figure.subplots(), legend=False)
    assert not legend_texts(ax)


# --- words -----------------------------------------------------------------------------------


def test_title_is_the_finding_of_the_day() -> None:
    three = [recognising("PAK"), recognising("SAU"), recognising("ARE"), accepting("CHN")]
    assert picture("map", three, on=DAY).title == (
        "15 March 2025: Pakistan, Saudi Arabia and the United Arab Emirates recognise the Taliban"
        " government; China has accepted its ambassador"
    )


def test_title_of_several_days_counts_the_states_that_recognise() -> None:
    replays = [recognising("PAK", "2022-01-01"), recognising("CHN", "2023-01-01")]
    assert picture("map", replays, days=FOUR).title == (
        "States that recognise the Taliban government: none on 1 September 2021,"
        " 1 on 1 June 2022, 2 on 1 June 2023, 2 on 15 March 2025"
    )


def test_without_a_day_the_map_shows_each_country_on_its_last_documented_day() -> None:
    shown = picture("map", [engaged("RUS", until="2025-06-30"), engaged("CHN", until="2025-02-01")])
    assert {row[0]: row[2] for row in shown.table[1:]} == {"RUS": "2025-06-30", "CHN": "2025-02-01"}
    assert {row[-1] for row in shown.table[1:]} == {"solid"}
    assert shown.topic == (
        "Relations with the Taliban: 2 countries, as last documented, between 1 February 2025 and"
        " 30 June 2025, depending on the country"
    )
    assert "As last documented, engaged: China, Russia." in shown.description
    assert "at the end of its last documented day" in shown.full_caption


def test_countries_that_end_on_one_day_are_last_documented_on_it() -> None:
    shown = picture("map", [engaged("RUS"), engaged("CHN")])
    assert shown.topic == (
        "Relations with the Taliban: 2 countries, as last documented, on 30 June 2025"
    )


def test_record_that_begins_after_the_end_of_its_data_makes_no_map() -> None:
    with pytest.raises(PictureError, match="no record has begun by the end of its data"):
        picture("map", [record(country="RUS", begins="2025-08-01")])


def test_description_says_who_stands_where_and_on_what() -> None:
    told = picture("map", [*every_form(), recognising("JPN")], on=DAY).description
    assert told.startswith("15 March 2025: Japan recognises the Taliban government. Map of the")
    for sentence in (
        "On 15 March 2025, de jure recognition: Japan.",
        "Engaged: Australia, Canada, China, India, Iran, Russia.",
        "No dealings documented (assumed): Brazil, Egypt, United States.",
        "Assumed or silent: Canada, United States.",
        "Record ends before, searched: China, Egypt.",
        "Dates leave it open: Kazakhstan.",
        "Record begins later: France.",
        "No record of any other country is shown.",
    ):
        assert sentence in told


@pytest.mark.parametrize("caption", ["short", "full"])
def test_caption_says_that_boundaries_imply_no_position(caption: str) -> None:
    shown = picture("map", [engaged("RUS")], on=DAY, layout=layout_for("page", caption=caption))
    assert NO_POSITION in shown.caption
    assert ("Crimea" in shown.caption) == (caption == "full")
    assert NO_POSITION not in [text.get_text() for text in shown.figures()[0].axes[0].texts]


@pytest.mark.parametrize("asked", [{"on": DAY}, {"until": DAY}, {"days": FOUR}], ids=str)
def test_caption_does_not_go_beyond_the_last_day_shown(asked: dict[str, Any]) -> None:
    # The records end in February and in June 2025, the last day shown is in March.
    shown = picture("map", [engaged("RUS"), engaged("IND", until="2025-02-01")], **asked)
    assert "Data end between 2025-02-01 and 2025-03-15, by country." in shown.caption


def test_map_without_a_caption_says_so_in_the_picture() -> None:
    none = picture("map", [engaged("RUS")], on=DAY, layout=layout_for("page", caption="none"))
    assert NO_POSITION in [text.get_text() for text in none.figures()[0].axes[0].texts]
    with style():
        ax = world_map.draw([engaged("RUS")], Figure().subplots())
    assert NO_POSITION in [text.get_text() for text in ax.texts]


def test_full_caption_explains_only_forms_that_are_drawn() -> None:
    told = picture("map", [engaged("RUS")], on=DAY).full_caption
    assert "Pale" not in told
    assert "Striped in white" not in told
    assert "Two colours" not in told
    told = picture("map", every_form(), on=DAY).full_caption
    assert all(word in told for word in ("Pale", "Striped in white", "Two colours", "Darker grey"))


def test_states_at_the_highest_stages_are_named_on_the_map() -> None:
    replays = [recognising("RUS"), accepting("CHN"), accepting("ARE"), engaged("IND")]
    assert names(axes(replays, on=DAY)) == ["China", "Russia", "UAE"]


def test_region_names_every_country_that_has_a_record() -> None:
    banned = record(act("ban", "2024-01-01"), country="TJK")
    replays = [banned, *map(engaged, ("IRN", "PAK", "UZB", "USA")), accepting("CHN")]
    here = ["Afghanistan", "China", "Iran", "Pakistan", "Tajikistan", "Uzbekistan"]
    assert names(axes(replays, on=DAY, region=True)) == here


def test_names_can_be_read_on_what_lies_below_them() -> None:
    """On the colour of their country or on paper, with a contrast of at least 4.5:1."""
    banned = record(act("ban", "2024-01-01"), country="IRN")
    replays = [banned, *map(engaged, ("PAK", "IND", "UZB")), accepting("CHN"), recognising("RUS")]
    ax = axes(replays, on=DAY, region=True)
    named = [text for text in ax.texts if str(text.get_gid()).startswith("name-")]
    assert len(named) >= 5
    for text in named:
        patch = text.get_bbox_patch()
        assert patch is not None
        inks = to_hex(text.get_color()), to_hex(patch.get_facecolor())
        lighter, darker = sorted(map(luminance, inks), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, text.get_text()


def test_name_of_a_country_that_is_wide_enough_lies_in_it_and_a_small_one_stays_visible() -> None:
    ax = axes([accepting("UZB"), accepting("ARE"), accepting("TJK")], on=DAY, region=True)
    lines = {str(line.get_gid()) for line in ax.lines if line.get_gid()}
    assert lines == {"line-ARE", "line-TJK"}
    for code in ("ARE", "TJK"):
        line = next(line for line in ax.lines if line.get_gid() == f"line-{code}")
        (start, end), shape = line.get_xydata().tolist(), outline(shapes.region().paths[code])
        assert shape.contains_point(start)
        assert dist(start, end) < shapes.region().width / 10


@pytest.mark.parametrize("part", ["world", "region"])
def test_line_of_a_name_crosses_no_other_name(part: str) -> None:
    accepted = ("UZB", "TKM", "TJK", "KGZ", "PAK", "ARE", "OMN", "QAT", "BHR", "KWT")
    others = [code for code in shapes.region().paths if code in CODES and code not in accepted]
    replays = [*map(accepting, accepted), *(engaged(code) for code in others if code != "AFG")]
    ax = axes(replays, on=DAY, region=part == "region")
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    named = {str(t.get_gid()): t for t in ax.texts if str(t.get_gid()).startswith("name-")}
    lines = {str(line.get_gid()): line for line in ax.lines if line.get_gid()}
    assert len(named) >= 8
    assert len(lines) >= 5
    crossed = []
    for line_id, line in lines.items():
        (x1, y1), (x2, y2) = ax.transData.transform(line.get_xydata())
        points = [(x1 + (x2 - x1) * at / 400, y1 + (y2 - y1) * at / 400) for at in range(401)]
        for name_id, text in named.items():
            box = text.get_window_extent()
            within = any(box.x0 < x < box.x1 and box.y0 + 1 < y < box.y1 - 1 for x, y in points)
            if within and name_id[-3:] != line_id[-3:]:
                crossed.append((line_id, name_id))
    assert crossed == []


def test_more_names_than_a_map_can_hold_are_left_out() -> None:
    many = [accepting(code) for code in CODES[20:40]]
    assert names(axes(many, on=DAY)) == []
    assert names(axes([*many, recognising("RUS")], on=DAY)) == ["Russia"]
    assert names(axes([recognising(code) for code in CODES[20:40]], on=DAY)) == []


def test_region_shows_and_counts_only_its_countries() -> None:
    shown = picture("map", [engaged("IRN"), engaged("USA")], on=DAY, region=True)
    assert [row[0] for row in shown.table[1:]] == ["IRN"]
    assert shown.topic == (
        "Relations with the Taliban: 1 of 2 countries in the region on 15 March 2025"
    )
    ax = shown.figures()[0].axes[0]
    assert "engaged 1" in legend_texts(ax)
    assert "Afghanistan" in names(ax)


# --- links and ids ---------------------------------------------------------------------------


def test_shape_and_dot_of_a_country_lead_to_its_page() -> None:
    links = Links(countries={"RUS": "RUS.html", "LUX": "LUX.html"})
    svg = picture(
        "map", [engaged("RUS"), engaged("LUX"), engaged("IRN")], on=DAY, links=links
    ).svg()
    found = re.findall(r'<a xlink:href="([^"]+)"', svg)
    assert sorted(found) == ["LUX.html", "LUX.html", "RUS.html"]


@pytest.mark.parametrize("options", [{"on": DAY}, {"days": FOUR}], ids=["one", "four"])
def test_ids_of_a_map_are_unique(options: dict[str, Any]) -> None:
    svg = picture("map", every_form(), **options).svg()
    ids = Counter(re.findall(r'\bid="(map-[^"]+|no-record[^"]*)"', svg))
    assert ids
    assert set(ids.values()) == {1}


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_same_input_gives_the_same_bytes(ending: str) -> None:
    one, other = (picture("map", every_form(), on=DAY).data(ending) for _ in range(2))
    assert one == other


def test_order_of_the_records_does_not_matter() -> None:
    one = picture("map", every_form(), on=DAY)
    other = picture("map", every_form()[::-1], on=DAY)
    assert one.table == other.table
    assert drawn(one.figures()[0].axes[0]).keys() == drawn(other.figures()[0].axes[0]).keys()


# --- sizes -----------------------------------------------------------------------------------


def busy() -> list[rm.Replay]:
    """Every form, and the most names that a map writes, many of them of neighbours."""
    named = ("PAK", "UZB", "TKM", "TJK", "KGZ", "ARE", "SAU", "QAT", "BHR", "OMN", "MDV")
    return [*every_form(), *(accepting(code) for code in named), recognising("TUR")]


@pytest.mark.parametrize("preset", list(LAYOUTS))
@pytest.mark.parametrize("part", ["world", "region"])
@pytest.mark.parametrize("days", [(), FOUR[:2], FOUR[:3], FOUR], ids=len)
def test_map_is_legible_in_every_layout(preset: str, part: str, days: tuple[date, ...]) -> None:
    layout = LAYOUTS[preset]
    when: dict[str, Any] = {"days": days} if days else {"on": DAY}
    shown = picture("map", busy(), region=part == "region", layout=layout, **when)
    readable(shown.figures(), layout.font_size)


def test_map_of_many_countries_is_legible() -> None:
    readable(picture("map", crowd(249), on=date(2024, 1, 1)).figures(), 7)


@pytest.mark.parametrize(
    "size",
    [
        {"width": 40},
        {"font_size": 40},
        {"height": 40},
        {"name": "column", "width": 42},
        {"name": "slide", "height": 60},
    ],
    ids=str,
)
def test_page_that_is_too_small_is_refused(size: dict[str, Any]) -> None:
    with pytest.raises(PictureError, match=r"too (narrow|low)"):
        picture("map", every_form(), on=DAY, layout=layout_for(**size)).figures()


@pytest.mark.parametrize("width", [70, 120, 300, 1000])
def test_map_fits_pages_of_other_widths(width: float) -> None:
    readable(picture("map", busy(), on=DAY, layout=layout_for(width=width)).figures(), 7)


def columns(days: Sequence[date], **options: Any) -> int:
    (figure,) = picture("map", every_form(), days=tuple(days), **options).figures()
    return len({round(ax.get_position().x0, 3) for ax in figure.axes[0].child_axes})


def test_several_maps_stand_side_by_side_and_in_a_journal_column_below_each_other() -> None:
    assert columns(FOUR, layout=LAYOUTS["page"]) == columns(FOUR[:2]) == 2
    assert columns(FOUR, layout=LAYOUTS["column"]) == 1


def test_maps_stand_in_a_row_where_a_page_is_low_and_wide() -> None:
    assert columns(FOUR, layout=layout_for(width=300, height=100)) == 4


def test_heading_of_each_small_map_is_its_day() -> None:
    (figure,) = picture("map", every_form(), days=FOUR).figures()
    first = [ax.texts for ax in figure.axes[0].child_axes]
    found = [next(t.get_text() for t in texts if t.get_weight() == "bold") for texts in first]
    assert found == ["1 September 2021", "1 June 2022", "1 June 2023", "15 March 2025"]


def test_heading_of_each_small_map_says_who_recognises() -> None:
    replays = [
        *map(recognising, ("PAK", "ARE", "SAU"), ("2022-01-01", "2022-01-01", "2023-01-01")),
        accepting("CHN", "2025-01-01"),
    ]
    (figure,) = picture("map", replays, days=FOUR).figures()
    assert [ax.texts[-1].get_text() for ax in figure.axes[0].child_axes] == [
        "None recognises",
        "Pakistan and the United Arab Emirates recognise",
        "Pakistan, Saudi Arabia and the UAE recognise",
        "Pakistan, Saudi Arabia and the UAE recognise",
    ]
    (figure,) = picture("map", [accepting("CHN", "2023-01-01")], days=FOUR[1:3]).figures()
    assert [ax.texts[-1].get_text() for ax in figure.axes[0].child_axes] == [
        "None recognises",
        "None recognises, 1 accepted an ambassador",
    ]


def test_small_maps_can_be_drawn_into_axes_of_any_size() -> None:
    figure = Figure(figsize=(6, 2))
    with style():
        for ax in figure.subplots(1, 2):
            world_map.draw([engaged("RUS")], ax, legend=False, scale=0.8)
    for ax in figure.axes:
        left, right = ax.get_xlim()
        low, top = ax.get_ylim()
        box = ax.get_window_extent()
        assert (right - left) / box.width == pytest.approx((low - top) / box.height)
        assert right - left >= 1000
        assert low - top >= shapes.world().height


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"on": date(2025, 7, 1)}, "no record reaches 2025-07-01: the last one ends on 2025-06-30"),
        ({"on": date(2021, 8, 14)}, "no record has begun by 2021-08-14"),
        ({"days": (date(2021, 1, 1), DAY)}, "no record has begun by 2021-01-01"),
        ({"days": (DAY,)}, "two to four|2 to 4"),
        ({"days": tuple(DAY + timedelta(n) for n in range(5))}, "2 to 4"),
        ({"days": (DAY, DAY)}, "twice"),
        ({"on": DAY, "days": FOUR}, "give one of them"),
    ],
    ids=str,
)
def test_map_that_would_show_nothing_or_mislead_is_refused(
    options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(PictureError, match=reason):
        picture("map", [engaged("RUS")], **options)


def test_region_without_any_of_the_countries_is_refused() -> None:
    with pytest.raises(PictureError, match="does not show the United States: leave out --region"):
        picture("map", [engaged("USA")], on=DAY, region=True)


def test_day_that_only_a_search_reaches_is_drawn() -> None:
    (row,) = rows([engaged("RUS", reviewed="2025-12-01")], on=date(2025, 11, 1))
    assert row["drawn_as"] == "lined"


def test_days_are_drawn_in_order() -> None:
    shown = rows([engaged("RUS")], days=FOUR[::-1])
    days = [str(row["day"]) for row in shown]
    assert all(one < other for one, other in pairwise(days))
