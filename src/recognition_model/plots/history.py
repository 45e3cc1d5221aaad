"""Picture of one country: its stages over time, each change with its date and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.core.citations import format_ranges
from recognition_model.core.dates import closed
from recognition_model.core.day_words import when_on_label
from recognition_model.core.evidence import Attestation
from recognition_model.core.organisations import RecordKind
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.bars import THICKNESS, basis_entries, draw_bars
from recognition_model.plots.history_words import (
    brief,
    describe,
    notes,
    source_line,
    table,
    title,
    topic,
    why_not,
)
from recognition_model.plots.labels import (
    Box,
    Label,
    legend,
    legend_room,
    place,
    quiet_frame,
    room,
)
from recognition_model.plots.lanes import (
    BAN,
    CLAIM_LOOK,
    CLAIMS,
    EVIDENCE,
    EVIDENCE_LOOKS,
    Lane,
    begins_at,
    claim_lines,
    draw_lanes,
    lanes_of,
    lettered,
)
from recognition_model.plots.marks import UPRIGHT, Ground, Segment, put_entries, ranges, strokes
from recognition_model.plots.page import EDGE, Margins, Options, drawing
from recognition_model.plots.palette import INK, MARKERS, PAPER, QUIET
from recognition_model.plots.spans import whole
from recognition_model.plots.stage_rows import name_lines, name_room, put_names, stage_bands
from recognition_model.plots.text import broken, line_height, widest
from recognition_model.plots.timeline import shade_undocumented, undocumented_patch
from recognition_model.plots.view import DENIED, UNCONFIRMED, UNSURE, Changed, HistoryView

_STEP = 8.4  # mm from stage to stage
_BAR = 0.24  # of a step: the height of a bar
_LEAST_STEP = 4.4  # mm, on a page of a given height
_RIGHT = 7.2  # mm for half the label of a month at the end of the axis
_TOP, _FOOT = 0.55, 0.6  # of a step, above the highest stage and below the lowest
_MOST_LANES = 0.55  # of the height of the axes
_MARK = 5.0  # points: a change
_MANY = 30  # changes: from here on they have no dates
_VOICES = {
    Attestation.OFFICIAL: "change stated by the country itself",
    Attestation.CLAIMED: "stated by the Taliban or another state",
    Attestation.REPORTED: "reported by the press",
    Attestation.NONE: "not attested",
}
_SLAB = "#c4c4c4"  # behind the possible days of a change
_ITSELF = "change stated by the organisation itself"


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the history of the first replay into an axes; dates are matplotlib date numbers."""
    shown = HistoryView.of(replays[0], options)
    axis = shown.axis
    wide, high = room(ax)
    lanes = lanes_of(shown, options, wide, high * _MOST_LANES)
    on = _ground(ax, shown, lanes, wide, high, options)
    axis.put_on(ax, wide)
    axis.mark_years(ax, wide)
    quiet_frame(ax)
    ax.set_ylim(on.lowest, on.lowest + high / on.step)
    stage_bands(on, shown.stages)
    if shown.begun:
        first, last = shown.drawn
        shade_undocumented(ax, axis.first, first)
        shade_undocumented(ax, last, axis.last)
        _ladder(on, shown)
    else:
        shade_undocumented(ax, axis.first, axis.last)
        look: dict[str, Any] = {"ha": "center", "fontsize": options.sizes.normal, "color": QUIET}
        ax.text(0.5, 0.55, "not documented", transform=ax.transAxes, **look)
    tops = _tops(lanes, on.step)
    words = draw_lanes(on, shown, lanes, tops, options)
    middles = [top - lane.high / 2 / on.step for lane, top in zip(lanes, tops, strict=True)]
    named = _name_rows(on, shown, lanes, middles, options)
    words += named
    if shown.begun:
        words += _changes(on, shown, named, options)
    ax.set_xlim(axis.first, axis.last)
    axis.mark_days(ax, wide, named=options.legend, clear=on.over_takeover(words, 0.5))
    if options.legend:
        entries, breaks = _legend(shown, options.scale)
        left = _left(shown, options)
        legend(
            ax,
            entries,
            most=left + wide,
            size=options.sizes.small,
            lift=axis.head,
            shift=left,
            breaks=breaks,
        )
    return ax


def _ground(
    ax: Axes,
    shown: HistoryView,
    lanes: Sequence[Lane],
    wide: float,
    high: float,
    options: Options,
) -> Ground:
    """Share the height of the axes out: lanes get what they need, stages the rest."""
    steps = len(shown.stages) - 1 + _TOP + _FOOT
    below = sum(lane.high for lane in lanes)
    step = (high - below) / steps
    return Ground(
        ax, shown.axis, wide, high, _TOP + len(shown.stages) - 1 - high / step, step, options.scale
    )


def _tops(lanes: Sequence[Lane], step: float) -> list[float]:
    """Return where each lane begins, in steps, from above."""
    heights = accumulate((lane.high for lane in lanes), initial=0.0)
    return [-_FOOT - high / step for high in heights][: len(lanes)]


def _name_rows(
    on: Ground,
    shown: HistoryView,
    lanes: Sequence[Lane],
    middles: Sequence[float],
    options: Options,
) -> list[Box]:
    """Name stages and lanes left of the axes, or within if there is no room.

    Within, a lane has no name where one of its marks stands in the way. Returns what the names
    cover within.
    """
    ax, sizes = on.ax, options.sizes
    rows: list[tuple[float, list[str], float, str]] = [
        (stage.rank, *name_lines(shown.name(stage), options, on.step), INK)
        for stage in shown.stages
    ]
    rows += [
        (at, _lane_name(lane.name, options), sizes.small, QUIET)
        for lane, at in zip(lanes, middles, strict=True)
    ]
    if _room_left(ax) >= _left(shown, options) - 0.2:
        put_names(ax, rows)
        return []
    ax.set_yticks([])
    covered = []
    marks = [on.wide] * len(shown.stages) + [begins_at(on, shown, lane) for lane in lanes]
    for (at, lines, _, colour), first in zip(rows, marks, strict=True):
        words, size = " ".join(lines), sizes.smallest
        half = line_height(size) / 2
        low = on.up(at) + (0.5 if colour == INK else -half)
        box = Box(0.5, low, 1.2 + widest([words], size), low + 2 * half)
        if box.right > first:
            continue  # a mark stands there
        look: dict[str, Any] = {"fontsize": size, "color": colour, "va": "center", "zorder": 5.5}
        ax.text(0.8 / on.wide, (low + half) / on.high, words, transform=ax.transAxes, **look)
        covered.append(box)
    return covered


def _lane_name(name: str, options: Options) -> list[str]:
    return broken(name, options.sizes.small, name_room(options))


def _room_left(ax: Axes) -> float:
    """Return how far, in mm, names may reach to the left: to the next axes or the edge."""
    here = ax.get_window_extent()
    figure = ax.get_figure(root=True)
    others = [other.get_window_extent() for other in (figure.axes if figure else ())]
    ends = [box.x1 for box in others if box.x1 <= here.x0 and box.y0 < here.y1 and box.y1 > here.y0]
    wide, _ = room(ax)
    return float(here.x0 - max(ends, default=0.0)) * wide / float(here.width)


def _ladder(on: Ground, shown: HistoryView) -> None:
    """Draw the step line: a bar for each spell, by what it rests on, and risers between them."""
    spans, axis, ax = shown.spans, shown.axis, on.ax
    draw_bars(ax, [(row[0].stage.rank, row) for row in _rows_of(shown)], _bar(on))
    exact: list[Segment] = []
    unsure: list[Segment] = []
    boxes: list[list[tuple[float, float]]] = []
    turns = {id(one.span) for one in shown.changed}
    for before, span in pairwise(spans):
        if id(span) not in turns:
            continue
        low, high = sorted(map(float, (before.stage.rank, span.stage.rank)))
        if axis.has(span.begins.at):
            riser = (span.begins.at, low), (span.begins.at, high)
            (exact if span.begins.exact else unsure).append(riser)
        if not span.begins.exact:
            first, last = on.ends(span.begins)
            low, high = low - 0.13, high + 0.13
            boxes.append([(first, low), (last, low), (last, high), (first, high)])
    strokes(ax, exact, gid="risers", zorder=1.9)
    strokes(ax, unsure, gid="unsure-risers", linestyle=(0, (3, 2)), zorder=1.9)
    if boxes:
        look: dict[str, Any] = {"facecolors": _SLAB, "edgecolors": "none", "alpha": 0.75}
        ax.add_collection(PolyCollection(boxes, zorder=1.5, **look), autolim=False)
    uncertain = [(span.begins, span.stage.rank) for span in (spans[0], *shown.changes)]
    ranges(on, [one for one in uncertain if axis.shows(one[0])])
    if axis.has(spans[-1].ends.at):
        # A stroke, not a riser: the data end here, but the stage may go on.
        end, rank, half = spans[-1].ends.at, spans[-1].stage.rank, 1.6 * on.scale / on.step
        strokes(ax, [((end, rank - half), (end, rank + half))], linewidth=1.1, gid="end", zorder=4)


def _rows_of(shown: HistoryView) -> list[list[Any]]:
    return [
        list(together) for _, together in groupby(whole(shown.pieces), key=lambda p: id(p.span))
    ]


def _bar(on: Ground) -> float:
    """The height of a bar in steps: less of a step where steps are high."""
    return min(_BAR, _BAR * _STEP * on.scale / on.step) if on.step > _STEP * on.scale else _BAR


def _changes(on: Ground, shown: HistoryView, named: Sequence[Box], options: Options) -> list[Box]:
    """Draw a mark for each change, shaped by its attestation, with its date and its sources."""
    axis, country = shown.axis, shown.replay.country
    marked = [one for one in shown.changed if axis.has(one.span.begins.at)]
    for attestation in Attestation:
        official = attestation is Attestation.OFFICIAL
        look = {
            "marker": MARKERS[attestation],
            "markersize": _MARK * on.scale,
            "markerfacecolor": INK if official else PAPER,
            "markeredgecolor": PAPER if official else INK,
            "markeredgewidth": 0.6 if official else 0.9,
            "zorder": 5,
        }
        entries = [
            (one.number, one.span.begins.at, one.span.stage.rank)
            for one in marked
            if one.change.attestation is attestation
        ]
        put_entries(on.ax, entries, country, options.links, **look)
    taken = [*named, *_taken(on, shown, marked)]
    labels = [_label(on, one, shown, options, many=len(marked) > _MANY) for one in marked]
    first, last = shown.drawn
    foot = on.up(-0.5)
    within = Box(on.across(first) + 0.3, foot, on.across(last) - 0.3, on.high)
    return place(on.ax, labels, taken, within, sizes=options.sizes, over=on.takeover)


def _taken(on: Ground, shown: HistoryView, marked: Sequence[Changed]) -> list[Box]:
    """Return what labels must not cover: bars, risers, marks, ranges, the line of 2021."""
    half = _MARK / 72 * 25.4 / 2 * on.scale
    taken = [
        on.box(p.begins, p.ends, rank - h, rank + h)
        for p in whole(shown.pieces)
        for rank, h in [(p.stage.rank, _bar(on) * THICKNESS[p.form] / 2)]
    ]
    for one in marked:
        at, rank = one.span.begins.at, one.span.stage.rank
        mark = on.box(at, at, rank, rank, half)
        first, last = on.ends(one.span.begins)
        before = one.change.before.stage.rank
        riser = on.box(at, at, min(rank, before), max(rank, before), 0.3)
        taken += [mark, riser, on.box(first, last, rank, rank, 0.7 * on.scale)]
    return taken


def _label(on: Ground, one: Changed, shown: HistoryView, options: Options, *, many: bool) -> Label:
    """Return the label of a change: its date, and the numbers of its sources if they are listed."""
    at, half = one.span.begins, _MARK / 72 * 25.4 / 2 * on.scale
    left, right = (on.across(day) for day in on.ends(at))
    words = when_on_label(one.change.date)
    words = f"lapsed {words}" if one.span.lapsed else words
    numbers = ""
    if options.legend and (options.layout.sources or options.citations is not None):
        cited = shown.citations(options).of_evidence(one.change.evidence)
        numbers = format_ranges(cited).replace(", ", ",")
    first, last = closed(one.change.date.earliest), closed(one.change.date.latest)
    years = dict.fromkeys(str(day.year) for day in (first, last) if day)
    year = "–".join(years) if first and last else ""
    return Label(
        x=on.across(at.at),
        y=on.up(one.span.stage.rank),
        left=min(left, on.across(at.at) - half + 0.3),
        right=max(right, on.across(at.at) + half - 0.3),
        words="" if many else words,
        numbers=numbers,
        shorter=(year,) if year and not many else (),
    )


def _legend(shown: HistoryView, scale: float) -> tuple[list[tuple[Any, str]], tuple[int, ...]]:
    """Return the entries of the legend, and the places at which a line begins."""
    bases = basis_entries(shown.pieces)
    return [*bases, *_entries(shown, scale)], (len(bases),)


def _entries(shown: HistoryView, scale: float) -> list[tuple[Any, str]]:
    """Return the legend of marks: everything drawn without a label."""
    axis = shown.axis
    found = {one.change.attestation for one in shown.changed if axis.has(one.span.begins.at)}
    of_organisation = shown.replay.kind is RecordKind.ORGANISATION
    entries: list[tuple[Any, str]] = []
    for attestation in sorted(found, reverse=True):
        official = attestation is Attestation.OFFICIAL
        label = _ITSELF if official and of_organisation else _VOICES[attestation]
        look: dict[str, Any] = {
            "marker": MARKERS[attestation],
            "markersize": _MARK * scale,
            "markeredgecolor": INK,
        }
        mark = Line2D([], [], linestyle="none", markerfacecolor=INK if official else PAPER, **look)
        entries.append((mark, label if official or entries else f"change {label}"))
    if any(not one.span.begins.exact for one in shown.changed):
        slab = Patch(facecolor=_SLAB, edgecolor="none", alpha=0.75)
        look = {"marker": UPRIGHT, "markersize": 9 * scale, "markeredgewidth": 0.9 * scale}
        riser = Line2D([], [], linestyle="none", color=INK, **look)
        entries.append(((slab, riser), "possible days of a change"))
    if any(not moment.exact for moment in shown.moments):
        interval = Line2D([], [], color=INK, linewidth=0.8, marker="|", markersize=4 * scale)
        entries.append((interval, "range of possible days"))
    if any(moment.half_open for moment in shown.moments):
        arrow = Line2D([], [], color=INK, linewidth=0.8, marker="<", markersize=3 * scale)
        entries.append((arrow, "open on this side"))
    if shown.claimed:
        cross = {**CLAIM_LOOK, "markersize": CLAIM_LOOK["markersize"] * scale}
        entries.append((Line2D([], [], linestyle="none", **cross), "claim not counted"))
    looks = {one.look for one in shown.evidence}
    for name, label in (
        (UNSURE, "confirmed in some readings of the dates"),
        (UNCONFIRMED, "not confirmed"),
        (DENIED, "denied by the country or the Taliban"),
    ):
        if name in looks:
            size = EVIDENCE_LOOKS[name]["markersize"] * scale
            look = {"color": INK, "markeredgewidth": 0.8, **EVIDENCE_LOOKS[name]}
            look["markersize"] = size
            entries.append((Line2D([], [], linestyle="none", **look), label))
    entries.append((undocumented_patch(), "not documented"))
    return entries


def _wide(shown: HistoryView, options: Options) -> float:
    """Return the width of the axes on a page, in mm."""
    return options.layout.width - _left(shown, options) - EDGE - _RIGHT * options.scale


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm: more for lanes, and for many changes to label."""
    shown = HistoryView.of(replays[0], options)
    crowd = min(max(0, len(shown.changes) - 12) * 0.9, 60)
    return _high(shown, options, _STEP) + crowd * options.scale


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that the axes need on a page of a given height."""
    return _high(HistoryView.of(replays[0], options), options, _LEAST_STEP)


def _high(shown: HistoryView, options: Options, step: float) -> float:
    steps = len(shown.stages) - 1 + _TOP + _FOOT
    lanes = lanes_of(shown, options, _wide(shown, options))
    return steps * step * options.scale + sum(lane.high for lane in lanes)


def _left(shown: HistoryView, options: Options) -> float:
    """Return the room in mm left of the axes for the names of stages and lanes."""
    steps = [step * options.scale for step in (_STEP, _LEAST_STEP)]
    names = [
        widest(*name_lines(shown.name(one), options, step))
        for one in shown.stages
        for step in steps
    ]
    lanes = [
        widest(_lane_name(name, options), options.sizes.small) for name in (BAN, EVIDENCE, CLAIMS)
    ]
    return max(*names, *lanes) + 2.5


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the names of the stages and the legend."""
    shown = HistoryView.of(replays[0], options)
    left, scale, above = _left(shown, options), options.scale, shown.axis.head + 2
    if options.legend:
        entries, breaks = _legend(shown, options.scale)
        most = left + _wide(shown, options)
        above += legend_room(entries, options.sizes.small, most, breaks)
    below = 2.5 + line_height(options.sizes.small)
    return Margins(left=left + EDGE, right=_RIGHT * scale, above=above, below=below)


def keys(replays: Sequence[Replay], options: Options) -> list[tuple[str, str]]:
    """Return the numbered sources of changes and claims; nothing if the page lists them."""
    if options.citations is not None:
        return []
    shown = HistoryView.of(replays[0], options)
    cited = shown.citations(options)
    lines = [(str(at), source_line(one)) for at, one in enumerate(cited.sources, start=1)]
    if lettered(shown, options, _wide(shown, options)):
        lines += claim_lines(shown, options)
    return lines


__all__ = [
    "brief",
    "describe",
    "draw",
    "height",
    "keys",
    "least",
    "margins",
    "notes",
    "table",
    "title",
    "topic",
    "why_not",
]
