"""Labels that hang from marks on upright leaders, in as few rows as they need.

Each label stands left of the foot of its leader. No leader crosses a label.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from recognition_model.plots.labels import Box

GAP = 0.7
"""From a label to its leader, in mm."""


@frozen
class Hanging:
    """A label `wide` mm wide whose leader goes down at `x` mm from the left."""

    x: float
    wide: float
    words: str


def rows_for(labels: Sequence[Hanging], most: int) -> list[int | None]:
    """Return the row of each label, from 0 for the highest; None where `most` rows are too few.

    The labels come in the order of their places, from the left.
    """
    rows: list[int | None] = []
    for at, one in enumerate(labels):
        left = one.x - one.wide - 2 * GAP
        below = [
            row
            for other, row in zip(labels[:at], rows, strict=True)
            if row is not None and other.x > left
        ]
        row = max(below, default=-1) + 1
        rows.append(row if row < most else None)
    return rows


def box_of(label: Hanging, row: int, top: float, high: float) -> Box:
    """Return the place of a label, in rows `high` mm high that begin at `top`, from above."""
    right = label.x - GAP
    return Box(right - label.wide, top - (row + 1) * high, right, top - row * high)
