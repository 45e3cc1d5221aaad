"""Panel: the state of each country at the end of each day, month or year of its record."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from support.effort import examples
from support.pictured import act, record

import recognition_model as rm
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.exports import Table, Unit, panel
from recognition_model.testing import scenarios

DOUBTFUL = record(act("engage", "2022-03~"), begins="2021-12-15", until="2022-06-15")


def column(table: Table, *names: str) -> list[tuple[object, ...]]:
    at = [[field.name for field in table.fields].index(name) for name in names]
    return [tuple(row[i] for i in at) for row in table.rows]


def test_month_row_gives_state_at_its_end() -> None:
    table = panel([DOUBTFUL], Unit.MONTH)
    assert column(table, "month", "day", "stage", "stages", "dates_agree") == [
        ("2021-12", date(2021, 12, 31), "hostile", "hostile", True),
        ("2022-01", date(2022, 1, 31), "hostile", "hostile", True),
        ("2022-02", date(2022, 2, 28), None, "hostile engaged", False),
        ("2022-03", date(2022, 3, 31), None, "hostile engaged", False),
        ("2022-04", date(2022, 4, 30), "engaged", "engaged", True),
        ("2022-05", date(2022, 5, 31), "engaged", "engaged", True),
        ("2022-06", date(2022, 6, 15), "engaged", "engaged", True),
    ]


@pytest.mark.parametrize(
    ("dates", "stages"),
    [
        ("earliest", ["hostile", "hostile", *["engaged"] * 5]),
        ("latest", [*["hostile"] * 4, "engaged", "engaged", "engaged"]),
    ],
)
def test_uncertain_dates_are_read_at_requested_end_and_marked(
    dates: DateReading, stages: list[str]
) -> None:
    table = panel([DOUBTFUL], Unit.MONTH, dates)
    assert [stage for (stage,) in column(table, "stage")] == stages
    doubted = [month for month, sure in column(table, "month", "dates_agree") if not sure]
    assert doubted == ["2022-02", "2022-03"]


def test_partly_documented_year_is_marked() -> None:
    table = panel([DOUBTFUL], Unit.YEAR)
    assert column(table, "year", "day", "within_record") == [
        (2021, date(2021, 12, 31), True),
        (2022, date(2022, 6, 15), False),
    ]


def test_days_run_from_the_first_to_the_last_of_the_record_and_not_beyond() -> None:
    replay = record(act("engage", "2022-01-02"), begins="2022-01-01", until="2022-01-03")
    told = ("country", "cow", "gw", "day", "stage", "ban", "states", "basis", "last_entry")
    told += ("days_since", "certain", "dates_agree", "spell", "change", "origin", "attestation")
    day = [date(2022, 1, n) for n in (1, 2, 3)]
    sure = (True, True, 2, 1, "evidenced", "official")
    unsure = (False, True, 1, None, "assumed", None)
    hostile, engaged = ("hostile", "none", "hostile/none"), ("engaged", "none", "engaged/none")
    assert column(panel([replay], Unit.DAY), *told) == [
        ("FJI", 950, 950, day[0], *hostile, "assumed", None, None, *unsure),
        ("FJI", 950, 950, day[1], *engaged, "evidenced", day[1], 0, *sure),
        ("FJI", 950, 950, day[2], *engaged, "evidenced", day[1], 1, *sure),
    ]


def test_ban_is_uncertain_if_its_lifting_is() -> None:
    replay = record(
        act("ban", "2022-01-01"),
        act("delist", "2022-01-03..2022-01-04"),
        begins="2022-01-01",
        until="2022-01-04",
    )
    assert column(panel([replay], Unit.DAY), "stage", "ban", "bans") == [
        ("banned", "in_force", "in_force"),
        ("banned", "in_force", "in_force"),
        (None, None, "in_force lifted"),
        ("delisted", "lifted", "lifted"),
    ]


def test_rows_before_certain_start_are_uncertain() -> None:
    replay = record(begins="2022-01-01..2022-01-02", until="2022-01-03")
    told = ("day", "stage", "stages", "spell", "dates_agree", "within_record")
    assert column(panel([replay], Unit.DAY), *told) == [
        (date(2022, 1, 1), None, "hostile", None, False, False),
        (date(2022, 1, 2), "hostile", "hostile", 1, True, True),
        (date(2022, 1, 3), "hostile", "hostile", 1, True, True),
    ]
    late = panel([replay], Unit.DAY, "latest")
    assert [day for (day,) in column(late, "day")] == [date(2022, 1, 2), date(2022, 1, 3)]


@pytest.mark.parametrize(("unit", "label"), [("day", date(2022, 1, 1)), ("year", 2022)])
def test_record_of_one_day_has_one_row(unit: str, label: object) -> None:
    table = panel([record(begins="2022-01-01", until="2022-01-01")], unit)
    assert column(table, unit) == [(label,)]


def test_panel_says_what_a_row_is_and_which_states_and_levels_it_has() -> None:
    said = "Where each country stood at the end of each year, within its data."
    scale = rm.load_scale("representation")
    levels = f" Levels: {scale.in_words}."
    states = " Every state of the list gw has rows."
    assert panel([DOUBTFUL]).description == said
    assert panel([DOUBTFUL], frame="gw").description == said + states
    assert panel([DOUBTFUL], scale=scale).description == said + levels
    assert panel([DOUBTFUL], frame="gw", scale=scale).description == said + states + levels


@pytest.mark.parametrize("dates", DATE_READINGS)
def test_open_start_is_read_at_its_known_end(dates: DateReading) -> None:
    replay = record(begins="..2022-01-02", until="2022-01-03")
    days = [day for (day,) in column(panel([replay], Unit.DAY, dates), "day")]
    assert days == [date(2022, 1, 2), date(2022, 1, 3)]


def test_record_of_200_years_has_a_row_for_each() -> None:
    table = panel([record(begins="1825-05-01", until="2025-12-31")], Unit.YEAR)
    assert [year for (year,) in column(table, "year")] == list(range(1825, 2026))


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize(
    ("begins", "until"),
    [("1824-12-31", "2025-01-01"), ("2021", "9999-12-31"), ("..0001-01-01", "2025-01-01")],
)
def test_record_of_more_than_200_years_is_refused(unit: Unit, begins: str, until: str) -> None:
    replays = [DOUBTFUL, record(begins=begins, until=until, country="NOR")]
    with pytest.raises(rm.RecordError, match=f"Norway .* to {until}: a panel covers at most 200"):
        panel(replays, unit)


def test_every_record_too_long_is_named_at_once() -> None:
    long = [record(until="9999-12-31", country=country) for country in ("NOR", "SWE")]
    with pytest.raises(rm.RecordError) as refused:
        panel([long[0], DOUBTFUL, long[1]], Unit.DAY)
    found = refused.value.findings
    assert [(one.code, one.message.partition(" ")[0]) for one in found] == [
        ("RM408", "Norway"),
        ("RM408", "Sweden"),
    ]
    assert all(one.is_error for one in found)


def test_a_record_that_ends_before_it_begins_has_no_row() -> None:
    replay = record(begins="2022-01-02", until="2022-01-03", known_by="2022-01-01")
    assert panel([replay], Unit.DAY).rows == ()


@settings(max_examples=examples(30))
@given(scenarios())
def test_panel_agrees_with_history(scenario: rm.Scenario) -> None:
    history = rm.replay(scenario).history
    read = [panel([rm.replay(scenario)], Unit.MONTH, dates) for dates in DATE_READINGS]
    for dates, table in zip(DATE_READINGS, read, strict=True):
        heard = history.read(dates)
        for on, stage, ban, stages, bans, basis, agree, certain in column(
            table, "day", "stage", "ban", "stages", "bans", "basis", "dates_agree", "certain"
        ):
            position = history.on(on)
            assert basis == str(heard.on(on).basis)
            assert certain == (agree and basis == "evidenced")
            assert stages.split() == list(map(str, sorted({s.stage for s in position.states})))
            assert bans.split() == list(map(str, sorted({s.ban for s in position.states})))
            assert agree == position.dates_agree
            if dates == "all":
                assert stage == (str(position.stage) if position.stage else None)
                assert ban == (str(position.ban) if position.ban else None)
            else:
                assert stage in stages.split()
                assert ban in bans.split()


@settings(max_examples=examples(30))
@given(scenarios())
def test_earliest_begin_days_do_not_exceed_latest(
    scenario: rm.Scenario,
) -> None:
    history = rm.replay(scenario).history
    early, late = (history.begin_days(dates) for dates in ("earliest", "latest"))
    assert early == sorted(early)
    assert late == sorted(late)
    assert all(a <= b for a, b in zip(early, late, strict=True))
