"""Countries one by one: what each choice makes of each, and the different cases of all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from recognition_model.analysis.readings import TooManyReadings
from recognition_model.analysis.robustness.choices import Choices, Places
from recognition_model.analysis.robustness.joint_answers import Cases
from recognition_model.analysis.robustness.questions import Question
from recognition_model.analysis.robustness.spreads import Dated, Spread, dated
from recognition_model.core.countries import named
from recognition_model.core.scenario import Scenario
from recognition_model.engine.universes import taken

MOST_DAYS = 12_000_000
"""Days of all dates in the different cases of all countries: a case is counted once."""
_TOO_MANY = (
    "the uncertain dates of {} leave too many days to count in all universes: keep more choices as"
    " shipped, or ask about fewer countries"
)


@frozen(kw_only=True, eq=False)
class Lane:
    """One country: the spreads that it can have, and which one it has under its own choices.

    `which` has an axis for each choice. `source_of` says which option of its own a source left out
    is: 0, nothing, for a source that it does not cite.
    """

    spreads: tuple[Spread, ...]
    which: Places
    source_of: Places

    def of(self, combinations: Places) -> Places:
        """The number of the spread in each combination."""
        rules, voice, grade, refused, without, fuzz, lag = combinations.T
        found: Places = self.which[rules, voice, grade, refused, self.source_of[without], fuzz, lag]
        return found


def lanes_of(
    scenarios: Iterable[Scenario], choices: Choices, question: Question
) -> tuple[Lane, ...]:
    """Run every country through all its own choices.

    Raises `TooManyReadings` if the dates leave more than `MOST_DAYS` in all cases together.
    """
    left = MOST_DAYS
    lanes = []
    for scenario in scenarios:
        lane, days = _lane_of(scenario, choices, question, left)
        lanes.append(lane)
        left -= days
    return tuple(lanes)


def _lane_of(
    scenario: Scenario, choices: Choices, question: Question, most: int
) -> tuple[Lane, int]:
    """Run one country through all its own choices; give the number of days that were counted."""
    counted = 0
    run = taken(scenario, choices.beliefs(scenario))
    numbers: dict[Spread, int] = {}
    of_days: dict[Dated, int] = {}
    of_course = np.empty((len(run.courses), len(choices.fuzz), len(choices.lags)), np.intp)
    for at, course in enumerate(run.courses):
        changes = [(run.deeds[place], state) for place, state in course]
        for f, fuzz in enumerate(choices.fuzz):
            for g, lag in enumerate(choices.lags):
                days = dated(scenario, changes, fuzz=fuzz, lag=lag)
                if days not in of_days:  # most widths and lags leave the days as they are
                    counted += days.count
                    if counted > most:
                        raise TooManyReadings(_TOO_MANY.format(named(scenario.country)))
                    of_days[days] = numbers.setdefault(question.spread(days), len(numbers))
                of_course[at, f, g] = of_days[days]
    source_of = np.zeros(len(choices.without), np.intp)
    for own, at in enumerate(choices.own_sources(scenario), start=1):
        source_of[at] = own
    lane = Lane(spreads=tuple(numbers), which=of_course[run.which], source_of=source_of)
    return lane, counted


class Gathered:
    """The different cases met so far, over all countries."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self.lanes = lanes
        self.moving = [at for at, lane in enumerate(lanes) if len(lane.spreads) > 1]
        self.known: dict[bytes, int] = {}

    def cases_of(self, combinations: Places) -> Places:
        """The number of the case of each combination."""
        rows = np.empty((len(combinations), len(self.moving)), np.uint16)
        keys = np.zeros(len(combinations), np.int64)
        for place, at in enumerate(self.moving):
            rows[:, place] = mine = self.lanes[at].of(combinations)
            # Numbers of the rows so far, kept small: there are never more than combinations.
            keys = keys * len(self.lanes[at].spreads) + mine
            if keys.max(initial=0) > 1 << 40:
                keys = np.unique(keys, return_inverse=True)[1].reshape(-1)
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        known = self.known
        numbers = [known.setdefault(rows[at].tobytes(), len(known)) for at in first.tolist()]
        return np.array(numbers, np.intp)[which.reshape(-1)]

    def cases(self, question: Question, countries: tuple[str, ...]) -> Cases:
        """All cases met."""
        rows = np.zeros((len(self.known), len(self.lanes)), np.intp)
        met = np.frombuffer(b"".join(self.known), np.uint16)
        rows[:, self.moving] = met.reshape(len(self.known), len(self.moving))
        return Cases(
            question=question,
            countries=countries,
            spreads=tuple(lane.spreads for lane in self.lanes),
            rows=rows,
        )
