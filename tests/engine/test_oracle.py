"""A second, plain definition of every invariant, compared on every short history.

Each invariant has an oracle here: a sentence about the whole list of states, changes and voices,
with no memory and no monitor. Both must find the same histories wrong, at the same changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations, product

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model import Act, Ban, Bearing, Change, Evidence, History, Stage, State, Voice
from recognition_model.core.evidence import attestation_of
from recognition_model.engine.counterexamples import a_history
from recognition_model.engine.invariants import INVARIANTS

DAY = rm.When.parse("2024-05-01")
SOURCE = a_history((Act.ENGAGE, Stage.ENGAGED, Ban.NONE)).changes[0].evidence[0].source
VOICES = [
    Evidence(source=SOURCE, voice=voice, credibility=3, bearing=bearing, claim="An example.")
    for voice, bearing in product(Voice, Bearing)
]
TESTIMONIES = [few for size in range(len(VOICES) + 1) for few in combinations(VOICES, size)]
STATES = [State(stage, ban) for stage, ban in product(Stage, Ban)]
HOST_SAYS = next(t for t in TESTIMONIES if [e.voice for e in t] == [Voice.HOST] and t[0].supports)


def moved(
    act: Act, before: State, after: State, evidence: tuple[Evidence, ...] = HOST_SAYS
) -> Change:
    return Change(
        date=DAY,
        act=act,
        rule="R00",
        before=before,
        after=after,
        attestation=attestation_of(evidence),
        evidence=evidence,
    )


def history(start: State, *changes: Change) -> History:
    return History(
        country="AFG",
        start=start,
        begins=DAY,
        changes=changes,
        documented_until=date(2025, 1, 1),
    )


# --- the oracles: where (None for the start) a history is wrong --------------------------------

UP = ["hostile", "banned", "engaged", "delisted", "ambassador_accepted", "de_jure_recognition"]
Oracle = Callable[[History], Iterator[int | None]]


def states(told: History) -> list[tuple[int | None, str, str]]:
    everything = [(None, told.start), *((i, c.after) for i, c in enumerate(told.changes))]
    return [(at, state.stage.value, state.ban.value) for at, state in everything]


def changes(told: History) -> Iterator[tuple[int, str, str, str, str, str]]:
    for at, c in enumerate(told.changes):
        before, after = c.before, c.after
        yield (
            at,
            c.act.value,
            before.stage.value,
            before.ban.value,
            after.stage.value,
            after.ban.value,
        )


def says(change: Change, voice: str, bearing: str = "supports") -> bool:
    return any(e.voice.value == voice and e.bearing.value == bearing for e in change.evidence)


def host_says_and_does_not_deny(change: Change) -> bool:
    return says(change, "host") and not says(change, "host", "disputes")


def rm601(told: History) -> Iterator[int | None]:
    for at, stage, ban in states(told):
        if stage in ("ambassador_accepted", "de_jure_recognition") and ban == "in_force":
            yield at


def rm602(told: History) -> Iterator[int | None]:
    """Some ban began at or before this change, and none after it, up to here, was lifted."""
    for at, (place, stage, _) in enumerate(states(told)):
        if place is None or stage != "de_jure_recognition":
            continue
        began = [0] if told.start.ban is Ban.IN_FORCE else []
        began += [
            i + 1
            for i, _, _, before, _, after in changes(told)
            if after == "in_force" and before != "in_force"
        ]
        lifted = [i + 1 for i, c in enumerate(told.changes) if c.after.ban is Ban.LIFTED]
        if any(b <= at and not [x for x in lifted if b <= x <= at] for b in began):
            yield place


def rm603(told: History) -> Iterator[int | None]:
    for at, _, _, _, after, _ in changes(told):
        if after == "de_jure_recognition" and not host_says_and_does_not_deny(told.changes[at]):
            yield at


def rm604(told: History) -> Iterator[int | None]:
    for at, _, _, before, _, after in changes(told):
        ended = before == "in_force" and after in ("none", "lifted")
        if ended and not host_says_and_does_not_deny(told.changes[at]):
            yield at


def rm607(told: History) -> Iterator[int | None]:
    ends = [told.start, *(c.after for c in told.changes)]
    yield from (at for at, c in enumerate(told.changes) if c.before != ends[at])


def rm609(told: History) -> Iterator[int | None]:
    wrong = {("banned", "none"), ("banned", "lifted"), ("delisted", "none")}
    wrong.add(("delisted", "in_force"))
    yield from (at for at, stage, ban in states(told) if (stage, ban) in wrong)


def rm610(told: History) -> Iterator[int | None]:
    right = {
        ("ban", "banned"),
        ("engage", "engaged"),
        ("delist", "delisted"),
        ("accept_ambassador", "ambassador_accepted"),
        ("recognise", "de_jure_recognition"),
        ("withdraw_recognition", "engaged"),
        ("downgrade", "engaged"),
    }
    for at, act, _, _, stage, ban in changes(told):
        outcast = (stage, ban) in (("hostile", "none"), ("hostile", "lifted"))
        outcast = outcast or (stage, ban) == ("banned", "in_force")
        if (act, stage) not in right and not (act in ("break_off", "lapse") and outcast):
            yield at


def rm611(told: History) -> Iterator[int | None]:
    right = {("ban", "none", "in_force"), ("ban", "lifted", "in_force")}
    right.add(("delist", "in_force", "lifted"))
    for at, act, _, before, _, after in changes(told):
        if act in ("ban", "delist"):
            if (act, before, after) not in right:
                yield at
        elif before != after:
            yield at


def rm612(told: History) -> Iterator[int | None]:
    may_tell = {
        "ban": ["host"],
        "accept_ambassador": ["host"],
        "withdraw_recognition": ["host"],
        "downgrade": ["host"],
        "break_off": ["host", "taliban", "other_state"],
        "lapse": ["host", "taliban", "other_state", "press"],
    }
    for at, change in enumerate(told.changes):
        may = may_tell.get(change.act.value, ["host", "taliban", "other_state", "press"])
        heard = any(says(change, voice) for voice in may)
        if not heard or says(change, "host", "disputes"):
            yield at


def rm613(told: History) -> Iterator[int | None]:
    for at, act, before, _, after, _ in changes(told):
        up = act in ("engage", "delist", "accept_ambassador", "recognise")
        if up and UP.index(after) <= UP.index(before):
            yield at


def rm614(told: History) -> Iterator[int | None]:
    for at, act, before, _, _, _ in changes(told):
        wrong = act == "withdraw_recognition" and before != "de_jure_recognition"
        wrong = wrong or (act == "downgrade" and before != "ambassador_accepted")
        if wrong or (act in ("break_off", "lapse") and before in ("hostile", "banned")):
            yield at


def rm615(told: History) -> Iterator[int | None]:
    for at, _, before, _, after, _ in changes(told):
        strangers = before in ("hostile", "banned")
        if strangers and after in ("ambassador_accepted", "de_jure_recognition"):
            yield at


def rm616(told: History) -> Iterator[int | None]:
    for at, act, before, _, after, _ in changes(told):
        gone = before == "de_jure_recognition" and after != "de_jure_recognition"
        if gone and act not in ("withdraw_recognition", "break_off", "lapse"):
            yield at


ORACLES: dict[str, Oracle] = {
    name.upper(): oracle for name, oracle in globals().items() if name.startswith("rm6")
}
WATCHED = {invariant.code: invariant for invariant in INVARIANTS if invariant.monitor is not None}


def found(invariant: rm.Invariant, told: History) -> list[int | None]:
    return [at for at, message in invariant.check(told) if message]


def test_every_monitored_invariant_has_an_oracle() -> None:
    assert ORACLES.keys() == WATCHED.keys()
    dated = {invariant.code for invariant in INVARIANTS} - WATCHED.keys()
    assert dated == {"RM605", "RM606", "RM608", "RM617"}


@pytest.mark.parametrize("code", WATCHED)
def test_invariant_and_oracle_agree_on_every_history_of_one_change(code: str) -> None:
    invariant, oracle = WATCHED[code], ORACLES[code]
    few = [
        TESTIMONIES[0],
        HOST_SAYS,
        *(t for t in TESTIMONIES if len(t) == 1),
        *(t for t in TESTIMONIES if len(t) == 2 and any(not e.supports for e in t)),
    ]
    seen = set()
    for start, act, after in product(STATES, Act, STATES):
        for evidence in few if code in ("RM603", "RM604", "RM612") else [HOST_SAYS]:
            told = history(start, moved(act, start, after, evidence))
            wrong = found(invariant, told)
            assert wrong == list(oracle(told)), told
            seen.add(bool(wrong))
    # A whole record always has changes that meet: this one takes two to break.
    assert seen == ({False} if code == "RM607" else {False, True})


@pytest.mark.parametrize("code", ["RM601", "RM602", "RM607", "RM609"])
def test_invariant_and_oracle_agree_on_every_history_of_three_states(code: str) -> None:
    invariant, oracle = WATCHED[code], ORACLES[code]
    few = [state for state in STATES if state.stage in (Stage.BANNED, Stage.DE_JURE_RECOGNITION)]
    for start, first, second, third in product(few, few, few, few):
        told = history(
            start,
            moved(Act.ENGAGE, start, first),
            moved(Act.ENGAGE, first if code != "RM607" else start, second),
            moved(Act.ENGAGE, second, third),
        )
        assert found(invariant, told) == list(oracle(told)), told


@given(
    start=st.sampled_from(STATES),
    moves=st.lists(
        st.builds(
            moved,
            st.sampled_from(Act),
            st.sampled_from(STATES),
            st.sampled_from(STATES),
            st.sampled_from(TESTIMONIES),
        ),
        max_size=8,
    ),
    joined=st.booleans(),
)
def test_invariant_and_oracle_agree_on_longer_histories_with_any_voices(
    start: State,
    moves: list[Change],
    joined: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    told, before = [], start
    for move in moves:
        told.append(moved(move.act, before if joined else move.before, move.after, move.evidence))
        before = move.after
    for code, invariant in WATCHED.items():
        whole = history(start, *told)
        assert found(invariant, whole) == list(ORACLES[code](whole)), code


# --- RM617, about dates: every reading of them, day by day ---------------------------------------

FALL = date(2001, 12, 7)
DAYS = [date(2001, 12, day) for day in range(5, 11)]
INTERVALS = [(a, b) for a, b in product(DAYS, DAYS) if a <= b]


def when(interval: tuple[date, date]) -> rm.When:
    first, last = interval
    return rm.When.of(first) if first == last else rm.When.parse(f"{first}..{last}")


def outlasting_by_reading(told: History) -> set[int | None]:
    """The spells of dealings that run at the end of the day of the fall in every reading."""
    dates = [told.begins, *(change.date for change in told.changes)]
    spans = [[d for d in DAYS if w.earliest <= d <= w.latest] for w in dates]
    readings = [days for days in product(*spans) if list(days) == sorted(days)]
    states = [told.start, *(change.after for change in told.changes)]
    running = []
    for days in readings:
        begun = [at for at, day in enumerate(days) if day <= FALL]
        running.append({begun[-1]} if begun and UP.index(states[begun[-1]].stage.value) > 1 else ())
    everywhere = set.intersection(*map(set, running)) if running else set()
    return {at - 1 if at else None for at in everywhere}


@given(
    begins=st.sampled_from(INTERVALS),
    start=st.sampled_from(STATES),
    moves=st.lists(
        st.tuples(st.sampled_from(Act), st.sampled_from(STATES), st.sampled_from(INTERVALS)),
        max_size=3,
    ),
    until=st.sampled_from(DAYS),
)
def test_dealings_outlast_the_authority_if_they_do_in_every_reading(
    begins: tuple[date, date],
    start: State,
    moves: list[tuple[Act, State, tuple[date, date]]],
    until: date,
) -> None:
    changes, before = [], start
    for act, after, interval in moves:
        changes.append(evolve(moved(act, before, after), date=when(interval)))
        before = after
    told = History(
        country="AFG",
        start=start,
        begins=when(begins),
        changes=tuple(changes),
        documented_until=until,
    )
    assume(not found(by_code("RM606"), told))
    outlasting = [(at, text) for at, text in by_code("RM617").check(told) if "still" in text]
    expected = outlasting_by_reading(told) if until > FALL else set()
    assert {at for at, _ in outlasting} == expected
    closing = [date(2001, 12, 5), FALL]
    misplaced = {
        at
        for at, change in enumerate(told.changes)
        if change.act is Act.LAPSE
        and not closing[0] <= change.date.earliest <= change.date.latest <= closing[1]
    }
    assert {at for at, text in by_code("RM617").check(told) if "not within" in text} == misplaced


def by_code(code: str) -> rm.Invariant:
    return next(invariant for invariant in INVARIANTS if invariant.code == code)
