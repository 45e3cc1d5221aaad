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
from recognition_model.core.stages import Reason, number_of
from recognition_model.engine import batch
from recognition_model.engine.batch import REFUSED, STATES, Compiled, composed
from recognition_model.engine.machine import Machine
from recognition_model.engine.rules import nearest
from recognition_model.engine.sequences import SYMBOLS, Sequences, symbol_of
from recognition_model.testing import rule_tables

COMPILED = Compiled()
MACHINE = Machine()
HOSTILE = State(Stage.HOSTILE, Ban.NONE)
Symbol = tuple[Act, Attestation]
ROW = st.lists(st.sampled_from(SYMBOLS), max_size=40)
ROWS = st.lists(ROW, max_size=8)


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


# --- one start for each sequence, and stretches of time ------------------------------------------


@settings(max_examples=examples(100))
@given(
    st.lists(st.tuples(st.lists(st.sampled_from(SYMBOLS), max_size=40), st.sampled_from(STATES)))
)
def test_each_sequence_may_start_from_a_state_of_its_own(
    given_rows: list[tuple[list[Symbol], State]],
) -> None:
    rows, starts = [row for row, _ in given_rows], [start for _, start in given_rows]
    sequences = Sequences.of(rows)
    one_by_one = [COMPILED.last(Sequences.of([row]), start)[0] for row, start in given_rows]
    assert COMPILED.last(sequences, starts).tolist() == one_by_one
    numbers = np.array([number_of(start) for start in starts], np.uint16)
    assert COMPILED.last(sequences, numbers).tolist() == one_by_one


@settings(max_examples=examples(50))
@given(ROWS, st.data())
def test_parts_of_time_go_on_where_the_earlier_part_ended(
    rows: list[list[Symbol]], data: st.DataObject
) -> None:
    cuts = [data.draw(st.integers(0, len(row))) for row in rows]
    early = Sequences.of(row[:cut] for row, cut in zip(rows, cuts, strict=True))
    late = Sequences.of(row[cut:] for row, cut in zip(rows, cuts, strict=True))
    whole = COMPILED.last(Sequences.of(rows), HOSTILE)
    assert COMPILED.last(late, COMPILED.last(early, HOSTILE)).tolist() == whole.tolist()


def test_long_sequences_with_starts_of_their_own_are_cut_without_a_difference() -> None:
    rng = np.random.default_rng(7)
    symbols = rng.integers(0, len(SYMBOLS), 30_000, dtype=np.uint8)
    sequences = Sequences(symbols, [0, 10_000, 20_001, 30_000])
    starts = [STATES[0], STATES[7], STATES[17]]
    steps = COMPILED.next.tolist()
    expected = []
    for begin, end, start in zip(
        [0, 10_000, 20_001], [10_000, 20_001, 30_000], starts, strict=True
    ):
        state = number_of(start)
        for symbol in symbols[begin:end].tolist():
            state = steps[state][symbol]
        expected.append(state)
    assert COMPILED.last(sequences, starts).tolist() == expected


@settings(max_examples=examples(50))
@given(st.lists(st.tuples(*[st.lists(st.sampled_from(SYMBOLS), max_size=9)] * 3), max_size=5))
def test_composed_maps_equal_one_run_in_any_grouping(
    thirds: list[tuple[list[Symbol], list[Symbol], list[Symbol]]],
) -> None:
    first, second, third = (
        COMPILED.maps(Sequences.of(row[part] for row in thirds)) for part in range(3)
    )
    whole = COMPILED.maps(Sequences.of([*one, *two, *three] for one, two, three in thirds))
    assert composed(composed(first, second), third).tolist() == whole.tolist()
    assert composed(first, composed(second, third)).tolist() == whole.tolist()
    for state in STATES:
        column = whole[:, number_of(state)].tolist()
        rows = Sequences.of([*one, *two, *three] for one, two, three in thirds)
        assert COMPILED.last(rows, state).tolist() == column


def test_maps_of_different_sequences_are_not_composed() -> None:
    one, two = (COMPILED.maps(Sequences.of([[]] * count)) for count in (1, 2))
    with pytest.raises(ValueError, match="one shape, n by 18"):
        composed(one, two)


@pytest.mark.parametrize(
    ("starts", "says"),
    [
        ([HOSTILE], "one start for each of 2 sequences"),
        (np.array([0, 18]), "its number from 0 to 17"),
        (np.array([0, -1]), "its number from 0 to 17"),
        (np.array([0.0, 1.0]), "its number from 0 to 17"),
    ],
)
def test_wrong_starts_raise_value_error(starts: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        COMPILED.last(Sequences.of([[], []]), starts)  # type: ignore[arg-type]


# --- columns of a table --------------------------------------------------------------------------


def test_columns_give_one_sequence_for_each_id_in_the_order_of_its_rows() -> None:
    ids, sequences, rows = Sequences.from_columns(
        ["RUS", "CHN", "RUS", "CHN"],
        ["ban", "engage", Act.ENGAGE, "break_off"],
        ["official", "reported", "claimed", Attestation.NONE],
    )
    assert ids.tolist() == ["CHN", "RUS"]
    assert [SYMBOLS[symbol] for symbol in sequences.symbols] == [
        (Act.ENGAGE, Attestation.REPORTED),
        (Act.BREAK_OFF, Attestation.NONE),
        (Act.BAN, Attestation.OFFICIAL),
        (Act.ENGAGE, Attestation.CLAIMED),
    ]
    assert (sequences.offsets.tolist(), rows.tolist()) == ([0, 2, 4], [1, 3, 0, 2])


def test_columns_without_rows_give_no_sequence() -> None:
    ids, sequences, rows = Sequences.from_columns([], [], [])
    assert (len(ids), len(sequences), len(rows)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ((["RUS"], ["visit"], ["official"]), "unknown act 'visit': must be one of ban, engage"),
        ((["RUS"], ["ban"], ["sure"]), "unknown attestation 'sure'"),
        ((["RUS"], ["ban", "ban"], ["official"]), "columns of one length"),
    ],
)
def test_wrong_columns_raise_value_error(columns: tuple[list[str], ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Sequences.from_columns(*columns)


@pytest.mark.parametrize("code", [-1, 12, REFUSED - 1, REFUSED + 16])
def test_number_that_is_no_outcome_raises_value_error(code: int) -> None:
    with pytest.raises(ValueError, match=f"{code} is not an outcome of this table"):
        COMPILED.outcome(code)


# --- acts that repeat what stands ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "ban", "act", "held"),
    [
        ("engaged", "none", "engage", True),
        ("ambassador_accepted", "none", "engage", True),
        ("hostile", "none", "engage", False),
        ("ambassador_accepted", "none", "accept_ambassador", True),
        ("de_jure_recognition", "none", "accept_ambassador", True),
        ("engaged", "in_force", "accept_ambassador", False),
        ("delisted", "lifted", "delist", True),
        ("engaged", "none", "delist", False),
        ("engaged", "in_force", "ban", True),
        ("banned", "in_force", "ban", True),
        ("hostile", "none", "break_off", True),
        ("banned", "in_force", "break_off", True),
        ("engaged", "none", "downgrade", False),
        ("engaged", "none", "withdraw_recognition", False),
    ],
)
def test_act_that_repeats_what_stands_is_held(stage: str, ban: str, act: str, held: bool) -> None:  # noqa: FBT001
    state = State(Stage(stage), Ban(ban))
    symbol = symbol_of(Act(act), Attestation.OFFICIAL)
    assert COMPILED.held[number_of(state), symbol] == held


def test_nothing_that_a_rule_takes_and_nothing_disputed_is_held() -> None:
    taken = COMPILED.outcomes < REFUSED
    assert not (COMPILED.held & taken).any()
    disputed = [symbol_of(act, Attestation.NONE) for act in Act]
    assert not COMPILED.held[:, disputed].any()
