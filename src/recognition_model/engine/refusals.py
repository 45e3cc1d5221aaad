"""Why no rule permits an act, and what would suffice; used by both `replay` and `next`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from recognition_model.core.base import Readable, Renamed
from recognition_model.core.evidence import VOICE_ATTESTS, Attestation, Evidence, Voice
from recognition_model.core.organisations import ACTS_OF_ORGANISATIONS, RecordKind
from recognition_model.core.scenario import ActStep, RefuseStep
from recognition_model.core.stages import Act, Reason, State
from recognition_model.engine.repeats import already_in_words, is_repeat, part_that_is_already
from recognition_model.engine.rules import (
    RULES,
    Attempt,
    Rule,
    RuleTable,
    Unmet,
    nearest,
    reasons_of,
)

if TYPE_CHECKING:
    from recognition_model.engine.alignment import Alignment


@frozen(kw_only=True, repr=False)
class Refusal(Readable):
    """An act that no rule permits: the reasons, and what would have sufficed.

    `next_best` is the nearest legal record. It is None for a `refuse:` entry of the file, for an
    act that would change nothing, and where the replay did not seek it.
    """

    step: ActStep | RefuseStep
    state: State
    attempts: tuple[Attempt, ...]
    expected: bool
    suffices: str
    next_best: Alignment | None = field(default=None, eq=False)

    standing = Renamed("state")

    @property
    def act(self) -> Act:
        return self.step.act if isinstance(self.step, ActStep) else self.step.refuse

    @property
    def reasons(self) -> frozenset[Reason]:
        """Why the closest rules did not take it."""
        return reasons_of(self.attempts)

    def in_words(self) -> str:
        """Every rule tried, with its unmet conditions and the values found."""
        return attempts_in_words(self.act, self.attempts)

    def to_dict(self) -> dict[str, Any]:
        """The refusal as plain data."""
        return {
            "dated_by": None,
            **self.step.to_dict(),
            "act": self.act.value,
            "standing": {"stage": self.state.stage.value, "ban": self.state.ban.value},
            "unmet": [unmet for attempt in self.attempts for unmet in attempt.to_dicts()],
            "suffices": self.suffices,
            "expected": self.expected,
            "next_best": self.next_best.to_dict() if self.next_best else None,
        }

    def __str__(self) -> str:
        return f"{self.act} {self.step.date}: {self.in_words()}"


@frozen(kw_only=True, repr=False)
class NextAct(Readable):
    """An act from a state: the rule that would take it, or None and the reasons.

    Assumes that an official voice attests it; `suffices` says what the act would need.
    """

    act: Act
    rule: Rule | None
    attempts: tuple[Attempt, ...]
    suffices: str

    @property
    def open(self) -> bool:
        """Whether a rule would take it."""
        return self.rule is not None

    @property
    def only_if(self) -> str:
        """What must happen in the world besides; empty for an act that somebody decides on."""
        return "the Taliban cease to govern" if self.act is Act.LAPSE else ""

    def to_dict(self) -> dict[str, Any]:
        """The act as plain data; `unmet` is empty if it is open."""
        return {
            "act": self.act.value,
            "open": self.open,
            "rule": self.rule.code if self.rule else None,
            "unmet": []
            if self.rule
            else [unmet for attempt in self.attempts for unmet in attempt.to_dicts()],
            "suffices": self.suffices,
            "only_if": self.only_if or None,
        }

    def in_words(self) -> str:
        """The unmet conditions, rule by rule."""
        return attempts_in_words(self.act, self.attempts)

    def __str__(self) -> str:
        return f"{self.act}: {'open' if self.rule else 'closed'}"


def next_acts(
    state: State, rules: RuleTable = RULES, *, kind: RecordKind = RecordKind.COUNTRY
) -> tuple[NextAct, ...]:
    """List every act, open or closed from a state, by the same rules as a replay.

    Of an organisation, by its `kind`, these are the few acts that it can do. A `Position` has one
    `state` if the dates leave no doubt; otherwise call this for each of its `states`. Raises
    `TypeError` for anything but a `State`.
    """
    if not isinstance(state, State):
        raise TypeError(f"next_acts takes a State, not {state!r}")
    found = []
    for act in Act if kind is RecordKind.COUNTRY else ACTS_OF_ORGANISATIONS:
        rule = rules.taking(state, act, Attestation.OFFICIAL)
        attempts = rules.attempts(state, act, Attestation.OFFICIAL)
        part = part_that_is_already(act, state, rules)
        if rule is not None:
            suffices = f"needs {_voice_for(rule.needs, kind)}"
        elif part and is_repeat(act, part, (), rules):
            suffices = f"nothing: {already_in_words(part, state)}"
        else:
            suffices = what_suffices(attempts, state, rules, kind=kind)
        found.append(NextAct(act=act, rule=rule, attempts=attempts, suffices=suffices))
    return tuple(found)


def attempts_in_words(act: Act, attempts: Iterable[Attempt]) -> str:
    """Every rule tried, with its unmet conditions and the values found."""
    return (
        "; ".join(str(attempt) for attempt in attempts if attempt.unmet) or f"no rule covers {act}"
    )


def what_suffices(
    attempts: Iterable[Attempt],
    state: State,
    table: RuleTable,
    evidence: tuple[Evidence, ...] | None = None,
    kind: RecordKind = RecordKind.COUNTRY,
) -> str:
    """Say in words what would have let the nearest rules take the act.

    `evidence` is the evidence given, or None if the question is about no evidence in particular.
    `kind` says whether the host is a country.
    """
    ways = [
        " and ".join(
            _remedy(attempt.rule, unmet, state, table, evidence, kind) for unmet in attempt.unmet
        )
        for attempt in nearest(attempts)
    ]
    return "; or ".join(dict.fromkeys(ways))


def _remedy(
    rule: Rule,
    unmet: Unmet,
    state: State,
    table: RuleTable,
    evidence: tuple[Evidence, ...] | None,
    kind: RecordKind,
) -> str:
    if unmet.reason is Reason.WRONG_STAGE:
        codes = _codes_leading_there(state, [r for r in table if r.after in rule.before])
        return f"the stage must be {' or '.join(unmet.needs)} first ({codes})"
    if unmet.condition == "ban":
        codes = _codes_leading_there(state, [r for r in table if r.ban_becomes in rule.ban_must_be])
        if unmet.reason is Reason.BAN_IN_FORCE:
            return f"the ban must be lifted first ({codes})"
        return f"there must be a ban in force ({codes})"
    if evidence is None:
        return f"it needs {_voice_for(rule.needs, kind)}"
    denial = next((e for e in evidence if not e.supports and e.voice is Voice.HOST), None)
    if denial is not None:
        return f"the host disputes it ({denial.id}): while it does, no voice suffices"
    return f"it needs {_voice_for(rule.needs, kind)}; {_best_given(evidence)}"


def _codes_leading_there(state: State, rules: list[Rule]) -> str:
    """The codes of those rules that are open from this state, or of all if none is."""
    here = [r for r in rules if state.stage in r.before and state.ban in r.ban_must_be]
    return ", ".join(rule.code for rule in here or rules)


def _voice_for(level: Attestation, kind: RecordKind) -> str:
    return {
        Attestation.NONE: "nothing",
        Attestation.REPORTED: "a report",
        Attestation.CLAIMED: "the word of either side or of another state",
        Attestation.OFFICIAL: f"an official voice of the {kind.value}",
    }[level]


def _best_given(evidence: Iterable[Evidence]) -> str:
    supporting = [item for item in evidence if item.supports]
    if not supporting:
        return "nothing supports it"
    best = max(supporting, key=lambda item: VOICE_ATTESTS[item.voice])
    return f"the best given is {best.voice}, {best.grade} ({best.id})"
