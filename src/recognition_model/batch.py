"""Many sequences of acts at once. The public name of `engine.batch`."""

from typing import TYPE_CHECKING, Any

from recognition_model.core.base import warn_renamed
from recognition_model.core.stages import STATES, State, number_of
from recognition_model.engine.batch import REFUSED, Compiled, Starts, Trace, composed
from recognition_model.engine.sequences import (
    SYMBOLS,
    Bytes,
    Places,
    Sequences,
    symbol_of,
)
from recognition_model.engine.walk import Events, Moves, Stretch, Walk, stretch_of

__all__ = [
    "REFUSED",
    "STATES",
    "SYMBOLS",
    "Bytes",
    "Compiled",
    "Events",
    "Moves",
    "Places",
    "Sequences",
    "Starts",
    "Stretch",
    "Trace",
    "Walk",
    "composed",
    "number_of",
    "stretch_of",
    "symbol_of",
]


if not TYPE_CHECKING:  # a type checker must see every name that is not there

    def __getattr__(name: str) -> Any:
        old = {"STANDINGS": ("batch.STATES", STATES), "Standing": ("State", State)}
        if name not in old:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        new, value = old[name]
        warn_renamed(f"{__name__}.{name}", f"recognition_model.{new}")
        return value
