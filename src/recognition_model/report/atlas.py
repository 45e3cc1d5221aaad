"""The map of a page: the shape of each country with the look of its stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from recognition_model.core.basis import Basis
from recognition_model.core.stages import Stage
from recognition_model.plots import shapes
from recognition_model.report.view import Land, MapView, Row, Standing

HOME = "AFG"
_SCALE = 10
_POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_LOOKS = {
    Basis.SILENT: "pale",
    Basis.ASSUMED: "pale",
    Basis.REVIEWED: "dotted",
    Basis.BEYOND: "hatched",
}


def map_view(countries: Sequence[Standing], pages: str = "#{}") -> MapView | None:
    """Put countries on a map of the world, each with the stage of its row; None if it shows none.

    `pages` is the address of a country's section or page, with its code left open.
    """
    world = shapes.world()
    shown = [one for one in countries if one.code in world.paths or one.code in world.dots]
    if not shown:
        return None
    codes = {one.code for one in shown}
    return MapView(
        width=round(world.width * _SCALE),
        height=round(world.height * _SCALE),
        others=_short("".join(d for code, d in world.paths.items() if code not in {HOME, *codes})),
        home=_short(world.paths[HOME]),
        lands=tuple(
            Land(
                code=one.code,
                href=pages.format(one.code),
                words=f"{one.name}: {one.row.words}",
                look=_look(one.row),
                path=_short(world.paths.get(one.code, "")),
                dot=_tenths(world.dots.get(one.code)),
            )
            for one in shown
        ),
        counts=_counts([one.row for one in shown]),
        note=shapes.NO_POSITION,
        source=world.source,
    )


def _short(path: str) -> str:
    """Write a path in few letters: in tenths, each point from the one before."""
    rings = [
        [(round(float(x) * _SCALE), round(float(y) * _SCALE)) for x, y in _POINT.findall(ring)]
        for ring in path.split("Z")
    ]
    return "".join(map(_ring, filter(None, rings)))


def _ring(points: Sequence[tuple[int, int]]) -> str:
    (x, y), *_ = points
    moves = [(after[0] - at[0], after[1] - at[1]) for at, after in pairwise(points)]
    steps = " ".join(f"{dx}{'' if dy < 0 else ' '}{dy}" for dx, dy in moves)
    return f"M{x} {y}l{steps}z".replace(" -", "-")


def _tenths(dot: tuple[float, float] | None) -> tuple[int, int] | None:
    return (round(dot[0] * _SCALE), round(dot[1] * _SCALE)) if dot else None


def _look(row: Row) -> str:
    """Name the classes of a shape: its stage or `open`, and the form of what it rests on."""
    stage = f"s{row.stages[0].rank}" if len(row.stages) == 1 else "open"
    return f"{stage} {_LOOKS.get(row.basis, '')}".strip() if row.basis else "none"


def _counts(rows: Sequence[Row]) -> tuple[int, ...]:
    """Count the countries at each stage, and at the end those that may be at several."""
    one = [row.stages[0] for row in rows if len(row.stages) == 1]
    return (*map(one.count, Stage), len(rows) - len(one))
