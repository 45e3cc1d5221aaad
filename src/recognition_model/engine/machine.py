"""The state machine: the only module that knows the `transitions` library.

One shared library machine, one light model per relationship. No model is ever handed to
`add_model`: nothing is bound to it (no triggers, no `to_<stage>`), equal models stay apart, and a
new relationship costs a small object. Callbacks are functions made here from the rule table, never
names, so no text from a file can become one.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import transitions

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import STATES, Act, Stage, State
from recognition_model.engine.rules import RULES, Rule, RuleTable, RuleTableError

# One object for each state, by the library's name for its stage and by its ban.
_STATES = {(state.stage.value, state.ban): state for state in STATES}


class _Model:
    """What the library moves: `state` is the stage's name, as the library wants it."""

    __slots__ = ("attestation", "ban", "fired", "state")

    def __init__(self, state: State) -> None:
        self.state = state.stage.value
        self.ban = state.ban
        self.attestation = Attestation.NONE
        self.fired: Rule | None = None


class Relationship:
    """One country's place in the machine. Moved by `attempt`, and by nothing else."""

    __slots__ = ("_machine", "_model")

    def __init__(self, machine: Machine, start: State) -> None:
        self._machine = machine
        self._model = _Model(start)

    @property
    def current(self) -> State:
        """The state it is in. Not called `state`, which is the library's name for a stage."""
        return _STATES[self._model.state, self._model.ban]

    def attempt(self, act: Act, attestation: Attestation) -> Rule | None:
        """Try an act: the rule that took it, the state moved; or None, nothing moved."""
        return self._machine.fire(self._model, act, attestation)

    def __repr__(self) -> str:
        return f"<Relationship: {self.current}>"


class Machine:
    """A rule table as a `transitions` machine."""

    def __init__(self, table: RuleTable = RULES) -> None:
        self.table = table
        self._library = transitions.Machine(
            model=None,
            states=[stage.value for stage in Stage],
            initial=Stage.HOSTILE.value,
            auto_transitions=False,
            send_event=True,
            queued=False,
            ignore_invalid_triggers=False,
        )
        for rule in table:
            self._library.add_transition(
                trigger=rule.act.value,
                source=[stage.value for stage in rule.before],
                dest=rule.after.value,
                conditions=[partial(_admits, rule)],
                after=[partial(_take_effect, rule)],
            )

        self._triggers = {
            act: self._library.events[act.value].trigger
            for act in Act
            if act.value in self._library.events
        }

    def relationship(self, start: State) -> Relationship:
        """A new relationship at a state."""
        return Relationship(self, start)

    def fire(self, model: _Model, act: Act, attestation: Attestation) -> Rule | None:
        trigger = self._triggers.get(act)
        if trigger is None:  # a table may leave an act without a rule
            return None
        model.attestation = attestation
        model.fired = None
        try:
            trigger(model)
        except transitions.MachineError:
            return None  # no rule leads from this stage
        return model.fired


def _admits(rule: Rule, event: Any) -> bool:
    """A guard. The library compares with `==`, so that 1 would pass and 2 fail: insist on bool."""
    model: _Model = event.model
    admitted = rule.admits(model.ban, model.attestation)
    if type(admitted) is not bool:
        raise RuleTableError(f"{rule.code}: a guard must answer True or False, not {admitted!r}")
    return admitted


def _take_effect(rule: Rule, event: Any) -> None:
    model: _Model = event.model
    if rule.ban_becomes is not None:
        model.ban = rule.ban_becomes
    model.fired = rule
