"""How far two colours are apart, also for colour-blind readers."""

from __future__ import annotations

from recognition_model.plots.palette import channels

# Machado, Oliveira and Fernandes (2009), severity 1.0: protan-, deuteran- and tritanopia.
BLINDNESS = {
    "protanopia": (
        0.152286,
        1.052583,
        -0.204868,
        0.114503,
        0.786281,
        0.099216,
        -0.003882,
        -0.048116,
        1.051998,
    ),
    "deuteranopia": (
        0.367322,
        0.860646,
        -0.227968,
        0.280085,
        0.672501,
        0.047413,
        -0.011820,
        0.042940,
        0.968881,
    ),
    "tritanopia": (
        1.255528,
        -0.076749,
        -0.178779,
        -0.078411,
        0.930809,
        0.147602,
        0.004733,
        0.691367,
        0.303900,
    ),
}


def apart(one: str, other: str, matrix: tuple[float, ...]) -> float:
    """How far two colours are apart in CIE L*a*b* for a reader who sees through a matrix."""

    def lab(colour: str) -> tuple[float, float, float]:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (channel / 255 for channel in channels(colour))
        ]
        r, g, b = (
            min(max(sum(matrix[3 * i + j] * linear[j] for j in range(3)), 0), 1) for i in range(3)
        )
        xyz = (
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        )
        x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)

    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5
