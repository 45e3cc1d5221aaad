"""`recognition-model prove`: check the rule table against invariants and the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from recognition_model.analysis.mutation import Kind, MutantResult
from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples
from recognition_model.cli.progress import waiting
from recognition_model.cli.render import aligned, wrapped
from recognition_model.cli.scale_option import read_scale, scale_option
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.core.folder import Folder
from recognition_model.core.stages import Ban, Stage
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RuleTable

if TYPE_CHECKING:
    from recognition_model.analysis.proof import InvariantResult, Proof


@click.command(
    "prove",
    epilog=examples(
        "recognition-model prove",
        "recognition-model prove --format json",
        "recognition-model prove --scale representation",
    ),
)
@scale_option("Prove this scale instead of the rule table.")
@reads_record
@rules_option
@as_format
def command(record: Selection, scale: str | None, fmt: str) -> Answer:
    """Check the rule table itself, or a scale.

    Explore every state it can reach. Prove the invariants over all sequences of acts. Change each
    cell of the table, and report which invariant or entry of the record detects the mistake. The
    exit code is 1 if any check fails.

    With --scale, try every level with every state, signal and act: each state must have a level,
    and no entry may lead to two. Then walk through every entry of the record.
    """
    from recognition_model.analysis.proof import prove

    folder = record.load()
    if not folder.scenarios:
        if not any(found.is_error for found in folder.findings):
            raise click.UsageError("`prove` replays the records of countries: there is none here")
        return Answer(findings=folder.findings, fell_short=True)
    if scale is not None:
        return _of_scale(scale, folder, fmt, record.rules)
    with waiting("Proving"):
        proof = prove(rules=record.rules, folder=folder)
    output = {"data": proof.to_dict()} if fmt == "json" else {"text": proof_in_words(proof)}
    return Answer(**output, findings=folder.findings, fell_short=not proof.ok)


def _of_scale(name: str, folder: Folder, fmt: str, rules: RuleTable) -> Answer:
    """Prove a scale over everything possible and over the record."""
    from recognition_model.analysis.scale_proof import prove_scale
    from recognition_model.cli.scale_proof_words import scale_proof_in_words

    scale = read_scale(name, folder)
    with waiting("Proving"):
        replays = [replay(one, rules=rules) for one in folder.all_scenarios]
        proof = prove_scale(scale, replays, vocabulary=folder.vocabulary, rules=rules)
    codes = [one.country for one in replays]
    return Answer(
        data=proof.to_dict() if fmt == "json" else None,
        text="" if fmt == "json" else scale_proof_in_words(proof, codes),
        findings=folder.findings,
        fell_short=not proof.ok,
    )


MOST_NAMED = 3


def proof_in_words(proof: Proof) -> str:
    """Write reachable states, invariants, uses of the rules, mutants and shortcomings."""
    parts = [_reachable(proof), _always(proof), _sometimes(proof), _mutants(proof)]
    if proof.shortcomings:
        lines = [_title("Shortcomings")]
        for shortcoming in proof.shortcomings:
            lines += wrapped(shortcoming, "    ", "  ")
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, _summary(proof)])


def _title(text: str) -> str:
    return click.style(text, bold=True)


def _reachable(proof: Proof) -> str:
    rows = [
        (f"  {state}", ", ".join(move.act.value for move in way) or "the start")
        for state, way in proof.ways.items()
    ]
    head = f"Reachable: {len(rows)} of {len(Stage) * len(Ban)} states; {proof.cases} cases tried"
    never = [
        ("stages never reached", [stage.value for stage in proof.unreachable]),
        ("rules that never fire", [rule.code for rule in proof.dead]),
    ]
    tail = "; ".join(f"{what}: {', '.join(which) or 'none'}" for what, which in never)
    return "\n".join([_title(head), aligned(rows), f"  {tail}"])


def _always(proof: Proof) -> str:
    head = (
        f"Always, over all sequences of acts and voices: {proof.states} states of state and memory"
    )
    rows = [
        (
            f"  {_verdict(result)}",
            str(result.invariant).replace("_", " "),
            _kept_by(result),
        )
        for result in proof.invariants
    ]
    return "\n".join([_title(head), aligned(rows)])


def _verdict(result: InvariantResult) -> str:
    if result.refuted is not None:
        return "broken"
    return "holds" if result.proven else "dates"


def _kept_by(result: InvariantResult) -> str:
    if result.invariant.monitor is None:
        return "concerns dates, which rules do not see: checked at each replay"
    if not result.invariant.kept_by_rules:
        return "kept by the replay, which joins the changes"
    if not result.broken_in:
        return "no mutant breaks it"
    return f"broken by {_few((str(mutant.mutant) for mutant in result.broken_in), 1)}"


def _sometimes(proof: Proof) -> str:
    rows = []
    for rule in proof.table:
        fired = proof.firings[rule.code]
        named = [f"{country} {change.date}" for country, change in fired]
        gap = "a known gap" if proof.without_a_case(rule) else ""
        rows.append((f"  {rule}", f"fires {len(fired)}", _few(named) or gap))
    for stage, countries in proof.reached.items():
        rows.append((f"  {stage}", f"reached {len(countries)}", _few(countries)))
    head = f"Sometimes, in the scenarios of {len(proof.countries)} countries"
    return "\n".join([_title(head), aligned(rows)])


def _few(named: Iterable[str], most: int = MOST_NAMED) -> str:
    first = list(named)
    more = len(first) - most
    return ", ".join(first[:most]) + (f" and {more} more" if more > 0 else "")


def _mutants(proof: Proof) -> str:
    head = f"Mutants: {len(proof.mutants)} tables with a mistake in one cell, and what detects it"
    lines = [_title(head)]
    for result in proof.mutants:
        if not result.survives:
            lines += wrapped(_detection(result), " " * 38, f"  {result.mutant!s:<36}")
    if proof.open_gaps:
        lines += ["", _title("Known gaps: mutants that no documented case detects")]
    for reason in dict.fromkeys(proof.gaps.values()):
        gaps = [result for result in proof.open_gaps if proof.gaps[result.mutant.id] == reason]
        lines += wrapped(reason, "  ") if gaps else []
        for result in gaps:
            head = f"    {result.mutant!s:<34}"
            lines += wrapped(f"would be detected by {result.question}", " " * 38, head)
    return "\n".join(lines)


def _detection(result: MutantResult) -> str:
    if result.equivalent:
        return "equivalent: no sequence of acts shows it"
    if result.killers[0].kind is Kind.TABLE:
        return f"invalid table: {result.killers[0].message}"
    by_kind = {
        kind: [killer.where for killer in result.killers if killer.kind is kind] for kind in Kind
    }
    parts = (f"{kind.value} {_few(where, 1)}" for kind, where in by_kind.items() if where)
    return "; ".join(parts)


def _summary(proof: Proof) -> str:
    first = Counter(result.killers[0].kind.value for result in proof.mutants if result.killers)
    killed = ", ".join(f"{count} by {kind}" for kind, count in first.items())
    return ", ".join(
        [
            f"{len(proof.ways)} states",
            f"{sum(p.proven for p in proof.invariants)} invariants proven",
            f"{len(proof.mutants)} mutants: {sum(first.values())} killed ({killed} first)",
            f"{sum(result.equivalent for result in proof.mutants)} equivalent",
            f"{len(proof.open_gaps)} known gaps",
            f"{len(proof.survivors)} other survivors",
            f"{len(proof.shortcomings)} shortcomings",
        ]
    )
