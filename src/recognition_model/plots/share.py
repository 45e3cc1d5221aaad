"""How many countries stood at each stage, and for how many that is documented, over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

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
from recognition_model.plots.spans import (
    Span,
    day_of,
    is_open,
    number,
    reach,
    stretches,
    uncertain,
)
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
    """Countries per stage on each stretch of days between changes of the count.

    `days` (n) begin the stretches; `drawn` (n, 6) has the counts when dates are taken at their
    middles. `least` and `most` (n, 7) bound the number of countries below each stage, over every
    reading of the dates. `total` is the number of countries with a record at all.
    """

    days: Days
    drawn: Numbers
    least: Numbers
    most: Numbers
    total: int

    @property
    def documented(self) -> Numbers:
        """Of how many countries the record speaks."""
        total: Numbers = self.drawn.sum(axis=1)
        return total

    def ends(self, at: int) -> float:
        """The day on which a stretch ends; of the last, the one on which it begins."""
        return float(self.days[min(at + 1, len(self.days) - 1)])

    def fullest(self, axis: Timeline) -> int | None:
        """The last stretch on an axis on which the most countries are documented, if any."""
        documented = self.documented
        seen = [
            at
            for at, day in enumerate(self.days)
            if documented[at] and day < axis.last and self.ends(at) > axis.first
        ]
        most = max((documented[at] for at in seen), default=0)
        return max((at for at in seen if documented[at] == most), default=None)


def counts(replays: Iterable[Replay]) -> Counts:
    """Count countries per stage; what nobody documents is counted for no stage."""
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
    """For each day the lowest and highest rank possible, and whether the record has surely begun.

    Where none is possible the lowest is beyond all stages, and the highest below them.
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
    told = counts(replays)
    axis = _axis(replays, options)
    wide, high = room(ax)
    axis.put_on(ax, wide)
    ax.set_ylim(0, max(told.total, 1))
    quiet_frame(ax, left=True)
    ax.tick_params(axis="y", labelsize=SMALL, length=2.5, width=0.5, colors=INK)
    ticks = MaxNLocator(6, integer=True).tick_values(0, max(told.total, 1))
    ax.set_yticks([tick for tick in ticks if tick <= max(told.total, 1)])
    ax.set_ylabel(f"countries with a record (n = {told.total})", fontsize=SMALL, color=INK)
    ax.set_xlim(axis.first, axis.last)
    if not len(told.days) or told.days[-1] <= axis.first or told.days[0] >= axis.last:
        shade_undocumented(ax, axis.first, axis.last)
        look: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "color": QUIET}
        ax.text(0.5, 0.5, "nothing documented", transform=ax.transAxes, **look)
        return ax
    shade_undocumented(ax, axis.first, axis.inside(told.days[0]))
    shade_undocumented(ax, axis.inside(told.days[-1]), axis.last)
    edges = np.append(told.days, told.days[-1])
    levels = np.concatenate([np.zeros((len(told.days), 1)), told.drawn.cumsum(axis=1)], axis=1)
    for stage in Stage:
        area = _area(edges, levels[:, stage.rank], levels[:, stage.rank + 1])
        collection = PolyCollection(
            [area], facecolors=STAGE_COLOURS[stage], edgecolors=PAPER, linewidths=0.4, zorder=2
        )
        collection.set_gid(f"stage-{stage.rank + 1}")
        ax.add_collection(collection, autolim=False)
    silent = _area(edges, levels[:, -1], np.full(len(told.days), told.total))
    blank = PolyCollection([silent], zorder=1.5, **blank_look())
    ax.add_collection(blank, autolim=False)
    top = np.append(levels[:, -1], levels[-1, -1])
    ax.step(edges, top, where="post", color=INK, linewidth=0.8, zorder=3.2)
    unsure = [
        _area(edges[at : at + 2], told.least[at : at + 1, line], told.most[at : at + 1, line])
        for line in range(1, len(Stage))
        for at in np.flatnonzero(told.least[:, line] < told.most[:, line])
    ]
    if unsure:
        band = PolyCollection(
            unsure, facecolors="none", edgecolors=PAPER, hatch="xxxxxx", linewidths=0, zorder=3
        )
        band.set_gid("uncertain")
        ax.add_collection(band, autolim=False)
    at = told.fullest(axis)
    if at is not None:
        _labels(ax, told, at, axis, levels, (wide, high))
    ax.set_xlim(axis.first, axis.last)
    legend(ax, _entries(told), most=wide + _right(told) - 4)
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
    """The outline of a step area: `low` and `high` hold from each edge to the next."""
    x = np.repeat(edges, 2)[1:-1]
    return np.concatenate(
        [np.stack([x, np.repeat(high, 2)], -1), np.stack([x, np.repeat(low, 2)], -1)[::-1]]
    )


def _labels(
    ax: Axes, told: Counts, at: int, axis: Timeline, levels: Any, size: tuple[float, float]
) -> None:
    """At the right: each stage's count on the last day with the most countries documented."""
    wide, high = size
    shown = told.drawn[at]
    ax.axvline(
        axis.inside(told.ends(at)), color=INK, linewidth=0.7, linestyle=(0, (4, 2)), zorder=3.5
    )
    middles = [(levels[at, s.rank] + levels[at, s.rank + 1]) / 2 for s in Stage]
    scale = high / max(told.total, 1)
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
        _heading(told, at, axis),
        transform=across,
        fontsize=SMALLEST,
        color=QUIET,
        va="top",
        linespacing=1.2,
    )


def _label(stage: Stage, count: int, of: int) -> str:
    return f"{humanize(stage)}  {count} ({round(100 * count / max(of, 1))} %)"


def _heading(told: Counts, at: int, axis: Timeline) -> str:
    day = day_of(axis.inside(told.ends(at)) - 1)
    of = f"{int(told.documented[at])} of {told.total}"
    return f"dashed line: {day},\nlast day with {of}\ndocumented"


def _entries(told: Counts) -> list[tuple[Any, str]]:
    entries: list[tuple[Any, str]] = []
    if (told.least < told.most).any():
        hatched = Patch(facecolor=QUIET, edgecolor=PAPER, hatch="xxxxxx", linewidth=0)
        entries.append((hatched, "as early or as late as the dates allow"))
    if (told.documented < told.total).any():
        entries.append((undocumented_patch(), "record not begun, or ended"))
    return entries


def _right(told: Counts) -> float:
    labels = [_label(stage, told.total, told.total) for stage in Stage]
    return widest(labels, SMALL) + 7.5


def height(replays: Sequence[Replay], options: Options) -> float:
    return _HEIGHT


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Room for the count at the left and the stages' names at the right."""
    told = counts(replays)
    lines = in_lines((text for _, text in _entries(told)), SMALL, WIDTH - 17)
    above = legend_height(len(lines)) + 2
    left = 9.5 + widest([f"{told.total}"], SMALL)
    return Margins(left=left, right=_right(told), above=above, below=6.5)


def title(replays: Sequence[Replay], options: Options) -> str:
    """What is counted."""
    return "How many countries stood at each stage, of those documented at the time"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """What a reader has to know of this drawing."""
    told = [
        "Counts change on the days of changes only, and areas are not smoothed.",
        "A country whose record has not begun or has ended is counted for no stage.",
    ]
    if uncertain(replays):
        told.append("Dates known only to an interval are counted from its middle.")
    axis = _axis(replays, options)
    return [*told, axis.note()] if axis.note() else told


def describe(replays: Sequence[Replay], options: Options) -> str:
    """The counts on the last day with the most countries documented, in words."""
    told = counts(replays)
    if not len(told.days):
        return "A chart of countries by stage over time: nothing is documented."
    span = f"from {day_of(told.days[0])} to {day_of(told.days[-1] - 1)}"
    areas = f"Stacked areas of {plural(told.total, 'country', 'countries')} by stage, {span}."
    axis = _axis(replays, options)
    at = told.fullest(axis)
    if at is None:
        return areas
    shown = told.drawn[at]
    stages = ", ".join(f"{humanize(s)} {shown[s.rank]}" for s in reversed(Stage) if shown[s.rank])
    day = day_of(axis.inside(told.ends(at)) - 1)
    of = f"{int(shown.sum())} of them documented"
    return f"{areas} On {day}, the last day shown with {of}: {stages}."


def table(replays: Sequence[Replay], options: Options) -> Table:
    """A row per stretch of days: counts per stage, bounds, documented countries."""
    told = counts(replays)
    heading = ["from", "documented", "of"]
    heading += [stage.value for stage in Stage]
    heading += [f"{stage.value}_or_below_{bound}" for stage in Stage for bound in ("min", "max")]
    rows: Table = [tuple(heading)]
    for at, day in enumerate(told.days):
        bounds = [
            int(side[at, stage.rank + 1]) for stage in Stage for side in (told.least, told.most)
        ]
        rows.append(
            (
                day_of(day).isoformat(),
                int(told.documented[at]),
                told.total,
                *(int(count) for count in told.drawn[at]),
                *bounds,
            )
        )
    return rows
