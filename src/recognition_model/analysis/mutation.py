"""Mutation testing of the rule table: one cell changed at a time, and what detects the change.

A mutant is equivalent if no sequence of acts distinguishes it from the table; the search decides.
Any other mutant should be refused by the table's own checks, break an invariant, or give an error
when some record is replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from attrs import evolve, frozen

from recognition_model.analysis import claims as collective_claims
from recognition_model.analysis.model_checking import (
    Difference,
    Monitors,
    explore,
    first_difference,
)
from recognition_model.core.base import Readable, Renamed
from recognition_model.core.changes import Change
from recognition_model.core.diagnostics import Finding, Place
from recognition_model.core.evidence import Attestation
from recognition_model.core.folder import Folder
from recognition_model.core.stages import Act, Ban, Reason, Stage, State
from recognition_model.engine.outcomes import Replay, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import ANY_BAN, Rule, RuleTable, RuleTableError


@frozen(kw_only=True, repr=False)
class Mutant(Readable):
    """The table with one cell of one rule changed, or with one rule removed.

    `table` is None if `RuleTable` refuses the change; `refused` then gives the reason.
    """

    rule: Rule
    cell: str
    change: str
    table: RuleTable | None
    refused: str = ""

    @property
    def id(self) -> str:
        """Identifier, as `R04 before +hostile`."""
        return f"{self.rule.code} {self.cell} {self.change}"

    def __str__(self) -> str:
        return self.id


class Kind(Enum):
    """What detects a mutant."""

    TABLE = "the table"
    INVARIANT = "invariant"
    ACT = "act"
    STATUS = "status"
    REFUSAL = "expected refusal"
    CLAIM = "claim"


_KIND_OF_FINDING = {
    "RM501": Kind.ACT,
    "RM502": Kind.ACT,
    "RM651": Kind.STATUS,
    "RM653": Kind.REFUSAL,
    "RM654": Kind.REFUSAL,
    "RM661": Kind.CLAIM,
}


@frozen(kw_only=True, repr=False)
class Detection(Readable):
    """What detects a mutant; `where` is an invariant's code or a place in a file."""

    kind: Kind
    where: str = ""
    message: str
    told = Renamed("message")

    def to_dict(self) -> dict[str, str]:
        return {"kind": self.kind.value, "where": self.where, "told": self.message}

    def __str__(self) -> str:
        return " ".join(filter(None, [self.kind.value, self.where]))


@frozen(kw_only=True, repr=False)
class MutantResult(Readable):
    """Result of a mutant. `difference` is None if no sequence of acts shows one."""

    mutant: Mutant
    difference: Difference | None = None
    killers: tuple[Detection, ...] = ()

    @property
    def equivalent(self) -> bool:
        return not self.killers and self.difference is None

    @property
    def survives(self) -> bool:
        return not self.killers and self.difference is not None

    @property
    def question(self) -> str:
        """The scenario entry that would kill the mutant; empty if it is equivalent."""
        if self.difference is None:
            return ""
        one, other = self.difference.one, self.difference.other
        done = ", ".join(str(move.act) for move in self.difference.way) or "nothing"
        here = f"on {one.attestation} evidence at {one.before} (after {done})"
        if not self.difference.moves:
            because, otherwise = map(_reasons, (self.difference.because, self.difference.otherwise))
            entry = f"a `refuse: {one.act}` because of {because} {here}"
            return f"{entry}; the mutant refuses it for {otherwise}"
        if one.rule is None:
            return f"a `refuse: {one.act}` {here}; the mutant permits it and leads to {other.after}"
        then = "refuses it" if other.rule is None else f"leads to {other.after}"
        return f"an `act: {one.act}` {here}, to {one.after}; the mutant {then}"

    def to_dict(self) -> dict[str, Any]:
        return {
            "mutant": self.mutant.id,
            "rule": self.mutant.rule.code,
            "cell": self.mutant.cell,
            "change": self.mutant.change,
            "equivalent": self.equivalent,
            "killers": [killer.to_dict() for killer in self.killers],
            "question": self.question if self.survives else "",
        }

    def __str__(self) -> str:
        if self.equivalent:
            return f"{self.mutant}: equivalent"
        by = ", ".join(map(str, self.killers))
        return f"{self.mutant}: killed by {by}" if by else f"{self.mutant}: survives"


def _reasons(reasons: Iterable[Reason]) -> str:
    return " and ".join(map(str, sorted(reasons)))


def mutants(table: RuleTable) -> Iterator[Mutant]:
    """Yield every mutant: one cell of one rule changed, or one rule removed."""
    for rule in table:
        for cell, change, value in _cells(rule):
            yield _mutant(table, rule, cell, change, (evolve(rule, **value),))
        yield _mutant(table, rule, "rule", "removed", ())


def _mutant(
    table: RuleTable, rule: Rule, cell: str, change: str, instead: tuple[Rule, ...]
) -> Mutant:
    rules = [r for one in table for r in (instead if one is rule else (one,))]
    try:
        changed, refused = evolve(table, rules=rules), ""
    except RuleTableError as error:
        changed, refused = None, str(error)
    return Mutant(rule=rule, cell=cell, change=change, table=changed, refused=refused)


def _cells(rule: Rule) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (cell, change, new value) for every change of one cell."""
    for stage in Stage:
        if stage in rule.before:
            fewer = tuple(one for one in rule.before if one is not stage)
            yield "before", f"-{stage}", {"before": fewer}
        else:
            yield "before", f"+{stage}", {"before": (*rule.before, stage)}
    for stage in Stage:
        if stage is not rule.after:
            yield "after", str(stage), {"after": stage}
    known = {rule.ban_must_be}
    conditions = [("dropped", ANY_BAN), ("inverted", ANY_BAN - rule.ban_must_be)]
    for ban in Ban:
        sign = "-" if ban in rule.ban_must_be else "+"
        conditions.append((f"{sign}{ban}", rule.ban_must_be ^ {ban}))
    for change, bans in conditions:
        if bans not in known:
            known.add(bans)
            yield "ban_must_be", change, {"ban_must_be": bans}
    for becomes in (None, *Ban):
        if becomes is not rule.ban_becomes:
            yield "ban_becomes", str(becomes or "same"), {"ban_becomes": becomes}
    for level in Attestation:
        if abs(level.rank - rule.needs.rank) == 1:
            yield "needs", str(level), {"needs": level}


def run_mutants(table: RuleTable, folder: Folder, monitors: Monitors) -> tuple[MutantResult, ...]:
    """Run every mutant and list everything that detects it.

    An entry that has an error under the original table detects nothing by an error of that kind.
    """
    record = _Record(table, folder)
    return tuple(_result(table, mutant, record, monitors) for mutant in mutants(table))


def _result(table: RuleTable, mutant: Mutant, record: _Record, monitors: Monitors) -> MutantResult:
    if mutant.table is None:
        return MutantResult(
            mutant=mutant, killers=(Detection(kind=Kind.TABLE, message=mutant.refused),)
        )
    difference = first_difference(table, mutant.table)
    if difference is None:
        return MutantResult(mutant=mutant)
    refuted = explore(mutant.table, monitors).refuted if difference.moves else {}
    killers = [
        Detection(kind=Kind.INVARIANT, where=code, message=str(example))
        for code, example in sorted(refuted.items())
    ]
    return MutantResult(
        mutant=mutant,
        difference=difference,
        killers=(*killers, *record.detections(mutant.table)),
    )


Question: TypeAlias = tuple[State, Act, Attestation]
"""What a replay asks a table: does an act so attested change this state, and into which?"""


class _Record:
    """A record under its own table, and what mutants of the table make of it.

    A scenario is replayed again only by a table that answers one of its questions differently.
    """

    def __init__(self, table: RuleTable, folder: Folder) -> None:
        self.folder = folder
        self.replays = [
            replay(one, rules=table, invariants=(), nearest=False) for one in folder.scenarios
        ]
        self.answers = [
            {question: _answer(table, question) for question in _questions(one)}
            for one in self.replays
        ]
        self.known = {_key(found) for found in errors(folder, self.replays)}

    def detections(self, table: RuleTable) -> list[Detection]:
        """The errors that only this table causes. Broken invariants are found by the search."""
        replays = [
            known
            if all(_answer(table, question) == answer for question, answer in answers.items())
            else replay(known.scenario, rules=table, invariants=(), nearest=False)
            for known, answers in zip(self.replays, self.answers, strict=True)
        ]
        return [
            Detection(
                kind=_KIND_OF_FINDING[found.code],
                where=f"{Path(found.place.file).name}:{found.place.line}",
                message=found.message,
            )
            for found in errors(self.folder, replays)
            if found.code in _KIND_OF_FINDING and _key(found) not in self.known
        ]


def _key(found: Finding) -> tuple[Kind | None, Place]:
    return _KIND_OF_FINDING.get(found.code), found.place


def _questions(replayed: Replay) -> Iterator[Question]:
    state = replayed.scenario.start.state
    for outcome in replayed.outcomes:
        if isinstance(outcome, Change):
            yield state, outcome.act, outcome.attestation
            state = outcome.after
        elif isinstance(outcome, Refusal):
            yield state, outcome.act, outcome.step.attestation
        elif isinstance(outcome, UnexpectedlyPermitted):
            yield state, outcome.step.refuse, outcome.step.attestation


def _answer(table: RuleTable, question: Question) -> State | frozenset[Reason]:
    """The state that an act leads to, or why it is refused."""
    rule = table.taking(*question)
    return rule.move(question[0]) if rule else table.reasons(*question)


def errors(folder: Folder, replays: Sequence[Replay]) -> list[Finding]:
    """List the errors of the replays of a folder, including those of collective claims."""
    found = [one for replayed in replays for one in replayed.findings]
    for claims in folder.collectives:
        for check in collective_claims.check(claims, replays):
            found += check.findings
    return [one for one in found if one.is_error]


def killed_by_invariant(found: Iterable[MutantResult]) -> Mapping[str, tuple[MutantResult, ...]]:
    """Group the mutants that break an invariant by its code."""
    by_code: dict[str, list[MutantResult]] = {}
    for result in found:
        for killer in result.killers:
            if killer.kind is Kind.INVARIANT:
                by_code.setdefault(killer.where, []).append(result)
    return {code: tuple(killed) for code, killed in by_code.items()}
