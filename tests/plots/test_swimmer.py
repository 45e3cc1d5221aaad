"""The swimmer: a row for each country, by its stage on the last day shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from support.drawn import axes, boxes, day, everything_said, legend_texts, marks, rows, texts_of
from support.effort import examples
from support.pictured import (
    CODES,
    act,
    crowd,
    fits,
    legible,
    record,
    seen,
    status,
)

import recognition_model as rm
from recognition_model.analysis.standing_order import place, reached
from recognition_model.plots import (
    LAYOUTS,
    Links,
    Options,
    PictureError,
    paths,
    picture,
    swimmer,
)
from recognition_model.plots.finding import short_finding
from recognition_model.plots.page import DPI
from recognition_model.plots.palette import INK, PAPER, STAGE_COLOURS, paler
from recognition_model.plots.spans import number, stretches
from recognition_model.testing import scenarios

ASSUMED = "no dealings documented (assumed)"
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def headings(ax: Axes) -> list[str]:
    """The names of the groups, from the top."""
    found = [text for text in ax.texts if text.get_bbox_patch() is not None]
    found.sort(key=lambda text: text.get_position()[1])
    return [text.get_text() for text in found]


def days_of(ax: Axes, gid: str) -> set[tuple[float, float]]:
    """The rectangles of a collection: from, to."""
    return {box[:2] for box in boxes(ax, gid)}


def told() -> list[rm.Replay]:
    """Five countries: one at each of three stages, one lapsed, one assumed."""
    return [
        record(act("engage", "2022-01-10"), act("recognise", "2024-06-01"), country="WSM"),
        record(act("engage", "2023-01-01"), country="FJI"),
        record(act("engage", "2022-01-01"), act("break_off", "2023-05-05"), country="TON"),
        record(country="NOR"),
        record(act("engage", "2023-03-01..2023-03-20"), country="CHE"),
    ]


# --- the finding -----------------------------------------------------------------------------


def test_title_counts_dealings_and_names_who_recognises() -> None:
    shown = picture("swimmer", told())
    assert shown.title == (
        "3 of 5 countries have documented dealings with the Taliban; Samoa recognises its"
        " government"
    )
    assert shown.topic == (
        "Paths of Fiji, Norway, Samoa, Switzerland and Tonga, by last documented stage. Of the 3"
        " with dealings: 2 engaged, 1 de jure recognition"
    )
    assert shown.description.startswith(f"{shown.title}. A row of coloured bars")


def test_title_is_about_the_last_day_shown() -> None:
    shown = picture("swimmer", told(), until=date(2023, 3, 31))
    assert shown.title == (
        "31 March 2023: 4 of 5 countries have documented dealings with the Taliban; none is"
        " documented to recognise its government"
    )
    early = picture("swimmer", told(), until=date(2021, 12, 31))
    assert early.title == (
        "31 December 2021: no dealings of 5 countries with the Taliban are documented"
    )


def test_title_where_all_dealings_ended_does_not_deny_them() -> None:
    ended = [
        record(act("engage", "2022-01-01"), act("break_off", "2023-05-05"), country=code)
        for code in CODES[:6]
    ]
    shown = picture("swimmer", ended)
    assert shown.title == "None of 6 countries is documented as dealing with the Taliban"
    assert shown.topic.startswith("Paths of Afghanistan,")


def test_title_writes_an_assumed_stage_in_words() -> None:
    assumed = [record(country="WSM", stage=rm.Stage.AMBASSADOR_ACCEPTED)]
    assert picture("swimmer", assumed).title == (
        "Ambassador accepted is assumed, and no dealings of Samoa with the Taliban are documented"
    )
    assert short_finding(assumed[0]) == "ambassador accepted, assumed"
    doubtful = record(act("engage", "2022-01-01"), act("accept_ambassador", "2023"))
    assert short_finding(doubtful, date(2023, 6, 1)) == "in doubt: engaged or ambassador accepted"


def test_title_of_few_countries_names_them() -> None:
    samoa, fiji, tonga, norway, _ = told()
    assert picture("swimmer", [samoa]).title == "Samoa recognises the Taliban government"
    assert picture("swimmer", [samoa]).topic == "Path of Samoa"
    assert picture("swimmer", [fiji, tonga, norway]).title == (
        "Fiji has documented dealings with the Taliban; Tonga has broken off its dealings with the"
        " Taliban; no dealings of Norway with the Taliban are documented"
    )
    both = picture("swimmer", [norway, record(country="SWE")])
    assert both.title == "No dealings of Norway and Sweden with the Taliban are documented"


def test_stage_in_doubt_is_counted_for_none() -> None:
    open_date = [*told(), record(act("engage", "2025-06-01..2025-12-31"), country="GBR")]
    shown = picture("swimmer", open_date)
    assert shown.title.startswith("3 of 6 countries have documented dealings")
    alone = picture("swimmer", open_date[-1:])
    assert alone.title == "The stage of the United Kingdom is in doubt"


def test_topic_names_days_shown_and_what_was_known() -> None:
    replays = [record(country=code, known_by="2024-05-28") for code in CODES[:8]]
    shown = picture("swimmer", replays, since=date(2022, 1, 1), until=date(2023, 7, 4))
    assert shown.topic == (
        "Paths of 8 countries from 1 Jan 2022 until 4 Jul 2023, by stage on that day, as known by"
        " 28 May 2024"
    )


def test_short_caption_of_the_record_has_25_to_40_words(shipped: Sequence[rm.Replay]) -> None:
    assert 25 <= len(picture("swimmer", shipped).caption.split()) <= 40
    assert 25 <= len(picture("swimmer", shipped, until=date(2001, 9, 1)).caption.split()) <= 40


# --- order and groups ------------------------------------------------------------------------


def test_rows_are_sorted_by_stage_then_day_then_name() -> None:
    replays = [
        record(country="NOR"),
        record(act("engage", "2023-01-01"), country="FJI"),
        record(act("engage", "2022-01-01"), country="TON"),
        record(act("engage", "2022-01-01"), country="CHE"),
        record(act("engage", "2024-01-01"), act("recognise", "2024-06-01"), country="WSM"),
    ]
    ax = axes("swimmer", replays)
    heights = rows(ax)
    assert sorted(heights, key=heights.__getitem__) == [
        "Samoa",
        "Switzerland",
        "Tonga",
        "Fiji",
        "Norway",
    ]
    assert headings(ax) == ["de jure recognition, 1 of 5", "engaged, 3 of 5", f"{ASSUMED}, 1 of 5"]


def test_order_is_by_first_possible_day_and_not_by_the_middle() -> None:
    wide = record(act("engage", "2022-01-01..2023-12-31"), country="TON")  # middle: end of 2022
    exact = record(act("engage", "2022-06-01"), country="CHE")
    assert place(wide) < place(exact)
    heights = rows(axes("swimmer", [exact, wide]))
    assert heights["Tonga"] < heights["Switzerland"]


def test_stage_reached_is_that_of_the_day_asked_about() -> None:
    history = told()[0].history
    found = [reached(history, date.fromisoformat(when)) for when in ("2023-01-01", "2030-01-01")]
    assert [spell and spell.begins.text for spell in found] == ["2022-01-10", "2024-06-01"]
    assert reached(record(act("engage", "2025-06-01..2025-12-31")).history) is None
    assert reached(history, date(2001, 1, 1)) is None


def test_assumed_countries_are_sorted_by_name_and_after_what_is_attested() -> None:
    replays = [
        record(country="NOR", begins="1996-09-27"),
        record(country="FJI", begins="2021-08-15"),
        record(act("engage", "2022-01-01"), act("break_off", "2023-01-01"), country="WSM"),
        record(country="CHE", begins="2030-01-01"),  # nothing documented
    ]
    assert [one.country for one in sorted(replays, key=place)] == ["WSM", "FJI", "NOR", "CHE"]


def test_groups_and_days_are_those_of_the_last_day_shown() -> None:
    ax = axes("swimmer", told(), until=date(2023, 3, 31))
    assert headings(ax) == ["engaged, 4 of 5", f"{ASSUMED}, 1 of 5"]
    texts = [text.get_text() for text in ax.texts]
    assert {"1 Jan 2022", "10 Jan 2022", "1 Jan 2023", "1–20 Mar 2023"} <= set(texts)
    assert "1 Jun 2024" not in texts
    doubtful = axes("swimmer", told(), until=date(2023, 3, 10))
    assert headings(doubtful) == ["engaged, 3 of 5", f"{ASSUMED}, 1 of 5", "in doubt, 1 of 5"]


def test_nothing_after_the_last_day_shown_is_mentioned() -> None:
    replays = [
        record(*one.scenario.timeline, country=one.country, reviewed="2026-01-01") for one in told()
    ]
    shown = picture("swimmer", replays, until=date(2023, 3, 31))
    (figure,) = shown.figures()
    said = everything_said(shown, figure)
    assert max(map(int, re.findall(r"\b2\d{3}\b", said))) == 2023
    assert not re.search(r"break_off|broken|step back|lower stage|2023-05-05", said)
    assert "end of the data" not in legend_texts(figure.axes[0])
    assert "searched" not in legend_texts(figure.axes[0])
    assert "Data until 2023-03-31." in shown.caption


def test_table_of_a_window_ends_spells_with_its_last_day() -> None:
    heading, *cells = picture("swimmer", told()[:1], until=date(2023, 3, 31)).table
    spells = [dict(zip(heading, row, strict=True)) for row in cells if row[2]]
    assert [(row["stage"], row["from"], row["to"], row["last_documented"]) for row in spells] == [
        ("hostile", "2021-08-15", "2022-01-10", "no"),
        ("engaged", "2022-01-10", "2023-03-31", "yes"),
    ]
    bases = [row[-3:] for row in cells if not row[2]]
    assert bases == [
        ("2021-08-15", "2022-01-09", "assumed"),
        ("2022-01-10", "2023-03-31", "evidenced"),
    ]


def test_countries_without_a_record_on_the_days_shown_are_listed_and_not_counted() -> None:
    replays = [
        *told(),
        record(country="SWE", until="2021-12-31"),
        record(country="FIN", begins="2024-01-01"),
    ]
    window = {"since": date(2022, 1, 1), "until": date(2023, 3, 31)}
    shown = picture("swimmer", replays, **window)
    assert shown.title.startswith("31 March 2023: 4 of 5 countries")
    (figure,) = shown.figures()
    texts = texts_of(figure)
    at = texts.index("no record on the days shown, 2:")
    assert texts[at + 1 : at + 3] == ["Finland,", "Sweden"]
    assert "No record on the days shown: Finland, Sweden." in shown.description


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"since": "2030-01-01"}, "no record reaches 2030-01-01: the last one ends on 2025-06-30"),
        ({"until": "2001-01-01"}, "no record begins by 2001-01-01: the first begins on 2021-08-15"),
    ],
)
def test_swimmer_without_a_day_to_show_is_refused(window: dict[str, str], said: str) -> None:
    days = {name: date.fromisoformat(text) for name, text in window.items()}
    with pytest.raises(PictureError, match=said):
        picture("swimmer", told(), **days)
    with pytest.raises(PictureError, match=said):
        swimmer.draw(told(), Figure().subplots(), Options(**days))


def test_window_may_end_with_the_calendar() -> None:
    legible(picture("swimmer", told(), until=date(9999, 12, 31)).figures())
    with pytest.raises(PictureError, match="no record begins by 0001-01-01"):
        picture("swimmer", told(), until=date(1, 1, 1))
    with pytest.raises(PictureError, match="no record reaches 9999-12-31"):
        picture("swimmer", told(), since=date(9999, 12, 31))


def test_swimmer_of_which_nothing_is_documented_is_refused() -> None:
    with pytest.raises(PictureError, match="nothing is documented yet"):
        picture("swimmer", [record(begins="2020-01-01", until="2019-01-01")])


def test_fold_that_changes_nothing_is_refused() -> None:
    with pytest.raises(PictureError, match="a fold changes nothing here"):
        picture("swimmer", told(), fold=True)
    old = [record(act("engage", "2022-01-01"), begins="1996-09-27")]
    assert picture("swimmer", old, fold=True).figures()
    with pytest.raises(PictureError, match="a fold changes nothing here"):
        picture("swimmer", old, fold=True, since=date(2021, 1, 1))


# --- countries with nothing but an assumed start ---------------------------------------------


def test_countries_only_assumed_are_listed_by_name() -> None:
    idle = [record(country=code) for code in ("SWE", "FIN", "DNK", "ISL")]
    shown = picture("swimmer", [*told(), *idle])
    (figure,) = shown.figures()
    assert set(rows(figure.axes[0])) == {"Samoa", "Switzerland", "Fiji", "Tonga"}
    texts = texts_of(figure)
    at = texts.index(f"{ASSUMED}, 5 of 9:")
    assert texts[at + 1 : at + 6] == ["Denmark,", "Finland,", "Iceland,", "Norway,", "Sweden"]
    assert {row[1] for row in shown.table} >= {"Denmark", "Finland", "Iceland", "Norway", "Sweden"}
    assert "Countries with nothing but an assumed start are listed by name." in shown.full_caption


def test_countries_only_assumed_have_rows_where_nothing_else_is_shown_or_they_are_few() -> None:
    idle = [record(country=code) for code in ("SWE", "FIN", "DNK", "ISL")]
    assert len(rows(axes("swimmer", idle))) == 4
    assert len(rows(axes("swimmer", [*told()[:1], *idle[:3]]))) == 4


# --- bars and marks --------------------------------------------------------------------------


def test_bar_is_pale_while_stage_is_only_possible_and_ends_with_record() -> None:
    ax = axes("swimmer", [record(act("engage", "2022-03-01..2022-03-31"))])
    assert days_of(ax, "assumed-1") == {(day("2021-08-15"), day("2022-03-16"))}
    assert days_of(ax, "possible-3") == {(day("2022-03-16"), day("2022-03-31"))}
    assert days_of(ax, "stage-3") == {(day("2022-03-31"), day("2024-03-31"))}
    assert days_of(ax, "silent-3") == {(day("2024-03-31"), day("2025-07-01"))}


def test_spell_with_overlapping_dates_is_pale_without_gap() -> None:
    replay = record(
        act("engage", "2022-03-01..2022-12-31"), act("accept_ambassador", "2022-06-10..2023-04-09")
    )
    ax = axes("swimmer", [replay])
    # Half of 305 days, from 1 March to 31 December, and of 303, from 10 June to 9 April.
    engaged, accepted = day("2022-03-01") + 305 / 2, day("2022-06-10") + 303 / 2
    assert days_of(ax, "possible-3") == {(engaged, accepted)}
    assert not [c for c in ax.collections if c.get_gid() == "stage-3"]


@given(scenarios())
@settings(max_examples=examples(25))
def test_row_is_covered_from_beginning_to_end(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    spans = stretches(replay.history)
    if swimmer.why_not([replay], Options()):
        return
    ax = Figure(figsize=(6, 2)).subplots()
    swimmer.draw([replay], ax)
    parts = sorted(
        part[:2]
        for c in ax.collections
        if re.search(r"-[1-6]$", c.get_gid() or "")
        for part in boxes(ax, str(c.get_gid()))
    )
    covered = spans[0].begins.at if spans else 0
    for left, right in parts:
        assert left <= covered
        covered = max(covered, right)
    searched = scenario.reviewed or scenario.documented_until
    assert not parts or covered >= number(searched) + 1 - 1e-6


def test_bars_end_with_the_last_day_shown() -> None:
    ax = axes("swimmer", told()[:1], since=date(2022, 1, 1), until=date(2023, 3, 31))
    assert days_of(ax, "stage-3") == {(day("2022-01-10"), day("2023-04-01"))}
    assert ax.get_xlim() == (day("2022-01-01"), day("2023-04-01"))


def test_spell_too_short_to_be_seen_is_drawn_wider_over_its_neighbours() -> None:
    replay = record(
        act("engage", "2022-03-01"),
        act("recognise", "2022-03-03"),
        begins="1996-09-27",
        until="2026-06-30",
    )
    ax = axes("swimmer", [replay])
    ((left, right),) = days_of(ax, "brief-stage-3")
    wide = ax.get_window_extent().width / ax.figure.dpi * 25.4
    first, last = ax.get_xlim()
    assert (right - left) / (last - first) * wide == pytest.approx(0.6)  # mm
    assert left < day("2022-03-01") < day("2022-03-03") < right
    (brief,) = [c for c in ax.collections if c.get_gid() == "brief-stage-3"]
    assert brief.get_zorder() > max(
        c.get_zorder() for c in ax.collections if c.get_gid() in ("stage-6", "outline")
    )


def test_one_day_before_the_data_end_is_seen_left_of_the_end() -> None:
    replay = record(
        act("engage", "2022-02-14"), begins="2001-01-01", until="2022-02-14", reviewed="2026-06-30"
    )
    ax = axes("swimmer", [replay])
    ((left, right),) = days_of(ax, "brief-stage-3")
    assert right == pytest.approx(day("2022-02-15"))
    assert left < day("2022-02-14") - 30


def test_short_spells_next_to_each_other_do_not_cover_each_other() -> None:
    replay = record(
        act("engage", "2022-02-13"),
        act("recognise", "2022-02-14"),
        begins="2001-01-01",
        until="2022-02-14",
        reviewed="2026-06-30",
    )
    ax = axes("swimmer", [replay])
    ((_, end),), ((start, _),) = days_of(ax, "brief-stage-3"), days_of(ax, "brief-stage-6")
    assert end == pytest.approx(start)


def test_marks_of_row_are_at_dates_of_record() -> None:
    replay = record(act("ban", "2022-01-01"), act("engage", "2023-02"), act("delist", "2024-01-01"))
    ax = axes("swimmer", [replay])
    (height,) = rows(ax).values()
    assert marks(ax, "|") == [(day("2025-07-01"), height)]
    assert days_of(ax, "ban-in-force") == {(day("2022-01-01"), day("2024-01-01"))}
    doubts = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert {tuple(p[0] for p in s) for c in doubts for s in c.get_segments()} == {
        (day("2023-02-01"), day("2023-02-28"))
    }
    assert "1 Jan 2024" in [text.get_text() for text in ax.texts]
    assert not marks(axes("swimmer", [replay], until=date(2023, 1, 1)), "|")


def test_step_back_has_triangle() -> None:
    replay = record(
        act("engage", "2022-01-01"),
        act("accept_ambassador", "2023-01-01"),
        act("downgrade", "2024-01-01"),
    )
    backs = [line for line in axes("swimmer", [replay]).lines if line.get_marker() == "v"]
    assert [list(line.get_xdata()) for line in backs] == [[day("2024-01-01")]]


def test_two_hundred_histories_need_few_artists() -> None:
    ax = axes("swimmer", crowd(120))
    drawn = [c for c in ax.collections if isinstance(c, PathCollection)]
    assert len(drawn) <= 3 * len(rm.Stage) + 2
    assert all(len(c.get_paths()) == 1 for c in drawn)


# --- words beside rows -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "label"),
    [
        ("2025-06-03", "3 Jun 2025"),
        ("2025-06-12..2025-06-23", "12–23 Jun 2025"),
        ("2024-12", "Dec 2024"),
        ("2024-12-29..2025-01", "29 Dec 2024 – Jan 2025"),
    ],
)
def test_day_on_which_stage_was_reached_is_in_words(when: str, label: str) -> None:
    replays = [record(act("engage", when)), record(country="NOR")]
    texts = [text.get_text() for text in axes("swimmer", replays).texts]
    assert label in texts
    assert "last stage, since" in texts


def test_long_intervals_name_only_their_months_in_a_column() -> None:
    replays = [record(act("engage", "2022-05-18..2023-12-09"), country="ARE")]
    texts = [t.get_text() for t in axes("swimmer", replays, layout=LAYOUTS["column"]).texts]
    assert "May 2022 – Dec 2023" in texts
    assert "18 May 2022 – 9 Dec 2023" in [t.get_text() for t in axes("swimmer", replays).texts]


def test_stage_at_which_a_record_begins_was_reached_by_then() -> None:
    attested = record(
        act("engage", "2022-01-01"), status("2021-09-01", stage=rm.Stage.HOSTILE), country="NOR"
    )
    assert paths.Row.of(attested, Options()).since() == "1 Jan 2022"
    held = record(status("2021-09-01", stage=rm.Stage.HOSTILE), country="NOR")
    assert paths.Row.of(held, Options()).since() == ""  # the day of an assumed start is no date


def test_heading_of_days_stands_where_days_stand() -> None:
    replays = [record(act("engage", "2023-01-05"))] * 2
    (figure,) = picture("swimmer", replays).figures()
    legible([figure])
    boxes_of = {text.get_text(): box for text, box in seen(figure)}
    squares = 4.2 / 25.4 * 300  # pixels; the heading stands above the squares and the days
    days = boxes_of["5 Jan 2023"].x0 - squares
    assert boxes_of["last stage, since"].x0 == pytest.approx(days, abs=9)
    (alone,) = picture("swimmer", [record()]).figures()  # nothing is reached by assumption
    assert "last stage, since" not in texts_of(alone)


def test_legend_names_only_stages_without_a_heading_and_marks_used() -> None:
    assert legend_texts(axes("swimmer", [record()])) == [ASSUMED, "end of the data"]
    assert legend_texts(axes("swimmer", [record(act("ban", "2022"))])) == [
        "entry within two years", "silent", ASSUMED,
        "ban in force", "some day between (paler)", "end of the data",
    ]  # fmt: skip
    higher = record(act("engage", "2022-01-01"), act("accept_ambassador", "2023-01-01"))
    assert legend_texts(axes("swimmer", [higher]))[:2] == ["engaged", "entry within two years"]


def test_legend_names_all_stages_where_headings_stand_on_several_pages() -> None:
    (first, _) = picture("swimmer", crowd(130)).figures()
    stages = ["banned", "engaged", "delisted", "ambassador accepted", "de jure recognition"]
    assert legend_texts(first.axes[0])[:5] == stages


def squares(ax: Axes) -> dict[str, tuple[float, str, str]]:
    """The squares beside rows by country: height, fill and edge."""
    return {
        line.get_gid().removeprefix("last-"): (
            float(line.get_ydata()[0]),
            str(line.get_markerfacecolor()),
            str(line.get_markeredgecolor()),
        )
        for line in ax.lines
        if (line.get_gid() or "").startswith("last-")
    }


def test_square_beside_each_row_has_the_colour_of_its_last_stage() -> None:
    ax = axes("swimmer", told())
    drawn, names = squares(ax), rows(ax)
    assert {drawn[code][0] for code in drawn} == set(names.values())
    # Samoa's entry of June 2024 is within two years of the data end, June 2025. Fiji's of January
    # 2023 is not, and Norway's start is assumed.
    assert drawn["WSM"] == (names["Samoa"], STAGE_COLOURS[rm.Stage.DE_JURE_RECOGNITION], INK)
    engaged, lowest = STAGE_COLOURS[rm.Stage.ENGAGED], STAGE_COLOURS[rm.Stage.HOSTILE]
    assert drawn["FJI"] == (names["Fiji"], paler(engaged, 0.7), engaged)
    assert drawn["NOR"] == (names["Norway"], PAPER, lowest)


@pytest.mark.parametrize("layout", ["page", "column"])
def test_square_of_a_group_stands_left_of_its_name_in_rows_and_in_lists(layout: str) -> None:
    shown = picture("swimmer", crowd(40), layout=LAYOUTS[layout])
    (figure,) = shown.figures()
    ax, texts = figure.axes[0], seen(figure)
    headings = [box for text, box in texts if text.axes is ax and text.get_fontweight() == "bold"]
    at = [
        line.get_transform().transform(line.get_xydata())[0]
        for line in ax.lines
        if line.get_marker() == "s" and not str(line.get_gid()).startswith("last-")
    ]
    millimetre = DPI / 25.4
    beside = [
        [box for box in headings if box.y0 < y < box.y1 and 0 < box.x0 - x < 5 * millimetre]
        for x, y in at
    ]
    assert len(at) >= 3
    assert [len(boxes) for boxes in beside] == [1] * len(at)


def test_squares_stand_in_one_line_left_of_the_days() -> None:
    (figure,) = picture("swimmer", told()).figures()
    ax, drawn = figure.axes[0], seen(figure)
    found = [line for line in ax.lines if (line.get_gid() or "").startswith("last-")]
    assert len({float(line.get_xdata()[0]) for line in found}) == 1
    square = ax.transAxes.transform((float(found[0].get_xdata()[0]), 0))[0]
    days = [box for text, box in drawn if text.get_text() == "1 Jan 2023"]
    assert ax.bbox.x1 < square < days[0].x0


def test_square_is_that_of_the_last_day_shown() -> None:
    drawn = squares(axes("swimmer", told()[:1], until=date(2023, 3, 31)))
    assert drawn["WSM"][1] == STAGE_COLOURS[rm.Stage.ENGAGED]


def test_legend_of_the_swimmer_names_the_lowest_stage_by_what_ended() -> None:
    def lowest(*replays: rm.Replay, **options: object) -> str:
        return legend_texts(axes("swimmer", replays, **options))[0]

    broken = record(act("engage", "2022-01-01"), act("break_off", "2023-01-01"))
    lapsed = record(act("engage", "2001-11-20"), act("lapse", "2001-12-07"), begins="1996-09-27")
    attested = record(status("2022-01-01", stage=rm.Stage.HOSTILE))
    assert lowest(broken) == "no dealings (broken off)"
    assert lowest(lapsed) == "no dealings (lapsed)"
    assert lowest(broken, lapsed) == "no dealings (broken off or lapsed)"
    assert lowest(broken, attested) == "hostile"
    early = axes("swimmer", [broken, lapsed], until=date(2001, 12, 1))  # nothing has ended
    assert not [
        text for text in legend_texts(early) if re.match("no dealings(?! documented)", text)
    ]


def test_swimmer_without_legend_has_none_and_is_lower() -> None:
    with_it, without = (picture("swimmer", told(), legend=legend) for legend in (True, False))
    assert legend_texts(with_it.figures()[0].axes[0])
    assert not legend_texts(without.figures()[0].axes[0])
    assert without.figures()[0].get_figheight() < with_it.figures()[0].get_figheight()


def test_drawings_with_a_view_share_an_axis() -> None:
    view = date(2021, 1, 1), date(2025, 12, 31)
    shown = [swimmer.draw([one], Figure().subplots(), view=view) for one in told()[:2]]
    assert {ax.get_xlim() for ax in shown} == {(day("2021-01-01"), day("2026-01-01"))}


def test_scale_makes_letters_larger() -> None:
    sizes = {}
    for scale in (1.0, 2.0):
        ax = swimmer.draw(told()[:1], Figure(figsize=(12, 4)).subplots(), scale=scale)
        (name,) = [text for text in ax.texts if text.get_text() == "Samoa"]
        sizes[scale] = name.get_fontsize()
    assert sizes[2.0] == pytest.approx(2 * sizes[1.0])


def test_name_and_bars_of_a_country_are_links() -> None:
    idle = [record(country=code) for code in ("SWE", "FIN", "DNK", "ISL")]
    links = Links(countries={"WSM": "WSM.html", "SWE": "SWE.html"})
    root = ET.fromstring(picture("swimmer", [*told(), *idle], links=links).svg())
    found = [(a.get(HREF), "".join(a.itertext()).strip()) for a in root.iter(f"{SVG}a")]
    assert [text for href, text in found if href == "WSM.html"].count("Samoa") == 1
    assert ("WSM.html", "") in found  # the bars
    assert ("SWE.html", "Sweden") in found
    assert {href for href, _ in found} == {"WSM.html", "SWE.html"}


# --- pages and layouts -----------------------------------------------------------------------


def test_pages_share_axis_and_count_all_countries() -> None:
    figures = picture("swimmer", crowd(130)).figures()
    assert len({figure.axes[0].get_xlim() for figure in figures}) == 1
    # Half of the paths of a crowd end engaged, a quarter recognised, a quarter as they began.
    assert [headings(figure.axes[0]) for figure in figures] == [
        ["de jure recognition, 33 of 130", "engaged, 65 of 130"],
        ["engaged (continued)"],
    ]
    assert f"{ASSUMED}, 32 of 130:" in texts_of(figures[1])


def test_more_than_60_rows_are_split_into_pages_of_50() -> None:
    # 130 countries: 98 rows, and 32 that are only listed, on the last page.
    assert [len(page) for page in swimmer.pages(crowd(130), Options())] == [50, 80]
    assert len(swimmer.pages(crowd(80), Options())) == 1  # 60 rows
    assert len(swimmer.pages(crowd(82), Options())) == 2
    assert len(swimmer.pages(crowd(1400), Options())) == 1


WINDOWS: dict[str, dict[str, object]] = {
    "all days": {},
    "since": {"since": date(2021, 8, 15)},
    "until": {"until": date(2001, 9, 1)},
    "fold": {"fold": True},
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_swimmer_of_the_record_is_legible_in_every_layout(
    shipped: Sequence[rm.Replay], name: str, window: dict[str, object]
) -> None:
    shown = picture("swimmer", shipped, layout=LAYOUTS[name], **window)
    fits([shown._whole()], LAYOUTS[name])


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("size", [1, 5, 30])
def test_swimmer_of_any_countries_is_legible_in_every_layout(name: str, size: int) -> None:
    fits(picture("swimmer", crowd(size), layout=LAYOUTS[name]).figures(), LAYOUTS[name])


def test_slide_of_the_record_has_large_rows_for_the_highest_stages_and_names_the_others(
    shipped: Sequence[rm.Replay],
) -> None:
    figure = picture("swimmer", shipped, layout=LAYOUTS["slide"])._whole()
    (ax,) = figure.axes
    assert set(rows(ax)) == {
        "Russia", "China", "United Arab Emirates", "Uzbekistan", "Kazakhstan", "Kyrgyzstan",
    }  # fmt: skip
    texts = texts_of(figure)
    at = texts.index("engaged, 37 of 60:")
    assert texts[at + 1 : at + 3] == ["Australia,", "Austria,"]
    assert texts[at + 37] == "United States"
    # Russia's recognition of July 2025 is one of 30 years: at least 5 of some 190 mm.
    (recognised,) = [box for box in boxes(ax, "stage-6") if box[0] > day("2025-01-01")]
    left, right = (ax.transData.transform((x, 0))[0] / figure.dpi * 25.4 for x in recognised[:2])
    assert right - left > 5


def test_slide_draws_all_rows_where_they_fit() -> None:
    figure = picture("swimmer", told(), layout=LAYOUTS["slide"])._whole()
    assert len(rows(figure.axes[0])) == 5


def test_slide_sets_rows_of_one_stage_in_columns_that_share_an_axis() -> None:
    replays = [record(act("engage", "2022-01-01"), country=code) for code in CODES[:30]]
    (outer,) = picture("swimmer", replays, layout=LAYOUTS["slide"])._whole().axes
    columns = outer.child_axes
    assert len(columns) > 1
    assert len({ax.get_xlim() for ax in columns}) == 1
    assert len({ax.get_ylim() for ax in columns}) == 1
    assert sum(len(rows(ax)) for ax in columns) == 30
    assert headings(columns[1]) == ["engaged (continued)"]
    assert all(len(squares(ax)) == len(rows(ax)) for ax in columns)


def test_pdf_of_a_slide_shows_what_the_slide_shows(shipped: Sequence[rm.Replay]) -> None:
    (figure,) = picture("swimmer", shipped, layout=LAYOUTS["slide"]).figures()
    assert len(rows(figure.axes[0])) == 6


def test_slide_with_too_many_rows_is_refused_and_says_how_many_fit() -> None:
    many = picture("swimmer", crowd(120), layout=LAYOUTS["slide"])
    page = "a page of 338.6 x 190.5 mm with letters of 14 points"
    said = rf"90 rows do not fit on {page}: (\d+) rows fit"
    with pytest.raises(PictureError, match=said) as refused:
        many.data("png")
    found = re.search(said, str(refused.value))
    assert found is not None
    few = int(found[1])
    drawn = [row.replay for row in paths.Paths.of(crowd(120), Options()).rows]
    assert picture("swimmer", drawn[:few], layout=LAYOUTS["slide"]).data("png")


def test_pdf_of_slides_has_as_many_as_needed() -> None:
    shown = picture("swimmer", crowd(120), layout=LAYOUTS["slide"])
    figures = shown.figures()
    assert len(figures) > 1
    fits(figures, LAYOUTS["slide"])
    assert len(re.findall(rb"/Type /Page\b(?!s)", shown.data("pdf"))) == len(figures)


def test_thousands_of_rows_have_no_names() -> None:
    (figure,) = picture("swimmer", crowd(1500)).figures()
    assert not rows(figure.axes[0])
    assert headings(figure.axes[0]) == ["de jure recognition, 375 of 1500", "engaged, 750 of 1500"]
