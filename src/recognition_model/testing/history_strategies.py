"""Strategies for acts, and for histories that a rule table permits or refuses."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from attrs import evolve, frozen
from hypothesis import assume
from hypothesis import strategies as st

from recognition_model.analysis.model_checking import Move, moves, reachable
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.changes import Change
from recognition_model.core.dates import OPEN_END, OPEN_START, When
from recognition_model.core.evidence import Attestation
from recognition_model.core.history import History
from recognition_model.core.scenario import ActStep
from recognition_model.core.stages import Act, Reason, Stage, State
from recognition_model.engine.rules import RULES, Rule, RuleTable
from recognition_model.testing.date_strategies import LAST, Window, dates, days, later
from recognition_model.testing.evidence_strategies import evidence
from recognition_model.testing.period_strategies import (
    Periods,
    is_closing,
    next_to_end,
    runs_until,
)


@st.composite
def acts(
    draw: st.DrawFn, act: Act | None = None, attestation: Attestation | None = None
) -> ActStep:
    """Draw acts of every kind on any day and evidence, whether or not a rule permits them."""
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
class Moved:
    """A move on a day. Any date written for it lies `within` two days, both included."""

    day: date
    move: Move
    within: Window


@frozen
class Walk:
    """A start, moves on days in order, and the last day known."""

    begins: date
    start: State
    steps: tuple[Moved, ...]
    until: date

    @property
    def end(self) -> tuple[date, State]:
        if not self.steps:
            return self.begins, self.start
        return self.steps[-1].day, self.steps[-1].move.after


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
    periods: Periods = PERIODS_OF_RULE,
    begins: date | None = None,
) -> Walk:
    """Draw moves that the table permits, one after another, from the day `begins` if given.

    A walk that would carry dealings past the end of a period of rule ends them there, by any act
    that the table permits, or stops. Without periods, acts have any days.
    """
    state = draw(states(table)) if start is None else start
    usual = days(LAST - timedelta(days=12_000), LAST - timedelta(days=9_000))
    begins = draw(usual) if begins is None else begins
    walk = Walk(begins, state, (), begins)
    for gap in draw(st.lists(st.integers(0, 600), max_size=most)):
        step = _next_step(draw, table, walk, gap, periods)
        if step is None:
            break
        walk = evolve(walk, steps=(*walk.steps, step))
    day, state = walk.end
    until = later(day, draw(st.integers(0, 400)))
    limit = runs_until(periods, day, state.stage)
    return evolve(walk, until=min(until, limit) if limit else until)


def _next_step(
    draw: st.DrawFn, table: RuleTable, walk: Walk, gap: int, periods: Periods
) -> Moved | None:
    before, state = walk.end
    day = later(before, gap)
    limit = runs_until(periods, before, state.stage)
    taken = _taken_at(table, state)
    if limit and day > limit:
        taken = tuple(some for some in taken if some[0].after.stage < Stage.ENGAGED)
        day = draw(st.dates(before, limit))
    elif periods and not is_closing(periods, day):
        taken = tuple(some for some in taken if some[0].act is not Act.LAPSE)
    if not taken:
        return None
    # Draw the rule first; otherwise rules that permit every attestation would dominate.
    move = draw(st.sampled_from(draw(st.sampled_from(taken))))
    within: Window = (OPEN_START, limit or OPEN_END)
    if move.act is Act.LAPSE and (closing := next_to_end(periods, day)):
        within, day = closing, max(day, closing[0])
    return Moved(day, move, within)


@st.composite
def legal_histories(
    draw: st.DrawFn,
    table: RuleTable = RULES,
    start: State | None = None,
    most: int = 10,
    periods: Periods = PERIODS_OF_RULE,
) -> History:
    """Draw histories in which a rule of the table permits every change on its evidence.

    They begin at `start`, or by default at any reachable state; the start may be assumed. No
    dealings outlast a period of rule, and a lapse falls into its closing days; with `periods=()`,
    acts have any days.
    """
    return _history(draw, draw(walks(table, start, most, periods)))


def _history(draw: st.DrawFn, walk: Walk) -> History:
    changes = tuple(
        Change(
            date=draw(dates(on=step.day, within=step.within)),
            act=move.act,
            rule=move.rule.code,
            before=move.before,
            after=move.after,
            attestation=move.attestation,
            evidence=draw(evidence(move.attestation, public_from=step.day)),
        )
        for step in walk.steps
        if (move := step.move).rule is not None
    )
    return History(
        country="AFG",
        start=walk.start,
        begins=When.of(walk.begins),
        changes=changes,
        documented_until=walk.until,
        reviewed=draw(reviewed(walk.until)),
        assumed=draw(st.booleans()),
    )


def reviewed(until: date) -> st.SearchStrategy[date | None]:
    """Draw a day up to which a coder searched, on or after the last day known, or None."""
    return st.none() | st.dates(until, later(until, 1500))


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
    draw: st.DrawFn,
    table: RuleTable = RULES,
    start: State | None = None,
    most: int = 10,
    periods: Periods = PERIODS_OF_RULE,
) -> IllegalHistory:
    """Draw a legal history and an act after it that every rule refuses, with the reasons."""
    walk = draw(walks(table, start, most, periods))
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
