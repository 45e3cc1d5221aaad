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

    The module has the functions that `plots.page.Plot` names. `one` is true where a picture shows
    a single country, or a single organisation. Pictures of many leave organisations out.
    """

    module: str
    summary: str
    options: frozenset[str] = frozenset()
    one: bool = False


_TIME = frozenset({"since", "until", "fold", "even"})

KINDS: Mapping[str, PlotKind] = MappingProxyType(
    {
        "history": PlotKind(
            module="history",
            summary="one country: its stages over time, each change with its evidence",
            options=_TIME,
            one=True,
        ),
        "swimmer": PlotKind(
            module="swimmer",
            summary="all countries, a row each, by the last documented stage",
            options=_TIME,
        ),
        "share": PlotKind(
            module="share",
            summary="how many countries stood at each stage over time",
            options=_TIME,
        ),
        "network": PlotKind(
            module="network",
            summary="moves between stages per country-year, or (--rules) the rule table as a graph",
            options=frozenset({"rules"}),
        ),
        "time-to-stage": PlotKind(
            module="time_to_stage",
            summary="how many have reached a stage, by years from a day (--stage, --origin)",
            options=frozenset({"stage", "origin", "without_assumed"}),
        ),
    }
)
"""The one place where a kind of picture is registered."""
