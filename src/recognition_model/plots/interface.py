"""What a kind of picture is: the options that its functions get, and what they return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from importlib import import_module
from typing import Any, Protocol

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import Factory, evolve, field, fields, frozen
from matplotlib.axes import Axes

from recognition_model.analysis.agreement.pairs import WITHIN
from recognition_model.analysis.robustness.outcome import Robustness
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.citations import Citations
from recognition_model.core.scales import Scale
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.plots.kinds import KINDS
from recognition_model.plots.layout import LAYOUTS, Layout, Links, Sizes
from recognition_model.plots.rungs import rungs_of

EDGE = 2.0
"""From the edge of a page to what stands on it, in mm."""
TAKEOVER = PERIODS_OF_RULE[-1].first  # Kabul falls to the Taliban for the second time
Table = list[tuple[str | int | float, ...]]


@frozen(kw_only=True)
class Options:
    """The options of a picture. Each kind uses only those it needs.

    `since` and `until` limit the days shown; `fold` makes the years before 2021 narrower, `even`
    is how it is otherwise. `origin`, `stage` and `without_assumed` are for time-to-stage. `on` is
    the day of a map, `days` are those of several small maps, and `region` shows only Afghanistan's
    neighbourhood. With `citations` a history uses these source numbers and does not list its
    sources. `among` are all replays of a picture that has several pages. `title` replaces the
    title. `layout` gives the size of the page and of its letters. Without `legend` a drawing has no
    legend. `links` are addresses for its marks. `room` is what a page of a given height leaves for
    the drawing and its margins, in mm. `measure` is the scale whose levels stand in the place of
    stages, and `level` the one that time-to-stage measures the time to. `rules` is the table of a
    picture of rules, and `found` the answer that a picture of universes shows. `against` is the
    other coding of a picture of two, and `within` says how many days apart two entries with the
    same word are matched.
    """

    since: date | None = None
    until: date | None = None
    fold: bool = False
    even: bool = field(default=Factory(lambda self: not self.fold, takes_self=True))
    origin: date = TAKEOVER
    stage: Stage = Stage.AMBASSADOR_ACCEPTED
    without_assumed: bool = False
    on: date | None = None
    days: tuple[date, ...] = ()
    region: bool = False
    citations: Citations | None = None
    among: tuple[Replay, ...] = ()
    title: str = ""
    layout: Layout = LAYOUTS["page"]
    legend: bool = True
    links: Links = Links()
    room: float | None = None
    measure: Scale | None = None
    level: str = ""
    rules: RuleTable = RULES
    found: Robustness | None = None
    against: Replay | None = None
    within: int = WITHIN

    @property
    def target(self) -> Stage:
        """What countries wait for: the stage, or the level of the scale, by default the highest."""
        if self.measure is None:
            return self.stage
        rungs = self.rungs
        return next((rung for rung in rungs if rung.value == self.level), rungs[-1])

    @property
    def rungs(self) -> tuple[Stage, ...]:
        """The stages, the lowest first, or the levels of the scale that stand in their place."""
        return rungs_of(self.measure)

    @property
    def ladder(self) -> str:
        """What a picture shows: the word stage, or level."""
        return "level" if self.measure else "stage"

    @property
    def last_day(self) -> date | None:
        """The last day shown, if the options set one."""
        return max(self.days, default=self.on or self.until)

    @property
    def sizes(self) -> Sizes:
        """The sizes of letters in points."""
        return self.layout.sizes

    @property
    def scale(self) -> float:
        """How large things drawn in mm are, against those of the layout `page`."""
        return self.layout.scale

    def drawn_with(
        self, view: tuple[date, date] | None, *, legend: bool | None, scale: float | None
    ) -> Options:
        """Return the options for a drawing of some days, with or without legend, at a scale."""
        changes: dict[str, Any] = {}
        if view is not None:
            changes |= {"since": view[0], "until": view[1]}
        if legend is not None:
            changes["legend"] = legend
        if scale is not None:
            changes["layout"] = evolve(self.layout, font_size=Sizes().smallest * scale)
        return evolve(self, **changes) if changes else self


@frozen(kw_only=True)
class Margins:
    """The margins around the axes in mm, for everything drawn outside the axes."""

    left: float = 10.0
    right: float = 4.0
    above: float = 2.0
    below: float = 6.0


class Drawing(Protocol):
    """Draws replays into an axes, and returns it.

    `view` is the first and the last day shown, so that several drawings share an axis. `scale`
    makes letters and marks larger or smaller than those of a page. `legend=False` leaves the
    legend out. All three go before the fields of `options`.
    """

    def __call__(
        self,
        replays: Sequence[Replay],
        ax: Axes,
        options: Options = ...,
        *,
        view: tuple[date, date] | None = None,
        legend: bool | None = None,
        scale: float | None = None,
    ) -> Axes: ...


def drawing(draw: Callable[[Sequence[Replay], Axes, Options], Axes]) -> Drawing:
    """Give the function that draws a kind of picture the arguments of `Drawing`."""

    @wraps(draw)
    def drawn(
        replays: Sequence[Replay],
        ax: Axes,
        options: Options = Options(),
        *,
        view: tuple[date, date] | None = None,
        legend: bool | None = None,
        scale: float | None = None,
    ) -> Axes:
        return draw(replays, ax, options.drawn_with(view, legend=legend, scale=scale))

    return drawn


@frozen(kw_only=True)
class Plot:
    """One kind of picture: functions that draw it, describe it in words and list its data.

    `draw(replays, ax, options)` draws into any axes and returns it. `title` is the finding, `topic`
    says what is shown. `brief` are sentences of every caption, `notes` those on how to read the
    picture. `height` (of the axes, in mm), `margins` and `keys` (the list below) lay out the page;
    `least` is the height that the axes need on a page of a given height, `narrowest` the width in
    mm that they need at the scale of the layout `page`. `pages` splits the replays if they need
    several pages. `table` returns a heading and a row for each thing drawn;
    `side_tables` returns further tables by name. `why_not` returns why some replays cannot be
    drawn, or nothing.
    `one` is true for a picture of a single country.
    """

    name: str
    summary: str
    draw: Drawing
    height: Callable[[Sequence[Replay], Options], float]
    margins: Callable[[Sequence[Replay], Options], Margins]
    title: Callable[[Sequence[Replay], Options], str]
    topic: Callable[[Sequence[Replay], Options], str] = lambda _, __: ""
    describe: Callable[[Sequence[Replay], Options], str]
    table: Callable[[Sequence[Replay], Options], Table]
    side_tables: Callable[[Sequence[Replay], Options], dict[str, Table]] = lambda _, __: {}
    brief: Callable[[Sequence[Replay], Options], list[str]] = lambda _, __: []
    notes: Callable[[Sequence[Replay], Options], list[str]] = lambda _, __: []
    least: Callable[[Sequence[Replay], Options], float] | None = None
    narrowest: float = 30.0
    keys: Callable[[Sequence[Replay], Options], list[tuple[str, str]]] = lambda _, __: []
    pages: Callable[[Sequence[Replay], Options], list[Sequence[Replay]]] = lambda replays, _: [
        replays
    ]
    why_not: Callable[[Sequence[Replay], Options], str] = lambda _, __: ""
    one: bool = False

    @classmethod
    def of(cls, name: str) -> Plot:
        """The kind of picture of a name, from the functions of its module.

        Raises `KeyError` for a name that is not in `KINDS`.
        """
        kind = KINDS[name]
        module = vars(import_module(f"{__package__}.{kind.module}"))
        parts = {part.name: module[part.name] for part in fields(cls) if part.name in module}
        return cls(**{**parts, "name": name, "summary": kind.summary, "one": kind.one})
