"""Strategies for acts, and for histories that a rule table permits or refuses."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from attrs import evolve, frozen
from hypothesis import assume
from hypothesis import strategies as st

from recognition_model.analysis.model_checking import Move, moves, reachable
from recognition_model.core.dates import When
from recognition_model.core.evidence import Attestation
from recognition_model.core.history import Change, History
from recognition_model.core.scenario import ActStep
from recognition_model.core.stages import Act, Reason, State
from recognition_model.engine.rules import RULES, Rule, RuleTable
from recognition_model.testing.date_strategies import LAST, dates, days, later
from recognition_model.testing.evidence_strategies import evidence


@st.composite
def acts(
    draw: st.DrawFn, act: Act | None = None, attestation: Attestation | None = None
) -> ActStep:
    """Draw acts on any day and evidence, whether or not a rule permits them."""
    day = draw(days())
    return ActStep(
        act=draw(st.sampled_from(Act)) if act is None else act,
        date=draw(dates(on=day)),
        evidence=draw(evidence(attestation, public_from=day)),
    )


@lru_cache(maxsize=64)
def states(table: RuleTable = RULES) -> st.SearchStrategy[State]:
    """Draw states that acts can reach."""
    return st.sampled_from(list(reachable(table)))


@frozen
class IllegalHistory:
    """A legal history, and an act that must be refused after it, with the expected `reasons`."""

    history: History
    step: ActStep
    reasons: frozenset[Reason]


@frozen
class Walk:
    """A start, and moves on days in order."""

    begins: date
    start: State
    steps: tuple[tuple[date, Move], ...]

    @property
    def end(self) -> tuple[date, State]:
        if not self.steps:
            return self.begins, self.start
        day, move = self.steps[-1]
        return day, move.after


@lru_cache(maxsize=1024)
def _taken_at(table: RuleTable, state: State) -> tuple[tuple[Move, ...], ...]:
    """Group the moves that the table permits in a state by the rule that permits them."""
    by_rule: dict[Rule, list[Move]] = {}
    for move in moves(table, state):
        if move.rule is not None:
            by_rule.setdefault(move.rule, []).append(move)
    return tuple(map(tuple, by_rule.values()))


@st.composite
def walks(
    draw: st.DrawFn,
    table: RuleTable,
    start: State | None,
    most: int,
    begins: date | None = None,
) -> Walk:
    """Draw moves that the table permits, one after another, from the day `begins` if given."""
    state = draw(states(table)) if start is None else start
    usual = days(LAST - timedelta(days=12_000), LAST - timedelta(days=9_000))
    walk = Walk(draw(usual) if begins is None else begins, state, ())
    for gap in draw(st.lists(st.integers(0, 600), max_size=most)):
        day, state = walk.end
        taken = _taken_at(table, state)
        if not taken:
            break
        # Draw the rule first; otherwise rules that permit every attestation would dominate.
        move = draw(st.sampled_from(draw(st.sampled_from(taken))))
        walk = evolve(walk, steps=(*walk.steps, (later(day, gap), move)))
    return walk


@st.composite
def legal_histories(
    draw: st.DrawFn, table: RuleTable = RULES, start: State | None = None, most: int = 10
) -> History:
    """Draw histories in which a rule of the table permits every change on its evidence.

    They begin at `start`, or by default at any reachable state.
    """
    return _history(draw, draw(walks(table, start, most)))


def _history(draw: st.DrawFn, walk: Walk) -> History:
    changes = tuple(
        Change(
            date=draw(dates(on=day)),
            act=move.act,
            rule=move.rule.code,
            before=move.before,
            after=move.after,
            attestation=move.attestation,
            evidence=draw(evidence(move.attestation, public_from=day)),
        )
        for day, move in walk.steps
        if move.rule is not None
    )
    return History(
        country="AFG",
        start=walk.start,
        begins=When.of(walk.begins),
        changes=changes,
        documented_until=later(walk.end[0], draw(st.integers(0, 400))),
    )


@lru_cache(maxsize=1024)
def refused_at(table: RuleTable, state: State) -> tuple[tuple[Move, frozenset[Reason]], ...]:
    """List what the table refuses in a state, with the reasons of the nearest rules."""
    return tuple(
        (move, reasons)
        for move in moves(table, state)
        if (reasons := table.reasons(state, move.act, move.attestation))
    )


@st.composite
def illegal_histories(
    draw: st.DrawFn, table: RuleTable = RULES, start: State | None = None, most: int = 10
) -> IllegalHistory:
    """Draw a legal history and an act after it that every rule refuses, with the reasons."""
    walk = draw(walks(table, start, most))
    day, state = walk.end
    refused = refused_at(table, state)
    assume(refused)  # a table may permit everything in some state
    move, reasons = draw(st.sampled_from(refused))
    step = ActStep(
        act=move.act,
        date=draw(dates(on=day)),
        evidence=draw(evidence(move.attestation, public_from=day)),
    )
    return IllegalHistory(_history(draw, walk), step, reasons)
