"""Tables as labelled variables of Stata and SPSS: names, labels, codes, limits."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import recognition_model as rm
from recognition_model.exports import TABLES, Field, Kind, Table, table, tables
from recognition_model.exports.formats import DoesNotFit
from recognition_model.exports.labelled import (
    Limits,
    cut,
    legal_name,
    octets,
    require_fit,
    variables,
)
from recognition_model.exports.spss import SPSS
from recognition_model.exports.stata import STATA
from recognition_model.exports.table_schema import Categories

SCALE = Categories(name="stage", meanings={"low": "Below.", "high": "Above."}, ordered=True)
LIST = Categories(name="act", meanings={"ban": "A ban.", "engage": "Dealings."})
GRADES = Categories(name="grade", meanings={"1": "confirmed", "2": "probably true"}, ordered=True)


@pytest.fixture(scope="module")
def shipped() -> list[Table]:
    replays = [rm.replay(scenario) for scenario in rm.load_folder().all_scenarios]
    return [table(name, replays) for name in TABLES if name != "country_day"]


def one_column(column: Field, *cells: str | int | bool | date | None) -> Table:
    key = Field(name="country", description="The country.")
    rows = tuple(("FJI", cell) for cell in cells)
    return Table(
        name="made",
        title="Made",
        description="Made up.",
        fields=(key, column),
        key=("country",),
        rows=rows,
    )


@pytest.mark.parametrize(
    ("limit", "label"),
    [
        (25, "Whether the record begins"),
        (24, "Whether the record..."),
        (20, "Whether the..."),
        (9, "Whethe..."),
    ],
)
def test_label_is_cut_behind_a_word_and_ends_in_dots(limit: int, label: str) -> None:
    assert cut("Whether the record begins", limit) == label


def test_label_is_measured_in_bytes_where_the_format_counts_bytes() -> None:
    assert cut("äää äää", 13, octets) == "äää äää"
    assert cut("äää äää", 12, octets) == "äää..."


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("stage", "stage"),
        ("To", "To_"),
        ("2024 days", "v_2024_days"),
        ("_n", "v_n"),
        ("date-latest", "date_latest"),
        ("a" * 9, "a" * 8),
        ("Day", "Day_"),
        ("month", "month_2"),
    ],
)
def test_variable_name_is_legal_and_free(name: str, legal: str) -> None:
    assert legal_name(name, 8 if name == "a" * 9 else 32, {"to", "day", "month", "month_"}) == legal


@pytest.mark.parametrize(
    ("limits", "name", "legal"),
    [(STATA, "in", "in_"), (SPSS, "in", "in"), (STATA, "to", "to"), (SPSS, "to", "to_")],
)
def test_name_that_a_program_reserves_gets_an_underscore(
    limits: Limits, name: str, legal: str
) -> None:
    assert variables(one_column(Field(name=name, description="N.")), limits)[1].name == legal


def test_words_of_a_scale_count_from_0_and_other_words_from_1() -> None:
    scale = variables(one_column(Field(name="s", description="S.", categories=SCALE)), STATA)[1]
    acts = variables(one_column(Field(name="a", description="A.", categories=LIST)), STATA)[1]
    assert (scale.codes, scale.labels) == ({"low": 0, "high": 1}, {0: "low", 1: "high"})
    assert (acts.codes, acts.labels) == ({"ban": 1, "engage": 2}, {1: "ban", 2: "engage"})
    assert (scale.measure, acts.measure) == ("ordinal", "nominal")
    assert [scale.value(cell) for cell in ("high", None)] == [1, None]


def test_flag_is_0_or_1_with_labels_and_an_empty_text_stays_text() -> None:
    flag = variables(one_column(Field(name="f", description="F.", kind=Kind.FLAG)), SPSS)[1]
    assert flag.labels == {0: "no", 1: "yes"}
    assert [flag.value(cell) for cell in (True, False, None)] == [1, 0, None]
    plain = variables(one_column(Field(name="t", description="T.")), SPSS)[1]
    assert [plain.value(cell) for cell in ("a", None)] == ["a", ""]


def test_grade_that_is_a_number_keeps_it_and_shows_its_meaning() -> None:
    column = Field(name="g", description="G.", kind=Kind.COUNT, categories=GRADES)
    grade = variables(one_column(column), SPSS)[1]
    assert grade.labels == {1: "confirmed", 2: "probably true"}
    assert grade.value(2) == 2


@pytest.mark.parametrize(
    ("month", "number"), [("1960-01", 0), ("1959-12", -1), ("1961-02", 13), ("2024-05", 772)]
)
def test_month_is_a_number_in_stata_and_text_in_spss(month: str, number: int) -> None:
    table = one_column(Field(name="month", description="M.", pattern=r"\d{4}-\d{2}"), month)
    assert variables(table, STATA)[1].value(month) == number
    assert variables(table, SPSS)[1].value(month) == month


def test_text_too_long_for_a_format_is_an_error_that_names_the_cell() -> None:
    table = one_column(Field(name="note", description="N."), "ä" * 16_384)
    made = variables(table, SPSS)
    with pytest.raises(DoesNotFit, match="at most 32,767 bytes: see note of FJI in made"):
        require_fit(table, table.rows[0], made, SPSS)
    require_fit(table, table.rows[0], variables(table, STATA), STATA)
    require_fit(table, ("FJI", "ä" * 16_383), made, SPSS)


def test_day_before_the_calendar_of_a_format_is_an_error() -> None:
    table = one_column(Field(name="day", description="D.", kind=Kind.DAY), date(1582, 10, 14))
    with pytest.raises(DoesNotFit, match="SPSS has no days before 1582-10-15: see day of FJI"):
        require_fit(table, table.rows[0], variables(table, SPSS), SPSS)
    require_fit(table, table.rows[0], variables(table, STATA), STATA)
    require_fit(table, ("FJI", date(1582, 10, 15)), variables(table, SPSS), SPSS)


@pytest.mark.parametrize("limits", [STATA, SPSS], ids=lambda limits: limits.program)
def test_every_table_has_legal_names_and_labels(limits: Limits) -> None:
    for made in (variables(one, limits) for one in tables([])):
        names = {one.name.lower() for one in made}
        assert len(names) == len(made)
        assert not names & set(limits.reserved.split())
        for one in made:
            assert one.name.isascii()
            assert one.name.isidentifier()
            assert len(one.name) <= (limits.coded_name if one.labels else limits.name)
            assert 0 < limits.length(one.label) <= limits.label
            assert all(limits.length(label) <= limits.value_label for label in one.labels.values())


@pytest.mark.parametrize("limits", [STATA, SPSS], ids=lambda limits: limits.program)
def test_codes_of_every_table_lead_back_to_its_words(shipped: list[Table], limits: Limits) -> None:
    for of in shipped:
        made = variables(of, limits)
        for row in of.rows:
            require_fit(of, row, made, limits)
            for one, cell in zip(made, row, strict=True):
                if one.codes and cell is not None:
                    assert one.labels[one.codes[str(cell)]] == cell


def test_word_that_the_column_does_not_permit_is_not_written() -> None:
    table = one_column(Field(name="s", description="S.", categories=SCALE))
    with pytest.raises(KeyError, match="middle"):
        variables(evolve(table), STATA)[1].value("middle")
