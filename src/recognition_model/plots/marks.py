"""Marks on a time axis: strokes, ranges of possible days, and marks that stand for entries.

Marks that look alike are one artist, so that a file stays small. With links each mark of an entry
is an artist with the entry's address.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.markers import CARETLEFT, CARETRIGHT
from matplotlib.path import Path

from recognition_model.plots.labels import Box
from recognition_model.plots.layout import Links
from recognition_model.plots.page import TAKEOVER
from recognition_model.plots.palette import INK
from recognition_model.plots.spans import DayRange, is_open, number
from recognition_model.plots.timeline import Timeline

Segment = tuple[tuple[float, float], tuple[float, float]]
UPRIGHT = Path([(0, -1), (0, -0.5), (0, -0.25), (0, 0.25), (0, 0.5), (0, 1)], [1, 2] * 3)
"""An upright dashed line, as a mark."""
_NOWHERE = float("nan")
_OPEN = 2.5  # mm that the bar of a date goes on where it is open


@frozen
class Ground:
    """An axes measured in mm, for days across and heights in steps of `step` mm from `lowest`."""

    ax: Axes
    axis: Timeline
    wide: float
    high: float
    lowest: float
    step: float
    scale: float = 1.0

    def across(self, day: float) -> float:
        """Return where a day is, in mm from the left."""
        return self.axis.across(day, self.wide)

    def up(self, height: float) -> float:
        """Return where a height is, in mm from below."""
        return (height - self.lowest) * self.step

    def ends(self, moment: DayRange) -> tuple[float, float]:
        """Return both ends of the bar of a date, on the axis; an open side is a bit longer."""
        axis, at = self.axis, self.across(moment.at)
        reach = _OPEN * self.scale
        left = axis.day_at(at - reach, self.wide) if is_open(moment.earliest) else moment.earliest
        right = axis.day_at(at + reach, self.wide) if is_open(moment.latest) else moment.latest
        return axis.inside(left), axis.inside(right)

    @property
    def takeover(self) -> float | None:
        """Where the line of the fall of Kabul stands, in mm from the left; None if off the axis."""
        day = number(TAKEOVER)
        return self.across(day) if self.axis.has(day) else None

    def over_takeover(self, words: Sequence[Box], pad: float = 0.0) -> list[tuple[float, float]]:
        """Return the heights, as parts of the axes, at which words lie over that line."""
        at = self.takeover
        if at is None:
            return []
        return [
            (box.low / self.high, box.top / self.high)
            for box in words
            if box.left - pad < at < box.right + pad
        ]

    def box(self, begins: float, ends: float, low: float, top: float, pad: float = 0.0) -> Box:
        """Return the box of some days and heights, larger by `pad` mm."""
        return Box(
            self.across(begins) - pad,
            self.up(low) - pad,
            self.across(ends) + pad,
            self.up(top) + pad,
        )


def strokes(ax: Axes, segments: Sequence[Segment], **look: Any) -> None:
    """Draw straight strokes as one line with gaps."""
    if not segments:
        return
    points = [point for one in segments for point in (*one, (_NOWHERE, _NOWHERE))]
    xs, ys = zip(*points, strict=True)
    ax.plot(xs, ys, **{"color": INK, "linewidth": 0.8, "clip_on": False, **look})


def ranges(
    on: Ground, moments: Sequence[tuple[DayRange, float]], *, caps: float = 0.7, **look: Any
) -> None:
    """Draw the possible days of dates at their heights, with caps of `caps` mm, open sides with
    arrows.
    """
    bars: list[Segment] = []
    arrows: dict[Any, list[tuple[float, float]]] = {CARETLEFT: [], CARETRIGHT: []}
    cap = caps * on.scale / on.step
    for moment, y in moments:
        if moment.exact:
            continue
        left, right = on.ends(moment)
        bars.append(((left, y), (right, y)))
        sides = ((moment.earliest, left, CARETLEFT), (moment.latest, right, CARETRIGHT))
        for day, end, arrow in sides:
            if is_open(day):
                arrows[arrow].append((end, y))
            elif cap and on.axis.has(day):
                bars.append(((end, y - cap), (end, y + cap)))
    strokes(on.ax, bars, **{"zorder": 3.6, **look})
    for mark, points in arrows.items():
        put(on.ax, points, marker=mark, markersize=2.5 * on.scale, zorder=3.6, color=INK)


def put(ax: Axes, points: Sequence[tuple[float, float]], **look: Any) -> None:
    """Draw marks that look alike."""
    if points:
        xs, ys = zip(*points, strict=True)
        ax.plot(xs, ys, linestyle="none", clip_on=False, **look)


def put_entries(
    ax: Axes,
    entries: Sequence[tuple[int, float, float]],
    country: str,
    links: Links,
    **look: Any,
) -> None:
    """Draw marks of entries (number, x, y) that look alike: apart and with addresses, if any."""
    if not links.entries.get(country):
        put(ax, [(x, y) for _, x, y in entries], **look)
        return
    for entry, x, y in entries:
        address = links.entry(country, entry)
        mark = Line2D([x], [y], linestyle="none", clip_on=False, **look)
        mark.set_gid(f"entry-{entry}")
        if address:
            mark.set_url(address)
        ax.add_line(mark)
