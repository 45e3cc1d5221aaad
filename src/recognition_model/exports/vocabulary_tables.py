"""Tables of the words that other tables use: the rules of a replay, the words for signals."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.core.signals import Vocabulary
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.exports.categories import (
    ACTS,
    ATTESTATIONS,
    BANS,
    BANS_BECOME,
    DEEDS,
    FAMILIES,
    PLOVER,
    STAGES,
)
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


def signals(vocabulary: Vocabulary) -> Table:
    """Build the table of the words for signals, with their meanings and families."""
    fields = (
        text("signal", "The word.", required=True, example="visit"),
        text("family", "The kind of event.", required=True, categories=FAMILIES),
        text("meaning", "What happens.", required=True),
        text("deed", "Whose deed it is.", required=True, categories=DEEDS),
        text("is_not", "What is easily taken for it, and the word for that.", required=True),
        text("example_country", "Country of an entry that has the word.", pattern="[A-Z]{3}"),
        text("example_date", "Date of that entry, as its file has it."),
        text("aliases", "Words used for the same until now, separated by spaces."),
        text("cameo", "Codes of the CAMEO code book that fit, separated by spaces."),
        text("plover", "Event types of PLOVER that fit, separated by spaces.", parts=PLOVER),
    )
    return Table(
        name="signals",
        title="Signals",
        description="The words for signals: a row for each.",
        fields=fields,
        key=("signal",),
        rows=tuple(
            (
                word,
                str(one.family),
                one.meaning,
                str(one.deed),
                one.is_not,
                one.example.country if one.example else None,
                one.example.date.text if one.example else None,
                words(one.aliases),
                words(one.cameo),
                words(one.plover),
            )
            for word, one in vocabulary.words.items()
        ),
    )
