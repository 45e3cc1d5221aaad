"""Picture of all countries, a row each, by their stage on the last day shown.

Countries of which the record shows nothing but an assumed start are listed by name below the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from recognition_model.core.basis import Basis
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.arrangement import (
    REACHED,
    ROW,
    SQUARE,
    Line,
    Sheet,
    chunks,
    in_one_column,
    listing,
    listing_height,
    sheet,
)
from recognition_model.plots.bars import PALE, draw_bans, draw_bars
from recognition_model.plots.kinds import PictureError
from recognition_model.plots.labels import legend, legend_room, quiet_frame, room
from recognition_model.plots.page import EDGE, Margins, Options, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET, colour_of, paler
from recognition_model.plots.path_marks import (
    ON_ONE_PAGE,
    are_named,
    draw_doubts,
    draw_ends,
    draw_steps_back,
    legend_entries,
)
from recognition_model.plots.path_words import brief as brief
from recognition_model.plots.path_words import describe as describe
from recognition_model.plots.path_words import notes as notes
from recognition_model.plots.path_words import table as table
from recognition_model.plots.path_words import title as title
from recognition_model.plots.path_words import topic as topic
from recognition_model.plots.paths import Group, Paths, time_axis, why_empty
from recognition_model.plots.text import line_height, width
from recognition_model.plots.timeline import TAKEOVER_WORDS, Timeline

_BAR = 0.72  # of a row
_SWATCH = 3.3  # mm from the left of a swatch to its text
_TICKS = 6.5  # mm below the bars for the years
_A_PAGE = 50  # rows on a page of a long PDF
_UNSEEN = (1.0, 1.0, 1.0, 0.004)  # takes a click


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw a row for each replay into an axes; dates are matplotlib date numbers.

    Several columns are several axes within the given one. Raises `PictureError` if no country has
    a record on the days shown.
    """
    every, paths, laid = _laid(replays, options)
    if options.room is not None:
        _shorten(ax, laid.height)
    wide, _ = room(ax)
    several = len(laid.columns) > 1
    bars = laid.bars if several else wide
    axis = _axis(every, options, len(laid.columns), bars)
    head = axis.head
    if several:
        ax.axis("off")
    for at, column in enumerate(laid.columns):
        inner = ax
        if several:
            left = laid.start(at) + laid.names
            inner = ax.inset_axes((left / wide, 0, laid.bars / wide, 1))
        _draw_column(inner, column, laid, axis, options)
    left = 0.0 if several else laid.names
    _listed(ax, paths, options, (left, laid.names + bars + laid.dates if not several else wide))
    if options.legend:
        entries, breaks = legend_entries(every, options, several=several, worded=axis.worded)
        most = _whole(options) if several else laid.names + wide + laid.dates
        size = _legend_size(options, several=several)
        legend(ax, entries, most=most, size=size, lift=head, shift=left, breaks=breaks)
    return ax


def _shorten(ax: Axes, height: float) -> None:
    """Leave the lower part of an axes empty where its rows need less of a page of given height."""
    _, high = room(ax)
    if height < high:
        box = ax.get_position()
        part = box.height * height / high
        ax.set_position((box.x0, box.y1 - part, box.width, part))


def _paths(replays: Sequence[Replay], options: Options) -> tuple[Paths, Paths]:
    """Return the paths of all pages, and those of this one."""
    every = _shortened(Paths.of(options.among or replays, options), options)
    if reason := why_empty(every, options):
        raise PictureError(reason)
    return every, every.among(replays) if len(replays) < len(options.among) else every


def _shortened(every: Paths, options: Options) -> Paths:
    """Return the paths for a page of given height whose rows do not fit in one column.

    The lowest stages are listed by name, so that the rows of the highest ones are large. Where that
    is not enough, no stage is listed.
    """
    if options.room is None or not every.rows:
        return every

    def fits(paths: Paths) -> bool:
        return in_one_column(paths, options, partial(_others, paths, options))

    return next((some for some in (every, *every.shorter()) if fits(some)), every)


def _axis(every: Paths, options: Options, columns: int, bars: float) -> Timeline:
    """Return the time axis; its words at the fall of Kabul need wide bars in a single column."""
    axis = time_axis(every, options)
    words = width(TAKEOVER_WORDS, options.sizes.smallest) + 1
    return axis if columns == 1 and bars >= words else axis.unworded()


def _draw_column(
    ax: Axes,
    column: Sequence[Line],
    laid: Sheet,
    axis: Timeline,
    options: Options,
) -> None:
    sizes, named = options.sizes, laid.named
    wide, high = room(ax)
    scale = min(options.scale, high / laid.rows / ROW) if named else options.scale
    axis.put_on(ax, wide)
    ax.set_ylim(laid.rows, 0)
    quiet_frame(ax)
    axis.mark_years(ax, wide)
    ax.set_yticks([])
    bars = [(line.middle, line.row.pieces) for line in column if line.row]
    draw_bars(ax, bars, _BAR, crowded=not named, scale=scale)
    draw_bans(ax, bars, _BAR)
    rows = [(line.middle, line.row) for line in column if line.row]
    draw_doubts(ax, rows, axis, scale)
    draw_steps_back(ax, rows, axis, scale)
    if named:
        draw_ends(ax, rows, axis, scale)
    axis.mark_days(ax, wide)
    across = ax.get_yaxis_transform()
    for at, line in enumerate(column):
        if line.row is None:
            _heading(ax, line, laid, options, rule=bool(at))
        elif named:
            url = options.links.country(line.row.country)
            look: dict[str, Any] = {"transform": across, "va": "center", "url": url}
            ax.text(
                -laid.indent / wide,
                line.middle,
                "\n".join(line.names),
                ha="right",
                multialignment="right",
                fontsize=laid.letters,
                color=INK,
                linespacing=0.95,
                **look,
            )
            _square(ax, line, 1 + (laid.indent + 1.1 * scale) / wide, options.scale)
            if laid.dated:
                x = 1 + (laid.indent + SQUARE * options.scale) / wide
                since = line.row.since(short=laid.short)
                ax.text(x, line.middle, since, fontsize=sizes.smallest, color=QUIET, **look)
            if url:
                _link(ax, line, url)
    if laid.dated and any(line.row and line.row.since() for line in column):
        x, y = 1 + laid.indent / wide, column[0].middle
        reached = REACHED.replace("stage", options.ladder)
        ax.text(x, y, reached, transform=across, va="center", fontsize=sizes.smallest, color=QUIET)


def _square(ax: Axes, line: Line, x: float, scale: float) -> None:
    """Draw the last stage of a row as a square, so that it is seen however short its bar is."""
    row = line.row
    if row is None or row.stage is None:
        return
    colour = colour_of(row.stage)
    pale = row.end.basis is Basis.SILENT
    face = PAPER if row.assumed else paler(colour, PALE) if pale else colour
    edge = colour if row.assumed or pale else INK
    ax.plot(
        [x],
        [line.middle],
        transform=ax.get_yaxis_transform(),
        linestyle="none",
        marker="s",
        markersize=6 * scale,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=(0.5 if edge == INK else 0.9) * scale,
        clip_on=False,
        gid=f"last-{row.country}",
    )


def _link(ax: Axes, line: Line, url: str) -> None:
    """Make all bars of a row one link."""
    first, last = ax.get_xlim()
    box = Rectangle((first, line.at), last - first, line.tall, facecolor=_UNSEEN, linewidth=0)
    box.set(zorder=7, url=url)
    box.set_gid("link")
    ax.add_patch(box)


def _heading(ax: Axes, line: Line, laid: Sheet, options: Options, *, rule: bool) -> None:
    """Write the name of a group above its rows, with a line above it."""
    wide, _ = room(ax)
    across, scale = ax.get_yaxis_transform(), options.scale
    left = -laid.names
    if rule:
        right = wide + laid.dates
        edge: dict[str, Any] = {"color": QUIET, "linewidth": 0.5 * scale, "clip_on": False}
        ax.plot([left / wide, right / wide], [line.at] * 2, transform=across, zorder=1, **edge)
    shift = 0.0
    if stage := line.group.rows[0].stage:
        _swatch(ax, (left + 1.1 * scale) / wide, line.middle, stage, line.group, scale, across)
        shift = _SWATCH * scale
    ax.text(
        (left + shift) / wide,
        line.middle,
        line.heading,
        transform=across,
        fontsize=laid.headings,
        fontweight="bold",
        color=INK,
        va="center",
        zorder=4.5,
        bbox={"facecolor": PAPER, "linewidth": 0, "pad": 0.8},
    )


def _swatch(
    ax: Axes, x: float, y: float, stage: Stage, group: Group, scale: float, transform: Any
) -> None:
    assumed = group.rows[0].assumed
    ax.plot(
        [x],
        [y],
        transform=transform,
        linestyle="none",
        marker="s",
        markersize=5 * scale,
        markerfacecolor=PAPER if assumed else colour_of(stage),
        markeredgecolor=colour_of(stage) if assumed else INK,
        markeredgewidth=(0.9 if assumed else 0.5) * scale,
        clip_on=False,
        zorder=4.6,
    )


def _listed(ax: Axes, paths: Paths, options: Options, reach: tuple[float, float]) -> None:
    """List countries by name below the years. `reach` is how far left of the axes, and how wide."""
    wide, high = room(ax)
    scale, size = options.scale, options.sizes.small
    left, whole = reach
    for word in listing(paths.listed, size, whole, _SWATCH * scale):
        down = (_TICKS + 1.0) * scale + line_height(size, word.line) + line_height(size) / 2
        look: dict[str, Any] = {"transform": ax.transAxes, "va": "center", "color": INK}
        ax.text(
            (word.left - left) / wide,
            -down / high,
            word.text,
            fontsize=size,
            fontweight="normal" if word.row else "bold",
            url=options.links.country(word.row.country) if word.row else None,
            **look,
        )
        stage = word.group.rows[0].stage
        if stage and word.row is None:
            x = (word.left - (_SWATCH - 1.1) * scale - left) / wide
            _swatch(ax, x, -down / high, stage, word.group, scale, ax.transAxes)


def _below(paths: Paths, options: Options) -> float:
    """Return the height in mm of the years and of the countries listed by name."""
    scale, size = options.scale, options.sizes.small
    words = listing(paths.listed, size, _whole(options), _SWATCH * scale)
    texts = listing_height(words, size)
    return _TICKS * scale + (texts + 2.0 * scale if texts else 0.0)


def _whole(options: Options) -> float:
    return options.layout.width - 2 * EDGE


def _legend_size(options: Options, *, several: bool) -> float:
    return options.sizes.smallest if several else options.sizes.small


def _above(every: Paths, options: Options, columns: int, bars: float) -> float:
    """Return the height in mm of the legend, and of the words above the axes."""
    axis = _axis(every, options, columns, bars)
    if not options.legend:
        return axis.head + 1.0 * options.scale
    entries, breaks = legend_entries(every, options, several=columns > 1, worded=axis.worded)
    size = _legend_size(options, several=columns > 1)
    return legend_room(entries, size, _whole(options), breaks) + 2 * options.scale + axis.head


def _others(every: Paths, options: Options, columns: int, bars: float) -> float:
    """Return the height in mm of all that stands above and below the bars."""
    return _above(every, options, columns, bars) + _below(every, options)


def _laid(replays: Sequence[Replay], options: Options) -> tuple[Paths, Paths, Sheet]:
    """Return the paths of all pages, those of this one, and their arrangement."""
    every, paths = _paths(replays, options)
    return every, paths, sheet(paths, options, partial(_others, every, options))


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm: the same for each row, less if there are very many rows."""
    return _laid(replays, options)[-1].height


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that the rows take as they are arranged."""
    return _laid(replays, options)[-1].height - 0.01


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the names and days of a single column, the legend, and listed names."""
    every, paths, laid = _laid(replays, options)
    columns = len(laid.columns)
    return Margins(
        left=EDGE + (laid.names if columns == 1 else 0.0),
        right=EDGE + (laid.dates if columns == 1 else 0.0),
        above=_above(every, options, columns, laid.bars),
        below=_below(paths, options),
    )


def pages(replays: Sequence[Replay], options: Options) -> list[Sequence[Replay]]:
    """Split into pages: as many rows as fit on a page of given height, else up to 60 on one.

    More rows are split into pages of 50; more than 1,000 stay on one, without names.
    """
    every = Paths.of(replays, options)
    if options.room is not None:
        every = _shortened(every, options)
        parts = chunks(every, options, partial(_others, every, options))
        return [[row.replay for row in part.every] for part in parts]
    ordered = [row.replay for row in every.every]
    rows = len(every.rows)
    if rows <= ON_ONE_PAGE or not are_named(every):
        return [ordered]
    starts = range(0, rows, _A_PAGE)
    return [ordered[at : at + _A_PAGE if at != starts[-1] else None] for at in starts]


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why these replays cannot be drawn; empty if they can."""
    every = Paths.of(replays, options)
    if reason := why_empty(every, options):
        return reason
    return time_axis(every, options).why_no_fold(asked=options.fold)
