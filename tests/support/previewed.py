"""A small record in a folder, for what reads it again and again."""

from __future__ import annotations

import shutil
from pathlib import Path

import recognition_model as rm
from recognition_model.report.preview.reading import Reading
from support.fixtures import Story
from support.paths import REGISTER

ENGAGED = """
    - act: engage
      date: 2022-05-11
      evidence: [$host]
"""
WRONG = ENGAGED.replace("act: engage", "act: engag")
LINE = 7  # of the act in a file, after six lines of head


def two_countries(folder: Path, story: Story) -> Path:
    """Write the records of Fiji and Chile, and a register, into a folder."""
    folder.mkdir(exist_ok=True)
    shutil.copy(REGISTER, folder / "sources.yaml")
    for code in ("FJI", "CHL"):
        (folder / f"{code}.yaml").write_text(story(ENGAGED, country=code), encoding="utf-8")
    return folder


def reading_of(folder: Path) -> Reading:
    """What a preview of a folder reads again."""
    return Reading(lambda: rm.load_folder([folder]), [folder])


def edit(path: Path, old: str, new: str) -> None:
    """Replace a part of a file, which it must have."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
