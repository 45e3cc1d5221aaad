"""One scenario under every combination of rule tables and of evidence believed, on arrays.

A *belief* says which evidence counts. Evidence that does not is left out, and an entry that had
evidence and has none left is left out with it. What the acts then amount to is run through every
table at once; equal results are kept only once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.core.base import Readable
from recognition_model.core.evidence import VOICE_ATTESTS, Attestation, Evidence, Voice
from recognition_model.core.scenario import ActStep, RefuseStep, Scenario
from recognition_model.core.stages import STATES, Act, Reason, State
from recognition_model.engine.batch import REFUSED, Compiled
from recognition_model.engine.rules import RuleTable
from recognition_model.engine.sequences import Bytes, Sequences, symbol_of

Deed = ActStep | RefuseStep
Flags = NDArray[np.bool_]
_NOT_TAKEN = 255


@frozen
class Grade:
    """A grade of evidence: a reliability from A to F and a credibility from 1 to 6."""

    reliability: str
    credibility: int

    @classmethod
    def parse(cls, text: str) -> Grade:
        """Parse a grade such as `B2`. Raises `ValueError` for anything else."""
        letter, digit = text[:1].upper(), text[1:]
        if letter not in tuple("ABCDEF") or digit not in tuple("123456"):
            raise ValueError(f"a grade is a letter A to F and a digit 1 to 6, not {text!r}")
        return cls(letter, int(digit))

    def admits(self, item: Evidence) -> bool:
        """Whether evidence has this grade or a better one, in both its parts."""
        reliability = item.source.reliability.value
        return reliability <= self.reliability and item.credibility <= self.credibility

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


@frozen(kw_only=True)
class Beliefs:
    """What may be believed: the options of every choice, in the order of the arrays' axes.

    `voices` and `grades` are the weakest that count. `tried` says whether reports that the file
    refuses because they are not attested are tried as acts. `without` are the sources left out, of
    which None leaves out none.
    """

    tables: Sequence[RuleTable]
    voices: Sequence[Voice] = (Voice.PRESS,)
    grades: Sequence[Grade] = (Grade("F", 6),)
    tried: Sequence[bool] = (False,)
    without: Sequence[str | None] = (None,)

    @property
    def shape(self) -> tuple[int, ...]:
        options = (self.tables, self.voices, self.grades, self.tried, self.without)
        return tuple(map(len, options))


@frozen(kw_only=True, repr=False, eq=False)
class Taken(Readable):
    """Which deeds of a scenario the rules take under every belief, and the states after them.

    `courses` are the different results: each the places in `deeds` of those taken, with the state
    after each. `which` has the number of the course, by table, voice, grade, whether refused
    reports are tried, and source left out.
    """

    deeds: tuple[Deed, ...]
    courses: tuple[tuple[tuple[int, State], ...], ...]
    which: NDArray[np.intp]

    def __str__(self) -> str:
        return f"{len(self.deeds)} deeds, {len(self.courses)} courses of {self.which.size} beliefs"


def deeds_of(scenario: Scenario) -> tuple[Deed, ...]:
    """The acts of a scenario, and the reports that it refuses because they are not attested."""
    return tuple(
        step
        for step in scenario.timeline
        if (isinstance(step, ActStep) and not step.deprecated)
        or (isinstance(step, RefuseStep) and step.because is Reason.NOT_ATTESTED)
    )


def act_of(deed: Deed) -> Act:
    """The act that a deed is, or that a report says it was."""
    return deed.act if isinstance(deed, ActStep) else deed.refuse


def in_doubt(deed: Deed) -> bool:
    """Whether the evidence of a deed may be believed or not: that of a lapse always counts."""
    return act_of(deed) is not Act.LAPSE


def taken(scenario: Scenario, beliefs: Beliefs) -> Taken:
    """Run a scenario through every table under every belief."""
    deeds = deeds_of(scenario)
    symbols, there = _symbols(deeds, beliefs)
    count = len(deeds)
    rows = prod(beliefs.shape[1:])
    flat, kept = symbols.reshape(rows, count), there.reshape(rows, count)
    offsets = np.append(0, np.cumsum(kept.sum(axis=1)))
    sequences = Sequences(flat[kept], offsets)
    after = np.full((len(beliefs.tables), *flat.shape), _NOT_TAKEN, np.uint8)
    for table, mine in zip(beliefs.tables, after, strict=True):
        trace = compiled(table).trace(sequences, scenario.start.state)
        mine[kept] = np.where(trace.outcomes < REFUSED, trace.states, _NOT_TAKEN)
    courses, which = _distinct(after.reshape(len(after) * rows, count))
    return Taken(
        deeds=deeds,
        courses=tuple(
            tuple((at, STATES[state]) for at, state in enumerate(row) if state != _NOT_TAKEN)
            for row in courses.tolist()
        ),
        which=which.reshape(beliefs.shape),
    )


@lru_cache(maxsize=64)
def compiled(table: RuleTable) -> Compiled:
    """The compiled table, made once."""
    return Compiled(table)


def _distinct(rows: Bytes) -> tuple[Bytes, NDArray[np.intp]]:
    """The different rows, in the order in which they first come, and which one each row is."""
    if not rows.shape[1]:
        return rows[:1], np.zeros(len(rows), np.intp)
    found, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    return found[order], place[which.reshape(-1)]


def _symbols(deeds: Sequence[Deed], beliefs: Beliefs) -> tuple[Bytes, Flags]:
    """The symbol of every deed, and whether it is there, by voice, grade, tried and source."""
    shape = (*beliefs.shape[1:], len(deeds))
    symbols, there = np.zeros(shape, np.uint8), np.ones(shape, np.bool_)
    kept_out = ~np.array(beliefs.tried, np.bool_)
    for at, deed in enumerate(deeds):
        levels, left = _attested(deed, beliefs)
        by_level = [symbol_of(act_of(deed), level) for level in Attestation]
        symbols[..., at] = np.array(by_level, np.uint8)[levels][:, :, np.newaxis]
        there[..., at] = left[:, :, np.newaxis]
        if isinstance(deed, RefuseStep):
            there[:, :, kept_out, :, at] = False
    return symbols, there


def _attested(deed: Deed, beliefs: Beliefs) -> tuple[NDArray[np.intp], Flags]:
    """What its evidence amounts to, and whether any is left, by voice, grade and source."""
    evidence = deed.evidence
    shape = len(beliefs.voices), len(beliefs.grades), len(beliefs.without)
    levels = np.zeros(shape, np.intp)
    disputed, left = np.zeros(shape, np.bool_), np.full(shape, not evidence)
    if not in_doubt(deed):
        return np.full(shape, deed.attestation.rank), np.ones(shape, np.bool_)
    for item in evidence:
        voice = np.array([item.voice <= weakest for weakest in beliefs.voices])
        grade = np.array([weakest.admits(item) for weakest in beliefs.grades])
        source = np.array([item.source.id != name for name in beliefs.without])
        counts = voice[:, None, None] & grade[:, None] & source
        left |= counts
        if item.supports:
            levels = np.maximum(levels, counts * VOICE_ATTESTS[item.voice].rank)
        elif item.voice is Voice.HOST:
            disputed |= counts
    levels[disputed] = Attestation.NONE.rank
    return levels, left
