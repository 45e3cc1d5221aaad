"""Tables whose rows are made while they are read: the same files, and Arrow for data frames."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import act, record

import recognition_model as rm
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.exports import (
    Field,
    Kind,
    Table,
    Unit,
    export,
    export_into,
    panel,
    table,
)
from recognition_model.exports.table_rows import Run, Runs
from recognition_model.io.atomic import NotWritten, write_whole
from recognition_model.testing import scenarios

REPLAY = record(act("engage", "2022-03~"), begins="2021-12-15", until="2022-06-15")
COLUMNS = (
    Field(name="word", description="A word."),
    Field(name="day", description="A day.", kind=Kind.DAY),
    Field(name="since", description="A number.", kind=Kind.COUNT),
    Field(name="sure", description="A flag.", kind=Kind.FLAG),
)


def of_runs(*runs: Run) -> Table:
    """A table whose day and number count up within a run."""
    return Table(
        name="made_up",
        title="Made up",
        description="Made up.",
        fields=COLUMNS,
        key=("day",),
        rows=Runs(lambda: iter(runs), lambda: sum(run.length for run in runs), (1, 2)),
    )


def test_days_and_numbers_count_up_within_a_run() -> None:
    made = of_runs(
        Run(("a", date(2020, 2, 28), 9, True), 3), Run(("b", date(2020, 3, 2), None, None), 2)
    )
    assert made.rows == (
        ("a", date(2020, 2, 28), 9, True),
        ("a", date(2020, 2, 29), 10, True),
        ("a", date(2020, 3, 1), 11, True),
        ("b", date(2020, 3, 2), None, None),
        ("b", date(2020, 3, 3), None, None),
    )
    assert made.csv().decode().splitlines() == [
        "word,day,since,sure",
        "a,2020-02-28,9,true",
        "a,2020-02-29,10,true",
        "a,2020-03-01,11,true",
        "b,2020-03-02,,",
        "b,2020-03-03,,",
    ]


@pytest.mark.parametrize("word", ["=1+1", 'say "yes", no', "two\r\nlines", "\0", "a\0b", ""])
def test_a_run_with_any_text_is_written_as_its_rows_are(word: str) -> None:
    made = of_runs(Run((word, date(2020, 1, 1), 1, False), 2))
    assert made.csv() == evolve(made, rows=made.rows).csv()
    found = list(csv.reader(io.StringIO(made.csv().decode(), newline="")))
    assert [row[0].removeprefix("'") for row in found[1:]] == [word, word]


@settings(max_examples=examples(30))
@given(scenarios(), st.sampled_from([*Unit]), st.sampled_from(DATE_READINGS))
def test_panel_made_while_read_has_the_length_and_text_of_its_rows(
    scenario: rm.Scenario, unit: Unit, dates: DateReading
) -> None:
    made = panel([rm.replay(scenario)], unit, dates)
    whole = evolve(made, rows=made.rows)
    assert len(made) == len(made.rows) == len(whole)
    assert made.csv() == whole.csv()
    assert made == whole


def test_long_table_is_written_in_pieces_of_a_few_thousand_rows() -> None:
    years = record(begins="1900-01-01", until="1999-12-31")
    pieces = list(panel([years], Unit.DAY).csv_blocks())
    lines = [piece.count(b"\r\n") for piece in pieces]
    assert sum(lines) == 1 + len(panel([years], Unit.DAY)) == 36_525
    assert max(lines) <= 2 * 4096


@pytest.mark.parametrize(("ending", "only"), [("csv", "country_day"), ("zip", None)])
def test_export_into_a_stream_writes_the_bytes_of_export(ending: str, only: str | None) -> None:
    stream = io.BytesIO()
    written = export_into(stream, "csv", [REPLAY], ending, only=only)
    data = stream.getvalue()
    assert data == export("csv", [REPLAY], ending, only=only)
    if written:
        assert (written.size, written.sha256) == (len(data), sha256(data).hexdigest())
    assert (written is None) == (ending == "zip")


def test_package_written_to_a_pipe_can_be_read() -> None:
    class Pipe(io.RawIOBase):
        data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    export_into(pipe, "csv", [REPLAY], "zip")  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(pipe.data)) as archive:
        assert archive.testzip() is None
        described = json.loads(archive.read("datapackage.json"))
        for resource in described["resources"]:
            assert resource["bytes"] == len(archive.read(resource["path"]))


def test_file_that_fails_while_it_is_written_is_absent_and_the_old_one_stays(
    tmp_path: Path,
) -> None:
    def fails(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    old = tmp_path / "old.csv"
    old.write_bytes(b"old")
    for path in (old, tmp_path / "new.csv"):
        with pytest.raises(NotWritten, match="No space left"):
            write_whole({path: fails})
    assert [one.name for one in tmp_path.iterdir()] == ["old.csv"]
    assert old.read_bytes() == b"old"


def test_file_written_in_pieces_is_whole(tmp_path: Path) -> None:
    def writes(stream: BinaryIO) -> None:
        stream.writelines((b"one ", b"two"))

    write_whole({tmp_path / "a": writes, tmp_path / "b": b"bytes"})
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"one two", b"bytes"]


# --- notebooks and data frames --------------------------------------------------------------------


def test_preview_shows_the_first_rows_and_escapes_them() -> None:
    made = of_runs(Run(("<b>&", date(2020, 1, 1), None, True), 12))
    html = made._repr_html_()
    assert html.count("<tr>") == 11
    assert "made_up: 12 rows, the first 10</caption>" in html
    assert "<td>&lt;b&gt;&amp;</td><td>2020-01-01</td><td></td><td>true</td>" in html
    assert "<b>" not in html


def test_preview_cuts_long_texts_and_shows_all_of_few_rows() -> None:
    html = of_runs(Run(("x" * 200, date(2020, 1, 1), 1, True)))._repr_html_()
    assert "x" * 59 + "…" in html
    assert "x" * 60 not in html
    assert "first" not in html


@settings(max_examples=examples(20))
@given(scenarios(), st.sampled_from(["entries", "spells", "country_day", "country_month"]))
def test_arrow_gives_the_rows_of_the_table(scenario: rm.Scenario, name: str) -> None:
    pa = pytest.importorskip("pyarrow")
    made = table(name, [rm.replay(scenario)])
    found = pa.table(made)
    found.validate(full=True)
    assert found.column_names == [field.name for field in made.fields]
    rows = [tuple(row.values()) for row in found.to_pylist()]
    assert rows == list(made.rows)


def test_arrow_types_say_kinds_ordered_words_and_empty_cells() -> None:
    pa = pytest.importorskip("pyarrow")
    schema = pa.schema(panel([REPLAY], Unit.YEAR))
    stage, ban = schema.field("stage"), schema.field("ban")
    assert pa.types.is_dictionary(stage.type)
    assert (stage.type.ordered, ban.type.ordered) == (True, False)
    assert schema.field("day").type == pa.date32()
    assert schema.field("acts").type == pa.int64()
    assert schema.field("certain").type == pa.bool_()
    assert (stage.nullable, schema.field("country").nullable) == (True, False)
    made = pa.table(panel([REPLAY], Unit.YEAR)).column("stage").chunk(0)
    assert made.dictionary.to_pylist() == [str(stage) for stage in rm.Stage]


def test_arrow_gives_batches_that_are_made_while_they_are_read() -> None:
    pa = pytest.importorskip("pyarrow")
    long = [record(begins="1830-01-01", until="2025-12-31", country=c) for c in ("NOR", "FJI")]
    reader = pa.RecordBatchReader.from_stream(panel(long, Unit.DAY))
    sizes = [batch.num_rows for batch in reader]
    assert len(sizes) == 2
    assert sum(sizes) == len(panel(long, Unit.DAY))


def test_data_frame_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'recognition-model\[parquet\]'"):
        panel([REPLAY], Unit.YEAR).__arrow_c_stream__()


def test_parquet_is_the_same_twice_and_holds_ordered_stages() -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    data = export("parquet", [REPLAY], "parquet", only="country_day")
    assert data == export("parquet", [REPLAY], "parquet", only="country_day")
    read = pq.read_table(io.BytesIO(data))
    assert read.num_rows == len(panel([REPLAY], Unit.DAY))
    assert read.schema.field("stage").type.ordered
    assert set(read.schema.metadata) >= {b"title", b"description", b"version", b"edition"}
