"""Which files of figures a site has. Loads no picture."""

from __future__ import annotations

from typing import Literal, get_args

Figures = Literal["none", "svg", "all"]
CHOICES: tuple[Figures, ...] = get_args(Figures)
"""No files of figures, those in SVG alone, or those in PNG and PDF too."""

_ENDINGS: dict[Figures, tuple[str, ...]] = {
    "none": (),
    "svg": ("svg",),
    "all": ("svg", "png", "pdf"),
}


def endings(figures: Figures) -> tuple[str, ...]:
    """The formats of pictures that a choice asks for."""
    return _ENDINGS[figures]
