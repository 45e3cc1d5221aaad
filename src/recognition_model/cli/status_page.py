"""`status` as text: a paragraph for each of a few countries, or a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from recognition_model.cli.page import Block, Content, Paragraph, Styled, Table
from recognition_model.cli.render import doctrine_in_words
from recognition_model.cli.status_rows import Row, levels, weak_because
from recognition_model.core.basis import Basis, basis_in_words
from recognition_model.core.changes import Spell
from recognition_model.core.countries import counted, name_of, named
from recognition_model.core.dates import DateReading
from recognition_model.core.position import Position
from recognition_model.core.stages import Ban, Stage, ban_in_words
from recognition_model.core.wording import humanize, plural, read_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.report.sentences import SPEAKERS, bans_in_words, start_basis

if TYPE_CHECKING:
    from recognition_model.analysis.arrivals import Arrival


def status_page(
    rows: Sequence[Row],
    dates: DateReading = "all",
    known_by: date | None = None,
    *,
    stage: Stage | None = None,
    by: date | None = None,
    weak: bool = False,
    full: bool = False,
) -> list[Block]:
    """Write a line for each country, or a paragraph in `full`: its state, since when, who says so.

    The last lines say what the answers rest on, if there are several, and how dates are read,
    unless they are read in all ways.
    """
    blocks = list(_paragraphs(rows) if full else _table(rows, stage, by, weak=weak))
    if len(rows) > 1:
        days = {row.position.day for row in rows}
        when = f" on {days.pop()}" if len(days) == 1 else ", each on the last day of its data"
        shown = (row for row in rows if not row.replay.scenario.of_organisation)
        if counted_bases := basis_in_words((row.position.basis for row in shown), when):
            blocks.append(Paragraph(counted_bases))
    if dates != "all":
        blocks.append(Paragraph(read_in_words(dates)))
    if known_by:
        later = sum(row.replay.not_yet_public for row in rows)
        entries = plural(later, "entry was", "entries were")
        blocks.append(Paragraph(f"As known by {known_by}; {entries} not yet public."))
    return blocks


def _paragraphs(rows: Sequence[Row]) -> Iterator[Block]:
    """Write a few countries in full, each as a paragraph or more."""
    for replay, position, _, level in rows:
        name = Styled(named(replay.country), "strong")
        yield Paragraph((name, f": {stage_in_words(position)}"), hang=4)
        if position.spells:
            yield Paragraph(f"{bans_in_words(position)}; {_since_and_who(replay, position)}", 4)
        if level:
            yield Paragraph(levels().level_line(level), 4, 2)
        yield Paragraph(_ends(position), 4)
        if doctrine := replay.scenario.doctrine:
            yield Paragraph(doctrine_in_words(doctrine), 4, 2)


def _since_and_who(replay: Replay, position: Position) -> str:
    said = []
    for spell in position.spells:
        who = _who_says(replay, spell, full=True)
        only = len(position.spells) == 1
        said.append(f"since {spell.begins.in_words}, {who}" if only else f"{spell.stage} by {who}")
    since = f"{_since(position)}, " if not position.dates_agree and _since(position) else ""
    return humanize(since + "; ".join(said))


def _ends(position: Position) -> str:
    words = f"the data end on {position.documented_until}"
    searched = position.searched_until
    return f"{words}; reviewed up to {searched}, no change found" if searched else words


def _table(
    rows: Sequence[Row], stage: Stage | None, by: date | None, *, weak: bool
) -> Iterator[Block]:
    heads = ["Country", "Stage", "Since", "Who says so", "Data end"]
    if by:
        heads = ["Country", "Reached", "On", "Who says so", f"Stage on {by}"]
    if weak:
        heads.insert(4, "Weak because")
    if any(row.level for row in rows):
        heads.insert(2, "Level")
    lines: list[tuple[Content, ...]] = []
    for row in rows:
        replay, position, reached, level = row
        spells = position.spells
        spell = reached.spell if reached else spells[-1] if spells else None
        who = _who_says(replay, spell) if spell else ""
        cells: list[Content] = [Styled(name_of(replay.country), "strong")]
        if reached:
            beyond = ", a higher stage" if reached.spell.stage is not stage else ""
            cells += [humanize(reached.spell.in_words) + beyond, _when(reached), who]
            last: Content = stage_in_words(position)
        else:
            ban = bans_in_words(position) if position.spells else ""
            ban = "" if ban == _NO_BAN else ban
            words = ", ".join(filter(None, [stage_in_words(position), ban]))
            cells += [Styled(words, _style(position)), _since(position), who]
            last = str(position.documented_until)
        if level:
            cells.insert(2, level.in_words())
        if weak:
            cells.append("; ".join(weak_because(row)))
        lines.append((*cells, last))
    yield Table(tuple(heads), tuple(lines))


_NO_BAN = ban_in_words(Ban.NONE)


def _style(position: Position) -> Any:
    if position.basis in (Basis.ASSUMED, Basis.SILENT):
        return "muted"
    return "" if position.dates_agree else "doubt"


def stage_in_words(position: Position) -> str:
    return humanize(position.in_words())


def _when(reached: Arrival) -> str:
    """Say when a stage was reached; what is not sure is said to be so."""
    words = reached.spell.begins.in_words
    if reached.how == "perhaps":
        words = f"perhaps: {words}"
    earlier = reached.earlier
    if earlier is None:
        return words
    kind = "assumed" if earlier.assumed else "perhaps"
    return f"{words}; {kind} before: {earlier.begins.in_words}"


def none_of(
    asked_of: Sequence[tuple[Replay, Position]],
    stage: Stage | None,
    since: date | None,
    by: date | None,
    *,
    weak: bool,
) -> str:
    asked = counted(replay.country for replay, _ in asked_of)
    on_weak = " on weak evidence" if weak else ""
    if stage is None:
        return f"None of {asked} stands where it does{on_weak}."
    if by is None:
        return f"None of {asked} is documented at the stage {humanize(stage)}{on_weak}."
    days = f"from {since} to {by}" if since else f"by {by}"
    what = f"is documented to have reached the stage {humanize(stage)} {days}"
    return f"None of {asked} {what}{on_weak}."


def _since(position: Position) -> str:
    """Say since when; if the dates leave several states, on what old entry they rest."""
    if position.spells and position.dates_agree:
        return position.spells[-1].begins.in_words
    if position.basis is Basis.SILENT and position.last_entry is not None:
        return f"last heard {position.last_entry.date.in_words}"
    return ""


def _who_says(replay: Replay, spell: Spell, *, full: bool = False) -> str:
    """Say whose word began a spell, with its grade; in `full`, with publisher and date too."""
    if spell.change is None:
        return f"{start_basis(replay.scenario.start)} at the start"
    best = spell.change.best
    if best is None:
        return "no evidence"
    if not full:
        return f"{SPEAKERS[best.voice]} ({best.grade})"
    source = best.source
    return (
        f"{humanize(spell.change.act)}: {SPEAKERS[best.voice]}"
        f" in {source.publisher}, {source.issued} ({best.grade}, {best.id})"
    )
