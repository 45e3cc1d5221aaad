"""Two codings of one country on one axis: what the picture marks, says and lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from support.codings import FIRST, SECOND
from support.drawn import day, legend_texts, marks
from support.fixtures import ReplayOf
from support.pictured import OFFICIAL, PRESS, act, fits, record, seen

import recognition_model as rm
from recognition_model.core.types import SignalWord
from recognition_model.exports.csv_lines import csv_text
from recognition_model.plots import LAYOUTS, Picture, PictureError, picture
from recognition_model.plots.codings_plan import Plan
from recognition_model.plots.codings_view import CODED, DATED, ONLY_A, ONLY_B, SAME
from recognition_model.plots.hanging import Hanging, box_of, rows_for
from recognition_model.plots.page import Options

DOT, SQUARE, UP, DOWN = "o", "s", "^", "v"


def visit(when: str, *evidence: rm.Evidence, word: str = "visit") -> rm.SignalStep:
    return rm.SignalStep(
        signal=SignalWord(word), date=rm.When.parse(when), evidence=evidence or (OFFICIAL,)
    )


def coded(*steps: rm.Step, by: str | None = None) -> rm.Replay:
    replay = record(*steps)
    return rm.replay(evolve(replay.scenario, coder=by)) if by else replay


ENGAGED, LATER = act("engage", "2022-03-01"), act("engage", "2022-03-11")
ACCEPTED = act("accept_ambassador", "2024-01-15")
TITLES = [
    ([ENGAGED, ACCEPTED], [ENGAGED, ACCEPTED], "agree on all 2 events"),
    ([ENGAGED], [ENGAGED], "agree on the only event"),
    (
        [ENGAGED, ACCEPTED],
        [LATER, ACCEPTED],
        "agree on 1 of 2 events: 1 differs in date by 10 days",
    ),
    ([ENGAGED], [LATER], "agree on none of 1 event: 1 differs in date by 10 days"),
    (
        [ENGAGED, visit("2023-01-01")],
        [LATER, visit("2023-01-04")],
        "agree on none of 2 events: 2 differ in date by up to 10 days",
    ),
    (
        [ENGAGED, visit("2023-06")],
        [ENGAGED, visit("2023-06-10")],
        "agree on 1 of 2 events: 1 differs in date",
    ),
    (
        [ENGAGED, visit("2023-06-10")],
        [ENGAGED, visit("2023-06-10", PRESS)],
        "agree on 1 of 2 events: 1 differs in voice or grade",
    ),
    (
        [ENGAGED, visit("2023-06-10"), visit("2024-06-10", word="talks")],
        [ENGAGED],
        "agree on 1 of 3 events: 2 are only in A",
    ),
    (
        [ENGAGED],
        [ENGAGED, visit("2023-06-10")],
        "agree on 1 of 2 events: 1 is only in B",
    ),
]


def drawn(a: Sequence[rm.Step], b: Sequence[rm.Step], **options: object) -> Picture:
    return picture("codings", [coded(*a, by="Ahmed")], against=coded(*b, by="Berg"), **options)


def axes(shown: Picture) -> Axes:
    (figure,) = shown.figures()
    return figure.axes[0]


def days(points: Sequence[tuple[float, float]]) -> list[float]:
    return [x for x, _ in points]


@pytest.mark.parametrize(("a", "b", "title"), TITLES)
def test_title_says_how_many_events_agree_and_what_differs(
    a: list[rm.Step], b: list[rm.Step], title: str
) -> None:
    assert drawn(a, b).title == f"Two codings of Fiji {title}"


def test_title_of_two_codings_without_entries_says_so() -> None:
    assert drawn([], []).title == "Neither coding of Fiji has an entry"


def test_title_of_days_without_entries_says_that_others_may_have_some() -> None:
    shown = drawn([ENGAGED], [ENGAGED], since=date(2023, 1, 1))
    assert shown.title == "Neither coding of Fiji has an entry on these days"


def test_title_says_that_states_differ_where_all_events_agree() -> None:
    late = rm.replay(evolve(record().scenario, start=record(begins="2021-08-25").scenario.start))
    shown = picture("codings", [record()], against=late)
    assert shown.title == (
        "Neither coding of Fiji has an entry, but stage or ban differ on 10 days"
    )


def test_title_counts_only_the_events_shown() -> None:
    shown = drawn([ENGAGED, ACCEPTED], [LATER, ACCEPTED], since=rm.When.parse("2023").earliest)
    assert shown.title == "Two codings of Fiji agree on the only event shown"


def test_every_entry_has_a_mark_in_the_lane_of_its_coding() -> None:
    a = [ENGAGED, visit("2022-06-10"), visit("2023-01-01", word="talks"), ACCEPTED]
    b = [LATER, visit("2022-06-10", PRESS), visit("2023-08-01", word="call"), ACCEPTED]
    ax = axes(drawn(a, b))
    by_look = {line.get_gid(): line for line in ax.lines}
    assert list(by_look[DATED].get_xdata()) == [day("2022-03-01"), day("2022-03-11")]
    assert list(by_look[CODED].get_xdata()) == [day("2022-06-10")] * 2
    assert list(by_look[ONLY_A].get_xdata()) == [day("2023-01-01")]
    assert list(by_look[ONLY_B].get_xdata()) == [day("2023-08-01")]
    assert list(by_look[SAME].get_xdata()) == [day("2024-01-15")] * 2
    (upper, lower) = by_look[DATED].get_ydata()
    assert upper > lower
    assert [y for _, y in marks(ax, UP)] == [upper]
    assert [y for _, y in marks(ax, DOWN)] == [lower]


def test_a_line_leads_along_each_lane_from_end_to_end() -> None:
    ax = axes(drawn([ENGAGED, ACCEPTED], [LATER, ACCEPTED]))
    (dated,) = (line for line in ax.lines if line.get_gid() == DATED)
    along = [line.get_ydata()[0] for line in ax.lines if set(ax.get_xlim()) <= {*line.get_xdata()}]
    assert along == list(dated.get_ydata())


def test_line_leads_from_the_date_in_a_to_that_in_b_and_to_the_days_between() -> None:
    ax = axes(drawn([ENGAGED, ACCEPTED], [LATER, ACCEPTED]))
    (line,) = (line for line in ax.lines if line.get_gid() == f"to-{DATED}")
    told = [x for x in line.get_xdata() if x == x]
    assert told == [day("2022-03-01"), *[day("2022-03-11")] * 3]
    assert "10 days (1)" in [text.get_text() for text in ax.texts]


def test_marks_and_lines_differ_without_colour() -> None:
    a = [ENGAGED, visit("2022-06-10"), visit("2023-01-01", word="talks"), ACCEPTED]
    b = [LATER, visit("2022-06-10", PRESS), visit("2023-08-01", word="call"), ACCEPTED]
    ax = axes(drawn(a, b))
    shapes = {
        look: (line.get_marker(), line.get_markersize() > 4)
        for line in ax.lines
        if (look := line.get_gid()) in (SAME, DATED, CODED, ONLY_A, ONLY_B)
    }
    assert len(set(shapes.values())) == 5
    assert legend_texts(ax)[-6:] == [
        "alike",
        "date differs",
        "coded differently",
        "only in A",
        "only in B",
        "stage or ban differ",
    ]


def test_both_codings_are_named_with_their_coders() -> None:
    texts = [text.get_text() for text in axes(drawn([ENGAGED], [LATER])).texts]
    assert {"A: Ahmed", "B: Berg"} <= set(texts)
    nameless = picture("codings", [record(ENGAGED)], against=record(LATER))
    assert {"A", "B"} <= {text.get_text() for text in axes(nameless).texts}


def test_days_on_which_stage_or_ban_differ_are_shaded() -> None:
    ax = axes(drawn([ENGAGED, ACCEPTED], [act("engage", "2023-03-01"), ACCEPTED]))
    (shade,) = (one for one in ax.collections if one.get_gid() == "differ")
    (path,) = shade.get_paths()
    xs = path.vertices[:, 0]
    assert (xs.min(), xs.max()) == (day("2022-03-01"), day("2023-03-01"))
    caption = drawn([ENGAGED, ACCEPTED], [LATER, ACCEPTED]).caption
    assert "Stage or ban differ on 10 days (grey)." in caption


def test_list_below_gives_both_readings() -> None:
    a = [ENGAGED, visit("2022-06-10"), visit("2023-01-01", word="talks")]
    b = [LATER, visit("2022-06-10", PRESS)]
    shown = drawn(a, b)
    assert shown.plot.keys(shown.replays, shown.options) == [
        ("1", "act engage: 2022-03-01 in A, 2022-03-11 in B (10 days)"),
        ("2", "2022-06-10 signal visit: voice host in A, press in B; grade B2 in A, B3 in B"),
        ("3", "2023-01-01 signal talks: only in A"),
    ]
    assert "2023-01-01 signal talks: only in A." in shown.description


def test_long_list_says_how_many_more_there_are() -> None:
    a = [visit(f"20{year}-{month:02}-01") for year in (22, 23, 24) for month in range(1, 12)]
    shown = drawn(a, [])
    *_, last = shown.plot.keys(shown.replays, shown.options)
    assert last == ("…", "and 3 more, in the table of the picture only")


def test_table_has_a_row_for_each_event_and_another_for_the_stages() -> None:
    shown = drawn([ENGAGED, ACCEPTED], [LATER, ACCEPTED])
    rows = list(csv.DictReader(io.StringIO(csv_text(shown.table))))
    told = [(row["date_a"], row["date_b"], row["days"], row["differs"]) for row in rows]
    assert told == [
        ("2022-03-01", "2022-03-11", "10", "date"),
        ("2024-01-15", "2024-01-15", "0", ""),
    ]
    stages = list(csv.DictReader(io.StringIO(csv_text(shown.tables["stages"]))))
    starts = [(row["coding"], row["date"]) for row in stages if row["entry"] == "change"]
    assert starts == [
        ("a", "2022-03-01"),
        ("a", "2024-01-15"),
        ("b", "2022-03-11"),
        ("b", "2024-01-15"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("many", [3, 40])
def test_picture_is_legible_in_every_layout(layout: str, many: int) -> None:
    a = [act("engage", "2022-03"), act("accept_ambassador", "2022-05-01..2022-06-30")]
    b = [act("engage", "2022-04-11"), act("accept_ambassador", "2023-01-15")]
    word = iter(f"event_{at}" for at in range(10_000))
    for at in range(many):
        when = f"{2023 + at // 28}-06-{at % 28 + 1:02}"
        name = next(word)
        if at % 3:
            a.append(visit(when, word=name))  # type: ignore[arg-type]
        if at % 3 != 1:
            b.append(visit(when, PRESS, word=name))  # type: ignore[arg-type]
    shown = drawn(a, b, layout=LAYOUTS[layout])
    fits(shown.figures(), LAYOUTS[layout])


def test_picture_of_the_shipped_record_fits_a_slide(shipped: Sequence[rm.Replay]) -> None:
    (russia,) = (one for one in shipped if one.country == "RUS")
    fewer = evolve(russia.scenario, timeline=russia.scenario.timeline[::2])
    shown = picture("codings", [russia], against=rm.replay(fewer), layout=LAYOUTS["slide"])
    fits(shown.figures(), LAYOUTS["slide"])


def test_low_page_says_how_many_events_have_no_words() -> None:
    a = [visit(f"2023-06-{at:02}", word=f"event_{at}") for at in range(1, 25)]
    b = [visit(f"2023-06-{at:02}", PRESS, word=f"event_{at}") for at in range(1, 25)]
    (figure,) = drawn(a, b, layout=LAYOUTS["slide"]).figures()
    texts = [text.get_text() for text, _ in seen(figure)]
    worded = texts.count("voice, grade")
    assert 0 < worded < 24
    assert f"{24 - worded} without words" in texts


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("at", ["2023-06-10", "2023-06-20", "2023-07-10", "2023-08-10"])
def test_label_at_the_edge_has_as_many_words_as_there_is_room_for(layout: str, at: str) -> None:
    a = [visit("2023-06..2023-08"), visit("2025-12-01")]
    b = [visit(at, PRESS), visit("2025-12-01")]
    (figure,) = drawn(a, b, since=date(2023, 6, 9), layout=LAYOUTS[layout]).figures()
    fits([figure], LAYOUTS[layout])
    number = " (1)" if LAYOUTS[layout].sources else ""
    said = [f"dates overlap{more}{number}" for more in (", voice, grade", ", voice, …", ", …")]
    said += [number.strip() or "1 without words"]
    texts = [text.get_text() for text, _ in seen(figure)]
    assert len([text for text in texts if text in said]) == 1


def test_other_coding_is_part_of_the_version() -> None:
    one, other = drawn([ENGAGED], [LATER]), drawn([ENGAGED], [ENGAGED])
    assert one.edition.version != other.edition.version
    assert one.edition.record == other.edition.record
    assert drawn([ENGAGED], [LATER], within=0).edition.options["within"] == "0"
    digest = one.edition.options["against"]
    assert f"B is the record {digest}." in one.caption
    assert picture("history", [coded(LATER, by="Berg")]).edition.record == digest


def test_picture_without_the_other_coding_is_refused() -> None:
    with pytest.raises(PictureError, match="needs the other one"):
        picture("codings", [record(ENGAGED)])


def test_codings_of_two_countries_are_refused() -> None:
    with pytest.raises(PictureError, match="one country, not of FJI and NOR"):
        picture("codings", [record(ENGAGED)], against=record(ENGAGED, country="NOR"))


def test_uncertain_dates_of_both_codings_are_read_at_the_same_end() -> None:
    shown = drawn([act("engage", "2022-03")], [act("engage", "2022-03-31")], dates="latest")
    assert shown.title == "Two codings of Fiji agree on the only event"


def test_entries_far_apart_are_matched_only_within_the_days_asked_for() -> None:
    a, b = [visit("2023-01-01")], [visit("2023-01-21")]
    assert drawn(a, b, within=20).title.endswith("1 differs in date by 20 days")
    assert drawn(a, b, within=19).title.endswith("1 is only in A, 1 is only in B")


def test_codings_of_files_are_compared_as_the_command_compares_them(replay_of: ReplayOf) -> None:
    one, other = replay_of(FIRST), replay_of(SECOND)
    assert picture("codings", [one], against=other).title == (
        "Two codings of Russia agree on 1 of 4 events: 2 differ in date by up to 10 days,"
        " 1 differs in voice, 1 is only in B"
    )


# --- labels in rows --------------------------------------------------------------------------

PLACES = st.lists(st.tuples(st.floats(0, 100), st.floats(1, 40)), max_size=12)


@given(PLACES)
def test_no_leader_crosses_a_label_and_no_label_another(places: list[tuple[float, float]]) -> None:
    labels = [Hanging(x, wide, "") for x, wide in sorted(places)]
    placed = [
        (label, row, box_of(label, row, 0.0, 1.0))
        for label, row in zip(labels, rows_for(labels, 99), strict=True)
        if row is not None
    ]
    assert len(placed) == len(labels)
    for at, (label, row, box) in enumerate(placed):
        for other, (_, _, other_box) in enumerate(placed):
            if at != other:
                assert not box.meets(other_box)
                crossed = other_box.left < label.x < other_box.right
                assert not (crossed and other_box.top > -(row + 1))


def test_labels_without_a_row_left_have_none() -> None:
    labels = [Hanging(10 + at / 10, 5, "") for at in range(4)]
    assert rows_for(labels, 2) == [0, 1, None, None]


def test_labels_far_apart_share_a_row() -> None:
    labels = [Hanging(x, 5, "") for x in (10, 20, 30)]
    assert rows_for(labels, 9) == [0, 0, 0]


def test_parts_of_a_page_do_not_overlap() -> None:
    for high in (60.0, 80.0, 140.0):
        plan = Plan.of((rm.Stage.HOSTILE, rm.Stage.ENGAGED), high, 6, Options())
        heights = [high, plan.names[0], plan.feet[0], plan.names[1], plan.feet[1], *plan.lanes]
        assert all(above > below for above, below in pairwise([*heights, plan.labels, 0.0]))
