"""Since when the public could know: of one change, and of the whole state.

`attested_from` asks about one act: from when on did public evidence of this act suffice for the
rule that took it. `states_known_from` asks about the state: from when on did the public record as
a whole lead to it. An act can be attested while an earlier act, which its rule needs, is not yet
known; then the state is known later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from recognition_model.core.changes import Change
from recognition_model.core.dates import closed
from recognition_model.core.evidence import Evidence, attestation_of, known
from recognition_model.core.scenario import ActStep
from recognition_model.core.stages import State
from recognition_model.engine.outcomes import Replay


def attested_from(replay: Replay, change: Change) -> date | None:
    """Return the first day on which public evidence sufficed for the rule that took a change.

    An item of evidence counts from the day on which its source was surely public, and no item
    counts before the change can have happened. None if no day is sure: the dates of the sources
    are open. Only the evidence of this change counts: an earlier change, on which this one builds,
    may have become known later.
    """
    needed = replay.rules[change.rule].needs
    first = closed(change.date.earliest)
    public = {day for item in change.evidence if (day := closed(item.source.public.latest))}
    for day in sorted({day if first is None else max(day, first) for day in public}):
        if attestation_of(known(change.evidence, day)) >= needed:
            return day
    return None


def states_known_from(replay: Replay) -> tuple[date | None, ...]:
    """Return the first days on which the public record gave each state: the start, then by change.

    On such a day the acts whose evidence was surely public then, taken in file order, lead to the
    same state by the same act. An earlier act that the rules need must be known too; one that they
    do not need must not. No act is known before it can have happened. A later denial may have put
    the state in doubt for a while.

    None for an assumed start, and if no day is sure because the dates of the sources are open.
    """
    scenario = replay.scenario
    first: list[date | None] = [None] * (1 + len(replay.changes))
    if scenario.start.assumed is None:
        first[0] = min(_public(scenario.start.evidence), default=None)
    taken = [
        (step, outcome)
        for step, outcome in zip(scenario.timeline, replay.outcomes, strict=True)
        if isinstance(step, ActStep) and not step.deprecated
    ]
    days = {
        max(day, closed(step.date.earliest) or day)
        for step, _ in taken
        for day in _public(step.evidence)
    }
    for day in sorted(days):
        for number, state in enumerate(_states(replay, taken, day), start=1):
            if first[number] is None and state == replay.changes[number - 1].after:
                first[number] = day
    return tuple(first)


def _public(evidence: Iterable[Evidence]) -> list[date]:
    days = (closed(item.source.public.latest) for item in evidence if item.supports)
    return [day for day in days if day is not None]


def _states(
    replay: Replay, acts: Iterable[tuple[ActStep, object]], day: date
) -> Iterable[State | None]:
    """Yield the state after each change as known by a day; None if its act was not yet taken."""
    state = replay.history.start
    for step, outcome in acts:
        proofs = known(step.evidence, day)
        rule = None
        if proofs and step.date.earliest <= day:
            rule = replay.rules.taking(state, step.act, attestation_of(proofs))
            state = rule.move(state) if rule else state
        if isinstance(outcome, Change):
            yield state if rule else None
