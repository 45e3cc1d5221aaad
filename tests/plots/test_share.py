"""The share: how many countries stood at each stage, and none counted that was not documented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from support.colours import BLINDNESS, apart
from support.drawn import axes, day, everything_said, legend_texts, texts_of
from support.effort import examples
from support.pictured import CODES, OFFICIAL, act, enough, fits, five, record

import recognition_model as rm
from recognition_model.plots import LAYOUTS, Options, PictureError, counts, picture, share
from recognition_model.plots.palette import STAGE_COLOURS, luminance
from recognition_model.plots.spans import day_of
from recognition_model.testing import scenarios


def counted(
    *replays: rm.Replay, first: str = "2021-08-15", last: str = "2025-07-01"
) -> counts.Counts:
    """The counts of some replays from `first` to the day before `last`."""
    rows = [counts.Row.of(replay) for replay in replays]
    return counts.counts(rows, day(first), day(last))


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


def labels(figure: Figure) -> list[str]:
    """The labels at the right, from the bottom up; lines of one label are joined."""
    texts = texts_of(figure)
    texts = texts[: next(at for at, text in enumerate(texts) if "the last day shown:" in text)]
    starts = [at for at, text in enumerate(texts) if re.match(r"\d+ (?!countries|%)", text)]
    ends = [*starts[1:], len(texts)]
    return [" ".join(texts[a:b]) for a, b in zip(starts, ends, strict=True)]


def lowest_of(*replays: rm.Replay) -> str:
    """The name of the lowest stage beside the share, where it is not assumed."""
    (figure,) = picture("share", [*five(), *replays]).figures()
    lowest = next(one for one in labels(figure) if re.match(r"\d+ no dealings(?! doc)", one))
    name = re.match(r"\d+ ([^%]*?)(?: \d+ %.*)?$", lowest)
    assert name is not None
    return name[1]


def test_lowest_stage_reads_as_what_ended() -> None:
    broken = record(act("engage", "2022-01-01"), act("break_off", "2023-01-01"))
    lapsed = record(
        act("engage", "2001-11-20"),
        act("lapse", "2001-12-07"),
        begins="1996-09-27",
        country="NOR",
    )
    assert lowest_of() == "no dealings"
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


def test_numbers_beside_share_are_of_last_day_shown() -> None:
    replays = [
        record(act("engage", "2022-01-01"), until="2022-12-31"),
        *[record(until="2022-06-30", country=code) for code in CODES[:4]],
    ]
    (figure,) = picture("share", replays).figures()
    head = "31 Dec 2022, the last day shown:\n1 record reaches it,\n4 carried forward"
    assert head in texts_of(figure)
    assert labels(figure) == [
        "0 no dealings",
        "0 banned",
        "0 delisted",
        "0 ambassador accepted",
        "0 de jure recognition",
        "4 no dealings documented (assumed) 80 %, 4 carried forward",
        "1 engaged 20 %",
    ]
    (cut,) = picture("share", replays, until=date(2021, 11, 30)).figures()
    head = "30 Nov 2021, the last day shown:\n5 records reach it,\n0 carried forward"
    assert head in texts_of(cut)
    assert labels(cut)[-1] == "5 no dealings documented (assumed) 100 %"
    said = picture("share", replays).description
    assert "31 December 2022, the last day shown: 1 record reaches it, 4 carried forward" in said
    assert "Engaged 1 of 5 (20 %), no dealings documented (assumed) 4 of 5 (80 %)." in said


def test_share_of_shipped_record_counts_recognition_by_russia(shipped: Sequence[rm.Replay]) -> None:
    (figure,) = picture("share", shipped).figures()
    assert labels(figure)[-1].startswith("1 de jure recognition 2 %")


def mixed(**options: str) -> list[rm.Replay]:
    """Six countries: two engaged, one delisted, one with an ambassador, one recognises, one not."""
    engaged = act("engage", "2022-01-01")
    paths: list[list[rm.Step]] = [
        [engaged],
        [engaged],
        [act("ban", "2021-09-01"), engaged, act("delist", "2023-01-01")],
        [engaged, act("accept_ambassador", "2023-01-01")],
        [engaged, act("accept_ambassador", "2023-01-01"), act("recognise", "2024-01-01")],
        [],
    ]
    return [
        record(*steps, country=code, **options)  # type: ignore[arg-type]
        for code, steps in zip(CODES, paths, strict=False)
    ]


def test_title_says_how_many_deal_accept_and_recognise_on_the_last_day() -> None:
    assert picture("share", mixed()).title == (
        "30 June 2025: 2 of 6 countries deal officially with the Taliban, one more has lifted its"
        " ban, one accepts its ambassador, one recognises its government"
    )
    assert picture("share", mixed(), until=date(2023, 6, 30)).title == (
        "30 June 2023: 2 of 6 countries deal officially with the Taliban, one more has lifted its"
        " ban, two accept its ambassador"
    )
    assert picture("share", mixed(), until=date(2022, 6, 30)).title == (
        "30 June 2022: 5 of 6 countries deal officially with the Taliban"
    )
    assert picture("share", mixed(), until=date(2021, 8, 31)).title == (
        "31 August 2021: no dealings of 6 countries with the Taliban are documented"
    )
    shown = picture("share", mixed())
    assert shown.topic == "Countries by last documented stage, 15 Aug 2021 to 30 Jun 2025"
    assert shown.description.startswith(f"{shown.title}. Stacked areas")


def test_numbers_of_the_title_stand_beside_the_areas() -> None:
    (figure,) = picture("share", mixed()).figures()
    counted = [re.match(r"\d+ [a-z ]+", label) for label in labels(figure)]
    assert [found and found[0].strip() for found in counted[-4:]] == [
        "2 engaged",
        "1 delisted",
        "1 ambassador accepted",
        "1 de jure recognition",
    ]


def test_title_says_that_records_end_before_the_last_day() -> None:
    replays = [*mixed()[1:], record(act("engage", "2022-01-01"), until="2024-12-31")]
    assert picture("share", replays).title.startswith(
        "By their last records (to 30 June 2025), 2 of 6 countries deal officially"
    )
    delisted = five(act("ban", "2021-09-01"), act("engage", "2022-01-01"), act("delist", "2023"))
    assert picture("share", delisted).title == (
        "30 June 2025: all 5 countries have lifted their bans of the Taliban"
    )


def test_title_where_all_dealings_ended_does_not_deny_them() -> None:
    ended = five(act("engage", "2022-01-01"), act("break_off", "2023-01-01"))
    assert picture("share", ended).title == (
        "30 June 2025: none of 5 countries is documented as dealing with the Taliban"
    )


def test_title_counts_nothing_that_is_only_assumed() -> None:
    assumed = five(stage=rm.Stage.ENGAGED)  # type: ignore[arg-type]
    assert "no dealings of 5 countries" in picture("share", assumed).title


def test_topic_says_what_was_known() -> None:
    assert picture("share", mixed(known_by="2024-05-28")).topic.endswith(
        ", as known by 28 May 2024"
    )


def test_short_caption_of_the_record_has_25_to_40_words(shipped: Sequence[rm.Replay]) -> None:
    for window in ({}, {"until": date(2001, 9, 1)}, {"since": date(2021, 8, 15)}):
        assert 25 <= len(picture("share", shipped, **window).caption.split()) <= 40


def test_nothing_after_the_last_day_shown_is_mentioned() -> None:
    ended = five(act("engage", "2022-01-01"), act("break_off", "2024-05-05"), reviewed="2026-01-01")
    shown = picture("share", ended, until=date(2023, 3, 31))
    (figure,) = shown.figures()
    said = everything_said(shown, figure)
    assert max(map(int, re.findall(r"\b2\d{3}\b", said))) == 2023
    assert "broken off" not in said


def test_fold_is_explained_and_refused_where_it_changes_nothing() -> None:
    old = five(act("engage", "2022-01-01"), begins="1996-09-27")
    shown = picture("share", old, fold=True)
    # 24.3 years in 24 % of the width, 4.5 years in 76 %: 24.3 / 0.24 / (4.5 / 0.76) = 17.1.
    assert "; years before 2021 are drawn 17.1 times narrower" in shown.topic
    (figure,) = shown.figures()
    assert figure.findobj(lambda artist: artist.get_gid() == "scale")
    assert "narrower" not in picture("share", old).topic
    for window in ({"since": date(2021, 1, 1)}, {"until": date(2019, 1, 1)}):
        with pytest.raises(PictureError, match="a fold changes nothing here"):
            picture("share", old, fold=True, **window)


def test_share_without_legend_has_none() -> None:
    (figure,) = picture("share", mixed(), legend=False).figures()
    assert not legend_texts(figure.axes[0])
    (figure,) = picture("share", mixed()).figures()
    assert "within the record" in legend_texts(figure.axes[0])


def test_drawings_with_a_view_share_an_axis() -> None:
    view = date(2022, 1, 1), date(2023, 12, 31)
    drawn = [share.draw(some, Figure().subplots(), view=view) for some in (mixed(), five())]
    assert {ax.get_xlim() for ax in drawn} == {(day("2022-01-01"), day("2024-01-01"))}


WINDOWS: dict[str, dict[str, object]] = {
    "all days": {},
    "since": {"since": date(2021, 8, 15)},
    "until": {"until": date(2001, 9, 1)},
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_share_of_the_record_is_legible_in_every_layout(
    shipped: Sequence[rm.Replay], name: str, window: dict[str, object]
) -> None:
    fits(picture("share", shipped, layout=LAYOUTS[name], **window).figures(), LAYOUTS[name])


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("fold", [False, True])
def test_share_of_few_countries_is_legible_in_every_layout(name: str, *, fold: bool) -> None:
    replays = mixed(begins="1996-09-27")
    fits(picture("share", replays, layout=LAYOUTS[name], fold=fold).figures(), LAYOUTS[name])


def test_panels_stand_one_above_the_other_in_a_column(shipped: Sequence[rm.Replay]) -> None:
    def places(name: str) -> list[tuple[float, float]]:
        (figure,) = picture("share", shipped, layout=LAYOUTS[name]).figures()
        found = [ax.get_window_extent() for ax in figure.axes[0].child_axes]
        return [(box.x0, box.y0) for box in found]

    (left, low), (right, other) = places("page")
    assert left < right
    assert low == pytest.approx(other)
    (left, high), (right, low) = places("column")
    assert left == pytest.approx(right)
    assert high > low


def panel_boxes(replays: list[rm.Replay], name: str) -> list[Bbox]:
    (figure,) = picture("share", replays, layout=LAYOUTS[name]).figures()
    return [ax.get_window_extent() for ax in figure.axes[0].child_axes]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_country_is_as_high_in_both_panels(name: str) -> None:
    later = [record(begins="2023-01-01", country=code) for code in CODES[5:11]]
    first, second = panel_boxes([*five(), *later], name)
    assert first.height / 5 == pytest.approx(second.height / 11)


def test_panel_of_very_few_beside_many_has_its_own_scale() -> None:
    later = [record(begins="2023-01-01", country=code) for code in CODES[5:50]]
    first, second = panel_boxes([*five(), *later], "page")  # 5 of 50 countries: a tenth
    assert first.height == pytest.approx(second.height / 4)
    said = picture("share", [*five(), *later]).full_caption
    assert "Each has its own scales." in said


def test_colours_of_stages_are_named_above_two_panels_of_a_column(
    shipped: Sequence[rm.Replay],
) -> None:
    def named(name: str) -> list[str]:
        (figure,) = picture("share", shipped, layout=LAYOUTS[name]).figures()
        return legend_texts(figure.axes[0])

    assert named("column")[:3] == ["de jure recognition", "ambassador accepted", "delisted"]
    assert named("page")[0] == "within the record"


def test_axis_after_last_record_is_shaded_and_label_keeps_its_day() -> None:
    shown = picture("share", five(until="2022-12-31"), until=date(2030, 12, 31))
    assert "31 Dec 2022, the last day shown" in " ".join(texts_of(shown.figures()[0]))
    assert shown.table[-1][2] == "2022-12-31"


def test_many_later_records_get_second_panel() -> None:
    later = [record(begins="2023-01-01", country=code) for code in ("NOR", "SWE")]
    first, second = counts.panels([*five(), *later], Options())
    assert (first.of, second.of) == (5, 7)
    assert day_of(first.last), day_of(second.first) == (date(2022, 12, 31), date(2023, 1, 1))
    shown = picture("share", [*five(), *later])
    texts = texts_of(shown.figures()[0])
    assert {"5 countries from 2021", "7 countries from 1 Jan 2023, with 2 more\nrecords"} <= set(
        texts
    )
    assert (
        "The first panel counts the 5 countries with a record on 15 August 2021, the second these"
        " and 2 whose records begin by 1 January 2023. A country is as high in both, and each has"
        " its own scale of days."
    ) in shown.full_caption
    assert "Each panel counts the countries with a record on its first day." in shown.caption


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


def test_areas_of_share_stack_to_number_documented() -> None:
    ax = axes("share", enough("share", record(act("engage", "2022-01-01"))))
    areas = {
        c.get_gid(): c for c in ax.collections if isinstance(c, PolyCollection) and c.get_gid()
    }
    assert set(areas) >= {f"stage-{rank}" for rank in range(1, 7)}
    engaged = areas["stage-3"].get_paths()[0].vertices
    assert {float(y) for x, y in engaged if x == day("2022-01-01")} == {4, 5}
