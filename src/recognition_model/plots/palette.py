"""The colours and marks of all pictures.

The colours of the stages are ordered from dark to light, also when printed in grey: viridis from 0
to 0.92 in six steps (van der Walt and Smith, 2015). No colour suggests that a stage is good or bad.
The palest colour has a contrast of 1.5:1 on white, so areas in stage colours have an outline.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Stage

STAGE_COLOURS: Mapping[Stage, str] = MappingProxyType(
    dict(
        zip(
            Stage,
            ("#440154", "#423f85", "#2d718e", "#1e9d89", "#56c667", "#cae11f"),
            strict=True,
        )
    )
)
INK = "#1a1a1a"
QUIET = "#595959"  # 7:1 on white: small print
FAINT = "#d9d9d9"
PAPER = "#ffffff"
UNDOCUMENTED = "#ececec"
REFUSED = "#b3261e"

MARKERS: Mapping[Attestation, str] = MappingProxyType(
    {
        Attestation.OFFICIAL: "o",
        Attestation.CLAIMED: "D",
        Attestation.REPORTED: "^",
        Attestation.NONE: "v",
    }
)
"""The mark of a change by its attestation: filled for official, hollow for all others."""


def colour_of(stage: Stage) -> str:
    """Return the colour of a stage, or of the level of a scale that stands in its place."""
    own: str | None = getattr(stage, "colour", None)
    return own or STAGE_COLOURS[stage]


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of `#rrggbb`, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2): 0 for black to 1 for white."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Return black or white, whichever has the better contrast on a colour."""
    on_white = 1.05 / (luminance(colour) + 0.05)
    return PAPER if on_white >= (luminance(colour) + 0.05) / 0.05 else INK


def mixed(one: str, other: str, part: float) -> str:
    """Mix two colours; `part` is how much of the other is in it, from 0 to 1."""
    both = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in both)


def paler(colour: str, white: float = 0.55) -> str:
    """Mix a colour with white; `white` is from 0 to 1."""
    mixed = (round(channel + (255 - channel) * white) for channel in channels(colour))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
