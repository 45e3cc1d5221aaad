"""Picture of one country: its stages over time, each change with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.lines import Line2D
from matplotlib.markers import CARETLEFT, CARETRIGHT
from matplotlib.patches import Rectangle

from recognition_model.core.basis import ON_ITS_LAST_DAY, Basis
from recognition_model.core.changes import Change
from recognition_model.core.citations import format_ranges
from recognition_model.core.countries import name_of, named
from recognition_model.core.dates import Holds, When, closed
from recognition_model.core.evidence import Attestation, Evidence
from recognition_model.core.scenario import Step
from recognition_model.core.stages import Act, Ban, Stage, ban_in_words
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.bars import basis_entries, basis_note, draw_bars
from recognition_model.plots.labels import in_lines, legend, legend_height, place, quiet_frame, room
from recognition_model.plots.page import EDGE, WIDTH, Margins, Options, Table, drawing
from recognition_model.plots.palette import (
    INK,
    MARKERS,
    PAPER,
    QUIET,
    REFUSED,
    STAGE_COLOURS,
    paler,
)
from recognition_model.plots.spans import (
    DayRange,
    basis_rows,
    is_open,
    pieces,
    position_in_words,
    spell_in_words,
    stretches,
    surely,
    whole,
)
from recognition_model.plots.text import (
    NORMAL,
    SMALL,
    SMALLEST,
    broken,
    drawable,
    line_height,
    widest,
)
from recognition_model.plots.timeline import shade_undocumented, undocumented_patch
from recognition_model.plots.view import LEADS, HistoryView, claims_of

_LANES = ("ban in force", "statuses", "signals")
_STEP = 8.4  # mm from stage to stage
_BAR = 0.22  # of a step: the height of a bar
_NAME = 32.0  # mm for the name of a stage, which may take several lines
_LANE = 4.6
_RIGHT = 6.5
_HALF = 0.42  # half a stage's band, in stages
_ALONE: dict[str, Any] = {
    "linestyle": "none",
    "color": INK,
    "markeredgewidth": 0.8,
    "zorder": 3,
}
_LOOKS: dict[Holds | bool, dict[str, Any]] = {
    Holds.IN_ALL: {"marker": "s", "markersize": 2.6},
    Holds.IN_SOME: {"marker": "s", "markersize": 3.2, "markerfacecolor": PAPER},
    Holds.IN_NONE: {"marker": "x", "markersize": 4},
    False: {"marker": "|", "markersize": 6},
    True: {"marker": "X", "markersize": 4.6, "markerfacecolor": PAPER},
}
"""The marks of a status by how far it holds, and of a signal by whether it is denied."""
_VOICES = {
    Attestation.OFFICIAL: "change stated by the country itself",
    Attestation.CLAIMED: "stated by the Taliban or another state",
    Attestation.REPORTED: "reported by the press",
    Attestation.NONE: "not attested",
}


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the history of the first replay into an axes; dates are matplotlib date numbers."""
    shown = HistoryView.of(replays[0], options)
    axis = shown.axis
    wide, _ = room(ax)
    axis.put_on(ax, wide)
    axis.mark_years(ax, wide)
    quiet_frame(ax)
    lanes = _lanes(shown)
    lowest = -0.5 - 0.1 - len(lanes) * _LANE / _STEP
    ax.set_ylim(lowest, len(Stage) - 0.45)
    ticks = [stage.rank for stage in Stage] + [_lane_at(i) for i in range(len(lanes))]
    names = [_name(shown, stage) for stage in Stage]
    ax.set_yticks(ticks, ["\n".join(lines) for lines, _ in names] + lanes)
    for label, (_, size) in zip(ax.get_yticklabels(), names, strict=False):
        label.set_fontsize(size)
        label.set_color(INK)
    for label in ax.get_yticklabels()[len(Stage) :]:
        label.set_fontsize(SMALL)
        label.set_color(QUIET)
    ax.tick_params(axis="y", length=0, pad=3)
    for stage in Stage:
        ax.axhspan(
            stage.rank - _HALF, stage.rank + _HALF, color=paler(STAGE_COLOURS[stage], 0.9), zorder=0
        )
    ax.set_xlim(axis.first, axis.last)
    if shown.begun:
        first, last = shown.drawn
        shade_undocumented(ax, axis.first, first)
        shade_undocumented(ax, last, axis.last)
        _ladder(ax, shown)
        _changes(ax, shown, options)
    else:
        shade_undocumented(ax, axis.first, axis.last)
        look: dict[str, Any] = {"ha": "center", "fontsize": NORMAL, "color": QUIET}
        ax.text(0.5, 0.55, "not documented", transform=ax.transAxes, **look)
    _lane_marks(ax, shown, lanes)
    _ghosts(ax, shown)
    ax.set_xlim(axis.first, axis.last)
    axis.mark_days(ax, wide)
    entries, breaks = _legend(shown)
    left = _left(shown)
    legend(ax, entries, most=left + wide, lift=axis.head, shift=left, breaks=breaks)
    return ax


def _name(shown: HistoryView, stage: Stage) -> tuple[list[str], float]:
    """Return the name of a stage in lines, with all that it stands for, and the size of letters."""
    text = ", ".join(shown.names(stage))
    for size in (NORMAL, SMALL, SMALLEST):
        lines = broken(text, size, _NAME)
        if len(lines) == 1 or line_height(size, len(lines)) <= _STEP - 1:
            break
    return lines, size


def _lanes(shown: HistoryView) -> list[str]:
    """Return the lanes below the stages that have something to show."""
    there = (shown.banned, bool(shown.statuses), bool(shown.signals))
    return [lane for lane, any_of_it in zip(_LANES, there, strict=True) if any_of_it]


def _lane_at(index: int) -> float:
    return -0.5 - 0.1 - (index + 0.5) * _LANE / _STEP


def _ladder(ax: Axes, shown: HistoryView) -> None:
    """Draw the step line: a bar for each spell, by what it rests on, and risers between them."""
    spans, axis = shown.spans, shown.axis
    by_span = groupby(whole(shown.pieces), key=lambda piece: id(piece.span))
    rows = [list(together) for _, together in by_span]
    draw_bars(ax, [(row[0].stage.rank, row) for row in rows], _BAR)
    exact: list[list[tuple[float, float]]] = []
    unsure: list[list[tuple[float, float]]] = []
    boxes: list[Rectangle] = []
    for before, span in pairwise(spans):
        riser: list[tuple[float, float]] = [
            (span.begins.at, before.stage.rank),
            (span.begins.at, span.stage.rank),
        ]
        (exact if span.begins.exact else unsure).append(riser)
        if not span.begins.exact:
            low, high = sorted((before.stage.rank, span.stage.rank))
            first, last = (axis.inside(d) for d in _bar_ends(ax, span.begins))
            boxes.append(Rectangle((first, low - 0.13), last - first, high - low + 0.26))
    ax.add_collection(LineCollection(exact, colors=INK, linewidths=0.8, zorder=1.9))
    ax.add_collection(
        LineCollection(unsure, colors=INK, linewidths=0.8, linestyles=(0, (3, 2)), zorder=1.9)
    )
    ax.add_collection(
        PatchCollection(boxes, facecolor="#c4c4c4", edgecolor="none", alpha=0.75, zorder=1.5)
    )
    if not spans[0].begins.exact:
        _bar(ax, spans[0].begins, spans[0].stage.rank)
    # A stroke, not a riser: the data end here, but the stage may go on.
    ax.plot(
        [spans[-1].ends.at],
        [spans[-1].stage.rank],
        marker="|",
        markersize=9,
        markeredgewidth=1.1,
        color=INK,
        zorder=4,
        linestyle="none",
    )


def _lane_marks(ax: Axes, shown: HistoryView, lanes: Sequence[str]) -> None:
    """Draw bans as hatched bands, and statuses and signals as small marks with their ranges."""
    for index, lane in enumerate(lanes):
        y = _lane_at(index)
        if lane == "ban in force":
            for forced, together in groupby(shown.spans, key=lambda s: s.ban is Ban.IN_FORCE):
                if forced:
                    stretch = list(together)
                    begins, ends = stretch[0].begins.at, stretch[-1].ends.at
                    band = Rectangle((begins, y - 0.17), ends - begins, 0.34, **_HATCHED)
                    ax.add_patch(band)
            continue
        marks: Sequence[tuple[DayRange, Holds | bool]] = (
            shown.statuses if lane == "statuses" else shown.signals
        )
        for moment, look in marks:
            _bar(ax, moment, y)
            if shown.axis.has(moment.at):
                ax.plot([moment.at], [y], **{**_ALONE, **_LOOKS[look]})


_HATCHED: dict[str, Any] = {
    "facecolor": PAPER,
    "edgecolor": INK,
    "hatch": "//////",
    "linewidth": 0.5,
    "zorder": 2,
}


def _ghosts(ax: Axes, shown: HistoryView) -> None:
    """Draw a cross for each act without effect, at the stage that it claims."""
    for claimed in shown.claimed:
        moment, rank = claimed.moment, LEADS[claimed.act].rank
        _bar(ax, moment, rank)
        if shown.axis.has(moment.at):
            ax.plot([moment.at], [rank], **_GHOST)


_GHOST: dict[str, Any] = {
    "marker": "X",
    "markersize": 5.6,
    "markerfacecolor": PAPER,
    "markeredgecolor": REFUSED,
    "markeredgewidth": 0.9,
    "linestyle": "none",
    "zorder": 4.5,
}


def _bar(ax: Axes, moment: DayRange, y: float) -> None:
    """Draw a bar over the possible days: with caps, or with an arrow on an open side."""
    if moment.exact:
        return
    first, last = ax.get_xlim()
    ends = _bar_ends(ax, moment)
    ax.plot([min(max(d, first), last) for d in ends], [y, y], color=INK, linewidth=0.8, zorder=3.6)
    sides = ((moment.earliest, ends[0], CARETLEFT), (moment.latest, ends[1], CARETRIGHT))
    for day, end, arrow in sides:
        if first <= end <= last:
            mark, size = (arrow, 2.5) if is_open(day) else ("|", 4)
            ax.plot([end], [y], marker=mark, markersize=size, **_ALONE)


def _bar_ends(ax: Axes, moment: DayRange) -> tuple[float, float]:
    """Return both ends of the bar of a date; an open side ends 2.5 mm from the mark."""
    wide, _ = room(ax)
    here = ax.transData.transform((moment.at, 0))[0]
    step = 2.5 / wide * ax.get_window_extent().width
    left, right = (
        float(ax.transData.inverted().transform((here + side * step, 0))[0]) for side in (-1, 1)
    )
    return (
        left if is_open(moment.earliest) else moment.earliest,
        right if is_open(moment.latest) else moment.latest,
    )


def _changes(ax: Axes, shown: HistoryView, options: Options) -> None:
    """Draw a mark for each change, shaped by its attestation, with its source numbers."""
    cited = shown.citations(options)
    points: list[tuple[float, float, str]] = []
    for span in shown.changes:
        change, at = span.change, span.begins.at
        _bar(ax, span.begins, span.stage.rank)
        if change is None or not shown.axis.has(at):
            continue
        official = change.attestation is Attestation.OFFICIAL
        ax.plot(
            [at],
            [span.stage.rank],
            marker=MARKERS[change.attestation],
            markersize=5,
            markerfacecolor=INK if official else PAPER,
            markeredgecolor=INK if not official else PAPER,
            markeredgewidth=0.9 if not official else 0.6,
            linestyle="none",
            zorder=5,
        )
        numbers = format_ranges(cited.of_evidence(change.evidence))
        label = f"lapsed: {numbers}" if span.lapsed else numbers
        points.append((at, span.stage.rank, label))
    crowded = len(points) > 30
    risers = [
        [(span.begins.at, before.stage.rank), (span.begins.at, span.stage.rank)]
        for before, span in pairwise(shown.spans)
        if shown.axis.has(span.begins.at)
    ]
    place(ax, points, size=SMALLEST if crowded else SMALL, marks=1.6, lines=risers)


def _legend(shown: HistoryView) -> tuple[list[tuple[Any, str]], tuple[int, ...]]:
    """Return the entries of the legend, and the places at which a line begins."""
    bases = basis_entries(shown.pieces)
    return [*bases, *_entries(shown)], (len(bases),)


def _entries(shown: HistoryView) -> list[tuple[Any, str]]:
    """Return the legend of marks: everything drawn without a label."""
    marked = [span for span in shown.changes if shown.axis.has(span.begins.at)]
    found = {span.change.attestation for span in marked if span.change}
    entries: list[tuple[Any, str]] = []
    for attestation in sorted(found, reverse=True):
        official = attestation is Attestation.OFFICIAL
        label = _VOICES[attestation]
        mark = Line2D(
            [],
            [],
            linestyle="none",
            marker=MARKERS[attestation],
            markersize=5,
            markerfacecolor=INK if official else PAPER,
            markeredgecolor=INK,
        )
        entries.append((mark, label if official or entries else f"change {label}"))
    if any(not moment.exact for moment in shown.moments):
        interval = Line2D([], [], color=INK, linewidth=0.8, marker="|", markersize=4)
        entries.append((interval, "range of possible days"))
    if any(is_open(day) for moment in shown.moments for day in (moment.earliest, moment.latest)):
        arrow = Line2D([], [], color=INK, linewidth=0.8, marker="<", markersize=3)
        entries.append((arrow, "range open on this side"))
    if shown.claimed:
        entries.append((Line2D([], [], **_GHOST), "claimed act without effect"))
    statuses = {holds for _, holds in shown.statuses}
    for holds, label in (
        (Holds.IN_SOME, "status confirmed in some readings of the dates"),
        (Holds.IN_NONE, "status not confirmed"),
    ):
        if holds in statuses:
            entries.append((Line2D([], [], **{**_ALONE, **_LOOKS[holds]}), label))
    if any(denied for _, denied in shown.signals):
        look = {**_ALONE, **_LOOKS[True]}
        entries.append((Line2D([], [], **look), "signal denied by the country or the Taliban"))
    entries.append((undocumented_patch(), "not documented"))
    return entries


def height(replays: Sequence[Replay], options: Options) -> float:
    """Return the height in mm: more for lanes, and for many changes to label."""
    shown = HistoryView.of(replays[0], options)
    crowd = max(0, len(shown.changes) - 12) * 0.9
    return (len(Stage) - 0.45 + 0.6) * _STEP + len(_lanes(shown)) * _LANE + min(crowd, 60)


def _left(shown: HistoryView) -> float:
    """Return the room in mm left of the axes for the names of stages and lanes."""
    names = [widest(*_name(shown, stage)) for stage in Stage]
    return max(*names, widest(map(humanize, Stage), NORMAL), widest(_LANES, SMALL)) + 2.5


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins for the names of the stages and the legend."""
    shown = HistoryView.of(replays[0], options)
    left = _left(shown) + EDGE
    entries, breaks = _legend(shown)
    lines = in_lines((text for _, text in entries), SMALL, WIDTH - EDGE - _RIGHT, breaks)
    above = legend_height(len(lines)) + 2 + shown.axis.head
    return Margins(left=left, right=_RIGHT, above=above, below=6.5)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the country and the subject."""
    return f"{named(replays[0].country)}: stage of relations with the Taliban, by dated evidence"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    replay = replays[0]
    shown = HistoryView.of(replay, options)
    lines = []
    if shown.changes:
        where = "list of sources" if options.citations else "sources above"
        lines.append(f"Numbers at changes refer to the {where}.")
    if any(not moment.exact for moment in shown.moments):
        lines.append(
            "A date known only to an interval is drawn at its middle, with a dashed riser and a bar"
            " over its possible days."
        )
    if replay.history.documented:
        lines.append("A stroke marks where the data end, at the last documented stage.")
        basis = replay.history.on(replay.history.documented_until).basis
        lines += [ON_ITS_LAST_DAY[basis]] if basis in ON_ITS_LAST_DAY else []
    lines += basis_note(shown.pieces)
    if shown.spans and not surely(shown.spans):
        lines.append("The last change may have happened after the data end.")
    if any(span.lapsed for span in shown.changes):
        lines.append("Dealings lapse where the Taliban cease to govern.")
    if start := replay.scenario.start.assumed:
        lines.append(f"The stage at the start is assumed: {drawable(start, 'see the record')}")
    if doctrine := replay.scenario.doctrine:
        lines.append(f"Doctrine of recognition: {drawable(doctrine.says, 'see the record')}")
    return [*lines, note] if (note := shown.axis.note()) else lines


def keys(replays: Sequence[Replay], options: Options) -> list[tuple[str, str]]:
    """Return the numbered sources of the changes; nothing if the page lists them.

    Titles come last, so that a right-to-left title cannot reorder the date.
    """
    if options.citations is not None:
        return []
    cited = HistoryView.of(replays[0], options).citations(options)
    return [
        (str(at), drawable(f"{source.publisher}, {source.issued}: {source.title}", source.id))
        for at, source in enumerate(cited.sources, start=1)
    ]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the history: start, every change, last documented stage, silences, other entries."""
    replay = replays[0]
    history = replay.history
    name = name_of(replay.country)
    if not history.documented:
        return f"A step chart of {name}: nothing is documented by {history.documented_until}."
    spans = stretches(history)
    cut = pieces(replay, spans)
    words = [spell_in_words(span, cut) for span in spans]
    lines = [
        f"A step chart of {name} over six stages, from hostile to de jure recognition.",
        f"It begins on {history.begins}: {words[0]}.",
    ]
    for (before, after), change in zip(pairwise(words), replay.changes, strict=True):
        lines.append(_change_in_words(change, before, after))
    if not replay.changes:
        lines.append("No change is documented.")
    position = history.on(history.documented_until)
    if position.dates_agree:
        last = history.last
        stage = position_in_words(position)
        lines.append(
            f"Last documented stage, on {history.documented_until}: {stage},"
            f" {ban_in_words(last.ban)}."
        )
    else:
        lines.append(
            f"Stage on {history.documented_until}, in doubt: {humanize(position.in_words())}."
        )
    lines += [
        f"{_BASES[one]} from {first or 'the beginning'} to {last}."
        for first, last, one in basis_rows(replay)
        if one in _BASES
    ]
    counts = [
        (len(replay.statuses), "status assertion", "status assertions"),
        (len(replay.signals), "signal", "signals"),
        (len(replay.refusals), "act refused by the rules", "acts refused by the rules"),
        (
            len(replay.permitted),
            "act permitted against expectation",
            "acts permitted against expectation",
        ),
        (len(replay.deprecated), "deprecated act", "deprecated acts"),
    ]
    also = [plural(*count) for count in counts if count[0]]
    denied = sum(signal.denied for signal in replay.signals)
    also += [f"{denied} of the signals denied by a party"] if denied else []
    if also:
        lines.append(f"Also shown: {', '.join(also)}.")
    return " ".join(lines)


_BASES = {
    Basis.SILENT: "Silent, with no entry within two years,",
    Basis.REVIEWED: "Searched after the data end, with no change found,",
}


def _change_in_words(change: Change, before: str, after: str) -> str:
    bans = ""
    if change.before.ban is not change.after.ban:
        bans = f", {ban_in_words(change.after.ban)}"
    if change.act is Act.LAPSE:
        bans += ", as the Taliban ceased to govern"
    return f"{change.date}: from {before} to {after}{bans} ({change.rule}, {change.attestation})."


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each entry: kind, date, the stage it leads to or claims, evidence.

    Then a row for each basis of the record, with its first and last day.
    """
    replay = replays[0]
    history = replay.history
    spans = stretches(history)
    cut = pieces(replay, spans)
    words = [spell_in_words(span, cut) for span in spans]
    rows: Table = [
        (
            "country",
            "entry",
            "what",
            "date",
            "earliest",
            "latest",
            "stage",
            "in_words",
            "ban",
            "attestation",
            "evidence",
            "begin",
            "end",
            "basis",
        ),
    ]

    def row(
        entry: str,
        what: str = "",
        when: When | None = None,
        stage: str = "",
        words: str = "",
        ban: str = "",
        attestation: str = "",
        evidence: Sequence[Evidence] = (),
        bases: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        dates = (when.text, *_bounds_of(when)) if when else ("", "", "")
        ids = " ".join(item.id for item in evidence)
        told = stage, words, ban, attestation, ids
        rows.append((replay.country, entry, what, *dates, *told, *bases))

    if history.documented:
        start = history.start
        row("start", "", history.begins, start.stage.value, words[0], start.ban.value)
    for change, named_after in zip(replay.changes, words[1:], strict=False):
        after = change.after.stage.value, named_after, change.after.ban.value
        what, said = f"{change.rule} {change.act}", change.attestation.value
        row("change", what, change.date, *after, said, change.evidence)
    for claimed in claims_of(replay):
        step, stage = claimed.step, LEADS[claimed.act]
        claim = stage.value, humanize(stage), "", step.attestation.value
        row(claimed.kind, claimed.act.value, step.date, *claim, step.evidence)
    others: list[tuple[str, Step, str]] = [
        ("status", check.step, str(check.step.status)) for check in replay.statuses
    ]
    others += [
        ("denied signal" if step.denied else "signal", step, step.signal) for step in replay.signals
    ]
    for entry, other, what in others:
        said = other.attestation.value
        row(entry, what, other.date, attestation=said, evidence=other.evidence)
    end = history.on(history.documented_until)
    last = (history.last.stage.value, position_in_words(end)) if history.documented else ("", "")
    row("record ends", "", When.of(history.documented_until), *last)
    for first, until, basis in basis_rows(replay):
        row("basis", bases=(first, until, basis.value))
    return rows


def _bounds_of(when: When) -> tuple[str, str]:
    """Return the first and the last day of an interval; empty for an open side."""
    first, last = closed(when.earliest), closed(when.latest)
    return first.isoformat() if first else "", last.isoformat() if last else ""
