"""The entries of a scenario with what the replay made of each: for everything that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from recognition_model.analysis.deeds import set_aside
from recognition_model.core.base import Readable
from recognition_model.core.basis import Entry
from recognition_model.core.changes import Change
from recognition_model.core.dates import OpenEnd, propagate_order
from recognition_model.core.dating import DatedBy
from recognition_model.core.evidence import Evidence
from recognition_model.core.history import History
from recognition_model.core.scenario import ActStep, SignalStep, Start, Step
from recognition_model.core.signals import Family
from recognition_model.core.stages import State
from recognition_model.engine.outcomes import (
    Outcome,
    Replay,
    StatusCheck,
    UnexpectedlyPermitted,
)
from recognition_model.engine.refusals import NextAct, Refusal


@frozen(kw_only=True, repr=False)
class RecordedEntry(Readable):
    """An entry of a timeline, and its outcome.

    `number` is its number in the file, from 1. `earliest` and `latest` are the days on which it
    can lie, as narrowed by the order of the file; a deprecated act is narrowed by nothing.
    `counts_from` is the day from which it counts towards the basis of an answer, None if it never
    counts. `in_basis` is the entry of its history, None for a deprecated act.
    """

    number: int
    step: Step
    outcome: Outcome
    earliest: date | OpenEnd
    latest: date | OpenEnd
    counts_from: date | None
    in_basis: Entry | None

    @property
    def line(self) -> int:
        return self.step.place.line

    @property
    def label(self) -> str:
        """The kind and the subject: `act delist`, `signal visit`."""
        return self.step.label

    @property
    def dated_by(self) -> DatedBy | None:
        """Which day of the act its date is; None if the file does not say, or it is no act."""
        return self.step.dated_by if isinstance(self.step, ActStep) else None

    @property
    def set_aside(self) -> str:
        """Why the replay does not use it; empty if it does."""
        return set_aside(self.outcome)

    @property
    def family(self) -> Family | None:
        """The family of a signal; None for other entries, and for a word without a meaning."""
        return self.step.family if isinstance(self.step, SignalStep) else None

    @property
    def denied(self) -> bool:
        """Whether it is a signal that the host or the Taliban deny."""
        return isinstance(self.step, SignalStep) and self.step.denied

    def to_dict(self) -> dict[str, Any]:
        """Return the entry, its outcome and its evidence as plain data."""
        word, because = outcome_of(self.outcome)
        change = self.outcome if isinstance(self.outcome, Change) else None
        refusal = self.outcome if isinstance(self.outcome, Refusal) else None
        return {
            "entry": self.number,
            "date": self.step.date.text,
            "dated_by": self.dated_by and self.dated_by.value,
            "kind": self.step.kind,
            "what": self.label,
            "outcome": word,
            "deprecated": isinstance(self.outcome, ActStep),
            "expected": refusal.expected if refusal else None,
            "set_aside": self.set_aside or None,
            "family": self.family.value if self.family else None,
            "denied": self.denied,
            "because": because,
            "rule": change.rule if change else None,
            "before": state_data(change.before) if change else None,
            "after": state_data(change.after) if change else None,
            "unmet": [u for a in refusal.attempts for u in a.to_dicts()] if refusal else [],
            "suffices": refusal.suffices if refusal else None,
            "counts": self.counts_from is not None,
            "file": self.step.place.file,
            "line": self.line,
            "note": self.step.note,
            "contradiction": self.step.contradiction,
            "evidence": [evidence_data(item) for item in self.step.evidence],
        }

    def __str__(self) -> str:
        return str(self.step)


def recorded_entries(replay: Replay) -> tuple[RecordedEntry, ...]:
    """List the entries that were replayed, in file order."""
    history = replay.history
    days = _counted_days(history)
    ordered = propagate_order([entry.date for entry in history.entries])
    narrowed = zip(history.entries, *ordered, strict=True)
    next(narrowed)  # the start
    found = []
    for number, step, outcome in known_entries(replay):
        alone = None, step.date.earliest, step.date.latest
        entry, earliest, latest = alone if isinstance(outcome, ActStep) else next(narrowed)
        found.append(
            RecordedEntry(
                number=number,
                step=step,
                outcome=outcome,
                earliest=earliest,
                latest=latest,
                counts_from=days.get(id(entry)),
                in_basis=entry,
            )
        )
    return tuple(found)


def known_entries(replay: Replay) -> Iterator[tuple[int, Step, Outcome]]:
    """Yield the known entries, with their numbers in the file and their outcomes."""
    yield from zip(replay.numbers, replay.scenario.timeline, replay.outcomes, strict=True)


def counted_from(replay: Replay) -> dict[int, date]:
    """Map the numbers of the entries that count to the days from which they do."""
    entries = recorded_entries(replay)
    return {entry.number: entry.counts_from for entry in entries if entry.counts_from}


def _counted_days(history: History) -> dict[int, date]:
    """Map each entry of a history that counts, by identity, to the day from which it does."""
    return {id(entry): date.fromordinal(day) for day, entry in history.attested.counted}


def outcome_of(outcome: Outcome) -> tuple[str | None, str | None]:
    """Return the word for an outcome, and why an act was refused or is deprecated."""
    if isinstance(outcome, Refusal):
        return "refused", outcome.in_words()
    if isinstance(outcome, StatusCheck):
        return outcome.verdict.holds.value, None
    if isinstance(outcome, UnexpectedlyPermitted):
        return "permitted", None
    if isinstance(outcome, ActStep):
        return None, outcome.because or None
    return ("changed" if isinstance(outcome, Change) else None), None


def state_data(state: State) -> dict[str, str]:
    """Return a state as plain data."""
    return {"stage": state.stage.value, "ban": state.ban.value}


def start_data(start: Start) -> dict[str, Any]:
    """Return the start of a scenario with its evidence as plain data."""
    return {
        **state_data(start.state),
        "date": start.date.text,
        "assumed": start.assumed,
        "line": start.place.line,
        "evidence": [evidence_data(item) for item in start.evidence],
    }


StateActs = tuple[tuple[State, tuple[NextAct, ...]], ...]
"""States, and the acts open or closed from each."""


def acts_data(acts: StateActs) -> list[dict[str, Any]]:
    """Return acts as plain data, each with the state from which it is open or closed."""
    return [{**state_data(state), **act.to_dict()} for state, some in acts for act in some]


def evidence_data(item: Evidence) -> dict[str, Any]:
    """Return an item of evidence with its source as plain data."""
    source = item.source
    return {
        "id": item.id,
        "source": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "issued": source.issued.text,
        "public": source.public.text,
        "url": source.url,
        "voice": item.voice.value,
        "grade": item.grade,
        "bearing": item.bearing.value,
        "announcement": item.announcement,
        "recalled": item.recalled,
        "claim": item.claim,
    }
