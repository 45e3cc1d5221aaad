"""What a scenario said on every day on which more of it became public.

A replay for each of these days would take the square of their number. The versions share what they
have in common: an entry is cut once for each day on which more of its evidence became public, an
act is tried once from each state, and what a day leaves alone is not run again. Nothing is checked,
so there are no findings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import compress
from itertools import count as count_from

from attrs import define, evolve, field, frozen

from recognition_model.core.basis import Entry
from recognition_model.core.changes import Change, entry_of
from recognition_model.core.dates import OpenEnd, closed
from recognition_model.core.history import History
from recognition_model.core.scenario import (
    ActStep,
    Assertion,
    RefuseStep,
    Scenario,
    SignalStep,
    StatusStep,
    Step,
)
from recognition_model.core.stages import STATES, State, number_of
from recognition_model.engine.outcomes import (
    Replay,
    entry_of_start,
    entry_of_step,
    host_speaks,
)
from recognition_model.engine.replay import change_by, history_of, machine_of
from recognition_model.engine.rules import RULES, RuleTable


@frozen(kw_only=True, eq=False)
class Version:
    """A history, and the numbers in the file of its entries and of its changes.

    The start has the number 0.
    """

    history: History
    numbers: tuple[int, ...]
    changed: tuple[int, ...]

    @classmethod
    def of(cls, replay: Replay) -> Version:
        """The version that a replay gives."""
        replayed = [*zip(replay.numbers, replay.outcomes, strict=True)]
        return cls(
            history=replay.history,
            numbers=(0, *(n for n, outcome in replayed if not isinstance(outcome, ActStep))),
            changed=tuple(n for n, outcome in replayed if isinstance(outcome, Change)),
        )


def known_versions(
    scenario: Scenario, until: date | None = None, rules: RuleTable = RULES
) -> list[tuple[date, Version]]:
    """List every version that was ever known, with the first day on which it was, up to `until`.

    Consecutive versions with the same changes and the same entries count as one. Each is what
    `replay` gives for that day. Equal changes and entries of several versions are one object.
    """
    more = _more_on(scenario)
    record = _Record(scenario, rules)
    versions: list[tuple[date, Version]] = []
    for day in sorted(more):
        if until is not None and day > until:
            break
        for at in more[day]:
            step = scenario.timeline[at].known_by(day)
            record.known[at] = _Known(step) if step and not _is_deprecated(step) else None
        version = record.version(scenario.with_timeline_cut_at(day, ()), more[day])
        if not versions or _says(versions[-1][1]) != _says(version):
            versions.append((day, version))
    return versions


def _more_on(scenario: Scenario) -> dict[date, set[int]]:
    """The days on which more was known, with the indices of the entries of which it was."""
    ends: dict[date | OpenEnd, set[int]] = defaultdict(set)
    for item in scenario.start.evidence:
        ends.setdefault(item.source.public.latest, set())
    for at, step in enumerate(scenario.timeline):
        ends[step.date.earliest].add(at)
        for item in step.evidence:
            ends[item.source.public.latest].add(at)
    known = {day: some for end, some in ends.items() if (day := closed(end))}
    return known | {date.min: set(range(len(scenario.timeline)))}


def _is_deprecated(step: Step) -> bool:
    return isinstance(step, ActStep) and step.deprecated


def _says(version: Version) -> tuple[object, ...]:
    return version.history.changes, version.history.entries


@define(eq=False)
class _Known:
    """An entry as known for some time, with what became of it before."""

    step: Step
    _taken: dict[State, tuple[Change, Entry] | None] = field(init=False, factory=dict)
    _refused: dict[State, bool] = field(init=False, factory=dict)
    _unmoved: dict[bool, Entry] = field(init=False, factory=dict)

    def taken(self, act: ActStep, state: State, rules: RuleTable) -> tuple[Change, Entry] | None:
        """The change that the act makes in a state, also as an entry; None if it is refused."""
        if state not in self._taken:
            relationship = machine_of(rules).relationship(state)
            rule = relationship.attempt(act.act, act.attestation)
            change = rule and change_by(rule, act, state, relationship.current)
            self._taken[state] = (change, entry_of(change)) if change else None
        return self._taken[state]

    def as_expected(self, step: RefuseStep, state: State, rules: RuleTable) -> bool:
        """Whether the rules refuse it in a state for the reason given, and the host speaks."""
        if state not in self._refused:
            reasons = rules.reasons(state, step.refuse, step.attestation)
            self._refused[state] = step.because in reasons and host_speaks(step)
        return self._refused[state]

    def unmoved(self, *, counts: bool) -> Entry:
        """It as an entry that changed nothing."""
        if counts not in self._unmoved:
            self._unmoved[counts] = entry_of_step(self.step, counts=counts)
        return self._unmoved[counts]


class _Record:
    """The entries as known by one day after another, run through a rule table.

    What a day leaves alone is kept: what came of the entries before the first that it changes, and
    of those after the last from where the state is again what it was.
    """

    def __init__(self, scenario: Scenario, rules: RuleTable) -> None:
        count = len(scenario.timeline)
        self.known: list[_Known | None] = [None] * count
        self._rules = rules
        self._states = [scenario.start.state] * (count + 1)  # before each entry
        self._entries: list[Entry | None] = [None] * count
        self._changes: list[Change | None] = [None] * count
        self._statuses: dict[int, tuple[_Known, StatusStep]] = {}
        self._numbers: tuple[int, ...] = ()
        self._changed: tuple[int, ...] = ()

    def version(self, head: Scenario, anew: Collection[int]) -> Version:
        """Give the version of a day. `anew` are the indices of the entries that it changes.

        `head` is the scenario that day without its entries.
        """
        count = len(self.known)
        first, last = min(anew, default=count), max(anew, default=count)
        state = self._states[first]
        for at in range(first, count):
            if at > last and state == self._states[at]:
                break
            self._states[at] = state
            state = self._run(at, state)
        history = history_of(head, filter(None, self._changes))
        if self._statuses:
            possible = _Possible(history)
            for at, (one, step) in self._statuses.items():
                self._entries[at] = one.unmoved(counts=possible(step))
        entries = (entry_of_start(head.start), *filter(None, self._entries))
        self._numbers = _kept(self._numbers, (0, *compress(count_from(1), self._entries)))
        self._changed = _kept(self._changed, tuple(compress(count_from(1), self._changes)))
        return Version(
            history=evolve(history, entries=entries), numbers=self._numbers, changed=self._changed
        )

    def _run(self, at: int, state: State) -> State:
        """Run one entry from a state; give the state after it."""
        one = self.known[at]
        self._entries[at] = self._changes[at] = None
        if one is None:
            return state
        step = one.step
        if isinstance(step, ActStep) and (taken := one.taken(step, state, self._rules)):
            self._changes[at], self._entries[at] = taken
            return taken[0].after
        if isinstance(step, StatusStep):
            self._statuses[at] = one, step
        elif isinstance(step, RefuseStep):
            counts = one.as_expected(step, state, self._rules)
            self._entries[at] = one.unmoved(counts=counts)
        else:
            self._entries[at] = one.unmoved(counts=isinstance(step, SignalStep))
        return state


def _kept(before: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers of a version; those of the version before if they are the same."""
    return before if before == now else now


class _Possible:
    """Says of statuses whether they hold in some reading, as `History.held` does of one."""

    def __init__(self, history: History) -> None:
        states = [history.start, *(change.after for change in history.changes)]
        self._states = [number_of(state) for state in states]
        self._earliest, self._latest = zip(*history.bounds, strict=True)
        self._wanted: dict[Assertion, frozenset[int]] = {}

    def __call__(self, step: StatusStep) -> bool:
        wanted = self._wanted.get(step.status)
        if wanted is None:
            wanted = frozenset(n for n, state in enumerate(STATES) if step.status.holds(state))
            self._wanted[step.status] = wanted
        # A state stands from its first day to that of the next one, which it shares with it.
        first = bisect_left(self._latest, step.date.earliest.toordinal(), lo=1) - 1
        last = bisect_right(self._earliest, step.date.latest.toordinal())
        return not wanted.isdisjoint(self._states[first:last])
