"""What happened in a window of time, and what became known in it, with before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.asked import Record, last_days, scenarios_of
from recognition_model.analysis.deeds import change_in_words
from recognition_model.analysis.recorded import recorded_entries
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import When, closed, day_of, nearest_day
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Evidence, strongest_first
from recognition_model.core.organisations import kind_of
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import State
from recognition_model.core.windows import InWindow, Window
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable

ONE_DAY = timedelta(days=1)


@frozen(kw_only=True, repr=False)
class Turn(Readable):
    """A change of stage or ban: what was before, what was after.

    `in_window` is `perhaps` if the dates leave open whether it falls into the days asked about.

    `before_assumed` says that the state before is that of an assumed start, and that nothing
    attests a stage until the change.

    In a list of what became known, `known_on` is the first day on which the public record had the
    change. `was` is what the record of the day before the window had instead: None if it lacked
    the change, else the same act with another before and after. `gone` marks a change that the
    record had then and has no more.
    """

    country: str
    change: Change
    before_assumed: bool = False
    in_window: InWindow = "surely"
    known_on: date | None = None
    was: Turn | None = None
    gone: bool = False

    @property
    def date(self) -> When:
        return self.change.date

    @property
    def before(self) -> State:
        return self.change.before

    @property
    def after(self) -> State:
        return self.change.after

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of the act, strongest first."""
        return strongest_first(self.change.evidence)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as one item of `happened` or `became_known`."""
        data = {
            "date": self.date.text,
            "country": self.country,
            "name": name_of(self.country),
            "kind": kind_of(self.country).value,
            **self._states(),
            "act": self.change.act.value,
            "rule": self.change.rule,
            "what": change_in_words(self.change),
            "attestation": self.change.attestation.value,
            "sources": list(dict.fromkeys(item.source.id for item in self.evidence)),
            "in_window": self.in_window,
            "file": self.change.place.file,
            "line": self.change.place.line,
        }
        if self.known_on is not None:
            data["known_on"] = self.known_on.isoformat()
            data["was"] = self.was._states() if self.was else None
            data["gone"] = self.gone
        return data

    def _states(self) -> dict[str, Any]:
        return {
            "before": self.before.stage.value,
            "after": self.after.stage.value,
            "ban_before": self.before.ban.value,
            "ban_after": self.after.ban.value,
            "before_assumed": self.before_assumed,
        }

    def __str__(self) -> str:
        return f"{self.date} {self.country}: {change_in_words(self.change)}"


@frozen(kw_only=True, repr=False)
class Turns(Readable):
    """What happened in a window, and what became known in it.

    `last_days` gives for every country the last day that was looked at: the end of its data, or of
    a later search. `findings` are those of the replay of the record as it is now.
    """

    since: date
    until: date | None
    happened: tuple[Turn, ...]
    became_known: tuple[Turn, ...]
    last_days: tuple[tuple[str, date], ...]
    findings: tuple[Finding, ...] = ()

    @property
    def end(self) -> date | None:
        """The last day of the window: `until`, or the last day that any data cover.

        If all data end before the window begins, it is the first day of the window.
        """
        days = [day for _, day in self.last_days]
        return self.until or (max(self.since, *days) if days else None)

    @property
    def ended(self) -> tuple[str, ...]:
        """Countries whose data, and searches, end before the window does."""
        return tuple(code for code, day in self.last_days if self.end and day < self.end)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: `recognition-changes/1`."""
        return {
            "format": "recognition-changes/1",
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "happened": [turn.to_dict() for turn in self.happened],
            "became_known": [turn.to_dict() for turn in self.became_known],
            "ended": list(self.ended),
        }

    def __str__(self) -> str:
        counts = f"{len(self.happened)} happened, {len(self.became_known)} became known"
        return f"since {self.since}: {counts}"


def changes(
    record: Record,
    since: date | str,
    until: date | str | None = None,
    *,
    known_by: date | str | None = None,
    rules: RuleTable = RULES,
) -> Turns:
    """List what happened between two days, and what became known between them.

    `record` is a `Folder`, or scenarios, or replays of whole scenarios, which are replayed anew.
    *Happened*: every change of stage or ban dated in the window, as the record is now. *Became
    known*: every change, whatever its date, that the public record of `until` has and that of the
    day before `since` had not, or had with another before or after; and every change that it has
    no more. Evidence counts once its source was surely public. Without `until`, the window is open.
    With `known_by`, *now* is that day.

    `since` and `until` may be texts such as `2025` or `2025-12`. Raises `DateError` for anything
    else, `ValueError` if the window ends before it begins.
    """
    first = day_of(since, "first")
    last = None if until is None else day_of(until, "last")
    window = Window(first, last)
    happened: list[tuple[int, Turn]] = []
    became_known: list[Turn] = []
    findings: list[Finding] = []
    scenarios = []
    for scenario in scenarios_of(record):
        whole = replay(scenario, known_by=known_by, rules=rules)
        happened += _happened(whole, window)
        findings += whole.findings
        scenarios.append(scenario.known_by(known_by) if known_by else scenario)
        became_known += _became_known(scenarios[-1], first, last, rules)
    return Turns(
        since=first,
        until=last,
        happened=tuple(turn for _, turn in sorted(happened, key=_by_first_day)),
        became_known=tuple(sorted(became_known, key=_by_day_known)),
        last_days=last_days(scenarios),
        findings=tuple(findings),
    )


def _by_first_day(dated: tuple[int, Turn]) -> tuple[int, str, int]:
    earliest, turn = dated
    return earliest, name_of(turn.country), turn.change.place.line


def _by_day_known(turn: Turn) -> tuple[date, tuple[int, str, int]]:
    return turn.known_on or date.max, _by_first_day((turn.date.earliest.toordinal(), turn))


def _turns(known: Replay) -> Iterator[tuple[int, Turn]]:
    """Yield every change of a replay with the number of its entry."""
    history = known.history
    bounds = iter(history.bounds[1:])
    for number, change in zip(known.numbers, known.outcomes, strict=True):
        if not isinstance(change, Change):
            continue
        earliest, _ = next(bounds)
        first = change is history.changes[0]
        assumed = first and history.attested.start_assumed(earliest - 1)
        if change.before != change.after:
            turn = Turn(country=known.country, change=change, before_assumed=assumed)
            yield number, turn


def _happened(whole: Replay, window: Window) -> Iterator[tuple[int, Turn]]:
    """Yield the changes that may lie in a window, each with the first day on which it can."""
    entries = {entry.number: entry for entry in recorded_entries(whole)}
    for number, turn in _turns(whole):
        earliest = entries[number].earliest.toordinal()
        where = window.holds(earliest, entries[number].latest.toordinal())
        if where is not None:
            yield earliest, evolve(turn, in_window=where)


# --- what became known ---------------------------------------------------------------------------

Known = Mapping[int, Turn]
"""The changes of a replay by the numbers of their entries in the file."""
Pair = tuple[State, State]
"""Before and after."""


def _known(scenario: Scenario, by: date, rules: RuleTable) -> Known:
    known = replay(scenario, known_by=by, rules=rules)
    return dict(_turns(known))


def _became_known(
    scenario: Scenario, since: date, until: date | None, rules: RuleTable
) -> Iterator[Turn]:
    eve = since - ONE_DAY if since > date.min else None
    old = _known(scenario, eve, rules) if eve else {}
    new = _known(scenario, until or date.max, rules)
    turned = [n for n in sorted(old.keys() | new.keys()) if _pair(old, n) != _pair(new, n)]
    if not turned:
        return
    sooner = _known(_public_at_the_earliest(scenario), eve, rules) if eve else {}
    news = _News(scenario, since, until, rules)
    for number in turned:
        wanted = _pair(new, number)
        early = eve is not None and _pair(sooner, number) == wanted
        yield evolve(
            new[number] if wanted else old[number],
            in_window="perhaps" if early else "surely",
            known_on=news.first_day(number, wanted),
            was=old.get(number) if wanted else None,
            gone=wanted is None,
        )


def _pair(known: Known, number: int) -> Pair | None:
    """Before and after of the change that an entry makes; None if it makes none."""
    return (known[number].before, known[number].after) if number in known else None


class _News:
    """The days of a window on which the public record of a country can have turned."""

    def __init__(
        self, scenario: Scenario, since: date, until: date | None, rules: RuleTable
    ) -> None:
        dated = (step.date.earliest for step in scenario.timeline)
        public = (e.source.public.latest for step in scenario.timeline for e in step.evidence)
        days = {closed(day) for day in (*dated, *public)} - {None}
        self.days = sorted(day for day in days if day and since <= day <= (until or date.max))
        self._known_on = cache(lambda day: _known(scenario, day, rules))

    def first_day(self, number: int, wanted: Pair | None) -> date | None:
        """The first day on which an entry makes a change; for None, on which it makes none."""
        return next((d for d in self.days if _pair(self._known_on(d), number) == wanted), None)


def _public_at_the_earliest(scenario: Scenario) -> Scenario:
    """The scenario with every source public on the first day on which it can have been."""
    steps = (evolve(step, evidence=_sooner(step.evidence)) for step in scenario.timeline)
    return evolve(scenario, timeline=tuple(steps))


def _sooner(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(
        evolve(item, source=evolve(item.source, public=When.of(nearest_day(day))))
        for item in evidence
        for day in [item.source.public.earliest]
    )
