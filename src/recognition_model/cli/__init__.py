"""The command line: one file per command. The top floor; nothing else imports it."""

from __future__ import annotations

import atexit
import signal
import sys
from contextlib import suppress

TYPE_CHECKING = False  # as type checkers know it, without the import
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from recognition_model.cli.app import cli


def main() -> None:
    """Run the command line; end with its exit code, and with 130 when interrupted.

    An interrupt ends the process at once, in its imports and at its end too: an exception could be
    raised where Python prints and drops it. Whoever ignores interrupts (`nohup`) goes on doing so.
    """
    taken = False
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # not the main thread: it gets no signals
            signal.signal(signal.SIGINT, _end_at_once)
            taken = True
    try:
        from recognition_model.cli.app import main as run

        run()
    finally:
        if taken:  # for a caller that goes on, as a notebook does; at the end of the process not
            signal.signal(signal.SIGINT, signal.default_int_handler)
            atexit.register(signal.signal, signal.SIGINT, _end_at_once)


def _end_at_once(*_: object) -> NoReturn:
    """End with 130, and leave no draft of a file and no terminal without a cursor."""
    import os

    atomic = sys.modules.get("recognition_model.io.atomic")
    discard = getattr(atomic, "discard_unfinished", None)  # None: it is not imported yet
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
