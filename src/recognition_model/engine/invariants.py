"""Invariants of a history, which any sound rule table must keep.

They describe the world, not the rules: nothing here uses a rule or the machine, so each account can
catch errors in the other. `prove` shows for each invariant that an error in the table breaks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import gt

import recognition_model.engine.counterexamples as made_up
from recognition_model.core.authority import PERIODS_OF_RULE, PeriodOfRule
from recognition_model.core.changes import Change
from recognition_model.core.dates import first_out_of_order
from recognition_model.core.evidence import Bearing, Voice
from recognition_model.core.history import History
from recognition_model.core.stages import Act, Ban, Stage, State, ban_in_words
from recognition_model.engine.monitors import (
    Invariant,
    Monitor,
    Violation,
    change_invariant,
    invariant,
    sequence_invariant,
    state_invariant,
    violations_of,
)

__all__ = [
    "INVARIANTS",
    "Invariant",
    "Monitor",
    "Violation",
    "change_invariant",
    "invariant",
    "sequence_invariant",
    "state_invariant",
    "violations_of",
]


_DEALINGS_AND_UP = frozenset(stage for stage in Stage if stage >= Stage.ENGAGED)
_CREDENTIALS_AND_UP = frozenset(s for s in Stage if s >= Stage.AMBASSADOR_ACCEPTED)


@state_invariant("RM601", broken_by=made_up.AMBASSADOR_UNDER_A_BAN)
def no_ambassador_and_no_recognition_under_a_ban(state: State) -> str:
    """A state does not recognise a movement that its law forbids, nor accept its ambassador."""
    if state.ban is Ban.IN_FORCE and state.stage in _CREDENTIALS_AND_UP:
        return f"{state.stage} while the ban is in force"
    return ""


def _ban_of_the_start(start: State) -> str:
    return "the start" if start.ban is Ban.IN_FORCE else ""


@sequence_invariant("RM602", broken_by=made_up.BAN_FORGOTTEN, remembers=_ban_of_the_start)
def a_ban_is_lifted_before_recognition(ban: str, change: Change) -> tuple[str, str]:
    """A ban does not lapse silently: it must be lifted before recognition."""
    if change.after.ban is Ban.IN_FORCE and change.before.ban is not Ban.IN_FORCE:
        ban = str(change.date)
    elif change.after.ban is Ban.LIFTED:
        ban = ""
    if ban and change.after.stage is Stage.DE_JURE_RECOGNITION:
        return ban, f"recognised {change.date} with the ban of {ban} never lifted"
    return ban, ""


@change_invariant("RM603", broken_by=made_up.RECOGNISED_BY_THE_PRESS)
def recognition_is_never_hearsay(change: Change) -> str:
    """Recognition is a legal act: an authority of the country must have declared it."""
    if change.after.stage is Stage.DE_JURE_RECOGNITION and not _said_by_host(change):
        return f"recognition {change.date} is shown by {_voices(change)}, not by the host"
    return ""


@change_invariant("RM604", broken_by=made_up.DELISTED_BY_THE_PRESS)
def delisting_is_never_hearsay(change: Change) -> str:
    """A ban list is public law: the authority that keeps it says what is on it."""
    lifted = change.before.ban is Ban.IN_FORCE and change.after.ban is not Ban.IN_FORCE
    if lifted and not _said_by_host(change):
        return f"delisting {change.date} is shown by {_voices(change)}, not by the host"
    return ""


@invariant(
    "RM605",
    broken_by=made_up.REPORTED_BEFORE_IT_HAPPENED,
    remedy="Correct a date, or mark the evidence with `announcement: true`.",
)
def no_evidence_from_before_the_act(history: History) -> Iterator[tuple[int | None, str]]:
    """A source published before an act can only announce it, not report it."""
    for at, change in enumerate(history.changes):
        for item in change.evidence:
            public = item.source.public
            early = public.latest < change.date.earliest
            if early and item.supports and not item.announcement:
                yield at, f"{item.id} was public {public}, before the {change.act} of {change.date}"


@invariant("RM606", broken_by=made_up.BACK_IN_TIME)
def changes_are_possible_in_order(history: History) -> Iterator[tuple[int | None, str]]:
    """An entry that is later in the file did not happen earlier."""
    clash = first_out_of_order([history.begins, *(change.date for change in history.changes)])
    if clash is not None:
        earlier, later = clash
        begins = history.changes[earlier - 1].date if earlier else history.begins
        change = history.changes[later - 1]
        yield later - 1, f"{change.act} {change.date} is listed after {begins}"


@sequence_invariant(
    "RM607", broken_by=made_up.torn, remembers=lambda start: start, kept_by_rules=False
)
def spells_tile_the_time(before: State, change: Change) -> tuple[State, str]:
    """There is one state at any time: each change starts from the state the last one left."""
    if change.before is not before and change.before != before:
        wrong = f"{change.act} {change.date} starts from {change.before}, not from {before}"
        return change.after, wrong
    return change.after, ""


@invariant(
    "RM608",
    broken_by=made_up.AFTER_THE_END,
    remedy="Move `documented-until:`, or correct the date.",
)
def nothing_after_documented_until(history: History) -> Iterator[tuple[int | None, str]]:
    """A scenario cannot know what happened after the last day it covers."""
    end = history.documented_until
    for at, change in enumerate(history.changes):
        if change.date.earliest > end:
            yield at, f"{change.act} {change.date} lies after documented-until {end}"
    if history.begins.earliest > end:
        yield None, f"the record begins {history.begins}, after documented-until {end}"


_BAN_MEANT = {Stage.BANNED: Ban.IN_FORCE, Stage.DELISTED: Ban.LIFTED}


@state_invariant("RM609", broken_by=made_up.DELISTED_WITH_NO_BAN)
def a_stage_named_for_the_list_agrees_with_it(state: State) -> str:
    """The stage `banned` means that a ban is in force, `delisted` that a ban was lifted."""
    meant = _BAN_MEANT.get(state.stage, state.ban)
    if state.ban is not meant:
        return f"{state}: the stage {state.stage} means {ban_in_words(meant)}"
    return ""


_LEADS_TO = {
    Act.BAN: Stage.BANNED,
    Act.ENGAGE: Stage.ENGAGED,
    Act.DELIST: Stage.DELISTED,
    Act.ACCEPT_AMBASSADOR: Stage.AMBASSADOR_ACCEPTED,
    Act.RECOGNISE: Stage.DE_JURE_RECOGNITION,
    Act.WITHDRAW_RECOGNITION: Stage.ENGAGED,
    Act.DOWNGRADE: Stage.ENGAGED,
    Act.BREAK_OFF: Stage.HOSTILE,
    Act.LAPSE: Stage.HOSTILE,
}


@change_invariant("RM610", broken_by=made_up.ENGAGED_INTO_RECOGNITION)
def an_act_leads_where_its_name_says(change: Change) -> str:
    """An act leads to the stage that its name implies. `break_off` and `lapse` lead to `hostile`,
    or to `banned` while a ban is in force."""
    named = _LEADS_TO[change.act]
    if named is Stage.HOSTILE and change.after.ban is Ban.IN_FORCE:
        named = Stage.BANNED
    if change.after.stage is not named:
        return f"{change.act} {change.date} leads to {change.after.stage}, not to {named}"
    return ""


@change_invariant("RM611", broken_by=made_up.BANNED_BY_ENGAGING)
def the_list_changes_by_its_own_acts_alone(change: Change) -> str:
    """Diplomacy does not change a list: only `ban` starts a ban, and only if none is in force; only
    `delist` lifts one, and only if one is in force."""
    before, after = change.before.ban, change.after.ban
    if change.act is Act.BAN:
        allowed = before is not Ban.IN_FORCE and after is Ban.IN_FORCE
    elif change.act is Act.DELIST:
        allowed = before is Ban.IN_FORCE and after is Ban.LIFTED
    else:
        allowed = before is after
    if not allowed:
        bans = f"{ban_in_words(before)} before and {ban_in_words(after)} after"
        return f"{change.act} {change.date} has {bans}"
    return ""


_ANYONE = frozenset(Voice)
_A_PARTY_OR_A_STATE = _ANYONE - {Voice.PRESS}
_THE_HOST = frozenset({Voice.HOST})
_WHO_MAY_REPORT = {
    Act.BAN: (_THE_HOST, "the host"),
    Act.ENGAGE: (_ANYONE, "anyone"),
    Act.DELIST: (_ANYONE, "anyone"),  # stricter in RM604
    Act.ACCEPT_AMBASSADOR: (_THE_HOST, "the host"),
    Act.RECOGNISE: (_ANYONE, "anyone"),  # stricter in RM603
    Act.WITHDRAW_RECOGNITION: (_THE_HOST, "the host"),
    Act.DOWNGRADE: (_THE_HOST, "the host"),
    Act.BREAK_OFF: (_A_PARTY_OR_A_STATE, "a party or a state"),
    Act.LAPSE: (_ANYONE, "anyone"),
}


@change_invariant("RM612", broken_by=made_up.BANNED_BY_THE_PRESS)
def an_act_is_told_by_those_whose_act_it_is(change: Change) -> str:
    """Ban, acceptance, withdrawal and downgrade need the host's word; a break-off needs a party's
    or a state's; anyone may report engagement or a lapse. A denial by the host overrides all of
    these."""
    voices, wanted = _WHO_MAY_REPORT[change.act]
    reported = False
    for item in change.evidence:
        if item.bearing is Bearing.SUPPORTS:
            reported = reported or item.voice in voices
        elif item.voice is Voice.HOST:
            return f"{change.act} {change.date} is denied by the host"
    if reported:
        return ""
    return f"{change.act} {change.date} is shown by {_voices(change)}, not by {wanted}"


_UPWARDS = {Act.ENGAGE, Act.DELIST, Act.ACCEPT_AMBASSADOR, Act.RECOGNISE}


@change_invariant("RM613", broken_by=made_up.ENGAGED_TWICE)
def a_step_up_leads_up(change: Change) -> str:
    """A step up raises the stage: it neither repeats the stage reached nor lowers it."""
    if change.act in _UPWARDS and change.after.stage <= change.before.stage:
        stages = f"from {change.before.stage} to {change.after.stage}"
        return f"{change.act} {change.date} leads {stages}"
    return ""


_GIVEN_BY = {
    Act.WITHDRAW_RECOGNITION: frozenset({Stage.DE_JURE_RECOGNITION}),
    Act.DOWNGRADE: frozenset({Stage.AMBASSADOR_ACCEPTED}),
    Act.BREAK_OFF: _DEALINGS_AND_UP,
    Act.LAPSE: _DEALINGS_AND_UP,
}


@change_invariant("RM614", broken_by=made_up.WITHDRAWN_BEFORE_IT_WAS_GIVEN)
def only_what_was_given_is_taken_back(change: Change) -> str:
    """An act can end only what exists: `withdraw_recognition` needs recognition, `downgrade` an
    accepted ambassador, `break_off` and `lapse` official dealings."""
    given = _GIVEN_BY.get(change.act)
    if given is None or change.before.stage in given:
        return ""
    return f"{change.act} {change.date} while {change.before.stage}"


@change_invariant("RM615", broken_by=made_up.RECOGNISED_BY_STRANGERS)
def dealings_come_before_credentials_and_recognition(change: Change) -> str:
    """An ambassador is agreed on in advance (agrément: Vienna Convention on Diplomatic Relations,
    art. 4), and recognition is conveyed to someone: both need dealings first."""
    arrived = change.after.stage in _CREDENTIALS_AND_UP
    if arrived and change.before.stage not in _DEALINGS_AND_UP:
        return f"{change.act} {change.date} comes straight after {change.before.stage}"
    return ""


_ENDS_RECOGNITION = (Act.WITHDRAW_RECOGNITION, Act.BREAK_OFF, Act.LAPSE)


@change_invariant("RM616", broken_by=made_up.BANNED_THOUGH_RECOGNISED)
def recognition_ends_by_its_own_word(change: Change) -> str:
    """Recognition ends only if it is withdrawn, if relations are broken off, or if the authority
    that was recognised ceases to govern."""
    ended = change.before.stage is Stage.DE_JURE_RECOGNITION
    ended = ended and change.after.stage is not Stage.DE_JURE_RECOGNITION
    if ended and change.act not in _ENDS_RECOGNITION:
        return f"{change.act} {change.date} ends recognition"
    return ""


@invariant(
    "RM617",
    broken_by=made_up.DEALINGS_OUTLAST_THE_EMIRATE,
    remedy="Add `act: lapse` dated 2001-12-07, with the sources bbc-2001-12-07 and"
    " guardian-2001-12-08 of the register. If a source tells of an earlier end, write a `break_off`"
    " on its day.",
)
def dealings_end_with_the_authority(history: History) -> Iterator[tuple[int | None, str]]:
    """No dealings, ambassador or recognition outlast the authority that they are with: the Taliban
    lost Kabul on 2001-11-13 and Kandahar, their last seat, on 2001-12-07. A lapse falls between
    the two."""
    yield from outlasting(history, PERIODS_OF_RULE)


def outlasting(
    history: History, periods: Iterable[PeriodOfRule]
) -> Iterator[tuple[int | None, str]]:
    """Find the dealings that surely outlast a period of rule, and lapses at any other time."""
    ended = [(p.closing, p.last) for p in periods if p.closing is not None and p.last is not None]
    for at, change in enumerate(history.changes):
        when = change.date
        if change.act is Act.LAPSE and not any(
            when.earliest >= closing and when.latest <= last for closing, last in ended
        ):
            days = ", ".join(f"{closing}..{last}" for closing, last in ended)
            yield at, f"lapse {when} is not within the days on which an authority ended: {days}"
    earliest, latest = zip(*history.bounds, strict=True)
    if any(map(gt, earliest, latest)):
        return  # no reading keeps the order; RM606 says so
    for last in (last for _, last in ended if last < history.documented_until):
        day = last.toordinal()
        for i, spell in enumerate(history.spells):
            runs = latest[i] <= day and (spell.last or earliest[i + 1] > day)
            if runs and spell.stage in _DEALINGS_AND_UP:
                yield i - 1 if i else None, f"{spell.stage} still after {last}, without a lapse"


def _said_by_host(change: Change) -> bool:
    """Whether the host says so and does not also deny it."""
    host = [item.supports for item in change.evidence if item.voice is Voice.HOST]
    return bool(host) and all(host)


def _voices(change: Change) -> str:
    """Name the voices that show a change, not those that deny it."""
    showing = {item.voice.value for item in change.evidence if item.supports}
    return ", ".join(sorted(showing)) or "nothing"


INVARIANTS: tuple[Invariant, ...] = tuple(
    sorted((v for v in list(vars().values()) if isinstance(v, Invariant)), key=lambda v: v.code)
)
"""Every invariant of this module, by code; the default of `replay` and `prove`."""
