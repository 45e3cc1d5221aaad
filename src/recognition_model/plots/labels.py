"""Place labels beside points without overlaps, and legends within a width."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from itertools import chain, product
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve, frozen
from matplotlib.axes import Axes
from matplotlib.legend import Legend

from recognition_model.plots.layout import Sizes
from recognition_model.plots.palette import INK, QUIET
from recognition_model.plots.text import MM, POINTS, SMALL, line_height, width

_NEAR = 1.2  # mm from a mark to a label above or below it
_BESIDE = 1.3  # mm from a mark to a label beside it
_SQUARE = 4.0  # mm: the side of a square of the grid in which taken places are looked up
_STEP = 1.4  # mm by which a label that finds no room moves away


@frozen
class Box:
    """A rectangle in mm from the lower left corner of the axes."""

    left: float
    low: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.top
            and other.low < self.top
        )


class Taken:
    """Boxes by the squares of a grid that they lie in, so that only near ones are compared."""

    def __init__(self, within: Box, boxes: Iterable[Box]) -> None:
        self._within = within
        self._boxes: dict[tuple[int, int], dict[Box, None]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        if box.meets(self._within):
            for square in self._squares(box.left, box.low, box.right, box.top):
                self._boxes.setdefault(square, {})[box] = None

    def meets(self, left: float, low: float, right: float, top: float) -> bool:
        """Whether a box within the same part of the axes meets one that is taken."""
        for square in self._squares(left, low, right, top):
            for other in self._boxes.get(square, ()):  # as `Box.meets`, which takes twice as long
                if (
                    left < other.right
                    and other.left < right
                    and low < other.top
                    and other.low < top
                ):
                    return True
        return False

    def _squares(
        self, left: float, low: float, right: float, top: float
    ) -> Iterable[tuple[int, int]]:
        within = self._within
        across = int(max(left, within.left) // _SQUARE), int(min(right, within.right) // _SQUARE)
        up = int(max(low, within.low) // _SQUARE), int(min(top, within.top) // _SQUARE)
        return product(range(across[0], across[1] + 1), range(up[0], up[1] + 1))


def room(ax: Axes) -> tuple[float, float]:
    """Return the width and height of an axes in mm."""
    box = ax.get_window_extent()
    dpi = ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width / dpi * MM, box.height / dpi * MM


@frozen
class Label:
    """A date at a mark at (x, y) in mm, with the numbers of its sources behind it, small.

    `left` and `right` are the ends of the mark, or of the range of its days. `shorter` are other
    words, for where there is no room for the date.
    """

    x: float
    y: float
    left: float
    right: float
    words: str
    numbers: str = ""
    shorter: tuple[str, ...] = ()
    colour: str = INK


def place(
    ax: Axes,
    labels: Sequence[Label],
    taken: Sequence[Box],
    within: Box,
    *,
    sizes: Sizes,
    far: bool = True,
    over: float | None = None,
) -> list[Box]:
    """Write a date at each mark, left of it if that is free, and nowhere over anything `taken`.

    Labels avoid each other and stay `within` a part of the axes. A thin line connects a label to
    its mark if it had to move away. Where no place is near, the label loses its numbers, then
    becomes shorter, and then stands `far` away, if it may; at last it is left out. A label stands
    on its own side of an upright line `over` mm from the left, if it can. Returns the places taken
    by labels.
    """
    wide, high = room(ax)
    scale = sizes.smallest / Sizes().smallest
    full = Taken(within, taken)
    placed: list[Box] = []
    hopeless: set[Hashable] = set()
    ties: list[tuple[float, float]] = []
    for label in labels:
        for rings, (words, numbers) in _attempts(label, far=far):
            long = width(words, sizes.normal) + (
                _GAP_OF_NUMBERS * scale if words and numbers else 0
            )
            end = long + width(numbers, sizes.smallest)
            tall = line_height(sizes.normal) * 0.8
            for part in (*_side(label, within, over), within):
                # Nothing that is taken is given up: where there was no room, there is none.
                asked = (label.x, label.y, label.left, label.right, end, rings, part)
                found = None
                if asked not in hopeless:
                    found = _free(label, end, tall, full, part, scale, rings)
                if found:
                    break
                hopeless.add(asked)
            if found is None:
                continue
            box, moved = found
            full.add(box)
            placed.append(box)
            look: dict[str, Any] = {"transform": ax.transAxes, "va": "center", "zorder": 6}
            y = (box.low + box.top) / 2 / high
            if words:
                ax.text(
                    box.left / wide, y, words, fontsize=sizes.normal, color=label.colour, **look
                )
            if numbers:
                raised = y + (0.16 * tall / high if words else 0)
                at = (box.left + long) / wide
                ax.text(at, raised, numbers, fontsize=sizes.smallest, color=QUIET, **look)
            if moved:
                near = min(max(label.x, box.left), box.right)
                edge = box.low if box.low > label.y else box.top
                ties += [(near / wide, edge / high), (label.x / wide, label.y / high), _GAP_IN_LINE]
            break
    if ties:
        xs, ys = zip(*ties, strict=True)
        ax.plot(xs, ys, transform=ax.transAxes, color=QUIET, linewidth=0.4, zorder=1.8)
    return placed


def _side(label: Label, within: Box, over: float | None) -> tuple[Box, ...]:
    """Return the part of a box on the side of a line on which a label has its mark."""
    if over is None or not within.left < over < within.right:
        return ()
    ends = {"right": over - _FROM_LINE} if label.x < over else {"left": over + _FROM_LINE}
    return (evolve(within, **ends),)


_FROM_LINE = 0.8  # mm from a line to a label
_GAP_IN_LINE = (float("nan"), float("nan"))
_GAP_OF_NUMBERS = 0.5  # mm between a date and its numbers
_SIDES = ((-1, 0), (-1, 1), (1, 1), (-1, -1), (1, -1), (0, 1), (0, -1), (1, 0))
_NEARBY, _AWAY = range(3), range(3, 24)


def _attempts(label: Label, *, far: bool) -> list[tuple[range, tuple[str, str]]]:
    """Return what a label says, from all of it to the shortest: first nearby, then away."""
    forms = [(label.words, label.numbers), (label.words, "")]
    forms += [(words, "") for words in label.shorter]
    said = [form for form in dict.fromkeys(forms) if any(form)]
    return [(rings, form) for rings in (_NEARBY, _AWAY)[: 1 + far] for form in said]


def _free(
    label: Label,
    long: float,
    tall: float,
    taken: Taken,
    within: Box,
    scale: float,
    rings: range,
) -> tuple[Box, bool] | None:
    """Return the nearest free place for a label, and whether it is away from its mark."""
    for ring in rings:
        away = ring * _STEP * scale
        for right, up in _SIDES:
            near = (_BESIDE if not up else 0.0) * scale + away
            left = {
                -1: label.left - near - long,
                0: label.x - long / 2,
                1: (label.right if not up else label.x) + near,
            }[right]
            low = label.y - tall / 2 + up * (_NEAR * scale + tall / 2 + away)
            right_end, top = left + long, low + tall
            if left < within.left or right_end > within.right:
                continue
            if low < within.low or top > within.top:
                continue
            if not taken.meets(left, low, right_end, top):
                return Box(left, low, right_end, top), ring > 0
    return None


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places near the wanted ones (ascending), at least `gap` apart and within bounds.

    If there is too little room for `gap`, the places are evenly spaced.
    """
    count = len(wanted)
    if not count:
        return []
    gap = min(gap, (high - low) / max(count - 1, 1))
    # Without the gaps before them, the places must not descend: pool neighbours that do, and give
    # each pool its mean (isotonic regression).
    pools: list[list[float]] = []
    for index, place in enumerate(wanted):
        pools.append([place - index * gap, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            size = last[1] + before[1]
            pools.append([(last[0] * last[1] + before[0] * before[1]) / size, size])
    level = chain.from_iterable([mean] * int(size) for mean, size in pools)
    top = high - (count - 1) * gap
    return [min(max(place, low), top) + index * gap for index, place in enumerate(level)]


_HANDLE = 2.2  # in em: the mark of a legend entry; the gap to its text; the gap to the next entry
_GAP, _BETWEEN = 0.5, 1.4


def in_lines(
    texts: Iterable[str], size: float, most: float, breaks: Collection[int] = ()
) -> list[list[int]]:
    """Return the indices of legend entries by line, no line wider than `most` mm.

    The entries whose indices are in `breaks` begin a line.
    """
    lines: list[list[int]] = []
    used = 0.0
    em = size / POINTS
    for index, text in enumerate(texts):
        wide = (_HANDLE + _GAP + _BETWEEN) * em + width(text, size)
        if lines and used + wide <= most and index not in breaks:
            lines[-1].append(index)
            used += wide
        else:
            lines.append([index])
            used = wide
    return lines


def legend(
    ax: Axes,
    entries: Sequence[tuple[Any, str]],
    *,
    most: float,
    size: float = SMALL,
    lift: float = 0.0,
    shift: float = 0.0,
    breaks: Collection[int] = (),
) -> None:
    """Draw a legend `lift` mm above an axes, aligned left, in as many lines as needed.

    It begins `shift` mm left of the axes. The entries whose indices are in `breaks` begin a line.
    """
    lines = in_lines((text for _, text in entries), size, most, breaks)
    wide, high = room(ax)
    for up, line in enumerate(reversed(lines)):
        artist = Legend(
            ax,
            [entries[i][0] for i in line],
            [entries[i][1] for i in line],
            loc="lower left",
            bbox_to_anchor=(-shift / wide, 1 + (1.2 + lift + up * legend_height(1, size)) / high),
            ncols=len(line),
            frameon=False,
            fontsize=size,
            labelcolor=INK,
            borderpad=0,
            borderaxespad=0,
            handlelength=_HANDLE,
            handletextpad=_GAP,
            columnspacing=_BETWEEN,
        )
        artist.set_clip_on(False)
        ax.add_artist(artist)


def legend_height(lines: int, size: float = SMALL) -> float:
    """Return the height of a legend in mm."""
    return lines * line_height(size) * 1.12


def legend_room(
    entries: Iterable[tuple[Any, str]], size: float, most: float, breaks: Collection[int] = ()
) -> float:
    """Return the height in mm that `legend` takes for these entries."""
    lines = in_lines((text for _, text in entries), size, most, breaks)
    return legend_height(len(lines), size)


def quiet_frame(ax: Axes, *, left: bool = False) -> None:
    """Hide the frame of an axes except for its bottom line, and with `left` its left line."""
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(left and side == "left")
    for spine in ax.spines.values():
        spine.set_linewidth(0.5)
        spine.set_color(INK)
