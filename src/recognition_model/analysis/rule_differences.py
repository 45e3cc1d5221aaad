"""What another rule table means for a record: which entries turn, from when, and by which rule.

An entry that a file expects to be refused moves nothing in a replay, even where a rule permits it.
Here it counts as the act that it tells of: only so do the days show what the rule would make of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Literal

from attrs import evolve, frozen

from recognition_model.analysis.asked import Record, replays_of
from recognition_model.analysis.turned_days import TurnedDays, count_days, turned_days
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import exact_day
from recognition_model.core.scenario import ActStep, RefuseStep, Scenario, Step
from recognition_model.core.stages import Act, State
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Outcome, Replay, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable

How = Literal["permitted", "refused", "otherwise"]
PARTS = ("stage", "ban")


@frozen(kw_only=True, repr=False)
class EntryTurned(Readable):
    """An entry with which two tables do different things.

    `how` is what the table in question does: it takes an act that the other refuses (`permitted`),
    refuses one that the other takes (`refused`), or takes it by another rule or to another state
    (`otherwise`). `rule` takes it, or in the other table took it. `because` says why one of the two
    refuses it. `expected` says that the file expects a refusal.
    """

    country: str
    number: int
    step: ActStep | RefuseStep
    how: How
    rule: str
    because: str = ""

    @property
    def act(self) -> Act:
        return self.step.act if isinstance(self.step, ActStep) else self.step.refuse

    @property
    def expected(self) -> bool:
        """Whether the file expects the act to be refused."""
        return isinstance(self.step, RefuseStep)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "country": self.country,
            "name": name_of(self.country),
            "entry": self.number,
            "date": self.step.date.text,
            "kind": self.step.kind,
            "act": self.act.value,
            "how": self.how,
            "rule": self.rule,
            "because": self.because,
            "file": self.step.place.file,
            "line": self.step.place.line,
        }

    def __str__(self) -> str:
        return f"{self.country}: {self.act} {self.step.date} {self.how} ({self.rule})"


@frozen(kw_only=True, repr=False)
class CountryDifference(Readable):
    """What turns in one country: entries, and runs of days with another stage or ban."""

    replay: Replay
    entries: tuple[EntryTurned, ...]
    turned: tuple[TurnedDays, ...]

    @property
    def country(self) -> str:
        return self.replay.country

    @property
    def since(self) -> date | None:
        """The first day with another stage or ban; None if no day has one."""
        return min((run.first for run in self.turned), default=None)

    @property
    def days(self) -> int:
        """The days within the data with another stage or ban, each counted once."""
        return count_days(self.turned)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules by which entries turn, in the order of the file."""
        return tuple(dict.fromkeys(entry.rule for entry in self.entries))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": self.replay.kind.value,
            "since": self.since.isoformat() if self.since else None,
            "days": self.days,
            "rules": list(self.rules),
            "turned": [run.to_dict() for run in self.turned],
            "entries": [entry.to_dict() for entry in self.entries],
        }

    def __str__(self) -> str:
        days = plural(self.days, "day", "days")
        since = f" from {self.since} on" if self.since else ""
        return f"{self.country}: {days} differ{since}, by {', '.join(self.rules)}"


@frozen(kw_only=True, repr=False)
class RuleDifferences(Readable):
    """What a rule table makes of a record against another: the countries that differ, and not."""

    rules: RuleTable
    against: RuleTable
    countries: tuple[CountryDifference, ...]
    same: tuple[str, ...]
    known_by: date | None = None

    @property
    def entries(self) -> tuple[EntryTurned, ...]:
        """All entries that turn, in the order of their earliest days."""
        every = (entry for one in self.countries for entry in one.entries)
        return tuple(
            sorted(every, key=lambda one: (one.step.date.earliest, one.country, one.number))
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-rule-differences/1`."""
        return {
            "format": "recognition-rule-differences/1",
            "rules": self.rules.identity(),
            "against": self.against.identity(),
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "countries": [one.to_dict() for one in self.countries],
            "same": list(self.same),
        }

    def __str__(self) -> str:
        return f"{len(self.countries)} differ, {len(self.same)} do not"


def rule_differences(
    record: Record,
    rules: RuleTable,
    against: RuleTable = RULES,
    *,
    countries: Collection[str] = (),
    known_by: date | str | None = None,
) -> RuleDifferences:
    """Compare what two rule tables make of a record; `against` is the shipped one by default.

    `record` is a folder, with its organisations, or scenarios. `countries` (alpha-3 codes) limits
    it to some. Raises `ValueError` if the record lacks one of them.
    """
    replays = replays_of(record, countries, known_by=known_by, organisations=True, rules=against)
    differ: list[CountryDifference] = []
    same: list[str] = []
    for scenario in (one.scenario for one in replays):
        old = replay(scenario, known_by=known_by, rules=against, invariants=())
        new = replay(scenario, known_by=known_by, rules=rules, invariants=())
        entries = tuple(_entries(old, new))
        before, after = (_taken(one, known_by) for one in (old, new))
        turned = tuple(
            run for run in turned_days(before.history, after.history) if run.part in PARTS
        )
        if entries or turned:
            differ.append(CountryDifference(replay=new, entries=entries, turned=turned))
        else:
            same.append(scenario.country)
    return RuleDifferences(
        rules=rules,
        against=against,
        countries=tuple(differ),
        same=tuple(same),
        known_by=None if known_by is None else exact_day(known_by),
    )


def _entries(old: Replay, new: Replay) -> Iterator[EntryTurned]:
    for number, was, now in zip(new.numbers, old.outcomes, new.outcomes, strict=True):
        step = new.scenario.timeline[number - 1]
        before, after = _taken_by(was), _taken_by(now)
        if before == after or not isinstance(step, ActStep | RefuseStep):
            continue
        how: How = "otherwise" if before and after else "permitted" if after else "refused"
        refusal = was if isinstance(was, Refusal) else now if isinstance(now, Refusal) else None
        yield EntryTurned(
            country=new.country,
            number=number,
            step=step,
            how=how,
            rule=(after or before or ("", None))[0],
            because=refusal.in_words() if refusal else "",
        )


def _taken_by(outcome: Outcome) -> tuple[str, State | None] | None:
    """The rule that takes an act, and the state that it leads to; None if it is refused."""
    if isinstance(outcome, Change):
        return outcome.rule, outcome.after
    return (outcome.rule.code, None) if isinstance(outcome, UnexpectedlyPermitted) else None


def _taken(replayed: Replay, known_by: date | str | None) -> Replay:
    """The same replay, with the acts taken that the file expects to be refused."""
    permitted = {
        number
        for number, outcome in zip(replayed.numbers, replayed.outcomes, strict=True)
        if isinstance(outcome, UnexpectedlyPermitted)
    }
    if not permitted:
        return replayed
    whole: Scenario = replayed.scenario
    steps = tuple(
        _as_act(step) if number in permitted else step
        for number, step in enumerate(whole.timeline, 1)
    )
    return replay(
        evolve(whole, timeline=steps), known_by=known_by, rules=replayed.rules, invariants=()
    )


def _as_act(step: Step) -> Step:
    if not isinstance(step, RefuseStep):
        return step
    return ActStep(
        act=step.refuse,
        date=step.date,
        evidence=step.evidence,
        note=step.note,
        contradiction=step.contradiction,
        place=step.place,
    )
