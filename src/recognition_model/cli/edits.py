"""What an edit means, as `changes --against` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from recognition_model.analysis.edits import CountryEdits, Edits, edits
from recognition_model.analysis.entry_edits import EntryEdit
from recognition_model.analysis.source_edits import SourceEdits
from recognition_model.analysis.turned_days import PARTS, TurnedDays
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.finding_formats import path_from_here
from recognition_model.cli.here import files_here
from recognition_model.cli.page import Block, Content, Heading, Paragraph, Style, Styled, Table
from recognition_model.cli.selection import Selection
from recognition_model.core.countries import counted, name_of, named
from recognition_model.core.diagnostics import Finding, Place, RecordError
from recognition_model.core.folder import Folder
from recognition_model.core.wording import humanize, join_limited, plural
from recognition_model.io.loader import load_folder, record_root, version_at, version_of
from recognition_model.io.revision import RevisionError, commit_of, load_revision

COLUMNS = ("country", "name", "part", "from", "to", "days", "before", "after")
MOST_LINES = 40
MOST_LETTERS = 60_000
"""GitHub takes a comment of at most 65,536 letters."""


def answer_against(
    record: Selection, against: str, fmt: str, known_by: date | None = None
) -> Answer:
    """Compare the record with the one at a path, or with itself in a revision of its repository.

    A path that exists is a path. With `known_by`, both are as they could be known by a day. Errors
    of the record are findings; those of the other are not. If the options choose no record, the
    scenario files at the current folder are compared, and a note says so.
    """
    rules = record.rules
    record, notes = _chosen(record)
    try:
        other, commit = _other(record, against)
    except RevisionError as error:
        raise click.UsageError(f"--against: {error}") from None
    except RecordError as error:
        raise _NotRead(against, error.findings) from None
    folders = (other, record.load())
    found = edits(*(one.known_by(known_by) if known_by else one for one in folders), rules=rules)
    shown = f"{against} ({commit[:9]})" if commit else against
    if fmt == "md":
        return Answer(text=edits_in_markdown(found, shown), findings=found.errors, notes=notes)
    return in_format(
        fmt,
        data=lambda: _data(found, against, commit),
        columns=COLUMNS,
        rows=found.rows,
        page=lambda: edits_page(found, shown),
        findings=found.errors,
        notes=notes,
    )


def _chosen(record: Selection) -> tuple[Selection, list[str]]:
    """Choose the scenario files at the current folder if no option chooses; say which they are.

    A subfolder `scenarios` that is no clone's is not chosen: no other command reads it by itself.
    """
    if not record.shipped:
        return record, []
    here = files_here()
    if here is None or not (here.whole or here.files):
        where = path_from_here(Place(str(record_root("scenarios"))))
        more = f"; {here.not_read()}" if here else ""
        return record, [f"note: the shipped record is compared, in {where}{more}"]
    where = here.folder.as_posix()
    if here.whole:
        told = f"{here.names} is compared, as with `--scenarios {where}`"
        return Selection(instead=(here.folder,)), [f"note: {told}"]
    are = "is" if len(here.files) == 1 else "are"
    told = f"{here.names} {are} compared beside the shipped record, as with `--with {where}`"
    return Selection(beside=(here.folder,)), [f"note: {told}"]


class _NotRead(click.UsageError):
    """The other version of the record cannot be read. `findings` give the reason."""

    def __init__(self, against: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"--against: {against} cannot be read; the findings above say why")
        self.findings = findings


def _other(record: Selection, against: str) -> tuple[Folder, str]:
    """Load what the record is compared with, and name its commit; that of a path is empty."""
    path = Path(against)
    if not against or not _exists(path):
        paths = record.instead or (record_root("scenarios"),)
        commit = commit_of(against, (record.beside or paths)[0])
        return load_revision(against, record.instead, beside=record.beside), commit
    if record.beside:
        other = load_folder(record.instead, beside=path)
    else:
        other = load_folder(path, root=version_at(path) if _is_whole(record) else None)
    unreadable = [one for one in other.findings if one.unreadable]
    if unreadable and not other.all_scenarios:
        raise RecordError(unreadable)
    return other, ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for a path, or with a null byte
        return False


def _is_whole(record: Selection) -> bool:
    """Whether the record is the shipped one, named or not, or that of a clone."""
    return all(map(version_of(record.instead).has, record.instead))


def _data(found: Edits, against: str, commit: str) -> dict[str, Any]:
    data = found.to_dict()
    head = {"format": data.pop("format"), "against": against, "commit": commit or None}
    return head | data


# --- text ----------------------------------------------------------------------------------------


@frozen
class _Section:
    """Blocks under a heading."""

    heading: str
    blocks: Sequence[Block]


def edits_page(found: Edits, against: str) -> list[Block]:
    """Make a page of what turns, and of what does not."""
    if found.nothing:
        return [Paragraph(_nothing(found, against))]
    page: list[Block] = [Paragraph(Styled(_headline(found, against), "strong"))]
    for section in _sections(found):
        page += [Heading(section.heading, 3), *section.blocks]
    return [*page, *map(Paragraph, _untouched(found))]


def edits_in_markdown(found: Edits, against: str) -> str:
    """Write a comment for a pull request: a headline, a line a country, the rest folded away."""
    from recognition_model.cli.markdown import markdown

    if found.nothing:
        return markdown([Paragraph(_nothing(found, against))])
    rest = markdown(list(map(Paragraph, _untouched(found))))
    head: list[Block] = [Paragraph(Styled(_headline(found, against), "strong"))]
    if found.turned:
        head.append(_countries(found.turned))
    parts = [markdown(head)]
    left = MOST_LETTERS - len(parts[0]) - len(rest)
    for section in _sections(found):
        summary = escape(section.heading)  # Markdown is not read there
        text = f"<details><summary>{summary}</summary>\n\n{markdown(section.blocks)}\n\n</details>"
        left -= len(text) + 2
        if left < 0:
            command = f"recognition-model changes --against {against.partition(' (')[0]}"
            parts.append(f"The rest is too long for a comment. `{command}` shows it.")
            break
        parts.append(text)
    return "\n\n".join(filter(None, [*parts, rest]))


def _nothing(found: Edits, against: str) -> str:
    countries = plural(len(found.untouched), "country", "countries")
    days = f"{countries}, no day turns, " if found.untouched else ""
    unusable = f" {_unusable(found)}" if found.unusable else ""
    return f"Nothing changed against {against}: {days}no finding is new.{unusable}"


def _unusable(found: Edits) -> str:
    return f"Not compared, because of errors: {join_limited(found.unusable)}."


def _headline(found: Edits, against: str) -> str:
    days = found.days
    turn = _counted(days["any"], "country-day turns", "country-days turn")
    where = plural(len(found.turned), "country", "countries")
    parts = ", ".join(f"{part} {days[part]:,}" for part in PARTS)
    still = "No country-day turns" if found.organisations else "No day turns"
    turned = f"{turn} in {where} ({parts})" if found.turned else still
    changed = ((found.added, "added"), (found.removed, "removed"))
    counts = [(codes, word) for codes, word in changed if codes]
    if counts:
        (first, word), *more = counts
        others = "".join(f", {len(codes)} {other}" for codes, other in more)
        against += f"; {counted(first)} {word}{others}"
    new, gone = len(found.findings_new), len(found.findings_gone)
    findings = f"Findings: {new} new, {gone} gone" if new or gone else "No finding is new or gone"
    return f"{turned} against {against}. {findings}."


def _sections(found: Edits) -> Iterator[_Section]:
    for country in (*found.turned, *(one for one in found.organisations if one.turned)):
        days = _counted(country.days["any"], "day turns", "days turn")
        yield _Section(f"{named(country.country)}: {days}", [*_of_country(country)])
    unturned = (*found.unturned, *(one for one in found.organisations if not one.turned))
    if unturned:
        count = sum(len(country.entries) for country in unturned)
        turn = "entry differs and turns no day" if count == 1 else "entries differ and turn no day"
        lines = [f"{name_of(c.country)}: {_edited(e)}" for c in unturned for e in c.entries]
        yield _Section(f"{count} {turn}", _lines(lines))
    if found.order:
        pairs = plural(len(found.order), "pair of countries turns", "pairs of countries turn")
        yield _Section(f"The order of {pairs}", _lines(map(str, found.order)))
    if found.claims:
        claims = plural(len(found.claims), "claim about many", "claims about many")
        turn = "turns" if len(found.claims) == 1 else "turn"
        yield _Section(f"{claims} countries {turn}", _lines(map(str, found.claims)))
    if found.sources != SourceEdits():
        yield _Section(str(found.sources), _lines(_of_sources(found)))
    for findings, one, more in (
        (found.findings_new, "new finding", "new findings"),
        (found.findings_gone, "finding is gone", "findings are gone"),
    ):
        if findings:
            yield _Section(plural(len(findings), one, more), _lines(map(_finding, findings)))


def _of_country(country: CountryEdits) -> Iterator[Block]:
    rows = tuple(map(_span, country.turned[:MOST_LINES]))
    yield Table(("part", "from", "to", "days", "was", "is"), rows)
    if len(country.turned) > MOST_LINES:
        yield Paragraph(f"and {len(country.turned) - MOST_LINES} more spans of days", 2)
    yield from _lines([*map(str, country.arrivals), *map(_edited, country.entries)])


def _span(run: TurnedDays) -> tuple[Content, ...]:
    until = run.last.isoformat() if run.last else "and on"
    before = Styled(humanize(run.before), "struck")
    days = f"{run.days:,}" if run.days else "after the data"
    return run.part, run.first.isoformat(), until, days, before, humanize(run.after)


def _countries(turned: Sequence[CountryEdits]) -> Table:
    rows: list[tuple[Content, ...]] = [
        (
            Styled(named(country.country), "strong"),
            *(f"{country.days[part]:,}" for part in ("any", *PARTS)),
            plural(len(country.entries), "entry", "entries"),
        )
        for country in turned
    ]
    return Table(("country", "days", *PARTS, "differ"), tuple(rows))


def _of_sources(found: Edits) -> Iterator[str]:
    sources = found.sources
    for what, names in (("added", sources.added), ("removed", sources.removed)):
        if names:
            yield f"{what}: {join_limited(names, MOST_LINES)}"
    yield from map(str, sources.changed)


def _edited(entry: EntryEdit) -> str:
    was = "was line" if entry.after is None else "line"
    return f"{entry} ({was} {entry.line})" if entry.line else str(entry)


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _finding(found: Finding) -> Content:
    style: Style = "bad" if found.is_error else "doubt"
    file, line = path_from_here(found.place), found.place.line
    place = f"{file}:{line}" if line else file
    return f"{place}: ", Styled(found.code, style), f" {found.message}"


def _lines(lines: Iterable[Content]) -> list[Block]:
    """Make a paragraph of each line, of the first ones if there are many."""
    every = list(lines)
    shown: list[Block] = [Paragraph(line, 2, 2) for line in every[:MOST_LINES]]
    if len(every) > MOST_LINES:
        shown.append(Paragraph(f"and {len(every) - MOST_LINES} more (--format json has all)", 2, 2))
    return shown


def _untouched(found: Edits) -> Iterator[str]:
    """Say what is new, gone or not compared, and how many countries no edit turns."""
    if found.added:
        yield f"New in the record: {join_limited([*map(named, found.added)])}."
    if found.removed:
        yield f"No longer in the record: {join_limited([*map(named, found.removed)])}."
    if found.unusable:
        yield _unusable(found)
    still = len(found.untouched) + len(found.unturned)
    if still:
        yield f"{plural(still, 'country', 'countries')}: no day turns."
