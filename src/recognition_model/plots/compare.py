"""Picture of two to six countries: their stages over time as step lines on one axis.

A line is known by its mark, its height within the stage and its name at the right end, so that no
reader needs colour to tell it from the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import closed
from recognition_model.core.day_words import when_on_label
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.plots import history_words
from recognition_model.plots.comparison import comparison, names_in_turn
from recognition_model.plots.finding import finding, last_day
from recognition_model.plots.histories import Row, shared_axis, why_not
from recognition_model.plots.labels import (
    Box,
    Label,
    legend,
    legend_room,
    place,
    quiet_frame,
    room,
    spread,
)
from recognition_model.plots.marks import UPRIGHT, Ground, Segment, put_entries, strokes
from recognition_model.plots.page import EDGE, Margins, Options, Table, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET
from recognition_model.plots.spans import Span
from recognition_model.plots.stage_rows import name_lines, put_names, stage_bands
from recognition_model.plots.text import line_height, widest
from recognition_model.plots.timeline import Timeline, shade_undocumented, undocumented_patch
from recognition_model.plots.view import HistoryView

_STEP = 10.5  # mm from stage to stage
_LEAST_STEP = 8.0
_TOP = _FOOT = 0.55  # of a step
_SPREAD = 0.62  # of a step: the heights over which the lines of a stage lie
_APART = 0.18  # of a step: between two lines at most
_BETWEEN = 13.0  # mm between the marks along a line
_ENTRY = 5.0  # points: a change
_ALONG = 2.8  # points: a mark along a line
_DATED = 2  # stages: the days of the highest stand farther away where there is no room
_LEAD = 5.0  # mm from the axes to the names
_MARKS = ("o", "s", "^", "D", "v", "P")
_COLOURS = ("#0072b2", "#c04a00", "#00795a", "#a2507f", "#1a1a1a", "#8a6500")
"""After Okabe and Ito, darker: each has a contrast of at least 4.5:1 on white."""
_FORMS: dict[Basis, dict[str, Any]] = {
    Basis.EVIDENCED: {"linewidth": 2.2, "linestyle": "-"},
    Basis.SILENT: {"linewidth": 0.8, "linestyle": "-"},
    Basis.ASSUMED: {"linewidth": 1.1, "linestyle": (0, (1, 1.6))},
    Basis.REVIEWED: {"linewidth": 0.8, "linestyle": (0, (6, 1.6, 1, 1.6))},
}
_FORMS_IN_WORDS = {
    Basis.EVIDENCED: "entry within two years",
    Basis.SILENT: "silent",
    Basis.ASSUMED: "assumed",
    Basis.REVIEWED: "searched",
}


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw a step line for each replay into an axes; dates are matplotlib date numbers."""
    rows = [Row.of(replay, options.until) for replay in replays]
    axis = shared_axis(rows, options)
    wide, high = room(ax)
    step = high / (len(Stage) - 1 + _TOP + _FOOT)
    on = Ground(ax, axis, wide, high, -_FOOT, step, options.scale)
    axis.put_on(ax, wide)
    axis.mark_years(ax, wide)
    quiet_frame(ax)
    ax.set_ylim(-_FOOT, len(Stage) - 1 + _TOP)
    stage_bands(on, tuple(Stage))
    _names(on, options)
    first, last = _documented(rows)
    shade_undocumented(ax, axis.first, axis.inside(first))
    shade_undocumented(ax, axis.inside(last), axis.last)
    taken: list[Box] = []
    labels: dict[int, list[Label]] = {stage.rank: [] for stage in reversed(Stage)}
    ends: list[tuple[float, float]] = []
    for at, row in enumerate(rows):
        lift = _lift(at, len(rows))
        _line(on, row, at, lift)
        taken += _covered(on, row, lift)
        for rank, label in _changes(on, row, at, lift, options):
            labels[rank].append(label)
        ends.append(_end(on, row, lift))
    words = _write_days(on, labels, taken, options)
    _names_of_lines(on, rows, ends, options)
    ax.set_xlim(axis.first, axis.last)
    axis.mark_days(ax, wide, named=options.legend, clear=on.over_takeover(words))
    if options.legend:
        left = _left(options)
        entries = _legend(rows, axis, options.scale)
        most = options.layout.width - 2 * EDGE
        legend(ax, entries, most=most, size=options.sizes.small, lift=axis.head, shift=left)
    return ax


def _lift(at: int, count: int) -> float:
    """Return how far above the middle of a stage a line lies, in steps; the first is highest."""
    apart = min(_APART, _SPREAD / max(count - 1, 1))
    return ((count - 1) / 2 - at) * apart


def _names(on: Ground, options: Options) -> None:
    names = [(stage.rank, *name_lines(_name(stage), options, on.step)) for stage in Stage]
    put_names(on.ax, [(*name, INK) for name in names])


def _name(stage: Stage) -> str:
    return "no dealings" if stage is Stage.HOSTILE else humanize(stage)


def _documented(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the first and the last day on which any of the countries is documented."""
    begins = [row.spans[0].begins.drawn()[0] for row in rows if row.spans]
    ends = [row.pieces[-1].ends for row in rows if row.pieces]
    first = min(begins, default=0.0)
    return first, max(ends, default=first)


def _line(on: Ground, row: Row, at: int, lift: float) -> None:
    """Draw the line of a country: its stages by what they rest on, its risers, its marks."""
    ax, axis, colour = on.ax, on.axis, _COLOURS[at]
    parts: dict[Basis, list[Segment]] = {basis: [] for basis in _FORMS}
    for piece in axis.overlapping(row.pieces):
        y = piece.stage.rank + lift
        parts[piece.form].append(((axis.inside(piece.begins), y), (axis.inside(piece.ends), y)))
    for basis, segments in parts.items():
        look = {**_FORMS[basis], "linewidth": _FORMS[basis]["linewidth"] * on.scale}
        strokes(ax, segments, color=colour, zorder=3, gid=f"{basis}-{row.replay.country}", **look)
    risers: dict[bool, list[Segment]] = {True: [], False: []}
    for before, after in pairwise(row.spans):
        x = after.begins.at
        if axis.first <= x < axis.last:
            ends = (x, before.stage.rank + lift), (x, after.stage.rank + lift)
            risers[after.begins.exact].append(ends)
    strokes(ax, risers[True], color=colour, linewidth=0.9 * on.scale, zorder=2.9)
    dashes = (0, (3, 2))
    strokes(ax, risers[False], color=colour, linewidth=0.9 * on.scale, linestyle=dashes, zorder=2.9)
    if row.spans and axis.has(row.spans[-1].ends.at):
        x, y = row.spans[-1].ends.at, row.spans[-1].stage.rank + lift
        half = 0.9 * on.scale / on.step
        strokes(ax, [((x, y - half), (x, y + half))], color=colour, linewidth=1.2, zorder=3.2)
    points = _along(on, row.spans, at, lift)
    if points:
        xs, ys = zip(*points, strict=True)
        look = {"marker": _MARKS[at], "markersize": _ALONG * on.scale, "color": colour}
        ax.plot(xs, ys, linestyle="none", zorder=3.3, clip_on=False, **look)


def _along(on: Ground, spans: Sequence[Span], at: int, lift: float) -> list[tuple[float, float]]:
    """Return the places of the marks along a line, at even distances, apart from other lines'."""
    axis = on.axis
    points = []
    mm = _BETWEEN * on.scale * (0.35 + at / len(_MARKS))
    while mm < on.wide:
        day = axis.day_at(mm, on.wide)
        for span in spans:
            if span.begins.at <= day < span.ends.at:
                points.append((day, span.stage.rank + lift))
        mm += _BETWEEN * on.scale
    return points


def _covered(on: Ground, row: Row, lift: float) -> list[Box]:
    """Return what the line of a country covers, with its marks."""
    axis = on.axis
    boxes = [
        on.box(axis.inside(span.begins.at), axis.inside(span.ends.at), y, y, 0.55 * on.scale)
        for span, y in ((span, span.stage.rank + lift) for span in row.spans)
        if axis.inside(span.begins.at) < axis.inside(span.ends.at)
    ]
    for before, after in pairwise(row.spans):
        low, high = sorted((before.stage.rank + lift, after.stage.rank + lift))
        if axis.has(after.begins.at):
            boxes.append(on.box(after.begins.at, after.begins.at, low, high, 0.3))
    return boxes


def _changes(
    on: Ground, row: Row, at: int, lift: float, options: Options
) -> list[tuple[int, Label]]:
    """Draw a mark at each change, and return the labels with their dates, by rank of stage."""
    shown = HistoryView.of(row.replay, options)
    marked = [one for one in shown.changed if on.axis.has(one.span.begins.at)]
    look = {
        "marker": _MARKS[at],
        "markersize": _ENTRY * on.scale,
        "markerfacecolor": _COLOURS[at],
        "markeredgecolor": PAPER,
        "markeredgewidth": 0.6,
        "zorder": 5,
    }
    entries = [(one.number, one.span.begins.at, one.span.stage.rank + lift) for one in marked]
    put_entries(on.ax, entries, row.replay.country, options.links, **look)
    half = _ENTRY / 72 * 25.4 / 2 * on.scale
    labels, last_change = [], _last_change(row, options)
    for one in marked:
        if one.change is last_change:  # its day stands beside the name
            continue
        x, y = on.across(one.span.begins.at), on.up(one.span.stage.rank + lift)
        first, last = closed(one.change.date.earliest), closed(one.change.date.latest)
        years = "–".join(dict.fromkeys(str(day.year) for day in (first, last) if day))
        label = Label(
            x=x,
            y=y,
            left=x - half + 0.3,
            right=x + half - 0.3,
            words=when_on_label(one.change.date),
            shorter=(years,) if first and last else (),
            colour=_COLOURS[at],
        )
        labels.append((one.span.stage.rank, label))
    return labels


def _write_days(
    on: Ground, labels: Mapping[int, Sequence[Label]], taken: Sequence[Box], options: Options
) -> list[Box]:
    """Write the days of changes, those of the highest stages first; return their places.

    A day before the fall of Kabul stands left of the line that marks it, a later one right of it.
    The days of the two highest stages may stand away from their marks, and where there is no room
    the later ones left of the line.
    """
    over = on.takeover
    whole = Box(0.3, 0.3, on.wide - 0.3, on.high)
    full, gap = list(taken), 0.8 * on.scale
    high = [rank for rank in sorted(labels, reverse=True) if labels[rank]][:_DATED]
    for rank in sorted(labels, reverse=True):
        for label in labels[rank]:
            sides = [whole]
            if over is not None and label.x < over:
                sides = [evolve(whole, right=over - gap)]
            elif over is not None:
                sides = [evolve(whole, left=over + gap), *([whole] if rank in high else [])]
            for far in (False, True)[: 1 + (rank in high)]:
                found: list[Box] = []
                for side in sides:
                    found = found or place(on.ax, [label], full, side, sizes=options.sizes, far=far)
                full += found
                if found:
                    break
    return full[len(taken) :]


def _end(on: Ground, row: Row, lift: float) -> tuple[float, float]:
    """Return where the line of a country ends on the axis: a day and a height in mm."""
    shown = on.axis.overlapping(row.pieces)
    if not shown:
        return on.axis.last, on.up(0)
    return on.axis.inside(shown[-1].ends), on.up(shown[-1].stage.rank + lift)


def _names_of_lines(
    on: Ground, rows: Sequence[Row], ends: Sequence[tuple[float, float]], options: Options
) -> None:
    """Name each line right of the axes, beside its end, with its mark."""
    sizes = options.sizes
    order = sorted(range(len(rows)), key=lambda at: ends[at][1])
    small = line_height(sizes.smallest)
    tall = line_height(sizes.normal) + small
    heights = spread([ends[at][1] for at in order], tall, tall / 2, on.high - tall / 2)
    lead = _LEAD * on.scale
    for at, up in zip(order, heights, strict=True):
        day, y = ends[at]
        start = on.across(day)
        xs = [x / on.wide for x in (start, on.wide + 0.5, on.wide + lead - 2.4 * on.scale)]
        ys = [height / on.high for height in (y, y, up)]
        look: dict[str, Any] = {"transform": on.ax.transAxes, "clip_on": False}
        on.ax.plot(xs, ys, color=_COLOURS[at], linewidth=0.5, linestyle=":", zorder=2.5, **look)
        mark = (on.wide + lead - 1.2 * on.scale) / on.wide
        style: dict[str, Any] = {"marker": _MARKS[at], "color": _COLOURS[at]}
        style["markersize"] = _ENTRY * on.scale
        on.ax.plot([mark], [up / on.high], linestyle="none", **style, **look)
        written = on.ax.text(
            (on.wide + lead + 0.6 * on.scale) / on.wide,
            up / on.high,
            rows[at].name,
            fontsize=sizes.normal,
            color=INK,
            va="center_baseline",
            transform=on.ax.transAxes,
        )
        if address := options.links.country(rows[at].replay.country):
            written.set_url(address)
        if since := _since(rows[at], options):
            below = (up - line_height(sizes.normal) / 2 - small / 2) / on.high
            left = (on.wide + lead + 0.6 * on.scale) / on.wide
            style = {"fontsize": sizes.smallest, "color": _COLOURS[at], "va": "center_baseline"}
            on.ax.text(left, below, since, transform=on.ax.transAxes, **style)


def _last_change(row: Row, options: Options) -> Change | None:
    """Return the change that led to the stage on the last day shown, if no date leaves it open."""
    position = row.replay.history.on(last_day(row.replay, options.until))
    return position.spells[-1].change if position.stage is not None else None


def _since(row: Row, options: Options) -> str:
    """Return the day of that change for the end of a line; empty without one."""
    change = _last_change(row, options)
    return when_on_label(change.date) if change else ""


def _legend(rows: Sequence[Row], axis: Timeline, scale: float) -> list[tuple[Any, str]]:
    """Return the entries of the legend: the forms of lines that are shown."""
    forms = {piece.form for row in rows for piece in axis.overlapping(row.pieces)}
    entries: list[tuple[Any, str]] = []
    for basis, look in _FORMS.items():
        if basis in forms:
            sized = {**look, "linewidth": look["linewidth"] * scale}
            entries.append((Line2D([], [], color=QUIET, **sized), _FORMS_IN_WORDS[basis]))
    turns = [span.begins for row in rows for span in row.spans[1:] if axis.has(span.begins.at)]
    if any(not begins.exact for begins in turns):
        look = {"linestyle": "none", "markersize": 9 * scale, "color": QUIET}
        dashed = Line2D([], [], marker=UPRIGHT, markeredgewidth=0.9 * scale, **look)
        entries.append((dashed, "date not known exactly"))
    first, last = _documented(rows)
    if first > axis.first or last < axis.last:
        entries.append((undocumented_patch(), "not documented"))
    return entries


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm."""
    return (len(Stage) - 1 + _TOP + _FOOT) * _STEP * options.scale


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that the axes need on a page of a given height."""
    return height(replays, options) * _LEAST_STEP / _STEP


def _left(options: Options) -> float:
    names = [name_lines(_name(stage), options, _LEAST_STEP * options.scale) for stage in Stage]
    return max(widest(*name) for name in names) + 2.5


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the names of stages and of lines, and the legend."""
    rows = [Row.of(replay, options.until) for replay in replays]
    days = widest((_since(row, options) for row in rows), options.sizes.smallest)
    names = max(widest((row.name for row in rows), options.sizes.normal), days)
    axis = shared_axis(rows, options)
    above = axis.head + 2
    if options.legend:
        most = options.layout.width - 2 * EDGE
        above += legend_room(_legend(rows, axis, options.scale), options.sizes.small, most)
    return Margins(
        left=_left(options) + EDGE,
        right=max(_LEAD * options.scale + names + 2, 7.2 * options.scale) + EDGE,
        above=above,
        below=2.5 + line_height(options.sizes.small),
    )


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return where the countries stood on the last day shown, the highest stage first."""
    return comparison(replays, options.until)


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is shown."""
    return f"Stages of relations of {names_in_turn(replays)} with the Taliban"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentence of every caption: what is shown."""
    return ["The stage in force in each country; lines at one stage lie side by side."]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences on how to read this picture."""
    rows = [Row.of(replay, options.until) for replay in replays]
    axis = shared_axis(rows, options)
    turns = [span.begins for row in rows for span in row.spans[1:] if axis.has(span.begins.at)]
    lines = [
        "A line is thick where an entry lies within two years, thin where the record is silent,"
        " dotted where the start is assumed, dashed and dotted where a search after the data end"
        " found no change. An upright dashed line stands at a date not known exactly.",
        "A stroke marks where the data of a country end.",
        "The day at the right is that of the last change. Other days stand where there is room."
        " Claims that change nothing are not shown.",
    ]
    if any(not begins.exact for begins in turns):
        lines.append(
            "A date known only to an interval is drawn at its middle, or at its known end."
        )
    return [*lines, note] if (note := axis.note()) else lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the lines one by one."""
    names = ", ".join(name_of(replay.country) for replay in replays)
    said = " ".join(f"{finding(replay, options.until)}." for replay in replays)
    told = " ".join(history_words.describe([replay], options) for replay in replays)
    return f"Step lines on one axis of six stages: {names}. {said} {told}"


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return the rows of each country's history, in the order of the lines."""
    return history_words.table_of_all(replays)


__all__ = [
    "brief",
    "describe",
    "draw",
    "height",
    "least",
    "margins",
    "notes",
    "table",
    "title",
    "topic",
    "why_not",
]
