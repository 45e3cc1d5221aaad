"""Stages, bans and acts: the words that describe a relationship."""

from __future__ import annotations

from attrs import frozen

from recognition_model.core.base import Ranked, Readable


class Stage(Ranked):
    """The highest formal step in force between one country and the Taliban."""

    HOSTILE = "hostile", "No formal dealings: none begun, ties broken off, or lapsed."
    BANNED = (
        "banned",
        "The movement is outlawed there by name, and no official dealings are documented.",
    )
    ENGAGED = "engaged", "Officials deal with the Taliban, at most through a chargé d'affaires."
    DELISTED = (
        "delisted",
        "A ban that was in force has been lifted or suspended; no ambassador yet.",
    )
    AMBASSADOR_ACCEPTED = (
        "ambassador_accepted",
        "The host's authority has taken the credentials of an ambassador, copies included.",
    )
    DE_JURE_RECOGNITION = (
        "de_jure_recognition",
        "The host has expressly recognised the Taliban as the government of Afghanistan.",
    )


class Ban(Ranked):
    """The movement's status in the country's own law, kept beside the stage."""

    NONE = "none", "No ban is documented. Not the same as: there was none."
    IN_FORCE = "in_force", "The movement is outlawed there by name."
    LIFTED = (
        "lifted",
        "There was a ban; it has been lifted, or suspended by the authority that may.",
    )


class Act(Ranked):
    """The kinds of act, from a ban to the end of the authority that the dealings were with."""

    BAN = "ban", "A court or authority outlaws the movement by name."
    ENGAGE = "engage", "Official dealings begin: talks held, a diplomat below ambassador admitted."
    DELIST = "delist", "The ban is lifted, or suspended by the authority that may."
    ACCEPT_AMBASSADOR = (
        "accept_ambassador",
        "The host's authority takes an ambassador's credentials, copies included.",
    )
    RECOGNISE = "recognise", "The host expressly recognises the Taliban as a government, de jure."
    WITHDRAW_RECOGNITION = "withdraw_recognition", "Recognition is taken back; dealings go on."
    DOWNGRADE = "downgrade", "The ambassador's acceptance ends; dealings go on below that rank."
    BREAK_OFF = "break_off", "Relations are severed."
    LAPSE = (
        "lapse",
        "Every formal step ends, because the Taliban ceased to govern. It needs no declaration.",
    )


@frozen(repr=False)
class State(Readable):
    """Stage and ban together: the whole state of one relationship."""

    stage: Stage
    ban: Ban

    def __str__(self) -> str:
        return f"{self.stage}, {ban_in_words(self.ban)}"


def stage_in_words(stage: Stage, *, entered_by: Act | None = None, assumed: bool = False) -> str:
    """Return a stage's name for a reader: `hostile` says whether it was assumed, or what ended.

    `entered_by` is the act that led to the stage, None at the start.
    """
    if assumed:
        dealings = "no dealings documented" if stage is Stage.HOSTILE else str(stage)
        return f"{dealings} (assumed)"
    if stage is Stage.HOSTILE and entered_by in _ENDINGS:
        return f"no dealings ({_ENDINGS[entered_by]})"
    return str(stage)


_ENDINGS = {Act.BREAK_OFF: "broken off", Act.LAPSE: "lapsed"}

STATES = tuple(State(stage, ban) for stage in Stage for ban in Ban)
"""All combinations of stage and ban, in order. Acts lead only to some of them."""
_NUMBER_OF = {state: number for number, state in enumerate(STATES)}


def number_of(state: State) -> int:
    """The number of a state: its index in `STATES`."""
    return _NUMBER_OF[state]


def ban_in_words(ban: Ban) -> str:
    """Return `no ban documented`, `ban in force` or `ban lifted`."""
    return "no ban documented" if ban is Ban.NONE else f"ban {ban.value.replace('_', ' ')}"


class Reason(Ranked):
    """Which kind of condition kept a rule from taking an act."""

    WRONG_STAGE = "wrong-stage", "The rule does not start from this stage."
    BAN_IN_FORCE = "ban-in-force", "The rule requires that no ban is in force, but one is."
    NO_BAN_IN_FORCE = "no-ban-in-force", "The rule requires a ban in force, but there is none."
    NOT_ATTESTED = (
        "not-attested",
        "The evidence is weaker than the rule needs, or disputed by the host.",
    )
