"""What stands in a drawing: its bars, marks, texts and legends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

import recognition_model as rm
from recognition_model.plots import Picture, picture
from support.pictured import seen


def axes(kind: str, replays: Sequence[rm.Replay], **options: object) -> Axes:
    """An axes with only the drawing in it, of the size it has on its page."""
    (figure, *_) = picture(kind, replays, **options).figures()
    return figure.axes[0]


def day(text: str) -> float:
    """A day as matplotlib counts it."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def marks(ax: Axes, marker: object) -> list[tuple[float, float]]:
    """Where marks of a shape stand: day and height."""
    return [
        (float(x), float(y))
        for line in ax.lines
        if line.get_marker() == marker
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def rows(ax: Axes) -> dict[str, float]:
    """The names at the rows of a swimmer, and their heights."""
    names = [text for text in ax.texts if text.get_ha() == "right" and text.get_text()]
    return {text.get_text().replace("\n", " "): float(text.get_position()[1]) for text in names}


def boxes(ax: Axes, gid: str) -> set[tuple[float, float, int]]:
    """The rectangles of a collection: from, to, row."""
    (found,) = [c for c in ax.collections if c.get_gid() == gid]
    return {
        (float(p[:, 0].min()), float(p[:, 0].max()), round(float(p[:, 1].mean())))
        for path in found.get_paths()
        for p in (polygon[:4] for polygon in path.to_polygons())
    }


def legend_texts(ax: Axes) -> list[str]:
    """The words of all legends, from the top."""
    found = [artist for artist in ax.get_children() if isinstance(artist, Legend)]
    return [text.get_text() for one in found[::-1] for text in one.get_texts()]


def texts_of(figure: Figure) -> list[str]:
    """The texts of a page that a reader sees."""
    return [text.get_text() for text, _ in seen(figure)]


def everything_said(shown: Picture, figure: Figure) -> str:
    """All that a picture says: on its page, about it, and in its table."""
    table = (str(cell) for row in shown.table for cell in row)
    words = (shown.title, shown.description, shown.full_caption)
    return " ".join([*texts_of(figure), *words, *table])
