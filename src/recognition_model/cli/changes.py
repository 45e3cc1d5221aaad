"""`recognition-model changes`: what changed since a day, or what an edit of the record means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from recognition_model.analysis.deeds import DEEDS, brief_state
from recognition_model.analysis.silence import ends_sooner
from recognition_model.analysis.turns import Turn, Turns, changes
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.events import DATE_COLUMNS, source_of
from recognition_model.cli.options import (
    examples,
    first_day,
    known_by,
    last_day,
    table_format,
)
from recognition_model.cli.page import Block, Content, Heading, Paragraph, Styled, Table, inlines
from recognition_model.cli.selection import (
    Selection,
    organisations_option,
    record_options,
    rules_option,
)
from recognition_model.core.countries import name_of
from recognition_model.core.windows import Window

COLUMNS = (
    *("list", "date", "country", "name", "kind", "before", "after", "ban_before", "ban_after"),
    *(
        "before_assumed",
        "act",
        "rule",
        "what",
        "attestation",
        "in_window",
        "known_on",
        "gone",
        "sources",
        "file",
        "line",
    ),
)


@click.command(
    "changes",
    epilog=examples(
        "recognition-model changes --since 2025-07 --until 2025-12",
        "recognition-model changes --since 2025 --format md",
        "recognition-model changes --scenarios my-record --against my-record-of-june",
    ),
)
@first_day("--since", "List what happened, and what became known, from this day on.")
@last_day("--until", "List it up to this day. Default: the end of the record.")
@click.option(
    "--against",
    metavar="PATH or REVISION",
    help="Say what turns against another folder, or against a git revision of the record.",
)
@known_by
@record_options
@rules_option
@organisations_option
@table_format
def command(
    since: date | None,
    until: date | None,
    against: str | None,
    known_by: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Show what changed since a day, or what an edit of the record means.

    With --since, there are two lists: what happened, and what became known. The first has every
    change of stage or ban dated in these days, as the record is now. The second has every change,
    whatever its date, that public sources first told in these days, and what they took back.
    Evidence counts once its source was surely public.

    With --against, two versions of the record are compared: the days, the order, the claims and
    the findings that turn. Both are replayed with the same rules. A git revision is read without a
    checkout: HEAD~1, origin/main, a tag or a hash. It is one of the repository that holds the files
    of --with, or else those of --scenarios. Without these options, the scenario files of the
    current folder are compared, as with `--with .`; in a clone, its `scenarios`; and otherwise the
    shipped record.
    """
    if against is not None:
        from recognition_model.cli.edits import answer_against

        if since is not None or until is not None:
            raise click.UsageError("--against cannot be used with --since or --until")
        return answer_against(record, against, fmt, known_by)
    if since is None:
        raise click.UsageError("give --since DAY, the first day to look at, or --against")
    folder = record.load()
    try:
        asked = folder.all_scenarios if record.organisations else folder
        found = changes(asked, since, until, known_by=known_by, rules=record.rules)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return in_format(
        fmt,
        data=found.to_dict,
        columns=COLUMNS,
        rows=lambda: _rows(found),
        page=lambda: (changes_tables if fmt == "md" else changes_page)(found),
        findings=[*folder.findings, *found.findings],
        notes=record.unread(),
    )


def changes_page(found: Turns) -> list[Block]:
    """Build the page for a terminal: a paragraph for each change, and what is left open."""
    blocks: list[Block] = []
    for name, turns in _lists(found):
        blocks += _headed(name, turns, found)
        for turn in turns:
            text = (f"{name_of(turn.country)}: ", *inlines(_told(turn)), f", {_way(turn)}")
            source = (" [", *source_of(turn.evidence), "]")
            blocks.append(Paragraph((*text, *source), label=_day(turn), hang=DATE_COLUMNS))
    return [*blocks, *map(Paragraph, _limits(found))]


def changes_tables(found: Turns) -> list[Block]:
    """Build the page for Markdown: both lists as tables, and what they leave open."""
    blocks: list[Block] = []
    for name, turns in _lists(found):
        blocks += _headed(name, turns, found)
        if turns:
            day = "Known by" if name == "became known" else "Date"
            columns = (day, "Country", "Before", "After", "What happened", "Source")
            blocks.append(Table(columns, tuple(map(_cells, turns))))
    return [*blocks, *map(Paragraph, _limits(found))]


def _lists(found: Turns) -> list[tuple[str, tuple[Turn, ...]]]:
    return [("happened", found.happened), ("became known", found.became_known)]


def _headed(name: str, turns: tuple[Turn, ...], found: Turns) -> list[Block]:
    days = Window(found.since, found.until).in_words()
    if turns:
        return [Heading(f"{name[0].upper()}{name[1:]} {days}")]
    return [Paragraph(f"Nothing {name} {days} in the record.")]


def _limits(found: Turns) -> list[str]:
    """Say what the lists leave open: dates that only overlap, data that end sooner."""
    turns = (*found.happened, *found.became_known)
    ends = ends_sooner(found.last_days, found.end, found.since)
    if not any(turn.in_window == "perhaps" for turn in turns):
        return ["", *ends] if turns and ends else ends
    return ["", "(perhaps): the dates leave open whether it falls into these days.", *ends]


def _day(turn: Turn) -> Content:
    """The day under which a change is listed: that of the act, or that on which it was known."""
    day = turn.date.in_words if turn.known_on is None else str(turn.known_on)
    return day if turn.in_window == "surely" else (day, " ", Styled("(perhaps)", "doubt"))


def _told(turn: Turn) -> Content:
    """Say what happened; of what became known, also when, and whether it is known no more."""
    deed = DEEDS[turn.change.act]
    if turn.known_on is None:
        return Styled(deed, "strong")
    dated = f"{deed} {turn.date.in_words}"
    return ("no longer known: ", Styled(dated, "struck")) if turn.gone else Styled(dated, "strong")


def _way(turn: Turn) -> str:
    """Say before and after, and what the record had instead before it became known."""
    way = f"from {_before(turn)} to {brief_state(turn.after)}"
    return f"{way} ({_instead(turn.was)})" if turn.was else way


def _before(turn: Turn) -> str:
    return brief_state(turn.before, assumed=turn.before_assumed)


def _instead(was: Turn) -> str:
    return f"until then known as from {_before(was)} to {brief_state(was.after)}"


def _cells(turn: Turn) -> tuple[Content, ...]:
    told = (*inlines(_told(turn)), *([f" ({_instead(turn.was)})"] if turn.was else []))
    before, after = _before(turn), brief_state(turn.after)
    source = source_of(turn.evidence)
    return (_day(turn), name_of(turn.country), before, Styled(after, "strong"), told, source)


def _rows(found: Turns) -> Iterator[dict[str, Any]]:
    for name, turns in _lists(found):
        for turn in turns:
            yield {"known_on": None, "gone": None, **turn.to_dict(), "list": name}
