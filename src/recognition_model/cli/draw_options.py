"""The options `--draws` and `--seed` of `export`, and what they can be used with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from recognition_model.core.dates import DateReading
from recognition_model.exports.formats import FORMATS


def draw_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--draws` and `--seed`."""
    draws = click.option(
        "--draws",
        type=click.IntRange(1),
        metavar="N",
        help="Write N imputed records: spells, waits and panels have a column `draw`, and in each"
        " draw every uncertain date of a change is one day.",
    )
    seed = click.option(
        "--seed", type=click.IntRange(0), metavar="N", help="Draw from this seed. Default: 0."
    )
    return draws(seed(command))


def drawn(
    form: str, table: str | None, dates: DateReading | None, draws: int | None, seed: int | None
) -> dict[str, int]:
    """Return the options of the draws for an export; `UsageError` if they fit nothing."""
    from recognition_model.exports.catalogue import DRAWN

    if draws is None:
        if seed is not None:
            raise click.UsageError("--seed is for --draws")
        return {}
    if not FORMATS[form].tabular:
        raise click.UsageError(f"--draws cannot be used with `export {form}`")
    if table is not None and table not in DRAWN:
        names = ", ".join(DRAWN)
        raise click.UsageError(f"the table {table} has no dates to draw; those that do: {names}")
    if dates not in (None, "all"):
        raise click.UsageError(f"--draws cannot be used with --dates {dates}")
    return {"draws": draws, "seed": seed or 0}
