"""Names beside points where there is room for them, without covering anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes

from recognition_model.plots.labels import Box, room
from recognition_model.plots.layout import Sizes
from recognition_model.plots.palette import INK
from recognition_model.plots.text import line_height, width

# Lengths in mm on the layout `page`.
_NEAR, _STEP, _RINGS = 1.0, 1.4, 4
_SIDES = ((1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
_POINT, _LINE = 0.5, 0.4  # from the middle of a point or a line that is kept free


def place_names(
    ax: Axes,
    points: Sequence[tuple[float, float, str]],
    *,
    size: float,
    lines: Sequence[Sequence[tuple[float, float]]] = (),
) -> list[str]:
    """Write a name beside each point (x, y, name) that has room near it; return the others.

    The first points come first. A name stands right of its point if it can. It covers no other
    name, no point and none of the `lines`, which are vertical or horizontal. Points and lines are
    in data coordinates.
    """
    scale = size / Sizes().smallest  # the gaps grow with the letters
    wide, high = (side / scale for side in room(ax))
    to_axes = ax.transData + ax.transAxes.inverted()

    def spot(x: float, y: float) -> tuple[float, float]:
        right, up = to_axes.transform((x, y))
        return float(right) * wide, float(up) * high

    spots = [spot(x, y) for x, y, _ in points]
    taken = [Box(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in spots]
    for line in lines:
        (left, low), (right, top) = sorted((spot(*line[0]), spot(*line[-1])))
        low, top = sorted((low, top))
        taken.append(Box(left - _LINE, low - _LINE, right + _LINE, top + _LINE))
    left_out = []
    for (x, y), (_, _, name) in zip(spots, points, strict=True):
        boxes = (box for box in _around(x, y, name) if _free(box, taken, wide, high))
        box = next(boxes, None)
        if box is None:
            left_out.append(name)
            continue
        taken.append(box)
        middle = (box.left + box.right) / 2 / wide, (box.low + box.top) / 2 / high
        look: dict[str, Any] = {"ha": "center", "va": "center", "color": INK, "zorder": 6}
        ax.text(*middle, name, transform=ax.transAxes, fontsize=size, **look)
    return left_out


def _around(x: float, y: float, name: str) -> Iterator[Box]:
    """List the places for a name around a point, the nearest first."""
    long = width(name, Sizes().smallest) + 0.3
    tall = line_height(Sizes().smallest) * 0.82
    for ring in range(_RINGS):
        away = _NEAR + ring * _STEP
        for right, up in _SIDES:
            left = x + right * (away + long / 2) - long / 2
            low = y + up * (away + tall / 2) - tall / 2
            yield Box(left, low, left + long, low + tall)


def _free(box: Box, taken: Sequence[Box], wide: float, high: float) -> bool:
    inside = box.left >= 0 and box.right <= wide and box.low >= 0 and box.top <= high
    return inside and not any(box.meets(other) for other in taken)
