"""No export returns an entry that the replay did not use for its kind, act or subject alone."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.core.scenario import Assertion, Doctrine, Rank
from recognition_model.core.stages import Reason, Stage
from recognition_model.exports import export

DENIAL = evolve(OFFICIAL, bearing=rm.Bearing.DISPUTES)
SIGNAL = {"date": rm.When.parse("2022-05-01")}
MADE_UP = record(
    act("engage", "2022-03"),
    evolve(act("recognise", "2022-03-05"), rank=Rank.DEPRECATED, because="A slip."),
    act("recognise", "2022-04-01", PRESS),
    rm.SignalStep(signal="visit", evidence=(PRESS,), **SIGNAL),
    rm.SignalStep(signal="talks", evidence=(PRESS, DENIAL), **SIGNAL),
    rm.StatusStep(status=Assertion(stage=Stage.ENGAGED), evidence=(PRESS,), **SIGNAL),
    rm.StatusStep(status=Assertion(stage=Stage.BANNED), evidence=(PRESS,), **SIGNAL),
    rm.RefuseStep(refuse=rm.Act.DELIST, because=Reason.WRONG_STAGE, evidence=(PRESS,), **SIGNAL),
)
Row = dict[str, object]
Used = set[tuple[str, int, str, str]]


def used_by(replays: list[rm.Replay]) -> Used:
    """Country, number, kind and word of every entry that a replay used, from its outcomes."""
    found = set()
    for replay in replays:
        for number, outcome in zip(replay.numbers, replay.outcomes, strict=True):
            told = None
            if isinstance(outcome, rm.Change):
                told = ("act", str(outcome.act))
            elif isinstance(outcome, rm.StatusCheck):
                told = ("status", str(outcome.step.status)) if outcome.verdict.possible else None
            elif isinstance(outcome, rm.SignalStep):
                for voice in (rm.Voice.HOST, rm.Voice.TALIBAN):
                    bearings = {e.supports for e in outcome.evidence if e.voice is voice}
                    if bearings == {False}:
                        break
                else:
                    told = ("signal", str(outcome.signal))
            if told:
                found.add((str(replay.country), number, *told))
    return found


def of_csv(replays: list[rm.Replay]) -> Iterator[tuple[str, list[Row]]]:
    with zipfile.ZipFile(io.BytesIO(export("csv", replays, "zip"))) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                text = archive.read(name).decode()
                yield name, list(csv.DictReader(io.StringIO(text, newline="")))


def of_parquet(replays: list[rm.Replay]) -> Iterator[tuple[str, list[Row]]]:
    pq = pytest.importorskip("pyarrow.parquet")
    with zipfile.ZipFile(io.BytesIO(export("parquet", replays, "zip"))) as archive:
        for name in archive.namelist():
            if name.endswith(".parquet") and "country_" not in name:
                yield name, pq.read_table(io.BytesIO(archive.read(name))).to_pylist()


def of_sqlite(replays: list[rm.Replay], folder: Path) -> Iterator[tuple[str, list[Row]]]:
    path = folder / "record.sqlite"
    path.write_bytes(export("sqlite", replays, "sqlite"))
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    for (name,) in list(base.execute(listed)):
        if not name.startswith(("country_", "sqlite_")) and "search" not in name:
            rows = base.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name from the file
            yield name, [dict(row) for row in rows]
    base.close()


def of_xes(replays: list[rm.Replay]) -> Iterator[tuple[str, list[Row]]]:
    space = "{http://www.xes-standard.org/}"
    log = ET.fromstring(export("xes", replays, "xes"))
    rows: list[Row] = []
    countries = []
    for trace in log.iter(f"{space}trace"):
        (country,) = (x.get("value") for x in trace if x.get("key") == "concept:name")
        countries.append(country)
        for event in trace.iter(f"{space}event"):
            told = {str(item.get("key")): item.get("value") for item in event}
            rows.append({**told, "country": country, "subject": told["concept:name"]})
    assert sorted(map(str, countries)) == sorted(replay.country for replay in replays)
    yield "xes", rows


def of_jsonld(replays: list[rm.Replay]) -> Iterator[tuple[str, list[Row]]]:
    nodes = json.loads(export("jsonld", replays, "jsonld"))["@graph"]
    rows = []
    for node in nodes:
        if node["@id"].startswith("#change/"):
            _, country, at = node["@id"].split("/")
            (replay,) = (one for one in replays if one.country == country)
            changed = zip(replay.numbers, replay.outcomes, strict=True)
            numbers = [n for n, outcome in changed if isinstance(outcome, rm.Change)]
            rows.append({**node, "country": country, "entry": numbers[int(at) - 1]})
        else:
            assert "act" not in node
    yield "jsonld", rows


Rows = Iterable[tuple[str, list[Row]]]


def all_exports(replays: list[rm.Replay], folder: Path) -> Rows:
    yield from of_csv(replays)
    yield from of_sqlite(replays, folder)
    yield from of_xes(replays)
    yield from of_jsonld(replays)


@pytest.fixture(scope="module")
def shipped() -> list[rm.Replay]:
    return [rm.replay(scenario) for scenario in rm.load_folder().all_scenarios]


@pytest.mark.parametrize("which", ["made up", "shipped"])
def test_kind_act_and_subject_alone_select_used_entries_only(
    which: str, shipped: list[rm.Replay], tmp_path: Path
) -> None:
    replays = [MADE_UP] if which == "made up" else shipped
    seen = seen_used_only(replays, all_exports(replays, tmp_path))
    assert {("entries.csv", "kind"), ("entries.csv", "act"), ("changes.csv", "act")} <= seen
    assert {("entries", "signal"), ("xes", "kind"), ("jsonld", "act")} <= seen


def test_kind_and_subject_select_used_entries_only_in_parquet(shipped: list[rm.Replay]) -> None:
    for replays in ([MADE_UP], shipped):
        seen = seen_used_only(replays, of_parquet(replays))
        assert {("entries.parquet", "subject"), ("entries.parquet", "kind")} <= seen


def seen_used_only(replays: list[rm.Replay], exported: Rows) -> set[tuple[str, str]]:
    """Check that exports tell used entries apart. Returns the files and columns that do."""
    used = used_by(replays)
    numbers = {(country, number): word for country, number, _, word in used}
    kinds = {kind: {(c, n) for c, n, one, _ in used if one == kind} for _, _, kind, _ in used}
    seen = set()
    for name, rows in exported:
        selected: dict[str, set[tuple[object, int]]] = {}
        for row in rows:
            if not row.get("country") or row.get("entry") in (None, "", "0", 0):
                continue
            entry = (row["country"], int(str(row["entry"])))
            for column in ("act", "signal", "subject"):
                value = row.get(column)
                if value and not str(value).startswith(("signal: ", "status: ")):
                    if entry in numbers or name != "xes":
                        assert numbers.get(entry) == value, (name, column, row)  # type: ignore[call-overload]
                    else:
                        assert str(value).startswith(f"{row['kind']}: "), row
                    seen.add((name, column))
            if row.get("kind") in kinds:
                selected.setdefault(str(row["kind"]), set()).add(entry)
        if selected:
            assert selected == kinds, name
            seen.add((name, "kind"))
    return seen


def test_every_unused_entry_keeps_its_words_under_a_kind_of_its_own() -> None:
    (rows,) = (rows for name, rows in of_csv([MADE_UP]) if name == "entries.csv")
    unused = [(row["kind"], row["claimed"]) for row in rows if not row["subject"]]
    assert unused == [
        ("struck_out", "recognise"),
        ("refused", "recognise"),
        ("denied", "talks"),
        ("failed", "stage banned"),
        ("refuse", "delist"),
    ]
    assert [row["expected_because"] for row in rows][-1] == "wrong-stage"


def test_evidence_says_of_which_kind_its_entry_is() -> None:
    start = evolve(MADE_UP.scenario.start, assumed=None, evidence=(OFFICIAL,))
    doctrine = Doctrine(says="It recognises states.", evidence=(PRESS,))
    made = rm.replay(evolve(MADE_UP.scenario, start=start, doctrine=doctrine))
    (rows,) = (rows for name, rows in of_csv([made]) if name == "evidence.csv")
    kinds = list(dict.fromkeys((row["entry"], row["kind"]) for row in rows))
    assert kinds == [
        ("0", "start"),
        ("0", "doctrine"),
        ("1", "act"),
        ("2", "struck_out"),
        ("3", "refused"),
        ("4", "signal"),
        ("5", "denied"),
        ("6", "status"),
        ("7", "failed"),
        ("8", "refuse"),
    ]
