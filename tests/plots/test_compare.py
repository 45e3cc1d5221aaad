"""Two to six countries on one axis of stages, told apart without colour."""

from __future__ import annotations

from datetime import date

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from support.pictured import act, outside, overlapping, record, seen, smallest

import recognition_model as rm
from recognition_model.plots import LAYOUTS, Links, PictureError, compare, picture
from recognition_model.plots.comparison import comparison
from recognition_model.plots.palette import luminance
from recognition_model.plots.spans import number

ENGAGED = act("engage", "2022-01-01")
AMBASSADOR = (ENGAGED, act("accept_ambassador", "2023-12-01"))
RECOGNITION = (*AMBASSADOR, act("recognise", "2025-01-03"))


def day(text: str) -> float:
    return number(date.fromisoformat(text))


def two() -> list[rm.Replay]:
    return [record(*RECOGNITION, country="TON"), record(*AMBASSADOR, country="WSM")]


def six() -> list[rm.Replay]:
    """Six countries whose lines lie on each other for years."""
    return [
        *two(),
        record(ENGAGED, country="FJI"),
        record(ENGAGED, country="NOR"),
        record(act("engage", "2022-01-01..2022-03-31"), country="CHE"),
        record(country="ARE"),
    ]


def readable(figures: list[Figure], least: float) -> None:
    for figure in figures:
        texts = seen(figure)
        assert not outside(figure, texts), outside(figure, texts)
        assert not overlapping(texts), overlapping(texts)
        assert smallest(texts) >= least


def axes(replays: list[rm.Replay], **options: object) -> Axes:
    (figure,) = picture("compare", replays, **options).figures()
    return figure.axes[0]


FJI, TON, WSM = ({"country": code} for code in ("FJI", "TON", "WSM"))
TITLES = [
    (
        [record(*RECOGNITION, **TON), record(*AMBASSADOR, **WSM)],
        "Tonga recognises the Taliban government; Samoa has accepted its ambassador",
    ),
    (
        [record(*RECOGNITION, **TON), record(*AMBASSADOR, **WSM), record(*AMBASSADOR, **FJI)],
        "Tonga recognises the Taliban government; Samoa and Fiji have accepted its ambassadors",
    ),
    (
        [record(**TON), record(*AMBASSADOR, **WSM)],
        "Samoa has accepted a Taliban ambassador; no dealings of Tonga with the Taliban are"
        " documented",
    ),
    (
        [record(act("engage", "2024-05-01"), **TON), record(act("engage", "2023-05"), **WSM)],
        "Tonga and Samoa deal officially with the Taliban; Samoa was first, in May 2023",
    ),
    (  # the dates leave open who was first
        [record(act("engage", "2024-05"), **TON), record(act("engage", "2024"), **WSM)],
        "Tonga and Samoa deal officially with the Taliban",
    ),
    (
        [record(**TON), record(**WSM)],
        "No dealings of Tonga and Samoa with the Taliban are documented",
    ),
    (
        [record(stage=rm.Stage.ENGAGED, **TON), record(ENGAGED, **WSM)],
        "Samoa deals officially with the Taliban; where Tonga stood is only assumed",
    ),
    (
        [record(act("engage", "2025"), until="2025-04-01", **TON), record(ENGAGED, **WSM)],
        "Samoa deals officially with the Taliban; where Tonga stood is in doubt",
    ),
]


@pytest.mark.parametrize(("replays", "said"), TITLES, ids=[said for _, said in TITLES])
def test_title_says_who_stands_where(replays: list[rm.Replay], said: str) -> None:
    assert picture("compare", replays).title == said


def test_title_is_that_of_the_last_day_shown() -> None:
    assert comparison(two(), date(2023, 6, 30)) == (
        "30 June 2023: Tonga and Samoa deal officially with the Taliban"
    )


@pytest.mark.parametrize(
    ("layout", "least"), [("page", 7), ("column", 6), ("slide", 14), ("web", 7)]
)
@pytest.mark.parametrize("replays", [two(), six()], ids=["two", "six"])
def test_lines_are_legible_on_every_page(
    replays: list[rm.Replay], layout: str, least: float
) -> None:
    readable(picture("compare", replays, layout=LAYOUTS[layout]).figures(), least)


def test_countries_of_the_record_are_legible_together() -> None:
    by = {s.country: s for s in rm.load_folder().scenarios}
    for codes in (("RUS", "CHN"), ("RUS", "CHN", "PAK", "ARE", "KAZ", "DEU"), ("CZE", "POL")):
        for layout, least in (("page", 7), ("column", 6), ("slide", 14)):
            shown = picture("compare", [rm.replay(by[c]) for c in codes], layout=LAYOUTS[layout])
            readable(shown.figures(), least)
            assert layout == "slide" or 25 <= len(shown.caption.split()) <= 40


def test_each_line_has_its_mark_and_its_name_at_the_right_end() -> None:
    ax = axes(six())
    names = ["Tonga", "Samoa", "Fiji", "Norway", "Switzerland", "United Arab Emirates"]
    placed = {text.get_text(): text for text in ax.texts}
    assert all(placed[name].get_position()[0] > 1 for name in names)
    marks = {
        line.get_marker()
        for line in ax.lines
        if len(line.get_xdata()) == 1 and line.get_transform() == ax.transAxes
    }
    assert len(marks) == 6


def test_lines_at_one_stage_lie_side_by_side() -> None:
    ax = axes(six())
    heights = {}
    for code in ("TON", "WSM", "FJI", "NOR", "CHE", "ARE"):
        (line,) = [one for one in ax.lines if one.get_gid() == f"assumed-{code}"]
        heights[code] = float(line.get_ydata()[0])
    ordered = list(heights.values())
    assert ordered == sorted(ordered, reverse=True)
    assert len(set(ordered)) == 6
    assert max(map(abs, ordered)) < 0.42  # within the band of the stage


def test_assumed_and_silent_days_are_thin_and_not_like_evidence() -> None:
    ax = axes([record(ENGAGED, country="FJI", reviewed="2026-01-01"), two()[1]])
    by = {line.get_gid(): line for line in ax.lines if line.get_gid()}
    told = {basis: by[f"{basis}-FJI"] for basis in ("evidenced", "silent", "assumed", "reviewed")}
    assert told["evidenced"].get_linewidth() > 2 * told["silent"].get_linewidth()
    assert told["assumed"].get_linestyle() == told["reviewed"].get_linestyle() == "--"
    assert told["silent"].get_linestyle() == "-"
    assert list(told["silent"].get_xdata()[:2]) == [
        day("2024-01-02"),  # 731 days after the act
        day("2025-07-01"),
    ]


def test_changes_are_dated() -> None:
    said = [text.get_text() for text in axes(two()).texts]
    for when in ("3 Jan 2025", "1 Dec 2023", "1 Jan 2022"):
        assert when in said


def test_colours_of_lines_can_be_read_on_white() -> None:
    for colour in compare._COLOURS:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("count", [1, 7])
def test_fewer_than_two_or_more_than_six_are_refused(count: int) -> None:
    replays = [record(country=code) for code in ("FJI", "TON", "WSM", "NOR", "CHE", "ARE", "USA")]
    with pytest.raises(ValueError, match=f"shows 2 to 6 countries, not {count}"):
        picture("compare", replays[:count])


def test_window_without_a_documented_day_is_refused() -> None:
    with pytest.raises(PictureError, match="no record has a documented day"):
        picture("compare", two(), since=date(2030, 1, 1))


def test_changes_and_names_link() -> None:
    links = Links(entries={"TON": {1: "#a", 2: "#b", 3: "#c"}}, countries={"WSM": "WSM.html"})
    svg = picture("compare", two(), links=links).svg()
    assert all(f'xlink:href="{at}"' in svg for at in ("#a", "#b", "#c", "WSM.html"))


def test_table_has_the_rows_of_both_histories() -> None:
    heading, *rows = picture("compare", two()).table
    first, *others = (picture("history", [replay]).table for replay in two())
    assert [heading, *rows] == [*first, *(row for table in others for row in table[1:])]


def test_drawing_returns_the_axes_given() -> None:
    ax = Figure(figsize=(8, 4)).subplots()
    assert compare.draw(two(), ax, legend=False) is ax
