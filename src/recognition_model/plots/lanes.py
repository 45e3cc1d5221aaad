"""The lanes below the stages of a history: ban in force, dated evidence, claims not counted.

Each claim has a place of its own with its words beside it, so that no claim hides another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import inf
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve, frozen
from matplotlib.patches import Rectangle

from recognition_model.core.citations import Citations
from recognition_model.core.dates import closed
from recognition_model.core.day_words import when_in_words, when_on_label
from recognition_model.core.stages import Act, Ban
from recognition_model.plots.labels import Box
from recognition_model.plots.marks import Ground, put_entries, ranges, strokes
from recognition_model.plots.page import Options
from recognition_model.plots.palette import INK, PAPER, QUIET, REFUSED
from recognition_model.plots.spans import is_open
from recognition_model.plots.text import line_height, width
from recognition_model.plots.view import DENIED, SAID, UNCONFIRMED, UNSURE, Claimed, HistoryView

BAN, EVIDENCE, CLAIMS = "ban in force", "dated evidence", "claims not counted"
_LANE = 4.6  # mm
_PAD = 1.0  # mm around the rows of claims
_MOST_ROWS = 6
_GAP = 1.0  # mm between a mark and its words
_HALF = 1.0  # mm: half a mark of a claim
_TICK = 1.0  # mm: half a tick of the evidence
CLAIMED_IN_WORDS = {
    Act.BAN: "ban",
    Act.ENGAGE: "official dealings",
    Act.DELIST: "end of the ban",
    Act.ACCEPT_AMBASSADOR: "ambassador",
    Act.RECOGNISE: "recognition",
    Act.WITHDRAW_RECOGNITION: "end of recognition",
    Act.DOWNGRADE: "end of ambassador",
    Act.BREAK_OFF: "break-off",
    Act.LAPSE: "lapse",
}
CLAIM_LOOK: dict[str, Any] = {
    "marker": "X",
    "markersize": 5.2,
    "markerfacecolor": PAPER,
    "markeredgecolor": REFUSED,
    "markeredgewidth": 0.9,
    "zorder": 4.5,
}
EVIDENCE_LOOKS: dict[str, dict[str, Any]] = {
    UNSURE: {"marker": "s", "markersize": 3.2, "markerfacecolor": PAPER},
    UNCONFIRMED: {"marker": "x", "markersize": 4},
    DENIED: {"marker": "o", "markersize": 3.6, "markerfacecolor": PAPER},
}
"""The marks of entries that do not simply say what the record says; the others are ticks."""
_EDGE: dict[str, Any] = {"color": INK, "markeredgewidth": 0.8, "zorder": 3.7}
HATCHED: dict[str, Any] = {
    "facecolor": PAPER,
    "edgecolor": INK,
    "hatch": "//////",
    "linewidth": 0.5,
    "zorder": 2,
}


@frozen
class Placed:
    """A claim in its row, with its words at `at` mm from the left; `row` counts from above."""

    claim: Claimed
    row: int
    at: float
    words: str


@frozen
class Lane:
    """A lane: its name, its height in mm, and of claims their places and the height of a row."""

    name: str
    high: float
    placed: tuple[Placed, ...] = ()
    pitch: float = 0.0


def lanes_of(shown: HistoryView, options: Options, wide: float, most: float = inf) -> list[Lane]:
    """Return the lanes that have something to show, on an axis of `wide` mm.

    Where they would be higher than `most` mm, claims lose their words, and all lanes are lower.
    """
    found = []
    if shown.banned:
        found.append(Lane(BAN, _LANE * options.scale))
    if shown.evidence:
        found.append(Lane(EVIDENCE, _LANE * options.scale))
    if shown.claimed:
        others = sum(lane.high for lane in found)
        claims = _lane_of_claims(_placed(shown, options, wide), row_height(options), options)
        if others + claims.high > most:
            bare = _rows(shown, options, wide, [("",)] * len(shown.claimed))
            claims = _lane_of_claims(bare, 2.2 * _HALF * options.scale, options)
        found.append(claims)
    share = min(1.0, most / max(sum(lane.high for lane in found), 1e-9))
    return [evolve(lane, high=lane.high * share, pitch=lane.pitch * share) for lane in found]


def _lane_of_claims(placed: Sequence[Placed], pitch: float, options: Options) -> Lane:
    rows = max(one.row for one in placed) + 1
    high = max(rows * pitch + _PAD * options.scale, _LANE * options.scale)
    return Lane(CLAIMS, high, tuple(placed), pitch)


def row_height(options: Options) -> float:
    """Return the height of a row of claims in mm."""
    return line_height(options.sizes.smallest) * 1.06


def lettered(shown: HistoryView, options: Options, wide: float) -> bool:
    """Whether the claims are too many for words beside them, and are named below the picture."""
    listed = options.legend and options.layout.sources and options.citations is None
    rows = max((one.row + 1 for one in _rows(shown, options, wide)), default=0)
    return listed and rows > _MOST_ROWS


def claim_lines(shown: HistoryView, options: Options) -> list[tuple[str, str]]:
    """Return the lines of the list below that name claims by letter."""
    cited = shown.citations(options)
    lines = []
    for at, claim in enumerate(shown.claimed):
        numbers = cited.of_evidence(claim.told_by)
        said = f"{CLAIMED_IN_WORDS[claim.act]} claimed {when_in_words(claim.step.date)}"
        lines.append((_letter(at), said + "".join(f", source {n}" for n in numbers)))
    return lines


def _placed(shown: HistoryView, options: Options, wide: float) -> list[Placed]:
    if not lettered(shown, options, wide):
        return _rows(shown, options, wide)
    return _rows(shown, options, wide, [(_letter(at),) for at in range(len(shown.claimed))])


def _letter(at: int) -> str:
    """Return `a` to `z`, then `aa`."""
    return ("" if at < 26 else _letter(at // 26 - 1)) + "abcdefghijklmnopqrstuvwxyz"[at % 26]


def _rows(
    shown: HistoryView,
    options: Options,
    wide: float,
    words: Sequence[tuple[str, ...]] | None = None,
) -> list[Placed]:
    """Give each claim a row, so that no mark and no words meet others."""
    scale, size = options.scale, options.sizes.smallest
    listed = options.legend and options.layout.sources
    cited = shown.citations(options) if listed else None
    rows: list[list[tuple[float, float]]] = []
    placed = []
    for at, claim in enumerate(shown.claimed):
        first, last = _reach(claim, shown, scale, wide)
        forms = words[at] if words else _forms(claim, cited)
        sides = []
        for form in forms:
            long = width(form, size)
            right = (last + _GAP * scale, last + _GAP * scale + long)
            left = (first - _GAP * scale - long, first - _GAP * scale)
            sides = [side for side in (right, left) if side[0] >= 0 and side[1] <= wide]
            if sides:
                break
        else:  # no room at all: the mark alone
            form, sides = "", [(last, last)]
        row, side = next(
            (row, side)
            for row in range(len(rows) + 1)
            for side in sides
            if row == len(rows) or _fits(rows[row], first, last, side, scale)
        )
        if row == len(rows):
            rows.append([])
        rows[row].append((min(first, side[0]), max(last, side[1])))
        placed.append(Placed(claim, row, side[0], form))
    return placed


def _fits(
    row: Sequence[tuple[float, float]],
    first: float,
    last: float,
    side: tuple[float, float],
    scale: float,
) -> bool:
    low, high = min(first, side[0]) - scale, max(last, side[1]) + scale
    return all(high <= begin or low >= end for begin, end in row)


def _reach(claim: Claimed, shown: HistoryView, scale: float, wide: float) -> tuple[float, float]:
    """Return how far the mark of a claim and the bar of its days reach, in mm."""
    axis, moment = shown.axis, claim.moment
    at = axis.across(axis.inside(moment.at), wide)
    half = _HALF * scale
    first, last = (axis.across(axis.inside(day), wide) for day in (moment.earliest, moment.latest))
    first = at - 2.5 * scale if is_open(moment.earliest) else first
    last = at + 2.5 * scale if is_open(moment.latest) else last
    return min(first, at - half), max(last, at + half)


def _forms(claim: Claimed, cited: Citations | None) -> list[str]:
    """Return what stands beside a claim, from all of it to the shortest."""
    noun, when = CLAIMED_IN_WORDS[claim.act], claim.step.date
    numbers = cited.of_evidence(claim.told_by) if cited else ()
    behind = "".join(f" ({n})" for n in numbers)
    first, last = closed(when.earliest), closed(when.latest)
    year = f" {first.year}" if first and last and first.year == last.year else ""
    return [f"{noun} {when_on_label(when)}{behind}", f"{noun}{year}{behind}", noun, behind.strip()]


def draw_lanes(
    on: Ground, shown: HistoryView, lanes: Sequence[Lane], tops: Sequence[float], options: Options
) -> list[Box]:
    """Draw each lane below its top (a height in steps), and return the places of its words."""
    words: list[Box] = []
    for lane, top in zip(lanes, tops, strict=True):
        middle = top - lane.high / 2 / on.step
        if lane.name == BAN:
            _bans(on, shown, middle)
        elif lane.name == EVIDENCE:
            _evidence(on, shown, middle, options)
        else:
            words += _claims(on, shown, lane, top, options)
    return words


def begins_at(on: Ground, shown: HistoryView, lane: Lane) -> float:
    """Return where the first mark or word of a lane stands, in mm from the left."""
    if lane.name == BAN:
        forced = (span.begins.at for span in shown.spans if span.ban is Ban.IN_FORCE)
        return on.across(max(min(forced), shown.axis.first))
    if lane.name == EVIDENCE:
        return min(on.across(on.ends(one.moment)[0]) for one in shown.evidence)
    reach = (_reach(one.claim, shown, on.scale, on.wide)[0] for one in lane.placed)
    return min(*reach, *(one.at for one in lane.placed))


def _bans(on: Ground, shown: HistoryView, y: float) -> None:
    half = 1.3 * on.scale / on.step
    for forced, together in groupby(shown.spans, key=lambda span: span.ban is Ban.IN_FORCE):
        if forced:
            stretch = list(together)
            begins, ends = stretch[0].begins.at, stretch[-1].ends.at
            on.ax.add_patch(Rectangle((begins, y - half), ends - begins, 2 * half, **HATCHED))


def _evidence(on: Ground, shown: HistoryView, y: float, options: Options) -> None:
    """Draw a tick for each entry, a line over its possible days, and other marks for doubts."""
    axis, country = shown.axis, shown.replay.country
    moments = [(one.moment, y) for one in shown.evidence]
    ranges(on, moments, caps=0.0, linewidth=0.6, color=QUIET, zorder=3.5)
    half = _TICK * on.scale / on.step
    links = options.links
    plain = [one for one in shown.evidence if one.look == SAID and axis.has(one.moment.at)]
    if links.entries.get(country):
        tick = {"marker": "|", "markersize": _TICK * on.scale * 5.7}
        entries = [(one.number, one.moment.at, y) for one in plain]
        put_entries(on.ax, entries, country, links, **tick, **_EDGE)
    else:
        ticks = [((one.moment.at, y - half), (one.moment.at, y + half)) for one in plain]
        strokes(on.ax, ticks, gid="evidence", zorder=3.7)
    for name, look in EVIDENCE_LOOKS.items():
        entries = [
            (one.number, one.moment.at, y)
            for one in shown.evidence
            if one.look == name and axis.has(one.moment.at)
        ]
        sized = {**look, "markersize": look["markersize"] * on.scale}
        put_entries(on.ax, entries, country, links, **{**_EDGE, **sized})


def _claims(on: Ground, shown: HistoryView, lane: Lane, top: float, options: Options) -> list[Box]:
    rows = max(one.row for one in lane.placed) + 1
    pitch = lane.pitch / on.step
    above = top - (lane.high - rows * lane.pitch) / 2 / on.step
    heights = {one.claim.number: above - (one.row + 0.5) * pitch for one in lane.placed}
    moments = [(one.moment, heights[one.number]) for one in shown.claimed]
    ranges(on, moments)
    marks = [
        (one.number, shown.axis.inside(one.moment.at), heights[one.number]) for one in shown.claimed
    ]
    look = {**CLAIM_LOOK, "markersize": CLAIM_LOOK["markersize"] * on.scale}
    put_entries(on.ax, marks, shown.replay.country, options.links, **look)
    for one in lane.placed:
        if one.words:
            on.ax.text(
                shown.axis.day_at(one.at, on.wide),
                heights[one.claim.number],
                one.words,
                fontsize=options.sizes.smallest,
                color=INK,
                va="center",
                zorder=5,
            )
    half = row_height(options) / 2
    return [
        Box(
            one.at,
            on.up(heights[one.claim.number]) - half,
            one.at + width(one.words, options.sizes.smallest),
            on.up(heights[one.claim.number]) + half,
        )
        for one in lane.placed
        if one.words
    ]
