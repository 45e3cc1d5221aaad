"""The picture of the rule table: every rule, what it needs, and that it can be read."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_hex
from support.pictured import legible_in, record

import recognition_model as rm
from recognition_model.core.evidence import Attestation
from recognition_model.plots import LAYOUTS, Options, picture, rule_graph
from recognition_model.plots.palette import PAPER, luminance


def words() -> list[str]:
    (figure,) = picture("rules", []).figures()
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_rule_has_a_row_with_its_act_and_ban() -> None:
    shown = words()
    assert {"R01  ban", "R02  engage, ban or not", "R03  delist, under a ban"} <= set(shown)
    assert {text[:3] for text in shown if text.startswith("R")} == {r.code for r in rm.RULES}


def test_two_rules_for_one_act_are_told_apart() -> None:
    assert {"R05  recognise, from ambassador", "R06  recognise, no ambassador"} <= set(words())
    assert len({text[4:] for text in words() if text.startswith("R")}) == 12


def test_names_of_stages_lie_level_on_a_page() -> None:
    (figure,) = picture("rules", []).figures()
    assert {text.get_rotation() for text in figure.axes[0].texts} == {0}


def test_start_is_a_ring_and_the_arrow_is_filled() -> None:
    (figure,) = picture("rules", []).figures()
    faces = {
        line.get_marker() == "o": to_hex(line.get_markerfacecolor())
        for line in figure.axes[0].lines
        if line.get_marker() in ("o", "<", ">")
    }
    assert faces[True] == PAPER
    assert luminance(faces[False]) < 0.2


def test_arrows_lead_from_the_stages_before_to_the_stage_after() -> None:
    (figure,) = picture("rules", []).figures()
    ax = figure.axes[0]
    names = {text.get_text(): text.get_position() for text in ax.texts}
    columns = {
        stage: names[name][0]
        for stage, name in zip(
            rm.Stage,
            ("no dealings", "banned", "engaged", "delisted", "ambassador", "recognition"),
            strict=True,
        )
    }
    row = names["R02  engage, ban or not"][1]
    here = [line for line in ax.lines if line.get_marker() in "o<>" and line.get_ydata()[0] == row]
    dots = [x for line in here if line.get_marker() == "o" for x in line.get_xdata()]
    assert dots == [columns[rm.Stage.HOSTILE], columns[rm.Stage.BANNED]]
    (tip,) = (line.get_xdata()[0] for line in here if line.get_marker() == ">")
    assert tip == pytest.approx(columns[rm.Stage.ENGAGED] - 1)


def test_line_of_a_rule_leads_from_its_farthest_rings_to_its_arrows() -> None:
    (figure,) = picture("rules", []).figures()
    ends: dict[float, dict[str, list[float]]] = {}
    for line in figure.axes[0].lines:
        mark = line.get_marker()
        if mark in ("o", "<", ">") or (mark == "None" and line.get_zorder() == 2):
            here = ends.setdefault(float(line.get_ydata()[0]), {})
            here.setdefault(mark, []).extend(map(float, line.get_xdata()))
    assert len(ends) == 12
    for here in ends.values():
        outermost = [*here["o"], *here.get("<", ()), *here.get(">", ())]
        assert (min(here["None"]), max(here["None"])) == (min(outermost), max(outermost))


def test_title_counts_rules_and_those_that_need_the_country() -> None:
    needed = [rule.needs for rule in rm.RULES]
    assert (len(needed), needed.count(Attestation.OFFICIAL)) == (12, 7)
    assert picture("rules", []).title == (
        "Twelve rules permit a move between six stages; seven need the country's own word"
    )


def test_table_has_a_row_for_each_move() -> None:
    # R01 4 stages, R02 2, R03 2, R04 2, R05 1, R06 2, R07 1, R08 1, R09 4, R10 1, R11 4, R12 1.
    assert len(picture("rules", []).table) == 25 + 1


def test_picture_of_rules_is_the_same_for_every_record() -> None:
    shown, same = picture("rules", [record()]), picture("rules", [])
    assert shown.svg() == same.svg()
    assert "Data until" not in shown.full_caption
    assert 25 <= len(shown.caption.split()) <= 40


def test_legend_explains_the_lines_unless_it_is_left_out() -> None:
    # Seven rules need the country; R09 and R10 another party; R02, R11 and R12 a press report.
    told = ["the country itself must say so: 7", "the Taliban or another state may: 2"]
    told.append("a press report will do: 3")
    for legend in (True, False):
        (figure,) = picture("rules", [], legend=legend).figures()
        said = [text.get_text() for one in figure.axes[0].artists for text in one.get_texts()]
        assert (set(told) <= set(said)) == legend


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rules_are_legible_in_every_layout(layout: str) -> None:
    legible_in(layout, "rules", [])


def test_rows_are_lower_where_the_page_is_low() -> None:
    options = Options()
    assert rule_graph.least([], options) < rule_graph.height([], options)
