"""Show on a terminal that a longer task runs: nothing within the first second, then a bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, TypeVar

from recognition_model.cli.streams import in_colour

if TYPE_CHECKING:
    from recognition_model.cli.terminal import Bar

T = TypeVar("T")
PATIENCE = 1.0  # seconds


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """Show a moving bar with a label on standard error while a task runs for over a second."""
    if not in_colour(sys.stderr):
        yield
        return
    shown: list[Bar] = []

    def show() -> None:
        from recognition_model.cli.terminal import Bar

        shown.append(Bar(label, None))

    timer = Timer(PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for bar in shown:
            bar.stop()


def watched(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Yield the items; show how many are done on standard error once a second has passed.

    `total` is their number, where the items are made while they are yielded.
    """
    if not in_colour(sys.stderr):
        yield from items
        return
    began = time.monotonic()
    bar = None
    try:
        for done, item in enumerate(items):
            if bar is None and time.monotonic() - began > PATIENCE:
                from recognition_model.cli.terminal import Bar

                bar = Bar(label, len(items) if isinstance(items, Sized) else total)
            if bar is not None:
                bar.show(done)
            yield item
    finally:
        if bar is not None:
            bar.stop()
