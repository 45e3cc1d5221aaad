"""Invented histories, each as short as possible, that break one invariant.

Every invariant names the history it must catch. No rule was applied to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from attrs import evolve

from recognition_model.core.changes import Change
from recognition_model.core.dates import When
from recognition_model.core.evidence import (
    Bearing,
    Evidence,
    Reliability,
    Source,
    SourceType,
    Voice,
    attestation_of,
)
from recognition_model.core.history import History
from recognition_model.core.stages import Act, Ban, Stage, State
from recognition_model.core.types import Credibility, LanguageTag, SourceName

HOSTILE = State(Stage.HOSTILE, Ban.NONE)


def an_item(
    voice: Voice, bearing: Bearing = Bearing.SUPPORTS, public: str = "2024-06-01"
) -> Evidence:
    """Make invented evidence of one voice, in one invented source."""
    source = Source(
        id=SourceName("example"),
        type=SourceType.ARTICLE_NEWSPAPER,
        publisher="The Example",
        title="An example",
        issued=When.parse(public),
        language=LanguageTag("en"),
        reliability=Reliability.CANNOT_BE_JUDGED,
    )
    return Evidence(
        source=source,
        voice=voice,
        bearing=bearing,
        credibility=Credibility(6),
        claim="An example.",
    )


def a_history(
    *moves: tuple[Act, Stage, Ban],
    start: State = HOSTILE,
    evidence: Evidence | None = None,
    dates: Sequence[str] = (),
    begins: str = "2024-01-01",
    until: str = "2025-01-01",
) -> History:
    """Make a history from moves (act, stage after, ban after), without applying a rule.

    Without `dates`, there is one move a day from 1 May 2024.
    """
    changes: list[Change] = []
    proof = (evidence or an_item(Voice.HOST),)
    before = start
    days = dates or [f"2024-05-{number:02}" for number in range(1, len(moves) + 1)]
    for day, (act, stage, ban) in zip(days, moves, strict=True):
        after = State(stage, ban)
        changes.append(
            Change(
                date=When.parse(day),
                act=act,
                rule="R00",
                before=before,
                after=after,
                attestation=attestation_of(proof),
                evidence=proof,
            )
        )
        before = after
    return History(
        country="AFG",
        start=start,
        begins=When.parse(begins),
        changes=tuple(changes),
        documented_until=date.fromisoformat(until),
    )


AMBASSADOR_UNDER_A_BAN = partial(
    a_history,
    (Act.BAN, Stage.BANNED, Ban.IN_FORCE),
    (Act.ACCEPT_AMBASSADOR, Stage.AMBASSADOR_ACCEPTED, Ban.IN_FORCE),
)
BAN_FORGOTTEN = partial(
    a_history,
    (Act.BAN, Stage.BANNED, Ban.IN_FORCE),
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, Ban.NONE),
)
RECOGNISED_BY_THE_PRESS = partial(
    a_history,
    (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, Ban.NONE),
    evidence=an_item(Voice.PRESS),
)
DELISTED_BY_THE_PRESS = partial(
    a_history,
    (Act.DELIST, Stage.DELISTED, Ban.LIFTED),
    start=State(Stage.BANNED, Ban.IN_FORCE),
    evidence=an_item(Voice.PRESS),
)
REPORTED_BEFORE_IT_HAPPENED = partial(
    a_history,
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    evidence=an_item(Voice.HOST, public="2024-04"),
)
BACK_IN_TIME = partial(
    a_history,
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    (Act.BREAK_OFF, Stage.HOSTILE, Ban.NONE),
    dates=("2024-05-02", "2024-05-01"),
)
AFTER_THE_END = partial(a_history, (Act.ENGAGE, Stage.ENGAGED, Ban.NONE), until="2024-04-30")
DELISTED_WITH_NO_BAN = partial(a_history, (Act.DELIST, Stage.DELISTED, Ban.NONE))

ENGAGED_INTO_RECOGNITION = partial(a_history, (Act.ENGAGE, Stage.DE_JURE_RECOGNITION, Ban.NONE))
BANNED_BY_ENGAGING = partial(a_history, (Act.ENGAGE, Stage.ENGAGED, Ban.IN_FORCE))
BANNED_BY_THE_PRESS = partial(
    a_history, (Act.BAN, Stage.BANNED, Ban.IN_FORCE), evidence=an_item(Voice.PRESS)
)
ENGAGED_TWICE = partial(
    a_history, (Act.ENGAGE, Stage.ENGAGED, Ban.NONE), (Act.ENGAGE, Stage.ENGAGED, Ban.NONE)
)
WITHDRAWN_BEFORE_IT_WAS_GIVEN = partial(
    a_history, (Act.WITHDRAW_RECOGNITION, Stage.ENGAGED, Ban.NONE)
)
RECOGNISED_BY_STRANGERS = partial(a_history, (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, Ban.NONE))
BANNED_THOUGH_RECOGNISED = partial(
    a_history,
    (Act.BAN, Stage.BANNED, Ban.IN_FORCE),
    start=State(Stage.DE_JURE_RECOGNITION, Ban.NONE),
)
DEALINGS_OUTLAST_THE_EMIRATE = partial(
    a_history,
    (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
    dates=("2001-08-14",),
    begins="1996-09-27",
    until="2001-12-09",
)


def torn() -> History:
    """Make two changes of which the second does not start from the state the first left."""
    history = a_history(
        (Act.ENGAGE, Stage.ENGAGED, Ban.NONE), (Act.BREAK_OFF, Stage.HOSTILE, Ban.NONE)
    )
    first, second = history.changes
    gap = evolve(second, before=State(Stage.AMBASSADOR_ACCEPTED, Ban.NONE))
    return evolve(history, changes=(first, gap))
