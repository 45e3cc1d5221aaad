"""`recognition-model status`: where countries stand on a day, or who had reached a stage by one."""

from __future__ import annotations

from datetime import date
from typing import Any

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
from recognition_model.cli.page import Block, Paragraph
from recognition_model.cli.scale_option import chosen_scale, scale_option
from recognition_model.cli.selection import (
    Selection,
    against_option,
    organisations_option,
    positions,
    reads_record,
    rules_option,
)
from recognition_model.cli.status_page import none_of, stage_in_words, status_page
from recognition_model.cli.status_rows import ORDERS, Row, levels, weak_because
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay

FEW = 3  # countries; as many are shown in full


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
        rows = [row for row in rows if weak_because(row)]
    measure = chosen_scale(scale, folder)
    if measure:
        rows = [row._replace(level=levels().level_of(*row[:2], measure)) for row in rows]
    if sort:
        rows.sort(key=lambda row: (row.replay.scenario.of_organisation, ORDERS[sort](row)))

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
            **({"scale": levels().scale_data(measure)} if measure else {}),
            "countries": [_as_data(row, agree[row.replay.country]) for row in rows],
        }

    def page() -> list[Block]:
        few = len(all_rows) <= FEW and not by
        if not rows:
            return [Paragraph(none_of(all_rows, stage, since, by, weak=weak))]
        page = status_page(rows, dates, known_by, stage=stage, by=by, weak=weak, full=few)
        return [*page, *([Paragraph(levels().scale_in_words(measure))] if measure else [])]

    return in_format(
        fmt,
        data=data,
        columns=(*_COLUMNS, *(levels().LEVEL_COLUMNS if measure else ())),
        rows=lambda: [_as_row(row) for row in rows],
        page=page,
        findings=findings_of(folder, (replay for replay, _ in all_rows)),
    )


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
        "weak": list(weak_because(row)),
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
        "weak": weak_because(row),
        "day": position.day,
        "stage": list(dict.fromkeys(spell.stage for spell in spells)),
        "ban": list(dict.fromkeys(spell.ban for spell in spells)),
        "since": spells[-1].begins if len(spells) == 1 else None,
        "basis": position.basis,
        "certain": position.certain,
        "words": stage_in_words(position),
        "documented_until": position.documented_until,
        "known_by": replay.known_by,
        **(levels().level_cells(level, replay) if level else {}),
    }


def doctrine_data(replay: Replay) -> dict[str, Any] | None:
    """Return the country's doctrine of recognition as plain data, or None."""
    doctrine = replay.scenario.doctrine
    return doctrine.to_dict() if doctrine else None
