"""The picture of moves: what is counted, what it says, and that it can be read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from support.pictured import CODES, act, doubtful, legible_in, record, refused

import recognition_model as rm
from recognition_model.plots import LAYOUTS, PictureError, moves, picture
from recognition_model.plots.palette import PAPER, REFUSED, luminance


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def shaded(figure: Figure) -> dict[str, str]:
    """The shade of each cell by its first line of text."""
    ax = figure.axes[0]
    cells = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_fill()]
    found = {}
    for text in ax.texts:
        x, y = text.get_position()
        here = [cell for cell in cells if cell.get_bbox().contains(x, y)]
        for cell in here:
            found.setdefault(text.get_text(), to_hex(cell.get_facecolor()))
    return found


def engaged(count: int, *, broken_off: int = 0) -> list[rm.Replay]:
    """Countries that begin dealings in 2022, some of which break them off a year later."""
    steps = act("engage", "2022-01-01"), act("break_off", "2023-01-01")
    return [
        record(*(steps if at < broken_off else steps[:1]), country=CODES[at]) for at in range(count)
    ]


def test_cell_is_darker_for_more_moves_and_white_for_none() -> None:
    (figure,) = picture("network", engaged(8, broken_off=2)).figures()
    shades = shaded(figure)
    assert luminance(shades["8"]) < luminance(shades["2"]) < luminance(PAPER)
    assert shades["0"] == PAPER


def test_rate_stands_only_where_there_are_five_moves() -> None:
    # Days from 2021-08-15 to 2022-01-01: 139. Five countries: 5 moves in 695 days, 2.63 a year.
    (figure,) = picture("network", engaged(5)).figures()
    assert "2.63/year" in words(figure) or "2.63 a year" in words(figure)
    assert "Rates (from five moves): per country-year." in picture("network", engaged(5)).caption
    (figure,) = picture("network", engaged(4)).figures()
    assert not [text for text in words(figure) if "year" in text and "years" not in text]


def test_arrow_is_thicker_for_more_moves() -> None:
    (figure,) = picture("network", engaged(8, broken_off=2)).figures()
    arrows = [patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch)]
    up, back = sorted(arrows, key=lambda arrow: -arrow.get_linewidth())
    assert up.get_linewidth() == pytest.approx(0.6 + 2.4 * 8 / 8)
    assert back.get_linewidth() == pytest.approx(0.6 + 2.4 * 2 / 8)


def test_arrow_of_a_single_move_is_thin() -> None:
    (figure,) = picture("network", engaged(1)).figures()
    (arrow,) = (patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch))
    assert arrow.get_linewidth() == pytest.approx(0.6 + 2.4 / 5)


def test_time_at_a_stage_is_in_whole_years_and_never_rounded_to_none() -> None:
    # 139 days without dealings, then 1277 days engaged: 3.5 years.
    (figure,) = picture("network", engaged(1)).figures()
    shown = words(figure)
    assert (shown.count("<1 year"), shown.count("3 years"), shown.count("0 years")) == (1, 1, 4)


TITLES = {
    "Most moves led from no dealings to engaged: 8 of 10": lambda: engaged(8, broken_off=2),
    "Four documented moves between stages, none more often than two times": (
        lambda: [
            *engaged(2),
            *(record(act("ban", "2022-01-01"), country=code) for code in ("NOR", "TON")),
        ]
    ),
    "The most frequent move led from no dealings to engaged: 2 of 4": (
        lambda: [
            *engaged(2),
            record(act("ban", "2022-01-01"), act("engage", "2023-01-01"), country="NOR"),
        ]
    ),
    "Fiji: the one documented move led from no dealings to engaged": (
        lambda: [record(act("engage", "2022-01-01"))]
    ),
    "Fiji and Norway: two documented moves between stages, each once, up to engaged": (
        lambda: [
            record(act("engage", "2022-01-01")),
            record(act("ban", "2022-01-01"), country="NOR"),
        ]
    ),
    "Fiji: no move between stages is documented, 1 claim was not counted": (
        lambda: [record(refused("recognise"))]
    ),
}


@pytest.mark.parametrize(("title", "replays"), TITLES.items(), ids=TITLES)
def test_title_is_the_most_frequent_move(title: str, replays: object) -> None:
    assert picture("network", replays()).title == title  # type: ignore[operator]


def test_countries_are_named_until_there_are_many() -> None:
    assert "Fiji" in picture("network", [record(act("engage", "2022"))]).topic
    few, many = picture("network", engaged(20)), picture("network", engaged(21))
    assert ("Albania" in few.topic, "21 countries" in many.topic) == (True, True)


def test_picture_without_move_or_claim_is_refused() -> None:
    with pytest.raises(PictureError, match=r"no move between stages and no claim of one.*Fiji"):
        picture("network", [record()])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_moves_are_legible_in_every_layout(shipped: Sequence[rm.Replay], layout: str) -> None:
    legible_in(layout, "network", shipped)
    legible_in(layout, "network", [record(act("engage", "2022-01-01"), refused("recognise"))])


def test_caption_of_moves_has_25_to_40_words(shipped: Sequence[rm.Replay]) -> None:
    shown = picture("network", shipped)
    assert 25 <= len(shown.caption.split()) <= 40


def test_moves_are_counted_per_year_in_stage_left() -> None:
    told = moves.moves(
        [
            record(act("engage", "2022-08-15")),  # a year of hostility
            record(begins="2021-08-15", until="2022-08-14"),  # another
        ]
    )
    pair = rm.Stage.HOSTILE, rm.Stage.ENGAGED
    assert dict(told.made) == {pair: 1}
    assert told.years[rm.Stage.HOSTILE] == pytest.approx(2, abs=0.002)
    assert told.rate(pair) == pytest.approx(0.5, abs=0.001)
    assert told.rate((rm.Stage.DELISTED, rm.Stage.ENGAGED)) is None


def test_lapse_is_drawn_apart_and_left_out_of_rates() -> None:
    pair = rm.Stage.ENGAGED, rm.Stage.HOSTILE
    ends = ("2001-12-07", "lapse"), ("2001-09-20", "break_off"), ("2001-12-07", "lapse")
    replays = [
        record(act("engage", "1999-12-07"), act(word, when), begins="1996-09-27", country=code)
        for code, (when, word) in zip(("FJI", "TON", "NOR"), ends, strict=True)
    ]
    told = moves.moves(replays)
    assert (told.made[pair], told.lapsed) == (1, {pair: 2})
    # Two years each until the lapses, and 653 days until relations were broken off.
    assert told.rate(pair) == pytest.approx(365.2425 / (2 * 731 + 653))
    shown = picture("network", replays)
    (figure,) = shown.figures()
    texts = words(figure)
    assert ("2 lapsed" in texts, "2\nlapsed" in texts) == (True, True)  # matrix, ladder
    assert "no rate counts these" in shown.full_caption
    assert shown.topic == "4 moves between stages: Fiji, Norway, Tonga; not among them 2 lapses"
    ended = "Lapsed when the Taliban ceased to govern: engaged to no dealings 2."
    assert ended in shown.description
    heading, *rows = shown.table
    row = next(row for row in rows if row[:2] == ("engaged", "hostile"))
    assert dict(zip(heading, row, strict=True))["lapses"] == 2


def test_years_end_at_middle_of_uncertain_date() -> None:
    told = moves.moves([record(act("engage", "2022-08-01..2022-08-29"), begins="2021-08-15")])
    assert told.years[rm.Stage.HOSTILE] * 365.2425 == 365


def test_refused_moves_are_drawn_and_claims_of_reached_stage_only_captioned() -> None:
    replay = record(act("engage", "2022-01-01"), refused("recognise"), refused("engage"))
    told = moves.moves([replay])
    assert dict(told.refused) == {(rm.Stage.ENGAGED, rm.Stage.DE_JURE_RECOGNITION): 1}
    assert told.held == 1
    shown = picture("network", [replay])
    (figure,) = shown.figures()
    (text,) = (text for text in figure.axes[0].texts if "claim" in text.get_text())
    assert (text.get_text(), text.get_color()) == ("1 claim", REFUSED)
    edges = {to_hex(patch.get_edgecolor()) for patch in figure.axes[0].patches}
    assert REFUSED not in edges
    assert "1 claim of a stage already reached" in shown.full_caption
    assert "Red: claims not counted." in shown.caption
    assert shown.topic == "1 move between stages: Fiji; not among them 1 claim not counted"
    assert "Claims not counted: engaged to de jure recognition 1." in shown.description


def test_change_possibly_after_record_is_no_move() -> None:
    replay = doubtful()
    told = moves.moves([replay])
    assert (dict(told.made), told.beyond) == ({(rm.Stage.HOSTILE, rm.Stage.ENGAGED): 1}, 1)


def test_caption_names_all_that_is_not_shown() -> None:
    replays = [doubtful(), record(act("engage", "2022-01-01"), refused("engage"), country="NOR")]
    assert (
        "Not shown: 1 claim of a stage already reached; 1 change that may have happened after the"
        " data end."
    ) in picture("network", replays).full_caption


def test_a_single_year_at_a_stage_is_not_in_the_plural() -> None:
    (figure,) = picture("network", [record(act("engage", "2022-08-15"))]).figures()
    assert "1 year" in words(figure)  # without dealings, from 15 August 2021


def test_caption_of_network_says_what_its_years_rest_on() -> None:
    # 170 days assumed up to 31 January 2022; 731 days near the act; then 99 days of silence.
    told = record(act("engage", "2022-02-01"), until="2024-05-10", begins="2021-08-15")
    caption = picture("network", [told]).full_caption
    assert (
        "Of these country-years: 73 % evidenced within two years, 10 % silent for longer,"
        " 17 % assumed."
    ) in caption
