"""Where the shipped record is, and which files belong to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from recognition_model.core.diagnostics import VOCABULARIES


def record_root(name: str) -> Path:
    """The folder `scenarios` or `seeds` that ships with the package.

    In a wheel it is inside the package. An editable install runs from a clone, in which the folder
    is beside `src/`.
    """
    # importlib.resources would work too, but adds 4 ms to a start-up of 100 ms.
    package = Path(next(iter(import_module("recognition_model").__path__)))
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name


def not_shipped(files: Iterable[str]) -> Iterator[str]:
    """Yield the files that are not in the folder of the shipped record, by whatever path.

    The folder `scenarios` of a clone is a version of it.
    """
    shipped: dict[str, bool] = {}
    for file in files:
        folder = str(Path(file).parent) if file else ""
        if folder not in shipped:
            shipped[folder] = bool(folder) and _is_shipped(Path(folder))
        if not shipped[folder]:
            yield file


def _is_shipped(folder: Path) -> bool:
    real = Path(os.path.realpath(folder))
    vocabulary = real.parent / "seeds" / VOCABULARIES[0]
    shipped = os.path.realpath(record_root("scenarios"))
    return str(real) == shipped or (real.name == "scenarios" and vocabulary.is_file())
