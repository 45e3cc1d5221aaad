"""One country: the ladder of stages over time, each change with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.lines import Line2D
from matplotlib.markers import CARETLEFT, CARETRIGHT
from matplotlib.patches import Rectangle

from recognition_model.countries import name_of, named
from recognition_model.dates import Holds, When
from recognition_model.evidence import Attestation
from recognition_model.history import Change
from recognition_model.outcomes import Replay
from recognition_model.plots.labels import (
    in_lines,
    legend,
    legend_height,
    place,
    quiet_frame,
    room,
)
from recognition_model.plots.lettering import (
    NORMAL,
    SMALL,
    SMALLEST,
    drawable,
    widest,
)
from recognition_model.plots.palette import (
    INK,
    MARKERS,
    PAPER,
    QUIET,
    REFUSED,
    STAGE_COLOURS,
    paler,
)
from recognition_model.plots.picture import WIDTH, Margins, Options, Plot, Table
from recognition_model.plots.stretches import Moment, Stretch, is_open, number, stretches
from recognition_model.plots.timeline import Timeline, shade_undocumented, undocumented_patch
from recognition_model.provenance import Citations, in_runs
from recognition_model.rules import RULES
from recognition_model.scenario import Step
from recognition_model.stages import Act, Ban, Stage, ban_in_words
from recognition_model.wording import many, words

_LANES = ("ban in force", "statuses", "signals")
_STEP = 8.4  # mm from stage to stage
_LANE = 4.6
_RIGHT = 4.0
_HALF = 0.42  # half a stage's band, in stages
_ALONE: dict[str, Any] = {
    "linestyle": "none",
    "color": INK,
    "markeredgewidth": 0.8,
    "zorder": 3,
}
_LOOKS: dict[str, dict[str, Any]] = {
    "statuses": {"marker": "s", "markersize": 2.6},
    "signals": {"marker": "|", "markersize": 6},
    "not borne out": {"marker": "x", "markersize": 4},
}
LEADS = {rule.act: rule.after for rule in reversed(tuple(RULES))}
"""The stage that an act leads to, by the first rule about it."""
_VOICES = {
    Attestation.OFFICIAL: "change by the country's own word",
    Attestation.CLAIMED: "by the other side's or another state's",
    Attestation.REPORTED: "by a press report",
    Attestation.NONE: "with nothing to show for it",
}


def draw(replays: Sequence[Replay], ax: Axes, options: Options = Options()) -> Axes:  # noqa: B008 - frozen
    """Draw the first replay's history into an axes; dates are matplotlib date numbers."""
    replay = replays[0]
    spans = stretches(replay.history)
    wide, _ = room(ax)
    axis = _axis(replay, options)
    axis.put_on(ax, wide)
    axis.mark_years(ax, wide)
    quiet_frame(ax)
    lanes = _lanes(replay)
    lowest = -0.5 - 0.1 - len(lanes) * _LANE / _STEP
    ax.set_ylim(lowest, len(Stage) - 0.45)
    ticks = [stage.rank for stage in Stage] + [_lane_at(i) for i in range(len(lanes))]
    ax.set_yticks(ticks, [words(stage) for stage in Stage] + lanes)
    for label in ax.get_yticklabels():
        label.set_fontsize(NORMAL)
        label.set_color(INK)
    for label in ax.get_yticklabels()[len(Stage) :]:
        label.set_fontsize(SMALL)
        label.set_color(QUIET)
    ax.tick_params(axis="y", length=0, pad=3)
    for stage in Stage:
        ax.axhspan(
            stage.rank - _HALF, stage.rank + _HALF, color=paler(STAGE_COLOURS[stage], 0.9), zorder=0
        )
    begins = spans[0].begins.at if spans else axis.last
    ends = spans[-1].ends.at if spans else axis.last
    shade_undocumented(ax, axis.first, min(begins, axis.last))
    shade_undocumented(ax, max(ends, axis.first), axis.last)
    if begins < axis.last and ends > axis.first:
        _ladder(ax, spans, axis)
        _lane_marks(ax, replay, spans, lanes, axis)
        _ghosts(ax, replay, axis)
        _changes(ax, replay, spans, axis, options)
    else:
        ax.text(
            0.5,
            0.55,
            "not documented",
            transform=ax.transAxes,
            ha="center",
            fontsize=NORMAL,
            color=QUIET,
        )
    ax.set_xlim(axis.first, axis.last)
    legend(ax, _entries(replay, spans), most=wide)
    return ax


def _axis(replay: Replay, options: Options) -> Timeline:
    """From before the record begins to after it ends, so that its limits can be seen."""
    spans = stretches(replay.history)
    moves = [span.begins.at for span in spans[1:]]
    if spans:
        first, last = spans[0].begins, spans[-1].ends.at
        early = first.at - 365 if is_open(first.earliest) else first.earliest
        axis = Timeline.over(early, last, moves, even=options.even)
        lead = (last - early if axis.fold is None else last - axis.fold) * 0.045
        begins, ends = early - max(lead / axis.squeeze, 1), last + max(lead, 1)
    else:
        until = number(replay.history.documented_until)
        begins, ends = until - 365.0, until + 30.0
    if options.since:
        begins = number(options.since)
        ends = ends if ends > begins else begins + 365
    if options.until:
        ends = number(options.until) + 1
    return Timeline.over(begins, ends, moves, even=options.even)


def _lanes(replay: Replay) -> list[str]:
    """The lanes under the ladder that have anything to show."""
    banned = any(spell.ban is Ban.IN_FORCE for spell in replay.history.spells)
    shown = (banned, bool(replay.statuses), bool(replay.signals))
    return [lane for lane, there in zip(_LANES, shown, strict=True) if there]


def _lane_at(index: int) -> float:
    return -0.5 - 0.1 - (index + 0.5) * _LANE / _STEP


def _ladder(ax: Axes, spans: Sequence[Stretch], axis: Timeline) -> None:
    """The step line: a stage's stretch in its colour, outlined; the risers between them."""
    lines = [[(s.begins.at, s.stage.rank), (s.ends.at, s.stage.rank)] for s in spans]
    colours = [STAGE_COLOURS[s.stage] for s in spans]
    ax.add_collection(LineCollection(lines, colors=INK, linewidths=4.6, zorder=3, capstyle="butt"))
    ax.add_collection(
        LineCollection(lines, colors=colours, linewidths=3.6, zorder=3.1, capstyle="butt")
    )
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
            seen = span.begins.within(axis.first, axis.last)
            low, high = sorted((before.stage.rank, span.stage.rank))
            boxes.append(
                Rectangle(
                    (seen.earliest, low - 0.13), seen.latest - seen.earliest, high - low + 0.26
                )
            )
    ax.add_collection(LineCollection(exact, colors=INK, linewidths=0.8, zorder=2.5))
    ax.add_collection(
        LineCollection(unsure, colors=INK, linewidths=0.8, linestyles=(0, (3, 2)), zorder=2.5)
    )
    ax.add_collection(
        PatchCollection(boxes, facecolor="#c4c4c4", edgecolor="none", alpha=0.75, zorder=1.5)
    )
    last = spans[-1]
    # An open end: the record stops here, the stage may not have.
    ax.plot(
        [last.ends.at],
        [last.stage.rank],
        marker="|",
        markersize=9,
        markeredgewidth=1.1,
        color=INK,
        zorder=4,
        linestyle="none",
    )


def _lane_marks(
    ax: Axes, replay: Replay, spans: Sequence[Stretch], lanes: Sequence[str], axis: Timeline
) -> None:
    """The ban as a hatched band; statuses and signals as small marks, a bar for an interval."""
    for index, lane in enumerate(lanes):
        y = _lane_at(index)
        if lane == "ban in force":
            for forced, together in groupby(spans, key=lambda span: span.ban is Ban.IN_FORCE):
                if forced:
                    stretch = list(together)
                    begins, ends = stretch[0].begins.at, stretch[-1].ends.at
                    ax.add_patch(
                        Rectangle(
                            (begins, y - 0.17),
                            ends - begins,
                            0.34,
                            facecolor=PAPER,
                            edgecolor=INK,
                            hatch="//////",
                            linewidth=0.5,
                            zorder=2,
                        )
                    )
            continue
        steps: list[tuple[Step, bool]] = (
            [(check.step, check.verdict.holds is not Holds.IN_NONE) for check in replay.statuses]
            if lane == "statuses"
            else [(step, True) for step in replay.signals]
        )
        look = _LOOKS[lane]
        for step, holds in steps:
            moment = _moment(step.date)
            if not axis.shows(moment):
                continue
            moment = moment.within(axis.first, axis.last)
            if not moment.exact:
                _bar(ax, moment, y)
            ax.plot([moment.at], [y], **(look if holds else _LOOKS["not borne out"]), **_ALONE)


def _ghosts(ax: Axes, replay: Replay, axis: Timeline) -> None:
    """Acts that the rules turned down, and deprecated ones, open at the stage they claim."""
    for moment, stage in _turned_down(replay):
        if not axis.shows(moment):
            continue
        seen = moment.within(axis.first, axis.last)
        if not seen.exact:
            _bar(ax, seen, stage.rank)
        ax.plot(
            [seen.at],
            [stage.rank],
            marker="X",
            markersize=5.6,
            markerfacecolor=PAPER,
            markeredgecolor=REFUSED,
            markeredgewidth=0.9,
            linestyle="none",
            zorder=4.5,
        )


def _turned_down(replay: Replay) -> list[tuple[Moment, Stage]]:
    marks = [(_moment(refusal.step.date), LEADS[refusal.act]) for refusal in replay.refusals]
    return marks + [(_moment(step.date), LEADS[step.act]) for step in replay.deprecated]


def _moment(when: When) -> Moment:
    return Moment.of(when.earliest, when.latest)


def _bar(ax: Axes, moment: Moment, y: float) -> None:
    """A bar over the days on which something can have been: capped, or an arrow if open."""
    first, last = ax.get_xlim()
    ends, marks = [], []
    for day, arrow in ((moment.earliest, CARETLEFT), (moment.latest, CARETRIGHT)):
        inside = first <= day <= last
        ends.append(day if inside else _beside(ax, moment.at, -1 if arrow is CARETLEFT else 1))
        marks.append("|" if inside else arrow)
    ax.plot(ends, [y, y], color=INK, linewidth=0.8, zorder=3.6)
    for end, mark in zip(ends, marks, strict=True):
        size = 4 if mark == "|" else 2.5
        ax.plot([end], [y], marker=mark, markersize=size, **_ALONE)


def _beside(ax: Axes, day: float, side: int) -> float:
    """The day 2.5 mm to a side of another, or at the edge where that is nearer."""
    wide, _ = room(ax)
    at = ax.transData.transform((day, 0))[0] + side * 2.5 / wide * ax.get_window_extent().width
    first, last = ax.get_xlim()
    return min(max(float(ax.transData.inverted().transform((at, 0))[0]), first), last)


def _changes(
    ax: Axes, replay: Replay, spans: Sequence[Stretch], axis: Timeline, options: Options
) -> None:
    """A mark for each change, shaped by who attests it, with the numbers of its sources."""
    cited = _citations(replay, options)
    points: list[tuple[float, float, str]] = []
    for span in spans[1:]:
        change = span.change
        if change is None or not axis.shows(span.begins):
            continue
        seen = span.begins.within(axis.first, axis.last)
        if not seen.exact:
            _bar(ax, seen, span.stage.rank)
        official = change.attestation is Attestation.OFFICIAL
        ax.plot(
            [seen.at],
            [span.stage.rank],
            marker=MARKERS[change.attestation],
            markersize=5,
            markerfacecolor=INK if official else PAPER,
            markeredgecolor=INK if not official else PAPER,
            markeredgewidth=0.9 if not official else 0.6,
            linestyle="none",
            zorder=5,
        )
        points.append((seen.at, span.stage.rank, in_runs(cited.of_evidence(change.evidence))))
    crowded = len(points) > 30
    risers = [
        [(span.begins.at, before.stage.rank), (span.begins.at, span.stage.rank)]
        for before, span in pairwise(spans)
        if axis.shows(span.begins)
    ]
    place(ax, points, size=SMALLEST if crowded else SMALL, marks=1.6, lines=risers)


def _citations(replay: Replay, options: Options) -> Citations:
    """The page's numbers, or numbers of our own for the sources of the changes."""
    return options.citations or Citations.of(
        item for change in replay.changes for item in change.evidence
    )


def _entries(replay: Replay, spans: Sequence[Stretch]) -> list[tuple[Any, str]]:
    """The legend: what is in the picture and is not labelled where it stands."""
    found = {span.change.attestation for span in spans if span.change}
    entries: list[tuple[Any, str]] = []
    for attestation in sorted(found, reverse=True):
        official = attestation is Attestation.OFFICIAL
        told = _VOICES[attestation]
        entries.append(
            (
                Line2D(
                    [],
                    [],
                    linestyle="none",
                    marker=MARKERS[attestation],
                    markersize=5,
                    markerfacecolor=INK if official else PAPER,
                    markeredgecolor=INK,
                ),
                told if official or entries else f"change {told}",
            )
        )
    dates = [outcome.date for outcome in replay.changes]
    dates += [step.date for step in (*replay.signals, *replay.deprecated)]
    dates += [check.step.date for check in replay.statuses]
    dates += [refusal.step.date for refusal in replay.refusals]
    if any(not when.exact for when in dates):
        interval = Line2D([], [], color=INK, linewidth=0.8, marker="|", markersize=4)
        entries.append((interval, "some day between"))
    if replay.refusals or replay.deprecated:
        ghost = Line2D(
            [],
            [],
            linestyle="none",
            marker="X",
            markersize=5.6,
            markerfacecolor=PAPER,
            markeredgecolor=REFUSED,
        )
        entries.append((ghost, "claimed, and turned down by the rules or the record"))
    entries.append((undocumented_patch(), "not documented"))
    return entries


def height(replays: Sequence[Replay], options: Options) -> float:
    """The ladder and its lanes; taller where there are many changes to label."""
    lanes = len(_lanes(replays[0]))
    crowd = max(0, len(replays[0].changes) - 12) * 0.9
    return (len(Stage) - 0.45 + 0.6) * _STEP + lanes * _LANE + min(crowd, 60)


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Room for the stages' names and the legend."""
    left = max(widest(map(words, Stage), NORMAL), widest(_LANES, SMALL)) + 4.5
    entries = _entries(replays[0], stretches(replays[0].history))
    lines = in_lines((text for _, text in entries), SMALL, WIDTH - left - _RIGHT)
    return Margins(left=left, right=_RIGHT, above=legend_height(len(lines)) + 2, below=6.5)


def title(replays: Sequence[Replay], options: Options) -> str:
    """The country, and what is drawn of it."""
    return f"{named(replays[0].country)}: stage of relations with the Taliban, by dated evidence"


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """What a reader has to know of this drawing."""
    replay = replays[0]
    told = []
    if replay.changes:
        where = "of the list of sources" if options.citations else "of the sources above"
        told.append(f"Numbers at changes are those {where}.")
    if any(not when.exact for when in (c.date for c in replay.changes)):
        told.append(
            "A date known only to an interval is drawn at its middle, with a dashed riser and a bar"
            " over the days on which it can have been."
        )
    if replay.history.documented:
        told.append("The line ends where the record does: that is the last documented stage.")
    if start := replay.scenario.start.assumed:
        told.append(f"The stage at the start is assumed: {drawable(start, 'see the record')}")
    if doctrine := replay.scenario.doctrine:
        told.append(f"Doctrine of recognition: {drawable(doctrine.says, 'see the record')}")
    axis = _axis(replay, options)
    return [*told, axis.note()] if axis.note() else told


def keys(replays: Sequence[Replay], options: Options) -> list[tuple[str, str]]:
    """The sources of the changes, numbered; none where the page lists them.

    The title stands last: one that runs from right to left would turn a date behind it around.
    """
    if options.citations is not None:
        return []
    return [
        (str(at), drawable(f"{source.publisher}, {source.issued}: {source.title}", source.id))
        for at, source in enumerate(_citations(replays[0], options).sources, start=1)
    ]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """The history in words: start, every change, last documented stage, bans and ghosts."""
    replay = replays[0]
    history = replay.history
    name = name_of(replay.country)
    if not history.documented:
        return f"A step chart of {name}: nothing is documented by {history.documented_until}."
    told = [
        f"A step chart of {name} over six stages, from hostile to de jure recognition.",
        f"It begins at {words(history.start.stage)} on {history.begins}"
        + (", assumed." if replay.scenario.start.assumed else "."),
    ]
    told += [_told(change) for change in replay.changes]
    if not replay.changes:
        told.append("No change is documented.")
    last = history.last
    told.append(
        f"Last documented stage, on {history.documented_until}: {words(last.stage)},"
        f" {ban_in_words(last.ban)}."
    )
    counts = [
        (len(replay.statuses), "status assertion", "status assertions"),
        (len(replay.signals), "signal that moves nothing", "signals that move nothing"),
        (len(replay.refusals), "act that the rules turn down", "acts that the rules turn down"),
        (len(replay.deprecated), "deprecated act", "deprecated acts"),
    ]
    also = [many(*count) for count in counts if count[0]]
    if also:
        told.append(f"Also shown: {', '.join(also)}.")
    return " ".join(told)


def _told(change: Change) -> str:
    before, after = words(change.before.stage), words(change.after.stage)
    bans = ""
    if change.before.ban is not change.after.ban:
        bans = f", {ban_in_words(change.after.ban)}"
    moves = f"from {before} to {after}" if change.before.stage is not change.after.stage else after
    return f"{change.date}: {moves}{bans} ({change.rule}, {change.attestation})."


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Every entry drawn: what it is, when, the stage it leads to or claims, and its sources."""
    replay = replays[0]
    history = replay.history
    rows: Table = [
        (
            "country",
            "entry",
            "what",
            "date",
            "earliest",
            "latest",
            "stage",
            "ban",
            "attestation",
            "evidence",
        ),
    ]

    def row(
        entry: str, what: str, when: When, stage: str, ban: str, attestation: str, ids: str
    ) -> None:
        rows.append(
            (replay.country, entry, what, when.text, *_ends(when), stage, ban, attestation, ids)
        )

    if history.documented:
        start = history.start
        row("start", "", history.begins, start.stage.value, start.ban.value, "", "")
    for change in replay.changes:
        after = change.after
        ids = " ".join(item.id for item in change.evidence)
        row(
            "change",
            f"{change.rule} {change.act}",
            change.date,
            after.stage.value,
            after.ban.value,
            change.attestation.value,
            ids,
        )
    ghosts: list[tuple[str, Step, Act]] = [("refused", r.step, r.act) for r in replay.refusals]
    ghosts += [("deprecated", step, step.act) for step in replay.deprecated]
    for entry, claimed, act in ghosts:
        ids = " ".join(item.id for item in claimed.evidence)
        row(entry, act.value, claimed.date, LEADS[act].value, "", claimed.attestation.value, ids)
    others: list[tuple[str, Step, str]] = [
        ("status", check.step, str(check.step.status)) for check in replay.statuses
    ]
    others += [("signal", step, step.signal) for step in replay.signals]
    for entry, step, what in others:
        ids = " ".join(item.id for item in step.evidence)
        row(entry, what, step.date, "", "", step.attestation.value, ids)
    until = When.of(history.documented_until)
    row(
        "record ends", "", until, history.last.stage.value if history.documented else "", "", "", ""
    )
    return rows


def _ends(when: When) -> tuple[str, str]:
    """The first and last day of an interval; empty where a side is open."""
    first, last = when.earliest, when.latest
    return (
        "" if first in When.OPEN else first.isoformat(),
        "" if last in When.OPEN else last.isoformat(),
    )


PLOT = Plot(
    name="history",
    summary="one country: its stages over time, each change with its evidence",
    draw=draw,
    height=height,
    margins=margins,
    title=title,
    describe=describe,
    table=table,
    notes=notes,
    keys=keys,
    one=True,
)
