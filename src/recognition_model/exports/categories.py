"""The lists of permitted words that columns share, each word with its meaning."""

from __future__ import annotations

from collections.abc import Iterable

from recognition_model.core.base import Ranked
from recognition_model.core.basis import WITHIN, Basis
from recognition_model.core.claims import ClaimKind
from recognition_model.core.dates import Holds
from recognition_model.core.dating import DatedBy
from recognition_model.core.evidence import (
    CREDIBILITIES,
    Attestation,
    Bearing,
    Reliability,
    SourceType,
    Voice,
)
from recognition_model.core.glossary import WORDS_OF_FILES
from recognition_model.core.organisations import RecordKind
from recognition_model.core.signals import Deed, Family, Plover
from recognition_model.core.stages import Act, Ban, Reason, Stage
from recognition_model.exports.table_schema import Categories


def ranked(
    name: str, members: Iterable[Ranked], *, ordered: bool = False, rule: str = ""
) -> Categories:
    """Make categories of the members of an enum, in their order."""
    meanings = {str(member): member.meaning for member in members}
    return Categories(name=name, meanings=meanings, ordered=ordered, rule=rule)


STAGES = ranked(
    "stage",
    Stage,
    ordered=True,
    rule="The highest formal step in force. A rule of the table `rules` leads from one to the"
    " next; nothing else does.",
)
BANS = ranked("ban", Ban)
BANS_BECOME = Categories(
    name="ban_becomes", meanings={"same": "The ban stays as it is.", **BANS.meanings}
)
ACTS = ranked("act", Act)
ATTESTATIONS = ranked(
    "attestation",
    Attestation,
    ordered=True,
    rule="The strongest voice among the items that support it. None if the host disputes it.",
)
VOICES = ranked(
    "voice",
    Voice,
    rule="The speaker counts, not the outlet: an agency that quotes a minister has his voice.",
)
BEARINGS = ranked("bearing", Bearing)
FAMILIES = ranked("family", Family)
HOLDS = ranked("holds", Holds)
CLAIM_KINDS = Categories(
    name="kind of claim", meanings={kind.value: WORDS_OF_FILES[kind] for kind in ClaimKind}
)
DAYS_OF_ACT = ranked("day of an act", DatedBy)
REASONS = ranked("reason", Reason)
DEEDS = ranked("deed", Deed)
PLOVER = ranked("plover", Plover)
BASES = ranked(
    "basis", WITHIN, rule="The first that applies: assumed, evidenced, silent. See the glossary."
)
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
        "act": "An act that a rule took: it changed the state.",
        "status": "What a source says the state was on that day; it holds, and moves nothing.",
        "signal": "A dated event that moves no stage.",
        "refuse": "An act that the file expects the rules to refuse. It changed nothing.",
        "refused": "An act that the rules refused. It changed nothing.",
        "struck_out": "An act that the file marks as not to be believed. It was not replayed.",
        "denied": "A signal that the host or the Taliban deny.",
        "failed": "A status that holds in no reading of the dates.",
    },
    rule="act, status and signal are the entries that the replay used; the other kinds are not to"
    " be counted as events.",
)
RECORD_KINDS = ranked("kind of record", RecordKind)
HEAD_KINDS = {
    "start": "The start of the record: the state on its first day.",
    "doctrine": "The country's doctrine on recognising governments.",
}
EVIDENCE_KINDS = Categories(
    name="kind of what has evidence",
    meanings={**HEAD_KINDS, **KINDS.meanings},
    rule=KINDS.rule,
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
    rule="The letter of the NATO Admiralty code (AJP-2.1): how reliable the source has been.",
)
CREDIBILITY = Categories(
    name="credibility",
    meanings={str(n): text for n, text in CREDIBILITIES.items()},
    ordered=True,
    rule="The digit of the NATO Admiralty code (AJP-2.1): how well the content is confirmed.",
)
_KINDS_OF_SOURCE = {
    SourceType.ARTICLE_NEWSPAPER: "An article of a newspaper or news agency, on paper or not.",
    SourceType.ARTICLE_JOURNAL: "An article of a scholarly journal.",
    SourceType.ARTICLE_MAGAZINE: "An article of a magazine.",
    SourceType.BOOK: "A book.",
    SourceType.BROADCAST: "A programme of radio or television.",
    SourceType.BILL: "A bill that is not law yet.",
    SourceType.DOCUMENT: "A document of no other type.",
    SourceType.ENTRY_ENCYCLOPEDIA: "An article of an encyclopedia.",
    SourceType.HEARING: "A hearing of a parliament or of one of its committees.",
    SourceType.INTERVIEW: "An interview.",
    SourceType.LEGAL_CASE: "A decision of a court.",
    SourceType.LEGISLATION: "A law, a decree or an order.",
    SourceType.POST: "A post on a social network.",
    SourceType.POST_WEBLOG: "A post on a weblog.",
    SourceType.REPORT: "A report of an authority, an institute or a body.",
    SourceType.SPEECH: "A speech.",
    SourceType.TREATY: "A treaty.",
    SourceType.WEBPAGE: "A page of a website.",
}
SOURCE_TYPES = Categories(
    name="type of source",
    meanings={kind.value: _KINDS_OF_SOURCE[kind] for kind in SourceType},
    rule="The types of the Citation Style Language. The closest one that fits is chosen.",
)
