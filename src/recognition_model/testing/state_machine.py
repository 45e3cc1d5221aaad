"""Hypothesis rule-based state machine of a relationship."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from recognition_model.analysis.model_checking import NO_RELATIONS, Move, moves
from recognition_model.core.authority import PERIODS_OF_RULE, PeriodOfRule
from recognition_model.core.base import warn_renamed
from recognition_model.core.changes import Change, entry_of
from recognition_model.core.dates import When
from recognition_model.core.evidence import Evidence, attestation_of
from recognition_model.core.history import History
from recognition_model.core.stages import STATES, Act, State
from recognition_model.engine.invariants import INVARIANTS, Invariant
from recognition_model.engine.machine import Machine
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.testing.date_strategies import FIRST
from recognition_model.testing.evidence_strategies import SHARP_NAMES, voices
from recognition_model.testing.period_strategies import next_to_end, runs_until


class RelationshipMachine(RuleBasedStateMachine):
    """One relationship, driven by any acts on any evidence; every invariant must hold after each.

    The acts' dates are exact and in order, and no source is older than its act, so this does not
    test invariants about dates; `legal_histories` and `scenarios` draw all kinds of dates. No
    dealings are carried past the end of one of the `periods` of rule, and a lapse falls into its
    closing days; with `periods = ()`, acts have any days.

    Subclass it with your own `table`, `monitored` invariants, `periods` or first state (`begins`),
    and pass its `TestCase` to pytest or unittest. A table needs no rule for `lapse`:

        class Mine(RelationshipMachine):
            table = RuleTable((*RULES, MY_RULE))
            monitored = (*INVARIANTS, MY_INVARIANT)

        TestMine = Mine.TestCase

    Raises `AssertionError` with the invariant, the reason for it and the history that breaks it,
    and `ValueError` if there is no rule or no invariant to test.
    """

    table: ClassVar[RuleTable] = RULES
    monitored: ClassVar[Sequence[Invariant]] = INVARIANTS
    begins: ClassVar[State] = NO_RELATIONS
    periods: ClassVar[Sequence[PeriodOfRule]] = PERIODS_OF_RULE

    # The name that `monitored` had in the last release. A subclass that sets it gets a warning.
    promises: ClassVar[Sequence[Invariant]] = INVARIANTS

    def __init__(self) -> None:
        super().__init__()
        if self.promises is not RelationshipMachine.promises:
            name = type(self).__name__
            warn_renamed(f"{name}.promises", f"{name}.monitored")
            type(self).monitored = self.promises
        for what, given in (("rules", self.table), ("invariants", self.monitored)):
            if not len(given):
                raise ValueError(f"there are no {what}: nothing would be tested")
        self.day = FIRST
        self._checked: History | None = None
        machine, self._permitted = _engine(self.table)
        self.relationship = machine.relationship(self.begins)
        self.history = History(
            country="AFG", start=self.begins, begins=When.of(FIRST), documented_until=FIRST
        )

    @rule(act=st.sampled_from(Act), proof=voices(), gap=st.integers(0, 600))
    def attempt(self, act: Act, proof: tuple[Evidence, ...], gap: int) -> None:
        """Try any act on any evidence; machine and table must agree."""
        before = self.relationship.current
        day = self._day_for(act, before, self.day + timedelta(days=gap))
        if day is None:
            return
        attestation = attestation_of(proof)
        wanted = self.table.taking(before, act, attestation)
        fired = self.relationship.attempt(act, attestation)
        after = wanted.move(before) if wanted else before
        assert fired is wanted, f"{act} at {before}: the machine fires {fired}, the table {wanted}"
        assert self.relationship.current == after, f"{act} at {before} leads to {after}"
        if fired is not None:
            self.day = day
            change = Change(
                date=When.of(self.day),
                act=act,
                rule=fired.code,
                before=before,
                after=after,
                attestation=attestation,
                evidence=_as_of(proof, self.day),
            )
            changes = (*self.history.changes, change)
            entries = (*self.history.entries, entry_of(change))
            self.history = evolve(
                self.history, changes=changes, entries=entries, documented_until=day
            )

    def _day_for(self, act: Act, before: State, day: date) -> date | None:
        """The day that the periods allow for an act, at best `day`; None if they allow none."""
        limit = runs_until(self.periods, self.day, before.stage)
        day = min(day, limit) if limit else day
        if act is not Act.LAPSE or not self.periods:
            return day
        closing = next_to_end(self.periods, self.day)
        return min(max(day, closing[0]), closing[1]) if closing else None

    @rule(data=st.data(), gap=st.integers(0, 600))
    def proceed(self, data: st.DataObject, gap: int) -> None:
        """Do an act that the table permits, so that a run makes progress."""
        move_strategy = self._permitted.get(self.relationship.current)
        if move_strategy is not None:
            move = data.draw(move_strategy)
            self.attempt(move.act, data.draw(voices(move.attestation)), gap)

    @initialize()
    def no_way_around(self) -> None:
        """Check that the relationship has none of the methods that the library could add."""
        bound = [name for name in SHARP_NAMES if hasattr(type(self.relationship), name)]
        assert bound == ["__class__"], f"a relationship has unexpected attributes: {bound}"

    @invariant()
    def invariants_are_kept(self) -> None:
        """Check every invariant over the whole history so far."""
        if self.history is self._checked:
            return
        for one in self.monitored:
            for violation in one.violations(self.history):
                changes = "\n".join(f"  {change}" for change in self.history.changes)
                message = f"{one.code} {one.name}: {violation.message}"
                raise AssertionError(f"{message}\n{one.why}\n{changes}")
        self._checked = self.history


@lru_cache(maxsize=64)
def _engine(table: RuleTable) -> tuple[Machine, dict[State, st.SearchStrategy[Move]]]:
    """Make a table's machine, and a strategy for the permitted moves of each state that has any."""
    permitted = {s: [move for move in moves(table, s) if move.rule is not None] for s in STATES}
    return Machine(table), {s: st.sampled_from(some) for s, some in permitted.items() if some}


def _as_of(proof: tuple[Evidence, ...], day: date) -> tuple[Evidence, ...]:
    """Make the sources of evidence public on a day."""
    return tuple(evolve(e, source=evolve(e.source, issued=When.of(day))) for e in proof)
