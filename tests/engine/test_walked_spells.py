"""Spells of many sequences, piece by piece: which state stood from which day to which."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model import Act, Attestation, Ban, Stage, State
from recognition_model.core.stages import STATES, number_of
from recognition_model.engine.machine import Machine
from recognition_model.engine.sequences import SYMBOLS, symbol_of
from recognition_model.engine.walk import Events, Walk
from recognition_model.engine.walked_spells import ALWAYS, SpellMaker, Spells

HOSTILE = State(Stage.HOSTILE, Ban.NONE)
ENGAGED = State(Stage.ENGAGED, Ban.NONE)
BANNED = State(Stage.BANNED, Ban.IN_FORCE)
ENGAGE = symbol_of(Act.ENGAGE, Attestation.OFFICIAL)
BAN = symbol_of(Act.BAN, Attestation.OFFICIAL)
BREAK = symbol_of(Act.BREAK_OFF, Attestation.OFFICIAL)
Row = tuple[str, int, int]
Stretch = tuple[str, int | None, int | None, State]
"""An id, its first day (None: always), its last day (None: it goes on), and its state."""
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["CHN", "RUS", "UZB"]),
        st.integers(0, 12),
        st.sampled_from([ENGAGE, BAN, BREAK, *range(len(SYMBOLS))]),
    ),
    max_size=30,
)


def stretches(walk: Walk, spells: Spells, *, ended: bool) -> list[Stretch]:
    columns = (spells.places, spells.first, spells.last, spells.states)
    return [
        (
            walk.ids[place],
            None if first == ALWAYS else int(first),
            int(last) if ended else None,
            STATES[state],
        )
        for place, first, last, state in zip(*columns, strict=True)
    ]


def in_pieces(pieces: list[list[Row]]) -> list[Stretch]:
    """The spells of pieces of events, sorted."""
    walk = Walk()
    maker = SpellMaker(walk)
    found: list[Stretch] = []
    for rows in pieces:
        known = len(walk.ids)
        ids, days, symbols = zip(*rows, strict=True) if rows else ((), (), ())
        events = Events.of(*map(np.array, (ids, days, symbols))) if rows else Events.of([], [], [])
        moves = walk.take(events)
        begun = np.full(len(walk.ids) - known, number_of(HOSTILE), np.uint8)
        found += stretches(walk, maker.take(begun, moves), ended=True)
    ended, going = maker.finish()
    found += stretches(walk, ended, ended=True) + stretches(walk, going, ended=False)
    return sorted(found, key=lambda one: (one[0], one[1] is not None, one[1] or 0))


def by_machine(rows: list[Row]) -> list[Stretch]:
    """The spells of events, day by day: the state at the end of each."""
    found: list[Stretch] = []
    for name in sorted({row[0] for row in rows}):
        relation = Machine().relationship(HOSTILE)
        since: int | None = None
        for day in range(14):
            before = relation.current
            for _, _, symbol in (row for row in rows if row[:2] == (name, day)):
                relation.attempt(*SYMBOLS[symbol])
            if relation.current != before:
                found.append((name, since, day - 1, before))
                since = day
        found.append((name, since, None, relation.current))
    return found


@settings(max_examples=examples(150))
@given(ROWS, st.integers(0, 13), st.integers(0, 13))
def test_spells_of_pieces_are_those_of_the_states_at_the_end_of_each_day(
    rows: list[Row], one: int, other: int
) -> None:
    first, last = sorted((one, other))
    pieces = [
        [row for row in rows if row[1] < first],
        [row for row in rows if first <= row[1] < last],
        [row for row in rows if row[1] >= last],
    ]
    assert in_pieces(pieces) == by_machine(rows)


def test_change_and_its_end_on_one_day_make_no_spell_even_in_two_pieces() -> None:
    pieces = [[("RUS", 3, ENGAGE)], [("RUS", 3, BREAK), ("CHN", 5, BAN)]]
    assert in_pieces(pieces) == [
        ("CHN", None, 4, HOSTILE),
        ("CHN", 5, None, BANNED),
        ("RUS", None, None, HOSTILE),
    ]


def test_spell_ends_on_the_day_before_the_next_and_ids_stay_apart() -> None:
    rows = [("RUS", 3, ENGAGE), ("CHN", 4, ENGAGE), ("RUS", 9, BREAK), ("RUS", 11, ENGAGE)]
    expected: list[Stretch] = [
        ("CHN", None, 3, HOSTILE),
        ("CHN", 4, None, ENGAGED),
        ("RUS", None, 2, HOSTILE),
        ("RUS", 3, 8, ENGAGED),
        ("RUS", 9, 10, HOSTILE),
        ("RUS", 11, None, ENGAGED),
    ]
    assert in_pieces([rows]) == expected
    assert in_pieces([[row] for row in rows]) == expected
