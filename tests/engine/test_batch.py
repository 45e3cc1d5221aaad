"""Two engines, one table: array and machine agree at every step of every sequence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

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
    """The result of the machine for a sequence: the state, and rule or reasons, after each act."""
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


def test_array_agrees_with_machine_in_every_case() -> None:
    for state, symbol in product(STATES, SYMBOLS):
        (one,) = stepped(MACHINE, state, [symbol])
        assert traced(COMPILED, state, [[symbol]]) == [[one]]


@settings(max_examples=examples(200))
@given(ROWS, st.sampled_from(STATES))
def test_array_agrees_with_machine_at_every_step(rows: list[list[Symbol]], start: State) -> None:
    ours = [list(stepped(MACHINE, start, row)) for row in rows]
    assert traced(COMPILED, start, rows) == ours
    last = [steps[-1][0] if steps else start for steps in ours]
    ends = COMPILED.last(Sequences.of(rows), start)
    assert [COMPILED.state(end) for end in ends] == last


@settings(max_examples=examples(50))
@given(ROWS, st.sampled_from(STATES))
def test_array_gives_rules_and_reasons_of_replay(rows: list[list[Symbol]], start: State) -> None:
    """Compare with a full replay: evidence, attestation, machine, refusals."""
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


@settings(max_examples=examples(100))
@given(rule_tables(), ROWS, st.sampled_from(STATES), st.integers(1, 7), st.integers(1, 9))
def test_results_do_not_depend_on_piece_or_block_size(
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


def test_mixed_lengths_give_the_result_of_a_plain_loop() -> None:
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


def test_every_case_has_its_own_cell() -> None:
    assert len(STATES) == 18
    assert len(SYMBOLS) == 36
    assert [number_of(state) for state in STATES] == list(range(18))
    assert [symbol_of(*symbol) for symbol in SYMBOLS] == list(range(36))
    assert COMPILED.next.shape == COMPILED.outcomes.shape == (18, 36)
    assert COMPILED.next.dtype == COMPILED.outcomes.dtype == np.uint8


def test_outcome_decodes_to_rule_or_reasons() -> None:
    under_a_ban = number_of(State(Stage.ENGAGED, Ban.IN_FORCE))
    delisted = COMPILED.outcomes[under_a_ban, symbol_of(Act.DELIST, Attestation.OFFICIAL)]
    assert COMPILED.outcome(int(delisted)) is RULES["R03"]
    heard = COMPILED.outcomes[under_a_ban, symbol_of(Act.ACCEPT_AMBASSADOR, Attestation.CLAIMED)]
    assert heard >= REFUSED
    assert COMPILED.outcome(int(heard)) == {Reason.BAN_IN_FORCE, Reason.NOT_ATTESTED}


def test_act_without_rule_is_refused_without_reasons() -> None:
    alone = Compiled(RuleTable((RULES["R01"],)))
    code = alone.outcomes[0, symbol_of(Act.DELIST, Attestation.OFFICIAL)]
    assert (code, alone.outcome(int(code))) == (REFUSED, frozenset())


def test_equal_length_rows_are_accepted_as_an_array() -> None:
    engage, press = Act.ENGAGE, Attestation.REPORTED
    rows = np.array([[symbol_of(engage, press)] * 2] * 3, dtype=np.uint8)
    sequences = Sequences.of_equal_length(rows)
    assert sequences.lengths.tolist() == [2, 2, 2]
    ends = COMPILED.last(sequences, HOSTILE)
    assert [str(COMPILED.state(end)) for end in ends] == ["engaged, no ban documented"] * 3


@pytest.mark.parametrize("rows", [[], [[]], [[], [], []]], ids=["none", "one", "three"])
def test_empty_sequences_end_at_the_start(rows: list[list[Symbol]]) -> None:
    ends = COMPILED.last(Sequences.of(rows), HOSTILE)
    assert ends.tolist() == [number_of(HOSTILE)] * len(rows)
    assert len(list(COMPILED.trace(Sequences.of(rows), HOSTILE))) == len(rows)


@pytest.mark.parametrize(
    ("symbols", "offsets", "said"),
    [
        ([0, 35, 36], [0, 3], "unknown symbol 36 at 2: must be 0 to 35"),
        ([0, 1], [0, 1], "offsets must rise from 0"),
        ([0, 1], [1, 2], "offsets must rise from 0"),
        ([0, 1], [0, 2, 1, 2], "offsets must rise from 0"),
        ([], [], "offsets must rise from 0"),
        ([[0, 1]], [0, 2], "symbols must be 1-D uint8"),
    ],
)
def test_invalid_sequences_raise_value_error(
    symbols: list[int], offsets: list[int], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Sequences(np.array(symbols, dtype=np.uint8), np.array(offsets, dtype=np.intp))


def test_symbols_of_another_dtype_raise_instead_of_being_truncated() -> None:
    with pytest.raises(ValueError, match="symbols must be 1-D uint8, not 1-D int64"):
        Sequences(np.array([256], dtype=np.int64), [0, 1])  # type: ignore[arg-type]


@pytest.mark.parametrize("symbol", [("engage", "official"), "engage", Act.ENGAGE, 7])
def test_unknown_symbol_raises_value_error(symbol: object) -> None:
    with pytest.raises(ValueError, match="a symbol must be an"):
        Sequences.of([[(Act.ENGAGE, Attestation.OFFICIAL), symbol]])  # type: ignore[list-item]


def test_table_with_too_many_rules_raises_value_error() -> None:
    rule = evolve(RULES["R02"], before=(Stage.HOSTILE,))

    class Large(RuleTable):
        def __len__(self) -> int:
            return REFUSED + 1

    with pytest.raises(ValueError, match="more than 128 rules"):
        Compiled(Large((rule,)))


def test_arrays_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        COMPILED.next[0, 0] = 1
