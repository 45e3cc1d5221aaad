"""`recognition-model rules`: the rule table."""

from __future__ import annotations

import click

from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.options import examples
from recognition_model.cli.page import Block, Table
from recognition_model.cli.selection import note_of, rules_argument, table_of
from recognition_model.core.wording import humanize
from recognition_model.engine.rules import Rule, RuleTable


@click.command(
    "rules",
    epilog=examples(
        "recognition-model rules",
        "recognition-model rules --format json",
        "recognition-model rules --format yaml",
        "recognition-model rules --rules strict",
    ),
)
@rules_argument
@click.option(
    "--format",
    "fmt",
    type=click.Choice(["text", "json", "csv", "md", "yaml"]),
    default="text",
    help="Print text, JSON, CSV, Markdown, or a rules file in YAML to change.",
)
def command(rules: str | None, fmt: str) -> Answer:
    """Print the rule table: every permitted move and its conditions.

    The YAML is a rules file. Change it, and give it to any command with --rules.
    """
    table = table_of(rules)
    notes = note_of(table)
    if fmt == "yaml":
        from recognition_model.io.rules_files import rules_text

        return Answer(text=rules_text(table).rstrip(), notes=notes)
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-rules-list/1",
            **table.identity(),
            "rules": [rule.to_dict() for rule in table],
        },
        columns=_HEADS,
        rows=lambda: (dict(zip(_HEADS, _cells(rule), strict=True)) for rule in table),
        page=lambda: rules_page(table),
        notes=notes,
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
