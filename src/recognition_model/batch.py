"""Many sequences of acts at once. The public name of `engine.batch`."""

from typing import Any

from recognition_model.core.base import warn_renamed
from recognition_model.core.stages import STATES
from recognition_model.engine.batch import (
    REFUSED,
    SYMBOLS,
    Bytes,
    Compiled,
    Places,
    Sequences,
    Trace,
    number_of,
    symbol_of,
)

__all__ = [
    "REFUSED",
    "STATES",
    "SYMBOLS",
    "Bytes",
    "Compiled",
    "Places",
    "Sequences",
    "Trace",
    "number_of",
    "symbol_of",
]


def __getattr__(name: str) -> Any:
    if name == "STANDINGS":
        warn_renamed(f"{__name__}.STANDINGS", f"{__name__}.STATES")
        return STATES
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
