"""Picture of the time to a stage: the share of countries that reached it since a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from math import ceil
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.analysis.survival import Point, Wait, kaplan_meier, median, tally
from recognition_model.analysis.wait_ends import Ended
from recognition_model.analysis.waits import Cohort
from recognition_model.core.basis import WITHIN
from recognition_model.core.countries import name_of
from recognition_model.core.day_words import day_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.table_schema import Cell
from recognition_model.exports.wait_table import waits_table
from recognition_model.plots.interface import Margins, Options, Table, drawing
from recognition_model.plots.labels import (
    in_lines,
    legend,
    legend_height,
    quiet_frame,
    room,
)
from recognition_model.plots.layout import Sizes
from recognition_model.plots.names import place_names
from recognition_model.plots.palette import FAINT, INK, QUIET, colour_of, paler
from recognition_model.plots.text import widest
from recognition_model.plots.wait_words import (
    brief,
    describe,
    drawn_of,
    long,
    notes,
    seen,
    title,
    topic,
    waits,
    why_not,
)

_YEAR = 365.2425
# Lengths in mm on the layout `page`; `Options.scale` makes them larger or smaller.
_HEIGHT, _LOWEST = 58.0, 32.0
_FIRST, _LINE = 12.5, 3.6  # from the axis to the table below, and from line to line of it
_RIGHT = 4.0
_COLUMN = 9.0  # the least room for a column of the table below
_MOST_TICKS = 9
_STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_SHARES = (0.01, 0.02, 0.05, 0.1, 0.25)  # steps of the axis of shares
_MOST_SHARES = 5
_ROWS = {
    "later": "data begin later",
    "waiting": "waiting",
    "censored": "data ended",
    "lapsed": "lapsed",
    "reached": "reached",
}
_BAND = 0.85  # how much white is in the band
Curve = list[tuple[float, float]]


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the share that reached the stage, by days since `origin`, and a table below."""
    counted = waits(replays, options)
    sizes = options.sizes
    every = kaplan_meier(counted.drawn)
    points = drawn_of(every, len(counted.drawn))
    wide, _ = room(ax)
    end = max((point.days for point in every), default=_YEAR)
    unit, days = ("years", _YEAR) if end > 1.5 * _YEAR else ("months", _YEAR / 12)
    most = min(_MOST_TICKS, int(wide / (_COLUMN * options.scale)))
    step = next(s for s in _STEPS if end / days / s <= most)
    ticks = [step * at * days for at in range(int(end / days / step) + 1)]
    ax.set_xlim(0, end * 1.02)
    quiet_frame(ax, left=True)
    top, share = _top(counted, points)
    ax.set_ylim(0, top * 1.02)
    shares = [share * at for at in range(round(top / share) + 1)] if share else [0.0]
    ax.set_yticks(shares, [f"{100 * at:.0f} %" for at in shares])
    ax.set_xticks(ticks, [f"{tick / days:g}" for tick in ticks])
    ax.tick_params(labelsize=sizes.small, length=2.5, width=0.5, colors=INK)
    ax.set_ylabel("share of countries", fontsize=sizes.small, color=INK)
    since = f"{unit} since {day_in_words(options.origin)}"
    ax.grid(axis="y", color=FAINT, linewidth=0.4)
    ax.set_axisbelow(True)
    named = ""
    if points:
        named = _curves(ax, counted, points, options)
    ax.set_xlabel(f"{since}{named}", fontsize=sizes.small, color=INK)
    if not share:
        nobody: dict[str, Any] = {"ha": "center", "fontsize": sizes.normal, "color": QUIET}
        ax.text(0.5, 0.5, f"none reached the {options.ladder}", transform=ax.transAxes, **nobody)
    _tally(ax, counted, ticks, options)
    if options.legend:
        legend(ax, _entries(counted, options), most=wide, size=sizes.small)
    return ax


def _top(counted: Cohort, points: Sequence[Point]) -> tuple[float, float]:
    """Return the top of the axis of shares, rounded up, and its step; no step for no event."""
    highest = 0.0
    for drawn in (points, _far(counted.early), _far(counted.late)):
        highest = max([highest, *(1 - point.survival for point in drawn)])
    if not highest:
        return 1.0, 0.0
    highest = max([highest, *(1 - point.low for point in points if point.low is not None)])
    step = next((s for s in _SHARES if highest / s <= _MOST_SHARES), _SHARES[-1])
    return min(ceil(highest / step) * step, 1.0), step


def _curves(ax: Axes, counted: Cohort, points: Sequence[Point], options: Options) -> str:
    """Draw the estimate; return what could not be written beside it."""
    colour, scale = colour_of(options.target), options.scale
    curve = _steps(points, [1 - point.survival for point in points])
    _band(ax, points, paler(colour, _BAND))
    for other in (counted.early, counted.late):
        if sorted(other, key=_days) != sorted(counted.drawn, key=_days) and other:
            far = _far(other)
            dotted = _steps(far, [1 - point.survival for point in far])
            ax.step(*zip(*dotted, strict=True), where="post", zorder=2.5, **_DOTTED)
    x, y = zip(*curve, strict=True)
    ax.step(x, y, where="post", color=INK, linewidth=2.6 * scale, zorder=3)
    ax.step(x, y, where="post", color=colour, linewidth=1.7 * scale, zorder=3.1)
    for look, ended in ((_TICK, "censored"), (_CROSS, "lapsed")):
        lost = [point for point in points if getattr(point, ended)]
        heights = [1 - point.survival for point in lost]
        ax.plot([point.days for point in lost], heights, **_larger(look, scale))
    lines = [part for a, b in pairwise(curve) for part in ((a, (b[0], a[1])), ((b[0], a[1]), b))]
    half = median(points)
    if half is not None:
        for line in (((0, 0.5), (half, 0.5)), ((half, 0), (half, 0.5))):
            ax.plot(*zip(*line, strict=True), color=QUIET, linewidth=0.7, linestyle=(0, (4, 2)))
            lines.append(line)
    return _names(ax, counted, points, lines, half, options.sizes)


def _names(
    ax: Axes,
    counted: Cohort,
    points: Sequence[Point],
    lines: Sequence[Sequence[tuple[float, float]]],
    half: float | None,
    sizes: Sizes,
) -> str:
    """Name the countries at their steps, where there is room, and the day by which half had.

    Return the words for which there is no room, and how many countries are named, if not all.
    """
    at = {point.days: 1 - point.survival for point in points}
    reached = sorted((one for one in counted.waits if one.wait.reached), key=_wait_of)
    together = [(days, list(here)) for days, here in groupby(reached, key=_wait_of)]
    names = {days: ", ".join(name_of(one.country) for one in here) for days, here in together}
    steps = [(days, at[days], text) for days, text in names.items() if days in at]
    middle = [] if half is None else [(half, 0.0, f"half by {long(half)}")]
    last = [(points[-1].days, 1 - points[-1].survival, seen(counted, points))] if reached else []
    places = [*middle, *steps[-1:], *last, *steps[:-1]]
    left_out = set(place_names(ax, places, size=sizes.smallest, lines=lines))
    left_out |= {text for days, text in names.items() if days not in at}
    told = [text for _, _, text in [*middle, *last] if text in left_out]
    missing = sum(len(here) for days, here in together if names[days] in left_out)
    if missing:
        told.append(f"named: {len(reached) - missing} of {len(reached)} countries")
    return "".join(f"; {text}" for text in told)


def _far(other: Sequence[Wait]) -> tuple[Point, ...]:
    return drawn_of(kaplan_meier(other), len(other))


def _wait_of(one: Any) -> float:
    return float(one.wait.days)


def _band(ax: Axes, points: Sequence[Point], colour: str) -> None:
    """Fill the band where there is one: from the first event until all have reached the stage."""
    known = [
        (p.days, 1 - p.high, 1 - p.low) for p in points if p.high is not None and p.low is not None
    ]
    if not known:
        return
    end = next((p.days for p in points if not p.waiting), points[-1].days)
    days, low, high = zip(*known, (end, *known[-1][1:]), strict=True)
    ax.fill_between(days, low, high, step="post", color=colour, linewidth=0, zorder=1)


_TICK: dict[str, Any] = {
    "linestyle": "none",
    "marker": "|",
    "markersize": 6,
    "markeredgewidth": 0.9,
    "color": INK,
    "zorder": 4,
}
_DOTTED: dict[str, Any] = {"color": INK, "linewidth": 0.5, "linestyle": (0, (1, 1))}
_CROSS = {**_TICK, "marker": "x", "markersize": 4.5}


def _larger(look: dict[str, Any], scale: float) -> dict[str, Any]:
    return {**look, "markersize": look["markersize"] * scale}


def _days(wait: Wait) -> tuple[float, float, bool, bool]:
    return wait.entry, wait.days, wait.reached, wait.lapsed


def _steps(points: Sequence[Point], values: Sequence[float]) -> Curve:
    """Return a step line that begins at 0 on day 0."""
    return [(0.0, 0.0), *zip((point.days for point in points), values, strict=True)]


def _rows(counted: Cohort) -> dict[str, str]:
    """Return the rows of the table below: the field of `Tally` and its label.

    `later` and `lapsed` are there only if a country needs them.
    """
    none = set()
    if not any(wait.lapsed for wait in counted.drawn):
        none.add("lapsed")
    if not any(wait.entry for wait in counted.drawn):
        none.add("later")
    return {row: label for row, label in _ROWS.items() if row not in none}


def _tally(ax: Axes, counted: Cohort, ticks: Sequence[float], options: Options) -> None:
    """Write the risk table below; each column adds up to n."""
    across, scale = ax.get_xaxis_transform(), options.scale
    wide, high = room(ax)
    look: dict[str, Any] = {"fontsize": options.sizes.small, "color": INK}
    for at, (row, label) in enumerate(_rows(counted).items()):
        y = -(_FIRST + at * _LINE) * scale / high
        ax.text(-3.5 * scale / wide, y, label, transform=ax.transAxes, ha="right", **look)
        for tick in ticks:
            count = getattr(tally(counted.drawn, tick), row)
            ax.text(tick, y, str(count), transform=across, ha="center", **look)


def _entries(counted: Cohort, options: Options) -> list[tuple[Any, str]]:
    colour = colour_of(options.target)
    ended = {one.ended for one in counted.waits}
    entries: list[tuple[Any, str]] = [
        (
            Line2D([], [], color=colour, linewidth=2.2 * options.scale),
            "share (1 − Kaplan–Meier)",
        )
    ]
    if any(wait.reached for wait in counted.drawn) and len(counted.drawn) > 1:
        entries.append((Patch(facecolor=paler(colour, _BAND)), "95 % band (log-log)"))
    if Ended.RECORD_ENDED in ended:
        entries.append((Line2D([], [], **_larger(_TICK, options.scale)), "data of a country end"))
    if Ended.LAPSED in ended:
        entries.append(
            (Line2D([], [], **_larger(_CROSS, options.scale)), "dealings of a country lapse")
        )
    same = sorted(counted.drawn, key=_days)
    if any(sorted(other, key=_days) != same for other in (counted.early, counted.late)):
        entries.append((Line2D([], [], **_DOTTED), "all dates at their earliest or latest day"))
    return entries


def height(replays: Sequence[Replay], options: Options) -> float:
    return _HEIGHT * options.scale


def least(replays: Sequence[Replay], options: Options) -> float:
    return _LOWEST * options.scale


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the share at the left and the table below."""
    counted = waits(replays, options)
    rows, size, scale = _rows(counted), options.sizes.small, options.scale
    left, right = widest(rows.values(), size) + 6 * scale, _RIGHT * scale
    wide = options.layout.width - left - right
    lines = in_lines((text for _, text in _entries(counted, options)), size, wide)
    above = legend_height(len(lines), size) if options.legend else 0.0
    below = (_FIRST + len(rows) * _LINE) * scale
    return Margins(left=left, right=right, above=above + 2 * scale, below=below)


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each day on which a wait ends: counts, and the share with its band.

    The band is empty where there is none. `countries` are those whose wait ended on that day. The
    last columns count those at risk by the basis of their answer for the first day.
    """
    counted = waits(replays, options)
    head = ("days", "at_risk", "reached", "censored", "share", "share_low", "share_high", "lapsed")
    rows: Table = [(*head, *(f"at_risk_{basis}" for basis in WITHIN), "countries")]
    for point in kaplan_meier(counted.drawn):
        waiting = [one.basis for one in counted.waits if one.wait.at_risk(point.days)]
        ended = [one.country for one in counted.waits if one.end.days == point.days]
        rows.append(
            (
                point.days,
                point.at_risk,
                point.reached,
                point.censored,
                round(1 - point.survival, 6),
                "" if point.high is None else round(1 - point.high, 6),
                "" if point.low is None else round(1 - point.low, 6),
                point.lapsed,
                *(waiting.count(basis) for basis in WITHIN),
                " ".join(ended),
            )
        )
    return rows


def side_tables(replays: Sequence[Replay], options: Options) -> dict[str, Table]:
    """Return the waits, in the columns of the table `waits` of an export, with names.

    Those for a level of a scale have its levels, and no ban.
    """
    counted = waits(replays, options)
    made = waits_table(replays, counted.waits)
    names = [column.name for column in made.fields]
    if options.measure is None:
        rows: Table = [(*names, "name")]
        for row, one in zip(made.rows, counted.waits, strict=True):
            rows.append((*map(_cell, row), name_of(one.country)))
        return {"waits": rows}
    words = {str(rung): rung.value for rung in options.rungs}
    kept = [at for at, name in enumerate(names) if name != "ban"]
    rows = [(*("level" if names[at] == "stage" else names[at] for at in kept), "name")]
    for row, one in zip(made.rows, counted.waits, strict=True):
        cells = ((names[at], row[at]) for at in kept)
        told = (words.get(str(x), x) if name in _OF_LEVELS else x for name, x in cells)
        rows.append((*map(_cell, told), name_of(one.country)))
    return {"waits": rows}


_OF_LEVELS = ("target", "stage", "reached")
"""The columns of a wait that have a stage, or a level in its place."""


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


__all__ = [
    "brief",
    "describe",
    "draw",
    "height",
    "least",
    "margins",
    "notes",
    "side_tables",
    "table",
    "title",
    "topic",
    "waits",
    "why_not",
]
