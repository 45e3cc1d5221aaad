"""Everything a rule table can do: all states, acts and attestations, breadth first.

The table is small enough to know everything about it, so nothing here is sampled. A first answer
found is a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.dates import When
from recognition_model.core.evidence import Attestation, Bearing, Evidence, Voice, attestation_of
from recognition_model.core.history import Change, History
from recognition_model.core.stages import Act, Ban, Reason, Stage, State
from recognition_model.engine.counterexamples import an_item
from recognition_model.engine.monitors import Invariant, Seen
from recognition_model.engine.rules import Rule, RuleTable

NO_RELATIONS = State(Stage.HOSTILE, Ban.NONE)
MOST_STATES = 2000
_DAY = When.parse("2024-05-01")  # every act of a proof has one date, so that none matters


@frozen(repr=False)
class Move(Readable):
    """One act tried from a state, and the rule that took it, or None."""

    before: State
    act: Act
    attestation: Attestation
    rule: Rule | None

    @property
    def after(self) -> State:
        """Where it leads; where it started, if refused."""
        return self.rule.move(self.before) if self.rule else self.before

    def __str__(self) -> str:
        return f"{self.act} ({self.attestation})"


Path = tuple[Move, ...]
Memories = tuple[Hashable, ...]
Wrong = tuple[tuple[Invariant, str], ...]


def moves(table: RuleTable, state: State) -> Iterator[Move]:
    """Every act on every attestation, tried from a state."""
    for act, attestation in product(Act, Attestation):
        yield Move(state, act, attestation, table.taking(state, act, attestation))


def reachable(table: RuleTable, start: State = NO_RELATIONS) -> dict[State, Path]:
    """Every state that acts can lead to, nearest first, with a shortest way there."""
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
    """Rules that never fire, whatever is done."""
    firing = {move.rule for state in reachable(table, start) for move in moves(table, state)}
    return tuple(rule for rule in table if rule not in firing)


@frozen(kw_only=True, repr=False)
class Difference(Readable):
    """The shortest sequence of acts at whose end two tables part: `way`, then `one` or `other`.

    Where both refuse the act, `because` and `otherwise` are the reasons that they give.
    """

    way: Path
    one: Move
    other: Move
    because: frozenset[Reason] = frozenset()
    otherwise: frozenset[Reason] = frozenset()

    @property
    def moves(self) -> bool:
        """Whether they part in what is permitted, and not only in why something is not."""
        return self.one.rule is not None or self.other.rule is not None

    def __str__(self) -> str:
        done = ", ".join(str(move.act) for move in self.way)
        return f"{done or 'from the start'}; then {self.one}"


def first_difference(
    one: RuleTable, other: RuleTable, start: State = NO_RELATIONS
) -> Difference | None:
    """Where two tables part, or None: then nothing that is done tells them apart.

    In what they permit, if in that; else in the reasons that they give for refusing.
    """
    # Nearest first, so that until they part one's ways are those of the other.
    tried = [
        (way, a, b)
        for state, way in reachable(one, start).items()
        for a, b in zip(moves(one, state), moves(other, state), strict=True)
    ]
    for way, a, b in tried:
        if a.after != b.after or (a.rule is None) is not (b.rule is None):
            return Difference(way=way, one=a, other=b)
    told = (
        Difference(
            way=way,
            one=a,
            other=b,
            because=one.reasons(a.before, a.act, a.attestation),
            otherwise=other.reasons(b.before, b.act, b.attestation),
        )
        for way, a, b in tried
    )
    parting = [found for found in told if found.because != found.otherwise]
    return min(parting, key=lambda found: (len(found.way), len(found.because)), default=None)


# --- invariants over all sequences ----------------------------------------------------------------


@cache
def voice_sets() -> Mapping[Attestation, tuple[tuple[Evidence, ...], ...]]:
    """All 256 sets of voices for and against an act, by what they amount to, fewest first."""
    voices = [an_item(voice, bearing) for voice, bearing in product(Voice, Bearing)]
    sets = [few for size in range(len(voices) + 1) for few in combinations(voices, size)]
    return {
        level: tuple(few for few in sets if attestation_of(few) is level) for level in Attestation
    }


@cache
def _changes(move: Move) -> tuple[Change, ...]:
    """A move that a rule took, once for every set of voices that amounts to its attestation."""
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
    """A shortest sequence of acts, permitted by the table, that breaks an invariant."""

    invariant: Invariant
    start: State
    changes: tuple[Change, ...]
    message: str

    def history(self) -> History:
        """The same as a history, which breaks the invariant."""
        return History(
            country="AFG",
            start=self.start,
            begins=_DAY,
            changes=self.changes,
            documented_until=date.max,
        )

    def __str__(self) -> str:
        acts = ", ".join(f"{change.act} ({_told_by(change)})" for change in self.changes)
        return f"{acts or f'start {self.start}'}: {self.message}"


def _told_by(change: Change) -> str:
    voices = [f"{e.voice}{'' if e.supports else ' denies'}" for e in change.evidence]
    return ", ".join(voices) or "nobody"


@frozen(kw_only=True)
class Explored:
    """What a table's exploration with monitors found: `states` of state and memories, and the
    invariants refuted, each by a shortest counterexample."""

    states: int
    refuted: Mapping[str, Counterexample]


class Monitors:
    """The monitors of invariants, run side by side. What one change does to one set of memories is
    worked out once, however many tables are explored."""

    def __init__(self, invariants: Iterable[Invariant]) -> None:
        self.watched = tuple((p, p.monitor) for p in invariants if p.monitor is not None)
        self._known: dict[tuple[Memories, int], tuple[Memories, Wrong]] = {}

    def begin(self, start: State) -> tuple[Memories, Wrong]:
        """The first memories, and what is wrong with the start."""
        return self._apart([(p, monitor.begins(start)) for p, monitor in self.watched])

    def after(self, memories: Memories, change: Change) -> tuple[Memories, Wrong]:
        """The next memories, and what is wrong with a change. It must be one of `_changes`."""
        key = memories, id(change)  # `_changes` keeps it alive
        if key not in self._known:
            seen = [
                (p, monitor.after(memory, change))
                for (p, monitor), memory in zip(self.watched, memories, strict=True)
            ]
            self._known[key] = self._apart(seen)
        return self._known[key]

    def _apart(self, seen: Sequence[tuple[Invariant, Seen]]) -> tuple[Memories, Wrong]:
        memories = tuple(memory for _, (memory, _) in seen)
        return memories, tuple((invariant, wrong) for invariant, (_, wrong) in seen if wrong)

    def largest_memory(self, states: Iterable[Memories]) -> Invariant:
        """The invariant with the most different memories."""
        counts = [len(set(each)) for each in zip(*states, strict=True)]
        return self.watched[counts.index(max(counts))][0]


def explore(
    table: RuleTable,
    invariants: Iterable[Invariant] | Monitors,
    start: State = NO_RELATIONS,
) -> Explored:
    """Hold invariants with a monitor against every sequence of acts from `start`.

    The table and all monitors are run together, breadth first, until no new pair of state and
    memories comes; every set of voices behind an attestation is tried. Raises `ValueError` where
    the memories of all invariants together take too many values, as when one remembers ever more.
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
            forgetful = monitors.largest_memory(memories for _, memories in ways)
            many = f"more than {MOST_STATES:,} pairs of state and memories"
            raise ValueError(f"{many}: {forgetful} remembers too much to be proven")
    return Explored(states=len(ways), refuted=refuted)
