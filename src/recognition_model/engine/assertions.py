"""Statuses that the history contradicts: what the record shows instead, and since which entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from recognition_model.core.dates import Holds
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.history import History
from recognition_model.core.scenario import Start, StatusStep
from recognition_model.engine.outcomes import StatusCheck
from recognition_model.engine.repeats import since


def status_findings(check: StatusCheck, history: History, start: Start) -> Iterator[Finding]:
    """Report a status that does not hold, or holds in some readings of the dates only."""
    step, verdict = check.step, check.verdict
    if verdict.certain:
        return
    possible = {*map(id, history.during(step.date))}
    shown = [at for at, spell in enumerate(history.spells) if id(spell) in possible]
    states = dict.fromkeys(str(history.spells[at].state) for at in shown)
    shows = " or ".join(states) or "nothing"
    status = f"{step.status} on {step.date}"
    if verdict.holds is Holds.IN_NONE:
        message = f"the status {status} does not hold: the record shows {shows}"
        yield finding("RM651", message, step.place, _why_it_fails(step, shown, history, start))
    else:
        yield finding(
            "RM652",
            f"the status {status} holds in some readings of the dates: the record shows {shows}",
            step.place,
        )


def _why_it_fails(step: StatusStep, shown: Sequence[int], history: History, start: Start) -> str:
    """Name the entries that made the states which the status contradicts, and one that meets it."""
    if not shown:
        return f"the record begins on {start.date} (line {start.place.line})"
    made = []
    for at in shown:
        state, changes = history.spells[at].state, history.changes[:at]
        if not evolve(step.status, ban=None).holds(state):
            made.append(since("stage", start, changes))
        if step.status.ban not in (None, state.ban):
            made.append(since("ban", start, changes))
    hint = f"{'; or '.join(dict.fromkeys(made))}: correct that entry, or this one"
    later = (c for c in history.changes[shown[-1] :] if step.status.holds(c.after))
    if (meets := next(later, None)) is not None:
        hint += f"; the status holds from {meets.date} on (line {meets.place.line})"
    return hint
