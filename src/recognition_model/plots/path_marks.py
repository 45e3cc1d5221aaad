"""The marks on the rows of a swimmer, and its legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.core.basis import Basis
from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.plots.arrangement import NAMED
from recognition_model.plots.bars import basis_entries
from recognition_model.plots.page import TAKEOVER, Options
from recognition_model.plots.palette import INK, PAPER, QUIET, colour_of
from recognition_model.plots.paths import Paths, Row, time_axis
from recognition_model.plots.spans import Piece, lowest_in_words, number
from recognition_model.plots.timeline import TAKEOVER_WORDS, Timeline

ON_ONE_PAGE = 60
"""So many rows stand on one page of a PDF."""


def draw_doubts(ax: Axes, rows: Sequence[tuple[float, Row]], axis: Timeline, scale: float) -> None:
    """Draw black bars with a white edge over the possible days of a change."""
    lines = []
    for y, row in rows:
        for span in row.spans:
            moment = span.begins
            if not moment.exact and axis.shows(moment):
                lines.append([(axis.inside(day), y) for day in moment.drawn()])
    if lines:
        white: dict[str, Any] = {"colors": PAPER, "linewidths": 2.4 * scale, "zorder": 3}
        ax.add_collection(LineCollection(lines, capstyle="projecting", **white), autolim=False)
        black: dict[str, Any] = {"colors": INK, "linewidths": 1.1 * scale, "zorder": 3.1}
        ax.add_collection(LineCollection(lines, **black), autolim=False)


def draw_steps_back(
    ax: Axes, rows: Sequence[tuple[float, Row]], axis: Timeline, scale: float
) -> None:
    """Draw a triangle for each step back, and a diamond for each lapse."""
    for look, places in (
        (_BACK, [(s.begins.at, y) for y, row in rows for s in row.spans if s.back]),
        (_LAPSE, [(s.begins.at, y) for y, row in rows for s in row.spans if s.lapsed]),
    ):
        shown = [(day, y) for day, y in places if axis.has(day)]
        if shown:
            ax.plot(*zip(*shown, strict=True), clip_on=False, **scaled(look, scale))


def scaled(look: dict[str, Any], scale: float) -> dict[str, Any]:
    """Return the look of a mark at another scale."""
    sizes = {name: look[name] * scale for name in ("markersize", "markeredgewidth")}
    return {**look, **sizes}


_BACK: dict[str, Any] = {
    "linestyle": "none",
    "marker": "v",
    "markersize": 4,
    "markerfacecolor": PAPER,
    "markeredgecolor": INK,
    "markeredgewidth": 0.6,
    "zorder": 4,
}
_LAPSE: dict[str, Any] = {**_BACK, "marker": "d", "markersize": 5}
_END: dict[str, Any] = {
    "linestyle": "none",
    "marker": "|",
    "markersize": 6,
    "markeredgewidth": 0.9,
    "color": INK,
    "zorder": 3.2,
}


def draw_ends(ax: Axes, rows: Sequence[tuple[float, Row]], axis: Timeline, scale: float) -> None:
    """Draw a stroke where the data of each country end."""
    ends = [(row.data_end, y) for y, row in rows if row.data_end is not None]
    ends = [(day, y) for day, y in ends if axis.has(day)]
    if ends:
        x, y = zip(*ends, strict=True)
        ax.plot(x, y, clip_on=False, **scaled(_END, scale))


def legend_entries(
    every: Paths, options: Options, *, several: bool, worded: bool
) -> tuple[list[tuple[Any, str]], tuple[int, ...]]:
    """Return the entries of the legend, and the places at which a line begins.

    Stages that occur come first. Where all headings stand on one page, which show their colours,
    only the others do. A line for what bars rest on follows, then the marks that occur.
    """
    scale, rows = options.scale, every.rows
    cut = [piece for row in rows for piece in row.pieces]
    spans = [span for row in rows for span in row.spans]
    groups = (*every.drawn, *every.listed)
    lowest = options.rungs[0]  # its name in the legend says what ended
    headed = {group.rows[0].stage for group in groups if not group.rows[0].assumed}
    filled = {piece.stage for piece in cut if piece.form is not Basis.ASSUMED}
    one_page = several or len(rows) <= ON_ONE_PAGE
    names = [*map(humanize, options.rungs)]
    if options.measure is None:
        names[0] = _lowest(cut)
    entries: list[tuple[Any, str]] = [
        (Patch(facecolor=colour_of(stage), edgecolor=INK, linewidth=0.5 * scale), name)
        for stage, name in zip(options.rungs, names, strict=True)
        if stage in filled and not (one_page and stage in headed and stage is not lowest)
    ]
    stages = len(entries)
    entries += basis_entries(cut, crowded=not are_named(every), scale=scale)
    breaks = () if several or options.room is not None else (stages, len(entries))
    if any(span.ban is Ban.IN_FORCE for span in spans):
        hatched = Patch(facecolor=QUIET, edgecolor=PAPER, hatch="//////", linewidth=0)
        entries.append((hatched, "ban in force"))
    if any(not span.begins.exact for span in spans):
        line = Line2D([], [], color=INK, linewidth=1.1 * scale)
        entries.append((line, "some day between (paler)"))
    axis = time_axis(every, options)
    shown = [span for span in spans if axis.has(span.begins.at)]
    if any(span.back for span in shown):
        entries.append((Line2D([], [], **scaled(_BACK, scale)), "step back"))
    if any(span.lapsed for span in shown):
        words = "lapse: Taliban ceased to govern"
        entries.append((Line2D([], [], **scaled(_LAPSE, scale)), words))
    ends = [row.data_end for row in rows if row.data_end is not None]
    if are_named(every) and any(axis.has(end) for end in ends):
        entries.append((Line2D([], [], **scaled(_END, scale)), "end of the data"))
    if not worded and axis.has(number(TAKEOVER)):
        look = {**scaled(_END, scale), "markeredgewidth": 0.6 * scale, "markersize": 9 * scale}
        entries.append((Line2D([], [], **look), TAKEOVER_WORDS))
    return entries, breaks


def are_named(every: Paths) -> bool:
    return len(every.rows) <= NAMED


def _lowest(cut: Iterable[Piece]) -> str:
    """Name the lowest stage where bars are filled with its colour: what ended there."""
    filled = (Basis.EVIDENCED, Basis.SILENT)
    ended = [one.span.change for one in cut if one.stage is min(Stage) and one.form in filled]
    return lowest_in_words({change.act if change else None for change in ended})
