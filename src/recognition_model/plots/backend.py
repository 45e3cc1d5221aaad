"""Import matplotlib so that no setting of the user's can break a picture, and keep the settings.

`MPLBACKEND` and a `matplotlibrc` can make `import matplotlib` fail or print. Pictures need neither:
they use no pyplot and bring their own settings (`page.style`). So the first import runs without
them. Then they are applied as matplotlib would have applied them, because a notebook that draws
through this package may use matplotlib for itself. Every module that imports
matplotlib imports this one first; the linter's order of imports keeps it there.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, nullcontext, suppress
from pathlib import Path

_RC = "matplotlibrc"


def _import() -> None:
    first = "matplotlib" not in sys.modules
    with _quiet(), _same_environment():  # without a folder to write in, matplotlib sets one
        with _plain_surroundings() if first else nullcontext():
            import matplotlib.font_manager  # noqa: F401 - it looks for a folder for its cache
        if first:
            _apply_settings_of_user()


@contextmanager
def _same_environment() -> Iterator[None]:
    """Restore the environment variables that concern matplotlib."""
    before = {name: os.environ.get(name) for name in ("MPLBACKEND", "MATPLOTLIBRC", "MPLCONFIGDIR")}
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _plain_surroundings() -> Iterator[None]:
    """No backend asked for, and no settings file: not from the variable, nor from the folder."""
    with ExitStack() as stack:
        stack.enter_context(_same_environment())
        os.environ.pop("MPLBACKEND", None)
        os.environ["MATPLOTLIBRC"] = os.devnull
        # matplotlib reads the file of the folder before the one that the variable names. The folder
        # belongs to all threads, so it is left only where there is no other.
        if os.path.lexists(_RC) and threading.active_count() == 1:
            stack.enter_context(chdir(Path(__file__).parent))
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Drop matplotlib's remarks on its settings and its cache: they do not concern a picture."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _apply_settings_of_user() -> None:
    """The settings that an ordinary import would have made, as far as they are valid."""
    import matplotlib as mpl

    with suppress(OSError, ValueError):  # not readable, not UTF-8
        path = mpl.matplotlib_fname()
        if Path(path).is_file():
            settings = mpl.rc_params_from_file(path, use_default_template=False)
            mpl.rcParams.update(settings)
            mpl.rcParamsOrig.update(settings)
    backend = os.environ.get("MPLBACKEND")
    if backend:
        with suppress(ValueError):  # not installed here
            mpl.rcParams["backend"] = backend


_import()
