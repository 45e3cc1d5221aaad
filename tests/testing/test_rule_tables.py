"""Arbitrary rule tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, given, settings

from recognition_model import Attestation, Ban, Rule, RuleTable, Stage
from recognition_model.testing import rule_tables

search = settings(max_examples=500, phases=[Phase.generate])


@given(rule_tables(most=3))
def test_table_has_at_most_the_rules_asked_for(table: RuleTable) -> None:
    assert len(table) <= 3
    assert {rule.code for rule in table} <= {"T0", "T1", "T2"}


@given(rule_tables())
def test_every_rule_of_a_table_says_that_it_is_made_up(table: RuleTable) -> None:
    assert all((rule.why, rule.reference) == ("Made up.", "made up") for rule in table)


@given(rule_tables())
def test_every_rule_of_a_table_can_apply(table: RuleTable) -> None:
    assert all(rule.before and rule.ban_must_be for rule in table)


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(lambda rule: len(rule.before) == 1, id="one stage before"),
        pytest.param(lambda rule: len(rule.before) == len(Stage), id="every stage before"),
        pytest.param(lambda rule: rule.ban_must_be == {Ban.IN_FORCE}, id="one ban before"),
        pytest.param(lambda rule: rule.ban_must_be == set(Ban), id="every ban before"),
        pytest.param(lambda rule: rule.ban_becomes is None, id="the ban stays"),
        pytest.param(lambda rule: rule.ban_becomes is Ban.LIFTED, id="the ban changes"),
        *(
            pytest.param(lambda rule, level=level: rule.needs is level, id=f"needs {level}")
            for level in Attestation
        ),
        *(
            pytest.param(lambda rule, stage=stage: rule.after is stage, id=f"leads to {stage}")
            for stage in Stage
        ),
    ],
)
def test_rules_of_every_kind_are_drawn(drawn: Callable[[Rule], bool]) -> None:
    table = find(rule_tables(), lambda table: any(map(drawn, table)), settings=search)
    assert any(map(drawn, table))


def test_rules_that_share_an_act_and_rules_that_do_not_are_drawn() -> None:
    def acts(table: RuleTable) -> int:
        return len({rule.act for rule in table})

    shared = find(rule_tables(), lambda table: len(table) >= 3 > acts(table), settings=search)
    assert acts(shared) < len(shared)
    assert acts(find(rule_tables(), lambda table: acts(table) == 3, settings=search)) == 3


def test_table_without_a_rule_is_drawn() -> None:
    assert len(find(rule_tables(), lambda table: not len(table), settings=search)) == 0
