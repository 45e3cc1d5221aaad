"""What another rule table means for the record, as `--against` prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from recognition_model.analysis.rule_differences import (
    CountryDifference,
    EntryTurned,
    RuleDifferences,
    rule_differences,
)
from recognition_model.analysis.turned_days import TurnedDays
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.page import Block, Content, Paragraph, Styled, Table
from recognition_model.cli.selection import Selection, table_of
from recognition_model.core.countries import counted, name_of, named
from recognition_model.core.folder import Folder
from recognition_model.core.windows import Window
from recognition_model.core.wording import escape_invisible, humanize, plural

DAY_COLUMNS = ("country", "name", "part", "from", "to", "days", "before", "after", "rules")
ENTRY_COLUMNS = (
    *("country", "name", "entry", "date", "kind", "act", "how", "rule", "because"),
    *("file", "line"),
)
_HOW = {
    "permitted": "is permitted by {}",
    "refused": "is refused; the other table takes it by {}",
    "otherwise": "is taken by {}, and not as in the other table",
}


def differences(
    folder: Folder,
    record: Selection,
    against: str,
    countries: Sequence[str] = (),
    known_by: date | None = None,
) -> RuleDifferences:
    """Compare the table of `--rules` with that of `--against`. Raises `UsageError`."""
    other = table_of(against)
    if other == record.rules:
        raise click.UsageError("--against needs another table: choose one with --rules")
    try:
        return rule_differences(folder, record.rules, other, countries=countries, known_by=known_by)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def differing_days(found: RuleDifferences, folder: Folder, fmt: str, on: date | None) -> Answer:
    """Answer with the days that differ, country by country; with `on`, only those of that day."""
    shown = [one for one in found.countries if on is None or any(_on(one.turned, on))]
    page: list[Block] = [Paragraph(Styled(_headline(found, shown, on), "strong"))]
    for one in shown:
        page += _of_country(one)
    return _answer(
        found,
        folder,
        fmt,
        columns=DAY_COLUMNS,
        rows=lambda: [
            {
                "country": one.country,
                "name": name_of(one.country),
                **run.to_dict(),
                "rules": list(one.rules),
            }
            for one in shown
            for run in one.turned
            if on is None or any(_on((run,), on))
        ],
        page=[*page, *_untouched(found)],
    )


def differing_entries(
    found: RuleDifferences, folder: Folder, fmt: str, window: Window | None = None
) -> Answer:
    """Answer with the entries that turn, in the order of their dates."""
    entries = [entry for entry in found.entries if window is None or _within(entry, window)]
    days = f" {window.in_words()}" if window and window.in_words() else ""
    turn = "entry turns" if len(entries) == 1 else "entries turn"
    head = f"{len(entries)} {turn}{days} {_against(found)}"
    rows = tuple(
        (entry.step.date.in_words, Styled(name_of(entry.country), "strong"), _entry(entry, ""))
        for entry in entries
    )
    page: list[Block] = [Paragraph(Styled(f"{head}.", "strong"))]
    page += [Table(("Date", "Country", "What turns"), rows)] if rows else []
    return _answer(
        found,
        folder,
        fmt,
        columns=ENTRY_COLUMNS,
        rows=lambda: [entry.to_dict() for entry in entries],
        page=[*page, *_untouched(found)],
    )


def _answer(
    found: RuleDifferences,
    folder: Folder,
    fmt: str,
    *,
    columns: Sequence[str],
    rows: Callable[[], list[dict[str, Any]]],
    page: Sequence[Block],
) -> Answer:
    return in_format(
        fmt,
        data=found.to_dict,
        columns=columns,
        rows=rows,
        page=lambda: page,
        findings=folder.findings,
    )


def _headline(found: RuleDifferences, shown: Sequence[CountryDifference], on: date | None) -> str:
    turned = [one for one in shown if one.turned]
    when = f" on {on}" if on else ""
    if not turned:
        return f"No answer differs{when} {_against(found)}."
    which = counted(one.country for one in turned)
    return f"The answer differs{when} for {which} {_against(found)}."


def _against(found: RuleDifferences) -> str:
    one, other = (escape_invisible(t.in_words) for t in (found.rules, found.against))
    return f"with {one}, against {other}"


def _of_country(one: CountryDifference) -> list[Block]:
    name = Styled(named(one.country), "strong")
    if one.since is None:
        head: Content = (name, ": no day differs")
    else:
        days = plural(one.days, "day", "days")
        head = (name, f": differs from {one.since}, on {days} within the data")
    lines: list[Block] = [Paragraph(head, hang=4)]
    lines += [Paragraph(_run(run), 4, 2) for run in one.turned]
    lines += [
        Paragraph(f"{_entry(entry, f' {entry.step.date}')} (line {entry.step.place.line})", 4, 2)
        for entry in one.entries
    ]
    return lines


def _run(run: TurnedDays) -> str:
    last = f" to {run.last}" if run.last else " on"
    answers = f"{humanize(run.after)} instead of {humanize(run.before)}"
    return f"{run.part} from {run.first}{last}: {answers}"


def _entry(entry: EntryTurned, when: str) -> str:
    how = _HOW[entry.how].format(entry.rule)
    expected = ", which the file expects to be refused," if entry.expected else ""
    where = "the other table refuses it" if entry.how == "permitted" else "the reason"
    because = f"; {where}: {humanize(entry.because)}" if entry.because else ""
    return f"{humanize(entry.act)}{when}{expected} {how}{because}"


def _untouched(found: RuleDifferences) -> list[Block]:
    known = f" As known by {found.known_by}." if found.known_by else ""
    if not found.same:
        return [Paragraph(known.strip())] if known else []
    return [Paragraph(f"Nothing turns in {counted(found.same)}.{known}")]


def _on(runs: Sequence[TurnedDays], on: date) -> list[TurnedDays]:
    return [run for run in runs if run.first <= on <= (run.last or date.max)]


def _within(entry: EntryTurned, window: Window) -> bool:
    earliest, latest = entry.step.date.earliest, entry.step.date.latest
    return window.holds(earliest.toordinal(), latest.toordinal()) is not None
