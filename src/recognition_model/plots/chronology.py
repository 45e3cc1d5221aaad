"""Picture of what happened between two days: changes, other claims and signals, labelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.markers import CARETLEFT, CARETRIGHT

from recognition_model.core.countries import name_of
from recognition_model.core.day_words import when_on_label
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.chronicle import GAP, LANE, OPEN, Chronicle, Row
from recognition_model.plots.chronology_words import (
    brief,
    describe,
    notes,
    title,
    topic,
    why_not,
)
from recognition_model.plots.happened import Event, Window, events, running
from recognition_model.plots.interface import EDGE, Margins, Options, Table, drawing
from recognition_model.plots.labels import in_lines, legend, legend_height, quiet_frame, room
from recognition_model.plots.layout import Sizes
from recognition_model.plots.palette import (
    FAINT,
    INK,
    PAPER,
    QUIET,
    REFUSED,
    STAGE_COLOURS,
    paler,
)
from recognition_model.plots.spans import DayRange, is_open
from recognition_model.plots.text import widest, width
from recognition_model.plots.timeline import Timeline

# Lengths in mm on the layout `page`; `Options.scale` makes them larger or smaller.
_SIZES = Sizes()
_RIGHT, _BELOW = 7.0, 6.5
_ASIDE = 2.4  # from the axes to the dates at the left
_LEAST_ROWS = 4 * 4.6
_FOOT = LANE + 0.6  # the lane of the records that have not ended
_SIZE = {"change": 6.0, "refused": 4.4, "signal": 5.5}
_LOOKS: dict[str, dict[str, Any]] = {
    "change": {"marker": "o", "markeredgecolor": INK, "markeredgewidth": 0.8, "zorder": 5},
    "refused": {
        "marker": "X",
        "markerfacecolor": PAPER,
        "markeredgecolor": REFUSED,
        "markeredgewidth": 0.6,
        "zorder": 4.5,
    },
    "signal": {"marker": "|", "markeredgecolor": INK, "markeredgewidth": 0.8, "zorder": 4},
    "denied": {"marker": "x", "markeredgecolor": INK, "markeredgewidth": 0.7, "zorder": 4},
}
_RUNNING = paler(QUIET, 0.6)
_INKS = {"change": INK, "refused": QUIET, "signal": QUIET}


def _axis(window: Window, sizes: Sizes) -> Timeline:
    return Timeline.over(window.begins, window.ends + 1, sizes=sizes)


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw a row for each labelled event, by date, and lanes of ticks for the others."""
    window, sizes, scale = Window.of(replays, options), options.sizes, options.scale
    shown, axis = events(replays, window), _axis(window, options.sizes)
    across, up = room(ax)
    wide, high = across / scale, up / scale
    axis.put_on(ax, across)
    axis.mark_years(ax, across)
    quiet_frame(ax)
    ax.set_yticks([])
    ax.set_ylim(0, high)
    foot = _FOOT if running(replays, window) else 0.0
    told = Chronicle.of(shown, axis, wide, high - foot)
    spare = max(high - foot - told.high, 0) / max(len(told.rows), 1)
    y = high
    for row in told.rows:
        tall = row.high + spare
        _row(ax, row, y - tall / 2, (axis, wide), options)
        y -= tall
    if told.rows and told.lanes:
        ax.axhline(y - GAP / 2, color=QUIET, linewidth=0.5)
        y -= GAP
    for lane in told.lanes:
        middle = y - LANE / 2
        _beside(ax, middle, lane.label, wide, sizes.smallest, QUIET)
        ax.axhline(middle, color=FAINT, linewidth=0.4, zorder=0.6)
        for event in lane.events:
            _mark(ax, event, middle, axis, options, small=True)
        y -= LANE
    if foot:
        _running(ax, replays, window, wide, options)
    ax.set_xlim(axis.first, axis.last)
    axis.mark_days(ax, across)
    if options.legend:
        left = _left(told) * scale
        entries = _entries(told, options)
        legend(ax, entries, most=left + across, size=sizes.small, lift=axis.head, shift=left)
    return ax


def _running(
    ax: Axes, replays: Sequence[Replay], window: Window, wide: float, options: Options
) -> None:
    """Draw how many records have not ended: grey whose height is their share of all."""
    days, left = map(list, zip(*running(replays, window), strict=True))
    tall = [LANE * 0.8 * one / len(replays) for one in (*left, left[-1])]
    grey: dict[str, Any] = {"color": _RUNNING, "linewidth": 0, "step": "post", "zorder": 0.7}
    ax.fill_between([*days, window.ends + 1], tall, gid="running", **grey)
    label = f"records {left[0]} to {left[-1]}"
    _beside(ax, LANE * 0.4, label, wide, options.sizes.smallest, QUIET)


def _row(ax: Axes, row: Row, y: float, place: tuple[Timeline, float], options: Options) -> None:
    """Draw an event with its date at the left, its mark at its day, and its label beside it."""
    (axis, wide), event = place, row.event
    _beside(ax, y, when_on_label(event.when), wide, options.sizes.small, _INKS[event.kind])
    start = axis.inside(event.moment.at)
    ax.plot([axis.first, start], [y, y], color=FAINT, linewidth=0.5, zorder=0.6)
    _mark(ax, event, y, axis, options)
    label = ax.text(
        row.near / wide,
        y,
        "\n".join(row.lines),
        transform=ax.get_yaxis_transform(),
        ha="left" if row.right else "right",
        va="center",
        fontsize=options.sizes.small,
        fontweight="bold" if event.kind == "change" else "normal",
        color=_INKS[event.kind],
        linespacing=1.15,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
        zorder=3,
    )
    if address := options.links.entry(event.country, event.entry):
        label.set_url(address)


def _beside(ax: Axes, y: float, text: str, wide: float, size: float, colour: str) -> None:
    """Write a text left of the axes."""
    look: dict[str, Any] = {"ha": "right", "va": "center", "fontsize": size, "color": colour}
    ax.text(-_ASIDE / wide, y, text, transform=ax.get_yaxis_transform(), **look)


def _mark(
    ax: Axes, event: Event, y: float, axis: Timeline, options: Options, *, small: bool = False
) -> None:
    """Draw the mark of an event, and a bar over its possible days."""
    moment = event.moment
    linked: list[Artist] = []
    if not moment.exact and not (small and event.kind == "signal"):
        heavy = (0.5 if small else 1.0) * options.scale
        days = _days(ax, moment, axis, options)
        linked += ax.plot(days, [y, y], color=_INKS[event.kind], linewidth=heavy, zorder=3.5)
        for day, arrow in ((moment.earliest, CARETLEFT), (moment.latest, CARETRIGHT)):
            if is_open(day):
                end = days[0] if arrow is CARETLEFT else days[1]
                tip: dict[str, Any] = {"color": _INKS[event.kind], "markeredgewidth": 0}
                ax.plot([end], [y], marker=arrow, markersize=3.5 * options.scale, **tip)
    if axis.has(moment.at):
        look = _LOOKS["denied" if event.denied else event.kind]
        size = _SIZE[event.kind] * (0.75 if small else 1) * options.scale
        if event.stage is not None:
            look = {**look, "markerfacecolor": STAGE_COLOURS[event.stage]}
        linked += ax.plot(
            [moment.at], [y], linestyle="none", markersize=size, clip_on=False, **look
        )
    for at, artist in enumerate(linked):
        artist.set_gid(
            f"entry-{event.country}-{event.entry}" + ("-days" if at + 1 < len(linked) else "")
        )
        if address := options.links.entry(event.country, event.entry):
            artist.set_url(address)


def _days(ax: Axes, moment: DayRange, axis: Timeline, options: Options) -> tuple[float, float]:
    """Return the ends of the bar of a date: a short way towards an open side."""
    days = (axis.last - axis.first) / room(ax)[0] * OPEN * options.scale
    first = moment.at - days if is_open(moment.earliest) else moment.earliest
    last = moment.at + days if is_open(moment.latest) else moment.latest
    return axis.inside(first), axis.inside(last)


def _entries(told: Chronicle, options: Options) -> list[tuple[Any, str]]:
    """Return the legend: the marks that are there."""
    there = [row.event for row in told.rows] + [e for lane in told.lanes for e in lane.events]
    names = {
        "change": "change of stage",
        "refused": "claim not counted",
        "signal": "signal",
        "denied": "denied signal",
    }
    kinds = {"denied" if event.denied else event.kind for event in there}
    entries: list[tuple[Any, str]] = []
    for kind, name in names.items():
        if kind in kinds:
            size = _SIZE.get(kind, 4.5) * options.scale
            look = {"markerfacecolor": INK, **_LOOKS[kind], "markersize": size}
            entries.append((Line2D([], [], linestyle="none", **look), name))
    barred = [row.event for row in told.rows]
    barred += [event for lane in told.lanes for event in lane.events if event.kind != "signal"]
    if any(not event.moment.exact for event in barred):
        entries.append((Line2D([], [], color=INK, linewidth=options.scale), "possible days"))
    return entries


def _left(told: Chronicle) -> float:
    """The room left of the axes for dates and the names of lanes, on the layout `page`."""
    dates = widest((when_on_label(row.event.when) for row in told.rows), _SIZES.small)
    return max(dates, widest((lane.label for lane in told.lanes), _SIZES.smallest)) + _ASIDE + 0.5


def _laid_out(replays: Sequence[Replay], options: Options) -> tuple[Chronicle, float, float]:
    """Lay out the events on the page, as high as they need.

    Return the room at the left too, and that at the foot for the records that have not ended.
    """
    window = Window.of(replays, options)
    shown, axis = events(replays, window), _axis(window, _SIZES)
    dates = widest((when_on_label(event.when) for event in shown), _SIZES.small)
    page = options.layout.width / options.scale
    told = Chronicle.of(shown, axis, page - dates - _RIGHT - 4)
    counts = running(replays, window)
    label = width(f"records {counts[0][1]} to {counts[-1][1]}", _SIZES.smallest) if counts else 0.0
    left = max(_left(told), label + _ASIDE + 0.5)
    return told, left + EDGE / options.scale, _FOOT if counts else 0.0


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height of the rows and lanes."""
    told, _, foot = _laid_out(replays, options)
    return (told.high + foot) * options.scale


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height of a few rows and lanes: the others lose their labels."""
    told, _, foot = _laid_out(replays, options)
    lanes = GAP + 5 * LANE
    return (min(told.high, _LEAST_ROWS + lanes) + foot) * options.scale


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the dates at the left and the legend above."""
    told, left, _ = _laid_out(replays, options)
    scale, size = options.scale, options.sizes.small
    wide = options.layout.width - EDGE - _RIGHT * scale
    lines = in_lines((text for _, text in _entries(told, options)), size, wide)
    above = legend_height(len(lines), size) if options.legend else 0.0
    head = _axis(Window.of(replays, options), options.sizes).head
    return Margins(
        left=left * scale,
        right=_RIGHT * scale,
        above=above + 2 * scale + head,
        below=_BELOW * scale,
    )


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each event, by date. `entry` is its number in the file of the country."""
    rows: Table = [("date", "country", "name", "kind", "what", "family", "denied", "entry", "note")]
    return rows + [
        (
            event.when.text,
            event.country,
            name_of(event.country),
            event.kind,
            event.what,
            event.family.value if event.family else "",
            "yes" if event.denied else "",
            event.entry,
            event.note,
        )
        for event in events(replays, Window.of(replays, options))
    ]


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
