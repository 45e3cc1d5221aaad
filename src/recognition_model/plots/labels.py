"""Place labels beside points without overlaps, and legends within a width."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.legend import Legend

from recognition_model.plots.palette import INK, QUIET
from recognition_model.plots.text import MM, POINTS, SMALL, line_height, width

_NEAR = 1.5  # mm from a point to its label
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


def room(ax: Axes) -> tuple[float, float]:
    """Return the width and height of an axes in mm."""
    box = ax.get_window_extent()
    dpi = ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width / dpi * MM, box.height / dpi * MM


def place(
    ax: Axes,
    points: Sequence[tuple[float, float, str]],
    *,
    size: float,
    marks: float = 1.4,
    lines: Sequence[Sequence[tuple[float, float]]] = (),
) -> None:
    """Write a label beside each point (x, y, text), in data coordinates.

    Labels avoid each other, all points (squares of `marks` mm), vertical and horizontal `lines`,
    and the edge of the axes. A thin line connects a label to its point if it had to move away.
    """
    wide, high = room(ax)
    to_axes = ax.transData + ax.transAxes.inverted()

    def spot(x: float, y: float) -> tuple[float, float]:
        right, up = to_axes.transform((x, y))
        return float(right) * wide, float(up) * high

    spots = [spot(x, y) for x, y, _ in points]
    taken = [Box(x - marks / 2, y - marks / 2, x + marks / 2, y + marks / 2) for x, y in spots]
    for line in lines:
        (left, low), (right, top) = sorted((spot(*line[0]), spot(*line[-1])))
        taken.append(Box(left - 0.2, min(low, top) - 0.2, right + 0.2, max(low, top) + 0.2))
    tall = line_height(size) * 0.82
    for (x, y), (_, _, text) in zip(spots, points, strict=True):
        long = width(text, size) + 0.3
        box, ring = _free(x, y, long, tall, taken, wide, high)
        taken.append(box)
        middle = (box.left + box.right) / 2, (box.low + box.top) / 2
        tie: dict[str, Any] | None = None
        if ring:
            tie = {"arrowstyle": "-", "linewidth": 0.4, "color": QUIET, "shrinkA": 0, "shrinkB": 2}
        ax.annotate(
            text,
            xy=(x / wide, y / high),
            xycoords="axes fraction",
            xytext=(middle[0] / wide, middle[1] / high),
            textcoords="axes fraction",
            ha="center",
            va="center",
            fontsize=size,
            color=INK,
            arrowprops=tie,
            annotation_clip=False,
            zorder=6,
        )


def _free(
    x: float, y: float, long: float, tall: float, taken: list[Box], wide: float, high: float
) -> tuple[Box, int]:
    """Return the nearest free place for a label, and how many rings it is from the point."""
    best: tuple[Box, int] | None = None
    for ring in range(60):
        away = _NEAR * 0.7 + ring * _STEP
        for right, up in ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0)):
            middle_x = x + right * (away + long / 2)
            middle_y = y + up * (away + tall / 2)
            box = Box(
                middle_x - long / 2, middle_y - tall / 2, middle_x + long / 2, middle_y + tall / 2
            )
            inside = box.left >= 0 and box.right <= wide and box.low >= 0 and box.top <= high
            if not inside:
                continue
            best = best or (box, ring)
            if not any(box.meets(other) for other in taken):
                return box, ring
    return best or (Box(x, y, x + long, y + tall), 0)


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


def quiet_frame(ax: Axes, *, left: bool = False) -> None:
    """Hide the frame of an axes except for its bottom line, and with `left` its left line."""
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(left and side == "left")
    for spine in ax.spines.values():
        spine.set_linewidth(0.5)
        spine.set_color(INK)
