"""The shapes of a map in matplotlib, and which parts of a map are covered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path

from recognition_model.plots.shapes import Shapes

Spot = tuple[float, float]
Points = npt.NDArray[np.float64]
_TRIED = 21  # places across a shape, and down it, for a name within
_CELLS = 125  # of the grid, across a map
LAND, MARKED = 3, 20  # what it costs a name to lie there; the sea costs nothing


@cache
def outline(path: str) -> Path:
    """Read a path of the commands M, L and Z."""
    rings = path.removeprefix("M").removesuffix("Z").split("ZM")
    parts = [np.array(ring.replace("L", ",").split(","), dtype=float) for ring in rings]
    corners = [part.reshape(-1, 2) for part in parts]
    codes = np.full(sum(map(len, corners)) + len(corners), Path.LINETO, dtype=Path.code_type)
    at = 0
    for part in corners:
        codes[at] = Path.MOVETO
        at += len(part) + 1
        codes[at - 1] = Path.CLOSEPOLY
    closed = np.concatenate([points for part in corners for points in (part, part[:1])])
    return Path(closed, codes)


def apart(spots: Mapping[str, Spot], least: float) -> dict[str, Spot]:
    """Move dots away from each other until they are `least` apart, as little as that takes."""
    codes = sorted(spots)
    at: Points = np.array([spots[code] for code in codes], dtype=float).reshape(-1, 2)
    for _ in range(60):
        between = at[:, None] - at[None, :]
        far = np.hypot(between[..., 0], between[..., 1])
        near = (far < least) & ~np.eye(len(codes), dtype=bool)
        if not near.any():
            break
        same = near & (far == 0)  # two dots on one spot part sideways, in the order of their codes
        between[same] = [1e-3, 0.0]
        between[np.tril(same)] *= -1
        size = np.maximum(np.where(near, far, 1), 1e-3)
        push = between / size[..., None] * ((least - far) / 2 * near)[..., None]
        at += push.sum(axis=1) * 0.6
    return {code: (float(x), float(y)) for code, (x, y) in zip(codes, at, strict=True)}


class Ground:
    """What lies where on a map: sea, land, or a country that is marked. Boxes are in map units."""

    def __init__(self, shapes: Shapes, marked: Collection[str]) -> None:
        self._cell = shapes.width / _CELLS
        rows = int(shapes.height / self._cell) + 1
        cost = np.zeros((rows, _CELLS))
        across = (np.arange(_CELLS) + 0.5) * self._cell
        down = (np.arange(rows) + 0.5) * self._cell
        for code, path in shapes.paths.items():
            shape = outline(path)
            points: Points = np.asarray(shape.vertices)
            (left, top), (right, low) = points.min(axis=0), points.max(axis=0)
            columns = slice(*np.searchsorted(across, (left, right)))
            lines = slice(*np.searchsorted(down, (top, low)))
            x, y = np.meshgrid(across[columns], down[lines])
            if x.size:
                inside = shape.contains_points(np.column_stack([x.ravel(), y.ravel()]))
                part = cost[lines, columns]
                value = MARKED if code in marked else LAND
                part[inside.reshape(x.shape)] = value
        self._sums: Points = np.pad(cost.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    def cost(self, left: float, top: float, right: float, low: float) -> float:
        """Return the mean cost of a label that covers a box."""
        rows, columns = len(self._sums) - 1, _CELLS
        x1, x2 = (min(max(int(x / self._cell), 0), columns) for x in (left, right + self._cell))
        y1, y2 = (min(max(int(y / self._cell), 0), rows) for y in (top, low + self._cell))
        sums = self._sums
        total = float(sums[y2, x2] - sums[y1, x2] - sums[y2, x1] + sums[y1, x1])
        return total / max((x2 - x1) * (y2 - y1), 1)


def middle(shape: Path) -> Spot:
    """Return the middle of the largest polygon of a shape."""
    return _centroid(_largest(shape))


def inner_box(shape: Path, wide: float, tall: float, part: float = 1.0) -> Spot | None:
    """Return where a box fits into the largest polygon, near its middle; None if nowhere.

    Less than the whole is enough if `part` is below 1: the share of the box that lies within.
    """
    polygon = _largest(shape)
    (left, top), (right, low) = polygon.min(axis=0), polygon.max(axis=0)
    if right - left < wide * part or low - top < tall * part:
        return None
    over_x, over_y = (max(wide - (right - left), 0) / 2, max(tall - (low - top), 0) / 2)
    left, right, top, low = left - over_x, right + over_x, top - over_y, low + over_y
    x, y = np.meshgrid(
        np.linspace(left + wide / 2, right - wide / 2, _TRIED),
        np.linspace(top + tall / 2, low - tall / 2, _TRIED),
    )
    middles: Points = np.vstack([_centroid(polygon), np.column_stack([x.ravel(), y.ravel()])])
    edge = [(a, b) for a in np.linspace(-0.5, 0.5, 5) for b in (-0.5, 0, 0.5)]
    corners = middles[:, None] + np.array(edge) * (wide, tall)
    within = shape.contains_points(corners.reshape(-1, 2)).reshape(len(middles), -1).mean(axis=1)
    if within.max() < part:
        return None
    far = np.hypot(*(middles - middles[0]).T)
    x_at, y_at = middles[np.where(within == within.max(), far, np.inf).argmin()]
    return float(x_at), float(y_at)


def area(shape: Path) -> float:
    """Return the area of the largest polygon."""
    return abs(float(_areas(_largest(shape)).sum())) / 2


def _largest(shape: Path) -> Points:
    polygons: list[Points] = [np.asarray(one) for one in shape.to_polygons()]
    return max(polygons, key=lambda polygon: abs(float(_areas(polygon).sum())))


def _areas(polygon: Points) -> Points:
    x, y = polygon.T
    areas: Points = x[:-1] * y[1:] - x[1:] * y[:-1]
    return areas


def _centroid(polygon: Points) -> Spot:
    areas = _areas(polygon)
    x, y = ((polygon[:-1] + polygon[1:]) * areas[:, None]).sum(axis=0) / (3 * areas.sum())
    return float(x), float(y)
