"""The events of two codings as flat rows, one for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from recognition_model.analysis.agreement.pairs import Pair
from recognition_model.core.countries import name_of

_SIDES = ("date", "kind", "what", "voice", "grade", "rule", "file", "line")
COLUMNS = (
    *("country", "name", "found", "dates", "days", "differs"),
    *(f"{key}_{side}" for key in _SIDES for side in "ab"),
)


def rows_of(pairs: Iterable[Pair]) -> Iterator[dict[str, Any]]:
    """Give a row for each event, with the keys of `COLUMNS`."""
    for pair in pairs:
        row: dict[str, Any] = {
            "country": pair.country,
            "name": name_of(pair.country),
            "found": pair.found,
            "dates": pair.dates,
            "days": pair.days,
            "differs": pair.differs,
        }
        for side, one in (("a", pair.a), ("b", pair.b)):
            data = one.to_dict() if one else {}
            row |= {f"{key}_{side}": data.get(key) for key in _SIDES}
        yield row
