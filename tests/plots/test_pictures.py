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
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image
from support.colours import BLINDNESS, apart
from support.drawn import day
from support.effort import examples
from support.paths import TESTS
from support.pictured import (
    OFFICIAL,
    act,
    crowd,
    doubtful,
    enough,
    five,
    legible,
    record,
    seen,
)

import recognition_model as rm
from recognition_model.core.dates import OPEN_END, OPEN_START
from recognition_model.plots import (
    ENDINGS,
    LAYOUTS,
    PLOTS,
    Options,
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
from recognition_model.plots.layout import layout_for
from recognition_model.plots.page import style
from recognition_model.plots.palette import (
    PAPER,
    STAGE_COLOURS,
    ink_on,
    luminance,
    paler,
)
from recognition_model.plots.picture_files import rounded
from recognition_model.plots.spans import DayRange, day_of, number, stretches
from recognition_model.plots.text import broken, drawable, width
from recognition_model.testing import scenarios

GROUP = [kind for kind in PLOTS if not KINDS[kind].chosen]
OF_RECORD = [kind for kind, known in KINDS.items() if not known.rules]
SVG = "{http://www.w3.org/2000/svg}"
few = settings(max_examples=examples(5), suppress_health_check=list(HealthCheck))


# --- colours ---------------------------------------------------------------------------------


def test_stage_colours_keep_order_in_grey() -> None:
    grey = [luminance(STAGE_COLOURS[stage]) for stage in rm.Stage]
    lightness = [116 * (value ** (1 / 3)) - 16 for value in grey]  # CIE L*, all above 0.0089
    steps = [b - a for a, b in pairwise(lightness)]
    assert min(steps) > 9


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


# --- days at an end --------------------------------------------------------------------------


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
    empty = ("share", "swimmer", "map", "histories", "codings", "compare")
    if told.get("until") == "2019-01-01" and kind in empty:
        undocumented = replays if kind == "share" else replays[:1]
        options = {"against": undocumented[0]} if kind == "codings" else {}
        assert PLOTS[kind].why_not(undocumented, Options(**options))  # type: ignore[arg-type]
        return
    legible(picture(kind, replays, **whole(kind)).figures())


def test_last_stage_possibly_not_reached_is_labelled_in_doubt() -> None:
    words = "engaged or ambassador accepted"
    assert f"Stage on 2025-04-01, in doubt: {words}" in picture("history", [doubtful()]).description
    assert "may have happened after the data end" in picture("history", [doubtful()]).full_caption
    assert "In doubt: Fiji." in picture("swimmer", [doubtful()]).description
    (figure,) = picture("swimmer", [doubtful()]).figures()
    assert "in doubt" in [text.get_text() for text in figure.axes[0].texts]


def whole(kind: str) -> dict[str, Any]:
    """The options with which a picture shows all days of the records."""
    other = record(act("engage", "2022-01-05"), act("break_off", "2023-01-10"))
    return {"timeline": {"since": date.min}, "codings": {"against": other}}.get(kind, {})


# --- all of them -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GROUP)
@pytest.mark.parametrize("size", [1, 40, 130])
def test_pictures_of_1_and_200_countries_are_legible(kind: str, size: int) -> None:
    legible(picture(kind, enough(kind, *crowd(size)), **whole(kind)).figures())


@pytest.mark.parametrize("kind", GROUP)
def test_pictures_of_the_shipped_record_are_legible(
    shipped: Sequence[rm.Replay], kind: str
) -> None:
    legible(picture(kind, shipped).figures())


@pytest.mark.parametrize("kind", PLOTS)
@given(data=st.data())
@few
def test_any_record_gives_legible_pictures(kind: str, data: st.DataObject) -> None:
    most = 1 if PLOTS[kind].one else 3
    records = data.draw(st.lists(scenarios(), min_size=1, max_size=most))
    made_up = five()[: {"share": 5, "compare": 2, "histories": 1}.get(kind, 0)]
    replays = enough(kind, *(rm.replay(one) for one in records), *made_up)
    options = whole(kind)
    if kind == "codings":
        same = {"country": replays[0].country, "kind": replays[0].kind}
        options = {"against": rm.replay(evolve(data.draw(scenarios()), **same))}
    if PLOTS[kind].why_not(replays, Options(**options)):
        return
    shown = picture(kind, replays, **options)
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


def test_svg_rounds_lengths_to_hundredths_and_no_word_or_scale() -> None:
    drawn = (
        '<text x="1.239" transform="translate(0.004999 -2.5051) scale(0.015625)">d="1.2345"</text>'
        '<path d="M 12.340001 7.999 L -0.001 3" style="stroke-width: 1.125"/>'
    )
    assert rounded(drawn) == (
        '<text x="1.24" transform="translate(0 -2.51) scale(0.015625)">d="1.2345"</text>'
        '<path d="M 12.34 8 L 0 3" style="stroke-width: 1.125"/>'
    )


@pytest.mark.parametrize("kind", PLOTS)
def test_svg_has_no_path_with_more_than_two_decimals(kind: str) -> None:
    shown = picture(kind, enough(kind, record(act("engage", "2022-01-01"))), **whole(kind))
    paths = re.findall(r'\sd="([^"]*)"', shown.svg())
    assert paths
    assert not [path for path in paths if re.search(r"\.\d{3}", path)]


def test_slide_says_in_one_line_what_it_was_made_from_and_until_when() -> None:
    slide = picture("network", enough("network", record()), layout=LAYOUTS["slide"])
    assert slide.caption == ""
    (figure,) = slide.figures()
    foot = figure.texts[-1].get_text()
    edition = slide.edition
    assert foot == (
        f"recognition_model {edition.program}, record {edition.record} (own files),"
        " data until 2025-06-30"
    )
    longer = [*enough("network", record()), record(country="SWE", until="2025-07-01")]
    foot = picture("network", longer, layout=LAYOUTS["slide"]).figures()[0].texts[-1].get_text()
    assert foot.endswith("data until 2025-07-01 at the latest")
    ruled = picture("rules", [], layout=LAYOUTS["slide"]).figures()[0].texts[-1].get_text()
    assert re.fullmatch(r"recognition_model \S+, rules \w+", ruled)


def test_page_whose_caption_was_refused_has_no_line_below() -> None:
    bare = picture("network", enough("network", record()), layout=layout_for(caption="none"))
    assert "recognition_model" not in bare.figures()[0].texts[-1].get_text()


def test_pdf_embeds_whole_fonts_and_has_title() -> None:
    data = picture("history", [record(act("engage", "2022-01-01"))]).data("pdf")
    assert b"/FontFile2" in data
    assert b"/Type3" not in data
    assert b"Fiji began official dealings with the Taliban" in data
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
    window = {"against": restless(7)} if kind == "codings" else window
    many = 6 if kind == "compare" else 9
    shown = picture(kind, [restless(5)] if PLOTS[kind].one else crowd(many), **window)
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


def test_caption_says_that_the_record_cites_the_sources_not_the_days_shown() -> None:
    early = picture("history", [record(act("engage", "2025-01-01"))], until=date(2022, 1, 1))
    # The one source is that of an act after the last day shown.
    assert "Data until 2022-01-01. The record cites 1 source. " in early.caption


def test_caption_gives_end_of_data_input_and_version() -> None:
    replay = record(act("engage", "2022-03"), known_by="2025-01-01")
    for kind in OF_RECORD:
        replays = [replay] * {"share": 5, "compare": 2}.get(kind, 1)
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
