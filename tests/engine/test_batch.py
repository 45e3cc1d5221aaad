"""Two engines, one table: the array and the machine agree on every sequence, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model import RULES, Act, Attestation, Ban, Rule, RuleTable, Stage, State, When
from recognition_model.analysis.model_checking import voice_sets
from recognition_model.core.stages import Reason
from recognition_model.engine import batch
from recognition_model.engine.batch import (
    REFUSED,
    STATES,
    SYMBOLS,
    Compiled,
    Sequences,
    number_of,
    symbol_of,
)
from recognition_model.engine.machine import Machine
from recognition_model.engine.rules import nearest
from recognition_model.testing import rule_tables

COMPILED = Compiled()
MACHINE = Machine()
HOSTILE = State(Stage.HOSTILE, Ban.NONE)
Symbol = tuple[Act, Attestation]
ROWS = st.lists(st.lists(st.sampled_from(SYMBOLS), max_size=40), max_size=8)


def stepped(
    machine: Machine, start: State, row: list[Symbol]
) -> Iterator[tuple[State, Rule | frozenset[Reason]]]:
    """What the machine makes of a sequence: after each act the state, and rule or reasons."""
    relationship = machine.relationship(start)
    for act, attestation in row:
        closest = nearest(machine.table.attempts(relationship.current, act, attestation))
        rule = relationship.attempt(act, attestation)
        reasons = frozenset(unmet.reason for attempt in closest for unmet in attempt.unmet)
        yield relationship.current, rule or reasons


def traced(
    compiled: Compiled, start: State, rows: list[list[Symbol]]
) -> list[list[tuple[State, Rule | frozenset[Reason]]]]:
    return [
        [
            (compiled.state(state), compiled.outcome(outcome))
            for state, outcome in zip(states, outcomes, strict=True)
        ]
        for states, outcomes in compiled.trace(Sequences.of(rows), start)
    ]


# --- the engines agree --------------------------------------------------------------------------


def test_machine_and_array_agree_in_every_case() -> None:
    for state, symbol in product(STATES, SYMBOLS):
        (one,) = stepped(MACHINE, state, [symbol])
        assert traced(COMPILED, state, [[symbol]]) == [[one]]


@settings(max_examples=200)
@given(ROWS, st.sampled_from(STATES))
def test_machine_and_array_agree_on_every_sequence_step_by_step(
    rows: list[list[Symbol]], start: State
) -> None:
    ours = [list(stepped(MACHINE, start, row)) for row in rows]
    assert traced(COMPILED, start, rows) == ours
    last = [steps[-1][0] if steps else start for steps in ours]
    ends = COMPILED.last(Sequences.of(rows), start)
    assert [COMPILED.state(end) for end in ends] == last


@settings(max_examples=50)
@given(ROWS, st.sampled_from(STATES))
def test_a_replay_gives_the_same_rules_and_reasons(rows: list[list[Symbol]], start: State) -> None:
    """Through the whole of it: evidence, attestation, machine, refusals."""
    for row, steps in zip(rows, traced(COMPILED, start, rows), strict=True):
        timeline = tuple(
            rm.ActStep(
                act=act,
                date=When.of(date(2000, 1, 1) + timedelta(days=number)),
                evidence=voice_sets()[attestation][0],
            )
            for number, (act, attestation) in enumerate(row)
        )
        scenario = rm.Scenario(
            country="AFG",
            title="Made up",
            start=rm.Start(stage=start.stage, ban=start.ban, date=When.parse("1999")),
            documented_until=date(2030, 1, 1),
            timeline=timeline,
        )
        told = [
            RULES[outcome.rule] if isinstance(outcome, rm.Change) else outcome.reasons
            for outcome in rm.replay(scenario).outcomes
            if isinstance(outcome, rm.Change | rm.Refusal)
        ]
        assert told == [outcome for _, outcome in steps]


@settings(max_examples=100)
@given(rule_tables(), ROWS, st.sampled_from(STATES), st.integers(1, 7), st.integers(1, 9))
def test_any_table_agrees_however_long_sequences_are_cut_and_lanes_are_blocked(
    table: RuleTable, rows: list[list[Symbol]], start: State, piece: int, block: int
) -> None:
    compiled, machine = Compiled(table), Machine(table)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(batch, "_PIECE", piece)
        small.setattr(batch, "_BLOCK", block)
        sequences = Sequences.of(rows)
        ours = [list(stepped(machine, start, row)) for row in rows]
        assert traced(compiled, start, rows) == ours
        last = [number_of(steps[-1][0] if steps else start) for steps in ours]
        assert compiled.last(sequences, start).tolist() == last


def test_long_sequences_among_short_ones_come_out_as_a_plain_loop_has_them() -> None:
    rng = np.random.default_rng(2024)
    lengths = [3, 50_000, 0, 1, 2049, 1024, 1025, 7]
    symbols = rng.integers(0, len(SYMBOLS), sum(lengths), dtype=np.uint8)
    sequences = Sequences(symbols, np.cumsum([0, *lengths]))
    steps = COMPILED.next.tolist()
    trace = COMPILED.trace(sequences, HOSTILE)
    ends = COMPILED.last(sequences, HOSTILE)
    for row, (begin, end) in enumerate(zip(sequences.offsets, sequences.offsets[1:], strict=False)):
        state, expected = number_of(HOSTILE), []
        for symbol in symbols[begin:end].tolist():
            state = steps[state][symbol]
            expected.append(state)
        assert trace.states[begin:end].tolist() == expected
        assert ends[row] == state


# --- what goes in and comes out -----------------------------------------------------------------


def test_every_case_has_its_place() -> None:
    assert len(STATES) == 18
    assert len(SYMBOLS) == 32
    assert [number_of(state) for state in STATES] == list(range(18))
    assert [symbol_of(*symbol) for symbol in SYMBOLS] == list(range(32))
    assert COMPILED.next.shape == COMPILED.outcomes.shape == (18, 32)
    assert COMPILED.next.dtype == COMPILED.outcomes.dtype == np.uint8


def test_a_code_says_which_rule_fired_or_why_none_did() -> None:
    under_a_ban = number_of(State(Stage.ENGAGED, Ban.IN_FORCE))
    delisted = COMPILED.outcomes[under_a_ban, symbol_of(Act.DELIST, Attestation.OFFICIAL)]
    assert COMPILED.outcome(int(delisted)) is RULES["R03"]
    heard = COMPILED.outcomes[under_a_ban, symbol_of(Act.ACCEPT_AMBASSADOR, Attestation.CLAIMED)]
    assert heard >= REFUSED
    assert COMPILED.outcome(int(heard)) == {Reason.BAN_IN_FORCE, Reason.NOT_ATTESTED}


def test_an_act_that_a_table_has_no_rule_for_is_refused_for_no_reason() -> None:
    alone = Compiled(RuleTable((RULES["R01"],)))
    code = alone.outcomes[0, symbol_of(Act.DELIST, Attestation.OFFICIAL)]
    assert (code, alone.outcome(int(code))) == (REFUSED, frozenset())


def test_rows_of_one_length_may_come_as_a_table() -> None:
    engage, press = Act.ENGAGE, Attestation.REPORTED
    rows = np.array([[symbol_of(engage, press)] * 2] * 3, dtype=np.uint8)
    sequences = Sequences.of_equal_length(rows)
    assert sequences.lengths.tolist() == [2, 2, 2]
    ends = COMPILED.last(sequences, HOSTILE)
    assert [str(COMPILED.state(end)) for end in ends] == ["engaged, no ban documented"] * 3


@pytest.mark.parametrize("rows", [[], [[]], [[], [], []]], ids=["none", "one", "three"])
def test_sequences_without_acts_end_where_they_begin(rows: list[list[Symbol]]) -> None:
    ends = COMPILED.last(Sequences.of(rows), HOSTILE)
    assert ends.tolist() == [number_of(HOSTILE)] * len(rows)
    assert len(list(COMPILED.trace(Sequences.of(rows), HOSTILE))) == len(rows)


@pytest.mark.parametrize(
    ("symbols", "offsets", "said"),
    [
        ([0, 31, 32], [0, 3], "unknown symbol 32 at 2: must be 0 to 31"),
        ([0, 1], [0, 1], "offsets must rise from 0"),
        ([0, 1], [1, 2], "offsets must rise from 0"),
        ([0, 1], [0, 2, 1, 2], "offsets must rise from 0"),
        ([], [], "offsets must rise from 0"),
        ([[0, 1]], [0, 2], "symbols must be 1-D uint8"),
    ],
)
def test_what_is_no_set_of_sequences_is_refused(
    symbols: list[int], offsets: list[int], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Sequences(np.array(symbols, dtype=np.uint8), np.array(offsets, dtype=np.intp))


def test_symbols_of_another_type_are_refused_and_not_cut_down_to_size() -> None:
    with pytest.raises(ValueError, match="symbols must be 1-D uint8, not 1-D int64"):
        Sequences(np.array([256], dtype=np.int64), [0, 1])  # type: ignore[arg-type]


@pytest.mark.parametrize("symbol", [("engage", "official"), "engage", Act.ENGAGE, 7])
def test_a_name_that_is_no_symbol_is_refused(symbol: object) -> None:
    with pytest.raises(ValueError, match="a symbol must be an"):
        Sequences.of([[(Act.ENGAGE, Attestation.OFFICIAL), symbol]])  # type: ignore[list-item]


def test_a_table_with_more_rules_than_codes_is_refused() -> None:
    rule = evolve(RULES["R02"], before=(Stage.HOSTILE,))

    class Large(RuleTable):
        def __len__(self) -> int:
            return REFUSED + 1

    with pytest.raises(ValueError, match="more than 128 rules"):
        Compiled(Large((rule,)))


def test_the_arrays_cannot_be_written_into() -> None:
    with pytest.raises(ValueError, match="read-only"):
        COMPILED.next[0, 0] = 1
