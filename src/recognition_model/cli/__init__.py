"""The command line: one module per command. No other package imports it."""

from __future__ import annotations

import atexit
import gc
import signal
import sys
from contextlib import suppress

TYPE_CHECKING = False  # type checkers read it as True; no import of typing at run time
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from recognition_model.cli.app import cli


def main() -> None:
    """Run the command line, and exit with its code, or with 130 if interrupted.

    An interrupt ends the process at once, even during imports and at exit: Python could print and
    drop a KeyboardInterrupt there. A process that ignores interrupts (`nohup`) still ignores them.
    """
    if sys.flags.optimize > 1:
        _refuse_without_docstrings()
    gc.set_threshold(100_000)  # a short run has few cycles to collect, its imports too
    taken = False
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # not the main thread, which alone gets signals
            signal.signal(signal.SIGINT, _end_at_once)
            taken = True
    try:
        from recognition_model.cli.app import main as run

        run()
    finally:
        if taken:  # for a caller that goes on, as a notebook does; at the end of the process not
            signal.signal(signal.SIGINT, signal.default_int_handler)
            atexit.register(signal.signal, signal.SIGINT, _end_at_once)


def _refuse_without_docstrings() -> NoReturn:
    from recognition_model.core.base import WITHOUT_DOCSTRINGS

    with suppress(OSError, AttributeError):  # standard error is full, or closed
        sys.stderr.write(f"{WITHOUT_DOCSTRINGS}\n")
    sys.exit(2)


def _end_at_once(*_: object) -> NoReturn:
    """Exit with 130. Remove unfinished files first, and show the terminal's cursor again."""
    import os

    drafts = sys.modules.get("recognition_model.io.drafts")
    discard = getattr(drafts, "discard_unfinished", None)  # None: not imported yet
    if discard is not None:
        discard()
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, b"\x1b[?25h\n")  # a progress bar hides it
    os._exit(130)


def __getattr__(name: str) -> Any:
    if name != "cli":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from recognition_model.cli.app import cli

    return cli


__all__ = ["cli", "main"]
