"""Strategies for periods of rule, and what they ask of the days of acts.

No step from `engaged` up outlasts a period of rule, and a lapse falls into its closing days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from recognition_model.core.authority import PeriodOfRule
from recognition_model.core.stages import Stage
from recognition_model.testing.date_strategies import days

Periods = Sequence[PeriodOfRule]


@st.composite
def periods_of_rule(draw: st.DrawFn, most: int = 3) -> tuple[PeriodOfRule, ...]:
    """Draw periods of rule in order: one or more, each closed before the next begins.

    The last one may still run.
    """
    periods: list[PeriodOfRule] = []
    free = draw(days(last=date(2000, 1, 1)))
    for _ in range(draw(st.integers(1, most))):
        gaps = draw(st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 60)))
        waits, lasts, falls = (timedelta(days=gap) for gap in gaps)
        closing = free + waits + lasts
        periods.append(PeriodOfRule(first=free + waits, closing=closing, last=closing + falls))
        free = closing + falls + timedelta(days=1)
    if draw(st.booleans()):
        periods[-1] = PeriodOfRule(first=periods[-1].first)
    return tuple(periods)


def next_to_end(periods: Periods, day: date) -> tuple[date, date] | None:
    """The closing days, first and last, of the next period to end on or after a day."""
    closing = [(p.closing, p.last) for p in periods if p.closing and p.last and p.last >= day]
    return min(closing, default=None)


def runs_until(periods: Periods, day: date, stage: Stage) -> date | None:
    """The last day on which a stage held on `day` may be left; None if it may last for ever."""
    closing = next_to_end(periods, day)
    return closing[1] if closing and stage >= Stage.ENGAGED else None


def is_closing(periods: Periods, day: date) -> bool:
    """Whether a day lies within the closing days of a period."""
    closing = next_to_end(periods, day)
    return closing is not None and closing[0] <= day
