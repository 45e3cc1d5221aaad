"""Every kind of picture, by the word that `plot` takes. Loads no picture and no matplotlib."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen


class PictureError(ValueError):
    """A picture that would show nothing, or mislead. The message says why."""


@frozen(kw_only=True)
class PlotKind:
    """One kind of picture: its module in this package, and which options concern it.

    The module has the functions that `plots.interface.Plot` names. A picture shows `least` to
    `most` countries; without `most` it shows any number. A picture of one shows an organisation
    too; pictures of many leave organisations out. A picture of `rules` shows no country.
    `lists_sources` is true where the sources stand below it. `example` is a command for a kind
    whose countries must be named. The rows of a `full` kind leave no line for a credit on a slide.
    A `scaled` kind can show the levels of a scale in the place of stages. A kind that `asks`
    takes a question in place of countries.
    """

    module: str
    summary: str
    options: frozenset[str] = frozenset()
    least: int = 1
    most: int | None = None
    rules: bool = False
    lists_sources: bool = False
    full: bool = False
    example: str = ""
    scaled: bool = False
    asks: bool = False

    @property
    def one(self) -> bool:
        """Whether a picture shows a single country, or a single organisation."""
        return self.most == 1

    @property
    def chosen(self) -> bool:
        """Whether the countries must be named: it does not show all there are."""
        return self.most is not None

    def wrong_number(self, count: int) -> str:
        """Say how many countries the picture shows, if `count` of them is wrong; else nothing."""
        if self.rules or (count >= self.least and (self.most is None or count <= self.most)):
            return ""
        if self.one:
            return "one country"
        return f"{self.least} to {self.most} countries" if self.most else f"{self.least} or more"


_TIME = frozenset({"since", "until", "fold", "even"})

KINDS: Mapping[str, PlotKind] = MappingProxyType(
    {
        "history": PlotKind(
            module="history",
            summary="one country: its stages over time, each change with its evidence",
            options=_TIME,
            most=1,
            lists_sources=True,
            example="plot history RUS -o russia.svg",
        ),
        "histories": PlotKind(
            module="histories",
            summary="many countries, a thin strip of stages each, all on one axis",
            options=_TIME,
            full=True,
        ),
        "compare": PlotKind(
            module="compare",
            summary="2 to 6 countries as step lines on one axis of stages",
            options=_TIME,
            least=2,
            most=6,
            example="plot compare RUS CHN -o two.svg",
        ),
        "codings": PlotKind(
            module="codings",
            summary="two codings of one country on one axis, differences marked (--against)",
            options=_TIME | {"against", "within"},
            most=1,
            example="plot codings UZB --scenarios coder-a --against coder-b -o two.svg",
        ),
        "swimmer": PlotKind(
            module="swimmer",
            summary="all countries, a row each, by the last documented stage",
            options=_TIME,
            full=True,
            scaled=True,
        ),
        "share": PlotKind(
            module="share",
            summary="how many countries stood at each stage over time",
            options=_TIME,
            full=True,
            scaled=True,
        ),
        "network": PlotKind(
            module="network",
            summary="how many moves led from stage to stage, lapses and other claims apart",
        ),
        "rules": PlotKind(
            module="rule_graph",
            summary="the rule table, with no country: each move that a rule permits",
            rules=True,
        ),
        "timeline": PlotKind(
            module="chronology",
            summary="what happened between two days: changes, other claims and signals",
            options=frozenset({"since", "until"}),
        ),
        "time-to-stage": PlotKind(
            module="time_to_stage",
            summary="how many have reached a stage, by years from a day (--stage, --origin)",
            options=frozenset({"stage", "level", "origin", "without_assumed"}),
            scaled=True,
        ),
        "map": PlotKind(
            module="world_map",
            summary="where countries stand on a day (--on, or --days for two to four small maps)",
            options=frozenset({"on", "days", "region"}),
            scaled=True,
        ),
        "robustness": PlotKind(
            module="robustness",
            summary="in which universes the answer to a question holds, by the choices made",
            options=frozenset({"choices"}),
            full=True,
            asks=True,
        ),
    }
)
"""The one place where a kind of picture is registered."""
