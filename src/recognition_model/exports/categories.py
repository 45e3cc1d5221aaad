"""The lists of permitted words that columns share, each word with its meaning."""

from __future__ import annotations

from collections.abc import Iterable

from recognition_model.core.base import Ranked
from recognition_model.core.basis import WITHIN, Basis
from recognition_model.core.evidence import (
    CREDIBILITIES,
    Attestation,
    Bearing,
    Reliability,
    SourceType,
    Voice,
)
from recognition_model.core.signals import Deed, Family, Plover
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.exports.table_schema import Categories


def ranked(name: str, members: Iterable[Ranked], *, ordered: bool = False) -> Categories:
    """Make categories of the members of an enum, in their order."""
    meanings = {str(member): member.meaning for member in members}
    return Categories(name=name, meanings=meanings, ordered=ordered)


STAGES = ranked("stage", Stage, ordered=True)
BANS = ranked("ban", Ban)
BANS_BECOME = Categories(
    name="ban_becomes", meanings={"same": "The ban stays as it is.", **BANS.meanings}
)
ACTS = ranked("act", Act)
ATTESTATIONS = ranked("attestation", Attestation, ordered=True)
VOICES = ranked("voice", Voice)
BEARINGS = ranked("bearing", Bearing)
FAMILIES = ranked("family", Family)
DEEDS = ranked("deed", Deed)
PLOVER = ranked("plover", Plover)
BASES = ranked("basis", WITHIN)
ORIGINS = Categories(
    name="origin",
    meanings={
        str(Basis.EVIDENCED): "A change began the spell, or the start has evidence.",
        str(Basis.ASSUMED): "The spell is the start of the record, which is assumed.",
    },
)
KINDS = Categories(
    name="kind",
    meanings={
        "act": "An act, which changes the stage if a rule permits it.",
        "status": "What a source says the state was on that day; checked, and moves nothing.",
        "signal": "A dated event that moves no stage.",
        "refuse": "An act that the rules are expected to refuse.",
    },
)
OUTCOMES = Categories(
    name="outcome",
    meanings={
        "changed": "the act changed the state",
        "refused": "the rules refused the act",
        "permitted": "the rules permitted an act that they were expected to refuse",
        "in all": "the status holds in all readings of the dates",
        "in some": "the status holds in some readings",
        "in none": "the status holds in no reading",
    },
)
RELIABILITIES = Categories(
    name="reliability",
    meanings={one.value: one.name.lower().replace("_", " ") for one in Reliability},
    ordered=True,
)
CREDIBILITY = Categories(
    name="credibility", meanings={str(n): text for n, text in CREDIBILITIES.items()}, ordered=True
)
SOURCE_TYPES = Categories(
    name="type", meanings={kind.value: kind.value.replace("-", ", ") for kind in SourceType}
)
