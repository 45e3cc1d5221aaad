"""The shapes of maps: each country once, in its place, ready for matplotlib and for browsers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import pytest
from iso3166 import countries_by_alpha3
from support.paths import ROOT

from recognition_model.plots import shapes

Point = tuple[float, float]
MAPS = [shapes.world(), shapes.region()]


def rings(path: str) -> list[list[Point]]:
    """The polygons of a path, read without the package."""
    return [
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", ring)]
        for ring in path.split("Z")
        if ring
    ]


def holds(path: str, at: Point) -> bool:
    """Whether a point lies within a path: it crosses the boundary an odd number of times."""
    x, y = at
    crossings = 0
    for ring in rings(path):
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def equal_earth(longitude: float, latitude: float) -> Point:
    """The projection as Savric, Patterson and Jenny published it in 2018."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    turned = (longitude - 11 + 180) % 360 - 180
    x = 2 * sqrt(3) * radians(turned) * cos(t) / (3 * slope)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def azimuthal(longitude: float, latitude: float) -> Point:
    """Lambert's azimuthal equal-area projection, centred on 62 E 38 N."""
    at, up, centre = radians(longitude - 62), radians(latitude), radians(38)
    k = sqrt(2 / (1 + sin(centre) * sin(up) + cos(centre) * cos(up) * cos(at)))
    return (
        k * cos(up) * sin(at),
        k * (cos(centre) * sin(up) - sin(centre) * cos(up) * cos(at)),
    )


def in_world(longitude: float, latitude: float) -> Point:
    """Where a place lies on the map of the world: the scale is that of two small islands."""
    dots = shapes.world().dots
    (left, low), (right, _) = equal_earth(-64.76, 32.31), equal_earth(103.82, 1.36)
    (x1, y1), (x2, _) = dots["BMU"], dots["SGP"]
    scale = (x2 - x1) / (right - left)
    x, y = equal_earth(longitude, latitude)
    return x1 + (x - left) * scale, y1 - (y - low) * scale


def in_region(longitude: float, latitude: float) -> Point:
    """Where a place lies on the map of the region: 13 E to 111 E on its parallel, 58 N on top."""
    left, right, top = azimuthal(13, 38)[0], azimuthal(111, 38)[0], azimuthal(62, 58)[1]
    scale = 1000 / (right - left)
    x, y = azimuthal(longitude, latitude)
    return (x - left) * scale, (top - y) * scale


def at(drawn: shapes.Shapes, longitude: float, latitude: float) -> list[str]:
    """The places whose shapes hold a point of the earth."""
    where = in_world if drawn is MAPS[0] else in_region
    point = where(longitude, latitude)
    return [code for code, path in drawn.paths.items() if holds(path, point)]


@pytest.mark.parametrize("drawn", MAPS, ids=["world", "region"])
@pytest.mark.parametrize(
    ("place", "code"),
    [
        ((69.2, 34.5), "AFG"),  # Kabul
        ((51.4, 35.7), "IRN"),  # Tehran
        ((77.2, 28.6), "IND"),  # Delhi
        ((39.0, 45.0), "RUS"),  # Krasnodar, across the strait from Crimea
        ((30.5, 50.4), "UKR"),  # Kyiv
        ((34.1, 44.95), "UKR"),  # Simferopol
        ((34.3, 45.3), "UKR"),  # the middle of Crimea
        ((33.5, 45.6), "UKR"),  # the north of Crimea
    ],
)
def test_a_place_lies_in_its_country_alone(drawn: shapes.Shapes, place: Point, code: str) -> None:
    assert at(drawn, *place) == [code]


def test_the_notes_say_that_crimea_was_moved() -> None:
    assert any("Crimea" in note and "Ukraine" in note for note in shapes.world().notes)


def test_the_far_east_of_russia_is_drawn_beside_the_rest_of_it() -> None:
    assert at(MAPS[0], 178.0, 67.0) == ["RUS"]
    assert at(MAPS[0], -175.0, 66.5) == ["RUS"]
    assert in_world(-175.0, 66.5)[0] > 800


def test_every_country_has_a_shape_or_a_dot_but_antarctica() -> None:
    drawn = shapes.world().paths.keys() | shapes.world().dots.keys()
    assert countries_by_alpha3.keys() - drawn == {"ATA"}
    assert drawn - countries_by_alpha3.keys() == {"somaliland", "north-cyprus"}


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("MLT", 14.4, 35.9),
        ("BHR", 50.55, 26.0),
        ("FJI", 178.0, -17.8),
        ("GUF", -53.2, 4.0),
        ("SJM", 16.5, 78.6),
        ("LUX", 6.1, 49.8),
    ],
)
def test_the_dot_of_a_small_place_lies_where_the_place_does(
    code: str, longitude: float, latitude: float
) -> None:
    x, y = in_world(longitude, latitude)
    assert shapes.world().dots[code] == pytest.approx((x, y), abs=2)


def test_a_country_too_small_to_see_has_a_dot_as_well() -> None:
    both = shapes.world().dots.keys() & shapes.world().paths.keys()
    assert {"LUX", "QAT", "KWT", "BEL"} <= both
    assert not both & {"BGR", "PRT", "AFG", "TJK", "ARE"}


@pytest.mark.parametrize("drawn", MAPS, ids=["world", "region"])
def test_shapes_are_closed_polygons_within_their_box(drawn: shapes.Shapes) -> None:
    ring = r"M-?[\d.]+,-?[\d.]+(L-?[\d.]+,-?[\d.]+){2,}Z"
    for path in drawn.paths.values():
        assert re.fullmatch(f"({ring})+", path)
    corners = [point for path in drawn.paths.values() for one in rings(path) for point in one]
    for x, y in [*corners, *drawn.dots.values()]:
        assert 0 <= x <= drawn.width == 1000
        assert 0 <= y <= drawn.height


def test_the_region_leaves_out_what_lies_far_away() -> None:
    drawn = shapes.region().paths.keys() | shapes.region().dots.keys()
    assert drawn >= {"AFG", "PAK", "IRN", "UZB", "KAZ", "CHN", "IND", "RUS", "TUR", "ARE", "BHR"}
    assert not drawn & {"USA", "CAN", "BRA", "AUS", "JPN", "GBR", "SGP"}


def test_the_numbers_of_iso_3166_are_those_of_the_standard() -> None:
    codes = json.loads((ROOT / "tools/map/codes.json").read_text(encoding="utf-8"))
    standard = {c.numeric: code for code, c in countries_by_alpha3.items() if code != "XKX"}
    assert codes == standard


def test_shapes_load_without_matplotlib() -> None:
    program = (
        "import sys; from recognition_model.plots import shapes; shapes.world();"
        "print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert run.stdout.split() == [b"False", b"False"]


def test_shapes_say_what_they_are() -> None:
    assert str(shapes.world()) == "Equal Earth, central meridian 11 E: 176 shapes, 124 dots"
    assert "world-atlas 2.0.2" in shapes.region().source
