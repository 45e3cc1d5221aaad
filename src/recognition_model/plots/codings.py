"""Picture of two codings of one country: both histories on one axis, with what differs marked.

The coding A is above, B below it. Two lanes have a mark for each entry. An event that both coded
alike is a small grey dot in each. One that differs has a line from lane to lane, and below it the
number of days or the word for what differs. Shape and words tell them apart, no colour does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.bars import basis_entries, draw_bars
from recognition_model.plots.codings_plan import (
    LEAST_STEP,
    STEP,
    Plan,
    fixed,
    name_of_stage,
    name_size,
    row_height,
)
from recognition_model.plots.codings_view import (
    CODED,
    DATED,
    ONLY_A,
    ONLY_B,
    SAME,
    CodingsView,
    coders_of,
)
from recognition_model.plots.codings_words import (
    brief,
    describe,
    keys,
    labels_of,
    notes,
    side_tables,
    table,
    title,
    topic,
    why_not,
)
from recognition_model.plots.hanging import GAP, Hanging, box_of, rows_for
from recognition_model.plots.histories import Row
from recognition_model.plots.labels import Box, legend, legend_room, quiet_frame, room
from recognition_model.plots.marks import Ground, Segment, put, ranges, strokes
from recognition_model.plots.page import EDGE, Margins, Options, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET, STAGE_COLOURS, paler
from recognition_model.plots.text import line_height, widest, width
from recognition_model.plots.timeline import Timeline, blank_look, undocumented_patch

_BAR = 0.36  # of a step: the height of a bar
_ROWS = 14  # rows of labels at most
_RIGHT = 7.2  # mm for half the label of a month at the end of the axis
_SLAB = "#c4c4c4"
_FILLED: dict[str, Any] = {
    "color": INK,
    "markeredgecolor": PAPER,
    "markeredgewidth": 0.5,
    "zorder": 5.1,
}
_LOOKS: Mapping[str, dict[str, Any]] = {
    SAME: {"marker": "o", "markersize": 2.0, "color": "#9a9a9a", "zorder": 4},
    DATED: {"marker": "o", "markersize": 4.8, **_FILLED},
    CODED: {
        "marker": "s",
        "markersize": 4.4,
        "color": INK,
        "markerfacecolor": PAPER,
        "markeredgecolor": INK,
        "markeredgewidth": 1.0,
        "zorder": 5,
    },
    ONLY_A: {"marker": "^", "markersize": 5.4, **_FILLED},
    ONLY_B: {"marker": "v", "markersize": 5.4, **_FILLED},
}
_WORDS = {
    SAME: "alike",
    DATED: "date differs",
    CODED: "coded differently",
    ONLY_A: "only in A",
    ONLY_B: "only in B",
}
_LINES: Mapping[str, dict[str, Any]] = {
    DATED: {"linestyle": "-"},
    CODED: {"linestyle": (0, (4, 2))},
    ONLY_A: {"linestyle": (0, (1, 2))},
    ONLY_B: {"linestyle": (0, (1, 2))},
}


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the first replay and `options.against` into an axes; dates are date numbers."""
    shown = CodingsView.of(replays[0], options)
    axis = shown.axis
    wide, high = room(ax)
    hanging = _hanging(shown, wide, options)
    plan = Plan.of(shown.stages, high, _rows_wanted(shown, hanging, options), options)
    rows = rows_for([label for _, label in hanging], plan.rows)
    on = Ground(ax, axis, wide, high, 0.0, 1.0, options.scale)
    axis.put_on(ax, wide)
    axis.mark_years(ax, wide)
    quiet_frame(ax)
    ax.set_yticks([])
    ax.set_ylim(0, high)
    left = _left(shown.stages, options)
    _runs(on, shown, plan)
    for side, row in enumerate(shown.rows):
        _ladder(on, row, plan, side)
    words = _names(on, shown, plan, left, options)
    words += _events(on, shown, plan, list(zip(hanging, rows, strict=True)), options)
    ax.set_xlim(axis.first, axis.last)
    axis.mark_days(ax, wide, named=options.legend, clear=on.over_takeover(words, 0.3))
    if options.legend:
        entries, breaks = _legend(shown, options.scale)
        legend(
            ax,
            entries,
            most=options.layout.width - 2 * EDGE,
            size=options.sizes.small,
            lift=axis.head,
            shift=left,
            breaks=breaks,
        )
    return ax


def _rows_wanted(
    shown: CodingsView, labels: Iterable[tuple[int, Hanging]], options: Options
) -> int:
    """Return how many rows the labels take; where none has room, a row says so."""
    rows = rows_for([label for _, label in labels], _ROWS)
    needed = (row + 1 for row in rows if row is not None)
    return max(needed, default=int(_to_label(shown, options) > 0))


def _hanging(shown: CodingsView, wide: float, options: Options) -> list[tuple[int, Hanging]]:
    """Return the labels of the events that differ, from the left, with their numbers.

    A label has as many of its words as there is room for left of its event.
    """
    left, labels = _left(shown.stages, options), []
    for event in shown.differing:
        moment = event.moments[1] or event.moments[0]
        if moment and event.number:
            x = shown.axis.across(shown.axis.inside(moment.at), wide)
            for words in labels_of(event, options):
                long = width(words, options.sizes.small)
                if long + GAP <= x + left:
                    labels.append((event.number, Hanging(x, long, words)))
                    break
    return sorted(labels, key=lambda one: one[1].x)


def _to_label(shown: CodingsView, options: Options) -> int:
    """Return how many events have words to say at their place."""
    return sum(bool(labels_of(event, options)) for event in shown.differing if event.number)


def _runs(on: Ground, shown: CodingsView, plan: Plan) -> None:
    """Shade the days on which stage or ban differ, over both ladders."""
    least = 0.35 * on.scale
    boxes = []
    low, top = plan.feet[1], plan.feet[0] + len(plan.stages) * plan.step
    for begin, end in shown.runs:
        first, last = on.across(begin), on.across(end)
        if last - first < least:
            first = min(first, on.wide - least)
            begin, end = (on.axis.day_at(x, on.wide) for x in (first, first + least))
        boxes.append([(begin, low), (end, low), (end, top), (begin, top)])
    if boxes:
        drawn = PolyCollection(boxes, facecolors=_SLAB, edgecolors="none", zorder=0.4)
        drawn.set_gid("differ")
        on.ax.add_collection(drawn, autolim=False)


def _ladder(on: Ground, row: Row, plan: Plan, side: int) -> None:
    """Draw the stages of one coding: bands, bars by what they rest on, risers, the end."""
    axis, ax = on.axis, on.ax
    foot, step = plan.feet[side], plan.step
    bands = [
        _box(axis.first, axis.last, y - 0.45 * step, y + 0.45 * step)
        for y in (plan.height_of(stage, side) for stage in plan.stages)
    ]
    colours = [paler(STAGE_COLOURS[stage], 0.9) for stage in plan.stages]
    look: dict[str, Any] = {"edgecolors": "none", "zorder": 0}
    ax.add_collection(PolyCollection(bands, facecolors=colours, **look), autolim=False)
    blanks = [
        _box(left, right, foot, foot + len(plan.stages) * step) for left, right in _blank(axis, row)
    ]
    if blanks:
        ax.add_collection(PolyCollection(blanks, zorder=0.3, **blank_look()), autolim=False)
    spells = [list(some) for _, some in groupby(axis.overlapping(row.pieces), key=_span)]
    bars = [(plan.height_of(some[0].stage, side), some) for some in spells]
    draw_bars(ax, bars, _BAR * step, scale=on.scale)
    exact: list[Segment] = []
    unsure: list[Segment] = []
    for before, after in pairwise(row.spans):
        x = after.begins.at
        if axis.first <= x < axis.last:
            ends = [(x, plan.height_of(one.stage, side)) for one in (before, after)]
            (exact if after.begins.exact else unsure).append((ends[0], ends[1]))
    line: dict[str, Any] = {"linewidth": 0.8 * on.scale, "zorder": 1.9}
    strokes(ax, exact, gid=f"risers-{'ab'[side]}", **line)
    strokes(ax, unsure, linestyle=(0, (3, 2)), **line)
    if row.spans and axis.has(row.spans[-1].ends.at):
        end, half = row.spans[-1].ends.at, 0.45 * step
        y = plan.height_of(row.spans[-1].stage, side)
        line = {"linewidth": 1.1 * on.scale, "zorder": 4}
        strokes(ax, [((end, y - half), (end, y + half))], gid=f"end-{'ab'[side]}", **line)


def _span(piece: Any) -> int:
    return id(piece.span)


def _box(left: float, right: float, low: float, high: float) -> list[tuple[float, float]]:
    return [(left, low), (right, low), (right, high), (left, high)]


def _blank(axis: Timeline, row: Row) -> list[tuple[float, float]]:
    """Return the days of the axis on which a coding documents nothing."""
    begins, ends = axis.last, axis.last
    if row.pieces:
        begins, ends = row.spans[0].begins.drawn()[0], row.pieces[-1].ends
    parts = ((axis.first, begins), (ends, axis.last))
    inside = [(axis.inside(first), axis.inside(last)) for first, last in parts]
    return [(first, last) for first, last in inside if first < last]


def _names(on: Ground, shown: CodingsView, plan: Plan, left: float, options: Options) -> list[Box]:
    """Name both codings, their stages and their lanes; return what the names of codings cover."""
    sizes, covered = options.sizes, []
    look: dict[str, Any] = {"transform": on.ax.transAxes, "va": "center", "zorder": 6}
    coders = coders_of(*(row.replay for row in shown.rows))
    for side, (row, coder) in enumerate(zip(shown.rows, coders, strict=True)):
        y = plan.names[side] / on.high
        bold: dict[str, Any] = {"fontsize": sizes.normal, "fontweight": "bold", "color": INK}
        on.ax.text(-left / on.wide, y, coder, **bold, **look)
        begin = -left + width(coder, sizes.normal, bold=True) + 2.0 * on.scale
        room_left = on.wide + _RIGHT * on.scale - begin
        said = next(
            (said for said in (row.said, row.said_shorter) if width(said, sizes.small) < room_left),
            "",
        )
        quiet: dict[str, Any] = {"fontsize": sizes.small, "color": QUIET}
        on.ax.text(begin / on.wide, y, said, **quiet, **look)
        half = line_height(sizes.normal) / 2
        end = begin + width(said, sizes.small)
        covered.append(Box(-left, plan.names[side] - half, end, plan.names[side] + half))
        size = name_size(plan.step, options)
        for stage in plan.stages:
            at = plan.height_of(stage, side) / on.high
            on.ax.text(
                -1.2 / on.wide,
                at,
                name_of_stage(stage),
                fontsize=size,
                ha="right",
                color=INK,
                **look,
            )
        at = plan.lanes[side] / on.high
        words = f"entries in {'AB'[side]}"
        on.ax.text(-1.2 / on.wide, at, words, fontsize=sizes.small, ha="right", color=INK, **look)
    return covered


def _events(
    on: Ground,
    shown: CodingsView,
    plan: Plan,
    labels: Sequence[tuple[tuple[int, Hanging], int | None]],
    options: Options,
) -> list[Box]:
    """Draw the marks of entries, the lines between them and the labels; return what these cover."""
    axis, high = on.axis, row_height(options)
    written = {number: (label, row) for (number, label), row in labels if row is not None}
    points: dict[str, list[tuple[float, float]]] = {look: [] for look in _LOOKS}
    lines: dict[str, list[Segment]] = {look: [] for look in _LINES}
    intervals = []
    boxes: list[Box] = []
    for lane in plan.lanes:
        strokes(on.ax, [((axis.first, lane), (axis.last, lane))], color=QUIET, linewidth=0.3)
    for event in shown.events:
        ends = [
            (axis.inside(moment.at), lane)
            for moment, lane in zip(event.moments, plan.lanes, strict=True)
            if moment
        ]
        points[event.look] += [end for end in ends if axis.has(end[0])]
        if event.look == SAME:
            continue
        if len(ends) == 2:
            lines[event.look].append((ends[0], ends[1]))
        intervals += [
            (moment, lane)
            for moment, lane in zip(event.moments, plan.lanes, strict=True)
            if moment and axis.shows(moment) and axis.has(moment.at)
        ]
        label, row = written.get(event.number or 0, (None, None))
        if label is None or row is None:
            continue
        box = box_of(label, row, plan.labels, high)
        boxes.append(box)
        foot = box.low + 0.15 * high
        lines[event.look].append((ends[-1], (ends[-1][0], foot)))
        on.ax.text(
            (label.x - GAP) / on.wide,
            (box.low + box.top) / 2 / on.high,
            label.words,
            fontsize=options.sizes.small,
            color=INK,
            ha="right",
            va="center",
            transform=on.ax.transAxes,
            zorder=6,
        )
    _without_words(on, plan, boxes, _to_label(shown, options) - len(boxes), options)
    ranges(on, intervals)
    for look, segments in lines.items():
        line = {"linewidth": 0.7 * on.scale, "zorder": 3, "gid": f"to-{look}", **_LINES[look]}
        strokes(on.ax, segments, **line)
    for look, some in points.items():
        style = {**_LOOKS[look], "markersize": _LOOKS[look]["markersize"] * on.scale}
        put(on.ax, some, gid=look, **style)
    return boxes


def _without_words(
    on: Ground, plan: Plan, boxes: Sequence[Box], count: int, options: Options
) -> None:
    """Say left of the labels how many events have none for want of room."""
    words, size = f"{count} without words", options.sizes.smallest
    end = max(-1.2, width(words, size) - _left(plan.stages, options))
    high = row_height(options)
    for row in range(plan.rows if count else 0):
        top = plan.labels - row * high
        place = Box(end - width(words, size), top - high, end, top)
        if not any(place.meets(box) for box in boxes):
            look: dict[str, Any] = {"ha": "right", "va": "center", "color": QUIET}
            y = (top - high / 2) / on.high
            on.ax.text(end / on.wide, y, words, fontsize=size, transform=on.ax.transAxes, **look)
            return


def _legend(shown: CodingsView, scale: float) -> tuple[list[tuple[Any, str]], tuple[int, ...]]:
    """Return the entries of the legend, and the places at which a line begins."""
    axis = shown.axis
    entries = basis_entries(
        [piece for row in shown.rows for piece in axis.overlapping(row.pieces)], scale=scale
    )
    if any(_blank(axis, row) for row in shown.rows):
        entries.append((undocumented_patch(), "not documented"))
    bases = len(entries)
    looks = {event.look for event in shown.events}
    for look, words in _WORDS.items():
        if look in looks:
            style = {**_LOOKS[look], "markersize": _LOOKS[look]["markersize"] * scale}
            line = _LINES.get(look, {"linestyle": "none"})
            entries.append((Line2D([], [], linewidth=0.7 * scale, **{**style, **line}), words))
    if shown.runs:
        entries.append((Patch(facecolor=_SLAB, edgecolor="none"), "stage or ban differ"))
    return entries, (bases,)


def _needed(shown: CodingsView, options: Options) -> int:
    """Return how many rows of labels a page needs, of those that it may have."""
    wide = options.layout.width - _left(shown.stages, options) - EDGE - _RIGHT * options.scale
    return _rows_wanted(shown, _hanging(shown, wide, options), options)


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm."""
    shown = CodingsView.of(replays[0], options)
    ladders = 2 * len(shown.stages) * STEP * options.scale
    return fixed(options) + ladders + _needed(shown, options) * row_height(options)


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that the axes need on a page of a given height."""
    shown = CodingsView.of(replays[0], options)
    return fixed(options, tight=True) + 2 * len(shown.stages) * LEAST_STEP * options.scale


def _left(stages: Sequence[Stage], options: Options) -> float:
    """Return the room in mm left of the axes for the names of stages and lanes."""
    names = widest(map(name_of_stage, stages), options.sizes.normal)
    return max(names, width("entries in B", options.sizes.small)) + 1.2


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the names of stages and lanes, and the legend."""
    shown = CodingsView.of(replays[0], options)
    above = shown.axis.head + 2
    if options.legend:
        entries, breaks = _legend(shown, options.scale)
        most = options.layout.width - 2 * EDGE
        above += legend_room(entries, options.sizes.small, most, breaks)
    return Margins(
        left=_left(shown.stages, options) + EDGE,
        right=_RIGHT * options.scale,
        above=above,
        below=2.5 + line_height(options.sizes.small),
    )


__all__ = [
    "brief",
    "describe",
    "draw",
    "height",
    "keys",
    "least",
    "margins",
    "notes",
    "side_tables",
    "table",
    "title",
    "topic",
    "why_not",
]
