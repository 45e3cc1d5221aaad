"""The rows of a picture with a stage each: their names on the left, and faint bands."""

from __future__ import annotations

from collections.abc import Sequence

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from recognition_model.core.stages import Stage
from recognition_model.plots.marks import Ground
from recognition_model.plots.page import Options
from recognition_model.plots.palette import STAGE_COLOURS, paler
from recognition_model.plots.text import broken, line_height

_NAME = 32.0  # mm for the name of a stage, which may take several lines
_NAME_SHARE = 0.2  # of the width of a narrow page
_HALF = 0.42  # half a stage's band, in stages


def name_room(options: Options) -> float:
    """Return how wide the name of a row may be, in mm."""
    return min(_NAME * options.scale, _NAME_SHARE * options.layout.width)


def name_lines(text: str, options: Options, step: float) -> tuple[list[str], float]:
    """Return the name of a stage in lines, and the size of their letters.

    It has as many lines as fit into a step of `step` mm, and fewer words if they do not fit.
    """
    sizes = options.sizes
    for words in (text, text.replace(" documented", ""), text.partition(" (")[0]):
        for size in (sizes.normal, sizes.small, sizes.smallest):
            lines = broken(words, size, name_room(options))
            if line_height(size, len(lines)) <= step - 0.5 * options.scale:
                return lines, size
    return lines, size


def put_names(ax: Axes, rows: Sequence[tuple[float, list[str], float, str]]) -> None:
    """Write names left of an axes: the height of each, its lines, their size and their colour."""
    ax.set_yticks([at for at, *_ in rows], ["\n".join(lines) for _, lines, *_ in rows])
    ax.tick_params(axis="y", length=0, pad=3)
    for label, (_, _, size, colour) in zip(ax.get_yticklabels(), rows, strict=True):
        label.set_fontsize(size)
        label.set_color(colour)
        label.set_linespacing(1.1)


def stage_bands(on: Ground, stages: Sequence[Stage]) -> None:
    """Draw a faint band for each stage."""
    first, last = on.axis.first, on.axis.last
    bands = [
        [(first, low), (last, low), (last, high), (first, high)]
        for low, high in ((stage.rank - _HALF, stage.rank + _HALF) for stage in stages)
    ]
    colours = [paler(STAGE_COLOURS[stage], 0.9) for stage in stages]
    drawn = PolyCollection(bands, facecolors=colours, edgecolors="none", zorder=0)
    on.ax.add_collection(drawn, autolim=False)
