"""Columns that say what an answer rests on, and their cells. `core.basis` works them out."""

from __future__ import annotations

from datetime import date

from recognition_model.core.basis import WITHIN
from recognition_model.core.changes import Spell
from recognition_model.core.dates import DateReading
from recognition_model.core.history import History
from recognition_model.exports.categories import BASES, ORIGINS
from recognition_model.exports.table_schema import Field, Kind, text

DAYS = tuple(f"days_{basis}" for basis in WITHIN)
"""Names of the columns that count the days of a spell, as they are attributes of `Spell`."""


def basis_fields(
    of: str, dates: DateReading = "all", *, required: bool = False
) -> tuple[Field, Field, Field]:
    """Make the columns `basis`, `last_entry` and `days_since` for the answer on a day."""
    end = "latest" if dates == "all" else dates
    return (
        text(
            "basis",
            "What the answer rests on.",
            required=required,
            categories=BASES,
        ),
        Field(
            name="last_entry",
            description=f"The last entry that counts by {of}: the day from which it counts, which"
            f" is its {end} possible day. Empty if there is none.",
            kind=Kind.DAY,
        ),
        Field(
            name="days_since",
            description=f"Days from `last_entry` to {of}.",
            kind=Kind.COUNT,
            unit="days",
            minimum=0,
        ),
    )


def origin_field(description: str, *, required: bool = False) -> Field:
    """Make the column `origin` of a spell."""
    return text("origin", description, required=required, categories=ORIGINS)


def days_fields() -> tuple[Field, ...]:
    """Make the columns that count the days of a spell by basis."""
    return tuple(
        Field(
            name=name,
            description=f"How many of its days have the basis {basis}, with every date read at its"
            " latest possible day.",
            kind=Kind.COUNT,
            unit="days",
            required=True,
            minimum=0,
        )
        for name, basis in zip(DAYS, WITHIN, strict=True)
    )


def days_of(spell: Spell) -> tuple[int, ...]:
    """Give the days of a spell by basis, in the order of `DAYS`."""
    return tuple(map(spell.days_on, WITHIN))


def rests_on(history: History, day: date) -> tuple[str | None, date | None, int | None]:
    """Give the cells `basis`, `last_entry` and `days_since` for a day."""
    attested, at = history.attested, day.toordinal()
    basis, (_, _, since) = attested.on(at), attested.around(at)
    last = None if since is None else date.fromordinal(at - since)
    return (str(basis) if basis else None), last, since
