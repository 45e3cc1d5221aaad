"""The picture of what happened between two days: what is labelled, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from support.drawn import day
from support.pictured import CODES, OFFICIAL, PRESS, act, legible_in, record, refused

import recognition_model as rm
from recognition_model.core.anchors import entry_anchors
from recognition_model.core.signals import Family
from recognition_model.plots import (
    LAYOUTS,
    Links,
    Options,
    PictureError,
    chronology,
    happened,
    picture,
)
from recognition_model.plots.palette import QUIET

YEAR = {"since": date(2022, 1, 1), "until": date(2022, 12, 31)}


def signal(
    word: str, when: str, family: Family | None = Family.VISIT, *, denied: bool = False
) -> rm.SignalStep:
    disputes = evolve(OFFICIAL, bearing=rm.Bearing.DISPUTES)
    return rm.SignalStep(
        signal=rm.core.types.SignalWord(word),
        date=rm.When.parse(when),
        evidence=(PRESS, disputes) if denied else (OFFICIAL,),
        family=family,
    )


def told() -> list[rm.Replay]:
    """A change, a refused claim and two signals in 2022, and a change before."""
    return [
        record(
            signal("visit_made", "2022-02-01"),
            act("engage", "2022-03-05"),
            refused("recognise", "2022-05-01"),
            signal("envoy_named", "2022-06-01", Family.ACCREDITATION),
        ),
        record(act("engage", "2021-12-31"), country="NOR"),
    ]


def drawn(replays: Sequence[rm.Replay], **options: object) -> Axes:
    (figure,) = picture("timeline", replays, **options).figures()
    return figure.axes[0]


def words(ax: Axes) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in ax.texts]


def marks(ax: Axes) -> dict[str, float]:
    """The day of each event by its name in the file."""
    return {
        line.get_gid(): line.get_xdata()[0]
        for line in ax.lines
        if str(line.get_gid()).startswith("entry-") and not str(line.get_gid()).endswith("-days")
    }


def test_each_event_of_the_window_is_drawn_at_its_day() -> None:
    days = {1: "2022-02-01", 2: "2022-03-05", 3: "2022-05-01", 4: "2022-06-01"}
    assert marks(drawn(told(), **YEAR)) == {
        f"entry-FJI-{entry}": day(when) for entry, when in days.items()
    }


def test_changes_and_claims_not_counted_have_date_and_label_and_changes_stand_out() -> None:
    ax = drawn(told(), **YEAR)
    texts = {text.get_text(): text for text in ax.texts}
    assert {"5 Mar 2022", "Fiji: dealings begin", "1 May 2022"} <= set(texts)
    claim = texts["Fiji: claim not counted (recognised de jure)"]
    assert (claim.get_color(), claim.get_fontweight()) == (QUIET, "normal")
    assert texts["Fiji: dealings begin"].get_fontweight() == "bold"


def test_signals_of_note_are_labelled_and_others_are_counted_in_lanes() -> None:
    shown = words(drawn(told(), **YEAR))
    assert "Fiji: envoy named" in shown
    assert "visits 1" in shown
    assert "Fiji: visit made" not in shown


def test_family_of_signals_without_room_for_all_has_no_label() -> None:
    many = record(
        *(signal("envoy_named", f"2022-{at:02}-01", Family.ACCREDITATION) for at in range(1, 13)),
        *(signal("mission_opened", f"2022-{at:02}-02", Family.MISSION) for at in range(1, 4)),
    )
    shown = words(drawn([many], **YEAR))
    assert shown.count("Fiji: envoy named") == 12
    assert "Fiji: mission opened" not in shown
    assert "missions 3" in shown


def test_acts_beyond_the_rows_of_a_page_are_counted_in_lanes() -> None:
    many = [record(act("engage", "2022-03-05"), country=CODES[at]) for at in range(40)]
    shown = words(drawn(many, **YEAR))
    assert sum(text.endswith(": dealings begin") for text in shown) == 32
    assert "changes 8" in shown


def test_last_twelve_months_of_the_record_are_shown_by_default() -> None:
    replay = record(act("engage", "2024-07-01"), until="2025-06-30")
    shown = picture("timeline", [replay])
    assert shown.topic.startswith("The last 12 months of the record. ")
    assert shown.title.startswith("Between 1 July 2024 and 30 June 2025, one stage changed")
    with pytest.raises(PictureError, match="between 1 July 2024 and 30 June 2025: Fiji"):
        picture("timeline", [record(act("engage", "2024-06-30"), until="2025-06-30")])


@pytest.mark.parametrize(
    ("last", "first"),
    [("2024-02-29", "2023-03-01"), ("2025-02-28", "2024-02-29"), ("2025-12-31", "2025-01-01")],
)
def test_twelve_months_end_with_the_last_day(last: str, first: str) -> None:
    window = happened.Window.of([record()], Options(until=date.fromisoformat(last)))
    assert (str(window.first), str(window.last)) == (first, last)


def test_window_without_anything_is_refused() -> None:
    with pytest.raises(PictureError, match=r"or signal is documented in 2023: Fiji"):
        picture(
            "timeline",
            [record(act("engage", "2022-01-01"))],
            since=date(2023, 1, 1),
            until=date(2023, 12, 31),
        )
    with pytest.raises(PictureError, match="the record ends on 2025-06-30, before 2030-01-01"):
        picture("timeline", [record(act("engage", "2022-01-01"))], since=date(2030, 1, 1))


def recognised() -> rm.Replay:
    steps = ("engage", "accept_ambassador", "recognise")
    return record(*(act(word, f"2022-0{at}-01") for at, word in enumerate(steps, 1)), country="TON")


TITLES = {
    "In 2022, one stage changed: Fiji began official dealings": (lambda: told()),
    "In 2022, stages changed four times: Tonga accepted an"
    " ambassador and recognised the Taliban government; Fiji and Tonga began official dealings": (
        lambda: [*told(), recognised()]
    ),
    "In 2022, stages changed five times: five countries began official dealings": (
        lambda: [record(act("engage", "2022-03-05"), country=CODES[at]) for at in range(5)]
    ),
    "Fiji: in 2022, no stage changed; one claim was not counted and two signals are documented": (
        lambda: [
            record(
                refused("recognise", "2022-05-01"),
                signal("visit", "2022-02-01"),
                signal("visit", "2022-03"),
            )
        ]
    ),
    "In 2022, stages changed one to two times: Fiji began official"
    " dealings; perhaps Norway began official dealings": (
        lambda: [
            record(act("engage", "2022-03-05")),
            record(act("engage", "2021-12-01..2022-01-10"), country="NOR"),
        ]
    ),
    "In 2022, perhaps one stage changed: Norway began official dealings": (
        lambda: [record(act("engage", "2021-12-01..2022-01-10"), country="NOR")]
    ),
    "In 2022, up to two stages changed: Fiji and Norway began official dealings": (
        lambda: [
            record(act("engage", "2021-12-01..2022-01-10"), country=code) for code in ("FJI", "NOR")
        ]
    ),
}


@pytest.mark.parametrize(("title", "replays"), TITLES.items(), ids=TITLES)
def test_title_says_how_often_stages_changed(title: str, replays: object) -> None:
    assert picture("timeline", replays(), **YEAR).title == title  # type: ignore[operator]


def test_description_names_changes_and_claims_and_counts_signals() -> None:
    assert picture("timeline", told(), **YEAR).description == (
        "In 2022, one stage changed: Fiji began official dealings."
        " A chronology of 2 countries. Changes: Fiji: dealings begin, 2022-03-05. Claims not"
        " counted: Fiji: claim not counted (recognised de jure), 2022-05-01. Signals: 2."
    )
    quiet = picture("timeline", [record(signal("visit", "2022-02-01"))], **YEAR)
    assert quiet.description == (
        "Fiji: in 2022, no stage changed; one signal is documented."
        " A chronology of 1 country. Changes: none. Claims not counted: none. Signals: 1."
    )


def test_topic_says_how_many_records_end_before_the_window() -> None:
    short = record(until="2022-05-01", country="WSM")
    assert picture("timeline", [*told(), short], **YEAR).topic == (
        "Changes, claims and signals: Fiji, Norway, Samoa; 1 record ends before 31 December 2022"
    )


def running(ax: Axes) -> tuple[list[tuple[float, float]], list[str]]:
    """The corners of the grey at the foot, and its label."""
    areas = [one for one in ax.collections if one.get_gid() == "running"]
    corners = [(x, y) for one in areas for x, y in one.get_paths()[0].vertices.tolist()]
    return corners, [text for text in words(ax) if text.startswith("records ")]


def test_foot_shows_how_many_records_have_not_ended() -> None:
    """Of four records one ends before the year, and one on 1 May."""
    ended = record(until="2021-12-31", begins="2021-08-20", country="WSM")
    replays = [*told(), record(until="2022-05-01", country="TON"), ended]
    corners, label = running(drawn(replays, **YEAR))
    assert label == ["records 3 to 2"]
    heights = sorted({y for _, y in corners if y})
    assert heights[0] / heights[1] == pytest.approx(2 / 3)
    assert {x for x, y in corners if y == heights[1]} == {day("2022-01-01"), day("2022-05-02")}
    assert "Grey at the foot" in picture("timeline", replays, **YEAR).caption
    said = "Records that have not ended: 3 at first, 2 at last."
    assert said in picture("timeline", replays, **YEAR).description


def test_foot_is_empty_where_no_record_ends() -> None:
    assert running(drawn(told(), **YEAR)) == ([], [])
    assert "foot" not in picture("timeline", told(), **YEAR).caption


def test_title_that_cannot_name_all_changes_says_so() -> None:
    replays = [
        record(act("engage", "2022-01-01"), country="FJI"),
        record(act("ban", "2022-01-02"), country="NOR"),
        record(act("accept_ambassador", "2022-01-03"), country="TON", stage=rm.Stage.ENGAGED),
        record(act("recognise", "2022-01-04"), country="WSM", stage=rm.Stage.ENGAGED),
        record(act("break_off", "2022-01-05"), country="CHN", stage=rm.Stage.ENGAGED),
    ]
    assert picture("timeline", replays, **YEAR).title.startswith(
        "In 2022, stages changed five times, among them: Samoa recognised"
    )
    assert picture("timeline", replays[:4], **YEAR).title.startswith(
        "In 2022, stages changed four times: Samoa recognised"
    )


def test_uncertain_act_has_a_bar_over_its_days_within_the_window() -> None:
    ax = drawn([record(act("engage", "2021-12-01..2022-01-10"))], **YEAR)
    (bar,) = (line for line in ax.lines if line.get_gid() == "entry-FJI-1")
    ends = [day("2022-01-01"), day("2022-01-10")]
    assert list(bar.get_xdata()) == ends  # its middle is before the window: no mark


def barred(ax: Axes) -> set[str]:
    """The entries that have a bar over their possible days."""
    return {gid[:-5] for line in ax.lines if (gid := str(line.get_gid())).endswith("-days")}


def legend(ax: Axes) -> list[str]:
    return [text.get_text() for one in ax.artists for text in one.get_texts()]


def test_uncertain_days_have_a_bar_and_exact_ones_have_none() -> None:
    """A signal that is only counted in a lane has none: many lie over one another there."""
    sure = [*told(), record(signal("visit", "2022-03"), country="WSM")]
    ax = drawn(sure, **YEAR)
    assert barred(ax) == set()
    assert "possible days" not in legend(ax)
    named = record(signal("envoy_named", "2022-06", Family.ACCREDITATION), country="TON")
    ax = drawn([*sure, named], **YEAR)
    assert barred(ax) == {"entry-TON-1"}
    assert "possible days" in legend(ax)


def test_change_that_is_only_counted_has_a_bar_over_its_days() -> None:
    """The changes of highest stage have the 32 labels; that of the first day goes to the lane."""
    sure = [record(act("engage", "2022-06-05"), country=CODES[at]) for at in range(32)]
    ax = drawn([*sure, record(act("engage", "2022-03"), country="ZWE")], **YEAR)
    assert "changes 1" in words(ax)
    assert barred(ax) == {"entry-ZWE-1"}
    assert "possible days" in legend(ax)


@pytest.mark.parametrize(("month", "side"), [("02", "left"), ("09", "left"), ("12", "right")])
def test_label_stands_right_of_its_mark_where_it_fits_there(month: str, side: str) -> None:
    """A third of a page has room for these words, a twelfth of it has none."""
    ax = drawn([record(act("engage", f"2022-{month}-01"))], **YEAR)
    (label,) = [text for text in ax.texts if text.get_text() == "Fiji: dealings begin"]
    assert label.get_ha() == side


def test_open_date_counts_by_its_known_end() -> None:
    replay = record(act("engage", "..2022-03-05"), begins="2020-01-01")
    assert marks(drawn([replay], **YEAR)) == {"entry-FJI-1": day("2022-03-05")}
    with pytest.raises(PictureError):
        picture("timeline", [replay], since=date(2021, 1, 1), until=date(2021, 12, 31))


def test_denied_signal_is_a_cross_and_named_in_the_legend() -> None:
    replay = record(act("engage", "2022-03-05"), signal("visit", "2022-04-01", denied=True))
    ax = drawn([replay], **YEAR)
    assert [line.get_marker() for line in ax.lines if line.get_gid() == "entry-FJI-2"] == ["x"]
    assert "denied signal" in legend(ax)
    assert not drawn([replay], **YEAR, legend=False).artists


def test_marks_and_labels_link_to_their_entries() -> None:
    (replay, *_) = told()
    anchors = entry_anchors(replay.scenario)
    links = Links(entries={"FJI": {at: f"#{name}" for at, name in anchors.items()}})
    shown = picture("timeline", [replay], **YEAR, links=links)
    root = ET.fromstring(shown.svg())
    linked = {
        element.get("{http://www.w3.org/1999/xlink}href"): element
        for element in root.iter("{http://www.w3.org/2000/svg}a")
    }
    assert set(linked) == {f"#{anchors[at]}" for at in (1, 2, 3, 4)}


def test_table_has_a_row_for_each_event() -> None:
    head, *rows = picture("timeline", told(), **YEAR).table
    assert head[:6] == ("date", "country", "name", "kind", "what", "family")
    assert [row[:6] for row in rows] == [
        ("2022-02-01", "FJI", "Fiji", "signal", "visit made", "visit"),
        ("2022-03-05", "FJI", "Fiji", "change", "dealings begin", ""),
        ("2022-05-01", "FJI", "Fiji", "refused", "recognised de jure", ""),
        ("2022-06-01", "FJI", "Fiji", "signal", "envoy named", "accreditation"),
    ]


def test_entry_has_its_number_in_the_file_with_evidence_of_a_day() -> None:
    late = rm.ActStep(act=rm.Act.ENGAGE, date=rm.When.parse("2022-03-05"), evidence=(OFFICIAL,))
    replay = record(signal("visit", "2022-02-01"), late, known_by="2023-01-01")
    events = happened.events([replay], happened.Window(date(2022, 1, 1), date(2022, 12, 31), True))
    assert [event.entry for event in events] == list(replay.numbers)


def test_view_replaces_the_window_in_axes_of_your_own() -> None:
    ax = Figure().subplots()
    view = date(2022, 3, 1), date(2022, 5, 1)
    assert chronology.draw(told(), ax, view=view, legend=False, scale=1.5) is ax
    assert set(marks(ax)) == {"entry-FJI-2", "entry-FJI-3"}
    assert ax.get_xlim() == (day("2022-03-01"), day("2022-05-02"))
    assert not ax.artists


WINDOWS = {
    "the last year": {},
    "half a year": {"since": date(2025, 1, 1), "until": date(2025, 6, 30)},
    "all days": {"since": date(1996, 1, 1)},
}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_chronology_is_legible_in_every_layout(
    shipped: Sequence[rm.Replay], layout: str, window: dict[str, date]
) -> None:
    shown = legible_in(layout, "timeline", shipped, **window)
    if shown.caption:
        assert 25 <= len(shown.caption.split()) <= 40


def test_acts_keep_their_labels_on_a_slide(shipped: Sequence[rm.Replay]) -> None:
    window = {"since": date(2025, 1, 1), "until": date(2025, 6, 30)}
    shown = picture("timeline", shipped, layout=LAYOUTS["slide"], **window)
    (figure,) = shown.figures()
    acts = [row for row in shown.table[1:] if row[3] != "signal"]
    labelled = [text for text in words(figure.axes[0]) if ": " in text]
    assert len(labelled) == len(acts)
