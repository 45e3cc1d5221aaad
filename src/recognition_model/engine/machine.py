"""The state machine: the only module that uses the `transitions` library.

One library machine is shared; each relationship has a light model of its own. No model is passed to
`add_model`: so the library binds nothing to it (no triggers, no `to_<stage>`), equal models stay
separate, and a new relationship costs one small object. Callbacks are functions made here from the
rule table, never names, so no text from a file can become one.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import transitions

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import STATES, Act, Ban, Stage, State
from recognition_model.engine.rule_types import wrong_type
from recognition_model.engine.rules import RULES, Rule, RuleTable, RuleTableError

# Every state, by the library's name for its stage and by its ban.
_STATES = {(state.stage.value, state.ban): state for state in STATES}


class _Model:
    """The object that the library moves. `state` is the stage's name, as the library requires."""

    __slots__ = ("attestation", "ban", "fired", "state")

    def __init__(self, state: State) -> None:
        self.state = state.stage.value
        self.ban = state.ban
        self.attestation = Attestation.NONE
        self.fired: Rule | None = None


_Asked = tuple[str, Ban, Act, Attestation]


class Relationship:
    """One country's state in the machine. Only `attempt` moves it.

    It asks the machine once for each act in each state: a country may go to and fro.
    """

    __slots__ = ("_answered", "_machine", "_model")

    def __init__(self, machine: Machine, start: State) -> None:
        self._machine = machine
        self._model = _Model(start)
        self._answered: dict[_Asked, tuple[str, Ban, Rule | None]] = {}

    @property
    def current(self) -> State:
        """The current state. Not named `state`, which is the library's name for a stage."""
        return _STATES[self._model.state, self._model.ban]

    def attempt(self, act: Act, attestation: Attestation) -> Rule | None:
        """Try an act. Return the rule that took it, or None if no rule did and nothing moved.

        Raises `TypeError` for a word in place of an `Act` or an `Attestation`.
        """
        if type(act) is not Act:
            raise TypeError(wrong_type("the act", Act, act))
        if type(attestation) is not Attestation:
            raise TypeError(wrong_type("the attestation", Attestation, attestation))
        model = self._model
        asked = model.state, model.ban, act, attestation
        if asked not in self._answered:
            taken = self._machine.fire(model, act, attestation)
            self._answered[asked] = model.state, model.ban, taken
        model.state, model.ban, taken = self._answered[asked]
        return taken

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
        """Make a relationship in this state. Raises `TypeError` for anything but a `State`."""
        if not isinstance(start, State):
            raise TypeError(f"a relationship starts in a State, not {start!r}")
        return Relationship(self, start)

    def fire(self, model: _Model, act: Act, attestation: Attestation) -> Rule | None:
        """Move a model by an act. Return the rule that took it, or None."""
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
    """A guard. The library compares with `==`, so 1 would pass and 2 fail: require a bool."""
    model: _Model = event.model
    admitted = rule.admits(model.ban, model.attestation)
    if type(admitted) is not bool:
        raise RuleTableError(f"{rule.code}: a guard must return True or False, not {admitted!r}")
    return admitted


def _take_effect(rule: Rule, event: Any) -> None:
    model: _Model = event.model
    if rule.ban_becomes is not None:
        model.ban = rule.ban_becomes
    model.fired = rule
