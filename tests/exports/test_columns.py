"""Columns of every table: their names, descriptions, units, limits and lists of words."""

from __future__ import annotations

import re

import pytest
from support.pictured import act, record

import recognition_model as rm
from recognition_model.exports import TABLES, Field, Kind, Table, panel, table
from recognition_model.exports.correction_table import corrections
from recognition_model.exports.lead_table import leads_table

SCALE = rm.load_scale("representation")
MADE = record(act("engage", "2022-03-01"), act("recognise", "2022-04-01"))
CODED = {"code", "calendar year"}
"""Units of numbers that count nothing."""
UNITS = CODED | {
    *("0 or 1", "acts", "days", "days since the origin", "letters", "mentions"),
    *("number in order", "place", "row", "rows", "signals", "sources", "thousandths"),
    "Levels from 0 to 4, an order and not a distance",
    "Stages from 0 to 5, an order and not a distance",
}


def every_table() -> list[Table]:
    """Each table of a small record, a panel with levels, draws, and the table of leads."""
    names = [table(name, [MADE]) for name in TABLES]
    return [
        *names,
        panel([MADE], "year", scale=SCALE),
        table("spells", [MADE], draws=1),
        leads_table([]),
    ]


def every_column() -> list[tuple[str, Field]]:
    return [(f"{one.name}.{field.name}", field) for one in every_table() for field in one.fields]


def column(of: Table, name: str) -> Field:
    return next(field for field in of.fields if field.name == name)


def words_of(of: Table, name: str) -> list[str]:
    return list(column(of, name).values)


def required(of: Table) -> set[str]:
    """The columns that are never empty."""
    return {field.name for field in of.fields if field.required or field.name in of.key}


def test_name_of_a_column_is_in_small_letters_and_once_in_its_table() -> None:
    for one in every_table():
        names = [field.name for field in one.fields]
        assert len(set(names)) == len(names)
        assert [name for name in names if not re.fullmatch("[a-z][a-z0-9_]*", name)] == []
        assert set(one.key) <= set(names)


def test_table_has_a_title_and_a_description_in_sentences() -> None:
    for one in every_table():
        assert re.fullmatch("[A-Z].*[a-z]", one.title), one.name
        assert re.fullmatch(r"[A-Z].*\.", one.description), one.name


def test_description_of_a_column_is_a_sentence() -> None:
    said = {name: field.description for name, field in every_column()}
    assert [name for name, text in said.items() if not re.fullmatch(r"[A-Z`1l].*\.", text)] == []


def test_what_a_column_says_of_itself_is_text_and_whether_it_may_be_empty_is_sure() -> None:
    for name, field in every_column():
        told = (field.description, field.unit, field.rule, field.example, field.pattern)
        assert all(isinstance(text, str) for text in told), name
        assert isinstance(field.required, bool), name


def test_only_numbers_have_a_unit_and_each_has_one_of_a_list() -> None:
    for name, field in every_column():
        if field.kind is not Kind.COUNT or field.categories:
            assert field.unit == "", name
        else:
            assert field.unit in UNITS, name


def test_every_number_that_counts_has_a_least_value_of_0_or_1() -> None:
    lacking = [
        name
        for name, field in every_column()
        if field.kind is Kind.COUNT and not field.categories and field.unit not in CODED
        if field.minimum not in (0, 1)
    ]
    assert lacking == []


@pytest.mark.parametrize("name", ["entries", "changes", "spells", "countries"])
def test_column_of_stages_permits_the_six_in_their_order(name: str) -> None:
    stages = [
        field for field in table(name, [MADE]).fields if re.match("(status_)?stage", field.name)
    ]
    assert stages
    for field in stages:
        assert list(field.values) == [
            *("hostile", "banned", "engaged"),
            *("delisted", "ambassador_accepted", "de_jure_recognition"),
        ]
        assert field.ordered


def test_kind_of_an_entry_says_what_the_replay_made_of_it() -> None:
    used = ["act", "status", "signal"]
    others = ["refuse", "refused", "struck_out", "denied", "failed"]
    assert words_of(table("entries", [MADE]), "kind") == used + others


def test_reliability_has_the_words_of_the_admiralty_code() -> None:
    graded = column(table("sources", [MADE]), "reliability").categories
    assert graded
    assert dict(graded.meanings) == {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "cannot be judged",
    }


def test_spell_lacks_a_change_if_it_is_the_start_and_a_day_if_a_date_is_open() -> None:
    made = table("spells", [MADE])
    dates = {f"{name}_{end}" for name in ("begins", "ends") for end in ("earliest", "latest")}
    names = {field.name for field in made.fields}
    assert names - required(made) == {"change", "attestation", *dates}


def test_correction_always_says_what_is_corrected_and_where() -> None:
    named = {"release", "item", "country", "record_kind", "kind", "fact"}
    assert required(corrections([])) == named


def test_levels_of_a_panel_have_an_example_of_each_kind() -> None:
    made = panel([MADE], "year", scale=SCALE)
    names = [field.name for field in made.fields if field.name.startswith("level")]
    assert names == [
        *("level", "level_code", "level_low", "level_low_code", "level_high", "level_high_code"),
        *("levels", "level_since", "level_entries"),
    ]
    examples = {name: column(made, name).example for name in names}
    assert rm.When.parse(examples["level_since"]).earliest
    assert all(int(number) > 0 for number in examples["level_entries"].split())
    assert {examples["level"], *examples["levels"].split()} <= set(SCALE.names)
    assert int(examples["level_code"]) == len(SCALE.names) - 1


def test_leads_always_have_a_place_days_codes_and_what_record_and_rules_say() -> None:
    made = leads_table([])
    named = {"country", "first_day", "last_day", "codes", "standing", "lead", "rules"}
    assert required(made) == named
    assert words_of(made, "rules") == ["taken", "held", "refused", "in-doubt", "none"]
    assert words_of(made, "standing") == ["in-record", "near", "not", "no-record"]
    assert words_of(made, "act") == words_of(table("changes", [MADE]), "act")
    assert words_of(made, "family") == words_of(table("entries", [MADE]), "family")
