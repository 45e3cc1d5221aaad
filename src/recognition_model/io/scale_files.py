"""Scales: those that ship with the package, by name, and a user's own, by path."""

from __future__ import annotations

from pathlib import Path

from recognition_model.core.diagnostics import RecordError, in_order
from recognition_model.core.scales import Scale
from recognition_model.core.signals import Vocabulary
from recognition_model.io.files import read_document
from recognition_model.io.scale_reader import ScaleReader
from recognition_model.io.shipped import record_root
from recognition_model.io.vocabulary import shipped_vocabulary

FOLDER = "scales"


def shipped_scales() -> tuple[str, ...]:
    """Return the names of the scales that ship with the package."""
    return tuple(sorted(path.stem for path in (record_root("seeds") / FOLDER).glob("*.yaml")))


def scale_marked(mark: str) -> Scale:
    """The scale that ships and has this name and digest. Raises `ValueError` for any other."""
    name, _, _ = mark.rpartition("-")
    if name in shipped_scales() and (scale := load_scale(name)).mark == mark:
        return scale
    raise ValueError(f"the scale {mark} does not ship with this version")


def load_scale(name_or_path: str | Path, vocabulary: Vocabulary | None = None) -> Scale:
    """Read a scale that ships, by its name, or a file; every state has one of its levels.

    Its words are checked against a `vocabulary` of signals, by default the one that ships. Raises
    `RecordError` with every finding of a file with errors, or one that cannot be read.
    """
    path = Path(name_or_path)
    if str(name_or_path) in shipped_scales():
        path = record_root("seeds") / FOLDER / f"{name_or_path}.yaml"
    known = shipped_vocabulary() if vocabulary is None else vocabulary
    reader = ScaleReader({}, known)
    scale = reader.with_few_findings(ScaleReader.scale, read_document(path))
    if scale is None:
        raise RecordError(in_order(reader.findings))
    return scale
