"""Scenario files as pytest items: `pytest scenarios/` checks every file, one item per check.

`recognition_model_pytest` imports this module when it collects the first file of our formats.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from recognition_model.analysis.claims import ClaimCheck, check
from recognition_model.core.claims import Collective
from recognition_model.core.diagnostics import REGISTERS, Finding, Place, RecordError, finding
from recognition_model.core.evidence import Sources
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import ActStep, Scenario, SignalStep
from recognition_model.engine.invariants import INVARIANTS
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.loader import load_folder, read_sources
from recognition_model.io.rules_files import load_rules
from recognition_model_pytest.detect import FORMAT, head, is_ours, rules_asked, yaml_beside

_REGISTERS = re.compile(FORMAT + rb"recognition-sources/", re.MULTILINE)
_REGISTER = pytest.StashKey[Sources]()
_REPORTED = pytest.StashKey[set[Place]]()
_RULES = pytest.StashKey[RuleTable]()
_FOLDERS = pytest.StashKey[dict[Path, Folder]]()


class CheckItem(NamedTuple):
    """One check: its name, its place in the file, and a function that returns its findings.

    The function returns None if the check is not possible.
    """

    name: str
    place: Place | None
    findings: Callable[[], Sequence[Finding] | None]


class RecordFile(pytest.File):
    """A file of one of our formats. It has one group, named after the country or file kind."""

    def collect(self) -> Iterator[pytest.Collector]:
        if _is_register(self.path):
            found = _register_findings(self.shown, self.config)
            yield self._group("sources", [_read("register", found)])
            return
        folder = load_folder([self.shown], _register(self.config))
        beside = _beside(self.config, self.shown.parent)
        twice = [
            f for f in beside.findings if f.code == "RM211" and f.place.file == str(self.shown)
        ]
        findings = [*folder.findings, *twice, *_says_nothing(folder)]
        yield from self._no_ordinary_files(beside)
        if any(found.is_error for found in findings):
            yield self._group(self.path.stem, [_read("read", findings)])
            return
        for scenario in folder.all_scenarios:
            yield self._group(scenario.country, _checks(scenario, findings, _rules(self.config)))
        for claims in folder.collectives:
            yield self._group("claims", _checks_of_claims(claims, beside, _rules(self.config)))

    def _no_ordinary_files(self, beside: Folder) -> Iterator[pytest.Collector]:
        """A failing check for each pipe, folder or broken link called like a scenario file.

        pytest offers only ordinary files for collection, so a scenario beside it reports it, once.
        """
        reported = self.config.stash.setdefault(_REPORTED, set())
        for found in beside.findings:
            path = Path(found.place.file)
            if found.code == "RM101" and not path.is_file():
                if found.place not in reported:
                    yield self._group(path.stem, [_read("read", [found])])
                reported.add(found.place)

    def _group(self, name: str, checks: Iterable[CheckItem]) -> pytest.Collector:
        return Group.from_parent(self, name=name, checks=list(checks))

    @property
    def shown(self) -> Path:
        """The path relative to the directory where pytest was started, if it exists there."""
        shown = Path(os.path.relpath(self.path, self.config.invocation_params.dir))
        return shown if shown.exists() else self.path


class Group(pytest.Collector):
    """The checks of one file."""

    def __init__(self, *, checks: Sequence[CheckItem], **more: Any) -> None:
        super().__init__(**more)
        self.checks = checks

    def collect(self) -> Iterator[pytest.Item]:
        seen: dict[str, int] = {}
        for item in self.checks:
            seen[item.name] = count = seen.get(item.name, 0) + 1
            name = item.name if count == 1 else f"{item.name} ({count})"
            yield Check.from_parent(self, name=name, check=item)


class Found(Exception):
    """A check failed; `findings` says why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


class Check(pytest.Item):
    """One check. It fails on errors; the report shows its other findings."""

    def __init__(self, *, check: CheckItem, **more: Any) -> None:
        super().__init__(**more)
        self.check = check

    def runtest(self) -> None:
        findings = self.check.findings()
        if findings is None:
            pytest.skip("no scenario beside this file can check it")
        if any(found.is_error for found in findings):
            raise Found(findings)
        if findings:
            self.add_report_section("call", "findings", _as_text(findings))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the findings as the command line prints them, without a traceback."""
        if isinstance(excinfo.value, Found):
            return _as_text(excinfo.value.findings)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        place = self.check.place
        line = place.line - 1 if place is not None and place.line else None
        parent = self.parent.name if self.parent is not None else ""
        return self.path, line, f"{parent}: {self.name}"


def _as_text(findings: Iterable[Finding]) -> str:
    """Format findings as the command line prints them, without colours."""
    import click

    from recognition_model.cli.render import finding_in_words

    return "\n".join(click.unstyle(finding_in_words(found)) for found in findings)


# --- what is checked ----------------------------------------------------------------------------


def _read(name: str, findings: Sequence[Finding]) -> CheckItem:
    """Make one check of all findings from reading a file."""
    return CheckItem(name, findings[0].place if findings else None, lambda: findings)


def _says_nothing(folder: Folder) -> Iterator[Finding]:
    """Report files with nothing to check: their tests would always pass."""
    for scenario in folder.all_scenarios:
        if not scenario.timeline:
            yield finding("RM112", "the timeline is empty: nothing is checked", scenario.place)
    for claims in folder.collectives:
        if not claims.claims:
            yield finding("RM112", "the list of claims is empty: nothing is checked", claims.place)


def _checks(scenario: Scenario, read: Sequence[Finding], rules: RuleTable) -> Iterator[CheckItem]:
    """Yield the checks of a scenario: the replay, each entry that can fail, each invariant."""
    replayed = cache(lambda: replay(scenario, rules=rules).findings)
    invariants = {invariant.code for invariant in INVARIANTS}
    entries = {
        step.place: step
        for step in scenario.timeline
        if not isinstance(step, SignalStep) and not (isinstance(step, ActStep) and step.deprecated)
    }

    def owner(found: Finding) -> str | Place:
        """Return the check that a finding belongs to: an invariant's code, a place or `replay`."""
        if found.code in invariants:
            return found.code
        return found.place if found.place in entries else "replay"

    def of(check: str | Place) -> Callable[[], Sequence[Finding]]:
        return lambda: [found for found in replayed() if owner(found) == check]

    yield CheckItem("replay", scenario.place, lambda: [*read, *of("replay")()])
    for place, step in entries.items():
        yield CheckItem(f"{step.date} {step.label}", place, of(place))
    for invariant in (one for one in INVARIANTS if one.code not in rules.off):
        yield CheckItem(str(invariant), scenario.place, of(invariant.code))


def _checks_of_claims(claims: Collective, folder: Folder, rules: RuleTable) -> Iterator[CheckItem]:
    """Yield a check for each claim, except those about a group, against the folder's scenarios."""

    @cache
    def checked() -> dict[Place, ClaimCheck]:
        replays = [replay(scenario, rules=rules) for scenario in folder.scenarios]
        return {one.claim.place: one for one in check(claims, replays)}

    unread = [found for found in folder.findings if found.is_error]

    def of(place: Place) -> Sequence[Finding] | None:
        one = checked()[place]
        if unread:  # the scenarios cannot be replayed
            return unread
        return None if one.verdict is None else one.findings

    for claim in claims.claims:
        if claim.group is None:
            yield CheckItem(f"{claim.date} {claim.label}", claim.place, partial(of, claim.place))


def _register(config: pytest.Config) -> Sources:
    """Return the shipped register, read once per session."""
    if _REGISTER not in config.stash:
        config.stash[_REGISTER] = read_sources()
    return config.stash[_REGISTER]


def _rules(config: pytest.Config) -> RuleTable:
    """Return the rule table, read once per session. Raises `UsageError` for a wrong file."""
    if _RULES not in config.stash:
        name = rules_asked(config)
        try:
            config.stash[_RULES] = load_rules(_from_root(name, config)) if name else RULES
        except RecordError as error:
            raise pytest.UsageError(_as_text(error.findings)) from None
    return config.stash[_RULES]


def _from_root(name: str, config: pytest.Config) -> str:
    """A path of the configuration file is read from that file's folder."""
    beside = config.rootpath / name
    given = config.getoption("--recognition-rules")
    return str(beside) if not given and beside.is_file() else name


def rules_in_words(config: pytest.Config) -> str:
    """Return the title and the digest of the rule table."""
    return _rules(config).in_words


def _beside(config: pytest.Config, folder: Path) -> Folder:
    """Return the contents of a folder, read once per session."""
    folders = config.stash.setdefault(_FOLDERS, {})
    if folder not in folders:
        folders[folder] = load_folder([folder], _register(config))
    return folders[folder]


def _register_findings(path: Path, config: pytest.Config) -> Sequence[Finding]:
    """Return the findings about a register.

    A register with other files beside it extends the shipped register. A register alone in its
    folder, like the shipped one, is read alone.
    """
    beside = [other for other in yaml_beside(path) if not _is_register(other) and is_ours(other)]
    try:
        read_sources(path, _register(config) if beside else {})
    except RecordError as error:
        return error.findings
    return ()


def _is_register(path: Path) -> bool:
    return path.name in REGISTERS or _REGISTERS.search(head(path) or b"") is not None
