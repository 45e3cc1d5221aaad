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

    The folder `scenarios` of a clone of this project is a version of it. A clone has the package
    in `src/` beside that folder.
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
    if str(real) == os.path.realpath(record_root("scenarios")):
        return True
    package = real.parent / "src" / "recognition_model" / "__init__.py"
    vocabulary = real.parent / "seeds" / VOCABULARIES[0]
    return real.name == "scenarios" and package.is_file() and vocabulary.is_file()
