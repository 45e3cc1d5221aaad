"""Histories written as a start and dated states."""

from datetime import date

from recognition_model.core.changes import Change
from recognition_model.core.dates import When
from recognition_model.core.evidence import Attestation
from recognition_model.core.history import History
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import Act, Ban, Stage, State

HOSTILE = State(Stage.HOSTILE, Ban.NONE)
ENGAGED = State(Stage.ENGAGED, Ban.NONE)
UNDER_A_BAN = State(Stage.ENGAGED, Ban.IN_FORCE)
DELISTED = State(Stage.DELISTED, Ban.LIFTED)


def a_history(begins: str, *moves: tuple[str, State], start=HOSTILE, until="2026-01-15") -> History:
    """A start, and changes each told by its date and the state after it."""
    changes, before = [], start
    for day, after in moves:
        changes.append(
            Change(
                date=When.parse(day),
                act=Act.DELIST if after == DELISTED else Act.ENGAGE,
                rule="R00",
                before=before,
                after=after,
                attestation=Attestation.OFFICIAL,
            )
        )
        before = after
    return History(
        country="RUS",
        start=start,
        begins=When.parse(begins),
        changes=tuple(changes),
        documented_until=date.fromisoformat(until),
    )


def days_of(scenario: Scenario) -> list[date]:
    """The days on which a scenario may become known otherwise, and the days before and after."""
    evidence = [*scenario.start.evidence, *scenario.evidence]
    ends = [one.source.public.latest for one in evidence]
    ends += [step.date.earliest for step in scenario.timeline]
    days = {day.toordinal() for day in ends if isinstance(day, date)}
    near = {day + step for day in days for step in (-1, 0, 1)}
    return [date.fromordinal(day) for day in sorted(near) if 1 <= day <= date.max.toordinal()]
