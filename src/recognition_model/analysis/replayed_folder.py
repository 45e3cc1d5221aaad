"""A folder, replayed and checked: every finding that `replay` reports about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import PurePosixPath

from recognition_model.analysis.claims import ClaimCheck, check
from recognition_model.analysis.lint import lint
from recognition_model.core.countries import UnknownCountry, code_of
from recognition_model.core.diagnostics import Finding, in_order
from recognition_model.core.evidence import Sources
from recognition_model.core.folder import Folder
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.loader import Paths, load_folder

_CHANGES = re.compile(r"\bline \d+|\b\d{4}(?:-\d\d){0,2}\b")  # when nothing new is wrong
_PATH = re.compile(r"[^\s']*[/\\:](?=[^\s/\\:']+\.ya?ml\b)")


class ReplayedFolder:
    """A folder, replayed and checked."""

    def __init__(self, folder: Folder, rules: RuleTable = RULES, *, strict: bool = False) -> None:
        self.folder = folder
        self._strict = strict
        self.replays: dict[str, Replay] = {}
        for scenario in folder.all_scenarios:
            self.replays.setdefault(scenario.country, replay(scenario, rules=rules))

    @cached_property
    def checks(self) -> list[ClaimCheck]:
        replays = list(self.replays.values())
        return [one for collective in self.folder.collectives for one in check(collective, replays)]

    @property
    def claims(self) -> dict[Hashable, ClaimCheck]:
        """The checks by what the claim says; one that is written twice is numbered."""
        numbered = Counter[Hashable]()
        keys: dict[Hashable, ClaimCheck] = {}
        for one in self.checks:
            claim = one.claim
            key = (claim.label, claim.date, claim.since, claim.among)
            numbered[key] += 1
            keys[key, numbered[key]] = one
        return keys

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        replays = list(self.replays.values())
        of_claims = (found for one in self.checks for found in one.findings)
        of_replays = (found for one in replays for found in one.findings)
        warnings = lint(self.folder, replays, strict=self._strict)
        return in_order((*self.folder.findings, *of_claims, *of_replays, *warnings))

    @property
    def unusable(self) -> list[str]:
        errors = (found for found in self.folder.findings if found.is_error)
        used = {scenario.file for scenario in self.folder.all_scenarios}
        return list(dict.fromkeys(e.place.file for e in errors if e.place.file not in used))

    @cached_property
    def _unusable_names(self) -> set[str]:
        """The names of the files that could not be used, and the countries for which they stand."""
        names = set(map(_name, self.unusable))
        countries = set()
        for name in names:
            with suppress(UnknownCountry):
                countries.add(code_of(PurePosixPath(name).stem))
        return names | countries

    def has_unusable(self, country: str, file: str) -> bool:
        """Whether a file that could not be used is named for a country or as the file given."""
        return not self._unusable_names.isdisjoint((country, _name(file)))

    @property
    def complete(self) -> bool:
        """Whether every folder could be read; one that could not may hold any country."""
        unread = (found.place.file for found in self.folder.findings if found.code == "RM101")
        return all(PurePosixPath(_name(path)).suffix for path in unread)


def findings_in(
    paths: Paths,
    rules: RuleTable = RULES,
    *,
    sources: Sources | None = None,
    strict: bool = False,
) -> tuple[Finding, ...]:
    """List every finding that `replay` reports about scenario files or folders of them.

    `sources` is the register that they cite, besides the `sources.yaml` of their folder; default:
    the shipped one. With `strict`, warn of sources without an archived copy too. Raises nothing for
    a file that cannot be read: that is a finding.
    """
    return ReplayedFolder(load_folder(paths, sources), rules, strict=strict).findings


def findings_beyond(found: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """List the findings that the other side does not have as often, whatever lines they name."""
    there = Counter(map(_key, others))
    kept = []
    for one in found:
        key = _key(one)
        there[key] -= 1
        if there[key] < 0:
            kept.append(one)
    return tuple(kept)


def _name(file: str) -> str:
    """The name of a file, whose path may be that of a revision."""
    return PurePosixPath(file.replace("\\", "/").replace(":", "/")).name


def _key(found: Finding) -> tuple[str, str, str]:
    return found.code, _name(found.place.file), _PATH.sub("", _CHANGES.sub("", found.message))
