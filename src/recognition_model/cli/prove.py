"""`recognition-model prove`: check the rule table against invariants and the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recognition_model.analysis.mutation import Kind, MutantResult
from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples, scenarios_option
from recognition_model.cli.render import aligned, wrapped
from recognition_model.core.stages import Ban, Stage
from recognition_model.io.loader import load_folder

if TYPE_CHECKING:
    from recognition_model.analysis.proof import InvariantResult, Proof


@click.command(
    "prove",
    epilog=examples(
        "recognition-model prove",
        "recognition-model prove --format json",
    ),
)
@scenarios_option
@as_format
def command(paths: tuple[Path, ...], fmt: str) -> Answer:
    """Check the rule table itself.

    Explore every state it can reach. Prove the invariants over all sequences of acts. Change each
    cell of the table, and report which invariant or entry of the record detects the mistake. The
    exit code is 1 if any check fails.
    """
    from recognition_model.analysis.proof import prove

    folder = load_folder(paths)
    if not folder.scenarios:
        return Answer(findings=folder.findings, fell_short=True)
    proof = prove(folder=folder)
    told = {"data": proof.to_dict()} if fmt == "json" else {"text": proof_in_words(proof)}
    return Answer(**told, findings=folder.findings, fell_short=not proof.ok)


MOST_NAMED = 3


def proof_in_words(proof: Proof) -> str:
    """Reachable states, what always holds, what sometimes happens, and every mutant."""
    parts = [_reachable(proof), _always(proof), _sometimes(proof), _mutants(proof)]
    if proof.shortcomings:
        lines = [_title("Falls short")]
        for told in proof.shortcomings:
            lines += wrapped(told, "    ", "  ")
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
    told = "; ".join(f"{what}: {', '.join(which) or 'none'}" for what, which in never)
    return "\n".join([_title(head), aligned(rows), f"  {told}"])


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
        return "no rule sees a date: checked at each replay"
    if not result.invariant.kept_by_rules:
        return "kept by the replay, which joins the changes"
    if not result.broken_in:
        return "no mutant breaks it"
    return f"broken by {_few((str(fate.mutant) for fate in result.broken_in), 1)}"


def _sometimes(proof: Proof) -> str:
    rows = []
    for rule in proof.table:
        fired = proof.firings[rule.code]
        named = [f"{country} {change.date}" for country, change in fired]
        gap = "a known gap" if proof.without_a_case(rule) else ""
        rows.append((f"  {rule}", f"fires {len(fired)}", _few(named) or gap))
    for stage, countries in proof.reached.items():
        rows.append((f"  {stage}", f"reached {len(countries)}", _few(countries)))
    head = f"Sometimes, in the records of {len(proof.countries)} countries"
    return "\n".join([_title(head), aligned(rows)])


def _few(named: Iterable[str], most: int = MOST_NAMED) -> str:
    first = list(named)
    more = len(first) - most
    return ", ".join(first[:most]) + (f" and {more} more" if more > 0 else "")


def _mutants(proof: Proof) -> str:
    head = f"Mistakes in one cell: {len(proof.mutants)} mutants of the table, and who notices them"
    lines = [_title(head)]
    for fate in proof.mutants:
        if not fate.survives:
            lines += wrapped(_noticed(fate), " " * 38, f"  {fate.mutant!s:<36}")
    if proof.open_gaps:
        lines += ["", _title("Known gaps: what no documented case can tell")]
    for reason in dict.fromkeys(proof.gaps.values()):
        mine = [f for f in proof.open_gaps if proof.gaps[f.mutant.id] == reason]
        lines += wrapped(reason, "  ") if mine else []
        for fate in mine:
            lines += wrapped(f"it would take {fate.question}", " " * 38, f"    {fate.mutant!s:<34}")
    return "\n".join(lines)


def _noticed(fate: MutantResult) -> str:
    if fate.equivalent:
        return "equivalent: no sequence of acts shows it"
    if fate.killers[0].kind is Kind.TABLE:
        return f"the table refuses it: {fate.killers[0].message}"
    by_kind = {
        kind: [killer.where for killer in fate.killers if killer.kind is kind] for kind in Kind
    }
    told = (f"{kind.value} {_few(where, 1)}" for kind, where in by_kind.items() if where)
    return "; ".join(told)


def _summary(proof: Proof) -> str:
    first = Counter(fate.killers[0].kind.value for fate in proof.mutants if fate.killers)
    noticed = ", ".join(f"{count} by {kind}" for kind, count in first.items())
    return ", ".join(
        [
            f"{len(proof.ways)} states",
            f"{sum(p.proven for p in proof.invariants)} invariants proven",
            f"{len(proof.mutants)} mutants: {sum(first.values())} noticed ({noticed} first)",
            f"{sum(fate.equivalent for fate in proof.mutants)} equivalent",
            f"{len(proof.open_gaps)} known gaps",
            f"{len(proof.survivors)} unnoticed",
            f"{len(proof.shortcomings)} shortcomings",
        ]
    )
