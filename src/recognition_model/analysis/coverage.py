"""Coverage of the record: what is documented, how well, and what is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from attrs import frozen

from recognition_model.analysis.checks import CheckCoverage, check_coverage
from recognition_model.analysis.lint import LONG_AGO
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.checks import CheckFile
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.core.countries import counted, name_of
from recognition_model.core.dates import When, closed, nearest_day
from recognition_model.core.evidence import Attestation, supporting_sources
from recognition_model.core.scenario import ActStep, Scenario
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.engine.outcomes import Outcome, Replay, step_of
from recognition_model.engine.refusals import Refusal


@frozen(kw_only=True, repr=False)
class ChangeCoverage(Readable):
    """One change of a path, with its evidence.

    `sources` names every source that supports it. `Change.best` is the best evidence.
    """

    change: Change
    sources: tuple[str, ...]

    @property
    def grade(self) -> str:
        return self.change.best.grade if self.change.best else "none"

    @property
    def weakness(self) -> tuple[bool, bool, int, str, int]:
        """Sort key, larger for weaker evidence: none, grade, credibility, reliability, count."""
        best = self.change.best
        if best is None:
            return True, True, 0, "", 0
        reliability = best.source.reliability.value
        return False, best.weak, best.credibility, reliability, -len(self.sources)

    def to_dict(self) -> dict[str, Any]:
        return {
            "date": self.change.date.text,
            "act": self.change.act.value,
            "after": self.change.after.stage.value,
            "attestation": self.change.attestation.value,
            "voice": self.change.best.voice.value if self.change.best else None,
            "grade": self.grade,
            "sources": list(self.sources),
        }

    def __str__(self) -> str:
        return f"{self.change.act} {self.change.date} ({self.grade})"


@frozen(repr=False)
class Gap(Readable):
    """Longest time of a country without a dated entry that counts; deprecated acts do not count.

    `begins` and `ends` are days on which an entry may lie.
    """

    begins: date
    ends: date

    @property
    def length(self) -> timedelta:
        return self.ends - self.begins

    def __str__(self) -> str:
        return f"{self.begins} to {self.ends}"


@frozen(kw_only=True, repr=False)
class CountryCoverage(Readable):
    """One country: its changes, its longest gap, and its entries that change no state."""

    replay: Replay
    links: tuple[ChangeCoverage, ...]
    silence: Gap | None

    @property
    def country(self) -> str:
        return self.replay.country

    @property
    def weakest(self) -> ChangeCoverage | None:
        """The change with the weakest evidence (the first, if several); None without a change."""
        return max(self.links, key=lambda link: link.weakness, default=None)

    @property
    def single(self) -> tuple[ChangeCoverage, ...]:
        """Changes supported by one source."""
        return tuple(link for link in self.links if len(link.sources) == 1)

    @property
    def unconfirmed(self) -> tuple[ChangeCoverage, ...]:
        """Changes that no authority of the country attests, except lapses."""
        return tuple(
            link
            for link in self.links
            if link.change.attestation is not Attestation.OFFICIAL
            and link.change.act is not Act.LAPSE
        )

    @property
    def undated(self) -> tuple[ChangeCoverage, ...]:
        """Changes without an exact day."""
        return tuple(link for link in self.links if not link.change.date.exact)

    @property
    def turned_down(self) -> tuple[Refusal | ActStep, ...]:
        """False reports and impossible acts: refused as expected, or deprecated."""
        return tuple(
            o
            for o in self.replay.outcomes
            if isinstance(o, ActStep) or (isinstance(o, Refusal) and o.expected)
        )

    @property
    def contradicted(self) -> tuple[Outcome, ...]:
        """Entries for which the file notes a contradiction or doubt."""
        return tuple(o for o in self.replay.outcomes if step_of(o).contradiction)

    @property
    def ban_unknown(self) -> bool:
        """Whether no ban is documented at any time. Its absence is then not documented either."""
        return all(spell.ban is Ban.NONE for spell in self.replay.history.spells)

    def to(self, stage: Stage) -> tuple[ChangeCoverage, ...]:
        """List the changes that lead to a stage."""
        return tuple(link for link in self.links if link.change.after.stage is stage)

    def to_dict(self) -> dict[str, Any]:
        start = self.replay.scenario.start
        weakest, silence = self.weakest, self.silence
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": self.replay.kind.value,
            "start": {
                "stage": start.stage.value,
                "date": start.date.text,
                "assumed": start.assumed is not None,
            },
            "documented_until": self.replay.history.documented_until.isoformat(),
            "links": [link.to_dict() for link in self.links],
            "weakest": weakest.to_dict() if weakest else None,
            "signals": len(self.replay.signals),
            "contradictions": len(self.contradicted),
            "turned_down": len(self.turned_down),
            "longest_silence": [silence.begins.isoformat(), silence.ends.isoformat()]
            if silence
            else None,
        }

    def __str__(self) -> str:
        return f"{self.country}: {len(self.links)} changes"


@frozen(kw_only=True, repr=False)
class Coverage(Readable):
    """Coverage of many countries, claims about groups, and the number of items of each grade.

    Organisations that were asked for are among `countries`; no count of countries has them.

    `not_archived` counts the sources with a web address and no archived copy. `checks` tells what
    was checked against the sources.
    """

    countries: tuple[CountryCoverage, ...]
    of_groups: tuple[Claim, ...]
    sources: int
    not_archived: int
    grades: tuple[tuple[str, int], ...]
    checks: CheckCoverage

    def to_dict(self) -> dict[str, Any]:
        """Convert to plain data, as `coverage --format json` prints it."""
        return {
            "format": "recognition-coverage/1",
            "sources": self.sources,
            "not_archived": self.not_archived,
            "grades": dict(self.grades),
            "countries": [one.to_dict() for one in self.countries],
            "of_groups": [
                {"date": claim.date.text, "group": claim.group} for claim in self.of_groups
            ],
        }

    def __str__(self) -> str:
        of = counted(one.country for one in self.countries)
        return f"{of}, {self.sources} sources"


def coverage(
    replays: Sequence[Replay],
    collectives: Sequence[Collective] = (),
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
) -> Coverage:
    """Measure what replays cover, and collect the claims about groups.

    `checks` are the lists of checked entries (`Folder.checks`). Sources and grades are counted over
    all records and collective files. Raises `ValueError` for a replay with `known_by`, which covers
    only what was public by that day.
    """
    if any(replay.known_by for replay in replays):
        raise ValueError("coverage needs whole scenarios, replayed without known_by")
    records: list[Scenario | Collective] = [*(replay.scenario for replay in replays), *collectives]
    cited = [item for record in records for item in record.evidence]
    sources = {item.source.id: item.source for item in cited}.values()
    claims = (claim for collective in collectives for claim in collective.claims)
    return Coverage(
        countries=tuple(map(_country, replays)),
        of_groups=tuple(c for c in claims if c.claim is ClaimKind.UNATTRIBUTED),
        sources=len(sources),
        not_archived=sum(s.url is not None and s.archive is None for s in sources),
        grades=tuple(sorted(Counter(item.grade for item in cited).items())),
        checks=check_coverage(replays, checks),
    )


def _country(replay: Replay) -> CountryCoverage:
    links = (
        ChangeCoverage(change=one, sources=supporting_sources(one.evidence))
        for one in replay.changes
    )
    return CountryCoverage(replay=replay, links=tuple(links), silence=_longest_gap(replay))


def _longest_gap(replay: Replay) -> Gap | None:
    """Find the longest gap between entries or up to the record's end; None under two years."""
    scenario = replay.scenario
    entries = (e for e in scenario.timeline if not (isinstance(e, ActStep) and e.deprecated))
    dates = [scenario.start.date, *(entry.date for entry in entries)]
    spans = sorted(map(_known_days, [*dates, When.of(scenario.documented_until)]))
    reached = accumulate((last for _, last in spans), max)
    gaps = map(Gap, reached, (first for first, _ in spans[1:]))
    longest = max(gaps, key=lambda one: one.length, default=None)
    return longest if longest and longest.length > LONG_AGO else None


def _known_days(when: When) -> tuple[date, date]:
    """Give the earliest and latest day; for an open date, its known end twice."""
    first, last = closed(when.earliest), closed(when.latest)
    return nearest_day(first or when.latest), nearest_day(last or when.earliest)
