"""A relationship as a rule-based state machine of Hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from recognition_model.analysis.model_checking import NO_RELATIONS, Move, moves
from recognition_model.core.base import warn_renamed
from recognition_model.core.dates import When
from recognition_model.core.evidence import Evidence, attestation_of
from recognition_model.core.history import Change, History
from recognition_model.core.stages import STATES, Act, State
from recognition_model.engine.invariants import INVARIANTS, Invariant
from recognition_model.engine.machine import Machine
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.testing.date_strategies import FIRST
from recognition_model.testing.evidence_strategies import SHARP_NAMES, voices


class RelationshipMachine(RuleBasedStateMachine):
    """One relationship, driven by any acts on any evidence; after each, every invariant must hold.

    The acts' dates are exact and in order, and no source is older than its act, so invariants about
    dates are not put to the test here: `legal_histories` and `scenarios` draw all kinds of dates.

    Subclass it with a `table`, `monitored` invariants or a first state (`begins`) of your own, and
    hand its `TestCase` to pytest or unittest:

        class Mine(RelationshipMachine):
            table = RuleTable((*RULES, MY_RULE))
            monitored = (*INVARIANTS, MY_INVARIANT)

        TestMine = Mine.TestCase

    Fails with an `AssertionError` that tells the invariant, the reason for it and the history that
    breaks it; with a `ValueError` where there is no rule or no invariant to test.
    """

    table: ClassVar[RuleTable] = RULES
    monitored: ClassVar[Sequence[Invariant]] = INVARIANTS
    begins: ClassVar[State] = NO_RELATIONS

    def __init_subclass__(cls, **given: Any) -> None:
        """Take `promises`, the name that `monitored` had in the last release, and warn."""
        super().__init_subclass__(**given)
        if "promises" in vars(cls):
            warn_renamed(f"{cls.__name__}.promises", f"{cls.__name__}.monitored")
            cls.monitored = vars(cls)["promises"]

    def __init__(self) -> None:
        super().__init__()
        for what, given in (("rules", self.table), ("invariants", self.monitored)):
            if not len(given):
                raise ValueError(f"there are no {what}: nothing would be tested")
        self.day = FIRST
        self._kept: History | None = None
        machine, self._taken = _engine(self.table)
        self.relationship = machine.relationship(self.begins)
        self.history = History(
            country="AFG", start=self.begins, begins=When.of(FIRST), documented_until=date.max
        )

    @rule(act=st.sampled_from(Act), proof=voices(), gap=st.integers(0, 600))
    def attempt(self, act: Act, proof: tuple[Evidence, ...], gap: int) -> None:
        """Any act on any evidence: machine and table must agree on it."""
        before = self.relationship.current
        attestation = attestation_of(proof)
        wanted = self.table.taking(before, act, attestation)
        fired = self.relationship.attempt(act, attestation)
        after = wanted.move(before) if wanted else before
        assert fired is wanted, f"{act} at {before}: the machine takes {fired}, the table {wanted}"
        assert self.relationship.current == after, f"{act} at {before} leads to {after}"
        if fired is not None:
            self.day += timedelta(days=gap)
            change = Change(
                date=When.of(self.day),
                act=act,
                rule=fired.code,
                before=before,
                after=after,
                attestation=attestation,
                evidence=_as_of(proof, self.day),
            )
            self.history = evolve(self.history, changes=(*self.history.changes, change))

    @rule(data=st.data(), gap=st.integers(0, 600))
    def proceed(self, data: st.DataObject, gap: int) -> None:
        """An act that the table takes, so that a run gets somewhere."""
        taken = self._taken.get(self.relationship.current)
        if taken is not None:
            move = data.draw(taken)
            self.attempt(move.act, data.draw(voices(move.attestation)), gap)

    @initialize()
    def no_way_around(self) -> None:
        """None of the names that the machine's library would bind is there to be called."""
        bound = [name for name in SHARP_NAMES if hasattr(type(self.relationship), name)]
        assert bound == ["__class__"], f"a relationship can be moved by {bound}"

    @invariant()
    def invariants_are_kept(self) -> None:
        """Every invariant, over the whole history so far."""
        if self.history is self._kept:
            return
        for one in self.monitored:
            for violation in one.violations(self.history):
                told = "\n".join(f"  {change}" for change in self.history.changes)
                said = f"{one.code} {one.name}: {violation.message}"
                raise AssertionError(f"{said}\n{one.why}\n{told}")
        self._kept = self.history


@lru_cache(maxsize=64)
def _engine(table: RuleTable) -> tuple[Machine, dict[State, st.SearchStrategy[Move]]]:
    """A table's machine, and for every state the moves that the table takes there, if any."""
    taken = {s: [move for move in moves(table, s) if move.rule is not None] for s in STATES}
    return Machine(table), {s: st.sampled_from(some) for s, some in taken.items() if some}


def _as_of(proof: tuple[Evidence, ...], day: date) -> tuple[Evidence, ...]:
    """The same voices in sources that were public on a day, and no earlier."""
    return tuple(evolve(e, source=evolve(e.source, issued=When.of(day))) for e in proof)
