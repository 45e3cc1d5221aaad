"""Picture of the number of countries at each stage over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.labels import (
    in_lines,
    legend,
    legend_height,
    quiet_frame,
    room,
    spread,
)
from recognition_model.plots.page import WIDTH, Margins, Options, Table
from recognition_model.plots.palette import INK, PAPER, QUIET, STAGE_COLOURS
from recognition_model.plots.spans import Span, day_of, is_open, number, reach, stretches, uncertain
from recognition_model.plots.text import SMALL, SMALLEST, line_height, widest
from recognition_model.plots.timeline import (
    Timeline,
    blank_look,
    shade_undocumented,
    undocumented_patch,
)

Days = NDArray[np.float64]
Numbers = NDArray[np.int64]
_HEIGHT = 62.0


@frozen
class Counts:
    """Countries per stage in each of n periods between changes of the count.

    `days` (n) are the first days of the periods. `drawn` (n, 6) are the counts with dates at their
    middles. `least` and `most` (n, 7) are the bounds, over all readings of the dates, of the number
    of countries below each stage. `total` is the number of countries with any documented day.
    """

    days: Days
    drawn: Numbers
    least: Numbers
    most: Numbers
    total: int

    @property
    def documented(self) -> Numbers:
        """The number of documented countries in each period."""
        total: Numbers = self.drawn.sum(axis=1)
        return total

    def ends(self, at: int) -> float:
        """Return the day on which a period ends; for the last one, its first day."""
        return float(self.days[min(at + 1, len(self.days) - 1)])

    def fullest(self, axis: Timeline) -> int | None:
        """Return the last period shown with the most documented countries; None without any."""
        documented = self.documented
        seen = [
            at
            for at, day in enumerate(self.days)
            if documented[at] and day < axis.last and self.ends(at) > axis.first
        ]
        most = max((documented[at] for at in seen), default=0)
        return max((at for at in seen if documented[at] == most), default=None)


def counts(replays: Iterable[Replay]) -> Counts:
    """Count countries per stage; a country is not counted on its undocumented days."""
    rows = [row for replay in replays if (row := stretches(replay.history))]
    moments = [moment for row in rows for span in row for moment in (span.begins, span.ends)]
    known = {d for m in moments for d in (m.earliest, m.at, m.latest) if not is_open(d)}
    days = np.array(sorted(known), dtype=float)
    drawn = np.zeros((len(days) + 1, len(Stage)), dtype=int)
    least = np.zeros((len(days), len(Stage) + 1), dtype=int)
    most = np.zeros((len(days), len(Stage) + 1), dtype=int)
    for row in rows:
        lowest, highest, sure = _possible(row, days)
        for span in row:
            drawn[np.searchsorted(days, span.begins.at), span.stage.rank] += 1
            drawn[np.searchsorted(days, span.ends.at), span.stage.rank] -= 1
        below = np.arange(len(Stage) + 1)
        least += (highest[:, None] < below) & sure[:, None]
        most += lowest[:, None] < below
    state: Numbers = drawn.cumsum(axis=0)[: len(days)]
    return Counts(days, state, least, most, len(rows))


def _possible(row: Sequence[Span], days: Days) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """Return the lowest and the highest possible rank, and whether a day is surely documented.

    Each has an entry per day. Without a possible stage, the lowest rank is above all stages and the
    highest is -1.
    """
    lowest = np.full(len(days), len(Stage))
    highest = np.full(len(days), -1)
    until = row[-1].ends.at
    for at, span in enumerate(row):
        after = row[at + 1].begins.latest if at + 1 < len(row) else until
        first = np.searchsorted(days, span.begins.earliest)
        last = np.searchsorted(days, min(after, until))
        lowest[first:last] = np.minimum(lowest[first:last], span.stage.rank)
        highest[first:last] = np.maximum(highest[first:last], span.stage.rank)
    sure = (days >= row[0].begins.latest) & (days < until)
    return lowest, highest, sure


def draw(replays: Sequence[Replay], ax: Axes, options: Options = Options()) -> Axes:  # noqa: B008 - frozen
    """Draw stacked areas over time into an axes; dates are matplotlib date numbers."""
    counted = counts(replays)
    axis = _axis(replays, options)
    wide, high = room(ax)
    axis.put_on(ax, wide)
    ax.set_ylim(0, max(counted.total, 1))
    quiet_frame(ax, left=True)
    ax.tick_params(axis="y", labelsize=SMALL, length=2.5, width=0.5, colors=INK)
    ticks = MaxNLocator(6, integer=True).tick_values(0, max(counted.total, 1))
    ax.set_yticks([tick for tick in ticks if tick <= max(counted.total, 1)])
    ax.set_ylabel(f"countries in the record (n = {counted.total})", fontsize=SMALL, color=INK)
    ax.set_xlim(axis.first, axis.last)
    if not len(counted.days) or counted.days[-1] <= axis.first or counted.days[0] >= axis.last:
        shade_undocumented(ax, axis.first, axis.last)
        look: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "color": QUIET}
        ax.text(0.5, 0.5, "nothing documented", transform=ax.transAxes, **look)
        return ax
    shade_undocumented(ax, axis.first, axis.inside(counted.days[0]))
    shade_undocumented(ax, axis.inside(counted.days[-1]), axis.last)
    edges = np.append(counted.days, counted.days[-1])
    levels = np.concatenate(
        [np.zeros((len(counted.days), 1)), counted.drawn.cumsum(axis=1)], axis=1
    )
    for stage in Stage:
        area = _area(edges, levels[:, stage.rank], levels[:, stage.rank + 1])
        collection = PolyCollection(
            [area], facecolors=STAGE_COLOURS[stage], edgecolors=PAPER, linewidths=0.4, zorder=2
        )
        collection.set_gid(f"stage-{stage.rank + 1}")
        ax.add_collection(collection, autolim=False)
    silent = _area(edges, levels[:, -1], np.full(len(counted.days), counted.total))
    blank = PolyCollection([silent], zorder=1.5, **blank_look())
    ax.add_collection(blank, autolim=False)
    top = np.append(levels[:, -1], levels[-1, -1])
    ax.step(edges, top, where="post", color=INK, linewidth=0.8, zorder=3.2)
    unsure = [
        _area(edges[at : at + 2], counted.least[at : at + 1, line], counted.most[at : at + 1, line])
        for line in range(1, len(Stage))
        for at in np.flatnonzero(counted.least[:, line] < counted.most[:, line])
    ]
    if unsure:
        band = PolyCollection(
            unsure, facecolors="none", edgecolors=PAPER, hatch="xxxxxx", linewidths=0, zorder=3
        )
        band.set_gid("uncertain")
        ax.add_collection(band, autolim=False)
    at = counted.fullest(axis)
    if at is not None:
        _labels(ax, counted, at, axis, levels, (wide, high))
    ax.set_xlim(axis.first, axis.last)
    legend(ax, _entries(counted), most=wide + _right(counted) - 4)
    return ax


def _axis(replays: Sequence[Replay], options: Options) -> Timeline:
    rows = [stretches(replay.history) for replay in replays]
    first, last = reach(rows)
    moves = [span.begins.at for row in rows for span in row[1:]]
    first = number(options.since) if options.since else first
    last = number(options.until) + 1 if options.until else last
    first = first if first < last else last - 365
    return Timeline.over(first, last, moves, even=options.even)


def _area(edges: Any, low: Any, high: Any) -> Any:
    """Return the outline of a step area; `low` and `high` are its bounds between two edges."""
    x = np.repeat(edges, 2)[1:-1]
    return np.concatenate(
        [np.stack([x, np.repeat(high, 2)], -1), np.stack([x, np.repeat(low, 2)], -1)[::-1]]
    )


def _labels(
    ax: Axes, counted: Counts, at: int, axis: Timeline, levels: Any, size: tuple[float, float]
) -> None:
    """Write the counts on the last day with the most documented countries at the right."""
    wide, high = size
    shown = counted.drawn[at]
    ax.axvline(
        axis.inside(counted.ends(at)), color=INK, linewidth=0.7, linestyle=(0, (4, 2)), zorder=3.5
    )
    middles = [(levels[at, s.rank] + levels[at, s.rank + 1]) / 2 for s in Stage]
    scale = high / max(counted.total, 1)
    places = spread(
        [middle * scale for middle in middles], line_height(SMALL) * 1.05, 1.5, high - 9
    )
    across = ax.transAxes
    for stage, y in zip(Stage, places, strict=True):
        ax.plot(
            [1 + 3.2 / wide],
            [y / high],
            transform=across,
            marker="s",
            markersize=5,
            markerfacecolor=STAGE_COLOURS[stage],
            markeredgecolor=INK,
            markeredgewidth=0.5,
            clip_on=False,
        )
        count = int(shown[stage.rank])
        ax.text(
            1 + 5.2 / wide,
            y / high,
            _label(stage, count, int(shown.sum())),
            transform=across,
            fontsize=SMALL,
            color=INK if count else QUIET,
            va="center",
        )
    ax.text(
        1 + 2.4 / wide,
        1,
        _heading(counted, at, axis),
        transform=across,
        fontsize=SMALLEST,
        color=QUIET,
        va="top",
        linespacing=1.2,
    )


def _label(stage: Stage, count: int, of: int) -> str:
    return f"{humanize(stage)}  {count} ({round(100 * count / max(of, 1))} %)"


def _heading(counted: Counts, at: int, axis: Timeline) -> str:
    day = day_of(axis.inside(counted.ends(at)) - 1)
    of = f"{int(counted.documented[at])} of {counted.total}"
    return f"dashed line: {day},\nlast day with {of}\ndocumented"


def _entries(counted: Counts) -> list[tuple[Any, str]]:
    entries: list[tuple[Any, str]] = []
    if (counted.least < counted.most).any():
        hatched = Patch(facecolor=QUIET, edgecolor=PAPER, hatch="xxxxxx", linewidth=0)
        entries.append((hatched, "uncertain: depends on the reading of the dates"))
    if (counted.documented < counted.total).any():
        entries.append((undocumented_patch(), "not documented at that time"))
    return entries


def _right(counted: Counts) -> float:
    labels = [_label(stage, counted.total, counted.total) for stage in Stage]
    return widest(labels, SMALL) + 7.5


def height(replays: Sequence[Replay], options: Options) -> float:
    return _HEIGHT


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the count at the left and the names of the stages at the right."""
    counted = counts(replays)
    lines = in_lines((text for _, text in _entries(counted)), SMALL, WIDTH - 17)
    above = legend_height(len(lines)) + 2
    left = 9.5 + widest([f"{counted.total}"], SMALL)
    return Margins(left=left, right=_right(counted), above=above, below=6.5)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return what is counted."""
    return "Number of countries at each stage, of those documented at the time"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    lines = [
        "Counts change only on the days of changes; areas are not smoothed.",
        "A country is not counted before its data begin or after they end.",
    ]
    if uncertain(replays):
        lines.append("Dates known only to an interval count from its middle.")
    axis = _axis(replays, options)
    return [*lines, axis.note()] if axis.note() else lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the counts on the last day with the most documented countries."""
    counted = counts(replays)
    if not len(counted.days):
        return "A chart of countries by stage over time: nothing is documented."
    span = f"from {day_of(counted.days[0])} to {day_of(counted.days[-1] - 1)}"
    areas = f"Stacked areas of {plural(counted.total, 'country', 'countries')} by stage, {span}."
    axis = _axis(replays, options)
    at = counted.fullest(axis)
    if at is None:
        return areas
    shown = counted.drawn[at]
    stages = ", ".join(f"{humanize(s)} {shown[s.rank]}" for s in reversed(Stage) if shown[s.rank])
    day = day_of(axis.inside(counted.ends(at)) - 1)
    of = f"{int(shown.sum())} of them documented"
    return f"{areas} On {day}, the last day shown with {of}: {stages}."


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each period: documented countries, counts per stage, bounds."""
    counted = counts(replays)
    heading = ["from", "documented", "of"]
    heading += [stage.value for stage in Stage]
    heading += [f"{stage.value}_or_below_{bound}" for stage in Stage for bound in ("min", "max")]
    rows: Table = [tuple(heading)]
    for at, day in enumerate(counted.days):
        bounds = [
            int(side[at, stage.rank + 1])
            for stage in Stage
            for side in (counted.least, counted.most)
        ]
        rows.append(
            (
                day_of(day).isoformat(),
                int(counted.documented[at]),
                counted.total,
                *(int(count) for count in counted.drawn[at]),
                *bounds,
            )
        )
    return rows
