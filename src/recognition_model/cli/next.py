"""`recognition-model next`: acts that are open, acts that are closed, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

import click

from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.options import (
    examples,
    known_by,
    on_day,
    one_country,
    table_format,
)
from recognition_model.cli.page import Block, Paragraph, Styled
from recognition_model.cli.render import doctrine_in_words
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.cli.status import doctrine_data
from recognition_model.core.changes import Spell
from recognition_model.core.countries import name_of, named
from recognition_model.core.position import Position
from recognition_model.core.stages import State
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.refusals import NextAct, next_acts
from recognition_model.report.entries import move_in_words
from recognition_model.report.sentences import bans_in_words


@click.command(
    "next",
    epilog=examples(
        "recognition-model next KAZ",
        "recognition-model next RUS --on 2024-05-28",
    ),
)
@one_country()
@on_day
@known_by
@reads_record
@rules_option
@table_format
def command(
    country: str, on: date | None, known_by: date | None, record: Selection, fmt: str
) -> Answer:
    """Show which acts are open to a country, which are closed, and what each needs.

    Acts are judged as if the country itself attested them.
    """
    folder, ((replay, position),) = record.positions((country,), on, known_by)
    findings = [*folder.findings, *replay.findings]
    acts = [
        (spell, act)
        for spell in position.spells
        for act in next_acts(spell.state, record.rules, kind=replay.kind)
    ]
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-next/1",
            "country": country,
            "name": name_of(country),
            "kind": replay.kind.value,
            **position.to_dict(),
            "doctrine": doctrine_data(replay),
            "acts": [
                {"stage": spell.stage.value, "ban": spell.ban.value, **act.to_dict()}
                for spell, act in acts
            ],
        },
        columns=_COLUMNS,
        rows=lambda: (_as_row(country, position, spell, act) for spell, act in acts),
        page=lambda: next_page(replay, position, acts),
        findings=findings,
    )


_COLUMNS = (
    "country",
    "day",
    "stage",
    "ban",
    "act",
    "open",
    "rule",
    "not_met",
    "suffices",
    "only_if",
)


def _as_row(country: str, position: Position, spell: Spell, act: NextAct) -> dict[str, Any]:
    return {
        "country": country,
        "day": position.day,
        "stage": spell.stage,
        "ban": spell.ban,
        "act": act.act,
        "open": act.open,
        "rule": act.rule.code if act.rule else None,
        "not_met": None if act.open else act.in_words(),
        "suffices": act.suffices,
        "only_if": act.only_if or None,
    }


def next_page(
    replay: Replay, position: Position, acts: Sequence[tuple[Spell, NextAct]]
) -> list[Block]:
    """List the open and the closed acts for every state possible on that day."""
    ban = f" ({bans_in_words(position)})" if position.spells else ""
    name = Styled(named(replay.country), "strong")
    words = humanize(position.in_words())
    page: list[Block] = [Paragraph((name, f" on {position.day}: {words}{ban}"), hang=2)]
    if doctrine := replay.scenario.doctrine:
        page.append(Paragraph(doctrine_in_words(doctrine), indent=2, hang=2))
    for spell in position.spells:
        mine = [act for of, act in acts if of is spell]
        if len(position.spells) > 1:
            page.append(Paragraph(f"if {humanize(spell.state)}:"))
        for only_if, group in groupby(mine, key=lambda act: act.only_if):
            if only_if:
                page.append(Paragraph(f"only if {only_if}:"))
            for act in sorted(group, key=lambda act: not act.open):
                page += _act_in_words(act, spell.state)
    return page


def _act_in_words(act: NextAct, state: State) -> list[Block]:
    """Write an act, the rule that takes it or the reasons against it, and what it needs."""
    moves = move_in_words(act, state) or humanize(act.in_words())
    label = Styled("open", "good") if act.open else "closed"
    name = Styled(humanize(act.act), "strong")
    return [
        Paragraph((name, f": {moves}"), indent=2, hang=8, label=label),
        Paragraph(humanize(act.suffices), indent=10),
    ]
