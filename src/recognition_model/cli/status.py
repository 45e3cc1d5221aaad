"""`recognition-model status`: where countries stand on a day, or who had reached a stage by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.options import (
    Country,
    examples,
    first_day,
    known_by,
    last_day,
    on_day,
    read_at,
    stage_option,
    table_format,
)
from recognition_model.cli.page import Block, Content, Paragraph, Styled, Table
from recognition_model.cli.render import doctrine_in_words
from recognition_model.cli.scale_option import chosen_scale, scale_option
from recognition_model.cli.selection import (
    Selection,
    against_option,
    organisations_option,
    positions,
    reads_record,
    rules_option,
)
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
    from recognition_model.core.level_history import LevelPosition

FEW = 3  # countries; as many are shown in full


class Row(NamedTuple):
    """A country's replay and its position; `reached` is what `--by` asks for.

    `level` is its position on a scale.
    """

    replay: Replay
    position: Position
    reached: Arrival | None = None
    level: LevelPosition | None = None


@click.command(
    "status",
    epilog=examples(
        "recognition-model status RUS",
        "recognition-model status --on 2024-05-28 --known-by 2024-05-28",
        "recognition-model status --stage ambassador_accepted --by 2025 --sort since",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@on_day
@stage_option("Show only countries that are, or may be, at this stage.")
@last_day(
    "--by",
    "Show which countries had reached the --stage, or a higher one, by this day. Of hostile and"
    " banned, a higher stage does not count.",
)
@first_day("--since", "With --by, count only what was reached on or after this day.")
@click.option(
    "--sort",
    type=click.Choice(["name", "stage", "since"]),
    help="Order by name, by stage (highest first), or by the day since when. Default: by name, and"
    " countries that you name in your order.",
)
@click.option(
    "--weak",
    is_flag=True,
    help="Show only countries whose stage is assumed, rests on one source, on the word of"
    " another, or on no grade of B2 or better.",
)
@scale_option("Show the level on this scale too, and the entries that it rests on.")
@known_by
@read_at
@reads_record
@rules_option
@against_option
@organisations_option
@table_format
def command(
    countries: tuple[str, ...],
    on: date | None,
    stage: Stage | None,
    by: date | None,
    since: date | None,
    sort: str | None,
    weak: bool,  # noqa: FBT001 - click calls with names
    scale: str | None,
    known_by: date | None,
    dates: DateReading,
    record: Selection,
    against: str | None,
    fmt: str,
) -> Answer:
    """Show where countries stand, since when, and who says so.

    Without a country, show all countries. Without --on, each country is shown on the last day of
    its own data, so the days differ. An error in any file that was read makes the exit code 1; the
    answer is printed all the same.

    With --rules and --against, show which answers differ between two rule tables: on any day, or
    with --on on that one.
    """
    if by is not None and stage is None:
        raise click.UsageError("--by needs --stage: the stage to have reached by that day")
    if since is not None and by is None:
        raise click.UsageError("--since needs --by: the last day on which to have reached it")
    if by is not None and on is not None:
        raise click.UsageError("--by or --on, not both")
    if against is not None:
        from recognition_model.cli.rule_differences import differences, differing_days

        if stage or by or sort or weak or scale or dates != "all":
            taken = "--stage, --by, --sort, --weak, --scale or --dates"
            raise click.UsageError(f"--against cannot be used with {taken}")
        folder = record.load(countries)
        turned = differences(folder, record, against, countries, known_by)
        return differing_days(turned, folder, fmt, on)
    folder, all_rows = record.positions(countries, by or on, known_by, dates)
    rows = [Row(*row) for row in all_rows]
    if by and stage:
        from recognition_model.analysis.arrivals import arrival

        first = since or date.min
        reached = [arrival(replay.history, stage, first, by) for replay, _ in all_rows]
        rows = [Row(*row, at) for row, at in zip(all_rows, reached, strict=True) if at]
    elif stage:
        rows = [row for row in rows if stage in {spell.stage for spell in row.position.spells}]
    if weak:
        rows = [row for row in rows if _weak(row)]
    measure = chosen_scale(scale, folder)
    if measure:
        rows = [row._replace(level=_levels().level_of(*row[:2], measure)) for row in rows]
    if sort:
        rows.sort(key=lambda row: (row.replay.scenario.of_organisation, _ORDERS[sort](row)))

    def data() -> dict[str, Any]:
        # Read at one end, dates leave one state; `dates_agree` asks all readings.
        codes = [replay.country for replay, _ in all_rows]
        every = (
            all_rows
            if dates == "all"
            else positions(folder, codes, by or on, known_by, rules=record.rules)
        )
        agree = {replay.country: position.dates_agree for replay, position in every}
        return {
            "format": "recognition-status/1",
            "known_by": known_by.isoformat() if known_by else None,
            "dates": dates,
            **({"scale": _levels().scale_data(measure)} if measure else {}),
            "countries": [_as_data(row, agree[row.replay.country]) for row in rows],
        }

    def page() -> list[Block]:
        few = len(all_rows) <= FEW and not by
        if not rows:
            return [Paragraph(_none_of(all_rows, stage, since, by, weak=weak))]
        page = status_page(rows, dates, known_by, stage=stage, by=by, weak=weak, full=few)
        return [*page, *([Paragraph(_levels().scale_in_words(measure))] if measure else [])]

    return in_format(
        fmt,
        data=data,
        columns=(*_COLUMNS, *(_levels().LEVEL_COLUMNS if measure else ())),
        rows=lambda: [_as_row(row) for row in rows],
        page=page,
        findings=findings_of(folder, (replay for replay, _ in all_rows)),
    )


def _levels() -> ModuleType:
    """The module that writes levels; loaded only with a scale."""
    from recognition_model.cli import levels

    return levels


def _weak(row: Row) -> tuple[str, ...]:
    from recognition_model.analysis.weakness import weaknesses  # not needed for every answer

    spells = [row.reached.spell] if row.reached else row.position.spells
    start = row.replay.scenario.start
    return tuple(dict.fromkeys(why for spell in spells for why in weaknesses(spell, start)))


def _begins(row: Row) -> Any:
    spells = row.position.spells
    spell = row.reached.spell if row.reached else spells[-1] if spells else None
    day = spell.begins.earliest if spell else row.position.day
    return day.toordinal(), row.replay.country


_ORDERS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: name_of(row.replay.country),
    "stage": lambda row: (
        -max((spell.stage.rank for spell in row.position.spells), default=-1),
        _begins(row),
    ),
    "since": _begins,
}


# --- as text ---------------------------------------------------------------------------------


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
        yield Paragraph((Styled(named(replay.country), "strong"), f": {_stage(position)}"), hang=4)
        if position.spells:
            yield Paragraph(f"{bans_in_words(position)}; {_since_and_who(replay, position)}", 4)
        if level:
            yield Paragraph(_levels().level_line(level), 4, 2)
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
            last: Content = _stage(position)
        else:
            ban = bans_in_words(position) if position.spells else ""
            words = ", ".join(filter(None, [_stage(position), "" if ban == _NO_BAN else ban]))
            cells += [Styled(words, _style(position)), _since(position), who]
            last = str(position.documented_until)
        if level:
            cells.insert(2, level.in_words())
        if weak:
            cells.append("; ".join(_weak(row)))
        lines.append((*cells, last))
    yield Table(tuple(heads), tuple(lines))


_NO_BAN = ban_in_words(Ban.NONE)


def _style(position: Position) -> Any:
    if position.basis in (Basis.ASSUMED, Basis.SILENT):
        return "muted"
    return "" if position.dates_agree else "doubt"


def _stage(position: Position) -> str:
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


def _none_of(
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


# --- as data ---------------------------------------------------------------------------------


def _as_data(row: Row, dates_agree: bool) -> dict[str, Any]:  # noqa: FBT001 - one caller
    replay, position, reached, level = row
    more: dict[str, Any] = {"level": level.to_dict()} if level else {}
    if reached:
        more["reached"] = {
            "stage": reached.spell.stage.value,
            "date": reached.spell.begins.text,
            "by": reached.how,
        }
    return {
        "country": replay.country,
        "name": name_of(replay.country),
        "kind": replay.kind.value,
        **position.to_dict(),
        "certain": position.certain and dates_agree,
        "dates_agree": dates_agree,
        "weak": list(_weak(row)),
        **more,
        "doctrine": doctrine_data(replay),
    }


_COLUMNS = (
    "country",
    "name",
    "kind",
    "reached",
    "reached_on",
    "in_window",
    "voice",
    "grade",
    "source",
    "weak",
    "day",
    "stage",
    "ban",
    "since",
    "basis",
    "certain",
    "words",
    "documented_until",
    "known_by",
)


def _as_row(row: Row) -> dict[str, Any]:
    """Return the line of the CSV: what was reached, if asked for, then the state on the day.

    `voice`, `grade`, `source` and `weak` are of what was reached, or else of the state.
    """
    replay, position, reached, level = row
    spells = position.spells
    spell = reached.spell if reached else spells[-1] if spells else None
    best = spell.change.best if spell and spell.change else None
    return {
        "country": replay.country,
        "name": name_of(replay.country),
        "kind": replay.kind,
        "reached": reached.spell.stage if reached else None,
        "reached_on": reached.spell.begins if reached else None,
        "in_window": reached.how if reached else None,
        "voice": best.voice if best else None,
        "grade": best.grade if best else None,
        "source": best.id if best else None,
        "weak": _weak(row),
        "day": position.day,
        "stage": list(dict.fromkeys(spell.stage for spell in spells)),
        "ban": list(dict.fromkeys(spell.ban for spell in spells)),
        "since": spells[-1].begins if len(spells) == 1 else None,
        "basis": position.basis,
        "certain": position.certain,
        "words": _stage(position),
        "documented_until": position.documented_until,
        "known_by": replay.known_by,
        **(_levels().level_cells(level, replay) if level else {}),
    }


def doctrine_data(replay: Replay) -> dict[str, Any] | None:
    """Return the country's doctrine of recognition as plain data, or None."""
    doctrine = replay.scenario.doctrine
    return doctrine.to_dict() if doctrine else None
