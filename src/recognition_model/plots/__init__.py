"""Pictures of replays for reports: one function per kind, `draw(replays, ax) -> ax`.

    from recognition_model.plots import picture, save

    picture("history", [replay]).svg()          # the page with heading, key and caption
    history.draw([replay], ax)                  # or only the drawing, into any axes

Nothing is shown and no global state of pyplot is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from recognition_model.core.dates import DateReading
from recognition_model.engine.outcomes import Replay
from recognition_model.plots import history, network, share, swimmer
from recognition_model.plots import time_to_stage as waiting
from recognition_model.plots.page import ENDINGS, Options, Picture, Plot

PLOTS: Mapping[str, Plot] = MappingProxyType(
    {
        plot.name: plot
        for plot in (history.PLOT, swimmer.PLOT, share.PLOT, network.PLOT, waiting.PLOT)
    }
)
"""Every kind of picture, by the word that `plot` takes."""


def picture(
    kind: str, replays: Sequence[Replay], *, dates: DateReading = "all", **options: Any
) -> Picture:
    """A picture of some replays; `options` as the fields of `Options`.

    With `dates` every uncertain date is read at its earliest or its latest day, and the caption
    says so; otherwise it is drawn at its middle with what is uncertain about it.
    Raises `KeyError` for no kind of ours, `ValueError` where there is nothing to draw.
    """
    if not replays:
        raise ValueError("a picture needs at least one replay")
    return Picture(
        plot=PLOTS[kind],
        replays=tuple(replay.read(dates) for replay in replays),
        options=Options(**options),
        dates=dates,
    )


__all__ = ["ENDINGS", "PLOTS", "Options", "Picture", "Plot", "picture"]
