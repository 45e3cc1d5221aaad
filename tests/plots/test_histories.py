"""Strips of many countries on one axis, for reports, slides and columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from support.drawn import day, legend_texts
from support.pictured import act, crowd, readable, record

import recognition_model as rm
from recognition_model.plots import LAYOUTS, Links, PictureError, histories, picture

BROKEN = (act("engage", "1999-01-01"), act("break_off", "2001-09-20"))


def five() -> list[rm.Replay]:
    """Countries at three stages, out of order; Tonga's data end first."""
    return [
        record(country="NOR"),
        record(act("engage", "2023-01-01"), country="TON", until="2024-06-30"),
        record(act("engage", "2022-01-01"), act("accept_ambassador", "2024-01-31"), country="WSM"),
        record(act("engage", "2022-03-01"), country="FJI"),
        record(*BROKEN, begins="1996-09-27", country="CHE"),
    ]


def words(ax: Axes) -> list[str]:
    return [said for text in ax.texts if "Kabul" not in (said := text.get_text())]


def test_rows_are_in_the_order_of_stage_then_name_with_the_finding_in_short() -> None:
    (figure,) = picture("histories", five()).figures()
    assert words(figure.axes[0]) == [
        "Samoa", "ambassador accepted 31 Jan 2024",
        "Fiji", "dealings since 1 Mar 2022, silent",
        "Tonga", "dealings since 1 Jan 2023",
        "Norway", "no dealings documented",
        "Switzerland", "broken off 20 Sep 2001",
    ]  # fmt: skip


def test_order_and_findings_are_those_of_the_last_day_shown() -> None:
    shown = picture("histories", five(), until=date(2023, 12, 31))
    (figure,) = shown.figures()
    assert words(figure.axes[0])[::2] == ["Fiji", "Samoa", "Tonga", "Norway", "Switzerland"]
    assert "ambassador" not in shown.title.partition(";")[0]
    assert shown.title.startswith("31 December 2023: ")
    assert "Samoa: dealings since 1 Jan 2022" in shown.description


def test_height_in_a_strip_tells_the_stage_without_colour() -> None:
    (figure,) = picture("histories", five()[2:3]).figures()
    ax = figure.axes[0]
    heights = {}
    for drawn in ax.collections:
        gid = drawn.get_gid() or ""
        if gid[-1:].isdigit():
            (polygon, *_) = drawn.get_paths()[0].to_polygons()
            heights[gid] = float(polygon[:4, 1].mean())
    # Heights grow downwards: the ambassador's bar lies above that of the dealings.
    assert 0 < heights["stage-5"] < heights["stage-3"] < heights["assumed-1"] < 1


def test_all_strips_share_one_axis_with_years_above_and_below_and_one_legend() -> None:
    (figure,) = picture("histories", five()).figures()
    (ax,) = figure.axes
    assert ax.get_xlim() == (day("1996-09-27"), day("2025-07-01"))
    tick = ax.xaxis.get_major_ticks()[0]
    assert tick.label1.get_visible()
    assert tick.label2.get_visible()
    said = legend_texts(ax)
    assert len(said) == len(set(said))
    assert "de jure recognition" in said


def key(replays: list[rm.Replay], **options: object) -> list[str]:
    """The words of the legend, where all strips are on one page."""
    (figure,) = picture("histories", replays, **options).figures()
    return legend_texts(figure.axes[0])


def test_end_of_the_data_is_a_mark_in_the_legend_without_a_line_through_it() -> None:
    (figure,) = picture("histories", five()).figures()
    handles = {
        text.get_text(): handle
        for one in figure.axes[0].get_children()
        if isinstance(one, Legend)
        for text, handle in zip(one.get_texts(), one.legend_handles, strict=True)
    }
    end = handles["end of the data"]
    assert isinstance(end, Line2D)
    assert end.get_linestyle() == "None"


def test_legend_names_only_marks_that_occur() -> None:
    whole = [record(act("engage", "2025-01-01"), country=code) for code in ("FJI", "TON")]
    said = key(whole)
    assert "end of the data" in said
    assert not {"not documented", "paler: possible days", "silent"} & set(said)
    assert "not documented" in key([*whole, record(begins="2022-01-01", country="WSM")])
    unsure = [*whole, record(act("engage", "2024-01..2024-03"), country="WSM")]
    assert "paler: possible days" in key(unsure)
    early = key(unsure, until=date(2023, 6, 30))  # before these dates, and before any data end
    assert not {"paler: possible days", "end of the data"} & set(early)


def test_ticks_stand_left_of_each_strip_at_the_heights_of_the_stages() -> None:
    (figure,) = picture("histories", five()[2:3]).figures()
    ax = figure.axes[0]
    (rungs,) = [one for one in ax.collections if one.get_gid() == "rungs"]
    heights = [float(line[0][1]) for line in rungs.get_segments()]
    assert len(heights) == 6
    assert heights == sorted(heights, reverse=True)  # the lowest stage is at the foot
    by_stage = {
        int(gid[-1]): float(drawn.get_paths()[0].to_polygons()[0][:4, 1].mean())
        for drawn in ax.collections
        if (gid := drawn.get_gid() or "")[-1:].isdigit()
    }
    assert set(by_stage) == {1, 3, 5}
    for rank, height in by_stage.items():
        assert heights[rank - 1] == pytest.approx(height)
    assert "height in a strip, from low:" in key(five())


def test_title_of_few_countries_is_about_all_of_them() -> None:
    norway, tonga, samoa, fiji, _ = five()
    assert picture("histories", [norway, tonga, samoa, fiji]).title == (
        "Samoa has accepted a Taliban ambassador; Fiji and Tonga deal officially with the Taliban;"
        " no dealings of Norway with the Taliban are documented"
    )
    assert picture("histories", [norway]).title == (
        "No dealings of Norway with the Taliban are documented"
    )


def test_title_of_one_country_is_that_of_the_last_day_shown() -> None:
    engaged = record(act("engage", "2022-01-01"), act("break_off", "2024-01-01"))
    shown, whole = (
        picture("histories", [engaged], until=last) for last in (date(2023, 6, 30), None)
    )
    assert "broke off" not in shown.title
    assert "broke off" in whole.title


@pytest.mark.parametrize(
    ("layout", "least"), [("page", 7), ("column", 6), ("slide", 14), ("web", 7)]
)
def test_strips_are_legible_on_every_page(layout: str, least: float) -> None:
    readable(picture("histories", five(), layout=LAYOUTS[layout]).figures(), least)


@pytest.mark.parametrize("size", [1, 24, 25, 60, 130])
def test_strips_of_many_countries_are_legible_on_every_page_of_a_pdf(size: int) -> None:
    for layout, least in (("page", 7), ("slide", 14)):
        shown = picture("histories", crowd(size), layout=LAYOUTS[layout])
        readable(shown.figures(), least)


def test_strips_of_the_record_are_legible(shipped: Sequence[rm.Replay]) -> None:
    assert len(shipped) >= 60
    shown = picture("histories", shipped)
    readable(shown.figures(), 7)
    assert 25 <= len(shown.caption.split()) <= 40


def test_slide_refuses_more_strips_than_fit_and_a_pdf_has_pages() -> None:
    shown = picture("histories", crowd(40), layout=LAYOUTS["slide"])
    with pytest.raises(PictureError, match=r"shows at most \d+ countries, not 40"):
        shown.data("png")
    figures = shown.figures()
    named = [len(words(figure.axes[0])) // 2 for figure in figures]
    assert sum(named) == 40
    assert max(named) <= 12
    assert len({figure.axes[0].get_xlim() for figure in figures}) == 1


def test_window_without_a_documented_day_of_any_country_is_refused() -> None:
    with pytest.raises(PictureError, match="no record has a documented day"):
        picture("histories", five(), since=date(2030, 1, 1))
    some = picture("histories", five(), since=date(2025, 1, 1))  # Tonga's data end before
    readable(some.figures(), 7)


def test_name_links_to_the_page_of_its_country() -> None:
    svg = picture("histories", five(), links=Links(countries={"TON": "TON.html"})).svg()
    assert svg.count('xlink:href="TON.html"') == 1


def test_table_has_the_rows_of_each_history_in_the_order_of_the_strips() -> None:
    heading, *rows = picture("histories", five()).table
    assert heading[0] == "country"
    assert list(dict.fromkeys(row[0] for row in rows)) == ["WSM", "FJI", "TON", "NOR", "CHE"]
    alone = picture("history", five()[3:4]).table
    assert [row for row in rows if row[0] == "FJI"] == alone[1:]


def test_drawing_returns_the_axes_given() -> None:
    ax = Figure(figsize=(8, 4)).subplots()
    assert histories.draw(five(), ax, view=(date(2021, 8, 15), date(2025, 1, 1))) is ax
    assert ax.get_xlim() == (day("2021-08-15"), day("2025-01-02"))
