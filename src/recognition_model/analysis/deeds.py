"""What happened, in words for a reader: acts, stages, and the outcome of every entry."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recognition_model.core.changes import Change
from recognition_model.core.dates import Holds
from recognition_model.core.scenario import ActStep, Assertion, SignalStep
from recognition_model.core.stages import Act, Ban, Stage, State, ban_in_words, stage_in_words
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Outcome, StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal

DEEDS: Mapping[Act, str] = MappingProxyType(
    {
        Act.BAN: "banned",
        Act.ENGAGE: "dealings begin",
        Act.DELIST: "ban lifted or suspended",
        Act.ACCEPT_AMBASSADOR: "ambassador accepted",
        Act.RECOGNISE: "recognised de jure",
        Act.WITHDRAW_RECOGNITION: "recognition withdrawn",
        Act.DOWNGRADE: "ambassador's acceptance ends",
        Act.BREAK_OFF: "relations broken off",
        Act.LAPSE: "formal steps lapse: the Taliban cease to govern",
    }
)
"""Each act as something that happened."""

_NAMES_ITS_STAGE = {Act.BAN, Act.ACCEPT_AMBASSADOR, Act.RECOGNISE}


def brief_stage(stage: Stage) -> str:
    """Return a stage for a reader; `hostile` is called by its meaning, `no dealings`."""
    return "no dealings" if stage is Stage.HOSTILE else humanize(stage)


def brief_state(state: State, *, assumed: bool = False) -> str:
    """Return a state for a reader: `engaged`, `engaged, ban in force`.

    A ban that was lifted, or that is not documented, is left out. An `assumed` state says so.
    """
    stage = stage_in_words(state.stage, assumed=True) if assumed else brief_stage(state.stage)
    told = state.ban is Ban.IN_FORCE and state.stage is not Stage.BANNED
    return stage + (f", {ban_in_words(state.ban)}" if told else "")


def change_in_words(change: Change) -> str:
    """Return the act, with the state it led to unless the act names it."""
    deed = DEEDS[change.act]
    if change.act in _NAMES_ITS_STAGE:
        return deed
    return f"{deed} ({brief_state(change.after)})"


def outcome_in_words(outcome: Outcome) -> str:
    """Say what an entry tells: `dealings begin (engaged)`, `still engaged`, `visit`.

    An entry that the replay sets aside says so first: `rejected: ambassador accepted (not
    attested)`. So does a signal that a party denies: `denied: visit`.
    """
    if isinstance(outcome, Change):
        return change_in_words(outcome)
    if isinstance(outcome, SignalStep):
        return f"denied: {humanize(outcome.signal)}" if outcome.denied else humanize(outcome.signal)
    aside = set_aside(outcome)
    if isinstance(outcome, StatusCheck):
        told = status_in_words(outcome.step.status)
        if outcome.verdict.holds is Holds.IN_SOME:
            told = f"{told} (in some readings of the dates)"
        return f"{aside}: {told}" if aside else told
    if isinstance(outcome, Refusal):
        why = ", ".join(humanize(str(r).replace("-", "_")) for r in sorted(outcome.reasons))
        return f"{aside}: {DEEDS[outcome.act]}" + (f" ({why})" if why else "")
    if isinstance(outcome, UnexpectedlyPermitted):
        return f"{aside}: {DEEDS[outcome.step.refuse]} ({outcome.rule.code} permits it)"
    return f"{aside}: {DEEDS[outcome.act]}"


def set_aside(outcome: Outcome) -> str:
    """Say why the replay does not use an entry; empty if it does."""
    if isinstance(outcome, Refusal):
        return "refused by the rules" if isinstance(outcome.step, ActStep) else "rejected"
    if isinstance(outcome, UnexpectedlyPermitted):
        return "expected to be rejected"
    if isinstance(outcome, StatusCheck):
        return "" if outcome.verdict.possible else "does not hold"
    return "struck out" if isinstance(outcome, ActStep) else ""


def status_in_words(status: Assertion) -> str:
    """Return a dated assertion for a reader: `still engaged, ban in force`."""
    parts = [
        f"still {brief_stage(status.stage)}" if status.stage else "",
        f"at least {brief_stage(status.at_least)}" if status.at_least else "",
        f"below {brief_stage(status.below)}" if status.below else "",
        ban_in_words(status.ban) if status.ban else "",
    ]
    return ", ".join(filter(None, parts))
