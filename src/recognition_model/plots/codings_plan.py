"""How a picture of two codings shares its height out."""

from __future__ import annotations

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen

from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize
from recognition_model.plots.page import Options
from recognition_model.plots.text import line_height

STEP, LEAST_STEP = 4.6, 2.6  # mm from stage to stage
_LOOSE, _TIGHT = (2.0, 4.4, 4.2, 1.0), (1.0, 3.4, 2.4, 0.4)
"""The height in mm between parts, of a lane, from lane to lane, and above and below the name of a
coding; less on a low page.
"""


@frozen
class Plan:
    """Where the parts stand, in mm from the foot of the axes.

    `names` are the heights of the names of A and B, `feet` the lower ends of their ladders, `lanes`
    the middles of their lanes. `labels` is the upper end of the rows of labels, of which there are
    `rows`.
    """

    step: float
    stages: tuple[Stage, ...]
    names: tuple[float, float]
    feet: tuple[float, float]
    lanes: tuple[float, float]
    labels: float
    rows: int

    @classmethod
    def of(cls, stages: tuple[Stage, ...], high: float, needed: int, options: Options) -> Plan:
        """Share the height out: ladders get their least height, then labels, then ladders."""
        scale = options.scale
        least = 2 * len(stages) * LEAST_STEP * scale
        tight = high < fixed(options) + least + needed * row_height(options)
        gap, lane_high, across, pad = (mm * scale for mm in (_TIGHT if tight else _LOOSE))
        name = line_height(options.sizes.normal) + pad
        bare = fixed(options, tight=tight)
        rows = min(needed, max(int((high - bare - least + 0.01) / row_height(options)), 0))
        step = (high - bare - rows * row_height(options)) / (2 * len(stages))
        ladder = len(stages) * step
        first = high - name
        second = first - ladder - gap - name
        lane = second - ladder - gap - lane_high / 2
        other = lane - across - lane_high
        return cls(
            step=step,
            stages=stages,
            names=(first + name / 2, second + name / 2),
            feet=(first - ladder, second - ladder),
            lanes=(lane, other),
            labels=other - lane_high / 2,
            rows=rows,
        )

    def height_of(self, stage: Stage, side: int) -> float:
        """The middle of a stage of a ladder."""
        return self.feet[side] + (self.stages.index(stage) + 0.5) * self.step


def row_height(options: Options) -> float:
    return line_height(options.sizes.small) + 0.2 * options.scale


def fixed(options: Options, *, tight: bool = False) -> float:
    """Return the height of everything but the stages and the rows of labels."""
    gap, lane, across, pad = _TIGHT if tight else _LOOSE
    names = 2 * line_height(options.sizes.normal)
    return names + (2 * pad + 2 * gap + 2 * lane + across + 1.0) * options.scale


def name_of_stage(stage: Stage) -> str:
    return "no dealings" if stage is Stage.HOSTILE else humanize(stage)


def name_size(step: float, options: Options) -> float:
    """Return the size of the names of stages: the largest that fits into a step."""
    sizes = options.sizes
    fits = [one for one in (sizes.normal, sizes.small) if line_height(one) <= step]
    return max(fits, default=sizes.smallest)
