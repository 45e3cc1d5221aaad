"""What another rule table means for a record: entries, days and rules, worked out by hand."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from support.effort import examples
from support.fixtures import ScenarioFrom, Story

import recognition_model as rm
from recognition_model.analysis.rule_differences import RuleDifferences, rule_differences
from recognition_model.testing import scenarios

# The credentials are told of by the Taliban first, and by the host two years later.
TOLD_TWICE = """
    - {act: engage, date: 2021-09-02, evidence: [$host]}
    - {refuse: accept_ambassador, date: 2022-03-01, because: not-attested, evidence: [$taliban]}
    - {refuse: accept_ambassador, date: 2023-03-01, because: not-attested, evidence: [$press]}
    - {act: accept_ambassador, date: 2024-03-01, evidence: [$host]}
"""


def with_r04(needs: rm.Attestation) -> rm.RuleTable:
    """The shipped table with another need of R04."""
    rules = (evolve(one, needs=needs) if one.code == "R04" else one for one in rm.RULES)
    return rm.RuleTable(rules, title="Another R04")


CLAIMED = with_r04(rm.Attestation.CLAIMED)


@pytest.fixture(scope="module")
def record() -> rm.Folder:
    return rm.load_folder()


def seen(found: RuleDifferences) -> list[tuple[str, str, str, str]]:
    return [(e.country, e.step.date.text, e.how, e.rule) for e in found.entries]


def test_taliban_word_for_an_ambassador_turns_exactly_two_refusals_of_the_record(
    record: rm.Folder,
) -> None:
    # Four refusals of an ambassador are in the record. The Taliban say so of the Emirates in 2023
    # and of Turkey in 2025; of Turkey in 2023 and of Uzbekistan in 2024 only the press does.
    refused = {
        (scenario.country, step.date.text)
        for scenario in record.scenarios
        for step in scenario.timeline
        if isinstance(step, rm.RefuseStep) and step.refuse is rm.Act.ACCEPT_AMBASSADOR
    }
    assert refused == {
        ("ARE", "2023-10-27"),
        ("TUR", "2023-03-01"),
        ("TUR", "2025-06-25"),
        ("UZB", "2024-02-02"),
    }
    found = rule_differences(record, CLAIMED)
    assert seen(found) == [
        ("ARE", "2023-10-27", "permitted", "R04"),
        ("TUR", "2025-06-25", "permitted", "R04"),
    ]
    assert {one.country for one in found.countries} == {"ARE", "TUR"}
    assert "UZB" in found.same
    assert len(found.same) == len(record.all_scenarios) - 2


def test_emirates_and_turkey_differ_from_the_days_that_the_taliban_name(record: rm.Folder) -> None:
    runs = {one.country: one.turned for one in rule_differences(record, CLAIMED).countries}
    # The host confirmed the ambassador in Abu Dhabi on 2024-08-21, 299 days later.
    assert [(r.part, str(r.first), str(r.last), r.days) for r in runs["ARE"]] == [
        ("stage", "2023-10-27", "2024-08-20", 299)
    ]
    assert [(r.part, str(r.first), r.last) for r in runs["TUR"]] == [("stage", "2025-06-25", None)]
    for run in (*runs["ARE"], *runs["TUR"]):
        assert run.before.values == ("engaged",)
        assert run.after.values == ("ambassador_accepted",)


def test_refusal_that_turns_counts_until_the_act_that_the_other_table_takes(
    scenario_from: ScenarioFrom, story: Story
) -> None:
    scenario = scenario_from(story(TOLD_TWICE, country="FJI"), "FJI.yaml")
    found = rule_differences([scenario], CLAIMED)
    (one,) = found.countries
    assert seen(found) == [("FJI", "2022-03-01", "permitted", "R04")]
    assert one.entries[0].expected
    assert str(one.since) == "2022-03-01"
    assert one.days == 731  # 2022-03-01 to 2024-02-29
    assert one.rules == ("R04",)


def test_act_that_is_refused_names_the_rule_of_the_other_table_and_the_reason(
    scenario_from: ScenarioFrom, story: Story
) -> None:
    text = "- {act: engage, date: 2021-09-02, evidence: [$press]}"
    scenario = scenario_from(story(text, country="FJI"), "FJI.yaml")
    found = rule_differences([scenario], rm.load_rules("strict"))
    (entry,) = found.entries
    assert (entry.how, entry.rule, entry.expected) == ("refused", "R02", False)
    assert entry.because == "R02 attestation must be official (is reported)"
    (back,) = rule_differences([scenario], rm.RULES, rm.load_rules("strict")).entries
    assert (back.how, back.rule, back.because) == ("permitted", "R02", entry.because)


def test_other_rule_to_another_state_is_told_apart_from_a_refusal(
    scenario_from: ScenarioFrom, story: Story
) -> None:
    lower = evolve(rm.RULES["R08"], code="X2", after=rm.Stage.HOSTILE)
    rules = (lower if one.code == "R08" else one for one in rm.RULES)
    text = "- {act: downgrade, date: 2024-03-01, evidence: [$host]}"
    scenario = scenario_from(story(text, country="FJI", stage="ambassador_accepted"), "FJI.yaml")
    (entry,) = rule_differences([scenario], rm.RuleTable(rules)).entries
    assert (entry.how, entry.rule, entry.because) == ("otherwise", "X2", "")


def test_refusal_not_yet_public_does_not_turn(scenario_from: ScenarioFrom, story: Story) -> None:
    scenario = scenario_from(story(TOLD_TWICE, country="FJI"), "FJI.yaml")  # public in 2026
    found = rule_differences([scenario], CLAIMED, known_by="2025-12-31")
    assert (found.countries, found.same) == ((), ("FJI",))
    assert found.to_dict()["known_by"] == "2025-12-31"


def test_unknown_country_is_an_error(record: rm.Folder) -> None:
    with pytest.raises(ValueError, match="not in the record: Tuvalu"):
        rule_differences(record, CLAIMED, countries=["TUV"])


@settings(max_examples=examples(40))
@given(scenario=scenarios())
def test_nothing_turns_between_a_table_and_itself(scenario: rm.Scenario) -> None:
    again = rm.RuleTable(tuple(rm.RULES), title="The same rules")
    found = rule_differences([scenario], again)
    assert (found.countries, found.same) == ((), (scenario.country,))


@settings(max_examples=examples(40))
@given(scenario=scenarios())
def test_days_that_differ_lie_on_or_after_an_entry_that_turns_or_a_later_one(
    scenario: rm.Scenario,
) -> None:
    """A later entry with an open date may lie earlier once an entry before it no longer counts."""
    for name in ("strict", "trusting", "no-lapse"):
        for one in rule_differences([scenario], rm.load_rules(name)).countries:
            number = min(entry.number for entry in one.entries)
            first = min(step.date.earliest for step in scenario.timeline[number - 1 :])
            assert all(run.first >= first for run in one.turned)


def test_act_of_a_refusal_that_turns_is_the_one_refused(
    story: Story, scenario_from: ScenarioFrom
) -> None:
    found = rule_differences([scenario_from(story(TOLD_TWICE))], CLAIMED)
    assert {(one.step.kind, one.act, one.expected) for one in found.entries} == {
        ("refuse", rm.Act.ACCEPT_AMBASSADOR, True)
    }
