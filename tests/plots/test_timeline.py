"""The time axis: even unless a fold is asked for, and marked where Kabul fell."""

from __future__ import annotations

from datetime import date

import pytest
from matplotlib.figure import Figure
from support.drawn import day
from support.pictured import act, legible, record

from recognition_model.plots import Options, history, picture, share, swimmer
from recognition_model.plots.spans import number
from recognition_model.plots.timeline import Timeline

OLD, NEW, FOLD = (number(date(*day)) for day in ((1996, 9, 27), (2026, 1, 1), (2021, 1, 1)))


def test_axis_is_even_unless_fold_is_asked_for() -> None:
    assert Timeline.over(OLD, NEW, [FOLD + 100]).fold is None
    assert (Options().even, Options(fold=True).even) == (True, False)
    assert (Options(even=True).even, Options(even=False).even) == (True, False)


@pytest.mark.parametrize("module", [history, swimmer, share])
def test_years_of_a_drawing_are_equally_wide_unless_folded(module: object) -> None:
    replays = [record(act("engage", "2022-01-01"), begins="1996-09-27")]
    replays *= 5 if module is share else 1

    def years(options: Options) -> tuple[float, float]:
        """How wide the years 2019 and 2023 are."""
        ax = Figure().subplots()
        module.draw(replays, ax, options)  # type: ignore[attr-defined]
        days = [number(date(year, 1, 1)) for year in (2019, 2020, 2023, 2024)]
        at = [float(ax.transData.transform((day, 0))[0]) for day in days]
        return at[1] - at[0], at[3] - at[2]

    before, after = years(Options())
    assert before == pytest.approx(after)
    before, after = years(Options(fold=True))
    assert after > 2 * before


def test_fold_is_refused_where_it_makes_no_room() -> None:
    assert Timeline.over(OLD, NEW, [FOLD + 100], even=False).fold == FOLD
    assert Timeline.over(FOLD - 300, NEW, even=False).fold is None
    assert Timeline.over(OLD, FOLD + 100, even=False).fold is None
    # Where most moves are early they get most of the room, and never all of it.
    assert Timeline.over(OLD, NEW, [OLD + 1] * 9 + [FOLD + 1], even=False).early == 0.6


def test_folded_axis_keeps_order_and_states_factor() -> None:
    old = number(date(1997, 1, 1))
    axis = Timeline.over(old, NEW, [FOLD + 1], even=False)
    ax = Figure().subplots()
    axis.put_on(ax, 100)
    days = (old, FOLD - 365, FOLD, FOLD + 365, NEW)
    at = [ax.transData.transform((when, 0))[0] for when in days]
    assert at == sorted(at)
    early, late = at[2] - at[1], at[3] - at[2]
    # 24 years in 24 % of the width against 5 in 76 %: a year is 15.2 times narrower.
    assert late / early == pytest.approx(15.2, abs=0.05)
    assert "15.2 times narrower" in axis.note()
    assert Timeline.over(old, NEW).note() == ""


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [("2022-01-01", "2022-07-01", "Jan Jul"), ("2020-01-01", "2023-01-01", "2020 2023")],
)
def test_first_and_last_day_of_an_axis_have_their_label(first: str, last: str, ends: str) -> None:
    """Half a year has labels for months, three years have one for each year."""
    ax = Figure().subplots()
    Timeline.over(day(first), day(last)).put_on(ax, 50)
    labels = [label.get_text().removesuffix(" 2022") for label in ax.get_xticklabels()]
    assert f"{labels[0]} {labels[-1]}" == ends


def test_fold_is_cut_through_the_picture_labelled_and_has_both_scales() -> None:
    replays = [record(act("engage", "2022-01-01"), begins="1996-09-27")]
    (figure,) = picture("swimmer", replays, fold=True).figures()
    ax = figure.axes[0]
    gap = [line for line in ax.lines if line.get_linewidth() == 2.6]
    assert [list(line.get_xdata()) for line in gap] == [[FOLD, FOLD]]
    assert gap[0].get_zorder() > max(bar.get_zorder() for bar in ax.collections)
    assert "2021" in [label.get_text() for label in ax.get_xticklabels()]
    bars = [line for line in ax.lines if line.get_gid() == "scale"]
    words = [text for text in ax.texts if "year" in text.get_text()]
    across = ax.transData - ax.transAxes
    for side, bar, text in zip((-1, 1), bars, words, strict=True):
        years = int(text.get_text().split()[0])
        there = number(date(2021 + side * years, 1, 1))
        ends = [float(across.transform((day, 0))[0]) for day in (FOLD, there)]
        drawn = list(bar.get_xdata())
        assert drawn[1] - drawn[0] == pytest.approx(ends[1] - ends[0], rel=0.002)


def test_day_of_takeover_is_marked_on_every_axis_that_has_it() -> None:
    words = "Taliban take Kabul, 15 Aug 2021"
    replay = record(act("engage", "2022-01-01"), begins="1996-09-27")
    for kind in ("history", "swimmer"):
        for options in ({}, {"fold": True}, {"since": date(2021, 8, 15)}):
            (figure,) = picture(kind, [replay], **options).figures()
            ax = figure.axes[0]
            (line,) = [line for line in ax.lines if line.get_gid() == "takeover"]
            # It has a gap where words lie over it.
            assert {x for x in line.get_xdata() if x == x} == {number(date(2021, 8, 15))}
            assert words in [text.get_text() for text in ax.texts]
            legible([figure])
        (figure,) = picture(kind, [replay], until=date(2021, 8, 1)).figures()
        assert words not in [text.get_text() for text in figure.axes[0].texts]
