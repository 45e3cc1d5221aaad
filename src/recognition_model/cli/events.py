"""`recognition-model events`: one chronology over all countries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from recognition_model.analysis.asked import last_days
from recognition_model.analysis.events import KINDS, Event, events, least_grade
from recognition_model.analysis.silence import ends_sooner
from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.options import (
    Country,
    examples,
    first_day,
    known_by,
    last_day,
    table_format,
)
from recognition_model.cli.page import Block, Content, Inline, Paragraph, Styled, Table
from recognition_model.cli.selection import (
    Selection,
    against_option,
    reads_record,
    rules_option,
)
from recognition_model.cli.words import Grade, Words, family_words, voice_word
from recognition_model.core.base import summary_of
from recognition_model.core.countries import counted as counted_codes
from recognition_model.core.countries import name_of
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import STEP_OF
from recognition_model.core.windows import Window
from recognition_model.core.wording import plural

COLUMNS = (
    *("date", "earliest", "latest", "dated_by", "country", "name", "record_kind", "kind"),
    *("what", "word"),
    *("family", "denied", "note"),
    *("contradiction", "because", "attestation", "disputed", "voice", "grade"),
    *("publisher", "issued", "sources", "in_window", "counted", "set_aside", "file", "line"),
)
DATE_COLUMNS = 12
_KINDS = {kind: summary_of(cls) for kind, cls in STEP_OF.items()}
_LEAST_GRADES = [f"{letter}{digit}" for letter in "ABCDE" for digit in range(1, 6)]


@click.command(
    "events",
    epilog=examples(
        "recognition-model events --since 2025-07 --until 2025-12 --kind act,signal",
        "recognition-model events Russia China --match ambassador --format csv",
        "recognition-model events --family visit,contact --since 2025",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@first_day("--since", "Only what may have happened on or after this day.")
@last_day("--until", "Only what may have happened on or before this day.")
@click.option(
    "--match",
    default="",
    metavar="WORD",
    help="Only entries with this in a note, claim, title, publisher or name, or in their own words,"
    " old words for signals too; case and accents do not count.",
)
@click.option(
    "--kind",
    "kinds",
    type=Words("kind of entry", _KINDS),
    multiple=True,
    metavar="KIND",
    help=f"Only these kinds of entry, with commas between: {', '.join(KINDS)}.",
)
@click.option(
    "--family",
    "families",
    type=family_words(),
    multiple=True,
    metavar="FAMILY",
    help="Only signals of these families, with commas between, such as visit,contact;"
    " `explain signals` lists them.",
)
@click.option(
    "--voice",
    type=voice_word(),
    help="Only entries that evidence in this voice supports: host, taliban, other_state, press.",
)
@click.option(
    "--min-grade",
    type=Grade(least_grade, _LEAST_GRADES),
    help="Only entries that evidence of this grade or better supports, such as B2: by the letter"
    " and by the digit. F and 6 mean that it cannot be judged; they are never better. With --voice,"
    " one item of evidence must have both.",
)
@click.option(
    "--all",
    "all_entries",
    is_flag=True,
    help="Also entries that the replay does not use: struck out, refused, failed. They are marked"
    " and not counted.",
)
@known_by
@reads_record
@rules_option
@against_option
@table_format
def command(
    countries: tuple[str, ...],
    since: date | None,
    until: date | None,
    match: str,
    kinds: tuple[tuple[str, ...], ...],
    families: tuple[tuple[str, ...], ...],
    voice: str | None,
    min_grade: str | None,
    all_entries: bool,  # noqa: FBT001 - click calls with names
    known_by: date | None,
    record: Selection,
    against: str | None,
    fmt: str,
) -> Answer:
    """List what happened, one line for each entry, over all countries and organisations.

    Entries come in the order of their earliest days. One whose uncertain date only overlaps --since
    to --until is marked. What the replay does not use is left out, unless --all or
    --kind refuse asks for it. Without a country, list all. With --rules and --against, list only
    the entries with which two rule tables do different things.
    """
    try:
        window = Window(since, until)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if against is not None:
        return _turned(
            record,
            against,
            countries,
            window,
            known_by,
            fmt,
            others=bool(match or kinds or families or voice or min_grade or all_entries),
        )
    folder, replays = record.with_organisations.replayed(countries, known_by)
    try:
        found = events(
            replays,
            since=since,
            until=until,
            match=match,
            kinds=[kind for several in kinds for kind in several],
            families=[family for several in families for family in several],
            voice=voice,
            min_grade=min_grade,
            all_entries=all_entries,
            vocabulary=folder.vocabulary,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None

    hidden = sum(replay.not_yet_public for replay in replays)

    def data() -> dict[str, Any]:
        return {
            "format": "recognition-events/1",
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
            "known_by": known_by.isoformat() if known_by else None,
            "not_yet_public": hidden,
            "events": [event.to_dict() for event in found],
        }

    return in_format(
        fmt,
        data=data,
        columns=COLUMNS,
        rows=lambda: [event.to_dict() for event in found],
        page=lambda: [
            *(chronology_table if fmt == "md" else chronology)(found, window),
            *([Paragraph(_as_known(known_by, hidden))] if known_by else []),
            *map(Paragraph, ends_sooner(last_days(r.scenario for r in replays), until, since)),
        ],
        findings=findings_of(folder, replays),
        paged=True,
    )


def _turned(
    record: Selection,
    against: str,
    countries: tuple[str, ...],
    window: Window,
    known_by: date | None,
    fmt: str,
    *,
    others: bool,
) -> Answer:
    """List the entries that turn between two rule tables; `others` says that more was asked."""
    from recognition_model.cli.rule_differences import differences, differing_entries

    if others:
        raise click.UsageError("--against can be used with --since, --until and --known-by alone")
    folder = record.load(countries)
    turned = differences(folder, record, against, countries, known_by)
    return differing_entries(turned, folder, fmt, window)


def chronology(found: Sequence[Event], window: Window) -> list[Block]:
    """Build the page for a terminal: a paragraph for each entry, then how many there are."""
    entries: list[Block] = [
        Paragraph(
            (f"{name_of(event.country)}: ", *_what(event), " [", *source_of(event.evidence), "]"),
            label=_date(event),
            hang=DATE_COLUMNS,
        )
        for event in found
    ]
    return [*entries, *([Paragraph("")] if entries else []), Paragraph(_sum(found, window))]


def chronology_table(found: Sequence[Event], window: Window) -> list[Block]:
    """Build the page for Markdown: a row for each entry, then how many there are."""
    rows = tuple(
        (_date(event), name_of(event.country), _what(event), source_of(event.evidence))
        for event in found
    )
    table = Table(("Date", "Country", "What happened", "Source"), rows)
    return [*([table] if rows else []), Paragraph(_sum(found, window))]


def source_of(evidence: Sequence[Evidence]) -> tuple[Inline, ...]:
    """Name the first source by publisher and date, with a link; say how many more support it.

    The evidence is sorted, strongest first. If nothing supports the entry, a source that disputes
    it is named.
    """
    told = [item.source for item in evidence if item.supports] or [e.source for e in evidence]
    first = told[0]
    named = Styled(f"{first.publisher}, {first.issued.in_words}", link=first.url or "")
    more = len({source.id for source in told}) - 1
    return (named, f" and {more} more") if more else (named,)


def _date(event: Event) -> Content:
    if event.in_window == "surely":
        return event.date.in_words
    return (event.date.in_words, " ", Styled("(overlaps)", "doubt"))


def _what(event: Event) -> tuple[Inline, ...]:
    parts: list[Inline] = [Styled(event.what, "strong" if event.counted else "struck")]
    marks = ["disputed"] if event.disputed and event.counted and not event.denied else []
    marks += ["in doubt"] if event.contradiction else []
    if marks:
        parts += [" ", Styled(f"({', '.join(marks)})", "doubt")]
    struck = event.because and event.set_aside == "struck out"
    why = f"Struck out because: {event.because}" if struck else ""
    told = " ".join(text.rstrip(".") + "." for text in (event.note, why) if text)
    return (*parts, f". {told}") if told else tuple(parts)


def _as_known(by: date, hidden: int) -> str:
    """Say on which day's knowledge the list rests, and how many entries that day lacked."""
    lacked = f"; {plural(hidden, 'entry was', 'entries were')} not yet public" if hidden else ""
    return f"As known by {by}{lacked}."


def _sum(found: Sequence[Event], window: Window) -> str:
    counted = [event for event in found if event.counted]
    countries = counted_codes({event.country for event in counted})
    days = f" {window.in_words()}" if window.in_words() else ""
    if not found:
        return f"No entry matches{days}."
    parts = [f"{plural(len(counted), 'entry', 'entries')} in {countries}{days}"]
    if denied := sum(event.denied for event in counted):
        parts.append(f"{denied} denied by a party")
    if overlapping := sum(event.in_window == "perhaps" for event in counted):
        parts.append(f"{overlapping} of them may lie outside (overlaps)")
    if aside := len(found) - len(counted):
        parts.append(f"{aside} shown that the replay does not use")
    return "; ".join(parts) + "."
