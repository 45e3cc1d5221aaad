"""Coefficients of agreement against worked examples in print, and by hand where they have none."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition_model.analysis.agreement.coefficients import (
    FORMULAS,
    ONE_VALUE,
    OPEN_LIST,
    Coefficient,
    Table,
    coefficient,
)
from recognition_model.analysis.agreement.intervals import Bootstrap


def square(*rows: tuple[int, ...]) -> dict[tuple[str, str], int]:
    """A table from its rows: the values of the first coder down, those of the second across."""
    return {(str(i), str(j)): n for i, row in enumerate(rows) for j, n in enumerate(row)}


def codings(a: str, b: str) -> Table:
    return Counter(zip(a, b, strict=True))


COHEN_1968 = square((88, 14, 18), (10, 40, 10), (2, 6, 12))
"""Cohen 1968, Psychological Bulletin 70: 213-220, as counts of 200; R's `psych` has it too."""
KRIPPENDORFF_BINARY = codings("0100000010", "1110010000")
KRIPPENDORFF_NOMINAL = codings("aabbdcccedda", "babbbccceddd")
"""Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, examples A and B."""
GWET_2002 = square((118, 5), (2, 0))
"""Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment 2: 125 subjects."""
FEINSTEIN = square((40, 9), (6, 45)), square((80, 10), (5, 5))
"""Feinstein and Cicchetti 1990, Journal of Clinical Epidemiology 43: 543-549."""


@pytest.mark.parametrize(
    ("name", "table", "values", "printed"),
    [
        ("observed", COHEN_1968, 3, 0.70),
        ("kappa", COHEN_1968, 3, 0.492),
        ("kappa", FEINSTEIN[0], 2, 0.70),
        ("kappa", FEINSTEIN[1], 2, 0.32),
        ("alpha", KRIPPENDORFF_BINARY, 2, 0.095),
        ("alpha", KRIPPENDORFF_NOMINAL, 5, 0.692),
        ("kappa", GWET_2002, 2, -0.023),
        ("ac1", GWET_2002, 2, 0.941),
    ],
)
def test_coefficient_is_that_of_a_worked_example_in_print(
    name: str, table: Table, values: int, printed: float
) -> None:
    digits = len(str(printed).partition(".")[2])
    found = coefficient(name, table, values).value
    assert found is not None
    assert round(found, digits) == printed


@pytest.mark.parametrize(
    ("table", "values", "computed"),
    [
        (GWET_2002, 2, 0.94078),
        (COHEN_1968, 3, 0.57597),
        (FEINSTEIN[0], 2, 0.70075),
        (FEINSTEIN[1], 2, 0.808),
        (KRIPPENDORFF_NOMINAL, 5, 0.68966),
    ],
)
def test_ac1_is_that_of_irrcac(table: Table, values: int, computed: float) -> None:
    # Python with irrCAC 0.4.4: CAC(table).gwet(), which rounds to five digits.
    assert coefficient("ac1", table, values).value == pytest.approx(computed, abs=5e-6)


@pytest.mark.parametrize(
    ("name", "table", "values", "computed"),
    [
        # R 4.2 with psych 2.2.9: cohen.kappa(table)$kappa
        ("kappa", COHEN_1968, 3, 0.491525423728813),
        ("kappa", GWET_2002, 2, -0.0233918128654961),
        ("kappa", KRIPPENDORFF_NOMINAL, 5, 0.684210526315789),
        # Python with krippendorff 0.9.0: alpha(reliability_data, level_of_measurement="nominal")
        ("alpha", KRIPPENDORFF_NOMINAL, 5, 0.6919642857142858),
        ("alpha", KRIPPENDORFF_BINARY, 2, 0.09523809523809534),
    ],
)
def test_coefficient_is_that_of_another_program(
    name: str, table: Table, values: int, computed: float
) -> None:
    assert coefficient(name, table, values).value == pytest.approx(computed, abs=1e-14)


def test_ac1_counts_values_that_nobody_used() -> None:
    # Each value is half of what the two wrote: p_e = (1/4 + 1/4) / (values - 1); p_o = 2/3.
    table = square((1, 1), (0, 1))
    assert coefficient("ac1", table, 2).value == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))
    assert coefficient("ac1", table, 3).value == pytest.approx((2 / 3 - 1 / 4) / (1 - 1 / 4))


@pytest.mark.parametrize("name", ["kappa", "alpha"])
def test_coefficient_with_one_value_everywhere_is_undefined_with_a_reason(name: str) -> None:
    found = coefficient(name, {("visit", "visit"): 7}, 4)
    assert (found.value, found.undefined) == (None, ONE_VALUE)
    assert found.to_dict()["value"] is None


def test_ac1_with_one_value_everywhere_is_one() -> None:
    assert coefficient("ac1", {("visit", "visit"): 7}, 4).value == 1


def test_ac1_of_an_open_list_of_values_is_undefined() -> None:
    assert coefficient("ac1", COHEN_1968, None).undefined == OPEN_LIST


@pytest.mark.parametrize("name", FORMULAS)
def test_coefficient_of_nothing_is_undefined(name: str) -> None:
    found = coefficient(name, {}, 2)
    assert found == Coefficient(undefined=found.undefined, no_interval=found.undefined)
    assert found.undefined == "there is nothing to compare"


TABLES = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), st.integers(1, 60), min_size=1
)


@pytest.mark.parametrize("name", FORMULAS)
@given(table=TABLES)
def test_coefficient_is_the_same_whichever_coder_comes_first(name: str, table: Table) -> None:
    turned = {(b, a): count for (a, b), count in table.items()}
    assert coefficient(name, turned, 3) == coefficient(name, table, 3)


@pytest.mark.parametrize("name", FORMULAS)
@given(counts=st.dictionaries(st.sampled_from("abc"), st.integers(1, 60), min_size=1))
def test_coefficient_of_equal_codings_is_one_or_undefined(
    name: str, counts: dict[str, int]
) -> None:
    found = coefficient(name, {(value, value): count for value, count in counts.items()}, 3)
    assert found.value == 1 or found.undefined == ONE_VALUE


# --- intervals -----------------------------------------------------------------------------------


def observed(tables: dict[str, Table], draws: int = 4000, seed: int = 0) -> Coefficient:
    total = Counter[tuple[str, str]]()
    for table in tables.values():
        total.update(table)
    bootstrap = Bootstrap([*tables], draws, seed)
    return bootstrap.with_interval("observed", coefficient("observed", total), tables)


ALIKE, UNLIKE = square((10, 0), (0, 0)), square((0, 10), (0, 0))


def test_interval_of_four_countries_is_that_of_the_binomial_distribution() -> None:
    # One of four agrees in nothing. How often it is among four draws is binomial (4, 1/4): 0 to 4
    # times with .316, .422, .211, .047, .004. So 95 % lie between 3 times and never.
    found = observed({"a": ALIKE, "b": ALIKE, "c": ALIKE, "d": UNLIKE})
    assert (found.value, found.low, found.high) == (0.75, 0.25, 1)


def test_same_seed_gives_the_same_interval_in_any_order() -> None:
    tables = {"a": square((9, 1)), "b": square((3, 4)), "c": square((7, 2)), "d": square((5, 5))}
    backwards = dict(reversed(tables.items()))
    assert observed(tables, 200, 7) == observed(backwards, 200, 7)
    assert observed(tables, 200, 7) != observed(tables, 200, 8)


def test_one_country_gives_no_interval_and_says_why() -> None:
    found = observed({"a": square((9, 1))})
    assert (found.value, found.low, found.high) == (0.9, None, None)
    assert found.no_interval == "countries are drawn, and both codings have only 1"


def test_no_draws_give_no_interval() -> None:
    found = observed({"a": ALIKE, "b": UNLIKE}, draws=0)
    assert (found.low, found.no_interval) == (None, "no draws were asked for")


def test_interval_is_left_out_where_too_many_draws_are_undefined() -> None:
    # With two countries, half of the draws have one country twice, and so one value everywhere.
    tables = {"a": {("x", "x"): 5}, "b": {("y", "y"): 5}}
    total = {("x", "x"): 5, ("y", "y"): 5}
    bootstrap = Bootstrap(["a", "b"], 1000, 0)
    found = bootstrap.with_interval("kappa", coefficient("kappa", total), tables)
    assert (found.value, found.low) == (1, None)
    assert found.no_interval.startswith("it is undefined in ")
    assert 400 < int(found.no_interval.split()[4]) < 600
