"""Crosswalks: those that ship with the package, by name, and a user's own, by path."""

from __future__ import annotations

from pathlib import Path

from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.diagnostics import RecordError, in_order
from recognition_model.io.crosswalk_reader import CrosswalkReader
from recognition_model.io.files import read_document
from recognition_model.io.shipped import record_root

FOLDER = "crosswalks"


def shipped_crosswalks() -> tuple[str, ...]:
    """Return the names of the crosswalks that ship with the package."""
    return tuple(sorted(path.stem for path in (record_root("seeds") / FOLDER).glob("*.yaml")))


def load_crosswalk(name_or_path: str | Path) -> Crosswalk:
    """Read a crosswalk that ships, by its name, or a file.

    Raises `RecordError` with every finding of a file with errors, and `OSError` for one that cannot
    be read.
    """
    path = Path(name_or_path)
    if str(name_or_path) in shipped_crosswalks():
        path = record_root("seeds") / FOLDER / f"{name_or_path}.yaml"
    reader = CrosswalkReader({})
    crosswalk = reader.with_few_findings(CrosswalkReader.crosswalk, read_document(path))
    if crosswalk is None:
        raise RecordError(in_order(reader.findings))
    return crosswalk
