"""The results of a replay: values in file order, which convert to plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.basis import Entry
from recognition_model.core.changes import Change, entry_of
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading, Verdict, When
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Voice
from recognition_model.core.history import History
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import (
    ActStep,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
    Step,
)
from recognition_model.engine.invariants import Violation
from recognition_model.engine.refusals import Refusal
from recognition_model.engine.rules import RULES, Rule, RuleTable


@frozen(kw_only=True, repr=False)
class StatusCheck(Readable):
    """A dated assertion, and whether the history agrees with it."""

    step: StatusStep
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.step}: {self.verdict}"


@frozen(kw_only=True, repr=False)
class UnexpectedlyPermitted(Readable):
    """An act that the file expects to be refused but a rule permits. It moves nothing."""

    step: RefuseStep
    rule: Rule

    def __str__(self) -> str:
        return f"{self.step}: {self.rule.code} permits it"


Outcome = Change | Refusal | UnexpectedlyPermitted | StatusCheck | SignalStep | ActStep


def step_of(outcome: Outcome) -> Change | Step:
    """The entry of an outcome; a change itself, because it has all the data of its entry."""
    return outcome if isinstance(outcome, Change | Step) else outcome.step


def of_countries(replays: Iterable[Replay]) -> tuple[Replay, ...]:
    """Return the replays of countries alone: organisations have no share, rank or panel row."""
    return tuple(one for one in replays if one.kind is RecordKind.COUNTRY)


def entries_of(start: Start, outcomes: Iterable[Outcome]) -> tuple[Entry, ...]:
    """The dated entries of a scenario in file order, and which of them count towards the basis.

    These count: acts that a rule took, statuses that hold in some reading, signals, and expected
    refusals with an item in the host's voice; a start counts if it has evidence and is not assumed.
    A signal counts also if it is denied: the country was heard of. A deprecated act is left out,
    because it may have any date.
    """
    entries = [entry_of_start(start)]
    for outcome in outcomes:
        step = step_of(outcome)
        if isinstance(outcome, Change):
            entries.append(entry_of(outcome))
        elif isinstance(step, Step) and not isinstance(outcome, ActStep):
            entries.append(entry_of_step(step, counts=_counts(outcome)))
    return tuple(entries)


def entry_of_start(start: Start) -> Entry:
    """A start as an entry. It counts if it has evidence and is not assumed."""
    grounded = bool(start.evidence) and start.assumed is None
    what = f"start {start.stage}"
    return Entry(date=start.date, what=what, counts=grounded, place=start.place)


def entry_of_step(step: Step, *, counts: bool) -> Entry:
    """A step that changed nothing as an entry, which counts or does not."""
    names_stage = isinstance(step, StatusStep) and step.status.stage is not None
    return Entry(
        date=step.date,
        what=step.label,
        counts=counts,
        attests_stage=names_stage,
        place=step.place,
    )


def _counts(outcome: Outcome) -> bool:
    if isinstance(outcome, StatusCheck):
        return outcome.verdict.possible
    if isinstance(outcome, Refusal):
        return outcome.expected and host_speaks(outcome.step)
    return isinstance(outcome, SignalStep)


def host_speaks(step: Step) -> bool:
    """Whether an item of its evidence is in the host's voice."""
    return any(item.voice is Voice.HOST for item in step.evidence)


@frozen(kw_only=True, repr=False)
class Replay(Readable):
    """The result of replaying one scenario through a rule table.

    `outcomes` are in file order: a `Change` or `Refusal` for each act, a `Refusal` or
    `UnexpectedlyPermitted` for each expected refusal, a `StatusCheck` for each status; signals and
    deprecated acts are unchanged. `numbers` are the numbers in the file of the entries replayed,
    `not_yet_public` counts the others: they could not be known by `known_by`. `rules` is the table
    that permitted or refused.
    """

    scenario: Scenario
    known_by: date | None = None
    history: History
    outcomes: tuple[Outcome, ...] = ()
    violations: tuple[Violation, ...] = ()
    findings: tuple[Finding, ...] = ()
    numbers: tuple[int, ...] = field()
    not_yet_public: int = 0
    rules: RuleTable = field(default=RULES, repr=False)

    @numbers.default
    def _all_numbers(self) -> tuple[int, ...]:
        return tuple(range(1, len(self.scenario.timeline) + 1))

    @property
    def country(self) -> str:
        return self.scenario.country

    @property
    def kind(self) -> RecordKind:
        """Whether it is of a country or of an organisation."""
        return self.scenario.kind

    @property
    def title(self) -> str | None:
        """The scenario's title; None with `known_by`, because titles are written with hindsight."""
        return None if self.known_by else self.scenario.title

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.history.changes

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Acts refused, including those expected to be."""
        return tuple(o for o in self.outcomes if isinstance(o, Refusal))

    @property
    def permitted(self) -> tuple[UnexpectedlyPermitted, ...]:
        """Acts expected to be refused but permitted."""
        return tuple(o for o in self.outcomes if isinstance(o, UnexpectedlyPermitted))

    @property
    def statuses(self) -> tuple[StatusCheck, ...]:
        return tuple(o for o in self.outcomes if isinstance(o, StatusCheck))

    @property
    def signals(self) -> tuple[SignalStep, ...]:
        return tuple(o for o in self.outcomes if isinstance(o, SignalStep))

    @property
    def deprecated(self) -> tuple[ActStep, ...]:
        """Acts marked `rank: deprecated`."""
        return tuple(o for o in self.outcomes if isinstance(o, ActStep))

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(found.is_error for found in self.findings)

    def read(self, dates: DateReading) -> Replay:
        """The same replay with every date at its earliest or its latest, as in `History.read`.

        Entries that move nothing are read one by one. Findings do not change: they are about the
        record.
        """
        if dates == "all":
            return self
        return self._with(self.history.read(dates), lambda when: when.read(dates))

    def dated(self, days: Sequence[int]) -> Replay:
        """The same replay with the start and the changes on given days, as in `History.dated`.

        Entries that move nothing keep their dates.
        """
        return self._with(self.history.dated(days), lambda when: when)

    def _with(self, history: History, read: Callable[[When], When]) -> Replay:
        """The replay with another history; `read` gives the dates of entries that move nothing."""
        changes = iter(history.changes)

        def moved(outcome: Outcome) -> Outcome:
            if isinstance(outcome, Change):
                return next(changes)
            if isinstance(outcome, SignalStep | ActStep):
                return evolve(outcome, date=read(outcome.date))
            if isinstance(outcome, StatusCheck):
                status = evolve(outcome.step, date=read(outcome.step.date))
                verdict = history.held(status.date, status.status.holds)
                return evolve(outcome, step=status, verdict=verdict)
            if isinstance(outcome, UnexpectedlyPermitted):
                refused = evolve(outcome.step, date=read(outcome.step.date))
                return evolve(outcome, step=refused)
            step = evolve(outcome.step, date=read(outcome.step.date))
            return evolve(outcome, step=step)

        return evolve(self, history=history, outcomes=tuple(map(moved, self.outcomes)))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as one entry of `replays` in `recognition-replay/1`."""
        last = self.history.last if self.history.documented else None
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": self.kind.value,
            "title": self.title,
            "doctrine": self.scenario.doctrine.to_dict() if self.scenario.doctrine else None,
            "file": self.scenario.file,
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "stage": last.stage.value if last else None,
            "ban": last.ban.value if last else None,
            "documented_until": self.history.documented_until.isoformat(),
            "reviewed": self.history.reviewed.isoformat() if self.history.reviewed else None,
            "spells": [
                {
                    "stage": spell.stage.value,
                    "ban": spell.ban.value,
                    "from": spell.begins.text,
                    "to": spell.ends.text,
                    "origin": spell.origin,
                    "days_evidenced": spell.days_evidenced,
                    "days_silent": spell.days_silent,
                    "days_assumed": spell.days_assumed,
                }
                for spell in (self.history.spells if last else ())
            ],
            "changes": [
                {
                    "date": change.date.text,
                    "dated_by": change.dated_by and change.dated_by.value,
                    "act": change.act.value,
                    "rule": change.rule,
                    "before": change.before.stage.value,
                    "after": change.after.stage.value,
                    "attestation": change.attestation.value,
                    "line": change.place.line,
                    "evidence": [item.id for item in change.evidence],
                    "note": change.note,
                    "contradiction": change.contradiction,
                }
                for change in self.changes
            ],
            "refusals": [refusal.to_dict() for refusal in self.refusals],
            "permitted": [
                {**p.step.to_dict(), "act": p.step.refuse.value, "rule": p.rule.code}
                for p in self.permitted
            ],
            "statuses": [
                {
                    **check.step.to_dict(),
                    "status": str(check.step.status),
                    "holds": check.verdict.holds.value,
                }
                for check in self.statuses
            ],
            "signals": [
                {
                    **step.to_dict(),
                    "signal": step.signal,
                    "family": step.family and step.family.value,
                    "denied": step.denied,
                }
                for step in self.signals
            ],
            "deprecated": [
                {**step.to_dict(), "act": step.act.value, "because": step.because}
                for step in self.deprecated
            ],
            "findings": [found.to_dict() for found in self.findings],
        }

    def __str__(self) -> str:
        last = self.history.last
        state = f"{last.state} since {last.begins}"
        state = state if self.history.documented else "not documented"
        return (
            f"{self.country}: {state}, documented until "
            f"{self.history.documented_until}; {len(self.changes)} changes, "
            f"{len(self.refusals)} refusals, {len(self.findings)} findings"
        )

    def _repr_html_(self) -> str:
        from html import escape

        items = "".join(f"<li>{escape(str(found))}</li>" for found in self.findings)
        return self.history._repr_html_() + (f"<ul>{items}</ul>" if items else "")
