"""Picture of where countries stand on a day: a map of the world, or of the region.

Several days are drawn as small maps with one legend. The shapes are those of `plots.shapes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Circle, Patch, PathPatch, Rectangle

from recognition_model.core.countries import name_of
from recognition_model.core.day_words import day_in_words
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import EDGE, Margins, Options, drawing
from recognition_model.plots.labels import in_lines, legend, legend_height, room
from recognition_model.plots.map_day import HOME, Form, MapDay, MapView, Stand
from recognition_model.plots.map_labels import Name, write_names
from recognition_model.plots.map_look import NO_RECORD, SEAM, entries, look_of
from recognition_model.plots.map_words import brief as brief
from recognition_model.plots.map_words import describe as describe
from recognition_model.plots.map_words import findings, nothing_to_show, view_of
from recognition_model.plots.map_words import notes as notes
from recognition_model.plots.map_words import table as table
from recognition_model.plots.map_words import title as title
from recognition_model.plots.map_words import topic as topic
from recognition_model.plots.outlines import Ground, Spot, apart, middle, outline
from recognition_model.plots.palette import FAINT, INK, PAPER, QUIET
from recognition_model.plots.shapes import NO_POSITION, Shapes
from recognition_model.plots.text import POINTS, line_height, widest, width

_NAMED = Stage.AMBASSADOR_ACCEPTED  # from this stage on, countries are named on the map
_MOST_NAMES = 12
_FURTHEST, _BESIDE = 40.0, 6.0  # mm from a country to its name, and where it matters less
_SHORT = {"ARE": "UAE", "GBR": "UK", "USA": "USA"}  # where a map has no room for the whole name
_RADIUS = 0.75  # mm, of a dot on a page
_PAGE = 156.0  # mm: the width of a map on a page
_NARROW = 120.0  # mm: below this, several maps stand one below the other
_LEAST = 40.0  # mm: the width of the smallest map
_GAP = 3.0  # mm between maps
_HANDLE = 3.0  # in em: the mark of a legend entry and the gap to its text


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the map of a day, or of each of several days, into an axes of any size.

    Outside of a page, which has a caption, the map itself says that boundaries imply no position.
    """
    view = view_of(replays, options)
    wide, high = room(ax)
    ax.axis("off")
    if len(view.maps) == 1:
        _Map.into(ax, view.shapes, view.maps[0], options).draw()
    else:
        columns = _best(view, options, wide, high)
        for at, one in enumerate(view.maps):
            cell = _cell(at, len(view.maps), columns, wide, high)
            _Map.into(ax.inset_axes(cell), view.shapes, one, options, small=True).draw()
    if not options.among or _line(options):
        look = {"fontsize": options.sizes.smallest, "color": QUIET, "transform": ax.transAxes}
        ax.text(0, (0.5 - _line(options)) / high, NO_POSITION, fontdict=look)
    if options.legend:
        found, breaks = entries(view.maps, options.scale)
        legend(ax, found, most=wide, size=options.sizes.small, breaks=breaks)
    return ax


def _columns(view: MapView, options: Options) -> int:
    """Return how many maps stand side by side on a page as high as they need."""
    narrow = options.layout.width < _NARROW * options.scale
    return 1 if len(view.maps) == 1 or narrow else 2


def _best(view: MapView, options: Options, wide: float, high: float) -> int:
    """Return how many maps stand side by side in a room, so that they are as large as possible."""

    def size(columns: int) -> float:
        rows = ceil(len(view.maps) / columns)
        across = (wide - _GAP * (columns - 1)) / columns
        tall = (high - _GAP * (rows - 1)) / rows - _head(options)
        return min(across / view.shapes.width, tall / view.shapes.height)

    return max(range(1, len(view.maps) + 1), key=size)


def _cell(
    at: int, maps: int, columns: int, wide: float, high: float
) -> tuple[float, float, float, float]:
    """Return the box of a small map within the axes: left, low, width, height."""
    rows = ceil(maps / columns)
    across = (wide - _GAP * (columns - 1)) / columns
    tall = (high - _GAP * (rows - 1)) / rows
    row, column = divmod(at, columns)
    low = (rows - 1 - row) * (tall + _GAP)
    return column * (across + _GAP) / wide, low / high, across / wide, tall / high


def _line(options: Options) -> float:
    """The height in mm below the maps of a page that has no caption, for what that would say."""
    without = bool(options.among) and options.layout.caption == "none"
    return line_height(options.sizes.smallest) * 1.2 if without else 0.0


def _head(options: Options) -> float:
    """The height in mm of the day above a small map, and of what is found on it."""
    return line_height(options.sizes.small, 2) * 1.1


@frozen
class _Map:
    """One map in its axes. `unit` is the size of a unit of the shapes in mm."""

    ax: Axes
    shapes: Shapes
    day: MapDay
    options: Options
    unit: float
    small: bool

    @classmethod
    def into(
        cls, ax: Axes, shapes: Shapes, day: MapDay, options: Options, *, small: bool = False
    ) -> _Map:
        """Set the limits of an axes so that the map is as large as it can be, in the middle."""
        wide, high = room(ax)
        head = _head(options) if small else 0.0
        unit = min(wide / shapes.width, max(high - head, 1.0) / shapes.height)
        left = (wide / unit - shapes.width) / 2
        above = (high / unit - shapes.height + head / unit) / 2
        ax.axis("off")
        ax.set_xlim(-left, wide / unit - left)
        ax.set_ylim(high / unit - above, -above)
        return cls(ax, shapes, day, options, unit, small)

    @property
    def scale(self) -> float:
        """How large dots and lines are, against those of a page: less on a smaller map."""
        page = _PAGE * self.options.scale
        return self.options.scale * sqrt(min(self.shapes.width * self.unit / page, 1.0))

    @property
    def radius(self) -> float:
        """The radius of a dot in units of the shapes."""
        return _RADIUS * self.scale / self.unit

    def draw(self) -> None:
        stands = {stand.country: stand for stand in self.day.stands}
        dots = {code: self.shapes.dots[code] for code in stands if code in self.shapes.dots}
        dots = apart(dots, 2 * self.radius)
        self._ground({*stands, HOME})
        for stand in stands.values():
            self._country(stand, dots.get(stand.country))
        if self.options.region:
            frame = Rectangle((0, 0), self.shapes.width, self.shapes.height, facecolor="none")
            frame.set(edgecolor=FAINT, linewidth=2 * SEAM * self.scale)
            self.ax.add_patch(frame)
        self._names(dots)
        self._heading()

    def _ground(self, others: set[str]) -> None:
        """Draw the countries without a record, and Afghanistan."""
        paths = self.shapes.paths
        shown = [outline(path) for code, path in paths.items() if code not in others]
        line = SEAM * self.scale
        ground = PathCollection(shown, facecolors=NO_RECORD, edgecolors=PAPER, linewidths=line)
        ground.set_gid(self._gid("no-record"))
        self.ax.add_collection(ground, autolim=False)
        home = PathPatch(outline(paths[HOME]), facecolor=INK, edgecolor=PAPER, linewidth=line)
        self._add(home, f"map-{HOME}", HOME)

    def _country(self, stand: Stand, dot: Spot | None) -> None:
        """Draw a country: its shape, a dot, or both."""
        code, look = stand.country, look_of(stand, self.scale)
        if path := self.shapes.paths.get(code):
            outlined = look["edgecolor"] != PAPER  # lies over the seams of its neighbours
            shape = PathPatch(outline(path), zorder=1.3 if outlined else 1.2, **look)
            self._add(shape, f"map-{code}", code)
        if dot:
            if stand.form is not Form.LATER:
                look |= {"edgecolor": INK, "linewidth": 1.2 * SEAM * self.scale}
            gid = f"map-dot-{code}" if path else f"map-{code}"
            self._add(Circle(dot, self.radius, zorder=2, **look), gid, code)

    def _add(self, patch: Patch, gid: str, code: str) -> None:
        patch.set_gid(self._gid(gid))
        if address := self.options.links.country(code):
            patch.set_url(address)
        self.ax.add_artist(patch)

    def _gid(self, name: str) -> str:
        return f"{name}-{self.day.day}" if self.small else name

    def _names(self, dots: Mapping[str, Spot]) -> None:
        """Name the countries at the highest stages, if they are not many, and Afghanistan.

        A map of the region names the others too, those with a ban first, where there is room.
        """
        highest = self.day.rungs[-1]
        named = self.day.rungs[-2] if self.options.measure else _NAMED
        high = [one for one in self.day.stands if one.stage and one.stage >= named]
        if len(high) > _MOST_NAMES:
            high = [one for one in high if one.stage is highest]
        if len(high) > _MOST_NAMES:
            high = []
        sizes = self.options.sizes
        size = sizes.smallest if self.small else sizes.small
        names = [
            self._name(stand, dots, size, _FURTHEST)
            for stand in sorted(high, key=lambda one: (one.stage is not highest, one.country))
        ]
        home = middle(outline(self.shapes.paths[HOME]))
        least = sizes.smallest
        names.append(Name(HOME, name_of(HOME), home, INK, least, least, furthest=0))
        if self.options.region and not self.small:
            others = [one for one in self.day.stands if one not in high and one.stage]
            others.sort(key=lambda one: (one.stage is not Stage.BANNED, one.country))
            names += [
                self._name(one, dots, least, _FURTHEST if one.stage is Stage.BANNED else _BESIDE)
                for one in others
            ]
        marked = {stand.country for stand in self.day.stands} | {HOME}
        write_names(
            self.ax,
            self.shapes,
            names,
            dots=list(dots.values()),
            radius=self.radius,
            unit=self.unit,
            ground=lambda: Ground(self.shapes, marked),
        )

    def _name(self, stand: Stand, dots: Mapping[str, Spot], size: float, furthest: float) -> Name:
        code, least = stand.country, self.options.sizes.smallest
        spot = dots.get(code) or middle(outline(self.shapes.paths[code]))
        text, colour = _SHORT.get(code) or name_of(code), look_of(stand)["facecolor"]
        return Name(code, text, spot, colour, size, least, furthest * self.options.scale)

    def _heading(self) -> None:
        """Write the day of a small map, and below it who recognises."""
        if not self.small or self.day.day is None:
            return
        size = self.options.sizes.small
        wide, _ = room(self.ax)
        said = findings(self.day.stands, self.options)
        fits = [text for text in said if width(text, size) <= wide]
        up = line_height(size) / self.unit
        look: dict[str, Any] = {"fontsize": size, "color": INK}
        self.ax.text(0, -1.35 * up, day_in_words(self.day.day), fontweight="bold", **look)
        self.ax.text(0, -0.3 * up, "".join(fits[:1]), **look)


# --- the page --------------------------------------------------------------------------------


def _wide(options: Options) -> float:
    return options.layout.width - 2 * EDGE


def _tall(view: MapView, options: Options, across: float, columns: int) -> float:
    """Return the height in mm of maps of a width, in some columns."""
    rows = ceil(len(view.maps) / columns)
    head = _head(options) if len(view.maps) > 1 else 0.0
    return rows * (across * view.shapes.height / view.shapes.width + head) + (rows - 1) * _GAP


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that maps as wide as the page take."""
    view = view_of(replays, options)
    columns = _columns(view, options)
    return _tall(view, options, (_wide(options) - _GAP * (columns - 1)) / columns, columns)


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the least height in mm of the axes: that of the smallest maps, side by side."""
    view, across = view_of(replays, options), _LEAST * options.scale
    fit = int((_wide(options) + _GAP) / (across + _GAP))
    return _tall(view, options, across, min(max(fit, 1), len(view.maps)))


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the legend."""
    above = 0.0
    if options.legend:
        found, breaks = entries(view_of(replays, options).maps, options.scale)
        size = options.sizes.small
        lines = in_lines((text for _, text in found), size, _wide(options), breaks)
        above = legend_height(len(lines), size) + 2.5
    return Margins(left=EDGE, right=EDGE, above=above, below=1.0 + _line(options))


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why the map would show nothing, mislead or not fit, or nothing."""
    if reason := nothing_to_show(replays, options):
        return reason
    if options.legend:
        found, _ = entries(view_of(replays, options).maps, options.scale)
        size = options.sizes.small
        if widest((text for _, text in found), size) + _HANDLE * size / POINTS > _wide(options):
            return (
                f"a page {options.layout.width:g} mm wide is too narrow for this picture: take a"
                " wider one, or smaller letters"
            )
    return ""
