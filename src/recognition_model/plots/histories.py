"""Picture of many histories: a thin strip for each country, all on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from math import ceil
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve, frozen
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path

from recognition_model.analysis.headline import headline
from recognition_model.core.countries import name_of
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots import history_words
from recognition_model.plots.bars import basis_entries, basis_note, draw_bars
from recognition_model.plots.comparison import comparison
from recognition_model.plots.finding import finding, last_day, short_finding
from recognition_model.plots.kinds import PictureError
from recognition_model.plots.labels import legend, legend_room, quiet_frame, room
from recognition_model.plots.marks import Segment, strokes
from recognition_model.plots.page import EDGE, TAKEOVER, Margins, Options, Table, drawing
from recognition_model.plots.palette import FAINT, INK, QUIET, STAGE_COLOURS, paler
from recognition_model.plots.spans import Piece, Span, number, pieces, stretches
from recognition_model.plots.text import broken, line_height, width
from recognition_model.plots.timeline import Timeline, blank_look, undocumented_patch
from recognition_model.plots.view import why_not_shown

_PITCH, _DENSE = 7.4, 4.6  # mm from row to row, with two lines of words and with one
_STRIP = 0.84  # of the pitch: the height of a strip
_MANY = 24  # countries: from here on a row has one line
_NARROW = 140.0  # mm, at the scale of a page: below this a row has two lines
_FEW = 4  # so many countries are all named in the title
_PER_PAGE = {True: 60, False: 30}
"""How many dense and other rows a page of a PDF has."""
_NAME_SHARE, _FINDING_SHARE = 0.24, 0.3  # of the width of the page
_RIGHT = 7.2  # mm for half the label of a month at the end of the axis
_RUNG = 0.9  # mm: a tick at the height of a stage
_STAIRS = Path(
    [(-1, at / 2.5 - 1) if end else (0.4, at / 2.5 - 1) for at in range(6) for end in (1, 0)],
    [1, 2] * 6,
)
"""Six ticks one above the other, as a mark."""
_TICKS = 5.0  # mm for the labels of days above or below the axes


@frozen
class Row:
    """A country with its spells, cut by what they rest on, and what it says in short."""

    replay: Replay
    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    rank: int
    said: str
    said_shorter: str

    @classmethod
    def of(cls, replay: Replay, until: date | None) -> Row:
        spans = stretches(replay.history)
        position = replay.history.on(last_day(replay, until))
        return cls(
            replay,
            spans,
            pieces(replay, spans),
            min((spell.stage.rank for spell in position.spells), default=-1),
            short_finding(replay, until),
            short_finding(replay, until, years=True),
        )

    @property
    def name(self) -> str:
        return name_of(self.replay.country)


def rows_of(replays: Sequence[Replay], options: Options) -> list[Row]:
    """Return the rows from above: the highest stage on the last day shown first, then by name."""
    rows = (Row.of(replay, options.until) for replay in replays)
    return sorted(rows, key=lambda row: (-row.rank, row.name))


@frozen
class Plan:
    """Where the columns of words begin, in mm from the axes to the left, and whether rows are low.

    A row has its name and, below it or right of it, its finding.
    """

    dense: bool
    pitch: float
    left: float
    finding: float
    most: float

    @classmethod
    def of(cls, rows: Sequence[Row], options: Options) -> Plan:
        layout, scale, sizes = options.layout, options.scale, options.sizes
        wide = layout.width / scale >= _NARROW
        dense = wide and (len(rows) > _MANY or layout.height is not None)
        most = layout.width * _FINDING_SHARE
        names = max((width(row.name, sizes.normal) for row in rows), default=0.0)
        names = min(names, layout.width * _NAME_SHARE)
        told = max((width(_fitting(row, most, options), sizes.smallest) for row in rows), default=0)
        gap = 2.0 * scale
        if dense:
            return cls(dense, _DENSE * scale, names + told + 2 * gap, told + gap, most)
        return cls(dense, _PITCH * scale, max(names, told) + gap, max(names, told) + gap, most)


def _fitting(row: Row, most: float, options: Options) -> str:
    """Return the finding of a row, shorter if it would be too wide."""
    fits = width(row.said, options.sizes.smallest) <= most
    return row.said if fits else row.said_shorter


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw a strip for each replay into an axes; dates are matplotlib date numbers."""
    among = rows_of(options.among or replays, options)
    codes = {replay.country for replay in replays}
    rows = [row for row in among if row.replay.country in codes]
    axis, plan = shared_axis(among, options), Plan.of(among, options)
    wide, high = room(ax)
    axis.put_on(ax, wide)
    axis.mark_years(ax, wide)
    quiet_frame(ax)
    ax.set_yticks([])
    ax.set_ylim(len(rows), 0)
    _backgrounds(ax, axis, rows)
    level = _STRIP / (len(Stage) - 1 + 1.2)
    drawn: list[tuple[float, list[Piece]]] = []
    risers: list[Segment] = []
    for at, row in enumerate(rows):
        for _, together in groupby(row.pieces, key=lambda piece: id(piece.span)):
            spell = list(together)
            drawn.append((_height(at, spell[0].stage, level), spell))
        risers += [
            (
                (after.begins.at, _height(at, before.stage, level)),
                (after.begins.at, _height(at, after.stage, level)),
            )
            for before, after in pairwise(row.spans)
            if axis.first <= after.begins.at < axis.last
        ]
    draw_bars(ax, drawn, level * (1.35 if plan.dense else 1.1))
    strokes(ax, risers, linewidth=0.6, gid="risers", zorder=1.9)
    ends = [
        (
            (row.spans[-1].ends.at, at + 0.5 - _STRIP / 2),
            (row.spans[-1].ends.at, at + 0.5 + _STRIP / 2),
        )
        for at, row in enumerate(rows)
        if row.spans and axis.has(row.spans[-1].ends.at)
    ]
    strokes(ax, ends, linewidth=0.8, gid="end", zorder=4)
    _rungs(ax, len(rows), level, wide, options.scale)
    _words(ax, rows, plan, wide, high, options)
    turns = [at for at, (a, b) in enumerate(pairwise(rows), start=1) if a.rank != b.rank]
    edge = -plan.left / wide
    for at in turns:
        look: dict[str, Any] = {"color": QUIET, "linewidth": 0.4, "clip_on": False}
        ax.plot([edge, 1], [at, at], transform=ax.get_yaxis_transform(), **look)
    ax.set_xlim(axis.first, axis.last)
    ax.tick_params(axis="x", top=True, labeltop=True)
    lift = _TICKS * options.scale
    axis.mark_days(ax, wide, named=options.legend, lift=lift)
    if options.legend:
        entries, breaks = _legend(among, axis, options.scale)
        legend(
            ax,
            entries,
            most=plan.left + wide,
            size=options.sizes.small,
            lift=axis.head + lift,
            shift=plan.left,
            breaks=breaks,
        )
    return ax


def _height(at: int, stage: Stage, level: float) -> float:
    """Return how far down a stage of the row number `at` is drawn."""
    return at + 0.5 + _STRIP / 2 - (stage.rank + 0.6) * level


def _backgrounds(ax: Axes, axis: Timeline, rows: Sequence[Row]) -> None:
    """Draw a frame for each strip, hatched where nothing is documented."""
    heights = [(at + 0.5 + _STRIP / 2, at + 0.5 - _STRIP / 2) for at in range(len(rows))]
    frames = [_box(axis.first, axis.last, low, high) for low, high in heights]
    blanks = [
        _box(left, right, low, high)
        for row, (low, high) in zip(rows, heights, strict=True)
        for left, right in _blank(axis, row)
    ]
    look: dict[str, Any] = {"facecolors": "#f7f7f7", "edgecolors": FAINT, "linewidths": 0.3}
    ax.add_collection(PolyCollection(frames, zorder=0.2, **look), autolim=False)
    if blanks:
        ax.add_collection(PolyCollection(blanks, zorder=0.3, **blank_look()), autolim=False)


def _blank(axis: Timeline, row: Row) -> list[tuple[float, float]]:
    """Return the days of an axis on which nothing of a country is documented."""
    begins, ends = axis.last, axis.last
    if row.pieces:
        begins, _ = row.spans[0].begins.drawn()
        ends = row.pieces[-1].ends
    parts = ((axis.first, begins), (ends, axis.last))
    inside = [(axis.inside(left), axis.inside(right)) for left, right in parts]
    return [(left, right) for left, right in inside if left < right]


def _rungs(ax: Axes, rows: int, level: float, wide: float, scale: float) -> None:
    """Draw a tick left of each strip at the height of each stage."""
    left = -_RUNG * scale / wide
    ticks = [((left, y), (0.0, y)) for at in range(rows) for y in _levels(at, level)]
    drawn = LineCollection(
        ticks,
        colors=QUIET,
        linewidths=0.35 * scale,
        clip_on=False,
        transform=ax.get_yaxis_transform(),
    )
    drawn.set_gid("rungs")
    ax.add_collection(drawn, autolim=False)


def _levels(at: int, level: float) -> list[float]:
    return [_height(at, stage, level) for stage in Stage]


def _box(left: float, right: float, low: float, high: float) -> list[tuple[float, float]]:
    return [(left, low), (right, low), (right, high), (left, high)]


def _words(
    ax: Axes, rows: Sequence[Row], plan: Plan, wide: float, high: float, options: Options
) -> None:
    """Write the name and the finding of each country left of its strip."""
    sizes = options.sizes
    pitch = high / max(len(rows), 1)
    apart = 0.0 if plan.dense else line_height(sizes.normal) * 0.46 / pitch
    look: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "va": "center"}
    for at, row in enumerate(rows):
        size = sizes.normal
        while width(row.name, size) > options.layout.width * _NAME_SHARE and plan.dense:
            size = max(sizes.smallest, size - 0.1)
            if size == sizes.smallest:
                break
        name = (
            broken(row.name, size, options.layout.width * _NAME_SHARE) if plan.dense else [row.name]
        )
        text = name[0] if len(name) == 1 else row.replay.country
        written = ax.text(
            -plan.left / wide, at + 0.5 - apart, text, fontsize=size, color=INK, **look
        )
        if address := options.links.country(row.replay.country):
            written.set_url(address)
        said = _fitting(row, plan.most, options)
        ax.text(
            -plan.finding / wide,
            at + 0.5 + apart,
            said,
            fontsize=sizes.smallest,
            color=QUIET,
            **look,
        )


def _legend(
    rows: Sequence[Row], axis: Timeline, scale: float
) -> tuple[list[tuple[Any, str]], tuple[int, ...]]:
    """Return the entries of the legend, and the places at which a line begins."""
    names = [humanize(stage) if stage is not min(Stage) else "no dealings" for stage in Stage]
    rungs: dict[str, Any] = {
        "marker": _STAIRS,
        "markersize": 9 * scale,
        "markeredgewidth": 0.6 * scale,
    }
    entries: list[tuple[Any, str]] = [
        (Line2D([], [], **rungs), "height in a strip, from low:"),
        *(
            (Patch(facecolor=STAGE_COLOURS[stage], edgecolor=INK, linewidth=0.35), name)
            for stage, name in zip(Stage, names, strict=True)
        ),
    ]
    stages = len(entries)
    shown = axis.overlapping(piece for row in rows for piece in row.pieces)
    entries += basis_entries(shown, scale=scale)
    if any(not piece.sure for piece in shown):
        pale = Patch(facecolor=paler(STAGE_COLOURS[Stage.ENGAGED]), edgecolor=INK, linewidth=0.35)
        entries.append((pale, "paler: possible days"))
    if any(row.spans and axis.has(row.spans[-1].ends.at) for row in rows):
        look: dict[str, Any] = {
            "marker": "|",
            "markersize": 8 * scale,
            "markeredgewidth": 0.8 * scale,
        }
        entries.append((Line2D([], [], linestyle="none", color=INK, **look), "end of the data"))
    if any(_blank(axis, row) for row in rows):
        entries.append((undocumented_patch(), "not documented"))
    return entries, (stages,)


def shared_axis(rows: Sequence[Row], options: Options) -> Timeline:
    """Return the axis that all strips share."""
    started = [row for row in rows if row.spans]
    begins = [row.spans[0].begins.drawn()[0] for row in started]
    first = min(begins, default=number(TAKEOVER))
    last = max((row.pieces[-1].ends for row in started if row.pieces), default=first + 365)
    first = float(number(options.since)) if options.since else first
    last = float(number(options.until) + 1) if options.until else last
    moves = [span.begins.at for row in started for span in row.spans[1:]]
    return Timeline.over(first, max(last, first + 1), moves, even=options.even, sizes=options.sizes)


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why the days asked for show nothing; empty if they show something of a country."""
    if options.since and options.until and options.since > options.until:
        return "the last day lies before the first"
    reasons = [
        why_not_shown(one, options) or ("" if one.history.documented else "nothing is documented")
        for one in replays
    ]
    return "no record has a documented day among those asked for" if all(reasons) else ""


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm."""
    return len(replays) * Plan.of(rows_of(options.among or replays, options), options).pitch


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm that the axes need on a page of a given height.

    Raises `PictureError` with the number of countries that fit, if there are more.
    """
    fit = _fit(replays, options)
    if fit is not None and len(replays) > fit:
        raise PictureError(
            f"a page {options.layout.height:g} mm high shows at most"
            f" {plural(fit, 'country', 'countries')}, not {len(replays)}: name fewer, take a"
            " higher page, or write a .pdf, which has several pages"
        )
    return height(replays, options)


def _fit(replays: Sequence[Replay], options: Options) -> int | None:
    """Return how many rows fit on a page of a given height; None where it may be any."""
    layout, sizes = options.layout, options.sizes
    if layout.height is None:
        return None
    among = options.among or replays
    around = margins(replays, options)
    wide = (layout.width - 2 * EDGE) * 0.985
    heading = broken(options.title or title(among, options), sizes.heading, wide, bold=True)
    topics = broken(topic(among, options), sizes.topic, wide)
    head = line_height(sizes.heading, len(heading)) + line_height(sizes.topic, len(topics))
    caption = {"none": 0, "short": 4, "full": 12}[layout.caption]
    words = line_height(sizes.smallest, ceil(caption * 160 / layout.width * options.scale))
    used = 2 * EDGE + head + 1.5 * options.scale + around.above + around.below + words
    pitch = Plan.of(rows_of(among, options), options).pitch
    return max(int((layout.height - used) / pitch), 0)


def pages(replays: Sequence[Replay], options: Options) -> list[Sequence[Replay]]:
    """Split the countries into pages of a PDF, in the order of the rows."""
    ordered = rows_of(replays, options)
    rows, plan = [row.replay for row in ordered], Plan.of(ordered, options)
    fit = _fit(replays, evolve(options, among=tuple(replays)))
    most = max(_PER_PAGE[plan.dense] if fit is None else fit, 1)
    count = ceil(len(rows) / most)
    size = ceil(len(rows) / count)
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for names, findings, legend and the labels of days on both sides."""
    rows = rows_of(options.among or replays, options)
    plan, scale, axis = Plan.of(rows, options), options.scale, shared_axis(rows, options)
    above = axis.head + _TICKS * scale + 2
    if options.legend:
        entries, breaks = _legend(rows, axis, scale)
        most = options.layout.width - EDGE - _RIGHT * scale
        above += legend_room(entries, options.sizes.small, most, breaks)
    below = 2.5 + line_height(options.sizes.small)
    return Margins(left=plan.left + EDGE, right=_RIGHT * scale, above=above, below=below)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return where up to four countries stood, and of more who stood highest."""
    if len(replays) == 1:
        return finding(replays[0], options.until)
    if len(replays) <= _FEW:
        return comparison([row.replay for row in rows_of(replays, options)], options.until)
    return headline(replays, options.until)


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is shown."""
    if len(replays) == 1:
        return f"The stages of {name_of(replays[0].country)} over time"
    return f"The stages of {len(replays)} countries over time, a strip each"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentence of every caption: what is shown."""
    return ["The stage in force, the lowest at the foot of a strip."]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences on how to read this picture."""
    rows = rows_of(replays, options)
    axis = shared_axis(rows, options)
    shown = axis.overlapping(piece for row in rows for piece in row.pieces)
    lines = [
        "Rows are in the order of the stage on the last day shown, then of the name.",
        "Ticks left of a strip stand at the heights of the six stages.",
        "A stroke marks where the data of a country end.",
        *basis_note(shown),
    ]
    if any(not piece.sure for piece in shown):
        lines.append(
            "A date known only to an interval is drawn at its middle; until it is past,"
            " the bar is paler."
        )
    return [*lines, note] if (note := axis.note()) else lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Say what each country's strip ends with, in the order of the rows."""
    said = "; ".join(f"{row.name}: {row.said}" for row in rows_of(replays, options))
    return (
        f"A strip of stages over time for {plural(len(replays), 'country', 'countries')}. {said}."
    )


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return the rows of each country's history, in the order of the strips."""
    return history_words.table_of_all(row.replay for row in rows_of(replays, options))
