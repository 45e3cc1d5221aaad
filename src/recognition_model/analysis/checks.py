"""How many entries were checked against their sources, what lapsed, and how samples came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import frozen

from recognition_model.analysis.intervals import wilson
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.checks import (
    Check,
    CheckedBy,
    CheckFile,
    CheckResult,
    Sample,
    entry_digest,
    entry_name,
)
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.folder import Folder
from recognition_model.core.organisations import kind_of
from recognition_model.core.scenario import Scenario, SignalStep, Step
from recognition_model.core.wording import near_words, shortened
from recognition_model.engine.outcomes import Replay


@frozen(kw_only=True, repr=False)
class Tally(Readable):
    """How many of some entries were checked as they stand now, and by whom.

    `by_other` were confirmed, in part at least, by somebody who did not write them, `by_coder` only
    by the coder. The page of `not_found` ones could not be found again; `wrong` ones are known to
    be wrong. The rest were not checked, or were changed since.
    """

    total: int = 0
    by_other: int = 0
    by_coder: int = 0
    not_found: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            total=self.total + other.total,
            by_other=self.by_other + other.by_other,
            by_coder=self.by_coder + other.by_coder,
            not_found=self.not_found + other.not_found,
            wrong=self.wrong + other.wrong,
        )

    def to_dict(self) -> dict[str, int]:
        """Return the counts as plain data."""
        return {
            "total": self.total,
            "by_other": self.by_other,
            "by_coder": self.by_coder,
            "not_found": self.not_found,
            "wrong": self.wrong,
        }

    def __str__(self) -> str:
        return f"{self.by_other} of {self.total}"


@frozen(kw_only=True, repr=False)
class CountryChecks(Readable):
    """What was checked of one country: its changes, its signals, all entries; and what lapsed."""

    country: str
    changes: Tally
    signals: Tally
    entries: Tally
    lapsed: tuple[Check, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": kind_of(self.country).value,
            "changes": self.changes.to_dict(),
            "signals": self.signals.to_dict(),
            "entries": self.entries.to_dict(),
            "lapsed": [check.to_dict() for check in self.lapsed],
        }

    def __str__(self) -> str:
        return f"{self.country}: {self.changes} changes"


@frozen(kw_only=True, repr=False)
class SampleChecks(Readable):
    """A sample and its checks. A check that lapsed counts: it is of the record as it was drawn."""

    sample: Sample
    checks: tuple[Check, ...]

    @property
    def counts(self) -> Mapping[CheckResult, int]:
        """How many checks have each result."""
        found = Counter(check.result for check in self.checks)
        return {result: found[result] for result in CheckResult}

    @property
    def errors(self) -> tuple[Check, ...]:
        """The entries that were wrong as they were drawn, corrected since or not."""
        return tuple(check for check in self.checks if check.result.is_error)

    @property
    def not_found(self) -> int:
        return self.counts[CheckResult.NOT_FOUND]

    @property
    def decided(self) -> int:
        """The entries whose page was found."""
        return len(self.checks) - self.not_found

    @property
    def rate(self) -> float | None:
        """The share of errors among the entries whose page was found; None without any."""
        return len(self.errors) / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of that share (Wilson)."""
        return wilson(len(self.errors), self.decided) if self.decided else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share of errors among all checked, if what was not found is all right, or all wrong.

        None while nothing is checked.
        """
        count = len(self.checks)
        if not count:
            return None
        return len(self.errors) / count, (len(self.errors) + self.not_found) / count

    def to_dict(self) -> dict[str, Any]:
        """Return plain data. Shares are from 0 to 1."""
        return {
            **self.sample.to_dict(),
            "checked": len(self.checks),
            "results": {result.value: count for result, count in self.counts.items()},
            "errors": len(self.errors),
            "error_rate": self.rate,
            "interval": list(self.interval) if self.interval else None,
            "bounds": list(self.bounds) if self.bounds else None,
            "wrong_entries": [check.to_dict() for check in self.errors],
        }

    def __str__(self) -> str:
        return f"{self.sample.name}: {len(self.errors)} errors in {self.decided}"


@frozen(kw_only=True, repr=False)
class CheckCoverage(Readable):
    """What was checked of many countries, and the samples drawn from them."""

    countries: tuple[CountryChecks, ...]
    samples: tuple[SampleChecks, ...]

    @property
    def changes(self) -> Tally:
        return _sum(one.changes for one in self.countries)

    @property
    def signals(self) -> Tally:
        return _sum(one.signals for one in self.countries)

    @property
    def entries(self) -> Tally:
        return _sum(one.entries for one in self.countries)

    @property
    def lapsed(self) -> tuple[Check, ...]:
        return tuple(check for one in self.countries for check in one.lapsed)

    def to_dict(self) -> dict[str, Any]:
        """Convert to plain data, as `coverage --checked --format json` prints it."""
        return {
            "format": "recognition-checks/1",
            "changes": self.changes.to_dict(),
            "signals": self.signals.to_dict(),
            "entries": self.entries.to_dict(),
            "lapsed": len(self.lapsed),
            "countries": [one.to_dict() for one in self.countries],
            "samples": [one.to_dict() for one in self.samples],
        }

    def __str__(self) -> str:
        return f"{self.changes} changes, {len(self.samples)} samples"


def check_coverage(replays: Sequence[Replay], files: Mapping[str, CheckFile]) -> CheckCoverage:
    """Count what was checked of the countries of replays.

    `files` are the lists of checked entries by the folder of the scenarios (`Folder.checks`). A
    check counts for an entry that claims now what was checked (`entry_digest`).
    """
    scenarios = [replay.scenario for replay in replays]
    stale = {id(check) for check, _ in _lapsed(files, scenarios)}
    return CheckCoverage(
        countries=tuple(_country(replay, files, stale) for replay in replays),
        samples=tuple(
            SampleChecks(
                sample=sample,
                checks=tuple(check for check in file.checked if check.sample == name),
            )
            for file in files.values()
            for name, sample in file.samples.items()
        ),
    )


def lapsed_checks(folder: Folder) -> Iterator[Finding]:
    """Warn of each line whose entry was changed after it was checked."""
    for check, scenario in _lapsed(folder.checks, folder.all_scenarios):
        if scenario is None and folder.unused:
            continue  # its file may be one of those with errors
        message = f"{check.country} {shortened(check.entry)} was checked before it was changed"
        yield finding("RM316", message, check.place, _hint(check, scenario))


def _hint(check: Check, scenario: Scenario | None) -> str:
    steps = scenario.timeline if scenario else ()
    named = {entry_name(step): step for step in steps}
    near = near_words(check.entry, named, most=1)
    if not near:
        return f"{check.country} has no such entry: remove the line"
    step = named[near[0]]
    what = "what it claims is different" if near[0] == check.entry else f"nearest: {near[0]}"
    number = steps.index(step) + 1
    again = f"check it again: `recognition-model checked {check.country} --entry {number}`"
    return f"{what} (line {step.place.line} of its file); {again}"


def _folder(scenario: Scenario) -> str:
    return str(Path(scenario.file).parent)


def _lapsed(
    files: Mapping[str, CheckFile], scenarios: Iterable[Scenario]
) -> Iterator[tuple[Check, Scenario | None]]:
    """Find the lines of entries that were changed since, unless a later line checks them again.

    A file concerns the scenarios of its folder: of a country whose scenario is in another one,
    nothing is said.
    """
    checked = {check.country for file in files.values() for check in file.checked}
    by_country: dict[str, _Entries] = {
        one.country: _Entries(one) for one in scenarios if one.country in checked
    }
    for folder, file in files.items():
        yield from _lapsed_in(folder, file, by_country)


def _lapsed_in(
    folder: str, file: CheckFile, by_country: Mapping[str, _Entries]
) -> Iterator[tuple[Check, Scenario | None]]:
    held = [
        check
        for check in file.checked
        if check.country in by_country and by_country[check.country].hold(check)
    ]
    again = {(check.country, name) for check in held for name in (check.entry, check.was)}
    kept = set(map(id, held))
    for check in file.checked:
        entries = by_country.get(check.country)
        if entries is not None and _folder(entries.scenario) != folder:
            continue
        renewed = {(check.country, check.entry), (check.country, check.digest)} & again
        if id(check) not in kept and not renewed:
            yield check, entries.scenario if entries else None


class _Entries:
    """The entries of a scenario. Their digests are made when they are needed, which takes time."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._named: dict[str, list[Step]] = {}
        for step in scenario.timeline:
            self._named.setdefault(entry_name(step), []).append(step)

    @cached_property
    def _all(self) -> set[str]:
        return self._digests(self.scenario.timeline)

    def _digests(self, steps: Iterable[Step]) -> set[str]:
        return {entry_digest(self.scenario.country, step) for step in steps}

    def hold(self, check: Check) -> bool:
        """Whether an entry claims what was checked. If one has its name, no other can."""
        same = self._named.get(check.entry)
        return check.digest in (self._digests(same) if same else self._all)


def _country(
    replay: Replay, files: Mapping[str, CheckFile], stale: Collection[int]
) -> CountryChecks:
    country = replay.country
    file = files.get(_folder(replay.scenario))
    own = [check for check in file.checked if check.country == country] if file else []
    checks: dict[str, list[Check]] = {}
    for check in own:
        checks.setdefault(check.digest, []).append(check)
    steps = zip(replay.outcomes, replay.scenario.timeline, strict=True)
    counted = [(outcome, step, _tally(country, step, checks)) for outcome, step in steps]
    return CountryChecks(
        country=country,
        changes=_sum(tally for outcome, _, tally in counted if isinstance(outcome, Change)),
        signals=_sum(tally for _, step, tally in counted if isinstance(step, SignalStep)),
        entries=_sum(tally for _, _, tally in counted),
        lapsed=tuple(check for check in own if id(check) in stale),
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _tally(country: str, step: Step, checks: Mapping[str, Sequence[Check]]) -> Tally:
    """Count one entry by its last check that found a page; checks by others come first."""
    found = checks.get(entry_digest(country, step), ()) if checks else ()
    by_other = [check for check in found if check.by is CheckedBy.OTHER]
    of_one_kind = by_other or found
    telling = [c for c in of_one_kind if c.result is not CheckResult.NOT_FOUND] or of_one_kind
    if not telling:
        return Tally(total=1)
    last = max(telling, key=lambda check: check.on)
    return Tally(
        total=1,
        by_other=int(last.result.confirms and last.by is CheckedBy.OTHER),
        by_coder=int(last.result.confirms and last.by is CheckedBy.CODER),
        not_found=int(last.result is CheckResult.NOT_FOUND),
        wrong=int(last.result is CheckResult.WRONG),
    )
