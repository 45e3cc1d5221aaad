"""Statuses that the history contradicts: what the record shows instead, and since which entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import evolve

from recognition_model.core.dates import Holds
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.history import History
from recognition_model.core.scenario import Start, StatusStep
from recognition_model.engine.outcomes import StatusCheck
from recognition_model.engine.repeats import Part, since

MOST_NAMED = 3


def status_findings(check: StatusCheck, history: History, start: Start) -> Iterator[Finding]:
    """Report a status that does not hold, or holds in some readings of the dates only."""
    step, verdict = check.step, check.verdict
    if verdict.certain:
        return
    shows = " or ".join(map(str, history.states_during(step.date))) or "nothing"
    status = f"{step.status} on {step.date}"
    if verdict.holds is Holds.IN_NONE:
        message = f"the status {status} does not hold: the record shows {shows}"
        yield finding("RM651", message, step.place, _why_it_fails(step, history, start))
    else:
        yield finding(
            "RM652",
            f"the status {status} holds in some readings of the dates: the record shows {shows}",
            step.place,
        )


def _why_it_fails(step: StatusStep, history: History, start: Start) -> str:
    """Name the entries that made the states which the status contradicts, and one that meets it."""
    shown = history.places_during(step.date)
    if not shown:
        return f"the record begins on {start.date} (line {start.place.line})"
    made = [*islice(_makers(step, shown, history, start), MOST_NAMED + 1)]
    if len(made) > MOST_NAMED:
        made[MOST_NAMED:] = ["a later entry"]
    hint = f"{'; or '.join(made)}: correct that entry, or this one"
    later = (c for c in history.changes[shown[-1] :] if step.status.holds(c.after))
    if (meets := next(later, None)) is not None:
        hint += f"; the status holds from {meets.date} on (line {meets.place.line})"
    return hint


def _makers(
    step: StatusStep, shown: Iterable[int], history: History, start: Start
) -> Iterator[str]:
    """What each of these spells has that the status contradicts, each maker once."""
    of_stage, told = evolve(step.status, ban=None), set()
    for at in shown:
        state, changes = history.spells[at].state, history.changes[:at]
        parts: list[Part] = [] if of_stage.holds(state) else ["stage"]
        if step.status.ban not in (None, state.ban):
            parts.append("ban")
        for part in parts:
            maker = since(part, start, changes)
            if maker not in told:
                told.add(maker)
                yield maker
