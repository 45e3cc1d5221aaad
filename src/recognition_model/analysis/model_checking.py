"""Exhaustive search of a rule table: all states, acts and attestations, breadth first.

The table is small, so nothing is sampled. The first path found to a state is a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.dates import When
from recognition_model.core.evidence import Attestation, Bearing, Evidence, Voice, attestation_of
from recognition_model.core.history import History
from recognition_model.core.stages import Act, Ban, Reason, Stage, State
from recognition_model.engine.counterexamples import an_item
from recognition_model.engine.monitors import Invariant, Seen
from recognition_model.engine.rules import Rule, RuleTable

NO_RELATIONS = State(Stage.HOSTILE, Ban.NONE)
MOST_STATES = 2000
_DAY = When.parse("2024-05-01")  # all acts of a proof have the same date, so dates play no role


@frozen(repr=False)
class Move(Readable):
    """One act tried from a state, and the rule that permits it, or None."""

    before: State
    act: Act
    attestation: Attestation
    rule: Rule | None

    @property
    def after(self) -> State:
        """State after the act; the state before it, if refused."""
        return self.rule.move(self.before) if self.rule else self.before

    def __str__(self) -> str:
        return f"{self.act} ({self.attestation})"


Path = tuple[Move, ...]
Memories = tuple[Hashable, ...]
Wrong = tuple[tuple[Invariant, str], ...]


def moves(table: RuleTable, state: State, acts: Iterable[Act] = Act) -> Iterator[Move]:
    """Try every act, or some, with every attestation from a state."""
    for act, attestation in product(acts, Attestation):
        yield Move(state, act, attestation, table.taking(state, act, attestation))


def reachable(table: RuleTable, start: State = NO_RELATIONS) -> dict[State, Path]:
    """Find every reachable state, nearest first, each with a shortest path to it."""
    ways: dict[State, Path] = {start: ()}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        for move in moves(table, state):
            if move.after not in ways:
                ways[move.after] = (*ways[state], move)
                queue.append(move.after)
    return ways


def dead(table: RuleTable, start: State = NO_RELATIONS) -> tuple[Rule, ...]:
    """Find the rules that can never fire."""
    firing = {move.rule for state in reachable(table, start) for move in moves(table, state)}
    return tuple(rule for rule in table if rule not in firing)


@frozen(kw_only=True, repr=False)
class Difference(Readable):
    """Shortest sequence of acts after which two tables differ: `way`, then `one` or `other`.

    If both refuse the act, `because` and `otherwise` are the reasons they give.
    """

    way: Path
    one: Move
    other: Move
    because: frozenset[Reason] = frozenset()
    otherwise: frozenset[Reason] = frozenset()

    @property
    def moves(self) -> bool:
        """Whether they differ in what they permit, not only in the reasons for a refusal."""
        return self.one.rule is not None or self.other.rule is not None

    def __str__(self) -> str:
        done = ", ".join(str(move.act) for move in self.way)
        return f"{done or 'from the start'}; then {self.one}"


def first_difference(
    one: RuleTable, other: RuleTable, start: State = NO_RELATIONS
) -> Difference | None:
    """Find the first difference between two tables; None if they are equivalent.

    A difference in what they permit comes before one in the reasons for a refusal.
    """
    # Acts with the same rules are permitted and refused alike.
    acts = [act for act in Act if one.of(act) != other.of(act)]
    # States come nearest first, so both tables share their paths up to the first difference.
    tried = [
        (way, a, b)
        for state, way in reachable(one, start).items()
        for a, b in zip(moves(one, state, acts), moves(other, state, acts), strict=True)
    ]
    for way, a, b in tried:
        if a.after != b.after or (a.rule is None) is not (b.rule is None):
            return Difference(way=way, one=a, other=b)
    candidates = (
        Difference(
            way=way,
            one=a,
            other=b,
            because=one.reasons(a.before, a.act, a.attestation),
            otherwise=other.reasons(b.before, b.act, b.attestation),
        )
        for way, a, b in tried
    )
    differing = [found for found in candidates if found.because != found.otherwise]
    return min(differing, key=lambda found: (len(found.way), len(found.because)), default=None)


# --- invariants over all sequences ----------------------------------------------------------------


@cache
def voice_sets() -> Mapping[Attestation, tuple[tuple[Evidence, ...], ...]]:
    """Group all 256 sets of voices for and against an act by attestation, smallest first."""
    voices = [an_item(voice, bearing) for voice, bearing in product(Voice, Bearing)]
    sets = [few for size in range(len(voices) + 1) for few in combinations(voices, size)]
    return {
        level: tuple(few for few in sets if attestation_of(few) is level) for level in Attestation
    }


@cache
def _changes(move: Move) -> tuple[Change, ...]:
    """Build the change of a permitted move, once for every set of voices with its attestation."""
    return tuple(
        Change(
            date=_DAY,
            act=move.act,
            rule=move.rule.code if move.rule else "",
            before=move.before,
            after=move.after,
            attestation=move.attestation,
            evidence=evidence,
        )
        for evidence in voice_sets()[move.attestation]
    )


@frozen(kw_only=True, repr=False)
class Counterexample(Readable):
    """A shortest sequence of permitted acts that breaks an invariant."""

    invariant: Invariant
    start: State
    changes: tuple[Change, ...]
    message: str

    def history(self) -> History:
        """Build the history that breaks the invariant."""
        return History(
            country="AFG",
            start=self.start,
            begins=_DAY,
            changes=self.changes,
            documented_until=date.max,
        )

    def __str__(self) -> str:
        acts = ", ".join(f"{change.act} ({_voices(change)})" for change in self.changes)
        return f"{acts or f'start {self.start}'}: {self.message}"


def _voices(change: Change) -> str:
    voices = [f"{e.voice}{'' if e.supports else ' denies'}" for e in change.evidence]
    return ", ".join(voices) or "no voice"


@frozen(kw_only=True)
class Explored:
    """Result of exploring a table with monitors.

    `states` counts pairs of state and memories. `refuted` gives each broken invariant a shortest
    counterexample.
    """

    states: int
    refuted: Mapping[str, Counterexample]


class Monitors:
    """Monitors of invariants, run in parallel.

    The effect of a change on a set of memories is computed once, for any number of tables.
    """

    def __init__(self, invariants: Iterable[Invariant]) -> None:
        self.watched = tuple((p, p.monitor) for p in invariants if p.monitor is not None)
        self._known: dict[tuple[Memories, int], tuple[Memories, Wrong]] = {}

    def begin(self, start: State) -> tuple[Memories, Wrong]:
        """Give the first memories, and what is wrong with the start."""
        return self._split([(p, monitor.begins(start)) for p, monitor in self.watched])

    def after(self, memories: Memories, change: Change) -> tuple[Memories, Wrong]:
        """Give the next memories, and what is wrong with a change (which must be of `_changes`)."""
        key = memories, id(change)  # `_changes` keeps it alive
        if key not in self._known:
            seen = [
                (p, monitor.after(memory, change))
                for (p, monitor), memory in zip(self.watched, memories, strict=True)
            ]
            self._known[key] = self._split(seen)
        return self._known[key]

    def _split(self, seen: Sequence[tuple[Invariant, Seen]]) -> tuple[Memories, Wrong]:
        memories = tuple(memory for _, (memory, _) in seen)
        return memories, tuple((invariant, wrong) for invariant, (_, wrong) in seen if wrong)

    def largest_memory(self, states: Iterable[Memories]) -> Invariant:
        """Find the invariant with the most distinct memories."""
        counts = [len(set(each)) for each in zip(*states, strict=True)]
        return self.watched[counts.index(max(counts))][0]


def explore(
    table: RuleTable,
    invariants: Iterable[Invariant] | Monitors,
    start: State = NO_RELATIONS,
) -> Explored:
    """Check invariants with a monitor over every sequence of acts from `start`.

    The table and all monitors run together, breadth first, until no new pair of state and
    memories appears. Every set of voices for an attestation is tried. Raises `ValueError` if the
    memories of all invariants together take more than `MOST_STATES` values.
    """
    monitors = invariants if isinstance(invariants, Monitors) else Monitors(invariants)
    memories, wrong = monitors.begin(start)
    refuted = {
        invariant.code: Counterexample(
            invariant=invariant, start=start, changes=(), message=message
        )
        for invariant, message in wrong
    }
    ways: dict[tuple[State, Memories], tuple[Change, ...]] = {(start, memories): ()}
    queue = deque(ways)
    while queue:
        node = queue.popleft()
        state, memories = node
        for move in moves(table, state):
            for change in _changes(move) if move.rule else ():
                then, wrong = monitors.after(memories, change)
                following = (move.after, then)
                if following in ways and not wrong:
                    continue
                way = (*ways[node], change)
                for invariant, message in wrong:
                    if invariant.code not in refuted:
                        refuted[invariant.code] = Counterexample(
                            invariant=invariant, start=start, changes=way, message=message
                        )
                if following not in ways:
                    ways[following] = way
                    queue.append(following)
        if len(ways) > MOST_STATES:
            largest = monitors.largest_memory(memories for _, memories in ways)
            raise ValueError(
                f"monitor of {largest} has too many states to explore"
                f" (limit {MOST_STATES:,} pairs of state and memories)"
            )
    return Explored(states=len(ways), refuted=refuted)
