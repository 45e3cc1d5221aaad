"""Picture of the time to a stage: the share of countries that reached it since a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.analysis.survival import Point, Wait, kaplan_meier, median, tally
from recognition_model.analysis.wait_ends import Ended
from recognition_model.analysis.waits import Cohort, CountryWait, cohort
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.basis import WITHIN, basis_in_words
from recognition_model.core.countries import name_of
from recognition_model.core.wording import humanize, join_limited, percent, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.table_schema import Cell
from recognition_model.exports.wait_table import waits_table
from recognition_model.plots.labels import in_lines, legend, legend_height, quiet_frame, room
from recognition_model.plots.page import WIDTH, Margins, Options, Table, drawing
from recognition_model.plots.palette import FAINT, INK, QUIET, STAGE_COLOURS, paler
from recognition_model.plots.spans import uncertain
from recognition_model.plots.text import SMALL, SMALLEST, widest

_YEAR = 365.2425
_HEIGHT = 58.0
_LINE = 3.6  # mm from line to line of the table below
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_ROWS = {
    "later": "data begin later",
    "waiting": "waiting",
    "censored": "data ended",
    "lapsed": "lapsed",
    "reached": "reached",
}


def waits(replays: Sequence[Replay], options: Options) -> Cohort:
    """Measure each country's wait from `options.origin` until it first reached the stage."""
    return cohort(replays, options.stage, options.origin, without_assumed=options.without_assumed)


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the share that reached the stage, by days since `origin`, and a table below."""
    counted = waits(replays, options)
    colour = STAGE_COLOURS[options.stage]
    points = kaplan_meier(counted.drawn)
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
        _curves(ax, counted, points, colour)
    else:
        ax.text(0.5, 0.5, "no country at risk", transform=ax.transAxes, ha="center", color=QUIET)
    _tally(ax, counted, ticks, wide, high)
    legend(ax, _entries(counted, options), most=wide)
    return ax


def _curves(ax: Axes, counted: Cohort, points: Sequence[Point], colour: str) -> None:
    x, y = _steps(points, [1 - point.survival for point in points])
    _band(ax, points, paler(colour, 0.72))
    for other in (counted.early, counted.late):
        if sorted(other, key=_days) != sorted(counted.drawn, key=_days) and other:
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
    for look, ended in ((_TICK, "censored"), (_CROSS, "lapsed")):
        lost = [point for point in points if getattr(point, ended)]
        ax.plot([point.days for point in lost], [1 - point.survival for point in lost], **look)
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
_CROSS = {**_TICK, "marker": "x", "markersize": 4.5}


def _long(days: float) -> str:
    """Format a number of days: `28 days`, `2.3 years`."""
    return f"{days:.0f} days" if days < 100 else f"{days / _YEAR:.1f} years"


def _days(wait: Wait) -> tuple[float, float, bool, bool]:
    return wait.entry, wait.days, wait.reached, wait.lapsed


def _steps(points: Sequence[Point], values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return a step line that begins at 0 on day 0."""
    return [0.0, *(point.days for point in points)], [0.0, *values]


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


def _tally(ax: Axes, counted: Cohort, ticks: Sequence[float], wide: float, high: float) -> None:
    """Write the risk table below; each column adds up to n."""
    across = ax.get_xaxis_transform()
    for at, (row, label) in enumerate(_rows(counted).items()):
        y = -(12.5 + at * _LINE) / high
        ax.text(
            -3.5 / wide, y, label, transform=ax.transAxes, ha="right", fontsize=SMALL, color=INK
        )
        for tick in ticks:
            count = getattr(tally(counted.drawn, tick), row)
            ax.text(tick, y, str(count), transform=across, ha="center", fontsize=SMALL, color=INK)


def _entries(counted: Cohort, options: Options) -> list[tuple[Any, str]]:
    colour = STAGE_COLOURS[options.stage]
    ended = {one.ended for one in counted.waits}
    entries: list[tuple[Any, str]] = [
        (
            Line2D([], [], color=colour, linewidth=2.2),
            "share that reached the stage (1 − Kaplan–Meier)",
        ),
        (Patch(facecolor=paler(colour, 0.72)), "95 % band (log-log)"),
    ]
    if Ended.RECORD_ENDED in ended:
        entries.append((Line2D([], [], **_TICK), "data of a country end"))
    if Ended.LAPSED in ended:
        entries.append((Line2D([], [], **_CROSS), "dealings of a country lapse"))
    same = sorted(counted.drawn, key=_days)
    if any(sorted(other, key=_days) != same for other in (counted.early, counted.late)):
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
    counted = waits(replays, options)
    rows = _rows(counted)
    left = widest(rows.values(), SMALL) + 6
    lines = in_lines((text for _, text in _entries(counted, options)), SMALL, WIDTH - left - 4)
    return Margins(
        left=left, right=4, above=legend_height(len(lines)) + 2, below=12.5 + len(rows) * _LINE
    )


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the stage and the first day."""
    return f"Time to {_stage(options)}, from {options.origin}"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return who is counted and on what basis, who is not, and what the estimate assumes."""
    counted = waits(replays, options)
    notes = [
        f"n = {len(counted.waits)}: countries below the stage on {options.origin}, as far as"
        " known.",
        *filter(None, [basis_in_words(one.basis for one in counted.waits)]),
        "A country leaves the count after the last day of its data. The estimate assumes that the"
        " end of the data has nothing to do with the stage.",
    ]
    if later := _names(one for one in counted.waits if one.at_risk_from):
        begin = "Counted from the first day of their data, which begin later"
        notes.append(f"{begin}: {join_limited(later, 12)}.")
    if lapsed := _names(one for one in counted.waits if one.ended is Ended.LAPSED):
        notes.append(
            "Lapsed before the stage, and taken as if their data had ended:"
            f" {join_limited(lapsed, 12)}."
        )
    notes += _ungoverned(counted)
    if cut := _names(one for one in counted.waits if one.narrowed):
        notes.append(
            "The date that ends the wait may be after the end of the data, and is taken as not"
            f" after it: {join_limited(cut, 12)}."
        )
    points = kaplan_meier(counted.drawn)
    reached = sum(wait.reached for wait in counted.drawn)
    if points and not points[-1].waiting and reached < len(counted.waits):
        notes.append(
            f"{reached} of {len(counted.waits)} reached it. The curve ends at 100 % because the"
            " last country still counted did."
        )
    for why in dict.fromkeys(why for _, why in counted.outside):
        names = [name_of(code) for code, reason in counted.outside if reason == why]
        notes.append(f"Left out ({why}): {join_limited(names, 12)}.")
    if uncertain(replays):
        notes.append(
            "Dates known only to an interval are read at their middle; the table of the waits has"
            " both ends."
        )
    return notes


def _ungoverned(counted: Cohort) -> Iterator[str]:
    """Say when the Taliban did not govern while countries were at risk."""
    for one, other in pairwise(PERIODS_OF_RULE):
        if one.last is None:
            continue
        first, last = one.last + timedelta(1), other.first - timedelta(1)
        if any(
            wait.origin_latest <= last and wait.origin_latest + timedelta(wait.end.days) >= first
            for wait in counted.waits
        ):
            yield (
                f"From {first} to {last} the Taliban did not govern; countries without dealings"
                " that lapsed stay in the count."
            )


def _names(chosen: Iterable[CountryWait]) -> list[str]:
    return [name_of(one.country) for one in chosen]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe how many countries reached the stage, and when."""
    counted = waits(replays, options)
    points = kaplan_meier(counted.drawn)
    if not points:
        return (
            f"An empty chart: no country documented on {options.origin} had yet to reach"
            f" {_stage(options)}."
        )
    reached = sorted(
        (one.wait.days, name_of(one.country)) for one in counted.waits if one.wait.reached
    )
    lapsed = _names(one for one in counted.waits if one.ended is Ended.LAPSED)
    count = plural(len(counted.waits), "country", "countries")
    names = join_limited([f"{name} after {_long(days)}" for days, name in reached])
    half = median(points)
    told = [
        f"A step chart of the share of {count} that reached {_stage(options)} after"
        f" {options.origin}.",
        f"{len(reached)} did" + (f": {names}." if names else "."),
        f"Lapsed before: {join_limited(lapsed)}." if lapsed else "",
        f"The estimate ends at {percent(*(1 - points[-1].waiting).as_integer_ratio())}.",
        f"Half by {_long(half)}." if half is not None else "Half is never reached.",
    ]
    return " ".join(filter(None, told))


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
    """Return the waits, in the columns of the table `waits` of an export, with names."""
    counted = waits(replays, options)
    made = waits_table(replays, counted.waits)
    rows: Table = [(*(column.name for column in made.fields), "name")]
    for row, one in zip(made.rows, counted.waits, strict=True):
        rows.append((*map(_cell, row), name_of(one.country)))
    return {"waits": rows}


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
