"""What a list over some days cannot say: the data of some countries end before these days do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from recognition_model.core.countries import counted, is_organisation, name_of
from recognition_model.core.wording import join_limited

MOST_NAMED = 12


def ends_sooner(
    last_days: Iterable[tuple[str, date]], end: date | None, since: date | None = None
) -> list[str]:
    """Say in one sentence which countries' data end before a day; nothing if none do.

    If all end before the first day asked about, say so of that day.
    """
    days = list(last_days)
    if since and all(day < since for _, day in days):
        end = since
    ended = [code for code, day in days if end and day < end]
    if not ended:
        return []
    one = len(ended) == 1
    silence = f"silence about {'it' if one else 'them'} does not mean that nothing happened"
    if len(ended) == len(days):
        every = counted(ended)
        of = {1: name_of(ended[0]), 2: "both countries"}.get(len(days), f"all {every}")
        of = every if len(days) == 2 and any(map(is_organisation, ended)) else of
        return [f"The data of {of} end before {end}, so {silence}."]
    of = f"{len(ended)} of {counted(code for code, _ in days)}"
    names = join_limited([name_of(code) for code in ended], MOST_NAMED)
    return [f"The data of {of} end before {end}, so {silence}: {names}."]
