"""Measuring, breaking and choosing text before it is drawn. Sizes in points, widths in mm."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from recognition_model.core.wording import escape_invisible

FAMILY = "DejaVu Sans"  # comes with matplotlib: the same picture on every machine
MM = 25.4
POINTS = 72 / MM  # points in a millimetre
HEADING, NORMAL, SMALL, SMALLEST = 9.0, 7.0, 6.2, 5.6
_SHAPES_SCRIPTS = (3, 11)  # from then on matplotlib joins letters and orders scripts by itself


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text, by its letters' advances: kerning only makes it narrower."""
    return sum(_advance(char, bold=bold) for char in text) * size / POINTS


@cache
def _advance(char: str, *, bold: bool) -> float:
    """How far a letter takes the pen, in em."""
    font = _font(bold=bold)
    font.set_size(100, 72)
    glyph = font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def widest(texts: Iterable[str], size: float) -> float:
    """The width of the widest of some lines, 0 for none."""
    return max((width(text, size) for text in texts), default=0.0)


def line_height(size: float, lines: int = 1) -> float:
    """The height of some lines set one under the other."""
    return lines * size * 1.28 / POINTS


def broken(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """A text in lines no wider than `room`; a longer word is broken where it must be."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        while word and width(word, size, bold=bold) > room:
            cut = next(n for n in range(len(word), 0, -1) if _fits(word, n, size, room, bold=bold))
            lines.append(word[:cut])
            word = word[cut:]
        if word:
            lines.append(word)
    return lines


def _fits(word: str, letters: int, size: float, room: float, *, bold: bool) -> bool:
    return letters == 1 or width(word[:letters], size, bold=bold) <= room


def drawable(text: str, instead: str) -> str:
    """The text, made visible; or another where the font or matplotlib cannot set it rightly."""
    shown = escape_invisible(text)
    scripts = tuple(map(int, mpl.__version__.split(".")[:2])) >= _SHAPES_SCRIPTS
    if not scripts and any(unicodedata.bidirectional(char) in ("R", "AL") for char in shown):
        return instead
    return shown if all(_font(bold=False).get_char_index(ord(char)) for char in shown) else instead


@cache
def _font(*, bold: bool) -> FT2Font:
    weight = "bold" if bold else "normal"
    return get_font(findfont(FontProperties(family=FAMILY, weight=weight)))
