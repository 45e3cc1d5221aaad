"""The entries of a scenario as linked data, by what the replay made of them.

What the replay used has a type of its own: a change, a signal, a denied signal, a status, an
expected refusal. It is derived from the evidence that supports it, and `disputedBy` names the
evidence that disputes it. What the replay did not use (struck out, refused, a status that does not
hold) has the type `SetAside` and the keys `claimed`, `claimedAct` and `claimedDate`: no query for
an act, a signal, a stage or a date finds it, and nothing is derived from it or derives it.
"""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.analysis.deeds import set_aside
from recognition_model.analysis.recorded import known_entries
from recognition_model.core.changes import Change, Spell
from recognition_model.core.countries import name_of
from recognition_model.core.dates import closed, end_of
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import ActStep, RefuseStep, SignalStep, Step
from recognition_model.engine.outcomes import Outcome, Replay, StatusCheck
from recognition_model.engine.refusals import Refusal
from recognition_model.exports.basis_columns import days_of
from recognition_model.exports.prov_rules import plan_of, rule_in
from recognition_model.exports.prov_terms import Node, dated, without_empty


def is_replayed(outcome: Outcome) -> bool:
    """Whether the replay used an entry. An expected refusal is used: the replay checks it."""
    return not set_aside(outcome) or _is_expected(outcome)


def _is_expected(outcome: Outcome) -> bool:
    return isinstance(outcome, Refusal) and outcome.expected


def evidence_name(country: str, entry: int, item: int) -> str:
    """The name of an item of evidence, by its entry and its number there."""
    return f"#evidence/{country}/{entry}/{item}"


def entry_nodes(replay: Replay, scenario: str, history: str, run: str) -> list[Node]:
    """Return a node for every entry of a replay, in file order."""
    nodes: list[Node] = []
    changes = 0
    for number, step, outcome in known_entries(replay):
        names = _Names(replay.country, number, step.evidence)
        if isinstance(outcome, Change):
            changes += 1
            nodes.append(_change(replay, changes, outcome, names, history, run))
        elif is_replayed(outcome):
            nodes.append(_entry(replay, step, outcome, names, scenario, run))
        else:
            nodes.append(_set_aside(replay, step, outcome, names, scenario))
    return [without_empty(node) for node in nodes]


class _Names:
    """The names of an entry's items of evidence: all, those that support, those that dispute."""

    def __init__(self, country: str, number: int, evidence: Sequence[Evidence]) -> None:
        named = [(evidence_name(country, number, n), e) for n, e in enumerate(evidence, start=1)]
        self.number = number
        self.all = [name for name, _ in named]
        self.supporting = [name for name, item in named if item.supports]
        self.disputing = [name for name, item in named if not item.supports]


def _change(replay: Replay, at: int, change: Change, names: _Names, history: str, run: str) -> Node:
    """A change. Its earliest and latest day are narrowed by the order of the changes."""
    earliest, latest = (closed(end_of(bound)) for bound in replay.history.bounds[at])
    return {
        "@id": f"#change/{replay.country}/{at}",
        "@type": ["prov:Entity", "rm:Change"],
        "label": f"{name_of(replay.country)}: {change}",
        **_about(replay, names),
        "partOf": history,
        "act": str(change.act),
        "date": change.date.text,
        "dateEarliest": earliest.isoformat() if earliest else None,
        "dateLatest": latest.isoformat() if latest else None,
        "rule": change.rule,
        "permittedBy": rule_in(plan_of(replay.rules), change.rule),
        "before": str(change.before.stage),
        "after": str(change.after.stage),
        "banBefore": str(change.before.ban),
        "banAfter": str(change.after.ban),
        "attestation": str(change.attestation),
        **days_node(replay.history.spells[at]),
        "generatedBy": run,
        "derivedFrom": names.supporting,
        "disputedBy": names.disputing,
    }


def _entry(
    replay: Replay, step: Step, outcome: Outcome, names: _Names, scenario: str, run: str
) -> Node:
    """An entry that the replay used and that changes no state."""
    kind, told = _told(step, outcome)
    rests = "cites" if isinstance(outcome, Refusal) else "derivedFrom"
    return {
        "@id": f"#{step.kind}/{replay.country}/{names.number}",
        "@type": ["prov:Entity", f"rm:{kind}"],
        "label": f"{name_of(replay.country)}: {'denied ' if kind == 'DeniedSignal' else ''}{step}",
        **_about(replay, names),
        "partOf": scenario,
        **dated("date", step.date),
        **told,
        "generatedBy": run if isinstance(outcome, Refusal) else None,
        rests: names.supporting,
        "disputedBy": names.disputing,
    }


def _told(step: Step, outcome: Outcome) -> tuple[str, Node]:
    """The type of an entry that was used, and what it says."""
    if isinstance(step, SignalStep):
        family = str(step.family) if step.family else None
        if step.denied:
            return "DeniedSignal", {"deniedSignal": step.signal, "deniedFamily": family}
        return "Signal", {"signal": step.signal, "family": family}
    if isinstance(outcome, StatusCheck):
        status = outcome.step.status
        parts = {
            "stageOn": status.stage,
            "banOn": status.ban,
            "stageAtLeast": status.at_least,
            "stageBelow": status.below,
        }
        found = {name: str(value) if value else None for name, value in parts.items()}
        return "Status", {**found, "holds": str(outcome.verdict.holds)}
    assert isinstance(outcome, Refusal)  # noqa: S101 - the only outcome left that is used
    assert isinstance(step, RefuseStep)  # noqa: S101
    return "ExpectedRefusal", {"refuses": str(step.refuse), "because": str(step.because)}


def _set_aside(replay: Replay, step: Step, outcome: Outcome, names: _Names, scenario: str) -> Node:
    """An entry that the replay did not use, and why."""
    act, because = None, None
    if isinstance(step, ActStep):
        act, because = step.act, step.because or None
    elif isinstance(step, RefuseStep):
        act, because = step.refuse, str(step.because)
    unmet = outcome.reasons if isinstance(outcome, Refusal) else ()
    return {
        "@id": f"#set-aside/{replay.country}/{names.number}",
        "@type": "rm:SetAside",
        "label": f"{name_of(replay.country)}, {set_aside(outcome)}: {step}",
        **_about(replay, names),
        "partOf": scenario,
        "claimed": step.label,
        "claimedAct": str(act) if act else None,
        **dated("claimedDate", step.date),
        "setAsideBecause": set_aside(outcome),
        "because": because,
        "unmet": sorted(map(str, unmet)),
        "cites": names.all,
    }


def _about(replay: Replay, names: _Names) -> Node:
    country = replay.country
    return {"country": country, "place": f"#country/{country}", "entry": names.number}


def days_node(spell: Spell) -> Node:
    """The days of a spell, by basis."""
    keys = ("daysEvidenced", "daysSilent", "daysAssumed")
    return dict(zip(keys, days_of(spell), strict=True))
