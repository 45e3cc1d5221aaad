"""The rule table as a graph: stages as boxes, rules as lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.rules import RULES, Rule
from recognition_model.plots.page import WIDTH
from recognition_model.plots.palette import INK, PAPER, STAGE_COLOURS, ink_on
from recognition_model.plots.text import SMALL, SMALLEST, widest

_CELL = 12.2  # mm
Pair = tuple[Stage, Stage]


_MARGIN = 2.0
_NAMES = 29.0
_HIGH = 6 * _CELL + 14
_RULES_HIGH = 104.0


def _level(stage: Stage) -> float:
    return (stage.rank + 0.5) * _CELL


def _centre(pair: Pair) -> float:
    return (_level(pair[0]) + _level(pair[1])) / 2


def _boxes(
    ax: Axes, middle: float, wide: float, tall: float, high: float, names: Sequence[str]
) -> None:
    for stage in Stage:
        y = (stage.rank + 0.5) * high / 6
        ax.add_patch(
            FancyBboxPatch(
                (middle - wide / 2, y - tall / 2),
                wide,
                tall,
                boxstyle="round,pad=0,rounding_size=0.8",
                facecolor=STAGE_COLOURS[stage],
                edgecolor=INK,
                linewidth=0.6,
                zorder=3,
            )
        )
        ax.text(
            middle,
            y,
            names[stage.rank],
            ha="center",
            va="center",
            fontsize=SMALL,
            color=ink_on(STAGE_COLOURS[stage]),
            zorder=4,
        )


_LANE = 8.0  # mm from one rule's line to the next
_LINES = {"official": "-", "claimed": (0, (4, 2)), "reported": (0, (1, 1.5)), "none": "-"}


def _graph(ax: Axes) -> None:
    """Draw each rule as a line from the stages where it starts to the stage it leads to."""
    middle = (WIDTH - 2 * _MARGIN) / 2
    wide, tall = widest(map(humanize, Stage), SMALL) + 5, 11.0
    high = _RULES_HIGH
    _boxes(ax, middle, wide, tall, high, [humanize(stage) for stage in Stage])
    for side in (1, -1):
        lanes = [
            (rule, [before for before in rule.before if (rule.after > before) == (side == 1)])
            for rule in RULES
        ]
        lanes = sorted((lane for lane in lanes if lane[1]), key=_length)
        ends = {stage: [r for r, froms in lanes if stage in (*froms, r.after)] for stage in Stage}

        def level(stage: Stage, rule: Rule, ends: dict[Stage, list[Rule]] = ends) -> float:
            """Return the height at which a rule's line meets a box, different for each rule."""
            share = (ends[stage].index(rule) + 1) / (len(ends[stage]) + 1) - 0.5
            return (stage.rank + 0.5) * high / 6 + share * tall

        for at, (rule, froms) in enumerate(lanes):
            edge = middle + side * wide / 2
            x = edge + side * (6 + at * _LANE)
            target = level(rule.after, rule)
            starts = [level(stage, rule) for stage in froms]
            look: dict[str, Any] = {
                "color": INK,
                "linewidth": 0.9,
                "linestyle": _LINES[rule.needs.value],
            }
            ax.plot([x, x], [min(*starts, target), max(*starts, target)], zorder=1, **look)
            for y in starts:
                ax.plot([edge, x], [y, y], zorder=1, **look)
                ax.plot([edge], [y], marker="o", markersize=2.4, color=INK, zorder=4)
            ax.add_patch(
                FancyArrowPatch(
                    (x, target),
                    (edge, target),
                    arrowstyle="-|>",
                    mutation_scale=6,
                    shrinkA=0,
                    shrinkB=0,
                    zorder=1,
                    **look,
                )
            )
            # Between two boxes, where no other line crosses.
            gap = min(max(froms).rank, rule.after.rank) if side == 1 else max(froms).rank - 1
            ax.text(
                x,
                (gap + 1) * high / 6,
                rule.code,
                ha="center",
                va="center",
                fontsize=SMALLEST,
                color=INK,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
                zorder=5,
            )


def _length(lane: tuple[Rule, list[Stage]]) -> tuple[int, str]:
    rule, froms = lane
    ranks = [stage.rank for stage in (*froms, rule.after)]
    return max(ranks) - min(ranks), rule.code


def _terms(rule: Rule) -> str:
    """Return in words the ban that a rule needs and leaves, and the evidence it needs."""
    must = (
        "any ban"
        if len(rule.ban_must_be) == len(Ban)
        else f"ban {' or '.join(map(humanize, rule.bans))}"
    )
    becomes = f", becomes {humanize(rule.ban_becomes)}" if rule.ban_becomes else ""
    return f"{must}{becomes}; {rule.needs}"
