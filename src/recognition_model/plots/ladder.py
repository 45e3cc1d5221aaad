"""The ladder of stages: moves up on the right, moves back on the left, thicker for more."""

from __future__ import annotations

from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from recognition_model.core.stages import Stage
from recognition_model.plots.labels import spread
from recognition_model.plots.layout import Sizes
from recognition_model.plots.moves import FEW, Moves, Pair
from recognition_model.plots.palette import INK, PAPER, QUIET, STAGE_COLOURS, ink_on
from recognition_model.plots.text import line_height

# Lengths in mm on the layout `page`.
NAMES = ("no dealings", "banned", "engaged", "delisted", "ambassador", "recognition")
"""The stages in few letters."""
WIDE = 44.0
"""The room that a ladder takes from left to right."""
_BOX = (20.5, 5.4)
_CUBIC = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]


@frozen
class _Arrow:
    """One arrow of the ladder: a move, how often, and whether it lapsed."""

    pair: Pair
    count: int
    lapsed: bool

    @property
    def up(self) -> bool:
        return self.pair[1] > self.pair[0]

    @property
    def centre(self) -> float:
        """The middle of its stages, in ranks."""
        return (self.pair[0].rank + self.pair[1].rank + 1) / 2


def draw_ladder(
    ax: Axes, counted: Moves, middle: float, low: float, high: float, sizes: Sizes
) -> None:
    """Draw six boxes from `low` to `high`, the highest stage on top, and an arrow for each move."""
    step = (high - low) / len(Stage)
    for stage in Stage:
        _box(ax, middle, low + (stage.rank + 0.5) * step, stage, sizes)
    arrows = [_Arrow(pair, count, False) for pair, count in counted.made.items()]
    arrows += [_Arrow(pair, count, True) for pair, count in counted.lapsed.items()]
    most = max([FEW, *(arrow.count for arrow in arrows)])
    apart = line_height(Sizes().small)
    for side in (1, -1):
        here = [arrow for arrow in arrows if arrow.up == (side == 1)]
        here.sort(key=lambda arrow: (arrow.centre, arrow.pair[0].rank, arrow.lapsed))
        gap = 2 * apart if any(arrow.lapsed for arrow in here) else apart
        wanted = [low + arrow.centre * step for arrow in here]
        ys = spread(wanted, gap, low + apart, high - apart)
        for arrow, y in zip(here, ys, strict=True):
            _arrow(ax, arrow, (middle + side * _BOX[0] / 2, side), (low, step), y, most, sizes)


def _box(ax: Axes, x: float, y: float, stage: Stage, sizes: Sizes) -> None:
    wide, tall = _BOX
    box = FancyBboxPatch(
        (x - wide / 2, y - tall / 2),
        wide,
        tall,
        boxstyle="round,pad=0,rounding_size=0.8",
        facecolor=STAGE_COLOURS[stage],
        edgecolor=INK,
        linewidth=0.6,
        zorder=3,
    )
    ax.add_patch(box)
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": sizes.small, "zorder": 4}
    ax.text(x, y, NAMES[stage.rank], color=ink_on(STAGE_COLOURS[stage]), **look)


def _arrow(
    ax: Axes,
    arrow: _Arrow,
    edge: tuple[float, int],
    levels: tuple[float, float],
    y: float,
    most: int,
    sizes: Sizes,
) -> None:
    """Draw a curve out of the edge of the boxes and back, with its count at the height `y`."""
    (x, side), (low, step) = edge, levels
    begin, end = (low + (stage.rank + 0.5) * step for stage in arrow.pair)
    reach = 3.0 + 2.6 * abs(arrow.pair[1].rank - arrow.pair[0].rank) + 4.0 * arrow.lapsed
    turn = x + side * reach
    colour = QUIET if arrow.lapsed else INK
    scale = sizes.smallest / Sizes().smallest
    curve = FancyArrowPatch(
        path=Path([(x, begin), (turn, begin), (turn, end), (x, end)], _CUBIC),
        arrowstyle="-|>",
        mutation_scale=6 * scale,
        linewidth=(0.6 + 2.4 * arrow.count / most) * scale,
        linestyle=(0, (1, 1)) if arrow.lapsed else "-",
        color=colour,
        zorder=2,
    )
    ax.add_patch(curve)
    ax.text(
        x + side * reach * 0.75,
        y,
        f"{arrow.count}\nlapsed" if arrow.lapsed else str(arrow.count),
        ha="center",
        va="center",
        fontsize=sizes.small,
        linespacing=1.0,
        color=colour,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.4},
        zorder=5,
    )
