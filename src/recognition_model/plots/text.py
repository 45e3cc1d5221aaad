"""Measure, wrap and check text before it is drawn. Font sizes in points, widths in mm."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from recognition_model.core.wording import without_marks

FAMILY = "DejaVu Sans"  # comes with matplotlib, so pictures are the same on every machine
MM = 25.4
POINTS = 72 / MM  # points in a millimetre
HEADING, NORMAL, SMALL, SMALLEST = 9.0, 7.0, 6.2, 5.6
_SHAPES_SCRIPTS = (3, 11)  # from this version on, matplotlib shapes and orders all scripts


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in mm, without kerning (which narrows it)."""
    return _length(text, bold=bold) * size / POINTS


@lru_cache(4096)  # a page asks for the same words in many sizes and rooms
def _length(text: str, *, bold: bool) -> float:
    """Return the width of one line of text in em."""
    return sum(_advance(char, bold=bold) for char in text)


@cache
def _advance(char: str, *, bold: bool) -> float:
    """Return the advance width of a letter in em."""
    font = _font(bold=bold)
    font.set_size(100, 72)
    glyph = font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def widest(texts: Iterable[str], size: float) -> float:
    """Return the width of the widest line in mm; 0 for no lines."""
    return max((width(text, size) for text in texts), default=0.0)


def line_height(size: float, lines: int = 1) -> float:
    """Return the height of some lines of text in mm."""
    return lines * size * 1.28 / POINTS


def broken(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Wrap a text into lines no wider than `room` mm; split words that are too long."""
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
    """Return the text with invisible characters escaped, or `instead` if it cannot be drawn.

    A text cannot be drawn if the font has no glyph for a letter, or if matplotlib is too old for
    text that runs from right to left.
    """
    shown = without_marks(text)
    scripts = tuple(map(int, mpl.__version__.split(".")[:2])) >= _SHAPES_SCRIPTS
    if not scripts and any(unicodedata.bidirectional(char) in ("R", "AL") for char in shown):
        return instead
    return shown if all(_font(bold=False).get_char_index(ord(char)) for char in shown) else instead


def letters_lacking(text: str) -> str:
    """Return the letters of a text that the font lacks, each once; nothing if it has all."""
    lacking = dict.fromkeys(one for one in text if not _font(bold=True).get_char_index(ord(one)))
    return ", ".join(map(repr, lacking))


@cache
def _font(*, bold: bool) -> FT2Font:
    weight = "bold" if bold else "normal"
    return get_font(findfont(FontProperties(family=FAMILY, weight=weight)))
