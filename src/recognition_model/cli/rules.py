"""`recognition-model rules`: the rule table."""

from __future__ import annotations

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples
from recognition_model.cli.render import aligned
from recognition_model.engine.rules import RULES, RuleTable


@click.command(
    "rules",
    epilog=examples(
        "recognition-model rules",
        "recognition-model rules --format json",
    ),
)
@as_format
def command(fmt: str) -> Answer:
    """Print the rule table: every permitted move and its conditions."""
    if fmt == "json":
        return Answer(
            data={"format": "recognition-rules/1", "rules": [rule.to_dict() for rule in RULES]}
        )
    return Answer(text=rules_in_words(RULES))


def rules_in_words(table: RuleTable) -> str:
    """Write the rule table in aligned columns."""
    rows = [("code", "act", "before", "after", "ban must be", "ban becomes", "needs")]
    rows += [
        (
            rule.code,
            rule.act.value,
            ", ".join(stage.value for stage in rule.before),
            rule.after.value,
            ", ".join(rule.bans),
            rule.ban_becomes.value if rule.ban_becomes else "same",
            rule.needs.value,
        )
        for rule in table
    ]
    return aligned(rows)
