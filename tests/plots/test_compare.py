"""Two to six countries on one axis of stages, told apart without colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from support.drawn import day
from support.pictured import act, readable, record, seen

import recognition_model as rm
from recognition_model.plots import LAYOUTS, Links, PictureError, compare, picture
from recognition_model.plots.comparison import comparison
from recognition_model.plots.palette import luminance

ENGAGED = act("engage", "2022-01-01")
AMBASSADOR = (ENGAGED, act("accept_ambassador", "2023-12-01"))
RECOGNITION = (*AMBASSADOR, act("recognise", "2025-01-03"))
LEFT = act("break_off", "2025-02-01")
WITH_SAMOA = act("engage", "2024-05-01")
WITHDRAWN = (
    act("recognise", "2022-05-01"),
    act("withdraw_recognition", "2024-01-01"),
    act("accept_ambassador", "2024-06-01"),
)


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
        "Tonga recognises the Taliban government; Samoa and Fiji have accepted its ambassador",
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
    (
        [record(*RECOGNITION, LEFT, **TON), record(*AMBASSADOR, LEFT, **WSM), record(**FJI)],
        "Tonga and Samoa have broken off their dealings with the Taliban; no dealings of Fiji with"
        " the Taliban are documented",
    ),
    (
        [record(ENGAGED, act("lapse", "2025-02-01"), **TON), record(ENGAGED, LEFT, **WSM)],
        "Tonga had dealings with the Taliban, which lapsed; Samoa has broken off its dealings with"
        " the Taliban",
    ),
    (  # Tonga dealt with the Taliban before, and again
        [record(ENGAGED, LEFT, act("engage", "2025-05-01"), **TON), record(WITH_SAMOA, **WSM)],
        "Tonga and Samoa deal officially with the Taliban; Tonga was first, on 1 January 2022",
    ),
    (  # Tonga recognised: whether it had accepted an ambassador then is not said
        [record(ENGAGED, *WITHDRAWN, **TON), record(*AMBASSADOR, **WSM)],
        "Tonga and Samoa have accepted a Taliban ambassador",
    ),
]


@pytest.mark.parametrize(("replays", "said"), TITLES, ids=[said for _, said in TITLES])
def test_title_says_who_stands_where(replays: list[rm.Replay], said: str) -> None:
    assert picture("compare", replays).title == said


def test_title_is_that_of_the_last_day_shown() -> None:
    assert comparison(two(), date(2023, 6, 30)) == (
        "30 June 2023: Tonga and Samoa deal officially with the Taliban"
    )


def test_title_says_that_those_who_recognised_in_1997_left(shipped: Sequence[rm.Replay]) -> None:
    by = {one.country: one for one in shipped}
    said = comparison([by[code] for code in ("SAU", "ARE", "PAK")], date(2005, 12, 31))
    # All three recognised in May 1997, and broke off their relations in the autumn of 2001.
    assert said == (
        "31 December 2005: Saudi Arabia, the United Arab Emirates and Pakistan have broken off"
        " their dealings with the Taliban"
    )
    today = comparison([by[code] for code in ("SAU", "USA")])
    assert "the United States was first" not in today


@pytest.mark.parametrize(
    ("layout", "least"), [("page", 7), ("column", 6), ("slide", 14), ("web", 7)]
)
@pytest.mark.parametrize("replays", [two(), six()], ids=["two", "six"])
def test_lines_are_legible_on_every_page(
    replays: list[rm.Replay], layout: str, least: float
) -> None:
    readable(picture("compare", replays, layout=LAYOUTS[layout]).figures(), least)


def test_countries_of_the_record_are_legible_together(shipped: Sequence[rm.Replay]) -> None:
    by = {one.country: one for one in shipped}
    for codes in (("RUS", "CHN"), ("RUS", "CHN", "PAK", "ARE", "KAZ", "DEU"), ("CZE", "POL")):
        for layout, least in (("page", 7), ("column", 6), ("slide", 14)):
            shown = picture("compare", [by[c] for c in codes], layout=LAYOUTS[layout])
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


def test_day_of_the_last_change_stands_below_the_name_of_each_line() -> None:
    (figure,) = picture("compare", two()).figures()
    boxes = {text.get_text(): box for text, box in seen(figure)}
    for name, when in (("Tonga", "3 Jan 2025"), ("Samoa", "1 Dec 2023")):
        assert boxes[when].x0 == pytest.approx(boxes[name].x0, abs=3)
        assert boxes[when].y1 < boxes[name].y1
    early = [text.get_text() for text in axes(two(), until=date(2023, 6, 30)).texts]
    assert "3 Jan 2025" not in early
    assert early.count("1 Jan 2022") == 2


def test_every_change_to_the_highest_stages_of_the_record_is_dated(
    shipped: Sequence[rm.Replay],
) -> None:
    by = {one.country: one for one in shipped}
    shown = axes([by[code] for code in ("RUS", "CHN", "ARE")])
    said = [text.get_text() for text in shown.texts]
    # The Emirates recognised in May 1997 and accepted an ambassador in 2024, China in 2023, Russia
    # in 2025: on the day on which it recognised, or in its year where there is no room for a day.
    assert {"26–31 May 1997", "21 Aug 2024", "1 Dec 2023", "3 Jul 2025"} <= set(said)
    assert "2025" in said or said.count("3 Jul 2025") == 2


def test_days_stand_on_their_side_of_the_fall_of_kabul(shipped: Sequence[rm.Replay]) -> None:
    by = {one.country: one for one in shipped}
    for codes in (("RUS", "CHN", "ARE"), ("RUS", "CHN", "PAK", "ARE", "KAZ", "DEU")):
        (figure,) = picture("compare", [by[code] for code in codes]).figures()
        ax = figure.axes[0]
        drawn = seen(figure)
        (line,) = [one for one in ax.lines if one.get_gid() == "takeover"]
        x = ax.transData.transform((line.get_xdata()[0], 0))[0]
        inside = [(t.get_text(), box) for t, box in drawn if t in ax.texts and box.x1 < ax.bbox.x1]
        dated = [(said, box) for said, box in inside if re.search(r"\d{4}$", said)]
        assert len(dated) >= 5
        for said, box in dated:
            if not said.startswith("Taliban"):
                assert box.x1 < x if int(said[-4:]) < 2021 else box.x0 > x, said


def test_legend_tells_searched_days_from_dates_not_known_exactly() -> None:
    replays = [record(act("engage", "2022"), country="FJI", reviewed="2026-01-01"), two()[1]]
    (key,) = [one for one in axes(replays).get_children() if isinstance(one, Legend)]
    handles = dict(
        zip((text.get_text() for text in key.get_texts()), key.legend_handles, strict=True)
    )
    assert handles["searched"].get_linestyle() == "--"
    assert handles["date not known exactly"].get_linestyle() == "None"  # an upright mark


def test_title_of_up_to_four_countries_names_all() -> None:
    replays = [
        record(*RECOGNITION, country="TON"),
        record(*AMBASSADOR, country="WSM"),
        record(ENGAGED, country="FJI"),
        record(country="NOR"),
    ]
    assert comparison(replays) == (
        "Tonga recognises the Taliban government; Samoa has accepted its ambassador; Fiji deals"
        " officially with the Taliban; no dealings of Norway with the Taliban are documented"
    )
    assert comparison([*replays, record(country="SWE")]) == (
        "Tonga recognises the Taliban government; Samoa has accepted its ambassador"
    )


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
