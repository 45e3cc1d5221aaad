"""Why a country stands where it does on a day: the chain behind one answer.

What would have turned the answer is worked out by replaying the scenario without one entry.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.recorded import (
    RecordedEntry,
    StateActs,
    acts_data,
    recorded_entries,
    start_data,
    state_data,
)
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading, exact_day
from recognition_model.core.evidence import Attestation, Voice
from recognition_model.core.position import Position
from recognition_model.core.scenario import Scenario, Start
from recognition_model.core.stages import State
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.refusals import Refusal, next_acts
from recognition_model.engine.replay import replay as run
from recognition_model.engine.rules import RULES, RuleTable


@frozen(kw_only=True, repr=False)
class Link(Readable):
    """A change that leads to the answer; `surely` on or before the day, in every reading."""

    entry: RecordedEntry
    change: Change
    surely: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain data, and whether it surely lies on or before the day."""
        return {**self.entry.to_dict(), "surely": self.surely}

    def __str__(self) -> str:
        return str(self.change)


@frozen(kw_only=True, repr=False)
class Without(Readable):
    """The answer that the scenario would give for the day without one entry.

    `turns` says whether its states or its basis differ. `refused` are the later acts, up to the
    day, that the rules would then refuse.
    """

    entry: RecordedEntry
    position: Position
    turns: bool
    refused: tuple[RecordedEntry, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the entry left out and the answer without it as plain data."""
        return {
            "line": self.entry.line,
            "what": self.entry.label,
            "date": self.entry.step.date.text,
            "turns": self.turns,
            "words": self.position.in_words(),
            "standings": [state_data(state) for state in self.position.states],
            "basis": self.position.basis.value if self.position.basis else None,
            "refused": [entry.line for entry in self.refused],
        }

    def __str__(self) -> str:
        return f"without {self.entry}: {self.position}"


@frozen(kw_only=True, repr=False)
class Why(Readable):
    """The chain behind the answer for one day.

    `links` are the changes that lead to the answer, in order. `heard` are the other entries that
    count towards its basis, `set_aside` those that the replay did not take, `undated` those that
    may lie after the day; `later` counts the rest. `without` gives the answer without each link,
    and without the last entry heard. `acts` lists every act, open or closed, for each state that
    is possible on the day.
    """

    replay: Replay
    dates: DateReading
    position: Position
    links: tuple[Link, ...]
    heard: tuple[RecordedEntry, ...]
    set_aside: tuple[RecordedEntry, ...]
    undated: tuple[RecordedEntry, ...]
    later: int
    without: tuple[Without, ...]
    acts: StateActs
    rules: RuleTable

    @property
    def country(self) -> str:
        return self.replay.country

    @property
    def day(self) -> date:
        return self.position.day

    @property
    def start(self) -> Start:
        return self.replay.scenario.start

    @property
    def last_heard(self) -> RecordedEntry | None:
        """The last entry that counts on or before the day; None if it is the start, or none."""
        last = self.position.last_entry
        told = [*(link.entry for link in self.links), *self.heard, *self.set_aside]
        return next((entry for entry in told if last and entry.in_basis is last), None)

    def official(self, refusal: Refusal) -> State | None:
        """The state to which an official voice would have led; None if more was unmet.

        While the country itself disputes the act, no voice suffices.
        """
        denied = any(not e.supports and e.voice is Voice.HOST for e in refusal.step.evidence)
        rule = self.rules.taking(refusal.state, refusal.act, Attestation.OFFICIAL)
        return rule.move(refusal.state) if rule and not denied else None

    def to_dict(self) -> dict[str, Any]:
        """Return the whole chain as plain data."""
        return {
            "format": "recognition-why/1",
            "country": self.country,
            "name": name_of(self.country),
            "file": self.replay.scenario.file,
            "known_by": self.replay.known_by.isoformat() if self.replay.known_by else None,
            "dates": self.dates,
            **self.position.to_dict(),
            "start": start_data(self.start),
            "links": [link.to_dict() for link in self.links],
            "heard": [entry.to_dict() for entry in self.heard],
            "set_aside": [self._set_aside(entry) for entry in self.set_aside],
            "undated": [entry.to_dict() for entry in self.undated],
            "later": self.later,
            "not_yet_public": self.replay.not_yet_public,
            "without": [one.to_dict() for one in self.without],
            "acts": acts_data(self.acts),
        }

    def _set_aside(self, entry: RecordedEntry) -> dict[str, Any]:
        outcome = entry.outcome
        state = self.official(outcome) if isinstance(outcome, Refusal) else None
        return {**entry.to_dict(), "on_official_voice": state_data(state) if state else None}

    def __str__(self) -> str:
        changes = plural(len(self.links), "change", "changes")
        return f"{self.country} on {self.day}: {self.position}; {changes}"


def why(
    replay: Replay | Scenario,
    on: date | str | None = None,
    *,
    known_by: date | str | None = None,
    dates: DateReading = "all",
    rules: RuleTable = RULES,
) -> Why:
    """Give the chain behind the answer for a day, by default the last documented one.

    Takes a scenario, or its replay as `replay` returns it; `known_by` is for a scenario. `rules` is
    the table that the replay used. Raises `DateError` if a day is not a single day, `TypeError` for
    anything else than a scenario or replay, and for `known_by` with a replay.
    """
    if isinstance(replay, Scenario):
        replay = run(replay, known_by=known_by, rules=rules)
    elif not isinstance(replay, Replay):
        raise TypeError(f"why takes a Replay or a Scenario, not {replay!r}")
    elif known_by is not None:
        raise TypeError("known_by is for a scenario; a replay has it already")
    seen = replay.read(dates)
    history = seen.history
    position = history.on(history.documented_until if on is None else exact_day(on))
    entries = recorded_entries(seen)
    changed = [entry for entry in entries if isinstance(entry.outcome, Change)]
    leading = history.spells.index(position.spells[-1]) if position.spells else 0
    links = tuple(
        Link(entry=entry, change=change, surely=latest <= position.day.toordinal())
        for entry, change, (_, latest) in zip(
            changed[:leading], history.changes, history.bounds[1:], strict=False
        )
    )
    others = [entry for entry in entries if not isinstance(entry.outcome, Change)]
    aside = [e for e in others if e.set_aside and e.earliest <= position.day]
    counting = [e for e in others if e.counts_from is not None and e not in aside]
    heard = [e for e in counting if e.counts_from and e.counts_from <= position.day]
    undated = [e for e in counting if e not in heard and e.earliest <= position.day]
    last = [e for e in others if e.in_basis and e.in_basis is position.last_entry]
    known = [*links, *aside, *heard, *undated]
    return Why(
        replay=seen,
        dates=dates,
        position=position,
        links=links,
        heard=tuple(heard),
        set_aside=tuple(aside),
        undated=tuple(undated),
        later=len(entries) - len(known),
        without=tuple(
            _without(replay, entry, position, dates, rules) for entry in [*changed[:leading], *last]
        ),
        acts=tuple((state, next_acts(state, rules)) for state in position.states),
        rules=rules,
    )


def _without(
    replay: Replay,
    entry: RecordedEntry,
    position: Position,
    dates: DateReading,
    rules: RuleTable,
) -> Without:
    """Replay a scenario without one entry."""
    at = replay.numbers.index(entry.number)
    scenario = replay.scenario
    steps = scenario.timeline
    fewer = evolve(scenario, timeline=steps[:at] + steps[at + 1 :])
    numbers = replay.numbers[:at] + replay.numbers[at + 1 :]
    again = evolve(run(fewer, rules=rules, invariants=()), numbers=numbers)
    other = again.read(dates).history.on(position.day)
    before = {one.number for one in recorded_entries(replay) if isinstance(one.outcome, Refusal)}
    refused = [
        one
        for one in recorded_entries(again)
        if isinstance(one.outcome, Refusal)
        and one.number not in before
        and one.earliest <= position.day
    ]
    return Without(
        entry=entry,
        position=other,
        turns=_gist(other) != _gist(position),
        refused=tuple(refused),
    )


def _gist(position: Position) -> tuple[object, ...]:
    return position.begun, position.states, position.basis
