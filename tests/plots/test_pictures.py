"""Pictures: what is drawn is what the record says, legible and the same every time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from PIL import Image
from support.effort import examples
from support.paths import TESTS
from support.pictured import CODES, OFFICIAL, PRESS, act, crowd, legible, record, seen

import recognition_model as rm
from recognition_model.core.dates import OPEN_END, OPEN_START
from recognition_model.plots import (
    ENDINGS,
    PLOTS,
    Options,
    PictureError,
    counts,
    history,
    network,
    picture,
    share,
    swimmer,
)
from recognition_model.plots import time_to_stage as waiting
from recognition_model.plots.bars import PALE
from recognition_model.plots.kinds import KINDS
from recognition_model.plots.labels import in_lines, spread
from recognition_model.plots.page import DPI, style
from recognition_model.plots.palette import (
    PAPER,
    STAGE_COLOURS,
    channels,
    ink_on,
    luminance,
    paler,
)
from recognition_model.plots.spans import DayRange, day_of, number, stretches
from recognition_model.plots.text import broken, drawable, width
from recognition_model.testing import scenarios

GROUP = [kind for kind in PLOTS if kind != "history"]
OF_RECORD = [kind for kind, known in KINDS.items() if not known.rules]
SVG = "{http://www.w3.org/2000/svg}"
few = settings(max_examples=examples(5), suppress_health_check=list(HealthCheck))


def axes(kind: str, replays: Sequence[rm.Replay], **options: object) -> Axes:
    """An axes with only the drawing in it, of the size it has on its page."""
    (figure, *_) = picture(kind, replays, **options).figures()
    return figure.axes[0]


def day(text: str) -> float:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


# --- colours ---------------------------------------------------------------------------------


def test_stage_colours_keep_order_in_grey() -> None:
    grey = [luminance(STAGE_COLOURS[stage]) for stage in rm.Stage]
    lightness = [116 * (value ** (1 / 3)) - 16 for value in grey]  # CIE L*, all above 0.0089
    steps = [b - a for a, b in pairwise(lightness)]
    assert min(steps) > 9


# Machado, Oliveira and Fernandes (2009), severity 1.0: protan-, deuteran- and tritanopia.
BLINDNESS = {
    "protanopia": (
        0.152286,
        1.052583,
        -0.204868,
        0.114503,
        0.786281,
        0.099216,
        -0.003882,
        -0.048116,
        1.051998,
    ),
    "deuteranopia": (
        0.367322,
        0.860646,
        -0.227968,
        0.280085,
        0.672501,
        0.047413,
        -0.011820,
        0.042940,
        0.968881,
    ),
    "tritanopia": (
        1.255528,
        -0.076749,
        -0.178779,
        -0.078411,
        0.930809,
        0.147602,
        0.004733,
        0.691367,
        0.303900,
    ),
}


def apart(one: str, other: str, matrix: tuple[float, ...]) -> float:
    """How far two colours are apart in CIE L*a*b* for a reader who sees through a matrix."""

    def lab(colour: str) -> tuple[float, float, float]:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (channel / 255 for channel in channels(colour))
        ]
        r, g, b = (
            min(max(sum(matrix[3 * i + j] * linear[j] for j in range(3)), 0), 1) for i in range(3)
        )
        xyz = (
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        )
        x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)

    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


@pytest.mark.parametrize("matrix", BLINDNESS.values(), ids=BLINDNESS)
def test_stage_colours_differ_for_colour_blind_readers(matrix: tuple[float, ...]) -> None:
    pairs = combinations(STAGE_COLOURS.values(), 2)
    assert min(apart(*pair, matrix) for pair in pairs) > 10


GREY = (0.2126, 0.7152, 0.0722) * 3


@pytest.mark.parametrize(
    "matrix", [*BLINDNESS.values(), GREY], ids=[*BLINDNESS, "a printer in grey"]
)
def test_pale_bars_differ_from_full_ones_and_paper_for_every_reader(
    matrix: tuple[float, ...],
) -> None:
    for colour in STAGE_COLOURS.values():
        pale = paler(colour, PALE)
        assert apart(pale, colour, matrix) > 8
        assert apart(colour, PAPER, matrix) > 8


@pytest.mark.parametrize("colour", STAGE_COLOURS.values())
def test_text_on_stage_colours_has_wcag_contrast(colour: str) -> None:
    lighter, darker = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_luminance_of_black_is_0_and_of_white_is_1() -> None:
    assert (luminance("#000000"), round(luminance("#ffffff"), 6)) == (0.0, 1.0)


def refused(word: str, when: str = "2023-05-01") -> rm.RefuseStep:
    """An act that the press alone tells of."""
    because = (
        rm.engine.rules.Reason.NOT_ATTESTED
        if word == "recognise"
        else rm.engine.rules.Reason.WRONG_STAGE
    )
    return rm.RefuseStep(
        refuse=rm.Act(word), because=because, date=rm.When.parse(when), evidence=(PRESS,)
    )


def doubtful() -> rm.Replay:
    """An ambassador accepted some day of 2025, in a record that ends on 1 April of that year."""
    return record(act("engage", "2022-01-01"), act("accept_ambassador", "2025"), until="2025-04-01")


# --- a history -------------------------------------------------------------------------------


def marks(ax: Axes, marker: str) -> list[tuple[float, float]]:
    """Where marks of a shape stand: day and height."""
    return [
        (float(x), float(y))
        for line in ax.lines
        if line.get_marker() == marker
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def status(when: str, **said: object) -> rm.StatusStep:
    return rm.StatusStep(
        status=rm.core.scenario.Assertion(**said), date=rm.When.parse(when), evidence=(PRESS,)
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("1990-01-01", "1990-06-01"),
        ("9999-12-31", None),
        (None, "0001-01-01"),
        (None, "9999-12-31"),
    ],
)
def test_window_may_be_at_either_end_of_calendar(since: str | None, until: str | None) -> None:
    asked = {"since": since, "until": until}
    window = {name: date.fromisoformat(text) for name, text in asked.items() if text}
    legible(picture("swimmer", [record(act("engage", "2022-01-01"))], **window).figures())


@pytest.mark.parametrize(
    "told",
    [
        {"begins": "0001-01-01"},
        {"until": "9999-12-31"},
        {"begins": "0200", "until": "9990-01-01"},
        {"begins": "2020-01-01", "until": "2019-01-01"},
    ],
)
@pytest.mark.parametrize("kind", PLOTS)
def test_records_at_ends_of_calendar_are_drawn(kind: str, told: dict[str, str]) -> None:
    replays = enough(kind, record(**told))  # type: ignore[arg-type]
    if kind == "share":
        replays = replays if told.get("begins") == "0001-01-01" else five(**told)
    if told.get("until") == "2019-01-01" and kind in ("share", "map"):
        assert PLOTS[kind].why_not(replays, Options())
        return
    legible(picture(kind, replays, **whole(kind)).figures())


def test_last_stage_possibly_not_reached_is_labelled_in_doubt() -> None:
    words = "engaged or ambassador accepted"
    assert f"Stage on 2025-04-01, in doubt: {words}" in picture("history", [doubtful()]).description
    assert "may have happened after the data end" in picture("history", [doubtful()]).full_caption
    assert "In doubt: Fiji." in picture("swimmer", [doubtful()]).description
    (figure,) = picture("swimmer", [doubtful()]).figures()
    assert "in doubt, 1 of 1" in [text.get_text() for text in figure.axes[0].texts]


# --- the swimmer -----------------------------------------------------------------------------


def names(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_rows_are_sorted_by_stage_then_day_then_name() -> None:
    replays = [
        record(country="NOR"),
        record(act("engage", "2023-01-01"), country="FJI"),
        record(act("engage", "2022-01-01"), country="TON"),
        record(act("engage", "2022-01-01"), country="CHE"),
        record(act("engage", "2024-01-01"), act("recognise", "2024-06-01"), country="WSM"),
    ]
    ax = axes("swimmer", replays)
    assert names(ax) == ["Samoa", "Switzerland", "Tonga", "Fiji", "Norway"]


def boxes(ax: Axes, gid: str) -> set[tuple[float, float, int]]:
    """The rectangles of a collection: from, to, row."""
    (found,) = [c for c in ax.collections if c.get_gid() == gid]
    return {
        (float(p[:, 0].min()), float(p[:, 0].max()), round(float(p[:, 1].mean())))
        for path in found.get_paths()
        for p in (polygon[:4] for polygon in path.to_polygons())
    }


def test_bar_is_pale_while_stage_is_only_possible_and_ends_with_record() -> None:
    ax = axes("swimmer", [record(act("engage", "2022-03-01..2022-03-31"))])
    assert boxes(ax, "assumed-1") == {(day("2021-08-15"), day("2022-03-16"), 0)}
    assert boxes(ax, "possible-3") == {(day("2022-03-16"), day("2022-03-31"), 0)}
    assert boxes(ax, "stage-3") == {(day("2022-03-31"), day("2024-03-31"), 0)}
    assert boxes(ax, "silent-3") == {(day("2024-03-31"), day("2025-07-01"), 0)}


def test_spell_with_overlapping_dates_is_pale_without_gap() -> None:
    replay = record(
        act("engage", "2022-03-01..2022-12-31"), act("accept_ambassador", "2022-06-10..2023-04-09")
    )
    ax = axes("swimmer", [replay])
    engaged, accepted = (stretches(replay.history)[at].begins.at for at in (1, 2))
    assert boxes(ax, "possible-3") == {(engaged, accepted, 0)}
    assert not [c for c in ax.collections if c.get_gid() == "stage-3"]


@given(scenarios())
@settings(max_examples=examples(25))
def test_row_is_covered_from_beginning_to_end(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    spans = stretches(replay.history)
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
    assert not spans or covered == number(searched) + 1


def test_marks_of_row_are_at_dates_of_record() -> None:
    replay = record(act("ban", "2022-01-01"), act("engage", "2023-02"), act("delist", "2024-01-01"))
    ax = axes("swimmer", [replay])
    assert marks(ax, "|") == [(day("2025-07-01"), 0)]
    assert boxes(ax, "ban-in-force") == {(day("2022-01-01"), day("2024-01-01"), 0)}
    doubts = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert {tuple(p[0] for p in s) for c in doubts for s in c.get_segments()} == {
        (day("2023-02-01"), day("2023-02-28"))
    }
    assert "2024-01-01" in [text.get_text() for text in ax.texts]
    assert not marks(axes("swimmer", [replay], until=date(2023, 1, 1)), "|")


def test_pages_share_axis_and_count_all_countries() -> None:
    figures = picture("swimmer", crowd(130)).figures()
    assert len({figure.axes[0].get_xlim() for figure in figures}) == 1
    # Half of the paths of a crowd end engaged, a quarter recognised, a quarter as they began.
    groups = {
        text.get_text()
        for figure in figures
        for text in figure.axes[0].texts
        if " of 130" in text.get_text()
    }
    assert groups == {
        "de jure recognition\n33 of 130",
        "engaged\n65 of 130",
        "no dealings documented\n(assumed), 32 of 130",
    }


def test_two_hundred_histories_need_few_artists() -> None:
    ax = axes("swimmer", crowd(120))
    drawn = [c for c in ax.collections if isinstance(c, PathCollection)]
    assert len(drawn) <= 2 * len(rm.Stage) + 2
    assert all(len(c.get_paths()) == 1 for c in drawn)


def test_step_back_has_triangle() -> None:
    replay = record(
        act("engage", "2022-01-01"),
        act("accept_ambassador", "2023-01-01"),
        act("downgrade", "2024-01-01"),
    )
    marks = [line for line in axes("swimmer", [replay]).lines if line.get_marker() == "v"]
    assert [list(line.get_xdata()) for line in marks] == [[day("2024-01-01")]]


@pytest.mark.parametrize("size", [1, 2, 8])
@pytest.mark.parametrize(
    ("begins", "until"),
    [
        ("1999-03-05", "2001-01-05"),  # the axis ends with a label: 2001-01
        ("2000-03-05", "2001-06-30"),
        ("1990-01-01", "2001-02-01"),  # 2001
        ("2001-01-01", "2022-01-03"),  # 2022, after a fold
        ("2000-03-05", "2000-12-01"),  # far from its last label
    ],
)
def test_heading_of_days_does_not_overlap_axis_labels(begins: str, until: str, size: int) -> None:
    replays = [record(begins=begins, until=until)] * size
    (figure,) = picture("swimmer", replays, fold=True).figures()
    texts = {text.get_text(): (text, box) for text, box in seen(figure)}
    _, heading = texts["stage reached"]
    years = [box for text, box in texts.values() if text in figure.axes[0].get_xticklabels()]
    assert years
    assert heading.x0 > max(box.x1 for box in years) + DPI / 25.4 * 0.5  # half a millimetre
    legible([figure])


def test_legend_names_all_stages_and_only_marks_used() -> None:
    def legend(*replays: rm.Replay) -> list[str]:
        found = [a for a in axes("swimmer", replays).get_children() if isinstance(a, Legend)]
        return [text.get_text() for artist in found[::-1] for text in artist.get_texts()]

    stages = [
        "hostile", "banned", "engaged", "delisted", "ambassador accepted", "de jure recognition",
    ]  # fmt: skip
    assumed = "no dealings documented (assumed)"
    assert legend(record()) == [*stages, assumed, "end of the data"]
    assert legend(record(act("ban", "2022"))) == [
        *stages, "entry within two years", "silent", assumed,
        "ban in force", "some day between (paler)", "end of the data",
    ]  # fmt: skip


def test_legend_of_the_swimmer_names_the_lowest_stage_by_what_ended() -> None:
    def lowest(*replays: rm.Replay) -> str:
        found = [a for a in axes("swimmer", replays).get_children() if isinstance(a, Legend)]
        return str(found[-1].get_texts()[0].get_text())

    broken = record(act("engage", "2022-01-01"), act("break_off", "2023-01-01"))
    lapsed = record(act("engage", "2001-11-20"), act("lapse", "2001-12-07"), begins="1996-09-27")
    attested = record(status("2022-01-01", stage=rm.Stage.HOSTILE))
    assert lowest(broken) == "no dealings (broken off)"
    assert lowest(lapsed) == "no dealings (lapsed)"
    assert lowest(broken, lapsed) == "no dealings (broken off or lapsed)"
    assert lowest(broken, attested) == "hostile"


def test_more_than_120_countries_are_split_into_pages_of_50() -> None:
    pages = swimmer.pages(crowd(130), Options())
    assert [len(page) for page in pages] == [50, 50, 30]
    assert len(swimmer.pages(crowd(120), Options())) == 1
    assert len(swimmer.pages(crowd(121), Options())) == 3
    assert len(swimmer.pages(crowd(1001), Options())) == 1


# --- the share -------------------------------------------------------------------------------


def counted(
    *replays: rm.Replay, first: str = "2021-08-15", last: str = "2025-07-01"
) -> counts.Counts:
    """The counts of some replays from `first` to the day before `last`."""
    rows = [counts.Row.of(replay) for replay in replays]
    return counts.counts(rows, day(first), day(last))


def five(*steps: rm.Step, **options: str) -> list[rm.Replay]:
    """The same made-up record for five countries: the fewest that a share takes."""
    return [record(*steps, country=code, **options) for code in CODES[:5]]  # type: ignore[arg-type]


def enough(kind: str, *replays: rm.Replay) -> list[rm.Replay]:
    """Some replays, for a share five in all, and one with a change for a picture of changes."""
    if kind in ("network", "timeline", "time-to-stage"):
        return [*replays, record(act("engage", "2022-01-01"), country="NOR", begins="2020-01-01")]
    return [*replays, *five()[len(replays) :]] if kind == "share" else [*replays]


def whole(kind: str) -> dict[str, date]:
    """The options with which a picture shows all days of the records."""
    return {"since": date.min} if kind == "timeline" else {}


def test_counts_change_on_days_of_changes_and_last_stage_is_carried_forward() -> None:
    told = counted(
        record(act("engage", "2022-01-01"), until="2022-12-31"),
        record(until="2022-06-30", country="NOR"),
        last="2023-02-01",
    )
    at = {str(day_of(when)): row for when, row in zip(told.days, told.parts, strict=True)}
    hostile, engaged = rm.Stage.HOSTILE.rank, rm.Stage.ENGAGED.rank
    parts = {  # hostile and engaged: documented, documented and assumed, carried, carried assumed
        when: (row[hostile].flatten().tolist(), row[engaged].flatten().tolist())
        for when, row in at.items()
    }
    assert parts == {
        "2021-08-15": ([0, 2, 0, 0], [0, 0, 0, 0]),
        "2022-01-01": ([0, 1, 0, 0], [1, 0, 0, 0]),
        "2022-07-01": ([0, 0, 0, 1], [1, 0, 0, 0]),
        "2023-01-01": ([0, 0, 0, 1], [0, 0, 1, 0]),
    }


def test_break_off_leads_to_hostile_that_is_not_assumed() -> None:
    told = counted(
        record(act("engage", "2022-01-01"), act("break_off", "2023-01-01"), until="2023-12-31")
    )
    hostile = told.parts[:, rm.Stage.HOSTILE.rank]
    assert hostile[0].tolist() == [[0, 1], [0, 0]]
    assert hostile[-1].tolist() == [[0, 0], [1, 0]]


def test_status_that_names_stage_ends_assumption_in_share() -> None:
    status = rm.core.scenario.Assertion(stage=rm.Stage.HOSTILE)
    when = rm.When.parse("2022-01-01")
    told = counted(record(rm.StatusStep(status=status, date=when, evidence=(OFFICIAL,))))
    assert told.parts[:, rm.Stage.HOSTILE.rank].tolist() == [[[0, 1], [0, 0]], [[1, 0], [0, 0]]]


def lowest_of(*replays: rm.Replay) -> str:
    """The name of the lowest stage beside the share, where it is not assumed."""
    (figure,) = picture("share", [*five(), *replays]).figures()
    texts = texts_of(figure)
    return texts[texts.index("no dealings documented (assumed)") + 2]


def test_lowest_stage_reads_as_what_ended() -> None:
    broken = record(act("engage", "2022-01-01"), act("break_off", "2023-01-01"))
    lapsed = record(
        act("engage", "2001-11-20"),
        act("lapse", "2001-12-07"),
        begins="1996-09-27",
        country="NOR",
    )
    assert lowest_of() == "hostile"
    assert lowest_of(broken) == "no dealings (broken off)"
    assert lowest_of(lapsed) == "no dealings (lapsed)"
    assert lowest_of(broken, lapsed) == "no dealings (broken off or lapsed)"


def test_caption_of_share_counts_countries_by_basis_where_records_end() -> None:
    replays = [
        *five()[:3],
        record(act("engage", "2022-01-01"), country="NOR"),  # 2025-06-30: silent
        record(act("engage", "2022-01-01"), until="2022-12-31", country="SWE"),
    ]
    counts_said = "Of 5 countries: 1 evidenced within two years, 1 silent for longer, 3 assumed."
    said = picture("share", replays).full_caption
    assert f"Basis on each country's last documented day. {counts_said}" in said
    until = picture("share", replays, until=date(2022, 6, 30)).full_caption
    counts_said = "Of 5 countries: 2 evidenced within two years, 0 silent for longer, 3 assumed."
    assert f"Basis on the last day shown. {counts_said}" in until


@pytest.mark.parametrize("since", ["2021-08-15", "2021-12-01"])
def test_nothing_is_carried_backward(since: str) -> None:
    replays = [*five(), record(begins="2022-01-01", until="2022-06-30", country="NOR")]
    (panel,) = counts.panels(replays[:5] * 2 + replays[5:], Options(since=day_of(day(since))))
    assert (panel.of, day_of(panel.first).isoformat()) == (10, since)
    assert (panel.counted.stages.sum(axis=1) == 10).all()


def test_band_spans_earliest_and_latest_dates() -> None:
    told = counted(record(act("engage", "2022-03-01..2022-03-31")))
    below = {
        str(day_of(w)): (low[1], high[1])
        for w, low, high in zip(told.days, told.least, told.most, strict=True)
    }
    assert below["2021-08-15"] == (1, 1)
    assert below["2022-03-01"] == (0, 1)
    assert below["2022-03-16"] == (0, 1)
    assert below["2022-03-31"] == (0, 0)


def test_doubt_on_last_documented_day_is_carried_forward() -> None:
    told = counted(record(act("engage", "2022-03-01..2022-03-31"), until="2022-03-20"))
    assert day_of(told.days[-1]) == date(2022, 3, 31)
    assert (told.least[-1, 1], told.most[-1, 1]) == (0, 1)


def test_opposite_moves_keep_each_others_uncertainty() -> None:
    told = counted(
        record(act("engage", "2022-03-01..2022-03-31")),
        record(act("break_off", "2022-03-01..2022-03-31"), stage=rm.Stage.ENGAGED, country="NOR"),
    )
    at = list(told.days).index(day("2022-03-01"))
    assert (told.least[at, 1], told.most[at, 1]) == (0, 2)


@given(st.lists(scenarios(), min_size=1, max_size=3), st.data())
@settings(max_examples=examples(20))
def test_bounds_match_states_possible_on_day(
    records: list[rm.Scenario], data: st.DataObject
) -> None:
    replays = [rm.replay(one) for one in records]
    rows = [row for row in map(counts.Row.of, replays) if row.drawn]
    if not rows:
        return
    first, last = min(row.begins for row in rows), max(row.ends for row in rows)
    told = counts.counts(rows, first, last)
    at = data.draw(st.integers(0, len(told.days) - 1))
    when = day_of(told.days[at])
    least, most = [0] * 7, [0] * 7
    for replay in replays:
        if not counts.Row.of(replay).drawn:
            continue
        position = replay.history.on(min(when, replay.history.documented_until))
        if position.spells and replay.history.begins.earliest <= when:
            ranks = [spell.stage.rank for spell in position.spells]
            for below in range(7):
                most[below] += min(ranks) < below
                least[below] += position.begun and max(ranks) < below
    assert (list(told.least[at]), list(told.most[at])) == (least, most)


@given(st.lists(scenarios(), min_size=1, max_size=3))
@settings(max_examples=examples(15))
def test_every_country_is_counted_once_and_within_band(records: list[rm.Scenario]) -> None:
    replays = [*(rm.replay(one) for one in records), *five()]
    for panel in counts.panels(replays, Options()):
        told = panel.counted
        assert (told.parts >= 0).all()
        assert (told.stages.sum(axis=1) == panel.of).all()
        assert (told.stages.cumsum(axis=1) <= told.most[:, 1:]).all()
        assert (told.stages.cumsum(axis=1) >= told.least[:, 1:]).all()


def texts_of(figure: Figure) -> list[str]:
    return [text.get_text() for text, _ in seen(figure)]


def test_numbers_beside_share_are_of_last_day_shown() -> None:
    replays = [
        record(act("engage", "2022-01-01"), until="2022-12-31"),
        *[record(until="2022-06-30", country=code) for code in CODES[:4]],
    ]
    texts = texts_of(picture("share", replays).figures()[0])
    assert "2022-12-31, the last day shown:\n1 record reaches it,\n4 carried forward" in texts
    assert "engaged  1 of 5 (20 %)" in texts
    at = texts.index("hostile")
    assert texts[at + 1] == "0 of 5 (0 %)"
    at = texts.index("no dealings documented (assumed)")
    assert texts[at + 1] == "4 of 5 (80 %), 4 carried forward"
    cut = texts_of(picture("share", replays, until=date(2021, 11, 30)).figures()[0])
    assert "2021-11-30, the last day shown:\n5 records reach it,\n0 carried forward" in cut
    at = cut.index("no dealings documented (assumed)")
    assert cut[at + 1] == "5 of 5 (100 %)"
    said = picture("share", replays).description
    assert "2022-12-31, the last day shown: 1 record reaches it, 4 carried forward" in said
    assert "Engaged 1 of 5 (20 %), no dealings documented (assumed) 4 of 5 (80 %)." in said


def test_share_of_shipped_record_counts_recognition_by_russia() -> None:
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    texts = texts_of(picture("share", replays).figures()[0])
    assert f"de jure recognition  1 of {len(replays)} (2 %)" in texts


def test_axis_after_last_record_is_shaded_and_label_keeps_its_day() -> None:
    shown = picture("share", five(until="2022-12-31"), until=date(2030, 12, 31))
    assert "2022-12-31, the last day shown" in " ".join(texts_of(shown.figures()[0]))
    assert shown.table[-1][2] == "2022-12-31"


def test_many_later_records_get_second_panel() -> None:
    later = [record(begins="2023-01-01", country=code) for code in ("NOR", "SWE")]
    first, second = counts.panels([*five(), *later], Options())
    assert (first.of, second.of) == (5, 7)
    assert day_of(first.last), day_of(second.first) == (date(2022, 12, 31), date(2023, 1, 1))
    shown = picture("share", [*five(), *later])
    texts = texts_of(shown.figures()[0])
    assert {"5 countries from 2021-08-15", "7 countries from 2023-01-01"} <= set(texts)
    assert "Right: these and 2 whose records begin by 2023-01-01" in shown.full_caption


def test_fall_of_kabul_is_marked_once_above_areas() -> None:
    early = [record(begins="1996-09-27", country=code) for code in CODES[:5]]
    late = [record(begins="2021-08-15", country=code) for code in CODES[5:10]]
    for replays in (early, late, [*early, *late]):
        (figure,) = picture("share", replays).figures()
        assert texts_of(figure).count("Taliban take Kabul, 15 Aug 2021") == 1
        (line,) = figure.findobj(lambda artist: artist.get_gid() == "takeover")
        areas = figure.findobj(PolyCollection)
        assert line.get_zorder() > max(area.get_zorder() for area in areas)


def test_few_later_records_are_left_out_and_named() -> None:
    replays = [*five(), *five(), record(begins="2023-01-01", country="NOR")]
    (panel,) = counts.panels(replays, Options())
    assert panel.of == 10
    shown = picture("share", replays)
    assert "Not counted, because the record begins later: Norway." in shown.full_caption
    assert "Norway" not in picture("share", replays, since=date(2023, 1, 1)).full_caption


def test_table_of_share_counts_each_day_once() -> None:
    replays = [
        record(act("engage", "2022-03-01..2022-03-02")),  # drawn at noon of the first
        record(act("engage", "2022-03-01"), country="NOR"),
        *five(),
    ]
    _, *rows = picture("share", replays).table
    assert [row[1:3] for row in rows] == [
        ("2021-08-15", "2022-02-28"),
        ("2022-03-01", "2022-03-01"),
        ("2022-03-02", "2025-06-30"),
    ]


TOO_FEW: dict[str, tuple[list[rm.Replay], dict[str, str], str]] = {
    "four countries": (
        five()[:4],
        {},
        "a share needs at least 5 countries with a record, and there are 4",
    ),
    "few by the last day": (
        [*five()[:1], *[record(begins="2023-01-01", country=code) for code in CODES[:5]]],
        {"until": "2022-12-31"},
        "a share needs at least 5 countries with a record by 2022-12-31, and there is 1",
    ),
    "all records end before": (
        five(),
        {"since": "2030-01-01"},
        "no record reaches 2030-01-01: the last one ends on 2025-06-30",
    ),
    "all records begin after": (
        five(),
        {"until": "2021-08-14"},
        "no record begins by 2021-08-14: the first begins on 2021-08-15",
    ),
}


@pytest.mark.parametrize(("replays", "window", "said"), TOO_FEW.values(), ids=TOO_FEW)
def test_share_that_would_mislead_or_be_empty_is_refused(
    replays: list[rm.Replay], window: dict[str, str], said: str
) -> None:
    days = {name: date.fromisoformat(text) for name, text in window.items()}
    with pytest.raises(PictureError, match=said):
        picture("share", replays, **days)
    with pytest.raises(PictureError, match=said):
        share.draw(replays, Figure().subplots(), Options(**days))


def test_window_from_last_documented_day_is_drawn() -> None:
    assert picture("share", five(), since=date(2025, 6, 30)).table[1][1:3] == (
        "2025-06-30",
        "2025-06-30",
    )


def test_table_of_share_counts_running_records_and_carried_stages_apart() -> None:
    replays = [
        record(act("engage", "2022-01-01"), until="2022-12-31"),
        *[record(until="2022-06-30", country=code) for code in CODES[:4]],
    ]
    heading, *rows = picture("share", replays, since=date(2021, 9, 1)).table
    first, *_, last = (dict(zip(heading, row, strict=True)) for row in rows)
    assert (first["panel"], first["from"], first["to"]) == (1, "2021-09-01", "2021-12-31")
    assert (first["of"], first["within_record"], first["carried_forward"]) == (5, 5, 0)
    assert (first["hostile_within_record"], first["hostile_assumed"]) == (5, 5)
    assert (last["from"], last["to"]) == ("2022-07-01", "2022-12-31")
    assert (last["of"], last["within_record"], last["carried_forward"]) == (5, 1, 4)
    assert (last["hostile_within_record"], last["hostile_carried_forward"]) == (0, 4)
    assert (last["engaged_within_record"], last["engaged_carried_forward"]) == (1, 0)
    assert (last["hostile_or_below_min"], last["hostile_or_below_max"]) == (4, 4)


IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def min_distance(colours: Sequence[str], matrix: tuple[float, ...]) -> float:
    return min(apart(*pair, matrix) for pair in combinations(colours, 2))


@pytest.mark.parametrize("matrix", [IDENTITY, *BLINDNESS.values()])
def test_pale_tints_of_stages_differ_from_each_other_and_their_stages(
    matrix: tuple[float, ...],
) -> None:
    pale = [share.look_of(stage, carried=1, assumed=0)["facecolor"] for stage in rm.Stage]
    hollow = [share.look_of(stage, carried=0, assumed=1)["facecolor"] for stage in rm.Stage]
    assert min_distance(pale, matrix) > 7
    for stage, *tints in zip(rm.Stage, pale, hollow, strict=True):
        assert min_distance([STAGE_COLOURS[stage], *tints], matrix) > 7


def test_parts_of_stage_differ_without_colour() -> None:
    """In grey print a pale tint may equal the solid colour of another stage: stripes tell."""
    for stage in rm.Stage:
        for start in (0, 1):
            runs, ended = (share.look_of(stage, carried=c, assumed=start) for c in (0, 1))
            assert ("hatch" in runs, "hatch" in ended) == (False, True)
        assumed = share.look_of(stage, carried=0, assumed=1)
        edge, fill = luminance(assumed["edgecolor"]), luminance(assumed["facecolor"])
        assert fill > 0.8
        assert (fill + 0.05) / (edge + 0.05) > 1.4


# --- all of them -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GROUP)
@pytest.mark.parametrize("size", [1, 40, 130])
def test_pictures_of_1_and_200_countries_are_legible(kind: str, size: int) -> None:
    legible(picture(kind, enough(kind, *crowd(size)), **whole(kind)).figures())


@pytest.mark.parametrize("kind", GROUP)
def test_pictures_of_the_shipped_record_are_legible(kind: str) -> None:
    legible(picture(kind, [rm.replay(s) for s in rm.load_folder().scenarios]).figures())


def test_swimmer_of_the_shipped_record_is_legible_with_a_fold_and_in_a_window() -> None:
    replays = [rm.replay(s) for s in rm.load_folder().scenarios]
    legible(picture("swimmer", replays, fold=True).figures())
    legible(picture("swimmer", replays, since=date(2021, 8, 15)).figures())


@pytest.mark.parametrize("kind", PLOTS)
@given(data=st.data())
@few
def test_any_record_gives_legible_pictures(kind: str, data: st.DataObject) -> None:
    most = 1 if PLOTS[kind].one else 3
    records = data.draw(st.lists(scenarios(), min_size=1, max_size=most))
    replays = enough(
        kind, *(rm.replay(one) for one in records), *(five() if kind == "share" else [])
    )
    shown = picture(kind, replays, **whole(kind))
    legible(shown.figures())
    assert shown.description
    heading, *rows = shown.table
    assert all(len(row) == len(heading) for row in rows)
    ET.fromstring(shown.svg())


def test_marks_without_a_glyph_are_not_drawn() -> None:
    assert drawable("Na\u00adme\u200e", "its-id") == "Name"


def test_text_that_matplotlib_would_reverse_is_not_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mpl, "__version__", "3.10.0")
    assert drawable("تقرير", "its-id") == "its-id"
    assert drawable("Отчёт", "its-id") == "Отчёт"
    monkeypatch.setattr(mpl, "__version__", "3.11.0")
    assert drawable("تقرير", "its-id") == "تقرير"


@pytest.mark.parametrize("kind", PLOTS)
def test_svg_has_role_title_description_and_text(kind: str) -> None:
    shown = picture(kind, enough(kind, record(act("engage", "2022-01-01"))), **whole(kind))
    root = ET.fromstring(shown.svg())
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (shown.title, shown.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert len(root.findall(f".//{SVG}title")) == 1
    words = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert shown.title in words
    assert root.find(f".//{SVG}image") is None


def test_pdf_embeds_whole_fonts_and_has_title() -> None:
    data = picture("history", [record(act("engage", "2022-01-01"))]).data("pdf")
    assert b"/FontFile2" in data
    assert b"/Type3" not in data
    assert b"Fiji began to deal officially with the Taliban" in data
    assert b"/CreationDate" not in data


def test_png_is_160_mm_wide_at_300_dpi() -> None:
    data = picture("history", [record()]).data("png")
    assert int.from_bytes(data[16:20], "big") == 1889  # 160 / 25.4 * 300 = 1889.8
    assert data[data.index(b"pHYs") + 4 :][:4] == (11811).to_bytes(4, "big")  # dots in a metre


MAKE = """
import sys, hashlib
from datetime import date
sys.path.insert(0, sys.argv[1])
from support.pictured import crowd, restless
from recognition_model.plots import PLOTS, picture
assert "matplotlib.pyplot" not in sys.modules
for kind in PLOTS:
    window = {"since": date.min} if kind == "timeline" else {}
    shown = picture(kind, [restless(5)] if kind == "history" else crowd(9), **window)
    for ending in ("svg", "pdf", "png"):
        data = shown.data(ending)
        print(kind, ending, hashlib.sha256(data).hexdigest())
assert "matplotlib.pyplot" not in sys.modules
"""


def test_bytes_are_equal_in_every_process_and_pyplot_is_unused(
    tmp_path: Path,
) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 20\nsvg.fonttype: path\n")

    def made(seed: str, home: Path) -> str:
        return subprocess.run(
            [sys.executable, "-c", MAKE, str(TESTS)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=home,  # where matplotlib looks for settings first
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert made("1", tmp_path) == made("2", TESTS)


@pytest.mark.parametrize("module", [history, swimmer, share, network, waiting])
def test_draw_returns_given_axes_and_keeps_settings(module: object) -> None:
    before = dict(mpl.rcParams)
    ax = Figure().subplots()
    replays = [record(act("engage", "2022-01-01"))]
    replays = five() if module is share else replays
    assert module.draw(replays, ax) is ax  # type: ignore[attr-defined]
    assert dict(mpl.rcParams) == before


def test_picture_without_replays_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one replay"):
        picture("swimmer", [])


def test_caption_gives_end_of_data_input_and_version() -> None:
    replay = record(act("engage", "2022-03"), known_by="2025-01-01")
    for kind in OF_RECORD:
        replays = [replay] * (5 if kind == "share" else 1)
        caption = picture(kind, replays, **whole(kind)).full_caption
        assert "Data until 2025-01-01." in caption
        assert " As known by 2025-01-01. recognition_model " in caption
        made = r"recognition_model \d+\.\d+\.\d+, record [0-9a-f]{12} \(own files\)"
        assert re.search(rf"{made}, rules [0-9a-f]{{12}}\.$", caption)


def test_each_file_of_a_picture_carries_its_stamp() -> None:
    drawn = picture("history", [record(act("engage", "2022-03"))], since=date(2022, 1, 1))
    told = drawn.stamp.as_json()
    assert drawn.stamp.edition.options == {"picture": "history", "since": "2022-01-01"}
    tree = ET.fromstring(drawn.data("svg"))
    (stamp,) = (one for one in tree.iter() if one.get("id") == "recognition-stamp")
    assert stamp.text == told
    assert Image.open(io.BytesIO(drawn.data("png"))).info["recognition-stamp"] == told
    escaped = told.replace("(", r"\(").replace(")", r"\)")
    assert f"/Keywords (recognition-stamp {escaped})".encode() in drawn.data("pdf")


@pytest.mark.parametrize("kind", ["history", "swimmer", "share", "time-to-stage"])
def test_caption_says_how_uncertain_dates_are_read(kind: str) -> None:
    replays = enough(kind, record(act("engage", "2022-03")))
    assert "middle" in picture(kind, replays).full_caption


@pytest.mark.parametrize("kind", OF_RECORD)
@pytest.mark.parametrize("end", ["earliest", "latest"])
def test_picture_with_dates_read_at_one_end_equals_exact_days(
    kind: str, end: rm.core.dates.End
) -> None:
    days = {"earliest": ("2022-03-01", "2022-03-10"), "latest": ("2022-03-10", "2022-03-31")}[end]
    told = act("engage", "2022-03-01..2022-03-10"), act("ban", "2022-03-10..2022-03-31")
    exact = record(*(act(word, day) for word, day in zip(("engage", "ban"), days, strict=True)))
    shown = picture(kind, enough(kind, record(*told)), dates=end, **whole(kind))
    same = picture(kind, enough(kind, exact), **whole(kind))
    said = f"Every uncertain date is read at its {end} possible day."
    assert said in shown.full_caption
    assert "middle" not in shown.full_caption
    assert shown.description == f"{same.description} {said}"
    assert shown.table == same.table
    legible(shown.figures())


def test_signals_statuses_and_refusals_are_read_at_same_end() -> None:
    when, proof = rm.When.parse("2022-03"), (OFFICIAL,)
    status = rm.core.scenario.Assertion(stage=rm.Stage.HOSTILE)
    told = (
        rm.SignalStep(signal=rm.core.types.SignalWord("visit"), date=when, evidence=proof),
        rm.StatusStep(status=status, date=when, evidence=proof),
        act("recognise", "2022-03"),
        rm.RefuseStep(refuse=rm.Act.DELIST, because="wrong-stage", date=when, evidence=proof),
        act("engage", "2022-03-20"),
    )
    replay = record(*told).read("latest")
    dates = {str(step.date) for step in (*replay.signals, *(r.step for r in replay.refusals))}
    (check,) = replay.statuses
    assert dates | {str(check.step.date)} == {"2022-03-31"}
    assert not check.verdict.possible  # hostile until the 20th


# --- the parts -------------------------------------------------------------------------------


def test_date_is_drawn_at_middle_and_open_date_at_known_end() -> None:
    assert DayRange.of(date(2022, 1, 1), date(2022, 1, 3)).at == day("2022-01-02")
    assert DayRange.of(OPEN_START, date(2022, 1, 3)).at == day("2022-01-03")
    assert DayRange.of(date(2022, 1, 1), OPEN_END).at == day("2022-01-01")


@given(st.dates())
def test_date_numbers_are_days_since_1970(when: date) -> None:
    assert number(when) == (when - date(1970, 1, 1)).days
    assert day_of(number(when)) == when
    assert day_of(number(when) + 0.5) == when


@given(scenarios())
@settings(max_examples=examples(50))
def test_spans_have_no_gaps_until_end_of_record(
    scenario: rm.Scenario,
) -> None:
    replay = rm.replay(scenario)
    spans = stretches(replay.history)
    ends = number(replay.history.documented_until) + 1
    for before, after in pairwise(spans):
        assert before.ends == after.begins
        assert before.begins.at <= after.begins.at
    assert not spans or spans[-1].ends.at == ends


def test_open_date_is_not_drawn_before_earlier_entry() -> None:
    replay = record(act("ban", "2022-03"), act("engage", "2022-03-02.."))
    assert [span.begins.at for span in stretches(replay.history)] == [
        day("2021-08-15"),
        day("2022-03-16"),
        day("2022-03-16"),
    ]


@given(st.lists(st.floats(0, 100), max_size=12).map(sorted), st.floats(0.1, 20), st.floats(20, 100))
def test_labels_are_spread_in_order_and_within_bounds(
    wanted: list[float], gap: float, high: float
) -> None:
    places = spread(wanted, gap, 0, high)
    room = min(gap, high / max(len(wanted) - 1, 1))
    assert len(places) == len(wanted)
    assert all(b - a >= room - 1e-6 for a, b in pairwise(places))
    assert all(-1e-6 <= place <= high + 1e-6 for place in places)


def test_labels_with_room_keep_their_places() -> None:
    assert spread([10, 20, 30], 5, 0, 40) == [10, 20, 30]
    assert spread([10, 11], 4, 0, 40) == [8.5, 12.5]


@given(st.text("abc xyz", max_size=80), st.floats(8, 60))
def test_broken_text_keeps_words_and_fits_width(text: str, room: float) -> None:
    lines = broken(text, 6, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 6) <= room for line in lines)


@given(st.lists(st.text("abcdefg", max_size=20), max_size=9), st.floats(5, 120))
def test_legend_has_each_entry_once_in_order(texts: list[str], room: float) -> None:
    lines = in_lines(texts, 6, room)
    assert [at for line in lines for at in line] == list(range(len(texts)))


def test_text_width_matches_measurement() -> None:
    with style():
        figure = Figure(dpi=600)
        figure.text(0, 0, "Kabul, 15 August 2021", fontsize=7)
        ((_, box),) = seen(figure)
    drawn = box.width / figure.dpi * 25.4
    assert width("Kabul, 15 August 2021", 7) == pytest.approx(drawn, rel=0.02)


def test_areas_of_share_stack_to_number_documented() -> None:
    ax = axes("share", enough("share", record(act("engage", "2022-01-01"))))
    areas = {
        c.get_gid(): c for c in ax.collections if isinstance(c, PolyCollection) and c.get_gid()
    }
    assert set(areas) >= {f"stage-{rank}" for rank in range(1, 7)}
    engaged = areas["stage-3"].get_paths()[0].vertices
    assert {float(y) for x, y in engaged if x == day("2022-01-01")} == {4, 5}


def test_pictures_are_written_as_svg_pdf_and_png() -> None:
    assert ENDINGS == ("svg", "pdf", "png")


def test_an_unknown_ending_is_an_error_and_a_dot_or_capitals_are_not() -> None:
    drawn = picture("swimmer", [record(act("engage", "2022"))])
    assert drawn.data(".PNG") == drawn.data("png")
    with pytest.raises(ValueError, match=r"one of svg, pdf, png, not 'jpg'"):
        drawn.data("jpg")


def test_a_picture_of_one_country_refuses_several() -> None:
    with pytest.raises(ValueError, match="shows one country, not 3"):
        picture("history", crowd(3))
