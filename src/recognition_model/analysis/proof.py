"""Proof of a rule table: invariants, reachable states, dead rules, and surviving mutants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from recognition_model.analysis.known_gaps import GAPS
from recognition_model.analysis.model_checking import (
    Counterexample,
    Monitors,
    Path,
    dead,
    explore,
    reachable,
)
from recognition_model.analysis.mutation import (
    MutantResult,
    errors,
    killed_by_invariant,
    run_mutants,
)
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Attestation
from recognition_model.core.folder import Folder
from recognition_model.core.stages import Act, Stage, State
from recognition_model.engine.invariants import INVARIANTS, Invariant
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, Rule, RuleTable
from recognition_model.io.loader import load_folder


@frozen(kw_only=True, repr=False)
class InvariantResult(Readable):
    """An invariant over all sequences of acts; if broken, `refuted` is a shortest counterexample.

    `broken_in` lists the mutants of the table that break it. An invariant without a monitor
    concerns dates and cannot be proven here.
    """

    invariant: Invariant
    refuted: Counterexample | None = None
    broken_in: tuple[MutantResult, ...] = ()

    @property
    def proven(self) -> bool:
        return self.invariant.monitor is not None and self.refuted is None

    @property
    def vacuous(self) -> bool:
        """Whether the rules should keep it, but no mutant of the rules breaks it."""
        watched = self.invariant.monitor is not None and self.invariant.kept_by_rules
        return watched and not self.broken_in and self.refuted is None

    def __str__(self) -> str:
        return f"{self.invariant}: {'proven' if self.proven else self.refuted or 'not provable'}"


@frozen(kw_only=True, repr=False)
class Proof(Readable):
    """Result of `prove`.

    `firings` lists the record's changes by rule. `states` counts the pairs of state and memories
    over which the invariants were checked. `strays` are countries whose record starts from an
    unreachable state.
    """

    table: RuleTable
    countries: tuple[str, ...]
    ways: Mapping[State, Path]
    states: int
    dead: tuple[Rule, ...]
    invariants: tuple[InvariantResult, ...]
    firings: Mapping[str, tuple[tuple[str, Change], ...]]
    reached: Mapping[Stage, tuple[str, ...]]
    strays: tuple[str, ...] = ()
    mutants: tuple[MutantResult, ...]
    gaps: Mapping[str, str]
    record_errors: tuple[Finding, ...] = ()

    @property
    def cases(self) -> int:
        """Number of cases tried: reachable states times acts times attestations."""
        return len(self.ways) * len(Act) * len(Attestation)

    @property
    def unreachable(self) -> tuple[Stage, ...]:
        """Stages that no sequence of acts reaches."""
        there = {state.stage for state in self.ways}
        return tuple(stage for stage in Stage if stage not in there)

    @property
    def survivors(self) -> tuple[MutantResult, ...]:
        """Mutants that survive and are not listed as known gaps."""
        return tuple(f for f in self.mutants if f.survives and f.mutant.id not in self.gaps)

    @property
    def open_gaps(self) -> tuple[MutantResult, ...]:
        """Mutants that survive and are listed as known gaps."""
        return tuple(f for f in self.mutants if f.survives and f.mutant.id in self.gaps)

    @property
    def stale_gaps(self) -> tuple[str, ...]:
        """Known gaps whose mutant is killed or does not exist."""
        there = {result.mutant.id for result in self.open_gaps}
        return tuple(gap for gap in self.gaps if gap not in there)

    def without_a_case(self, rule: Rule) -> bool:
        """Test whether a known gap explains why the rule never fires in the record."""
        return f"{rule.code} rule removed" in self.gaps

    @property
    def shortcomings(self) -> tuple[str, ...]:
        """Problems found, one sentence each; empty if there are none."""
        return tuple(self._shortcomings())

    @property
    def ok(self) -> bool:
        return not self.shortcomings

    def _shortcomings(self) -> Iterator[str]:
        for found in self.record_errors:
            yield f"the record has an error: {found}"
        for country in self.strays:
            yield f"the record of {country} starts from an unreachable state"
        for stage in self.unreachable:
            yield f"no sequence of acts reaches the stage {stage}"
        for rule in self.dead:
            yield f"{rule} can never fire"
        for result in self.invariants:
            if result.refuted is not None:
                yield f"{result.invariant} is broken: {result.refuted}"
            if result.vacuous:
                yield f"{result.invariant}: no mutant of the table breaks it"
        for rule in self.table:
            if not self.firings[rule.code] and not self.without_a_case(rule):
                yield f"{rule} fires in no scenario"
        for stage, countries in self.reached.items():
            if not countries:
                yield f"no scenario reaches the stage {stage}"
        for survivor in self.survivors:
            yield (
                f"mutant survived: {survivor.mutant}."
                f" A scenario that would catch it: {survivor.question}"
            )
        for gap in self.stale_gaps:
            yield f"stale entry in known gaps: {gap} is killed or unknown; remove it"

    def to_dict(self) -> dict[str, Any]:
        """Convert to plain data, as `prove --format json` prints it."""
        return {
            "format": "recognition-proof/1",
            "cases": self.cases,
            "reachable": [
                {
                    "stage": state.stage.value,
                    "ban": state.ban.value,
                    "acts": [
                        {"act": move.act.value, "attestation": move.attestation.value}
                        for move in way
                    ],
                }
                for state, way in self.ways.items()
            ],
            "unreachable": [stage.value for stage in self.unreachable],
            "dead": [rule.code for rule in self.dead],
            "states": self.states,
            "always": [
                {
                    "code": result.invariant.code,
                    "name": result.invariant.name,
                    "proven": result.proven if result.invariant.monitor else None,
                    "counterexample": str(result.refuted) if result.refuted else None,
                    "broken_in": [broken.mutant.id for broken in result.broken_in],
                    "kept_by_rules": result.invariant.kept_by_rules,
                }
                for result in self.invariants
            ],
            "sometimes": {
                "rules": {
                    code: [{"country": c, "date": change.date.text} for c, change in fired]
                    for code, fired in self.firings.items()
                },
                "stages": {stage.value: list(there) for stage, there in self.reached.items()},
            },
            "mutants": [
                {**result.to_dict(), "gap": self.gaps.get(result.mutant.id)}
                for result in self.mutants
            ],
            "shortcomings": list(self.shortcomings),
        }

    def __str__(self) -> str:
        killed = sum(bool(result.killers) for result in self.mutants)
        return (
            f"{len(self.ways)} states, {sum(p.proven for p in self.invariants)} invariants proven,"
            f" {killed} of {len(self.mutants)} mutants killed,"
            f" {len(self.shortcomings)} shortcomings"
        )


def prove(
    rules: RuleTable = RULES,
    folder: Folder | None = None,
    invariants: Sequence[Invariant] | None = None,
    gaps: Mapping[str, str] | None = None,
) -> Proof:
    """Prove a rule table: explore it, and run its mutants against the record and the invariants.

    Defaults are the shipped table, record, invariants and known gaps; of another table only those
    gaps that it has too. An invariant that the table switches off is not proven, and one that the
    table itself breaks detects no mutant. Raises `ValueError` for a table without rules, a folder
    without scenarios, or no invariants.
    """
    folder = load_folder() if folder is None else folder
    every = INVARIANTS if invariants is None else invariants
    invariants = tuple(one for one in every if one.code not in rules.off)
    for what, given in (
        ("rules", rules),
        ("scenarios", folder.scenarios),
        ("invariants", invariants),
    ):
        if not len(given):
            raise ValueError(f"there are no {what}: nothing would be proven")
    monitors = Monitors(invariants)
    ways = reachable(rules)
    explored = explore(rules, monitors)
    kept = tuple(one for one in invariants if one.code not in explored.refuted)
    found = run_mutants(rules, folder, Monitors(kept))
    broken_in = killed_by_invariant(found)
    if gaps is None:
        survive = {one.mutant.id for one in found if one.survives}
        gaps = GAPS if rules == RULES else {id_: GAPS[id_] for id_ in GAPS if id_ in survive}
    replays = [replay(scenario, rules=rules) for scenario in folder.scenarios]
    changes = [(r.country, change) for r in replays for change in r.changes]
    return Proof(
        table=rules,
        countries=tuple(r.country for r in replays),
        ways=ways,
        states=explored.states,
        dead=dead(rules),
        invariants=tuple(
            InvariantResult(
                invariant=invariant,
                refuted=explored.refuted.get(invariant.code),
                broken_in=broken_in.get(invariant.code, ()),
            )
            for invariant in invariants
        ),
        firings={
            rule.code: tuple(one for one in changes if one[1].rule == rule.code) for rule in rules
        },
        reached={
            stage: tuple(
                r.country for r in replays if any(s.stage is stage for s in r.history.spells)
            )
            for stage in Stage
        },
        strays=tuple(s.country for s in folder.scenarios if s.start.state not in ways),
        mutants=found,
        gaps=gaps,
        record_errors=(
            *(found for found in folder.findings if found.is_error),
            *errors(folder, replays),
        ),
    )
