"""Tables of the words that other tables use: the rules of a replay."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.exports.categories import ACTS, ATTESTATIONS, BANS, BANS_BECOME, STAGES
from recognition_model.exports.table_schema import Table, text, words


def rules_of(replays: Sequence[Replay]) -> RuleTable:
    """Return the rule table of replays; the shipped one if there are no replays.

    Raises `ValueError` if the replays were made with different tables.
    """
    tables = dict.fromkeys(replay.rules for replay in replays) or {RULES: None}
    if len(tables) > 1:
        raise ValueError("the replays were made with different rule tables")
    return next(iter(tables))


def rules(replays: Sequence[Replay]) -> Table:
    """Build the table of the rules that permitted or refused the acts of the replays."""
    fields = (
        text("rule", "Code of the rule.", required=True, example="R03"),
        text("act", "The act that it permits.", required=True, categories=ACTS),
        text(
            "stages_before",
            "The stages from which it permits the act, separated by spaces.",
            required=True,
            parts=STAGES,
        ),
        text("stage_after", "The stage to which it leads.", required=True, categories=STAGES),
        text(
            "bans_before",
            "What the ban may be before, separated by spaces.",
            required=True,
            parts=BANS,
        ),
        text("ban_after", "What the ban becomes.", required=True, categories=BANS_BECOME),
        text("needs", "The weakest attestation it takes.", required=True, categories=ATTESTATIONS),
        text("why", "Why the rule is so.", required=True),
        text("reference", "The text or practice behind it.", required=True),
    )
    return Table(
        name="rules",
        title="Rules",
        description="The rules that permit acts: a row for each.",
        fields=fields,
        key=("rule",),
        rows=tuple(
            (
                rule.code,
                str(rule.act),
                words(rule.before),
                str(rule.after),
                words(rule.bans),
                str(rule.ban_becomes or "same"),
                str(rule.needs),
                rule.why,
                rule.reference,
            )
            for rule in rules_of(replays)
        ),
    )
