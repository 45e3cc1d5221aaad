"""How far two codings agree, variable by variable: the share of equal values, and coefficients.

On events, *where* comes first: of all entries of both codings, how many have a match in the other.
No coefficient corrects that for chance, because the events that neither coding found cannot be
counted. *What* follows, over the matched entries: entries are matched by word and date, so the
agreement on these is high by construction, and higher than on voice and grade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from recognition_model.analysis.agreement.coefficients import (
    FORMULAS,
    NO_UNITS,
    Coefficient,
    coefficient,
)
from recognition_model.analysis.agreement.intervals import Bootstrap
from recognition_model.analysis.agreement.pairs import REFUSED, STRUCK_OUT, Coded, Pair
from recognition_model.analysis.agreement.states import UnitTables
from recognition_model.core.base import Readable
from recognition_model.core.evidence import CREDIBILITIES, Evidence, Reliability, Voice
from recognition_model.core.scenario import KIND_OF
from recognition_model.core.stages import Ban, Stage
from recognition_model.engine.rules import RuleTable

Unit = Literal["event", "day", "month", "year"]
UNITS: tuple[Unit, ...] = ("event", "day", "month", "year")
NO_NEGATIVES = "events that neither coding has cannot be counted"


@frozen(kw_only=True, repr=False)
class Measure(Readable):
    """The agreement on one variable. `left_out` counts units without a value in either coding."""

    unit: Unit
    variable: str
    units: int
    left_out: int
    observed: Coefficient
    kappa: Coefficient
    alpha: Coefficient
    ac1: Coefficient

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "unit": self.unit,
            "variable": self.variable,
            "units": self.units,
            "left_out": self.left_out,
            **{name: getattr(self, name).to_dict() for name in FORMULAS},
        }

    def __str__(self) -> str:
        return f"{self.variable} by {self.unit}: {self.observed} of {self.units:,}"


@frozen
class _Values:
    """What is compared: the value of an item of each coding, and how many values there are."""

    value: Callable[[Any], str | None]
    scale: int | None = None


Tables = Mapping[str, Mapping[tuple[str, str], int]]


def found_by_both(pairs: Mapping[str, Sequence[Pair]], bootstrap: Bootstrap) -> Measure:
    """Measure *where*: the share of the entries of both codings that have a match in the other.

    It is 2 m / (2 m + a + b), the positive specific agreement, for m matches and a and b entries
    without one (Hripcsak and Rothschild 2005, Journal of the American Medical Informatics
    Association 12: 296-298).
    """
    tables = {country: Counter(_sides(some)) for country, some in pairs.items()}
    units = sum(sum(table.values()) for table in tables.values())
    none = Coefficient(undefined=NO_NEGATIVES, no_interval=NO_NEGATIVES)
    if not units:
        none = Coefficient(undefined=NO_UNITS, no_interval=NO_UNITS)
    return Measure(
        unit="event",
        variable="found",
        units=units,
        left_out=0,
        observed=_measured("observed", tables, None, bootstrap),
        kappa=none,
        alpha=none,
        ac1=none,
    )


def _sides(pairs: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    """An item for each entry of either coding: equal values if it has a match."""
    for pair in pairs:
        if pair.found == "both":
            yield from [("both", "both")] * 2
        else:
            yield ("found", "absent")


def of_matches(
    pairs: Mapping[str, Sequence[Pair]], rules: RuleTable, bootstrap: Bootstrap
) -> Iterator[Measure]:
    """Measure *what*: each variable over the events that both codings have."""
    of_entries = {
        "date": _Values(lambda one: _bounds(one)),
        "kind": _Values(lambda one: one.kind, len(KIND_OF)),
        "what": _Values(lambda one: one.what),
        "voice": _Values(lambda one: one.voice, len(Voice)),
        "grade": _Values(lambda one: one.grade, len(Reliability) * len(CREDIBILITIES)),
        "rule": _Values(lambda one: one.rule, len({*(r.code for r in rules), REFUSED, STRUCK_OUT})),
    }
    matched = {
        country: [(pair.a, pair.b) for pair in some if pair.a and pair.b]
        for country, some in pairs.items()
    }
    acts = {
        country: [(a, b) for a, b in some if a.rule is not None and b.rule is not None]
        for country, some in matched.items()
    }
    for variable, values in of_entries.items():
        items = acts if variable == "rule" else matched
        yield _of_items("event", variable, items, values, bootstrap)
    cited = {country: [*_on_one_source(some)] for country, some in matched.items()}
    of_sources = {
        "source_voice": _Values(lambda item: item.voice.value, len(Voice)),
        "source_credibility": _Values(lambda item: str(item.credibility), len(CREDIBILITIES)),
    }
    for variable, values in of_sources.items():
        yield _of_items("event", variable, cited, values, bootstrap)


def of_units(
    unit: Unit, tables: Mapping[str, UnitTables], bootstrap: Bootstrap
) -> Iterator[Measure]:
    """Measure stage, ban and the presence of an act over days, months or years."""
    for variable, scale in (("act", 2), ("stage", len(Stage)), ("ban", len(Ban))):
        by_country = {country: one.tables[variable] for country, one in tables.items()}
        left_out = sum(one.left_out[variable] for one in tables.values())
        yield _measure(unit, variable, by_country, left_out, scale, bootstrap)


def _bounds(one: Coded) -> str:
    return f"{one.step.date.earliest}..{one.step.date.latest}"


def _on_one_source(matched: Iterable[tuple[Coded, Coded]]) -> Iterator[tuple[Evidence, Evidence]]:
    """Pair the items of evidence on one source, in their order in each entry."""
    for a, b in matched:
        left = list(b.step.evidence)
        for item in a.step.evidence:
            other = next((one for one in left if one.source.id == item.source.id), None)
            if other is not None:
                left = [one for one in left if one is not other]
                yield item, other


def _of_items(
    unit: Unit,
    variable: str,
    items: Mapping[str, Sequence[tuple[Any, Any]]],
    values: _Values,
    bootstrap: Bootstrap,
) -> Measure:
    tables: dict[str, Counter[tuple[str, str]]] = {}
    left_out = 0
    for country, pairs in items.items():
        table = tables[country] = Counter()
        for a, b in pairs:
            one, other = values.value(a), values.value(b)
            if one is None or other is None:
                left_out += 1
            else:
                table[one, other] += 1
    return _measure(unit, variable, tables, left_out, values.scale, bootstrap)


def _measure(
    unit: Unit,
    variable: str,
    tables: Tables,
    left_out: int,
    scale: int | None,
    bootstrap: Bootstrap,
) -> Measure:
    found = {name: _measured(name, tables, scale, bootstrap) for name in FORMULAS}
    return Measure(
        unit=unit,
        variable=variable,
        units=sum(sum(table.values()) for table in tables.values()),
        left_out=left_out,
        **found,
    )


def _measured(name: str, tables: Tables, scale: int | None, bootstrap: Bootstrap) -> Coefficient:
    total = Counter[tuple[str, str]]()
    for table in tables.values():
        total.update(table)
    return bootstrap.with_interval(name, coefficient(name, total, scale), tables, scale)
