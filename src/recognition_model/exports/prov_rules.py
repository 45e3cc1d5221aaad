"""Rule tables as linked data: a plan for each table, and a node for each of its rules."""

from __future__ import annotations

from collections.abc import Iterator

from recognition_model.analysis.edition import rules_digest
from recognition_model.engine.rules import RULES, UNTITLED, Rule, RuleTable
from recognition_model.exports.prov_terms import Node


def plan_of(table: RuleTable) -> str:
    """The name of a rule table. Tables with the same rules have the same name."""
    return f"#rules/{rules_digest(table)}"


def rule_in(plan: str, code: str) -> str:
    """The name of a rule of a plan."""
    return f"{plan}/{code}"


def plan_nodes(table: RuleTable) -> Iterator[Node]:
    """Yield a rule table as the plan of replays, then its rules."""
    plan = plan_of(table)
    yield {
        "@id": plan,
        "@type": ["prov:Entity", "prov:Plan", "prov:Collection"],
        "label": f"The rule table {rules_digest(table)}"
        + ("" if table == RULES else f": {table.title or UNTITLED}"),
        "digest": rules_digest(table),
        "member": [rule_in(plan, rule.code) for rule in table],
    }
    for rule in table:
        yield _rule(rule, plan)


def _rule(rule: Rule, plan: str) -> Node:
    """A rule. Its keys differ from those of a change, so that no query takes it for one."""
    return {
        "@id": rule_in(plan, rule.code),
        "@type": ["prov:Entity", "rm:Rule"],
        "partOf": plan,
        "code": rule.code,
        "permits": rule.act.value,
        "stagesBefore": [stage.value for stage in rule.before],
        "stageAfter": rule.after.value,
        "bansBefore": list(rule.bans),
        "banBecomes": rule.ban_becomes.value if rule.ban_becomes else "same",
        "needs": rule.needs.value,
        "description": rule.why,
        "reference": rule.reference,
    }
