"""How weak the evidence behind a stage is, in a few words."""

from __future__ import annotations

from recognition_model.core.changes import Spell
from recognition_model.core.evidence import (
    Attestation,
    Voice,
    attestation_of,
    supporting_sources,
)
from recognition_model.core.scenario import Start

WEAKEST_RELIABILITY, WEAKEST_CREDIBILITY = "B", 2
_WORD_OF = {
    Attestation.REPORTED: "the word of the press",
    Attestation.CLAIMED: "the word of another",
    Attestation.NONE: "no evidence",
}


def weaknesses(spell: Spell, start: Start) -> tuple[str, ...]:
    """Say why the evidence that began a spell is weak; empty if it is not.

    It is weak if the state is assumed, if it rests on one source, if no authority of the country
    itself says so, or if no supporting evidence has a grade of B2 or better. The first spell began
    with the `start` of the scenario.
    """
    if spell.change is None and spell.assumed:
        return ("assumed",)
    evidence = spell.change.evidence if spell.change else start.evidence
    attestation = attestation_of(evidence)
    if attestation is Attestation.NONE:
        return (_WORD_OF[Attestation.NONE],)
    reasons = []
    supporting = [item for item in evidence if item.supports]
    if len(supporting_sources(evidence)) == 1:
        reasons.append("one source")
    if attestation is not Attestation.OFFICIAL:
        taliban = all(item.voice is Voice.TALIBAN for item in supporting)
        reasons.append("the word of the Taliban" if taliban else _WORD_OF[attestation])
    good = [
        item
        for item in supporting
        if item.source.reliability.value <= WEAKEST_RELIABILITY
        and item.credibility <= WEAKEST_CREDIBILITY
    ]
    if not good:
        best = min(item.grade for item in supporting)
        reasons.append(f"no grade above {best}")
    return tuple(reasons)
