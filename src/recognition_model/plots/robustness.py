"""Picture of the universes: a specification curve of the answer to a question.

Above are the answers, as blocks as wide as their universes are many. Below is a row for each option
of each choice, with marks where universes of a block have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import EDGE, Margins, Options, Table, drawing
from recognition_model.plots.labels import room
from recognition_model.plots.palette import FAINT, INK, QUIET, STAGE_COLOURS
from recognition_model.plots.robustness_rows import (
    GAP,
    LEAST_ROW,
    OTHERS,
    ROW,
    Columns,
    Row,
    answer_rows,
    choice_rows,
    fitting,
    found_in,
    name_lines,
    one_by_one,
    shortened_to,
)
from recognition_model.plots.robustness_words import brief as brief
from recognition_model.plots.robustness_words import describe as describe
from recognition_model.plots.robustness_words import notes as notes
from recognition_model.plots.robustness_words import title as title
from recognition_model.plots.robustness_words import topic as topic
from recognition_model.plots.robustness_words import why_not as why_not

# Lengths in mm on the layout `page`; `Options.scale` makes them larger or smaller.
_HEAD = 4.2  # the names of the columns
_BETWEEN = 2.6  # the two panels
_FIXED = 2 * _HEAD + _BETWEEN
_BAR = 0.66  # of the height of a row
_MARK, _STEP = 0.56, 0.9  # the height of a mark as a part of the row, and how far apart marks are
_HOLDS, _TURNS = [*STAGE_COLOURS.values()][2], INK
_LEAST_ROWS = 6
narrowest = 90.0
"""The width in mm that the drawing needs at the scale of a page."""


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the answers above, and the options of the choices below."""
    ax.set_axis_off()
    wide, high = (side / options.scale for side in room(ax))
    ax.set_xlim(0, wide)
    ax.set_ylim(0, high)
    found = found_in(options)
    answers = answer_rows(found)
    rows, left_out = fitting(found, int((high - _FIXED) / LEAST_ROW + 0.01) - len(answers))
    lines = len(answers) + len(rows) + bool(left_out)
    panel = _Panel(
        ax=ax,
        options=options,
        columns=Columns.of(wide, answers, rows, found.blocks),
        tall=(high - _FIXED) / lines,
    )
    top = high - _HEAD
    low = top - len(answers) * panel.tall - _BETWEEN - _HEAD
    panel.separate(top, low - len(rows) * panel.tall)
    panel.heads(top, ("Answer", "", "share"))
    for at, row in enumerate(answers):
        panel.answer(top - at * panel.tall, row, held=not at)
    if rows:
        panel.heads(low, ("Choice", "Option", "holds in"))
    for at, row in enumerate(rows):
        panel.option(low - at * panel.tall, row)
    if left_out:
        y = low - (len(rows) + 0.5) * panel.tall
        panel.write(0, y, shortened_to(left_out, wide), color=QUIET)
    return ax


@frozen(kw_only=True, eq=False)
class _Panel:
    """Draws rows into an axes with mm of the layout `page`, each `tall` mm high."""

    ax: Axes
    options: Options
    columns: Columns
    tall: float

    @property
    def wide(self) -> float:
        return float(self.ax.get_xlim()[1])

    def write(self, x: float, y: float, text: str, **look: Any) -> None:
        size = self.options.sizes.small
        self.ax.text(x, y, text, va="center_baseline", **{"fontsize": size, "color": INK, **look})

    def heads(self, bottom: float, texts: tuple[str, str, str]) -> None:
        """Write the names of the columns above a panel."""
        look = {"fontsize": self.options.sizes.smallest, "color": QUIET}
        for x, text in zip((0.0, self.columns.option), texts[:2], strict=True):
            self.write(x, bottom + _HEAD / 2, text, **look)
        self.write(self.wide, bottom + _HEAD / 2, texts[2], ha="right", **look)
        self._line(bottom)

    def answer(self, top: float, row: Row, *, held: bool) -> None:
        """Write an answer and its share, and draw the blocks of its universes."""
        y = top - self.tall / 2
        self.write(0, y, shortened_to(row.label, self.columns.plot - GAP))
        self.write(self.wide, y, row.said, ha="right")
        for (left, right), share in zip(self.columns.blocks, row.shares, strict=True):
            if share:
                self._box(left, right, y, _BAR, _HOLDS if held else _TURNS)

    def option(self, top: float, row: Row) -> None:
        """Write an option and in what share the answer holds with it, and draw its marks."""
        y, columns = top - self.tall / 2, self.columns
        if row.name:
            self._line(top)
        for at, line in enumerate(name_lines(row, columns.option - GAP)):
            self.write(0, y - at * self.tall, line)
        self.write(columns.option, y, shortened_to(row.label, columns.plot - GAP - columns.option))
        self.write(self.wide, y, row.said, ha="right")
        blocks = found_in(self.options).blocks
        for block, ends, share in zip(blocks, columns.blocks, row.shares, strict=True):
            colour = _HOLDS if block.answer == blocks[0].answer else _TURNS
            if share and one_by_one(blocks):
                self._box(*ends, y, _MARK, colour, inset=0.12)
            elif share:
                self._ticks(*ends, y, share, colour)

    def separate(self, top: float, bottom: float) -> None:
        """Draw a faint line down between the blocks of two answers."""
        blocks = zip(found_in(self.options).blocks, self.columns.blocks, strict=True)
        for (one, (_, end)), (other, (begin, _)) in pairwise(blocks):
            if one.answer != other.answer:
                self._draw([[((begin + end) / 2, bottom), ((begin + end) / 2, top)]], FAINT, 0.5)

    def _line(self, y: float) -> None:
        self._draw([[(0, y), (self.wide, y)]], FAINT, 0.4)

    def _box(
        self, left: float, right: float, y: float, part: float, colour: str, inset: float = 0.0
    ) -> None:
        tall, edge = self.tall * part, (right - left) * inset
        corner, wide = (left + edge, y - tall / 2), right - left - 2 * edge
        self.ax.add_patch(Rectangle(corner, wide, tall, facecolor=colour, linewidth=0))

    def _ticks(self, left: float, right: float, y: float, share: float, colour: str) -> None:
        """Draw marks side by side, as dense as the option is frequent; at least one."""
        wide = right - left
        count = max(round(share * wide / _STEP), 1)
        xs = [left + (at + 0.5) * wide / count for at in range(count)]
        tall = self.tall * _MARK / 2
        self._draw([[(x, y - tall), (x, y + tall)] for x in xs], colour, 1.1)

    def _draw(self, lines: list[list[tuple[float, float]]], colour: str, thick: float) -> None:
        look: dict[str, Any] = {"colors": colour, "linewidths": thick * self.options.scale}
        self.ax.add_collection(LineCollection(lines, **look), autolim=False)


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm with a row for every answer and option."""
    found = found_in(options)
    rows = len(answer_rows(found)) + sum(map(len, choice_rows(found)))
    return (_FIXED + rows * ROW) * options.scale


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm with rows as low as their letters allow, for the first choices."""
    found = found_in(options)
    rows = len(answer_rows(found)) + min(sum(map(len, choice_rows(found, 1))), _LEAST_ROWS)
    return (_FIXED + rows * LEAST_ROW) * options.scale


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return narrow margins: the texts stand within the axes."""
    return Margins(left=EDGE, right=EDGE, above=options.scale, below=options.scale)


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each block and option, with the share of its universes that have it."""
    found = found_in(options)
    heading = ("block", "answer", "universes", "choice", "option", "share", "holds_in")
    rows: Table = [heading]
    for number, block in enumerate(found.blocks, start=1):
        answer, whole = block.answer or OTHERS, round(block.universes, 6)
        universes = int(whole) if whole.is_integer() else whole
        for option in found.options:
            if len(found.of(option.choice)) < 2:
                continue
            share = round(block.of_options.get((option.choice, option.label), 0.0), 6)
            holds = round(float(option.share), 6)
            made = option.choice.value, option.label
            rows.append((number, answer, universes, *made, share, holds))
    return rows
