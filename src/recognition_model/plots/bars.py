"""The bars of spells, drawn by what they rest on: thick, thin, hollow or pale.

The form tells the basis and the colour tells the stage, so that no reader needs colour to see what
no source attests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import inf
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path

from recognition_model.core.basis import Basis
from recognition_model.core.stages import Ban, Stage
from recognition_model.plots.labels import room
from recognition_model.plots.palette import INK, PAPER, QUIET, colour_of, paler
from recognition_model.plots.spans import NO_DEALINGS, Piece

Box = tuple[float, float, float, float]
Spell = tuple[int, bool]
THICKNESS = {Basis.EVIDENCED: 1.0, Basis.SILENT: 0.24, Basis.ASSUMED: 1.0, Basis.REVIEWED: 0.6}
"""The height of a bar on each basis, as a part of the highest."""
PALE = 0.7
"""How much white there is in the colour of a reviewed bar."""
_KINDS = {
    (Basis.EVIDENCED, True): "stage",
    (Basis.EVIDENCED, False): "possible",
    (Basis.SILENT, True): "silent",
    (Basis.SILENT, False): "silent-possible",
    (Basis.ASSUMED, True): "assumed",
    (Basis.REVIEWED, True): "reviewed",
}
_HOLLOW = "assumed"
_TINT = 0.85  # white in the colour of a hollow bar where there is no room for its frame
_FRAMED = 0.8  # mm; a frame needs so much room to leave the inside white
_LEAST = 0.6  # mm; a narrower spell cannot be seen
_HATCH = "//////"


def draw_bars(
    ax: Axes,
    rows: Sequence[tuple[float, Sequence[Piece]]],
    tall: float,
    *,
    crowded: bool = False,
    scale: float = 1.0,
) -> None:
    """Draw the pieces of each row around its height, at most `tall` high.

    Each kind of bar is one compound path per stage. A spell too short to be seen is drawn wider,
    over its neighbours. With `crowded` there are no lines, and the bars become pixels. `scale` is
    that of the lines.
    """
    boxes: dict[tuple[str, Stage], list[Box]] = defaultdict(list)
    brief: dict[tuple[str, Stage], list[Box]] = defaultdict(list)
    outlines: list[Box] = []
    mm = _millimetres(ax, (end for _, row in rows for one in row for end in (one.begins, one.ends)))
    for y, row in rows:
        short = _short(row, mm)
        for (kind, stage, spell), together in groupby(row, key=_alike):
            if spell not in short:
                boxes[kind, stage].append(_box(y, list(together), tall))
        for piece, (left, right) in _widened(ax, row, list(short.values()), mm):
            kind, stage, _ = _alike(piece)
            brief[kind, stage].append((left, right, *_box(y, [piece], tall)[2:]))
        for basis, together in groupby(row, key=lambda piece: piece.form):
            if basis is not Basis.ASSUMED:
                outlines.append(_box(y, list(together), tall))
    look: dict[str, Any] = {"rasterized": crowded}
    for (kind, stage), some in _in_order(boxes):
        colour, gid = colour_of(stage), f"{kind}-{stage.rank + 1}"
        if kind == _HOLLOW and not crowded:
            _hollow(ax, some, gid, colour, scale)
            continue
        line = 0 if crowded else 0.3 * scale
        fill = {"facecolors": _fill(kind, colour), "edgecolors": PAPER, "linewidths": line}
        _add(ax, some, gid, zorder=2, **fill, **look)
    if outlines and not crowded:
        edge = {"edgecolors": INK, "linewidths": 0.35 * scale, "zorder": 2.2}
        _add(ax, outlines, "outline", facecolors="none", **edge)
    for (kind, stage), some in _in_order(brief):
        fill = {"facecolors": _fill(kind, colour_of(stage)), "edgecolors": INK}
        line = 0 if crowded else 0.25 * scale
        _add(ax, some, f"brief-{kind}-{stage.rank + 1}", zorder=2.3, linewidths=line, **fill)


def _in_order(boxes: dict[tuple[str, Stage], list[Box]]) -> list[tuple[tuple[str, Stage], Any]]:
    return sorted(boxes.items(), key=lambda item: (item[0][0], item[0][1].rank))


def _fill(kind: str, colour: str) -> str:
    """Return the colour that fills a kind of bar."""
    white = {"stage": 0.0, "silent": 0.0, "reviewed": PALE, _HOLLOW: _TINT}.get(kind, 0.55)
    return paler(colour, white)


def _millimetres(ax: Axes, days: Iterable[float]) -> dict[float, float]:
    """Return where days are, in mm from the left of an axes."""
    every = np.array(sorted(set(days)), dtype=float)
    if not len(every):
        return {}
    wide, _ = room(ax)
    places = (ax.transData - ax.transAxes).transform(np.stack([every, 0 * every], axis=-1))
    return dict(zip(every.tolist(), (places[:, 0] * wide).tolist(), strict=True))


def _short(row: Sequence[Piece], mm: dict[float, float]) -> dict[Spell, list[Piece]]:
    """Return the spells of a row that are too narrow to be seen, except for a lone one."""
    spells = {spell: list(together) for spell, together in groupby(row, key=_spell)}
    return {
        spell: some
        for spell, some in spells.items()
        if len(spells) > 1 and mm[some[-1].ends] - mm[some[0].begins] < _LEAST
    }


def _spell(piece: Piece) -> Spell:
    """Return what tells the spell of a piece; days searched after the data end are apart."""
    return id(piece.span), piece.basis is Basis.REVIEWED


def _widened(
    ax: Axes, row: Sequence[Piece], spells: Sequence[Sequence[Piece]], mm: dict[float, float]
) -> Iterator[tuple[Piece, tuple[float, float]]]:
    """Yield the longest piece of each short spell, and the days between which it can be seen.

    The first spell of a row grows to the right, the last one of the data to the left, any other to
    both sides. None covers the one before.
    """
    wide, _ = room(ax)
    back = (ax.transAxes - ax.transData).transform
    data_end = max(
        (piece.begins for piece in row if piece.basis is not Basis.REVIEWED), default=-inf
    )
    reached = 0.0
    for some in spells:
        begins, ends = mm[some[0].begins], mm[some[-1].ends]
        last = some[-1].begins >= data_end
        side = 0.0 if some[0] is row[0] else 1.0 if last else 0.5
        left = max(begins - (_LEAST - (ends - begins)) * side, reached)
        left = max(min(left, wide - _LEAST), 0.0)
        reached = left + _LEAST
        days = [float(back((at / wide, 0))[0]) for at in (left, reached)]
        piece = max(some, key=lambda piece: piece.ends - piece.begins)
        yield piece, (days[0], days[1])


def _hollow(ax: Axes, boxes: Sequence[Box], gid: str, colour: str, scale: float) -> None:
    """Draw hollow bars. One that is narrower than its frame would look filled: it gets a tint."""
    mm = _millimetres(ax, (day for box in boxes for day in box[:2]))
    by_room: dict[bool, list[Box]] = {True: [], False: []}
    for box in boxes:
        by_room[mm[box[1]] - mm[box[0]] >= _FRAMED * scale].append(box)
    if roomy := by_room[True]:
        behind = {"edgecolors": INK, "linewidths": 1.2 * scale, "zorder": 2}
        _add(ax, roomy, "outline", facecolors=PAPER, **behind)
        frame = {"edgecolors": colour, "linewidths": 0.75 * scale, "zorder": 2.05}
        _add(ax, roomy, gid, facecolors="none", **frame)
    if narrow := by_room[False]:
        tint = {"facecolors": paler(colour, _TINT), "edgecolors": colour, "linewidths": 0.2 * scale}
        _add(ax, narrow, f"narrow-{gid}", zorder=2, **tint)


def _alike(piece: Piece) -> tuple[str, Stage, Spell]:
    """Return what the pieces of one bar have in common: kind, stage and spell."""
    kind = _KINDS.get((piece.form, piece.sure)) or _KINDS[piece.form, True]
    return kind, piece.stage, _spell(piece)


def _box(y: float, row: Sequence[Piece], tall: float) -> Box:
    half = tall * THICKNESS[row[0].form] / 2
    return row[0].begins, row[-1].ends, y - half, y + half


def draw_bans(ax: Axes, rows: Sequence[tuple[float, Sequence[Piece]]], tall: float) -> None:
    """Draw a ban in force as hatching over bars, on an axis whose heights grow downwards.

    It covers the lower part of a high bar, and the whole of a low one.
    """
    on: dict[bool, list[Box]] = {True: [], False: []}
    for y, row in rows:
        for (forced, form), together in groupby(
            row, key=lambda piece: (piece.span.ban is Ban.IN_FORCE, piece.form)
        ):
            if not forced:
                continue
            left, right, low, high = _box(y, list(together), tall)
            if THICKNESS[form] == 1:
                low = y + tall * 0.05
            on[form in (Basis.EVIDENCED, Basis.SILENT)].append((left, right, low, high))
    for filled, boxes in on.items():
        if boxes:
            colour = PAPER if filled else QUIET
            look = {"facecolors": "none", "edgecolors": colour, "hatch": _HATCH, "linewidths": 0}
            _add(ax, boxes, "ban-in-force" + ("" if filled else "-unattested"), zorder=2.1, **look)


def _add(ax: Axes, boxes: Sequence[Box], gid: str, **look: Any) -> None:
    """Add rectangles (left, right, low, high) to an axes as one path."""
    left, right, low, high = np.asarray(boxes, dtype=float).T
    corners = [(left, low), (right, low), (right, high), (left, high)]
    polygons = np.stack([np.stack(corner, -1) for corner in corners], axis=1)
    drawn = PathCollection([Path.make_compound_path_from_polys(polygons)], **look)
    drawn.set_gid(gid)
    ax.add_collection(drawn, autolim=False)


def basis_entries(
    shown: Iterable[Piece], *, crowded: bool = False, scale: float = 1.0
) -> list[tuple[Any, str]]:
    """Return the line of the legend on the forms of bars, as far as they occur."""
    forms: dict[Basis, set[Stage]] = defaultdict(set)
    for piece in shown:
        forms[piece.form].add(piece.stage)
    entries: list[tuple[Any, str]] = []
    if Basis.EVIDENCED in forms:
        thick = Patch(facecolor=QUIET, edgecolor=INK, linewidth=0.5)
        entries.append((thick, "entry within two years"))
    if Basis.SILENT in forms:
        entries.append((Line2D([], [], color=QUIET, linewidth=1.6 * scale), "silent"))
    if stages := forms.get(Basis.ASSUMED):
        text = NO_DEALINGS if Stage.HOSTILE in stages else "assumed"
        edge = colour_of(min(stages))
        face = paler(edge, _TINT) if crowded else PAPER
        entries.append((Patch(facecolor=face, edgecolor=edge, linewidth=0.9), text))
    if Basis.REVIEWED in forms:
        pale = Patch(facecolor=paler(QUIET, PALE), edgecolor=INK, linewidth=0.35)
        entries.append((pale, "searched"))
    return entries


def basis_note(shown: Iterable[Piece]) -> list[str]:
    """Return the sentence of the caption on what thin, hollow and pale bars mean."""
    forms = {piece.form for piece in shown}
    said = {
        Basis.SILENT: "a thin bar stands for days more than two years after the last dated entry",
        Basis.ASSUMED: "a hollow bar for a start that is assumed",
        Basis.REVIEWED: "a pale bar for days that were searched after the data end",
    }
    parts = [text for basis, text in said.items() if basis in forms]
    if not parts:
        return []
    whole = ", ".join(parts[:-1]) + (" and " if parts[:-1] else "") + parts[-1]
    whole = whole if "stands" in whole else whole.replace(" bar for", " bar stands for", 1)
    return [f"{whole[0].upper()}{whole[1:]}."]
