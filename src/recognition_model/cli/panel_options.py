"""`--unit`, `--frame` and `--scale` of `export`: which panels, for which states, with what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from recognition_model.exports.formats import FORMATS, PACKAGE
from recognition_model.exports.state_codes import Frame
from recognition_model.exports.units import Unit

_MANY = (f".{PACKAGE}", ".xlsx")


def panel_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command."""
    units = click.Choice([unit.value for unit in Unit])
    frames = click.Choice([frame.value for frame in Frame])
    unit = click.option(
        "--unit",
        type=units,
        help="Of the panels, write only that by day, month or year; into one file, it alone.",
    )
    frame = click.option(
        "--frame",
        type=frames,
        help="Add rows to panels for every state of the system, as Correlates of War (cow) or"
        " Gleditsch and Ward (gw) list it. `in_record` is false where a state has no record.",
    )
    return unit(frame(command))


def panel_table(form: str, output: Path, table: str | None, unit: str | None) -> str | None:
    """Name the one table to write; `UsageError` if `--unit` does not fit to it."""
    if unit is None:
        return table
    if not FORMATS[form].tabular:
        raise click.UsageError(f"--unit cannot be used with `export {form}`")
    named = f"country_{unit}"
    if table not in (None, named):
        raise click.UsageError(f"--unit {unit} names the table {named}, --table names {table}")
    return table if output.suffix.lower() in _MANY else named


def panels(
    form: str, table: str | None, unit: str | None, frame: str | None, scale: str | None
) -> dict[str, str | None]:
    """Return the options as `export` takes them; `UsageError` if there is no panel for them."""
    if frame is not None and not FORMATS[form].tabular:
        raise click.UsageError(f"--frame cannot be used with `export {form}`")
    if frame is not None and table not in (None, *(f"country_{one.value}" for one in Unit)):
        raise click.UsageError(f"--frame adds rows to a panel; {table} is not a panel")
    if scale is not None and not FORMATS[form].of_tables:
        raise click.UsageError(f"--scale cannot be used with `export {form}`")
    with_levels = (None, "codebook", *(f"country_{one.value}" for one in Unit))
    if scale is not None and table not in with_levels:
        raise click.UsageError(f"--scale adds columns to a panel; {table} is not a panel")
    return {"unit": unit if table is None else None, "frame": frame}
