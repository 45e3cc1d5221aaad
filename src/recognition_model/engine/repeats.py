"""Acts that would change nothing, and the entry that made the state what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from recognition_model.core.changes import Change
from recognition_model.core.scenario import Start
from recognition_model.core.stages import Act, Stage, State, ban_in_words
from recognition_model.engine.rules import Rule, RuleTable

Part = Literal["stage", "ban"]

_CODED_AS = {
    Act.BAN: "a renewed listing is `status: {ban: in_force}`",
    Act.ENGAGE: "a further contact is a `signal:` (visit_received, contact_unspecified), which"
    " moves nothing",
    Act.DELIST: "a further step off the list is `status: {ban: lifted}`",
    Act.ACCEPT_AMBASSADOR: "a later ambassador is a `signal:` (ambassador_arrived), which moves"
    " nothing",
    Act.RECOGNISE: "a further statement is `status: {stage: de_jure_recognition}`",
    Act.WITHDRAW_RECOGNITION: "a further statement is `status: {below: de_jure_recognition}`",
    Act.DOWNGRADE: "a further statement is `status: {below: ambassador_accepted}`",
    Act.BREAK_OFF: "a further statement is `status: {below: engaged}`",
    Act.LAPSE: "a further report is `status: {below: engaged}`",
}


def part_that_is_already(act: Act, state: State, table: RuleTable) -> Part | None:
    """Which part of the state an act would make what it is already; None if it makes none so.

    A step up also counts from a higher stage. An act that a rule refuses only for its evidence does
    not count.
    """
    for rule in table.of(act):
        if rule.ban_becomes is not None:
            if rule.ban_becomes is state.ban and state.ban not in rule.ban_must_be:
                return "ban"
        elif (
            state.stage not in rule.before
            and state.ban in rule.ban_must_be
            and (rule.after is state.stage or (leads_up(rule) and rule.after < state.stage))
        ):
            return "stage"
    return None


def is_repeat(act: Act, part: Part, changes: Sequence[Change], table: RuleTable) -> bool:
    """Whether an act says again what is the case, so that no entry can be missing before it.

    A step up, a ban and a delisting do. The end of something does only if an earlier act of the
    file ended it: from any other state, it says that something had begun.
    """
    if part == "ban" or all(map(leads_up, table.of(act))):
        return True
    changed = (one for one in reversed(changes) if one.before.stage is not one.after.stage)
    last = next(changed, None)
    return last is not None and last.after.stage < last.before.stage


def leads_up(rule: Rule) -> bool:
    """Whether a rule leads to a higher stage from each of its stages."""
    return all(stage < rule.after for stage in rule.before)


def coded_as(act: Act) -> str:
    """How to write an event that repeats an act."""
    return _CODED_AS[act]


def since(part: Part | None, start: Start, changes: Sequence[Change]) -> str:
    """The stage, the ban or the whole state after these changes, with the entry that made it so.

    `engaged since 2021-08-26 (line 7)`
    """
    state = changes[-1].after if changes else start.state
    maker = made_by(part, start, changes)
    what = _part_in_words(part, state) if part else f"{state},"
    begun = "the start, " if isinstance(maker, Start) else ""
    line = f" (line {maker.place.line})" if maker.place.line else ""
    return f"{what} since {begun}{maker.date}{line}"


def made_by(part: Part | None, start: Start, changes: Sequence[Change]) -> Change | Start:
    """The last change of the stage, of the ban or of either; the start if there is none."""
    for change in reversed(changes):
        before, after = change.before, change.after
        if part != "ban" and before.stage is not after.stage:
            return change
        if part != "stage" and before.ban is not after.ban:
            return change
    return start


def already_in_words(part: Part, state: State) -> str:
    """What is the case already: `engaged already`."""
    return f"{_part_in_words(part, state)} already"


def _part_in_words(part: Part, state: State) -> str:
    if part == "ban":
        return ban_in_words(state.ban)
    return "no dealings" if state.stage is Stage.HOSTILE else state.stage.value
