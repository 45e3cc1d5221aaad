"""The nearest legal record: 1 to 3 ms for a shipped file. Replay loads this only on a refusal.

This is an alignment in the sense of process mining (Adriansyah, 2014): the fewest acts to insert or
leave out so that a rule permits every act. The cost is the number of such acts. Among the
alignments of least cost, those that agree with the most statuses and expected refusals win; ties go
to the one whose insertions have the most possible days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from attrs import evolve, frozen

from recognition_model.core.base import Readable
from recognition_model.core.dates import OPEN_END, OPEN_START, OpenEnd, When, closed
from recognition_model.core.evidence import Attestation
from recognition_model.core.scenario import ActStep, RefuseStep, Start, StatusStep, Step
from recognition_model.core.stages import STATES, Act, State
from recognition_model.engine.rules import Rule, RuleTable

MAX_TIE_WORK = 5000  # steps compared to break ties; enough for every script of a usual record
MAX_EDITS_SHOWN = 3


@frozen(kw_only=True, repr=False)
class Insert(Readable):
    """An act that a source would have to document, and the rule that would take it.

    It falls on some day from `earliest` to `latest`. `after` and `before` are the dates of the
    entries that bound it; `OPEN_START` and `OPEN_END` mark an open side.
    """

    rule: Rule
    after: When
    before: When
    earliest: date | OpenEnd
    latest: date | OpenEnd

    @property
    def act(self) -> Act:
        return self.rule.act

    @property
    def room(self) -> int:
        """Number of days it could fall on; 1 if a side is open."""
        first, last = closed(self.earliest), closed(self.latest)
        return 1 if first is None or last is None else (last - first).days + 1

    def meets(self, later: Insert) -> bool:
        """Whether `later` is for the same rule and its range starts within this one."""
        return self.rule is later.rule and self.earliest <= later.earliest <= self.latest

    def to_dict(self) -> dict[str, Any]:
        """The insertion as plain data."""
        return {
            "insert": self.act.value,
            "rule": self.rule.code,
            "earliest": None if isinstance(self.earliest, OpenEnd) else self.earliest.isoformat(),
            "latest": None if isinstance(self.latest, OpenEnd) else self.latest.isoformat(),
        }

    def __str__(self) -> str:
        text = f"with a documented {self.act} ({self.rule.code})"
        if self.earliest == self.latest:
            return f"{text} on {self.earliest}"
        first, last = _edge(self.after, self.earliest), _edge(self.before, self.latest)
        if self.earliest is OPEN_START:
            return f"{text} by {last}"
        if self.latest is OPEN_END:
            return f"{text} from {first} on"
        return f"{text} between {first} and {last}"


@frozen(repr=False)
class LeaveOut(Readable):
    """An act of the file that the nearest legal record does not have."""

    step: ActStep

    def to_dict(self) -> dict[str, Any]:
        """The act left out as plain data."""
        return {
            "leave_out": self.step.act.value,
            "date": self.step.date.text,
            "line": self.step.place.line,
        }

    def __str__(self) -> str:
        line = f" (line {self.step.place.line})" if self.step.place.line else ""
        return f"without the {self.step.act} {self.step.date}{line}"


Edit = Insert | LeaveOut


@frozen(repr=False)
class Alignment(Readable):
    """The edits that make a scenario legal, in file order; empty if it is legal already."""

    edits: tuple[Edit, ...]

    @property
    def cost(self) -> int:
        """Number of acts inserted or left out."""
        return len(self.edits)

    def leaves_out_alone(self, step: ActStep) -> bool:
        """Whether its only edit is to leave out this act."""
        return self.edits == (LeaveOut(step),)

    def to_dict(self) -> dict[str, Any]:
        """The cost and the edits as plain data."""
        return {"cost": self.cost, "edits": [edit.to_dict() for edit in self.edits]}

    def __str__(self) -> str:
        more = self.cost - MAX_EDITS_SHOWN
        parts = [str(edit) for edit in self.edits[:MAX_EDITS_SHOWN]]
        if more > 0:
            parts.append(f"{more} more edit{'s' if more > 1 else ''}")
        return f"nearest legal record: {', and '.join(parts)}"


def align(
    table: RuleTable, start: Start, steps: Iterable[Step], documented_until: date
) -> Alignment:
    """Align a scenario's steps with a rule table. The cost is 0 if no act is refused."""
    marks = [step for step in steps if _counts(step)]
    search = _Search(table, marks, start.state)
    bounds = start.date, When.of(documented_until)
    scripts = islice(search.scripts(), MAX_TIE_WORK // (len(marks) + 1) + 1)
    found = _merge_ranges(search.edits(script, *bounds) for script in scripts)
    return Alignment(max(found, key=_room))


def _merge_ranges(found: Iterable[tuple[Edit, ...]]) -> list[tuple[Edit, ...]]:
    """Merge neighbouring alignments that are a single insertion of one rule in adjoining ranges."""
    joined: list[tuple[Edit, ...]] = []
    for edits in found:
        last = joined[-1] if joined else ()
        if len(edits) == len(last) == 1:
            (one,), (other,) = last, edits
            if isinstance(one, Insert) and isinstance(other, Insert) and one.meets(other):
                joined[-1] = (evolve(one, before=other.before, latest=other.latest),)
                continue
        joined.append(edits)
    return joined


def _counts(step: Step) -> bool:
    """Whether a step can be refused, or can disagree with the record."""
    if isinstance(step, ActStep):
        return not step.deprecated
    return isinstance(step, StatusStep | RefuseStep)


def _room(edits: tuple[Edit, ...]) -> int:
    return sum(edit.room for edit in edits if isinstance(edit, Insert))


def _edge(when: When, day: date | OpenEnd) -> str:
    """`when` as the file writes it, or `day` if it is an interval."""
    return str(day) if ".." in when.text else when.text


class _Deed(NamedTuple):
    """One step of a script: a mark kept or left out, or a rule's act inserted."""

    mark: Step | None = None
    kept: bool = True
    rule: Rule | None = None


class _Way(NamedTuple):
    """A linked list of deeds: the last deed, the state before it, and the way to that state."""

    there: _Way | None
    before: State
    deed: _Deed


_Script = tuple[_Deed, ...]
_Cost = tuple[int, int]  # edits; statuses and expected refusals it disagrees with


class _Search:
    """Least costs from every position and state to the end, and the scripts that reach them.

    `marks` are the steps that can be refused or disagree; a script is a sequence of deeds.
    """

    def __init__(self, table: RuleTable, marks: Sequence[Step], start: State) -> None:
        self.table = table
        self.marks = marks
        self.start = start
        self.inserts = {
            state: [
                rule
                for act in Act
                if act is not Act.LAPSE  # no party's act: it has a day of its own
                and (rule := table.taking(state, act, Attestation.OFFICIAL)) is not None
            ]
            for state in STATES
        }
        # A status holds if any state of its day meets it. If an act may fall on that day too, the
        # status does not tell which state holds at its position in the file.
        acts = [mark.date for mark in marks if isinstance(mark, ActStep)]
        self.settled = {
            id(mark)
            for mark in marks
            if isinstance(mark, StatusStep) and not any(_may_meet(mark.date, day) for day in acts)
        }
        self.to_go = self._to_go()

    def do(self, deed: _Deed, state: State) -> tuple[State, int] | None:
        """The state after a deed, and 1 if it disagrees or 0; None if no rule permits it."""
        rule, mark = deed.rule, deed.mark
        if rule is not None:
            taken = rule in self.inserts[state]
            return (rule.move(state), 0) if taken else None
        if not deed.kept:
            return state, 0
        if isinstance(mark, ActStep):
            rule = self.table.taking(state, mark.act, mark.attestation)
            return None if rule is None else (rule.move(state), 0)
        if isinstance(mark, StatusStep) and id(mark) in self.settled:
            return state, int(not mark.status.holds(state))
        if isinstance(mark, RefuseStep):
            reasons = self.table.reasons(state, mark.refuse, mark.attestation)
            return state, int(mark.because not in reasons)
        return state, 0

    def _deeds(self, mark: Step) -> list[_Deed]:
        """The deeds possible for a mark: keep it or, for an act, leave it out."""
        return (
            [_Deed(mark), _Deed(mark, kept=False)] if isinstance(mark, ActStep) else [_Deed(mark)]
        )

    def _to_go(self) -> list[dict[State, _Cost]]:
        """The least cost from before each mark to the end, for every state; computed backwards."""
        costs = [self._with_inserts(dict.fromkeys(self.inserts, (0, 0)))]
        for mark in reversed(self.marks):
            later = costs[-1]
            here: dict[State, _Cost] = {}
            for state in self.inserts:
                ways = []
                for deed in self._deeds(mark):
                    done = self.do(deed, state)
                    if done is not None:
                        edits, against = later[done[0]]
                        ways.append((edits + (not deed.kept), against + done[1]))
                here[state] = min(ways)
            costs.append(self._with_inserts(here))
        return costs[::-1]

    def _with_inserts(self, costs: dict[State, _Cost]) -> dict[State, _Cost]:
        """Lower the costs of states from which it is cheaper to insert acts first."""
        changed = True
        while changed:
            changed = False
            for state, rules in self.inserts.items():
                for rule in rules:
                    edits, against = costs[rule.move(state)]
                    if (edits + 1, against) < costs[state]:
                        costs[state] = (edits + 1, against)
                        changed = True
        return costs

    def scripts(self) -> Iterator[_Script]:
        """Yield every script of least cost.

        Of scripts that differ only in the place of an insertion, yield only one.
        """
        stack: list[tuple[int, State, _Way | None]] = [(0, self.start, None)]
        while stack:
            at, state, way = stack.pop()
            edits, against = self.to_go[at][state]
            if at == len(self.marks) and edits == 0:
                yield _script(way)
                continue
            deeds = [_Deed(rule=rule) for rule in self.inserts[state]]
            deeds += self._deeds(self.marks[at]) if at < len(self.marks) else []
            for deed in reversed(deeds):
                done = self.do(deed, state)
                if done is None:
                    continue
                then = at if deed.rule else at + 1
                left = edits - (deed.rule is not None or not deed.kept), against - done[1]
                if self.to_go[then][done[0]] != left:
                    continue
                if way and deed.rule and self._swaps(way.deed, deed, way.before):
                    continue  # another script has the same insertion earlier
                stack.append((then, done[0], _Way(way, state, deed)))

    def _swaps(self, first: _Deed, second: _Deed, state: State) -> bool:
        """Whether an insertion and its neighbour can swap without changing the result."""
        if first.rule is not None and second.rule is not None:
            return False
        one, other = self._in_turn(first, second, state), self._in_turn(second, first, state)
        return one is not None and one == other

    def _in_turn(self, first: _Deed, second: _Deed, state: State) -> tuple[State, int] | None:
        """As `do`, for two deeds one after the other."""
        done = self.do(first, state)
        then = None if done is None else self.do(second, done[0])
        return None if done is None or then is None else (then[0], done[1] + then[1])

    def edits(self, script: _Script, begins: When, ends: When) -> tuple[Edit, ...]:
        """The edits of a script, each insertion with the widest range of days it could fall on."""
        states = [self.start]
        for deed in script:
            done = self.do(deed, states[-1])
            states.append(done[0] if done else states[-1])
        earlier, later = _bounds(script, begins, ends)
        edits: list[Edit] = []
        for at, deed in enumerate(script):
            if deed.rule is not None:
                # `scripts` puts every insertion as early as possible, so only later can be wider.
                high, state = at, states[at]
                while high + 1 < len(script) and self._swaps(deed, script[high + 1], state):
                    high += 1
                    done = self.do(script[high], state)
                    state = done[0] if done else state
                edits.append(_insert(deed.rule, earlier[at], later[high + 1]))
            elif not deed.kept and isinstance(deed.mark, ActStep):
                edits.append(LeaveOut(deed.mark))
        return tuple(edits)


def _script(way: _Way | None) -> _Script:
    deeds = []
    while way is not None:
        deeds.append(way.deed)
        way = way.there
    return tuple(reversed(deeds))


def _may_meet(one: When, other: When) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _bounds(script: _Script, begins: When, ends: When) -> tuple[list[When], list[When]]:
    """For each place of a script, the latest of the dates before it and the earliest after it."""
    dates = [deed.mark.date if deed.kept and deed.mark else None for deed in script]
    earlier, later = [begins], [ends]
    for date_ in dates:
        last = earlier[-1]
        earlier.append(date_ if date_ and date_.earliest > last.earliest else last)
    for date_ in reversed(dates):
        last = later[-1]
        # Of several dates that end on one day, the first in the file is named.
        nearer = date_ and (
            date_.latest < last.latest or (last is not ends and date_.latest == last.latest)
        )
        later.append(date_ if date_ and nearer else last)
    return earlier, later[::-1]


def _insert(rule: Rule, after: When, before: When) -> Insert:
    latest = max(after.earliest, before.latest)
    return Insert(rule=rule, after=after, before=before, earliest=after.earliest, latest=latest)
