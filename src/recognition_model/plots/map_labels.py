"""Names of countries on a map: inside where they fit, or beside with a line, never overlapping."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import cos, pi, sin
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve, field, frozen
from matplotlib.axes import Axes
from matplotlib.path import Path

from recognition_model.plots.outlines import Ground, Spot, area, inner_box, outline
from recognition_model.plots.palette import INK, PAPER, ink_on
from recognition_model.plots.shapes import Shapes
from recognition_model.plots.text import line_height, width

_NEAREST, _STEP = 1.8, 1.5  # mm from a country to its name
_TURNS = 20  # directions that are tried
_MOSTLY = 0.7  # of a name that may reach over the border of its country
_COVERED = 0.4  # of a country, at most, by a name that reaches over its border
_DISTANCE = 1.2  # what a millimetre costs; see `outlines` for what lies under the name
_AIR = 0.5  # mm around a name


@frozen
class Name:
    """A name to write: its country, where that lies, the colour there, and the size of letters.

    A name that does not fit into its shape stands up to `furthest` mm beside it, with a line, or
    is left out. It is written in letters of size `smaller` if only these fit.
    """

    code: str
    text: str
    spot: Spot
    colour: str
    size: float
    smaller: float
    furthest: float = 40.0


@frozen
class _Box:
    left: float
    top: float
    right: float
    low: float

    @classmethod
    def around(cls, middle: Spot, wide: float, tall: float) -> _Box:
        (x, y), half, up = middle, wide / 2, tall / 2
        return cls(x - half, y - up, x + half, y + up)

    @property
    def middle(self) -> Spot:
        return (self.left + self.right) / 2, (self.top + self.low) / 2

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.low
            and other.top < self.low
        )

    def nearest(self, spot: Spot) -> Spot:
        """Return the point of the box that is nearest to a spot."""
        x, y = spot
        return min(max(x, self.left), self.right), min(max(y, self.top), self.low)

    def cut_by(self, line: tuple[Spot, Spot]) -> bool:
        """Whether a line runs through the box."""
        (x1, y1), (x2, y2) = line
        first, last = 0.0, 1.0  # the part of the line that is inside
        for start, end, low, high in (
            (x1, x2, self.left, self.right),
            (y1, y2, self.top, self.low),
        ):
            if start == end:
                if not low < start < high:
                    return False
                continue
            enters, leaves = sorted(((low - start) / (end - start), (high - start) / (end - start)))
            first, last = max(first, enters), min(last, leaves)
        return first < last


@frozen
class _Taken:
    """What names must not cover: dots, other names and their lines."""

    boxes: list[_Box] = field(factory=list)
    lines: list[tuple[Spot, Spot]] = field(factory=list)

    def free(self, box: _Box) -> bool:
        clear = not any(box.meets(other) for other in self.boxes)
        return clear and not any(box.cut_by(line) for line in self.lines)

    def clear(self, line: tuple[Spot, Spot], names: Sequence[_Box]) -> bool:
        crossed = any(_cross(line, other) for other in self.lines)
        return not crossed and not any(box.cut_by(line) for box in names)


def write_names(
    ax: Axes,
    shapes: Shapes,
    names: Sequence[Name],
    *,
    dots: Sequence[Spot],
    radius: float,
    unit: float,
    ground: Callable[[], Ground],
) -> None:
    """Write names on a map of which one unit is `unit` mm. One without room is left out.

    `dots` have this radius, in map units. Names inside their country come first.
    """
    taken = _Taken(boxes=[_Box.around(dot, 2 * radius, 2 * radius) for dot in dots])
    outside: list[Name] = []
    written: list[_Box] = []
    for name in names:
        shape = shapes.paths.get(name.code) if name.spot not in dots else None
        found = _inside(name, outline(shape), unit, taken) if shape else None
        if found is None:
            outside += [name] if name.furthest else []
            continue
        fitted, box, whole = found
        taken.boxes.append(box)
        written.append(box)
        patch = {"boxstyle": "square,pad=0.1", "facecolor": name.colour, "linewidth": 0}
        if not whole:
            patch |= {"facecolor": PAPER, "alpha": 0.8}
        _text(ax, fitted, box.middle, ink_on(name.colour) if whole else INK, patch)
    if not outside:
        return
    here = ground()
    for name in outside:
        beside = _room(name, shapes, unit, here, taken, written)
        if beside is None:
            continue
        box, line = beside
        taken.boxes.append(box)
        taken.lines.append(line)
        written.append(box)
        x, y = zip(*line, strict=True)
        look: dict[str, Any] = {"zorder": 5, "clip_on": False, "marker": "o", "markevery": [0]}
        thick, dot = name.size * 0.07, name.size * 0.22
        ax.plot(x, y, color=PAPER, linewidth=thick * 2.6, markersize=dot * 1.6, alpha=0.8, **look)
        ax.plot(
            x,
            y,
            color=INK,
            linewidth=thick,
            markersize=dot,
            markeredgewidth=0,
            gid=f"line-{name.code}",
            **look,
        )
        patch = {"boxstyle": "square,pad=0.08", "facecolor": PAPER, "alpha": 0.8, "linewidth": 0}
        _text(ax, name, box.middle, INK, patch)


def _extent(name: Name, unit: float) -> tuple[float, float]:
    """Return the width and the height of a name in map units, with a little air."""
    wide = width(name.text, name.size) + _AIR
    return wide / unit, line_height(name.size) * 0.86 / unit


def _text(ax: Axes, name: Name, at: Spot, colour: str, patch: dict[str, object]) -> None:
    ax.text(
        *at,
        name.text,
        fontsize=name.size,
        color=colour,
        ha="center",
        va="center",
        bbox=patch,
        zorder=6,
        gid=f"name-{name.code}",
    )


def _inside(name: Name, shape: Path, unit: float, taken: _Taken) -> tuple[Name, _Box, bool] | None:
    """Return a free place for a name in its country, and whether the whole of it lies there."""
    small = evolve(name, size=name.smaller)
    for tried, part in ((name, 1.0), (small, 1.0), (small, _MOSTLY)):
        wide, tall = _extent(tried, unit)
        if part < 1 and (not name.furthest or wide * tall > _COVERED * area(shape)):
            break
        at = inner_box(shape, wide, tall, part)
        if at is not None and taken.free(box := _Box.around(at, wide, tall)):
            return tried, box, part == 1
    return None


def _room(
    name: Name,
    shapes: Shapes,
    unit: float,
    ground: Ground,
    taken: _Taken,
    names: Sequence[_Box],
) -> tuple[_Box, tuple[Spot, Spot]] | None:
    """Return the cheapest free place for a name, and its line; None if there is none."""
    best: tuple[_Box, tuple[Spot, Spot]] | None = None
    least, spot = float("inf"), name.spot
    for far, box in _places(spot, *_extent(name, unit), unit):
        if far > name.furthest or far * _DISTANCE >= least:
            break
        if box.left < 0 or box.top < 0 or box.right > shapes.width or box.low > shapes.height:
            continue
        cost = far * _DISTANCE + ground.cost(box.left, box.top, box.right, box.low)
        if cost >= least or not taken.free(box):
            continue
        line = spot, box.nearest(spot)
        if taken.clear(line, names):
            best, least = (box, line), cost
    return best


def _places(spot: Spot, wide: float, tall: float, unit: float) -> Iterator[tuple[float, _Box]]:
    """Give boxes around a spot, near ones first, with their distance in mm."""
    x, y = spot
    far = _NEAREST
    while True:
        for turn in range(_TURNS):
            angle = 2 * pi * turn / _TURNS
            right, down = cos(angle), sin(angle)
            middle = x + right * (far / unit + wide / 2), y + down * (far / unit + tall / 2)
            yield far, _Box.around(middle, wide, tall)
        far += _STEP


def _cross(one: tuple[Spot, Spot], other: tuple[Spot, Spot]) -> bool:
    """Whether two lines cross."""

    def side(a: Spot, b: Spot, c: Spot) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, c, d) != side(b, c, d) and side(a, b, c) != side(a, b, d)
