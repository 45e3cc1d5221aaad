"""The page of a picture: how wide and high it is, how large its letters are, and what it says.

A layout does not scale a drawing. The picture is laid out anew for it, so letters keep their size.
Loads no matplotlib.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from attrs import evolve, field, frozen

Caption = Literal["full", "short", "none"]
CAPTIONS: tuple[Caption, ...] = ("full", "short", "none")
SMALLEST_SIZE = 7.0
_HEADING, _TOPIC, _NORMAL, _SMALL = 10.5 / 7, 8 / 7, 8 / 7, 7.5 / 7  # of the smallest letters
WIDTHS = (40.0, 1000.0)  # mm
HEIGHTS = (30.0, 2000.0)
FONT_SIZES = (4.0, 40.0)
RESOLUTIONS = (50, 1200)


@frozen
class Sizes:
    """The sizes of letters in points, from that of the smallest."""

    smallest: float = SMALLEST_SIZE

    @property
    def heading(self) -> float:
        """The title of a page."""
        return self.smallest * _HEADING

    @property
    def topic(self) -> float:
        """The line below the title."""
        return self.smallest * _TOPIC

    @property
    def normal(self) -> float:
        """The names of stages and countries."""
        return self.smallest * _NORMAL

    @property
    def small(self) -> float:
        """Legends, ticks, dates at changes."""
        return self.smallest * _SMALL


@frozen(kw_only=True)
class Layout:
    """A page for a picture.

    `width` and `height` are in mm; without a height the page is as high as the drawing needs.
    `font_size` is that of the smallest letters, in points. `dpi` is the resolution of a PNG.
    `sources` lists the sources of a history below it. `caption` is `short` (what, until when, from
    which sources), `full` (how to read the picture too) or `none`. A `fluid` SVG has no width of
    its own: it fills the column of a web page. With `credit` a picture without a caption says in
    one line what it was made from.
    """

    width: float = field(default=160.0)
    height: float | None = field(default=None)
    font_size: float = field(default=SMALLEST_SIZE)
    dpi: int = field(default=300)
    sources: bool = True
    caption: Caption = "short"
    fluid: bool = False
    credit: bool = False

    @width.validator
    def _some_width(self, _: object, value: float) -> None:
        _within("width", value, WIDTHS, "mm")

    @height.validator
    def _some_height(self, _: object, value: float | None) -> None:
        if value is not None:
            _within("height", value, HEIGHTS, "mm")

    @font_size.validator
    def _some_size(self, _: object, value: float) -> None:
        _within("font size", value, FONT_SIZES, "points")

    @dpi.validator
    def _some_dpi(self, _: object, value: int) -> None:
        _within("resolution", value, RESOLUTIONS, "dots per inch")

    @property
    def sizes(self) -> Sizes:
        """The sizes of letters on the page."""
        return Sizes(self.font_size)

    @property
    def scale(self) -> float:
        """How large things drawn in mm are, against those of the layout `page`."""
        return self.font_size / SMALLEST_SIZE


def _within(what: str, value: float, bounds: tuple[float, float], unit: str) -> None:
    low, high = bounds
    if not low <= value <= high:
        raise ValueError(f"the {what} is {low:g} to {high:g} {unit}, not {value:g}")


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "page": Layout(),
        "column": Layout(width=89, font_size=6),
        "slide": Layout(
            width=338.6,
            height=190.5,
            font_size=14,
            dpi=150,
            sources=False,
            caption="none",
            credit=True,
        ),
        "web": Layout(fluid=True),
    }
)
"""The layouts by name: `page` for a report, `column` for a journal, `slide`, and `web`."""


def layout_for(name: str = "page", **changes: Any) -> Layout:
    """Return the layout of a name, with the fields in `changes` that are not None set anew.

    Raises `KeyError` for an unknown name and `ValueError` for a size outside its bounds.
    """
    return evolve(
        LAYOUTS[name], **{part: value for part, value in changes.items() if value is not None}
    )


@frozen(kw_only=True)
class Links:
    """Addresses for the marks of a picture: of entries by country and number, and of countries.

    The numbers are those of `core.anchors.entry_anchors`.
    """

    entries: Mapping[str, Mapping[int, str]] = field(factory=dict)
    countries: Mapping[str, str] = field(factory=dict)

    def entry(self, country: str, number: int) -> str | None:
        """Return the address of an entry, if it has one."""
        return self.entries.get(country, {}).get(number)

    def country(self, code: str) -> str | None:
        """Return the address of a country, if it has one."""
        return self.countries.get(code)
