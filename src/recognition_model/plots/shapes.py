"""The shapes of countries for maps, projected once: data for pictures and pages, no matplotlib.

`tools/make_map.mjs` makes the file from Natural Earth. Its notes say what was changed: Crimea is
moved to Ukraine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable

FILE = "map.json"
NO_POSITION = "Boundaries imply no position."
"""What every map says."""


@frozen(kw_only=True, repr=False)
class Shapes(Readable):
    """The shapes of one projection in a box of `width` by `height`; y grows downwards.

    `paths` are SVG paths of closed polygons with the commands M, L and Z, by ISO 3166-1 alpha-3
    code. Two keys are no codes: `somaliland` and `north-cyprus`. `dots` are the middles of places
    that have no shape, or one that is too small to see at a width of 160 mm. The map of the region
    has only what lies within its window.
    """

    projection: str
    width: float
    height: float
    paths: Mapping[str, str]
    dots: Mapping[str, tuple[float, float]]
    source: str
    notes: tuple[str, ...]

    def has(self, code: str) -> bool:
        """Whether a country has a shape or a dot on this map."""
        return code in self.paths or code in self.dots

    def __str__(self) -> str:
        return f"{self.projection}: {len(self.paths)} shapes, {len(self.dots)} dots"


@cache
def world() -> Shapes:
    """Return the map of the world, without Antarctica."""
    return _read("world")


@cache
def region() -> Shapes:
    """Return the map of the countries around Afghanistan, from Italy to the west of China."""
    return _read("region")


def _read(name: str) -> Shapes:
    data = _data()
    drawn = data[name]
    return Shapes(
        projection=drawn["projection"],
        width=drawn["width"],
        height=drawn["height"],
        paths=MappingProxyType(drawn["paths"]),
        dots=MappingProxyType({code: (x, y) for code, (x, y) in drawn["dots"].items()}),
        source=data["source"],
        notes=tuple(data["notes"]),
    )


@cache
def _data() -> dict[str, Any]:
    path = Path(__file__).with_name(FILE)
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
