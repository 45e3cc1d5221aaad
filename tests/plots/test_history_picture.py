"""The history of one country: its finding, its dates, its claims, on every kind of page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.markers import CARETLEFT, CARETRIGHT
from support.drawn import day, legend_texts, marks
from support.effort import examples
from support.pictured import (
    OFFICIAL,
    PRESS,
    act,
    outside,
    overlapping,
    readable,
    record,
    refused,
    restless,
    seen,
    status,
)

import recognition_model as rm
from recognition_model.core.citations import Citations
from recognition_model.core.scenario import Rank
from recognition_model.plots import LAYOUTS, Links, PictureError, history, picture
from recognition_model.plots.finding import finding, short_finding
from recognition_model.plots.palette import INK, PAPER
from recognition_model.testing import scenarios

ALL = {one.country: one for one in rm.load_folder().all_scenarios}
TALIBAN = evolve(OFFICIAL, voice=rm.Voice.TALIBAN)
STATE = evolve(OFFICIAL, voice=rm.Voice.OTHER_STATE)


def axes(replay: rm.Replay, **options: object) -> Axes:
    """The axes of a history, of the size it has on its page."""
    (figure,) = picture("history", [replay], **options).figures()
    return figure.axes[0]


def words(ax: Axes) -> list[str]:
    """The words in an axes, without the name of the day that is marked on the axis."""
    return [said for text in ax.texts if "Kabul" not in (said := text.get_text())]


def strokes(ax: Axes, gid: str) -> list[tuple[tuple[float, float], ...]]:
    """The strokes of a line with gaps, each from a point to a point."""
    (line,) = [line for line in ax.lines if line.get_gid() == gid]
    points = list(zip(map(float, line.get_xdata()), map(float, line.get_ydata()), strict=True))
    return [tuple(points[at : at + 2]) for at in range(0, len(points), 3)]


def ladder(ax: Axes) -> list[tuple[float, float, int]]:
    """The coloured bars of a history: from, to, rank."""
    return sorted(
        (float(p[:4, 0].min()), float(p[:4, 0].max()), round(float(p[:4, 1].mean())))
        for c in ax.collections
        if re.search(r"-[1-6]$", c.get_gid() or "")
        for path in c.get_paths()
        for p in path.to_polygons()
    )


def visit(when: str, *evidence: rm.Evidence) -> rm.SignalStep:
    said = evidence or (PRESS,)
    return rm.SignalStep(signal="visit_made", date=rm.When.parse(when), evidence=said)


# --- the finding -----------------------------------------------------------------------------

AMBASSADOR = (act("engage", "2022-01-01"), act("accept_ambassador", "2023-12-01"))
RECOGNITION = (*AMBASSADOR, act("recognise", "2025-07-03"))
BANNED = act("ban", "2005-03-15")
TITLES: list[tuple[list[rm.Step], dict[str, str], str]] = [
    ([], {}, "No dealings of Fiji with the Taliban are documented"),
    (
        [refused("recognise")],
        {},
        "No dealings of Fiji with the Taliban are documented; reports of more are not confirmed",
    ),
    (
        [act("engage", "2024-02-15")],
        {},
        "Fiji has dealt officially with the Taliban since 15 February 2024",
    ),
    (
        [act("engage", "2024-11-27..2024-11-28")],
        {},
        "Fiji has dealt officially with the Taliban since November 2024",
    ),
    (
        [act("engage", "2024-01-31..2024-02-04")],
        {},
        "Fiji has dealt officially with the Taliban since some day between 31 January and"
        " 4 February 2024",
    ),
    (
        [act("engage", "..2024-02-04")],
        {},
        "Fiji has dealt officially with the Taliban since 4 February 2024 at the latest",
    ),
    (
        [act("engage", "2024-02~")],
        {},
        "Fiji has dealt officially with the Taliban since about February 2024",
    ),
    (
        [act("engage", "2024-02-15", PRESS)],
        {},
        "Fiji has dealt officially with the Taliban since 15 February 2024, according to the press",
    ),
    (
        [act("engage", "2024-02-15", TALIBAN, PRESS)],
        {},
        "Fiji has dealt officially with the Taliban since 15 February 2024, according to the"
        " Taliban",
    ),
    (
        [act("engage", "2024-02-15", TALIBAN, STATE)],
        {},
        "Fiji has dealt officially with the Taliban since 15 February 2024, according to the"
        " Taliban and third parties",
    ),
    (
        [act("engage", "2021-09-01")],  # 2025-06-30 is nearly four years later
        {},
        "Fiji began official dealings with the Taliban on 1 September 2021; for the last two"
        " years nothing is documented",
    ),
    ([*AMBASSADOR], {}, "Fiji accepted a Taliban ambassador on 1 December 2023"),
    (
        [*RECOGNITION],
        {"until": "2026-01-01"},
        "Fiji recognised the Taliban government on 3 July 2025",
    ),
    (  # the last two acts on one day: the higher counts
        [act("engage", "2022-01-01"), act("accept_ambassador", "2025-01-03"),
         act("recognise", "2025-01-03")],
        {},
        "Fiji recognised the Taliban government on 3 January 2025",
    ),
    (  # recognised and broken off on one day: what is left counts
        [act("engage", "2025-01-03"), act("recognise", "2025-01-03"),
         act("break_off", "2025-01-03")],
        {},
        "Fiji broke off relations with the Taliban on 3 January 2025",
    ),
    ([BANNED], {"begins": "1996-09-27"}, "Fiji banned the Taliban on 15 March 2005"),
    (
        [BANNED, act("engage", "2021-09-26"), act("delist", "2023-12-29..2024-01")],
        {"begins": "1996-09-27"},
        "Fiji lifted or suspended a ban on the Taliban between 29 December 2023 and January"
        " 2024",
    ),
    (
        [act("engage", "2022-01-01"), act("break_off", "2024-01-01..2024-01-02")],
        {},
        "Fiji broke off relations with the Taliban on 1 or 2 January 2024",
    ),
    (
        [*RECOGNITION, act("withdraw_recognition", "2025-12-01")],
        {"until": "2026-01-01"},
        "Fiji withdrew recognition of the Taliban government on 1 December 2025",
    ),
    (
        [*AMBASSADOR, act("downgrade", "2024-05")],
        {},
        "Fiji ceased to accept a Taliban ambassador in May 2024",
    ),
    (
        [act("engage", "1999-01-01"), act("lapse", "2001-12-07")],
        {"begins": "1996-09-27", "until": "2002-01-01"},
        "Fiji saw dealings with the Taliban lapse on 7 December 2001, when they ceased to govern",
    ),
    (  # the data end on 1 April, the act lies some day of the year
        [act("engage", "2022-01-01"), act("accept_ambassador", "2025")],
        {"until": "2025-04-01"},
        "Fiji may have accepted a Taliban ambassador by 1 April 2025, but the dates leave that in"
        " doubt",
    ),
    (
        [act("engage", "2024"), act("ban", "2024"), act("engage", "2024")],
        {"until": "2024-06-01"},
        "Where Fiji stood by 1 June 2024 is in doubt: no dealings documented (assumed) or engaged"
        " or banned",
    ),
    ([], {"known_by": "2021-01-01"},
     "Nothing on Fiji and the Taliban is documented by 1 January 2021"),
    ([], {"begins": "2025", "until": "2025-04-01"},
     "Nothing on Fiji and the Taliban is surely documented by 1 April 2025"),
    ([act("engage", "2024-02-15")], {"country": "USA"},
     "The United States has dealt officially with the Taliban since 15 February 2024"),
    ([act("engage", "2024-02-15")], {"country": "EUE"},
     "The European Union has dealt officially with the Taliban since 15 February 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "told", "said"), TITLES, ids=[said for *_, said in TITLES])
def test_title_says_the_finding(steps: list[rm.Step], told: dict[str, str], said: str) -> None:
    shown = picture("history", [record(*steps, **told)])  # type: ignore[arg-type]
    assert shown.title == said
    assert shown.description.startswith(f"{said}. A step chart")
    readable(shown.figures())


def test_title_of_an_evidenced_start_says_that_it_may_be_older() -> None:
    start = rm.Start(
        stage=rm.Stage.DE_JURE_RECOGNITION,
        ban=rm.Ban.NONE,
        date=rm.When.parse("2021-08-15"),
        evidence=(OFFICIAL,),
    )
    told = rm.replay(evolve(record().scenario, start=start))
    assert finding(told) == (
        "Fiji has recognised the Taliban government since 15 August 2021 or earlier"
    )
    assert finding(record(stage=rm.Stage.ENGAGED)) == (
        "It is only assumed that Fiji has dealt officially with the Taliban since 15 August 2021"
        " or earlier"
    )


def test_title_is_the_finding_of_the_last_day_shown() -> None:
    replay = record(*RECOGNITION, until="2026-01-01")
    until = {
        "2021-12-31": "No dealings of Fiji with the Taliban are documented by 31 December 2021",
        "2022-06-30": "Fiji began official dealings with the Taliban on 1 January 2022",
        "2025-07-02": "Fiji accepted a Taliban ambassador on 1 December 2023",
        "2025-07-03": "Fiji recognised the Taliban government on 3 July 2025",
        "2030-01-01": "Fiji recognised the Taliban government on 3 July 2025",
    }
    for last, said in until.items():
        shown = picture("history", [replay], until=date.fromisoformat(last))
        assert shown.title == said
        assert ("2025-07-03" in shown.description) == (last >= "2025-07-03")
        drawn = [x for x, _ in marks(shown.figures()[0].axes[0], "o")]
        assert (day("2025-07-03") in drawn) == (last >= "2025-07-03")


RISES = {
    "dealt": rm.Stage.ENGAGED,
    "deal officially": rm.Stage.ENGAGED,
    "official dealings": rm.Stage.ENGAGED,
    "off its list": rm.Stage.DELISTED,
    "lifted or suspended": rm.Stage.DELISTED,
    "a Taliban ambassador": rm.Stage.AMBASSADOR_ACCEPTED,
    "recognised": rm.Stage.DE_JURE_RECOGNITION,
}
ENDS = ("broke off", "broken off", "withdr", "cease", "lapse", "in doubt: ")


@given(scenarios(), st.integers(0, 4000), st.sampled_from([finding, short_finding]))
@settings(max_examples=examples(200))
def test_title_names_no_stage_higher_than_is_possible_on_the_last_day(
    scenario: rm.Scenario, back: int, say: Callable[..., str]
) -> None:
    replay = rm.replay(scenario)
    ordinal = max(scenario.documented_until.toordinal() - back, 1)
    last = date.fromordinal(ordinal)
    said = say(replay, last)
    possible = [spell.stage for spell in replay.history.on(last).spells]
    named = [stage for term, stage in RISES.items() if term in said]
    if not any(term in said for term in ENDS):
        assert all(stage <= max(possible, default=rm.Stage.HOSTILE) for stage in named), said
    if not possible:
        assert "documented" in said


# --- what is drawn ---------------------------------------------------------------------------


def test_history_line_steps_on_changes_and_ends_with_record() -> None:
    replay = record(act("engage", "2022-03-01"), act("accept_ambassador", "2024-01-31"))
    ax = axes(replay)
    assert ladder(ax) == [
        (day("2021-08-15"), day("2022-03-01"), 0),
        (day("2022-03-01"), day("2024-01-31"), 2),
        (day("2024-01-31"), day("2025-07-01"), 4),  # documented for all of 30 June
    ]
    assert strokes(ax, "risers") == [
        ((day("2022-03-01"), 0), (day("2022-03-01"), 2)),
        ((day("2024-01-31"), 2), (day("2024-01-31"), 4)),
    ]
    ((begin, end),) = strokes(ax, "end")
    assert begin[0] == end[0] == day("2025-07-01")


def test_uncertain_change_is_drawn_at_middle_with_dashed_riser_and_bar() -> None:
    ax = axes(record(act("engage", "2022-03-01..2022-03-31")))
    assert ladder(ax)[0][1] == day("2022-03-16")
    assert strokes(ax, "unsure-risers") == [((day("2022-03-16"), 0), (day("2022-03-16"), 2))]
    dashed = next(line for line in ax.lines if line.get_gid() == "unsure-risers")
    assert dashed.get_linestyle() == "--"
    bars = [list(line.get_xdata()[:2]) for line in ax.lines if len(line.get_xdata()) > 2]
    assert [day("2022-03-01"), day("2022-03-31")] in bars
    assert words(ax)[0] == "1–31 Mar 2022"


def test_mark_is_filled_for_host_and_hollow_for_press() -> None:
    ax = axes(record(act("engage", "2022-03-01", PRESS), act("ban", "2023-01-01")))
    looks = {
        float(line.get_xdata()[0]): (line.get_marker(), line.get_markerfacecolor())
        for line in ax.lines
        if line.get_markersize() == 5
    }
    assert looks == {day("2022-03-01"): ("^", PAPER), day("2023-01-01"): ("o", INK)}
    edges = {line.get_markeredgecolor() for line in ax.lines if line.get_marker() == "^"}
    assert edges == {INK}  # or paper would lie on paper


def test_change_has_its_date_and_small_behind_it_the_numbers_of_its_sources() -> None:
    other = evolve(OFFICIAL, source=evolve(OFFICIAL.source, id="gazette", title="Another"))
    replay = record(
        act("engage", "2022-03-01"), act("accept_ambassador", "2024-01-31", OFFICIAL, other)
    )
    (figure,) = picture("history", [replay]).figures()
    texts = {text.get_text(): text for text in figure.axes[0].texts}
    assert [said for said in texts if "Kabul" not in said] == [
        "1 Mar 2022", "1", "31 Jan 2024", "1,2",
    ]  # fmt: skip
    for when, numbers in (("1 Mar 2022", "1"), ("31 Jan 2024", "1,2")):
        assert 7 <= texts[numbers].get_fontsize() < texts[when].get_fontsize()
        assert texts[numbers].get_position()[0] > texts[when].get_position()[0]
        assert texts[numbers].get_position()[1] > texts[when].get_position()[1]
    listed = [text.get_text() for text in figure.texts]
    assert listed[listed.index("1") + 1] == "Yearbook, 1 January 1997: A made-up source"
    assert listed[listed.index("2") + 1] == "Yearbook, 1 January 1997: Another"


def test_page_without_sources_has_dates_and_no_numbers() -> None:
    replay = record(act("engage", "2022-03-01"), refused("recognise"))
    for layout in (LAYOUTS["slide"], evolve(LAYOUTS["page"], sources=False)):
        (figure,) = picture("history", [replay], layout=layout).figures()
        assert words(figure.axes[0]) == ["recognition 1 May 2023", "1 Mar 2022"]
        assert not any("Yearbook" in text.get_text() for text in figure.texts)


def test_history_in_page_uses_numbers_of_page_without_list() -> None:
    other = evolve(OFFICIAL, source=evolve(OFFICIAL.source, id="gazette"))
    cited = Citations.of([other, OFFICIAL])
    (figure,) = picture("history", [record(act("engage", "2022-03-01"))], citations=cited).figures()
    assert words(figure.axes[0]) == ["1 Mar 2022", "2"]
    assert not any("Yearbook" in text.get_text() for text in figure.texts)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("country", ["RUS", "PAK", "KAZ", "USA", "KGZ", "CZE"])
def test_dates_of_changes_stay_off_the_hatched_edges(country: str, layout: str) -> None:
    shown = picture("history", [rm.replay(ALL[country])], layout=LAYOUTS[layout])
    (figure,) = shown.figures()
    ax = figure.axes[0]
    hatched = sorted(
        (p.get_x(), p.get_x() + p.get_width()) for p in ax.patches if p.get_hatch() == "\\\\\\\\"
    )
    first, last = hatched[0][1], hatched[-1][0]
    edges = [ax.transData.transform((edge, 0))[0] for edge in (first, last)]
    for text, box in seen(figure):
        if text in ax.texts and re.search(r"\d{4}$", text.get_text()) and text.get_zorder() == 6:
            scale = figure.dpi / 72
            assert box.x0 >= edges[0] * scale - 1
            assert box.x1 <= edges[1] * scale + 1


def test_claims_stand_in_a_lane_of_their_own_with_word_date_and_source() -> None:
    dead = evolve(act("ban", "2023-07-01"), rank=Rank.DEPRECATED, because="A mistake.")
    taken = rm.RefuseStep(
        refuse=rm.Act.BREAK_OFF,
        because=rm.engine.rules.Reason.WRONG_STAGE,
        date=rm.When.parse("2023-06-01"),
        evidence=(OFFICIAL,),
    )
    replay = record(act("engage", "2022-03-01"), refused("recognise"), taken, dead)
    ax = axes(replay)
    at = marks(ax, "X")
    assert [x for x, _ in at] == [day("2023-05-01"), day("2023-06-01"), day("2023-07-01")]
    heights = [y for _, y in at]
    assert max(heights) < -0.5
    assert len(set(heights)) == 3
    told = [said for said in words(ax) if "(" in said]
    assert told == ["recognition 1 May 2023 (1)", "break-off 1 Jun 2023 (1)", "ban 1 Jul 2023 (1)"]
    assert "claims not counted" in [label.get_text() for label in ax.get_yticklabels()]
    entries = [row[1] for row in picture("history", [replay]).table if row[1] != "basis"]
    assert entries[-4:] == ["refused", "permitted", "deprecated", "record ends"]


def many_claims() -> rm.Replay:
    """Nine reports within nine weeks, which a page cannot name beside their marks."""
    days = [f"2025-0{month}-{at:02}" for month in (4, 5, 6) for at in (1, 8, 15)]
    return record(act("engage", "2022-03-01"), *(refused("recognise", when) for when in days))


def test_claims_too_many_for_words_have_letters_and_stand_in_the_list_below() -> None:
    shown = picture("history", [many_claims()])
    (figure,) = shown.figures()
    letters = [said for said in words(figure.axes[0]) if len(said) == 1 and said.isalpha()]
    assert letters == list("abcdefghi")
    listed = [text.get_text() for text in figure.texts]
    assert listed[listed.index("b") + 1] == "recognition claimed on 8 April 2025, source 1"
    readable([figure])
    slide = picture("history", [many_claims()], layout=LAYOUTS["slide"])
    (figure,) = slide.figures()
    assert sum("recognition" in said for said in words(figure.axes[0])) == 9
    readable([figure], 14)


@given(st.lists(st.dates(date(2021, 9, 1), date(2025, 6, 30)), min_size=1, max_size=12))
@settings(max_examples=examples(15), deadline=None)
def test_no_claim_hides_another(days: list[date]) -> None:
    replay = record(*(refused("recognise", f"{when}") for when in sorted(days)))
    (figure,) = picture("history", [replay]).figures()
    ax = figure.axes[0]
    at = [ax.transData.transform(point) / 72 * 25.4 for point in marks(ax, "X")]
    assert len(at) == len(days)
    # A cross of 5.2 points is 1.8 mm wide and high.
    for one, (x, y) in enumerate(at):
        assert all(abs(x - u) > 1.8 or abs(y - v) > 1.8 for u, v in at[one + 1 :])
    readable([figure])


def test_evidence_is_one_lane_in_which_doubts_have_marks_of_their_own() -> None:
    disputes = evolve(OFFICIAL, bearing=rm.Bearing.DISPUTES)
    replay = record(
        status("2022-01-15", stage=rm.Stage.HOSTILE),
        act("engage", "2022-03-01..2022-03-31"),
        status("2022-03-15", stage=rm.Stage.ENGAGED),
        visit("2022-06-01"),
        visit("2022-07-01", PRESS, disputes),
        status("2023-01-01", stage=rm.Stage.BANNED),
    )
    ax = axes(replay)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert "dated evidence" in names
    assert not {"statuses", "signals"} & set(names)
    assert [begin[0] for begin, _ in strokes(ax, "evidence")] == [
        day("2022-01-15"), day("2022-06-01"),
    ]  # fmt: skip
    y = strokes(ax, "evidence")[0][0][1], strokes(ax, "evidence")[0][1][1]
    middle = sum(y) / 2
    assert marks(ax, "s") == [(day("2022-03-15"), pytest.approx(middle))]
    assert marks(ax, "x") == [(day("2023-01-01"), pytest.approx(middle))]
    assert [x for x, y in marks(ax, "o") if y < 0] == [day("2022-07-01")]
    told = picture("history", [replay])
    kinds = [row[1] for row in told.table if row[2] == "visit_made"]
    assert kinds == ["signal", "denied signal"]
    assert "2 signals, 1 of the signals denied by a party" in told.description


def test_open_side_of_interval_has_arrow_and_known_side_cap() -> None:
    ax = axes(record(act("engage", "2022-03-01..")))
    ((at, height),) = marks(ax, CARETRIGHT)
    assert height == 2
    assert day("2022-03-01") < at < day("2022-06-01")
    assert len(marks(axes(record(visit("..2022-03-01"))), CARETLEFT)) == 1
    said = "A date that is open on one side is drawn at its known end, with an arrow."
    assert said in picture("history", [record(visit("..2022-03-01"))]).full_caption
    assert said not in picture("history", [record(visit("2022-03-01"))]).full_caption


def test_uncertain_beginning_has_bar_and_no_shading() -> None:
    replay = record(act("engage", "2023-01-01"), begins="2021-01..2021-08")
    ax = axes(replay)
    bars = [list(line.get_xdata()[:2]) for line in ax.lines if len(line.get_xdata()) > 2]
    assert [day("2021-01-01"), day("2021-08-31")] in bars
    shaded = [p.get_x() + p.get_width() for p in ax.patches if p.get_hatch() == "\\\\\\\\"]
    assert min(shaded) == day("2021-01-01")
    assert "middle" in picture("history", [replay]).full_caption


def test_only_time_outside_record_is_shaded() -> None:
    ax = axes(record(act("engage", "2022-03-01")))
    shaded = sorted(
        (patch.get_x(), patch.get_x() + patch.get_width())
        for patch in ax.patches
        if to_hex(patch.get_facecolor()) == "#ececec"
    )
    first, last = ax.get_xlim()
    assert shaded == [(first, day("2021-08-15")), (day("2025-07-01"), last)]


def test_ban_in_force_is_one_hatched_band_across_stages() -> None:
    replay = record(
        act("ban", "2022-01-01"), act("engage", "2023-01-01"), act("delist", "2024-01-01")
    )
    bands = [p for p in axes(replay).patches if p.get_hatch() == "//////"]
    assert [(p.get_x(), p.get_x() + p.get_width()) for p in bands] == [
        (day("2022-01-01"), day("2024-01-01"))
    ]


def test_organisation_has_only_its_stages_and_no_country_in_the_legend() -> None:
    ax = axes(record(act("engage", "2024-02-15"), country="EUE"))
    names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert names == ["no dealings documented (assumed)", "banned", "engaged"]
    said = legend_texts(ax)
    assert "change stated by the organisation itself" in said
    assert not any("country" in words for words in said)


def test_lowest_stage_is_called_no_dealings_where_nothing_says_hostile() -> None:
    replay = record(act("engage", "2022-01-01"))
    ax = axes(replay, since=date(2023, 1, 1))
    assert ax.get_yticklabels()[0].get_text() == "no dealings"


# --- days asked for --------------------------------------------------------------------------


def test_window_shows_only_its_days() -> None:
    replay = record(act("engage", "2022-03-01"), act("accept_ambassador", "2024-01-31"))
    ax = axes(replay, since=date(2023, 1, 1), until=date(2023, 12, 31))
    assert ax.get_xlim() == (day("2023-01-01"), day("2024-01-01"))
    assert not ax.texts


def test_margin_is_a_part_of_the_days_drawn() -> None:
    replay = record(act("engage", "2022-03-01"), begins="1996-09-27")
    for since in ("2024-01-01", "2025-06-01"):
        first, last = axes(replay, since=date.fromisoformat(since)).get_xlim()
        assert first == day(since)
        shown = day("2025-07-01") - first
        assert last - day("2025-07-01") == pytest.approx(max(shown * 0.045, 1))


def test_marks_at_the_edge_are_not_cut() -> None:
    replay = record(act("engage", "2025-06-30"), refused("recognise", "2025-06-30"))
    ax = axes(replay, until=date(2025, 6, 30))
    drawn = [line for line in ax.lines if line.get_marker() in ("o", "X")]
    assert len(drawn) == 2
    assert not any(line.get_clip_on() for line in drawn)


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (
            {"since": "2030-01-01"},
            "the record of FJI ends on 2025-06-30: from 2030-01-01 on there is nothing to show",
        ),
        (
            {"until": "2021-08-14"},
            "the record of FJI begins on 2021-08-15: up to 2021-08-14 there is nothing to show",
        ),
    ],
)
def test_window_without_a_documented_day_is_refused(window: dict[str, str], said: str) -> None:
    days = {name: date.fromisoformat(text) for name, text in window.items()}
    with pytest.raises(PictureError, match=re.escape(said)):
        picture("history", [record()], **days)


@pytest.mark.parametrize("window", [{"since": "2025-06-30"}, {"until": "2021-08-15"}])
def test_window_of_one_documented_day_is_drawn(window: dict[str, str]) -> None:
    days = {name: date.fromisoformat(text) for name, text in window.items()}
    readable(picture("history", [record()], **days).figures())


@pytest.mark.parametrize("last", ["0001-12-31", "9999-12-31"])
def test_window_may_be_at_either_end_of_calendar(last: str) -> None:
    replay = record(begins="0001-01-01", until="9999-12-31")
    readable(picture("history", [replay], until=date.fromisoformat(last)).figures())
    readable(picture("history", [replay], since=date.fromisoformat(last)).figures())


def test_open_date_is_shown_only_where_its_known_end_is() -> None:
    replay = record(act("engage", "2022-03-01"), visit("..2024-05-01"))
    days = {"since": date(2022, 1, 1)}
    assert len(marks(axes(replay, **days), CARETLEFT)) == 1
    before = axes(replay, **days, until=date(2024, 4, 30))
    assert not marks(before, CARETLEFT)
    assert "dated evidence" not in [label.get_text() for label in before.get_yticklabels()]


def test_label_at_the_very_end_of_the_axis_fits_on_the_page() -> None:
    window = {"since": date(1999, 6, 1), "until": date(2000, 3, 31)}
    for layout, least in (("page", 7), ("column", 6), ("slide", 14)):
        shown = picture("history", [record(begins="1999-06-01")], layout=LAYOUTS[layout], **window)
        (figure,) = shown.figures()
        assert figure.axes[0].get_xticklabels()[-1].get_text() == "Apr 2000"
        readable([figure], least)


# --- words -----------------------------------------------------------------------------------


def test_short_caption_says_what_is_shown_in_25_to_40_words() -> None:
    for scenario in ALL.values():
        caption = picture("history", [rm.replay(scenario)]).caption
        assert 25 <= len(caption.split()) <= 40, caption
        assert caption.startswith("The stage in force on each day")


def test_caption_explains_only_what_is_shown() -> None:
    replay = record(
        act("engage", "2022-03-01..2022-03-31"), refused("recognise"), begins="1996-09-27"
    )
    whole = picture("history", [replay]).full_caption
    for said in ("start is assumed: Made up.", "at its middle", "Crosses are claims"):
        assert said in whole
        assert said not in picture("history", [replay], since=date(2024, 1, 1)).full_caption
    assert "data end" not in picture("history", [replay], until=date(2024, 1, 1)).full_caption


@pytest.mark.parametrize("end", ["earliest", "latest"])
def test_caption_never_tells_two_readings_of_dates(shipped: Sequence[rm.Replay], end: str) -> None:
    for replay in shipped:
        said = picture("history", [replay], dates=end).full_caption
        assert f"at its {end} possible day" in said
        assert "middle" not in said


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2024-02-01", "The last day of the data rests on an entry within two years."),
        ("2024-02-02", "The last day of the data rests on an entry more than two years old."),
    ],
)
def test_caption_of_history_says_what_its_last_day_rests_on(until: str, sentence: str) -> None:
    engaged = record(act("engage", "2022-02-01"), until=until)
    assert sentence in picture("history", [engaged]).full_caption


def test_caption_of_history_says_that_all_of_it_is_assumed() -> None:
    caption = picture("history", [record(until="2024-02-01")]).full_caption
    assert "The last day of the data rests on an assumption." in caption


def test_history_not_yet_known_says_so() -> None:
    shown = picture("history", [record(act("engage", "2022-03-01"), known_by="2021-01-01")])
    assert "nothing is documented" in shown.description
    assert words(shown.figures()[0].axes[0]) == ["not documented"]
    readable(shown.figures())


def test_description_of_history_lists_changes_and_end() -> None:
    replay = record(act("ban", "2022-01-01"), act("engage", "2023-01..2023-02", PRESS))
    drawn = picture("history", [replay])
    assert drawn.description.removeprefix(f"{drawn.title}. ") == (
        "A step chart of Fiji over six stages, from hostile to de jure recognition. It begins on"
        " 2021-08-15: no dealings documented (assumed). 2022-01-01: from no dealings documented"
        " (assumed) to banned, ban in force (R01, official). 2023-01..2023-02: from banned to"
        " engaged (R02, reported). Last documented stage, on 2025-06-30: engaged, ban in force."
        " Silent, with no entry within two years, from 2025-02-28 to 2025-06-30."
    )


def test_description_keeps_to_the_days_shown() -> None:
    replay = record(
        act("engage", "2022-01-01"), visit("2022-05-01"), act("accept_ambassador", "2024-01-31")
    )
    days = {"since": date(2022, 3, 1), "until": date(2023, 12, 31)}
    assert picture("history", [replay], **days).description.split(". A step chart ")[1] == (
        "of Fiji over six stages, from hostile to de jure recognition. On 2022-03-01: engaged. No"
        " change is documented. Stage, on 2023-12-31: engaged, no ban documented. Also shown: 1"
        " signal."
    )


def test_table_of_history_matches_picture() -> None:
    replay = record(act("engage", "2023-02", PRESS))
    assert picture("history", [replay]).table == [
        ("country", "entry", "what", "date", "earliest", "latest", "stage", "in_words", "ban",
         "attestation", "evidence", "begin", "end", "basis"),
        ("FJI", "start", "", "2021-08-15", "2021-08-15", "2021-08-15", "hostile",
         "no dealings documented (assumed)", "none", "", "", "", "", ""),
        ("FJI", "change", "R02 engage", "2023-02", "2023-02-01", "2023-02-28", "engaged",
         "engaged", "none", "reported", "yearbook", "", "", ""),
        ("FJI", "record ends", "", "2025-06-30", "2025-06-30", "2025-06-30", "engaged", "engaged",
         "", "", "", "", "", ""),
        ("FJI", "basis", *[""] * 9, "2021-08-15", "2023-02-27", "assumed"),
        # 28 February 2023 and 730 days, of which one is 29 February 2024
        ("FJI", "basis", *[""] * 9, "2023-02-28", "2025-02-27", "evidenced"),
        ("FJI", "basis", *[""] * 9, "2025-02-28", "2025-06-30", "silent"),
    ]  # fmt: skip


LONG = "South Georgia and the South Sandwich Islands"


@pytest.mark.parametrize(
    "title", ["Отчёт", "تقرير عن كابل", "דו״ח", "報告書", "x" * 300, "$a_b$ <b>&amp;"]
)
def test_sources_in_any_script_are_listed_by_title_or_id(title: str) -> None:
    proof = evolve(OFFICIAL, source=evolve(OFFICIAL.source, title=title))
    shown = picture("history", [record(act("engage", "2022-01-01", proof), country="SGS")])
    readable(shown.figures())
    listed = " ".join(text.get_text() for text in shown.figures()[0].texts)
    assert LONG in shown.title
    # Of Chinese the font has no letters; Arabic and Hebrew need matplotlib 3.11 or newer.
    backwards = tuple(map(int, mpl.__version__.split(".")[:2])) < (3, 11)
    unfit = title == "報告書" or (backwards and title in ("تقرير عن كابل", "דו״ח"))
    assert ("yearbook" in listed) == unfit


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issued": "2025-07-04~"}, "Yearbook, about 4 July 2025: A made-up source"),
        ({"issued": "2008.."}, "Yearbook, in or after 2008: A made-up source"),
        ({"issued": "2024-05"}, "Yearbook, May 2024: A made-up source"),
        ({"publisher": "unnamed re-writer of RT"},
         "Unnamed re-writer of RT, 1 January 1997: A made-up source"),
        ({"publisher": "taz"}, "taz, 1 January 1997: A made-up source"),
        ({"title": "[Yearbook item 7992307]"},
         "Yearbook, 1 January 1997: [untitled, item 7992307]"),
        ({"title": "[Talks in Kabul]"}, "Yearbook, 1 January 1997: [Talks in Kabul]"),
    ],
)  # fmt: skip
def test_sources_are_listed_in_the_words_of_the_public(changes: dict[str, str], said: str) -> None:
    given = {k: rm.When.parse(v) if k == "issued" else v for k, v in changes.items()}
    proof = evolve(OFFICIAL, source=evolve(OFFICIAL.source, **given))
    (figure,) = picture("history", [record(act("engage", "2022-01-01", proof))]).figures()
    texts = [text.get_text() for text in figure.texts]
    assert said in " ".join(filter(None, texts))


# --- links -----------------------------------------------------------------------------------

XLINK = "{http://www.w3.org/1999/xlink}href"
SVG = "{http://www.w3.org/2000/svg}"


def test_each_mark_links_to_its_entry() -> None:
    replay = record(
        act("engage", "2022-03-01"), visit("2022-06-01"), refused("recognise"),
        status("2022-04-01", stage=rm.Stage.ENGAGED), act("accept_ambassador", "2024-01-31"),
    )  # fmt: skip
    known = evolve(replay, numbers=(2, 3, 5, 6, 9))  # as if others were not public yet
    addresses = {at: f"#{at}" for at in known.numbers}
    svg = picture("history", [known], links=Links(entries={"FJI": addresses})).svg()
    groups = {g.get("id"): g for g in ET.fromstring(svg).iter(f"{SVG}g")}
    for at in known.numbers:
        (link,) = groups[f"entry-{at}"].iter(f"{SVG}a")
        assert link.get(XLINK) == f"#{at}"
    assert {name for name in groups if name and name.startswith("entry-")} == {
        f"entry-{at}" for at in known.numbers
    }


def test_marks_without_links_that_look_alike_are_one_artist() -> None:
    days = [f"2022-{month:02}-{at:02}" for month in range(3, 12) for at in range(1, 25)]
    many = axes(record(act("engage", "2022-02-01"), *map(visit, days)))
    one = axes(record(act("engage", "2022-02-01"), visit("2022-03-01")))
    assert len(many.lines) == len(one.lines)


def test_history_of_the_record_stays_small_on_a_page(shipped: Sequence[rm.Replay]) -> None:
    layout = evolve(LAYOUTS["web"], sources=False, caption="none")
    sizes = [
        len(re.sub(r"(\d\.\d\d)\d+", r"\1", picture("history", [one], layout=layout).svg()))
        for one in shipped[::4]
    ]
    assert sum(sizes) / len(sizes) < 24_000
    assert max(sizes) < 40_000


# --- pages -----------------------------------------------------------------------------------

HISTORIES = {
    "no change": lambda: record(),
    "fifty changes": lambda: restless(50),
    "twenty changes": lambda: restless(20),
    "three acts on a day": lambda: record(
        act("engage", "2022-01-01"),
        act("accept_ambassador", "2022-01-01"),
        act("recognise", "2022-01-01"),
    ),
    "a long name": lambda: record(act("engage", "2022"), country="SGS"),
    "a beginning that is open": lambda: record(act("engage", "2022"), begins="..2021-08"),
    "since 1996": lambda: record(act("engage", "2022-01~"), begins="1996-09-27"),
    "every basis": lambda: record(
        act("engage", "2022"), begins="1996-09-27", reviewed="2026-01-01", stage=rm.Stage.BANNED
    ),
    "two kinds of no dealings": lambda: record(
        act("engage", "2022"), act("break_off", "2023"), begins="1996-09-27"
    ),
    "many claims": many_claims,
    "an organisation": lambda: record(act("engage", "2022-01-01"), country="EUE"),
}


@pytest.mark.parametrize("fold", [False, True])
@pytest.mark.parametrize("told", HISTORIES.values(), ids=HISTORIES)
def test_histories_of_every_shape_are_legible(told: object, *, fold: bool) -> None:
    readable(picture("history", [told()], fold=fold).figures())  # type: ignore[operator]


@pytest.mark.parametrize(("layout", "least"), [("column", 6), ("slide", 14), ("web", 7)])
@pytest.mark.parametrize("told", HISTORIES.values(), ids=HISTORIES)
def test_histories_of_every_shape_are_legible_on_every_page(
    told: object, layout: str, least: float
) -> None:
    shown = picture("history", [told()], layout=LAYOUTS[layout])  # type: ignore[operator]
    readable(shown.figures(), least)


@pytest.mark.parametrize("scenario", ALL.values(), ids=ALL)
def test_every_shipped_history_is_legible(scenario: rm.Scenario) -> None:
    readable(picture("history", [rm.replay(scenario)]).figures())


@pytest.mark.parametrize("country", ["RUS", "PAK", "CHN", "ARE", "USA", "DEU", "KAZ", "EUE"])
@pytest.mark.parametrize(("layout", "least"), [("column", 6), ("slide", 14)])
def test_shipped_histories_are_legible_on_every_page(
    country: str, layout: str, least: float
) -> None:
    (figure,) = picture("history", [rm.replay(ALL[country])], layout=LAYOUTS[layout]).figures()
    readable([figure], least)
    if layout == "slide":
        assert figure.get_figwidth() / figure.get_figheight() == pytest.approx(16 / 9, abs=0.01)


@pytest.mark.parametrize("scale", [0.7, 1.0])
def test_small_multiples_share_an_axis_and_keep_off_their_neighbours(scale: float) -> None:
    figure = Figure(figsize=(13.33, 11))
    grid = figure.subplots(4, 2).flatten()
    view = date(1996, 9, 27), date(2026, 1, 15)
    for ax, code in zip(
        grid, ("RUS", "CHN", "PAK", "ARE", "USA", "KAZ", "IND", "DEU"), strict=True
    ):
        history.draw([rm.replay(ALL[code])], ax, view=view, legend=False, scale=scale)
    assert len({ax.get_xlim() for ax in grid}) == 1
    assert not any(isinstance(artist, Legend) for ax in grid for artist in ax.get_children())
    texts = seen(figure)
    assert not outside(figure, texts)
    assert not overlapping(texts), overlapping(texts)


def test_names_stand_within_an_axes_that_has_no_room_beside_it() -> None:
    ax = Figure(figsize=(4, 3)).add_axes((0.02, 0.2, 0.96, 0.7))
    history.draw([record(act("engage", "2022-03-01"))], ax, legend=False)
    assert not ax.get_yticks().size
    assert "ambassador accepted" in words(ax)


def test_organisations_and_countries_have_a_topic() -> None:
    said = {
        code: picture("history", [record(country=code)]).topic for code in ("USA", "EUE", "FJI")
    }
    assert said == {
        "USA": "Stage of the United States' relations with the Taliban, by dated evidence",
        "EUE": "Stage of the European Union's relations with the Taliban, by dated evidence",
        "FJI": "Stage of Fiji's relations with the Taliban, by dated evidence",
    }


def test_dates_stand_on_their_side_of_the_fall_of_kabul() -> None:
    for code in ("PAK", "IRN", "DEU"):
        (figure,) = picture("history", [rm.replay(ALL[code])]).figures()
        ax, drawn = figure.axes[0], seen(figure)
        (line,) = [one for one in ax.lines if one.get_gid() == "takeover"]
        x = ax.transData.transform((line.get_xdata()[0], 0))[0]
        for text, box in drawn:
            said = text.get_text()
            dated = text in ax.texts and re.search(r"[A-Z][a-z]{2} (\d{4})$", said)
            assert not dated or int(dated[1]) >= 2021 or box.x1 < x, (code, said)


def test_possible_days_of_a_change_are_in_the_legend_where_they_are_drawn() -> None:
    def named(day: str) -> bool:
        return "possible days of a change" in legend_texts(axes(record(act("engage", day))))

    assert named("2022-03..2022-05")
    assert not named("2022-03-01")


def test_caption_says_what_ticks_are_where_nothing_changed() -> None:
    said = "ticks are dated entries that move no stage"
    heard = status("2022-01-01", stage=rm.Stage.HOSTILE)
    assert said in picture("history", [record(heard)]).caption
    assert said not in picture("history", [record()]).caption
    assert said not in picture("history", [record(heard, act("engage", "2023-01-01"))]).caption
