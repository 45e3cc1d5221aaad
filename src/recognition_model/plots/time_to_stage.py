"""Picture of the time to a stage: the share of countries that reached it since a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.analysis.survival import Point, Wait, kaplan_meier, median, tally
from recognition_model.core.countries import name_of
from recognition_model.core.wording import humanize, join_limited, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.labels import in_lines, legend, legend_height, quiet_frame, room
from recognition_model.plots.page import WIDTH, Margins, Options, Table
from recognition_model.plots.palette import FAINT, INK, QUIET, STAGE_COLOURS, paler
from recognition_model.plots.spans import DayRange, is_open, number, stretches, uncertain
from recognition_model.plots.text import SMALL, SMALLEST, widest

_YEAR = 365.2425
_HEIGHT = 58.0
_LINE = 3.6  # mm from line to line of the table below
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_ROWS = ("waiting", "data ended", "reached")


@frozen
class Waits:
    """The waits of the countries that were below the stage on the first day.

    `drawn` reads uncertain dates at their middles, `early` and `late` at their earliest and latest
    days. `countries` are (code, wait) pairs; `outside` are (code, reason) pairs of countries left
    out.
    """

    drawn: tuple[Wait, ...]
    early: tuple[Wait, ...]
    late: tuple[Wait, ...]
    countries: tuple[tuple[str, Wait], ...]
    outside: tuple[tuple[str, str], ...]


def waits(replays: Sequence[Replay], options: Options) -> Waits:
    """Measure each country's wait from `options.origin` until it first reached the stage."""
    drawn: list[tuple[str, Wait]] = []
    outside: list[tuple[str, str]] = []
    for replay in replays:
        wait = _wait(replay, options, "at")
        if isinstance(wait, Wait):
            drawn.append((replay.country, wait))
        else:
            outside.append((replay.country, wait))
    readings = [
        tuple(w for r in replays if isinstance(w := _wait(r, options, reading), Wait))
        for reading in ("earliest", "latest")
    ]
    return Waits(
        drawn=tuple(wait for _, wait in drawn),
        early=readings[0],
        late=readings[1],
        countries=tuple(drawn),
        outside=tuple(outside),
    )


def _wait(replay: Replay, options: Options, reading: str) -> Wait | str:
    """Return a country's wait for one reading of the dates, or why it is left out."""
    origin = number(options.origin)
    spans = stretches(replay.history)

    def read(moment: DayRange) -> float:
        return float(getattr(moment, reading))

    if not spans or spans[-1].ends.at <= origin:
        return "not documented on that day"
    if read(spans[0].begins) > origin:
        return "data begin later"
    state = next(span for span in reversed(spans) if read(span.begins) <= origin)
    if state.stage >= options.stage:
        return "already at the stage"
    until = spans[-1].ends.at
    for span in spans:
        if read(span.begins) > origin and span.stage >= options.stage:
            # After the last documented day the stage does not count as reached.
            late = reading != "earliest" and _middle(span.begins, reading) >= until
            return (
                Wait(until - origin, reached=False)
                if late
                else Wait(read(span.begins) - origin, reached=True)
            )
    return Wait(until - origin, reached=False)


def _middle(moment: DayRange, reading: str) -> float:
    """Return the day of a reading, even if it is after the last documented day."""
    if reading == "latest" or moment.exact:
        return moment.latest
    if is_open(moment.earliest) or is_open(moment.latest):
        return moment.at
    return (moment.earliest + moment.latest) / 2


def draw(replays: Sequence[Replay], ax: Axes, options: Options = Options()) -> Axes:  # noqa: B008 - frozen
    """Draw the share that reached the stage, by days since `origin`, and a table below."""
    cohort = waits(replays, options)
    colour = STAGE_COLOURS[options.stage]
    points = kaplan_meier(cohort.drawn)
    wide, high = room(ax)
    end = max((point.days for point in points), default=_YEAR)
    unit, days = ("years", _YEAR) if end > 1.5 * _YEAR else ("months", _YEAR / 12)
    step = next(s for s in (0.5, *_STEPS) if end / days / s <= 9)
    ticks = [step * at * days for at in range(int(end / days / step) + 1)]
    ax.set_xlim(0, end * 1.02)
    ax.set_ylim(0, 1.02)
    quiet_frame(ax, left=True)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xticks(ticks, [f"{tick / days:g}" for tick in ticks])
    ax.tick_params(labelsize=SMALL, length=2.5, width=0.5, colors=INK)
    ax.set_ylabel("share of countries", fontsize=SMALL, color=INK)
    ax.set_xlabel(f"{unit} since {options.origin}", fontsize=SMALL, color=INK)
    ax.grid(axis="y", color=FAINT, linewidth=0.4)
    ax.set_axisbelow(True)
    if points:
        _curves(ax, cohort, points, colour)
    else:
        ax.text(0.5, 0.5, "no country at risk", transform=ax.transAxes, ha="center", color=QUIET)
    _tally(ax, cohort, ticks, wide, high)
    legend(ax, _entries(cohort, options), most=wide)
    return ax


def _curves(ax: Axes, cohort: Waits, points: Sequence[Point], colour: str) -> None:
    x, y = _steps(points, [1 - point.survival for point in points])
    low = _steps(points, [1 - point.high for point in points])[1]
    high = _steps(points, [1 - point.low for point in points])[1]
    ax.fill_between(x, low, high, step="post", color=paler(colour, 0.72), linewidth=0, zorder=1)
    for other in (cohort.early, cohort.late):
        if sorted(other, key=_days) != sorted(cohort.drawn, key=_days) and other:
            far = kaplan_meier(other)
            ax.step(
                *_steps(far, [1 - point.survival for point in far]),
                where="post",
                color=INK,
                linewidth=0.5,
                linestyle=(0, (1, 1)),
                zorder=2.5,
            )
    ax.step(x, y, where="post", color=INK, linewidth=2.6, zorder=3)
    ax.step(x, y, where="post", color=colour, linewidth=1.7, zorder=3.1)
    lost = [point for point in points if point.censored]
    ax.plot(
        [point.days for point in lost],
        [1 - point.survival for point in lost],
        **_TICK,
    )
    half = median(points)
    if half is not None:
        ax.plot([0, half], [0.5, 0.5], color=QUIET, linewidth=0.7, linestyle=(0, (4, 2)))
        ax.plot([half] * 2, [0, 0.5], color=QUIET, linewidth=0.7, linestyle=(0, (4, 2)))
        late = half > ax.get_xlim()[1] * 0.7
        ax.annotate(
            f"half by {_long(half)}",
            (half, 0),
            xytext=(-3 if late else 3, 3),
            textcoords="offset points",
            ha="right" if late else "left",
            fontsize=SMALLEST,
            color=INK,
        )


_TICK: dict[str, Any] = {
    "linestyle": "none",
    "marker": "|",
    "markersize": 6,
    "markeredgewidth": 0.9,
    "color": INK,
    "zorder": 4,
}


def _long(days: float) -> str:
    """Format a number of days: `28 days`, `2.3 years`."""
    return f"{days:.0f} days" if days < 100 else f"{days / _YEAR:.1f} years"


def _days(wait: Wait) -> tuple[float, bool]:
    return wait.days, wait.reached


def _steps(points: Sequence[Point], values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return a step line that begins at 0 on day 0."""
    return [0.0, *(point.days for point in points)], [0.0, *values]


def _tally(ax: Axes, cohort: Waits, ticks: Sequence[float], wide: float, high: float) -> None:
    """Write the risk table below: waiting, record ended, reached; columns add up to n."""
    across = ax.get_xaxis_transform()
    for row, label in enumerate(_ROWS):
        y = -(12.5 + row * _LINE) / high
        ax.text(
            -3.5 / wide, y, label, transform=ax.transAxes, ha="right", fontsize=SMALL, color=INK
        )
        for tick in ticks:
            count = tally(cohort.drawn, tick)[row]
            ax.text(tick, y, str(count), transform=across, ha="center", fontsize=SMALL, color=INK)


def _entries(cohort: Waits, options: Options) -> list[tuple[Any, str]]:
    colour = STAGE_COLOURS[options.stage]
    entries: list[tuple[Any, str]] = [
        (
            Line2D([], [], color=colour, linewidth=2.2),
            "share that reached the stage (1 − Kaplan–Meier)",
        ),
        (Patch(facecolor=paler(colour, 0.72)), "95 % band (log-log)"),
    ]
    if any(not wait.reached for wait in cohort.drawn):
        entries.append((Line2D([], [], **_TICK), "data of a country end"))
    same = sorted(cohort.drawn, key=_days)
    if any(sorted(other, key=_days) != same for other in (cohort.early, cohort.late)):
        dotted = Line2D([], [], color=INK, linewidth=0.5, linestyle=(0, (1, 1)))
        entries.append((dotted, "all dates at their earliest or latest day"))
    return entries


def _stage(options: Options) -> str:
    highest = options.stage.rank == len(STAGE_COLOURS) - 1
    return f"“{humanize(options.stage)}”" + ("" if highest else " or beyond")


def height(replays: Sequence[Replay], options: Options) -> float:
    return _HEIGHT


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the share at the left and the table below."""
    cohort = waits(replays, options)
    left = widest(_ROWS, SMALL) + 6
    lines = in_lines((text for _, text in _entries(cohort, options)), SMALL, WIDTH - left - 4)
    return Margins(
        left=left, right=4, above=legend_height(len(lines)) + 2, below=12.5 + len(_ROWS) * _LINE
    )


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the stage and the first day."""
    return f"Time to {_stage(options)}, from {options.origin}"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return who is counted, who is not, and what the estimate assumes."""
    cohort = waits(replays, options)
    notes = [
        f"n = {len(cohort.drawn)}: countries documented below the stage on {options.origin}.",
        "A country leaves the count when its data end. The estimate assumes that the end of the"
        " data has nothing to do with the stage.",
    ]
    for why in dict.fromkeys(why for _, why in cohort.outside):
        names = [name_of(code) for code, reason in cohort.outside if reason == why]
        notes.append(f"Left out ({why}): {join_limited(names, 12)}.")
    if uncertain(replays):
        notes.append("Dates known only to an interval are read at their middle.")
    return notes


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe how many countries reached the stage, and when."""
    cohort = waits(replays, options)
    points = kaplan_meier(cohort.drawn)
    reached = sorted((wait.days, name_of(code)) for code, wait in cohort.countries if wait.reached)
    count = plural(len(cohort.drawn), "country", "countries")
    if not points:
        return (
            f"An empty chart: no country documented on {options.origin} had yet to reach"
            f" {_stage(options)}."
        )
    names = join_limited([f"{name} after {_long(days)}" for days, name in reached])
    half = median(points)
    share = round(100 * (1 - points[-1].survival))
    reach = f"{len(reached)} did" + (f": {names}." if names else ".")
    return (
        f"A step chart of the share of {count} that reached {_stage(options)} after"
        f" {options.origin}. {reach} The estimate ends at {share} %. "
        + (f"Half by {_long(half)}." if half is not None else "Half is never reached.")
    )


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each day on which a wait ends: counts, and the share with its band."""
    rows: Table = [("days", "at_risk", "reached", "censored", "share", "share_low", "share_high")]
    for point in kaplan_meier(waits(replays, options).drawn):
        rows.append(
            (
                point.days,
                point.at_risk,
                point.reached,
                point.censored,
                round(1 - point.survival, 6),
                round(1 - point.high, 6),
                round(1 - point.low, 6),
            )
        )
    return rows
