"""Sources, evidence, and the attestation that a step's evidence amounts to."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from attrs import frozen

from recognition_model.core.base import Ranked, Readable, doc
from recognition_model.core.dates import OpenEnd, When
from recognition_model.core.locators import Locator
from recognition_model.core.types import (
    Count,
    Credibility,
    LanguageTag,
    Sha256,
    SourceName,
    WebAddress,
)


class Voice(Ranked):
    """Who asserts it: the speaker, not the outlet that carries the words."""

    HOST = "host", "An authority of the country itself."
    TALIBAN = "taliban", "The Taliban, or an office of theirs."
    OTHER_STATE = "other_state", "Another state, or an international body."
    PRESS = "press", "The outlet's own word."


class Bearing(Ranked):
    """Which way a piece of evidence points."""

    SUPPORTS = "supports", "It speaks for the entry."
    DISPUTES = "disputes", "It speaks against the entry."


class Attestation(Ranked):
    """What the evidence of a step amounts to, from weakest to strongest."""

    NONE = "none", "Nothing supports it, or the host itself disputes it."
    REPORTED = "reported", "The press says so."
    CLAIMED = "claimed", "The Taliban, another state or an international body says so."
    OFFICIAL = "official", "An authority of the country itself says so."


VOICE_ATTESTS: Mapping[Voice, Attestation] = MappingProxyType(
    {
        Voice.HOST: Attestation.OFFICIAL,
        Voice.TALIBAN: Attestation.CLAIMED,
        Voice.OTHER_STATE: Attestation.CLAIMED,
        Voice.PRESS: Attestation.REPORTED,
    }
)


class Reliability(Enum):
    """How reliable a source is: a letter of the NATO Admiralty code (AJP-2.1)."""

    COMPLETELY_RELIABLE = "A"
    USUALLY_RELIABLE = "B"
    FAIRLY_RELIABLE = "C"
    NOT_USUALLY_RELIABLE = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class SourceType(Enum):
    """The source types of the Citation Style Language that a register may use."""

    ARTICLE_NEWSPAPER = "article-newspaper"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    BOOK = "book"
    BROADCAST = "broadcast"
    BILL = "bill"
    DOCUMENT = "document"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REPORT = "report"
    SPEECH = "speech"
    TREATY = "treaty"
    WEBPAGE = "webpage"


CREDIBILITIES: Mapping[int, str] = MappingProxyType(
    {
        1: "confirmed",
        2: "probably true",
        3: "possibly true",
        4: "doubtful",
        5: "improbable",
        6: "cannot be judged",
    }
)
"""The digits of the NATO Admiralty code (AJP-2.1), for the content of a report."""


@frozen(kw_only=True, repr=False)
class TextFile(Readable):
    """A copy of a source's text, identified by its size in bytes and its SHA-256."""

    name: str = doc("File name of the copy that `verify --texts` looks for.")
    size: Count = doc("Size in bytes.")
    sha256: Sha256 = doc("SHA-256 of the bytes, 64 hexadecimal digits.")

    def __str__(self) -> str:
        return self.name


@frozen(kw_only=True, repr=False)
class Source(Readable):
    """A document. `issued` is the date printed on it; `public` is when outsiders could read it."""

    id: SourceName = doc("Its name in the register.", key=False, default=SourceName(""))
    type: SourceType = doc("A type of the Citation Style Language.")
    publisher: str = doc("Who published it.")
    title: str = doc("Its title; a title of our own in [square brackets] if the copy has none.")
    issued: When = doc("The date printed on the document.")
    _public: When | None = doc(
        "When an outsider could first read it; `issued` if not given.", default=None
    )
    language: LanguageTag = doc("Language of the text, as in BCP 47: en, ru, de.")
    url: WebAddress | None = doc("Where it was published (http or https).", default=None)
    reliability: Reliability = doc("Admiralty grade of the source, A to F.")
    author: str | None = doc("Who wrote it.", default=None)
    archive: WebAddress | None = doc("Where a copy is kept.", default=None)
    seen: When | None = doc("When it was last read.", default=None)
    note: str | None = doc("What a reader should know about it.", default=None)
    file: TextFile | None = doc("The copy that the locators were made on.", default=None)

    @property
    def public(self) -> When:
        """When an outsider could first read it."""
        return self._public or self.issued

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}, {self.issued}"


@frozen(kw_only=True, repr=False)
class Evidence(Readable):
    """A claim in one source: what it says, where, who says it, and how credible it is."""

    source: Source = doc("Name of a source in the register.")
    at: Locator | None = doc("Where in the source: a locator made by `locate`.", default=None)
    voice: Voice = doc("Who asserts it: the speaker, not the outlet.")
    credibility: Credibility = doc(
        "Admiralty grade of the content: 1 confirmed … 5 improbable, 6 unknown."
    )
    bearing: Bearing = doc("Whether it supports or disputes the entry.", default=Bearing.SUPPORTS)
    announcement: bool = doc(
        "It announces the act: it was public before the act happened.", default=False
    )
    recalled: bool = doc(
        "The source looks back: it was public more than three days after the entry's exact day.",
        default=False,
    )
    claim: str = doc("What it says, in our own words.")

    @property
    def id(self) -> str:
        """The source's name and the paragraph, if known: `tass-2022-01-31#9`."""
        if self.at is None or self.at.paragraph is None:
            return self.source.id
        return f"{self.source.id}#{self.at.paragraph}"

    @property
    def grade(self) -> str:
        """Reliability and credibility: `B2`."""
        return f"{self.source.reliability.value}{self.credibility}"

    @property
    def grade_in_words(self) -> str:
        """The grade with its meaning: `B2: usually reliable, probably true`."""
        reliability = self.source.reliability.name.lower().replace("_", " ")
        return f"{self.grade}: {reliability}, {CREDIBILITIES[self.credibility]}"

    @property
    def weak(self) -> bool:
        """Whether reliability is D to F (low, or not judged) or credibility is 4 to 6."""
        return self.source.reliability.value >= "D" or self.credibility >= 4

    @property
    def supports(self) -> bool:
        return self.bearing is Bearing.SUPPORTS

    @cached_property
    def strength(self) -> tuple[bool, int, bool, str]:
        """What `strongest_first` sorts by: the strongest has the least."""
        return not self.supports, -VOICE_ATTESTS[self.voice].rank, self.announcement, self.grade

    @cached_property
    def _known_from(self) -> date | OpenEnd:
        """The day by which its source was certainly public."""
        return self.source.public.latest

    @cached_property
    def _weight(self) -> int:
        """The rank of the attestation that it gives alone; -1 if no other can make up for it."""
        if self.supports:
            return VOICE_ATTESTS[self.voice].rank
        return -1 if self.voice is Voice.HOST else Attestation.NONE.rank

    def __str__(self) -> str:
        disputes = "" if self.supports else ", disputes"
        return f"{self.id} ({self.voice}, {self.grade}{disputes})"


def attestation_of(evidence: Iterable[Evidence]) -> Attestation:
    """Return the attestation of the strongest supporting voice; NONE if the host disputes.

    Credibility and reliability do not count here: a grade says how far to believe a report, not
    who is speaking.
    """
    weights = [item._weight for item in evidence]
    return Attestation.NONE if -1 in weights else _BY_RANK[max(weights, default=0)]


_BY_RANK = tuple(Attestation)


def parties_denying(evidence: Iterable[Evidence]) -> tuple[Voice, ...]:
    """Return the parties, host or Taliban, that dispute it and have no item that supports it."""
    said = {(item.voice, item.supports) for item in evidence}
    return tuple(v for v in _PARTIES if (v, False) in said and (v, True) not in said)


_PARTIES = (Voice.HOST, Voice.TALIBAN)


def sufficient_evidence(evidence: Iterable[Evidence], needed: Attestation) -> tuple[Evidence, ...]:
    """Return the supporting evidence that alone reaches `needed`, ignoring disputes."""
    return tuple(e for e in evidence if e.supports and VOICE_ATTESTS[e.voice] >= needed)


def strongest_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort evidence: what supports before what disputes, then by voice, then by grade.

    Of equal voices, evidence from after the act comes before announcements of the act.
    """
    return tuple(sorted(evidence, key=_strength))


def strongest(evidence: Iterable[Evidence]) -> Evidence | None:
    """Return the first of `strongest_first` if it supports the entry; None if nothing does."""
    first = min(evidence, key=_strength, default=None)
    return first if first and first.supports else None


_strength = attrgetter("strength")


def supporting_sources(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the names of the sources of supporting evidence, in order, each once."""
    return tuple(dict.fromkeys(item.source.id for item in evidence if item.supports))


def known(evidence: Iterable[Evidence], by: date) -> tuple[Evidence, ...]:
    """Return the evidence whose source was certainly public by a day.

    A source whose `public` date has an open end never counts as public.
    """
    return tuple([item for item in evidence if item._known_from <= by])


Sources = Mapping[str, Source]
