"""Picture of moves between stages: how many there were; lapses and other claims apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from recognition_model.core.stages import Stage
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import Margins, Options, Table, drawing
from recognition_model.plots.labels import room
from recognition_model.plots.ladder import NAMES, WIDE, draw_ladder
from recognition_model.plots.layout import Sizes
from recognition_model.plots.moves import FEW, Moves, Pair, moves
from recognition_model.plots.network_words import (
    brief,
    describe,
    notes,
    title,
    topic,
    why_not,
)
from recognition_model.plots.palette import INK, PAPER, QUIET, REFUSED, ink_on
from recognition_model.plots.text import line_height, widest, width

# Lengths in mm on the layout `page`; `Options.scale` makes them larger or smaller.
_SIZES = Sizes()
_MARGIN = 2.0
_EDGE = 0.4  # keeps the frames of the outer cells whole
_HEAD = 12.6  # above the cells: a heading, and the names of the columns in two lines
_WIDEST, _TALL = 15.6, 12.6  # a cell
_GAP = 4.0
_RUNG = 9.5  # from stage to stage of a ladder below the cells
_LEFT = widest(NAMES, _SIZES.small) + 2
_LIGHT, _DARK = 238, 42  # the grey of one move, and of the most moves
_HALF = 0.5
_HEADING = "moves from row to column"
_LADDER = "up (right), back (left)"
narrowest = 90.0
"""The width in mm that the drawing needs at the scale of a page."""


@frozen
class _Grid:
    """Where the cells are, in mm on the layout `page` from the lower left corner of the axes."""

    top: float
    across: float
    tall: float

    @classmethod
    def of(cls, wide: float, high: float) -> _Grid:
        beside = _beside(wide)
        across = (wide - _LEFT - (WIDE + _GAP if beside else 0)) / len(Stage)
        below = 0.0 if beside else _below()
        tall = (high - _HEAD - below) / len(Stage)
        return cls(high - _HEAD, min(across - _EDGE / len(Stage), _WIDEST), tall)

    @property
    def right(self) -> float:
        return _LEFT + len(Stage) * self.across

    def corner(self, pair: Pair) -> tuple[float, float]:
        """Return the lower left corner of a cell: the row is the stage left."""
        before, after = pair
        return _LEFT + after.rank * self.across, self.top - (before.rank + 1) * self.tall


def _beside(wide: float) -> bool:
    """Whether there is room for the ladder beside the cells."""
    return wide >= _LEFT + len(Stage) * 12.5 + _GAP + WIDE


def _below() -> float:
    """The height of the ladder where it stands below the cells, with its heading."""
    return len(Stage) * _RUNG + 9.0


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the matrix and the ladder of moves into an axes."""
    ax.set_axis_off()
    counted = moves(replays)
    wide, high = (side / options.scale for side in room(ax))
    ax.set_xlim(0, wide)
    ax.set_ylim(-_EDGE, high - _EDGE)
    grid = _Grid.of(wide, high)
    _matrix(ax, counted, grid, options.sizes)
    head: dict[str, Any] = {"fontsize": options.sizes.small, "color": INK, "fontweight": "bold"}
    ax.text(_LEFT, high - 3.2, _HEADING, **head)
    if _beside(wide):
        middle = wide - WIDE / 2
        draw_ladder(ax, counted, middle, 0, grid.top, options.sizes)
        ax.text(middle, high - 3.2, _LADDER, ha="center", **head)
    else:
        top = len(Stage) * _RUNG
        draw_ladder(ax, counted, wide / 2, 0, top, options.sizes)
        ax.text(wide / 2, top + 1.5, _LADDER, ha="center", **head)
    return ax


def _matrix(ax: Axes, counted: Moves, grid: _Grid, sizes: Sizes) -> None:
    """Draw the matrix. Rows: stage left; columns: stage entered; diagonal: country-years."""
    for stage in Stage:
        y = grid.top - (stage.rank + 0.5) * grid.tall
        look: dict[str, Any] = {"fontsize": sizes.small, "color": INK}
        ax.text(_LEFT - 1.5, y, NAMES[stage.rank], ha="right", va="center", **look)
        x = _LEFT + (stage.rank + 0.5) * grid.across
        look["fontsize"] = sizes.smallest
        ax.text(x, grid.top + 1.2, _heading(stage, grid), ha="center", linespacing=1.05, **look)
    quiet: dict[str, Any] = {"ha": "right", "fontsize": sizes.smallest, "color": QUIET}
    ax.text(_LEFT - 1.5, grid.top + 1.2, "from ↓ to →", **quiet)
    most = max(counted.made.values(), default=1)
    for pair in product(Stage, Stage):
        _cell(ax, counted, pair, most, grid, sizes)


def _heading(stage: Stage, grid: _Grid) -> str:
    """Return the name of a column, in two lines if it is wider than a cell."""
    name = NAMES[stage.rank]
    if width(name, _SIZES.smallest) <= grid.across - 1:
        return name
    return _BROKEN.get(stage, name.replace(" ", "\n"))


_BROKEN = {Stage.AMBASSADOR_ACCEPTED: "ambas-\nsador", Stage.DE_JURE_RECOGNITION: "recog-\nnition"}


def _grey(made: int, most: int) -> str:
    """The shade of a number of moves: white for none, darkest for the most."""
    if not made:
        return PAPER
    level = round(_LIGHT - (_LIGHT - _DARK) * (made - 1) / max(most - 1, FEW))
    return f"#{level:02x}{level:02x}{level:02x}"


def _cell(ax: Axes, counted: Moves, pair: Pair, most: int, grid: _Grid, sizes: Sizes) -> None:
    """Draw a cell: the number of moves, the other claims, the lapses, and the rate if it fits."""
    x, y = grid.corner(pair)
    fill = _grey(counted.made[pair], most)
    across, tall = grid.across, grid.tall
    ax.add_patch(Rectangle((x, y), across, tall, facecolor=fill, edgecolor="#c4c4c4", lw=0.5))
    lines = _lines(counted, pair, fill, across)
    heights = [line_height(getattr(_SIZES, size)) for _, size, _ in lines]
    while len(lines) > 1 and sum(heights) > tall:
        del lines[-1], heights[-1]
    at = y + (tall + sum(heights)) / 2
    for (text, size, look), high in zip(lines, heights, strict=True):
        put: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4, **look}
        ax.text(x + across / 2, at - high / 2, text, fontsize=getattr(sizes, size), **put)
        at -= high


def _lines(
    counted: Moves, pair: Pair, fill: str, across: float
) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the lines of a cell with their sizes and looks, the most important one first."""
    before, after = pair
    made, refused, lapsed = counted.made[pair], counted.refused[pair], counted.lapsed[pair]
    if before is after:
        return [(_years(counted.years[before]), "smallest", {"color": QUIET})]
    lines: list[tuple[str, str, dict[str, Any]]] = []
    if made:
        lines.append((str(made), "normal", {"color": ink_on(fill), "fontweight": "bold"}))
    elif not refused and not lapsed:
        lines.append(("0", "smallest", {"color": "#767676"}))
    if refused:
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.3}
        claims = plural(refused, "claim", "claims")
        lines.append((claims, "smallest", {"color": REFUSED, "bbox": box}))
    if lapsed:
        lines.append((f"{lapsed} lapsed", "smallest", {"color": ink_on(fill)}))
    rate = counted.rate(pair)
    if rate is not None and made >= FEW:
        words = f"{rate:.2f} a year"
        fits = width(words, _SIZES.smallest) <= across - 1
        told = words if fits else f"{rate:.2f}/year"
        lines.append((told, "smallest", {"color": ink_on(fill)}))
    return lines


def _years(years: float) -> str:
    """Write the time at a stage in whole years."""
    if 0 < years < _HALF:
        return "<1 year"
    return plural(round(years), "year", "years")


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm: on a narrow page the ladder stands below the cells."""
    wide = options.layout.width / options.scale - 2 * _MARGIN
    cells = _HEAD + len(Stage) * _TALL
    return (cells + (0 if _beside(wide) else _below())) * options.scale


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    side = _MARGIN * options.scale
    return Margins(left=side, right=side, above=0, below=2 * options.scale)


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each pair of stages, with the rate of few moves too."""
    counted = moves(replays)
    rows: Table = [
        (
            "before",
            "after",
            "moves",
            "refused",
            "country_years_before",
            "moves_per_country_year",
            "lapses",
        )
    ]
    for before, after in product(Stage, Stage):
        rate = counted.rate((before, after)) if before is not after else None
        rows.append(
            (
                before.value,
                after.value,
                counted.made[before, after],
                counted.refused[before, after],
                round(counted.years[before], 2),
                "" if rate is None else round(rate, 4),
                counted.lapsed[before, after],
            )
        )
    return rows


__all__ = [
    "brief",
    "describe",
    "draw",
    "height",
    "margins",
    "notes",
    "table",
    "title",
    "topic",
    "why_not",
]
