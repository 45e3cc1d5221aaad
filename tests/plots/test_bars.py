"""The form of a bar tells what a stage rests on: silence never looks like evidence."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from support.drawn import axes, day, legend_texts
from support.effort import examples
from support.pictured import CODES, act, legible, record

import recognition_model as rm
from recognition_model.plots import Options, history, picture, swimmer
from recognition_model.plots.palette import INK, PAPER, STAGE_COLOURS, paler
from recognition_model.plots.paths import rows_of
from recognition_model.plots.spans import pieces, stretches
from recognition_model.testing import scenarios

ASSUMED = "no dealings documented (assumed)"
Form = tuple[str, str, float]


def bars(ax: Axes) -> dict[str, list[Form]]:
    """The bars of an axes by kind and rank: first day, day after the last, height."""
    found: dict[str, list[Form]] = {}
    for drawn in ax.collections:
        gid = drawn.get_gid() or ""
        if gid[-1:].isdigit():
            for polygon in drawn.get_paths()[0].to_polygons():
                left, right = (date(1970, 1, 1) + timedelta(polygon[:, 0].min()),
                               date(1970, 1, 1) + timedelta(polygon[:, 0].max()))  # fmt: skip
                tall = float(polygon[:, 1].max() - polygon[:, 1].min())
                found.setdefault(gid, []).append((str(left), str(right), tall))
    return found


def every_basis() -> rm.Replay:
    """Assumed, then evidenced by one act for 730 days, then silent, then reviewed."""
    return record(act("engage", "2022-03-01"), reviewed="2026-01-01")


def drawing(kind: str, *replays: rm.Replay, **options: object) -> Axes:
    return axes(kind, replays, **options)


@pytest.mark.parametrize("kind", ["history", "swimmer"])
def test_bar_is_hollow_thick_thin_and_pale_by_what_it_rests_on(kind: str) -> None:
    ax = drawing(kind, every_basis())
    found = bars(ax)
    days = {gid: [form[:2] for form in forms] for gid, forms in found.items()}
    assert days == {
        "assumed-1": [("2021-08-15", "2022-03-01")],
        "stage-3": [("2022-03-01", "2024-03-01")],  # 730 days later is 2024-02-29
        "silent-3": [("2024-03-01", "2025-07-01")],
        "reviewed-3": [("2025-07-01", "2026-01-02")],
    }
    tall = {gid: forms[0][2] for gid, forms in found.items()}
    assert tall["assumed-1"] == pytest.approx(tall["stage-3"])
    assert tall["silent-3"] < tall["stage-3"] / 3
    assert tall["silent-3"] * 2 < tall["reviewed-3"] < tall["stage-3"] * 2 / 3
    looks = {c.get_gid(): c for c in ax.collections}
    assert not len(looks["assumed-1"].get_facecolor())
    assert to_hex(looks["assumed-1"].get_edgecolor()[0]) == STAGE_COLOURS[rm.Stage.HOSTILE]
    behind = [c for c in ax.collections if c.get_gid() == "outline" and len(c.get_facecolor())]
    assert [to_hex(c.get_facecolor()[0]) for c in behind] == [PAPER]
    fills = {to_hex(looks[gid].get_facecolor()[0]) for gid in ("stage-3", "silent-3")}
    assert fills == {STAGE_COLOURS[rm.Stage.ENGAGED]}
    # Also where a colour is pale, a dark edge shows the form.
    edges = [to_hex(c.get_edgecolor()[0]) for c in ax.collections if c.get_gid() == "outline"]
    assert set(edges) == {INK}


@pytest.mark.parametrize("kind", ["history", "swimmer"])
def test_legend_has_one_line_for_forms_and_only_those_that_occur(kind: str) -> None:
    forms = ["entry within two years", "silent", ASSUMED, "searched"]
    ax = drawing(kind, every_basis())
    lines = [artist for artist in ax.get_children() if isinstance(artist, Legend)]
    told = [[text.get_text() for text in line.get_texts()] for line in lines]
    assert forms in told
    short = legend_texts(drawing(kind, record(act("engage", "2022-03-01"), until="2023-01-01")))
    assert [word for word in short if word in forms] == ["entry within two years", ASSUMED]


@pytest.mark.parametrize("kind", ["history", "swimmer"])
def test_caption_says_in_one_sentence_what_forms_mean(kind: str) -> None:
    assert (
        "A thin bar stands for days more than two years after the last dated entry, a hollow bar"
        " for a start that is assumed and a pale bar for days that were searched after the data"
        " end."
    ) in picture(kind, [every_basis()]).full_caption
    fresh = picture(kind, [record(until="2023-01-01")]).full_caption
    assert "A hollow bar stands for a start that is assumed." in fresh
    assert "thin bar" not in fresh


@given(scenarios())
@settings(max_examples=examples(50))
def test_pieces_follow_each_other_and_agree_with_spells_and_basis(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    spans = stretches(replay.history)
    cut = pieces(replay, spans)
    assert bool(cut) == bool(spans)
    for before, after in pairwise(cut):
        assert before.ends == after.begins
    for piece in cut:
        assert piece.begins < piece.ends
        middle = date(1970, 1, 1) + timedelta((piece.begins + piece.ends) // 2)
        assert basis_on(replay, middle) == piece.basis.value
        if piece.basis.value != "reviewed":
            assert piece.span.begins.at <= piece.begins
            assert piece.ends <= piece.span.ends.at
    if cut:
        assert cut[0].begins == spans[0].begins.at
        assert sum(piece.basis.value != "reviewed" for piece in cut) >= len(
            [span for span in spans if span.begins.at < span.ends.at]
        )


def basis_on(replay: rm.Replay, when: date) -> str:
    (found,) = [
        one.basis.value
        for one in replay.history.basis_spans
        if one.first <= when.toordinal() and (one.last is None or when.toordinal() <= one.last)
    ]
    return str(found)


def test_possible_days_of_first_change_are_not_drawn_as_assumed() -> None:
    ax = drawing("swimmer", record(act("engage", "2022-03-01..2022-03-31")))
    assert [form[:2] for form in bars(ax)["possible-3"]] == [("2022-03-16", "2022-03-31")]
    assert "assumed-3" not in bars(ax)


def test_ban_in_silence_is_hatched_on_the_thin_line() -> None:
    ax = drawing("swimmer", record(act("ban", "2022-01-01"), until="2025-06-30"))
    hatched = [c for c in ax.collections if c.get_gid() == "ban-in-force"]
    tall = {
        round(float(p[:, 1].max() - p[:, 1].min()), 3): str(
            date(1970, 1, 1) + timedelta(p[:, 0].min())
        )
        for c in hatched
        for p in c.get_paths()[0].to_polygons()
    }
    # Row of 0.72: the lower part of the thick bar, all of the thin one from 731 days later on.
    assert tall == {0.324: "2022-01-01", 0.173: "2024-01-02"}


BROKEN = [act("engage", "1999-01-01"), act("break_off", "2001-09-20")]
LAPSED = [act("engage", "1999-01-01"), act("lapse", "2001-12-07")]
AGAIN = [act("engage", "2022-01-01")]


def old(*steps: rm.Step, **more: str) -> rm.Replay:
    return record(*steps, begins="1996-09-27", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], [ASSUMED]),
        (BROKEN, [ASSUMED, "no dealings (broken off)"]),
        (LAPSED, [ASSUMED, "no dealings (lapsed)"]),
        ([*LAPSED, *AGAIN], [ASSUMED, "no dealings (lapsed)"]),
    ],
)
def test_hostile_reads_as_what_it_was(steps: list[rm.Step], words: list[str]) -> None:
    replay = old(*steps)
    lowest = drawing("history", replay).get_yticklabels()[0].get_text()
    both = {2: f"no dealings (assumed, {words[-1].removeprefix('no dealings (')}"}
    assert lowest.replace("\n", " ") == both.get(len(words), words[0])
    told = picture("history", [replay])
    assert all(word in told.description for word in words)
    assert "at hostile" not in told.description
    heading, *rows = told.table
    spoken = {dict(zip(heading, row, strict=True))["in_words"] for row in rows}
    assert set(words) <= spoken
    assert "hostile" not in spoken


def test_stage_that_nothing_attests_is_not_reached() -> None:
    replays = [
        record(country="NOR"),
        old(*BROKEN, country="TON"),
        old(*LAPSED, country="WSM"),
        record(act("engage", "2023-01-01"), country="FJI"),
        record(country="CHE", stage=rm.Stage.ENGAGED),
    ]
    rows = rows_of(replays, Options())
    assert [(row.country, row.label, row.since()) for row in rows] == [
        ("FJI", "engaged", "1 Jan 2023"),
        ("CHE", "engaged (assumed)", ""),
        ("TON", "no dealings (broken off)", "20 Sep 2001"),
        ("WSM", "no dealings (lapsed)", "7 Dec 2001"),
        ("NOR", ASSUMED, ""),
    ]
    shown = picture("swimmer", replays)
    assert "No dealings documented (assumed): Norway." in shown.description
    assert "Last documented as no dealings (lapsed): Samoa (since 7 Dec 2001)." in shown.description
    (figure,) = shown.figures()
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert f"{ASSUMED}, 1 of 5" in texts
    assert "15 Aug 2021" not in texts
    hollow = [
        line.get_markeredgecolor()
        for line in figure.axes[0].lines
        if line.get_marker() == "s" and line.get_markerfacecolor() == PAPER and not line.get_gid()
    ]
    assert hollow == [STAGE_COLOURS[rm.Stage.ENGAGED], STAGE_COLOURS[rm.Stage.HOSTILE]]


def test_lapse_has_its_own_mark_and_words() -> None:
    replay = old(*LAPSED, *AGAIN)
    ax = drawing("swimmer", replay)
    at = {line.get_marker(): list(line.get_xdata()) for line in ax.lines}
    assert at["d"] == [day("2001-12-07")]
    assert "v" not in at
    assert "lapse: Taliban ceased to govern" in legend_texts(ax)
    told = picture("swimmer", [replay]).description
    assert "Dealings lapsed when the Taliban ceased to govern: Fiji." in told
    assert "lower stage" not in told
    past = drawing("history", replay)
    assert "lapsed 7 Dec 2001" in [text.get_text() for text in past.texts]
    assert (
        "2001-12-07: from engaged to no dealings (lapsed), as the Taliban ceased to govern (R11,"
        " official)."
    ) in picture("history", [replay]).description


def test_table_of_swimmer_has_first_and_last_day_of_each_basis() -> None:
    heading, *rows = picture("swimmer", [every_basis()]).table
    told = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [(row["stage"], row["in_words"]) for row in told if row["stage"]] == [
        ("hostile", ASSUMED),
        ("engaged", "engaged"),
    ]
    assert [(row["begin"], row["end"], row["basis"]) for row in told if row["basis"]] == [
        ("2021-08-15", "2022-02-28", "assumed"),
        ("2022-03-01", "2024-02-29", "evidenced"),
        ("2024-03-01", "2025-06-30", "silent"),
        ("2025-07-01", "2026-01-01", "reviewed"),
    ]


@pytest.mark.parametrize("kind", ["history", "swimmer"])
def test_basis_since_an_open_start_has_no_first_day_in_table(kind: str) -> None:
    heading, *rows = picture(kind, [record(begins="..2021-08", until="2023-01-01")]).table
    told = [dict(zip(heading, row, strict=True)) for row in rows]
    bases = [(row["begin"], row["end"], row["basis"]) for row in told if row["basis"]]
    assert bases == [("", "2023-01-01", "assumed")]


def test_countries_with_every_basis_are_few_artists_and_legible() -> None:
    replays = [
        old(*LAPSED, act("ban", f"2004-0{1 + at % 9}"), *AGAIN, country=code, reviewed="2025-12-31")
        for at, code in enumerate(CODES[:130])
    ]
    figures = picture("swimmer", replays).figures()
    legible(figures)
    assert all(len(figure.axes[0].collections) < 40 for figure in figures)
    legible(picture("swimmer", replays[:40], fold=True).figures())


def test_hollow_bar_narrower_than_its_frame_is_pale_and_not_filled() -> None:
    short = record(until="2021-10-01")  # alone in its row: it is not drawn wider
    long = record(act("engage", "2001-01-01"), begins="1996-09-27", country="NOR")
    ax = drawing("swimmer", short, long, since=date(1960, 1, 1), until=date(2040, 1, 1))
    narrow = next(c for c in ax.collections if c.get_gid() == "narrow-assumed-1")
    assert bars(ax)["narrow-assumed-1"][0][:2] == ("2021-08-15", "2021-10-02")
    assert to_hex(narrow.get_facecolor()[0]) == paler(STAGE_COLOURS[rm.Stage.HOSTILE], 0.85)
    assert "assumed-1" in bars(ax)


def test_short_assumed_start_is_seen_and_pale() -> None:
    short = record(act("engage", "2021-09-01"), begins="2021-08-15", until="2026-01-01")
    ax = drawing("swimmer", short, since=date(1980, 1, 1))
    brief = next(c for c in ax.collections if c.get_gid() == "brief-assumed-1")
    ((first, last, _),) = bars(ax)["brief-assumed-1"]
    assert first == "2021-08-15"
    assert last > "2021-10-01"
    assert to_hex(brief.get_facecolor()[0]) == paler(STAGE_COLOURS[rm.Stage.HOSTILE], 0.85)


@pytest.mark.parametrize("module", [history, swimmer])
def test_bars_are_drawn_into_any_axes(module: object) -> None:
    ax = Figure().subplots()
    module.draw([every_basis()], ax, Options())  # type: ignore[attr-defined]
    assert set(bars(ax)) == {"assumed-1", "stage-3", "silent-3", "reviewed-3"}


@pytest.mark.parametrize("reviewed", [None, "2026-01-01"])
@pytest.mark.parametrize("kind", ["history", "swimmer"])
def test_start_that_may_lie_after_the_data_end_is_drawn(kind: str, reviewed: str | None) -> None:
    shown = picture(kind, [record(begins="2025-06-30..2027-01-01", reviewed=reviewed)])
    legible(shown.figures())
    assert "in doubt" in shown.description.lower()
    assert all(len(row) == len(shown.table[0]) for row in shown.table)
