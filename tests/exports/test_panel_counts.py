"""What lies within a unit of the panel: acts and signals, days at each stage, the bounds."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.core.evidence import Bearing
from recognition_model.core.scenario import Rank
from recognition_model.core.signals import Family
from recognition_model.core.stages import Reason, Stage
from recognition_model.exports import Table, Unit, panel, table
from recognition_model.testing import scenarios

Rows = list[dict[str, object]]


def rows(of: Table) -> Rows:
    names = [field.name for field in of.fields]
    return [dict(zip(names, row, strict=True)) for row in of.rows]


def column(of: Table, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows(of)]


def signal(day: str, family: Family | None = Family.VISIT, *more: rm.Evidence) -> rm.SignalStep:
    when = rm.When.parse(day)
    return rm.SignalStep(signal="made_up", family=family, date=when, evidence=(PRESS, *more))


# --- the end of the unit --------------------------------------------------------------------------


TURNS = record(
    act("ban", "2022-01-10"),
    act("engage", "2022-02-01..2022-03-31"),
    act("delist", "2022-03-01..2022-04-10"),
    begins="2022-01-01",
    until="2022-05-31",
)


def test_stage_has_its_number_and_the_bounds_of_all_readings() -> None:
    told = ("month", "stage", "stage_code", "stage_low", "stage_low_code")
    assert column(panel([TURNS], Unit.MONTH), *told, "stage_high", "stage_high_code") == [
        ("2022-01", "banned", 1, "banned", 1, "banned", 1),
        ("2022-02", None, None, "banned", 1, "engaged", 2),
        ("2022-03", None, None, "engaged", 2, "delisted", 3),
        ("2022-04", "delisted", 3, "delisted", 3, "delisted", 3),
        ("2022-05", "delisted", 3, "delisted", 3, "delisted", 3),
    ]


def test_states_pair_stages_with_their_bans() -> None:
    assert column(panel([TURNS], Unit.MONTH), "states", "stages", "bans") == [
        ("banned/in_force", "banned", "in_force"),
        ("banned/in_force engaged/in_force", "banned engaged", "in_force"),
        ("engaged/in_force delisted/lifted", "engaged delisted", "in_force lifted"),
        ("delisted/lifted", "delisted", "lifted"),
        ("delisted/lifted", "delisted", "lifted"),
    ]


def test_one_set_of_states_has_one_spelling() -> None:
    falls = record(
        act("engage", "2022-01-10"), act("break_off", "2022-02..2022-03"), until="2022-04-30"
    )
    rises = record(act("engage", "2022-02..2022-03"), until="2022-04-30")
    for replay in (falls, rises):
        found = {row["month"]: row for row in rows(panel([replay], Unit.MONTH))}
        assert found["2022-02"]["states"] == "hostile/none engaged/none"
        assert found["2022-02"]["stages"] == "hostile engaged"


@pytest.mark.parametrize(
    ("dates", "keys"),
    [
        ("all", [(2, 1), (None, None), (None, None), (4, 3), (4, 3)]),
        ("earliest", [(2, 1), (3, 2), (4, 3), (4, 3), (4, 3)]),
        ("latest", [(2, 1), (2, 1), (3, 2), (4, 3), (4, 3)]),
    ],
)
def test_spell_and_change_are_keys_of_their_tables(
    dates: DateReading, keys: list[tuple[int, int]]
) -> None:
    made = panel([TURNS], Unit.MONTH, dates)
    assert column(made, "spell", "change") == keys
    spells = dict(column(table("spells", [TURNS]), "spell", "change"))
    changes = dict(column(table("changes", [TURNS]), "change", "stage_after"))
    for spell, change, stage in column(made, "spell", "change", "stage"):
        if spell is not None:
            assert (spells[spell], changes[change]) == (change, stage)


# --- acts and signals -----------------------------------------------------------------------------


def test_acts_and_signals_are_counted_in_their_month() -> None:
    replay = record(
        signal("2021-09-01"),
        act("engage", "2021-09-30"),
        signal("2021-10-01", Family.CONTACT),
        signal("2021-10-31"),
        signal("2021-10-31"),
        signal("2021-10-31", None),
        until="2021-11-30",
    )
    told = ("month", "acts", "signals", "signals_visit", "signals_contact", "signals_force")
    assert column(panel([replay], Unit.MONTH), *told) == [
        ("2021-08", 0, 0, 0, 0, 0),
        ("2021-09", 1, 1, 1, 0, 0),
        ("2021-10", 0, 4, 2, 1, 0),
        ("2021-11", 0, 0, 0, 0, 0),
    ]


def test_what_is_struck_out_refused_or_denied_is_no_act_and_no_signal() -> None:
    denial = evolve(OFFICIAL, bearing=Bearing.DISPUTES)
    refuse = rm.RefuseStep(
        refuse=rm.Act.RECOGNISE,
        because=Reason.WRONG_STAGE,
        date=rm.When.parse("2021-09-02"),
        evidence=(OFFICIAL,),
    )
    replay = record(
        refuse,
        act("recognise", "2021-09-03"),
        evolve(act("engage", "2021-09-04"), rank=Rank.DEPRECATED, because="A slip."),
        signal("2021-09-05", Family.VISIT, denial),
        act("engage", "2021-09-06"),
        until="2021-09-30",
    )
    told = ("acts", "signals", "signals_visit", "signals_denied", "acts_perhaps")
    assert column(panel([replay], Unit.YEAR), *told, "signals_perhaps") == [(1, 0, 0, 1, 0, 0)]


SPREAD = record(
    signal("2022-01-20..2022-02-10"),
    act("engage", "2022-02-05..2022-04-02"),
    signal("2022-04"),
    begins="2022-01-01",
    until="2022-04-30",
)


@pytest.mark.parametrize(
    ("dates", "acts", "signals"),
    [
        ("all", [0, 0, 0, 0], [0, 0, 0, 1]),
        ("earliest", [0, 1, 0, 0], [1, 0, 0, 1]),
        ("latest", [0, 0, 0, 1], [0, 1, 0, 1]),
    ],
)
def test_an_uncertain_date_is_counted_where_it_surely_lies_or_is_read(
    dates: DateReading, acts: list[int], signals: list[int]
) -> None:
    made = panel([SPREAD], Unit.MONTH, dates)
    assert [n for (n,) in column(made, "acts")] == acts
    assert [n for (n,) in column(made, "signals_visit")] == signals
    assert column(made, "acts_perhaps", "signals_perhaps") == [(0, 1), (1, 1), (1, 0), (1, 0)]


def test_an_entry_that_may_lie_after_the_record_is_counted_up_to_its_end() -> None:
    replay = record(
        signal("2022-06"), signal("2022-06-20"), begins="2022-05-01", until="2022-06-15"
    )
    told = ("signals", "signals_perhaps")
    assert column(panel([replay], Unit.MONTH), *told) == [(0, 0), (1, 0)]
    assert column(panel([replay], Unit.DAY, "latest"), "signals")[-1] == (1,)


@pytest.mark.parametrize("unit", [Unit.MONTH, Unit.DAY])
def test_date_that_reaches_over_an_end_is_counted_perhaps_on_both_sides(unit: Unit) -> None:
    replay = record(
        act("engage", "2022-01-31..2022-02-01"), begins="2022-01-30", until="2022-02-02"
    )
    wanted = {Unit.MONTH: [1, 1], Unit.DAY: [0, 1, 1, 0]}[unit]
    assert column(panel([replay], unit), "acts_perhaps") == [(count,) for count in wanted]


# --- days at each stage ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        # January: 9 days hostile, 22 banned.
        ("all", [(31, 9, 22, 0, 0, 0), (28, 0, 0, 0, 0, 28)]),
        ("earliest", [(31, 9, 22, 0, 0, 0), (28, 0, 0, 28, 0, 0)]),
        ("latest", [(31, 9, 22, 0, 0, 0), (28, 0, 28, 0, 0, 0)]),
    ],
)
def test_days_are_counted_at_the_stage_of_their_end(
    dates: DateReading, days: list[tuple[int, ...]]
) -> None:
    told = ("days", "days_hostile", "days_banned", "days_engaged", "days_delisted")
    found = column(panel([TURNS], Unit.MONTH, dates), *told, "days_undetermined")
    assert found[:2] == days


@pytest.mark.parametrize(
    ("dates", "bounds"),
    [
        ("all", ("hostile", 0, "delisted", 3)),
        ("earliest", ("hostile", 0, "delisted", 3)),
    ],
)
def test_lowest_and_highest_stage_are_those_of_any_day(
    dates: DateReading, bounds: tuple[object, ...]
) -> None:
    told = ("lowest", "lowest_code", "highest", "highest_code")
    assert column(panel([TURNS], Unit.YEAR, dates), *told) == [bounds]


def test_a_stage_left_before_the_end_of_the_year_is_its_highest() -> None:
    replay = record(
        act("engage", "2022-02-01"), act("break_off", "2022-03-01"), begins="2021-12-31"
    )
    told = ("year", "stage", "lowest", "highest", "days_engaged")
    assert column(panel([replay], Unit.YEAR), *told)[:3] == [
        (2021, "hostile", "hostile", "hostile", 0),
        (2022, "hostile", "hostile", "engaged", 28),
        (2023, "hostile", "hostile", "hostile", 0),
    ]


def test_days_on_which_the_record_may_not_have_begun_are_undetermined() -> None:
    replay = record(begins="2022-01-03..2022-01-10", until="2022-01-31")
    told = ("days", "days_hostile", "days_undetermined")
    assert column(panel([replay], Unit.YEAR), *told) == [(29, 22, 7)]
    assert column(panel([replay], Unit.YEAR, "latest"), *told) == [(22, 22, 0)]


def test_record_from_the_first_day_of_the_calendar_has_its_days() -> None:
    replay = record(begins="..0001-01-01", until="0002-12-31")
    assert column(panel([replay], Unit.YEAR), "year", "days") == [(1, 365), (2, 365)]


# --- the same from other tables -------------------------------------------------------------------


def test_days_of_the_shipped_record_follow_from_the_day_panel() -> None:
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    for dates in DATE_READINGS:
        days: dict[tuple[object, int], list[dict[str, object]]] = {}
        for row in rows(panel(replays, Unit.DAY, dates)):
            day = row["day"]
            assert isinstance(day, date)
            days.setdefault((row["country"], day.year), []).append(row)
        for year in rows(panel(replays, Unit.YEAR, dates)):
            inside = days.pop((year["country"], year["year"]))  # type: ignore[index]
            stages = Counter(row["stage"] for row in inside)
            assert year["days"] == len(inside)
            assert year["days_undetermined"] == stages[None]
            assert all(year[f"days_{stage}"] == stages[str(stage)] for stage in Stage)
            for key, low, high in [("lowest", "stage_low_code", min), ("highest", "", max)]:
                codes = [
                    row["stage_code"] if dates != "all" else row[low or "stage_high_code"]
                    for row in inside
                ]
                assert year[f"{key}_code"] == high(codes)  # type: ignore[type-var]
        assert not days


@settings(max_examples=examples(40))
@given(scenarios(), st.sampled_from(["earliest", "latest"]))
def test_counts_of_a_reading_follow_from_entries(scenario: rm.Scenario, dates: DateReading) -> None:
    """Every act and signal that counts falls into one unit, except those after the record."""
    replay = rm.replay(scenario)
    entries = rows(table("entries", [replay]))
    until = scenario.documented_until
    for unit in (Unit.DAY, Unit.MONTH, Unit.YEAR):
        made = rows(panel([replay], unit, dates))
        signals = [row for row in entries if row["kind"] == "signal" and row["counts"]]
        told = [int(str(row["signals"])) for row in made]
        assert sum(told) == len(signals)
        begun = [day for day in replay.history.begin_days(dates)[1:] if day <= until.toordinal()]
        assert sum(int(str(row["acts"])) for row in made) == len(begun)
        if dates == "latest":
            days = Counter(unit.label(row["counts_from"]) for row in signals)  # type: ignore[arg-type]
            labels = [row[unit.value] for row in made]
            assert {label: n for label, n in zip(labels, told, strict=True) if n} == days


@settings(max_examples=examples(40))
@given(scenarios(), st.sampled_from(DATE_READINGS))
def test_days_of_a_month_sum_to_its_days_within_the_record(
    scenario: rm.Scenario, dates: DateReading
) -> None:
    for row in rows(panel([rm.replay(scenario)], Unit.MONTH, dates)):
        year, month = map(int, str(row["month"]).split("-"))
        days = [row[f"days_{name}"] for name in [*map(str, Stage), "undetermined"]]
        assert sum(map(int, map(str, days))) == row["days"]
        assert int(str(row["days"])) <= monthrange(year, month)[1]
        if row["within_record"] and dates != "all" and int(str(row["days"])) > 1:
            assert row["days_undetermined"] == 0


@settings(max_examples=examples(40))
@given(scenarios())
def test_days_of_a_spell_that_all_readings_agree_on_are_those_of_the_spells_table(
    scenario: rm.Scenario,
) -> None:
    """Days from the latest begin of a spell to the earliest begin of the next are determined."""
    replay = rm.replay(scenario)
    until = scenario.documented_until
    spells = rows(table("spells", [replay]))
    sure: Counter[object] = Counter()
    for at, spell in enumerate(spells):
        begins = spell["begins_latest"] or date.max
        after = spells[at + 1]["begins_earliest"] if at + 1 < len(spells) else None
        ends = min(after - timedelta(1), until) if isinstance(after, date) else until
        if at + 1 < len(spells) and after is None:
            ends = date.min  # the next may have begun at any time
        assert isinstance(begins, date)
        sure[spell["stage"]] += max(0, (ends - begins).days + 1)
    made = rows(panel([replay], Unit.YEAR))
    for stage in Stage:
        assert sum(int(str(row[f"days_{stage}"])) for row in made) >= sure[str(stage)]
