"""Picture of the number of countries at each stage over time.

Only countries with a record on the first day of a panel are counted, so no area grows or shrinks
because a record begins or ends. Where a record ends, its last stage is carried forward in a paler
tint to the last day shown; nothing is carried backward.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from recognition_model.core.countries import name_of
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, join_limited, percent, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.counts import Panel, panels, uncounted
from recognition_model.plots.counts import why_not as why_not
from recognition_model.plots.labels import (
    in_lines,
    legend,
    legend_height,
    quiet_frame,
    room,
    spread,
)
from recognition_model.plots.page import WIDTH, Margins, Options, Table, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET, STAGE_COLOURS, paler
from recognition_model.plots.spans import NO_DEALINGS, day_of, lowest_in_words, uncertain
from recognition_model.plots.text import SMALL, SMALLEST, line_height, widest
from recognition_model.plots.timeline import shade_undocumented, undocumented_patch

_HEIGHT = 68.0
_LEFT_PANEL = 0.4  # of the width, of two panels
_GAP = 8.0  # mm between two panels
_TITLES = 4.0  # mm above two panels
# The parts of a stage from the bottom up, as (carried forward, assumed).
_PARTS = ((1, 1), (0, 1), (0, 0), (1, 0))
_PALE, _HOLLOW = 0.5, 0.9  # how much white is in a stage that is carried forward or assumed
# Visible on every area, dark, pale or hollow: dark lines on a wash of white.
_UNSURE: dict[str, Any] = {
    "facecolor": (1.0, 1.0, 1.0, 0.45),
    "edgecolor": INK,
    "hatch": "xxxxxx",
    "linewidth": 0,
}


def look_of(stage: Stage, *, carried: int, assumed: int) -> dict[str, Any]:
    """Return the look of a part of a stage: solid or hollow, striped where carried forward."""
    colour = STAGE_COLOURS[stage]
    stripes = {"hatch": "////"} if carried else {}
    if assumed:
        hollow = paler(colour, _HOLLOW)
        return {"facecolor": hollow, "edgecolor": colour, "linewidth": 0.8, **stripes}
    if carried:
        return {"facecolor": paler(colour, _PALE), "edgecolor": colour, "linewidth": 0, **stripes}
    return {"facecolor": colour, "edgecolor": PAPER, "linewidth": 0.4}


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw stacked areas over time into an axes; dates are matplotlib date numbers.

    Two panels are two axes within the given one. Raises `PictureError` for fewer than five
    countries.
    """
    shown = panels(replays, options)
    wide, high = room(ax)
    if len(shown) == 1:
        _draw_panel(ax, shown[0])
        _mark(ax, shown[0])
        ax.set_ylabel(f"countries in the record (n = {shown[0].of})", fontsize=SMALL, color=INK)
    else:
        ax.axis("off")
        named = next((panel for panel in reversed(shown) if panel.axis.head), None)
        up = 1 - (_TITLES + _head(shown)) / high
        split = _LEFT_PANEL * (1 - _GAP / wide)
        boxes = (0.0, split), (split + _GAP / wide, 1 - split - _GAP / wide)
        for panel, (left, width) in zip(shown, boxes, strict=True):
            inner = ax.inset_axes((left, 0, width, up))
            _draw_panel(inner, panel)
            if panel is named or panel.axis.fold is not None:
                _mark(inner, panel)
            look: dict[str, Any] = {"va": "top", "fontsize": SMALL, "color": INK}
            ax.text(left, 1, _panel_title(panel), transform=ax.transAxes, **look)
            if not left:
                inner.set_ylabel("countries in the record", fontsize=SMALL, color=INK)
    within = _TITLES + _head(shown) if len(shown) > 1 else 0
    _labels(ax, shown[-1], (wide, high), high - within)
    lift = _head(shown) if len(shown) == 1 else 0
    legend(ax, _entries(shown), most=wide + _right(shown[-1]) - 4, lift=lift)
    return ax


def _head(shown: Sequence[Panel]) -> float:
    """Return the height in mm of the words above the panels."""
    return max(panel.axis.head for panel in shown)


def _draw_panel(ax: Axes, panel: Panel) -> None:
    counted, axis = panel.counted, panel.axis
    wide, _ = room(ax)
    axis.put_on(ax, wide)
    ax.set_ylim(0, panel.of)
    quiet_frame(ax, left=True)
    ax.tick_params(axis="y", labelsize=SMALL, length=2.5, width=0.5, colors=INK)
    ticks = MaxNLocator(6, integer=True).tick_values(0, panel.of)
    ax.set_yticks([tick for tick in ticks if tick <= panel.of])
    shade_undocumented(ax, axis.first, float(counted.days[0]))
    shade_undocumented(ax, counted.end, axis.last)
    edges = np.append(counted.days, counted.end)
    low = np.zeros(len(counted.days), dtype=int)
    for stage in Stage:
        for carried, assumed in _PARTS:
            count = counted.parts[:, stage.rank, carried, assumed]
            if (carried or assumed) and not count.any():
                continue
            areas = _areas(edges, low, low + count)
            look = look_of(stage, carried=carried, assumed=assumed)
            area = PolyCollection(areas, zorder=2.7 if assumed else 2, **look)
            area.set_gid(f"stage-{stage.rank + 1}" + "-carried" * carried + "-assumed" * assumed)
            ax.add_collection(area, autolim=False)
            low = low + count
        ax.step(
            edges, np.append(low, low[-1]), where="post", color=PAPER, linewidth=0.8, zorder=2.5
        )
    unsure = [
        area
        for line in range(1, len(Stage))
        for area in _areas(edges, counted.least[:, line], counted.most[:, line])
    ]
    if unsure:
        band = PolyCollection(unsure, zorder=3, **_UNSURE)
        band.set_gid("uncertain")
        ax.add_collection(band, autolim=False)
    ax.set_xlim(axis.first, axis.last)


def _mark(ax: Axes, panel: Panel) -> None:
    """Mark the days that the axis names, above the areas."""
    panel.axis.mark_days(ax, room(ax)[0])
    for line in ax.lines:
        if line.get_gid() == "takeover":
            line.set(zorder=3.6, path_effects=[withStroke(linewidth=2, foreground=PAPER)])


def _areas(edges: Any, low: Any, high: Any) -> list[Any]:
    """Return the outlines of a step area: one for each stretch in which it has a height."""
    has = np.concatenate([[0], (high > low).astype(int), [0]])
    steps = np.diff(has)
    return [
        _area(edges[begin : end + 1], low[begin:end], high[begin:end])
        for begin, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    ]


def _area(edges: Any, low: Any, high: Any) -> Any:
    """Return the outline of a step area; `low` and `high` are its bounds between two edges."""
    x = np.repeat(edges, 2)[1:-1]
    return np.concatenate(
        [np.stack([x, np.repeat(high, 2)], -1), np.stack([x, np.repeat(low, 2)], -1)[::-1]]
    )


def _labels(ax: Axes, panel: Panel, size: tuple[float, float], tall: float) -> None:
    """Write the counts on the last day shown at the right; `tall` is the height of the panel."""
    wide, high = size
    lines = _lines(panel)
    tops = np.cumsum([line.count for line in lines])
    middles = [float(top) - line.count / 2 for top, line in zip(tops, lines, strict=True)]
    gap = line_height(SMALL) + line_height(SMALLEST) + 0.4
    scale = tall / panel.of
    places = spread([middle * scale for middle in middles], gap, gap / 2, high - 11)
    across = ax.transAxes
    for line, middle, y in zip(lines, middles, places, strict=True):
        if line.count:
            reach = [1 + 0.3 / wide, 1 + 2.0 / wide]
            tie: dict[str, Any] = {"color": QUIET, "linewidth": 0.5, "clip_on": False}
            ax.plot(reach, [middle * scale / high, y / high], transform=across, **tie)
        ax.plot(
            [1 + 3.2 / wide],
            [y / high],
            transform=across,
            marker="s",
            markersize=5,
            markerfacecolor=look_of(line.stage, carried=0, assumed=line.assumed)["facecolor"],
            markeredgecolor=STAGE_COLOURS[line.stage] if line.assumed else INK,
            markeredgewidth=0.8 if line.assumed else 0.5,
            clip_on=False,
        )
        shift = line_height(SMALLEST) / 2 if line.detail else 0
        look: dict[str, Any] = {"transform": across, "va": "center"}
        colour = INK if line.count else QUIET
        left = 1 + 5.2 / wide
        ax.text(left, (y + shift) / high, line.text, fontsize=SMALL, color=colour, **look)
        if line.detail:
            below = (y - line_height(SMALL) / 2) / high
            ax.text(left, below, line.detail, fontsize=SMALLEST, color=QUIET, **look)
    ax.text(
        1 + 2.4 / wide,
        1,
        _heading(panel),
        transform=across,
        fontsize=SMALLEST,
        color=INK,
        va="top",
        linespacing=1.2,
    )


@frozen
class _Line:
    """What stands at the right about one area: its stage, its count, and two lines of text."""

    stage: Stage
    assumed: bool
    count: int
    name: str
    text: str
    detail: str


def _lines(panel: Panel) -> list[_Line]:
    """Return the lines on the last day shown, from the bottom up.

    Assumed starts in the lowest stage have a line of their own. The names of this stage are long,
    so their counts are on the second line.
    """
    shown, of, lowest = panel.counted.parts[-1], panel.of, min(Stage)
    lines = []
    for name, assumed in ((NO_DEALINGS, True), (lowest_in_words(panel.endings), False)):
        within, carried = (int(count) for count in shown[lowest.rank, :, int(assumed)])
        count = within + carried
        detail = ", ".join([_share(count, of), *_forward(carried)])
        lines.append(_Line(lowest, assumed, count, name, name, detail))
    for stage in Stage:
        if stage is lowest:
            continue
        parts = shown[stage.rank]
        count, assumptions = int(parts.sum()), int(parts[:, 1].sum())
        details = _forward(int(parts[1].sum()))
        details += [f"{assumptions} assumed"] if assumptions else []
        name = humanize(stage)
        text = f"{name}  {_share(count, of)}"
        lines.append(_Line(stage, False, count, name, text, ", ".join(details)))
    return lines


def _forward(carried: int) -> list[str]:
    return [f"{carried} carried forward"] if carried else []


def _share(count: int, of: int) -> str:
    return f"{count} of {of} ({percent(count, of)})"


def _heading(panel: Panel) -> str:
    carried = int(panel.counted.carried[-1].sum())
    day = day_of(panel.last)
    return (
        f"{day}, the last day shown:\n{_reaching(panel.of - carried)},\n{carried} carried forward"
    )


def _reaching(count: int) -> str:
    return f"{plural(count, 'record reaches', 'records reach')} it"


def _panel_title(panel: Panel) -> str:
    return f"{plural(panel.of, 'country', 'countries')} from {day_of(panel.first)}"


def _entries(shown: Sequence[Panel]) -> list[tuple[Any, str]]:
    parts = sum(panel.counted.parts.sum(axis=(0, 1)) for panel in shown)
    example = Stage.ENGAGED
    entries: list[tuple[Any, str]] = [
        (Patch(**look_of(example, carried=0, assumed=0)), "within the record"),
    ]
    if parts[1].any():
        entries.append((Patch(**look_of(example, carried=1, assumed=0)), "carried forward"))
    if parts[:, 1].any():
        entries.append(
            (Patch(**look_of(min(Stage), carried=0, assumed=1)), "assumed: no source attests it")
        )
    if any((panel.counted.least < panel.counted.most)[:, 1:-1].any() for panel in shown):
        entries.append((Patch(**_UNSURE), "uncertain dates"))
    if any(p.axis.first < p.first or p.axis.last > p.counted.end for p in shown):
        entries.append((undocumented_patch(), "not documented"))
    return entries


def _right(panel: Panel) -> float:
    widths = [widest([line.text], SMALL) for line in _lines(panel)]
    widths += [widest([line.detail], SMALLEST) for line in _lines(panel)]
    return max(*widths, widest(_heading(panel).split("\n"), SMALLEST)) + 7.5


def height(replays: Sequence[Replay], options: Options) -> float:
    return _HEIGHT


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the count at the left and the names of the stages at the right."""
    shown = panels(replays, options)
    lines = in_lines((text for _, text in _entries(shown)), SMALL, WIDTH - 17)
    above = legend_height(len(lines)) + 2 + (_head(shown) if len(shown) == 1 else 0)
    left = 9.5 + widest([f"{shown[0].of}"], SMALL)
    return Margins(left=left, right=_right(shown[-1]), above=above, below=6.5)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return what is counted."""
    return "How many countries stand at each stage, as last documented"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    shown = panels(replays, options)
    lines = [_who(shown)]
    if left_out := uncounted(replays, shown):
        names = join_limited([name_of(country) for country in left_out], 3)
        lines.append(f"Not counted, because the record begins later: {names}.")
    parts = sum(panel.counted.parts.sum(axis=(0, 1)) for panel in shown)
    if parts[1].any():
        until = day_of(shown[-1].last)
        lines.append(
            f"Pale stripes: the record has ended, and its last stage is carried forward to {until},"
            " never backward."
        )
    if parts[:, 1].any():
        lines.append("Hollow: the start is assumed; no source attests it.")
    if uncertain(replays):
        lines.append("Dates known only to an interval count from its middle.")
    when = "each country's last documented day" if parts[1].any() else "the last day shown"
    lines.append(f"Basis on {when}. {shown[-1].basis}")
    lines.append("How old the evidence is between changes is not shown.")
    return [*lines, *dict.fromkeys(note for panel in shown if (note := panel.axis.note()))]


def _who(shown: Sequence[Panel]) -> str:
    """Say which countries are counted, and how two panels differ."""
    first = shown[0]
    if len(shown) == 1:
        return f"Counted are the {first.of} countries with a record on {day_of(first.first)}."
    later = shown[1]
    return (
        f"Left: the {first.of} countries with a record on {day_of(first.first)}. Right: these and"
        f" {later.of - first.of} whose records begin by {day_of(later.first)}. Each panel has its"
        " own scales."
    )


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the panels, and the counts on the last day shown."""
    shown = panels(replays, options)
    spans = [
        f"of {plural(p.of, 'country', 'countries')} from {day_of(p.first)} to {day_of(p.last)}"
        for p in shown
    ]
    last = shown[-1]
    lines = [line for line in reversed(_lines(last)) if line.count]
    stages = ", ".join(f"{line.name} {_share(line.count, last.of)}" for line in lines)
    carried = int(last.counted.carried[-1].sum())
    reach = f"{_reaching(last.of - carried)}, {carried} carried forward as last documented"
    return (
        f"Stacked areas by stage {' and '.join(spans)}."
        f" {day_of(last.last)}, the last day shown: {reach}. {stages[:1].upper()}{stages[1:]}."
    )


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each period of each panel: counts at the end of its days, and bounds."""
    heading = ["panel", "from", "to", "of", "within_record", "carried_forward"]
    parts = ("within_record", "carried_forward", "assumed")
    heading += [f"{stage.value}_{part}" for stage in Stage for part in parts]
    heading += [f"{stage.value}_or_below_{bound}" for stage in Stage for bound in ("min", "max")]
    rows: Table = [tuple(heading)]
    for place, panel in enumerate(panels(replays, options), start=1):
        counted = panel.counted
        ends = [*counted.days[1:], counted.end]
        for at, (day, end) in enumerate(zip(counted.days, ends, strict=True)):
            if day_of(day) == day_of(end):  # the middle of an uncertain date, later that day
                continue
            stages, carried = counted.stages[at], counted.carried[at]
            numbers = [*zip(stages - carried, carried, counted.assumed[at], strict=True)]
            bounds = [*zip(counted.least[at, 1:], counted.most[at, 1:], strict=True)]
            rows.append(
                (
                    place,
                    day_of(day).isoformat(),
                    day_of(end - 1).isoformat(),
                    panel.of,
                    int((stages - carried).sum()),
                    int(carried.sum()),
                    *(int(count) for group in (*numbers, *bounds) for count in group),
                )
            )
    return rows
