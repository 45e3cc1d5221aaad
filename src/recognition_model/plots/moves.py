"""Moves between stages, claims of moves that the rules refused, and the years at each stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.spans import is_open, stretches
from recognition_model.plots.view import LEADS

FEW = 5
"""A picture gives no rate of fewer moves than these: it would rest on chance."""
_YEAR = 365.2425
Pair = tuple[Stage, Stage]


@frozen
class Moves:
    """Documented and refused moves between stages, and the country-years spent in each stage.

    Not among the moves: `lapsed` counts the ends of all dealings when the Taliban ceased to govern,
    which no country decided; `beyond` counts changes that may have happened after the data end;
    `held` counts claims, not counted, of a stage that the country had already reached.
    """

    made: Counter[Pair]
    lapsed: Counter[Pair]
    refused: Counter[Pair]
    years: dict[Stage, float]
    beyond: int
    held: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.made or self.lapsed or self.refused)

    def rate(self, pair: Pair) -> float | None:
        """Moves per country-year in the first stage; None if no country was at that stage."""
        years = self.years[pair[0]]
        return self.made[pair] / years if years else None

    @property
    def most_frequent(self) -> list[Pair]:
        """The moves made most often, by stage left and stage entered; none without a move."""
        top = max(self.made.values(), default=0)
        return sorted(pair for pair, count in self.made.items() if count == top)


def moves(replays: Sequence[Replay]) -> Moves:
    """Count the moves in some replays."""
    made: Counter[Pair] = Counter()
    lapsed: Counter[Pair] = Counter()
    refused: Counter[Pair] = Counter()
    days = dict.fromkeys(Stage, 0.0)
    beyond = held = 0
    for replay in replays:
        spans = stretches(replay.history)
        for before, span in pairwise(spans):
            if span.begins.latest < spans[-1].ends.at or is_open(span.begins.latest):
                (lapsed if span.lapsed else made)[before.stage, span.stage] += 1
            else:
                beyond += 1
        for span in spans:
            days[span.stage] += max(span.ends.at - span.begins.at, 0)
        for refusal in replay.refusals:
            pair = refusal.state.stage, LEADS[refusal.act]
            held += pair[0] is pair[1]
            refused[pair] += pair[0] is not pair[1]
    years = {stage: spent / _YEAR for stage, spent in days.items()}
    return Moves(made, lapsed, +refused, years, beyond, held)
