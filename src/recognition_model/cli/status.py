"""`recognition-model status`: where countries stand on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from recognition_model.cli.answer import Answer, findings_of, load_asked, positions
from recognition_model.cli.options import (
    Country,
    as_format,
    examples,
    known_by,
    on_day,
    read_at,
    scenarios_option,
)
from recognition_model.cli.render import aligned, doctrine_in_words, wrapped
from recognition_model.core.basis import Basis, basis_in_words
from recognition_model.core.changes import Spell
from recognition_model.core.countries import name_of, named
from recognition_model.core.dates import DateReading
from recognition_model.core.position import Position
from recognition_model.core.wording import read_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.report.sentences import bans_in_words, start_basis


@click.command(
    "status",
    epilog=examples(
        "recognition-model status RUS",
        "recognition-model status --on 2024-05-28 --known-by 2024-05-28",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@on_day
@known_by
@read_at
@scenarios_option
@as_format
def command(
    countries: tuple[str, ...],
    on: date | None,
    known_by: date | None,
    dates: DateReading,
    paths: tuple[Path, ...],
    fmt: str,
) -> Answer:
    """Show where countries stand, since when, and who says so.

    Without a country, show all countries.
    """
    folder = load_asked(countries, paths)
    rows = positions(folder, countries, on, known_by, dates)
    findings = findings_of(folder, (replay for replay, _ in rows))
    if fmt == "json":
        # Read at one end, dates leave one state; `dates_agree` asks all readings.
        every = rows if dates == "all" else positions(folder, countries, on, known_by)
        data = {
            "format": "recognition-status/1",
            "known_by": known_by.isoformat() if known_by else None,
            "dates": dates,
            "countries": [
                {
                    "country": replay.country,
                    "name": name_of(replay.country),
                    **position.to_dict(),
                    "certain": position.certain and in_all.dates_agree,
                    "dates_agree": in_all.dates_agree,
                    "doctrine": doctrine_data(replay),
                }
                for (replay, position), (_, in_all) in zip(rows, every, strict=True)
            ],
        }
        return Answer(data=data, findings=findings)
    return Answer(text=status_in_words(rows, dates), findings=findings)


def doctrine_data(replay: Replay) -> dict[str, Any] | None:
    """Return the country's doctrine of recognition as plain data, or None."""
    doctrine = replay.scenario.doctrine
    return doctrine.to_dict() if doctrine else None


def status_in_words(rows: Sequence[tuple[Replay, Position]], dates: DateReading = "all") -> str:
    """Write a line for each country: its state, since when, who says so, and the record's end.

    A doctrine of recognition follows its country. The last lines say what the answers rest on, if
    there are several, and how dates are read, unless they are read in all ways.
    """
    table = []
    for replay, position in rows:
        until = f"documented until {position.documented_until}"
        spell = position.spells[-1] if position.spells else None
        table.append(
            (
                named(replay.country),
                position.in_words(),
                bans_in_words(position),
                _since(position),
                _who_says(replay, spell, alone=position.dates_agree) if spell else "",
                until,
            )
        )
    lines: list[str] = []
    for (replay, _), line in zip(rows, aligned(table).splitlines(), strict=True):
        lines.append(line)
        if doctrine := replay.scenario.doctrine:
            lines += doctrine_in_words(doctrine)
    if len(rows) > 1:
        lines += wrapped(basis_in_words(position.basis for _, position in rows), "")
    if dates != "all":
        lines.append(read_in_words(dates))
    return "\n".join(lines)


def _since(position: Position) -> str:
    """Say since when; if the dates leave several states, on what old entry they rest."""
    if position.spells and position.dates_agree:
        return f"since {position.spells[-1].begins}"
    if position.basis is Basis.SILENT and position.last_entry is not None:
        return f"last heard {position.last_entry.date}"
    return ""


def _who_says(replay: Replay, spell: Spell, *, alone: bool) -> str:
    """Name the strongest voice for the change that began a spell: `host in rg-2025-07-03 (A1)`.

    The act is named too, unless the spell is `alone`: the only one that the dates leave.
    """
    if spell.change is None:
        return f"{start_basis(replay.scenario.start)} at the start"
    best = spell.change.best
    if best is None:
        return "no evidence"
    said = f"{best.voice} in {best.id} ({best.grade})"
    return said if alone else f"{spell.change.act}: {said}"
