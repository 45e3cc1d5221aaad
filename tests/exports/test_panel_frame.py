"""Numbers of states by the day of a row, and panels of every state of the system."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from support.pictured import act, record

import recognition_model as rm
from recognition_model.exports import Table, Unit, export, panel, table
from recognition_model.exports.state_codes import Frame, members, number_on


def column(of: Table, *names: str) -> list[tuple[object, ...]]:
    at = [[field.name for field in of.fields].index(name) for name in names]
    return [tuple(row[i] for i in at) for row in of.rows]


@pytest.mark.parametrize(
    ("country", "years"),
    [
        # The day described is the last of the year.
        ("SRB", {2004: (345, 345), 2005: (345, 345), 2006: (345, 340), 2007: (345, 340)}),
        ("DEU", {1988: (260, 260), 1989: (260, 260), 1990: (255, 260), 1991: (255, 260)}),
        ("YEM", {1988: (678, 678), 1989: (678, 678), 1990: (679, 678), 1991: (679, 678)}),
        ("KAZ", {1990: (None, None), 1991: (705, 705)}),
        ("VAT", {1990: (None, None), 1991: (None, None)}),
    ],
)
def test_numbers_of_a_row_are_those_of_its_day(
    country: str, years: dict[int, tuple[int | None, int | None]]
) -> None:
    replay = record(country=country, begins=f"{min(years)}-01-01", until=f"{max(years)}-12-31")
    found = {year: (cow, gw) for year, cow, gw in column(panel([replay]), "year", "cow", "gw")}
    assert found == years
    assert column(table("countries", [replay]), "cow", "gw") == [years[max(years)]]


def test_numbers_of_days_change_on_the_day() -> None:
    replay = record(country="SRB", begins="2006-06-03", until="2006-06-06")
    assert column(panel([replay], "day"), "day", "cow", "gw") == [
        (date(2006, 6, 3), 345, 345),
        (date(2006, 6, 4), 345, 345),
        (date(2006, 6, 5), 345, 340),
        (date(2006, 6, 6), 345, 340),
    ]
    german = record(country="DEU", begins="1990-10-02", until="1990-10-03")
    assert column(panel([german], "day"), "cow", "gw") == [(260, 260), (255, 260)]


def test_year_has_the_keys_of_its_directed_dyad_with_afghanistan() -> None:
    replay = record(country="YEM", begins="1989-01-01", until="1990-12-31")
    told = ("year", "ccode1", "ccode2", "gwcode1", "gwcode2", "dyad")
    assert column(panel([replay]), *told) == [
        (1989, 678, 700, 678, 700, 678700),
        (1990, 679, 700, 678, 700, 679700),
    ]


# --- frames ---------------------------------------------------------------------------------------


RECORDS = [
    record(act("engage", "2011-03-01"), country="NOR", begins="2011-01-01", until="2012-06-30"),
    record(country="SRB", begins="2012-01-01", until="2012-06-30"),
]


@pytest.mark.parametrize("frame", ["cow", "gw"])
def test_frame_has_every_state_in_every_year(frame: str) -> None:
    made = panel(RECORDS, "year", frame=frame)
    rows = column(made, "year", "country", frame, "in_record")
    for year, day in ((2011, date(2011, 12, 31)), (2012, date(2012, 6, 30))):
        expected = {
            code
            for code in members(Frame(frame))
            if number_on(Frame(frame), code, day.toordinal()) is not None
        }
        found = [(code, number) for y, code, number, _ in rows if y == year]
        assert {code for code, _ in found} == expected
        assert len(found) == len(expected) == 195
        assert None not in {number for _, number in found}
    assert [(y, code) for y, code, _, inside in rows if inside] == [
        (2011, "NOR"),
        (2012, "NOR"),
        (2012, "SRB"),
    ]


def test_state_is_in_the_frame_from_its_first_day() -> None:
    found = column(panel(RECORDS, "month", frame="cow"), "country", "month", "cow")
    months = [month for code, month, _ in found if code == "SSD"]
    assert (months[0], months[-1], len(months)) == ("2011-07", "2012-06", 12)
    days = column(panel(RECORDS, "day", frame="gw"), "country", "day", "gw")
    sudan = [day for code, day, _ in days if code == "SSD"]
    assert (sudan[0], sudan[-1]) == (date(2011, 7, 9), date(2012, 6, 30))


@pytest.mark.parametrize(
    ("unit", "labels"), [("year", [2012, 2013]), ("month", ["2012-12", "2013-01"])]
)
def test_state_has_a_row_for_a_unit_of_which_the_frame_has_one_day(
    unit: str, labels: list[object]
) -> None:
    made = panel(
        [record(country="NOR", begins="2012-12-01", until="2013-01-01")], unit, frame="cow"
    )
    assert [label for code, label in column(made, "country", unit) if code == "SSD"] == labels


def test_former_states_leave_the_frame() -> None:
    replay = record(country="RUS", begins="1989-01-01", until="1993-12-31")
    found = column(panel([replay], "year", frame="cow"), "country", "year")
    for code, years in {"DDR": [1989], "YMD": [1989], "CSK": [1989, 1990, 1991, 1992]}.items():
        assert [year for country, year in found if country == code] == years
    assert [year for country, year in found if country == "CZE"] == [1993]


@pytest.mark.parametrize("unit", Unit)
def test_frame_keeps_rows_of_records_and_says_nothing_elsewhere(unit: Unit) -> None:
    plain, framed = panel(RECORDS, unit), panel(RECORDS, unit, frame="gw")
    names = [field.name for field in framed.fields]
    inside = names.index("in_record")
    assert [row for row in framed.rows if row[inside]] == list(plain.rows)
    known = {"country", "cow", "gw", "ccode1", "ccode2", "gwcode1", "gwcode2", "dyad", "day"}
    known |= {unit.value, "within_record", "in_record"}
    for row in framed.rows:
        if not row[inside]:
            given = {name for name, cell in zip(names, row, strict=True) if cell is not None}
            assert given <= known
            assert row[names.index("within_record")] is False
    assert len(framed) == len(framed.rows)


@pytest.mark.parametrize("unit", Unit)
def test_rows_of_a_frame_have_one_key_each_in_order(unit: Unit) -> None:
    keys = column(panel(RECORDS, unit, frame="cow"), "country", unit.value)
    assert all(one < other for one, other in pairwise(keys))  # type: ignore[operator]


def test_record_of_a_country_outside_the_system_stays_in_the_frame() -> None:
    made = panel([record(country="VAT", until="2022-12-31")], "year", frame="cow")
    vatican = [row for row in column(made, "country", "cow", "in_record") if row[0] == "VAT"]
    assert vatican == [("VAT", None, True)] * 2


def test_columns_of_a_frame_may_be_empty_and_lead_to_no_country() -> None:
    framed = {field.name: field.required for field in panel(RECORDS, "year", frame="cow").fields}
    plain = {field.name: field.required for field in panel(RECORDS, "year").fields}
    assert plain["basis"]
    assert not framed["basis"]
    assert framed["in_record"]
    assert not panel(RECORDS, "year", frame="cow").links


# --- the library's face ---------------------------------------------------------------------------


def test_panel_takes_a_folder_scenarios_or_replays() -> None:
    scenarios = [replay.scenario for replay in RECORDS]
    assert rm.panel(scenarios, "month") == rm.panel(RECORDS, Unit.MONTH)
    folder = rm.load_folder()
    assert len(rm.panel(folder, unit="year")) == len(panel([*map(rm.replay, folder.scenarios)]))


def test_panel_refuses_a_country_twice_and_unknown_words() -> None:
    with pytest.raises(ValueError, match="a country occurs twice"):
        rm.panel([RECORDS[0], RECORDS[0]])
    with pytest.raises(ValueError, match="week"):
        rm.panel(RECORDS, "week")
    with pytest.raises(ValueError, match="polity"):
        rm.panel(RECORDS, frame="polity")


def test_export_of_a_unit_or_a_frame_has_a_version_of_its_own() -> None:
    from recognition_model.exports import version_of

    made = [{}, {"unit": "year"}, {"frame": "cow"}, {"frame": "gw"}]
    versions = [version_of("csv", RECORDS, "zip", **options) for options in made]
    assert len(set(versions)) == len(versions)


def test_package_of_a_unit_has_that_panel_alone() -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(export("csv", RECORDS, "zip", unit="year"))) as archive:
        names = [name for name in archive.namelist() if name.startswith("country_")]
    assert names == ["country_year.csv"]
