"""What exported answers rest on: the columns, worked out by hand and once more by other code."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.core.dates import DateReading
from recognition_model.core.scenario import Assertion, Rank
from recognition_model.core.stages import Reason, Stage
from recognition_model.exports import Table, Unit, export, panel, table

LOG = "{http://www.xes-standard.org/}"
Said = dict[str, str]


def signal(day: str) -> rm.SignalStep:
    return rm.SignalStep(signal="visit", date=rm.When.parse(day), evidence=(PRESS,))


def status(day: str, **parts: Stage) -> rm.StatusStep:
    return rm.StatusStep(status=Assertion(**parts), date=rm.When.parse(day), evidence=(PRESS,))


def refuse(day: str, *evidence: rm.Evidence) -> rm.RefuseStep:
    """A recognition that the rules refuse: dealings have to begin first."""
    return rm.RefuseStep(
        refuse=rm.Act.RECOGNISE,
        because=Reason.WRONG_STAGE,
        date=rm.When.parse(day),
        evidence=evidence,
    )


ENGAGED = record(
    signal("2000-06-01"), act("engage", "2001-03"), begins="2000-01-01", until="2003-12-31"
)


def cells(of: Table, *names: str) -> list[tuple[object, ...]]:
    at = [[field.name for field in of.fields].index(name) for name in names]
    return [tuple(row[i] for i in at) for row in of.rows]


# --- the panel ----------------------------------------------------------------------------------


def test_panel_row_says_what_its_stage_rests_on() -> None:
    told = ("year", "stage", "basis", "last_entry", "days_since", "certain", "dates_agree")
    assert cells(panel([ENGAGED], Unit.YEAR), *told) == [
        (2000, "hostile", "assumed", date(2000, 6, 1), 213, False, True),
        (2001, "engaged", "evidenced", date(2001, 3, 31), 275, True, True),
        (2002, "engaged", "evidenced", date(2001, 3, 31), 640, True, True),
        (2003, "engaged", "silent", date(2001, 3, 31), 1005, False, True),
    ]


def test_panel_row_has_the_key_of_its_spell_and_says_how_the_spell_began() -> None:
    assert cells(panel([ENGAGED], Unit.YEAR), "spell", "origin", "attestation") == [
        (1, "assumed", None),
        *[(2, "evidenced", "official")] * 3,
    ]


@pytest.mark.parametrize(
    ("dates", "row"),
    [
        ("all", (None, None, None, "assumed", date(2000, 6, 1), 287)),
        ("earliest", (2, "evidenced", "official", "evidenced", date(2001, 3, 1), 14)),
        ("latest", (1, "assumed", None, "assumed", date(2000, 6, 1), 287)),
    ],
)
def test_a_day_in_doubt_has_the_spell_and_the_basis_of_the_reading(
    dates: DateReading, row: tuple[object, ...]
) -> None:
    told = ("day", "spell", "origin", "attestation", "basis", "last_entry", "days_since")
    rows = {day: rest for day, *rest in cells(panel([ENGAGED], Unit.DAY, dates), *told)}
    assert tuple(rows[date(2001, 3, 15)]) == row


@pytest.mark.parametrize(
    ("dates", "first", "silent"),
    [
        ("all", date(2001, 3, 31), date(2003, 4, 1)),
        ("latest", date(2001, 3, 31), date(2003, 4, 1)),
        ("earliest", date(2001, 3, 1), date(2003, 3, 2)),
    ],
)
def test_evidence_is_near_for_730_days_of_the_reading(
    dates: DateReading, first: date, silent: date
) -> None:
    rows = cells(panel([ENGAGED], Unit.DAY, dates), "day", "basis")
    days = {basis: [day for day, found in rows if found == basis] for _, basis in rows}
    assert (min(days["evidenced"]), max(days["evidenced"])) == (first, silent - timedelta(1))
    assert (max(days["assumed"]), min(days["silent"])) == (first - timedelta(1), silent)


@pytest.mark.parametrize(
    ("entry", "basis"),
    [
        (status("2000-07-01", stage=Stage.HOSTILE), "evidenced"),
        (status("2000-07-01", below=Stage.ENGAGED), "assumed"),
        (status("2000-07-01", stage=Stage.ENGAGED), "assumed"),  # it fails
        (refuse("2000-07-01", OFFICIAL), "assumed"),
        (signal("2000-07-01"), "assumed"),
    ],
)
def test_only_an_act_or_a_status_that_names_the_stage_ends_an_assumption(
    entry: rm.Step, basis: str
) -> None:
    replay = record(entry, begins="2000-01-01", until="2000-12-31")
    assert cells(panel([replay], Unit.YEAR), "basis") == [(basis,)]


def test_a_reading_counts_no_entry_before_its_own_day() -> None:
    """The order of the file narrows every date, also those of entries that move nothing."""
    steps = (act("engage", "2022-05-10"), signal("2022-05"))
    replay = record(*steps, begins="2022-05-01", until="2022-06-30")
    rows = cells(panel([replay], Unit.DAY, "earliest"), "day", "basis", "last_entry")
    assert rows[8] == (date(2022, 5, 9), "assumed", None)
    assert rows[9] == (date(2022, 5, 10), "evidenced", date(2022, 5, 10))
    turned = record(signal("2022-05-10"), act("engage", "2022-05"), until="2022-06-30")
    rows = cells(panel([turned], Unit.DAY, "earliest"), "day", "stage", "last_entry")
    found = {day: rest for day, *rest in rows}
    assert found[date(2022, 5, 9)] == ["engaged", date(2022, 5, 1)]
    assert found[date(2022, 5, 10)] == ["engaged", date(2022, 5, 10)]


def test_no_row_lies_before_the_start_or_after_the_record_even_where_it_was_reviewed() -> None:
    scenario = evolve(ENGAGED.scenario, reviewed=date(2005, 12, 31))
    days = [day for (day,) in cells(panel([rm.replay(scenario)], Unit.DAY), "day")]
    assert (days[0], days[-1]) == (date(2000, 1, 1), date(2003, 12, 31))
    assert cells(table("countries", [rm.replay(scenario)]), "reviewed") == [(date(2005, 12, 31),)]


@st.composite
def exact_steps(draw: st.DrawFn) -> list[rm.Step]:
    """Entries on single days, in order; dealings begin, end and begin again."""
    gaps = draw(st.lists(st.integers(0, 900), min_size=1, max_size=6))
    steps: list[rm.Step] = []
    day, engaged = date(2000, 1, 1), False
    for gap in gaps:
        day += timedelta(days=gap)
        kind = draw(st.sampled_from(["act", "signal", "status"]))
        if kind == "act":
            steps.append(act("break_off" if engaged else "engage", day.isoformat()))
            engaged = not engaged
        elif kind == "signal":
            steps.append(signal(day.isoformat()))
        else:
            stage = Stage.ENGAGED if engaged else Stage.HOSTILE
            steps.append(status(day.isoformat(), stage=stage))
    return steps


@settings(max_examples=examples(40))
@given(exact_steps(), st.sampled_from([*Unit]))
def test_a_later_entry_changes_no_earlier_row(steps: list[rm.Step], unit: Unit) -> None:
    def rows(kept: list[rm.Step]) -> dict[object, tuple[object, ...]]:
        replay = record(*kept, begins="2000-01-01", until="2015-12-31")
        made = panel([replay], unit)
        return {row[0]: row for row in cells(made, "day", *(field.name for field in made.fields))}

    whole, cut = rows(steps), rows(steps[:-1])
    last = steps[-1].date.earliest
    assert {day: row for day, row in whole.items() if day < last} == {
        day: row for day, row in cut.items() if day < last
    }


# --- tables of the record -----------------------------------------------------------------------


def test_entries_say_whether_they_count_and_from_which_day() -> None:
    replay = record(
        refuse("2021-10-01", OFFICIAL),
        refuse("2021-10-02", PRESS),
        act("recognise", "2021-11-01"),
        status("2021-11", below=Stage.ENGAGED),
        act("engage", "2021-12..2022-02"),
        evolve(act("ban", "2021-12-01"), rank=Rank.DEPRECATED, because="A slip."),
        status("2022-01-31", stage=Stage.ENGAGED, at_least=Stage.ENGAGED),
        status("2022-02-01", stage=Stage.BANNED),
        signal("2022-03"),
        signal("2022-04-01"),
        until="2022-03-15",
    )
    told = ("kind", "counts", "counts_from", "status_stage", "status_at_least", "status_below")
    assert cells(table("entries", [replay]), *told) == [
        ("refuse", True, date(2021, 10, 1), None, None, None),
        ("refuse", False, None, None, None, None),
        ("refused", False, None, None, None, None),
        ("status", True, date(2021, 11, 30), None, None, "engaged"),
        ("act", True, date(2022, 1, 31), None, None, None),
        ("struck_out", False, None, None, None, None),
        ("status", True, date(2022, 1, 31), "engaged", "engaged", None),
        ("failed", False, None, None, None, None),
        ("signal", True, date(2022, 3, 15), None, None, None),
        ("signal", False, None, None, None, None),
    ]


def test_spells_count_their_days_by_basis() -> None:
    told = ("spell", "origin", "attestation", "days_evidenced", "days_silent", "days_assumed")
    assert cells(table("spells", [ENGAGED]), *told) == [
        (1, "assumed", None, 0, 0, 455),  # 366 days of 2000, and 89 to 2001-03-30
        (2, "evidenced", "official", 731, 275, 0),  # to 2003-03-31, and to the end of 2003
    ]


def test_countries_say_what_the_last_documented_stage_rests_on() -> None:
    told = ("stage", "basis", "last_entry", "days_since", "start_evidenced")
    assert cells(table("countries", [ENGAGED]), *told) == [
        ("engaged", "silent", date(2001, 3, 31), 1005, False)
    ]


@pytest.mark.parametrize(
    ("assumed", "evidence", "row"),
    [
        (None, (OFFICIAL,), (True, "evidenced", 365)),
        ("Made up.", (OFFICIAL,), (False, "assumed", None)),
        (None, (), (False, "silent", None)),
    ],
)
def test_a_start_counts_as_an_entry_if_it_has_evidence_and_is_not_assumed(
    assumed: str | None, evidence: tuple[rm.Evidence, ...], row: tuple[object, ...]
) -> None:
    made = record(begins="2001-01-01", until="2002-01-01").scenario
    start = evolve(made.start, assumed=assumed, evidence=evidence)
    told = ("start_evidenced", "basis", "days_since")
    made_table = table("countries", [rm.replay(evolve(made, start=start))])
    assert cells(made_table, *told) == [row]


def test_what_was_known_by_a_day_rests_on_entries_known_by_then() -> None:
    late = evolve(
        OFFICIAL, source=evolve(OFFICIAL.source, id="late", issued=rm.When.parse("2003-01-01"))
    )
    steps = (act("engage", "2001-03-01"), evolve(signal("2001-09-01"), evidence=(late,)))
    known = record(*steps, begins="2000-01-01", until="2003-12-31", known_by="2002-12-31")
    rows = cells(panel([known], Unit.YEAR), "year", "basis", "last_entry")
    assert rows[-1] == (2002, "evidenced", date(2001, 3, 1))


# --- event log and linked data ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "start", "engaged", "last"),
    [
        ("latest", ("0", "0", "455"), ("731", "275", "0"), "2001-03-31"),
        ("earliest", ("0", "0", "425"), ("731", "305", "0"), "2001-03-01"),
    ],
)
def test_event_log_says_what_starts_and_spells_rest_on(
    dates: DateReading, start: tuple[str, ...], engaged: tuple[str, ...], last: str
) -> None:
    scenario = evolve(ENGAGED.scenario, reviewed=date(2005, 12, 31))
    log = ET.fromstring(export("xes", [rm.replay(scenario)], "xes", dates=dates))
    trace = next(log.iter(f"{LOG}trace"))
    event = next(log.iterfind(f".//{LOG}event/{LOG}string[@key='rule']/.."))
    found = {item.get("key"): item.get("value") for item in trace if item.get("key")}
    days = ("days_evidenced", "days_silent", "days_assumed")
    assert trace.find(f"{LOG}boolean[@key='start_assumed']") is not None
    assert (found["start_assumed"], found["start_assumed_because"]) == ("true", "Made up.")
    assert tuple(found[f"{key}_at_start"] for key in days) == start
    assert found["basis_at_end"] == "silent"
    assert str(found["last_entry_at_end"])[:10] == last
    assert str(found["reviewed"])[:10] == "2005-12-31"
    told = {item.get("key"): item.get("value") for item in event}
    assert tuple(told[key] for key in days) == engaged
    assert told["attestation"] == "official"


def test_linked_data_say_what_starts_and_spells_rest_on() -> None:
    scenario = evolve(ENGAGED.scenario, reviewed=date(2005, 12, 31))
    document = json.loads(export("jsonld", [rm.replay(scenario)], "jsonld"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    days = ("daysEvidenced", "daysSilent", "daysAssumed")
    history, change = nodes["#history/FJI"], nodes["#change/FJI/1"]
    assert (history["startAssumed"], history["startAssumedBecause"]) == (True, "Made up.")
    assert [history[key] for key in days] == [0, 0, 455]
    assert [change[key] for key in days] == [731, 275, 0]
    told = ("stage", "basis", "lastEntry", "documentedUntil", "reviewed")
    assert [history[key] for key in told] == [
        "engaged",
        "silent",
        "2001-03-31",
        "2003-12-31",
        "2005-12-31",
    ]
    assert document["@context"]["lastEntry"]["@type"] == "xsd:date"


def test_evidenced_start_is_not_marked_as_assumed() -> None:
    made = ENGAGED.scenario
    replay = rm.replay(evolve(made, start=evolve(made.start, assumed=None, evidence=(OFFICIAL,))))
    text = export("xes", [replay], "xes").decode()
    assert '<boolean key="start_assumed" value="false" />' in text
    assert "start_assumed_because" not in text
    document = json.loads(export("jsonld", [replay], "jsonld"))
    (history,) = (node for node in document["@graph"] if node["@id"] == "#history/FJI")
    assert history["startAssumed"] is False
    assert "startAssumedBecause" not in history


# --- the same from the tables alone -------------------------------------------------------------
#
# Whoever holds `countries`, `entries` and `spells` can work out what each row of the panel says of
# its basis. This code knows only their CSV text and the definition, nothing of `core.basis`.


def rows_of(name: str, replays: list[rm.Replay]) -> dict[str, list[Said]]:
    """The rows of a table as its CSV text gives them, by country."""
    found: dict[str, list[Said]] = {}
    for row in csv.DictReader(io.StringIO(table(name, replays).csv().decode(), newline="")):
        found.setdefault(row["country"], []).append(row)
    return found


def number(day: str, if_open: float) -> float:
    return date.fromisoformat(day).toordinal() if day else if_open


def counted_days(country: Said, entries: list[Said]) -> tuple[list[tuple[float, str]], float]:
    """The days from which entries count, with their numbers, and the day an assumption ends."""
    begins = {"counts": country["start_evidenced"], "entry": "0", "kind": "start"}
    begins |= {"date_earliest": country["begins_earliest"], "date_latest": country["begins_latest"]}
    kept = [begins, *(entry for entry in entries if entry["deprecated"] == "false")]
    until = number(country["documented_until"], math.nan)
    latest, found, attested = math.inf, [], math.inf
    for entry in reversed(kept):
        latest = min(latest, number(entry["date_latest"], math.inf))
        if entry["counts"] == "true" and number(entry["date_earliest"], 0) <= until:
            found.append((min(latest, until), entry["entry"]))
            if entry["kind"] == "act" or (entry["kind"] == "status" and entry["status_stage"]):
                attested = min(latest, until)
    return found[::-1], attested


def worked_out(country: Said, entries: list[Said], spells: list[Said]) -> Iterator[Said]:
    """What each day of a record rests on: from its first possible day to its last."""
    counted, attested = counted_days(country, entries)
    until = int(number(country["documented_until"], math.nan))
    begins = number(country["begins_earliest"] or country["begins_latest"], math.nan)
    days = [(s["begins_earliest"], s["begins_latest"]) for s in spells]
    bounds = [(number(first, 0), number(last, math.inf)) for first, last in days]
    days = [day for day, _ in counted]
    for day in range(int(begins), until + 1):
        heard = [one for one in days if one <= day]
        since = day - heard[-1] if heard else math.inf
        if country["start_assumed"] and day < attested:
            basis = "assumed"
        else:
            basis = "evidenced" if since <= 730 else "silent"
        ends = [late for _, late in bounds[1:]] + [math.inf]
        possible = [
            spell
            for spell, (early, _), end in zip(spells, bounds, ends, strict=True)
            if early <= day < end
        ]
        begun = bounds[0][1] <= day
        agree = begun and len({(spell["stage"], spell["ban"]) for spell in possible}) == 1
        told = {
            key: {spell[key] for spell in possible} if begun else set()
            for key in ("spell", "origin", "attestation")
        }
        yield {
            "day": date.fromordinal(day).isoformat(),
            "basis": basis,
            "last_entry": date.fromordinal(int(heard[-1])).isoformat() if heard else "",
            "days_since": str(int(since)) if heard else "",
            "certain": str(agree and basis == "evidenced").lower(),
            "dates_agree": str(agree).lower(),
            **{key: found.pop() if len(found) == 1 else "" for key, found in told.items()},
        }


@pytest.fixture(scope="module")
def shipped() -> list[rm.Replay]:
    return [rm.replay(scenario) for scenario in rm.load_folder().scenarios]


@pytest.fixture(scope="module")
def again(shipped: list[rm.Replay]) -> dict[str, list[Said]]:
    """Every country-day of the shipped record, worked out from the CSV of three tables."""
    found, entries, spells = (rows_of(n, shipped) for n in ("countries", "entries", "spells"))
    return {
        code: list(worked_out(one, entries.get(code, []), spells[code]))
        for code, (one,) in found.items()
    }


def test_panel_of_every_country_day_follows_from_three_tables(
    shipped: list[rm.Replay], again: dict[str, list[Said]]
) -> None:
    made = table("country_day", shipped)
    names = [field.name for field in made.fields]
    at = [names.index(name) for name in ("country", *next(iter(again.values()))[0])]
    expected = ((code, *row.values()) for code, rows in again.items() for row in rows)
    for row, told in zip(made.rows, expected, strict=True):
        cell = [row[i] for i in at]
        assert tuple("" if c is None else str(c).lower() for c in cell[1:]) == told[1:], cell
        assert cell[0] == told[0]


def test_history_agrees_with_three_tables_on_every_country_day(
    shipped: list[rm.Replay], again: dict[str, list[Said]]
) -> None:
    for replay in shipped:
        for told in again[replay.country]:
            position = replay.history.on(date.fromisoformat(told["day"]))
            since = "" if position.days_since is None else str(position.days_since)
            basis, sure = str(position.basis), str(position.certain).lower()
            assert (basis, since, sure) == (told["basis"], told["days_since"], told["certain"])


def test_spells_of_the_shipped_record_count_the_days_that_three_tables_give(
    shipped: list[rm.Replay], again: dict[str, list[Said]]
) -> None:
    for code, spells in rows_of("spells", shipped).items():
        days, told = again[code], [spell["begins_latest"] or "9999" for spell in spells]
        for spell, (first, end) in zip(spells, pairwise([*told, "9999"]), strict=True):
            found = Counter(day["basis"] for day in days if first <= day["day"] < end)
            counts = {basis: int(spell[f"days_{basis}"]) for basis in found}
            assert counts == found, (code, spell["spell"])
            assert sum(int(spell[key]) for key in spell if key.startswith("days_")) == found.total()


def test_entries_of_the_shipped_record_count_as_their_outcome_says(
    shipped: list[rm.Replay],
) -> None:
    countries = rows_of("countries", shipped)
    for code, rows in rows_of("entries", shipped).items():
        days, _ = counted_days(*countries[code], rows)
        assert {number: date.fromordinal(int(day)).isoformat() for day, number in days} == {
            row["entry"]: row["counts_from"] for row in rows if row["counts"] == "true"
        }
        for row in rows:
            taken = {"act": "changed", "status": "in all", "refuse": "refused"}
            outcomes = {taken.get(row["kind"], ""), "in some" if row["kind"] == "status" else ""}
            assert row["counts"] == "false" or row["outcome"] in outcomes
            unused = ("refused", "struck_out", "denied", "refuse")
            assert row["counts"] == "true" or row["kind"] in unused


def test_no_day_of_an_assumed_start_is_certain_in_the_shipped_record(
    again: dict[str, list[Said]],
) -> None:
    days = [(code, day) for code, rows in again.items() for day in rows]
    assert len({code for code, day in days if day["origin"] == "assumed"}) > 20
    found = [day for _, day in days if day["certain"] == "true" and day["origin"] == "assumed"]
    assert found == []


def test_stage_of_bulgaria_and_of_czechia_is_assumed_on_every_day(
    again: dict[str, list[Said]],
) -> None:
    for code in ("BGR", "CZE"):
        assert {day["basis"] for day in again[code]} == {"assumed"}


def test_no_country_is_engaged_in_2005_without_an_entry_after_the_fall_of_2001(
    shipped: list[rm.Replay],
) -> None:
    made = table("country_day", shipped)
    rows = cells(made, "day", "country", "stages", "last_entry")
    stages = {code: (stage, last) for day, code, stage, last in rows if day == date(2005, 1, 1)}
    assert len(stages) > 20
    for code, (stage, last) in stages.items():
        assert "engaged" not in str(stage) or (last and last >= date(2001, 12, 8)), code
