"""`recognition-model rules`: the rule table."""

from __future__ import annotations

import click

from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.options import examples, table_format
from recognition_model.cli.page import Block, Table
from recognition_model.core.wording import humanize
from recognition_model.engine.rules import RULES, Rule, RuleTable


@click.command(
    "rules",
    epilog=examples(
        "recognition-model rules",
        "recognition-model rules --format json",
    ),
)
@table_format
def command(fmt: str) -> Answer:
    """Print the rule table: every permitted move and its conditions."""
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-rules/1",
            "rules": [rule.to_dict() for rule in RULES],
        },
        columns=_HEADS,
        rows=lambda: (dict(zip(_HEADS, _cells(rule), strict=True)) for rule in RULES),
        page=lambda: rules_page(RULES),
    )


_HEADS = ("code", "act", "before", "after", "ban must be", "ban becomes", "needs")


def rules_page(table: RuleTable) -> list[Block]:
    """Write the rule table, a row for each rule."""
    rows = (tuple(map(humanize, _cells(rule))) for rule in table)
    return [Table(_HEADS, tuple(rows))]


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        rule.code,
        rule.act.value,
        ", ".join(stage.value for stage in rule.before),
        rule.after.value,
        ", ".join(rule.bans),
        rule.ban_becomes.value if rule.ban_becomes else "same",
        rule.needs.value,
    )
