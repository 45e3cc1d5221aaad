"""The first and the last day of the calendar are days like any other, in every command."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.fixtures import Put, Run
from support.pictured import act, record

import recognition_model as rm
from recognition_model.analysis.precedence import draws
from recognition_model.core.basis import Basis
from recognition_model.engine.versions import known_versions
from recognition_model.exports import FORMATS, TABLES, export, table
from recognition_model.plots import PLOTS, picture
from recognition_model.plots.kinds import KINDS
from recognition_model.testing import scenarios

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
ANNOUNCED = (
    "[{source: yearbook-2026, voice: host, credibility: 1, announcement: true, claim: An example.}]"
)
BEGINNING = """
    - {act: engage, date: 0001-01-01, evidence: [$host]}
    - {act: ban, date: 0001-01-01..0001-02, evidence: [$host]}
    - {signal: visit, date: 0001, evidence: [$host]}
"""
OPENING = """
    - {act: engage, date: ..0001-01-01, evidence: [$host]}
    - {signal: visit, date: 0001-01-02.., evidence: [$host]}
"""
VISIT = "- {signal: visit, date: 2022-05, evidence: [$press]}"
ENDING = f"""
    - {{act: engage, date: 9999-11..9999-12-31, evidence: {ANNOUNCED}}}
    - {{act: ban, date: 9999-12-31, evidence: {ANNOUNCED}}}
    - {{signal: visit, date: 9999-12-31, evidence: {ANNOUNCED}}}
"""


@pytest.fixture
def ends(put: Put) -> Path:
    """Three records: from the first day on, with an open start, and up to the last day."""
    put(BEGINNING, "FJI", begins="0001-01-01", until="0001-03-31")
    put(OPENING, "RUS", begins="..0001-01-01", until="0002-03-31")
    return put(ENDING, "NOR", begins="9999-10-31", until="9999-12-31").parent


@pytest.mark.parametrize(
    "command",
    [
        ["replay", "record"],
        ["replay", "record", "--format", "json"],
        ["status", "--scenarios", "record"],
        ["status", "--scenarios", "record", "--format", "json"],
        ["status", "--scenarios", "record", "--on", "0001-01-01"],
        ["status", "--scenarios", "record", "--on", "9999-12-31"],
        ["status", "--scenarios", "record", "--known-by", "9999-12-31"],
        ["next", "FJI", "--scenarios", "record"],
        ["next", "NOR", "--scenarios", "record", "--on", "9999-12-31"],
        ["coverage", "--scenarios", "record"],
        ["precedence", "--scenarios", "record", "--stage", "engaged"],
        ["precedence", "--scenarios", "record", "--stage", "engaged", "--draws", "50"],
        ["precedence", "--scenarios", "record", "--signal", "visit", "--since", "0001-01-01"],
        ["report", "--scenarios", "record", "-o", "r.html"],
        ["report", "--scenarios", "record", "-o", "r.md"],
        *(
            ["plot", kind, "--scenarios", "record", "-o", "p.svg", "--table"]
            for kind in PLOTS
            if kind not in ("share", "compare") and not KINDS[kind].rules  # they need more; none
        ),
    ],
    ids=lambda command: "-".join(word for word in command if word not in {"--scenarios", "record"}),
)
def test_command_answers_for_records_at_both_ends_of_calendar(
    run: Run, ends: Path, command: list[str]
) -> None:
    if command[0] == "plot" and KINDS[command[1]].one:
        command = [*command[:2], "NOR", *command[2:]]
    if command[:2] == ["plot", "codings"]:
        command += ["--against", "record"]
    done = run(*command)
    assert (done.code, "error" in done.err) == (0, False), done.err
    assert done.out


@pytest.mark.parametrize("form", sorted(word for word, kind in FORMATS.items() if not kind.extra))
def test_every_format_is_written_for_records_at_both_ends_of_calendar(
    run: Run, ends: Path, form: str
) -> None:
    name = f"all.{FORMATS[form].endings[0]}"
    done = run("export", form, "--scenarios", "record", "-o", name)
    assert (done.code, "error" in done.err) == (0, False), done.err
    assert Path(name).stat().st_size > 0


def test_tables_give_ends_of_calendar_as_days_and_leave_open_ends_empty(
    run: Run, ends: Path
) -> None:
    run("export", "csv", "--scenarios", "record", "--table", "changes", "-o", "c.csv")
    with Path("c.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            (r["country"], r["date_earliest"], r["date_latest"]) for r in csv.DictReader(stream)
        ]
    assert rows == [
        ("FJI", "0001-01-01", "0001-01-01"),
        ("FJI", "0001-01-01", "0001-02-28"),
        ("NOR", "9999-11-01", "9999-12-31"),
        ("NOR", "9999-12-31", "9999-12-31"),
        ("RUS", "", "0001-01-01"),
    ]


def test_panel_of_days_begins_and_ends_with_the_calendar(run: Run, ends: Path) -> None:
    run("export", "csv", "--scenarios", "record", "--table", "country_day", "-o", "d.csv")
    with Path("d.csv").open(encoding="utf-8", newline="") as stream:
        days = [(row["country"], row["day"]) for row in csv.DictReader(stream)]
    # 90 days of the year 1; 62 of the year 9999; 365 days of the year 1 and 90 of the year 2.
    assert len(days) == 90 + 62 + 455
    assert (days[0], days[89]) == (("FJI", "0001-01-01"), ("FJI", "0001-03-31"))
    assert (days[90], days[151]) == (("NOR", "9999-10-31"), ("NOR", "9999-12-31"))
    assert (days[152], days[-1]) == (("RUS", "0001-01-01"), ("RUS", "0002-03-31"))


def test_state_on_first_day_is_certain_unless_the_start_is_open(run: Run, ends: Path) -> None:
    done = run("status", "--scenarios", "record", "--on", "0001-01-01", "--format", "json")
    told = {row["country"]: row for row in json.loads(done.out)["countries"]}
    assert told["FJI"]["words"].startswith("engaged or banned")
    assert told["NOR"]["words"] == "not documented"
    assert told["RUS"]["words"] == "engaged"


@pytest.mark.parametrize(("form", "name"), [("csv", "all.zip"), ("parquet", "all.zip")])
def test_record_too_long_for_a_panel_is_named_with_its_line_and_nothing_is_written(
    run: Run, put: Put, form: str, name: str
) -> None:
    put(VISIT, "FJI", begins="2021", until="9999-12-31")
    done = run("export", form, "--scenarios", "record", "-o", name)
    assert done.code == 1
    assert done.err.startswith(
        "record/FJI.yaml:5:19: error RM408 Fiji (FJI) is documented from 2021-01-01 to 9999-12-31:"
    )
    assert "or the start in line 4" in done.err
    assert not Path(name).exists()


def test_record_too_long_for_a_panel_still_has_its_other_tables(run: Run, put: Put) -> None:
    put(VISIT, "FJI", begins="2021", until="9999-12-31")
    done = run("export", "csv", "--scenarios", "record", "--table", "spells", "-o", "s.csv")
    assert done.code == 0
    assert "9999-12-31" in Path("s.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", [["status"], ["next", "FJI"], ["coverage"], ["export", "xes", "-o", "log.xes"]]
)
def test_every_command_warns_of_an_implausible_date(run: Run, put: Put, command: list[str]) -> None:
    put(VISIT, "FJI", until="2062-01-08")
    done = run(*command, "--scenarios", "record")
    assert done.code == 0
    assert "record/FJI.yaml:5:19: warning RM408 documented-until 2062-01-08 lies" in done.err
    assert "perhaps 2026-01-08 is meant" in done.err


@given(st.sampled_from([FIRST, LAST, date(9990, 1, 1)]).flatmap(lambda d: scenarios(begins=d)))
@settings(max_examples=examples(20))
def test_scenario_at_an_end_of_calendar_replays_and_fills_every_table(
    scenario: rm.Scenario,
) -> None:
    replay = rm.replay(scenario)
    errors = {f.code for f in replay.findings if f.severity is rm.Severity.ERROR}
    assert errors <= {"RM617"}  # acts drawn at random lapse on any day
    for name in TABLES:
        if name != "country_day":  # long, and made as the others
            assert table(name, [replay]).name == name
    for reading in ("earliest", "latest"):
        assert len(replay.read(reading).outcomes) == len(replay.outcomes)
    days = [replay.history.begin_days(reading) for reading in ("earliest", "latest")]
    assert all(1 <= day <= LAST.toordinal() for row in days for day in row)
    assert known_versions(scenario)[0][0] == FIRST


@given(st.sampled_from([FIRST, date(9990, 1, 1)]).flatmap(lambda d: scenarios(begins=d)))
@settings(max_examples=examples(4))
def test_scenario_at_an_end_of_calendar_can_be_drawn_and_exported(scenario: rm.Scenario) -> None:
    replays = [rm.replay(scenario)]
    moved = record(act("engage", "2022-01-01"), country="NOR", begins="2020-01-01")
    for kind, known in KINDS.items():
        many = replays * 5 if kind == "share" else [*replays, *([] if known.one else [moved])]
        needed = {"timeline": {"since": FIRST}, "codings": {"against": replays[0]}}
        assert picture(kind, many, **needed.get(kind, {})).data("svg")
    panels = {form for form, kind in FORMATS.items() if "all" in kind.readings}
    for form in set(FORMATS) - panels:
        assert isinstance(export(form, replays, FORMATS[form].endings[0]), bytes)


@pytest.mark.parametrize(
    ("begins", "until", "spans"),
    [
        ("..0001-01-01", "0001-03-31", ["assumed from open start to 0001-03-31"]),
        ("0001-01-01", "0001-03-31", ["assumed from 0001-01-01 to 0001-03-31"]),
        ("2021", "9999-12-31", ["assumed from 2021-01-01 to 9999-12-31"]),
    ],
)
def test_basis_of_days_reaches_both_ends_of_calendar(
    begins: str, until: str, spans: list[str]
) -> None:
    history = record(begins=begins, until=until).history
    assert list(map(str, history.basis_spans[:-1])) == spans
    assert history.on(until).basis is Basis.ASSUMED


def test_readings_are_drawn_from_first_day_on_but_not_from_an_open_end(ends: Path) -> None:
    told = {s.country: rm.replay(s).history for s in rm.load_folder([ends]).scenarios}
    rows = draws(told["FJI"], 20, seed=0)
    assert set(rows[:, 0]) == set(rows[:, 1]) == {1}
    assert all(1 <= day <= 59 for day in rows[:, 2])  # up to 28 February of the year 1
    with pytest.raises(ValueError, match="engage \\.\\.0001-01-01 has no first day to draw from"):
        draws(told["RUS"], 20, seed=0)
