"""A record is of a country or of an organisation, and an organisation has few acts and stages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from support.fixtures import FindingsOf, ScenarioFrom, Story, Write

import recognition_model as rm
from recognition_model.core.countries import ORGANISATIONS
from recognition_model.core.organisations import (
    ACTS_OF_ORGANISATIONS,
    STAGES_OF_ORGANISATIONS,
    RecordKind,
    kind_of,
)
from recognition_model.io.json_schema import json_schema
from recognition_model.io.writer import scenario_text
from recognition_model.testing import scenarios

TALKS = """
    - act: engage
      date: 2022-02-01
      evidence: [$press]
    - signal: visit
      date: 2022-03-01
      evidence: [$press]
"""


def test_record_without_kind_is_of_a_country(scenario_from: ScenarioFrom, story: Story) -> None:
    scenario = scenario_from(story(TALKS))
    assert (scenario.kind, scenario.of_organisation) == (RecordKind.COUNTRY, False)
    assert "kind" not in scenario_text(scenario)


def test_kind_of_an_organisation_is_written_after_its_code(
    scenario_from: ScenarioFrom, story: Story
) -> None:
    scenario = scenario_from(story(TALKS, country="EUE"), "EUE.yaml")
    assert (scenario.kind, scenario.of_organisation) == (RecordKind.ORGANISATION, True)
    assert scenario_text(scenario).splitlines()[1:3] == ["country: EUE", "kind: organisation"]


def test_folder_keeps_organisations_apart(
    write: Write, story: Story, register: dict[str, rm.Source]
) -> None:
    for code in ("UNO", "RUS", "EUE", "CHN"):
        path = write(story(TALKS, country=code), f"{code}.yaml")
    folder = rm.load_folder(path.parent, register)
    assert [one.country for one in folder.scenarios] == ["CHN", "RUS"]
    assert [one.country for one in folder.organisations] == ["EUE", "UNO"]
    assert [one.country for one in folder.all_scenarios] == ["CHN", "RUS", "EUE", "UNO"]
    known = folder.known_by("2020-01-01")
    assert [len(one.timeline) for one in known.all_scenarios] == [0, 0, 0, 0]


def test_two_files_of_an_organisation_are_an_error(
    write: Write, story: Story, register: dict[str, rm.Source]
) -> None:
    write(story(TALKS, country="EUE"), "EUE.yaml")
    path = write(story(TALKS, country="EUE"), "union.yaml")
    (found,) = rm.load_folder(path.parent, register).findings
    assert (found.code, found.message.split(":")[0]) == ("RM211", "EUE has a file already")


@pytest.mark.parametrize("code", ["EUE", "UNO"])
def test_codes_of_organisations_have_that_kind(code: str) -> None:
    assert (kind_of(code), kind_of("RUS")) == (RecordKind.ORGANISATION, RecordKind.COUNTRY)


def test_acts_of_organisations_are_those_that_lead_between_their_stages() -> None:
    stages = set(STAGES_OF_ORGANISATIONS)
    lead_there = {r.act for r in rm.RULES if r.after in stages and stages & set(r.before)}
    lead_away = {r.act for r in rm.RULES if r.after not in stages}
    assert set(ACTS_OF_ORGANISATIONS) == lead_there - lead_away
    assert {r.after for r in rm.RULES if r.act in ACTS_OF_ORGANISATIONS} <= stages


@pytest.mark.parametrize(
    "act", ["delist", "accept_ambassador", "recognise", "withdraw_recognition", "downgrade"]
)
@pytest.mark.parametrize("key", ["act", "refuse"])
def test_other_acts_are_refused_in_the_file_of_an_organisation(
    key: str, act: str, findings_of: FindingsOf, story: Story
) -> None:
    because = "  because: wrong-stage\n" if key == "refuse" else ""
    entry = f"- {key}: {act}\n  date: 2022-02-01\n{because}  evidence: [$host]\n"
    found = findings_of(story(entry, country="UNO"), "UNO.yaml")
    assert [(one.code, one.place.line, one.place.column) for one in found] == [
        ("RM220", 8, 7 + len(key))
    ]
    assert found[0].message == f"an organisation has no act {act}"
    assert "its acts are ban, engage, break_off and lapse" in found[0].hint


@pytest.mark.parametrize("act", ["engage", "ban"])
def test_its_own_acts_are_taken_in_the_file_of_an_organisation(
    act: str, scenario_from: ScenarioFrom, story: Story
) -> None:
    entry = f"- act: {act}\n  date: 2022-02-01\n  evidence: [$host]\n"
    scenario = scenario_from(story(entry, country="UNO"), "UNO.yaml")
    assert [change.act.value for change in rm.replay(scenario).changes] == [act]


def test_stage_that_no_organisation_has_is_refused_in_its_start(
    findings_of: FindingsOf, story: Story
) -> None:
    text = story(TALKS, country="EUE", stage="ambassador_accepted")
    found = findings_of(text, "EUE.yaml")
    assert [(one.code, one.message) for one in found] == [
        ("RM220", "an organisation has no stage ambassador_accepted")
    ]


def test_stage_that_no_organisation_has_is_refused_in_a_status(
    findings_of: FindingsOf, story: Story
) -> None:
    entry = "- {status: {stage: ambassador_accepted}, date: 2022-05-01, evidence: [$press]}\n"
    (found,) = findings_of(story(entry, country="EUE"), "EUE.yaml")
    assert (found.code, found.place.line, found.place.column) == ("RM220", 8, 22)
    assert found.message == "an organisation has no stage ambassador_accepted"
    assert found.hint == "its stages are hostile, banned and engaged"


def test_stages_are_checked_even_if_the_kind_is_missing(
    findings_of: FindingsOf, story: Story
) -> None:
    text = story(TALKS, country="EUE", stage="delisted").replace("kind: organisation\n", "")
    assert [one.code for one in findings_of(text, "EUE.yaml")] == ["RM218", "RM220"]


def test_unknown_kind_is_refused_with_the_words(findings_of: FindingsOf, story: Story) -> None:
    text = story(TALKS, country="EUE").replace("kind: organisation", "kind: organization")
    (found,) = findings_of(text, "EUE.yaml")
    assert found.code == "RM204"
    assert "organisation" in found.hint


def test_schema_explains_the_kinds() -> None:
    kind = json_schema("scenario")["properties"]["kind"]
    assert kind["enum"] == ["country", "organisation"]
    assert "kind" not in json_schema("scenario")["required"]


@given(scenarios(kind=RecordKind.ORGANISATION))
def test_scenarios_drawn_of_organisations_have_only_their_stages(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    assert scenario.country in ORGANISATIONS
    assert {spell.stage for spell in replay.history.spells} <= set(STAGES_OF_ORGANISATIONS)
    assert {change.act for change in replay.changes} <= set(ACTS_OF_ORGANISATIONS)


def test_file_with_the_name_of_another_organisation_is_noticed(
    write: Write, story: Story, register: dict[str, rm.Source]
) -> None:
    path = write(story(TALKS, country="EUE"), "UNO.yaml")
    (found,) = rm.load_folder(path.parent, register).findings
    assert (found.code, found.hint) == ("RM210", "rename it EUE.yaml, or write country: UNO")


def test_load_gives_the_scenario_of_an_organisation(
    scenario_from: Callable[..., rm.Scenario], story: Story
) -> None:
    assert scenario_from(story(TALKS, country="UNO"), "UNO.yaml").country == "UNO"
