"""Picture of the number of countries at each stage over time.

Only countries with a record on the first day of a panel are counted, so no area grows or shrinks
because a record begins or ends. Where a record ends, its last stage is carried forward in a paler
tint to the last day shown; nothing is carried backward.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.counts import Panel, panels
from recognition_model.plots.counts import why_not as why_not
from recognition_model.plots.labels import (
    legend,
    legend_room,
    quiet_frame,
    room,
    spread,
)
from recognition_model.plots.page import EDGE, Margins, Options, Table, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET, colour_of, paler
from recognition_model.plots.share_layout import (
    TEXT,
    Place,
    head_height,
    heading_of,
    layout_of,
    lines_of,
    stacked,
    unnamed,
)
from recognition_model.plots.share_words import brief as brief
from recognition_model.plots.share_words import describe as describe
from recognition_model.plots.share_words import notes as notes
from recognition_model.plots.share_words import title as title
from recognition_model.plots.share_words import topic as topic
from recognition_model.plots.spans import day_of
from recognition_model.plots.text import line_height, widest
from recognition_model.plots.timeline import (
    TAKEOVER_WORDS,
    Timeline,
    shade_undocumented,
    undocumented_patch,
)

_HEIGHT, _STACKED = 68.0, 105.0  # mm of one panel or two side by side, and of one above another
_LEAST = 32.0  # mm that a panel needs
_BETWEEN = 0.6  # mm between two labels, or less
_SEAM = 1.2  # points: the white line between two stages
_LOW = 40.0  # mm: a lower panel has fewer ticks
# The parts of a stage from the bottom up, as (carried forward, assumed).
_PARTS = ((1, 1), (0, 1), (0, 0), (1, 0))
_PALE, _HOLLOW = 0.5, 0.9  # how much white is in a stage that is carried forward or assumed
# Visible on every area, dark, pale or hollow: dark lines on a wash of white.
_UNSURE: dict[str, Any] = {
    "facecolor": (1.0, 1.0, 1.0, 0.45),
    "edgecolor": INK,
    "hatch": "xxxxxx",
    "linewidth": 0,
}


def look_of(stage: Stage, *, carried: int, assumed: int) -> dict[str, Any]:
    """Return the look of a part of a stage: solid or hollow, striped where carried forward."""
    colour = colour_of(stage)
    stripes = {"hatch": "////"} if carried else {}
    if assumed:
        hollow = paler(colour, _HOLLOW)
        return {"facecolor": hollow, "edgecolor": colour, "linewidth": 0.8, **stripes}
    if carried:
        return {"facecolor": paler(colour, _PALE), "edgecolor": colour, "linewidth": 0, **stripes}
    return {"facecolor": colour, "edgecolor": PAPER, "linewidth": 0.4}


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw stacked areas over time into an axes; dates are matplotlib date numbers.

    Two panels are two axes within the given one, side by side or, on a narrow page, one above the
    other. Raises `PictureError` for fewer than five countries.
    """
    shown = panels(replays, options)
    size = room(ax)
    places = layout_of(shown, options, size)
    if len(shown) > 1:
        ax.axis("off")
    for panel, place in zip(shown, places, strict=True):
        inner = ax if len(shown) == 1 else ax.inset_axes(place.fractions(size))
        axis = place.axis
        _draw_panel(inner, panel, axis, options)
        if axis.worded or axis.fold is not None or len(shown) == 1:
            _mark(inner, axis, options.scale)
        look: dict[str, Any] = {"fontsize": options.sizes.small, "color": INK}
        if len(shown) > 1:
            x, y = place.left / size[0], (place.top + place.title - 0.5) / size[1]
            ax.text(x, y, "\n".join(place.words), transform=ax.transAxes, va="top", **look)
        if not place.left:
            inner.set_ylabel(_counted(shown), **look)
    _labels(ax, shown[-1], places[-1], size, options)
    if options.legend:
        left = _left(shown, options) - EDGE
        most = left + size[0] + _right(shown[-1], options) - EDGE
        lift = places[0].axis.head if len(shown) == 1 else 0
        entries = _entries(shown, places, options)
        breaks = (len(_stages(shown, options)),)
        letters = options.sizes.small
        legend(ax, entries, most=most, size=letters, lift=lift, shift=left, breaks=breaks)
    return ax


def _counted(shown: Sequence[Panel]) -> str:
    """Return the words at the left of the counts."""
    return "countries" if len(shown) > 1 else f"countries (n = {shown[0].of})"


def _draw_panel(ax: Axes, panel: Panel, axis: Timeline, options: Options) -> None:
    counted, scale = panel.counted, options.scale
    wide, _ = room(ax)
    axis.put_on(ax, wide)
    ax.set_ylim(0, panel.of)
    quiet_frame(ax, left=True)
    ticks_look: dict[str, Any] = {"length": 2.5 * scale, "width": 0.5 * scale, "colors": INK}
    ax.tick_params(axis="y", labelsize=options.sizes.small, **ticks_look)
    ticks = MaxNLocator(6 if room(ax)[1] > _LOW * scale else 3, integer=True).tick_values(
        0, panel.of
    )
    ax.set_yticks([tick for tick in ticks if tick <= panel.of])
    shade_undocumented(ax, axis.first, float(counted.days[0]))
    shade_undocumented(ax, counted.end, axis.last)
    edges = np.append(counted.days, counted.end)
    low = np.zeros(len(counted.days), dtype=int)
    for stage in options.rungs:
        for carried, assumed in _PARTS:
            count = counted.parts[:, stage.rank, carried, assumed]
            if (carried or assumed) and not count.any():
                continue
            areas = _areas(edges, low, low + count)
            look = look_of(stage, carried=carried, assumed=assumed)
            area = PolyCollection(areas, zorder=2.7 if assumed else 2, **look)
            area.set_gid(f"stage-{stage.rank + 1}" + "-carried" * carried + "-assumed" * assumed)
            ax.add_collection(area, autolim=False)
            low = low + count
        ax.step(
            edges,
            np.append(low, low[-1]),
            where="post",
            color=PAPER,
            linewidth=_SEAM * scale,
            zorder=2.5,
        )
    unsure = [
        area
        for line in range(1, len(options.rungs))
        for area in _areas(edges, counted.least[:, line], counted.most[:, line])
    ]
    if unsure:
        band = PolyCollection(unsure, zorder=3, **_UNSURE)
        band.set_gid("uncertain")
        ax.add_collection(band, autolim=False)
    ax.set_xlim(axis.first, axis.last)


def _mark(ax: Axes, axis: Timeline, scale: float) -> None:
    """Mark the days that the axis names, above the areas."""
    axis.mark_days(ax, room(ax)[0])
    for line in ax.lines:
        if line.get_gid() == "takeover":
            edge = withStroke(linewidth=2 * scale, foreground=PAPER)
            line.set(zorder=3.6, linewidth=0.6 * scale, path_effects=[edge])


def _areas(edges: Any, low: Any, high: Any) -> list[Any]:
    """Return the outlines of a step area: one for each stretch in which it has a height."""
    has = np.concatenate([[0], (high > low).astype(int), [0]])
    steps = np.diff(has)
    return [
        _area(edges[begin : end + 1], low[begin:end], high[begin:end])
        for begin, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    ]


def _area(edges: Any, low: Any, high: Any) -> Any:
    """Return the outline of a step area; `low` and `high` are its bounds between two edges."""
    x = np.repeat(edges, 2)[1:-1]
    return np.concatenate(
        [np.stack([x, np.repeat(high, 2)], -1), np.stack([x, np.repeat(low, 2)], -1)[::-1]]
    )


def _labels(
    ax: Axes, panel: Panel, place: Place, size: tuple[float, float], options: Options
) -> None:
    """Write the counts on the last day shown at the right, as near to their areas as they fit."""
    wide, high = size
    scale, sizes = options.scale, options.sizes
    lines = lines_of(panel, options)
    tops = np.cumsum([line.count for line in lines])
    middles = [float(top) - line.count / 2 for top, line in zip(tops, lines, strict=True)]
    each = place.tall / panel.of
    wanted = [place.bottom + middle * each for middle in middles]
    heading = heading_of(panel, options)
    room_for = high - head_height(heading, options)
    spare = room_for - sum(line.tall for line in lines)
    gap = max(min(_BETWEEN * scale, spare / len(lines)), 0.0)
    steps = [(a.tall + b.tall) / 2 + gap for a, b in pairwise(lines)]
    offsets = np.cumsum([0.0, *steps])
    low, top = lines[0].tall / 2, room_for - lines[-1].tall / 2
    level = spread(
        [y - up for y, up in zip(wanted, offsets, strict=True)], 0.0, low, top - offsets[-1]
    )
    across = ax.transAxes
    for line, want, up, base in zip(lines, wanted, offsets, level, strict=True):
        y = base + up
        if line.count:
            reach = [1 + 0.3 / wide, 1 + 2.0 * scale / wide]
            tie: dict[str, Any] = {"color": QUIET, "linewidth": 0.5 * scale, "clip_on": False}
            ax.plot(reach, [want / high, y / high], transform=across, **tie)
        first = y + (line.tall - line_height(sizes.small)) / 2
        ax.plot(
            [1 + 3.2 * scale / wide],
            [first / high],
            transform=across,
            linestyle="none",
            marker="s",
            markersize=5 * scale,
            markerfacecolor=look_of(line.stage, carried=0, assumed=line.assumed)["facecolor"],
            markeredgecolor=colour_of(line.stage) if line.assumed else INK,
            markeredgewidth=(0.8 if line.assumed else 0.5) * scale,
            clip_on=False,
        )
        look: dict[str, Any] = {"transform": across, "va": "center"}
        left = 1 + TEXT * scale / wide
        for at, text in enumerate(line.words):
            middle = (first - line_height(sizes.small, at)) / high
            colour = INK if line.count else QUIET
            ax.text(left, middle, text, fontsize=sizes.small, color=colour, **look)
        if line.detail:
            below = first - line_height(sizes.small, len(line.words))
            below += (line_height(sizes.small) - line_height(sizes.smallest)) / 2
            detail: dict[str, Any] = {"fontsize": sizes.smallest, "color": QUIET}
            ax.text(left, below / high, line.detail, **detail, **look)
    above = float(level[-1] + offsets[-1]) + lines[-1].tall / 2 + head_height(heading, options)
    ax.text(
        1 + 2.4 * scale / wide,
        min(above, high) / high,
        "\n".join(heading),
        transform=across,
        fontsize=sizes.smallest,
        color=INK,
        va="top",
        linespacing=1.2,
    )


def _stages(shown: Sequence[Panel], options: Options) -> list[tuple[Any, str]]:
    """Return the colours of stages, where the names at the right stand beside one panel only."""
    if not stacked(shown, options):
        return []
    filled = sum(panel.counted.parts[..., 0].sum(axis=(0, 2)) for panel in shown)
    names = [label for label in lines_of(shown[-1], options) if not label.assumed]
    look: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.4 * options.scale}
    return [
        (Patch(facecolor=colour_of(label.stage), **look), label.name)
        for label in sorted(names, key=lambda label: label.stage, reverse=True)
        if filled[label.stage.rank]
    ]


def _entries(
    shown: Sequence[Panel], places: Sequence[Place], options: Options
) -> list[tuple[Any, str]]:
    parts = sum(panel.counted.parts.sum(axis=(0, 1)) for panel in shown)
    example = options.rungs[len(options.rungs) // 3]
    entries = _stages(shown, options)
    entries.append((Patch(**look_of(example, carried=0, assumed=0)), "within the record"))
    if parts[1].any():
        entries.append((Patch(**look_of(example, carried=1, assumed=0)), "carried forward"))
    if parts[:, 1].any():
        entries.append(
            (
                Patch(**look_of(options.rungs[0], carried=0, assumed=1)),
                "assumed: no source attests it",
            )
        )
    if any((panel.counted.least < panel.counted.most)[:, 1:-1].any() for panel in shown):
        entries.append((Patch(**_UNSURE), "uncertain dates"))
    if any(p.axis.first < p.first or p.axis.last > p.counted.end for p in shown):
        entries.append((undocumented_patch(), "not documented"))
    if unnamed(places):
        scale = options.scale
        look: dict[str, Any] = {"marker": "|", "markersize": 9 * scale, "color": INK}
        line = Line2D([], [], linestyle="none", markeredgewidth=0.6 * scale, **look)
        entries.append((line, TAKEOVER_WORDS))
    return entries


def _right(panel: Panel, options: Options) -> float:
    sizes = options.sizes
    lines = lines_of(panel, options)
    widths = [widest(line.words, sizes.small) for line in lines]
    widths += [
        widest([*(line.detail for line in lines), *heading_of(panel, options)], sizes.smallest)
    ]
    return max(widths) + (TEXT + 2.0) * options.scale


def _size(shown: Sequence[Panel], options: Options, tall: float) -> tuple[float, float]:
    """Return the width and height in mm of the axes on a page."""
    wide = options.layout.width - _left(shown, options) - _right(shown[-1], options)
    return max(wide, 1.0), tall


def _left(shown: Sequence[Panel], options: Options) -> float:
    return 9.5 * options.scale + widest([f"{shown[-1].of}"], options.sizes.small)


def _above(shown: Sequence[Panel], options: Options) -> float:
    places = layout_of(shown, options, _size(shown, options, 100 * options.scale))
    head = places[0].axis.head if len(shown) == 1 else 0.0
    if not options.legend:
        return head + options.scale
    entries, breaks = _entries(shown, places, options), (len(_stages(shown, options)),)
    most = options.layout.width - 2 * EDGE
    return legend_room(entries, options.sizes.small, most, breaks) + 2 * options.scale + head


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm: more where the labels or two panels need it."""
    shown = panels(replays, options)
    usual = (_STACKED if stacked(shown, options) else _HEIGHT) * options.scale
    return max(usual, least(replays, options))


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that the labels at the right need."""
    shown = panels(replays, options)
    lines = lines_of(shown[-1], options)
    labels = sum(line.tall for line in lines) + head_height(heading_of(shown[-1], options), options)
    others = _LEAST * options.scale * (2 if stacked(shown, options) else 1)
    return max(labels + 0.5, others)


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the count at the left and the names of the stages at the right."""
    shown = panels(replays, options)
    return Margins(
        left=_left(shown, options),
        right=_right(shown[-1], options),
        above=_above(shown, options),
        below=6.5 * options.scale,
    )


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each period of each panel: counts at the end of its days, and bounds."""
    heading = ["panel", "from", "to", "of", "within_record", "carried_forward"]
    parts = ("within_record", "carried_forward", "assumed")
    heading += [f"{stage.value}_{part}" for stage in options.rungs for part in parts]
    bounds_of = ("min", "max")
    heading += [f"{one.value}_or_below_{bound}" for one in options.rungs for bound in bounds_of]
    rows: Table = [tuple(heading)]
    for place, panel in enumerate(panels(replays, options), start=1):
        counted = panel.counted
        ends = [*counted.days[1:], counted.end]
        for at, (day, end) in enumerate(zip(counted.days, ends, strict=True)):
            if day_of(day) == day_of(end):  # the middle of an uncertain date, later that day
                continue
            stages, carried = counted.stages[at], counted.carried[at]
            numbers = [*zip(stages - carried, carried, counted.assumed[at], strict=True)]
            bounds = [*zip(counted.least[at, 1:], counted.most[at, 1:], strict=True)]
            rows.append(
                (
                    place,
                    day_of(day).isoformat(),
                    day_of(end - 1).isoformat(),
                    panel.of,
                    int((stages - carried).sum()),
                    int(carried.sum()),
                    *(int(count) for group in (*numbers, *bounds) for count in group),
                )
            )
    return rows
