"""Promises about a whole history, kept by any rule table worth having.

Written from the world and not from the rules: nothing here asks a rule or the machine, so the two
accounts can catch each other. Each promise carries a history that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from attrs import evolve, field, frozen

from recognition_model.codes import Code, register
from recognition_model.dates import When, first_out_of_order
from recognition_model.diagnostics import Place
from recognition_model.evidence import (
    Attestation,
    Evidence,
    Reliability,
    Source,
    SourceType,
    Voice,
)
from recognition_model.history import Change, History
from recognition_model.shapes import Credibility, LanguageTag, SourceName
from recognition_model.stages import Act, Ban, Readable, Stage, Standing, ban_in_words

Check = Callable[[History], Iterable[tuple[int | None, str]]]


@frozen(kw_only=True, repr=False)
class Invariant(Readable):
    """A promise: `check` yields (index of the change, or None for the whole; what is wrong)."""

    code: str
    name: str
    why: str
    check: Check
    broken_by: Callable[[], History] = field(eq=False)

    def violations(self, history: History) -> tuple[Violation, ...]:
        """Every place where a history breaks the promise."""
        return tuple(
            Violation(self, at, message, _place_of(history, at))
            for at, message in self.check(history)
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@frozen(repr=False)
class Violation(Readable):
    """One broken promise, with its place."""

    invariant: Invariant
    at: int | None
    message: str
    place: Place

    def __str__(self) -> str:
        return f"{self.invariant.code} {self.message}"


INVARIANTS: list[Invariant] = []
_REMEDY = "Check the start, the evidence and the order of the acts; if they stand, a rule is wrong."


def violations_of(history: History) -> tuple[Violation, ...]:
    """All broken promises of a history."""
    return tuple(v for invariant in INVARIANTS for v in invariant.violations(history))


def invariant(
    code: str, broken_by: Callable[[], History], remedy: str = _REMEDY
) -> Callable[[Check], Check]:
    """Register a promise: the function's name is its name, the docstring its why."""

    def registered(check: Check) -> Check:
        name = getattr(check, "__name__", code)
        why = " ".join((check.__doc__ or "").split())
        INVARIANTS.append(
            Invariant(code=code, name=name, why=why, check=check, broken_by=broken_by)
        )
        register(Code(code, name.replace("_", "-"), why, remedy))
        return check

    return registered


# --- counterexamples -------------------------------------------------------------------------


def _a_source(public: str) -> Source:
    return Source(
        id=SourceName("example"),
        type=SourceType.ARTICLE_NEWSPAPER,
        publisher="The Example",
        title="An example",
        issued=When.parse(public),
        language=LanguageTag("en"),
        reliability=Reliability.FAIRLY_RELIABLE,
    )


def _evidence(voice: Voice, public: str = "2024-06-01") -> Evidence:
    return Evidence(
        source=_a_source(public),
        voice=voice,
        credibility=Credibility(3),
        claim="An example.",
    )


def _a_history(
    *moves: tuple[Act, Stage, Ban],
    start: Standing = Standing(Stage.HOSTILE, Ban.NONE),  # noqa: B008 - frozen, so shared safely
    evidence: Evidence | None = None,
    dates: tuple[str, ...] = ("2024-05-01", "2024-05-02", "2024-05-03"),
    until: str = "2025-01-01",
) -> History:
    """A history of moves that no rule was asked about."""
    changes: list[Change] = []
    before = start
    for day, (act, stage, ban) in zip(dates, moves, strict=False):
        after = Standing(stage, ban)
        changes.append(
            Change(
                date=When.parse(day),
                act=act,
                rule="R00",
                before=before,
                after=after,
                attestation=Attestation.OFFICIAL,
                evidence=(evidence or _evidence(Voice.HOST),),
            )
        )
        before = after
    return History(
        country="AFG",
        start=start,
        begins=When.parse("2024-01-01"),
        changes=tuple(changes),
        documented_until=date.fromisoformat(until),
    )


_AMBASSADOR_UNDER_A_BAN = partial(
    _a_history,
    (Act.BAN, Stage.BANNED, Ban.IN_FORCE),
    (Act.ACCEPT_AMBASSADOR, Stage.AMBASSADOR_ACCEPTED, Ban.IN_FORCE),
)
_BAN_FORGOTTEN = partial(
    _a_history,
    (Act.BAN, Stage.BANNED, Ban.IN_FORCE),
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, Ban.NONE),
)
_RECOGNISED_BY_THE_PRESS = partial(
    _a_history,
    (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, Ban.NONE),
    evidence=_evidence(Voice.PRESS),
)
_DELISTED_BY_THE_PRESS = partial(
    _a_history,
    (Act.DELIST, Stage.DELISTED, Ban.LIFTED),
    start=Standing(Stage.BANNED, Ban.IN_FORCE),
    evidence=_evidence(Voice.PRESS),
)
_TOLD_BEFORE_IT_HAPPENED = partial(
    _a_history,
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    evidence=_evidence(Voice.HOST, public="2024-04"),
)
_BACK_IN_TIME = partial(
    _a_history,
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    (Act.BREAK_OFF, Stage.HOSTILE, Ban.NONE),
    dates=("2024-05-02", "2024-05-01"),
)
_AFTER_THE_END = partial(_a_history, (Act.ENGAGE, Stage.ENGAGED, Ban.NONE), until="2024-04-30")
_DELISTED_WITH_NO_BAN = partial(_a_history, (Act.DELIST, Stage.DELISTED, Ban.NONE))


def _torn() -> History:
    """Two changes that do not meet: the second begins where the first did not end."""
    history = _a_history(
        (Act.ENGAGE, Stage.ENGAGED, Ban.NONE), (Act.BREAK_OFF, Stage.HOSTILE, Ban.NONE)
    )
    first, second = history.changes
    gap = evolve(second, before=Standing(Stage.AMBASSADOR_ACCEPTED, Ban.NONE))
    return evolve(history, changes=(first, gap))


# --- promises --------------------------------------------------------------------------------


@invariant("RM601", broken_by=_AMBASSADOR_UNDER_A_BAN)
def no_ambassador_and_no_recognition_under_a_ban(
    history: History,
) -> Iterator[tuple[int | None, str]]:
    """A state does not receive the ambassador of, nor recognise, what its own law forbids."""
    for at, standing in _standings(history):
        if standing.stage >= Stage.AMBASSADOR_ACCEPTED and standing.ban is Ban.IN_FORCE:
            yield at, f"{standing.stage} while the ban is in force"


@invariant("RM602", broken_by=_BAN_FORGOTTEN)
def a_ban_is_lifted_before_recognition(history: History) -> Iterator[tuple[int | None, str]]:
    """A ban does not lapse by being forgotten: somebody lifts it, and recognition waits."""
    ban: int | str | None = "the start" if history.start.ban is Ban.IN_FORCE else None
    for at, change in enumerate(history.changes):
        if change.after.ban is Ban.IN_FORCE and change.before.ban is not Ban.IN_FORCE:
            ban = str(change.date)
        if change.after.ban is Ban.LIFTED:
            ban = None
        if change.after.stage is Stage.DE_JURE_RECOGNITION and ban is not None:
            yield at, f"recognised {change.date} with the ban of {ban} never lifted"


@invariant("RM603", broken_by=_RECOGNISED_BY_THE_PRESS)
def recognition_is_never_hearsay(history: History) -> Iterator[tuple[int | None, str]]:
    """Recognition is a legal act: somebody in office must have said it."""
    for at, change in enumerate(history.changes):
        if change.after.stage is Stage.DE_JURE_RECOGNITION and not _said_by_host(change):
            yield at, f"recognition {change.date} is shown by {_voices(change)}, not by the host"


@invariant("RM604", broken_by=_DELISTED_BY_THE_PRESS)
def delisting_is_never_hearsay(history: History) -> Iterator[tuple[int | None, str]]:
    """A list is public law: its keeper says what stands on it."""
    for at, change in enumerate(history.changes):
        lifted = change.before.ban is Ban.IN_FORCE and change.after.ban is not Ban.IN_FORCE
        if lifted and not _said_by_host(change):
            yield at, f"delisting {change.date} is shown by {_voices(change)}, not by the host"


@invariant(
    "RM605",
    broken_by=_TOLD_BEFORE_IT_HAPPENED,
    remedy="Correct a date, or mark the evidence with `announcement: true`.",
)
def no_evidence_from_before_the_act(history: History) -> Iterator[tuple[int | None, str]]:
    """Nobody reports what has not happened; a source from before can only have announced it."""
    for at, change in enumerate(history.changes):
        for item in change.evidence:
            public = item.source.public
            early = public.latest < change.date.earliest
            if early and item.supports and not item.announcement:
                yield at, f"{item.id} was public {public}, before the {change.act} of {change.date}"


@invariant("RM606", broken_by=_BACK_IN_TIME)
def changes_are_possible_in_order(history: History) -> Iterator[tuple[int | None, str]]:
    """What came later in the file came no earlier in the world."""
    clash = first_out_of_order([history.begins, *(change.date for change in history.changes)])
    if clash is not None:
        earlier, later = clash
        begins = history.changes[earlier - 1].date if earlier else history.begins
        change = history.changes[later - 1]
        yield later - 1, f"{change.act} {change.date} comes after something of {begins}"


@invariant("RM607", broken_by=_torn)
def spells_tile_the_time(history: History) -> Iterator[tuple[int | None, str]]:
    """There is one standing at any time: each change starts from what the one before it left."""
    before = history.start
    for at, change in enumerate(history.changes):
        if change.before != before:
            yield at, f"{change.act} {change.date} starts from {change.before}, not from {before}"
        before = change.after


@invariant(
    "RM608",
    broken_by=_AFTER_THE_END,
    remedy="Move `documented-until:`, or correct the date.",
)
def nothing_after_documented_until(history: History) -> Iterator[tuple[int | None, str]]:
    """The record cannot know what happened after the last day it speaks for."""
    end = history.documented_until
    for at, change in enumerate(history.changes):
        if change.date.earliest > end:
            yield at, f"{change.act} {change.date} lies after documented-until {end}"
    if history.begins.earliest > end:
        yield None, f"the record begins {history.begins}, after documented-until {end}"


@invariant("RM609", broken_by=_DELISTED_WITH_NO_BAN)
def a_stage_named_for_the_list_agrees_with_it(
    history: History,
) -> Iterator[tuple[int | None, str]]:
    """`banned` is a ban in force and `delisted` a ban lifted; the words may not mean less."""
    named = {Stage.BANNED: Ban.IN_FORCE, Stage.DELISTED: Ban.LIFTED}
    for at, standing in _standings(history):
        if named.get(standing.stage, standing.ban) is not standing.ban:
            wanted = ban_in_words(named[standing.stage])
            yield at, f"{standing}: the stage {standing.stage} means {wanted}"


def _standings(history: History) -> Iterator[tuple[int | None, Standing]]:
    yield None, history.start
    for at, change in enumerate(history.changes):
        yield at, change.after


def _said_by_host(change: Change) -> bool:
    """Whether the host says so, and does not also deny it."""
    host = [item.supports for item in change.evidence if item.voice is Voice.HOST]
    return bool(host) and all(host)


def _voices(change: Change) -> str:
    return ", ".join(sorted({item.voice.value for item in change.evidence})) or "nothing"


def _place_of(history: History, at: int | None) -> Place:
    return history.place if at is None else history.changes[at].place
