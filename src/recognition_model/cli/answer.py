"""What a command answers, and what the commands of a record have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from recognition_model.core.countries import named
from recognition_model.core.dates import DateReading
from recognition_model.core.diagnostics import Finding
from recognition_model.core.folder import Folder
from recognition_model.core.history import Position
from recognition_model.core.scenario import Scenario
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.io.loader import load_folder, record_root

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2


@frozen
class Answer:
    """What a command says: text or data for standard output, the rest for standard error."""

    text: str = ""
    data: dict[str, Any] | None = None
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()
    fell_short: bool = False

    @property
    def code(self) -> int:
        """0 clean or warnings, 1 errors or short of what was asked for, 2 something unreadable."""
        if any(found.unreadable for found in self.findings):
            return UNUSABLE
        if self.fell_short:
            return FINDINGS
        return FINDINGS if any(found.is_error for found in self.findings) else CLEAN


class NoScenario(click.UsageError):
    """A country without a usable record; `findings` may say why there is none."""

    def __init__(self, absent: Iterable[str], folder: Folder) -> None:
        absent = list(absent)
        names = ", ".join(named(code) for code in absent)
        have = ", ".join(named(s.country) for s in folder.scenarios) or "none"
        unused = any(found.is_error for found in folder.findings)
        told = "; files with the findings above were not used" if unused else ""
        own = f" (for files of your own: --scenarios; `new {absent[0]}` begins one)"
        own = "" if unused else own
        super().__init__(f"not in the record: {names}{told}{own}. Countries with a record: {have}")
        self.findings = folder.findings


def load_asked(countries: Iterable[str], paths: tuple[Path, ...]) -> Folder:
    """The folder at some paths. Of the record that ships only the files of the countries named.

    Nothing else in it bears on them, and reading all of it would be half the time of an answer. A
    folder of one's own is read whole: what is wrong with a file there is told whatever is asked.
    """
    if paths:
        return load_folder(paths)
    files = [record_root("scenarios") / f"{country}.yaml" for country in countries]
    return load_folder(files if all(file.is_file() for file in files) else ())


def replayed(
    countries: Sequence[str],
    paths: tuple[Path, ...],
    known_by: date | None,
    folder: Folder | None = None,
) -> tuple[Folder, list[Replay]]:
    """The folder at some paths, unless one is given, and the replays of the countries asked for."""
    folder = load_asked(countries, paths) if folder is None else folder
    return folder, [replay for replay, _ in positions(folder, countries, None, known_by)]


def findings_of(folder: Folder, replays: Iterable[Replay]) -> list[Finding]:
    """The findings of a folder and of its replays."""
    return [*folder.findings, *(found for replay in replays for found in replay.findings)]


def positions(
    folder: Folder,
    countries: Iterable[str],
    on: date | None,
    known_by: date | None,
    dates: DateReading = "all",
) -> list[tuple[Replay, Position]]:
    """Each country's replay and its position on a day, the last documented unless given."""
    by_code: dict[str, Scenario] = {s.country: s for s in folder.scenarios}
    wanted = list(dict.fromkeys(countries)) or list(by_code)
    absent = [code for code in wanted if code not in by_code]
    if absent:
        raise NoScenario(absent, folder)
    rows = []
    for code in wanted:
        replay = run(by_code[code], known_by=known_by).read(dates)
        rows.append((replay, replay.history.on(on or replay.history.documented_until)))
    return rows
