"""Replay a scenario through a rule table: the one module that brings all parts together.

Acts become changes or refusals. Statuses, expected refusals and invariants that fail become
findings. What a file says never raises an exception: everything is returned as values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby, permutations
from typing import TYPE_CHECKING

from attrs import evolve

from recognition_model.core.changes import Change
from recognition_model.core.codes import Severity
from recognition_model.core.dates import When, exact_day, nearest_day
from recognition_model.core.diagnostics import Finding, finding, in_order
from recognition_model.core.evidence import Attestation
from recognition_model.core.history import History
from recognition_model.core.scenario import (
    ActStep,
    RefuseStep,
    Scenario,
    SignalStep,
    StatusStep,
    Step,
)
from recognition_model.core.stages import Act, Reason, State
from recognition_model.engine.invariants import INVARIANTS, Invariant, violations_of
from recognition_model.engine.machine import Machine
from recognition_model.engine.outcomes import (
    Replay,
    StatusCheck,
    UnexpectedlyPermitted,
    entries_of,
)
from recognition_model.engine.refusals import Refusal, what_suffices
from recognition_model.engine.repeats import (
    Part,
    coded_as,
    is_repeat,
    made_by,
    part_that_is_already,
    since,
)
from recognition_model.engine.rules import RULES, Rule, RuleTable

if TYPE_CHECKING:
    from recognition_model.engine.alignment import Alignment


MOST_ACTS_REORDERED = 4


def replay(
    scenario: Scenario,
    *,
    known_by: date | str | None = None,
    rules: RuleTable = RULES,
    invariants: Iterable[Invariant] = INVARIANTS,
    nearest: bool = True,
) -> Replay:
    """Replay a scenario in file order.

    `known_by` (a day) counts only evidence whose source was certainly public by then, and ends the
    record on that day. Findings are then notes, because they describe what could be known, not the
    file. `invariants` are those that the history must keep; your own rule table may need others.
    Those that the table switches off are not checked.
    Without `nearest`, the nearest legal record is not sought, so a refusal has no `next_best`:
    quicker where only what happened is asked.
    Raises `DateError` if `known_by` is not a date, `TypeError` if `scenario` is not a Scenario.
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"replay takes a Scenario, as `load` returns, not {scenario!r}")
    cut = None if known_by is None else exact_day(known_by)
    everything = scenario, tuple(range(1, len(scenario.timeline) + 1))
    seen, numbers = everything if cut is None else scenario.cut_at(cut)
    checked = tuple(one for one in invariants if one.code not in rules.off)
    run = _Run(machine_of(rules), seen, cut, checked, nearest=nearest)
    for step in seen.timeline:
        run.take(step)
    return run.result(numbers=numbers, not_yet_public=len(scenario.timeline) - len(seen.timeline))


@lru_cache(maxsize=64)
def machine_of(rules: RuleTable) -> Machine:
    """The machine of a rule table, made once."""
    return Machine(rules)


def change_by(rule: Rule, step: ActStep, before: State, after: State) -> Change:
    """The change that an act makes if a rule takes it."""
    return Change(
        date=step.date,
        act=step.act,
        rule=rule.code,
        before=before,
        after=after,
        attestation=step.attestation,
        evidence=step.evidence,
        note=step.note,
        contradiction=step.contradiction,
        dated_by=step.dated_by,
        place=step.place,
    )


def history_of(scenario: Scenario, changes: Iterable[Change]) -> History:
    """The history that changes of a scenario make, without its entries."""
    return History(
        country=scenario.country,
        start=scenario.start.state,
        begins=scenario.start.date,
        changes=tuple(changes),
        documented_until=scenario.documented_until,
        reviewed=scenario.reviewed,
        assumed=scenario.start.assumed is not None,
        place=scenario.start.place,
        entries=(),
    )


class _Run:
    """One pass through a timeline."""

    def __init__(
        self,
        machine: Machine,
        scenario: Scenario,
        known_by: date | None,
        invariants: tuple[Invariant, ...],
        *,
        nearest: bool,
    ) -> None:
        self.table = machine.table
        self.scenario = scenario
        self.known_by = known_by
        self.machine = machine
        self.state = scenario.start.state
        self.relationship = machine.relationship(self.state)
        self.invariants = invariants
        self.nearest = nearest
        self.outcomes: list[
            Change | Refusal | UnexpectedlyPermitted | StatusStep | SignalStep | ActStep
        ] = []
        self.findings: list[Finding] = []
        self._changes: list[Change] = []

    def take(self, step: Step) -> None:
        """Process the next entry of the timeline."""
        if isinstance(step, ActStep):
            self.outcomes.append(step if step.deprecated else self._act(step))
        elif isinstance(step, RefuseStep):
            self._refuse(step)
        elif isinstance(step, StatusStep | SignalStep):
            self.outcomes.append(step)

    def result(self, numbers: tuple[int, ...], not_yet_public: int) -> Replay:
        """Check statuses and invariants, and return the replay."""
        scenario, known_by = self.scenario, self.known_by
        history = history_of(scenario, self._changes)
        outcomes = tuple(
            StatusCheck(step=o, verdict=history.held(o.date, o.status.holds))
            if isinstance(o, StatusStep)
            else o
            for o in self.outcomes
        )
        history = evolve(history, entries=entries_of(scenario.start, outcomes))
        for outcome in outcomes:
            if isinstance(outcome, StatusCheck) and not outcome.verdict.certain:
                from recognition_model.engine.assertions import status_findings

                self.findings += status_findings(outcome, history, scenario.start)
        self.findings += _after_the_end(self.scenario.timeline, history.documented_until)
        begun = known_by is None or history.documented
        violations = violations_of(history, self.invariants) if begun else ()
        self.findings += (
            Finding(v.invariant.code, v.message, v.place, v.invariant.remedy) for v in violations
        )
        findings = self.findings
        if known_by is not None:
            findings = [evolve(found, severity=Severity.NOTE) for found in findings]
        return Replay(
            scenario=scenario,
            known_by=known_by,
            history=history,
            outcomes=outcomes,
            violations=violations,
            findings=in_order(findings),
            numbers=numbers,
            not_yet_public=not_yet_public,
            rules=self.table,
        )

    def _act(self, step: ActStep) -> Change | Refusal:
        before, attestation = self.state, step.attestation
        rule = self.relationship.attempt(step.act, attestation)
        if rule is not None:
            self.state = self.relationship.current
            change = change_by(rule, step, before, self.state)
            self._changes.append(change)
            return change
        refusal = self._refusal(step, step.act, before, attestation, expected=False)
        order = self._other_orders.get(step.date)
        part = part_that_is_already(step.act, before, self.table)
        if part and not order and is_repeat(step.act, part, self._changes, self.table):
            self.findings.append(self._repeated(step, part))
            return refusal
        if self.nearest:
            refusal = evolve(refusal, next_best=self._next_best)
        if order:
            message = f"{step.act} {step.date} works only in another order: {refusal.in_words()}"
            hint = f"put the acts of this day in the order {', '.join(map(str, order))}"
            self.findings.append(finding("RM502", message, step.place, hint))
        else:
            message = f"{step.act} {step.date} is refused: {refusal.in_words()}"
            best = refusal.next_best
            # Omit the hint if the only edit is to drop this act.
            alone = best is not None and best.leaves_out_alone(step)
            if not part and Reason.NO_BAN_IN_FORCE in refusal.reasons:
                part = "ban"
            hints = [
                since(part, self.scenario.start, self._changes) if part else "",
                refusal.suffices,
                _if_a_claim(step.act) if refusal.reasons == {Reason.NOT_ATTESTED} else "",
                "" if best is None or alone else str(best),
            ]
            hint = "; ".join(filter(None, hints))
            self.findings.append(finding("RM501", message, step.place, hint))
        return refusal

    def _repeated(self, step: ActStep, part: Part) -> Finding:
        """Report an act that says again what is the case."""
        start, changes = self.scenario.start, self._changes
        message = f"{step.act} {step.date} would change nothing: {since(part, start, changes)}"
        hint = coded_as(step.act)
        maker = made_by(part, start, changes)
        if isinstance(maker, Change) and maker.act is step.act:
            hint += "; if this is the right date, mark the earlier entry `rank: deprecated`"
        return finding("RM501", message, step.place, hint)

    def _refuse(self, step: RefuseStep) -> None:
        state, attestation = self.state, step.attestation
        rule = self.table.taking(state, step.refuse, attestation)
        if rule is not None:
            expected = f"{step.refuse} {step.date} should be refused ({step.because})"
            message = f"{expected}; {rule.code} permits it"
            here = since(None, self.scenario.start, self._changes)
            hint = f"the state here is {here}; the evidence is {attestation}"
            self.findings.append(finding("RM653", message, step.place, hint))
            self.outcomes.append(UnexpectedlyPermitted(step=step, rule=rule))
            return
        refusal = self._refusal(step, step.refuse, state, attestation, expected=True)
        if step.because not in refusal.reasons:
            why = " and ".join(sorted(map(str, refusal.reasons))) or "another reason"
            message = f"{step.refuse} {step.date} is refused, but for {why}: {refusal.in_words()}"
            hint = f"write because: {why}" if len(refusal.reasons) == 1 else refusal.suffices
            self.findings.append(finding("RM654", message, step.place, hint))
            refusal = evolve(refusal, expected=False)
        self.outcomes.append(refusal)

    def _refusal(
        self,
        step: ActStep | RefuseStep,
        act: Act,
        state: State,
        attestation: Attestation,
        *,
        expected: bool,
    ) -> Refusal:
        attempts = self.table.attempts(state, act, attestation)
        part = part_that_is_already(act, state, self.table)
        if part and is_repeat(act, part, self._changes, self.table):
            suffices = f"nothing: {since(part, self.scenario.start, self._changes)}"
        else:
            suffices = what_suffices(attempts, state, self.table, step.evidence, self.scenario.kind)
        return Refusal(
            step=step,
            state=state,
            attempts=attempts,
            expected=expected,
            suffices=suffices,
        )

    @cached_property
    def _next_best(self) -> Alignment:
        """The nearest legal record; computed, and its module loaded, only if an act is refused."""
        from recognition_model.engine.alignment import align

        return align(
            self.table, self.scenario.start, self.scenario.timeline, self.scenario.documented_until
        )

    @cached_property
    def _other_orders(self) -> dict[When, tuple[Act, ...]]:
        """For each exact day with several acts, an order in which rules take them all, or ()."""
        acts = [s for s in self.scenario.timeline if isinstance(s, ActStep) and not s.deprecated]
        before = self.scenario.start.state
        orders: dict[When, tuple[Act, ...]] = {}
        for day, group in groupby(acts, key=lambda step: step.date):
            steps = tuple(group)
            if day.exact and 2 <= len(steps) <= MOST_ACTS_REORDERED:
                found = next((o for o in permutations(steps) if self._works(before, o)), ())
                orders[day] = tuple(step.act for step in found)
            relationship = self.machine.relationship(before)
            for step in steps:
                relationship.attempt(step.act, step.attestation)
            before = relationship.current
        return orders

    def _works(self, before: State, order: tuple[ActStep, ...]) -> bool:
        trial = self.machine.relationship(before)
        return all(trial.attempt(step.act, step.attestation) for step in order)


def _after_the_end(steps: Iterable[Step], until: date) -> Iterator[Finding]:
    """Report entries dated after the record's last day, except acts, which RM608 reports.

    Several have one cause, and are reported together at the first of them.
    """
    late = [step for step in steps if step.date.earliest > until]
    others = [step for step in late if not isinstance(step, ActStep)]
    if not others:
        return
    first, last = others[0], others[-1]
    message = f"{first.label} {first.date} lies after documented-until {until}"
    which = "this date"
    if first is not last:
        message = f"{len(others)} entries lie after documented-until {until}:"
        message += f" {first.label} {first.date} to {last.label} {last.date} in line"
        message += f" {last.place.line}"
        which = "the dates of the entries"
    newest = max(nearest_day(step.date.earliest) for step in late)
    hint = f"write `documented-until: {newest}` or a later day, or correct {which}"
    yield finding("RM655", message, first.place, hint)


def _if_a_claim(act: Act) -> str:
    return f"if it stays a claim: `refuse: {act}` with `because: not-attested`, or a `signal:`"
