"""The picture of the time to a stage: who waits, who reached it, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from matplotlib.axes import Axes
from support.drawn import axes, day, marks
from support.pictured import CODES, act, legible, legible_in, record

import recognition_model as rm
from recognition_model.core.countries import name_of
from recognition_model.plots import LAYOUTS, Options, PictureError, picture
from recognition_model.plots import time_to_stage as waiting


def test_wait_ends_with_stage_or_record_end() -> None:
    told = waiting.waits(
        [
            record(act("engage", "2021-09-01"), act("accept_ambassador", "2022-08-15")),
            record(until="2021-12-31", country="NOR"),
            record(stage=rm.Stage.AMBASSADOR_ACCEPTED, country="WSM"),
            record(begins="2020-01-01", until="2021-01-01", country="CHE"),
        ],
        Options(),
    )
    assert [(one.country, one.wait.days, one.wait.reached) for one in told.waits] == [
        ("FJI", 365, True),
        ("NOR", 138, False),
    ]
    assert dict(told.outside) == {
        "WSM": "already at the stage",
        "CHE": "not documented on that day",
    }


def late_and_early() -> list[rm.Replay]:
    """A country at risk from the takeover on, and two whose data begin on 2022-01-01, 139 days on.

    Fiji takes an ambassador on day 100, Tonga on day 169; Norway's data end on day 504.
    """
    return [
        record(act("engage", "2021-09-01"), act("accept_ambassador", "2021-11-23"), country="FJI"),
        record(until="2023-01-01", country="NOR"),
        record(
            act("engage", "2022-01-16"),
            act("accept_ambassador", "2022-01-31"),
            begins="2022-01-01",
            country="TON",
        ),
        record(begins="2022-01-01", until="2024-01-01", country="WSM"),
    ]


def test_country_whose_data_begin_later_is_counted_from_then_on() -> None:
    shown = picture("time-to-stage", late_and_early())
    # Two at risk on day 100; the one left and two latecomers on day 169: 1/2 * 2/3 still wait.
    assert [row[:5] for row in shown.table[1:]] == [
        (100, 2, 1, 0, 0.5),
        (169, 3, 1, 0, pytest.approx(2 / 3, abs=1e-6)),
        (504, 2, 0, 1, pytest.approx(2 / 3, abs=1e-6)),
        (869, 1, 0, 1, pytest.approx(2 / 3, abs=1e-6)),
    ]
    assert (
        "Counted from the first day of their data, which begin later: Tonga, Samoa."
        in shown.full_caption
    )
    (figure,) = shown.figures()
    assert "data begin later" in [text.get_text() for text in figure.axes[0].texts]
    legible([figure])


def test_table_of_estimate_names_the_countries_whose_wait_ended_on_each_day() -> None:
    head, *rows = picture("time-to-stage", late_and_early()).table
    assert [row[head.index("countries")] for row in rows] == ["FJI", "TON", "NOR", "WSM"]


def test_skipped_stage_counts_as_reached() -> None:
    replay = record(act("engage", "2022-01-01"), act("recognise", "2023-01-01"))
    (wait,) = waiting.waits([replay], Options()).drawn
    assert (wait.days, wait.reached) == (504, True)


def test_earliest_and_latest_dates_have_own_lines() -> None:
    told = waiting.waits(
        [record(act("engage", "2021-09-01"), act("accept_ambassador", "2022-08"))], Options()
    )
    days = [wait.days for (wait,) in (told.early, told.drawn, told.late)]
    assert days == [351, 366, 381]  # 1, 16 and 31 August 2022


def ambassadors(*, until: str = "2022-01-31") -> list[rm.Replay]:
    """Three countries that take an ambassador in 2022, and one whose data end before."""
    replays = [
        record(
            act("engage", "2021-08-16"), act("accept_ambassador", f"2022-0{at}-01"), country=code
        )
        for at, code in ((1, "FJI"), (2, "NOR"), (3, "TON"))
    ]
    return [*replays, record(until=until, country="WSM")]


def test_table_of_estimate_has_row_and_band_per_day() -> None:
    rows = picture("time-to-stage", ambassadors()).table
    # A quarter; then one of two left after a record has ended: 1 - 3/4 * 1/2; then the last.
    assert [row[:5] for row in rows[1:]] == [
        (139, 4, 1, 0, 0.25),
        (169, 3, 0, 1, 0.25),
        (170, 2, 1, 0, 0.625),
        (198, 1, 1, 0, 1.0),
    ]
    assert all(0 < row[5] < row[4] < row[6] < 1 for row in rows[1:4])


def test_table_of_estimate_has_no_band_before_first_event_and_after_last() -> None:
    rows = picture("time-to-stage", ambassadors(until="2021-09-30")).table
    assert [row[4] for row in rows[1:]] == [0, pytest.approx(1 / 3, abs=1e-6), *(0.666667, 1)]
    assert [row[5:7] == ("", "") for row in rows[1:]] == [True, False, False, True]


def test_band_is_drawn_from_first_event_until_all_have_reached_the_stage() -> None:
    ax = axes("time-to-stage", ambassadors(until="2021-09-30"))
    (band,) = ax.collections
    box = band.get_paths()[0].get_extents()
    assert (box.x0, box.x1) == (139, 198)
    assert 0 < box.y0 < 1 / 3  # around the first estimate, a third, and the second
    assert 2 / 3 < box.y1 < 1
    assert not axes("time-to-stage", [record()]).collections


def test_table_of_estimate_counts_those_at_risk_by_basis() -> None:
    replays = [
        record(act("engage", "2020-09-01"), begins="1996-09-27", country="FJI", until="2022-01-01"),
        record(act("engage", "1999-01-01"), begins="1996-09-27", country="NOR", until="2023-01-01"),
        record(country="TON", until="2024-01-01"),
    ]
    shown = picture("time-to-stage", replays)
    head, *rows = shown.table
    at = head.index("at_risk_evidenced")
    assert head[at : at + 3] == ("at_risk_evidenced", "at_risk_silent", "at_risk_assumed")
    assert [row[at : at + 3] for row in rows] == [(1, 1, 1), (0, 1, 1), (0, 0, 1)]
    assert (
        "n = 3: countries below the stage on 2021-08-15, as far as known. Of 3 countries: 1"
        " evidenced within two years, 1 silent for longer, 1 assumed."
    ) in shown.full_caption
    assert "Left out (the stage on that day is assumed): Tonga." in (
        picture("time-to-stage", replays, without_assumed=True).full_caption
    )


def test_table_of_waits_has_row_and_bounds_per_country() -> None:
    replays = [
        record(act("engage", "2021-08-16"), act("accept_ambassador", "2022-08"), country="FJI"),
        record(country="NOR", until="2023-01-01"),
        record(stage=rm.Stage.AMBASSADOR_ACCEPTED, country="TON"),
    ]
    head, *rows = picture("time-to-stage", replays).tables["waits"]
    wanted = ("name", "origin", "basis", "left", "right", "ended", "ended_on")
    assert [tuple(row[head.index(name)] for name in wanted) for row in rows] == [
        ("Fiji", "2021-08-15", "assumed", 351, 381, "reached", "2022-08"),
        ("Norway", "2021-08-15", "assumed", 504, "", "record_ended", "2023-01-01"),
    ]
    assert list(picture("swimmer", replays).tables) == ["table"]


def test_date_cut_at_the_end_of_the_data_is_told_in_the_caption() -> None:
    told = act("engage", "2021-08-16"), act("accept_ambassador", "2022-08")
    assert (
        "The date that ends the wait may be after the end of the data, and is taken as not after"
        " it: Fiji."
    ) in picture("time-to-stage", [record(*told, until="2022-08-10")]).full_caption
    assert "taken as not after" not in picture("time-to-stage", [record(*told)]).full_caption


def test_lapsed_wait_is_counted_apart_in_picture_table_and_words() -> None:
    lapsed = record(
        act("engage", "1999-01-01"), act("lapse", "2001-12-07"), begins="1996-09-27", country="FJI"
    )
    ended = record(begins="1996-09-27", until="2000-01-01", country="TON")
    shown = picture("time-to-stage", [lapsed, ended], origin=date(1998, 1, 1))
    head, *rows = shown.table
    ends = [head.index(name) for name in ("censored", "lapsed")]
    assert [tuple(row[at] for at in ends) for row in rows] == [(1, 0), (0, 1)]
    assert (
        "Lapsed before the stage, and taken as if their data had ended: Fiji." in shown.full_caption
    )
    assert "0 did. Lapsed before: Fiji. The estimate ends at 0 %." in shown.description
    (figure,) = shown.figures()
    assert "lapsed" in [text.get_text() for text in figure.axes[0].texts]
    assert [x for x, _ in marks(figure.axes[0], "x")] == [1436]
    legible([figure])
    (other,) = picture("time-to-stage", [ended], origin=date(1998, 1, 1)).figures()
    assert "lapsed" not in [text.get_text() for text in other.axes[0].texts]


def test_caption_says_when_the_taliban_did_not_govern_while_countries_waited() -> None:
    said = "From 2001-12-08 to 2021-08-14 the Taliban did not govern"

    def caption(origin: str, until: str) -> str:
        replay = record(begins="1996-09-27", until=until)
        return picture("time-to-stage", [replay], origin=date.fromisoformat(origin)).full_caption

    assert said in caption("1998-01-01", "2001-12-08")
    assert said not in caption("1998-01-01", "2001-12-07")
    assert said in caption("2021-08-14", "2022-01-01")
    assert said not in caption("2021-08-15", "2022-01-01")


def test_description_never_rounds_the_estimate_to_none_or_all() -> None:
    done = record(act("engage", "2021-08-16"), act("accept_ambassador", "2022-09-01"))
    others = [record(country=CODES[at]) for at in range(249)]
    assert "The estimate ends at <1 %." in picture("time-to-stage", [done, *others]).description


def test_table_under_curve_counts_waiting_ended_and_reached() -> None:
    replays = [
        record(act("engage", "2021-08-16"), act("accept_ambassador", "2022-09-01"), country="FJI"),
        record(until="2023-01-31", country="WSM"),
        record(until="2024-12-31", country="TON"),
    ]
    ax = axes("time-to-stage", replays)
    cells = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    # Half years from 2021-08-15 on: 0, 0.5, 1, 1.5, 2, 2.5 and 3 of them.
    assert cells == [*"3331111", *"0001111", *"0001111"]
    ends = (day("2023-01-31"), day("2024-12-31"))
    assert [x for x, _ in marks(ax, "|")] == [end - day("2021-08-15") for end in ends]


def shares(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_axis_of_shares_ends_above_the_band() -> None:
    done = record(act("engage", "2021-08-16"), act("accept_ambassador", "2022-09-01"))
    others = [record(country=CODES[at]) for at in range(39)]
    # One of 40: a share of 2.5 %. Log-log band: log(1 - 1/40) = -0.0253, its error 1.0127 of it.
    # exp(-0.0253 * exp(1.96 * 1.0127)) = 0.832: the band ends at 16.8 %.
    ax = axes("time-to-stage", [done, *others])
    assert shares(ax) == ["0 %", "5 %", "10 %", "15 %", "20 %"]
    assert ax.get_ylim()[1] == pytest.approx(0.204)


def test_axis_has_no_share_where_no_country_reached_the_stage() -> None:
    shown = picture("time-to-stage", [record(), record(country="NOR")])
    (figure,) = shown.figures()
    assert shares(figure.axes[0]) == ["0 %"]
    assert "none reached the stage" in [text.get_text() for text in figure.axes[0].texts]
    assert shown.title == (
        "None of 2 countries accepted an ambassador after 15 August 2021, by the end of their data"
    )


def test_countries_are_named_at_their_steps() -> None:
    ax = axes("time-to-stage", ambassadors())
    texts = [text.get_text() for text in ax.texts]
    assert {"Fiji", "Norway", "Tonga"} <= set(texts)
    assert "Samoa" not in texts
    assert ax.get_xlabel() == "months since 15 August 2021; half by 0.5 years"


def test_axis_says_how_many_countries_are_named_where_not_all_are() -> None:
    told = [
        record(
            act("engage", "2021-08-16"),
            act("accept_ambassador", f"2022-01-{at + 1:02}"),
            country=CODES[at],
        )
        for at in range(28)
    ]
    ax = axes("time-to-stage", [*told, record(country="ZWE", until="2025-06-30")])
    named = {name_of(code) for code in CODES[:28]} & {text.get_text() for text in ax.texts}
    assert 0 < len(named) < 28
    assert ax.get_xlabel() == f"years since 15 August 2021; named: {len(named)} of 28 countries"


TITLES = {
    "3 of 4 countries accepted an ambassador after 15 August 2021, by the end of their data": (
        lambda: ambassadors(),
        {},
    ),
    "Fiji accepted an ambassador 1.0 years after 15 August 2021": (
        lambda: [record(act("engage", "2021-09-01"), act("accept_ambassador", "2022-08-15"))],
        {},
    ),
    "Fiji is not documented to have accepted an ambassador since 15 August 2021": (
        lambda: [record()],
        {},
    ),
    "Fiji is not documented to have begun official dealings since 1 January 2022": (
        lambda: [record()],
        {"stage": rm.Stage.ENGAGED, "origin": date(2022, 1, 1)},
    ),
    (
        "1 of 2 countries accepted an ambassador or went further after 15 August 2021,"
        " by the end of their data"
    ): (
        lambda: [
            record(act("engage", "2022-01-01"), act("recognise", "2023-01-01")),
            record(country="NOR"),
        ],
        {},
    ),
}


@pytest.mark.parametrize(("title", "told"), TITLES.items(), ids=TITLES)
def test_title_says_how_many_reached_the_stage(title: str, told: tuple[object, dict]) -> None:  # type: ignore[type-arg]
    replays, options = told
    assert picture("time-to-stage", replays(), **options).title == title  # type: ignore[operator]


def test_topic_names_the_first_day_and_few_countries() -> None:
    topic = picture("time-to-stage", [record(), record(country="NOR")]).topic
    assert topic == (
        "Share of the countries below “ambassador accepted” on 15 August 2021 that reached it or"
        " beyond: Fiji, Norway"
    )


def test_picture_without_country_at_risk_is_refused() -> None:
    there = record(stage=rm.Stage.AMBASSADOR_ACCEPTED)
    with pytest.raises(PictureError, match="no country is documented below “ambassador accepted”"):
        picture("time-to-stage", [there])


def test_caption_says_why_the_curve_ends_at_100_percent() -> None:
    said = "The curve ends at 100 % because the last country still counted reached the stage."
    counted = "3 of 4 reached it."
    whole, none = ambassadors(), [record(), record(country="NOR")]
    assert said in picture("time-to-stage", whole).caption
    assert counted in picture("time-to-stage", whole).full_caption
    assert said not in picture("time-to-stage", none).caption
    assert " reached it." not in picture("time-to-stage", none).full_caption


def twelve() -> list[rm.Replay]:
    """Four reach the stage on day 139, the data of four end on day 319, one reaches it on 504."""
    reach = act("engage", "2021-08-16"), act("accept_ambassador", "2022-01-01")
    late = act("engage", "2021-08-16"), act("accept_ambassador", "2023-01-01")
    return [
        *(record(*reach, country=code) for code in CODES[:4]),
        *(record(country=code, until="2022-06-30") for code in CODES[4:8]),
        record(*late, country="TON"),
        *(record(country=code) for code in CODES[8:11]),
    ]


def curve(ax: Axes) -> list[tuple[float, float]]:
    (line, _) = (line for line in ax.lines if line.get_drawstyle() == "steps-post")
    return [(float(x), float(y)) for x, y in line.get_xydata()]


def test_curve_stops_where_fewer_than_five_of_many_wait() -> None:
    shown = picture("time-to-stage", twelve())
    (figure,) = shown.figures()
    ax = figure.axes[0]
    assert curve(ax) == [(0, 0), (139, pytest.approx(1 / 3)), (319, pytest.approx(1 / 3))]
    (band,) = ax.collections
    assert band.get_paths()[0].get_extents().x1 == 319
    assert ax.get_xlim()[1] > 1400  # the table below goes on
    assert "4 of 12 seen; estimate 33 %" in [text.get_text() for text in ax.texts]
    assert shown.title.startswith("5 of 12 countries accepted an ambassador")
    assert "It stops where fewer than five wait; 1 followed." in shown.caption
    assert "The curve stops where fewer than five countries wait: " in shown.full_caption
    assert "The estimate ends after 0.9 years at 33 %." in shown.description
    assert "named: 4 of 5 countries" in ax.get_xlabel()


def test_curve_goes_on_while_five_of_many_wait() -> None:
    """The data of seven end on day 319; on day 504 one of the five others reaches the stage."""
    reach = act("engage", "2021-08-16"), act("accept_ambassador", "2023-01-01")
    replays = [
        *(record(country=code, until="2022-06-30") for code in CODES[:7]),
        record(*reach, country="TON"),
        *(record(country=code) for code in CODES[8:12]),
    ]
    assert curve(axes("time-to-stage", replays)) == [(0, 0), (319, 0), (504, pytest.approx(0.2))]


def test_curve_of_few_countries_is_drawn_whole() -> None:
    ax = axes("time-to-stage", ambassadors())
    assert curve(ax)[-1] == (198, 1)
    assert "It stops" not in picture("time-to-stage", ambassadors()).caption


def test_caption_says_why_the_estimate_is_above_the_share_seen() -> None:
    """One of three reached the stage when one had left the count: a half."""
    reach = act("engage", "2021-08-16"), act("accept_ambassador", "2022-01-01")
    replays = [record(*reach), record(until="2021-09-30", country="WSM"), record(country="TON")]
    assert "Estimate (Kaplan–Meier): higher than seen, as records end." in (
        picture("time-to-stage", replays).caption
    )
    assert "higher than seen" not in picture("time-to-stage", twelve()).caption


def test_name_stands_at_its_own_step() -> None:
    """The second of three steps is too short for its name, which stands below the line."""
    steps = (("FJI", "2022-11-30"), ("ARE", "2024-08-21"), ("UZB", "2024-10-09"))
    replays = [
        *(
            record(act("engage", "2021-08-16"), act("accept_ambassador", when), country=code)
            for code, when in steps
        ),
        *(record(country=code) for code in CODES[20:50]),
    ]
    ax = axes("time-to-stage", replays)
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    (name,) = (text for text in ax.texts if text.get_text() == "United Arab Emirates")
    (left, low), (_, top) = ax.transData.inverted().transform(name.get_window_extent())
    day_of_step = (date(2024, 8, 21) - date(2021, 8, 15)).days
    assert left > day_of_step
    assert low < top < 2 / 33 + 0.001


@pytest.mark.parametrize("stage", [rm.Stage.ENGAGED, rm.Stage.AMBASSADOR_ACCEPTED])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_waits_are_legible_in_every_layout(
    shipped: Sequence[rm.Replay], layout: str, stage: rm.Stage
) -> None:
    shown = legible_in(layout, "time-to-stage", shipped, stage=stage)
    if shown.caption:
        assert 25 <= len(shown.caption.split()) <= 40


def test_drawing_without_legend_has_none() -> None:
    ax = axes("time-to-stage", ambassadors(), legend=False)
    assert not [artist for artist in ax.artists if type(artist).__name__ == "Legend"]
