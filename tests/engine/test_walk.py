"""Dated events through the rule table, in pieces of time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model import Act, Attestation, Ban, Stage, State
from recognition_model.core.stages import STATES, number_of
from recognition_model.engine.batch import REFUSED, Compiled
from recognition_model.engine.machine import Machine
from recognition_model.engine.sequences import SYMBOLS, symbol_of
from recognition_model.engine.walk import Events, Moves, Stretch, Walk, stretch_of

HOSTILE = State(Stage.HOSTILE, Ban.NONE)
ENGAGE = symbol_of(Act.ENGAGE, Attestation.REPORTED)
BAN = symbol_of(Act.BAN, Attestation.OFFICIAL)
ACCEPT = symbol_of(Act.ACCEPT_AMBASSADOR, Attestation.OFFICIAL)
Row = tuple[str, int, int]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["CHN", "RUS", "UZB"]),
        st.integers(0, 30),
        st.integers(0, len(SYMBOLS) - 1),
    ),
    max_size=40,
)


def events(rows: list[Row]) -> Events:
    columns = list(zip(*rows, strict=True)) or [[], [], []]
    return Events.of(*(np.array(column) for column in columns)) if rows else Events.of([], [], [])


def by_machine(rows: list[Row], starts: dict[str, State]) -> dict[str, list[tuple[int, State]]]:
    """The changes of each id as the state machine makes them: day and new state."""
    changes: dict[str, list[tuple[int, State]]] = defaultdict(list)
    machine = Machine()
    relations = {}
    for one, day, symbol in sorted(rows, key=lambda row: row[1]):
        relation = relations.setdefault(one, machine.relationship(starts.get(one, HOSTILE)))
        if relation.attempt(*SYMBOLS[symbol]) is not None:
            changes[one].append((day, relation.current))
    return changes


def by_id(moves: Moves) -> dict[str, list[tuple[int, State]]]:
    found: dict[str, list[tuple[int, State]]] = defaultdict(list)
    for one, day, after in zip(moves.ids, moves.days, moves.after, strict=True):
        found[str(one)].append((int(day), STATES[after]))
    return found


@given(st.integers(0, 2**32 - 1), st.sampled_from([3, 1 << 16, 1 << 18, 1 << 32, 1 << 40]))
def test_events_of_any_numbers_are_sorted_by_id_and_day_and_keep_their_order(
    seed: int, most: int
) -> None:
    ids, days = np.random.default_rng(seed).integers(-most // 2, most // 2, (2, 200))
    ids[100:150] = ids[:50]  # some ids come twice, on other days
    made = Events.of(ids, days, np.zeros(ids.size, np.uint8))
    assert made.rows.tolist() == np.lexsort((days, ids)).tolist()


def test_changes_carry_their_day_their_row_and_the_states_around_them() -> None:
    rows = [("RUS", 9, ENGAGE), ("CHN", 5, ENGAGE), ("RUS", 3, BAN), ("CHN", 6, ENGAGE)]
    moves = Walk().take(events(rows))
    engaged, banned = State(Stage.ENGAGED, Ban.NONE), State(Stage.BANNED, Ban.IN_FORCE)
    talking = State(Stage.ENGAGED, Ban.IN_FORCE)
    assert moves.ids.tolist() == ["CHN", "RUS", "RUS"]
    assert moves.days.tolist() == [5, 3, 9]
    assert moves.rows.tolist() == [1, 2, 0]
    assert [STATES[number] for number in moves.before] == [HOSTILE, HOSTILE, banned]
    assert [STATES[number] for number in moves.after] == [engaged, banned, talking]
    assert (moves.held, moves.refused) == (1, 0)


def test_a_repeat_of_what_stands_is_held_and_not_refused() -> None:
    moves = Walk().take(events([("RUS", 1, ENGAGE), ("RUS", 2, ENGAGE), ("RUS", 3, BAN)]))
    again = Walk(start=State(Stage.BANNED, Ban.IN_FORCE)).take(events([("RUS", 1, ACCEPT)]))
    assert (len(moves), moves.held, moves.refused) == (2, 1, 0)
    assert (len(again), again.held, again.refused) == (0, 0, 1)


@settings(max_examples=examples(100))
@given(ROWS, st.dictionaries(st.sampled_from(["CHN", "RUS"]), st.sampled_from(STATES)))
def test_changes_are_those_of_the_machine(rows: list[Row], starts: dict[str, State]) -> None:
    moves = Walk(starts=starts).take(events(rows))
    assert by_id(moves) == by_machine(rows, starts)
    assert len(moves) + moves.held + moves.refused == len(rows)


@settings(max_examples=examples(100))
@given(ROWS, st.integers(0, 30))
def test_pieces_in_time_give_what_one_run_gives(rows: list[Row], cut: int) -> None:
    walk = Walk()
    parts = [
        walk.take(events([row for row in rows if row[1] < cut])),
        walk.take(events([row for row in rows if row[1] >= cut])),
    ]
    joined: dict[str, list[tuple[int, State]]] = defaultdict(list)
    for part in parts:
        for one, changes in by_id(part).items():
            joined[one] += changes
    whole = Walk()
    assert joined == by_id(whole.take(events(rows)))
    assert walk.states == whole.states


def test_a_piece_with_an_event_before_the_last_of_its_id_is_refused() -> None:
    walk = Walk()
    walk.take(events([("RUS", 9, BAN)]))
    walk.take(events([("RUS", 9, ENGAGE), ("CHN", 8, BAN)]))  # the same day may go on
    states = walk.states
    with pytest.raises(ValueError, match="day 8 of 'RUS' lies before day 9"):
        walk.take(events([("CHN", 9, ENGAGE), ("RUS", 8, ENGAGE), ("UZB", 9, BAN)]))
    assert walk.states == states


@settings(max_examples=examples(50))
@given(ROWS)
def test_pieces_cut_by_id_give_what_one_run_gives(rows: list[Row]) -> None:
    walk, whole = Walk(), Walk()
    parts = [walk.take(events([row for row in rows if row[0] == one])) for one in ("UZB", "RUS")]
    parts.append(walk.take(events([row for row in rows if row[0] == "CHN"])))
    joined = {one: changes for part in parts for one, changes in by_id(part).items()}
    assert joined == by_id(whole.take(events(rows)))
    assert walk.states == whole.states


def stretches(rows: list[Row], cuts: list[int]) -> list[Stretch]:
    bounds = [*zip([0, *cuts], [*cuts, 99], strict=True)]
    parts = [[row for row in rows if low <= row[1] < high] for low, high in bounds]
    return [stretch_of(events(part)) for part in parts if part]


@settings(max_examples=examples(100))
@given(ROWS.filter(bool), st.sampled_from(STATES))
def test_stretches_joined_in_any_grouping_equal_one_run(rows: list[Row], start: State) -> None:
    parts = stretches(rows, [10, 20])
    whole = Walk(start=start)
    whole.take(events(rows))
    left = parts[0]
    for part in parts[1:]:
        left = left.then(part)
    right = parts[-1]
    for part in reversed(parts[:-1]):
        right = part.then(right)
    assert left.from_start(start) == right.from_start(start) == whole.states


def test_a_stretch_starts_each_id_from_its_own_state() -> None:
    stretch = stretch_of(events([("RUS", 1, ENGAGE), ("CHN", 1, ENGAGE)]))
    banned = State(Stage.BANNED, Ban.IN_FORCE)
    assert stretch.from_start(HOSTILE, {"RUS": banned}) == {
        "CHN": number_of(State(Stage.ENGAGED, Ban.NONE)),
        "RUS": number_of(State(Stage.ENGAGED, Ban.IN_FORCE)),
    }


def test_stretches_that_overlap_are_not_joined() -> None:
    one = stretch_of(events([("RUS", 1, BAN), ("RUS", 5, BAN)]))
    with pytest.raises(ValueError, match="from day 5 does not lie after day 5"):
        one.then(stretch_of(events([("RUS", 5, ENGAGE)])))


def test_a_stretch_without_events_raises_value_error() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        stretch_of(events([]))


def test_days_may_be_dates() -> None:
    days = np.array([date(2025, 7, 3)], dtype="datetime64[D]")
    found = Events.of(["RUS"], days, [BAN])
    assert found.days.tolist() == [date(2025, 7, 3).toordinal() - date(1970, 1, 1).toordinal()]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ((["RUS"], [1.5], [BAN]), "days must be whole numbers or dates"),
        ((["RUS"], [1], [99]), "symbols must be whole numbers from 0 to 35"),
        ((["RUS"], [1], [0.0]), "symbols must be whole numbers"),
        ((["RUS"], [1, 2], [BAN]), "columns of one length"),
    ],
)
def test_wrong_columns_raise_value_error(columns: tuple[list[object], ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Events.of(*columns)


def test_every_event_is_a_change_held_or_refused() -> None:
    compiled = Compiled()
    taken, held = compiled.outcomes < REFUSED, compiled.held
    assert int(taken.sum()) + int(held.sum()) < taken.size  # some are refused for other reasons
