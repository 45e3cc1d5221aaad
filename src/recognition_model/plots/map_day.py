"""Where countries stand on the day of a map, and how each is drawn. Loads no matplotlib.

The colour tells the stage, the form what it rests on: solid for an entry within two years, pale for
silence or an assumed start, hatched or lined where the record stops before that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from attrs import frozen

from recognition_model.core.base import Ranked
from recognition_model.core.basis import NEAR, Basis
from recognition_model.core.position import Position
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.plots import shapes
from recognition_model.plots.shapes import Shapes

HOME = "AFG"


class Form(Ranked):
    """How a country is drawn. The meaning is that of the legend."""

    SOLID = "solid", "entry within two years"
    PALE = "pale", "assumed or silent"
    LINED = "lined", "record ends before, searched"
    HATCHED = "hatched", "record ends before"
    STRIPED = "striped", "dates leave it open"
    LATER = "grey", "record begins later"


_BY_BASIS = {
    Basis.EVIDENCED: Form.SOLID,
    Basis.SILENT: Form.PALE,
    Basis.ASSUMED: Form.PALE,
    Basis.REVIEWED: Form.LINED,
    Basis.BEYOND: Form.HATCHED,
}


@frozen
class Stand:
    """Where one country stands on the day of a map."""

    country: str
    position: Position

    @classmethod
    def of(cls, replay: Replay, day: date) -> Stand:
        return cls(replay.country, replay.history.on(day))

    @cached_property
    def form(self) -> Form:
        """How it is drawn."""
        if not self.position.spells or self.position.basis is None:
            return Form.LATER
        return Form.STRIPED if self.stage is None else _BY_BASIS[self.position.basis]

    @cached_property
    def stage(self) -> Stage | None:
        """The stage in force or last documented; None if the dates leave several, or none."""
        return self.position.stage

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The possible stages, from the lowest."""
        return tuple(sorted({spell.stage for spell in self.position.spells}))

    @cached_property
    def weak(self) -> bool:
        """Whether the stage is assumed, or rests on an entry of more than two years before.

        After the end of a record, the two years are counted back from its last day.
        """
        position = self.position
        if self.form not in (Form.LINED, Form.HATCHED):
            return self.form is Form.PALE
        late = (position.day - position.documented_until).days
        old = position.days_since is None or position.days_since - late > NEAR
        return position.start_assumed or old

    @property
    def drawn_as(self) -> str:
        """The look in words, for the table."""
        pale = self.weak and self.form is not Form.PALE
        return f"{self.form}, pale" if pale else str(self.form)

    @property
    def words(self) -> str:
        """The stage for a reader."""
        return humanize(self.position.in_words())


@frozen
class MapDay:
    """Where the countries of a map stand on its day, by code.

    Without a day each stands as it is last documented: on the last day of its own data. `rungs` are
    the stages, or the levels of a scale in their place.
    """

    day: date | None
    stands: tuple[Stand, ...]
    rungs: tuple[Stage, ...] = tuple(Stage)

    @classmethod
    def of(
        cls,
        replays: Iterable[Replay],
        day: date | None,
        rungs: tuple[Stage, ...] = tuple(Stage),
    ) -> MapDay:
        found = (Stand.of(one, day or one.history.documented_until) for one in replays)
        return cls(day, tuple(sorted(found, key=lambda stand: stand.country)), rungs)

    @cached_property
    def by_stage(self) -> dict[Stage, list[Stand]]:
        """The countries whose stage the dates agree on, by stage, the highest first."""
        return {
            stage: [stand for stand in self.stands if stand.stage is stage]
            for stage in reversed(self.rungs)
        }

    @cached_property
    def by_form(self) -> dict[Form, list[Stand]]:
        """The countries by form."""
        return {form: [stand for stand in self.stands if stand.form is form] for form in Form}

    @property
    def begun(self) -> bool:
        """Whether any record has begun by the day."""
        return any(stand.form is not Form.LATER for stand in self.stands)


def reach(replays: Iterable[Replay]) -> date:
    """Return the last day on which any record reaches, or any search."""
    histories = [replay.history for replay in replays]
    return max(max(one.documented_until, one.reviewed or date.min) for one in histories)


@frozen
class MapView:
    """What a picture shows: its shapes, and where the countries stand on each of its days."""

    shapes: Shapes
    maps: tuple[MapDay, ...]

    @classmethod
    def of(
        cls,
        replays: Iterable[Replay],
        days: Iterable[date | None],
        *,
        region: bool = False,
        rungs: tuple[Stage, ...] = tuple(Stage),
    ) -> MapView:
        """Return the view of some days; None stands for the last documented day of each country.

        Countries outside of the region are left out of its map.
        """
        found = tuple(replays)
        drawn = shapes.region() if region else shapes.world()
        shown = [one for one in found if drawn.has(one.country)]
        asked = sorted(days, key=lambda day: day or date.max)
        return cls(drawn, tuple(MapDay.of(shown, day, rungs) for day in asked))

    @property
    def ended(self) -> int:
        """How many records stop before the day shown; of several days, the most."""
        return max(len(one.by_form[Form.LINED] + one.by_form[Form.HATCHED]) for one in self.maps)


def lowest_in_words(maps: Iterable[MapDay]) -> str:
    """Name the lowest stage for the legend: by its one reason, or without."""
    found = tuple(maps)
    lowest = found[0].rungs[0]
    stands = [stand for one in found for stand in one.by_stage[lowest]]
    names = {stand.position.words_of(stand.position.spells[-1]) for stand in stands}
    only = names.pop() if len(names) == 1 else ""
    plain = str(lowest) if lowest is not min(Stage) else "no dealings"
    return only if only not in ("", str(lowest)) else plain
