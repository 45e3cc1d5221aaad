"""What is wrong with a set of rules: the one place that knows, for tables in code and in files.

A table with a contradiction is no table: `RuleTable` raises the first. An idle rule is allowed in
code, so that tests can ask what it would do; a rules file must not have one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from recognition_model.core.stages import Act, Ban, Stage


class FaultKind(Enum):
    """The kinds of fault. Each has a finding code of its own in a rules file."""

    CODE_TWICE = "RM232"
    OVERLAP = "RM234"
    NEVER_FIRES = "RM235"
    CHANGES_NOTHING = "RM236"


class Cells(Protocol):
    """The cells of a rule that can be at odds."""

    @property
    def code(self) -> str: ...
    @property
    def act(self) -> Act: ...
    @property
    def before(self) -> tuple[Stage, ...]: ...
    @property
    def after(self) -> Stage: ...
    @property
    def ban_must_be(self) -> frozenset[Ban]: ...
    @property
    def bans(self) -> tuple[str, ...]: ...
    @property
    def ban_becomes(self) -> Ban | None: ...


class Fault(NamedTuple):
    """One fault: the rule that has it, the other rule of an overlap, and what is wrong."""

    kind: FaultKind
    rule: Cells
    message: str
    other: Cells | None = None


def faults_of(rules: Sequence[Cells]) -> Iterator[Fault]:
    """Find the contradictions: a code twice, a rule without a stage or a ban, an overlap."""
    codes = [rule.code for rule in rules]
    if len(set(codes)) < len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        message = f"two rules share a code: {', '.join(twice)}"
        yield Fault(FaultKind.CODE_TWICE, rules[codes.index(twice[0])], message)
    for at, rule in enumerate(rules):
        if not rule.before or not rule.ban_must_be:
            message = f"{rule.code} can never fire: it names no stage or no ban"
            yield Fault(FaultKind.NEVER_FIRES, rule, message)
        for other in rules[at + 1 :]:
            if rule.act is not other.act or not rule.ban_must_be & other.ban_must_be:
                continue
            both = set(rule.before) & set(other.before)
            if both:
                message = f"{rule.code} and {other.code} both take {min(both)}"
                yield Fault(FaultKind.OVERLAP, other, message, rule)


def idle_rules(rules: Sequence[Cells]) -> Iterator[Fault]:
    """Find rules that do nothing: one that fits no state, and one that leaves a state as it is."""
    for rule in rules:
        if not rule.before or not rule.ban_must_be:
            continue  # `faults_of` says so
        states = [(stage, ban) for stage in rule.before for ban in Ban if ban in rule.ban_must_be]
        if not any(_exists(stage, ban) for stage, ban in states):
            stages = " or ".join(stage.value for stage in rule.before)
            message = f"{rule.code} can never fire: no state has the stage {stages} and the ban"
            yield Fault(FaultKind.NEVER_FIRES, rule, f"{message} {' or '.join(rule.bans)}")
            continue
        same = [
            stage
            for stage, ban in states
            if _exists(stage, ban) and (rule.after, rule.ban_becomes or ban) == (stage, ban)
        ]
        if same:
            message = f"{rule.code} can lead from {same[0]} to {same[0]} and change nothing"
            yield Fault(FaultKind.CHANGES_NOTHING, rule, message)


_MEANT = {Stage.BANNED: Ban.IN_FORCE, Stage.DELISTED: Ban.LIFTED}


def _exists(stage: Stage, ban: Ban) -> bool:
    """Whether a state makes sense: `banned` means that a ban is in force, `delisted` lifted."""
    return _MEANT.get(stage, ban) is ban
