"""Dated events in record batches: what comes out is what the state machine says of each id."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model import Act, Attestation, Ban, Stage, State
from recognition_model.core.stages import STATES
from recognition_model.engine.machine import Machine
from recognition_model.engine.sequences import SYMBOLS
from recognition_model.engine.walk import Stretch
from recognition_model.exports import event_batches
from recognition_model.exports.event_batches import changes, last_states, spells, stretch

pa = pytest.importorskip("pyarrow")

Row = tuple[str, int, str, str]
HOSTILE, DAY_0 = STATES[0], date(2021, 8, 15)
SCHEMA = pa.schema(
    [("id", pa.string()), ("day", pa.date32()), ("act", pa.string()), ("attestation", pa.string())]
)
ROWS = st.lists(
    st.builds(
        lambda one, day, symbol: (one, day, symbol[0].value, symbol[1].value),
        st.sampled_from(["CHN", "RUS", "UZB"]),
        st.integers(0, 6),
        st.sampled_from(SYMBOLS),
    ),
    max_size=40,
)


def day(number: int) -> date:
    return DAY_0 + timedelta(number)


def batch(rows: list[Row]) -> Any:
    columns = [*zip(*rows, strict=True)] or [(), (), (), ()]
    columns[1] = tuple(map(day, columns[1]))
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)],
        schema=SCHEMA,
    )


def replaced(one: Any, name: str, values: Any) -> Any:
    """The batches of a batch with another column: in pyarrow 15 only a table has `set_column`."""
    table = pa.Table.from_batches([one])
    return table.set_column(one.schema.get_field_index(name), name, values).to_batches()


def told(batches: Any) -> list[dict[str, Any]]:
    return [row for one in batches for row in one.to_pylist()]


RUSSIA = [
    ("RUS", 0, "engage", "reported"),
    ("CHN", 3, "ban", "official"),
    ("RUS", 5, "engage", "official"),  # repeats what stands
    ("RUS", 9, "ban", "official"),
    ("RUS", 9, "delist", "official"),  # on one day: no spell of the ban
    ("CHN", 9, "recognise", "reported"),  # the rules refuse it on that word
]


def test_changes_carry_their_day_their_rule_and_their_row() -> None:
    first, second = RUSSIA[:4], RUSSIA[4:]
    made = [*changes([batch(first), batch(second)])]
    rows = told(made)
    keys = ("id", "day", "stage_before", "stage", "ban", "rule", "row")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("CHN", day(3), "hostile", "banned", "in_force", "R01", 1),
        ("RUS", day(0), "hostile", "engaged", "none", "R02", 0),
        ("RUS", day(9), "engaged", "banned", "in_force", "R01", 3),
        ("RUS", day(9), "banned", "delisted", "lifted", "R03", 4),
    ]
    assert [one.schema.metadata for one in made] == [{b"held": b"1", b"refused": b"1"}]


def test_rows_count_on_over_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_batches, "_PIECE", 1)
    rows = told(changes([batch(RUSSIA[:4]), batch([]), batch(RUSSIA[4:])]))
    assert sorted(row["row"] for row in rows) == [0, 1, 3, 4]


def test_spells_end_on_the_day_before_the_next_and_start_without_a_day() -> None:
    rows = told(spells([batch(RUSSIA)]))
    found = {(r["id"], r["first_day"], r["last_day"], r["stage"], r["ban"]) for r in rows}
    assert found == {
        ("CHN", None, day(2), "hostile", "none"),
        ("CHN", day(3), None, "banned", "in_force"),
        ("RUS", None, day(-1), "hostile", "none"),
        ("RUS", day(0), day(8), "engaged", "none"),
        ("RUS", day(9), None, "delisted", "lifted"),
    }
    assert len(rows) == 5


def test_last_states_say_since_when_and_which_event_was_last() -> None:
    rows = told(last_states([batch([*RUSSIA, ("UZB", 4, "recognise", "reported")])]))
    assert sorted((r["id"], r["since"], r["last_event"], r["stage"]) for r in rows[:2]) == [
        ("CHN", day(3), day(9), "banned"),
        ("RUS", day(9), day(9), "delisted"),
    ]
    assert [(r["id"], r["since"], r["last_event"]) for r in rows[2:]] == [("UZB", None, day(4))]


@pytest.mark.parametrize("rows", [1, 9])
def test_a_day_has_the_state_after_its_last_event(
    monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(event_batches, "_PIECE", rows)
    back = [("RUS", 5, "engage", "official"), ("RUS", 5, "break_off", "official")]
    on = [("RUS", 8, "engage", "official"), ("RUS", 8, "ban", "official")]
    made = told(spells([batch([row]) for row in (*back, *on)]))
    assert [(row["first_day"], row["last_day"], row["stage"]) for row in made] == [
        (None, day(7), "hostile"),
        (day(8), None, "banned"),
    ]


def by_machine(rows: list[Row], starts: dict[str, State]) -> dict[str, list[tuple[date, State]]]:
    """The state at the end of each day on which it is another than on the day before."""
    machine = Machine()
    relations: dict[str, Any] = {}
    ends: dict[str, dict[int, State]] = defaultdict(dict)
    for one, number, act, attestation in sorted(rows, key=lambda row: row[1]):
        relation = relations.setdefault(one, machine.relationship(starts.get(one, HOSTILE)))
        relation.attempt(Act(act), Attestation(attestation))
        ends[one][number] = relation.current
    found: dict[str, list[tuple[date, State]]] = {}
    for one, days in ends.items():
        state = starts.get(one, HOSTILE)
        found[one] = []
        for number, after in days.items():
            if after != state:
                found[one].append((day(number), after))
                state = after
    return found


def by_spells(rows: list[dict[str, Any]]) -> dict[str, list[tuple[date, State]]]:
    """The same from spells, after a check that each begins where the one before ended."""
    found: dict[str, list[tuple[date, State]]] = defaultdict(list)
    ends: dict[str, date | None] = {}
    for row in rows:
        one = row["id"]
        if row["first_day"] is None:
            assert one not in ends
            found[one] = []
        else:
            assert ends[one] == row["first_day"] - timedelta(1)
            found[one].append((row["first_day"], State(Stage(row["stage"]), Ban(row["ban"]))))
        ends[one] = row["last_day"]
    assert set(ends.values()) <= {None}
    return found


STARTS = st.dictionaries(st.sampled_from(["CHN", "RUS"]), st.sampled_from(STATES))


@settings(max_examples=examples(100))
@given(ROWS, STARTS, st.integers(1, 40))
def test_spells_are_those_of_the_machine_however_batches_are_cut(
    rows: list[Row], starts: dict[str, State], size: int
) -> None:
    in_time = sorted(rows, key=lambda row: row[1])
    batches = [batch(in_time[at : at + size]) for at in range(0, len(rows), size)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_batches, "_PIECE", 3)
        made = told(spells(batches, starts=starts))
        lasts = told(last_states(batches, starts=starts))
    expected = by_machine(rows, starts)
    assert by_spells(made) == expected
    for row in lasts:
        since, state = (expected[row["id"]] or [(None, starts.get(row["id"], HOSTILE))])[-1]
        assert (row["since"], row["stage"], row["ban"]) == (
            since,
            state.stage.value,
            state.ban.value,
        )
    assert {row["id"] for row in lasts} == expected.keys()


@settings(max_examples=examples(50))
@given(ROWS)
def test_batches_cut_by_id_give_the_spells_of_one_batch(rows: list[Row]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_batches, "_PIECE", 1)
        parts = [batch([row for row in rows if row[0] == one]) for one in ("UZB", "CHN", "RUS")]
        assert by_spells(told(spells(parts))) == by_spells(told(spells([batch(rows)])))


def frames() -> list[tuple[str, Callable[[Any], Any]]]:
    def of_duckdb(table: Any) -> Any:
        duckdb = pytest.importorskip("duckdb")
        return duckdb.connect().from_arrow(table)

    def of_pandas(table: Any) -> Any:
        pytest.importorskip("pandas", minversion="2.2")
        return table.to_pandas(date_as_object=False)

    return [
        ("batch", lambda table: table.to_batches()[0]),
        ("list", lambda table: table.to_batches(max_chunksize=2)),
        ("reader", lambda table: table.to_reader()),
        ("table", lambda table: table),
        ("pandas", of_pandas),
        ("polars", lambda table: pytest.importorskip("polars").from_arrow(table)),
        ("duckdb", of_duckdb),
        ("dictionaries", lambda table: coded(table)),
        ("large", lambda table: table.cast(LARGE)),
    ]


LARGE = pa.schema(
    [pa.field(f.name, pa.large_string() if f.name != "day" else pa.date64()) for f in SCHEMA]
)


def coded(table: Any) -> Any:
    """The same with dictionaries, each with a word that no row has, other in every batch."""
    found = []
    for one in table.to_batches(max_chunksize=2):
        columns = []
        for field in SCHEMA:
            column = one.column(field.name)
            if field.name != "day":
                words = ["not a word", *dict.fromkeys(column.to_pylist())]
                places = pa.array([words.index(word) for word in column.to_pylist()], pa.int8())
                column = pa.DictionaryArray.from_arrays(places, pa.array(words))
            columns.append(column)
        found.append(pa.RecordBatch.from_arrays(columns, names=SCHEMA.names))
    return found


@pytest.mark.parametrize(("name", "made"), frames(), ids=[name for name, _ in frames()])
def test_every_kind_of_frame_gives_the_same_changes(name: str, made: Callable[[Any], Any]) -> None:
    table = pa.Table.from_batches([batch(RUSSIA)])
    assert told(changes(made(table))) == told(changes([batch(RUSSIA)])), name


def test_buffers_of_a_table_are_taken_without_a_copy() -> None:
    table = pa.Table.from_batches([batch(RUSSIA)])
    (taken,) = event_batches.record_batches(table)
    for at in range(4):
        theirs = [one and one.address for one in table.column(at).chunk(0).buffers()]
        assert [one and one.address for one in taken.column(at).buffers()] == theirs


def test_ids_keep_their_type() -> None:
    one = batch(RUSSIA)
    numbers = pa.array([7, 3, 7, 7, 7, 3], pa.int64())
    made = [*changes(replaced(one, "id", numbers))]
    assert made[0].schema.field("id").type == pa.int64()
    assert made[0].column("id").to_pylist() == [3, 7, 7, 7]


def test_no_events_give_no_changes() -> None:
    assert told(changes([batch([])])) == told(spells([])) == told(last_states([])) == []


def changed(name: str, values: Any) -> Any:
    return replaced(batch(RUSSIA[:1]), name, values)


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([batch(RUSSIA[:1]).select(["id", "day", "act"])], "no column 'attestation'"),
        (changed("act", pa.array(["dance"])), "unknown act 'dance': must be one of"),
        (changed("attestation", pa.array(["sure"])), "unknown attestation 'sure'"),
        (changed("act", pa.array([None], pa.string())), "the column 'act' has an empty value"),
        (changed("id", pa.array([None], pa.string())), "the column 'id' has an empty value"),
        (changed("day", pa.array(["2024-01-01"])), "the column 'day' must have dates, not string"),
    ],
)
def test_columns_that_cannot_be_run_are_refused(events: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        list(changes(events))


def test_a_batch_before_an_earlier_one_of_its_id_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(event_batches, "_PIECE", 1)
    with pytest.raises(ValueError, match="of 'RUS' lies before day"):
        list(changes([batch(RUSSIA[2:3]), batch(RUSSIA[:1])]))


@settings(max_examples=examples(60))
@given(ROWS.filter(bool), st.randoms(use_true_random=False), st.sampled_from(STATES))
def test_pieces_of_time_in_any_order_give_the_last_states_of_one_run(
    rows: list[Row], random: Any, start: State
) -> None:
    pieces = [[row for row in rows if low <= row[1] <= low + 1] for low in range(0, 7, 2)]
    made = [pickle.loads(pickle.dumps(stretch(batch(piece)))) for piece in pieces if piece]  # noqa: S301 - our own
    random.shuffle(made)
    whole = told(last_states(batch(sorted(rows, key=lambda row: row[1])), start=start))
    states = {row["id"]: State(Stage(row["stage"]), Ban(row["ban"])) for row in whole}
    joined = Stretch.joined(made).from_start(start)
    assert {name: STATES[number] for name, number in joined.items()} == states


def test_no_events_and_no_stretches_raise_value_error() -> None:
    with pytest.raises(ValueError, match="needs at least one event"):
        stretch(batch([]))
    with pytest.raises(ValueError, match="no stretch of time"):
        Stretch.joined([])
