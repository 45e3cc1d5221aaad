"""The answer of a command, and functions shared by the commands that read scenarios."""

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
from recognition_model.core.position import Position
from recognition_model.core.scenario import Scenario
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.io.loader import load_folder, record_root

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2


@frozen
class Answer:
    """The output of a command: text or data for standard output, the rest for standard error."""

    text: str = ""
    data: dict[str, Any] | None = None
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()
    fell_short: bool = False

    @property
    def code(self) -> int:
        """0: clean or warnings only. 1: errors, or `fell_short`. 2: unreadable input."""
        if any(found.unreadable for found in self.findings):
            return UNUSABLE
        if self.fell_short:
            return FINDINGS
        return FINDINGS if any(found.is_error for found in self.findings) else CLEAN


class NoScenario(click.UsageError):
    """A country has no usable record. `findings` may give the reason."""

    def __init__(self, absent: Iterable[str], folder: Folder) -> None:
        absent = list(absent)
        names = ", ".join(named(code) for code in absent)
        have = ", ".join(named(s.country) for s in folder.scenarios) or "none"
        unused = any(found.is_error for found in folder.findings)
        hint = (
            "; files with the findings above were not used"
            if unused
            else f" (for your own files: --scenarios; `new {absent[0]}` begins one)"
        )
        super().__init__(f"not in the record: {names}{hint}. Countries in the record: {have}")
        self.findings = folder.findings


def load_asked(countries: Iterable[str], paths: tuple[Path, ...]) -> Folder:
    """Load the folder at some paths, or the shipped files of the countries.

    The other shipped files do not affect these countries, and reading them would double the time.
    A user's folder is always read completely, so problems in any of its files are reported.
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
    """Load the folder, unless it is given, and replay the countries; without any, replay all."""
    folder = load_asked(countries, paths) if folder is None else folder
    return folder, [replay for replay, _ in positions(folder, countries, None, known_by)]


def findings_of(folder: Folder, replays: Iterable[Replay]) -> list[Finding]:
    """List the findings of a folder and of its replays."""
    return [*folder.findings, *(found for replay in replays for found in replay.findings)]


def positions(
    folder: Folder,
    countries: Iterable[str],
    on: date | None,
    known_by: date | None,
    dates: DateReading = "all",
) -> list[tuple[Replay, Position]]:
    """Replay each country; give its position on a day, by default the last documented one."""
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
