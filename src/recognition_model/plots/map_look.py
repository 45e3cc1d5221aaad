"""How countries are filled on a map, and the legend of a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.patches import Patch

from recognition_model.core.countries import name_of
from recognition_model.core.wording import humanize
from recognition_model.plots.map_day import HOME, Form, MapDay, Stand, lowest_in_words
from recognition_model.plots.palette import (
    FAINT,
    INK,
    PAPER,
    QUIET,
    STAGE_COLOURS,
    channels,
    colour_of,
    luminance,
    paler,
)

NO_RECORD = "#e6e6e6"
BEGINS_LATER = "#b5b5b5"
PALE = 0.45
"""How much white there is in the colour of a stage that is assumed or silent."""
_PALE_HIGHEST = 0.35
_STRONG = 2.4  # the outline of the two highest stages, against a seam
SEAM = 0.35
"""Points between countries on a page."""
_HATCHES = {  # the sign, how close, how thick in points
    Form.HATCHED: ("/", 6, 0.6),
    Form.LINED: ("-", 5, 0.45),
    Form.STRIPED: ("\\", 4, 1.05),
}
_HIGHEST = tuple(STAGE_COLOURS.values())[-2:]
_CLEAR = 3.0  # contrast of an outline with the countries without a record


def look_of(stand: Stand, scale: float = 1.0) -> dict[str, Any]:
    """Return how a country is filled. `scale` makes lines thinner on a small map."""
    if stand.form is Form.LATER:
        return {"facecolor": BEGINS_LATER, "edgecolor": PAPER, "linewidth": SEAM * scale}
    colours = [colour_of(stage) for stage in stand.stages]
    if len(colours) == 1 and stand.form is Form.STRIPED:
        colours.insert(0, NO_RECORD)  # the record may begin later
    return _filled(stand.form, colours, weak=stand.weak, scale=scale)


def _filled(form: Form, colours: Sequence[str], *, weak: bool, scale: float) -> dict[str, Any]:
    """Fill with the colour of a stage, or with those of the lowest and highest possible one.

    A hatch has the colour of the edge: before 3.11 matplotlib knows no other.
    """
    colour = colours[-1]
    look: dict[str, Any] = {"facecolor": colour, "edgecolor": PAPER, "linewidth": SEAM * scale}
    if form in _HATCHES:
        sign, close, thick = _HATCHES[form]
        look["hatch"] = sign * max(round(close / scale), 2)
        look["hatch_linewidth"] = thick * scale
    if form is Form.STRIPED:
        return look | {"facecolor": colours[0], "edgecolor": colour}
    if colour in _HIGHEST and form not in _HATCHES:  # too light to stand out in grey
        face = paler(colour, _PALE_HIGHEST) if weak else colour
        return {"facecolor": face, "edgecolor": INK, "linewidth": _STRONG * SEAM * scale}
    if weak:
        pale = {"facecolor": paler(colour, PALE), "linewidth": 1.5 * SEAM * scale}
        return look | pale | {"edgecolor": outline_of(colour)}
    if contrast(colour, NO_RECORD) < _CLEAR / 2:
        return look | {"edgecolor": outline_of(colour)}
    return look


@cache
def outline_of(colour: str) -> str:
    """Return a colour, darkened until its line is clear of countries without a record."""
    red, green, blue = channels(colour)
    for part in range(20, 0, -1):
        darker = "#" + "".join(f"{channel * part // 20:02x}" for channel in (red, green, blue))
        if contrast(darker, NO_RECORD) >= _CLEAR:
            return darker
    return INK


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2), from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def entries(maps: Sequence[MapDay], scale: float) -> tuple[list[tuple[Any, str]], tuple[int, ...]]:
    """Return the entries of the legend, and the place at which its second part begins.

    The first part has a number for each map; they add up to the records shown. The second part
    says what the forms mean, with numbers if there is one map.
    """
    found: list[tuple[Any, str]] = []
    for stage in reversed(maps[0].rungs):
        if not any(one.by_stage[stage] for one in maps):
            continue
        name = lowest_in_words(maps) if stage is maps[0].rungs[0] else humanize(stage)
        box = Patch(facecolor=colour_of(stage), edgecolor=INK, linewidth=0.4 * scale)
        found.append((box, f"{name} {_numbers(len(one.by_stage[stage]) for one in maps)}"))
    counts = {form: [len(one.by_form[form]) for one in maps] for form in Form}
    for form in (Form.STRIPED, Form.LATER):
        if any(counts[form]):
            found.append((_mark(form, scale), f"{form.meaning} {_numbers(counts[form])}"))
    breaks = (len(found),)
    for form in (Form.SOLID, Form.PALE, Form.LINED, Form.HATCHED):
        if any(counts[form]):
            number = f" {_numbers(counts[form])}" if len(maps) == 1 else ""
            found.append((_mark(form, scale), f"{form.meaning}{number}"))
    found.append((Patch(facecolor=NO_RECORD, edgecolor=FAINT, linewidth=0.3), "no record shown"))
    found.append((Patch(facecolor=INK, linewidth=0), name_of(HOME)))
    return found, breaks


def _numbers(counts: Iterable[int]) -> str:
    return " · ".join(map(str, counts))


def _mark(form: Form, scale: float) -> Patch:
    """Return the mark of a form in the legend, in grey: it goes with every colour."""
    if form is Form.LATER:
        return Patch(facecolor=BEGINS_LATER, edgecolor=PAPER, linewidth=SEAM * scale)
    colours = [paler(QUIET, 0.7), QUIET]
    return Patch(**_filled(form, colours, weak=form is Form.PALE, scale=scale))
