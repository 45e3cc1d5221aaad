"""Picture of all countries, a row each, by last documented stage and the day it was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from recognition_model.core.basis import Basis, basis_in_words
from recognition_model.core.countries import name_of
from recognition_model.core.position import Position
from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize, join_limited, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.bars import (
    basis_entries,
    basis_note,
    draw_bans,
    draw_bars,
)
from recognition_model.plots.labels import in_lines, legend, legend_height, quiet_frame, room
from recognition_model.plots.page import WIDTH, Margins, Options, Table, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET, STAGE_COLOURS
from recognition_model.plots.spans import (
    Piece,
    Span,
    basis_rows,
    is_open,
    lowest_in_words,
    number,
    pieces,
    position_in_words,
    reach,
    spell_in_words,
    stretches,
)
from recognition_model.plots.text import NORMAL, SMALL, SMALLEST, widest
from recognition_model.plots.timeline import Timeline

_ROW = 4.0  # mm from row to row, less where there are very many
_BAR = 0.72  # of a row
_INDENT = 1.8  # mm from the axis to the days at its right
_BELOW = 3.2  # mm from the axis down to the middle of the line of its years
_A_PAGE = 50
_NAMED = 1000
_TALLEST = 900.0


@frozen
class Row:
    """One country's row. `stage` is the last documented one; None if in doubt or undocumented."""

    replay: Replay
    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, replay: Replay) -> Row:
        spans = stretches(replay.history)
        return cls(replay, spans, pieces(replay, spans))

    @cached_property
    def end(self) -> Position:
        """The last documented day."""
        return self.replay.history.on(self.replay.history.documented_until)

    @property
    def stage(self) -> Stage | None:
        return self.end.stage if self.spans else None

    @property
    def assumed(self) -> bool:
        """Whether nothing attests the last documented stage."""
        return self.stage is not None and self.end.basis is Basis.ASSUMED

    @cached_property
    def label(self) -> str:
        """The name of its group."""
        if self.stage:
            return position_in_words(self.end)
        return "in doubt" if self.spans else "not documented"

    @property
    def since(self) -> str:
        """The date of entry into the stage, as written in the file; empty if nothing attests it."""
        return self.replay.history.last.begins.text if self.stage and not self.assumed else ""


def rows_of(replays: Iterable[Replay]) -> list[Row]:
    """Return the rows from the top: by highest stage, then day reached, then name.

    An assumed stage comes after the same stage attested; countries in doubt are the last.
    """

    def place(row: Row) -> tuple[float, bool, str, float, str, str]:
        rank = row.stage.rank if row.stage else -1 if row.spans else -2
        reached = row.spans[-1].begins.at if row.spans else 0.0
        name, file = name_of(row.replay.country), row.replay.scenario.file
        return -rank, row.assumed, row.label, reached, name, file

    return sorted(map(Row.of, replays), key=place)


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw a row for each replay into an axes; dates are matplotlib date numbers."""
    rows = rows_of(replays)
    everyone = rows_of(options.among) if len(options.among) > len(rows) else rows
    wide, _ = room(ax)
    axis = _axis(everyone, options)
    axis.put_on(ax, wide)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    quiet_frame(ax)
    axis.mark_years(ax, wide)
    named = len(rows) <= _NAMED
    names = [name_of(row.replay.country) for row in rows] if named else []
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, pad=2, labelsize=_name_size(len(rows)), labelcolor=INK)
    bars = [(y, row.pieces) for y, row in enumerate(rows)]
    draw_bars(ax, bars, _BAR, crowded=not named)
    draw_bans(ax, bars, _BAR)
    _doubts(ax, rows, axis)
    _steps_back(ax, rows)
    _ends(ax, rows, axis)
    if named and rows:
        _heading(ax, len(rows), axis)
    _groups(ax, rows, everyone, named=named)
    axis.mark_days(ax, wide)
    entries, breaks = _legend(everyone)
    left = _left(everyone, len(rows))
    most = left + wide + _right(everyone) - 4
    legend(ax, entries, most=most, lift=axis.head, shift=left, breaks=breaks)
    return ax


def _axis(rows: Sequence[Row], options: Options) -> Timeline:
    first, last = reach([row.spans for row in rows])
    last = max([last, *(row.pieces[-1].ends for row in rows if row.pieces)])
    moves = [span.begins.at for row in rows for span in row.spans[1:]]
    first = number(options.since) if options.since else first
    last = number(options.until) + 1 if options.until else last + (last - first) * 0.01
    first = first if first < last else last - 365
    return Timeline.over(first, last, moves, even=options.even)


def _doubts(ax: Axes, rows: Sequence[Row], axis: Timeline) -> None:
    """Draw black bars with a white edge over the possible days of a change."""
    lines = []
    for y, row in enumerate(rows):
        for span in row.spans:
            moment = span.begins
            if not moment.exact and axis.shows(moment):
                known = [moment.at if is_open(d) else d for d in (moment.earliest, moment.latest)]
                lines.append([(axis.inside(day), y) for day in known])
    if lines:
        ax.add_collection(
            LineCollection(lines, colors=PAPER, linewidths=2.4, zorder=3, capstyle="projecting"),
            autolim=False,
        )
        ax.add_collection(LineCollection(lines, colors=INK, linewidths=1.1, zorder=3.1), False)


def _steps_back(ax: Axes, rows: Sequence[Row]) -> None:
    """Draw a triangle for each step back, and a diamond for each lapse."""
    spans = [(y, span) for y, row in enumerate(rows) for span in row.spans]
    for look, places in (
        (_BACK, [(span.begins.at, y) for y, span in spans if span.back]),
        (_LAPSE, [(span.begins.at, y) for y, span in spans if span.lapsed]),
    ):
        if places:
            ax.plot(*zip(*places, strict=True), **look)


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


def _ends(ax: Axes, rows: Sequence[Row], axis: Timeline) -> None:
    """Draw a stroke where the data of each country end."""
    if len(rows) <= _NAMED:
        ends = [(row.spans[-1].ends.at, y) for y, row in enumerate(rows) if row.spans]
        ends = [(day, y) for day, y in ends if axis.has(day)]
        if ends:
            x, y = zip(*ends, strict=True)
            ax.plot(x, y, clip_on=False, **_END)


def _heading(ax: Axes, rows: int, axis: Timeline) -> None:
    """What the days at the right are: on the line of the years, after the last of them."""
    wide, tall = room(ax)
    ax.text(
        max(wide + _INDENT, axis.labels_reach(ax, wide) + 1.2) / wide,
        rows - 0.5 + _BELOW * rows / tall,
        "stage reached",
        transform=ax.get_yaxis_transform(),
        fontsize=SMALLEST,
        color=QUIET,
        va="center",
    )


def _groups(ax: Axes, rows: Sequence[Row], everyone: Sequence[Row], *, named: bool) -> None:
    """Write at the right: the day the stage was reached, and each group with its count."""
    across = ax.get_yaxis_transform()
    wide, _ = room(ax)
    indent = 1 + _INDENT / wide
    at = 0
    sizes = Counter(row.label for row in everyone)
    for label, together in groupby(rows, key=lambda row: row.label):
        group = list(together)
        middle = at + (len(group) - 1) / 2
        for y, row in enumerate(group, start=at):
            if named:
                ax.text(
                    indent,
                    y,
                    row.since,
                    transform=across,
                    fontsize=SMALLEST,
                    color=QUIET,
                    va="center_baseline",
                )
        if at:
            ax.plot(
                [-_left(everyone, len(rows)) / wide, 1 + (_right(everyone) - 2) / wide],
                [at - 0.5] * 2,
                transform=across,
                color=QUIET,
                linewidth=0.5,
                clip_on=False,
                zorder=1,
            )
        stage, assumed = group[0].stage, group[0].assumed
        alone = len(group) == 1
        text = _group(label, sizes[label], len(everyone), alone=alone)
        tight = alone and "\n" in text  # two lines beside one row
        right = (
            indent
            + ((widest((row.since for row in everyone), SMALLEST) + 2) if named else 0) / wide
        )
        if stage:
            ax.plot(
                [right + 0.6 / wide],
                [middle],
                transform=across,
                marker="s",
                markersize=5,
                markerfacecolor=PAPER if assumed else STAGE_COLOURS[stage],
                markeredgecolor=STAGE_COLOURS[stage] if assumed else INK,
                markeredgewidth=0.9 if assumed else 0.5,
                clip_on=False,
            )
        ax.text(
            right + 2.4 / wide,
            middle,
            text,
            transform=across,
            fontsize=SMALLEST if tight else SMALL,
            color=INK,
            va="center",
            linespacing=0.95 if tight else 1.15,
        )
        at += len(group)


def _group(label: str, size: int, of: int, *, alone: bool) -> str:
    """Return the words at a group: its name and how many countries it has, on at most two lines."""
    name, bracket, more = label.partition(" (")
    if bracket:
        return f"{name}\n({more}, {size} of {of}"
    return f"{label}, {size} of {of}" if alone else f"{label}\n{size} of {of}"


def _legend(rows: Sequence[Row]) -> tuple[list[tuple[Any, str]], tuple[int, int]]:
    """Return the entries of the legend, and the places at which a line begins.

    All stages come first, even without a country; then a line for what bars rest on; then the
    marks that occur.
    """
    cut = [piece for row in rows for piece in row.pieces]
    names = [_lowest(cut), *map(humanize, list(Stage)[1:])]
    entries: list[tuple[Any, str]] = [
        (Patch(facecolor=STAGE_COLOURS[stage], edgecolor=INK, linewidth=0.5), name)
        for stage, name in zip(Stage, names, strict=True)
    ]
    bases = basis_entries(cut, crowded=len(rows) > _NAMED)
    breaks = len(entries), len(entries) + len(bases)
    entries += bases
    spans = [span for row in rows for span in row.spans]
    if any(span.ban is Ban.IN_FORCE for span in spans):
        hatched = Patch(facecolor=QUIET, edgecolor=PAPER, hatch="//////", linewidth=0)
        entries.append((hatched, "ban in force"))
    if any(not span.begins.exact for span in spans):
        entries.append((Line2D([], [], color=INK, linewidth=1.1), "some day between (paler)"))
    if any(span.back for span in spans):
        entries.append((Line2D([], [], **_BACK), "step back"))
    if any(span.lapsed for span in spans):
        entries.append((Line2D([], [], **_LAPSE), "lapse: the Taliban ceased to govern"))
    if len(rows) <= _NAMED:
        entries.append((Line2D([], [], **_END), "end of the data"))
    return entries, breaks


def _lowest(cut: Iterable[Piece]) -> str:
    """Name the lowest stage where bars are filled with its colour: what ended there."""
    filled = (Basis.EVIDENCED, Basis.SILENT)
    ended = [one.span.change for one in cut if one.stage is min(Stage) and one.form in filled]
    return lowest_in_words({change.act if change else None for change in ended})


def _name_size(page: int) -> float:
    """Return the font size of names on a page with `page` rows."""
    return NORMAL if page <= 60 else SMALLEST


def _left(everyone: Sequence[Row], page: int) -> float:
    names = (name_of(row.replay.country) for row in everyone)
    return widest(names, _name_size(page)) + 3 if page <= _NAMED else 4.0


def _right(rows: Sequence[Row]) -> float:
    since = widest((row.since for row in rows), SMALLEST) + 2 if len(rows) <= _NAMED else 0
    accepted = humanize(Stage.AMBASSADOR_ACCEPTED)  # the widest of the stages
    labels = {row.label for row in rows} | {accepted}
    texts = [_group(label, len(rows), len(rows), alone=True) for label in labels]
    return since + widest([line for text in texts for line in text.split("\n")], SMALL) + 6.5


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm: the same for each row, less if there are very many rows."""
    return max(8.0, min(len(replays) * _ROW, _TALLEST if len(replays) <= _NAMED else 220.0))


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for names at the left, groups at the right, and the legend."""
    rows = rows_of(options.among or replays)
    left = _left(rows, len(replays))
    entries, breaks = _legend(rows)
    lines = in_lines((text for _, text in entries), SMALL, WIDTH - 6, breaks)
    return Margins(
        left=left + 2,
        right=_right(rows),
        above=legend_height(len(lines)) + 2 + _axis(rows, options).head,
        below=6.5,
    )


def pages(replays: Sequence[Replay], options: Options) -> list[Sequence[Replay]]:
    """Split into pages: up to 120 rows on one; up to 1,000 on pages of 50; more on one, unnamed."""
    ordered = [row.replay for row in rows_of(replays)]
    if len(ordered) <= 120 or len(ordered) > _NAMED:
        return [ordered]
    return [ordered[at : at + _A_PAGE] for at in range(0, len(ordered), _A_PAGE)]


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return what the rows show and their order."""
    return "Every country's path, by the last documented stage and the day it was reached"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    rows = rows_of(replays)
    lines = ["A row ends where the country's data end; its stage may go on."]
    if any(not span.begins.exact for row in rows for span in row.spans):
        lines.append(
            "If a change is dated only to an interval, colours are paler and meet at its middle."
        )
    lines += basis_note(piece for row in rows for piece in row.pieces)
    told = basis_in_words(row.end.basis for row in rows if row.spans)
    lines += [f"Where their data end, {told[0].lower()}{told[1:]}"] if told else []
    if options.since or options.until:
        lines.append("Countries are grouped by the last documented stage, not by the last shown.")
    axis = _axis(rows, options)
    return [*lines, axis.note()] if axis.note() else lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe which countries are at which stage."""
    rows = rows_of(replays)
    lines = [f"A row of coloured bars for each of {plural(len(rows), 'country', 'countries')}."]
    for label, together in groupby(rows, key=lambda row: row.label):
        names = [
            name_of(row.replay.country) + (f" (since {row.since})" if row.since else "")
            for row in together
        ]
        plain = label in ("in doubt", "not documented") or label.endswith("(assumed)")
        head = label if plain else f"last documented as {label}"
        lines.append(f"{head.capitalize()}: {join_limited(names)}.")
    back = sorted({name_of(row.replay.country) for row in rows for s in row.spans if s.back})
    if back:
        lines.append(f"Moves to a lower stage: {join_limited(back)}.")
    lapsed = sorted({name_of(row.replay.country) for row in rows for s in row.spans if s.lapsed})
    if lapsed:
        lines.append(f"Dealings lapsed when the Taliban ceased to govern: {join_limited(lapsed)}.")
    return " ".join(lines)


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each spell, from the top row down, then one for each basis of a country."""
    table: Table = [
        (
            "country",
            "name",
            "stage",
            "in_words",
            "ban",
            "from",
            "from_earliest",
            "from_latest",
            "to",
            "last_documented",
            "begin",
            "end",
            "basis",
        ),
    ]
    for row in rows_of(replays):
        who = row.replay.country, name_of(row.replay.country)
        history = row.replay.history
        for span, spell, data in zip(row.spans, history.spells, history.rows(), strict=False):
            table.append(
                (
                    *who,
                    spell.stage.value,
                    spell_in_words(span, row.pieces),
                    spell.ban.value,
                    spell.begins.text,
                    str(data["from_earliest"] or ""),
                    str(data["from_latest"] or ""),
                    spell.ends.text,
                    "yes" if spell.last else "no",
                    *("",) * 3,
                )
            )
        table += [
            (*who, *("",) * 8, first, last, basis.value)
            for first, last, basis in basis_rows(row.replay)
        ]
    return table
