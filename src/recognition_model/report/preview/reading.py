"""The record as it was last read, file by file, and what is found in the files as they are now."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from recognition_model.analysis.edition import country_of_file
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import Finding, in_order
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario
from recognition_model.io.loader import load_folder

ENDINGS = (".yaml", ".yml")
SETTLED = 0.02  # seconds without a change, so that a file is not read while it is written
_MOST_WAITS = 25

Stamp = tuple[int, int, int]
"""When a file was changed, how long it is, and which file it is."""


@frozen(kw_only=True)
class State:
    """What the files said when they were last read.

    `folder` has for each country the last scenario that could be read. `findings` are those of the
    files as they are now. `stale` are the countries whose file cannot be used now, each with the
    name of its file.
    """

    folder: Folder
    findings: tuple[Finding, ...]
    stale: Mapping[str, str]


class Reading:
    """Reads the record again whenever a file in one of the `places` changes.

    `load` reads all of it. A country whose file cannot be used keeps its last scenario.
    """

    def __init__(self, load: Callable[[], Folder], places: Iterable[Path]) -> None:
        self._load = load
        self._places = tuple(places)
        self._stamps = self._look()
        self.state = self._whole(None)

    def changed(self) -> frozenset[Path]:
        """Return the files that were changed, added or removed since they were last read."""
        now = self._look()
        if now == self._stamps:
            return frozenset()
        for _ in range(_MOST_WAITS):
            time.sleep(SETTLED)
            before, now = now, self._look()
            if before == now:
                break
        paths = now.keys() | self._stamps.keys()
        found = frozenset(path for path in paths if now.get(path) != self._stamps.get(path))
        self._stamps = now
        return found

    def again(self, changed: frozenset[Path]) -> Iterator[State]:
        """Read again: first the file of one country, if that alone was changed, then everything."""
        quick = self._one(changed)
        if quick is not None:
            self.state = quick
            yield quick
        whole = self._whole(self.state)
        if whole != self.state:
            self.state = whole
            yield whole

    def _one(self, changed: frozenset[Path]) -> State | None:
        """Read only one scenario, if its file is the only one that was changed."""
        old = self.state
        paths = {os.path.realpath(path): path for path in changed}
        known = {os.path.realpath(one.file): one for one in old.folder.all_scenarios}
        if len(paths) != 1 or not paths.keys() <= known.keys():
            return None
        (place,) = paths
        was = known[place]
        part = load_folder([Path(was.file)])
        now = next((one for one in part.all_scenarios if one.country == was.country), None)
        if now is None and os.path.realpath(was.file) not in {
            os.path.realpath(file) for file in part.unused
        }:
            return None  # it is gone, or about another country
        others = (one for one in old.findings if one.place.file != was.file)
        return State(
            folder=_with(old.folder, now or was),
            findings=in_order([*others, *part.findings]),
            stale=_without(old.stale, was.country) | ({} if now else {was.country: was.file}),
        )

    def _whole(self, old: State | None) -> State:
        """Read everything; keep the last scenario of a file that cannot be used now."""
        folder = self._load()
        there = {one.country for one in folder.all_scenarios}
        unused = {os.path.realpath(file) for file in folder.unused}
        kept = [
            one
            for one in (old.folder.all_scenarios if old else ())
            if one.country not in there and os.path.realpath(one.file) in unused
        ]
        stale = {code: file for file in folder.unused if (code := country_of_file(file))}
        for one in kept:
            folder = _with(folder, one)
        return State(folder=folder, findings=folder.findings, stale=stale)

    def _look(self) -> dict[Path, Stamp]:
        return dict(_stamps(self._places))


def _stamps(places: Sequence[Path]) -> Iterator[tuple[Path, Stamp]]:
    """Look at each file of YAML in the places, which are files and folders."""
    for place in places:
        try:
            inside = list(os.scandir(place))
        except NotADirectoryError:
            yield from _stamp_of(place)
        except OSError:  # it is gone: reading it says so
            continue
        else:
            for entry in inside:
                if entry.name.lower().endswith(ENDINGS):
                    yield from _stamp_of(Path(entry.path))


def _stamp_of(path: Path) -> Iterator[tuple[Path, Stamp]]:
    try:
        stat = path.stat()
    except OSError:
        return
    yield path, (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _with(folder: Folder, scenario: Scenario) -> Folder:
    """Put a scenario into a folder, in place of the one of its country."""
    old = folder.organisations if scenario.of_organisation else folder.scenarios
    others = (one for one in old if one.country != scenario.country)
    new = tuple(sorted([*others, scenario], key=lambda one: (name_of(one.country), one.file)))
    if scenario.of_organisation:
        return evolve(folder, organisations=new)
    return evolve(folder, scenarios=new)


def _without(stale: Mapping[str, str], country: str) -> dict[str, str]:
    return {code: file for code, file in stale.items() if code != country}
