"""Strategies for whole scenarios, with all kinds of entries."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import TypedDict

from attrs import frozen
from hypothesis import strategies as st

from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.countries import ORGANISATIONS
from recognition_model.core.dates import When, nearest_day
from recognition_model.core.dating import DAYS_OF_ACTS, DatedBy
from recognition_model.core.evidence import Evidence
from recognition_model.core.organisations import (
    ACTS_OF_ORGANISATIONS,
    STAGES_OF_ORGANISATIONS,
    RecordKind,
)
from recognition_model.core.scenario import (
    ActStep,
    Assertion,
    Rank,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
    Step,
)
from recognition_model.core.stages import Act, Stage, State
from recognition_model.core.types import SHAPES, Count, CountryCode, SignalWord
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.testing.date_strategies import dates
from recognition_model.testing.evidence_strategies import SHARP_NAMES, evidence, texts
from recognition_model.testing.history_strategies import refused_at, reviewed, walks
from recognition_model.testing.period_strategies import Periods

_CODES = {
    RecordKind.COUNTRY: ("RUS", "NOR", "CIV", "XKX"),
    RecordKind.ORGANISATION: tuple(ORGANISATIONS),
}
_GROUNDS = st.sampled_from([(True, False), (True, True), (False, True)])  # assumed, evidenced


@cache
def _perhaps_a_text() -> st.SearchStrategy[str]:
    return st.just("") | texts()


@frozen
class _Words:
    """The rules, acts and stages that records of a kind have."""

    table: RuleTable
    acts: tuple[Act, ...]
    stages: tuple[Stage, ...]

    @classmethod
    @cache
    def of(cls, table: RuleTable, kind: RecordKind) -> _Words:
        """Narrow a table to the acts of an organisation, if that is the kind."""
        if kind is RecordKind.COUNTRY:
            return cls(table, tuple(Act), tuple(Stage))
        rules = RuleTable(rule for rule in table if rule.act in ACTS_OF_ORGANISATIONS)
        return cls(rules, ACTS_OF_ORGANISATIONS, STAGES_OF_ORGANISATIONS)


@st.composite
def scenarios(
    draw: st.DrawFn,
    table: RuleTable = RULES,
    start: State | None = None,
    most: int = 8,
    begins: date | None = None,
    periods: Periods = PERIODS_OF_RULE,
    *,
    exact: bool = False,
    kind: RecordKind = RecordKind.COUNTRY,
) -> Scenario:
    """Draw scenarios that replay without an error.

    They contain legal acts and, between them, statuses that hold, signals, expected refusals and
    deprecated acts. The start is assumed, evidenced or both; `reviewed` may be given. A scenario
    written to a file reads back the same. It begins on the day `begins` if that is given, which may
    be the first or the last of the calendar.

    No dealings outlast a period of rule, and a lapse falls into its closing days; with
    `periods=()`, acts have any days. With `exact`, every date is a single day. With the `kind` of
    an organisation, there are only the acts and the stages that one has.
    """
    of = _Words.of(table, kind)
    walk = draw(walks(of.table, start, most, periods, begins))
    timeline: list[Step] = _asides(draw, of, walk.begins, walk.start, exact)
    for step in walk.steps:
        proof = draw(evidence(step.move.attestation, public_from=step.day))
        when = When.of(step.day) if exact else draw(dates(on=step.day, within=step.within))
        timeline.append(
            ActStep(
                act=step.move.act,
                date=when,
                dated_by=draw(_days_of(step.move.act)),
                evidence=proof,
                note=draw(_perhaps_a_text()),
            )
        )
        timeline += _asides(draw, of, step.day, step.move.after, exact)
    assumed, grounded = draw(_GROUNDS)
    return Scenario(
        country=CountryCode(draw(st.sampled_from(_CODES[kind]))),
        kind=kind,
        title=draw(texts()),
        start=Start(
            stage=walk.start.stage,
            ban=walk.start.ban,
            date=When.of(walk.begins),
            assumed=draw(texts()) if assumed else None,
            evidence=draw(evidence(public_from=walk.begins)) if grounded else (),
        ),
        documented_until=walk.until,
        reviewed=draw(reviewed(walk.until)),
        review_every=draw(st.none() | st.integers(1, 999).map(Count)),
        coder=draw(st.none() | texts()),
        timeline=tuple(timeline),
    )


def _asides(
    draw: st.DrawFn,
    of: _Words,
    day: date,
    state: State,
    exact: bool,  # noqa: FBT001
) -> list[Step]:
    """Draw entries that do not change the state and are true of it on a day."""
    asides: list[Step] = []
    for make_entry in draw(_wanted()):
        about = _EntryParts(
            date=When.of(day) if exact else draw(dates(on=day)),
            evidence=draw(evidence(public_from=day)),
            contradiction=draw(_perhaps_a_text()),
        )
        asides += make_entry(draw, of, state, about)
    return asides


@cache
def _wanted() -> st.SearchStrategy[list[Aside]]:
    return st.lists(st.sampled_from([_status, _signal, _refusal, _deprecated]), max_size=2)


@cache
def _days_of(act: Act) -> st.SearchStrategy[DatedBy | None]:
    return st.sampled_from((None, *DAYS_OF_ACTS[act].permitted))


@cache
def _words() -> st.SearchStrategy[str]:
    """Draw signal words, including those of `SHARP_NAMES`."""
    shape = SHAPES[SignalWord]
    sharp = [name for name in SHARP_NAMES if shape.fits(name)]
    words = st.from_regex(shape.pattern, fullmatch=True, alphabet=string.printable)
    return words | st.sampled_from(sharp)


class _EntryParts(TypedDict):
    date: When
    evidence: tuple[Evidence, ...]
    contradiction: str


Aside = Callable[[st.DrawFn, _Words, State, _EntryParts], Iterator[Step]]


def _status(draw: st.DrawFn, of: _Words, state: State, about: _EntryParts) -> Iterator[Step]:
    assertions = [
        Assertion(stage=state.stage),
        Assertion(ban=state.ban),
        Assertion(at_least=state.stage, ban=state.ban),
        *(Assertion(below=stage) for stage in of.stages if stage > state.stage),
    ]
    yield StatusStep(status=draw(st.sampled_from(assertions)), **about)


def _signal(draw: st.DrawFn, _: _Words, __: State, about: _EntryParts) -> Iterator[Step]:
    yield SignalStep(signal=SignalWord(draw(_words())), **about)


def _refusal(draw: st.DrawFn, of: _Words, state: State, about: _EntryParts) -> Iterator[Step]:
    if refused := [one for one in refused_at(of.table, state) if one[0].act in of.acts]:
        move, reasons = draw(st.sampled_from(refused))
        first = nearest_day(about["date"].earliest)
        about["evidence"] = draw(evidence(move.attestation, public_from=first))
        because = draw(st.sampled_from(sorted(reasons)))
        yield RefuseStep(refuse=move.act, because=because, **about)


def _deprecated(draw: st.DrawFn, of: _Words, __: State, about: _EntryParts) -> Iterator[Step]:
    act, because = draw(st.sampled_from(of.acts)), draw(texts())
    dated_by = draw(_days_of(act))
    yield ActStep(act=act, dated_by=dated_by, rank=Rank.DEPRECATED, because=because, **about)
